//! Netlink sockets of the route family, in a network with a cable between `left` and `right`.

use wallsocket::*;

use crate::check::{Control, denied, number, say};
use crate::help::{SOON, fails};

// rtnetlink(7).
const RTM_NEWLINK: u16 = 16;
const RTM_GETLINK: u16 = 18;
const RTM_NEWADDR: u16 = 20;
const RTM_GETADDR: u16 = 22;
const RTM_GETNSID: u16 = 90;
const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const REQUEST: u16 = 1;
const ACK: u16 = 4;
const DUMP: u16 = 0x300;

fn route() -> Socket {
    let sock = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE).expect("a line speaks of it");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

fn message(kind: u16, flags: u16, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(16 + body.len()).expect("it is short");
    let mut message = length.to_le_bytes().to_vec();
    message.extend(kind.to_le_bytes());
    message.extend(flags.to_le_bytes());
    message.extend(7u32.to_le_bytes());
    message.extend(0u32.to_le_bytes());
    message.extend(body);
    message
}

/// `struct ifinfomsg`, to set an interface up.
fn up(index: u32) -> Vec<u8> {
    let mut body = vec![0; 4];
    body.extend(index.to_le_bytes());
    body.extend(1u32.to_le_bytes());
    body.extend(1u32.to_le_bytes());
    body
}

/// The messages of one datagram: type and content.
fn taken_apart(mut data: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut messages = Vec::new();
    while data.len() >= 16 {
        let length = u32::from_le_bytes(data[..4].try_into().expect("4 bytes")) as usize;
        messages.push((u16::from_le_bytes([data[4], data[5]]), data[16..length].to_vec()));
        data = &data[length.next_multiple_of(4).min(data.len())..];
    }
    messages
}

/// All answers to a dump.
fn dump(sock: &Socket, kind: u16, body: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let request = message(kind, REQUEST | DUMP, body);
    assert_eq!(sock.send(&request), Ok(request.len()), "all of it is taken");
    let mut answers = Vec::new();
    loop {
        let (data, from) = sock.recvfrom(65536).expect("the kernel answers");
        assert_eq!(from.to_string(), "(0, 0)", "the kernel's port is 0");
        for (kind, content) in taken_apart(&data) {
            assert_ne!(kind, NLMSG_ERROR, "{content:?}");
            if kind == NLMSG_DONE {
                return answers;
            }
            answers.push((kind, content));
        }
    }
}

fn contains(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

pub(crate) fn make_a_netlink_socket(arguments: &[String]) {
    for kind in [SOCK_RAW, SOCK_DGRAM] {
        say(socket(AF_NETLINK, kind, number(&arguments[0])).map(drop));
    }
}

pub(crate) fn netlink_goes_by_bsds_name_too(_: &[String]) {
    let sock = socket(AF_ROUTE, SOCK_RAW, NETLINK_ROUTE).expect("a line speaks of it");
    assert_eq!(sock.family(), AF_NETLINK, "on Linux they are one");
}

pub(crate) fn links_and_addresses_are_dumped(_: &[String]) {
    let sock = route();
    sock.bind((0, 0)).expect("the kernel chooses the port");
    let name = sock.getsockname().expect("it is bound");
    let Address::Netlink(own) = &name else { panic!("{name} is no netlink address") };
    assert_ne!(own.port_id, 0, "the kernel chose one");
    assert_eq!(name.to_string(), format!("({}, 0)", own.port_id));
    sock.bind((own.port_id, 0)).expect("its own port is its own");
    let links = dump(&sock, RTM_GETLINK, &[0; 16]);
    for link in [&b"lo\0"[..], b"left\0", b"right\0"] {
        let found = links.iter().any(|(kind, content)| *kind == RTM_NEWLINK && contains(content, link));
        assert!(found, "{} is a link", link.escape_ascii());
    }
    let addresses = dump(&sock, RTM_GETADDR, &[u8::try_from(AF_INET).expect("2")]);
    let loopback = addresses.iter().any(|(kind, content)| *kind == RTM_NEWADDR && contains(content, &[127, 0, 0, 1]));
    assert!(loopback, "loopback has its address: {addresses:?}");

    // One link by its name, IFLA_IFNAME.
    let body = [&[0; 16][..], &[9, 0, 3, 0], b"left\0\0\0\0"].concat();
    sock.sendto(message(RTM_GETLINK, REQUEST, &body), (0, 0)).expect("to the kernel");
    let answers = taken_apart(&sock.recv(65536).expect("the kernel answers"));
    assert!(matches!(&answers[..], [(RTM_NEWLINK, content)] if contains(content, b"left\0")), "{answers:?}");

    sock.connect((0, 0)).expect("to the kernel");
    assert_eq!(sock.getpeername().map(|peer| peer.to_string()).as_deref(), Ok("(0, 0)"));
    assert_eq!(dump(&sock, RTM_GETLINK, &[0; 16]).len(), links.len());
}

/// Each way to change something, or to ask elsewhere.
pub(crate) fn netlink_writes(arguments: &[String]) {
    let (sock, index) = (route(), number(&arguments[0]));
    let set_up = message(RTM_NEWLINK, REQUEST | ACK, &up(index));
    let get = message(RTM_GETLINK, REQUEST | DUMP, &[0; 16]);
    for (why, request) in [
        ("a change", set_up.clone()),
        ("a change behind a question", [get.clone(), set_up.clone()].concat()),
        ("a change before a question", [set_up, get].concat()),
        ("a question with a flag that creates", message(RTM_GETLINK, REQUEST | 0x400, &[0; 16])),
        (
            "a question about another namespace",
            message(RTM_GETLINK, REQUEST, &[&[0; 16][..], &[8, 0, 46, 0, 1, 0, 0, 0]].concat()),
        ),
        ("a question with a descriptor in it", message(RTM_GETNSID, REQUEST, &[0, 0, 0, 0, 8, 0, 3, 0, 1, 0, 0, 0])),
        ("a control message", message(NLMSG_DONE, REQUEST, &[0; 4])),
    ] {
        println!("{why}");
        assert_eq!(denied(sock.send(&request)), "netlink write route", "{why}");
        assert_eq!(denied(sock.sendall(&request)), "netlink write route", "{why}");
        assert_eq!(denied(sock.sendto(&request, (0, 0))), "netlink write route", "{why}");
        assert_eq!(denied(sock.send_datagrams(&[(&request, (0, 0))], 0)), "netlink write route", "{why}");
    }
    sock.settimeout(0.0).expect("it can be non-blocking");
    fails(sock.recv(100), errno::EAGAIN, "nothing was asked, so nothing is answered");
}

pub(crate) fn netlink_write(arguments: &[String]) {
    let sock = route();
    let request = message(RTM_NEWLINK, REQUEST | ACK, &up(number(&arguments[0])));
    assert_eq!(sock.send(&request), Ok(request.len()));
    let answers = taken_apart(&sock.recv(65536).expect("it is acknowledged"));
    assert!(matches!(&answers[..], [(NLMSG_ERROR, content)] if content[..4] == [0; 4]), "{answers:?}");
    assert_eq!(denied(sock.send(message(RTM_GETLINK, REQUEST | DUMP, &[0; 16]))), "netlink read route");
}

pub(crate) fn netlink_has_one_peer(_: &[String]) {
    let (sock, other) = (route(), route());
    let get = message(RTM_GETLINK, REQUEST | DUMP, &[0; 16]);
    for to in [(4242, 0), (0, 1), (1, 0)] {
        denied(sock.sendto(&get, to));
        denied(sock.connect(to));
        denied(sock.send_datagrams(&[(&get, to)], 0));
    }
    denied(sock.bind((4242, 0)));
    other.bind((0, 0)).expect("the kernel chooses the port");
    let Ok(Address::Netlink(taken)) = other.getsockname() else { panic!("it is bound") };
    denied(sock.bind((taken.port_id, 0)));
    denied(sock.sendto(&get, (taken.port_id, 0)));
    for (why, bad) in [
        ("half a header", vec![0; 8]),
        ("a length beyond the buffer", [vec![99, 0, 0, 0], vec![0; 12]].concat()),
        ("a length of none", vec![0; 16]),
        ("no body", message(RTM_GETLINK, REQUEST, &[])),
        ("an attribute beyond the message", message(RTM_GETLINK, REQUEST, &[&[0; 16][..], &[99, 0, 3, 0]].concat())),
    ] {
        fails(sock.send(&bad), errno::EINVAL, why);
    }
    fails(socket(AF_NETLINK, SOCK_STREAM, 0), errno::ESOCKTNOSUPPORT, "no streams");
    let known = [NETLINK_CRYPTO, NETLINK_DNRTMSG, NETLINK_FIREWALL, NETLINK_IP6_FW, NETLINK_NFLOG];
    for protocol in known.into_iter().chain([-2, 1, 22, 99, i32::MAX]) {
        fails(socket(AF_NETLINK, SOCK_RAW, protocol), errno::EPROTONOSUPPORT, "no line can grant this family");
    }
    // Of other families every request is a change, and other programs are no peers either.
    let xfrm = socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM).expect("a line speaks of it");
    assert_eq!(denied(xfrm.send(message(18, REQUEST, &[0; 16]))), "netlink write xfrm");
    let programs = socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK).expect("a line speaks of it");
    denied(programs.sendto("hello", (taken.port_id, 0)));
    denied(programs.sendto("hello", (0, 1)));
    fails(socketpair(AF_NETLINK, SOCK_RAW, 0), errno::EOPNOTSUPP, "no pairs");
    fails(sock.listen(None), errno::EOPNOTSUPP, "it doesn't listen");
    fails(sock.accept(), errno::EOPNOTSUPP, "nor accept");
    fails(sock.bind(VsockAddress { cid: 0, port: 0 }), errno::EAFNOSUPPORT, "an address of another family");
}

pub(crate) fn netlink_groups(arguments: &[String]) {
    let group: i32 = number(&arguments[0]);
    say(route().bind((0, 1u32 << (group - 1))));
    say(route().setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group));
}

/// The test changes the link when it is told to.
pub(crate) fn links_are_watched(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let (by_bind, by_option) = (route(), route());
    by_bind.bind((0, 1)).expect("RTNLGRP_LINK is for reading");
    by_option.bind((0, 0)).expect("the kernel chooses the port");
    by_option.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 1).expect("RTNLGRP_LINK is for reading");
    by_option.setsockopt(SOL_NETLINK, NETLINK_PKTINFO, 1).expect("each message says which group it is for");
    control.tell("up");
    let message = by_option.recvmsg(65536, 100, 0).expect("the kernel tells of it");
    let said: Vec<_> = message.ancdata.iter().map(ReceivedMessage::cmsg).collect();
    assert_eq!(said, [Some((SOL_NETLINK, NETLINK_PKTINFO, vec![1, 0, 0, 0]))], "the group");
    let by_bind = by_bind.recvfrom(65536).expect("the kernel tells of it");
    for (data, from) in [by_bind, (message.data, message.address)] {
        assert_eq!(from.to_string(), "(0, 1)", "the kernel's, for the group");
        let messages = taken_apart(&data);
        let told = messages.iter().any(|(kind, content)| *kind == RTM_NEWLINK && contains(content, b"left\0"));
        assert!(told, "{messages:?}");
    }
    by_option.setsockopt(SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, 1).expect("it has joined");

    // Another program that sends to the socket isn't heard.
    let sock = route();
    sock.bind((0, 0)).expect("the kernel chooses the port");
    let Ok(Address::Netlink(own)) = sock.getsockname() else { panic!("it is bound") };
    assert_eq!(control.tell(format!("stranger {}", own.port_id)), "done");
    sock.settimeout(0.0).expect("it can be non-blocking");
    fails(sock.recv(100), errno::EAGAIN, "the kernel alone is heard");
    fails(sock.recv_flags(100, MSG_PEEK), errno::EAGAIN, "nor may a peek hear others");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    assert!(!dump(&sock, RTM_GETLINK, &[0; 16]).is_empty(), "and the kernel is heard still");
}

pub(crate) fn netlink_options_do_what_they_say(_: &[String]) {
    let sock = route();
    for (name, option) in [
        ("NETLINK_PKTINFO", NETLINK_PKTINFO),
        ("NETLINK_BROADCAST_ERROR", NETLINK_BROADCAST_ERROR),
        ("NETLINK_NO_ENOBUFS", NETLINK_NO_ENOBUFS),
        ("NETLINK_CAP_ACK", NETLINK_CAP_ACK),
        ("NETLINK_EXT_ACK", NETLINK_EXT_ACK),
        ("NETLINK_GET_STRICT_CHK", NETLINK_GET_STRICT_CHK),
    ] {
        assert_eq!(sock.getsockopt(SOL_NETLINK, option), Ok(0), "{name} begins off");
        sock.setsockopt(SOL_NETLINK, option, 1).unwrap_or_else(|error| panic!("{name} can be set: {error}"));
        assert_eq!(sock.getsockopt(SOL_NETLINK, option), Ok(1), "{name} reads as it was set");
    }
    let groups = || sock.getsockopt(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS).expect("a set of bits");
    assert_eq!(groups(), 0);
    sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 5).expect("RTNLGRP_IPV4_IFADDR is for reading");
    assert_eq!(groups(), 1 << 4);
    sock.setsockopt(SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, 5).expect("it has joined");
    assert_eq!(groups(), 0);
    fails(sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 0), errno::EINVAL, "there is no group 0");
    fails(sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, i32::MAX), errno::EINVAL, "nor so many");
}
