//! Socket options.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::{SocketAddr, UdpSocket};

use socket2::{Domain, Socket, Type};
use wallsocket_tests::{Guest, guests};

guests! {
    what_a_socket_is_can_be_read_and_not_set: "tcp listen 127.0.0.1:*";
    structures_come_back_as_they_went_in: ;
    what_has_no_row_is_not_available: ;
    bad_values_are_errors: ;
    queues_can_be_measured: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    a_receive_waits_for_as_much_as_it_was_told: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    closing_without_time_to_linger_resets: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    accepting_waits_for_data: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    a_port_is_picked_when_it_is_known_what_for: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    tcp_tells_of_its_connection: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    a_key_is_needed_where_one_was_set: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    what_no_guest_may_have_says_so: ;
}

#[test]
fn buffers_are_set_and_clamped() {
    Guest::new("buffers_are_set_and_clamped").limits(|limits| limits.buffer_bytes = 16_384).passes();
}

/// The kernel lets a host with the capability use all of them, and loads modules for more.
#[test]
fn algorithms_that_not_everybody_may_use_take_a_grant() {
    let list = |name: &str| {
        let file = format!("/proc/sys/net/ipv4/tcp_{name}_congestion_control");
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let allowed = list("allowed");
    let says = |guest: Guest, expected: &str| assert_eq!(guest.passes().stdout, expected);
    let guest = |name: &str| Guest::new("control_congestion_by").arg(name);
    says(guest(&allowed[0]), "open\n");
    let Some(other) = list("available").into_iter().find(|name| !allowed.contains(name)) else {
        println!("skipped: everybody may use all of this machine's algorithms: {allowed:?}");
        return;
    };
    says(guest(&other), "closed: option TCP_CONGESTION\n");
    says(guest(&other).allow("option TCP_CONGESTION"), "open\n");
}

/// A guest that shares a port, or finds it taken.
fn sharing(kind: &str, option: &str, port: &str, control: &UdpSocket) -> Guest {
    let (verb, control) = (if kind == "udp" { "udp bind" } else { "tcp listen" }, control.local_addr());
    let control = control.expect("its address").port();
    Guest::new("share_a_port")
        .arg(kind)
        .arg(option)
        .arg(port)
        .arg(control)
        .allow(format!("{verb} 127.0.0.1:*"))
        .allow(format!("option {option}"))
        .allow(format!("udp send 127.0.0.1:{control}"))
}

/// Waits until a guest says that it holds its port, and tells how to let it go.
fn held(control: &UdpSocket) -> impl FnOnce() + '_ {
    let (_, guest) = control.recv_from(&mut [0; 100]).expect("it says so");
    move || {
        control.send_to(b"enough", guest).expect("it waits");
    }
}

fn has_mptcp() -> bool {
    Socket::new(Domain::IPV4, Type::STREAM, Some(socket2::Protocol::MPTCP)).is_ok()
}

#[test]
fn two_guests_never_share_a_port_whatever_they_are_granted() {
    for (kind, option) in [("udp", "SO_REUSEPORT"), ("udp", "SO_REUSEADDR"), ("tcp", "SO_REUSEPORT")] {
        let control = UdpSocket::bind("127.0.0.1:0").expect("loopback");
        let mut first = sharing(kind, option, "0", &control).start();
        let port = first.line();
        let let_go = held(&control);
        let said = sharing(kind, option, &port, &control).passes().stdout;
        assert_eq!(said, "another guest's\n", "{kind}, {option}");
        if kind == "tcp" && has_mptcp() {
            let said = sharing("mptcp", option, &port, &control).passes().stdout;
            assert_eq!(said, "another guest's\n", "MPTCP has TCP's ports");
        }
        // A native program of the same user may share it: that is what the line grants.
        let kind_of = if kind == "udp" { Type::DGRAM } else { Type::STREAM };
        let native = Socket::new(Domain::IPV4, kind_of, None).expect("a socket");
        match option {
            "SO_REUSEPORT" => native.set_reuse_port(true).expect("an option"),
            _ => native.set_reuse_address(true).expect("an option"),
        }
        let address: SocketAddr = format!("127.0.0.1:{port}").parse().expect("an address");
        native.bind(&address.into()).unwrap_or_else(|error| panic!("{kind}, {option}: {error}"));
        drop(native);
        let_go();
        assert_eq!(first.wait().status, 0, "{kind}, {option}");
        // Nobody's any more.
        let last = sharing(kind, option, &port, &control).start();
        held(&control)();
        assert_eq!(last.wait().status, 0, "{kind}, {option}: what a guest held is free after it");
    }
}

#[test]
fn a_port_can_be_shared_once_it_is_bound() {
    let control = UdpSocket::bind("127.0.0.1:0").expect("loopback");
    let to = control.local_addr().expect("its address").port();
    let mut first = Guest::new("share_a_port_late")
        .arg(to)
        .allow("udp bind 127.0.0.1:*")
        .allow("option SO_REUSEPORT")
        .allow(format!("udp send 127.0.0.1:{to}"))
        .start();
    let port = first.line();
    let let_go = held(&control);
    assert_eq!(sharing("udp", "SO_REUSEPORT", &port, &control).passes().stdout, "another guest's\n");
    let_go();
    assert_eq!(first.wait().status, 0);
}

#[test]
fn credentials_give_a_name_and_take_its_line() {
    let said = Guest::new("credentials_give_a_name").passes().stdout;
    assert_eq!(said, "closed: unix listen @*\n".repeat(4), "each would be named by the kernel");
    let said = Guest::new("credentials_give_a_name").allow("unix listen @*").passes().stdout;
    assert_eq!(said, "open\n".repeat(4));
}

#[test]
fn servers_share_a_port_with_a_grant() {
    let guest = || Guest::new("servers_share_a_port").allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*");
    assert_eq!(guest().passes().stdout, "closed: option SO_REUSEPORT\n");
    assert_eq!(guest().allow("option SO_REUSEPORT").passes().stdout, "open\n");
}
