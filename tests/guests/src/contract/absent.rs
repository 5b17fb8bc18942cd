//! What the host doesn't have answers with the errno of a kernel that doesn't have it either.

use super::types::Error;
use super::values::{controls, foreign_addresses, loopback};
use super::{messages, options, sockets, transfer};
use wallsocket::*;

#[track_caller]
fn refused<T>(what: &str, number: i32, result: Result<T, super::types::Error>) {
    match result {
        Err(Error::Os(found)) => assert_eq!(found, number, "{what}: another errno than a kernel without it would give"),
        Err(error) => panic!("{what}: {error:?} instead of {number}"),
        Ok(_) => panic!("{what} succeeded: has it been built? Then this list and docs/python-compat.md lose a line"),
    }
}

pub(crate) fn what_the_host_has_not_is_refused_as_a_kernel_without_it_would(_: &[String]) {
    families();
    types_and_protocols();
    let tcp = sockets::Socket::create(AF_INET, SOCK_STREAM, 0).expect("TCP is there");
    let udp = sockets::Socket::create(AF_INET, SOCK_DGRAM, 0).expect("UDP is there");
    addresses(&tcp, &udp);
    socket_options(&tcp);
    flags(&udp);
    messages_and_files(&udp);
}

fn families() {
    // Those that a kernel may have: here it hasn't.
    for (family, kind, protocol) in [
        (AF_CAN, SOCK_RAW, CAN_RAW),
        (AF_CAN, SOCK_DGRAM, CAN_BCM),
        (AF_CAN, SOCK_DGRAM, CAN_ISOTP),
        (AF_CAN, SOCK_DGRAM, CAN_J1939),
        (AF_ALG, SOCK_SEQPACKET, 0),
        (AF_TIPC, SOCK_RDM, 0),
        (AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM),
        (AF_RDS, SOCK_SEQPACKET, 0),
        (AF_QIPCRTR, SOCK_DGRAM, 0),
    ] {
        let what = format!("socket({family}, {kind}, {protocol})");
        refused(&what, errno::EAFNOSUPPORT, sockets::Socket::create(family, kind, protocol));
    }
    for family in [AF_APPLETALK, AF_IPX, AF_X25, AF_KEY].into_iter().chain([AF_UNSPEC, 9999, -1, i32::MIN, i32::MAX]) {
        for kind in [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET] {
            let what = format!("socket({family}, {kind}, 0)");
            refused(&what, errno::EAFNOSUPPORT, sockets::Socket::create(family, kind, 0));
            refused(&what, errno::EAFNOSUPPORT, sockets::Socket::pair(family, kind, 0));
        }
    }
}

fn types_and_protocols() {
    use errno::{EINVAL, EPROTONOSUPPORT, ESOCKTNOSUPPORT};
    for (family, kind, protocol, number) in [
        (AF_INET, SOCK_SEQPACKET, 0, ESOCKTNOSUPPORT),
        (AF_INET6, SOCK_RDM, 0, ESOCKTNOSUPPORT),
        (AF_UNIX, SOCK_RDM, 0, ESOCKTNOSUPPORT),
        (AF_UNIX, SOCK_RDM, 6, EPROTONOSUPPORT),
        (AF_INET, SOCK_STREAM, IPPROTO_UDP, EPROTONOSUPPORT),
        (AF_UNIX, SOCK_STREAM, 9999, EPROTONOSUPPORT),
        (AF_INET, 0, 0, ESOCKTNOSUPPORT),
        (AF_INET, SOCK_RAW, 0, EPROTONOSUPPORT),
        (AF_INET, SOCK_STREAM, 263, EINVAL),
        (AF_INET6, SOCK_RDM, -1, EINVAL),
        (AF_INET, 11, 0, EINVAL),
        (AF_INET, 77, 0, EINVAL),
        (AF_UNIX, -1, 0, EINVAL),
    ] {
        let what = format!("socket({family}, {kind}, {protocol})");
        refused(&what, number, sockets::Socket::create(family, kind, protocol));
    }
    for kind in [SOCK_STREAM, SOCK_DGRAM] {
        refused("a pair of internet sockets", errno::EOPNOTSUPP, sockets::Socket::pair(AF_INET, kind, 0));
    }
}

fn addresses(tcp: &sockets::Socket, udp: &sockets::Socket) {
    for address in foreign_addresses() {
        let what = format!("{address:?}");
        refused(&what, errno::EAFNOSUPPORT, tcp.bind(&address));
        refused(&what, errno::EAFNOSUPPORT, tcp.connect(&address));
        refused(&what, errno::EAFNOSUPPORT, transfer::sendto(udp, b"x", 0, &address));
    }
}

fn socket_options(socket: &sockets::Socket) {
    let without_a_row = [
        (SOL_SOCKET, 9999),
        (SOL_TCP, TCP_ULP),
        (IPPROTO_IPV6, IPV6_HOPLIMIT),
        (SOL_ALG, ALG_SET_KEY),
        (-1, -1),
        (i32::MAX, i32::MIN),
    ];
    for (level, name) in without_a_row {
        let what = format!("the option {name} of level {level}");
        for value in
            [options::OptionValue::Int(1), options::OptionValue::Bytes(vec![1; 8]), options::OptionValue::Null(4)]
        {
            refused(&what, errno::ENOPROTOOPT, options::set(socket, level, name, &value));
        }
        refused(&what, errno::ENOPROTOOPT, options::get_int(socket, level, name));
        refused(&what, errno::ENOPROTOOPT, options::get_bytes(socket, level, name, 16));
    }
    for control in controls() {
        refused("a control code of Windows", errno::EOPNOTSUPP, options::ioctl(socket, control));
    }
}

fn flags(udp: &sockets::Socket) {
    const MSG_ZEROCOPY: i32 = 0x400_0000;
    for flag in [MSG_ZEROCOPY, MSG_ERRQUEUE, MSG_CTRUNC, MSG_DONTROUTE, 1 << 30, i32::MIN, -1] {
        // Some of these are the other direction's, and taken there.
        if !matches!(flag, MSG_CMSG_CLOEXEC | MSG_ERRQUEUE) {
            refused("a flag of recv", errno::EOPNOTSUPP, transfer::recv(udp, 10, flag));
            refused("a flag of recvmsg", errno::EOPNOTSUPP, messages::recvmsg(udp, 10, 100, flag));
        }
        if flag == MSG_DONTROUTE {
            continue;
        }
        refused("a flag of sendto", errno::EOPNOTSUPP, transfer::sendto(udp, b"x", flag, &loopback(9)));
        refused("a flag of send", errno::EOPNOTSUPP, transfer::send(udp, b"x", flag));
    }
}

fn messages_and_files(socket: &sockets::Socket) {
    use messages::OutgoingMessage as Message;
    for message in [Message::AlgOperation(1), Message::AlgIv(vec![0; 16]), Message::AlgAssociatedLength(16)] {
        let what = format!("{message:?}");
        refused(&what, errno::EINVAL, messages::sendmsg(socket, &[Vec::new()], &[message], 0, None));
    }
}
