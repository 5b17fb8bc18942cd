//! Guests that are ended in the middle of a call: nothing of theirs is left, and nobody else notices. In processes of their own,
//! where descriptors and threads can be counted.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use socket2::{Domain, SockAddr, Socket, Type};
use wallsocket_tests::host::{Host, Usage};
use wallsocket_tests::witness::{Witness, end_in_the_middle, leaves_nothing};
use wallsocket_tests::{Epoch, Guest, next_epoch, process};

/// Far less than any of these guests would wait, and more than a busy machine takes.
const SOON: Duration = Duration::from_secs(10);

/// Runs the test of that name in a process of its own. True inside.
#[track_caller]
fn alone(name: &str) -> bool {
    if !process::is_alone() {
        process::passes_alone(name, &[]);
    }
    process::is_alone()
}

/// A guest that waits in that call, to whom the end of an epoch is a deadline.
fn blocked(call: &str) -> Guest {
    let guest =
        Guest::new("blocked").arg(call).epoch(Epoch::Deadline).allow("pass send socket").allow("pass receive *");
    guest.allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*").allow("udp bind 127.0.0.1:*")
}

/// The calls that wait by themselves.
const CALLS: [&str; 22] = [
    "accept",
    "connect",
    "recv",
    "recv with MSG_WAITALL",
    "recv_into",
    "recvfrom",
    "recvmsg",
    "recvmsg that may bring descriptors",
    "recvmsg_into",
    "receive_datagrams",
    "send",
    "sendall",
    "sendall over a Unix socket",
    "sendmsg",
    "sendmsg with a descriptor",
    "send of a message",
    "send_datagrams",
    "sendfile",
    "poll",
    "select",
    "a pollable's block",
    "close with SO_LINGER",
];

#[test]
fn a_guest_that_is_ended_in_a_call_leaves_nothing() {
    if !alone("a_guest_that_is_ended_in_a_call_leaves_nothing") {
        return;
    }
    let files = tempfile::tempdir().expect("a directory");
    let path = files.path().join("sock");
    wallsocket_tests::compile();
    let threads = Usage::now().threads;
    for call in CALLS.into_iter().chain(["connect to a path"]) {
        leaves_nothing(call, threads, || {
            let unix = files.path().display();
            let guest = blocked(call).arg(path.display()).directory(files.path(), "/");
            guest.allow(format!("unix listen {unix}")).allow(format!("unix connect {unix}"))
        });
    }
}

/// A listener that the guest was handed belongs to others as well, and may block: who waits for an arrival keeps no thread.
#[test]
fn a_guest_that_is_ended_in_accept_on_anothers_listener_leaves_nothing() {
    if !alone("a_guest_that_is_ended_in_accept_on_anothers_listener_leaves_nothing") {
        return;
    }
    let call = "accept of a listener that others hold";
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage::now();
    end_in_the_middle(&host, &witness, call, blocked(call).inherit(3, "", listener.try_clone().expect("a duplicate")));
    // The one that looked whether somebody is there may be idle still.
    Usage { threads: before.threads + 1, ..before }.comes_back(call);
    witness.end();
    drop(host);
}

/// Connecting what others hold as well, and that blocks, is a thread in connect(2): it, and what it connects, stay until the system
/// has an answer. That is what docs/security-model.md doesn't promise.
#[test]
fn a_guest_that_is_ended_in_connect_on_anothers_socket_leaves_one_thread() {
    if !alone("a_guest_that_is_ended_in_connect_on_anothers_socket_leaves_one_thread") {
        return;
    }
    let call = "connect of a socket that others hold";
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("full.sock");
    let full = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
    let address = SockAddr::unix(&path).expect("it is short");
    full.bind(&address).expect("a free name");
    full.listen(0).expect("it is bound");
    let first = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
    first.connect(&address).expect("there is room for one");
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage::now();
    let guest = blocked(call).arg(path.display()).allow(format!("unix connect {}", path.display()));
    end_in_the_middle(&host, &witness, call, guest.inherit(3, "", socket.try_clone().expect("a duplicate")));
    // The guest's duplicate, and the name that it is to be connected to; a thread that waits, and one that may be idle.
    Usage { descriptors: before.descriptors + 2, threads: before.threads + 2, ..before }.comes_back(call);
    // The system answers: the one who waits in line is refused.
    drop((full, first));
    Usage { descriptors: before.descriptors - 2, threads: before.threads + 2, ..before }.comes_back(call);
    witness.end();
    drop(host);
}

/// Once a call of the host ends, a guest whose deadline has passed does nothing any more.
#[test]
fn a_call_that_ends_after_the_deadline_is_the_last() {
    if !alone("a_call_that_ends_after_the_deadline_is_the_last") {
        return;
    }
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage::now();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let guest = Guest::new("wait_and_compute").arg(port).allow(format!("tcp connect 127.0.0.1:{port}"));
    let mut guest = host.start(guest.epoch(Epoch::Deadline));
    let (mut peer, _) = listener.accept().expect("the guest comes");
    assert_eq!(guest.line(), "blocks");
    host.wait_until_idle();
    next_epoch();
    peer.write_all(b"x").expect("it is connected");
    let output = guest.wait();
    assert_eq!((output.status, output.error.as_deref()), (134, Some("wasm trap: interrupt")));
    peer.set_read_timeout(Some(SOON)).expect("a timeout");
    assert_eq!(peer.read(&mut [0]).expect("the guest's end is its sockets'"), 0);
    drop((peer, listener));
    before.comes_back("a guest that was ended by its deadline");
    witness.end();
}

/// What docs/embedding.md recommends: epochs let a guest that computes yield, and one timeout ends it wherever it is.
#[test]
fn a_timeout_ends_guests_that_wait_and_guests_that_compute() {
    if !alone("a_timeout_ends_guests_that_wait_and_guests_that_compute") {
        return;
    }
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage::now();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let guest = || {
        let guest = Guest::new("wait_and_compute").arg(port).allow(format!("tcp connect 127.0.0.1:{port}"));
        guest.epoch(Epoch::Yield)
    };
    let time = Duration::from_secs(1);
    let waiting = host.start_within(guest(), time);
    let (_silent, _) = listener.accept().expect("the first guest comes");
    let computing = host.start_within(guest(), time);
    let (mut peer, _) = listener.accept().expect("the second guest comes");
    peer.write_all(b"x").expect("it is connected");
    while !waiting.has_ended() || !computing.has_ended() {
        // An embedder's clock: without it the one that computes would have the thread to itself.
        next_epoch();
        std::thread::park_timeout(Duration::from_millis(1));
    }
    for guest in [waiting, computing] {
        let output = guest.wait();
        assert_eq!(
            (output.status, output.error),
            (124, Some(format!("still running after {time:?}"))),
            "{}",
            output.stderr
        );
    }
    witness.round_trip();
    drop((peer, _silent, listener));
    before.comes_back("guests that ran out of time");
    witness.end();
    drop(host);
}
