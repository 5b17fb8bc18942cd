//! Folding: one address for the many spellings that reach the same host, before anything is judged.
//!
//! The kernel is handed what was judged, never the guest's spelling of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use ipnet::Ipv6Net;

/// An address as it is judged and as it is handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folded {
    /// What the kernel is handed, in the guest socket's family: for `AF_INET6` an IPv4 address is in v4-mapped form.
    pub(crate) wire: SocketAddr,
    /// What is judged: IPv4 as IPv4.
    pub(crate) judged: SocketAddr,
    /// IPv4 addresses inside the judged one, where a translator or a tunnel leads; judged as well.
    pub(crate) embedded: Vec<Ipv4Addr>,
    /// Whether the judged address is only NAT64's way of writing the embedded one, special-use by nothing else.
    pub(crate) translated: bool,
}

impl Folded {
    /// All addresses that must be allowed.
    pub(crate) fn points(&self) -> impl Iterator<Item = IpAddr> {
        std::iter::once(self.judged.ip()).chain(self.embedded.iter().copied().map(IpAddr::V4))
    }
}

/// Folds a destination. `nat64` are the prefixes of the network's own translators.
///
/// - 0.0.0.0 and :: as a destination are this machine (RFC 1122, section 3.2.1.3; Linux's ip(7)): loopback.
/// - v4-mapped (::ffff:0:0/96) and v4-compatible (::/96) addresses (RFC 4291, section 2.5.5) are IPv4.
/// - NAT64 (RFC 6052), SIIT (::ffff:0:0:0/96, RFC 2765), 6to4 (RFC 3056) and Teredo (RFC 4380) carry IPv4 addresses.
/// - A scope id has a meaning only where the scope is narrower than the host (RFC 4007, section 6).
pub(crate) fn destination(address: SocketAddr, nat64: &[Ipv6Net]) -> Folded {
    let mut folded = local(address);
    let loopback = match folded.judged.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        IpAddr::V4(_) => return folded,
        // It stays in this machine, whatever prefix of translators the policy puts around it.
        IpAddr::V6(ip) if ip.is_loopback() => return folded,
        IpAddr::V6(ip) => {
            (folded.embedded, folded.translated) = embedded(ip, nat64);
            return folded;
        }
    };
    folded.judged.set_ip(loopback);
    folded.wire.set_ip(match (loopback, folded.wire) {
        (IpAddr::V4(ip), SocketAddr::V6(_)) => ip.to_ipv6_mapped().into(),
        (ip, _) => ip,
    });
    folded
}

/// Folds an address of this machine, to bind to: 0.0.0.0 and :: stay, and nothing is embedded in it.
pub(crate) fn local(address: SocketAddr) -> Folded {
    let plain = |wire: SocketAddr, judged| Folded { wire, judged, embedded: Vec::new(), translated: false };
    let SocketAddr::V6(v6) = address else {
        return plain(address, address);
    };
    let (ip, port, flow) = (*v6.ip(), v6.port(), v6.flowinfo());
    if let Some(v4) = inner_v4(ip) {
        let wire = SocketAddrV6::new(v4.to_ipv6_mapped(), port, flow, 0);
        return plain(wire.into(), SocketAddr::new(v4.into(), port));
    }
    let scope = if needs_scope(ip) { v6.scope_id() } else { 0 };
    let folded = SocketAddrV6::new(ip, port, flow, scope).into();
    plain(folded, folded)
}

/// An address alone, without a port: v4-mapped and v4-compatible become IPv4.
pub(crate) fn address(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) => inner_v4(v6).map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

fn inner_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    if ip.is_unspecified() || ip.is_loopback() { None } else { ip.to_ipv4() }
}

/// Link-local unicast, and multicast of interface-local or link-local scope (RFC 4007; `__ipv6_addr_needs_scope_id`).
fn needs_scope(ip: Ipv6Addr) -> bool {
    let narrow_multicast = ip.is_multicast() && matches!(ip.segments()[0] & 0xf, 1 | 2);
    ip.is_unicast_link_local() || narrow_multicast
}

const NAT64: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);
const NAT64_LOCAL: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48);
const SIIT: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96);

fn embedded(ip: Ipv6Addr, nat64: &[Ipv6Net]) -> (Vec<Ipv4Addr>, bool) {
    // Of prefixes that lie in each other each reading is judged: the policy may name one around the well-known.
    let mut found: Vec<Ipv4Addr> =
        nat64.iter().filter(|prefix| prefix.contains(&ip)).map(|prefix| inside(ip, prefix.prefix_len())).collect();
    let is_named = !found.is_empty();
    let is_well_known = NAT64.contains(&ip);
    let segments = ip.segments();
    if is_well_known {
        found.push(inside(ip, 96));
    } else if NAT64_LOCAL.contains(&ip) && !is_named {
        // Each network carves its own prefix out of this block (RFC 8215). Unless the policy names it, the two usual
        // readings are judged.
        found.extend([inside(ip, 48), inside(ip, 96)]);
    } else if SIIT.contains(&ip) {
        found.push(inside(ip, 96));
    } else if segments[0] == 0x2002 {
        found.push(from_groups(segments[1], segments[2]));
    } else if segments[..2] == [0x2001, 0] {
        // The server, and the client, which is written with all bits inverted (RFC 4380, section 4).
        found.extend([from_groups(segments[2], segments[3]), from_groups(!segments[6], !segments[7])]);
    }
    found.sort_unstable();
    found.dedup();
    (found, is_named || is_well_known)
}

fn from_groups(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))
}

/// The lengths that RFC 6052, section 2.2 lets a NAT64 prefix have.
pub(crate) const NAT64_LENGTHS: [u8; 6] = [32, 40, 48, 56, 64, 96];

/// The IPv4 address after a NAT64 prefix (RFC 6052, section 2.2): right behind it, around octet 8, which is reserved.
fn inside(ip: Ipv6Addr, prefix_len: u8) -> Ipv4Addr {
    let octets = ip.octets();
    let start = usize::from(prefix_len / 8);
    let mut behind = octets.iter().enumerate().skip(start).filter(|(index, _)| prefix_len == 96 || *index != 8);
    let mut next = || behind.next().map_or(0, |(_, octet)| *octet);
    Ipv4Addr::new(next(), next(), next(), next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(text: &str, nat64: &[Ipv6Net]) -> (String, String, Vec<String>) {
        let folded = destination(text.parse().unwrap(), nat64);
        (folded.wire.to_string(), folded.judged.to_string(), folded.embedded.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn destinations_fold() {
        for (asked, wire, judged, embedded) in [
            ("1.2.3.4:80", "1.2.3.4:80", "1.2.3.4:80", &[][..]),
            ("0.0.0.0:80", "127.0.0.1:80", "127.0.0.1:80", &[]),
            ("[::]:80", "[::1]:80", "[::1]:80", &[]),
            ("[::1]:80", "[::1]:80", "[::1]:80", &[]),
            ("[::ffff:1.2.3.4]:80", "[::ffff:1.2.3.4]:80", "1.2.3.4:80", &[]),
            ("[::ffff:0.0.0.0]:80", "[::ffff:127.0.0.1]:80", "127.0.0.1:80", &[]),
            ("[::1.2.3.4]:80", "[::ffff:1.2.3.4]:80", "1.2.3.4:80", &[]),
            ("[::2]:80", "[::ffff:0.0.0.2]:80", "0.0.0.2:80", &[]),
            ("[64:ff9b::10.0.0.5]:80", "[64:ff9b::a00:5]:80", "[64:ff9b::a00:5]:80", &["10.0.0.5"]),
            ("[64:ff9b:1::10.0.0.5]:80", "[64:ff9b:1::a00:5]:80", "[64:ff9b:1::a00:5]:80", &["0.0.0.0", "10.0.0.5"]),
            ("[::ffff:0:10.0.0.5]:80", "[::ffff:0:a00:5]:80", "[::ffff:0:a00:5]:80", &["10.0.0.5"]),
            ("[2002:a00:5::1]:80", "[2002:a00:5::1]:80", "[2002:a00:5::1]:80", &["10.0.0.5"]),
            (
                "[2001:0:c000:201:0:0:f5ff:fffa]:80",
                "[2001:0:c000:201::f5ff:fffa]:80",
                "[2001:0:c000:201::f5ff:fffa]:80",
                &["10.0.0.5", "192.0.2.1"],
            ),
            ("[fe80::1%3]:80", "[fe80::1%3]:80", "[fe80::1%3]:80", &[]),
            ("[ff02::fb%3]:80", "[ff02::fb%3]:80", "[ff02::fb%3]:80", &[]),
            ("[2606:4700::1%3]:80", "[2606:4700::1]:80", "[2606:4700::1]:80", &[]),
            ("[::1%3]:80", "[::1]:80", "[::1]:80", &[]),
        ] {
            let embedded: Vec<String> = embedded.iter().map(ToString::to_string).collect();
            assert_eq!(to(asked, &[]), (wire.to_owned(), judged.to_owned(), embedded), "{asked}");
        }
    }

    #[test]
    fn local_addresses_keep_the_wildcards() {
        for (asked, wire, judged) in [
            ("0.0.0.0:0", "0.0.0.0:0", "0.0.0.0:0"),
            ("[::]:80", "[::]:80", "[::]:80"),
            ("[::ffff:0.0.0.0]:80", "[::ffff:0.0.0.0]:80", "0.0.0.0:80"),
            ("[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:80", "127.0.0.1:80"),
        ] {
            let folded = local(asked.parse().unwrap());
            assert_eq!((folded.wire.to_string(), folded.judged.to_string()), (wire.to_owned(), judged.to_owned()));
        }
    }

    #[test]
    fn nat64_prefixes_of_every_length_hold_the_address_of_rfc_6052() {
        // The examples of RFC 6052, section 2.4.
        for (prefix, address) in [
            ("2001:db8::/32", "2001:db8:c000:221::"),
            ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
            ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
            ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
            ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100:0"),
            ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
        ] {
            let folded = destination(format!("[{address}]:80").parse().unwrap(), &[prefix.parse().unwrap()]);
            assert_eq!(folded.embedded, [Ipv4Addr::new(192, 0, 2, 33)], "{prefix}");
            assert!(folded.translated);
        }
    }

    #[test]
    fn a_prefix_around_the_well_known_one_hides_none_of_its_addresses() {
        let folded = destination("[64:ff9b::a00:5]:80".parse().unwrap(), &["64:ff9b::/32".parse().unwrap()]);
        assert_eq!(folded.embedded, [Ipv4Addr::UNSPECIFIED, Ipv4Addr::new(10, 0, 0, 5)], "both readings are judged");
        let loopback = destination("[::1]:80".parse().unwrap(), &["::/48".parse().unwrap()]);
        assert!(loopback.embedded.is_empty(), "loopback leads to no translator: {loopback:?}");
    }
}
