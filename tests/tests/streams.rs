//! Streams: TCP and Unix, from the outside.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::{Read, Write};
use std::net::TcpListener;

use wallsocket_tests::Guest;

#[test]
fn a_client_talks_to_an_echo_server() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let echo = std::thread::spawn(move || {
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
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    listener.set_nonblocking(true).expect("it can be asked without waiting");
    let port = listener.local_addr().expect("its address").port();
    Guest::new("connect_is_denied_by_default").arg(port).passes();
    let nobody = listener.accept().expect_err("no connection was made");
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock, "a refused guest must not reach the peer at all");
}
