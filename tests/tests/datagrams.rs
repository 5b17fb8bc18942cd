//! Datagrams: UDP, from the outside.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::UdpSocket;

use wallsocket_tests::{Guest, guests};

guests! {
    a_datagram_comes_with_its_sender: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    a_datagram_is_cut_and_never_joined: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    the_largest_datagram_goes_whole: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    a_connected_socket_has_one_peer: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    a_closed_port_answers_a_connected_socket: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    a_deaf_socket_is_at_its_end: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    a_batch_that_does_not_add_up_is_refused: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    datagrams_of_any_size_go_in_a_batch: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    joined_datagrams_come_apart_in_a_batch: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    batches_go_and_come: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    ipv6_datagrams_name_their_sender: "udp bind *:*", "udp send 127.0.0.1:*", "udp send [::1]:*";
}

/// A guest that asks a native server once.
fn is_answered(name: &str) {
    let server = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = server.local_addr().expect("its address").port();
    let guest = Guest::new(name).arg(port).allow(format!("udp send 127.0.0.1:{port}")).start();
    let mut buffer = [0; 99];
    let (length, from) = server.recv_from(&mut buffer).expect("the guest asks");
    server.send_to(&buffer[..length].to_ascii_uppercase(), from).expect("the guest listens");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn a_datagram_client_is_answered() {
    is_answered("a_datagram_client_is_answered");
}

#[test]
fn a_connected_socket_hears_its_peer_without_a_grant() {
    is_answered("a_connected_socket_hears_its_peer_without_a_grant");
}
