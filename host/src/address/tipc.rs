//! `AF_TIPC` addresses.

use std::fmt;

/// A service, a range of its instances, or a socket ([TIPC](https://docs.kernel.org/networking/tipc.html)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TipcAddress {
    /// `TIPC_ADDR_NAMESEQ`: all instances from `lower` to `upper` of a service type.
    Range { service: u32, lower: u32, upper: u32, scope: i8 },
    /// `TIPC_ADDR_NAME`: one instance of a service type.
    Service { service: u32, instance: u32, scope: i8 },
    /// `TIPC_ADDR_ID`: the socket with that number on a node.
    Socket { node: u32, reference: u32, scope: i8 },
}

impl fmt::Display for TipcAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range { service, lower, upper, .. } => write!(f, "{service}:{lower}-{upper}"),
            Self::Service { service, instance, .. } => write!(f, "{service}:{instance}"),
            Self::Socket { node, reference, .. } => write!(f, "socket {reference} of node {node:#x}"),
        }
    }
}
