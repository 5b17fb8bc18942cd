//! Packet sockets: made under a line, judged by interface, each way apart.

#![allow(clippy::disallowed_methods, reason = "who hands sockets over is native")]

use std::net::UdpSocket;
use std::os::fd::{FromRawFd, OwnedFd};
use std::process::Command;
use std::time::Duration;

use wallsocket_tests::network::{self, index, ip};
use wallsocket_tests::{Guest, Output, says};

/// Runs a test in a network with a cable, whose ends are `left` and `right`, and nothing else on it.
fn with_a_cable(test: impl FnOnce() + Send + 'static) {
    network::alone(|| {
        ip("link add left address 02:00:00:00:00:01 type veth peer name right address 02:00:00:00:00:02");
        for end in ["left", "right"] {
            // Whatever a new interface says by itself would be heard as well.
            std::fs::write(format!("/proc/sys/net/ipv6/conf/{end}/disable_ipv6"), "1").expect("it is ours");
            ip(&format!("link set {end} up"));
        }
        ["left", "right"].into_iter().for_each(network::wait_until_up);
        test();
    });
}

#[test]
fn a_packet_socket_is_not_even_made_without_a_line_about_such() {
    with_a_cable(|| {
        let guest = || Guest::new("make_a_packet_socket");
        says(guest(), "closed: packet capture *");
        let wide = guest().allow("raw ip *").allow("udp send *:*").allow("interfaces list").allow("netlink read route");
        says(wide, "closed: packet capture *");
        says(guest().allow("packet capture left"), "open");
        says(guest().allow("packet send left"), "open");
    });
}

#[test]
fn capturing_is_granted_by_interface() {
    with_a_cable(|| {
        let guest = |interface: &str| Guest::new("packet_capture").arg(interface);
        says(guest("left").allow("packet send left"), "closed: packet capture left");
        says(guest("left").allow("packet capture right"), "closed: packet capture left");
        says(guest("lo").allow("packet capture left"), "closed: packet capture lo");
        says(guest("left").allow("packet capture *").deny("packet capture left"), "closed: ");
        says(guest("").allow("packet capture left").allow("packet capture right"), "closed: packet capture *");
        says(guest("").allow("packet capture *").deny("packet capture lo"), "closed: ");
        // Whether there is such an interface is nothing to learn from a refusal.
        says(guest("nosuch0").allow("packet capture left"), "closed: packet capture nosuch0");
        says(guest("left").allow("packet capture left"), "open");
        says(guest("").allow("packet capture *"), "open");
    });
}

#[test]
fn sending_is_granted_by_interface() {
    with_a_cable(|| {
        let guest = || Guest::new("packet_send").arg("left").allow("packet capture left");
        says(guest(), "closed: packet send left");
        says(guest().allow("packet send right"), "closed: packet send left");
        says(guest().allow("packet send *").deny("packet send left"), "closed: ");
        says(guest().allow("packet send left"), "open");
    });
}

#[test]
fn another_name_of_an_interface_is_no_other_interface() {
    with_a_cable(|| {
        ip("link property add dev left altname gateway0");
        let guest = || Guest::new("packet_capture").arg("gateway0");
        says(guest().allow("packet capture gateway0"), "closed: packet capture left");
        says(
            guest().allow("packet capture gateway0").allow("packet capture *").deny("packet capture left"),
            "closed: ",
        );
        says(guest().allow("packet capture left"), "open");
    });
}

fn passes(name: &'static str, argument: &'static str, lines: &'static [&'static str]) {
    with_a_cable(move || {
        let guest =
            if argument == "INDEX" { Guest::new(name).arg(index("left")) } else { Guest::new(name).arg(argument) };
        let _: Output = lines.iter().fold(guest, |guest, line| guest.allow(*line)).passes();
    });
}

#[test]
fn frames_go_from_end_to_end() {
    passes("frames_go_from_end_to_end", "", &["packet capture left", "packet capture right", "packet send left"]);
}

#[test]
fn packet_types_are_the_kernels_to_say() {
    let lines = &["packet capture left", "packet capture right", "packet send left"];
    passes("packet_types_are_the_kernels_to_say", "", lines);
}

#[test]
fn before_its_bind_a_packet_socket_hears_nothing() {
    passes("an_unbound_packet_socket", "is deaf", &["packet capture right", "packet send left"]);
    passes("an_unbound_packet_socket", "hears", &["packet capture *", "packet send left"]);
}

#[test]
fn giving_up_capture_closes_ears() {
    passes("giving_up_capture_closes_ears", "", &["packet capture right", "packet send left", "packet send right"]);
}

#[test]
fn packet_options_do_what_they_say() {
    let lines = &["packet capture left", "packet send left", "packet send right", "option PACKET_QDISC_BYPASS"];
    passes("packet_options_do_what_they_say", "INDEX", lines);
}

#[test]
fn packet_sockets_have_their_limits() {
    passes("packet_sockets_have_their_limits", "INDEX", &["packet capture *", "packet send *"]);
}

#[test]
fn an_interface_is_made_promiscuous_where_capturing_is_granted() {
    with_a_cable(|| {
        let guest = || Guest::new("packet_membership").arg(index("left"));
        says(guest().allow("packet capture right").allow("packet send left"), "closed: packet capture left");
        says(guest().allow("packet capture left"), "open");
    });
}

/// `promiscuity 0`, as `ip -d link` says.
fn promiscuity(interface: &str) -> String {
    let output = Command::new("ip").args(["-d", "link", "show", interface]).output().expect("iproute2 is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (_, rest) = text.split_once("promiscuity ").expect("`ip` says it");
    format!("promiscuity {}", rest.split(' ').next().expect("a number"))
}

#[test]
fn an_interface_is_promiscuous_for_as_long_as_a_guest_asks() {
    with_a_cable(|| {
        let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let port = control.local_addr().expect("its address").port();
        let guest = Guest::new("make_promiscuous").arg(port).arg(index("left"));
        let guest = guest.allow(format!("udp send 127.0.0.1:{port}")).allow("packet capture left");
        let running = guest.start();
        control.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
        while !running.has_ended() {
            if let Ok((_, from)) = control.recv_from(&mut [0; 100]) {
                control.send_to(promiscuity("left").as_bytes(), from).expect("the guest is there");
            }
        }
        let output = running.wait();
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    });
}

/// A packet socket that hears every protocol of an interface, as a privileged program would make one and pass it on.
#[allow(unsafe_code, reason = "there is no safe wrapper here")]
fn native_socket_on(interface: &str) -> OwnedFd {
    const EVERY_PROTOCOL: u16 = 3;
    // SAFETY: takes numbers alone.
    let fd = unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, 0) };
    assert!(fd >= 0, "{}", std::io::Error::last_os_error());
    // SAFETY: it is nobody else's.
    let socket = unsafe { OwnedFd::from_raw_fd(fd) };
    // SAFETY: all fields are integers, for which zero is a value.
    let mut at: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
    at.sll_family = libc::AF_PACKET as libc::sa_family_t;
    at.sll_protocol = EVERY_PROTOCOL.to_be();
    at.sll_ifindex = index(interface).parse().expect("a number");
    // SAFETY: the address has the length that is given.
    let bound = unsafe { libc::bind(fd, (&raw const at).cast(), size_of_val(&at) as libc::socklen_t) };
    assert_eq!(bound, 0, "{}", std::io::Error::last_os_error());
    socket
}

#[test]
fn a_packet_socket_that_was_handed_over_is_judged_by_the_guests_own_lines() {
    with_a_cable(|| {
        let guest = || Guest::new("use_an_inherited_packet_socket").inherit(5, "", native_socket_on("left"));
        let said = guest().passes().stdout;
        assert_eq!(said, "closed: packet send left\ndeaf\n", "without a line it neither sends nor hears");
        let said = guest().allow("packet send left").allow("packet capture right").passes().stdout;
        assert_eq!(said, "open\ndeaf\n");
        let said = guest().allow("packet send left").allow("packet capture left").passes().stdout;
        assert_eq!(said, "open\nheard\n");
    });
}
