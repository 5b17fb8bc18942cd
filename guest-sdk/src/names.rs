//! Hosts, services and protocols by name, as the host's own resolver knows them.

use std::net::{IpAddr, Ipv4Addr};

use crate::address::host::name;
use crate::address::wire::unpack4;
use crate::address::{Address, Integer, ToAddress};
use crate::bindings::wallsocket::socket::names as raw;
use crate::constants::{AF_UNSPEC, EAI_NONAME};
use crate::error::{Error, Result};

/// What [`getaddrinfo_with`] shall look for. Python: the optional arguments of `getaddrinfo`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// A family, or 0 for any.
    pub family: i32,
    /// A socket type, or 0 for any.
    pub type_: i32,
    /// A protocol, or 0 for any.
    pub proto: i32,
    /// `AI_*`, or-ed.
    pub flags: i32,
}

/// One way to reach a host. Python: an item of what `getaddrinfo` returns, `(family, type, proto, canonname, sockaddr)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddrInfo {
    /// The family.
    pub family: i32,
    /// The socket type.
    pub type_: i32,
    /// The protocol.
    pub proto: i32,
    /// The canonical name: in the first item and with `AI_CANONNAME`, else empty.
    pub canonname: String,
    /// The address, which `connect` takes.
    pub sockaddr: Address,
}

/// A service: a port, a name such as `"http"`, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service(Option<String>);

impl From<&str> for Service {
    fn from(name: &str) -> Service {
        Service(Some(name.to_owned()))
    }
}

impl From<Option<&str>> for Service {
    fn from(name: Option<&str>) -> Service {
        Service(name.map(str::to_owned))
    }
}

macro_rules! ports {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Service {
            fn from(port: $integer) -> Service {
                Service(Some(port.to_string()))
            }
        }
    )*};
}

ports!(u8 u16 i32 u32 usize);

/// Translates a host and a service into addresses, of every family and type. Python: `socket.getaddrinfo`.
///
/// ```no_run
/// for info in wallsocket::getaddrinfo("example.com", "http")? {
///     println!("{}", info.sockaddr);
/// }
/// let loopback = wallsocket::getaddrinfo(None, 80)?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::GaiError`] with `EAI_NONAME` (no such name), `EAI_AGAIN` (not now), `EAI_FAIL`, `EAI_SERVICE`;
/// [`Error::Denied`].
pub fn getaddrinfo<'a>(host: impl Into<Option<&'a str>>, port: impl Into<Service>) -> Result<Vec<AddrInfo>> {
    getaddrinfo_with(host, port, Hints::default())
}

/// [`getaddrinfo`] for a family, a type, a protocol, or with flags.
///
/// # Errors
///
/// As [`getaddrinfo`], and `EAI_FAMILY`, `EAI_SOCKTYPE`, `EAI_BADFLAGS`.
pub fn getaddrinfo_with<'a>(
    host: impl Into<Option<&'a str>>,
    port: impl Into<Service>,
    hints: Hints,
) -> Result<Vec<AddrInfo>> {
    let Service(service) = port.into();
    let hints = raw::Hints { family: hints.family, type_: hints.type_, protocol: hints.proto, flags: hints.flags };
    let found = raw::getaddrinfo(host.into().map(name).transpose()?, service.as_deref(), hints)?;
    let info = |info: raw::AddressInfo| AddrInfo {
        family: info.family,
        type_: info.type_,
        proto: info.protocol,
        canonname: info.canonical_name,
        sockaddr: info.address.into(),
    };
    Ok(found.into_iter().map(info).collect())
}

/// Translates an address into a host and a service name, or their numbers; `flags` are `NI_*`, or-ed. The
/// host in it has to be numeric. Python: `socket.getnameinfo`.
///
/// # Errors
///
/// [`Error::GaiError`] with `EAI_NONAME` (no name, and `NI_NAMEREQD`; or the host isn't numeric),
/// `EAI_FAMILY`; [`Error::Denied`] unless `NI_NUMERICHOST` is set.
pub fn getnameinfo(sockaddr: impl ToAddress, flags: i32) -> Result<(String, String)> {
    match sockaddr.to_address(AF_UNSPEC)? {
        Address::Named(_) => Err(Error::GaiError(EAI_NONAME)),
        address => Ok(raw::getnameinfo(&address.into(), flags)?),
    }
}

/// A host's first IPv4 address. Python: `socket.gethostbyname`.
///
/// # Errors
///
/// [`Error::GaiError`], [`Error::Denied`], [`Error::Value`] (a NUL in it, or not ASCII).
pub fn gethostbyname(hostname: &str) -> Result<Ipv4Addr> {
    Ok(unpack4(raw::gethostbyname(name(hostname)?)?))
}

/// A host as the resolver knows it. Python: `(hostname, aliaslist, ipaddrlist)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostEntry {
    /// Its name.
    pub hostname: String,
    /// Its other names.
    pub aliaslist: Vec<String>,
    /// Its addresses.
    pub ipaddrlist: Vec<IpAddr>,
}

impl From<raw::HostEntry> for HostEntry {
    fn from(entry: raw::HostEntry) -> HostEntry {
        HostEntry {
            hostname: entry.name,
            aliaslist: entry.aliases,
            ipaddrlist: entry.addresses.into_iter().map(IpAddr::from).collect(),
        }
    }
}

/// A host with its other names and all its IPv4 addresses. Python: `socket.gethostbyname_ex`.
///
/// # Errors
///
/// [`Error::HError`], [`Error::GaiError`], [`Error::Denied`].
pub fn gethostbyname_ex(hostname: &str) -> Result<HostEntry> {
    Ok(raw::gethostbyname_ex(name(hostname)?)?.into())
}

/// A host by its address, IPv4 or IPv6; a name is resolved first. Python: `socket.gethostbyaddr`.
///
/// # Errors
///
/// [`Error::HError`], [`Error::GaiError`], [`Error::Denied`].
pub fn gethostbyaddr(ip_address: &str) -> Result<HostEntry> {
    Ok(raw::gethostbyaddr(name(ip_address)?)?.into())
}

/// The fully qualified name of a host, or (`None`) of this machine, as well as it can be found. Python:
/// `socket.getfqdn`.
///
/// # Errors
///
/// What [`gethostname`] gives; a look-up that fails is none, the name stays as it was.
pub fn getfqdn<'a>(name: impl Into<Option<&'a str>>) -> Result<String> {
    let name = match name.into().unwrap_or_default().trim() {
        "" | "0.0.0.0" | "::" => gethostname()?,
        name => name.to_owned(),
    };
    Ok(gethostbyaddr(&name).map_or(name, qualified))
}

/// The first of a host's names that has a dot in it, else its own.
fn qualified(entry: HostEntry) -> String {
    let mut names = std::iter::once(&entry.hostname).chain(&entry.aliaslist);
    names.find(|name| name.contains('.')).unwrap_or(&entry.hostname).clone()
}

/// The port of a service, of a protocol (`"tcp"`, `"udp"`) or (`None`) of any. Python:
/// `socket.getservbyname`.
///
/// # Errors
///
/// [`Error::Value`] for one that isn't known.
pub fn getservbyname<'a>(servicename: &str, protocolname: impl Into<Option<&'a str>>) -> Result<u16> {
    let port = raw::getservbyname(servicename, protocolname.into())?;
    port.ok_or(Error::value("service/proto not found"))
}

/// The service at a port, of a protocol (`"tcp"`, `"udp"`) or (`None`) of any. Python:
/// `socket.getservbyport`.
///
/// # Errors
///
/// [`Error::Value`] for one that isn't known, and a port that isn't 0 to 65535.
pub fn getservbyport<'a>(port: impl Integer, protocolname: impl Into<Option<&'a str>>) -> Result<String> {
    let port = crate::address::host::port(port)?;
    let service = raw::getservbyport(port, protocolname.into())?;
    service.ok_or(Error::value("port/proto not found"))
}

/// The number of a protocol: 1 for `"icmp"`. Python: `socket.getprotobyname`.
///
/// # Errors
///
/// [`Error::Value`] for one that isn't known.
pub fn getprotobyname(protocolname: &str) -> Result<i32> {
    raw::getprotobyname(protocolname)?.ok_or(Error::value("protocol not found"))
}

/// The name of the machine, or what the host was told to say. Python: `socket.gethostname`.
///
/// # Errors
///
/// None that is typical.
pub fn gethostname() -> Result<String> {
    Ok(raw::gethostname()?)
}

/// Sets the name of the machine, 64 bytes at most, which takes the grant `hostname write`; [`gethostname`] tells it
/// to who holds `hostname read`. Python: `socket.sethostname`.
///
/// # Errors
///
/// [`Error::Denied`] with `EPERM` without the grant, `EPERM` where the host may not either, `EINVAL` (longer than
/// 64 bytes), [`Error::Value`] (a NUL in it).
pub fn sethostname(name: &str) -> Result<()> {
    if name.contains('\0') {
        return Err(Error::value("embedded null byte"));
    }
    Ok(raw::sethostname(name)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_with_a_dot_is_the_qualified_one() {
        let mut entry = HostEntry {
            hostname: "a".into(),
            aliaslist: vec!["b".into(), "b.example".into(), "c.example".into()],
            ipaddrlist: Vec::new(),
        };
        assert_eq!(qualified(entry.clone()), "b.example");
        entry.aliaslist.clear();
        assert_eq!(qualified(entry), "a");
    }

    #[test]
    fn only_numeric_addresses_have_names_to_look_up() {
        assert_eq!(getnameinfo(("example.com", 80), 0), Err(Error::GaiError(EAI_NONAME)));
        assert!(getservbyport(-1, None).is_err());
    }

    #[test]
    fn what_is_no_host_name_is_not_looked_up() {
        for host in ["a\0b", "bücher.example"] {
            assert!(matches!(getaddrinfo(host, 80), Err(Error::Value(_))));
            assert!(matches!(gethostbyname(host), Err(Error::Value(_))));
            assert!(matches!(gethostbyaddr(host), Err(Error::Value(_))));
        }
    }
}
