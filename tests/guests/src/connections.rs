//! Clients and servers in one call, over both families.

use std::net::Ipv6Addr;

use wallsocket::errno::{EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, ECONNREFUSED, EHOSTUNREACH, EINVAL, ENETUNREACH};
use wallsocket::{
    AF_INET, AF_INET6, ConnectionOptions, Error, IPPROTO_IPV6, IPV6_V6ONLY, SO_REUSEADDR, SOCK_DGRAM, SOCK_STREAM,
    SOL_SOCKET, ServerOptions, create_connection, create_connection_with, create_server, create_server_with,
    has_dualstack_ipv6, if_nametoindex, socket,
};

use crate::help::{argument, deaf, fails, is_refused_as_a_value, name, receive};

fn port_of(sock: &wallsocket::Socket) -> u16 {
    name(sock).port().expect("a port")
}

pub(crate) fn create_connection_reaches_create_server(_: &[String]) {
    let server = create_server(("127.0.0.1", 0)).expect("the grant allows it");
    assert_eq!(server.getsockopt(SOL_SOCKET, SO_REUSEADDR), Ok(1), "a server can be started again at once");
    let options = ConnectionOptions::new().timeout(30.0).source_address("127.0.0.2", 0);
    let client = create_connection_with(("127.0.0.1", port_of(&server)), options).expect("it listens");
    assert_eq!(client.gettimeout(), Ok(Some(30.0)), "the timeout stays");
    let (accepted, from) = server.accept().expect("it has connected");
    assert_eq!(from.host().as_deref(), Some("127.0.0.2"), "it comes from its source address");
    client.sendall("hello").expect("room");
    assert_eq!(receive(&accepted, 5), b"hello");
    fails(create_server(("127.0.0.1", port_of(&server))), EADDRINUSE, "the port is taken");
    fails(create_connection(name_pair(&deaf())), ECONNREFUSED, "nobody listens");
    let options = ConnectionOptions::new().source_address("192.0.2.1", 0);
    let error = create_connection_with(("127.0.0.1", port_of(&server)), options);
    fails(error, EADDRNOTAVAIL, "that source is no address of this machine's");
    is_refused_as_a_value(create_connection(("127.0.0.1", 65_536)), "a port has 16 bits");
}

fn name_pair(sock: &wallsocket::Socket) -> (String, u16) {
    (name(sock).host().expect("an address"), port_of(sock))
}

pub(crate) fn create_connection_tries_every_address(arguments: &[String]) {
    // `localhost` has the address of either family, or of one; the server has only the one it was told.
    let family: i32 = if argument::<u8>(arguments, 0) == 6 { AF_INET6 } else { AF_INET };
    let host = if family == AF_INET6 { "::1" } else { "127.0.0.1" };
    let server = create_server_with((host, 0), ServerOptions { family, ..ServerOptions::default() });
    let server = server.expect("the grant allows it");
    let client = create_connection((argument::<String>(arguments, 1), port_of(&server))).expect("one of them answers");
    assert_eq!(client.family(), family, "the address that answered is of the server's family");
    server.accept().expect("it has connected");
}

pub(crate) fn a_name_is_resolved_by_connect(_: &[String]) {
    let server = create_server(("127.0.0.1", 0)).expect("the grant allows it");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setblocking(false).expect("a mode");
    let started = sock.connect_ex(("localhost", port_of(&server))).expect("looking up isn't connecting");
    assert_eq!(started, wallsocket::errno::EINPROGRESS, "a look-up waits in every mode, connecting doesn't");
    server.accept().expect("it comes");
    assert_eq!(sock.getpeername(), Ok(name(&server)), "it is connected to what the name stands for");
    for host in ["2130706433", "0x7f.1", "127.1"] {
        let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
        sock.connect((host, port_of(&server))).expect("every spelling of an address is one");
    }
}

pub(crate) fn a_dual_stack_server_takes_both(_: &[String]) {
    assert!(has_dualstack_ipv6(), "Linux has it");
    let options = ServerOptions { family: AF_INET6, dualstack_ipv6: true, backlog: Some(5), reuse_port: false };
    let server = create_server_with(("::", 0), options).expect("the grant allows it");
    assert_eq!(server.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY), Ok(0));
    for (family, host, seen) in [(AF_INET, "127.0.0.1", "::ffff:127.0.0.1"), (AF_INET6, "::1", "::1")] {
        let client = socket(family, SOCK_STREAM, 0).expect("a socket");
        client.connect((host, port_of(&server))).expect("it listens");
        let (_, from) = server.accept().expect("it has connected");
        assert_eq!(from.host().as_deref(), Some(seen), "IPv4 comes in the mapped form");
    }
    let mapped = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    mapped.connect(("::ffff:127.0.0.1", port_of(&server))).expect("IPv4 is reached in the mapped form, too");
    let options = ServerOptions { family: AF_INET6, ..ServerOptions::default() };
    let only6 = create_server_with(("::1", 0), options).expect("the grant allows it");
    assert_eq!(only6.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY), Ok(1), "without dualstack_ipv6 it's for IPv6 alone");
    fails(create_connection(("127.0.0.1", port_of(&only6))), ECONNREFUSED, "and IPv4 isn't answered");
    let options = ServerOptions { dualstack_ipv6: true, ..ServerOptions::default() };
    is_refused_as_a_value(create_server_with(("", 0), options), "IPv4 has one stack");
}

pub(crate) fn addresses_are_of_the_sockets_family(_: &[String]) {
    let inet6 = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    let inet = deaf();
    fails(inet6.connect(name(&inet)), EAFNOSUPPORT, "an IPv4 address isn't one of IPv6");
    fails(inet6.bind(name(&inet)), EAFNOSUPPORT, "for bind as well");
    inet6.bind(("::1", 0)).expect("the grant allows it");
    fails(inet.connect(name(&inet6)), EAFNOSUPPORT, "nor the other way round");
    fails(inet.bind(("127.0.0.1", 0)), EINVAL, "a socket is bound once");
}

/// In a network namespace with an interface that has no way out: `ARGUMENT 0` is its name.
pub(crate) fn link_local_addresses_have_a_scope(arguments: &[String]) {
    let interface: String = argument(arguments, 0);
    let index = if_nametoindex(&interface).expect("the grant allows to ask");
    let own: Ipv6Addr = argument(arguments, 1);
    let server = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    fails(server.bind((own, 0, 0, 0)), EINVAL, "a link-local address without a scope is nowhere");
    server.bind((own, 0, 0, index)).expect("the grant allows it");
    server.listen(None).expect("it is bound");
    let wallsocket::Address::Inet6(address) = name(&server) else { panic!("not IPv6: {}", name(&server)) };
    assert_eq!((address.ip(), address.scope_id()), (&own, index), "the scope comes back");
    let client = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    client.connect((format!("{own}%{interface}").as_str(), address.port())).expect("a scope can be a name");
    let (_, from) = server.accept().expect("it has connected");
    let wallsocket::Address::Inet6(from) = from else { panic!("not IPv6: {from}") };
    assert_eq!((from.ip(), from.scope_id()), (&own, index), "the peer's, too");
    let sock = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
    sock.bind((own, 0, 0, index)).expect("the grant allows it");
    sock.sendto("hello", name(&sock)).expect("room");
    assert_eq!(sock.recvfrom(9), Ok((b"hello".to_vec(), name(&sock))));
}

/// In the same: nothing but that interface is there.
pub(crate) fn what_has_no_way_is_unreachable(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    fails(sock.connect(("198.51.100.1", 9)), ENETUNREACH, "there is no route");
    fails(sock.connect(("192.0.2.9", 9)), EHOSTUNREACH, "there is a route, and nobody at its end");
    sock.settimeout(60).expect("a timeout");
    fails(sock.connect(("192.0.2.9", 9)), EHOSTUNREACH, "which is no timeout of the socket's");
    let error = create_connection(("198.51.100.1", 9)).expect_err("there is no route");
    assert_eq!(error, Error::Os(ENETUNREACH));
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    fails(sock.sendto("x", ("198.51.100.1", 9)), ENETUNREACH, "for datagrams as well");
}
