//! What addresses are, read once more: from the RFCs and IANA's registries, and from nothing in this crate.
//!
//! It is written otherwise than `fold` and `special` on purpose, on whole numbers instead of octets and groups, and by what
//! the registries leave to the public instead of by what they take away.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where a destination leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The host itself.
    pub(super) host: IpAddr,
    /// IPv4 hosts that a translator or a tunnel leads to, in order, each once.
    pub(super) inside: Vec<Ipv4Addr>,
}

/// `prefixes` are those of the network's translators: their bits, and how many of them count.
pub(super) fn meaning(ip: IpAddr, prefixes: &[(Ipv6Addr, u8)]) -> Meaning {
    let bits = match ip {
        IpAddr::V4(v4) => return Meaning { host: this_host(v4), inside: Vec::new() },
        IpAddr::V6(v6) => u128::from(v6),
    };
    // RFC 4291, section 2.5.2: the unspecified address must not be a destination; Linux takes it for loopback (2.5.3).
    if bits <= 1 {
        return Meaning { host: Ipv6Addr::LOCALHOST.into(), inside: Vec::new() };
    }
    // RFC 4291, section 2.5.5: 96 bits of zero, or 80 of zero and 16 of one, then an IPv4 address.
    if matches!(bits >> 32, 0 | 0xffff) {
        return Meaning { host: this_host(ipv4(bits)), inside: Vec::new() };
    }
    let mut inside = Vec::new();
    let ours = prefixes.iter().filter(|(prefix, length)| is_in(bits, u128::from(*prefix), *length));
    inside.extend(ours.map(|(_, length)| behind(bits, *length)));
    let is_ours = !inside.is_empty();
    // RFC 6052, section 2.1: the well-known prefix 64:ff9b::/96.
    if bits >> 32 == 0x0064_ff9b << 64 {
        inside.push(ipv4(bits));
    }
    // RFC 8215: 64:ff9b:1::/48, of which a network makes prefixes of its own. Where it hasn't said which, the longest and
    // the shortest that fit.
    if bits >> 80 == 0x0064_ff9b_0001 && !is_ours {
        inside.extend([behind(bits, 48), ipv4(bits)]);
    }
    // RFC 2765, section 2.1: 0::ffff:0:a.b.c.d, an IPv4-translated address.
    if bits >> 32 == 0xffff_0000 {
        inside.push(ipv4(bits));
    }
    // RFC 3056, section 2: 2002:V4ADDR::/48.
    if bits >> 112 == 0x2002 {
        inside.push(ipv4(bits >> 80));
    }
    // RFC 4380, section 4: prefix of 32 bits, server, flags, port, and the client with each bit inverted.
    if bits >> 96 == 0x2001_0000 {
        inside.extend([ipv4(bits >> 64), ipv4(!bits)]);
    }
    inside.sort_unstable();
    inside.dedup();
    Meaning { host: ip, inside }
}

/// RFC 1122, section 3.2.1.3 (a): {0, 0} is this host on this network; to Linux as a destination, loopback.
fn this_host(ip: Ipv4Addr) -> IpAddr {
    IpAddr::V4(if u32::from(ip) == 0 { Ipv4Addr::from(0x7f00_0001) } else { ip })
}

fn ipv4(bits: u128) -> Ipv4Addr {
    Ipv4Addr::from(bits as u32)
}

fn is_in(bits: u128, prefix: u128, length: u8) -> bool {
    length == 0 || (bits ^ prefix) >> (128 - u32::from(length)) == 0
}

/// RFC 6052, section 2.2: the 32 bits behind the prefix, bits 64 to 71 (`u`) left out where they would be among them.
fn behind(bits: u128, length: u8) -> Ipv4Addr {
    if length == 96 {
        return ipv4(bits);
    }
    let before_u = bits >> 64;
    let after_u = bits & ((1 << 56) - 1);
    let without_u = before_u << 56 | after_u;
    ipv4(without_u >> (120 - 32 - u32::from(length)))
}

/// Whether an address is public: one that a name may lead to.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let taken = SPECIAL_IPV4.iter().any(|block| holds(block, u32::from(v4).into(), 32));
            // IANA IPv4 Address Space: 224/8 to 239/8 are multicast, 240/8 to 255/8 reserved.
            !taken && u32::from(v4) >> 28 < 0xe
        }
        IpAddr::V6(v6) => {
            let taken = SPECIAL_IPV6.iter().any(|block| holds(block, v6.into(), 128));
            // IANA IPv6 Address Space: of all that there is 2000::/3 alone is global unicast.
            !taken && u128::from(v6) >> 125 == 1
        }
    }
}

fn holds(block: &str, ip: u128, width: u32) -> bool {
    let (base, length) = block.split_once('/').expect("a block has a length");
    let base = match base.parse().expect("a block begins with an address") {
        IpAddr::V4(base) => u128::from(u32::from(base)),
        IpAddr::V6(base) => u128::from(base),
    };
    let length: u32 = length.parse().expect("a length is a number");
    (ip ^ base) >> (width - length) == 0
}

/// The IANA IPv4 Special-Purpose Address Registry below multicast, as its first column has it, without blocks that lie in
/// others of it (<https://www.iana.org/assignments/iana-ipv4-special-registry>).
const SPECIAL_IPV4: [&str; 16] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
];

/// The IANA IPv6 Special-Purpose Address Registry within global unicast, likewise
/// (<https://www.iana.org/assignments/iana-ipv6-special-registry>).
const SPECIAL_IPV6: [&str; 5] = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"];

/// Where clouds hand out what belongs to the machine, in space that is otherwise public.
pub(super) const METADATA_AMONG_PUBLIC: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);
