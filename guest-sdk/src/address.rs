//! Socket addresses: what a call takes, and what it gives back.

mod bluetooth;
pub(crate) mod host;
mod to_address;
mod tuples;
pub(crate) mod wire;

use std::fmt;
use std::net::{IpAddr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::PathBuf;

pub use self::bluetooth::bluetooth_device;
pub use self::host::{Host, HostRef, Integer};
pub use self::to_address::ToAddress;
pub use crate::bindings::wallsocket::socket::types::{
    AlgAddress, BluetoothAddress, BluetoothDevice, BluetoothHciAddress, BluetoothL2capAddress, BluetoothRfcommAddress,
    BluetoothScoAddress, CanAddress, CanIsotpAddress, CanJ1939Address, CanRawAddress, HypervAddress, LinkAddress,
    NamedAddress, NetlinkAddress, OtherAddress, PacketAddress, QipcrtrAddress, SystemAddress, TipcAddress, UnixAddress,
    VsockAddress,
};
use crate::constants as c;
use crate::error::Error;
use crate::inet::inet6_text;

/// A socket address of any family. It prints as Python's does.
///
/// Calls give these back; what they take is anything that is [`ToAddress`], such as `("example.com", 80)`.
///
/// ```
/// use wallsocket::Address;
/// let address = Address::from(std::net::SocketAddr::from(([127, 0, 0, 1], 80)));
/// assert_eq!(address.to_string(), "('127.0.0.1', 80)");
/// assert_eq!(address.port(), Some(80));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Address {
    /// No address. Received from a connected stream, it is Python's `None`; given to `connect` on a
    /// datagram socket, it dissolves the association.
    Unspecified,
    /// `AF_INET`.
    Inet(SocketAddrV4),
    /// `AF_INET6`.
    Inet6(SocketAddrV6),
    /// `AF_INET` or `AF_INET6`, to be resolved by the host. Never given back.
    Named(NamedAddress),
    /// `AF_UNIX`.
    Unix(UnixAddress),
    /// `AF_CAN`.
    Can(CanAddress),
    /// `AF_PACKET`.
    Packet(PacketAddress),
    /// `AF_NETLINK`.
    Netlink(NetlinkAddress),
    /// `AF_ALG`.
    Alg(AlgAddress),
    /// `AF_TIPC`.
    Tipc(TipcAddress),
    /// `AF_VSOCK`.
    Vsock(VsockAddress),
    /// `AF_BLUETOOTH`.
    Bluetooth(BluetoothAddress),
    /// `AF_QIPCRTR`.
    Qipcrtr(QipcrtrAddress),
    /// `AF_HYPERV` (Windows).
    Hyperv(HypervAddress),
    /// `AF_LINK` (BSD, macOS).
    Link(LinkAddress),
    /// `AF_SYSTEM` (macOS).
    System(SystemAddress),
    /// A family without a case of its own.
    Other(OtherAddress),
}

impl Address {
    /// The family it belongs to; `AF_UNSPEC` for [`Address::Unspecified`], for a name that isn't resolved
    /// yet and for the families that Linux has no number for.
    #[must_use]
    pub fn family(&self) -> i32 {
        match self {
            Address::Inet(_) => c::AF_INET,
            Address::Inet6(_) => c::AF_INET6,
            Address::Unix(_) => c::AF_UNIX,
            Address::Can(_) => c::AF_CAN,
            Address::Packet(_) => c::AF_PACKET,
            Address::Netlink(_) => c::AF_NETLINK,
            Address::Alg(_) => c::AF_ALG,
            Address::Tipc(_) => c::AF_TIPC,
            Address::Vsock(_) => c::AF_VSOCK,
            Address::Bluetooth(_) => c::AF_BLUETOOTH,
            Address::Qipcrtr(_) => c::AF_QIPCRTR,
            Address::Other(other) => other.family,
            Address::Unspecified | Address::Named(_) | Address::Hyperv(_) | Address::Link(_) | Address::System(_) => {
                c::AF_UNSPEC
            }
        }
    }

    /// The IP address, of `AF_INET` and `AF_INET6`.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.socket_addr().map(|address| address.ip())
    }

    /// Python's `address[0]` of `AF_INET` and `AF_INET6`: the address, or the name, as text; an IPv6 address
    /// without its scope.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        match self {
            Address::Inet(address) => Some(address.ip().to_string()),
            Address::Inet6(address) => Some(inet6_text(*address.ip())),
            Address::Named(address) => Some(address.host.clone()),
            _ => None,
        }
    }

    /// The port, of `AF_INET`, `AF_INET6` and names. Python's `address[1]`.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        match self {
            Address::Inet(address) => Some(address.port()),
            Address::Inet6(address) => Some(address.port()),
            Address::Named(address) => Some(address.port),
            _ => None,
        }
    }

    /// The standard library's form, of `AF_INET` and `AF_INET6`.
    #[must_use]
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        match self {
            Address::Inet(address) => Some((*address).into()),
            Address::Inet6(address) => Some((*address).into()),
            _ => None,
        }
    }

    /// The path, of a Unix socket that has one.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            // Every system that runs this has paths of UTF-8, and WASI knows no others.
            Address::Unix(UnixAddress::Path(path)) => Some(String::from_utf8_lossy(path).into_owned().into()),
            _ => None,
        }
    }

    /// Whether it is none at all: see [`Address::Unspecified`].
    #[must_use]
    pub fn is_unspecified(&self) -> bool {
        matches!(self, Address::Unspecified)
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Address {
        match address {
            SocketAddr::V4(address) => Address::Inet(address),
            SocketAddr::V6(address) => Address::Inet6(address),
        }
    }
}

impl TryFrom<Address> for SocketAddr {
    type Error = Error;

    /// [`Error::Value`] for an address of another family than `AF_INET` and `AF_INET6`.
    fn try_from(address: Address) -> Result<SocketAddr, Error> {
        address.socket_addr().ok_or(Error::value("not an internet address"))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Unspecified => f.write_str("None"),
            Address::Inet(address) => write!(f, "('{}', {})", address.ip(), address.port()),
            Address::Inet6(address) => write!(
                f,
                "('{}', {}, {}, {})",
                inet6_text(*address.ip()),
                address.port(),
                address.flowinfo(),
                address.scope_id()
            ),
            Address::Named(address) => write!(f, "('{}', {})", address.host, address.port),
            Address::Unix(UnixAddress::Unnamed) => Ok(()),
            Address::Unix(UnixAddress::Path(path)) => f.write_str(&String::from_utf8_lossy(path)),
            Address::Unix(UnixAddress::Abstract(name)) => {
                write!(f, "b'\\x00{}'", name.escape_ascii())
            }
            other => tuples::show(other, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_as_pythons_do() {
        let inet6 = SocketAddrV6::new("fe80::1".parse().unwrap(), 80, 1, 2);
        for (address, text) in [
            (Address::from(SocketAddr::from(([127, 0, 0, 1], 80))), "('127.0.0.1', 80)"),
            (Address::Inet6(inet6), "('fe80::1', 80, 1, 2)"),
            (Address::Unix(UnixAddress::Path(b"/run/a".to_vec())), "/run/a"),
            (Address::Unix(UnixAddress::Abstract(b"a\0".to_vec())), "b'\\x00a\\x00'"),
            (Address::Unix(UnixAddress::Unnamed), ""),
            (Address::Unspecified, "None"),
            (Address::Vsock(VsockAddress { cid: 2, port: 3 }), "(2, 3)"),
        ] {
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn only_internet_addresses_become_the_standard_librarys() {
        let address = SocketAddr::from(([0; 16], 1));
        assert_eq!(SocketAddr::try_from(Address::from(address)), Ok(address));
        assert!(SocketAddr::try_from(Address::Unspecified).is_err());
    }
}
