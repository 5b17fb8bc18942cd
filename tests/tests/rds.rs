//! RDS: judged by address and port, on a kernel that has it.

#![allow(clippy::disallowed_methods, reason = "native peers")]

use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::sync::mpsc;

use socket2::{Domain, Socket, Type};
use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, network, says};

/// A guest at a door.
fn at(door: &str) -> Guest {
    door.split(' ').fold(Guest::new("rds_door"), |guest, word| guest.arg(word))
}

/// Each door is shut without its line, and opened by it.
#[test]
fn rds_doors_open_by_their_line() {
    kernel::with(Family::Rds).run("rds_doors_open_by_their_line", || {
        for (door, other, line) in [
            ("bind 127.0.0.1 4000", "rds send *:*", "rds bind 127.0.0.1:4000"),
            ("bind 127.0.0.1 80", "rds bind *:*", "rds bind 127.0.0.1:80"),
            ("bind 127.0.0.1 4000", "rds bind 127.0.0.2:*", "rds bind 127.0.0.1:4000"),
            ("sendto 127.0.0.1 4000", "rds bind *:*", "rds send 127.0.0.1:4000"),
            ("sendmsg 127.0.0.1 4000", "rds send 127.0.0.1:4001", "rds send 127.0.0.1:4000"),
            ("connect 127.0.0.1 4000", "udp send *:*", "rds send 127.0.0.1:4000"),
            // What it is, and not how it is spelled.
            ("sendto 2130706433 4000", "rds send 10.0.0.0/8:*", "rds send 127.0.0.1:4000"),
            ("connect 0.0.0.0 4000", "rds send 0.0.0.0:4000", "rds send 127.0.0.1:4000"),
        ] {
            let other = if door.starts_with("connect 127") { "rds bind *:*" } else { other };
            says(at(door).allow(other), &format!("closed: {line}"));
            says(at(door).allow(line), "open");
            says(at(door).allow(other).allow(line).deny(line), "closed: ");
        }
        // Whoever may send may have a port for it.
        says(at("bind 127.0.0.1 0").allow("rds bind 127.0.0.1:4000"), "closed: rds bind 127.0.0.1:0");
        says(at("bind 127.0.0.1 0").allow("rds send 127.0.0.1:4000"), "open");
        says(at("bind 127.0.0.1 0").allow("rds send 127.0.0.1:4000").deny("rds bind *:*"), "closed: ");
    });
}

#[test]
fn an_rds_socket_takes_a_line_to_be_made() {
    kernel::with(Family::Rds).run("an_rds_socket_takes_a_line_to_be_made", || {
        says(at("bind 127.0.0.1 0").allow("udp bind *:*"), "closed: rds send *:*");
    });
}

/// Behaviours of one guest, each with the lines that it takes.
macro_rules! on_rds {
    ($($name:ident: $($grant:literal),*;)*) => {$(
        #[test]
        fn $name() {
            kernel::with(Family::Rds).run(stringify!($name), || {
                Guest::new(stringify!($name))$(.allow($grant))*.passes();
            });
        }
    )*};
}

on_rds! {
    rds_messages_go_both_ways: "rds send 127.0.0.1:4001", "rds bind 127.0.0.1:4001", "rds bind 192.0.2.1:*";
    rds_options: "rds send 127.0.0.1:4001";
    rds_takes_no_addresses_of_memory: "rds send 127.0.0.1:4001", "rds bind 127.0.0.1:4001";
}

fn native(port: u16) -> Socket {
    let socket = Socket::new(Domain::from(21), Type::SEQPACKET, None).expect("this kernel has RDS");
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], port)).into()).expect("a free port");
    socket
}

/// A port that the kernel picked for who sends isn't one that everybody is heard at.
#[test]
fn rds_strangers_are_not_heard() {
    kernel::with(Family::Rds).run("rds_strangers_are_not_heard", || {
        let (friend, stranger) = (native(5001), native(5002));
        for (guest, hears) in [
            (Guest::new("rds_hears").arg(0).allow("rds send 127.0.0.1:5001"), "friend"),
            (Guest::new("rds_hears").arg(5000).allow("rds bind 127.0.0.1:5000"), "stranger"),
            // A line that was given up opens no ears.
            (
                Guest::new("rds_hears")
                    .arg(5000)
                    .arg("rds send 127.0.0.1:5001")
                    .allow("rds bind 127.0.0.1:5000")
                    .allow("rds send 127.0.0.1:5001"),
                "friend",
            ),
        ] {
            let mut guest = guest.start();
            let port: u16 = guest.line().parse().expect("a port");
            let there = SocketAddr::from(([127, 0, 0, 1], port)).into();
            stranger.send_to(b"stranger", &there).expect("there is room");
            friend.send_to(b"friend", &there).expect("there is room");
            assert_eq!(guest.line(), hears);
            let ended = guest.wait();
            assert_eq!(ended.status, 0, "{}", ended.stderr);
        }
    });
}

/// A socket of a machine at the other end of a link.
fn neighbour() -> Socket {
    let (started, ready) = mpsc::channel();
    let (joined, link) = mpsc::channel();
    let there = std::thread::spawn(move || {
        // SAFETY: takes flags alone, and changes the network of this thread only.
        #[allow(unsafe_code, reason = "there is no safe wrapper here")]
        let number = unsafe {
            assert_eq!(libc::unshare(libc::CLONE_NEWNET), 0, "{}", std::io::Error::last_os_error());
            libc::gettid()
        };
        started.send(number).expect("the other side waits");
        link.recv().expect("the link is made");
        network::ip("address add 10.99.0.2/24 dev theirs");
        network::ip("link set theirs up");
        let socket = Socket::new(Domain::from(21), Type::SEQPACKET, None).expect("this kernel has RDS");
        socket.bind(&SocketAddr::from(([10, 99, 0, 2], 4000)).into()).expect("a free port");
        socket
    });
    let number = ready.recv().expect("it has a network");
    network::ip(&format!("link add ours type veth peer name theirs netns {number}"));
    network::ip("address add 10.99.0.1/24 dev ours");
    network::ip("link set ours up");
    joined.send(()).expect("it waits");
    let socket = there.join().expect("it has a socket");
    network::wait_until_up("ours");
    socket
}

#[test]
fn rds_over_tcp() {
    kernel::with(Family::Rds).run("rds_over_tcp", || {
        let peer = neighbour();
        // One that everybody is heard at, and one that isn't.
        for (port, line) in [(4000, "rds bind 10.99.0.1:4000"), (0, "rds send 10.99.0.3:1")] {
            let guest = Guest::new("rds_over_tcp").arg(port).allow("rds send 10.99.0.2:4000");
            congests(&peer, guest.allow(line));
        }
    });
}

/// Lets a guest send more than is received, and then receives it.
fn congests(peer: &Socket, guest: Guest) {
    let mut guest = guest.start();
    let mut buffer = [MaybeUninit::uninit(); 8192];
    let (length, from) = peer.recv_from(&mut buffer).expect("it comes");
    let ip = from.as_socket().map(|from| from.ip());
    assert_eq!((length, ip), (8, Some([10, 99, 0, 1].into())));
    peer.send_to(b"and back", &from).expect("there is room");
    assert_eq!(guest.line(), "full");
    let mut received = 0;
    while peer.recv(&mut buffer).expect("it comes") != 4 {
        received += 1;
    }
    assert!(received > 1, "{received} messages were received before the last");
    let ended = guest.wait();
    assert_eq!(ended.status, 0, "{}", ended.stderr);
}
