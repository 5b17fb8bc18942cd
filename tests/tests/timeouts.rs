//! Modes and timeouts, with native peers where a guest can't be its own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::Read;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use socket2::{Domain, SockAddr, Socket, Type};
use wallsocket_tests::{Guest, guests};

guests! {
    the_mode_is_the_timeout: ;
    new_sockets_have_the_default_timeout: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    a_non_blocking_call_says_not_now: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*";
    a_timed_call_waits_as_long_as_it_was_told:
        "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*";
    what_comes_in_time_is_no_timeout: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    timeout_options_end_blocking_calls: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*";
}

#[test]
fn a_guest_that_keeps_its_thread_waits_as_its_sockets_are_told() {
    let guest = Guest::new("a_guest_that_keeps_its_thread_waits_as_its_sockets_are_told").keeps_thread();
    let guest = guest.allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*");
    guest.allow("udp bind 127.0.0.1:*").allow("udp send 127.0.0.1:*").passes();
}

#[test]
fn a_trickle_does_not_extend_sendall() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let peer = thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        let mut buffer = vec![0; 4096];
        // Slow, but never silent for as long as the guest's timeout; until the guest goes.
        while let Ok(1..) = peer.read(&mut buffer) {
            thread::sleep(Duration::from_millis(5));
        }
    });
    Guest::new("a_trickle_does_not_extend_sendall").arg(port).allow(format!("tcp connect 127.0.0.1:{port}")).passes();
    drop(peer);
}

#[test]
fn a_connect_without_an_answer_times_out() {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    listener.bind(&SockAddr::from(std::net::SocketAddr::from(([127, 0, 0, 1], 0)))).expect("a free port");
    listener.listen(0).expect("it is bound");
    let address = listener.local_addr().expect("its address");
    // Whoever is in the queue keeps the others out: the kernel drops their SYNs until somebody accepts.
    let queue: Vec<Socket> = (0..4)
        .map(|_| {
            let sock = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
            sock.set_nonblocking(true).expect("a mode");
            let _ = sock.connect(&address);
            sock
        })
        .collect();
    let port = address.as_socket().expect("it is IPv4").port();
    let guest = Guest::new("a_connect_without_an_answer_times_out").arg(port);
    guest.allow(format!("tcp connect 127.0.0.1:{port}")).passes();
    drop(queue);
}
