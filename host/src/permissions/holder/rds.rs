//! RDS: judged by address and port, as UDP is.

use super::local::Rules;
use crate::permissions::grant::Verb;

/// Taking a local address. A socket sends only once it has one, which the kernel never picks: a port of the kernel's
/// choice takes no more than being allowed to send somewhere, at whichever address of the machine.
pub(super) const BIND: Rules = Rules {
    verb: Verb::RdsBind,
    allowing: &[Verb::RdsBind],
    forbidding: &[Verb::RdsBind],
    proposed: Verb::RdsBind,
    autobind: Some(Verb::RdsSend),
    autobinds_anywhere: true,
};
