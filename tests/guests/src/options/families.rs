//! Options of raw, UDP-Lite, packet, netlink and vsock sockets: each is set to something else and reads as it was set.
//! Prints each, for the test to compare with the host's table.

use wallsocket::*;

fn made(family: i32, kind: i32, protocol: i32) -> Option<Socket> {
    match socket(family, kind, protocol) {
        Ok(sock) => Some(sock),
        Err(Error::Os(errno::EAFNOSUPPORT | errno::EPROTONOSUPPORT)) => None,
        Err(error) => panic!("family {family}, protocol {protocol}: {error}"),
    }
}

type Int = (&'static str, i32, i32);

#[rustfmt::skip]
const PACKET: [Int; 4] = [
    ("PACKET_AUXDATA", SOL_PACKET, PACKET_AUXDATA),
    ("PACKET_ORIGDEV", SOL_PACKET, PACKET_ORIGDEV),
    ("PACKET_QDISC_BYPASS", SOL_PACKET, PACKET_QDISC_BYPASS),
    ("PACKET_IGNORE_OUTGOING", SOL_PACKET, PACKET_IGNORE_OUTGOING),
];

#[rustfmt::skip]
const NETLINK: [Int; 6] = [
    ("NETLINK_PKTINFO", SOL_NETLINK, NETLINK_PKTINFO),
    ("NETLINK_BROADCAST_ERROR", SOL_NETLINK, NETLINK_BROADCAST_ERROR),
    ("NETLINK_NO_ENOBUFS", SOL_NETLINK, NETLINK_NO_ENOBUFS),
    ("NETLINK_CAP_ACK", SOL_NETLINK, NETLINK_CAP_ACK),
    ("NETLINK_EXT_ACK", SOL_NETLINK, NETLINK_EXT_ACK),
    ("NETLINK_GET_STRICT_CHK", SOL_NETLINK, NETLINK_GET_STRICT_CHK),
];

fn number(sock: &Socket, (name, level, option): Int, value: i32) {
    assert_ne!(sock.getsockopt(level, option), Ok(value), "{name} begins with another value");
    sock.setsockopt(level, option, value).unwrap_or_else(|error| panic!("{name} can be set: {error}"));
    assert_eq!(sock.getsockopt(level, option), Ok(value), "{name} reads as it was set");
    println!("{name} GetSet");
}

fn bytes(sock: &Socket, (name, level, option): Int, value: &[u8]) {
    assert_ne!(sock.getsockopt_bytes(level, option, value.len()).as_deref(), Ok(value), "{name} begins otherwise");
    sock.setsockopt(level, option, value).unwrap_or_else(|error| panic!("{name} can be set: {error}"));
    assert_eq!(sock.getsockopt_bytes(level, option, value.len()).as_deref(), Ok(value), "{name} reads as it was set");
    println!("{name} GetSet");
}

pub(crate) fn options_of_other_families_are_set_and_read(_: &[String]) {
    let raw = made(AF_INET, SOCK_RAW, IPPROTO_ICMP).expect("the grant is there");
    number(&raw, ("IP_HDRINCL", IPPROTO_IP, IP_HDRINCL), 1);
    bytes(&raw, ("ICMP_FILTER", IPPROTO_RAW, ICMP_FILTER), &[0, 1, 0, 0]);
    match made(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6) {
        Some(raw6) => bytes(&raw6, ("ICMP6_FILTER", IPPROTO_ICMPV6, ICMP6_FILTER), &[0x40; 32]),
        None => println!("skipped: ICMP6_FILTER GetSet: no IPv6"),
    }
    let udplite = [("UDPLITE_SEND_CSCOV", UDPLITE_SEND_CSCOV), ("UDPLITE_RECV_CSCOV", UDPLITE_RECV_CSCOV)];
    let lite = made(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
    for (name, option) in udplite {
        match &lite {
            Some(sock) => number(sock, (name, IPPROTO_UDPLITE, option), 12),
            None => println!("skipped: {name} GetSet: no UDP-Lite"),
        }
    }

    let packets = made(AF_PACKET, SOCK_RAW, 0).expect("the grant is there");
    PACKET.into_iter().for_each(|option| number(&packets, option, 1));
    // `struct packet_mreq` of the first interface, loopback: PACKET_MR_ALLMULTI.
    let request = [1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    packets.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request).expect("the grant is there");
    println!("PACKET_ADD_MEMBERSHIP Set");
    packets.setsockopt(SOL_PACKET, PACKET_DROP_MEMBERSHIP, &request).expect("it was added");
    println!("PACKET_DROP_MEMBERSHIP Set");
    assert_eq!(packets.getsockopt_bytes(SOL_PACKET, PACKET_STATISTICS, 8), Ok(vec![0; 8]), "nothing was heard");
    println!("PACKET_STATISTICS Get");

    let route = made(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE).expect("the grant is there");
    NETLINK.into_iter().for_each(|option| number(&route, option, 1));
    let groups = || route.getsockopt(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS);
    assert_eq!(groups(), Ok(0));
    println!("NETLINK_LIST_MEMBERSHIPS Get");
    route.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 1).expect("RTNLGRP_LINK is for reading");
    assert_eq!(groups(), Ok(1));
    println!("NETLINK_ADD_MEMBERSHIP Set");
    route.setsockopt(SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, 1).expect("it has joined");
    assert_eq!(groups(), Ok(0));
    println!("NETLINK_DROP_MEMBERSHIP Set");

    let machines = made(AF_VSOCK, SOCK_STREAM, 0);
    for (name, option, size) in [
        ("SO_VM_SOCKETS_BUFFER_MAX_SIZE", SO_VM_SOCKETS_BUFFER_MAX_SIZE, 131_072u64),
        ("SO_VM_SOCKETS_BUFFER_MIN_SIZE", SO_VM_SOCKETS_BUFFER_MIN_SIZE, 4096),
        ("SO_VM_SOCKETS_BUFFER_SIZE", SO_VM_SOCKETS_BUFFER_SIZE, 65_536),
    ] {
        match &machines {
            Some(sock) => bytes(sock, (name, AF_VSOCK, option), &size.to_le_bytes()),
            None => println!("skipped: {name} GetSet: no AF_VSOCK"),
        }
    }
}
