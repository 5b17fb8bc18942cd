//! Vsock sockets: judged by context id and port.

use super::Holder;
use crate::address::VsockAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Numbers, Object, Verb};
use crate::permissions::permit::Target;

/// Ports that the kernel takes a capability to bind for (`LAST_RESERVED_PORT`): they have to be named.
const LAST_LOW_PORT: u32 = 1023;

impl Holder {
    /// May it connect or send there?
    pub(super) fn vsock_connect(&self, to: VsockAddress) -> Result<(Target, Basis), Denial> {
        self.vsock(Verb::VsockConnect, to)
    }

    /// May it bind and listen there? Any context is every context, which only `*` covers.
    pub(super) fn vsock_listen(&self, at: VsockAddress) -> Result<(Target, Basis), Denial> {
        self.vsock(Verb::VsockListen, at)
    }

    fn vsock(&self, verb: Verb, address: VsockAddress) -> Result<(Target, Basis), Denial> {
        let VsockAddress { cid, port } = address;
        let any = cid == VsockAddress::ANY;
        let asked = Object::Node(Some(cid).filter(|_| !any), Numbers::one(port));
        let wanted = Grant { verb, object: asked };
        let must_be_named = verb == Verb::VsockListen && port <= LAST_LOW_PORT;
        let denies = |line: &Grant| match &line.object {
            Object::Node(denied, ports) => (any || denied.is_none_or(|denied| denied == cid)) && ports.contains(port),
            _ => false,
        };
        let allows = |line: &Grant| match &line.object {
            Object::Node(allowed, ports) => {
                allowed.is_none_or(|allowed| allowed == cid && !any)
                    && if must_be_named { ports.names(port) } else { ports.contains(port) }
            }
            _ => false,
        };
        let by = self.by_lines(&wanted, denies, allows)?;
        Ok((Target::Vsock(address), by))
    }
}
