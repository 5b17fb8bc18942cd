//! What options do, seen by a neighbour across a link of the test's own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]
#![allow(unsafe_code, reason = "a network of one's own is made by unshare(2)")]

#[path = "option_effects/link.rs"]
mod link;

use std::io::Read;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

use link::{MTU, Neighbour, OURS, OURS6, THEIRS, THEIRS6, THIRD, THIRD6, control, index, linked, run};
use socket2::SockRef;
use wallsocket_tests::Guest;

const GROUP: Ipv4Addr = Ipv4Addr::new(239, 1, 2, 3);
const GROUP6: Ipv6Addr = Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 1, 3);

/// A guest that asks the test for what it needs.
fn guest(name: &str, answer: impl Fn(&str) -> String + Send + 'static) -> Guest {
    let port = control(answer);
    Guest::new(name).arg(port).allow(format!("udp send 127.0.0.1:{port}"))
}

/// Sends what a guest asks for: `2 239.1.2.3:5000` from the neighbour's second address, which says so.
fn senders(neighbour: &Neighbour) -> impl Fn(&str) -> String + Send + 'static {
    let sockets: Vec<(&str, UdpSocket)> = vec![
        ("2", neighbour.datagrams((THEIRS, 0))),
        ("3", neighbour.datagrams((THIRD, 0))),
        ("2v6", neighbour.datagrams((THEIRS6, 0))),
        ("3v6", neighbour.datagrams((THIRD6, 0))),
    ];
    let theirs = neighbour.does(|| index("theirs"));
    for (name, socket) in &sockets {
        match name.ends_with("v6") {
            true => SockRef::from(socket).set_multicast_if_v6(theirs).expect("the link"),
            false => SockRef::from(socket).set_multicast_if_v4(&THEIRS).expect("the link"),
        }
    }
    move |wanted| {
        let (from, to) = wanted.split_once(' ').expect("who, and where to");
        let (_, socket) = sockets.iter().find(|(name, _)| *name == from).expect("a sender");
        socket.send_to(format!("from {from}").as_bytes(), to).expect("it can be sent");
        "sent".to_owned()
    }
}

#[test]
fn a_group_is_heard_for_as_long_as_it_is_joined() {
    let Some(neighbour) = linked("a_group_is_heard_for_as_long_as_it_is_joined") else { return };
    for (group, own, sources) in [
        (GROUP.to_string(), OURS.to_string(), [THEIRS.to_string(), THIRD.to_string()]),
        (GROUP6.to_string(), OURS6.to_string(), [THEIRS6.to_string(), THIRD6.to_string()]),
    ] {
        let guest = || {
            let guest = guest("hear_a_group", senders(&neighbour)).arg(index("ours")).arg(&group).arg(&own);
            guest.arg(&sources[0]).arg(&sources[1]).allow("udp bind *:*")
        };
        guest().allow(format!("udp join {group}")).passes();
        let refused = guest().deny(format!("udp join {group}")).allow("udp join *").run();
        assert_ne!(refused.status, 0, "a deny line is a deny line");
        let refused = guest().allow("udp join 239.2.0.0/16").run();
        assert!(refused.stderr.contains(&format!("udp join {group}")), "the line is named: {}", refused.stderr);
    }
}

#[test]
fn multicast_goes_as_far_and_where_it_is_told() {
    let Some(neighbour) = linked("multicast_goes_as_far_and_where_it_is_told") else { return };
    let packets = neighbour.packets();
    guest("send_to_a_group", move |port| packets.next(port.parse().expect("a port")))
        .arg(index("ours"))
        .arg(OURS)
        .arg(GROUP)
        .arg(GROUP6)
        .allow("udp join *")
        .allow(format!("udp send {GROUP}:*"))
        .allow(format!("udp send [{GROUP6}]:*"))
        .allow("udp bind *:*")
        .passes();
}

#[test]
fn headers_say_what_options_set() {
    let Some(neighbour) = linked("headers_say_what_options_set") else { return };
    let packets = neighbour.packets();
    let answer = move |port: &str| packets.next(port.parse().expect("a port"));
    let mut guest = guest("send_with_headers", answer).arg(THEIRS).arg(THEIRS6).arg(index("ours"));
    guest = guest.allow(format!("udp send {THEIRS}:*")).allow(format!("udp send [{THEIRS6}]:*"));
    for option in ["IP_OPTIONS", "IPV6_HOPOPTS", "IPV6_DSTOPTS", "IPV6_RTHDR", "IPV6_PKTINFO"] {
        guest = guest.allow(format!("option {option}"));
    }
    guest.passes();
}

#[test]
fn a_path_has_an_mtu() {
    let Some(neighbour) = linked("a_path_has_an_mtu") else { return };
    let (four, six) = (neighbour.datagrams((THEIRS, 0)), neighbour.datagrams((THEIRS6, 0)));
    let port = |socket: &UdpSocket| socket.local_addr().expect("its address").port();
    let (port4, port6) = (port(&four), port(&six));
    // Tells how long the next datagram was.
    let answer = move |which: &str| {
        let socket = if which == "4" { &four } else { &six };
        socket.recv(&mut [0; 9000]).expect("it comes").to_string()
    };
    guest("send_along_a_path", answer)
        .arg(MTU)
        .arg(SocketAddr::from((THEIRS, port4)))
        .arg(SocketAddr::from((THEIRS6, port6)))
        .allow(format!("udp send {THEIRS}:{port4}"))
        .allow(format!("udp send [{THEIRS6}]:{port6}"))
        .passes();
}

#[test]
fn broadcast_reaches_the_neighbour_once_it_is_switched_on() {
    let Some(neighbour) = linked("broadcast_reaches_the_neighbour_once_it_is_switched_on") else { return };
    let socket = neighbour.datagrams((Ipv4Addr::UNSPECIFIED, 0));
    let port = socket.local_addr().expect("its address").port();
    let answer = move |_: &str| {
        let mut data = [0; 100];
        let length = socket.recv(&mut data).expect("it comes");
        String::from_utf8_lossy(&data[..length]).into_owned()
    };
    guest("broadcast_over_the_link", answer).arg(port).allow(format!("udp send 10.9.0.255:{port}")).passes();
}

#[test]
fn the_way_can_be_chosen_with_a_grant() {
    let Some(neighbour) = linked("the_way_can_be_chosen_with_a_grant") else { return };
    let socket = neighbour.datagrams((THEIRS, 0));
    let port = socket.local_addr().expect("its address").port();
    // What is marked with 7 has no way; the network behind the neighbour has one through it.
    run(&["ip", "rule", "add", "fwmark", "7", "lookup", "100"]);
    run(&["ip", "route", "add", "unreachable", "default", "table", "100"]);
    run(&["ip", "route", "add", "10.10.0.0/24", "via", &THEIRS.to_string()]);
    let mut guest = Guest::new("choose_the_way").arg(port).arg(THEIRS).arg(index("ours"));
    for option in ["SO_BINDTODEVICE", "SO_BINDTOIFINDEX", "SO_MARK", "SO_DONTROUTE", "IP_FREEBIND", "IP_TRANSPARENT"] {
        guest = guest.allow(format!("option {option}"));
    }
    guest
        .allow(format!("udp send {THEIRS}:{port}"))
        .allow(format!("udp send 10.10.0.9:{port}"))
        .allow("udp bind 203.0.113.5:*")
        .passes();
    let mut data = [0; 100];
    let heard: Vec<String> = std::iter::repeat_with(|| {
        let length = socket.recv(&mut data).expect("it comes");
        String::from_utf8_lossy(&data[..length]).into_owned()
    })
    .take(3)
    .collect();
    assert_eq!(heard, ["device", "index", "unmarked"], "what had a way arrived");
}

#[test]
fn a_peer_that_vanished_is_noticed_in_the_time_that_was_set() {
    let Some(neighbour) = linked("a_peer_that_vanished_is_noticed_in_the_time_that_was_set") else { return };
    let listener = neighbour.does(|| TcpListener::bind((THEIRS, 0)).expect("a listener"));
    let port = listener.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        let peers: Vec<_> = listener.incoming().flatten().take(2).collect();
        std::thread::park();
        drop(peers);
    });
    let answer = move |_: &str| {
        // Nothing comes back from now on, as of a machine that lost its power.
        neighbour.does(|| run(&["ip", "address", "flush", "dev", "theirs"]));
        "gone".to_owned()
    };
    let grant = format!("tcp connect {THEIRS}:{port}");
    guest("notice_that_a_peer_vanished", answer).arg(THEIRS).arg(port).allow(grant).passes();
}

#[test]
fn fast_open_carries_data_in_the_first_packet() {
    let Some(neighbour) = linked("fast_open_carries_data_in_the_first_packet") else { return };
    let listener = neighbour.does(|| {
        // To serve Fast Open the system has to be told, and so has the listener; 0x200 takes data without a cookie.
        std::fs::write("/proc/sys/net/ipv4/tcp_fastopen", "515").expect("this network's own");
        let listener = TcpListener::bind((THEIRS, 0)).expect("a listener");
        let queue: libc::c_int = 5;
        let size = size_of::<libc::c_int>() as libc::socklen_t;
        let fd = std::os::fd::AsRawFd::as_raw_fd(&listener);
        // SAFETY: the kernel reads a C int.
        let set =
            unsafe { libc::setsockopt(fd, libc::IPPROTO_TCP, libc::TCP_FASTOPEN, (&raw const queue).cast(), size) };
        assert_eq!(set, 0, "{}", std::io::Error::last_os_error());
        listener
    });
    let port = listener.local_addr().expect("its address").port();
    let answer = move |_: &str| {
        let (mut peer, _) = listener.accept().expect("it comes");
        let mut data = [0; 5];
        peer.read_exact(&mut data).expect("with the data");
        String::from_utf8_lossy(&data).into_owned()
    };
    let run = |granted: bool, answer: Box<dyn Fn(&str) -> String + Send>| {
        let guest = guest("open_fast", answer).arg(THEIRS).arg(port).arg(granted);
        if granted { guest.allow(format!("tcp connect {THEIRS}:{port}")) } else { guest }
    };
    run(false, Box::new(|_| panic!("nothing is asked for"))).passes();
    run(true, Box::new(answer)).passes();
}
