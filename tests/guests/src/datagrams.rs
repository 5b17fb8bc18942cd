//! Datagrams: UDP, one by one and in batches.

use wallsocket::errno::{EAFNOSUPPORT, EAGAIN, ECONNREFUSED, EDESTADDRREQ, EINVAL, EMSGSIZE, ENOTCONN, EOPNOTSUPP};
use wallsocket::{
    AF_INET, AF_INET6, Address, MSG_DONTWAIT, MSG_PEEK, MSG_TRUNC, SHUT_RD, SO_BROADCAST, SO_RCVBUF, SO_REUSEADDR,
    SOCK_DGRAM, SOL_SOCKET, SOL_UDP, UDP_GRO, select, socket,
};

use crate::help::{argument, at_once, datagrams, fails, name};

pub(crate) fn a_datagram_comes_with_its_sender(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    assert_eq!(one.sendto("hello", name(&other)), Ok(5), "sendto says how much went");
    assert_eq!(other.recvfrom(99), Ok((b"hello".to_vec(), name(&one))));
    assert_eq!(other.sendto("", name(&one)), Ok(0), "an empty datagram is one");
    assert_eq!(one.recvfrom(99), Ok((Vec::new(), name(&other))));
    one.sendto_flags("flags", 0, name(&other)).expect("flags beside the address");
    let mut buffer = [0; 5];
    assert_eq!(other.recvfrom_into(&mut buffer), Ok((5, name(&one))));
    assert_eq!(&buffer, b"flags");
    one.sendto("again", name(&other)).expect("room");
    assert_eq!((other.recv_into(&mut buffer), &buffer), (Ok(5), b"again"));
}

pub(crate) fn a_datagram_is_cut_and_never_joined(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    for datagram in ["abcdef", "second", "third"] {
        one.sendto(datagram, name(&other)).expect("room");
    }
    assert_eq!(other.recv_flags(3, MSG_PEEK).expect("the first"), b"abc", "a peek leaves it there");
    assert_eq!(other.recvfrom_flags(99, MSG_PEEK), Ok((b"abcdef".to_vec(), name(&one))));
    assert_eq!(other.bytes_readable(), Ok(6), "FIONREAD is the size of the next");
    assert_eq!(other.recv(3).expect("the first"), b"abc");
    assert_eq!(other.recv_flags(3, MSG_TRUNC).expect("the second"), b"sec", "what was cut is gone");
    assert_eq!(other.recvfrom(0), Ok((Vec::new(), name(&one))), "recvfrom(0) takes a datagram, as the system's");
    fails(other.recv_flags(9, MSG_DONTWAIT), EAGAIN, "and now there is none");
}

pub(crate) fn the_largest_datagram_goes_whole(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    let data: Vec<u8> = (0..65_507_u32).map(|index| index.to_le_bytes()[0]).collect();
    assert_eq!(one.sendto(&data, name(&other)), Ok(65_507), "UDP over IPv4 carries 65,507 bytes");
    for size in [1 << 17, u32::MAX as usize] {
        assert_eq!(other.recv_flags(size, MSG_PEEK), Ok(data.clone()), "a buffer of {size} bytes cuts nothing");
    }
    assert_eq!(other.recvfrom(usize::MAX), Ok((data, name(&one))));
    fails(one.sendto(vec![0; 65_508], name(&other)), EMSGSIZE, "a byte more is too many");
    fails(one.sendto(vec![0; 1 << 20], name(&other)), EMSGSIZE, "and so is a mebibyte");
}

pub(crate) fn a_connected_socket_has_one_peer(_: &[String]) {
    let (one, other, third) = (datagrams(), datagrams(), datagrams());
    fails(one.send("x"), EDESTADDRREQ, "without a peer there is no send");
    fails(one.getpeername(), ENOTCONN, "nor a peer's name");
    one.connect(name(&other)).expect("a datagram socket connects at once");
    assert_eq!(one.getpeername(), Ok(name(&other)));
    assert_eq!(one.send("to the peer"), Ok(11));
    assert_eq!(other.recvfrom(99), Ok((b"to the peer".to_vec(), name(&one))));
    assert_eq!(one.sendto("to another", name(&third)), Ok(10), "sendto goes elsewhere all the same");
    assert_eq!(third.recv(99).expect("it came"), b"to another");
    third.sendto("uninvited", name(&one)).expect("it can be sent");
    other.sendto("invited", name(&one)).expect("room");
    assert_eq!(one.recvfrom(99), Ok((b"invited".to_vec(), name(&other))), "only the peer is heard");
    one.connect(name(&third)).expect("it can change its peer");
    one.connect(Address::Unspecified).expect("or have none again");
    fails(one.getpeername(), ENOTCONN, "then it has none");
    fails(one.send("x"), EDESTADDRREQ, "and can't send to it");
}

pub(crate) fn a_closed_port_answers_a_connected_socket(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    one.connect(name(&other)).expect("a peer");
    other.close().expect("it closes");
    one.send("anybody?").expect("sending doesn't wait for an answer");
    let mut poll = select::poll();
    poll.register(&one, select::POLLIN).expect("an open socket");
    let events = poll.poll(20_000).expect("the answer comes");
    assert_eq!(events, [(one.fileno(), select::POLLERR)], "an error is an event");
    fails(one.recv(9), ECONNREFUSED, "the port is closed");
    one.settimeout(0).expect("a mode");
    fails(one.recv(9), EAGAIN, "which is told once");
}

pub(crate) fn a_deaf_socket_is_at_its_end(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    one.connect(name(&other)).expect("a peer");
    one.shutdown(SHUT_RD).expect("it is connected");
    assert_eq!(at_once(|| one.recv(9)), Ok(Vec::new()), "recv(2): a socket that was shut down returns 0");
    assert_eq!(at_once(|| one.recvfrom(9)).map(|(data, _)| data), Ok(Vec::new()));
    let ready = select::select(&[&one], &[], &[], 20).expect("it can be asked");
    assert_eq!(ready.0.len(), 1, "the end can be read");
    one.setblocking(false).expect("a mode");
    fails(one.recv(9), EAGAIN, "without waiting it is `not now`, as Linux has it");
}

pub(crate) fn batches_go_and_come(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    let batch: Vec<_> = (0..50u8).map(|number| ([number; 3], name(&other))).collect();
    assert_eq!(one.send_datagrams(&batch, 0), Ok(50), "all of them went");
    let first = other.receive_datagrams(20, 99, 0).expect("they came");
    assert_eq!(first.len(), 20, "no more than asked for");
    let rest = other.receive_datagrams(1000, 2, 0).expect("they came");
    assert_eq!(rest.len(), 30, "what is there, without waiting for more");
    for (number, (data, from)) in (0..).zip(first.iter().chain(rest.iter())) {
        let length = if number < 20 { 3 } else { 2 };
        assert_eq!((data, from), (&[number; 3][..length], &name(&one)), "in order, cut to their size");
    }
    other.setblocking(false).expect("a mode");
    fails(other.receive_datagrams(9, 9, 0), EAGAIN, "none is there any more");
    fails(other.receive_datagrams(0, 9, 0), EINVAL, "a batch of none is no batch");
    for flag in [MSG_PEEK, MSG_TRUNC] {
        fails(other.receive_datagrams(9, 9, flag), EINVAL, "a batch is what was taken, whole or cut");
    }
    assert_eq!(one.send_datagrams::<&[u8], Address>(&[], 0), Ok(0), "nothing to send is sent at once");
    one.connect(name(&other)).expect("a peer");
    assert_eq!(one.send_datagrams(&[("x", Address::Unspecified)], 0), Ok(1), "to the peer");
    let large = vec![0; 70_000];
    let mixed = [(&b"fits"[..], name(&other)), (&large, name(&other)), (b"too late", name(&other))];
    assert_eq!(one.send_datagrams(&mixed, 0), Ok(1), "a batch ends before the one that fails");
    fails(one.send_datagrams(&mixed[1..], 0), EMSGSIZE, "the next call meets its error");
    let received = other.receive_datagrams(9, 99, 0).expect("they came");
    assert_eq!(received.iter().map(|(data, _)| data).collect::<Vec<_>>(), [&b"x"[..], b"fits"]);
}

/// Sizes, addresses and numbers of datagrams that the system takes together and those that it doesn't: each comes as
/// what it is, or not at all.
pub(crate) fn datagrams_of_any_size_go_in_a_batch(_: &[String]) {
    let (one, two, three) = (datagrams(), datagrams(), datagrams());
    for sock in [&two, &three] {
        sock.setsockopt(SOL_SOCKET, SO_RCVBUF, 4 << 20).expect("a size");
        sock.settimeout(0).expect("a mode");
    }
    // 30,000 bytes go in one datagram but in no segment: they are more than loopback's MTU leaves to it.
    for lengths in
        [vec![64; 200], vec![1200; 100], vec![0; 9], vec![1, 1, 1, 1], vec![10, 10, 3, 10, 10, 0, 10], vec![30_000; 6]]
    {
        let batch: Vec<_> =
            (0..).zip(&lengths).map(|(number, length)| (vec![number as u8; *length], name(&two))).collect();
        let mut sent = 0;
        while sent < batch.len() {
            sent += one.send_datagrams(&batch[sent..], 0).expect("there is room");
        }
        let mut received = Vec::new();
        while received.len() < batch.len() {
            let some = two.receive_datagrams(1000, 40_000, 0).expect("all of them came");
            received.extend(some.iter().map(|(data, from)| (data.to_vec(), from.clone())));
        }
        assert_eq!(received.len(), batch.len());
        for ((data, from), (sent, _)) in received.iter().zip(&batch) {
            assert!(data == sent && *from == name(&one), "{} bytes instead of {}", data.len(), sent.len());
        }
    }
    let mixed: Vec<_> = (0..90u8).map(|n| ([n; 5], name(if n % 3 == 0 { &two } else { &three }))).collect();
    assert_eq!(one.send_datagrams(&mixed, 0), Ok(90), "each to its own address");
    assert_eq!(two.receive_datagrams(100, 9, 0).expect("they came").len(), 30);
    let third = three.receive_datagrams(100, 0, 0).expect("they came");
    assert!(third.len() == 60 && third.iter().all(|(data, _)| data.is_empty()), "cut to nothing, they still came");
    let flagged = one.send_datagrams(&mixed[..3], MSG_DONTWAIT).expect("there is room");
    assert_eq!(flagged, 3, "a flag is for each");
}

/// Datagrams that the kernel joins come apart again: in a batch, and nowhere else.
pub(crate) fn joined_datagrams_come_apart_in_a_batch(_: &[String]) {
    let (one, other, stranger) = (datagrams(), datagrams(), datagrams());
    other.setsockopt(SOL_UDP, UDP_GRO, 1).expect("a plain option");
    other.settimeout(0).expect("a mode");
    for (length, count, last) in [(64, 64, 64), (1200, 50, 7), (9, 1, 9), (5, 3, 0)] {
        let mut batch: Vec<_> = (0..count as u8).map(|number| (vec![number; length], name(&other))).collect();
        batch.last_mut().expect("one at least").0.truncate(last);
        assert_eq!(one.send_datagrams(&batch, 0), Ok(count), "all of them went");
        stranger.sendto("between", name(&other)).expect("room");
        let mut received = Vec::new();
        while received.len() < count + 1 {
            let some = other.receive_datagrams(10, 2000, 0).expect("they came");
            received.extend(some.iter().map(|(data, from)| (data.to_vec(), from.clone())));
        }
        assert_eq!(received.pop(), Some((b"between".to_vec(), name(&stranger))), "in order, and whose they are");
        assert_eq!(received.len(), count);
        for ((data, from), (sent, _)) in received.iter().zip(&batch) {
            assert!(data == sent && *from == name(&one), "{} bytes instead of {}", data.len(), sent.len());
        }
    }
    one.send_datagrams(&[("abcdef", name(&other)), ("ghijkl", name(&other))], 0).expect("room");
    let cut = other.receive_datagrams(10, 4, 0).expect("they came");
    assert_eq!(cut.iter().map(|(data, _)| data).collect::<Vec<_>>(), [b"abcd", b"ghij"], "each is cut by itself");
    one.send_datagrams(&[("abcdef", name(&other)), ("ghijkl", name(&other))], 0).expect("room");
    assert_eq!(other.recv(99).expect("they came"), b"abcdefghijkl", "as udp(7) has it: the option was asked for");
}

/// What no SDK would say of a batch is refused, and sends nothing.
pub(crate) fn a_batch_that_does_not_add_up_is_refused(_: &[String]) {
    crate::contract::batches_that_do_not_add_up();
}

pub(crate) fn ipv6_datagrams_name_their_sender(_: &[String]) {
    let sockets = [(), ()].map(|()| {
        let sock = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
        sock.bind(("::1", 0)).expect("a free port");
        sock
    });
    let [one, other] = &sockets;
    one.sendto("hello", name(other)).expect("room");
    assert_eq!(other.recvfrom(9), Ok((b"hello".to_vec(), name(one))));
    let inet = datagrams();
    fails(one.sendto("x", name(&inet)), EAFNOSUPPORT, "an IPv4 address isn't one of IPv6");
    fails(inet.sendto("x", name(one)), EAFNOSUPPORT, "nor the other way round");
    fails(inet.accept(), EOPNOTSUPP, "datagram sockets have no connections");
}

pub(crate) fn a_datagram_client_is_answered(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    let server = ("127.0.0.1", argument::<u16>(arguments, 0));
    sock.sendto("question", server).expect("the grant allows it");
    let (answer, from) = sock.recvfrom(99).expect("the server answers");
    assert_eq!((answer.as_slice(), from.port()), (&b"QUESTION"[..], Some(server.1)));
    sock.setsockopt(SOL_SOCKET, SO_BROADCAST, true).expect("a plain option");
    sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, false).expect("not sharing needs no grant");
}

pub(crate) fn a_connected_socket_hears_its_peer_without_a_grant(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", argument::<u16>(arguments, 0))).expect("the grant allows it");
    wallsocket::permissions::restrict::<&str>(&[]).expect("everything can be given up");
    sock.send("question").expect("what is connected stays so");
    let ready = select::select(&[&sock], &[], &[], 20).expect("it can be waited for");
    assert_eq!(ready.0.len(), 1, "the peer's answer can be read");
    assert_eq!(sock.recv_flags(9, MSG_PEEK).expect("it is there"), b"QUESTION");
    assert_eq!(sock.recv(9).expect("it is there"), b"QUESTION");
    let other = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    assert!(other.sendto("x", ("127.0.0.1", argument::<u16>(arguments, 0))).is_err(), "anything new is refused");
}
