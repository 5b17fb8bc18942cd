//! MPTCP and UDP-Lite: the grants of TCP and UDP.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::TcpListener;

use socket2::{Domain, Protocol, Socket, Type};
use wallsocket_tests::Guest;

/// Whether this kernel has the protocol.
fn has(kind: Type, protocol: i32) -> bool {
    match Socket::new(Domain::IPV4, kind, Some(Protocol::from(protocol))) {
        Ok(_) => true,
        Err(error) => {
            println!("skipped: this kernel has no protocol {protocol}: {error}");
            false
        }
    }
}

fn has_mptcp() -> bool {
    has(Type::STREAM, 262)
}

fn has_udplite() -> bool {
    has(Type::DGRAM, 136)
}

#[track_caller]
fn opens_by(line: &str, guest: impl Fn() -> Guest) {
    assert_eq!(guest().passes().stdout, format!("closed: {line}\n"));
    assert_eq!(guest().allow(line).passes().stdout, "open\n");
    assert_ne!(guest().allow(line).deny(line).passes().stdout, "open\n", "a deny line wins");
}

#[test]
fn mptcp_opens_by_the_lines_of_tcp() {
    if has_mptcp() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
        let port = listener.local_addr().expect("its address").port();
        opens_by(&format!("tcp connect 127.0.0.1:{port}"), || Guest::new("mptcp_connect").arg(port));
        opens_by("tcp listen 127.0.0.1:0", || Guest::new("mptcp_listen"));
    }
}

#[test]
fn mptcp_connects_and_falls_back() {
    if has_mptcp() {
        let guest = Guest::new("mptcp_connects_and_falls_back");
        guest.allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*").passes();
    }
}

#[test]
fn udplite_opens_by_the_lines_of_udp() {
    if has_udplite() {
        opens_by("udp send 127.0.0.1:9", || Guest::new("udplite_send"));
        opens_by("udp bind 127.0.0.1:0", || Guest::new("udplite_bind"));
    }
}

#[test]
fn udplite_datagrams_go_and_come() {
    if has_udplite() {
        let guest = Guest::new("udplite_datagrams_go_and_come");
        guest.allow("udp bind 127.0.0.1:*").allow("udp bind [::1]:*").allow("udp send *:*").passes();
    }
}
