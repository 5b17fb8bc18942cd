//! Answers of the resolver in the contract's terms, and the one address that goes the other way.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use crate::bindings::{names, types};
use crate::sys::names::{AddressInfo, HostEntry};

pub(super) fn address_info(info: AddressInfo) -> names::AddressInfo {
    names::AddressInfo {
        family: info.family,
        type_: info.socket_type,
        protocol: info.protocol,
        canonical_name: info.canonical_name,
        address: match info.address {
            SocketAddr::V4(address) => {
                types::SocketAddress::Inet(types::InetAddress { address: ipv4(*address.ip()), port: address.port() })
            }
            SocketAddr::V6(address) => types::SocketAddress::Inet6(types::Inet6Address {
                address: address.ip().segments().into(),
                port: address.port(),
                flow_info: address.flowinfo(),
                scope_id: address.scope_id(),
            }),
        },
    }
}

pub(super) fn host_entry(entry: HostEntry) -> names::HostEntry {
    let address = |address| match address {
        IpAddr::V4(address) => types::IpAddress::Ipv4(ipv4(address)),
        IpAddr::V6(address) => types::IpAddress::Ipv6(address.segments().into()),
    };
    names::HostEntry {
        name: entry.name,
        aliases: entry.aliases,
        addresses: entry.addresses.into_iter().map(address).collect(),
    }
}

pub(super) fn ipv4(address: Ipv4Addr) -> types::Ipv4Address {
    address.octets().into()
}

/// None for every other family, and for a host that is still a name.
pub(super) fn internet_address(address: &types::SocketAddress) -> Option<SocketAddr> {
    match address {
        types::SocketAddress::Inet(inet) => {
            let (a, b, c, d) = inet.address;
            Some(SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), inet.port).into())
        }
        types::SocketAddress::Inet6(inet6) => {
            let ip = Ipv6Addr::from(<[u16; 8]>::from(inet6.address));
            Some(SocketAddrV6::new(ip, inet6.port, inet6.flow_info, inet6.scope_id).into())
        }
        _ => None,
    }
}
