//! RDS: judged by address and port, as UDP is. Its sockets send only once they are bound.

use super::local::Rules;
use crate::permissions::grant::Verb;

/// Taking a local address.
pub(super) const BIND: Rules = Rules {
    verb: Verb::RdsBind,
    allowing: &[Verb::RdsBind],
    forbidding: &[Verb::RdsBind],
    proposed: Verb::RdsBind,
    autobind: None,
};
