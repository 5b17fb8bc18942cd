//! SCTP: judged as TCP is. An association that a one-to-many socket makes by sending is a connect.

use super::local::Rules;
use crate::permissions::grant::Verb;

/// Taking a local address: the source of what it connects to, or the first half of serving.
pub(super) const BIND: Rules = Rules {
    verb: Verb::SctpListen,
    allowing: &[Verb::SctpListen],
    forbidding: &[Verb::SctpListen],
    proposed: Verb::SctpListen,
    autobind: Some(Verb::SctpConnect),
    autobinds_anywhere: false,
};

/// Accepting associations.
pub(super) const LISTEN: Rules = Rules {
    verb: Verb::SctpListen,
    allowing: &[Verb::SctpListen],
    forbidding: &[Verb::SctpListen],
    proposed: Verb::SctpListen,
    autobind: None,
    autobinds_anywhere: false,
};
