//! TIPC: services are judged by type and instances.
//!
//! A peer is seen by the number of its socket and never by a service, so that whom a socket hears can't be judged by
//! lines. It isn't: nobody knows a socket without a name but those that it wrote to, as with Unix sockets.

use super::{Holder, Refusal};
use crate::address::TipcAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Numbers, Object, Verb};
use crate::permissions::permit::Target;

/// Service types below it are TIPC's own (`TIPC_RESERVED_TYPES`): its topology server and its links. They have to be
/// named.
const FIRST_FREE_TYPE: u32 = 64;

/// The topology server's type and instance, `TIPC_TOP_SRV`. It knows every service.
const TOPOLOGY: u32 = 1;

impl Holder {
    /// May it connect or send there, as the verb says?
    pub(super) fn tipc_destination(&self, verb: Verb, to: TipcAddress) -> Result<(Target, Basis), Denial> {
        let by = match to {
            TipcAddress::Socket { .. } => self.tipc_socket(verb, to)?,
            TipcAddress::Range { service, lower, upper, .. } => {
                self.tipc_service(verb, service, Numbers::range(lower, upper))?
            }
            TipcAddress::Service { service, instance, .. } => {
                self.tipc_service(verb, service, Numbers::one(instance))?
            }
        };
        Ok((Target::Tipc(to), by))
    }

    /// May it offer that service? To take it back (a scope below 0) takes no less.
    pub(super) fn tipc_bind(&self, at: TipcAddress) -> Result<(Target, Basis), Denial> {
        self.tipc_destination(Verb::TipcBind, at)
    }

    /// May it accept whoever knows the number of its socket, without offering a service? That is no service of which a
    /// line could say so, but all.
    pub(super) fn tipc_listen_unbound(&self) -> Result<(Target, Basis), Denial> {
        let by = self.node(Verb::TipcBind, None, Numbers::Any)?;
        Ok((Target::Unspecified, by))
    }

    /// May it answer that socket, which it heard? It is of no service that a line could name; but where all sending is
    /// denied, so are answers.
    pub(super) fn tipc_answer(&self, to: TipcAddress) -> Result<Target, Denial> {
        let all = Grant { verb: Verb::TipcSend, object: Object::Node(None, Numbers::Any) };
        let asked = format!("tipc answer to {to}");
        self.every(&asked, |set, _| match set.denying(&[all.verb], |line| *line == all) {
            Some(rule) => Err(Refusal::forbidden(rule)),
            None => Ok(Basis::NONE),
        })?;
        Ok(Target::Tipc(to))
    }

    /// All instances of them, by one line. Types of TIPC's own aren't covered by `*`.
    fn tipc_service(&self, verb: Verb, service: u32, instances: Numbers) -> Result<Basis, Denial> {
        if service >= FIRST_FREE_TYPE {
            return self.node(verb, Some(service), instances);
        }
        let wanted = Grant { verb, object: Object::Node(Some(service), instances.clone()) };
        let denies = |line: &Grant| match &line.object {
            Object::Node(denied, theirs) => denied.is_none_or(|denied| denied == service) && theirs.meets(&instances),
            _ => false,
        };
        let allows = |line: &Grant| match &line.object {
            Object::Node(Some(allowed), theirs) => *allowed == service && theirs.covers(&instances),
            _ => false,
        };
        self.by_lines(&wanted, denies, allows)
    }

    /// A socket by its number can be any service's, or none's: it takes the lines for all of them, of which the topology
    /// server's stands for those of TIPC's own. It takes connections alone, and nobody else is there to be connected to.
    fn tipc_socket(&self, verb: Verb, to: TipcAddress) -> Result<Basis, Denial> {
        let all = self.node(verb, None, Numbers::Any)?;
        if verb != Verb::TipcConnect {
            return Ok(all);
        }
        let names = |line: &Grant| match &line.object {
            Object::Node(Some(TOPOLOGY), instances) => instances.contains(TOPOLOGY),
            _ => false,
        };
        let topology = self.every(&format_args!("{verb} to {to}"), |set, _| match set.allowing(&[verb], names) {
            Some(line) => Ok(set.basis(line)),
            None => Err(Refusal::missing(
                format!("{to} can be the topology server's, which `{verb} *:*` doesn't cover"),
                Grant { verb, object: Object::Node(Some(TOPOLOGY), Numbers::one(TOPOLOGY)) },
            )),
        })?;
        Ok(all.and(topology))
    }
}
