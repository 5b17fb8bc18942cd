//! Packet sockets: interfaces `left` and `right`, two ends of one cable.

use std::net::SocketAddr;

use wallsocket::*;

use crate::check::{Control, denied, number, say};
use crate::help::{SOON, fails};

/// A protocol for local experiments (IEEE Std 802).
const EXPERIMENT: u16 = 0x88b5;

const LEFT: [u8; 6] = [2, 0, 0, 0, 0, 1];
const RIGHT: [u8; 6] = [2, 0, 0, 0, 0, 2];

fn protocol(number: u16) -> i32 {
    i32::from(htons(number))
}

fn packets(kind: i32, number: u16) -> Socket {
    let sock = socket(AF_PACKET, kind, protocol(number)).expect("a line speaks of packets");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

fn frame(data: &[u8]) -> Vec<u8> {
    [&RIGHT[..], &LEFT, &EXPERIMENT.to_be_bytes(), data].concat()
}

pub(crate) fn make_a_packet_socket(_: &[String]) {
    for kind in [SOCK_RAW, SOCK_DGRAM] {
        say(socket(AF_PACKET, kind, 0).map(drop));
        say(socket(AF_PACKET, kind, protocol(3)).map(drop));
    }
}

pub(crate) fn packet_capture(arguments: &[String]) {
    let interface = arguments[0].as_str();
    say(packets(SOCK_RAW, 0).bind((interface, EXPERIMENT)));
    say(packets(SOCK_DGRAM, EXPERIMENT).bind((interface, 0)));
    say(packets(SOCK_RAW, 0).bind((interface, ETH_P_ALL)));
}

pub(crate) fn packet_send(arguments: &[String]) {
    let sock = packets(SOCK_RAW, 0);
    let to = (arguments[0].as_str(), EXPERIMENT);
    say(sock.sendto(frame(b"x"), to));
    say(sock.send_datagrams(&[(frame(b"x"), to)], 0));
    // Bound for capturing, and sending without an address.
    sock.bind((arguments[0].as_str(), EXPERIMENT)).expect("capturing is granted");
    say(sock.send(frame(b"x")));
    say(sock.sendall(frame(b"x")));
}

/// What one end sends the other hears, with the addresses that Python shows.
pub(crate) fn frames_go_from_end_to_end(_: &[String]) {
    let (left, right) = (packets(SOCK_RAW, EXPERIMENT), packets(SOCK_RAW, EXPERIMENT));
    left.bind(("left", 0)).expect("it is granted");
    right.bind(("right", 0)).expect("it is granted");
    let name = left.getsockname().expect("it is bound").to_string();
    assert_eq!(name, r"('left', 34997, 0, 1, b'\x02\x00\x00\x00\x00\x01')", "the protocol is the socket's");

    let sent = frame(b"raw, by where it is bound");
    assert_eq!(left.send(&sent), Ok(sent.len()));
    let (heard, from) = right.recvfrom(2000).expect("it comes");
    assert_eq!(heard, sent);
    assert_eq!(from.to_string(), r"('right', 34997, 0, 1, b'\x02\x00\x00\x00\x00\x01')", "heard on `right`, from left");

    // Cooked: the kernel makes the header, and takes it off again.
    let (cooked, ears) = (packets(SOCK_DGRAM, 0), packets(SOCK_DGRAM, EXPERIMENT));
    ears.bind(("right", 0)).expect("it is granted");
    let to = ("left", EXPERIMENT, 0, 0, &RIGHT[..]);
    assert_eq!(cooked.sendto("cooked", to), Ok(6));
    let Ok((heard, Address::Packet(own))) = ears.recvfrom(2000) else { panic!("a packet has a packet address") };
    assert_eq!((i32::from(own.packet_type), heard), (PACKET_HOST, b"cooked".to_vec()), "it is for this machine");
    assert_eq!(right.recv(2000).expect("the raw one hears it too"), frame(b"cooked"));
    assert_eq!(cooked.sendto("for nobody", ("left", EXPERIMENT, 0, 0, &[2, 0, 0, 0, 0, 9][..])), Ok(10));
    let Ok((_, Address::Packet(other))) = ears.recvfrom(2000) else { panic!("a packet has a packet address") };
    assert_eq!(i32::from(other.packet_type), PACKET_OTHERHOST, "it is for another");
    assert_eq!(cooked.sendto("for all", ("left", EXPERIMENT, 0, 0, &[255; 6][..])), Ok(7));
    let Ok((_, Address::Packet(all))) = ears.recvfrom(2000) else { panic!("a packet has a packet address") };
    assert_eq!(i32::from(all.packet_type), PACKET_BROADCAST, "it is for all");

    let group = [1, 0, 0x5e, 1, 1, 1];
    assert_eq!(cooked.sendto("for a group", ("left", EXPERIMENT, 0, 0, &group[..])), Ok(11));
    let Ok((_, Address::Packet(some))) = ears.recvfrom(2000) else { panic!("a packet has a packet address") };
    assert_eq!(i32::from(some.packet_type), PACKET_MULTICAST, "it is for a group");

    // Each protocol is heard apart.
    for ethertype in [ETHERTYPE_ARP, ETHERTYPE_IP, ETHERTYPE_IPV6] {
        let ears = socket(PF_PACKET, SOCK_DGRAM, 0).expect("a line speaks of packets");
        ears.settimeout(SOON.as_secs_f64()).expect("it can be timed");
        ears.bind(("right", ethertype)).expect("it is granted");
        assert_eq!(cooked.sendto("no packet at all", ("left", ethertype, 0, 0, &RIGHT[..])), Ok(16));
        assert_eq!(ears.recv(100).expect("it comes"), b"no packet at all", "protocol {ethertype:#x}");
    }

    // Who captures every protocol sees what leaves, too.
    let all = packets(SOCK_RAW, 0);
    all.bind(("left", ETH_P_ALL)).expect("it is granted");
    assert_eq!(left.send(&sent), Ok(sent.len()));
    let Ok((heard, Address::Packet(out))) = all.recvfrom(2000) else { panic!("a packet has a packet address") };
    assert_eq!((i32::from(out.packet_type), heard), (PACKET_OUTGOING, sent), "it leaves");
}

/// What a sender says of a packet's type stays behind, and what it says of its protocol goes along.
pub(crate) fn packet_types_are_the_kernels_to_say(_: &[String]) {
    let (sender, ears) = (packets(SOCK_DGRAM, 0), packets(SOCK_DGRAM, EXPERIMENT));
    ears.bind(("right", 0)).expect("it is granted");
    for kind in [PACKET_HOST, PACKET_OUTGOING, PACKET_LOOPBACK, PACKET_FASTROUTE] {
        assert_eq!(sender.sendto("x", ("left", EXPERIMENT, kind, 0, &RIGHT[..])), Ok(1));
        let Ok((_, Address::Packet(heard))) = ears.recvfrom(10) else { panic!("a packet has a packet address") };
        assert_eq!(i32::from(heard.packet_type), PACKET_HOST, "the receiver's kernel says it, and not {kind}");
    }
    // A tagged frame, IEEE 802.1Q: network 5.
    let tagged = [&RIGHT[..], &LEFT, &[0x81, 0, 0, 5], &EXPERIMENT.to_be_bytes(), b"tagged"].concat();
    let (raw, all) = (packets(SOCK_RAW, 0), packets(SOCK_RAW, 0));
    all.bind(("left", ETH_P_ALL)).expect("it is granted");
    assert_eq!(raw.sendto(&tagged, ("left", ETHERTYPE_VLAN)), Ok(tagged.len()));
    let Ok((frame, Address::Packet(left))) = all.recvfrom(100) else { panic!("a packet has a packet address") };
    assert_eq!((i32::from(left.protocol), frame), (ETHERTYPE_VLAN, tagged), "as it leaves");
}

/// Sends a frame to the other end, and waits until every socket there has had it: until one that listens has heard the
/// frame that comes after.
fn deliver(sender: &Socket, ears: &Socket, data: &[u8]) {
    for data in [data, b"after it"] {
        assert_eq!(sender.sendto(frame(data), ("left", EXPERIMENT)), Ok(14 + data.len()));
        assert_eq!(ears.recv(100).expect("it comes"), frame(data));
    }
}

/// Made for a protocol, and not bound: on a kernel alone it would hear all interfaces.
pub(crate) fn an_unbound_packet_socket(arguments: &[String]) {
    let (sock, sender, ears) = (packets(SOCK_RAW, EXPERIMENT), packets(SOCK_RAW, 0), packets(SOCK_RAW, EXPERIMENT));
    ears.bind(("right", 0)).expect("it is granted");
    deliver(&sender, &ears, b"heard?");
    if arguments[0] == "hears" {
        assert_eq!(sock.recv(100).expect("it may hear every interface"), frame(b"heard?"));
        assert_eq!(sock.getsockname().map(|name| name.to_string()).as_deref(), Ok("('', 34997, 0, 0, b'')"));
    } else {
        sock.settimeout(0.0).expect("it can be non-blocking");
        fails(sock.recv(100), errno::EAGAIN, "before its bind it hears nothing");
        sock.bind(("right", 0)).expect("it is granted");
        deliver(&sender, &ears, b"now");
        assert_eq!(sock.recv(100).expect("now it is bound"), frame(b"now"));
    }
}

pub(crate) fn giving_up_capture_closes_ears(_: &[String]) {
    let (sock, sender, ears) = (packets(SOCK_RAW, EXPERIMENT), packets(SOCK_RAW, 0), packets(SOCK_RAW, EXPERIMENT));
    sock.bind(("right", 0)).expect("it is granted");
    ears.bind(("right", 0)).expect("it is granted");
    deliver(&sender, &ears, b"queued");
    permissions::restrict(&["packet send left"]).expect("a guest can give things up");
    sock.settimeout(0.0).expect("it can be non-blocking");
    fails(sock.recv(100), errno::EAGAIN, "capturing was given up");
    denied(packets(SOCK_RAW, 0).bind(("right", EXPERIMENT)));
    denied(sock.sendto(frame(b"x"), ("right", EXPERIMENT)));
    assert_eq!(sender.sendto(frame(b"still"), ("left", EXPERIMENT)), Ok(19), "what is kept is kept");
}

/// Bound by whoever made it. What another socket sends there it would hear leaving.
pub(crate) fn use_an_inherited_packet_socket(_: &[String]) {
    let sock = fromfd(5).expect("it was handed over");
    say(sock.send(frame(b"x")));
    if let Ok(other) = socket(AF_PACKET, SOCK_RAW, 0) {
        other.sendto(frame(b"x"), ("left", EXPERIMENT)).expect("sending is granted");
    }
    sock.settimeout(0.0).expect("it can be non-blocking");
    match sock.recv(100) {
        Ok(heard) if heard == frame(b"x") => println!("heard"),
        Err(Error::Os(errno::EAGAIN)) => println!("deaf"),
        other => panic!("{other:?}"),
    }
}

fn membership(index: u32, kind: u16) -> Vec<u8> {
    let mut request = index.to_le_bytes().to_vec();
    request.extend(kind.to_le_bytes());
    request.extend([6, 0]);
    request.extend([1, 0, 0x5e, 1, 1, 1, 0, 0]);
    request
}

const PROMISCUOUS: u16 = 1;

pub(crate) fn packet_membership(arguments: &[String]) {
    let sock = packets(SOCK_RAW, 0);
    for kind in [PROMISCUOUS, 0] {
        say(sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership(number(&arguments[0]), kind)));
    }
}

/// The test looks at the interface when it is told to.
pub(crate) fn make_promiscuous(arguments: &[String]) {
    let (control, index) = (Control::new(&arguments[0]), number(&arguments[1]));
    let sock = packets(SOCK_RAW, 0);
    assert_eq!(control.tell("look"), "promiscuity 0");
    sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership(index, PROMISCUOUS)).expect("it is granted");
    assert_eq!(control.tell("look"), "promiscuity 1");
    sock.setsockopt(SOL_PACKET, PACKET_DROP_MEMBERSHIP, &membership(index, PROMISCUOUS)).expect("it was added");
    assert_eq!(control.tell("look"), "promiscuity 0");
    sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership(index, PROMISCUOUS)).expect("it is granted");
    sock.close().expect("it can be closed");
    assert_eq!(control.tell("look"), "promiscuity 0", "with the socket it goes");
}

pub(crate) fn packet_options_do_what_they_say(arguments: &[String]) {
    let sock = packets(SOCK_RAW, 0);
    for (name, option) in [
        ("PACKET_AUXDATA", PACKET_AUXDATA),
        ("PACKET_ORIGDEV", PACKET_ORIGDEV),
        ("PACKET_IGNORE_OUTGOING", PACKET_IGNORE_OUTGOING),
        ("PACKET_QDISC_BYPASS", PACKET_QDISC_BYPASS),
    ] {
        assert_eq!(sock.getsockopt(SOL_PACKET, option), Ok(0), "{name} begins off");
        sock.setsockopt(SOL_PACKET, option, 1).unwrap_or_else(|error| panic!("{name} can be set: {error}"));
        assert_eq!(sock.getsockopt(SOL_PACKET, option), Ok(1), "{name} reads as it was set");
    }
    let index = number(&arguments[0]);
    sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership(index, PROMISCUOUS)).expect("it is granted");
    sock.setsockopt(SOL_PACKET, PACKET_DROP_MEMBERSHIP, &membership(index, PROMISCUOUS)).expect("it was added");
    // PACKET_IGNORE_OUTGOING and PACKET_STATISTICS, by their effect.
    sock.bind(("left", ETH_P_ALL)).expect("it is granted");
    sock.getsockopt_bytes(SOL_PACKET, PACKET_STATISTICS, 8).expect("reading sets it back");
    let sender = packets(SOCK_RAW, 0);
    sender.sendto(frame(b"out"), ("left", EXPERIMENT)).expect("it is granted");
    sender.sendto(frame(b"in"), ("right", EXPERIMENT)).expect("it is granted");
    let message = sock.recvmsg(100, 100, 0).expect("only what comes in");
    assert_eq!(message.data, frame(b"in"));
    let [known] = &message.ancdata[..] else { panic!("PACKET_AUXDATA: {:?}", message.ancdata) };
    let (level, kind, data) = known.cmsg().expect("it is bytes");
    assert_eq!((level, kind, data.len()), (SOL_PACKET, PACKET_AUXDATA, 20));
    assert_eq!(data[4..8], 16u32.to_le_bytes(), "its length, 14 bytes of header and 2");
    let counted = sock.getsockopt_bytes(SOL_PACKET, PACKET_STATISTICS, 8).expect("two numbers");
    assert_eq!(counted[..4], [1, 0, 0, 0], "one packet was heard");
    for option in [PACKET_RX_RING, PACKET_TX_RING, PACKET_FANOUT, PACKET_VNET_HDR, PACKET_VERSION] {
        fails(sock.setsockopt(SOL_PACKET, option, &[0; 16]), errno::ENOPROTOOPT, "no rings");
    }
}

pub(crate) fn packet_sockets_have_their_limits(arguments: &[String]) {
    let sock = packets(SOCK_RAW, 0);
    fails(sock.send(frame(b"x")), errno::ENXIO, "it isn't bound");
    fails(sock.bind(("nosuch0", EXPERIMENT)), errno::ENODEV, "there is no such interface");
    fails(sock.sendto("x", ("nosuch0", EXPERIMENT)), errno::ENODEV, "there is no such interface");
    fails(sock.sendto(frame(b"x"), ("", EXPERIMENT)), errno::ENXIO, "every interface is none to send on");
    fails(sock.bind(("longer-than-any-name", 0)), errno::ENODEV, "no interface has such a name");
    fails(sock.connect(("left", EXPERIMENT)), errno::EOPNOTSUPP, "packet sockets don't connect");
    fails(sock.listen(None), errno::EOPNOTSUPP, "nor listen");
    fails(sock.accept(), errno::EOPNOTSUPP, "nor accept");
    fails(sock.getpeername(), errno::EOPNOTSUPP, "nor have peers");
    fails(sock.shutdown(SHUT_RDWR), errno::EOPNOTSUPP, "nor halves");
    fails(sock.bind(SocketAddr::from(([127, 0, 0, 1], 1))), errno::EAFNOSUPPORT, "an address of another family");
    fails(socket(AF_PACKET, SOCK_STREAM, 0), errno::ESOCKTNOSUPPORT, "no streams");
    fails(socket(AF_PACKET, 10, 0), errno::ESOCKTNOSUPPORT, "SOCK_PACKET is long gone");
    fails(socketpair(AF_PACKET, SOCK_RAW, 0), errno::EOPNOTSUPP, "no pairs");
    let long = PacketAddress {
        interface: b"left".to_vec(),
        protocol: EXPERIMENT,
        packet_type: 0,
        hardware_type: 0,
        hardware_address: vec![0; 9],
    };
    fails(sock.sendto("x", long), errno::EINVAL, "a hardware address has 8 bytes at most");
    let own = membership(number(&arguments[0]), PROMISCUOUS);
    (0..20).for_each(|_| sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &own).expect("as many as groups"));
    fails(sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &own), errno::ENOBUFS, "one more");
    sock.setsockopt(SOL_PACKET, PACKET_DROP_MEMBERSHIP, &own).expect("it was added");
    for bad in [&membership(u32::MAX, 1)[..], &membership(0, 1), &membership(i32::MAX.cast_unsigned(), 1)] {
        fails(sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, bad), errno::ENODEV, "no such interface");
    }
    fails(sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &[0; 7]), errno::EINVAL, "half a structure");
    let tcp = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    let foreign = tcp.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership(1, 1));
    fails(foreign, errno::ENOPROTOOPT, "TCP has no such option");
}
