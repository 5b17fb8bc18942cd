//! Socket addresses as the host holds them: what the WIT's `socket-address` becomes once checked, what
//! `permissions` judges and what `sys` lays out for the kernel.

mod alg;
mod bluetooth;
mod can;
mod qipcrtr;
mod tipc;

use std::fmt;
use std::net::{IpAddr, SocketAddr, SocketAddrV4, SocketAddrV6};

pub(crate) use alg::AlgAddress;
pub(crate) use bluetooth::{BluetoothAddress, Device};
pub(crate) use can::{CanAddress, CanPart};
pub(crate) use qipcrtr::QipcrtrAddress;
pub(crate) use tipc::TipcAddress;

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
    /// `AF_PACKET`: an interface and an Ethernet protocol.
    Packet(PacketAddress),
    /// `AF_NETLINK`: a port id and multicast groups.
    Netlink(NetlinkAddress),
    /// `AF_VSOCK`: a context id and a port.
    Vsock(VsockAddress),
    /// `AF_CAN`: an interface, and identifiers or addresses.
    Can(CanAddress),
    /// `AF_ALG`: an algorithm.
    Alg(AlgAddress),
    /// `AF_TIPC`: a service or a socket.
    Tipc(TipcAddress),
    /// `AF_BLUETOOTH`: a device and what of it.
    Bluetooth(BluetoothAddress),
    /// `AF_QIPCRTR`: a node and a port.
    Qipcrtr(QipcrtrAddress),
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

/// A link-layer address ([packet(7)](https://man7.org/linux/man-pages/man7/packet.7.html)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PacketAddress {
    /// The interface's name; empty for every interface.
    pub(crate) interface: Vec<u8>,
    /// Its index; 0 for every interface, and where it isn't known (yet).
    pub(crate) index: u32,
    /// The Ethernet protocol, in host byte order.
    pub(crate) protocol: u16,
    pub(crate) packet_type: u8,
    pub(crate) hardware_type: u16,
    /// 8 bytes at most.
    pub(crate) hardware_address: Vec<u8>,
}

/// A netlink address ([netlink(7)](https://man7.org/linux/man-pages/man7/netlink.7.html)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NetlinkAddress {
    /// Whose; 0 is the kernel.
    pub(crate) port_id: u32,
    /// Multicast groups, a bit for each of the first 32.
    pub(crate) groups: u32,
}

/// A vsock address ([vsock(7)](https://man7.org/linux/man-pages/man7/vsock.7.html)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VsockAddress {
    pub(crate) cid: u32,
    pub(crate) port: u32,
}

impl VsockAddress {
    /// `VMADDR_CID_ANY` and `VMADDR_PORT_ANY`: all of them, or one that the kernel picks.
    pub(crate) const ANY: u32 = u32::MAX;
}

impl Address {
    /// The IP address and port, for the two internet families.
    pub(crate) fn as_inet(&self) -> Option<SocketAddr> {
        match self {
            Self::Inet(address) => Some(SocketAddr::V4(*address)),
            Self::Inet6(address) => Some(SocketAddr::V6(*address)),
            _ => None,
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
            Self::Packet(address) => address.fmt(f),
            Self::Netlink(NetlinkAddress { port_id, groups }) => write!(f, "port {port_id} groups {groups:#x}"),
            Self::Vsock(VsockAddress { cid, port }) => write!(f, "{cid}:{port}"),
            Self::Can(address) => address.fmt(f),
            Self::Alg(address) => address.fmt(f),
            Self::Tipc(address) => address.fmt(f),
            Self::Bluetooth(address) => address.fmt(f),
            Self::Qipcrtr(address) => address.fmt(f),
            Self::Unspecified => f.write_str("unspecified"),
        }
    }
}

impl fmt::Display for PacketAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.interface.as_slice() {
            [] => f.write_str("every interface")?,
            name => name.escape_ascii().fmt(f)?,
        }
        write!(f, " protocol {:#06x}", self.protocol)
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
