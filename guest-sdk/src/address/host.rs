//! Hosts and ports as they are written, and what they become.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use super::{Address, NamedAddress};
use crate::constants::{AF_INET, AF_INET6, AF_RDS, AF_UNSPEC};
use crate::error::{Error, Result};

/// What can stand first in an address: a host or an interface as text, one of the standard library's IP addresses, or
/// the number that addresses of other families begin with.
pub trait Host {
    /// The host, borrowed.
    fn host(&self) -> HostRef<'_>;
}

/// A borrowed [`Host`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostRef<'a> {
    /// A name, or an address as text. Empty is the wildcard address, `<broadcast>` 255.255.255.255.
    Text(&'a str),
    /// An address.
    Ip(IpAddr),
    /// A number, as `AF_NETLINK` and `AF_VSOCK` have it; none where it is beyond 127 bits.
    Number(Option<i128>),
}

impl Host for HostRef<'_> {
    fn host(&self) -> HostRef<'_> {
        *self
    }
}

impl Host for str {
    fn host(&self) -> HostRef<'_> {
        HostRef::Text(self)
    }
}

impl Host for String {
    fn host(&self) -> HostRef<'_> {
        HostRef::Text(self)
    }
}

impl Host for IpAddr {
    fn host(&self) -> HostRef<'_> {
        HostRef::Ip(*self)
    }
}

impl Host for Ipv4Addr {
    fn host(&self) -> HostRef<'_> {
        HostRef::Ip((*self).into())
    }
}

impl Host for Ipv6Addr {
    fn host(&self) -> HostRef<'_> {
        HostRef::Ip((*self).into())
    }
}

impl<T: Host + ?Sized> Host for &T {
    fn host(&self) -> HostRef<'_> {
        (**self).host()
    }
}

/// A whole number of any type: ports are often an `i32` or a `usize`, and out of range they are an error
/// and not a different port.
pub trait Integer: Copy {
    /// Its value, or none where it is beyond 127 bits.
    fn to_i128(self) -> Option<i128>;
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Integer for $integer {
            fn to_i128(self) -> Option<i128> {
                i128::try_from(self).ok()
            }
        }

        impl Host for $integer {
            fn host(&self) -> HostRef<'_> {
                HostRef::Number(self.to_i128())
            }
        }
    )*};
}

integers!(u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize);

pub(crate) fn port(number: impl Integer) -> Result<u16> {
    const OUT_OF_RANGE: Error = Error::value("port must be 0-65535.");
    number.to_i128().and_then(|n| u16::try_from(n).ok()).ok_or(OUT_OF_RANGE)
}

pub(super) fn flow_info(number: impl Integer) -> Result<u32> {
    const OUT_OF_RANGE: Error = Error::value("flowinfo must be 0-1048575.");
    let number = number.to_i128().and_then(|n| u32::try_from(n).ok());
    number.filter(|&n| n <= 0xf_ffff).ok_or(OUT_OF_RANGE)
}

pub(super) fn scope_id(number: impl Integer) -> Result<u32> {
    const OUT_OF_RANGE: Error = Error::value("scope_id must be 0-4294967295.");
    number.to_i128().and_then(|n| u32::try_from(n).ok()).ok_or(OUT_OF_RANGE)
}

/// Python's TypeError for a number where a host should be.
pub(crate) const NUMBER: Error = Error::value("str, bytes or bytearray expected, not int");

/// The address of a host for a socket of `family`; of any family for `AF_UNSPEC`.
///
/// What is numeric in the socket's own family needs no resolver. Everything else goes to the host as it is
/// written, which resolves it under the socket's family and knows the rules for it.
pub(super) fn internet(family: i32, host: HostRef<'_>, at: Endpoint) -> Result<Address> {
    let family = match family {
        AF_INET | AF_INET6 | AF_UNSPEC => family,
        // Python's of RDS are IPv4's.
        AF_RDS => AF_INET,
        _ => return Err(Error::value("only AF_INET, AF_INET6 and AF_RDS have (host, port) addresses")),
    };
    let text = match host {
        HostRef::Ip(ip) => return Ok(at.numeric(ip, 0)),
        HostRef::Number(_) => return Err(NUMBER),
        HostRef::Text("") if family == AF_INET6 => {
            return Ok(at.numeric(Ipv6Addr::UNSPECIFIED.into(), 0));
        }
        HostRef::Text("") => return Ok(at.numeric(Ipv4Addr::UNSPECIFIED.into(), 0)),
        HostRef::Text("<broadcast>") if family == AF_INET6 => {
            return Err(Error::value("address family mismatched"));
        }
        HostRef::Text("<broadcast>") => return Ok(at.numeric(Ipv4Addr::BROADCAST.into(), 0)),
        HostRef::Text(text) => text,
    };
    if family != AF_INET6
        && let Ok(ip) = text.parse::<Ipv4Addr>()
    {
        return Ok(at.numeric(ip.into(), 0));
    }
    if family != AF_INET
        && let Some((ip, scope)) = scoped(text)
    {
        return Ok(at.numeric(ip.into(), scope));
    }
    let text = name(text)?;
    Ok(Address::Named(NamedAddress {
        host: text.to_owned(),
        port: at.port,
        flow_info: at.flow_info,
        scope_id: at.scope_id,
    }))
}

/// A host name that can cross to a resolver.
pub(crate) fn name(text: &str) -> Result<&str> {
    if text.contains('\0') {
        return Err(Error::value("embedded null character"));
    }
    if !text.is_ascii() {
        return Err(Error::value("host name isn't ASCII: encode it as IDNA first"));
    }
    Ok(text)
}

/// What belongs to an address besides its host.
#[derive(Clone, Copy, Default)]
pub(super) struct Endpoint {
    pub(super) port: u16,
    pub(super) flow_info: u32,
    pub(super) scope_id: u32,
}

impl Endpoint {
    fn numeric(self, ip: IpAddr, scope: u32) -> Address {
        match ip {
            IpAddr::V4(ip) => Address::Inet(SocketAddrV4::new(ip, self.port)),
            IpAddr::V6(ip) => {
                let scope = if self.scope_id == 0 { scope } else { self.scope_id };
                Address::Inet6(SocketAddrV6::new(ip, self.port, self.flow_info, scope))
            }
        }
    }
}

/// An IPv6 address, with `%` and a scope after it or without. A scope that is an interface's name is looked
/// up; where that isn't allowed or there is none, the host's resolver shall have its say.
fn scoped(text: &str) -> Option<(Ipv6Addr, u32)> {
    let Some((ip, scope)) = text.split_once('%') else {
        return Some((text.parse().ok()?, 0));
    };
    let ip = ip.parse().ok()?;
    if scope.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((ip, scope.parse().ok()?));
    }
    let index = crate::interfaces::if_nametoindex(scope).ok()?;
    Some((ip, index))
}
