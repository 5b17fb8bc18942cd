//! Descriptors that are passed: sockets, files and what is neither.

use std::time::Duration;

use wallsocket::errno::{EBADF, EINVAL, ETOOMANYREFS};
use wallsocket::{
    AF_INET, AF_UNIX, Address, CMSG_LEN, CMSG_SPACE, ControlMessage, MSG_CTRUNC, MSG_PEEK, ReceivedMessage,
    ReceivedRight, Right, SCM_RIGHTS, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, SOL_SOCKET, Socket, create_server,
    recv_fds, send_fds, socket, socketpair,
};
use wasip2::filesystem::preopens::get_directories;
use wasip2::filesystem::types::{Descriptor, DescriptorFlags, OpenFlags, PathFlags};

use crate::check::{denied, say};
use crate::help::{argument, at_once, fails, receive};

fn pair(kind: i32) -> (Socket, Socket) {
    socketpair(AF_UNIX, kind, 0).expect("a pair needs no grant")
}

/// The only socket of a message.
#[track_caller]
fn one_socket(mut rights: Vec<ReceivedRight>) -> Socket {
    match rights.pop() {
        Some(ReceivedRight::Socket(socket)) if rights.is_empty() => socket,
        other => panic!("not one socket: {other:?} {rights:?}"),
    }
}

/// The rights of a message.
fn rights_of(ancdata: Vec<ReceivedMessage>) -> Vec<ReceivedRight> {
    ancdata
        .into_iter()
        .flat_map(|message| match message {
            ReceivedMessage::Rights(rights) => rights,
            other => panic!("not rights: {other:?}"),
        })
        .collect()
}

/// A file in the guest's directory, made if it isn't there. To make one it has to be open to write.
fn open(path: &str, flags: DescriptorFlags) -> Descriptor {
    let (directory, _) = get_directories().into_iter().next().expect("a directory");
    let both = DescriptorFlags::READ | DescriptorFlags::WRITE;
    directory.open_at(PathFlags::empty(), path, OpenFlags::CREATE, both).expect("a file can be made in it");
    directory.open_at(PathFlags::empty(), path, OpenFlags::empty(), flags).expect("it is there")
}

pub(crate) fn sockets_are_passed_and_used(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET] {
        let (one, other) = pair(kind);
        let (passed, partner) = pair(SOCK_STREAM);
        assert_eq!(send_fds(&one, &[b"here ", b"it is"], &[Right::Socket(&passed)]), Ok(10));
        passed.sendall("kept").expect("a lent socket is still the guest's own");
        assert_eq!(receive(&partner, 4), b"kept");
        let (data, rights, flags, _) = recv_fds(&other, 100, 4).expect("it comes");
        assert_eq!((data.as_slice(), flags), (&b"here it is"[..], 0));
        let received = one_socket(rights);
        assert_eq!((received.family(), received.type_(), received.proto()), (AF_UNIX, Ok(SOCK_STREAM), Ok(0)));
        drop(passed);
        received.sendall("through the other").expect("it is the same socket");
        assert_eq!(receive(&partner, 17), b"through the other");
        drop(received);
        assert_eq!(partner.recv(9), Ok(Vec::new()), "the last of both closes it");
    }
}

pub(crate) fn listeners_and_datagram_sockets_are_passed(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let listener = create_server(("127.0.0.1", 0)).expect("the grant allows it");
    let address = listener.getsockname().expect("its name");
    send_fds(&one, &[b"x"], &[Right::Socket(&listener)]).expect("sent");
    drop(listener);
    let listener = one_socket(recv_fds(&other, 9, 1).expect("it comes").1);
    assert_eq!(listener.getsockname(), Ok(address.clone()));
    listener.settimeout(20.0).expect("a mode");
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(&address).expect("it still listens");
    let (server, peer) = listener.accept().expect("somebody waits");
    assert_eq!(client.getsockname(), Ok(peer));
    client.sendall("hello").expect("room");
    assert_eq!(receive(&server, 5), b"hello");
    listener.settimeout(0.0).expect("a mode");
    fails(listener.accept(), wallsocket::errno::EAGAIN, "nobody else has come");

    // One that may yet connect.
    let fresh = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    send_fds(&one, &[b"x"], &[Right::Socket(&fresh)]).expect("sent");
    let fresh = one_socket(recv_fds(&other, 9, 1).expect("it comes").1);
    fresh.connect(&address).expect("the grants are the holder's");
    denied(fresh.connect(("192.0.2.1", 80)));
    let datagrams = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    send_fds(&one, &[b"x"], &[Right::Socket(&datagrams)]).expect("sent");
    let datagrams = one_socket(recv_fds(&other, 9, 1).expect("it comes").1);
    denied(datagrams.sendto("x", ("192.0.2.1", 9)));
    denied(datagrams.bind(("0.0.0.0", 0)));
}

pub(crate) fn files_are_passed_in_the_mode_they_are_open_in(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let file = open("file", DescriptorFlags::READ | DescriptorFlags::WRITE);
    file.write(b"content", 0).expect("it can be written");
    for (flags, reads, writes) in [
        (DescriptorFlags::READ, true, false),
        (DescriptorFlags::WRITE, false, true),
        (DescriptorFlags::READ | DescriptorFlags::WRITE, true, true),
    ] {
        let passed = open("file", flags);
        send_fds(&one, &[b"x"], &[Right::File(&passed)]).expect("a regular file may leave");
        let (_, mut rights, ..) = recv_fds(&other, 9, 1).expect("it comes");
        let Some(ReceivedRight::File(received)) = rights.pop() else { panic!("not a file: {rights:?}") };
        assert_eq!(received.read(100, 0).is_ok(), reads, "{flags:?}");
        assert_eq!(received.write(b"content", 0).is_ok(), writes, "{flags:?}");
        if reads {
            assert_eq!(received.read(100, 0).expect("it is open to read").0, b"content");
        }
    }
}

pub(crate) fn passing_takes_a_line_for_each_kind(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (passed, partner) = pair(SOCK_STREAM);
    assert_eq!(denied(send_fds(&one, &[b"x"], &[Right::Socket(&passed)])), "pass send socket");
    let number = ControlMessage::raw(SOL_SOCKET, SCM_RIGHTS, passed.fileno().to_le_bytes());
    assert_eq!(denied(one.sendmsg(&[b"x"], &[number], 0, Address::Unspecified)), "pass send socket", "nor by number");
    other.settimeout(0.0).expect("a mode");
    fails(other.recv(9), wallsocket::errno::EAGAIN, "nothing was sent, not even the data");
    passed.sendall("kept").expect("the guest keeps its own");
    assert_eq!(receive(&partner, 4), b"kept");
}

pub(crate) fn what_no_line_lets_in_is_closed(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (passed, partner) = pair(SOCK_STREAM);
    send_fds(&one, &[b"x"], &[Right::Socket(&passed); 3]).expect("it may leave");
    let (data, rights, flags, _) = recv_fds(&other, 9, 3).expect("the data comes");
    assert_eq!((data.as_slice(), flags & MSG_CTRUNC), (&b"x"[..], MSG_CTRUNC), "what is missing is told");
    assert!(rights.is_empty(), "no line lets a socket in: {rights:?}");
    drop(passed);
    partner.settimeout(20.0).expect("a mode");
    assert_eq!(partner.recv(9), Ok(Vec::new()), "it is closed, and nobody holds it");
}

pub(crate) fn a_file_is_passed_and_kept(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let file = open("file", DescriptorFlags::READ);
    let sent = send_fds(&one, &[b"x"], &[Right::File(&file)]);
    let went = sent.is_ok();
    say(sent);
    if went {
        println!("came: {}", !recv_fds(&other, 9, 1).expect("the data comes").1.is_empty());
    }
}

pub(crate) fn directories_never_leave(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (directory, _) = get_directories().into_iter().next().expect("a directory");
    let file = open("file", DescriptorFlags::READ);
    assert_eq!(denied(send_fds(&one, &[b"x"], &[Right::File(&directory)])), "", "no line would allow it");
    assert_eq!(denied(send_fds(&one, &[b"x"], &[Right::File(&file), Right::File(&directory)])), "");
    other.settimeout(0.0).expect("a mode");
    fails(other.recv(9), wallsocket::errno::EAGAIN, "nothing was sent, not even the data");
    assert!(directory.stat().is_ok() && file.stat().is_ok(), "the guest keeps both");
}

/// Native peers: a directory, a pipe and more descriptors than there is room for come from the test.
pub(crate) fn what_is_neither_can_be_passed_on(arguments: &[String]) {
    let test = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    test.connect(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
    test.sendmsg(&[b"ready"], &[], 0, Address::Unspecified).expect("sent");
    let message = test.recvmsg(1, 100, 0).expect("a pipe comes");
    let mut rights = rights_of(message.ancdata);
    let Some(ReceivedRight::Opaque(pipe)) = rights.pop() else { panic!("not opaque: {rights:?}") };
    send_fds(&test, &[b"x"], &[Right::Opaque(&pipe)]).expect("it can be passed on");
    drop(pipe);
    test.sendall("d").expect("the next, please");
    let message = test.recvmsg(1, 100, 0).expect("a directory comes");
    assert_eq!(
        message.msg_flags & MSG_CTRUNC,
        MSG_CTRUNC,
        "what a guest may not have is closed, and said to be missing"
    );
    assert!(message.ancdata.is_empty(), "{:?}", message.ancdata);
    test.sendall("f").expect("the next, please");
    let message = test.recvmsg(1, 100, 0).expect("a file comes");
    let mut rights = rights_of(message.ancdata);
    let Some(ReceivedRight::File(file)) = rights.pop() else { panic!("not a file: {rights:?}") };
    assert_eq!(file.read(100, 0).expect("it is open to read").0, b"of the test's");
    assert!(file.write(b"x", 0).is_err(), "and no more than to read");
    test.sendall("end").expect("room");
}

pub(crate) fn rights_that_do_not_fit_are_closed(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let three: Vec<_> = (0..3).map(|_| pair(SOCK_STREAM)).collect();
    let lent: Vec<_> = three.iter().map(|(passed, _)| Right::Socket(passed)).collect();
    // CMSG_SPACE(4) is CMSG_LEN(8): padding holds a descriptor more, as the kernel has it.
    for (room, kept) in [
        (0, 0),
        (CMSG_LEN(0).expect("a length"), 0),
        (CMSG_LEN(3).expect("a length"), 0),
        (CMSG_LEN(4).expect("a length"), 1),
        (CMSG_LEN(8).expect("a length"), 2),
        (CMSG_SPACE(4).expect("a length"), 2),
        (CMSG_LEN(12).expect("a length"), 3),
    ] {
        send_fds(&one, &[b"x"], &lent).expect("sent");
        let message = other.recvmsg(9, room, 0).expect("it comes");
        assert_eq!(message.data, b"x");
        assert_eq!(message.msg_flags & MSG_CTRUNC != 0, kept < 3, "{room}: what is missing is told");
        assert_eq!(rights_of(message.ancdata).len(), kept, "{room}");
    }
    // Nobody holds those that were cut off: closing the guest's own ends them.
    for (passed, partner) in three {
        drop(passed);
        partner.settimeout(20.0).expect("a mode");
        assert_eq!(partner.recv(9), Ok(Vec::new()), "the end, once all copies are closed");
    }
}

pub(crate) fn plain_receives_close_what_comes_beside(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (passed, partner) = pair(SOCK_STREAM);
    send_fds(&one, &[b"x"], &[Right::Socket(&passed)]).expect("sent");
    assert_eq!(other.recv(9).as_deref(), Ok(&b"x"[..]));
    drop(passed);
    partner.settimeout(20.0).expect("a mode");
    assert_eq!(partner.recv(9), Ok(Vec::new()), "nobody holds it any more");
}

pub(crate) fn a_peek_brings_descriptors_as_well(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (passed, partner) = pair(SOCK_STREAM);
    send_fds(&one, &[b"x"], &[Right::Socket(&passed)]).expect("sent");
    for flags in [MSG_PEEK, 0] {
        let message = other.recvmsg(9, 100, flags).expect("it comes");
        one_socket(rights_of(message.ancdata)).sendall("y").expect("each is the socket");
        assert_eq!(receive(&partner, 1), b"y");
    }
}

pub(crate) fn two_hundred_and_fifty_three_are_the_most(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (passed, _partner) = pair(SOCK_STREAM);
    send_fds(&one, &[b"x"], &[Right::Socket(&passed); 253]).expect("SCM_MAX_FD go");
    let (_, rights, flags, _) = recv_fds(&other, 9, 253).expect("they come");
    assert_eq!((rights.len(), flags), (253, 0));
    drop(rights);
    fails(send_fds(&one, &[b"x"], &[Right::Socket(&passed); 254]), EINVAL, "one more is too many, as for the kernel");
    passed.send("x").expect("a failed send keeps the guest's own");
    let numbers = passed.fileno().to_le_bytes();
    let raw = ControlMessage::raw(SOL_SOCKET, SCM_RIGHTS, numbers);
    one.sendmsg(&[b"x"], &[raw], 0, Address::Unspecified).expect("a number of its own stands for its socket");
    one_socket(recv_fds(&other, 9, 1).expect("it comes").1);
    let nobody = ControlMessage::raw(SOL_SOCKET, SCM_RIGHTS, 77i32.to_le_bytes());
    fails(one.sendmsg(&[b"x"], &[nobody], 0, Address::Unspecified), EBADF, "a number that isn't its own");
    let udp = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    fails(udp.sendmsg(&[b"x"], &[ControlMessage::Rights(&[])], 0, Address::Unspecified), EINVAL, "not over UDP");
}

pub(crate) fn descriptors_in_flight_are_bounded(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let (passed, _partner) = pair(SOCK_STREAM);
    let three = [Right::Socket(&passed); 3];
    for _ in 0..3 {
        send_fds(&one, &[b"x"], &three).expect("there may be ten");
    }
    fails(send_fds(&one, &[b"x"], &three), ETOOMANYREFS, "twelve are too many");
    for _ in 0..3 {
        assert_eq!(recv_fds(&other, 1, 3).expect("they come").1.len(), 3);
    }
    send_fds(&one, &[b"x"], &three).expect("received ones don't count");
}

pub(crate) fn received_handles_count(_: &[String]) {
    // Four sockets of five; the one that comes is the fifth, and the sixth is closed.
    let (one, other) = pair(SOCK_STREAM);
    let (passed, partner) = pair(SOCK_STREAM);
    send_fds(&one, &[b"x"], &[Right::Socket(&passed); 2]).expect("sent");
    let (_, rights, flags, _) = recv_fds(&other, 9, 2).expect("they come");
    assert_eq!((rights.len(), flags & MSG_CTRUNC), (1, MSG_CTRUNC), "over the quota they are closed, and that is told");
    drop((rights, passed));
    partner.settimeout(20.0).expect("a mode");
    assert_eq!(partner.recv(9), Ok(Vec::new()), "none is left over");
}

/// A peer sends one before the guest has asked for any, and another after it has.
pub(crate) fn descriptors_come_once_asked_for(arguments: &[String]) {
    let test = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    test.connect(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
    assert_eq!(test.recv(1).as_deref(), Ok(&b"1"[..]), "the test has tried");
    test.settimeout(Duration::from_millis(1)).expect("a mode");
    assert!(test.recvmsg(1, 100, 0).is_err(), "nothing is there yet, but now it has asked");
    test.settimeout(None).expect("a mode");
    test.sendall("now").expect("room");
    let message = test.recvmsg(1, 100, 0).expect("it comes");
    assert_eq!(rights_of(message.ancdata).len(), 1);
}

/// A server whose first client sends a descriptor before it was accepted.
pub(crate) fn the_first_client_passes_a_descriptor(arguments: &[String]) {
    let listener = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    listener.bind(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
    listener.listen(None).expect("it is bound");
    println!("listens");
    let (peer, _) = listener.accept().expect("somebody comes");
    assert_eq!(recv_fds(&peer, 1, 1).expect("it is there").1.len(), 1);
}

/// Drops sockets that linger: one that it received, one that it had no room for, one that came beside plain data.
pub(crate) fn lingering_sockets_hold_nobody_up(arguments: &[String]) {
    let [control, test] = [(); 2].map(|()| {
        let sock = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
        sock.connect(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
        sock
    });
    assert_eq!(receive(&control, 1), b"g", "the guest's will be the last copies");
    at_once(|| {
        one_socket(recv_fds(&test, 1, 1).expect("it comes").1).close().expect("it is closed");
        assert_eq!(test.recvmsg(1, 0, 0).expect("it comes").msg_flags, MSG_CTRUNC);
        assert_eq!(test.recv(1).as_deref(), Ok(&b"x"[..]));
    });
}

/// A datagram socket that another bound, heard as far as the guest may.
pub(crate) fn a_passed_datagram_socket_hears_under_a_bind_grant(arguments: &[String]) {
    let test = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    test.connect(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
    let datagrams = one_socket(recv_fds(&test, 1, 1).expect("it comes").1);
    let (data, from) = datagrams.recvfrom(9).expect("anybody may be heard there");
    assert_eq!(data, b"unasked");
    datagrams.sendmsg(&[b"answer"], &[], 0, from).expect("whom it heard it may answer");
}

/// Passes and drops many times over; the test counts descriptors.
pub(crate) fn pass_and_drop(arguments: &[String]) {
    let rounds: u32 = argument(arguments, 0);
    let (one, other) = pair(SOCK_STREAM);
    let file = open("file", DescriptorFlags::READ);
    let (passed, _partner) = pair(SOCK_DGRAM);
    for round in 0..rounds {
        let rights = [Right::Socket(&passed), Right::File(&file), Right::Socket(&one)];
        let lent = if round % 16 == 0 { &rights[..] } else { &rights[..1] };
        send_fds(&one, &[b"x"], lent).expect("sent");
        // Sometimes they all fit, sometimes none, sometimes a plain receive takes the data.
        match round % 4 {
            0 => drop(other.recvmsg(1, 100, 0).expect("it comes")),
            1 => drop(other.recvmsg(1, 20, 0).expect("it comes")),
            2 => drop(other.recvmsg(1, 0, 0).expect("it comes")),
            _ => drop(other.recv(1).expect("it comes")),
        }
    }
}

/// Holds on to a socket that it sent elsewhere, and ends: the other's lives on.
pub(crate) fn hand_over_a_listener(arguments: &[String]) {
    let test = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    test.connect(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
    let listener = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    listener.bind(argument::<String>(arguments, 1).as_str()).expect("the grant allows it");
    listener.listen(None).expect("it is bound");
    send_fds(&test, &[b"x"], &[Right::Socket(&listener)]).expect("sent");
    assert_eq!(test.recv(1).as_deref(), Ok(&b"x"[..]), "the test has it");
}

/// Receives sockets from a native peer, who keeps them blocking.
pub(crate) fn uses_what_a_native_peer_passed(arguments: &[String]) {
    let test = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    test.connect(argument::<String>(arguments, 0).as_str()).expect("the grant allows it");
    test.sendmsg(&[b"ready"], &[], 0, Address::Unspecified).expect("sent");
    let message = test.recvmsg(1, 100, 0).expect("they come");
    let mut rights = rights_of(message.ancdata).into_iter();
    let mut next = || match rights.next() {
        Some(ReceivedRight::Socket(socket)) => socket,
        other => panic!("not a socket: {other:?}"),
    };
    let (listener, stream, datagrams) = (next(), next(), next());
    // None of the three was bound or connected by the guest, and it has no grant for any of it.
    assert_eq!(receive(&stream, 5), b"hello", "a connection is used as it is");
    stream.sendall("back").expect("room");
    listener.settimeout(0.01).expect("a mode");
    assert!(matches!(listener.accept(), Err(wallsocket::Error::Timeout)), "a timeout holds though it may block");
    test.sendall("c").expect("now somebody may come");
    listener.settimeout(20.0).expect("a mode");
    let (server, _) = listener.accept().expect("somebody came");
    assert_eq!(receive(&server, 2), b"hi");
    // Another that may yet connect, and blocks for whoever gave it.
    let message = test.recvmsg(1, 100, 0).expect("it comes");
    let fresh = one_socket(rights_of(message.ancdata));
    let there = listener.getsockname().expect("its name");
    denied(fresh.connect(("127.0.0.2", 9u16)));
    fresh.connect(&there).expect("the grant allows it");
    let (server, _) = listener.accept().expect("it has come");
    fresh.sendall("yes").expect("room");
    assert_eq!(receive(&server, 3), b"yes");
    datagrams.settimeout(0.0).expect("a mode");
    fails(datagrams.recv(9), wallsocket::errno::EAGAIN, "a datagram of a stranger isn't heard without a grant");
    fails(datagrams.recvmsg(9, 100, 0), wallsocket::errno::EAGAIN, "nor by recvmsg");
    denied(datagrams.sendto("x", ("127.0.0.1", 9)));
    listener.listen(5).expect("it listens already: that takes nothing new");
    test.sendall("end").expect("room");
}
