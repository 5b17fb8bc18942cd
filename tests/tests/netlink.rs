//! Netlink sockets: reading under a grant to read, and nothing else under it.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::UdpSocket;
use std::time::Duration;

use wallsocket_tests::network::{self, index, ip, show};
use wallsocket_tests::{Guest, says};

/// Runs a test in a network with a cable, whose ends are `left` and `right`, both down.
fn with_a_cable(test: impl FnOnce() + Send + 'static) {
    network::alone(|| {
        ip("link add left type veth peer name right");
        test();
    });
}

fn is_up(interface: &str) -> bool {
    show(interface).contains(",UP")
}

#[test]
fn a_netlink_socket_is_not_even_made_without_a_line_about_its_family() {
    let guest = |family: i32| Guest::new("make_a_netlink_socket").arg(family);
    for (family, name) in [(0, "route"), (4, "sock-diag"), (15, "kobject-uevent"), (16, "generic")] {
        let line = format!("netlink read {name}");
        says(guest(family), &format!("closed: {line}"));
        let wide = guest(family).allow("packet capture *").allow("raw ip *").allow("interfaces list");
        says(wide.allow("netlink read xfrm"), &format!("closed: {line}"));
        says(guest(family).allow(&line).deny(&line), "closed: ");
    }
    says(guest(0).allow("netlink read route"), "open");
    says(guest(0).allow("netlink write route"), "open");
}

#[test]
fn netlink_goes_by_bsds_name_too() {
    Guest::new("netlink_goes_by_bsds_name_too").allow("netlink read route").passes();
}

#[test]
fn links_and_addresses_are_dumped() {
    with_a_cable(|| drop(Guest::new("links_and_addresses_are_dumped").allow("netlink read route").passes()));
}

#[test]
fn who_may_read_may_not_write() {
    with_a_cable(|| {
        Guest::new("netlink_writes").arg(index("left")).allow("netlink read route").passes();
        assert!(!is_up("left"), "no request of the guest's reached the kernel");
        // The same change, where it is allowed.
        Guest::new("netlink_write").arg(index("left")).allow("netlink write route").passes();
        assert!(is_up("left"), "the link was set up");
    });
}

#[test]
fn netlink_goes_to_the_kernel_and_to_nobody_else() {
    let lines = ["netlink read route", "netlink write route", "netlink read xfrm", "netlink read usersock"];
    let guest = lines.iter().fold(Guest::new("netlink_has_one_peer"), |guest, line| guest.allow(*line));
    with_a_cable(|| drop(guest.passes()));
}

#[test]
fn joining_a_group_is_reading() {
    with_a_cable(|| {
        let guest = |group: i32| Guest::new("netlink_groups").arg(group);
        says(guest(1).allow("netlink write route"), "closed: netlink read route");
        says(guest(1).allow("netlink read route"), "open");
        // Reports that a routing daemon is to answer, which the kernel takes a capability for.
        says(guest(30).allow("netlink read route"), "closed: netlink write route");
        says(guest(31).allow("netlink read route"), "closed: netlink write route");
    });
}

#[test]
fn netlink_options_do_what_they_say() {
    with_a_cable(|| drop(Guest::new("netlink_options_do_what_they_say").allow("netlink read route").passes()));
}

/// Sends a message to somebody's netlink socket, as any program of root's can.
#[allow(unsafe_code, reason = "there is no safe wrapper here")]
fn send_as_a_stranger(port: u32) {
    // SAFETY: takes numbers alone.
    let fd = unsafe { libc::socket(libc::AF_NETLINK, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::NETLINK_ROUTE) };
    assert!(fd >= 0, "{}", std::io::Error::last_os_error());
    // SAFETY: all fields are integers, for which zero is a value.
    let mut to: libc::sockaddr_nl = unsafe { std::mem::zeroed() };
    to.nl_family = libc::AF_NETLINK as libc::sa_family_t;
    to.nl_pid = port;
    let data = [0u8; 32];
    // SAFETY: both the data and the address have the lengths that are given.
    let sent = unsafe {
        let address = (&raw const to).cast::<libc::sockaddr>();
        libc::sendto(fd, data.as_ptr().cast(), data.len(), 0, address, size_of_val(&to) as libc::socklen_t)
    };
    assert_eq!(sent, 32, "{}", std::io::Error::last_os_error());
    // SAFETY: it is ours, and not used again.
    unsafe { libc::close(fd) };
}

#[test]
fn links_are_watched_and_strangers_not_heard() {
    with_a_cable(|| {
        let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let port = control.local_addr().expect("its address").port();
        let guest = Guest::new("links_are_watched").arg(port).allow(format!("udp send 127.0.0.1:{port}"));
        let running = guest.allow("netlink read route").start();
        control.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
        let mut request = [0; 100];
        while !running.has_ended() {
            let Ok((length, from)) = control.recv_from(&mut request) else { continue };
            let words = String::from_utf8_lossy(&request[..length]).into_owned();
            match words.split_once(' ') {
                Some((_, port)) => send_as_a_stranger(port.parse().expect("a port")),
                None => ip("link set left up"),
            }
            control.send_to(b"done", from).expect("the guest is there");
        }
        let output = running.wait();
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    });
}
