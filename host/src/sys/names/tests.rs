use std::net::IpAddr;

use super::*;
use crate::permissions::{Holder, Permissions, Permit, op};

/// What the tests may look up: names that `/etc/hosts` answers, and none that leave the machine.
fn holder() -> Holder {
    let lines = ["dns lookup localhost", "dns reverse 127.0.0.0/8", "dns reverse ::1/128"];
    let builder = lines.iter().fold(Permissions::builder(), |builder, line| builder.allow(line).unwrap());
    Holder::new(builder.allow("hostname read").unwrap().build())
}

fn localhost() -> Permit<op::Lookup> {
    holder().lookup("localhost").unwrap()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// `EAI_*` or `h_errno`.
fn code<T: std::fmt::Debug>(result: Result<T>) -> i32 {
    match result {
        Err(Error::NameLookup(code) | Error::HostLookup(code)) => code,
        other => panic!("no failed look-up: {other:?}"),
    }
}

fn numeric(host: Option<&str>, service: Option<&str>, hints: Hints) -> Result<Vec<AddressInfo>> {
    getaddrinfo_numeric(host, service, hints)
}

const STREAM: Hints = Hints { family: 0, socket_type: libc::SOCK_STREAM, protocol: 0, flags: 0 };

#[test]
fn a_numeric_host_and_port_give_one_item_a_socket_type() {
    let all = numeric(Some("127.0.0.1"), Some("80"), Hints::default()).unwrap();
    let types: Vec<_> = all.iter().map(|info| (info.socket_type, info.protocol)).collect();
    assert_eq!(types[..2], [(libc::SOCK_STREAM, libc::IPPROTO_TCP), (libc::SOCK_DGRAM, libc::IPPROTO_UDP)]);
    let one = numeric(Some("::1"), Some("http"), STREAM).unwrap();
    assert_eq!(one.len(), 1);
    assert_eq!((one[0].family, one[0].address), (libc::AF_INET6, "[::1]:80".parse().unwrap()));
    assert_eq!(one[0].canonical_name, "");
}

#[test]
fn the_canonical_name_of_a_number_is_the_number() {
    let hints = Hints { flags: libc::AI_CANONNAME, ..STREAM };
    assert_eq!(numeric(Some("127.0.0.1"), None, hints).unwrap()[0].canonical_name, "127.0.0.1");
}

#[test]
fn no_host_is_loopback_or_the_wildcard() {
    let loopback = numeric(None, Some("80"), STREAM).unwrap();
    assert!(loopback.iter().all(|info| info.address.ip().is_loopback()), "{loopback:?}");
    let hints = Hints { flags: libc::AI_PASSIVE, ..STREAM };
    let wildcard = numeric(None, Some("80"), hints).unwrap();
    assert!(wildcard.iter().all(|info| info.address.ip().is_unspecified()), "{wildcard:?}");
}

#[test]
fn a_name_never_gets_past_the_numeric_function() {
    assert_eq!(code(numeric(Some("localhost"), None, STREAM)), EAI_NONAME);
}

#[test]
fn wrong_hints_are_the_errors_that_getaddrinfo_gives() {
    let wrong = |hints| code(numeric(Some("127.0.0.1"), Some("80"), hints));
    assert_eq!(wrong(Hints { family: 99, ..STREAM }), EAI_FAMILY);
    assert_eq!(wrong(Hints { socket_type: 99, ..STREAM }), libc::EAI_SOCKTYPE);
    assert_eq!(wrong(Hints { flags: 1 << 30, ..STREAM }), libc::EAI_BADFLAGS);
    assert_eq!(wrong(Hints { family: AF_INET6, ..STREAM }), EAI_ADDRFAMILY);
    assert_eq!(code(numeric(None, None, STREAM)), EAI_NONAME);
}

#[test]
fn nul_and_endless_names_are_unknown_names() {
    let long = "a".repeat(1 << 20);
    for text in ["127.0.0.1\0", "\0", &long] {
        assert_eq!(code(numeric(Some(text), None, STREAM)), EAI_NONAME);
        assert_eq!(code(numeric(Some("127.0.0.1"), Some(text), STREAM)), libc::EAI_SERVICE);
        assert_eq!(getservbyname(text, None), None);
        assert_eq!(getservbyname("http", Some(text)), None);
        assert_eq!(getservbyport(80, Some(text)), None);
        assert_eq!(getprotobyname(text), None);
    }
}

#[test]
fn localhost_is_loopback() {
    let found = getaddrinfo(&localhost(), Some("80"), STREAM).unwrap();
    assert!(!found.is_empty() && found.iter().all(|info| info.address.ip().is_loopback()), "{found:?}");
    assert!(found.iter().all(|info| info.address.port() == 80));
}

#[test]
fn the_entry_of_localhost_has_its_ipv4_address() {
    let entry = gethostbyname(&localhost()).unwrap();
    assert_eq!(entry.name, "localhost");
    assert!(entry.addresses.contains(&ip("127.0.0.1")), "{entry:?}");
}

#[test]
fn loopback_has_a_name_and_the_name_has_the_address() {
    let loopback = ip("127.0.0.1");
    let entry = gethostbyaddr(&holder().reverse(loopback).unwrap(), loopback).unwrap();
    assert!(!entry.name.is_empty());
    assert_eq!(entry.addresses, [loopback]);
}

#[test]
fn a_v4_mapped_address_is_asked_about_as_it_was_spelled() {
    let (mapped, v4) = (ip("::ffff:127.0.0.1"), ip("127.0.0.1"));
    let permit = holder().reverse(mapped).unwrap();
    assert_eq!(reverse::judged(&permit, mapped), mapped);
    assert_eq!(reverse::judged(&permit, v4), v4);
    assert_eq!(reverse::judged(&permit, ip("192.0.2.1")), v4, "what was judged, not what is asked for");
}

#[test]
fn getnameinfo_knows_loopback_and_http() {
    let address = "127.0.0.1:80".parse().unwrap();
    let permit = holder().reverse(ip("127.0.0.1")).unwrap();
    let (host, service) = getnameinfo(&permit, address, 0).unwrap();
    assert_eq!(host, gethostbyaddr(&permit, ip("127.0.0.1")).unwrap().name);
    assert_eq!(service, "http");
}

#[test]
fn getnameinfo_in_numbers_asks_nobody() {
    let address = "[::1]:80".parse().unwrap();
    assert_eq!(getnameinfo_numeric(address, NI_NUMERICSERV).unwrap(), ("::1".to_owned(), "80".to_owned()));
    assert_eq!(code(getnameinfo_numeric(address, libc::NI_NAMEREQD)), EAI_NONAME);
    assert_eq!(code(getnameinfo_numeric(address, 1 << 30)), libc::EAI_BADFLAGS);
}

#[test]
fn services_have_ports_and_ports_have_services() {
    assert_eq!(getservbyname("http", Some("tcp")), Some(80));
    assert_eq!(getservbyname("http", None), Some(80));
    assert_eq!(getservbyname("http", Some("no-such-protocol")), None);
    assert_eq!(getservbyname("no-such-service", None), None);
    assert_eq!(getservbyport(80, Some("tcp")).as_deref(), Some("http"));
    assert_eq!(getservbyport(53, None).as_deref(), Some("domain"));
    assert_eq!(getservbyport(80, Some("no-such-protocol")), None);
}

#[test]
fn protocols_have_numbers() {
    assert_eq!(getprotobyname("icmp"), Some(1));
    assert_eq!(getprotobyname("tcp"), Some(6));
    assert_eq!(getprotobyname("no-such-protocol"), None);
}

#[test]
fn a_buffer_grows_while_it_is_too_small_and_not_for_ever() {
    let mut sizes = Vec::new();
    let mut buffer = Vec::new();
    let call = |buffer: &mut [c_char]| {
        sizes.push(buffer.len());
        if buffer.len() < 5000 { libc::ERANGE } else { 0 }
    };
    assert_eq!(with_buffer(call, &mut buffer), 0);
    assert_eq!(sizes, [1024, 4096, 16384]);
    assert_eq!(with_buffer(|_| libc::ERANGE, &mut buffer), libc::ERANGE);
    assert_eq!(buffer.len(), 256 << 10);
}

#[test]
fn the_machine_has_a_name() {
    let name = gethostname(&holder().hostname().unwrap()).unwrap();
    assert!(!name.is_empty() && !name.contains('\0'));
}
