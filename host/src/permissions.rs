//! What a guest may reach: lines in, decisions out.
//!
//! Everything here is pure. Nothing opens a socket, resolves a name, looks at a clock or logs; what a decision needs
//! to know is passed in. The parts:
//!
//! - [`grant`]: one line, parsed and printed;
//! - [`set`], [`policy`]: lines collected by a builder or from a file, which `schema` describes; [`index`]: how those are found that matter;
//! - [`warnings`]: lines that are broader than they look;
//! - [`numeric`], [`fold`], [`special`]: what an address really is;
//! - [`header`]: what a packet with a header of the guest's own says of its way;
//! - [`netlink`]: which netlink messages only read;
//! - [`bcm`]: what CAN's broadcast manager is told;
//! - [`restrictions`]: what was given up;
//! - [`memory`]: what names resolved to;
//! - [`holder`]: the decisions; [`permit`] and [`denial`] are their two outcomes, [`basis`] the lines that decided.

mod basis;
mod bcm;
mod denial;
pub(crate) mod fold;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod grant;
mod header;
mod holder;
mod index;
mod memory;
mod netlink;
mod numeric;
mod permit;
mod policy;
mod restrictions;
#[cfg(feature = "schema")]
mod schema;
mod set;
mod special;
mod warnings;

use std::fmt;
use std::net::IpAddr;

pub(crate) use basis::Basis;
pub use basis::Rule;
pub(crate) use bcm::{BcmFault, Broadcasts};
pub use denial::Denial;
pub use grant::{Grant, GrantError};
pub(crate) use header::{Header, is_extension_header};
pub(crate) use holder::Holder;
pub(crate) use netlink::NetlinkFault;
pub(crate) use numeric::{numeric, numeric_scope};
pub(crate) use permit::{Permit, Sort, Target, op};
pub use policy::{Policy, PolicyError};
pub(crate) use restrictions::Restrictions;
pub use set::{Nat64PrefixError, Permissions, PermissionsBuilder};

/// What a socket speaks, as far as grants tell sockets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Transport {
    /// Connections over the internet families.
    Tcp,
    /// Datagrams over the internet families.
    Udp,
    /// `AF_UNIX` of every type.
    Unix,
    /// ICMP, by raw sockets and ping sockets.
    Icmp,
    /// ICMPv6, by raw sockets and ping sockets.
    Icmp6,
    /// IP of any other protocol, by raw sockets.
    Ip,
    /// `AF_PACKET`.
    Packet,
    /// `AF_NETLINK`, of the family with that name in grants.
    Netlink(&'static str),
    /// `AF_VSOCK`.
    Vsock,
    /// `AF_CAN`, `CAN_RAW`.
    CanRaw,
    /// `AF_CAN`, `CAN_BCM`.
    CanBcm,
    /// `AF_CAN`, `CAN_ISOTP`.
    CanIsotp,
    /// `AF_CAN`, `CAN_J1939`.
    CanJ1939,
    /// `AF_ALG`.
    Alg,
    /// `AF_TIPC` with connections: streams and messages in sequence.
    Tipc,
    /// `AF_TIPC` without: single messages.
    TipcMessages,
    /// `AF_RDS`.
    Rds,
    /// `AF_BLUETOOTH`, `BTPROTO_L2CAP`.
    L2cap,
    /// `AF_BLUETOOTH`, `BTPROTO_RFCOMM`.
    Rfcomm,
    /// `AF_BLUETOOTH`, `BTPROTO_SCO`.
    Sco,
    /// `AF_BLUETOOTH`, `BTPROTO_HCI`.
    Hci,
    /// `AF_QIPCRTR`.
    Qipcrtr,
    /// SCTP over the internet families.
    Sctp,
}

impl Transport {
    /// Whether it is one of `AF_CAN`'s.
    pub(crate) fn is_can(self) -> bool {
        matches!(self, Self::CanRaw | Self::CanBcm | Self::CanIsotp | Self::CanJ1939)
    }

    /// Netlink of the family with that number; none where no line can grant it.
    pub(crate) fn netlink(protocol: i32) -> Option<Self> {
        grant::netlink_family(protocol).map(Self::Netlink)
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Unix => "unix",
            Self::Icmp => "raw icmp",
            Self::Icmp6 => "raw icmp6",
            Self::Ip => "raw ip",
            Self::Packet => "packet",
            Self::Netlink(family) => return write!(f, "netlink {family}"),
            Self::Vsock => "vsock",
            Self::CanRaw => "can raw",
            Self::CanBcm => "can bcm",
            Self::CanIsotp => "can isotp",
            Self::CanJ1939 => "can j1939",
            Self::Alg => "alg",
            Self::Tipc | Self::TipcMessages => "tipc",
            Self::Rds => "rds",
            Self::L2cap => "bluetooth l2cap",
            Self::Rfcomm => "bluetooth rfcomm",
            Self::Sco => "bluetooth sco",
            Self::Hci => "bluetooth hci",
            Self::Qipcrtr => "qipcrtr",
            Self::Sctp => "sctp",
        })
    }
}

/// Kinds of descriptors, as lines tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A socket of a kind that the guest may make one of.
    Socket,
    /// A regular file.
    File,
    /// What is neither.
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Socket => grant::kind::SOCKET,
            Self::File => grant::kind::FILE,
            Self::Other => grant::kind::OTHER,
        })
    }
}

/// What a guest would hand to another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passing {
    /// A socket of its own.
    Socket,
    /// What it received and is neither a socket nor a file to it.
    Received,
    /// A regular file.
    RegularFile,
    /// A directory.
    Directory,
    /// A device, a pipe with a name or the like.
    SpecialFile,
}

impl fmt::Display for Passing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Socket => "a socket",
            Self::Received => "what was received",
            Self::RegularFile => "a regular file",
            Self::Directory => "a directory",
            Self::SpecialFile => "a special file",
        })
    }
}

/// Facts about this machine that judging needs; whoever asks gathers them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Machine {
    /// The addresses of its interfaces: a grant by name doesn't lead back to the machine itself.
    pub(crate) own_addresses: Vec<IpAddr>,
}
