//! Control messages, each by its effect.

use std::time::{SystemTime, UNIX_EPOCH};

use wallsocket::errno::{EAGAIN, ECONNREFUSED, EPERM};
use wallsocket::messages::{IncomingMessage, Inet6PacketInfo, InetPacketInfo, OutgoingMessage};
use wallsocket::select::{POLLERR, poll};
use wallsocket::{
    AF_INET, AF_INET6, AF_UNIX, Address, CMSG_LEN, CMSG_SPACE, ControlMessage, Error, IP_PKTINFO, IP_RECVERR,
    IP_RECVORIGDSTADDR, IP_RECVTOS, IP_RECVTTL, IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPV6_DSTOPTS,
    IPV6_HOPLIMIT, IPV6_HOPOPTS, IPV6_RECVDSTOPTS, IPV6_RECVERR, IPV6_RECVHOPLIMIT, IPV6_RECVHOPOPTS,
    IPV6_RECVORIGDSTADDR, IPV6_RECVPKTINFO, IPV6_RECVTCLASS, IPV6_TCLASS, MSG_CTRUNC, MSG_DONTROUTE, MSG_ERRQUEUE,
    MSG_FASTOPEN, MSG_MORE, MSG_OOB, MSG_PEEK, Message, ReceivedMessage, SCM_CREDENTIALS, SO_PASSCRED, SO_RCVBUF,
    SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, SOL_SOCKET, SOL_UDP, Socket, TCP_INQ, UDP_GRO, UDP_SEGMENT, socket,
    socketpair,
};

use crate::check::{denied, say};
use crate::help::{argument, connected, datagrams, fails, name};

const SO_TIMESTAMP: i32 = 29;
const SO_TIMESTAMPNS: i32 = 35;
const SO_TIMESTAMPING: i32 = 37;
const SO_RXQ_OVFL: i32 = 40;
const NOBODY: Address = Address::Unspecified;
const LOOPBACK: (u8, u8, u8, u8) = (127, 0, 0, 1);
const LOOPBACK6: (u16, u16, u16, u16, u16, u16, u16, u16) = (0, 0, 0, 0, 0, 0, 0, 1);
/// Room for whatever comes.
const ROOM: usize = 1000;

fn datagrams6() -> Socket {
    let sock = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
    sock.bind(("::1", 0)).expect("a free port");
    sock
}

fn on(sock: &Socket, level: i32, options: &[i32]) {
    for option in options {
        sock.setsockopt(level, *option, 1).unwrap_or_else(|error| panic!("{level} {option}: {error}"));
    }
}

/// The messages of what came, which has none that pass anything.
fn messages(message: Message) -> Vec<IncomingMessage> {
    message
        .ancdata
        .into_iter()
        .map(|message| match message {
            ReceivedMessage::Message(message) => message,
            ReceivedMessage::Rights(rights) => panic!("rights: {rights:?}"),
        })
        .collect()
}

/// What `pick` finds among them.
#[track_caller]
fn find<T>(all: &[IncomingMessage], pick: impl Fn(&IncomingMessage) -> Option<T>) -> T {
    all.iter().find_map(pick).unwrap_or_else(|| panic!("it isn't among {all:?}"))
}

macro_rules! case {
    ($all:expr, $case:ident) => {
        find(&$all, |message| match message {
            IncomingMessage::$case(value) => Some(value.clone()),
            _ => None,
        })
    };
}

fn send<'a>(from: &Socket, to: &Socket, all: impl IntoIterator<Item = OutgoingMessage<'a>>) {
    let all: Vec<_> = all.into_iter().map(ControlMessage::Message).collect();
    from.sendmsg(&[b"hello"], &all, 0, name(to)).expect("it is sent");
}

pub(crate) fn ipv4_datagrams_tell_how_they_came(_: &[String]) {
    let (from, to) = (datagrams(), datagrams());
    on(&to, IPPROTO_IP, &[IP_RECVTTL, IP_RECVTOS, IP_PKTINFO, IP_RECVORIGDSTADDR]);
    send(&from, &to, [OutgoingMessage::Ttl(7), OutgoingMessage::TypeOfService(0x10)]);
    let received = to.recvmsg(9, ROOM, MSG_PEEK).expect("it came");
    assert_eq!((received.data.as_slice(), received.msg_flags), (&b"hello"[..], 0));
    let peeked = messages(received);
    let all = messages(to.recvmsg(9, ROOM, 0).expect("it is still there"));
    assert_eq!(format!("{peeked:?}"), format!("{all:?}"), "a peek tells the same");
    assert_eq!((case!(all, Ttl), case!(all, TypeOfService)), (7, 0x10), "as the messages said");
    let info = case!(all, InetPacketInfo);
    assert_eq!((info.local, info.destination), (LOOPBACK, LOOPBACK));
    assert!(info.interface > 0, "it came by an interface");
    let original = case!(all, OriginalDestination);
    assert_eq!((original.address, Some(original.port)), (LOOPBACK, name(&to).port()));
    // Each message is for one datagram, and Python's form does as well.
    let raw = [
        ControlMessage::raw(IPPROTO_IP, IP_TTL, 9i32.to_le_bytes()),
        ControlMessage::raw(IPPROTO_IP, IP_TOS, 0x08i32.to_le_bytes()),
    ];
    from.sendmsg(&[b"raw"], &raw, 0, name(&to)).expect("it is sent");
    from.sendto("plain", name(&to)).expect("it is sent");
    let received = to.recvmsg(9, ROOM, 0).expect("it came");
    let bytes: Vec<_> = received.ancdata.iter().map(|message| message.cmsg().expect("it is bytes")).collect();
    assert!(bytes.contains(&(IPPROTO_IP, IP_TTL, vec![9, 0, 0, 0])), "{bytes:?}");
    assert!(bytes.contains(&(IPPROTO_IP, IP_TOS, vec![8])), "{bytes:?}");
    let all = messages(to.recvmsg(9, ROOM, 0).expect("it came"));
    assert_eq!((case!(all, Ttl), case!(all, TypeOfService)), (64, 0), "and no longer than that");
    // Only what a message's room is for.
    from.sendto("plain", name(&to)).expect("it is sent");
    let room = CMSG_SPACE(12).expect("a length") + CMSG_LEN(2).expect("a length");
    let received = to.recvmsg(9, room, 0).expect("it came");
    assert_eq!(received.msg_flags, MSG_CTRUNC, "two of four fit, one of them in part");
    let kept: Vec<_> = received.ancdata.iter().map(|message| message.cmsg().expect("it is bytes")).collect();
    assert_eq!(kept[0].1, IP_PKTINFO, "{kept:?}");
    assert_eq!(kept[1..], [(IPPROTO_IP, IP_TTL, vec![64, 0])], "as the kernel cuts it");
    from.sendto("plain", name(&to)).expect("it is sent");
    let received = to.recvmsg(9, 0, 0).expect("it came");
    assert_eq!((received.msg_flags, received.ancdata.len()), (MSG_CTRUNC, 0), "no room, nothing but the flag");
}

pub(crate) fn ipv6_datagrams_tell_how_they_came(_: &[String]) {
    let (from, to) = (datagrams6(), datagrams6());
    on(&to, IPPROTO_IPV6, &[IPV6_RECVPKTINFO, IPV6_RECVHOPLIMIT, IPV6_RECVTCLASS, IPV6_RECVORIGDSTADDR]);
    on(&to, IPPROTO_IPV6, &[IPV6_RECVHOPOPTS, IPV6_RECVDSTOPTS]);
    let padding = [0, 0, 1, 4, 0, 0, 0, 0];
    send(&from, &to, [OutgoingMessage::HopLimit(9), OutgoingMessage::TrafficClass(0x20)]);
    let all = messages(to.recvmsg(9, ROOM, 0).expect("it came"));
    assert_eq!((case!(all, HopLimit), case!(all, TrafficClass)), (9, 0x20), "as the messages said");
    let info = case!(all, Inet6PacketInfo);
    assert_eq!(info.address, LOOPBACK6);
    let original = case!(all, OriginalDestination6);
    assert_eq!((original.address, Some(original.port)), (LOOPBACK6, name(&to).port()));
    let raw = [
        ControlMessage::raw(IPPROTO_IPV6, IPV6_HOPLIMIT, 11i32.to_le_bytes()),
        ControlMessage::raw(IPPROTO_IPV6, IPV6_TCLASS, 0x40i32.to_le_bytes()),
        ControlMessage::raw(IPPROTO_IPV6, IPV6_HOPOPTS, padding),
        ControlMessage::raw(IPPROTO_IPV6, IPV6_DSTOPTS, padding),
    ];
    from.sendmsg(&[b"x"], &raw, 0, name(&to)).expect("the grants allow it");
    let all = messages(to.recvmsg(9, ROOM, 0).expect("it came"));
    assert_eq!((case!(all, HopLimit), case!(all, TrafficClass)), (11, 0x40));
    // The first byte is the kernel's: which header follows.
    assert_eq!(case!(all, HopOptions)[1..], padding[1..]);
    assert_eq!(case!(all, DestinationOptions)[1..], padding[1..]);
    let home = [0, 2, 1, 0, 0xc9, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let home = [ControlMessage::Message(OutgoingMessage::DestinationOptions(&home))];
    fails(from.sendmsg(&[b"x"], &home, 0, name(&to)), EPERM, "another sender's address isn't for a guest to name");
}

pub(crate) fn datagrams_tell_when_they_came(_: &[String]) {
    let near = |seconds: i64| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than that");
        seconds.abs_diff(i64::try_from(now.as_secs()).expect("not that late")) < 60
    };
    let (from, to) = (datagrams(), datagrams());
    to.setsockopt(SOL_SOCKET, SO_TIMESTAMP, 1).expect("plain");
    send(&from, &to, []);
    let time = case!(messages(to.recvmsg(9, ROOM, 0).expect("it came")), TimestampMicroseconds);
    assert!(near(time.seconds) && time.nanoseconds.is_multiple_of(1000), "{time:?}");
    to.setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1).expect("plain");
    send(&from, &to, []);
    let time = case!(messages(to.recvmsg(9, ROOM, 0).expect("it came")), TimestampNanoseconds);
    assert!(near(time.seconds), "{time:?}");
    // SOF_TIMESTAMPING_RX_SOFTWARE and SOF_TIMESTAMPING_SOFTWARE.
    to.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, 8 | 16).expect("plain");
    send(&from, &to, []);
    let (software, _, _) = case!(messages(to.recvmsg(9, ROOM, 0).expect("it came")), Timestamping);
    assert!(near(software.seconds), "{software:?}");
}

pub(crate) fn lost_datagrams_are_counted(_: &[String]) {
    let (from, to) = (datagrams(), datagrams());
    to.setsockopt(SOL_SOCKET, SO_RXQ_OVFL, 1).expect("plain");
    to.setsockopt(SOL_SOCKET, SO_RCVBUF, 1).expect("the least there is");
    for _ in 0..200 {
        from.sendto("flood", name(&to)).expect("UDP loses what it has no room for");
    }
    // The count is as of when a datagram came in: those that fit came before any was lost.
    to.setblocking(false).expect("a mode");
    while to.recv(9).is_ok() {}
    to.setblocking(true).expect("a mode");
    from.sendto("after", name(&to)).expect("there is room again");
    let lost = case!(messages(to.recvmsg(9, ROOM, 0).expect("it came")), QueueOverflow);
    assert!((1..200).contains(&lost), "{lost}");
}

pub(crate) fn refusals_are_in_the_error_queue(arguments: &[String]) {
    let port: u16 = argument(arguments, 0);
    for (family, host, level, option, origin, type_, code) in [
        (AF_INET, "127.0.0.1", IPPROTO_IP, IP_RECVERR, 2, 3, 3),
        (AF_INET6, "::1", IPPROTO_IPV6, IPV6_RECVERR, 3, 1, 4),
    ] {
        let sock = socket(family, SOCK_DGRAM, 0).expect("a socket");
        sock.setsockopt(level, option, 1).expect("plain");
        fails(sock.recvmsg(99, ROOM, MSG_ERRQUEUE), EAGAIN, "nothing is there, and blocking doesn't wait for it");
        sock.settimeout(0.01).expect("a mode");
        let late = sock.recvmsg(99, ROOM, MSG_ERRQUEUE);
        assert!(matches!(late, Err(Error::Timeout)), "with a timeout it waits as long: {late:?}");
        sock.settimeout(None).expect("a mode");
        sock.sendto("to nobody", (host, port)).expect("nobody has said yet that nobody is there");
        let mut wait = poll();
        wait.register(&sock, POLLERR).expect("it is open");
        assert_eq!(wait.poll(None).expect("it is open").len(), 1, "the error comes");
        let message = sock.recvmsg(99, ROOM, MSG_ERRQUEUE).expect("it is there");
        assert_eq!(message.data, b"to nobody", "with what was sent");
        assert_eq!(message.msg_flags & MSG_ERRQUEUE, MSG_ERRQUEUE);
        assert_eq!(
            (message.address.host().as_deref(), message.address.port()),
            (Some(host), Some(port)),
            "and to whom"
        );
        let all = messages(message);
        let error = match &all[..] {
            [IncomingMessage::InetError(error)] if family == AF_INET => error,
            [IncomingMessage::Inet6Error(error)] if family == AF_INET6 => error,
            other => panic!("not one error: {other:?}"),
        };
        assert_eq!((error.errno, error.origin), (ECONNREFUSED, origin));
        assert_eq!((error.type_, error.code), (type_, code), "port unreachable");
        let offender = error.offender.clone().map(Address::from).expect("who said so is known");
        assert_eq!(offender.host().as_deref(), Some(host));
        // The next one is taken by recv, without what it was.
        sock.sendto("again", (host, port)).expect("room");
        let mut wait = poll();
        wait.register(&sock, POLLERR).expect("it is open");
        assert_eq!(wait.poll(None).expect("it is open").len(), 1, "the error comes");
        assert_eq!(sock.recv_flags(99, MSG_ERRQUEUE).as_deref(), Ok(&b"again"[..]));
        sock.settimeout(0.0).expect("a mode");
        fails(sock.recv_flags(9, MSG_ERRQUEUE), EAGAIN, "and that was it");
    }
}

pub(crate) fn credentials_are_the_hosts_own(arguments: &[String]) {
    let host: i32 = argument(arguments, 0);
    for kind in [SOCK_STREAM, SOCK_SEQPACKET] {
        let (one, other) = socketpair(AF_UNIX, kind, 0).expect("a pair");
        on(&other, SOL_SOCKET, &[SO_PASSCRED]);
        let claim = [1i32, 0, 0].map(i32::to_le_bytes).concat();
        for message in [
            None,
            Some(ControlMessage::Message(OutgoingMessage::Credentials)),
            Some(ControlMessage::raw(SOL_SOCKET, SCM_CREDENTIALS, &claim)),
        ] {
            let all: Vec<_> = message.into_iter().collect();
            one.sendmsg(&[b"x"], &all, 0, NOBODY).expect("room");
            let received = other.recvmsg(9, ROOM, 0).expect("it came");
            let [message] = &received.ancdata[..] else { panic!("{:?}", received.ancdata) };
            let (level, type_, data) = message.cmsg().expect("it is bytes");
            assert_eq!((level, type_, data.len()), (SOL_SOCKET, SCM_CREDENTIALS, 12));
            let credentials = case!(messages(received), Credentials);
            assert_eq!(credentials.pid, host, "whatever was claimed");
            println!("{} {}", credentials.uid, credentials.gid);
        }
        one.send("x").expect("room");
        let received = other.recvmsg(9, 0, 0).expect("it came");
        assert_eq!(received.msg_flags, MSG_CTRUNC, "without room they are missing");
    }
}

pub(crate) fn datagrams_are_cut_and_joined_by_the_kernel(_: &[String]) {
    let (from, to) = (datagrams(), datagrams());
    let data = [7; 1000];
    for message in [
        ControlMessage::Message(OutgoingMessage::SegmentSize(400)),
        ControlMessage::raw(SOL_UDP, UDP_SEGMENT, 400u16.to_le_bytes()),
    ] {
        assert_eq!(from.sendmsg(&[&data], &[message], 0, name(&to)), Ok(1000));
        let lengths = [(); 3].map(|()| to.recv(2000).expect("a segment").len());
        assert_eq!(lengths, [400, 400, 200], "one call, three datagrams");
    }
    on(&to, SOL_UDP, &[UDP_GRO]);
    let message = [ControlMessage::Message(OutgoingMessage::SegmentSize(400))];
    from.sendmsg(&[&data], &message, 0, name(&to)).expect("room");
    let received = to.recvmsg(2000, ROOM, 0).expect("they came");
    assert_eq!(received.data.len(), 1000, "as one");
    assert_eq!(case!(messages(received), SegmentSize), 400);
}

pub(crate) fn streams_tell_what_is_left(_: &[String]) {
    let (client, server) = connected();
    on(&server, IPPROTO_TCP, &[TCP_INQ]);
    client.sendall("0123456789").expect("room");
    let mut wait = poll();
    wait.register(&server, wallsocket::select::POLLIN).expect("it is open");
    wait.poll(None).expect("it is open");
    let received = server.recvmsg(4, ROOM, 0).expect("it came");
    assert_eq!((received.data.as_slice(), &received.address), (&b"0123"[..], &NOBODY));
    assert_eq!(case!(messages(received), BytesQueued), 6);
}

pub(crate) fn the_urgent_byte_is_told_by_its_flag(_: &[String]) {
    let (client, server) = connected();
    client.sendmsg(&[b"a", b"b"], &[], MSG_OOB, NOBODY).expect("room");
    let mut wait = poll();
    wait.register(&server, wallsocket::select::POLLPRI).expect("it is open");
    assert_eq!(wait.poll(None).expect("it is open").len(), 1, "urgent data has come");
    let received = server.recvmsg(9, ROOM, MSG_OOB).expect("it has come");
    assert_eq!((received.data.as_slice(), received.msg_flags), (&b"b"[..], MSG_OOB), "the last byte is urgent");
    assert_eq!(server.recvmsg(9, ROOM, 0).map(|received| received.data), Ok(b"a".to_vec()));
    fails(server.recvmsg(9, ROOM, MSG_OOB), wallsocket::errno::EINVAL, "there is none any more");
}

/// Without a name a socket of messages that asks for credentials is given one with its next message.
pub(crate) fn credentials_take_a_name(_: &[String]) {
    for kind in [SOCK_DGRAM, SOCK_SEQPACKET] {
        let (one, _other) = socketpair(AF_UNIX, kind, 0).expect("a pair");
        say(one.setsockopt(SOL_SOCKET, SO_PASSCRED, 1));
        one.send("x").expect("room");
        assert_eq!(one.getsockname().map(|own| own.to_string().is_empty()), Ok(true), "it has no name");
    }
    let (one, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    say(one.setsockopt(SOL_SOCKET, SO_PASSCRED, 1));
    one.send("x").expect("room");
    assert_eq!(one.getsockname().map(|own| own.to_string().is_empty()), Ok(true), "a stream gets none");
}

pub(crate) fn more_is_one_datagram(_: &[String]) {
    let (from, to) = (datagrams(), datagrams());
    from.sendmsg(&[b"one "], &[], MSG_MORE, name(&to)).expect("held back");
    to.settimeout(0.0).expect("a mode");
    fails(to.recv(99), EAGAIN, "MSG_MORE holds it back");
    from.sendto("datagram", name(&to)).expect("and sends it together");
    to.settimeout(20.0).expect("a mode");
    assert_eq!(to.recv(99).as_deref(), Ok(&b"one datagram"[..]));
    let (client, server) = connected();
    client.send_flags("held", MSG_MORE).expect("room");
    client.send(" and sent").expect("room");
    assert_eq!(crate::help::receive(&server, 13), b"held and sent");
}

/// Each with its door shut, or open.
pub(crate) fn priorities_and_marks(_: &[String]) {
    let (from, to) = (datagrams(), datagrams());
    let try_it = |message| from.sendmsg(&[b"x"], &[ControlMessage::Message(message)], 0, name(&to));
    try_it(OutgoingMessage::Priority(6)).expect("up to 6 it is everybody's");
    say(try_it(OutgoingMessage::Priority(7)));
    say(try_it(OutgoingMessage::Mark(5)));
    let raw = ControlMessage::raw(SOL_SOCKET, wallsocket::SO_MARK, 5i32.to_le_bytes());
    say(from.sendmsg(&[b"x"], &[raw], 0, name(&to)));
}

/// A source address, then an interface alone; to the port of the test.
pub(crate) fn a_source_is_bound_to(arguments: &[String]) {
    let port: u16 = argument(arguments, 0);
    let info = |interface, local| InetPacketInfo { interface, local, destination: (0, 0, 0, 0) };
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    let to = ("127.0.0.1", port);
    let try_it = |info| {
        let message = [ControlMessage::Message(OutgoingMessage::InetPacketInfo(info))];
        sock.sendmsg(&[b"hello"], &message, 0, to)
    };
    say(try_it(info(0, (127, 0, 0, 2))));
    let raw = ControlMessage::raw(IPPROTO_IP, IP_PKTINFO, [0, 0, 0, 0, 127, 0, 0, 2, 0, 0, 0, 0]);
    let fresh = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    say(fresh.sendmsg(&[b"hello"], &[raw], 0, to));
    let fresh = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    let message = [ControlMessage::Message(OutgoingMessage::InetPacketInfo(info(1, (0, 0, 0, 0))))];
    say(fresh.sendmsg(&[b"hello"], &message, 0, to));
    fresh
        .sendmsg(
            &[b"neither"],
            &[ControlMessage::Message(OutgoingMessage::InetPacketInfo(info(0, (0, 0, 0, 0))))],
            0,
            to,
        )
        .expect("neither is a wish for anything");
}

pub(crate) fn a_source_of_ipv6_is_bound_to(arguments: &[String]) {
    let to = ("::1", argument::<u16>(arguments, 0));
    for (interface, address) in [(0, LOOPBACK6), (1, (0, 0, 0, 0, 0, 0, 0, 0))] {
        let sock = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
        let info = Inet6PacketInfo { address, interface };
        let message = [ControlMessage::Message(OutgoingMessage::Inet6PacketInfo(info))];
        say(sock.sendmsg(&[b"hello"], &message, 0, to));
    }
}

pub(crate) fn extension_headers(arguments: &[String]) {
    let sock = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
    let to = ("::1", argument::<u16>(arguments, 0));
    let padding = [0, 0, 1, 4, 0, 0, 0, 0];
    for message in [
        OutgoingMessage::HopOptions(&padding),
        OutgoingMessage::DestinationOptions(&padding),
        OutgoingMessage::RoutingDestinationOptions(&padding),
    ] {
        say(sock.sendmsg(&[b"x"], &[ControlMessage::Message(message)], 0, to));
    }
    // Whether the kernel has such headers is its own affair; that nobody asked about the hop isn't.
    let hop = [(0xfd00, 0, 0, 0, 0, 0, 0, 1)];
    match sock.sendmsg(&[b"x"], &[ControlMessage::Message(OutgoingMessage::RoutingHeader(&hop))], 0, to) {
        Err(Error::Denied(denial)) => println!("closed: {}", denial.grant),
        other => println!("judged: {}", other.is_ok() || matches!(other, Err(Error::Os(_)))),
    }
}

pub(crate) fn fast_open_by_message(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    say(sock.sendmsg(&[b"hello"], &[], MSG_FASTOPEN, ("127.0.0.1", argument::<u16>(arguments, 0))));
}

/// The test's network has a way to there by a router.
pub(crate) fn neighbours_alone(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    let to = ("192.0.2.1", 9u16);
    sock.sendto("by the router", to).expect("there is a way");
    if argument::<String>(arguments, 0) == "denied" {
        for line in [
            denied(sock.sendto_flags("x", MSG_DONTROUTE, to)),
            denied(sock.sendmsg(&[b"x"], &[], MSG_DONTROUTE, to)),
            denied(sock.send_datagrams(&[("x", to)], MSG_DONTROUTE)),
        ] {
            assert_eq!(line, "option SO_DONTROUTE");
        }
        return;
    }
    let unreachable = wallsocket::errno::ENETUNREACH;
    fails(sock.sendto_flags("x", MSG_DONTROUTE, to), unreachable, "it is no neighbour");
    fails(sock.sendmsg(&[b"x"], &[], MSG_DONTROUTE, to), unreachable, "nor for sendmsg");
    sock.sendto_flags("x", MSG_DONTROUTE, ("10.9.9.2", 9u16)).expect("this is");
}
