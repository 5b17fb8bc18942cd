use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use proptest::prelude::*;

use super::*;
use crate::address::Address;
use crate::message::{Credentials, ExtendedError, Inet6PacketInfo, InetPacketInfo, Timestamp};

/// One of each, with the length that its data have on 64-bit Linux.
fn one_of_each() -> Vec<(Message, usize)> {
    let moment = Timestamp { seconds: 1_700_000_000, nanoseconds: 123_456_000 };
    let (v4, v6) = (Ipv4Addr::new(192, 0, 2, 1), Ipv6Addr::LOCALHOST);
    let error = |offender| ExtendedError { errno: 111, origin: 2, kind: 3, code: 3, info: 0, data: 0, offender };
    let sockaddr6 = SocketAddrV6::new(v6, 80, 0, 2);
    vec![
        (Message::Credentials(Credentials { pid: 1, uid: 2, gid: 3 }), 12),
        (Message::Security(b"label".to_vec()), 5),
        (Message::Priority(6), 4),
        (Message::TimestampMicroseconds(moment), 16),
        (Message::TimestampNanoseconds(moment), 16),
        (Message::Mark(7), 4),
        (Message::Timestamping([moment; 3]), 48),
        (Message::QueueOverflow(9), 4),
        (Message::TypeOfService(0x10), 1),
        (Message::Ttl(64), 4),
        (Message::InetPacketInfo(InetPacketInfo { interface: 1, local: v4, destination: v4 }), 12),
        (Message::InetError(error(Some(Address::Inet(SocketAddrV4::new(v4, 0))))), 32),
        (Message::InetError(error(None)), 32),
        (Message::OriginalDestination(SocketAddrV4::new(v4, 80)), 16),
        (Message::Inet6Error(error(Some(Address::Inet6(sockaddr6)))), 44),
        (Message::Inet6PacketInfo(Inet6PacketInfo { address: v6, interface: 1 }), 20),
        (Message::HopLimit(-1), 4),
        (Message::HopOptions(vec![0; 8]), 8),
        (Message::RoutingDestinationOptions(vec![0; 8]), 8),
        (Message::RoutingHeader(vec![0; 24]), 24),
        (Message::DestinationOptions(vec![0; 16]), 16),
        (Message::TrafficClass(255), 4),
        (Message::OriginalDestination6(sockaddr6), 28),
        (Message::SegmentSize(1200), 2),
        (Message::JoinedSegmentSize(1200), 4),
        (Message::BytesQueued(5), 4),
        (Message::PacketAuxiliaryData(vec![1; 20]), 20),
        (Message::NetlinkGroup(1), 4),
        (Message::AlgOperation(1), 4),
        (Message::AlgIv(vec![7; 16]), 20),
        (Message::AlgAssociatedLength(16), 4),
    ]
}

#[test]
fn every_row_has_the_layout_of_64_bit_linux_and_comes_back() {
    let mut seen = std::collections::BTreeSet::new();
    for (message, length) in one_of_each() {
        let (row, data) = encode(&message).unwrap_or_else(|| panic!("{message:?} has no row"));
        assert_eq!(data.len(), length, "{} has the kernel's size", row.name);
        assert_eq!(decode(row.level, row.kind, &data).as_ref(), Some(&message), "{} comes back", row.name);
        seen.insert(row.name);
    }
    assert_eq!(seen.len(), TABLE.len(), "a row is without its test: add it to `one_of_each`");
}

#[test]
fn no_message_stands_in_the_table_twice() {
    let mut numbers: Vec<_> = TABLE.iter().map(|row| (row.level, row.kind)).collect();
    // To Bluetooth `SOL_HCI` is what `IPPROTO_IP` is to others.
    let of_one_level = AS_BYTES.iter().filter(|(name, ..)| !name.starts_with("HCI_"));
    numbers.extend(of_one_level.map(|(_, level, kind)| (*level, *kind)));
    numbers.push((level::SOL_SOCKET, SCM_RIGHTS));
    numbers.push((level::SOL_SOCKET, SCM_PIDFD));
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "each level and type is one message");
}

#[test]
fn a_level_is_another_to_bluetooth() {
    let direction = 1i32.to_ne_bytes();
    let bytes = |level, kind, data: &[u8]| Some(Message::Other(Other { level, kind, data: data.to_vec() }));
    assert_eq!(received(libc::AF_BLUETOOTH, 0, 1, &direction), bytes(0, 1, &direction), "HCI_CMSG_DIR");
    assert_eq!(received(libc::AF_BLUETOOTH, 0, 2, &[0; 16]), bytes(0, 2, &[0; 16]), "HCI_CMSG_TSTAMP");
    assert_eq!(received(libc::AF_BLUETOOTH, 274, 3, &[1]), bytes(274, 3, &[1]), "BT_SCM_PKT_STATUS");
    assert_eq!(received(libc::AF_INET, 0, 1, &[8]), Some(Message::TypeOfService(8)));
    assert_eq!(received(libc::AF_INET, 0, 2, &direction), Some(Message::Ttl(1)));
}

#[test]
fn numbers_are_those_of_the_headers() {
    for (name, kind, native) in [
        ("SCM_CREDENTIALS", 2, libc::SCM_CREDENTIALS),
        ("IP_PKTINFO", 8, libc::IP_PKTINFO),
        ("IP_RECVERR", 11, libc::IP_RECVERR),
        ("IP_RECVORIGDSTADDR", 20, libc::IP_RECVORIGDSTADDR),
        ("IPV6_RECVERR", 25, libc::IPV6_RECVERR),
        ("IPV6_PKTINFO", 50, libc::IPV6_PKTINFO),
        ("IPV6_HOPLIMIT", 52, libc::IPV6_HOPLIMIT),
        ("IPV6_HOPOPTS", 54, libc::IPV6_HOPOPTS),
        ("IPV6_RTHDRDSTOPTS", 55, libc::IPV6_RTHDRDSTOPTS),
        ("IPV6_RTHDR", 57, libc::IPV6_RTHDR),
        ("IPV6_DSTOPTS", 59, libc::IPV6_DSTOPTS),
        ("IPV6_TCLASS", 67, libc::IPV6_TCLASS),
        ("UDP_SEGMENT", 103, libc::UDP_SEGMENT),
        ("UDP_GRO", 104, libc::UDP_GRO),
        ("SCM_TIMESTAMPNS", 35, libc::SCM_TIMESTAMPNS),
        ("SO_RXQ_OVFL", 40, libc::SO_RXQ_OVFL),
        ("PACKET_AUXDATA", 8, libc::PACKET_AUXDATA),
    ] {
        let row = TABLE.iter().find(|row| row.name == name).expect("it has a row");
        assert_eq!((row.kind, kind), (native, native), "{name}");
    }
}

#[test]
fn a_length_that_the_kernel_refuses_is_no_message() {
    for (level, kind, wrong) in [
        (level::IPPROTO_IP, 2, vec![0, 1, 3, 5, 8]),
        (level::IPPROTO_IP, 1, vec![0, 2, 3, 5]),
        (level::IPPROTO_IP, 8, vec![0, 11, 13]),
        (level::IPPROTO_IPV6, 50, vec![16, 19, 21]),
        (level::IPPROTO_UDP, 103, vec![0, 1, 4]),
        (level::SOL_SOCKET, 2, vec![0, 11, 13]),
        (level::SOL_ALG, 2, vec![0, 3]),
        (level::SOL_ALG, 3, vec![0, 3]),
        (level::SOL_ALG, 4, vec![0, 3]),
    ] {
        for length in wrong {
            assert_eq!(decode(level, kind, &vec![0; length]), None, "{level} {kind} isn't {length} bytes");
        }
    }
}

#[test]
fn the_kernels_cryptography_takes_what_is_there_of_longer_messages() {
    let iv = [&3u32.to_ne_bytes()[..], b"123 and more"].concat();
    assert_eq!(decode(level::SOL_ALG, 2, &iv), Some(Message::AlgIv(b"123".to_vec())));
    assert_eq!(decode(level::SOL_ALG, 2, &iv[..6]), None, "two bytes of an IV of three");
    assert_eq!(decode(level::SOL_ALG, 2, &u32::MAX.to_ne_bytes()), None, "nothing of a very long one");
    assert_eq!(decode(level::SOL_ALG, 3, &[1, 0, 0, 0, 9, 9]), Some(Message::AlgOperation(1)));
}

proptest! {
    #[test]
    fn any_bytes_decode_without_panic(
        row in 0..TABLE.len(),
        data in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let row = &TABLE[row];
        if let Some(message) = decode(row.level, row.kind, &data) {
            let (again, _) = encode(&message).expect("what was decoded is encoded");
            prop_assert_eq!((again.level, again.kind), (row.level, row.kind));
        }
    }

    #[test]
    fn any_numbers_are_looked_up_without_panic(level in any::<i32>(), kind in any::<i32>(), data: Vec<u8>) {
        let _ = decode(level, kind, &data);
    }

    #[test]
    fn what_is_kept_never_exceeds_the_room(lengths in proptest::collection::vec(0usize..100, 0..8), room in 0usize..400) {
        let whole: Vec<Fitted<()>> =
            lengths.iter().map(|length| Fitted::Data { level: 0, kind: 0, data: vec![0; *length], whole: true }).collect();
        let (kept, cut) = fit(whole, room);
        let mut used = 0usize;
        for message in &kept {
            let Fitted::Data { data, .. } = message else { unreachable!("there are no descriptors") };
            used = used.next_multiple_of(8) + 16 + data.len();
        }
        prop_assert!(used <= room || kept.is_empty());
        prop_assert_eq!(cut, kept.len() < lengths.len() || kept.iter().any(|m| matches!(m, Fitted::Data { whole: false, .. })));
    }
}
