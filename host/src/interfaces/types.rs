//! Addresses and errors between the WIT's types and the host's.

mod families;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use wasmtime::component::ResourceTableError;

use crate::address::{Address, NetlinkAddress, PacketAddress, QipcrtrAddress, UnixAddress, VsockAddress};
use crate::bindings::types::{
    self, Host, Inet6Address, InetAddress, IpAddress, NamedAddress, SocketAddress, UnixAddress as WitUnixAddress,
};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::permissions::Denial;
use crate::sys::errno;

/// The longest path of Linux without its NUL, `PATH_MAX` - 1.
const PATH_MAX: usize = 4095;
/// What `sun_path` holds after its leading NUL, unix(7).
const ABSTRACT_MAX: usize = 107;
/// The longest name of an interface, `IFNAMSIZ` without its NUL.
const INTERFACE_MAX: usize = 15;
/// What `sll_addr` holds, packet(7).
const HARDWARE_ADDRESS_MAX: usize = 8;
/// A flow label has 20 bits (RFC 8200, section 3).
const FLOW_MAX: u32 = 0xf_ffff;

impl Host for SocketCtxView<'_> {
    fn convert_error(&mut self, error: Error) -> wasmtime::Result<types::Error> {
        self.ctx.quota.note(&error);
        into_wit(error)
    }
}

/// An error in the WIT's spelling, or the trap that it is.
pub(crate) fn into_wit(error: Error) -> wasmtime::Result<types::Error> {
    Ok(match error {
        Error::Io(error) => types::Error::Os(errno::to_linux(&error)),
        Error::TimedOut => types::Error::TimedOut,
        Error::NameLookup(code) => types::Error::NameLookup(code),
        Error::HostLookup(code) => types::Error::HostLookup(code),
        Error::Denied(denial) => refusal(errno::EACCES, &denial),
        Error::NotPermitted(denial) => refusal(errno::EPERM, &denial),
        Error::OverLimit { error, .. } => return into_wit(*error),
        Error::Trap(trap) => return Err(wasmtime::Error::from_boxed(trap)),
    })
}

fn refusal(errno: i32, denial: &Denial) -> types::Error {
    types::Error::Denied(types::Denial {
        errno,
        reason: denial.reason().to_owned(),
        grant: denial.grant().unwrap_or_default().to_owned(),
    })
}

/// A full table is the guest's doing, and an errno; a handle that isn't there is forged, and a trap.
impl From<ResourceTableError> for Error {
    fn from(error: ResourceTableError) -> Self {
        match error {
            ResourceTableError::Full => Self::os(errno::EMFILE),
            other => Self::Trap(other.into()),
        }
    }
}

/// What a guest gave for an address.
#[derive(Debug)]
pub(crate) enum Given {
    /// An address.
    Address(Address),
    /// A name, to be resolved.
    Name(NamedAddress),
}

/// Takes a guest's address apart.
///
/// # Errors
///
/// `EAFNOSUPPORT` for a family without a codec; `EINVAL` or `ENAMETOOLONG` for what no address of its family
/// can hold.
pub(crate) fn from_wit(address: SocketAddress) -> Result<Given> {
    Ok(Given::Address(match address {
        SocketAddress::Unspecified => Address::Unspecified,
        SocketAddress::Inet(InetAddress { address: (a, b, c, d), port }) => {
            Address::Inet(SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), port))
        }
        SocketAddress::Inet6(Inet6Address { address, port, flow_info, scope_id }) => {
            Address::Inet6(SocketAddrV6::new(ipv6(address), port, flow(flow_info)?, scope_id))
        }
        SocketAddress::Named(named) => {
            flow(named.flow_info)?;
            return Ok(Given::Name(named));
        }
        SocketAddress::Unix(WitUnixAddress::Unnamed) => Address::Unix(UnixAddress::Unnamed),
        SocketAddress::Unix(WitUnixAddress::Path(path)) => match path.len() {
            0 => Address::Unix(UnixAddress::Unnamed),
            length if length > PATH_MAX => return Err(Error::os(errno::ENAMETOOLONG)),
            _ if path.contains(&0) => return Err(Error::os(errno::EINVAL)),
            _ => Address::Unix(UnixAddress::Path(path)),
        },
        SocketAddress::Unix(WitUnixAddress::Abstract(name)) => match name.len() {
            length if length > ABSTRACT_MAX => return Err(Error::os(errno::EINVAL)),
            _ => Address::Unix(UnixAddress::Abstract(name)),
        },
        SocketAddress::Packet(address) => Address::Packet(packet(address)?),
        SocketAddress::Netlink(types::NetlinkAddress { port_id, groups }) => {
            Address::Netlink(NetlinkAddress { port_id, groups })
        }
        SocketAddress::Vsock(types::VsockAddress { cid, port }) => Address::Vsock(VsockAddress { cid, port }),
        SocketAddress::Can(address) => Address::Can(families::can(address)?),
        SocketAddress::Alg(address) => Address::Alg(families::alg(address)?),
        SocketAddress::Tipc(address) => Address::Tipc(families::tipc(address)?),
        SocketAddress::Bluetooth(address) => Address::Bluetooth(families::bluetooth(address)?),
        SocketAddress::Qipcrtr(types::QipcrtrAddress { node, port }) => Address::Qipcrtr(QipcrtrAddress { node, port }),
        SocketAddress::Hyperv(_) | SocketAddress::Link(_) | SocketAddress::System(_) | SocketAddress::Other(_) => {
            return Err(Error::os(errno::EAFNOSUPPORT));
        }
    }))
}

/// Puts an address together for a guest.
pub(crate) fn to_wit(address: Address) -> SocketAddress {
    match address {
        Address::Unspecified => SocketAddress::Unspecified,
        Address::Inet(inet) => {
            let [a, b, c, d] = inet.ip().octets();
            SocketAddress::Inet(InetAddress { address: (a, b, c, d), port: inet.port() })
        }
        Address::Inet6(inet6) => SocketAddress::Inet6(Inet6Address {
            address: segments(*inet6.ip()),
            port: inet6.port(),
            flow_info: u32::from_be(inet6.flowinfo()),
            scope_id: inet6.scope_id(),
        }),
        Address::Packet(PacketAddress {
            interface,
            index: _,
            protocol,
            packet_type,
            hardware_type,
            hardware_address,
        }) => SocketAddress::Packet(types::PacketAddress {
            interface,
            protocol,
            packet_type,
            hardware_type,
            hardware_address,
        }),
        Address::Netlink(NetlinkAddress { port_id, groups }) => {
            SocketAddress::Netlink(types::NetlinkAddress { port_id, groups })
        }
        Address::Vsock(VsockAddress { cid, port }) => SocketAddress::Vsock(types::VsockAddress { cid, port }),
        Address::Can(address) => families::can_to_wit(address),
        Address::Alg(address) => families::alg_to_wit(address),
        Address::Tipc(address) => families::tipc_to_wit(address),
        Address::Bluetooth(address) => families::bluetooth_to_wit(address),
        Address::Qipcrtr(QipcrtrAddress { node, port }) => SocketAddress::Qipcrtr(types::QipcrtrAddress { node, port }),
        Address::Unix(UnixAddress::Unnamed) => SocketAddress::Unix(WitUnixAddress::Unnamed),
        Address::Unix(UnixAddress::Path(path)) => SocketAddress::Unix(WitUnixAddress::Path(path)),
        Address::Unix(UnixAddress::Abstract(name)) => SocketAddress::Unix(WitUnixAddress::Abstract(name)),
    }
}

/// Puts an IP address together for a guest.
pub(crate) fn ip_to_wit(ip: std::net::IpAddr) -> IpAddress {
    match ip {
        std::net::IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            IpAddress::Ipv4((a, b, c, d))
        }
        std::net::IpAddr::V6(ip) => IpAddress::Ipv6(segments(ip)),
    }
}

/// A name that no interface can have is no interface's; a link-layer address has 8 bytes at most.
fn packet(address: types::PacketAddress) -> Result<PacketAddress> {
    let types::PacketAddress { interface, protocol, packet_type, hardware_type, hardware_address } = address;
    if interface.len() > INTERFACE_MAX || interface.contains(&0) {
        return Err(Error::os(errno::ENODEV));
    }
    if hardware_address.len() > HARDWARE_ADDRESS_MAX {
        return Err(Error::os(errno::EINVAL));
    }
    Ok(PacketAddress { interface, index: 0, protocol, packet_type, hardware_type, hardware_address })
}

pub(crate) type Segments = (u16, u16, u16, u16, u16, u16, u16, u16);

pub(crate) fn ipv6((a, b, c, d, e, f, g, h): Segments) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, e, f, g, h)
}

pub(crate) fn segments(ip: Ipv6Addr) -> Segments {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    (a, b, c, d, e, f, g, h)
}

/// Flow information as the kernel has it: in network byte order.
fn flow(label: u32) -> Result<u32> {
    if label > FLOW_MAX { Err(Error::os(errno::EINVAL)) } else { Ok(label.to_be()) }
}

/// An address for a trace.
pub(crate) fn show(address: &SocketAddress) -> String {
    match from_wit(address.clone()) {
        Ok(Given::Address(address)) => address.to_string(),
        Ok(Given::Name(name)) => format!("{}:{}", name.host, name.port),
        Err(_) => format!("{address:?}"),
    }
}
