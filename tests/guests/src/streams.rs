//! Streams: TCP and Unix.

use wallsocket::{AF_INET, Error, SHUT_WR, SOCK_STREAM, socket};

pub(crate) fn a_client_talks_to_an_echo_server(arguments: &[String]) {
    let port: u16 = arguments[0].parse().expect("a port");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", port)).expect("the grant allows it");
    sock.sendall("hello").expect("it takes five bytes");
    sock.shutdown(SHUT_WR).expect("it can be half-closed");
    assert_eq!(sock.recv(100).expect("the echo"), b"hello");
    assert_eq!(sock.recv(100).expect("the end"), b"");
}

pub(crate) fn connect_is_denied_by_default(arguments: &[String]) {
    let port: u16 = arguments[0].parse().expect("a port");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket needs no grant");
    let error = sock.connect(("127.0.0.1", port)).expect_err("nothing was granted");
    let Error::Denied(denial) = error else { panic!("not a refusal: {error}") };
    assert_eq!(denial.grant, format!("tcp connect 127.0.0.1:{port}"), "the refusal names the line that would allow it");
}
