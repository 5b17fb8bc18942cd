//! What an IP header says of a packet's way. Only raw sockets send with headers that a guest wrote.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IP header's part of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    /// Whether there are IPv4 options or IPv6 extension headers: they can lead a packet on.
    pub(crate) has_extensions: bool,
}

/// Hop-by-hop options, routing, fragment, destination options (RFC 8200, section 4); mobility, host identity and
/// shim6, which the registry of extension header types has as well.
const EXTENSION_HEADERS: [u8; 7] = [0, 43, 44, 60, 135, 139, 140];

/// Whether a protocol's number is that of an IPv6 extension header.
pub(crate) fn is_extension_header(protocol: i32) -> bool {
    u8::try_from(protocol).is_ok_and(|protocol| EXTENSION_HEADERS.contains(&protocol))
}

impl Header {
    /// The header of an IPv4 packet (RFC 791, section 3.1); none where the packet has no such header.
    pub(crate) fn of_ipv4(packet: &[u8]) -> Option<Self> {
        let header: &[u8; 20] = packet.first_chunk()?;
        let words = usize::from(header[0] & 0xf);
        if header[0] >> 4 != 4 || words < 5 || packet.len() < 4 * words {
            return None;
        }
        let address = |at: usize| {
            let octets: [u8; 4] = header[at..].first_chunk().copied().unwrap_or_default();
            IpAddr::V4(Ipv4Addr::from(octets))
        };
        Some(Self { source: address(12), destination: address(16), has_extensions: words != 5 })
    }

    /// The header of an IPv6 packet (RFC 8200, section 3); none where the packet has no such header.
    pub(crate) fn of_ipv6(packet: &[u8]) -> Option<Self> {
        let header: &[u8; 40] = packet.first_chunk()?;
        if header[0] >> 4 != 6 {
            return None;
        }
        let address = |at: usize| {
            let octets: [u8; 16] = header[at..].first_chunk().copied().unwrap_or_default();
            IpAddr::V6(Ipv6Addr::from(octets))
        };
        Some(Self {
            source: address(8),
            destination: address(24),
            has_extensions: is_extension_header(header[6].into()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ipv4() -> Vec<u8> {
        let mut packet = vec![0; 28];
        packet[0] = 0x45;
        packet[12..16].copy_from_slice(&[10, 0, 0, 1]);
        packet[16..20].copy_from_slice(&[10, 0, 0, 2]);
        packet
    }

    #[test]
    fn an_ipv4_header_tells_where_from_and_where_to() {
        let header = Header::of_ipv4(&ipv4()).unwrap();
        assert_eq!(header.source, IpAddr::from([10, 0, 0, 1]));
        assert_eq!(header.destination, IpAddr::from([10, 0, 0, 2]));
        assert!(!header.has_extensions);
    }

    #[test]
    fn options_are_seen() {
        let mut packet = ipv4();
        packet[0] = 0x47;
        assert!(Header::of_ipv4(&packet).unwrap().has_extensions);
        let mut packet = vec![0; 48];
        packet[0] = 0x60;
        packet[6] = 43;
        assert!(Header::of_ipv6(&packet).unwrap().has_extensions);
    }

    #[test]
    fn what_has_no_header_has_none() {
        assert_eq!(Header::of_ipv4(&ipv4()[..19]), None, "too short");
        for first in [0x65, 0x44, 0x4f, 0x00] {
            let mut packet = ipv4();
            packet[0] = first;
            assert_eq!(Header::of_ipv4(&packet), None, "{first:#x}");
        }
        assert_eq!(Header::of_ipv6(&[0x60; 39]), None, "too short");
        assert_eq!(Header::of_ipv6(&[0x45; 60]), None, "another version");
    }
}
