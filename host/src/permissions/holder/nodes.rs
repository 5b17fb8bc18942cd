//! Places that are a number and numbers there: `NODE:NUMBERS`.

use super::Holder;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Numbers, Object, Verb};

impl Holder {
    /// May all of these numbers of that node be used? No node is every node, which only `*` covers and each denied one
    /// forbids.
    pub(super) fn node(&self, verb: Verb, node: Option<u32>, numbers: Numbers) -> Result<Basis, Denial> {
        let wanted = Grant { verb, object: Object::Node(node, numbers.clone()) };
        let denies = |line: &Grant| match &line.object {
            Object::Node(denied, theirs) => {
                (node.is_none() || denied.is_none_or(|denied| Some(denied) == node)) && theirs.meets(&numbers)
            }
            _ => false,
        };
        let allows = |line: &Grant| match &line.object {
            Object::Node(allowed, theirs) => {
                allowed.is_none_or(|allowed| Some(allowed) == node) && theirs.covers(&numbers)
            }
            _ => false,
        };
        self.by_lines(&wanted, denies, allows)
    }
}
