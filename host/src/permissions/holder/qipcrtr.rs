//! Qualcomm's IPC router: judged by node and port.

use super::Holder;
use crate::address::QipcrtrAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Numbers, Object, Verb};
use crate::permissions::permit::Target;

/// The node that is all nodes, `QRTR_NODE_BCAST`.
const BROADCAST: u32 = u32::MAX;

/// The port of the name service, `QRTR_PORT_CTRL`.
const CONTROL: u32 = 0xffff_fffe;

/// Ports below it are for services that the system knows (`QRTR_MIN_EPH_SOCKET`): the kernel takes a capability to bind
/// them.
const FIRST_FREE_PORT: u32 = 0x4000;

/// The port that a message there gets to. The kernel keeps its name service at 0; other nodes cut ports to 16 bits, or
/// write its own so.
fn delivered(port: u32) -> u32 {
    match port {
        0 | 0xfffe | 0xffff => CONTROL,
        other => other,
    }
}

impl Holder {
    /// May messages go there? All nodes are meant by `*` alone, and the name service by its number alone: it tells who
    /// offers what, and whoever writes to it changes that for all.
    pub(super) fn qipcrtr_send(&self, to: QipcrtrAddress) -> Result<(Target, Basis), Denial> {
        let port = delivered(to.port);
        let by = self.qipcrtr(Verb::QipcrtrSend, to.node, port, port == CONTROL)?;
        Ok((Target::Qipcrtr(to), by))
    }

    /// May it take that port? The second is whether a line says so; the kernel gives any free port to who sends, so that
    /// asking for that takes no more than being allowed to send somewhere.
    pub(super) fn qipcrtr_bind(&self, at: QipcrtrAddress) -> Result<((Target, Basis), bool), Denial> {
        let named = at.port != 0 && (at.port < FIRST_FREE_PORT || delivered(at.port) == CONTROL);
        let bound = self.qipcrtr(Verb::QipcrtrBind, at.node, at.port, named);
        match bound {
            Ok(by) => Ok(((Target::Qipcrtr(at), by), true)),
            // Forbidden is what no line would allow.
            Err(denial) if at.port != 0 || denial.grant().is_none() => Err(denial),
            Err(denial) => match self.some_line(&[Verb::QipcrtrSend], &"QRTR messages", Object::Nothing) {
                Ok(by) => Ok(((Target::Qipcrtr(at), by), false)),
                Err(_) => Err(denial),
            },
        }
    }

    /// May messages from there be heard? When some may go there.
    pub(super) fn hears_qipcrtr(&self, from: QipcrtrAddress) -> bool {
        self.qipcrtr_send(from).is_ok()
    }

    /// May it answer a port that it heard? Deny lines stay in force.
    pub(super) fn qipcrtr_answer(&self, to: QipcrtrAddress) -> Result<Target, Denial> {
        if delivered(to.port) == CONTROL {
            // The name service is the machine's, whomever it wrote to.
            return self.qipcrtr_send(to).map(|(target, _)| target);
        }
        let asked = format!("qipcrtr answer to {to}");
        self.every(&asked, |set, _| {
            let denies = |line: &Grant| match &line.object {
                Object::Node(denied, ports) => denied.is_none_or(|denied| denied == to.node) && ports.contains(to.port),
                _ => false,
            };
            set.denying(&[Verb::QipcrtrSend], denies)
                .map_or(Ok(Basis::NONE), |rule| Err(super::Refusal::forbidden(rule)))
        })?;
        Ok(Target::Qipcrtr(to))
    }

    fn qipcrtr(&self, verb: Verb, node: u32, port: u32, must_be_named: bool) -> Result<Basis, Denial> {
        let node = Some(node).filter(|node| *node != BROADCAST);
        if !must_be_named {
            return self.node(verb, node, Numbers::one(port));
        }
        let wanted = Grant { verb, object: Object::Node(node, Numbers::one(port)) };
        let of_verb = |line: &Grant, named: bool| match &line.object {
            Object::Node(theirs, ports) => {
                let there = theirs.is_none_or(|theirs| Some(theirs) == node || (!named && node.is_none()));
                there && if named { ports.names(port) } else { ports.contains(port) }
            }
            _ => false,
        };
        self.by_lines(&wanted, |line| of_verb(line, false), |line| of_verb(line, true))
    }
}
