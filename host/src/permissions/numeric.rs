//! Addresses spelled as numbers, in every way that resolvers accept.
//!
//! A spelling that getaddrinfo would take for an address must never be judged as a name, and the kernel must be
//! handed the address that was judged. So every such spelling is parsed here, before anything is asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address that `host` spells, if it is one: dotted quads, inet_aton(3)'s shorter, octal and hexadecimal forms
/// (`127.1`, `2130706433`, `0x7f.1`, `0177.0.0.1`; POSIX.1-2024, inet_addr), and IPv6 (RFC 4291, section 2.2) with
/// or without `%scope` (RFC 4007, section 11), which [`numeric_scope`] gives.
pub(crate) fn numeric(host: &str) -> Option<IpAddr> {
    let address = host.split_once('%').map_or(host, |(address, _)| address);
    if address.contains(':') {
        return address.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    }
    inet_aton(host).map(IpAddr::V4)
}

/// What follows the `%` of a numeric IPv6 address: the name or the number of an interface.
pub(crate) fn numeric_scope(host: &str) -> Option<&str> {
    let (_, scope) = host.split_once('%')?;
    numeric(host).filter(IpAddr::is_ipv6).map(|_| scope)
}

/// As inet_aton: one to four parts, each in C's notation of a number; the last part fills the bytes that remain.
fn inet_aton(text: &str) -> Option<Ipv4Addr> {
    let mut parts = [0_u32; 4];
    let mut count = 0;
    for part in text.split('.') {
        *parts.get_mut(count)? = c_number(part)?;
        count += 1;
    }
    let (last, leading) = parts[..count].split_last()?;
    let mut value = 0_u32;
    for part in leading {
        value = value << 8 | u32::from(u8::try_from(*part).ok()?);
    }
    let bits = 32 - 8 * u32::try_from(leading.len()).ok()?;
    // `bits` is 32 with a single part, which fills the whole address.
    let fits = bits == 32 || *last >> bits == 0;
    fits.then(|| Ipv4Addr::from(value.checked_shl(bits).unwrap_or(0) | *last))
}

fn c_number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    // from_str_radix would take a sign, which inet_aton doesn't.
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| u32::from_str_radix(digits, radix).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{numeric, numeric_scope};

    #[test]
    fn every_numeric_spelling_is_an_address() {
        for (spelling, address) in [
            ("127.0.0.1", "127.0.0.1"),
            ("127.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("0X7F000001", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("017700000001", "127.0.0.1"),
            ("10.0x10000", "10.1.0.0"),
            ("192.168.257", "192.168.1.1"),
            ("0", "0.0.0.0"),
            ("00", "0.0.0.0"),
            ("4294967295", "255.255.255.255"),
            ("169.254.43518", "169.254.169.254"),
            ("::1", "::1"),
            ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
            ("0:0:0:0:0:0:0:1", "::1"),
            ("FE80::1%eth0", "fe80::1"),
            ("fe80::1%", "fe80::1"),
        ] {
            assert_eq!(numeric(spelling), address.parse().ok(), "{spelling}");
        }
    }

    #[test]
    fn what_resolvers_take_for_a_name_is_no_address() {
        for name in [
            "",
            ".",
            "a",
            "localhost",
            "1.2.3.4.5",
            "1..2",
            "1.2.3.",
            ".1",
            "256.0.0.1",
            "1.2.65536",
            "08",
            "0x",
            "0xg",
            "4294967296",
            "+1",
            "-1",
            " 1",
            "1 ",
            "1.2.3.4%eth0",
            "[::1]",
            ":::1",
            "１２７.0.0.1",
            "99999999999999999999",
        ] {
            assert_eq!(numeric(name), None, "{name}");
        }
    }

    #[test]
    fn the_scope_is_kept_apart() {
        assert_eq!(numeric_scope("fe80::1%eth0"), Some("eth0"));
        assert_eq!(numeric_scope("fe80::1"), None);
        assert_eq!(numeric_scope("host%eth0"), None);
    }
}
