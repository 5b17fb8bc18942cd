//! Socket addresses as the host holds them: what the WIT's `socket-address` becomes once checked, what
//! `permissions` judges and what `sys` lays out for the kernel.

use std::fmt;
use std::net::{IpAddr, SocketAddr, SocketAddrV4, SocketAddrV6};

/// A socket address of any family that the host has a codec for.
///
/// Adding a family means adding a case here, its conversion in `interfaces::types`, its layout in `sys` and
/// its rule in `permissions`; the compiler names each place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Address {
    /// `AF_INET`: an IPv4 address and a port.
    Inet(SocketAddrV4),
    /// `AF_INET6`: an IPv6 address, port, flow information and scope id.
    Inet6(SocketAddrV6),
    /// `AF_UNIX`: a path, an abstract name or none.
    Unix(UnixAddress),
    /// `AF_UNSPEC`: as a destination of connect(2), "dissolve the association".
    Unspecified,
}

/// A Unix-domain address ([unix(7)](https://man7.org/linux/man-pages/man7/unix.7.html)).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum UnixAddress {
    /// No name: an unbound socket, or a request to be given an abstract name (autobind).
    Unnamed,
    /// A path in the file system, without the terminating NUL; never empty.
    Path(Vec<u8>),
    /// A name in Linux's abstract namespace, without the leading NUL; may hold any byte.
    Abstract(Vec<u8>),
}

impl Address {
    /// The IP address and port, for the two internet families.
    pub(crate) fn as_inet(&self) -> Option<SocketAddr> {
        match self {
            Self::Inet(address) => Some(SocketAddr::V4(*address)),
            Self::Inet6(address) => Some(SocketAddr::V6(*address)),
            Self::Unix(_) | Self::Unspecified => None,
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        match address {
            SocketAddr::V4(address) => Self::Inet(address),
            SocketAddr::V6(address) => Self::Inet6(address),
        }
    }
}

impl From<(IpAddr, u16)> for Address {
    fn from((ip, port): (IpAddr, u16)) -> Self {
        SocketAddr::new(ip, port).into()
    }
}

/// The spelling that grants, refusals and traces use: `127.0.0.1:80`, `[::1]:80`, `/run/a.sock`, `@name`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inet(address) => address.fmt(f),
            Self::Inet6(address) => address.fmt(f),
            Self::Unix(address) => address.fmt(f),
            Self::Unspecified => f.write_str("unspecified"),
        }
    }
}

impl fmt::Display for UnixAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => f.write_str("unnamed"),
            Self::Path(path) => path.escape_ascii().fmt(f),
            Self::Abstract(name) => write!(f, "@{}", name.escape_ascii()),
        }
    }
}
