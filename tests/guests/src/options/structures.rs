//! The options that aren't numbers of the guest's own: each set and read as its layout has it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use wallsocket::errno::{EADDRNOTAVAIL, ENOPROTOOPT};
use wallsocket::*;

use super::table::On;
use crate::help::{connected, datagrams, fails, name};

const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 7, 7);
const GROUP6: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0x7777);
const SOURCE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 9);
const SOURCE6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 9);
/// Loopback's index.
const LOOPBACK: u32 = 1;

/// It prints what it shows, for the test to compare with the host's table.
pub(crate) fn every_other_option_is_set_and_read(_: &[String]) {
    of_the_socket();
    of_a_peer();
    of_a_connection();
    of_the_path();
    of_filters();
    of_groups();
    of_groups_of_ipv6();
    of_names_and_keys();
    of_others();
}

fn shown(name: &str, access: &str) {
    println!("{name} {access}");
}

/// An option that this kernel may not have.
fn perhaps(name: &str, access: &str, tried: Result<()>) {
    match tried {
        Ok(()) => shown(name, access),
        Err(error) => println!("skipped: {name} {access}: this kernel hasn't got it ({error})"),
    }
}

fn of_the_socket() {
    let tcp = On::Tcp.make();
    for (name, option) in [("SO_SNDBUF", SO_SNDBUF), ("SO_RCVBUF", SO_RCVBUF)] {
        tcp.setsockopt(SOL_SOCKET, option, 20_000).expect("a size");
        assert_eq!(tcp.getsockopt(SOL_SOCKET, option), Ok(40_000), "{name}: the kernel doubles it, socket(7)");
        shown(name, "GetSet");
    }
    let time = layout::timeval(std::time::Duration::from_micros(2_000_008)).to_vec();
    for (name, option, value) in [
        ("SO_LINGER", SO_LINGER, layout::linger(true, 3).to_vec()),
        ("SO_RCVTIMEO", SO_RCVTIMEO, time.clone()),
        ("SO_SNDTIMEO", SO_SNDTIMEO, time),
    ] {
        tcp.setsockopt(SOL_SOCKET, option, &value).unwrap_or_else(|error| panic!("{name} can be set: {error}"));
        assert_eq!(tcp.getsockopt_bytes(SOL_SOCKET, option, 64), Ok(value), "{name} reads as it was set");
        shown(name, "GetSet");
    }
    for (name, option, value) in [
        ("SO_TYPE", SO_TYPE, SOCK_STREAM),
        ("SO_ERROR", SO_ERROR, 0),
        ("SO_ACCEPTCONN", SO_ACCEPTCONN, 0),
        ("SO_PROTOCOL", SO_PROTOCOL, IPPROTO_TCP),
        ("SO_DOMAIN", SO_DOMAIN, AF_INET),
        ("SO_SNDLOWAT", SO_SNDLOWAT, 1),
    ] {
        assert_eq!(tcp.getsockopt(SOL_SOCKET, option), Ok(value), "{name} tells of the socket");
        fails(tcp.setsockopt(SOL_SOCKET, option, 1), ENOPROTOOPT, "it is there to be read");
        shown(name, "Get");
    }
}

fn of_a_peer() {
    let pair = On::Unix.make();
    let bytes = pair.getsockopt_bytes(SOL_SOCKET, SO_PEERCRED, 100).expect("a struct ucred");
    assert_eq!(bytes.len(), 12);
    let (process, ..) = layout::ucred(&bytes).expect("it is 12 bytes");
    assert!(process > 0, "the peer is the host, for one of a pair");
    assert_eq!(pair.getsockopt(SOL_SOCKET, SO_PEERCRED), Ok(process), "as a number its first field");
    shown("SO_PEERCRED", "Get");
    let groups = pair.getsockopt_bytes(SOL_SOCKET, SO_PEERGROUPS, 1024);
    assert!(groups.is_ok_and(|groups| groups.len().is_multiple_of(4)), "numbers of groups");
    shown("SO_PEERGROUPS", "Get");
    perhaps("SO_PEERSEC", "Get", pair.getsockopt_bytes(SOL_SOCKET, SO_PEERSEC, 1024).map(drop));
}

fn of_a_connection() {
    let (client, _server) = connected();
    let info = client.getsockopt_bytes(IPPROTO_TCP, TCP_INFO, 1024).expect("a struct tcp_info");
    assert!(info.len() >= 104, "as long as it was in Linux 2.6, at least: {}", info.len());
    assert_eq!(info[0], 1, "TCP_ESTABLISHED");
    assert_eq!(client.getsockopt_bytes(IPPROTO_TCP, TCP_INFO, 8).map(|info| info.len()), Ok(8), "or its beginning");
    shown("TCP_INFO", "Get");
    let clock = client.getsockopt(IPPROTO_TCP, TCP_TIMESTAMP);
    assert!(clock.is_ok_and(|clock| clock != 0), "milliseconds from some time on");
    shown("TCP_TIMESTAMP", "Get");
    client.setsockopt(IPPROTO_TCP, TCP_CONGESTION, "reno").expect("any kernel has it, for anybody");
    let vegas = client.getsockopt_bytes(IPPROTO_TCP, TCP_CC_INFO, 100);
    assert_eq!(vegas, Ok(Vec::new()), "Reno has nothing to tell");
    shown("TCP_CC_INFO", "Get");
    // The kernel takes it, and nothing comes of it any more.
    client.setsockopt(IPPROTO_TCP, TCP_THIN_DUPACK, 1).expect("tcp(7)");
    assert_eq!(client.getsockopt(IPPROTO_TCP, TCP_THIN_DUPACK), Ok(0));
    shown("TCP_THIN_DUPACK", "GetSet");
    let listener = On::Tcp.make();
    listener.setsockopt(IPPROTO_TCP, TCP_SAVE_SYN, 1).expect("headers can be kept");
    listener.bind(("127.0.0.1", 0)).expect("granted");
    listener.listen(None).expect("bound");
    let client = On::Tcp.make();
    client.connect(name(&listener)).expect("granted");
    let (server, _) = listener.accept().expect("it waits");
    let syn = server.getsockopt_bytes(IPPROTO_TCP, TCP_SAVED_SYN, 1024).expect("the headers");
    assert_eq!((syn[0] >> 4, syn[9]), (4, 6), "an IPv4 header, of TCP: {syn:?}");
    assert_eq!(server.getsockopt_bytes(IPPROTO_TCP, TCP_SAVED_SYN, 1024), Ok(Vec::new()), "once read they are gone");
    shown("TCP_SAVED_SYN", "Get");
    let original = server.getsockopt_bytes(SOL_IP, SO_ORIGINAL_DST, 16);
    perhaps("SO_ORIGINAL_DST", "Get", original.map(|address| assert_eq!(address.len(), 16)));
}

fn of_the_path() {
    let (udp, peer) = (datagrams(), datagrams());
    fails(udp.getsockopt(IPPROTO_IP, IP_MTU), errno::ENOTCONN, "ip(7): of a connected socket");
    udp.connect(name(&peer)).expect("granted");
    assert!(udp.getsockopt(IPPROTO_IP, IP_MTU).is_ok_and(|mtu| mtu >= 1500), "loopback's is large");
    shown("IP_MTU", "Get");
    let udp6 = On::Udp6.make();
    udp6.setsockopt(IPPROTO_IPV6, IPV6_MTU, 1280).expect("the least that IPv6 has");
    fails(udp6.setsockopt(IPPROTO_IPV6, IPV6_MTU, 1279), errno::EINVAL, "and no less");
    udp6.connect(("::1", 9)).expect("granted");
    assert!(udp6.getsockopt(IPPROTO_IPV6, IPV6_MTU).is_ok_and(|mtu| mtu >= 1280));
    shown("IPV6_MTU", "GetSet");
    let info = udp6.getsockopt_bytes(IPPROTO_IPV6, IPV6_PATHMTU, 100).expect("a struct ip6_mtuinfo");
    let mtu = info.last_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    assert_eq!(mtu.map(i32::try_from), Some(Ok(udp6.getsockopt(IPPROTO_IPV6, IPV6_MTU).expect("as a number"))));
    assert_eq!(info.len(), 32);
    shown("IPV6_PATHMTU", "Get");
}

fn of_filters() {
    let (sock, peer) = (datagrams(), datagrams());
    fails(sock.setsockopt(SOL_SOCKET, SO_DETACH_FILTER, 0), errno::ENOENT, "there is none yet");
    // Of data longer than 3 bytes nothing is let through; before the data is UDP's header of 8.
    let instruction = |code, jump_false, operand| FilterInstruction { code, jump_true: 0, jump_false, operand };
    let short = [instruction(0x80, 0, 0), instruction(0x25, 1, 11), instruction(6, 0, 0), instruction(6, 0, u32::MAX)];
    sock.set_filter(&short).expect("a sound program");
    peer.sendto("longer than that", name(&sock)).expect("sent");
    peer.sendto("yes", name(&sock)).expect("sent");
    assert_eq!(sock.recv(100), Ok(b"yes".to_vec()), "the filter drops what is longer");
    sock.setsockopt(SOL_SOCKET, SO_DETACH_FILTER, 0).expect("it is there");
    peer.sendto("longer than that", name(&sock)).expect("sent");
    assert_eq!(sock.recv(100), Ok(b"longer than that".to_vec()), "without it everything comes");
    shown("SO_DETACH_FILTER", "Set");
    fails(sock.getsockopt(SOL_SOCKET, SO_DETACH_FILTER), ENOPROTOOPT, "there is nothing to read");
    fails(sock.set_filter(&[]), errno::ENOENT, "nothing takes away what isn't there");
    fails(sock.set_filter(&[instruction(0, 0, 0)]), errno::EINVAL, "a program ends");
    fails(sock.set_filter(&vec![instruction(6, 0, 0); 4097]), errno::EINVAL, "and has 4,096 instructions at most");
    sock.set_filter(&short).expect("a sound program");
    assert_eq!(sock.getsockopt(SOL_SOCKET, SO_LOCK_FILTER), Ok(0));
    sock.setsockopt(SOL_SOCKET, SO_LOCK_FILTER, 1).expect("for good");
    fails(sock.setsockopt(SOL_SOCKET, SO_LOCK_FILTER, 0), errno::EPERM, "socket(7)");
    fails(sock.set_filter(&[]), errno::EPERM, "it stays");
    fails(sock.set_filter(&short), errno::EPERM, "as it is");
    assert_eq!(sock.getsockopt(SOL_SOCKET, SO_LOCK_FILTER), Ok(1));
    shown("SO_LOCK_FILTER", "GetSet");
    fails(sock.setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, &[0; 16]), ENOPROTOOPT, "no pointer gets across");
}

/// Sets an option that joins, leaves or the like, and shows it.
#[track_caller]
fn change(sock: &Socket, option: &str, level: i32, number: i32, value: &[u8]) {
    sock.setsockopt(level, number, value).unwrap_or_else(|error| panic!("{option}: {error}"));
    fails(sock.setsockopt(level, number, &value[..3]), errno::EINVAL, "a value that is too short");
    fails(sock.getsockopt(level, number), ENOPROTOOPT, "there is nothing to read");
    shown(option, "Set");
}

fn of_groups() {
    let (sock, on) = (On::Udp.make(), Ipv4Addr::LOCALHOST);
    let set = |option, number, value: &[u8]| change(&sock, option, IPPROTO_IP, number, value);
    set("IP_ADD_MEMBERSHIP", IP_ADD_MEMBERSHIP, &layout::ip_mreq(GROUP, on));
    let source = layout::ip_mreq_source(GROUP, on, SOURCE);
    set("IP_BLOCK_SOURCE", IP_BLOCK_SOURCE, &source);
    set("IP_UNBLOCK_SOURCE", IP_UNBLOCK_SOURCE, &source);
    set("IP_DROP_MEMBERSHIP", IP_DROP_MEMBERSHIP, &layout::ip_mreqn(GROUP, on, 0));
    set("IP_ADD_SOURCE_MEMBERSHIP", IP_ADD_SOURCE_MEMBERSHIP, &source);
    set("IP_DROP_SOURCE_MEMBERSHIP", IP_DROP_SOURCE_MEMBERSHIP, &source);
    let again = sock.setsockopt(IPPROTO_IP, IP_DROP_MEMBERSHIP, &layout::ip_mreq(GROUP, on));
    fails(again, EADDRNOTAVAIL, "it was left");
    any_family(&sock, IPPROTO_IP, GROUP.into(), SOURCE.into());
    let other = sock.setsockopt(IPPROTO_IP, MCAST_JOIN_GROUP, &layout::group_req(LOOPBACK, GROUP6.into()));
    fails(other, errno::EINVAL, "a group of the other family");
    let no_group = sock.setsockopt(IPPROTO_IP, IP_ADD_MEMBERSHIP, &layout::ip_mreq(SOURCE, on));
    fails(no_group, errno::EINVAL, "an address that is no group's");

    let interface = |value: &[u8]| {
        sock.setsockopt(IPPROTO_IP, IP_MULTICAST_IF, value).expect("loopback's");
        sock.getsockopt_bytes(IPPROTO_IP, IP_MULTICAST_IF, 4).expect("an address")
    };
    let any = Ipv4Addr::UNSPECIFIED;
    assert_eq!(interface(&on.octets()), on.octets(), "by its address");
    assert_eq!(interface(&layout::ip_mreq(any, on)), on.octets(), "in a struct ip_mreq");
    assert_eq!(interface(&layout::ip_mreqn(any, on, 0)), on.octets(), "in a struct ip_mreqn");
    assert_eq!(interface(&layout::ip_mreqn(any, SOURCE, 1)), any.octets(), "beside an index there is no address");
    assert_eq!(interface(&any.octets()), any.octets(), "none");
    shown("IP_MULTICAST_IF", "GetSet");
    fails(sock.setsockopt(IPPROTO_IP, IP_MULTICAST_IF, &SOURCE.octets()), EADDRNOTAVAIL, "none of this machine's");
    fails(sock.setsockopt(IPPROTO_IP, IP_MULTICAST_IF, &[0; 3]), errno::EINVAL, "too short for an address");
}

/// RFC 3678's options, which are of one form for both families.
fn any_family(sock: &Socket, level: i32, group: IpAddr, source: IpAddr) {
    let set = |option, number, value: &[u8]| change(sock, option, level, number, value);
    let (all, one) = (layout::group_req(LOOPBACK, group), layout::group_source_req(LOOPBACK, group, source));
    set("MCAST_JOIN_GROUP", MCAST_JOIN_GROUP, &all);
    set("MCAST_BLOCK_SOURCE", MCAST_BLOCK_SOURCE, &one);
    set("MCAST_UNBLOCK_SOURCE", MCAST_UNBLOCK_SOURCE, &one);
    set("MCAST_LEAVE_GROUP", MCAST_LEAVE_GROUP, &all);
    set("MCAST_JOIN_SOURCE_GROUP", MCAST_JOIN_SOURCE_GROUP, &one);
    set("MCAST_LEAVE_SOURCE_GROUP", MCAST_LEAVE_SOURCE_GROUP, &one);
}

fn of_groups_of_ipv6() {
    let sock = On::Udp6.make();
    let set = |option, number, value: &[u8]| change(&sock, option, IPPROTO_IPV6, number, value);
    let value = layout::ipv6_mreq(GROUP6, LOOPBACK);
    set("IPV6_JOIN_GROUP", IPV6_JOIN_GROUP, &value);
    set("IPV6_LEAVE_GROUP", IPV6_LEAVE_GROUP, &value);
    fails(sock.setsockopt(IPPROTO_IPV6, IPV6_LEAVE_GROUP, &value), EADDRNOTAVAIL, "it was left");
    any_family(&sock, IPPROTO_IPV6, GROUP6.into(), SOURCE6.into());
    let other = sock.setsockopt(IPPROTO_IPV6, MCAST_JOIN_GROUP, &layout::group_req(LOOPBACK, GROUP.into()));
    fails(other, EADDRNOTAVAIL, "a group of the other family");
    set("IPV6_PKTINFO", IPV6_PKTINFO, &layout::in6_pktinfo(Ipv6Addr::UNSPECIFIED, LOOPBACK));
}

fn of_names_and_keys() {
    let tcp = On::Tcp.make();
    let algorithm = || tcp.getsockopt_bytes(IPPROTO_TCP, TCP_CONGESTION, 16).expect("a name");
    // What the machine has by default is anybody's, and so is Reno.
    let default = algorithm();
    for name in [b"reno", &default[..]] {
        tcp.setsockopt(IPPROTO_TCP, TCP_CONGESTION, name).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let of = |name: &[u8]| name.split(|byte| *byte == 0).next().map(<[u8]>::to_vec);
        assert_eq!(of(&algorithm()), of(name), "it comes back as it went in");
    }
    tcp.setsockopt(IPPROTO_TCP, TCP_CONGESTION, "reno\0and more").expect("C's strings end there");
    fails(tcp.setsockopt(IPPROTO_TCP, TCP_CONGESTION, "nosuchthing"), errno::ENOENT, "no module is loaded for it");
    fails(tcp.setsockopt(IPPROTO_TCP, TCP_CONGESTION, "ren"), errno::ENOENT, "nor is a part of a name one");
    shown("TCP_CONGESTION", "GetSet");
    let peer = Ipv4Addr::LOCALHOST.into();
    for (option, number) in [("TCP_MD5SIG", TCP_MD5SIG), ("TCP_MD5SIG_EXT", TCP_MD5SIG_EXT)] {
        perhaps(option, "Set", tcp.setsockopt(IPPROTO_TCP, number, &layout::tcp_md5sig(peer, b"a key")));
    }
}

/// Those that only raw sockets have.
fn of_others() {
    const OSPF: i32 = 89;
    let tried = socket(AF_INET6, SOCK_RAW, OSPF).and_then(|raw| {
        raw.setsockopt(IPPROTO_IPV6, IPV6_CHECKSUM, 2)?;
        assert_eq!(raw.getsockopt(IPPROTO_IPV6, IPV6_CHECKSUM), Ok(2));
        Ok(())
    });
    match tried {
        Ok(()) => shown("IPV6_CHECKSUM", "GetSet"),
        Err(error) => println!("skipped: IPV6_CHECKSUM GetSet: it takes a raw socket ({error})"),
    }
}
