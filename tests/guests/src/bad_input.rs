//! What no call should be given: the error that Python would give, and never a trap.

use std::time::Duration;

use wallsocket::errno::{EAFNOSUPPORT, EINVAL, ENAMETOOLONG, ENOENT, EOPNOTSUPP, EPROTONOSUPPORT, ESOCKTNOSUPPORT};
use wallsocket::*;

use crate::help::{connected, datagrams, fails, is_refused_as_a_value, name};

pub(crate) fn there_are_only_so_many_kinds_of_sockets(_: &[String]) {
    let sock = socket(-1, -1, -1).expect("what Python takes for \"not given\"");
    assert_eq!((sock.family(), sock.type_(), sock.proto()), (AF_INET, Ok(SOCK_STREAM), Ok(0)));
    fails(socketpair(-1, SOCK_STREAM, 0), EAFNOSUPPORT, "which it doesn't for pairs");
    for family in [-2, 9999, i32::MIN, i32::MAX] {
        fails(socket(family, SOCK_STREAM, 0), EAFNOSUPPORT, "there is no such family");
        fails(socketpair(family, SOCK_STREAM, 0), EAFNOSUPPORT, "for pairs as well");
    }
    for family in [AF_UNIX, AF_INET, AF_INET6] {
        for kind in [-2, 11, 99, i32::MIN, i32::MAX] {
            fails(socket(family, kind, 0), EINVAL, "there is no such type");
        }
        for kind in [0, 6, 10] {
            fails(socket(family, kind, 0), ESOCKTNOSUPPORT, "there is such a number, of no type of this family");
        }
        let number = if family == AF_UNIX { EPROTONOSUPPORT } else { EINVAL };
        for protocol in [-2, 9999, i32::MIN, i32::MAX] {
            fails(socket(family, SOCK_STREAM, protocol), number, "there is no such protocol");
        }
    }
    fails(socket(AF_INET, SOCK_SEQPACKET, 0), ESOCKTNOSUPPORT, "IP has no sequenced packets");
    fails(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT, "UDP is no stream");
    fails(socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP), EPROTONOSUPPORT, "TCP has no datagrams");
    for (kind, protocol) in [(SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP)] {
        let sock = socket(AF_INET6, kind, protocol).expect("what the type means anyway");
        assert_eq!(sock.proto(), Ok(protocol));
    }
}

pub(crate) fn families_of_other_systems_are_not_supported(_: &[String]) {
    let link = LinkAddress { index: 1, name: b"en0".to_vec(), type_: 6, address: vec![2, 0, 0, 0, 0, 1] };
    let zero = "00000000-0000-0000-0000-000000000000".to_owned();
    let addresses: [(&str, i32, Address); 4] = [
        ("AF_LINK", macos::AF_LINK, link.into()),
        ("AF_SYSTEM", macos::AF_SYSTEM, SystemAddress::Id((1, 0)).into()),
        ("AF_SYSTEM by name", macos::AF_SYSTEM, SystemAddress::Name(b"com.apple.net.utun_control".to_vec()).into()),
        ("AF_HYPERV", windows::AF_HYPERV, HypervAddress { vm_id: zero.clone(), service_id: zero }.into()),
    ];
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    for (name, family, address) in addresses {
        // Linux has other families by these numbers, which are nothing to a guest either.
        for kind in [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET] {
            fails(socket(family, kind, 0), EAFNOSUPPORT, name);
        }
        fails(sock.bind(&address), EAFNOSUPPORT, name);
        fails(sock.connect(&address), EAFNOSUPPORT, name);
        fails(sock.sendto("x", &address), EAFNOSUPPORT, name);
    }
}

pub(crate) fn addresses_that_are_none_are_refused(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    for port in [-1_i64, 65_536, i64::MAX, i64::MIN] {
        is_refused_as_a_value(sock.connect(("127.0.0.1", port)), "a port has 16 bits");
        is_refused_as_a_value(sock.bind(("127.0.0.1", port)), "a port has 16 bits");
    }
    is_refused_as_a_value(sock.connect("/a/path"), "a path is no address of IPv4");
    is_refused_as_a_value(sock.connect(("a\0b", 80)), "no host has such a name");
    is_refused_as_a_value(sock.connect(("b\u{fc}cher.example", 80)), "nor such a one, unless it's encoded");
    fails(sock.bind(Address::Unspecified), EAFNOSUPPORT, "nothing is no address to bind to");
    let inet6 = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    is_refused_as_a_value(inet6.connect(("::1", 80, 0x10_0000, 0)), "flow information has 20 bits");
    is_refused_as_a_value(inet6.connect(("::1", 80, 0, -1)), "a scope id isn't negative");
    let flow = std::net::SocketAddrV6::new(std::net::Ipv6Addr::LOCALHOST, 80, u32::MAX, 0);
    fails(inet6.connect(flow), EINVAL, "the host checks it, too");
    for address in [Address::Can(CanAddress::Raw(CanRawAddress { interface: b"can0".to_vec() })), vsock()] {
        fails(sock.connect(&address), EAFNOSUPPORT, "an address of another family");
        fails(sock.bind(&address), EAFNOSUPPORT, "for bind");
        fails(datagrams().sendto("x", &address), EAFNOSUPPORT, "for sendto");
    }
    let unix = |path: Vec<u8>| Address::Unix(UnixAddress::Path(path));
    fails(sock.connect(unix(b"/a".to_vec())), EAFNOSUPPORT, "a path for a socket of IPv4");
    let other = OtherAddress { family: -1, data: vec![1; 5000] };
    fails(sock.connect(Address::Other(other)), EAFNOSUPPORT, "a family that nobody knows");
}

fn vsock() -> Address {
    Address::Vsock(VsockAddress { cid: u32::MAX, port: u32::MAX })
}

pub(crate) fn unix_names_have_their_limits(_: &[String]) {
    let sock = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    let long = |length| format!("/app/{}", "x".repeat(length));
    fails(sock.bind(long(5000)), ENAMETOOLONG, "no path has 5,000 bytes");
    fails(sock.bind(long(200)), ENAMETOOLONG, "nor has a socket's 200");
    fails(sock.connect(long(300)), ENAMETOOLONG, "a file's name has 255 bytes");
    fails(sock.bind(b"/app/a\0b"), EINVAL, "a path holds no NUL");
    fails(sock.connect(b"/app/a\0b"), EINVAL, "a path holds no NUL");
    fails(sock.bind([0; 200]), EINVAL, "an abstract name has 107 bytes");
    fails(sock.connect([0; 200]), EINVAL, "an abstract name has 107 bytes");
    fails(sock.bind("/app/nothing/here.sock"), ENOENT, "there is no such directory");
    is_refused_as_a_value(sock.bind(("127.0.0.1", 80)), "an address of IPv4 is no path");
    assert!(sock.connect("").is_err(), "nobody has no name");
}

pub(crate) fn timeouts_are_spans_of_time(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    for bad in [-1.0, -1e-9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, 9.3e9] {
        is_refused_as_a_value(sock.settimeout(bad), "Python's settimeout refuses it as well");
        is_refused_as_a_value(setdefaulttimeout(bad), "for the default");
    }
    is_refused_as_a_value(sock.settimeout(Duration::MAX), "no clock goes that far");
    assert_eq!((sock.gettimeout(), getdefaulttimeout()), (Ok(None), None), "and nothing was changed");
    sock.settimeout(9e9).expect("285 years are a time");
    assert_eq!(sock.gettimeout(), Ok(Some(9e9)));
}

pub(crate) fn flags_are_passed_on_or_refused(_: &[String]) {
    const MSG_ZEROCOPY: i32 = 0x400_0000;
    let (client, server) = connected();
    let udp = datagrams();
    for flags in [MSG_ZEROCOPY, MSG_CTRUNC, 0x10, -1, i32::MIN] {
        fails(client.send_flags("x", flags), EOPNOTSUPP, "send");
        fails(client.sendall_flags("x", flags), EOPNOTSUPP, "sendall");
        fails(udp.sendto_flags("x", flags, name(&udp)), EOPNOTSUPP, "sendto");
        fails(udp.send_datagrams(&[("x", name(&udp))], flags), EOPNOTSUPP, "send_datagrams");
        fails(server.recv_flags(9, flags), EOPNOTSUPP, "recv");
        fails(server.recvfrom_flags(9, flags), EOPNOTSUPP, "recvfrom");
        fails(udp.receive_datagrams(9, 9, flags), EOPNOTSUPP, "receive_datagrams");
    }
    assert_eq!(client.send_flags("ab", MSG_NOSIGNAL | MSG_MORE | MSG_DONTWAIT), Ok(2), "these are");
    assert_eq!(client.send("c"), Ok(1));
    assert_eq!(server.recv_flags(3, MSG_WAITALL | MSG_NOSIGNAL).expect("it comes"), b"abc");
}

pub(crate) fn sizes_beyond_all_memory_are_sizes(_: &[String]) {
    let (client, server) = connected();
    let udp = datagrams();
    for size in [u32::MAX as usize, i32::MAX as usize, 1 << 20] {
        client.sendall("hello").expect("room");
        select::select(&[&server], &[], &[], 20).expect("it comes");
        assert_eq!(server.recv_flags(size, MSG_PEEK).expect("it is there"), b"hello");
        assert_eq!(server.recv(size).expect("it is there"), b"hello", "recv({size}) gives what there is");
        client.sendall("hello").expect("room");
        select::select(&[&server], &[], &[], 20).expect("it comes");
        assert_eq!(server.recvfrom(size).expect("it is there").0, b"hello");
        udp.sendto("hello", name(&udp)).expect("room");
        assert_eq!(udp.recvfrom(size).expect("it is there").0, b"hello");
        udp.sendto("hello", name(&udp)).expect("room");
        assert_eq!(udp.receive_datagrams(size, size, 0).expect("it is there").len(), 1);
    }
}
