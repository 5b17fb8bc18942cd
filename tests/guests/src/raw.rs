//! Raw sockets and ping sockets.

use wallsocket::select::{POLLIN, poll};
use wallsocket::*;

use crate::check::{Control, denied, number, say};
use crate::help::{SOON, fails};

/// A protocol that is free for experiments (RFC 3692).
const EXPERIMENT: i32 = 253;

fn ip(protocol: i32) -> Socket {
    let sock = socket(AF_INET, SOCK_RAW, protocol).expect("the grant is there");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

fn checksum(data: &[u8]) -> [u8; 2] {
    let mut sum: u32 = data.chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0))).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    u16::try_from(!sum & 0xffff).expect("16 bits").to_be_bytes()
}

/// An echo request (RFC 792; RFC 4443, section 4.1). ICMPv6's checksum is the kernel's.
fn echo_request(kind: u8, id: u16, data: &[u8]) -> Vec<u8> {
    let mut message = vec![kind, 0, 0, 0];
    message.extend(id.to_be_bytes());
    message.extend([0, 1]);
    message.extend(data);
    if kind == 8 {
        let sum = checksum(&message);
        message[2..4].copy_from_slice(&sum);
    }
    message
}

/// An IPv4 packet whose length and checksum the kernel fills in.
fn packet(from: [u8; 4], to: [u8; 4], protocol: u8, data: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x45, 0, 0, 0, 0, 0, 0, 0, 64, protocol, 0, 0];
    packet.extend(from);
    packet.extend(to);
    packet.extend(data);
    packet
}

/// Each kind of socket that hears by being there.
pub(crate) fn make_a_raw_socket(arguments: &[String]) {
    let (family, kind, protocol) = (number(&arguments[0]), number(&arguments[1]), number(&arguments[2]));
    match socket(family, kind, protocol) {
        // Whom the kernel lets have one of these is a setting of its own, `ping_group_range`.
        Err(Error::Os(errno::EACCES)) if kind == SOCK_DGRAM => println!("open"),
        made => say(made.map(drop)),
    }
}

pub(crate) fn sockets_that_are_none_have_the_kernels_errno(_: &[String]) {
    for (family, protocol, errno) in [
        (AF_INET, 0, errno::EPROTONOSUPPORT),
        (AF_INET6, 0, errno::EPROTONOSUPPORT),
        (AF_INET, 256, errno::EPROTONOSUPPORT),
        (AF_INET, -1, errno::EPROTONOSUPPORT),
        // IPv6's extension headers, which could lead on.
        (AF_INET6, 43, errno::EPROTONOSUPPORT),
        (AF_INET6, 44, errno::EPROTONOSUPPORT),
        (AF_INET6, 60, errno::EPROTONOSUPPORT),
    ] {
        let what = format!("a raw socket of family {family} and protocol {protocol}");
        fails(socket(family, SOCK_RAW, protocol), errno, &what);
    }
    let sock = ip(IPPROTO_ICMP);
    fails(sock.listen(None), errno::EOPNOTSUPP, "a raw socket doesn't listen");
    fails(sock.send("x"), errno::EDESTADDRREQ, "nor has it a peer yet");
    fails(socketpair(AF_INET, SOCK_RAW, IPPROTO_ICMP), errno::EOPNOTSUPP, "nor are there pairs");
}

pub(crate) fn the_kernel_answers_an_echo_request(_: &[String]) {
    let sock = ip(IPPROTO_ICMP);
    assert_eq!((sock.type_(), sock.proto()), (Ok(SOCK_RAW), Ok(IPPROTO_ICMP)));
    let request = echo_request(8, 0x7761, b"over the wall");
    assert_eq!(sock.sendto(&request, ("127.0.0.1", 0)), Ok(request.len()));
    loop {
        let (packet, from) = sock.recvfrom(2000).expect("the kernel answers");
        assert_eq!(from.to_string(), "('127.0.0.1', 0)");
        // An IPv4 raw socket gets the header too, raw(7); and on loopback hears the request as well.
        let message = &packet[4 * usize::from(packet[0] & 15)..];
        if message[0] == 0 && message[4..6] == [0x77, 0x61] {
            assert_eq!(&message[8..], b"over the wall");
            return;
        }
    }
}

pub(crate) fn the_kernel_answers_an_echo_request_of_ipv6(_: &[String]) {
    let sock = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6).expect("the grant is there");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    let request = echo_request(128, 0x7761, b"over the wall");
    assert_eq!(sock.sendto(&request, ("::1", 0)), Ok(request.len()));
    loop {
        let (message, from) = sock.recvfrom(2000).expect("the kernel answers");
        assert_eq!(from.to_string(), "('::1', 0, 0, 0)");
        if message[0] == 129 && message[4..6] == [0x77, 0x61] {
            assert_eq!(&message[8..], b"over the wall");
            return;
        }
    }
}

/// In a network where everybody may have ping sockets.
pub(crate) fn ping_sockets_ping(_: &[String]) {
    for (family, protocol, kind, host) in
        [(AF_INET, IPPROTO_ICMP, 8, "127.0.0.1"), (AF_INET6, IPPROTO_ICMPV6, 128, "::1")]
    {
        let sock = socket(family, SOCK_DGRAM, protocol).expect("the grant is there");
        sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
        sock.connect((host, 0)).expect("the grant is there");
        let request = echo_request(kind, 0, b"ping");
        assert_eq!(sock.send(&request), Ok(request.len()));
        let reply = sock.recv(2000).expect("the kernel answers");
        assert_eq!((reply[0], &reply[8..]), (if kind == 8 { 0 } else { 129 }, &b"ping"[..]), "the reply alone");
        let other = socket(family, SOCK_DGRAM, protocol).expect("the grant is there");
        denied(other.sendto(&request, (if kind == 8 { "127.0.0.2" } else { "::2" }, 0)));
    }
}

pub(crate) fn raw_send(arguments: &[String]) {
    let (family, protocol) = (number(&arguments[0]), number(&arguments[1]));
    let sock = socket(family, SOCK_RAW, protocol).expect("a line speaks of such sockets");
    let to = (arguments[2].as_str(), 0);
    say(sock.sendto(echo_request(8, 1, b""), to));
    say(sock.connect(to));
    say(sock.send_datagrams(&[(echo_request(8, 1, b""), to)], 0));
}

pub(crate) fn raw_bind(arguments: &[String]) {
    ip(IPPROTO_ICMP).bind(("0.0.0.0", 0)).expect("the wildcard is what it has anyway");
    say(ip(IPPROTO_ICMP).bind((arguments[0].as_str(), 0)));
}

/// Both ways between two sockets of the guest's own.
pub(crate) fn packets_of_any_protocol_go_and_come(_: &[String]) {
    let (one, other) = (ip(EXPERIMENT), ip(EXPERIMENT));
    one.bind(("127.0.0.1", 0)).expect("it is within the blocks");
    other.connect(("127.0.0.1", 0)).expect("it is granted");
    other.send("there").expect("it is connected");
    let (heard, from) = one.recvfrom(100).expect("it comes");
    assert_eq!(&heard[20..], b"there");
    one.sendto("and back", from).expect("it is granted");
    // A raw socket hears all of its protocol, also what itself has sent.
    assert_eq!(&other.recv(100).expect("its own")[20..], b"there");
    assert_eq!(&other.recv(100).expect("it comes")[20..], b"and back");
}

/// The guest says when strangers are to send, and when the peer.
pub(crate) fn strangers_to_a_raw_socket_are_not_heard(arguments: &[String]) {
    let (sock, control) = (ip(EXPERIMENT), Control::new(&arguments[0]));
    sock.settimeout(0.0).expect("it can be non-blocking");
    let mut both = poll();
    both.register(&sock, POLLIN).expect("it is open");
    let pollable = sock.subscribe(POLLIN).expect("a pollable");
    let silent: [(&str, &dyn Fn()); 7] = [
        ("recv", &|| fails(sock.recv(100), errno::EAGAIN, "recv must not hear a stranger")),
        ("recvfrom", &|| fails(sock.recvfrom(100), errno::EAGAIN, "recvfrom must not hear a stranger")),
        ("MSG_PEEK", &|| fails(sock.recv_flags(100, MSG_PEEK), errno::EAGAIN, "nor may a peek")),
        ("batch", &|| fails(sock.receive_datagrams(9, 100, 0), errno::EAGAIN, "nor a batch")),
        ("poll", &|| assert!(both.poll(0).expect("it is open").is_empty(), "poll must not tell of a stranger")),
        ("pollable", &|| assert!(!pollable.ready(), "a pollable must not tell of a stranger")),
        ("FIONREAD", &|| assert_eq!(sock.bytes_readable(), Ok(0), "nor may FIONREAD count it")),
    ];
    for (way, check) in silent {
        assert_eq!(control.tell("strangers"), "sent", "{way}");
        check();
    }
    control.tell("strangers");
    control.tell("peer");
    assert!(pollable.ready(), "what may be heard is told of");
    assert_eq!(&sock.recv(100).expect("it may be heard")[20..], b"asked");
    // Connecting hears no more than before.
    sock.connect(("127.0.0.1", 0)).expect("it is granted");
    control.tell("strangers");
    control.tell("peer");
    assert_eq!(&sock.recv(100).expect("the peer may be heard")[20..], b"asked");
}

/// The kernel sends what such a socket is given as it is: so the header is judged.
pub(crate) fn headers_lead_where_they_were_judged_to(_: &[String]) {
    const HERE: [u8; 4] = [127, 0, 0, 1];
    let protocol = 253;
    let (sock, ears) = (ip(IPPROTO_RAW), ip(EXPERIMENT));
    let to = ("127.0.0.1", 0);
    let hears = |what: &[u8], source: [u8; 4]| {
        let packet = ears.recv(100).expect("it comes");
        assert_eq!((&packet[20..], &packet[12..16]), (what, &source[..]));
    };
    sock.sendto(packet([0; 4], HERE, protocol, b"plain"), to).expect("the kernel fills the source in");
    hears(b"plain", HERE);

    let elsewhere = packet([0; 4], [127, 0, 0, 9], protocol, b"elsewhere");
    denied(sock.sendto(&elsewhere, to));
    denied(sock.send_datagrams(&[(&elsewhere, to)], 0));
    denied(sock.sendto(packet([10, 9, 9, 9], HERE, protocol, b"forged"), to));
    denied(sock.sendto(packet(HERE, HERE, protocol, b"not its own yet"), to));
    let mut options = packet([0; 4], HERE, protocol, b"\x83\x07\x04\x7f\x00\x00\x09\x00source routed");
    options[0] = 0x47;
    denied(sock.sendto(&options, to));
    for (what, bad) in [("too short", vec![0x45; 19]), ("of IPv6", vec![0x65; 40]), ("none", vec![])] {
        fails(sock.sendto(&bad, to), errno::EINVAL, what);
    }

    sock.bind(to).expect("it is within the blocks");
    sock.sendto(packet(HERE, HERE, protocol, b"its own"), to).expect("it is bound to it");
    hears(b"its own", HERE);
    denied(sock.sendto(packet([127, 0, 0, 2], HERE, protocol, b"forged"), to));

    fails(sock.send(packet(HERE, HERE, protocol, b"x")), errno::EDESTADDRREQ, "it isn't connected");
    sock.connect(to).expect("it is granted");
    sock.send(packet(HERE, HERE, protocol, b"connected")).expect("the header leads to the peer");
    hears(b"connected", HERE);
    denied(sock.send(&elsewhere));
    denied(sock.sendall(&elsewhere));
    // 0.0.0.0 is judged as loopback, and so the header has to say loopback.
    denied(sock.sendto(packet(HERE, [0; 4], protocol, b"x"), ("0.0.0.0", 0)));

    permissions::restrict(&["raw icmp 127.0.0.0/8", "option IP_HDRINCL"]).expect("a guest can give things up");
    denied(sock.send(packet(HERE, HERE, protocol, b"any protocol")));
}

/// The same for IPv6, where the kernel fills nothing in.
pub(crate) fn headers_of_ipv6_lead_where_they_were_judged_to(_: &[String]) {
    const HERE: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let packet = |from: [u8; 16], to: [u8; 16], next: u8, data: &[u8]| {
        let length = u16::try_from(data.len()).expect("it is short").to_be_bytes();
        [&[0x60, 0, 0, 0, length[0], length[1], next, 64][..], &from, &to, data].concat()
    };
    let make = |protocol| {
        let sock = socket(AF_INET6, SOCK_RAW, protocol).expect("the grant is there");
        sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
        sock
    };
    let (sock, ears) = (make(IPPROTO_RAW), make(EXPERIMENT));
    let mut elsewhere = HERE;
    elsewhere[0] = 0xfd;
    denied(sock.sendto(packet(HERE, HERE, 253, b"not its own yet"), ("::1", 0)));
    sock.bind(("::1", 0)).expect("it is within the blocks");
    denied(sock.sendto(packet(HERE, elsewhere, 253, b"elsewhere"), ("::1", 0)));
    denied(sock.sendto(packet(elsewhere, HERE, 253, b"forged"), ("::1", 0)));
    for extension in [0, 43, 44, 60] {
        denied(sock.sendto(packet(HERE, HERE, extension, &[253, 0, 0, 0, 0, 0, 0, 0]), ("::1", 0)));
    }
    fails(sock.sendto(&packet(HERE, HERE, 253, b"")[..39], ("::1", 0)), errno::EINVAL, "too short");
    fails(sock.sendto([0x45; 60], ("::1", 0)), errno::EINVAL, "of IPv4");
    sock.sendto(packet(HERE, HERE, 253, b"its own"), ("::1", 0)).expect("it leads there");
    assert_eq!(ears.recv(100).expect("it comes"), b"its own", "the only one that was sent");
}

pub(crate) fn icmp_options_do_what_they_say(_: &[String]) {
    let sock = ip(IPPROTO_ICMP);
    // Hears no echo requests (type 8), and so only the answers.
    assert_eq!(sock.getsockopt_bytes(IPPROTO_RAW, ICMP_FILTER, 4), Ok(vec![0; 4]));
    sock.setsockopt(IPPROTO_RAW, ICMP_FILTER, &[0, 1, 0, 0]).expect("a filter is the guest's own affair");
    assert_eq!(sock.getsockopt_bytes(IPPROTO_RAW, ICMP_FILTER, 4), Ok(vec![0, 1, 0, 0]));
    sock.sendto(echo_request(8, 7, b""), ("127.0.0.1", 0)).expect("it is granted");
    assert_eq!(sock.recv(100).expect("the answer")[20], 0, "the first that is heard is the answer");
    // The kernel takes the beginning of one, raw_seticmpfilter().
    sock.setsockopt(IPPROTO_RAW, ICMP_FILTER, &[7; 1]).expect("a byte of it");
    assert_eq!(sock.getsockopt_bytes(IPPROTO_RAW, ICMP_FILTER, 4), Ok(vec![7, 1, 0, 0]));

    let sock6 = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6).expect("the grant is there");
    sock6.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    let mut filter = sock6.getsockopt_bytes(IPPROTO_ICMPV6, ICMP6_FILTER, 32).expect("it has one");
    assert_eq!(filter, [0; 32]);
    filter[16] = 1;
    sock6.setsockopt(IPPROTO_ICMPV6, ICMP6_FILTER, &filter).expect("a filter is the guest's own affair");
    assert_eq!(sock6.getsockopt_bytes(IPPROTO_ICMPV6, ICMP6_FILTER, 32), Ok(filter));
    sock6.sendto(echo_request(128, 7, b""), ("::1", 0)).expect("it is granted");
    assert_eq!(sock6.recv(100).expect("the answer")[0], 129, "the first that is heard is the answer");

    // The kernel computes a checksum where it is told to, and off again.
    let sum = socket(AF_INET6, SOCK_RAW, EXPERIMENT).expect("the grant is there");
    sum.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    assert_eq!(sum.getsockopt(IPPROTO_IPV6, IPV6_CHECKSUM), Ok(-1));
    sum.setsockopt(IPPROTO_IPV6, IPV6_CHECKSUM, 2).expect("an offset");
    assert_eq!(sum.getsockopt(IPPROTO_IPV6, IPV6_CHECKSUM), Ok(2));
    sum.sendto([7, 7, 0, 0], ("::1", 0)).expect("it is granted");
    let heard = sum.recv(100).expect("its own");
    assert!(heard[2..] != [0, 0] && heard[..2] == [7, 7], "there is a checksum: {heard:?}");
    fails(sum.setsockopt(IPPROTO_IPV6, IPV6_CHECKSUM, 3), errno::EINVAL, "an odd place");

    // A header of one's own.
    let own = ip(EXPERIMENT);
    assert_eq!(own.getsockopt(IPPROTO_IP, IP_HDRINCL), Ok(0));
    own.setsockopt(IPPROTO_IP, IP_HDRINCL, 1).expect("it is granted");
    assert_eq!(own.getsockopt(IPPROTO_IP, IP_HDRINCL), Ok(1));
    own.sendto(packet([0; 4], [127, 0, 0, 1], 253, b"whole"), ("127.0.0.1", 0)).expect("it leads there");
    assert_eq!(&own.recv(100).expect("its own")[20..], b"whole");
    denied(own.sendto(packet([0; 4], [127, 0, 0, 2], 253, b"elsewhere"), ("127.0.0.1", 0)));
}

pub(crate) fn write_headers(_: &[String]) {
    say(ip(IPPROTO_ICMP).setsockopt(IPPROTO_IP, IP_HDRINCL, 1));
}
