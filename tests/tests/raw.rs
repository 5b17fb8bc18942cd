//! Raw and ping sockets: made only under a line, judged by destination, deaf to strangers.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use wallsocket_tests::{Guest, network, says};

/// Whether this process may make raw sockets at all: root, or CAP_NET_RAW.
fn may_be_raw() -> bool {
    match Socket::new(Domain::IPV4, Type::RAW, Some(Protocol::ICMPV4)) {
        Ok(_) => true,
        Err(error) => {
            println!("skipped: raw sockets need CAP_NET_RAW here: {error}");
            false
        }
    }
}

/// Whether loopback has IPv6.
fn has_ipv6() -> bool {
    UdpSocket::bind("[::1]:0").is_ok()
}

#[test]
fn a_raw_socket_is_not_even_made_without_a_line_about_such() {
    if !may_be_raw() {
        return;
    }
    const INET: i32 = 2;
    const INET6: i32 = 10;
    let guest =
        |family: i32, kind: i32, protocol: i32| Guest::new("make_a_raw_socket").arg(family).arg(kind).arg(protocol);
    for (family, kind, protocol, line) in [
        (INET, 3, 1, "raw icmp *"),
        (INET, 2, 1, "raw icmp *"),
        (INET6, 3, 58, "raw icmp6 *"),
        (INET6, 2, 58, "raw icmp6 *"),
        (INET, 3, 6, "raw ip *"),
        (INET, 3, 58, "raw ip *"),
        (INET6, 3, 1, "raw ip *"),
        (INET, 3, 255, "raw ip *"),
    ] {
        let guest = || guest(family, kind, protocol);
        says(guest(), &format!("closed: {line}"));
        // Nothing wider implies it: neither everything of another transport, nor another verb.
        says(guest().allow("udp send *:*").allow("tcp connect *:*").allow("udp bind *:*"), &format!("closed: {line}"));
        says(guest().allow("packet capture *").allow("packet send *"), &format!("closed: {line}"));
        if protocol == 255 {
            says(guest().allow(line), "closed: option IP_HDRINCL");
            says(guest().allow(line).allow("option IP_HDRINCL"), "open");
        } else {
            says(guest().allow(line), "open");
            says(guest().allow("raw ip 192.0.2.0/24"), "open");
        }
    }
    says(guest(INET, 3, 253).allow("raw icmp *").allow("raw icmp6 *"), "closed: raw ip *");
    says(guest(INET6, 3, 58).allow("raw icmp *"), "closed: raw icmp6 *");
}

#[test]
fn sockets_that_are_none_have_the_kernels_errno() {
    if may_be_raw() {
        Guest::new("sockets_that_are_none_have_the_kernels_errno").allow("raw icmp *").allow("raw ip *").passes();
    }
}

#[test]
fn the_kernel_answers_an_echo_request() {
    if may_be_raw() {
        Guest::new("the_kernel_answers_an_echo_request").allow("raw icmp 127.0.0.1").passes();
        if has_ipv6() {
            Guest::new("the_kernel_answers_an_echo_request_of_ipv6").allow("raw icmp6 ::1").passes();
        } else {
            println!("skipped in part: this machine has no IPv6");
        }
    }
}

#[test]
fn ping_sockets_ping() {
    network::alone(|| {
        let range = "/proc/sys/net/ipv4/ping_group_range";
        std::fs::write(range, "0 2147483647").expect("it is a setting of this network alone");
        Guest::new("ping_sockets_ping").allow("raw icmp 127.0.0.1").allow("raw icmp6 ::1").passes();
    });
}

#[test]
fn packets_go_where_a_block_allows_it() {
    if !may_be_raw() {
        return;
    }
    let guest = |protocol: i32, to: &str| Guest::new("raw_send").arg(2).arg(protocol).arg(to);
    says(guest(1, "127.0.0.2").allow("raw icmp 127.0.0.1"), "closed: raw icmp 127.0.0.2");
    says(guest(1, "127.0.0.2").allow("raw icmp 127.0.0.0/8"), "open");
    says(guest(1, "127.0.0.2").allow("raw ip 127.0.0.2"), "open");
    says(guest(1, "127.0.0.2").allow("raw icmp *").deny("raw icmp 127.0.0.0/8"), "closed: ");
    says(guest(1, "0.0.0.0").allow("raw icmp 127.0.0.2"), "closed: raw icmp 127.0.0.1");
    says(guest(253, "127.0.0.2").allow("raw ip 127.0.0.1"), "closed: raw ip 127.0.0.2");
    says(guest(253, "127.0.0.2").allow("raw ip 127.0.0.0/30"), "open");
    if has_ipv6() {
        let guest = |to: &str| Guest::new("raw_send").arg(10).arg(58).arg(to);
        says(guest("::1").allow("raw icmp6 fd00::2"), "closed: raw icmp6 ::1");
        says(guest("::1").allow("raw icmp6 ::1"), "open");
    }
}

#[test]
fn a_local_address_is_an_end_like_the_other() {
    if !may_be_raw() {
        return;
    }
    let guest = || Guest::new("raw_bind").arg("127.0.0.2");
    says(guest().allow("raw icmp 192.0.2.1"), "closed: raw icmp 127.0.0.2");
    says(guest().allow("raw icmp 127.0.0.2"), "open");
}

#[test]
fn packets_of_any_protocol_go_and_come() {
    // In a network of its own, since a raw socket hears what other tests send.
    network::alone(|| drop(Guest::new("packets_of_any_protocol_go_and_come").allow("raw ip 127.0.0.1").passes()));
}

#[test]
fn headers_lead_where_they_were_judged_to() {
    network::alone(|| {
        let guest = Guest::new("headers_lead_where_they_were_judged_to").allow("option IP_HDRINCL");
        guest.allow("raw ip 127.0.0.0/8").passes();
    });
}

#[test]
fn headers_of_ipv6_lead_where_they_were_judged_to() {
    network::alone(|| {
        let guest = Guest::new("headers_of_ipv6_lead_where_they_were_judged_to").allow("option IP_HDRINCL");
        guest.allow("raw ip ::1").passes();
    });
}

#[test]
fn writing_headers_takes_a_grant_of_its_own() {
    if may_be_raw() {
        let guest = || Guest::new("write_headers").allow("raw icmp *").allow("raw ip *");
        says(guest(), "closed: option IP_HDRINCL");
        says(guest().allow("option IP_HDRINCL"), "open");
    }
}

#[test]
fn icmp_options_do_what_they_say() {
    network::alone(|| {
        let guest = Guest::new("icmp_options_do_what_they_say").allow("option IP_HDRINCL");
        guest.allow("raw ip 127.0.0.1").allow("raw ip ::1").passes();
    });
}

#[test]
fn strangers_to_a_raw_socket_are_not_heard() {
    network::alone(|| {
        let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let port = control.local_addr().expect("its address").port();
        let running = Guest::new("strangers_to_a_raw_socket_are_not_heard")
            .arg(port)
            .allow(format!("udp send 127.0.0.1:{port}"))
            .allow("raw ip 127.0.0.1")
            .start();
        let raw = |from: [u8; 4]| {
            let socket = Socket::new(Domain::IPV4, Type::RAW, Some(Protocol::from(253))).expect("we are root here");
            socket.bind(&SocketAddr::from((from, 0)).into()).expect("all of 127/8 is this machine's");
            socket
        };
        let (peer, stranger) = (raw([127, 0, 0, 1]), raw([127, 0, 0, 2]));
        let guest = SocketAddr::from(([127, 0, 0, 1], 0)).into();
        let send = |socket: &Socket, data: &[u8]| {
            assert_eq!(socket.send_to(data, &guest).expect("it is sent"), data.len());
        };
        control.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
        let mut request = [0; 100];
        while !running.has_ended() {
            let Ok((length, from)) = control.recv_from(&mut request) else { continue };
            // Over loopback what is sent has arrived when the call returns.
            match &request[..length] {
                b"peer" => send(&peer, b"asked"),
                _ => (0..3).for_each(|_| send(&stranger, b"unasked")),
            }
            control.send_to(b"sent", from).expect("the guest is there");
        }
        let output = running.wait();
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    });
}
