//! Option values that are structures: what Python packs with its `struct` module.
//!
//! They have the layout of 64-bit little-endian Linux, which is what crosses to the host; a wasm32 guest's
//! own C structures can be shorter.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4};
use std::time::Duration;

/// `struct linger`, for `SO_LINGER`: whether closing waits for queued data, and for how many seconds. Python:
/// `struct.pack('ii', onoff, linger)`.
///
/// ```no_run
/// use wallsocket::{AF_INET, SO_LINGER, SOCK_STREAM, SOL_SOCKET, layout};
/// let sock = wallsocket::socket(AF_INET, SOCK_STREAM, 0)?;
/// sock.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, 5))?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[must_use]
pub fn linger(onoff: bool, seconds: i32) -> [u8; 8] {
    join([i32::from(onoff).to_le_bytes(), seconds.to_le_bytes()])
}

/// `struct hci_filter`, for `HCI_FILTER`: a bit for each type of packet, a bit for each event, and an opcode whose events
/// alone are let through (0 for any). Python: `struct.pack('<LLLH', types, events & 0xffffffff, events >> 32, opcode)`.
///
/// ```no_run
/// use wallsocket::{AF_BLUETOOTH, BTPROTO_HCI, BluetoothAddress, HCI_FILTER, SOCK_RAW, SOL_HCI, layout};
/// const EVENT: u32 = 4;
/// let sock = wallsocket::socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI)?;
/// sock.bind(BluetoothAddress::hci(0))?;
/// sock.setsockopt(SOL_HCI, HCI_FILTER, &layout::hci_filter(1 << EVENT, u64::MAX, 0))?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[must_use]
pub fn hci_filter(types: u32, events: u64, opcode: u16) -> [u8; 14] {
    let mut bytes = [0; 14];
    bytes[..4].copy_from_slice(&types.to_le_bytes());
    bytes[4..12].copy_from_slice(&events.to_le_bytes());
    bytes[12..].copy_from_slice(&opcode.to_le_bytes());
    bytes
}

/// `struct timeval`, for `SO_RCVTIMEO` and `SO_SNDTIMEO`; what isn't a whole microsecond counts as one.
/// Python: `struct.pack('ll', seconds, microseconds)`.
#[must_use]
pub fn timeval(duration: Duration) -> [u8; 16] {
    let microseconds = duration.as_nanos().div_ceil(1000);
    let part = |part: u128| i64::try_from(part).unwrap_or(i64::MAX).to_le_bytes();
    join([part(microseconds / 1_000_000), part(microseconds % 1_000_000)])
}

/// `struct ip_mreq`, for `IP_ADD_MEMBERSHIP`: a group, and the address of the interface to join it on
/// (`0.0.0.0` for any). Python: `struct.pack('4s4s', inet_aton(group), inet_aton(interface))`.
#[must_use]
pub fn ip_mreq(group: Ipv4Addr, interface: Ipv4Addr) -> [u8; 8] {
    join([group.octets(), interface.octets()])
}

/// `struct ip_mreqn`, for `IP_ADD_MEMBERSHIP` and `IP_MULTICAST_IF`: as [`ip_mreq`], with the interface's
/// index. Python: `struct.pack('4s4si', …)`.
#[must_use]
pub fn ip_mreqn(group: Ipv4Addr, address: Ipv4Addr, index: i32) -> [u8; 12] {
    join([group.octets(), address.octets(), index.to_le_bytes()])
}

/// `struct ip_mreq_source`, for `IP_ADD_SOURCE_MEMBERSHIP` and its like: a group, an interface and the only
/// source to hear. Python: `struct.pack('4s4s4s', …)`.
#[must_use]
pub fn ip_mreq_source(group: Ipv4Addr, interface: Ipv4Addr, source: Ipv4Addr) -> [u8; 12] {
    join([group.octets(), interface.octets(), source.octets()])
}

/// `struct ipv6_mreq`, for `IPV6_JOIN_GROUP`: a group and the interface's index (0 for any). Python:
/// `struct.pack('16si', inet_pton(AF_INET6, group), index)`.
#[must_use]
pub fn ipv6_mreq(group: Ipv6Addr, index: u32) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes[..16].copy_from_slice(&group.octets());
    bytes[16..].copy_from_slice(&index.to_le_bytes());
    bytes
}

/// `struct in6_pktinfo`, for `IPV6_PKTINFO`: the address to send from (`::` for any) and the interface's index (0 for
/// any); 20 bytes (RFC 3542, section 6). Python: `struct.pack('16si', inet_pton(AF_INET6, address), index)`.
#[must_use]
pub fn in6_pktinfo(address: Ipv6Addr, index: u32) -> [u8; 20] {
    ipv6_mreq(address, index)
}

/// `struct group_req`, for `MCAST_JOIN_GROUP` and `MCAST_LEAVE_GROUP`: the interface's index (0 for any) and a group
/// of either family; 136 bytes (RFC 3678, section 5). Python: `struct.pack('I4x128s', index, sockaddr)`.
#[must_use]
pub fn group_req(index: u32, group: IpAddr) -> [u8; 136] {
    let mut bytes = [0; 136];
    bytes[..4].copy_from_slice(&index.to_le_bytes());
    bytes[8..].copy_from_slice(&sockaddr_storage(group));
    bytes
}

/// `struct group_source_req`, for `MCAST_JOIN_SOURCE_GROUP` and its like: as [`group_req`], with the source; 264
/// bytes. Python: `struct.pack('I4x128s128s', index, sockaddr, sockaddr)`.
#[must_use]
pub fn group_source_req(index: u32, group: IpAddr, source: IpAddr) -> [u8; 264] {
    let mut bytes = [0; 264];
    bytes[..136].copy_from_slice(&group_req(index, group));
    bytes[136..].copy_from_slice(&sockaddr_storage(source));
    bytes
}

/// `struct tcp_md5sig`, for `TCP_MD5SIG`: the peer's address and the key that segments are signed with (RFC 2385), of
/// which at most 80 bytes count; none takes a key away. 216 bytes, as linux/tcp.h has it.
#[must_use]
pub fn tcp_md5sig(peer: IpAddr, key: &[u8]) -> [u8; 216] {
    let mut bytes = [0; 216];
    let length = key.len().min(80);
    bytes[..128].copy_from_slice(&sockaddr_storage(peer));
    // Flags and the length of a prefix, both 0; then the key's length, an interface, and the key.
    bytes[130..132].copy_from_slice(&u16::try_from(length).unwrap_or(0).to_le_bytes());
    bytes[136..136 + length].copy_from_slice(&key[..length]);
    bytes
}

/// `struct ucred`, which `SO_PEERCRED` and `SCM_CREDENTIALS` bring: process, user and group; 12 bytes (unix(7)).
/// Nothing when there are fewer. Python: `struct.unpack('iII', value)`.
#[must_use]
pub fn ucred(bytes: &[u8]) -> Option<(i32, u32, u32)> {
    let part = |at: usize| bytes.get(at..)?.first_chunk::<4>();
    Some((i32::from_le_bytes(*part(0)?), u32::from_le_bytes(*part(4)?), u32::from_le_bytes(*part(8)?)))
}

/// `struct sockaddr_in`, for `RDS_CANCEL_SENT_TO`: the peer that nothing more shall be sent to of what is queued; 16
/// bytes. Python: `struct.pack('=H2s4s8x', AF_INET, port.to_bytes(2), inet_aton(address))`.
#[must_use]
pub fn sockaddr_in(address: SocketAddrV4) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&2u16.to_le_bytes());
    bytes[2..4].copy_from_slice(&address.port().to_be_bytes());
    bytes[4..8].copy_from_slice(&address.ip().octets());
    bytes
}

/// `struct sockaddr_storage` with an address, without port, flow label and scope.
fn sockaddr_storage(address: IpAddr) -> [u8; 128] {
    let mut bytes = [0; 128];
    match address {
        IpAddr::V4(address) => {
            bytes[..2].copy_from_slice(&2u16.to_le_bytes());
            bytes[4..8].copy_from_slice(&address.octets());
        }
        IpAddr::V6(address) => {
            bytes[..2].copy_from_slice(&10u16.to_le_bytes());
            bytes[8..24].copy_from_slice(&address.octets());
        }
    }
    bytes
}

/// Parts of one size, one after the other. `WHOLE` is `PART` times `COUNT`, which the callers' types say.
fn join<const PART: usize, const COUNT: usize, const WHOLE: usize>(parts: [[u8; PART]; COUNT]) -> [u8; WHOLE] {
    const { assert!(PART * COUNT == WHOLE) };
    let mut bytes = [0; WHOLE];
    for (place, part) in bytes.chunks_exact_mut(PART).zip(parts) {
        place.copy_from_slice(&part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_those_of_64_bit_linux() {
        assert_eq!(linger(true, 5), [1, 0, 0, 0, 5, 0, 0, 0]);
        let bytes = timeval(Duration::from_nanos(2_500_000_001));
        assert_eq!(bytes[..8], 2i64.to_le_bytes());
        assert_eq!(bytes[8..], 500_001i64.to_le_bytes());
        assert_eq!(timeval(Duration::MAX)[..8], i64::MAX.to_le_bytes());
        let (group, any) = (Ipv4Addr::new(239, 1, 2, 3), Ipv4Addr::UNSPECIFIED);
        assert_eq!(ip_mreq(group, any), [239, 1, 2, 3, 0, 0, 0, 0]);
        assert_eq!(ip_mreqn(group, any, 2)[8..], [2, 0, 0, 0]);
        assert_eq!(ip_mreq_source(group, any, Ipv4Addr::LOCALHOST)[8..], [127, 0, 0, 1]);
        assert_eq!(ipv6_mreq(Ipv6Addr::LOCALHOST, 3)[15..], [1, 3, 0, 0, 0]);
        assert_eq!(in6_pktinfo(Ipv6Addr::LOCALHOST, 3)[15..], [1, 3, 0, 0, 0]);
        let (four, six) = (group_req(2, group.into()), group_source_req(2, group.into(), Ipv6Addr::LOCALHOST.into()));
        assert_eq!(four[..16], [2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 239, 1, 2, 3]);
        assert_eq!((&six[..136], &six[136..138], six[159]), (&four[..], &[10, 0][..], 1));
        let signed = tcp_md5sig(Ipv4Addr::LOCALHOST.into(), b"key");
        assert_eq!((&signed[4..8], signed[130], &signed[136..140]), (&[127, 0, 0, 1][..], 3, &b"key\0"[..]));
        assert_eq!(tcp_md5sig(Ipv4Addr::LOCALHOST.into(), &[7; 99])[130], 80);
        let peer = sockaddr_in(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0x1234));
        assert_eq!(peer[..9], [2, 0, 0x12, 0x34, 127, 0, 0, 1, 0]);
        assert_eq!(ucred(&[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]), Some((1, 2, 3)));
        assert_eq!(ucred(&[0; 11]), None);
    }
}
