//! Messages and control messages, from the outside.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::{TcpListener, UdpSocket};

use wallsocket_tests::{Guest, guests, network};

guests! {
    messages_are_gathered_and_scattered: ;
    messages_go_to_addresses: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    messages_say_how_they_came: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    all_of_a_stream_comes_as_one_message: ;
    bad_messages_are_errors: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    ipv4_datagrams_tell_how_they_came: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    ipv6_datagrams_tell_how_they_came: "udp bind [::1]:*", "udp send [::1]:*", "option IPV6_HOPOPTS", "option IPV6_DSTOPTS";
    datagrams_tell_when_they_came: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    lost_datagrams_are_counted: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    datagrams_are_cut_and_joined_by_the_kernel: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    streams_tell_what_is_left: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    the_urgent_byte_is_told_by_its_flag: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    more_is_one_datagram:
        "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*", "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
}

#[track_caller]
fn says(guest: Guest, expected: &[&str]) {
    let said = guest.passes().stdout;
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn refusals_are_in_the_error_queue() {
    // A port where nobody is: of a socket that is gone.
    let port = UdpSocket::bind("[::]:0").and_then(|gone| gone.local_addr()).expect("a port").port();
    Guest::new("refusals_are_in_the_error_queue")
        .arg(port)
        .allow(format!("udp send 127.0.0.1:{port}"))
        .allow(format!("udp send [::1]:{port}"))
        .passes();
}

#[test]
fn credentials_are_the_hosts_own() {
    let guest = Guest::new("credentials_are_the_hosts_own").arg(std::process::id()).allow("unix listen @*");
    let said = guest.passes().stdout;
    // SAFETY: these take nothing, and can't fail.
    #[allow(unsafe_code, reason = "the standard library doesn't tell")]
    let own = unsafe { format!("{} {}", libc::getuid(), libc::getgid()) };
    assert!(said.lines().count() == 6 && said.lines().all(|line| line == own), "{own}: {said}");
}

#[test]
fn credentials_take_a_name() {
    says(Guest::new("credentials_take_a_name"), &["closed: unix listen @*", "closed: unix listen @*", "open"]);
}

#[test]
fn priorities_and_marks_have_the_tier_of_their_options() {
    let guest = || Guest::new("priorities_and_marks").allow("udp bind 127.0.0.1:*").allow("udp send 127.0.0.1:*");
    says(guest(), &["closed: option SO_PRIORITY", "closed: option SO_MARK", "closed: option SO_MARK"]);
    // SAFETY: takes nothing, and can't fail.
    #[allow(unsafe_code, reason = "the standard library doesn't tell")]
    if unsafe { libc::geteuid() } != 0 {
        println!("skipped in part: the kernel lets root alone set these");
        return;
    }
    says(guest().allow("option SO_PRIORITY").allow("option SO_MARK"), &["open", "open", "open"]);
}

#[test]
fn a_source_is_bound_to() {
    let server = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = server.local_addr().expect("its address").port();
    let guest = || Guest::new("a_source_is_bound_to").arg(port).allow(format!("udp send 127.0.0.1:{port}"));
    let closed = "closed: udp bind 127.0.0.2:0";
    says(guest(), &[closed, closed, "closed: udp bind 0.0.0.0:0"]);
    let from = || {
        let mut buffer = [0; 9];
        let (length, from) = server.recv_from(&mut buffer).expect("it came");
        (String::from_utf8_lossy(&buffer[..length]).into_owned(), from.ip().to_string())
    };
    assert_eq!(from(), ("neither".to_owned(), "127.0.0.1".to_owned()), "what was refused had no effect");
    says(guest().allow("udp bind 127.0.0.2:0"), &["open", "open", "closed: udp bind 0.0.0.0:0"]);
    for _ in 0..2 {
        assert_eq!(from(), ("hello".to_owned(), "127.0.0.2".to_owned()), "the source is the one that was asked for");
    }
    says(guest().allow("udp bind 0.0.0.0:0"), &["open", "open", "open"]);
    says(guest().allow("udp bind *:*").deny("udp bind 127.0.0.2:*"), &["closed: ", "closed: ", "closed: "]);
}

#[test]
fn a_source_of_ipv6_is_bound_to() {
    let Ok(server) = UdpSocket::bind("[::1]:0") else {
        println!("skipped: this machine has no IPv6");
        return;
    };
    let port = server.local_addr().expect("its address").port();
    let guest = || Guest::new("a_source_of_ipv6_is_bound_to").arg(port).allow(format!("udp send [::1]:{port}"));
    says(guest(), &["closed: udp bind [::1]:0", "closed: udp bind [::]:0"]);
    says(guest().allow("udp bind [::1]:0"), &["open", "closed: udp bind [::]:0"]);
    says(guest().allow("udp bind [::]:0"), &["open", "open"]);
}

#[test]
fn extension_headers_have_the_tier_of_their_options() {
    let Ok(server) = UdpSocket::bind("[::1]:0") else {
        println!("skipped: this machine has no IPv6");
        return;
    };
    let port = server.local_addr().expect("its address").port();
    let guest = || Guest::new("extension_headers").arg(port).allow(format!("udp send [::1]:{port}"));
    let closed = ["IPV6_HOPOPTS", "IPV6_DSTOPTS", "IPV6_RTHDRDSTOPTS", "IPV6_RTHDR"];
    says(guest(), &closed.map(|name| format!("closed: option {name}")).each_ref().map(String::as_str));
    let granted = || closed.iter().fold(guest(), |guest, name| guest.allow(format!("option {name}")));
    says(granted(), &["open", "open", "open", "closed: udp send [fd00::1]:0"]);
    says(granted().allow("udp send [fd00::1]:*"), &["open", "open", "open", "judged: true"]);
}

#[test]
fn fast_open_by_message_is_a_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let line = format!("tcp connect 127.0.0.1:{port}");
    says(Guest::new("fast_open_by_message").arg(port), &[&format!("closed: {line}")]);
    says(Guest::new("fast_open_by_message").arg(port).allow(line), &["open"]);
}

#[test]
fn neighbours_alone_are_reached_without_routing() {
    network::alone(|| {
        network::ip("link add ours type veth peer name theirs");
        network::ip("address add 10.9.9.1/24 dev ours");
        network::ip("link set ours up");
        network::ip("link set theirs up");
        network::ip("route add 192.0.2.0/24 via 10.9.9.2");
        let guest = |way: &str| Guest::new("neighbours_alone").arg(way).allow("udp send *:*");
        guest("denied").passes();
        guest("granted").allow("option SO_DONTROUTE").passes();
    });
}
