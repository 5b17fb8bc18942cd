//! Side doors: what would do what a refused call does, under another name.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

use socket2::{Domain, Socket, Type};
use wallsocket_tests::{Guest, Output, Running, says};

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    (listener, port)
}

#[test]
fn listen_without_bind_is_a_bind_to_the_wildcard() {
    says(Guest::new("listen_without_bind"), "closed: tcp listen 0.0.0.0:0");
    says(Guest::new("listen_without_bind").allow("tcp listen 127.0.0.1:0"), "closed: tcp listen 0.0.0.0:0");
    says(Guest::new("listen_without_bind").allow("tcp listen 0.0.0.0:0"), "open");
}

#[test]
fn listen_without_bind_is_dual_stack_in_ipv6() {
    let guest = |v6_only: i32| Guest::new("listen_without_bind_in_ipv6").arg(v6_only).allow("tcp listen [::]:0");
    says(guest(0), "closed: tcp listen 0.0.0.0:0");
    says(guest(0).allow("tcp listen 0.0.0.0:0"), "open");
    says(guest(1), "open");
}

#[test]
fn a_dual_stack_wildcard_takes_ipv4_as_well() {
    for transport in ["tcp", "udp"] {
        let verb = if transport == "tcp" { "tcp listen" } else { "udp bind" };
        let guest = |v6_only: i32| Guest::new("bind_the_ipv6_wildcard").arg(transport).arg(v6_only);
        says(guest(0), &format!("closed: {verb} *:0"));
        says(guest(0).allow(format!("{verb} [::]:0")), &format!("closed: {verb} 0.0.0.0:0"));
        says(guest(0).allow(format!("{verb} *:0")), "open");
        says(guest(1).allow(format!("{verb} [::]:0")), "open");
    }
}

#[test]
fn fast_open_is_a_connect() {
    let (_listener, port) = listener();
    let line = format!("tcp connect 127.0.0.1:{port}");
    says(Guest::new("fast_open").arg(port), &format!("closed: {line}"));
    says(Guest::new("fast_open").arg(port).allow(line), "open");
}

#[test]
fn autobind_takes_no_more_than_the_grant_to_reach_out() {
    let said = Guest::new("autobind").passes().stdout;
    assert_eq!(
        said, "closed: tcp listen 0.0.0.0:0\nclosed: udp bind 0.0.0.0:0\n",
        "without any grant nothing is bound"
    );
    says(Guest::new("autobind").allow("tcp connect 192.0.2.1:80").allow("udp send 192.0.2.1:53"), "open");
}

#[test]
fn what_may_bind_may_not_listen() {
    for (host, line, missing) in [
        ("127.0.0.1", "tcp bind 127.0.0.1:0", "tcp listen 127.0.0.1:0\n"),
        ("", "tcp connect 192.0.2.1:80", "tcp listen 0.0.0.0:0\n"),
    ] {
        let said = Guest::new("listen_where_only_bind_is_granted").arg(host).allow(line).passes().stdout;
        assert_eq!(said, missing, "`{line}` is no grant to accept connections");
    }
}

#[test]
fn a_connected_datagram_socket_is_asked_again_where_it_sends() {
    let (granted, other) = (Peers::new(), Peers::new());
    Guest::new("sendto_elsewhere_when_connected").arg(granted.port()).arg(other.port()).allow(granted.grant()).passes();
    other.peer.set_nonblocking(true).expect("it can be asked without waiting");
    other.peer.recv(&mut [0]).expect_err("what wasn't granted must not be reached");
}

#[test]
fn loopback_is_loopback_however_it_is_spelled() {
    let (_listener, port) = listener();
    let guest = || Guest::new("other_spellings_of_loopback").arg(port);
    let said = guest().passes().stdout;
    for line in said.lines() {
        let (tcp, udp) = (format!("tcp connect 127.0.0.1:{port}"), format!("udp send 127.0.0.1:{port}"));
        assert!([tcp, udp].iter().any(|grant| line == format!("closed: {grant}")), "{line}");
    }
    assert_eq!(said.lines().count(), 24);
    says(guest().allow(format!("tcp connect 127.0.0.1:{port}")).allow(format!("udp send 127.0.0.1:{port}")), "open");
    // Granting the spelling's own family isn't granting IPv4.
    let forbidden = guest().allow("tcp connect *:*").allow("udp send *:*").deny("tcp connect 127.0.0.0/8:*");
    says(forbidden.deny("udp send 127.0.0.0/8:*"), "closed: ");
}

#[test]
fn ipv6_loopback_is_loopback_however_it_is_spelled() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        println!("skipped: this machine has no IPv6");
        return;
    };
    let port = listener.local_addr().expect("its address").port();
    let guest = || Guest::new("spellings_of_ipv6_loopback").arg(port);
    says(guest(), &format!("closed: tcp connect [::1]:{port}"));
    says(guest().allow(format!("tcp connect [::1]:{port}")), "open");
}

#[test]
fn broadcasting_is_sending_to_the_broadcast_address() {
    let said = Guest::new("broadcast").allow("udp send 127.0.0.1:9").passes().stdout;
    assert_eq!(said, "closed: udp send 127.255.255.255:9\nclosed: udp send 255.255.255.255:9\n");
}

#[test]
fn a_bound_socket_does_not_widen_to_ipv4() {
    let Ok(tcp) = TcpListener::bind("[::1]:0") else {
        println!("skipped: this machine has no IPv6");
        return;
    };
    let port = tcp.local_addr().expect("its address").port();
    Guest::new("widening_to_ipv4_after_bind")
        .arg(port)
        .allow("tcp listen [::]:0")
        .allow("udp bind [::]:0")
        .allow(format!("tcp connect [::1]:{port}"))
        .allow(format!("udp send [::1]:{port}"))
        .passes();
}

/// A peer that a guest may send to, and strangers to it. The guest says over the peer what it wants to happen.
struct Peers {
    peer: UdpSocket,
    strangers: UdpSocket,
}

impl Peers {
    fn new() -> Self {
        let bind = || UdpSocket::bind("127.0.0.1:0").expect("a socket");
        Self { peer: bind(), strangers: bind() }
    }

    fn port(&self) -> u16 {
        self.peer.local_addr().expect("its address").port()
    }

    fn grant(&self) -> String {
        format!("udp send 127.0.0.1:{}", self.port())
    }

    /// Does what the guest says until it ends. Over loopback what is sent has arrived when the call returns.
    fn serve(&self, guest: Guest) -> Output {
        let running = guest.arg(self.port()).allow(self.grant()).start();
        self.peer.set_read_timeout(Some(std::time::Duration::from_millis(20))).expect("a timeout");
        let mut request = [0; 100];
        while !running.has_ended() {
            let Ok((length, guest)) = self.peer.recv_from(&mut request) else { continue };
            let words = String::from_utf8_lossy(&request[..length]).into_owned();
            let (what, port) = words.split_once(' ').expect("what, and to which port");
            self.act(what, (Ipv4Addr::LOCALHOST, port.parse().expect("a port")).into());
            self.peer.send_to(b"sent", guest).expect("the guest is there");
        }
        Self::check(running)
    }

    fn act(&self, what: &str, to: SocketAddr) {
        match what {
            "peer" => drop(self.peer.send_to(b"asked", to).expect("it is sent")),
            "group" => send_to_a_group(to.port()),
            _ => {
                for _ in 0..if what == "flood" { 200 } else { 3 } {
                    self.strangers.send_to(b"unasked", to).expect("it is sent");
                }
            }
        }
    }

    fn check(running: Running) -> Output {
        let output = running.wait();
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
        output
    }
}

/// Joins a group on loopback, and sends to it.
fn send_to_a_group(port: u16) {
    let group = Ipv4Addr::new(239, 1, 2, 3);
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, None).expect("a socket");
    socket.join_multicast_v4(&group, &Ipv4Addr::LOCALHOST).expect("loopback takes groups");
    socket.set_multicast_if_v4(&Ipv4Addr::LOCALHOST).expect("loopback takes groups");
    socket.send_to(b"for the group", &SocketAddr::from((group, port)).into()).expect("it is sent");
}

#[test]
fn strangers_are_not_heard_in_any_way() {
    Peers::new().serve(Guest::new("strangers_are_not_heard"));
}

#[test]
fn what_was_queued_before_connect_is_not_heard() {
    Peers::new().serve(Guest::new("what_was_queued_before_connect_is_not_heard"));
}

#[test]
fn restricting_holds_for_datagrams_and_pollables_too() {
    Peers::new().serve(Guest::new("restricting_closes_ears").allow("udp bind 127.0.0.1:0"));
}

#[test]
fn restricting_a_socket_holds_for_its_other_handles_and_pollables_too() {
    Peers::new().serve(Guest::new("restricting_a_socket_closes_its_ears").allow("udp bind 127.0.0.1:*"));
}

#[test]
fn binding_anew_is_judged_anew() {
    Peers::new().serve(Guest::new("binding_anew_is_judged_anew").allow("udp bind 127.0.0.1:0"));
}

#[test]
fn dropping_a_flood_lets_others_run() {
    let output = Peers::new().serve(Guest::new("a_flood_lets_others_run"));
    assert!(output.stats.datagrams_dropped >= 200, "each that was dropped is counted:\n{}", output.stats);
}

#[test]
fn groups_that_others_joined_are_not_heard() {
    let guest = || Guest::new("others_groups_are_not_heard").allow("udp bind 0.0.0.0:0");
    assert_eq!(Peers::new().serve(guest()).stdout, "");
    let opened = Peers::new().serve(guest().allow("option IP_MULTICAST_ALL"));
    assert_eq!(opened.stdout, "heard\n", "its line opens it");
}

#[test]
fn restricting_is_for_good() {
    let (listener, port) = listener();
    let reader = std::thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        let mut said = String::new();
        peer.read_to_string(&mut said).expect("the guest speaks");
        said
    });
    Guest::new("restricting_is_for_good").arg(port).allow(format!("tcp connect 127.0.0.1:{port}")).passes();
    assert_eq!(reader.join().expect("it was content"), "still connected");
}

#[test]
fn counting_bytes_keeps_a_pending_error() {
    // A port where nobody is: of a socket that is gone.
    let port = UdpSocket::bind("127.0.0.1:0").and_then(|gone| gone.local_addr()).expect("a port").port();
    Guest::new("counting_bytes_keeps_a_pending_error").arg(port).allow(format!("udp send 127.0.0.1:{port}")).passes();
}
