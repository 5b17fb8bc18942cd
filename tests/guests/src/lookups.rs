//! Names: hosts, services, protocols, interfaces. What only the local files know.

use wallsocket::errno::{EAFNOSUPPORT, ENODEV, ENXIO};
use wallsocket::*;

use crate::help::{argument, fails, is_refused_as_a_value};

/// A look-up that must fail with that `EAI_*` code.
#[track_caller]
fn finds_nothing<T: std::fmt::Debug>(result: Result<T>, code: i32) {
    assert!(matches!(result, Err(Error::GaiError(found)) if found == code), "code {code} and not {result:?}");
}

pub(crate) fn numeric_hosts_need_no_resolver(_: &[String]) {
    let found = getaddrinfo("127.0.0.1", 80).expect("no grant is needed for a number");
    let kinds: Vec<_> = found.iter().map(|info| (info.type_, info.proto)).collect();
    assert_eq!(kinds[..2], [(SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP)], "one answer a type");
    for info in &found {
        assert_eq!((info.family, info.canonname.as_str()), (AF_INET, ""));
        assert_eq!(info.sockaddr.to_string(), "('127.0.0.1', 80)");
    }
    let hints = Hints { family: AF_INET6, type_: SOCK_STREAM, proto: 0, flags: AI_NUMERICHOST };
    let found = getaddrinfo_with("::1", "443", hints).expect("a number");
    assert_eq!(found.len(), 1, "hints narrow the answer");
    assert_eq!(found[0].sockaddr.to_string(), "('::1', 443, 0, 0)");
    let hints = Hints { flags: AI_PASSIVE, type_: SOCK_STREAM, family: AF_INET, ..Hints::default() };
    let found = getaddrinfo_with(None, 80, hints).expect("the wildcard");
    assert_eq!(found[0].sockaddr.to_string(), "('0.0.0.0', 80)", "no host and AI_PASSIVE is the wildcard");
    let found = getaddrinfo_with(None, 80, Hints { flags: 0, ..hints }).expect("loopback");
    assert_eq!(found[0].sockaddr.to_string(), "('127.0.0.1', 80)", "no host is loopback");
    let hints = Hints { type_: SOCK_STREAM, ..Hints::default() };
    let found = getaddrinfo_with("127.0.0.1", "http", hints).expect("a service's name");
    assert_eq!(found[0].sockaddr.port(), Some(80));
    assert_eq!(getaddrinfo("127.0.0.1", None).expect("no service")[0].sockaddr.port(), Some(0));
    let hints = Hints { flags: AI_CANONNAME, ..hints };
    assert_eq!(getaddrinfo_with("127.0.0.1", 80, hints).expect("a number")[0].canonname, "127.0.0.1");
}

pub(crate) fn what_is_nothing_is_told_by_its_code(_: &[String]) {
    let hints = Hints { flags: AI_NUMERICHOST, ..Hints::default() };
    finds_nothing(getaddrinfo_with("localhost", 80, hints), EAI_NONAME);
    finds_nothing(getaddrinfo(None, None), EAI_NONAME);
    finds_nothing(getaddrinfo("127.0.0.1", "no-such-service"), EAI_SERVICE);
    finds_nothing(getaddrinfo_with("127.0.0.1", 80, Hints { family: 99, ..Hints::default() }), EAI_FAMILY);
    finds_nothing(getaddrinfo_with("127.0.0.1", 80, Hints { type_: 99, ..Hints::default() }), EAI_SOCKTYPE);
    finds_nothing(getaddrinfo_with("127.0.0.1", 80, Hints { flags: 1 << 30, ..Hints::default() }), EAI_BADFLAGS);
    finds_nothing(getaddrinfo_with("::1", 80, Hints { family: AF_INET, ..Hints::default() }), EAI_ADDRFAMILY);
    for host in ["a\0b", "b\u{fc}cher.example"] {
        is_refused_as_a_value(getaddrinfo(host, 80), "no host has such a name");
    }
    is_refused_as_a_value(getservbyname("no-such-service", None), "service/proto not found");
    is_refused_as_a_value(getprotobyname("no-such-protocol"), "protocol not found");
    is_refused_as_a_value(getservbyport(70_000, None), "a port has 16 bits");
}

pub(crate) fn localhost_is_found_either_way(_: &[String]) {
    assert_eq!(gethostbyname("localhost").map(|ip| ip.is_loopback()), Ok(true));
    assert_eq!(gethostbyname("127.0.0.1").map(|ip| ip.to_string()).as_deref(), Ok("127.0.0.1"), "unchanged");
    let entry = gethostbyname_ex("localhost").expect("the hosts file has it");
    assert!(entry.ipaddrlist.iter().all(|ip| ip.is_loopback() && ip.is_ipv4()), "{entry:?}");
    let entry = gethostbyaddr("127.0.0.1").expect("the hosts file has it");
    assert_eq!(entry.ipaddrlist, [std::net::IpAddr::from([127, 0, 0, 1])]);
    let (host, service) = getnameinfo(("127.0.0.1", 80), 0).expect("it has a name");
    assert_eq!((host.as_str(), service.as_str()), (entry.hostname.as_str(), "http"));
    let numeric = getnameinfo(("127.0.0.1", 80), NI_NUMERICHOST | NI_NUMERICSERV);
    assert_eq!(numeric, Ok(("127.0.0.1".into(), "80".into())));
    assert!(getaddrinfo("localhost", 80).is_ok_and(|found| !found.is_empty()));
}

pub(crate) fn services_and_protocols_are_found(_: &[String]) {
    assert_eq!((getservbyname("http", None), getservbyname("domain", "udp")), (Ok(80), Ok(53)));
    assert_eq!(getservbyport(443, "tcp").as_deref(), Ok("https"));
    assert_eq!((getprotobyname("tcp"), getprotobyname("udp"), getprotobyname("icmp")), (Ok(6), Ok(17), Ok(1)));
    is_refused_as_a_value(getservbyname("http", "sctp-or-so"), "no such protocol has it");
}

pub(crate) fn the_host_has_the_name_it_was_given(arguments: &[String]) {
    assert_eq!(gethostname(), Ok(argument(arguments, 0)));
    let qualified = getfqdn(None).expect("a name without a grant to look it up is still a name");
    assert_eq!(qualified, argument::<String>(arguments, 0));
    assert_eq!(getfqdn("a.example").as_deref(), Ok("a.example"), "what can't be looked up stays as it is");
    assert!(sethostname("other").is_err(), "a guest renames no machine");
}

pub(crate) fn interfaces_are_listed(_: &[String]) {
    let all = if_nameindex().expect("the grant allows it");
    let (index, name) = all.iter().find(|(_, name)| name == "lo").expect("loopback");
    assert_eq!((if_nametoindex(name), if_indextoname(*index).as_deref()), (Ok(*index), Ok("lo")));
    fails(if_nametoindex("no-such-if"), ENODEV, "no interface has that name");
    fails(if_nametoindex("a-name-that-is-too-long-for-an-interface"), ENODEV, "nor can one have this");
    fails(if_nametoindex(b"l\0o"), ENODEV, "nor this");
    fails(if_indextoname(0), ENXIO, "indices begin with 1");
    fails(if_indextoname(u32::MAX), ENXIO, "no interface has that index");
}

pub(crate) fn packed_addresses_need_no_host(_: &[String]) {
    assert_eq!(inet_aton("127.1"), Ok([127, 0, 0, 1]));
    assert_eq!(inet_ntoa(&[100, 50, 200, 5]).as_deref(), Ok("100.50.200.5"));
    assert_eq!(
        inet_pton(AF_INET6, "5aef:2b::8").and_then(|packed| inet_ntop(AF_INET6, &packed)).as_deref(),
        Ok("5aef:2b::8")
    );
    fails(inet_pton(AF_UNIX, "x"), EAFNOSUPPORT, "paths aren't packed");
    is_refused_as_a_value(inet_ntoa(&[1, 2, 3]), "an address has four bytes");
    assert_eq!((ntohs(htons(80)), ntohl(htonl(80)), htons(1)), (80, 80, 256));
}
