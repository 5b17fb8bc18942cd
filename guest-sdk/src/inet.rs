//! Byte order and the packed forms of internet addresses. All of it is arithmetic; nothing asks the host.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::constants::{AF_INET, AF_INET6};
use crate::errno;
use crate::error::{Error, Result};

/// 32 bits from network to host order. Python: `socket.ntohl`.
#[must_use]
pub const fn ntohl(x: u32) -> u32 {
    u32::from_be(x)
}

/// 16 bits from network to host order. Python: `socket.ntohs`.
#[must_use]
pub const fn ntohs(x: u16) -> u16 {
    u16::from_be(x)
}

/// 32 bits from host to network order. Python: `socket.htonl`.
#[must_use]
pub const fn htonl(x: u32) -> u32 {
    x.to_be()
}

/// 16 bits from host to network order. Python: `socket.htons`.
#[must_use]
pub const fn htons(x: u16) -> u16 {
    x.to_be()
}

/// Packs an IPv4 address, written in any way that inet(3) knows: `127.1`, `0x7f.1`, `2130706433`. Python:
/// `socket.inet_aton`.
///
/// ```
/// assert_eq!(wallsocket::inet_aton("127.1")?, [127, 0, 0, 1]);
/// # Ok::<(), wallsocket::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Value`] for anything else.
pub fn inet_aton(ip_string: &str) -> Result<[u8; 4]> {
    aton(ip_string).ok_or(Error::value("illegal IP address string passed to inet_aton"))
}

fn aton(text: &str) -> Option<[u8; 4]> {
    // As in C, whatever follows white space isn't looked at.
    let text = text.split([' ', '\t', '\n', '\r', '\x0b', '\x0c']).next()?;
    let parts = text.split('.').map(c_number).collect::<Option<Vec<u32>>>()?;
    let (&last, firsts) = parts.split_last()?;
    if firsts.len() > 3 {
        return None;
    }
    // The last number fills all the bytes that the others leave.
    let bits = 32 - 8 * firsts.len();
    if bits < 32 && last >> bits != 0 {
        return None;
    }
    let mut address = last;
    for (index, &part) in firsts.iter().enumerate() {
        address |= u32::from(u8::try_from(part).ok()?) << (24 - 8 * index);
    }
    Some(address.to_be_bytes())
}

/// A number as C writes it: `0x` for hexadecimal, `0` for octal.
fn c_number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    if !digits.starts_with(|c: char| c.is_digit(radix)) {
        return None;
    }
    u32::from_str_radix(digits, radix).ok()
}

/// An IPv4 address as dotted quad, from its 4 bytes. Python: `socket.inet_ntoa`.
///
/// # Errors
///
/// [`Error::Value`] for another length.
pub fn inet_ntoa(packed_ip: &[u8]) -> Result<String> {
    let octets: [u8; 4] = packed_ip.try_into().map_err(|_| Error::value("packed IP wrong length"))?;
    Ok(Ipv4Addr::from(octets).to_string())
}

/// Packs an address of `AF_INET` (4 bytes) or `AF_INET6` (16). Python: `socket.inet_pton`.
///
/// # Errors
///
/// `EAFNOSUPPORT` for another family, [`Error::Value`] for what isn't an address of this one.
pub fn inet_pton(address_family: i32, ip_string: &str) -> Result<Vec<u8>> {
    const ILLEGAL: Error = Error::value("illegal IP address string passed to inet_pton");
    match address_family {
        AF_INET => ip_string.parse().map(|ip: Ipv4Addr| ip.octets().to_vec()).map_err(|_| ILLEGAL),
        AF_INET6 => ip_string.parse().map(|ip: Ipv6Addr| ip.octets().to_vec()).map_err(|_| ILLEGAL),
        _ => Err(Error::Os(errno::EAFNOSUPPORT)),
    }
}

/// An address of `AF_INET` or `AF_INET6` as text, from its bytes. Python: `socket.inet_ntop`.
///
/// # Errors
///
/// [`Error::Value`] for another family, or a length that isn't the family's.
pub fn inet_ntop(address_family: i32, packed_ip: &[u8]) -> Result<String> {
    const LENGTH: Error = Error::value("invalid length of packed IP address string");
    match address_family {
        AF_INET => {
            let octets: [u8; 4] = packed_ip.try_into().map_err(|_| LENGTH)?;
            Ok(Ipv4Addr::from(octets).to_string())
        }
        AF_INET6 => {
            let octets: [u8; 16] = packed_ip.try_into().map_err(|_| LENGTH)?;
            Ok(inet6_text(Ipv6Addr::from(octets)))
        }
        _ => Err(Error::Value(format!("unknown address family {address_family}").into())),
    }
}

/// An IPv6 address as C writes it. Rust writes `::102:304` where C writes `::1.2.3.4`.
pub(crate) fn inet6_text(ip: Ipv6Addr) -> String {
    let mut text = String::new();
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            // Writing to a String can't fail.
            let _ = write!(text, "::{a}.{b}.{c}.{d}");
        }
        _ => {
            let _ = write!(text, "{ip}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aton_knows_every_spelling() {
        for (text, packed) in [
            ("127.0.0.1", [127, 0, 0, 1]),
            ("127.1", [127, 0, 0, 1]),
            ("10.1.256", [10, 1, 1, 0]),
            ("0x7f.1", [127, 0, 0, 1]),
            ("017700000001", [127, 0, 0, 1]),
            ("2130706433", [127, 0, 0, 1]),
            ("0", [0, 0, 0, 0]),
            ("255.255.255.255", [255; 4]),
            ("1.2.3.4 rest", [1, 2, 3, 4]),
        ] {
            assert_eq!(inet_aton(text), Ok(packed), "{text}");
        }
    }

    #[test]
    fn aton_refuses_what_is_no_address() {
        for text in [
            "",
            ".",
            "1.",
            ".1",
            "1.2.3.4.5",
            "256.1.1.1",
            "1.2.3.256",
            "1.2.65536",
            "4294967296",
            "a",
            "0x",
            "08",
            "+1",
            "1.+2",
            "é",
        ] {
            assert!(inet_aton(text).is_err(), "{text}");
        }
    }

    #[test]
    fn pton_is_strict() {
        assert_eq!(inet_pton(AF_INET, "1.2.3.4"), Ok(vec![1, 2, 3, 4]));
        for text in ["127.1", "01.2.3.4", "1.2.3", "::1", "1.2.3.4 "] {
            assert!(inet_pton(AF_INET, text).is_err(), "{text}");
        }
        assert_eq!(inet_pton(AF_INET6, "::1").map(|p| p.len()), Ok(16));
        assert!(inet_pton(AF_INET6, "fe80::1%1").is_err());
        assert_eq!(inet_pton(1, "::1"), Err(Error::Os(errno::EAFNOSUPPORT)));
    }

    #[test]
    fn ntop_writes_what_c_writes() {
        for text in [
            "::",
            "::1",
            "1::",
            "2001:db8::1",
            "::ffff:1.2.3.4",
            "::1.2.3.4",
            "::ffff",
            "1:0:1:1:1:1:1:1",
            "5aef:2b::8",
            "::1:0:0",
        ] {
            let packed = inet_pton(AF_INET6, text).unwrap();
            assert_eq!(inet_ntop(AF_INET6, &packed).as_deref(), Ok(text));
        }
        assert_eq!(inet_ntop(AF_INET, &[7, 10, 0, 5]).as_deref(), Ok("7.10.0.5"));
        assert!(inet_ntop(AF_INET, &[1]).is_err() && inet_ntop(AF_INET6, &[1; 4]).is_err());
        assert!(inet_ntop(99, &[1; 4]).is_err() && inet_ntoa(&[]).is_err());
    }

    #[test]
    fn network_order_is_big_endian() {
        assert_eq!(htons(1).to_ne_bytes(), [0, 1]);
        assert_eq!(ntohl(htonl(0x0102_0304)), 0x0102_0304);
        assert_eq!(ntohs(htons(7)), 7);
    }
}
