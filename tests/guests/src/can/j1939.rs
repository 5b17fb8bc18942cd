//! `CAN_J1939`: messages of any length, between addresses and NAMEs.

use std::time::Instant;

use wallsocket::can::{Destination, J1939Filter, Name};
use wallsocket::*;

use super::{A_MOMENT, is_silent, made, number};
use crate::check::denied;
use crate::help::{SOON, fails};

/// A parameter group without a destination in it, and one with.
const STATE: i32 = 0xfeca;
const DIRECT: i32 = 0xef00;

fn anonymous() -> Socket {
    made(SOCK_DGRAM, CAN_J1939)
}

/// A socket with an address of its own.
fn node(addr: i32) -> Socket {
    let sock = anonymous();
    sock.bind(("vcan0", J1939_NO_NAME, J1939_NO_PGN, addr)).expect("it is granted");
    sock
}

/// One that sends to everybody and hears what is for everybody.
fn public(sock: Socket) -> Socket {
    sock.setsockopt(SOL_SOCKET, SO_BROADCAST, true).expect("every socket has it");
    sock
}

fn to(addr: i32, pgn: i32) -> (&'static str, i32, i32, i32) {
    ("vcan0", J1939_NO_NAME, pgn, addr)
}

const EVERYBODY: i32 = J1939_NO_ADDR;

/// Waits for messages to its address or to everybody, and says what it hears.
pub(crate) fn hear_j1939(_: &[String]) {
    let sock = public(node(0x30));
    println!("{}", sock.getsockname().expect("it is bound"));
    for _ in 0..3 {
        let message = sock.recvmsg(2000, 128, 0).expect("a message comes");
        let destination = Destination::of(&message.ancdata);
        let bytes: Vec<_> = message.ancdata.iter().filter_map(ReceivedMessage::cmsg).collect();
        assert!(bytes.contains(&(SOL_CAN_J1939, SCM_J1939_PRIO, vec![6])), "as Python has it: {bytes:?}");
        let is_mine = bytes.contains(&(SOL_CAN_J1939, SCM_J1939_DEST_ADDR, vec![0x30]));
        assert_eq!(is_mine, destination.addr.is_some(), "a broadcast has no address: {bytes:?}");
        let to = destination.addr.map_or("everybody".to_owned(), |addr| format!("{addr:#x}"));
        println!("{} bytes from {} to {to} with priority {:?}", message.data.len(), message.address, destination.prio);
    }
}

pub(crate) fn send_j1939(_: &[String]) {
    let sock = public(node(0x20));
    sock.sendto(b"12345678", to(EVERYBODY, STATE)).expect("to everybody");
    sock.sendto(vec![7; 1785], to(0x30, DIRECT)).expect("in many frames");
    // In many frames to everybody: they are 50 ms apart.
    sock.sendto(vec![7; 20], to(EVERYBODY, STATE)).expect("to everybody");
}

pub(crate) fn j1939_options_do_what_they_say(_: &[String]) {
    let (one, other) = (node(0x20), node(0x30));
    let hears = |sock: &Socket, data: &[u8]| assert_eq!(sock.recv(100).as_deref(), Ok(data));

    // Broadcasts take an option, to send as to hear.
    fails(one.sendto(b"x", to(EVERYBODY, STATE)), errno::EACCES, "SO_BROADCAST is off");
    let one = public(one);
    one.sendto(b"to all", to(EVERYBODY, STATE)).expect("now it may");
    is_silent(&other, "SO_BROADCAST is off");
    let other = public(other);
    one.sendto(b"to all", to(EVERYBODY, STATE)).expect("it may");
    hears(&other, b"to all");

    // Others' conversations.
    let third = node(0x40);
    one.sendto(b"secret", to(0x30, DIRECT)).expect("it is granted");
    hears(&other, b"secret");
    is_silent(&third, "it was for somebody else");
    number(&third, SOL_CAN_J1939, SO_J1939_PROMISC, 1);
    one.sendto(b"secret", to(0x30, DIRECT)).expect("it is granted");
    hears(&other, b"secret");
    hears(&third, b"secret");

    filters(&one, &other);
    priorities(&one, &other);
    connected(&one, &other);
    fails(one.getsockopt(SOL_CAN_J1939, SO_J1939_FILTER), errno::ENOPROTOOPT, "filters can't be read");
    fails(one.setsockopt(SOL_CAN_J1939, SO_J1939_PROMISC, &[1]), errno::EINVAL, "a quarter of a number");
}

fn filters(one: &Socket, other: &Socket) {
    let set = |filters: &[J1939Filter]| {
        let bytes = J1939Filter::list(filters.iter().copied());
        other.setsockopt(SOL_CAN_J1939, SO_J1939_FILTER, &bytes)
    };
    let of_group = |pgn: i32| J1939Filter {
        pgn: pgn.cast_unsigned(),
        pgn_mask: J1939_PGN_MAX.cast_unsigned(),
        ..J1939Filter::default()
    };
    let of_sender = |addr| J1939Filter { addr, addr_mask: 0xff, ..J1939Filter::default() };
    let send = |pgn| one.sendto(b"x", to(0x30, pgn)).expect("it is granted");
    set(&[of_group(DIRECT)]).expect("a filter");
    send(J1939_PGN_REQUEST);
    is_silent(other, "another group");
    send(DIRECT);
    assert_eq!(other.recv(10).as_deref(), Ok(&b"x"[..]));
    set(&[of_sender(0x21)]).expect("a filter");
    send(DIRECT);
    is_silent(other, "another sender");
    set(&[of_sender(0x21), of_sender(0x20)]).expect("filters");
    send(DIRECT);
    assert_eq!(other.recv(10).as_deref(), Ok(&b"x"[..]), "one of them is enough");
    let most = usize::try_from(J1939_FILTER_MAX).expect("a number");
    set(&vec![of_sender(0x21); most]).expect("as many as there may be");
    fails(set(&vec![of_sender(0x21); most + 1]), errno::EINVAL, "one more");
    set(&[]).expect("none");
    send(DIRECT);
    assert_eq!(other.recv(10).as_deref(), Ok(&b"x"[..]), "without filters everything passes");
}

fn priorities(one: &Socket, other: &Socket) {
    let heard = || {
        one.sendto(b"x", to(0x30, DIRECT)).expect("it is granted");
        Destination::of(&other.recvmsg(10, 128, 0).expect("it comes").ancdata).prio
    };
    assert_eq!(one.getsockopt(SOL_CAN_J1939, SO_J1939_SEND_PRIO), Ok(6));
    assert_eq!(heard(), Some(6));
    number(one, SOL_CAN_J1939, SO_J1939_SEND_PRIO, 2);
    assert_eq!(heard(), Some(2));
    assert_eq!(denied(one.setsockopt(SOL_CAN_J1939, SO_J1939_SEND_PRIO, 1)), "option SO_J1939_SEND_PRIO");
    // The other way to say so: the socket's own priority, which is 7 without it.
    one.setsockopt(SOL_SOCKET, SO_PRIORITY, 5).expect("it is the same as 2");
    assert_eq!(denied(one.setsockopt(SOL_SOCKET, SO_PRIORITY, 6)), "option SO_PRIORITY");
    fails(one.setsockopt(SOL_CAN_J1939, SO_J1939_SEND_PRIO, 8), errno::EDOM, "0 to 7");
    number(one, SOL_CAN_J1939, SO_J1939_SEND_PRIO, 6);
}

fn connected(one: &Socket, other: &Socket) {
    fails(one.getpeername(), errno::EADDRNOTAVAIL, "it has no peer");
    one.connect(to(0x30, DIRECT)).expect("it is granted");
    let peer = format!("('vcan0', 0, {DIRECT}, 48)");
    assert_eq!(one.getpeername().map(|peer| peer.to_string()).as_deref(), Ok(&*peer));
    one.send(b"my peer").expect("it has one");
    let (data, from) = other.recvfrom(100).expect("it comes");
    assert_eq!((&data[..], from.to_string()), (&b"my peer"[..], format!("('vcan0', 0, {DIRECT}, 32)")));
}

/// Two that claim addresses, which they are then reached at by their NAMEs.
pub(crate) fn j1939_names_claim_addresses(_: &[String]) {
    let named = |identity_number, addr: i32| {
        let name = Name { identity_number, function: 0x80, arbitrary_address_capable: true, ..Name::default() };
        let sock = public(anonymous());
        sock.bind(("vcan0", u64::from(name), J1939_NO_PGN, addr)).expect("it is granted");
        fails(sock.sendto(b"x", to(EVERYBODY, STATE)), errno::EADDRNOTAVAIL, "an address has to be claimed");
        let claim = u64::from(name).to_le_bytes();
        sock.sendto(claim, to(EVERYBODY, J1939_PGN_ADDRESS_CLAIMED)).expect("that is how");
        (sock, name)
    };
    let watcher = public(node(0x10));
    let ((one, one_name), (other, other_name)) = (named(1, 0x50), named(2, 0x51));
    for (name, addr) in [(one_name, 0x50), (other_name, 0x51)] {
        let (claim, from) = watcher.recvfrom(100).expect("everybody hears a claim");
        assert_eq!(claim, u64::from(name).to_le_bytes());
        let expected = format!("('vcan0', {}, {J1939_PGN_ADDRESS_CLAIMED}, {addr})", u64::from(name));
        assert_eq!(from.to_string(), expected);
    }
    // The kernel gives others a quarter of a second to object.
    let began = Instant::now();
    let by_name = ("vcan0", u64::from(other_name), DIRECT, J1939_NO_ADDR);
    while let Err(error) = one.sendto(b"by name", by_name) {
        assert!(matches!(error, Error::Os(errno::EHOSTUNREACH | errno::EADDRNOTAVAIL)), "{error}");
        assert!(began.elapsed() < SOON, "still {error}");
        is_silent(&watcher, "nothing goes before");
    }
    // The claims of the others came to it as well.
    let message = loop {
        let message = other.recvmsg(100, 128, 0).expect("it comes");
        if message.data == b"by name" {
            break message;
        }
    };
    let destination = Destination::of(&message.ancdata);
    assert_eq!((destination.addr, destination.name), (Some(0x51), Some(other_name.into())));
    let bytes: Vec<_> = message.ancdata.iter().filter_map(ReceivedMessage::cmsg).collect();
    let name = u64::from(other_name).to_le_bytes().to_vec();
    assert!(bytes.contains(&(SOL_CAN_J1939, SCM_J1939_DEST_NAME, name)), "as Python has it: {bytes:?}");
    assert_eq!(message.address.to_string(), format!("('vcan0', {}, {DIRECT}, 80)", u64::from(one_name)));
}

/// What becomes of a message in many frames is in the error queue.
pub(crate) fn j1939_tells_what_became_of_messages(_: &[String]) {
    const TX_SOFTWARE: i32 = 1 << 1;
    const SOFTWARE: i32 = 1 << 4;
    const OPT_CMSG: i32 = 1 << 10;
    const OPT_TSONLY: i32 = 1 << 11;
    const TX_SCHED: i32 = 1 << 8;
    const TX_ACK: i32 = 1 << 9;
    let (one, other) = (node(0x20), node(0x30));
    number(&one, SOL_CAN_J1939, SO_J1939_ERRQUEUE, 1);
    let stamps = TX_SOFTWARE | SOFTWARE | OPT_CMSG | OPT_TSONLY | TX_SCHED | TX_ACK;
    one.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, stamps).expect("every socket has it");
    // What is told: an errno, what it is about, and how many bytes have arrived.
    let told = || {
        let began = Instant::now();
        let message = loop {
            match one.recvmsg(100, 512, MSG_ERRQUEUE) {
                Ok(message) => break message,
                Err(error) => assert!(began.elapsed() < SOON, "nothing is told: {error}"),
            }
        };
        let cmsgs: Vec<_> = message.ancdata.iter().filter_map(ReceivedMessage::cmsg).collect();
        let error = cmsgs.iter().find(|cmsg| (cmsg.0, cmsg.1) == (SOL_CAN_J1939, SCM_J1939_ERRQUEUE));
        let error = &error.unwrap_or_else(|| panic!("no error in {cmsgs:?}")).2;
        // A netlink attribute: its length, its type, a number.
        let acked = cmsgs.iter().find_map(|cmsg| match &cmsg.2[..] {
            [8, 0, kind, 0, a, b, c, d] => {
                assert_ne!(i32::from(*kind), J1939_NLA_PAD, "there is nothing to fill up");
                assert_eq!(i32::from(*kind), J1939_NLA_BYTES_ACKED);
                Some(u32::from_le_bytes([*a, *b, *c, *d]))
            }
            _ => None,
        });
        let field = |at: usize| i32::from_le_bytes(error[at..at + 4].try_into().expect("4 bytes"));
        (field(0), field(8), acked)
    };
    one.sendto(vec![1; 100], to(0x30, DIRECT)).expect("it is granted");
    assert_eq!(other.recv(200), Ok(vec![1; 100]));
    let (errno, _, acked) = told();
    assert_eq!((errno, acked), (errno::ENOMSG, Some(100)), "no error: it has arrived");
    // An address that nobody has: the kernel gives up after 1.25 s.
    one.sendto(vec![1; 100], to(0x77, DIRECT)).expect("it is granted");
    let aborted = told();
    assert_ne!(aborted.1, J1939_EE_INFO_NONE);
    assert_eq!((aborted.1, aborted.2), (J1939_EE_INFO_TX_ABORT, Some(0)), "errno {}", aborted.0);
}

pub(crate) fn j1939_has_its_limits(_: &[String]) {
    let sock = anonymous();
    fails(sock.sendto(b"x", to(0x30, DIRECT)), errno::EBADFD, "it isn't bound");
    fails(sock.connect(to(0x30, DIRECT)), errno::EINVAL, "it isn't bound");
    fails(sock.bind(("nope", J1939_NO_NAME, J1939_NO_PGN, 1)), errno::ENODEV, "there is no such interface");
    fails(sock.bind(("", J1939_NO_NAME, J1939_NO_PGN, 1)), errno::ENODEV, "one interface");
    fails(sock.bind(("vcan0", J1939_NO_NAME, 0xef01, 1)), errno::EINVAL, "a group with a destination in it");
    fails(sock.bind(("vcan0",)), errno::EINVAL, "an address of another protocol");
    sock.bind(("vcan0", J1939_NO_NAME, J1939_NO_PGN, 1)).expect("it is granted");
    fails(sock.bind(("vcan1", J1939_NO_NAME, J1939_NO_PGN, 1)), errno::EINVAL, "another interface");
    fails(sock.sendto(b"x", ("vcan1", J1939_NO_NAME, DIRECT, 2)), errno::EBADFD, "another interface");
    sock.settimeout(A_MOMENT.as_secs_f64()).expect("it can be timed");
    assert_eq!(sock.recv(10), Err(Error::Timeout));
    fails(sock.recv_flags(10, MSG_PEEK), errno::EINVAL, "the kernel has no peeking here");
    assert_eq!(sock.recv(usize::MAX), Err(Error::Timeout), "a size beyond all memory is a size");
}

/// Addresses and groups at the ends of their ranges.
pub(crate) fn j1939_has_addresses_and_groups_of_its_own(_: &[String]) {
    let watcher = public(node(0x10));
    let from = |addr: i32, pgn: i32| {
        let (_, from) = watcher.recvfrom(100).expect("it comes");
        assert_eq!(from.to_string(), format!("('vcan0', 0, {pgn}, {addr})"));
    };
    let last = public(node(J1939_MAX_UNICAST_ADDR));
    last.sendto(b"x", to(0x10, J1939_PGN_PDU1_MAX)).expect("a group that has a destination");
    from(J1939_MAX_UNICAST_ADDR, J1939_PGN_PDU1_MAX);
    last.sendto(b"x", to(EVERYBODY, J1939_PGN_MAX)).expect("a group that has none");
    from(J1939_MAX_UNICAST_ADDR, J1939_PGN_MAX);
    last.sendto([0; 9], to(EVERYBODY, J1939_PGN_ADDRESS_COMMANDED)).expect("a command of nine bytes");
    let (command, from) = watcher.recvfrom(100).expect("it comes");
    // Of what came in many frames the kernel has forgotten the interface.
    let expected = format!("('', 0, {J1939_PGN_ADDRESS_COMMANDED}, {J1939_MAX_UNICAST_ADDR})");
    assert_eq!((command, from.to_string()), (vec![0; 9], expected));
    watcher.sendto(b"answer", from).expect("it can be answered all the same");
    // It hears its own of many frames as well.
    while last.recv(100).expect("it comes") != b"answer" {}
    // Who can't have an address says so from the one for that.
    let name = u64::from(Name { identity_number: 3, ..Name::default() });
    let homeless = public(anonymous());
    homeless.bind(("vcan0", name, J1939_NO_PGN, J1939_IDLE_ADDR)).expect("it is granted");
    homeless.sendto(name.to_le_bytes(), to(EVERYBODY, J1939_PGN_ADDRESS_CLAIMED)).expect("that is how");
    let (data, from) = watcher.recvfrom(100).expect("it comes");
    assert_eq!(data, name.to_le_bytes());
    let Address::Can(CanAddress::J1939(from)) = from else { panic!("{from}") };
    assert_eq!((from.pgn, i32::from(from.address)), (J1939_PGN_ADDRESS_CLAIMED.cast_unsigned(), J1939_IDLE_ADDR));
}
