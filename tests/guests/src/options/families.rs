//! Options of raw, UDP-Lite, packet, netlink, vsock, CAN, ALG and SCTP sockets: each is set to something else and reads as
//! it was set.
//! Prints each, for the test to compare with the host's table.

use wallsocket::*;

/// A socket, where this machine has such and lets us; else what it would have shown is skipped.
pub(super) fn made(family: i32, kind: i32, protocol: i32, shows: &[&str]) -> Option<Socket> {
    match socket(family, kind, protocol) {
        Ok(sock) => Some(sock),
        Err(error @ Error::Os(errno::EAFNOSUPPORT | errno::EPROTONOSUPPORT | errno::EPERM)) => {
            shows.iter().for_each(|row| println!("skipped: {row}: {error}"));
            None
        }
        Err(error) => panic!("family {family}, protocol {protocol}: {error}"),
    }
}

/// Name, level, number.
pub(super) type Int = (&'static str, i32, i32);

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

pub(super) fn number(sock: &Socket, (name, level, option): Int, value: i32) {
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
    internet();
    packets();
    route();
    machines();
    super::clusters::show();
    buses();
    cryptography();
    associations();
}

fn internet() {
    if let Some(raw) = made(AF_INET, SOCK_RAW, IPPROTO_ICMP, &["IP_HDRINCL GetSet", "ICMP_FILTER GetSet"]) {
        number(&raw, ("IP_HDRINCL", IPPROTO_IP, IP_HDRINCL), 1);
        bytes(&raw, ("ICMP_FILTER", IPPROTO_RAW, ICMP_FILTER), &[0, 1, 0, 0]);
    }
    if let Some(raw) = made(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, &["ICMP6_FILTER GetSet"]) {
        bytes(&raw, ("ICMP6_FILTER", IPPROTO_ICMPV6, ICMP6_FILTER), &[0x40; 32]);
    }
    let lite = ["UDPLITE_SEND_CSCOV GetSet", "UDPLITE_RECV_CSCOV GetSet"];
    if let Some(lite) = made(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, &lite) {
        number(&lite, ("UDPLITE_SEND_CSCOV", IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV), 12);
        number(&lite, ("UDPLITE_RECV_CSCOV", IPPROTO_UDPLITE, UDPLITE_RECV_CSCOV), 12);
    }
}

fn packets() {
    let numbers = PACKET.map(|(name, ..)| format!("{name} GetSet"));
    let others = ["PACKET_ADD_MEMBERSHIP Set", "PACKET_DROP_MEMBERSHIP Set", "PACKET_STATISTICS Get"];
    let all: Vec<&str> = numbers.iter().map(String::as_str).chain(others).collect();
    let Some(packets) = made(AF_PACKET, SOCK_RAW, 0, &all) else { return };
    PACKET.into_iter().for_each(|option| number(&packets, option, 1));
    // `struct packet_mreq` of the first interface, loopback: PACKET_MR_ALLMULTI.
    let request = [1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    packets.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request).expect("the grant is there");
    packets.setsockopt(SOL_PACKET, PACKET_DROP_MEMBERSHIP, &request).expect("it was added");
    assert_eq!(packets.getsockopt_bytes(SOL_PACKET, PACKET_STATISTICS, 8), Ok(vec![0; 8]), "nothing was heard");
    others.iter().for_each(|row| println!("{row}"));
}

fn route() {
    let route = made(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, &[]).expect("every kernel has it, and lets everybody");
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
}

fn machines() {
    let sizes = [
        ("SO_VM_SOCKETS_BUFFER_MAX_SIZE", SO_VM_SOCKETS_BUFFER_MAX_SIZE, 131_072u64),
        ("SO_VM_SOCKETS_BUFFER_MIN_SIZE", SO_VM_SOCKETS_BUFFER_MIN_SIZE, 4096),
        ("SO_VM_SOCKETS_BUFFER_SIZE", SO_VM_SOCKETS_BUFFER_SIZE, 65_536),
    ];
    const TIMEOUT: Int = ("SO_VM_SOCKETS_CONNECT_TIMEOUT", AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT);
    let rows = sizes.map(|(name, ..)| format!("{name} GetSet"));
    let rows: Vec<&str> = rows.iter().map(String::as_str).chain(["SO_VM_SOCKETS_CONNECT_TIMEOUT GetSet"]).collect();
    let Some(sock) = made(AF_VSOCK, SOCK_STREAM, 0, &rows) else { return };
    for (name, option, size) in sizes {
        bytes(&sock, (name, AF_VSOCK, option), &size.to_le_bytes());
    }
    bytes(&sock, TIMEOUT, &layout::timeval(std::time::Duration::from_secs(7)));
}

/// They take a kernel of their own and two adapters, where `options_of_bluetooth_do_what_they_say` shows them.
pub(crate) fn options_of_bluetooth_are_shown_elsewhere(_: &[String]) {
    for row in [
        "BT_SECURITY GetSet",
        "BT_DEFER_SETUP GetSet",
        "BT_FLUSHABLE GetSet",
        "BT_POWER GetSet",
        "BT_CHANNEL_POLICY GetSet",
        "BT_VOICE GetSet",
        "BT_SNDMTU GetSet",
        "BT_RCVMTU GetSet",
        "BT_PHY Get",
        "BT_MODE GetSet",
        "BT_PKT_STATUS GetSet",
        "HCI_DATA_DIR GetSet",
        "HCI_FILTER GetSet",
        "HCI_TIME_STAMP GetSet",
        "L2CAP_LM GetSet",
    ] {
        println!("skipped: {row}: shown with two adapters, in tests/tests/bluetooth.rs");
    }
}

fn buses() {
    let raw = ["CAN_RAW_ERR_FILTER", "CAN_RAW_RECV_OWN_MSGS", "CAN_RAW_FD_FRAMES", "CAN_RAW_JOIN_FILTERS"];
    let raw = [CAN_RAW_ERR_FILTER, CAN_RAW_RECV_OWN_MSGS, CAN_RAW_FD_FRAMES, CAN_RAW_JOIN_FILTERS]
        .into_iter()
        .zip(raw)
        .map(|(option, name)| ((name, SOL_CAN_RAW, option), 1))
        .chain([(("CAN_RAW_LOOPBACK", SOL_CAN_RAW, CAN_RAW_LOOPBACK), 0)]);
    numbers(SOCK_RAW, CAN_RAW, raw);
    if let Some(sock) = made(AF_CAN, SOCK_RAW, CAN_RAW, &["CAN_RAW_FILTER GetSet"]) {
        bytes(&sock, ("CAN_RAW_FILTER", SOL_CAN_RAW, CAN_RAW_FILTER), &[1; 16]);
    }
    let j1939 = [
        (("SO_J1939_PROMISC", SOL_CAN_J1939, SO_J1939_PROMISC), 1),
        (("SO_J1939_SEND_PRIO", SOL_CAN_J1939, SO_J1939_SEND_PRIO), 3),
        (("SO_J1939_ERRQUEUE", SOL_CAN_J1939, SO_J1939_ERRQUEUE), 1),
    ];
    numbers(SOCK_DGRAM, CAN_J1939, j1939);
    if let Some(sock) = made(AF_CAN, SOCK_DGRAM, CAN_J1939, &["SO_J1939_FILTER Set"]) {
        sock.setsockopt(SOL_CAN_J1939, SO_J1939_FILTER, &[0; 32]).expect("a filter");
        println!("SO_J1939_FILTER Set");
    }
    let isotp: [(&str, i32, &[u8]); 5] = [
        ("CAN_ISOTP_OPTS", CAN_ISOTP_OPTS, &[4, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 0]),
        ("CAN_ISOTP_RECV_FC", CAN_ISOTP_RECV_FC, &[1, 2, 3]),
        ("CAN_ISOTP_TX_STMIN", CAN_ISOTP_TX_STMIN, &[1, 2, 3, 4]),
        ("CAN_ISOTP_RX_STMIN", CAN_ISOTP_RX_STMIN, &[1, 2, 3, 4]),
        ("CAN_ISOTP_LL_OPTS", CAN_ISOTP_LL_OPTS, &[72, 64, 1]),
    ];
    let rows = isotp.map(|(name, ..)| format!("{name} GetSet"));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    if let Some(sock) = made(AF_CAN, SOCK_DGRAM, CAN_ISOTP, &rows) {
        isotp.into_iter().for_each(|(name, option, value)| bytes(&sock, (name, SOL_CAN_ISOTP, option), value));
    }
}

/// Numbers of a protocol of CAN, each with another value than it begins with.
fn numbers(kind: i32, protocol: i32, options: impl IntoIterator<Item = (Int, i32)>) {
    let options: Vec<_> = options.into_iter().collect();
    let rows: Vec<String> = options.iter().map(|((name, ..), _)| format!("{name} GetSet")).collect();
    let Some(sock) = made(AF_CAN, kind, protocol, &rows.iter().map(String::as_str).collect::<Vec<_>>()) else { return };
    options.into_iter().for_each(|(option, value)| number(&sock, option, value));
}

/// Those of the kernel's cryptography can't be read; what they do, the tests of it show.
fn cryptography() {
    let rows = ["ALG_SET_KEY Set", "ALG_SET_AEAD_AUTHSIZE Set", "ALG_SET_DRBG_ENTROPY Set"];
    let Some(cipher) = made(AF_ALG, SOCK_SEQPACKET, 0, &rows) else { return };
    cipher.bind(("aead", "gcm(aes)")).expect("it is granted");
    cipher.setsockopt(SOL_ALG, ALG_SET_KEY, &[7; 16]).expect("a key of AES");
    cipher.setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, OptionValue::Null(12)).expect("a size of tags");
    rows[..2].iter().for_each(|row| println!("{row}"));
    println!("skipped: {}: it takes a kernel that is built to be tested", rows[2]);
}

fn associations() {
    let numbers = [("SCTP_NODELAY", SCTP_NODELAY, 1), ("SCTP_DISABLE_FRAGMENTS", SCTP_DISABLE_FRAGMENTS, 1)];
    let rows = numbers.map(|(name, ..)| format!("{name} GetSet"));
    let others = ["SCTP_INITMSG GetSet", "SCTP_MAXSEG GetSet", "SCTP_AUTOCLOSE GetSet"];
    let all: Vec<&str> = rows.iter().map(String::as_str).chain(others).collect();
    let Some(sock) = made(AF_INET, SOCK_STREAM, IPPROTO_SCTP, &all) else { return };
    numbers.into_iter().for_each(|(name, option, value)| number(&sock, (name, IPPROTO_SCTP, option), value));
    bytes(&sock, ("SCTP_INITMSG", IPPROTO_SCTP, SCTP_INITMSG), &[3, 0, 5, 0, 2, 0, 244, 1]);
    bytes(&sock, ("SCTP_MAXSEG", IPPROTO_SCTP, SCTP_MAXSEG), &[0, 0, 0, 0, 232, 3, 0, 0]);
    if let Some(many) = made(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP, &others[2..]) {
        number(&many, ("SCTP_AUTOCLOSE", IPPROTO_SCTP, SCTP_AUTOCLOSE), 7);
    }
}
