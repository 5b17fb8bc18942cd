//! Streams: TCP, from the outside.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use wallsocket_tests::{Guest, guests};

guests! {
    both_ends_know_each_other: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    every_way_to_receive_gives_what_was_sent: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    receiving_nothing_does_not_wait: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    halves_are_closed_one_by_one: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    a_reset_is_told: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    the_refused_may_try_again: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    every_backlog_is_taken: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    waitall_waits_only_in_blocking_mode: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    the_urgent_byte_comes_beside_the_stream: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    much_that_is_there_comes_whole_and_in_order: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    data_can_go_with_the_connect: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    cutting_a_stream_shows_no_memory_of_the_hosts: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
}

/// A listener and its port.
fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    (listener, port)
}

#[test]
fn a_client_talks_to_an_echo_server() {
    let (listener, port) = listener();
    let echo = thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        let mut said = Vec::new();
        peer.read_to_end(&mut said).expect("the guest half-closes");
        peer.write_all(&said).expect("the guest listens");
    });
    Guest::new("a_client_talks_to_an_echo_server").arg(port).allow(format!("tcp connect 127.0.0.1:{port}")).passes();
    echo.join().expect("the echo server was content");
}

#[test]
fn connect_is_denied_by_default() {
    let (listener, port) = listener();
    listener.set_nonblocking(true).expect("it can be asked without waiting");
    Guest::new("connect_is_denied_by_default").arg(port).passes();
    let nobody = listener.accept().expect_err("no connection was made");
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock, "a refused guest must not reach the peer at all");
}

#[test]
fn a_server_answers_native_clients() {
    let mut guest = Guest::new("a_server_answers_native_clients").allow("tcp listen 127.0.0.1:*").start();
    let port: u16 = guest.line().parse().expect("its port");
    for said in ["one", "two", "three"] {
        let mut client = TcpStream::connect(("127.0.0.1", port)).expect("the guest listens");
        client.write_all(said.as_bytes()).expect("the guest reads");
        let mut answer = String::new();
        client.read_to_string(&mut answer).expect("the guest answers and closes");
        assert_eq!(answer, said.to_uppercase());
    }
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn all_of_a_stream_can_be_waited_for() {
    let (listener, port) = listener();
    let guest = Guest::new("all_of_a_stream_can_be_waited_for").arg(port).allow("tcp connect 127.0.0.1:*");
    let mut guest = guest.start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    peer.set_nodelay(true).expect("an option");
    assert_eq!(guest.line(), "go");
    for piece in [&b"ab"[..], b"c", b"defgh"] {
        peer.write_all(piece).expect("the guest listens");
        // Not a wait for anything: it only makes it likely that the pieces arrive apart.
        thread::yield_now();
    }
    drop(peer);
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn waitall_brings_more_than_one_read_holds() {
    const LENGTH: usize = 1_500_000;
    let (listener, port) = listener();
    let peer = thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        peer.write_all(&[7; LENGTH]).expect("the guest reads");
        // The stream stays open until the guest has all it waited for, so that the end can't be what ends it.
        peer.read_to_end(&mut Vec::new()).expect("the guest closes")
    });
    Guest::new("waitall_brings_more_than_one_read_holds")
        .arg(port)
        .arg(LENGTH)
        .allow(format!("tcp connect 127.0.0.1:{port}"))
        .passes();
    peer.join().expect("the peer was content");
}

#[test]
fn sendall_sends_all() {
    // More than the guest's crate hands over in one call.
    const LENGTH: usize = (17 << 20) + 3;
    let (listener, port) = listener();
    let peer = thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        let mut data = Vec::new();
        peer.read_to_end(&mut data).expect("the guest closes");
        data
    });
    Guest::new("sendall_sends_all").arg(port).arg(LENGTH).allow(format!("tcp connect 127.0.0.1:{port}")).passes();
    let data = peer.join().expect("the peer was content");
    assert_eq!(data.len(), 2 * LENGTH, "every byte arrives");
    let in_order =
        data.chunks(LENGTH).all(|all| all.iter().enumerate().all(|(index, &byte)| index % 251 == usize::from(byte)));
    assert!(in_order, "and in order");
}
