//! TIPC: judged by service type and instances.

use super::Holder;
use crate::address::TipcAddress;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Numbers, Verb};
use crate::permissions::permit::Target;

impl Holder {
    /// May it connect or send there? A socket by its own number can be any service's.
    pub(super) fn tipc_destination(&self, to: TipcAddress) -> Result<Target, Denial> {
        self.tipc(Verb::TipcConnect, to)
    }

    /// May it offer that service?
    pub(super) fn tipc_bind(&self, at: TipcAddress) -> Result<Target, Denial> {
        self.tipc(Verb::TipcBind, at)
    }

    fn tipc(&self, verb: Verb, address: TipcAddress) -> Result<Target, Denial> {
        let (service, instances) = match address {
            TipcAddress::Range { service, lower, upper, .. } => (Some(service), Numbers::range(lower, upper)),
            TipcAddress::Service { service, instance, .. } => (Some(service), Numbers::one(instance)),
            TipcAddress::Socket { .. } => (None, Numbers::Any),
        };
        self.node(verb, service, instances)?;
        Ok(Target::Tipc(address))
    }
}
