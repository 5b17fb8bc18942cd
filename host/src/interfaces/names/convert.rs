//! Answers of the resolver in the contract's terms, and the one address that goes the other way.

use std::net::{Ipv4Addr, SocketAddr};

use crate::bindings::{names, types};
use crate::error::{Error, Result};
use crate::interfaces::types::{Given, from_wit, ip_to_wit, to_wit};
use crate::sys::names::{AddressInfo, EAI_FAMILY, HostEntry};

pub(super) fn address_info(info: AddressInfo) -> names::AddressInfo {
    names::AddressInfo {
        family: info.family,
        type_: info.socket_type,
        protocol: info.protocol,
        canonical_name: info.canonical_name,
        address: to_wit(info.address.into()),
    }
}

pub(super) fn host_entry(entry: HostEntry) -> names::HostEntry {
    names::HostEntry {
        name: entry.name,
        aliases: entry.aliases,
        addresses: entry.addresses.into_iter().map(ip_to_wit).collect(),
    }
}

pub(super) fn ipv4(address: Ipv4Addr) -> types::Ipv4Address {
    address.octets().into()
}

/// What getnameinfo(3) takes. A C library would answer for `AF_UNIX` too, with this machine's name, which isn't
/// for everyone to know; Python never asks it to.
pub(super) fn internet_address(address: types::SocketAddress) -> Result<SocketAddr> {
    let address = match from_wit(address)? {
        Given::Address(address) => address.as_inet(),
        Given::Name(_) => None,
    };
    address.ok_or(Error::NameLookup(EAI_FAMILY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn getnameinfo_takes_internet_addresses_only() {
        let inet = types::InetAddress { address: (127, 0, 0, 1), port: 80 };
        let found = internet_address(types::SocketAddress::Inet(inet)).unwrap();
        assert_eq!(found, "127.0.0.1:80".parse().unwrap());

        let unix = types::SocketAddress::Unix(types::UnixAddress::Unnamed);
        for other in [unix, types::SocketAddress::Unspecified] {
            assert!(matches!(internet_address(other), Err(Error::NameLookup(EAI_FAMILY))));
        }
    }
}
