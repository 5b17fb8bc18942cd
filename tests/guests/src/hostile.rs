//! A guest that tries every side door which it can think of, and says of each how it was found.

use wallsocket::select::POLLIN;
use wallsocket::*;

use crate::check::number;

/// Says how a door was found. What the system says of a call is not what shuts a door: it got that far.
fn tried<T: std::fmt::Debug>(door: &str, result: Result<T>) {
    match result {
        Err(Error::Denied(_)) => println!("{door}: shut"),
        _ => println!("{door}: let through"),
    }
}

/// A socket that waits for nothing.
fn sock(family: i32, kind: i32) -> Socket {
    let sock = socket(family, kind, 0).expect("a socket of this kind needs no grant");
    sock.settimeout(0.0).expect("a mode");
    sock
}

fn tcp() -> Socket {
    sock(AF_INET, SOCK_STREAM)
}

fn udp() -> Socket {
    sock(AF_INET, SOCK_DGRAM)
}

fn tcp6() -> Socket {
    sock(AF_INET6, SOCK_STREAM)
}

/// Of loopback 127.0.0.1 is granted at that port, by TCP and UDP, and no other address.
pub(crate) fn try_every_side_door(arguments: &[String]) {
    let port: u16 = number(&arguments[0]);
    addresses(port);
    ways_out(port);
    local_addresses(port);
    options();
    families();
    paths(&arguments[1]);
    tried("look-up", getaddrinfo("example.invalid", 80));
    tried("reverse look-up", getnameinfo(("127.0.0.2", 80), 0));
    tried("interfaces", if_nameindex());
}

/// Every way to write 127.0.0.2, which isn't granted.
fn addresses(port: u16) {
    for host in ["127.0.0.2", "2130706434", "0x7f.2", "127.2", "0177.0.0.2"] {
        tried(&format!("tcp {host}"), tcp().connect((host, port)));
        tried(&format!("udp {host}"), udp().sendto("x", (host, port)));
    }
    for (kind, host) in [
        ("v4-mapped", "::ffff:127.0.0.2"),
        ("v4-compatible", "::127.0.0.2"),
        ("NAT64", "64:ff9b::7f00:2"),
        ("6to4", "2002:7f00:2::1"),
        ("Teredo", "2001::80ff:fffd"),
        ("::1 with a scope", "::1%1"),
        ("::", "::"),
        ("::ffff:0.0.0.0", "::ffff:0.0.0.0"),
    ] {
        // The wildcard is 127.0.0.1, which is granted at the other port.
        let port = if kind == "::ffff:0.0.0.0" { port + 1 } else { port };
        tried(kind, tcp6().connect((host, port)));
    }
    tried("0.0.0.0", tcp().connect(("0.0.0.0", port + 1)));
    let bound = tcp();
    bound.bind(("", 0)).expect("as the kernel would");
    tried("0.0.0.0 after a bind", bound.connect(("0.0.0.0", port + 1)));
}

/// Calls that reach out by another name than connect.
fn ways_out(port: u16) {
    let there = ("127.0.0.2", port);
    tried("MSG_FASTOPEN", tcp().sendto_flags("x", MSG_FASTOPEN, there));
    tried("MSG_FASTOPEN by sendmsg", tcp().sendmsg(&[b"x"], &[], MSG_FASTOPEN, there));
    tried("sendmsg", udp().sendmsg(&[b"x"], &[], 0, there));
    tried("batch", udp().send_datagrams(&[("x", there)], 0));
    let connected = udp();
    connected.connect(("127.0.0.1", port)).expect("it is granted");
    tried("sendto when connected", connected.sendto("x", there));
    connected.connect(Address::Unspecified).expect("an association can be dissolved");
    tried("reconnect", connected.connect(there));
    // struct in_pktinfo: an interface, the source, and what is ignored.
    let info = ControlMessage::raw(IPPROTO_IP, IP_PKTINFO, [0, 0, 0, 0, 127, 0, 0, 3, 0, 0, 0, 0]);
    tried("IP_PKTINFO", udp().sendmsg(&[b"x"], &[info], 0, ("127.0.0.1", port)));
    tried("MSG_DONTROUTE", udp().sendto_flags("x", MSG_DONTROUTE, ("127.0.0.1", port)));
    tried("dup", tcp().dup().and_then(|copy| copy.connect(there)));
    let shared = tcp().share(&self_id()).and_then(|token| fromshare(&token)).expect("with itself every guest may");
    tried("share", shared.connect(there));
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let sent = send_fds(&one, &[b"x"], &[Right::Socket(&udp())]);
    let came = sent.is_ok().then(|| recv_fds(&other, 9, 1).expect("the data comes").1.pop()).flatten();
    tried("pass", sent);
    match came {
        Some(ReceivedRight::Socket(passed)) => tried("passed", passed.sendto("x", there)),
        // No line lets it in.
        _ => println!("passed: shut"),
    }
}

/// Names of this machine's.
fn local_addresses(port: u16) {
    tried("listen without bind", tcp().listen(None));
    tried("listen without bind, IPv6", tcp6().listen(None));
    tried("dual-stack bind", tcp6().bind(("::", port + 2)));
    tried("bind to port 0", tcp().bind(("127.0.0.1", 0)));
    tried("bind to a port", udp().bind(("127.0.0.1", port + 2)));
    let bound = tcp();
    bound.bind(("", 0)).expect("as the kernel would");
    tried("listen on what the kernel would have bound", bound.listen(None));
    tried("autobind", sock(AF_UNIX, SOCK_DGRAM).bind(""));
    tried("SO_PASSCRED", sock(AF_UNIX, SOCK_DGRAM).setsockopt(SOL_SOCKET, SO_PASSCRED, 1));
    tried("a group", udp().setsockopt(IPPROTO_IP, IP_ADD_MEMBERSHIP, &[239, 1, 2, 3, 127, 0, 0, 1]));
}

/// Options that lead elsewhere, or to what is others'.
fn options() {
    let loose_source_route = [131, 7, 4, 127, 0, 0, 2, 0];
    for (name, option) in [("SO_REUSEPORT", SO_REUSEPORT), ("SO_REUSEADDR", SO_REUSEADDR), ("SO_MARK", SO_MARK)] {
        tried(name, udp().setsockopt(SOL_SOCKET, option, 1));
    }
    tried("SO_BINDTODEVICE", udp().setsockopt(SOL_SOCKET, SO_BINDTODEVICE, b"lo"));
    tried("SO_DONTROUTE", udp().setsockopt(SOL_SOCKET, SO_DONTROUTE, 1));
    for (name, option) in [("IP_TRANSPARENT", IP_TRANSPARENT), ("IP_FREEBIND", IP_FREEBIND)] {
        tried(name, udp().setsockopt(IPPROTO_IP, option, 1));
    }
    tried("source route", udp().setsockopt(IPPROTO_IP, IP_OPTIONS, &loose_source_route));
    let routing_header = [&[0, 2, 0, 1, 0, 0, 0, 0][..], &[0; 15], &[1]].concat();
    tried("routing header", sock(AF_INET6, SOCK_DGRAM).setsockopt(IPPROTO_IPV6, IPV6_RTHDR, &routing_header));
    let (pair, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    tried("SO_PEERGROUPS", pair.getsockopt_bytes(SOL_SOCKET, SO_PEERGROUPS, 64));
    tried("SO_PEERSEC as a number", pair.getsockopt(SOL_SOCKET, SO_PEERSEC));
    tried("IP_MULTICAST_ALL", udp().setsockopt(IPPROTO_IP, IP_MULTICAST_ALL, 1));
}

/// Sockets that are something by being there.
fn families() {
    tried("raw ICMP", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
    tried("ping", socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
    tried("raw IP", socket(AF_INET, SOCK_RAW, IPPROTO_UDP));
    tried("headers", socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
    tried("packet", socket(AF_PACKET, SOCK_RAW, 0));
    tried("netlink route", socket(AF_NETLINK, SOCK_RAW, 0));
    tried("netlink beyond route", socket(AF_NETLINK, SOCK_RAW, 16));
    tried("TIPC", socket(AF_TIPC, SOCK_STREAM, 0));
    tried("TIPC pair", socketpair(AF_TIPC, SOCK_STREAM, 0));
    tried("SCTP", socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP));
}

/// Names of Unix sockets beside the granted directory, which the guest knows as `/app`.
fn paths(outside: &str) {
    for (way, path) in [
        ("path", outside),
        ("path by ..", &format!("/app/..{outside}")),
        ("path by /proc", &format!("/proc/self/root{outside}")),
        ("path by a descriptor", "/proc/self/fd/3/socket"),
    ] {
        tried(way, sock(AF_UNIX, SOCK_STREAM).connect(path));
    }
    tried("bind to a path", sock(AF_UNIX, SOCK_STREAM).bind(format!("{outside}-bound")));
    tried("abstract name", sock(AF_UNIX, SOCK_STREAM).connect(b"\0wallsocket-nobody".to_vec()));
    tried("bind to an abstract name", sock(AF_UNIX, SOCK_STREAM).bind(b"\0wallsocket-hostile".to_vec()));
}

/// Names that lead to where a line by name doesn't: each is granted by name, for both families.
pub(crate) fn names_that_lead_inside(arguments: &[String]) {
    let port: u16 = number(&arguments[0]);
    for name in &arguments[1..] {
        let family = if name.starts_with('6') { AF_INET6 } else { AF_INET };
        tried(name, sock(family, SOCK_STREAM).connect((name.as_str(), port)));
    }
}

/// The name leads elsewhere each time that it is looked up: first to where it may, and then not.
pub(crate) fn a_name_is_bound_anew(arguments: &[String]) {
    let (name, port) = (arguments[0].as_str(), number::<u16>(&arguments[1]));
    sock(AF_INET, SOCK_STREAM).connect((name, port)).expect_err("it isn't waited for");
    for address in &arguments[2..] {
        tried(address, sock(AF_INET, SOCK_STREAM).connect((name, port)));
        // What was looked up before, and is looked up now.
        drop(getaddrinfo(name, port));
        tried(&format!("{address} itself"), sock(AF_INET, SOCK_STREAM).connect((address.as_str(), port)));
    }
}

/// The wildcard is loopback's first address, and not what the socket is bound to: there nobody listens.
pub(crate) fn the_wildcard_is_loopback_after_a_bind_too(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.bind(("127.0.0.2", 0)).expect("it is granted");
    let connected = sock.connect(("0.0.0.0", number::<u16>(&arguments[0])));
    assert_eq!(connected, Err(Error::Os(errno::ECONNREFUSED)), "127.0.0.1 is what was judged");
}

/// What no line opens: not even made to look as if it worked.
pub(crate) fn what_no_line_opens(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    for (name, option) in [("SO_PASSPIDFD", SO_PASSPIDFD), ("SO_PEERPIDFD", SO_PEERPIDFD)] {
        assert_eq!(one.setsockopt(SOL_SOCKET, option, 1), Err(Error::Os(errno::ENOPROTOOPT)), "{name} is set");
        assert_eq!(one.getsockopt(SOL_SOCKET, option), Err(Error::Os(errno::ENOPROTOOPT)), "{name} is read");
    }
    let filter = one.setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, &[0; 16]);
    assert_eq!(filter, Err(Error::Os(errno::ENOPROTOOPT)), "no pointer gets across");
    let mapped = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    let form = mapped.setsockopt(IPPROTO_IPV6, IPV6_ADDRFORM, AF_INET);
    assert_eq!(form, Err(Error::Os(errno::EPERM)), "it was judged as IPv6");
    let zero_copy = socket(AF_INET, SOCK_STREAM, 0).expect("a socket").getsockopt_bytes(IPPROTO_TCP, 35, 64);
    assert_eq!(zero_copy, Err(Error::Os(errno::ENOPROTOOPT)), "no pointer gets across");
    // Numbers of descriptors mean nothing, whatever they are.
    for number in [0_i32, 1, 2, 3, 10, 1 << 20] {
        let raw = ControlMessage::raw(SOL_SOCKET, SCM_RIGHTS, number.to_ne_bytes());
        assert_eq!(one.sendmsg(&[b"x"], &[raw], 0, Address::Unspecified), Err(Error::Os(errno::EBADF)), "{number}");
    }
    for token in [&[0; 16][..], &[255; 16], &[], &[1; 15], &[1; 17]] {
        assert_eq!(fromshare(token).map(drop), Err(Error::Os(errno::EINVAL)), "a token can't be guessed");
    }
    for number in [0, 1, 2, 3, 64] {
        assert_eq!(fromfd(number).map(drop), Err(Error::Os(errno::EBADF)), "nobody handed {number} over");
    }
    assert!(!other.subscribe(POLLIN).expect("a pollable").ready(), "nothing of it came");
}

/// Connects to a path again and again, of which others make another one meanwhile. Says how often it was refused, and how
/// often not.
pub(crate) fn connect_while_a_path_is_swapped(arguments: &[String]) {
    let (mut refused, mut inside) = (0, 0);
    for _ in 0..number::<u32>(&arguments[1]) {
        match socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket").connect(arguments[0].as_str()) {
            Ok(()) => inside += 1,
            Err(_) => refused += 1,
        }
    }
    println!("{refused} {inside}");
}
