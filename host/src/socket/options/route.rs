//! What goes into a packet's header by the guest's wish: IPv4 options and IPv6 extension headers. The addresses in
//! them are where the packet goes as well, so each is judged, and what was judged is written back.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::error::{Error, Result};
use crate::sys::errno;

/// A header's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Header {
    /// `IP_OPTIONS`: RFC 791.
    Options,
    /// Hop-by-hop or destination options: RFC 8200, sections 4.3 and 4.6.
    Extension,
    /// A routing header: RFC 8200, section 4.4; the kinds that Linux sends are RFC 6275's and RFC 8754's.
    Routing,
}

/// The option of a mobile node's home address (RFC 6275, section 6.3), which stands for the sender's.
const HOME_ADDRESS: u8 = 0xc9;

impl Header {
    /// The header as the kernel is to be handed it. `judge` says what stands for each address in it.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a header that isn't one, `EPERM` for another sender's address, and what `judge` says.
    pub(crate) fn judged(self, header: &[u8], mut judge: impl FnMut(IpAddr) -> Result<IpAddr>) -> Result<Vec<u8>> {
        let mut header = header.to_vec();
        // None takes the header away.
        if header.is_empty() {
            return Ok(header);
        }
        if self != Self::Options {
            header.truncate(whole(&header)?);
        }
        let places = match self {
            Self::Options => options(&header)?,
            Self::Extension => extension(&header).map(|()| Vec::new())?,
            Self::Routing => routing(&header)?,
        };
        let length = if self == Self::Options { 4 } else { 16 };
        for at in places {
            let place = header.get_mut(at..at + length).ok_or_else(invalid)?;
            let asked: IpAddr = match place.first_chunk::<16>() {
                Some(octets) => Ipv6Addr::from(*octets).into(),
                None => Ipv4Addr::from(*place.first_chunk::<4>().ok_or_else(invalid)?).into(),
            };
            match judge(asked)? {
                IpAddr::V4(ip) if length == 4 => place.copy_from_slice(&ip.octets()),
                IpAddr::V6(ip) if length == 16 => place.copy_from_slice(&ip.octets()),
                _ => return Err(invalid()),
            }
        }
        Ok(header)
    }
}

fn invalid() -> Error {
    Error::os(errno::EINVAL)
}

/// Where addresses lie in IPv4's options. Those that the kernel takes from anyone are allowed: the others need a
/// capability, which the host may have.
fn options(header: &[u8]) -> Result<Vec<usize>> {
    const END: u8 = 0;
    const NO_OPERATION: u8 = 1;
    const RECORD_ROUTE: u8 = 7;
    const TIMESTAMP: u8 = 68;
    const LOOSE_ROUTE: u8 = 131;
    const STRICT_ROUTE: u8 = 137;
    const ROUTER_ALERT: u8 = 148;
    let (mut at, mut places) = (0, Vec::new());
    while let Some(kind) = header.get(at) {
        let length = match *kind {
            END => break,
            NO_OPERATION => 1,
            _ => usize::from(*header.get(at + 1).ok_or_else(invalid)?),
        };
        if length == 0 || (*kind != NO_OPERATION && length < 2) || at + length > header.len() {
            return Err(invalid());
        }
        match *kind {
            NO_OPERATION | RECORD_ROUTE | ROUTER_ALERT => {}
            // Kind, length, pointer; then addresses.
            LOOSE_ROUTE | STRICT_ROUTE if length >= 7 && (length - 3).is_multiple_of(4) => {
                places.extend((at + 3..at + length).step_by(4));
            }
            // Kind, length, pointer, overflow and flag; with flag 3 pairs of an address and a time.
            TIMESTAMP if length >= 4 => {
                if header.get(at + 3).is_some_and(|flag| flag & 0xf == 3) {
                    let pairs = (at + 4..at + length).step_by(8);
                    places.extend(pairs.filter(|pair| pair + 4 <= at + length));
                }
            }
            _ => return Err(invalid()),
        }
        at += length;
    }
    Ok(places)
}

/// The length of an IPv6 extension header, which it says itself in units of 8 bytes beyond the first. As in the kernel
/// more may follow, in units too, and means nothing.
fn whole(header: &[u8]) -> Result<usize> {
    let said = header.get(1).map(|units| (usize::from(*units) + 1) * 8).ok_or_else(invalid)?;
    if said <= header.len() && header.len().is_multiple_of(8) { Ok(said) } else { Err(invalid()) }
}

/// Hop-by-hop and destination options: a list of type, length and value. A home address isn't taken.
fn extension(header: &[u8]) -> Result<()> {
    let mut at = 2;
    while let Some(kind) = header.get(at) {
        at += match *kind {
            // One byte of padding.
            0 => 1,
            HOME_ADDRESS => return Err(Error::os(errno::EPERM)),
            _ => 2 + usize::from(*header.get(at + 1).ok_or_else(invalid)?),
        };
    }
    if at == header.len() { Ok(()) } else { Err(invalid()) }
}

/// Where addresses lie in a routing header.
fn routing(header: &[u8]) -> Result<Vec<usize>> {
    const MOBILE: u8 = 2;
    const SEGMENTS: u8 = 4;
    let (kind, last) = (header.get(2), header.get(4));
    let count = match (kind, last) {
        (Some(&MOBILE), _) => 1,
        // Its last entry's number; what follows the addresses is no address.
        (Some(&SEGMENTS), Some(last)) => usize::from(*last) + 1,
        // Of the others Linux sends none; type 0 is deprecated (RFC 5095).
        _ => return Err(invalid()),
    };
    if 8 + count * 16 > header.len() {
        return Err(invalid());
    }
    Ok((0..count).map(|index| 8 + index * 16).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses that are judged, and the header that comes of letting 192.0.2.7 and 2001:db8::7 stand for each.
    fn judged(kind: Header, header: &[u8]) -> Result<(Vec<String>, Vec<u8>)> {
        let mut asked = Vec::new();
        let header = kind.judged(header, |ip| {
            asked.push(ip.to_string());
            Ok(if ip.is_ipv4() { "192.0.2.7" } else { "2001:db8::7" }.parse().expect("an address"))
        })?;
        Ok((asked, header))
    }

    #[test]
    fn every_address_of_a_source_route_is_judged_and_replaced() {
        let route = [1, 131, 11, 4, 127, 0, 0, 1, 10, 0, 0, 1];
        let (asked, header) = judged(Header::Options, &route).expect("a loose route");
        assert_eq!(asked, ["127.0.0.1", "10.0.0.1"], "each hop is a destination");
        assert_eq!(header, [1, 131, 11, 4, 192, 0, 2, 7, 192, 0, 2, 7], "the kernel is handed what was judged");
        let stamps = [68, 12, 5, 3, 10, 0, 0, 1, 0, 0, 0, 0];
        assert_eq!(judged(Header::Options, &stamps).expect("a timestamp").0, ["10.0.0.1"]);
        let record = [7, 7, 4, 0, 0, 0, 0, 0];
        assert_eq!(judged(Header::Options, &record).expect("a record of the route").0, [""; 0], "it asks for no hop");
    }

    #[test]
    fn every_segment_of_a_routing_header_is_judged() {
        let mut header = vec![59, 4, 4, 1, 1, 0, 0, 0];
        header.extend("::1".parse::<Ipv6Addr>().expect("an address").octets());
        header.extend("fd00::1".parse::<Ipv6Addr>().expect("an address").octets());
        let (asked, replaced) = judged(Header::Routing, &header).expect("a segment routing header");
        assert_eq!(asked, ["::1", "fd00::1"]);
        assert_eq!(replaced[8..24], "2001:db8::7".parse::<Ipv6Addr>().expect("an address").octets());
        header[4] = 2;
        assert!(judged(Header::Routing, &header).is_err(), "more segments than there are");
        header[2] = 0;
        assert!(judged(Header::Routing, &header).is_err(), "type 0 is deprecated");
    }

    #[test]
    fn headers_that_are_none_are_refused() {
        let bad: [(Header, &[u8]); 9] = [
            (Header::Options, &[131]),
            (Header::Options, &[131, 0]),
            (Header::Options, &[131, 40, 4, 0]),
            (Header::Options, &[131, 8, 4, 1, 2, 3, 4, 5]),
            (Header::Options, &[134, 4, 0, 0]),
            (Header::Extension, &[59, 1, 1, 4, 0, 0, 0, 0]),
            (Header::Extension, &[59, 0, 1, 5, 0, 0, 0, 0]),
            (Header::Extension, &[59]),
            (Header::Routing, &[59, 0, 4, 1, 0, 0, 0, 0]),
        ];
        for (kind, header) in bad {
            assert!(judged(kind, header).is_err(), "{kind:?} {header:?}");
        }
        let home = [59, 2, 0xc9, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        let error = judged(Header::Extension, &home).expect_err("another sender's address");
        assert!(matches!(&error, Error::Io(io) if errno::to_linux(io) == errno::EPERM), "{error:?}");
        assert!(judged(Header::Extension, &[59, 0, 1, 4, 0, 0, 0, 0]).is_ok(), "padding is an option");
        for kind in [Header::Options, Header::Extension, Header::Routing] {
            assert_eq!(judged(kind, &[]).expect("nothing takes it away").1, [0u8; 0]);
        }
    }
}
