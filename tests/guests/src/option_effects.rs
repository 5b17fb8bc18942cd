//! What options do, beyond coming back as they went in: across a link that the test has made.

mod local;
mod multicast;

use std::net::{Ipv4Addr, Ipv6Addr};

pub(crate) use local::*;
pub(crate) use multicast::{hear_a_group, send_to_a_group};
use wallsocket::errno::{EACCES, EADDRNOTAVAIL, EHOSTUNREACH, EMSGSIZE, ENETUNREACH, ENOTCONN, ETIMEDOUT};
use wallsocket::*;

use crate::check::{Control, denied, number};
use crate::help::{at_once, fails};

fn udp() -> Socket {
    socket(AF_INET, SOCK_DGRAM, 0).expect("a socket")
}

fn udp6() -> Socket {
    socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket")
}

fn tcp() -> Socket {
    socket(AF_INET, SOCK_STREAM, 0).expect("a socket")
}

#[track_caller]
fn set<'a>(sock: &Socket, level: i32, option: i32, value: impl Into<OptionValue<'a>>) {
    sock.setsockopt(level, option, value).unwrap_or_else(|error| panic!("option {option} of level {level}: {error}"));
}

/// The port that the test's packets are told apart by.
const PORT: u16 = 7000;

/// Control port, the neighbour's addresses, the interface's index.
pub(crate) fn send_with_headers(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let (theirs, theirs6, index) = (arguments[1].as_str(), arguments[2].as_str(), number::<u32>(&arguments[3]));
    let seen = |sock: &Socket, to: &str| {
        sock.sendto("x", (to, PORT)).expect("it can be sent");
        control.tell(PORT)
    };
    let sock = udp();
    assert_eq!(seen(&sock, theirs), "class=0 hops=64 header=20 next=17 x", "as it is at first");
    set(&sock, IPPROTO_IP, IP_TOS, 0xb8);
    assert_eq!(seen(&sock, theirs), "class=184 hops=64 header=20 next=17 x", "IP_TOS");
    set(&sock, IPPROTO_IP, IP_TTL, 9);
    assert_eq!(seen(&sock, theirs), "class=184 hops=9 header=20 next=17 x", "IP_TTL");
    set(&sock, IPPROTO_IP, IP_OPTIONS, &[7, 7, 4, 0, 0, 0, 0]);
    assert_eq!(seen(&sock, theirs), "class=184 hops=9 header=28 next=17 x", "a record of the route");
    // A source route goes where its addresses say: each has to be granted, at every port.
    let [a, b, c, d] = theirs.parse::<Ipv4Addr>().expect("an address").octets();
    set(&sock, IPPROTO_IP, IP_OPTIONS, &[131, 7, 4, a, b, c, d]);
    let elsewhere = sock.setsockopt(IPPROTO_IP, IP_OPTIONS, &[131, 11, 4, a, b, c, d, 192, 0, 2, 1]);
    assert_eq!(denied(elsewhere), "udp send 192.0.2.1:0", "each hop is judged");
    let loopback = sock.setsockopt(IPPROTO_IP, IP_OPTIONS, &[131, 7, 4, 0, 0, 0, 0]);
    assert_eq!(denied(loopback), "udp send 127.0.0.1:0", "and is loopback however it is spelled");
    fails(sock.setsockopt(IPPROTO_IP, IP_OPTIONS, &[134, 6, 0, 0, 0, 1]), errno::EINVAL, "no security labels");
    set(&sock, IPPROTO_IP, IP_OPTIONS, b"");
    assert_eq!(seen(&sock, theirs), "class=184 hops=9 header=20 next=17 x", "nothing takes them away");

    let sock = udp6();
    assert_eq!(seen(&sock, theirs6), "class=0 hops=64 header=40 next=17 x", "as it is at first");
    set(&sock, IPPROTO_IPV6, IPV6_TCLASS, 0x48);
    assert_eq!(seen(&sock, theirs6), "class=72 hops=64 header=40 next=17 x", "IPV6_TCLASS");
    set(&sock, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 5);
    assert_eq!(seen(&sock, theirs6), "class=72 hops=5 header=40 next=17 x", "IPV6_UNICAST_HOPS");
    let padding = [0, 0, 1, 4, 0, 0, 0, 0];
    set(&sock, IPPROTO_IPV6, IPV6_DSTOPTS, &padding);
    assert_eq!(seen(&sock, theirs6), "class=72 hops=5 header=48 next=60 x", "IPV6_DSTOPTS");
    set(&sock, IPPROTO_IPV6, IPV6_HOPOPTS, &padding);
    assert_eq!(seen(&sock, theirs6), "class=72 hops=5 header=56 next=0 x", "IPV6_HOPOPTS");
    let mut home = [0, 2, 0xc9, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 0];
    fails(sock.setsockopt(IPPROTO_IPV6, IPV6_DSTOPTS, &home), errno::EPERM, "nobody else's address is the sender's");
    home[2] = 0x1e;
    set(&sock, IPPROTO_IPV6, IPV6_DSTOPTS, &home);
    let segments = |address: Ipv6Addr| [&[0, 2, 4, 0, 0, 0, 0, 0][..], &address.octets()].concat();
    let elsewhere = sock.setsockopt(IPPROTO_IPV6, IPV6_RTHDR, &segments(Ipv6Addr::LOCALHOST));
    assert_eq!(denied(elsewhere), "udp send [::1]:0", "each segment is judged");
    let granted = sock.setsockopt(IPPROTO_IPV6, IPV6_RTHDR, &segments(theirs6.parse().expect("an address")));
    // A kernel without segment routing knows no routing header at all.
    assert!(matches!(granted, Ok(()) | Err(Error::Os(errno::EINVAL))), "{granted:?}");
    // The interface can be chosen, and an address only where a bind grant covers it.
    set(&sock, IPPROTO_IPV6, IPV6_PKTINFO, &layout::in6_pktinfo(Ipv6Addr::UNSPECIFIED, index));
    let ours = sock.setsockopt(IPPROTO_IPV6, IPV6_PKTINFO, &layout::in6_pktinfo("fd09::1".parse().expect("ours"), 0));
    assert_eq!(denied(ours), "udp bind [fd09::1]:0", "a source is a bind");
}

/// Control port, the link's MTU, and where the neighbour hears.
pub(crate) fn send_along_a_path(arguments: &[String]) {
    let (control, mtu): (_, i32) = (Control::new(&arguments[0]), number(&arguments[1]));
    let connected = |sock: Socket, to: &str| {
        let (host, port) = to.rsplit_once(':').expect("an address and a port");
        sock.connect((host.trim_matches(['[', ']']), number::<u16>(port))).expect("granted");
        sock
    };
    let sock = connected(udp(), &arguments[2]);
    assert_eq!(sock.getsockopt(IPPROTO_IP, IP_MTU), Ok(mtu), "ip(7): of the path that it is connected by");
    let data = vec![7; 2000];
    set(&sock, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
    fails(sock.send(&data), EMSGSIZE, "nothing is fragmented");
    set(&sock, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
    assert_eq!(sock.send(&data), Ok(2000), "in fragments");
    assert_eq!(control.tell("4"), "2000", "and put together again");

    let sock = connected(udp6(), &arguments[3]);
    assert_eq!(sock.getsockopt(IPPROTO_IPV6, IPV6_MTU), Ok(mtu));
    let info = sock.getsockopt_bytes(IPPROTO_IPV6, IPV6_PATHMTU, 32).expect("a struct ip6_mtuinfo");
    assert_eq!(info[28..], mtu.to_le_bytes(), "the same in its structure");
    assert_eq!(sock.send(&data), Ok(2000), "in fragments, as long as nothing else is said");
    assert_eq!(control.tell("6"), "2000");
    set(&sock, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
    fails(sock.send(&data), EMSGSIZE, "IPV6_DONTFRAG");
    set(&sock, IPPROTO_IPV6, IPV6_DONTFRAG, 0);
    set(&sock, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IP_PMTUDISC_DO);
    fails(sock.send(&data), EMSGSIZE, "IPV6_MTU_DISCOVER");
}

/// Control port, and where the neighbour hears.
pub(crate) fn broadcast_over_the_link(arguments: &[String]) {
    let (control, port) = (Control::new(&arguments[0]), number::<u16>(&arguments[1]));
    let sock = udp();
    fails(sock.sendto("early", ("10.9.0.255", port)), EACCES, "not before SO_BROADCAST is on");
    set(&sock, SOL_SOCKET, SO_BROADCAST, 1);
    sock.sendto("to all", ("10.9.0.255", port)).expect("it is on");
    assert_eq!(control.tell("what came?"), "to all");
    denied(sock.sendto("to all of all", ("255.255.255.255", port)));
}

/// Where the neighbour hears, its address, and the index of the interface that leads there.
pub(crate) fn choose_the_way(arguments: &[String]) {
    let (port, theirs, index) = (number::<u16>(&arguments[0]), arguments[1].as_str(), number::<i32>(&arguments[2]));
    // By a device.
    let sock = udp();
    set(&sock, SOL_SOCKET, SO_BINDTODEVICE, "lo");
    assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, SO_BINDTODEVICE, 16), Ok(b"lo\0".to_vec()));
    // Loopback doesn't lead there: what goes there is lost, or can't be sent.
    let _ = sock.sendto("lost", (theirs, port));
    set(&sock, SOL_SOCKET, SO_BINDTODEVICE, "ours");
    sock.sendto("device", (theirs, port)).expect("it leads there");
    fails(sock.setsockopt(SOL_SOCKET, SO_BINDTODEVICE, "nosuchlink"), errno::ENODEV, "there is none");
    set(&sock, SOL_SOCKET, SO_BINDTODEVICE, "");
    assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, SO_BINDTODEVICE, 16), Ok(Vec::new()), "an empty name unbinds");
    let sock = udp();
    set(&sock, SOL_SOCKET, SO_BINDTOIFINDEX, 1);
    let _ = sock.sendto("lost", (theirs, port));
    set(&sock, SOL_SOCKET, SO_BINDTOIFINDEX, index);
    sock.sendto("index", (theirs, port)).expect("it leads there");
    // By a mark, which the machine's rules know.
    let sock = udp();
    set(&sock, SOL_SOCKET, SO_MARK, 7);
    fails(sock.sendto("x", (theirs, port)), EHOSTUNREACH, "what is marked has no way");
    set(&sock, SOL_SOCKET, SO_MARK, 0);
    sock.sendto("unmarked", (theirs, port)).expect("anything else has");
    // Past the routers.
    let sock = udp();
    sock.sendto("to nobody", ("10.10.0.9", port)).expect("there is a router to it");
    set(&sock, SOL_SOCKET, SO_DONTROUTE, 1);
    fails(sock.sendto("x", ("10.10.0.9", port)), ENETUNREACH, "it is no neighbour");
    // From an address that the machine hasn't got; the bind is judged all the same.
    for option in [IP_FREEBIND, IP_TRANSPARENT] {
        let sock = udp();
        fails(sock.bind(("203.0.113.5", 0)), EADDRNOTAVAIL, "it isn't this machine's");
        set(&sock, IPPROTO_IP, option, 1);
        denied(sock.bind(("203.0.113.6", 0)));
        sock.bind(("203.0.113.5", 0)).expect("the option and the line allow it");
    }
}

/// Control port, and where the neighbour listens. With each option a connection ends long before it would otherwise.
pub(crate) fn notice_that_a_peer_vanished(arguments: &[String]) {
    let (control, theirs, port) = (Control::new(&arguments[0]), arguments[1].as_str(), number::<u16>(&arguments[2]));
    let connect = || {
        let sock = tcp();
        sock.connect((theirs, port)).expect("granted");
        sock
    };
    let (idle, busy) = (connect(), connect());
    for (option, value) in [(TCP_KEEPIDLE, 1), (TCP_KEEPINTVL, 1), (TCP_KEEPCNT, 2)] {
        set(&idle, IPPROTO_TCP, option, value);
    }
    set(&idle, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(&busy, IPPROTO_TCP, TCP_USER_TIMEOUT, 1500);
    assert_eq!(control.tell("go"), "gone");
    busy.send("is anybody there?").expect("it fits the buffer");
    for sock in [&idle, &busy] {
        let ended = at_once(|| sock.recv(1));
        // A neighbour's hardware address that isn't to be had any more is an error of its own.
        assert!(matches!(ended, Err(Error::Os(ETIMEDOUT | EHOSTUNREACH))), "{ended:?}");
    }
}

/// Control port, where the neighbour listens, and whether connecting there is granted.
pub(crate) fn open_fast(arguments: &[String]) {
    let (control, theirs, port) = (Control::new(&arguments[0]), arguments[1].as_str(), number::<u16>(&arguments[2]));
    let sock = tcp();
    set(&sock, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
    set(&sock, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1);
    let connected = sock.connect((theirs, port));
    if arguments[3] != "true" {
        assert_eq!(denied(connected), format!("tcp connect {theirs}:{port}"), "it is a connect");
        fails(sock.send("hello"), errno::EPIPE, "nor is a send one, then");
        return;
    }
    connected.expect("granted");
    fails(sock.getpeername(), ENOTCONN, "nothing has been sent yet");
    sock.sendall("hello").expect("with the first packet");
    assert_eq!(control.tell("what came?"), "hello");
    let info = sock.getsockopt_bytes(IPPROTO_TCP, TCP_INFO, 8).expect("a struct tcp_info");
    // TCPI_OPT_SYN_DATA: the peer took the data of the first packet.
    assert_ne!(info[5] & 32, 0, "the data went with the first packet: {info:?}");
}
