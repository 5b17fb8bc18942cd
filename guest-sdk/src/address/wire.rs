//! Between [`Address`] and what crosses to the host.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use super::Address;
use crate::bindings::wallsocket::socket::types::{
    Inet6Address, InetAddress, IpAddress, Ipv4Address, Ipv6Address, SocketAddress,
};

fn pack4(ip: Ipv4Addr) -> Ipv4Address {
    let [a, b, c, d] = ip.octets();
    (a, b, c, d)
}

fn pack6(ip: Ipv6Addr) -> Ipv6Address {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    (a, b, c, d, e, f, g, h)
}

pub(crate) fn unpack4((a, b, c, d): Ipv4Address) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

pub(crate) fn unpack6((a, b, c, d, e, f, g, h): Ipv6Address) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, e, f, g, h)
}

impl From<IpAddress> for IpAddr {
    fn from(ip: IpAddress) -> IpAddr {
        match ip {
            IpAddress::Ipv4(ip) => unpack4(ip).into(),
            IpAddress::Ipv6(ip) => unpack6(ip).into(),
        }
    }
}

impl From<Address> for SocketAddress {
    fn from(address: Address) -> SocketAddress {
        match address {
            Address::Unspecified => SocketAddress::Unspecified,
            Address::Inet(address) => {
                SocketAddress::Inet(InetAddress { address: pack4(*address.ip()), port: address.port() })
            }
            Address::Inet6(address) => SocketAddress::Inet6(Inet6Address {
                address: pack6(*address.ip()),
                port: address.port(),
                flow_info: address.flowinfo(),
                scope_id: address.scope_id(),
            }),
            Address::Named(address) => SocketAddress::Named(address),
            Address::Unix(address) => SocketAddress::Unix(address),
            Address::Can(address) => SocketAddress::Can(address),
            Address::Packet(address) => SocketAddress::Packet(address),
            Address::Netlink(address) => SocketAddress::Netlink(address),
            Address::Alg(address) => SocketAddress::Alg(address),
            Address::Tipc(address) => SocketAddress::Tipc(address),
            Address::Vsock(address) => SocketAddress::Vsock(address),
            Address::Bluetooth(address) => SocketAddress::Bluetooth(address),
            Address::Qipcrtr(address) => SocketAddress::Qipcrtr(address),
            Address::Hyperv(address) => SocketAddress::Hyperv(address),
            Address::Link(address) => SocketAddress::Link(address),
            Address::System(address) => SocketAddress::System(address),
            Address::Other(address) => SocketAddress::Other(address),
        }
    }
}

impl From<SocketAddress> for Address {
    fn from(address: SocketAddress) -> Address {
        match address {
            SocketAddress::Unspecified => Address::Unspecified,
            SocketAddress::Inet(InetAddress { address, port }) => {
                Address::Inet(SocketAddrV4::new(unpack4(address), port))
            }
            SocketAddress::Inet6(Inet6Address { address, port, flow_info, scope_id }) => {
                Address::Inet6(SocketAddrV6::new(unpack6(address), port, flow_info, scope_id))
            }
            SocketAddress::Named(address) => Address::Named(address),
            SocketAddress::Unix(address) => Address::Unix(address),
            SocketAddress::Can(address) => Address::Can(address),
            SocketAddress::Packet(address) => Address::Packet(address),
            SocketAddress::Netlink(address) => Address::Netlink(address),
            SocketAddress::Alg(address) => Address::Alg(address),
            SocketAddress::Tipc(address) => Address::Tipc(address),
            SocketAddress::Vsock(address) => Address::Vsock(address),
            SocketAddress::Bluetooth(address) => Address::Bluetooth(address),
            SocketAddress::Qipcrtr(address) => Address::Qipcrtr(address),
            SocketAddress::Hyperv(address) => Address::Hyperv(address),
            SocketAddress::Link(address) => Address::Link(address),
            SocketAddress::System(address) => Address::System(address),
            SocketAddress::Other(address) => Address::Other(address),
        }
    }
}

/// An address that a call may have none of, as [`Address::Unspecified`].
pub(crate) fn or_unspecified(address: Option<SocketAddress>) -> Address {
    address.map_or(Address::Unspecified, Address::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_cross_and_come_back_the_same() {
        let inet = SocketAddrV4::new(Ipv4Addr::new(1, 2, 3, 4), 5);
        let ip = "2001:db8:3:4:5:6:7:8".parse().unwrap();
        for address in [Address::Unspecified, Address::Inet(inet), Address::Inet6(SocketAddrV6::new(ip, 9, 10, 11))] {
            assert_eq!(Address::from(SocketAddress::from(address.clone())), address);
        }
        let packed = SocketAddress::from(Address::Inet(inet));
        assert!(matches!(packed, SocketAddress::Inet(a) if a.address == (1, 2, 3, 4) && a.port == 5));
    }
}
