//! Addresses that a grant by name doesn't reach: all that aren't global unicast, by IANA's registries.
//!
//! Whoever runs a name's DNS picks the addresses it resolves to. A name grant therefore stops at the public internet:
//! every block of the special-purpose registries (RFC 6890, RFC 8190 and their updates;
//! <https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>)
//! is out of its reach, also those that are globally routed, together with multicast, the unassigned rest of IPv6
//! (<https://www.iana.org/assignments/ipv6-address-space>) and the addresses where clouds hand out credentials.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// A block of special-use addresses.
#[derive(Debug)]
pub(crate) struct Special {
    pub(crate) block: IpNet,
    /// "a private address"
    pub(crate) what: &'static str,
    /// "RFC 1918"
    pub(crate) source: &'static str,
}

/// The block that makes an address special; the first that holds it, the more specific ones being listed first.
pub(crate) fn special(ip: IpAddr) -> Option<&'static Special> {
    let (is_v6, octet) = match ip {
        IpAddr::V4(v4) => (0, v4.octets()[0]),
        IpAddr::V6(v6) => (256, v6.octets()[0]),
    };
    let rows = BY_FIRST_OCTET.get(is_v6 + usize::from(octet)).map_or(&[][..], Vec::as_slice);
    rows.iter().copied().find(|special| special.block.contains(&ip)).or_else(|| match ip {
        IpAddr::V6(v6) if !GLOBAL_UNICAST_V6.contains(&v6) => Some(&UNASSIGNED),
        _ => None,
    })
}

/// The rows that have addresses with a first octet, IPv4's and then IPv6's: every datagram of a name's asks, and most octets
/// have none.
static BY_FIRST_OCTET: LazyLock<Vec<Vec<&'static Special>>> = LazyLock::new(|| {
    let first = |ip: IpAddr| match ip {
        IpAddr::V4(v4) => usize::from(v4.octets()[0]),
        IpAddr::V6(v6) => 256 + usize::from(v6.octets()[0]),
    };
    let meets = |at: usize, row: &Special| (first(row.block.network())..=first(row.block.broadcast())).contains(&at);
    (0..512).map(|at| SPECIAL.iter().filter(|row| meets(at, row)).collect()).collect()
});

/// Whether a cloud answers at this address with what belongs to the machine alone, its credentials among it.
pub(crate) fn is_metadata(ip: IpAddr) -> bool {
    METADATA.iter().any(|(metadata, _)| *metadata == ip)
}

/// Whether one of these addresses is in a block.
pub(crate) fn has_metadata(block: IpNet) -> bool {
    METADATA.iter().any(|(metadata, _)| block.contains(metadata))
}

/// Instance metadata and agents' endpoints, with the vendors' own pages.
const METADATA: [(IpAddr, &str); 7] = [
    // AWS, Azure, Google Cloud, Oracle, DigitalOcean, OpenStack, …
    (ip4(169, 254, 169, 254), "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html"),
    (
        ip6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]),
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    ),
    (ip4(169, 254, 170, 2), "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"),
    (ip4(169, 254, 170, 23), "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html"),
    (
        ip6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23]),
        "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html",
    ),
    (ip4(100, 100, 100, 200), "https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata"),
    (ip4(168, 63, 129, 16), "https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16"),
];

/// 2000::/3 is all that IANA hands out as global unicast (RFC 4291, section 2.4).
const GLOBAL_UNICAST_V6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

static UNASSIGNED: Special = Special {
    block: IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0)),
    what: "an address outside of global unicast",
    source: "RFC 4291",
};

const fn ip4(a: u8, b: u8, c: u8, d: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(a, b, c, d))
}

const fn ip6([a, b, c, d, e, f, g, h]: [u16; 8]) -> IpAddr {
    IpAddr::V6(Ipv6Addr::new(a, b, c, d, e, f, g, h))
}

const fn v4(octets: [u8; 4], length: u8, what: &'static str, source: &'static str) -> Special {
    let [a, b, c, d] = octets;
    Special { block: IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)), what, source }
}

/// The first four groups of an address, the rest being zero.
const fn v6(groups: [u16; 4], length: u8, what: &'static str, source: &'static str) -> Special {
    let [a, b, c, d] = groups;
    Special { block: IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), length)), what, source }
}

const fn v6_whole(groups: [u16; 8], length: u8, what: &'static str, source: &'static str) -> Special {
    let [a, b, c, d, e, f, g, h] = groups;
    Special { block: IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), length)), what, source }
}

#[rustfmt::skip]
static SPECIAL: [Special; 53] = [
    // Clouds' endpoints in space that is otherwise public; the others are in blocks below.
    v4([168, 63, 129, 16], 32, "Azure's endpoint of the machine", "Microsoft"),
    // IANA IPv4 Special-Purpose Address Registry.
    v4([0, 0, 0, 0], 8, "an address of \"this network\"", "RFC 791"),
    v4([10, 0, 0, 0], 8, "a private address", "RFC 1918"),
    v4([100, 64, 0, 0], 10, "a shared address", "RFC 6598"),
    v4([127, 0, 0, 0], 8, "a loopback address", "RFC 1122"),
    v4([169, 254, 0, 0], 16, "a link-local address", "RFC 3927"),
    v4([172, 16, 0, 0], 12, "a private address", "RFC 1918"),
    v4([192, 0, 0, 0], 29, "an address for IPv4 service continuity", "RFC 7335"),
    v4([192, 0, 0, 8], 32, "the IPv4 dummy address", "RFC 7600"),
    v4([192, 0, 0, 9], 32, "the Port Control Protocol's anycast address", "RFC 7723"),
    v4([192, 0, 0, 10], 32, "the TURN anycast address", "RFC 8155"),
    v4([192, 0, 0, 170], 31, "an address for NAT64 discovery", "RFC 8880"),
    v4([192, 0, 0, 0], 24, "an address of IETF protocol assignments", "RFC 6890"),
    v4([192, 0, 2, 0], 24, "a documentation address", "RFC 5737"),
    v4([192, 31, 196, 0], 24, "an AS112 address", "RFC 7535"),
    v4([192, 52, 193, 0], 24, "an address for automatic multicast tunnelling", "RFC 7450"),
    v4([192, 88, 99, 0], 24, "a 6to4 relay's address", "RFC 7526"),
    v4([192, 168, 0, 0], 16, "a private address", "RFC 1918"),
    v4([192, 175, 48, 0], 24, "an AS112 address", "RFC 7534"),
    v4([198, 18, 0, 0], 15, "a benchmarking address", "RFC 2544"),
    v4([198, 51, 100, 0], 24, "a documentation address", "RFC 5737"),
    v4([203, 0, 113, 0], 24, "a documentation address", "RFC 5737"),
    v4([255, 255, 255, 255], 32, "the limited broadcast address", "RFC 919"),
    v4([240, 0, 0, 0], 4, "a reserved address", "RFC 1112"),
    // IANA IPv4 Multicast Address Space.
    v4([224, 0, 0, 0], 4, "a multicast address", "RFC 5771"),
    // IANA IPv6 Special-Purpose Address Registry.
    v6_whole([0, 0, 0, 0, 0, 0, 0, 1], 128, "the loopback address", "RFC 4291"),
    v6_whole([0, 0, 0, 0, 0, 0, 0, 0], 128, "the unspecified address", "RFC 4291"),
    v6_whole([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, "an IPv4-mapped address", "RFC 4291"),
    v6([0x64, 0xff9b, 0, 0], 96, "a NAT64 address", "RFC 6052"),
    v6([0x64, 0xff9b, 1, 0], 48, "a local NAT64 address", "RFC 8215"),
    v6([0x100, 0, 0, 0], 64, "a discard-only address", "RFC 6666"),
    v6([0x100, 0, 0, 1], 64, "the dummy IPv6 prefix", "RFC 9780"),
    v6([0x2001, 0, 0, 0], 32, "a Teredo address", "RFC 4380"),
    v6_whole([0x2001, 1, 0, 0, 0, 0, 0, 1], 128, "the Port Control Protocol's anycast address", "RFC 7723"),
    v6_whole([0x2001, 1, 0, 0, 0, 0, 0, 2], 128, "the TURN anycast address", "RFC 8155"),
    v6_whole([0x2001, 1, 0, 0, 0, 0, 0, 3], 128, "the DNS-SD registration anycast address", "RFC 9665"),
    v6([0x2001, 2, 0, 0], 48, "a benchmarking address", "RFC 5180"),
    v6([0x2001, 3, 0, 0], 32, "an address for automatic multicast tunnelling", "RFC 7450"),
    v6([0x2001, 4, 0x112, 0], 48, "an AS112 address", "RFC 7535"),
    v6([0x2001, 0x10, 0, 0], 28, "an ORCHID address", "RFC 4843"),
    v6([0x2001, 0x20, 0, 0], 28, "an ORCHIDv2 address", "RFC 7343"),
    v6([0x2001, 0x30, 0, 0], 28, "a drone's entity tag", "RFC 9374"),
    v6([0x2001, 0, 0, 0], 23, "an address of IETF protocol assignments", "RFC 2928"),
    v6([0x2001, 0xdb8, 0, 0], 32, "a documentation address", "RFC 3849"),
    v6([0x2002, 0, 0, 0], 16, "a 6to4 address", "RFC 3056"),
    v6([0x2620, 0x4f, 0x8000, 0], 48, "an AS112 address", "RFC 7534"),
    v6([0x3fff, 0, 0, 0], 20, "a documentation address", "RFC 9637"),
    v6([0x5f00, 0, 0, 0], 16, "a segment routing identifier", "RFC 9602"),
    v6([0xfc00, 0, 0, 0], 7, "a unique local address", "RFC 4193"),
    v6([0xfe80, 0, 0, 0], 10, "a link-local address", "RFC 4291"),
    v6([0xfec0, 0, 0, 0], 10, "a site-local address", "RFC 3879"),
    // IANA IPv6 Multicast Address Space.
    v6([0xff00, 0, 0, 0], 8, "a multicast address", "RFC 4291"),
    // RFC 4291 retired these, and kernels still route them as IPv4.
    v6([0, 0, 0, 0], 96, "an IPv4-compatible address", "RFC 4291"),
];

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{METADATA, SPECIAL, is_metadata, special};

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn special_use_blocks_end_where_the_registry_says() {
        for (inside, outside) in [
            ("10.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.63.255.255"),
            ("100.127.255.255", "100.128.0.0"),
            ("127.255.255.255", "128.0.0.0"),
            ("169.254.0.1", "169.253.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("192.0.0.255", "192.0.1.0"),
            ("192.168.255.255", "192.169.0.0"),
            ("198.19.255.255", "198.20.0.0"),
            ("203.0.113.255", "203.0.114.0"),
            ("224.0.0.0", "223.255.255.255"),
            ("255.255.255.255", "8.8.8.8"),
            ("168.63.129.16", "168.63.129.17"),
            ("2001:1ff::1", "2001:200::1"),
            ("2001:db8::1", "2001:db9::1"),
            ("2002::1", "2003::1"),
            ("3fff:fff::1", "3fff:1000::1"),
            ("fd00::1", "2606:4700::1"),
            ("febf::1", "2a00::1"),
            ("ff02::1", "2400::1"),
            ("::1", "2620:4f:8001::1"),
            ("64:ff9b::1", "2620:0:2d0::1"),
            ("4000::1", "3ffe::1"),
        ] {
            assert!(special(ip(inside)).is_some(), "{inside}");
            assert!(special(ip(outside)).is_none(), "{outside}");
        }
    }

    #[test]
    fn each_row_of_the_table_can_be_reached() {
        for row in &SPECIAL {
            let found = [row.block.addr(), row.block.broadcast()].map(special);
            let named = found.iter().flatten().any(|special| std::ptr::eq(*special, row));
            assert!(named, "{} is hidden behind wider rows", row.block);
        }
    }

    #[test]
    fn metadata_addresses_are_special() {
        for (metadata, _) in METADATA {
            assert!(special(metadata).is_some() && is_metadata(metadata), "{metadata}");
        }
    }
}
