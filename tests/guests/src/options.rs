//! Socket options: each row of the host's table read, set to something else, and read back.

mod clusters;
mod families;
mod odd;
mod structures;
mod table;

pub(crate) use families::{options_of_bluetooth_are_shown_elsewhere, options_of_other_families_are_set_and_read};
pub(crate) use odd::options_with_odd_values;
pub(crate) use structures::every_other_option_is_set_and_read;
use table::{GRANTED, GRANTED_BYTES, NUMBERS, Number, On, PARTLY_GRANTED};
use wallsocket::errno::{EDOM, EFAULT, EINVAL, ENOENT, ENOPROTOOPT, EOPNOTSUPP};
use wallsocket::*;

use crate::check::{denied, say};
use crate::help::{connected, fails, listener};

/// A socket that has the options of that level.
fn of_level(level: i32) -> Socket {
    if level == IPPROTO_IPV6 { On::Tcp6.make() } else { On::Tcp.make() }
}

/// Each option that is a number: read, set to something else, read back. It prints which, for the tests to compare
/// with the host's table.
pub(crate) fn a_number_comes_back_as_it_went_in(_: &[String]) {
    assert_eq!(IP_RETOPTS, IP_RECVRETOPTS, "two names of one option");
    for number in NUMBERS {
        comes_back(number);
        println!("{} GetSet", number.0);
    }
}

/// The same with grants: numbers, and bytes. Each is refused without, and the refusal names the line.
pub(crate) fn what_takes_a_grant_comes_back(_: &[String]) {
    for number in GRANTED.iter().chain(PARTLY_GRANTED) {
        comes_back(number);
        println!("{} GetSet", number.0);
    }
    for &(option, on, level, name, value) in GRANTED_BYTES {
        let sock = on.make();
        sock.setsockopt(level, name, value).unwrap_or_else(|error| panic!("{option} to {value:?}: {error}"));
        let read = sock.getsockopt_bytes(level, name, 40).unwrap_or_else(|error| panic!("{option}: {error}"));
        assert_eq!(read, value, "{option} comes back as it went in");
        println!("{option} GetSet");
    }
    let sock = On::Udp6.make();
    sock.setsockopt(IPPROTO_IPV6, IPV6_RTHDR, b"").expect("none can be taken away");
    assert_eq!(sock.getsockopt_bytes(IPPROTO_IPV6, IPV6_RTHDR, 40), Ok(Vec::new()), "there is none");
    println!("IPV6_RTHDR GetSet");
}

/// Prints the names of those that were refused.
pub(crate) fn what_takes_a_grant_is_refused_without(_: &[String]) {
    let set = |option: &str, on: On, level, name, value: OptionValue<'_>| {
        let sock = on.make();
        let before = sock.getsockopt_bytes(level, name, 40);
        assert_eq!(denied(sock.setsockopt(level, name, value)), format!("option {option}"));
        assert_eq!(sock.getsockopt_bytes(level, name, 40), before, "{option} is as it was");
        println!("{option}");
    };
    for &(option, on, level, name, [value, _]) in GRANTED.iter().chain(PARTLY_GRANTED) {
        set(option, on, level, name, OptionValue::Int(value));
    }
    for &(option, on, level, name, value) in GRANTED_BYTES {
        set(option, on, level, name, OptionValue::Bytes(value));
    }
    set("IPV6_RTHDR", On::Udp6, IPPROTO_IPV6, IPV6_RTHDR, OptionValue::Bytes(b""));
    set("IPV6_PKTINFO", On::Udp6, IPPROTO_IPV6, IPV6_PKTINFO, OptionValue::Bytes(&[0; 20]));
    set("IP_HDRINCL", On::Tcp, IPPROTO_IP, IP_HDRINCL, OptionValue::Int(1));
    set("ALG_SET_DRBG_ENTROPY", On::Tcp, SOL_ALG, ALG_SET_DRBG_ENTROPY, OptionValue::Bytes(&[7; 48]));
    set("PACKET_QDISC_BYPASS", On::Tcp, SOL_PACKET, PACKET_QDISC_BYPASS, OptionValue::Int(1));
    for (option, on, level, name) in [
        ("SO_PEERSEC", On::Unix, SOL_SOCKET, SO_PEERSEC),
        ("SO_PEERGROUPS", On::Unix, SOL_SOCKET, SO_PEERGROUPS),
        // The machine's own key is no guest's to read.
        ("TCP_FASTOPEN_KEY", On::Tcp, IPPROTO_TCP, TCP_FASTOPEN_KEY),
    ] {
        assert_eq!(denied(on.make().getsockopt_bytes(level, name, 40)), format!("option {option}"));
        println!("{option}");
    }
    // What they are anyway takes none.
    for &(option, on, level, name, [_, value]) in PARTLY_GRANTED {
        on.make().setsockopt(level, name, value).unwrap_or_else(|error| panic!("{option} to {value}: {error}"));
    }
    let sock = On::Udp.make();
    let join = layout::ip_mreq([239, 1, 2, 3].into(), [127, 0, 0, 1].into());
    assert_eq!(denied(sock.setsockopt(IPPROTO_IP, IP_ADD_MEMBERSHIP, &join)), "udp join 239.1.2.3");
}

fn comes_back(&(option, on, level, name, values): &Number) {
    let sock = on.make();
    assert_ne!(sock.getsockopt(level, name), Ok(values[0]), "{option} begins with another value");
    for value in values {
        sock.setsockopt(level, name, value).unwrap_or_else(|error| panic!("{option} to {value}: {error}"));
        assert_eq!(sock.getsockopt(level, name), Ok(value), "{option} as a number");
        let bytes = sock.getsockopt_bytes(level, name, 4);
        assert_eq!(bytes, Ok(value.to_le_bytes().to_vec()), "{option} as bytes");
    }
    let bytes = values[0].to_le_bytes();
    sock.setsockopt(level, name, &bytes).unwrap_or_else(|error| panic!("{option} to {bytes:?}: {error}"));
    assert_eq!(sock.getsockopt(level, name), Ok(values[0]), "{option} set as bytes");
    let longer = [&bytes[..], b"and what no option has"].concat();
    match sock.setsockopt(level, name, &longer) {
        Err(error) if option.ends_with("UNICAST_IF") => assert_eq!(error, Error::Os(EINVAL), "{option}: 4 bytes alone"),
        set => set.unwrap_or_else(|error| panic!("{option} to {longer:?}: {error}")),
    }
    assert_eq!(sock.getsockopt(level, name), Ok(values[0]), "{option} by its first four bytes");
    let short = sock.getsockopt_bytes(level, name, 2).map(|bytes| bytes.len());
    assert!(matches!(short, Ok(1..=2)), "{option} gives no more than it is asked for: {short:?}");
    let long = sock.getsockopt_bytes(level, name, 1024).map(|bytes| bytes.len());
    // Newer kernels tell of a clock beside it: struct so_timestamping.
    let has = if option == "SO_TIMESTAMPING" { 4..=8 } else { 4..=4 };
    assert!(long.is_ok_and(|long| has.contains(&long)), "{option} gives no more than it has");
    // Python's third form: no value, and the kernel's word on that. IPv6 takes it for 0.
    let none = sock.setsockopt(level, name, OptionValue::Null(3));
    let is_told = matches!(none, Err(Error::Os(EINVAL | EFAULT))) || (none.is_ok() && level == IPPROTO_IPV6);
    assert!(is_told, "{option} without a value: {none:?}");
}

pub(crate) fn what_a_socket_is_can_be_read_and_not_set(_: &[String]) {
    let sock = listener();
    for (name, value) in
        [(SO_TYPE, SOCK_STREAM), (SO_DOMAIN, AF_INET), (SO_PROTOCOL, IPPROTO_TCP), (SO_ACCEPTCONN, 1), (SO_ERROR, 0)]
    {
        assert_eq!(sock.getsockopt(SOL_SOCKET, name), Ok(value), "option {name}");
        fails(sock.setsockopt(SOL_SOCKET, name, 1), ENOPROTOOPT, "socket(7) calls it read-only");
        assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, name, 99), Ok(value.to_le_bytes().to_vec()));
    }
    let pair = socketpair(AF_UNIX, SOCK_SEQPACKET, 0).expect("a pair").0;
    let of = |name| pair.getsockopt(SOL_SOCKET, name);
    assert_eq!((of(SO_TYPE), of(SO_DOMAIN), of(SO_ACCEPTCONN)), (Ok(SOCK_SEQPACKET), Ok(AF_UNIX), Ok(0)));
}

pub(crate) fn buffers_are_set_and_clamped(_: &[String]) {
    for name in [SO_RCVBUF, SO_SNDBUF] {
        let sock = of_level(SOL_SOCKET);
        let at_first = sock.getsockopt(SOL_SOCKET, name).expect("a size");
        sock.setsockopt(SOL_SOCKET, name, 10_000).expect("a size");
        assert_eq!(sock.getsockopt(SOL_SOCKET, name), Ok(20_000), "socket(7): the kernel doubles it");
        assert_ne!(at_first, 20_000);
        // The guest's quota is 16,384.
        for huge in [i32::MAX, 1 << 20, -1, i32::MIN] {
            sock.setsockopt(SOL_SOCKET, name, huge).expect("clamped, not refused");
            assert_eq!(sock.getsockopt(SOL_SOCKET, name), Ok(2 * 16_384), "{huge} is beyond the quota");
        }
        sock.setsockopt(SOL_SOCKET, name, 0).expect("brought up to the least");
        assert!(sock.getsockopt(SOL_SOCKET, name).is_ok_and(|size| size > 0));
    }
}

pub(crate) fn structures_come_back_as_they_went_in(_: &[String]) {
    let sock = of_level(SOL_SOCKET);
    for value in [layout::linger(false, 0), layout::linger(true, 5), layout::linger(true, 0)] {
        sock.setsockopt(SOL_SOCKET, SO_LINGER, &value).expect("a struct linger");
        assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, SO_LINGER, 8), Ok(value.to_vec()));
        assert_eq!(sock.getsockopt(SOL_SOCKET, SO_LINGER), Ok(i32::from(value[0])), "as a number its first field");
    }
    for name in [SO_RCVTIMEO, SO_SNDTIMEO] {
        assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, name, 16), Ok(vec![0; 16]), "none at first");
        let value = layout::timeval(std::time::Duration::from_millis(90_250));
        sock.setsockopt(SOL_SOCKET, name, &value).expect("a struct timeval");
        assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, name, 16), Ok(value.to_vec()));
        assert_eq!(sock.getsockopt_bytes(SOL_SOCKET, name, 5), Ok(value[..5].to_vec()), "cut to what is asked for");
        assert_eq!(sock.getsockopt(SOL_SOCKET, name), Ok(90), "as a number its seconds");
        fails(sock.setsockopt(SOL_SOCKET, name, 1), EINVAL, "a number is no struct timeval");
        fails(sock.setsockopt(SOL_SOCKET, name, &value[..15]), EINVAL, "nor is one that is too short");
        let mut bad = value;
        bad[8..].copy_from_slice(&1_000_000_i64.to_le_bytes());
        fails(sock.setsockopt(SOL_SOCKET, name, &bad), EDOM, "a million microseconds are a second");
    }
}

pub(crate) fn what_has_no_row_is_not_available(_: &[String]) {
    let sock = of_level(SOL_SOCKET);
    for (level, name) in [(SOL_SOCKET, 9999), (9999, 1), (-1, -1), (i32::MIN, i32::MAX), (IPPROTO_TCP, 0)] {
        fails(sock.getsockopt(level, name), ENOPROTOOPT, "get");
        fails(sock.getsockopt_bytes(level, name, 4), ENOPROTOOPT, "get bytes");
        for value in [OptionValue::Int(1), OptionValue::Bytes(b"x"), OptionValue::Null(4)] {
            fails(sock.setsockopt(level, name, value), ENOPROTOOPT, "set");
        }
    }
}

pub(crate) fn bad_values_are_errors(_: &[String]) {
    let sock = of_level(SOL_SOCKET);
    for length in [0, 1025, usize::MAX] {
        fails(sock.getsockopt_bytes(SOL_SOCKET, SO_KEEPALIVE, length), EINVAL, "Python takes 1 to 1,024 bytes");
    }
    fails(sock.setsockopt(SOL_SOCKET, SO_KEEPALIVE, b""), EINVAL, "no bytes are no number");
    fails(sock.setsockopt(SOL_SOCKET, SO_KEEPALIVE, b"abc"), EINVAL, "nor are three");
    fails(sock.setsockopt(SOL_SOCKET, SO_RCVBUF, b"abc"), EINVAL, "for what the host looks at, too");
    fails(sock.setsockopt(SOL_SOCKET, SO_LINGER, 1), EINVAL, "a number is no struct linger");
    sock.setsockopt(SOL_SOCKET, SO_KEEPALIVE, &vec![1; 70_000]).expect("what follows the number isn't looked at");
    fails(sock.setsockopt(IPPROTO_TCP, TCP_CONGESTION, &vec![b'x'; 70_000]), ENOENT, "nor what no name is as long as");
    fails(sock.setsockopt(SOL_SOCKET, SO_KEEPALIVE, OptionValue::Null(4)), EFAULT, "None is no number");
    fails(sock.setsockopt(SOL_SOCKET, SO_RCVBUF, OptionValue::Null(4)), EFAULT, "for what the host looks at, too");
    fails(sock.setsockopt(SOL_SOCKET, SO_RCVBUF, OptionValue::Null(3)), EINVAL, "the length is looked at first");
    fails(sock.setsockopt(IPPROTO_IP, IP_TTL, 256), EINVAL, "a TTL has a byte");
    fails(sock.setsockopt(IPPROTO_TCP, TCP_KEEPCNT, 0), EINVAL, "no probe is no keep-alive");
    let datagrams = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    assert!(datagrams.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1).is_err(), "UDP has no options of TCP");
    let pair = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair").0;
    fails(pair.getsockopt(IPPROTO_TCP, TCP_NODELAY), EOPNOTSUPP, "nor have Unix sockets");
    fails(pair.setsockopt(IPPROTO_IP, IP_TTL, 1), EOPNOTSUPP, "nor any of IP");
}

pub(crate) fn queues_can_be_measured(_: &[String]) {
    let (client, server) = connected();
    assert_eq!((server.bytes_readable(), client.bytes_unsent()), (Ok(0), Ok(0)));
    client.sendall("hello").expect("room");
    select::select(&[&server], &[], &[], 20).expect("it comes");
    assert_eq!(server.bytes_readable(), Ok(5), "FIONREAD");
    assert_eq!(server.at_mark(), Ok(false));
    fails(listener().bytes_readable(), EINVAL, "a listener has no data");
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    one.sendall("hello").expect("room");
    assert_eq!(other.bytes_readable(), Ok(5));
    assert!(one.bytes_unsent().is_ok_and(|count| count > 0), "what the peer hasn't read counts as unsent");
}

/// Sets the algorithm of that name.
pub(crate) fn control_congestion_by(arguments: &[String]) {
    say(On::Tcp.make().setsockopt(IPPROTO_TCP, TCP_CONGESTION, arguments[0].as_str()));
}
