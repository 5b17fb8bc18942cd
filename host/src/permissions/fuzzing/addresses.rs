//! What an address really is, against another reading of the RFCs.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use arbitrary::{Arbitrary, Result, Unstructured};
use ipnet::Ipv6Net;

use super::registries::{self, Meaning};
use crate::permissions::{fold, numeric, special};
use crate::sys::names::{AI_NUMERICHOST, Hints, getaddrinfo_numeric};

/// Where an address begins, for those that are about something to be met more than once in 2^128 times.
const BEGINNINGS: [Ipv6Addr; 14] = [
    Ipv6Addr::UNSPECIFIED,
    Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0),
    Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0),
    Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x2606, 0x4700, 0, 0, 0, 0, 0, 0),
];

/// An address to bind or to connect to, prefixes of translators, and a host's spelling.
///
/// # Panics
///
/// Where what is judged, or handed to the kernel, isn't what the RFCs and registries make of the address; where a spelling
/// that the system's resolver takes for an address is taken for a name, or for another address.
pub fn addresses(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    // What is missing at the end is zero.
    let Ok((asked, prefixes)) = question(&mut bytes) else { return };
    destination(asked, &prefixes);
    local(asked);
    is_special(asked.ip());
    spelling(&String::from_utf8_lossy(bytes.take_rest()));
}

fn question(bytes: &mut Unstructured<'_>) -> Result<(SocketAddr, Vec<Ipv6Net>)> {
    let asked = match bytes.arbitrary()? {
        true => SocketAddr::new(Ipv4Addr::arbitrary(bytes)?.into(), bytes.arbitrary()?),
        false => SocketAddrV6::new(ipv6(bytes)?, bytes.arbitrary()?, bytes.arbitrary()?, bytes.arbitrary()?).into(),
    };
    let count = bytes.int_in_range(0..=2)?;
    let prefixes = (0..count).map(|_| {
        // The length a policy takes; the address is often in the prefix.
        let length = *bytes.choose(&fold::NAT64_LENGTHS)?;
        let base = match (asked.ip(), bytes.arbitrary()?) {
            (IpAddr::V6(ip), true) => ip,
            _ => ipv6(bytes)?,
        };
        Ok(Ipv6Net::new_assert(base, length).trunc())
    });
    Ok((asked, prefixes.collect::<Result<_>>()?))
}

fn ipv6(bytes: &mut Unstructured<'_>) -> Result<Ipv6Addr> {
    let rest: u128 = bytes.arbitrary()?;
    let few = bytes.int_in_range(0..=127)?;
    // A beginning of some kind, and so many bits of anything behind it.
    let beginning = match bytes.arbitrary()? {
        true => u128::from(*bytes.choose(&BEGINNINGS)?),
        false => 0,
    };
    Ok(Ipv6Addr::from(beginning | rest >> few))
}

fn destination(asked: SocketAddr, prefixes: &[Ipv6Net]) {
    let folded = fold::destination(asked, prefixes);
    let known: Vec<_> = prefixes.iter().map(|prefix| (prefix.addr(), prefix.prefix_len())).collect();
    let judged = Meaning { host: folded.judged.ip(), inside: folded.embedded.clone() };
    assert_eq!(judged, registries::meaning(asked.ip(), &known), "where {asked} leads, with {prefixes:?}");
    assert_eq!(folded.wire.is_ipv6(), asked.is_ipv6(), "{asked} stays of the socket's family: {folded:?}");
    assert_eq!((folded.judged.port(), folded.wire.port()), (asked.port(), asked.port()), "{folded:?}");
    let handed = registries::meaning(folded.wire.ip(), &known);
    assert_eq!(judged, handed, "the kernel is handed what was judged of {asked}: {folded:?}");
    assert_eq!(fold::destination(folded.wire, prefixes), folded, "{asked} is folded whole at once");
    scope(asked, folded.wire);
    let points: Vec<_> = folded.points().collect();
    assert_eq!(points.len(), 1 + folded.embedded.len(), "all of them are judged: {folded:?}");
}

/// RFC 4007, section 6: zones of link-local and interface-local scope can't be told apart by the address alone. Others can.
fn scope(asked: SocketAddr, wire: SocketAddr) {
    let (SocketAddr::V6(asked), SocketAddr::V6(wire)) = (asked, wire) else { return };
    let bits = u128::from(*wire.ip());
    let is_unicast = bits >> 118 == 0xfe80 >> 6;
    let is_multicast = bits >> 120 == 0xff && matches!(bits >> 112 & 0xf, 1 | 2);
    let expected = if is_unicast || is_multicast { asked.scope_id() } else { 0 };
    assert_eq!(wire.scope_id(), expected, "{asked}");
}

fn local(asked: SocketAddr) {
    let folded = fold::local(asked);
    assert_eq!(fold::local(folded.wire), folded, "{asked} is folded whole at once");
    assert_eq!(fold::address(folded.wire.ip()), folded.judged.ip(), "the kernel is handed what was judged");
    let is_wildcard = folded.judged.ip().is_unspecified();
    if !is_wildcard {
        let host = registries::meaning(asked.ip(), &[]).host;
        assert_eq!(folded.judged.ip(), host, "an address to bind to is the same host as one to connect to");
    }
    assert!(folded.embedded.is_empty(), "{folded:?}");
}

fn is_special(ip: IpAddr) {
    let expected = !registries::is_public(ip) || ip == IpAddr::V4(registries::METADATA_AMONG_PUBLIC);
    let found = special::special(ip);
    assert_eq!(found.is_some(), expected, "{ip} is {found:?}");
    assert!(found.is_some() || !special::is_metadata(ip), "no name leads to {ip}");
}

/// Resolvers take more spellings for addresses than people know.
fn spelling(host: &str) {
    let hints = Hints { flags: AI_NUMERICHOST, ..Hints::default() };
    let Ok(found) = getaddrinfo_numeric(Some(host), None, hints) else { return };
    let Some(first) = found.first() else { return };
    assert_eq!(numeric(host), Some(first.address.ip()), "what the system's resolver makes of {host:?}");
}
