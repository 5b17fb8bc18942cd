//! Every function of the contract, called once, each with what it answers where all is well.
//!
//! It prints the functions that it has called, for the test to compare with the contract.

use super::types::{Error, SocketAddress};
use super::values::{controls, loopback, named};
use super::{
    a_file, files, messages, names, network_interfaces, options, permissions, poll, sharing, sockets, transfer,
};
use wallsocket::{
    AF_INET, AF_UNIX, NI_NUMERICHOST, NI_NUMERICSERV, SHUT_WR, SO_KEEPALIVE, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, errno,
};

/// What a call gave: its function is written down.
fn called<T>(function: &str, result: T) -> T {
    println!("{function}");
    result
}

/// A call that must succeed.
#[track_caller]
fn ok<T>(function: &str, result: Result<T, Error>) -> T {
    called(function, result).unwrap_or_else(|error| panic!("{function}: {error:?}"))
}

/// A call that the host refuses with that number.
#[track_caller]
fn refused<T>(function: &str, number: i32, result: Result<T, Error>) {
    match called(function, result) {
        Err(Error::Os(found)) if found == number => {}
        Err(error) => panic!("{function}: {error:?} instead of {number}"),
        Ok(_) => panic!("{function} succeeded instead of failing with {number}"),
    }
}

pub(crate) fn every_function_can_be_called(_: &[String]) {
    let (listener, client, server) = connections();
    streams(&client, &server);
    datagrams();
    control_messages();
    modes(&client);
    guests(&client);
    socket_options(&client);
    waiting(&listener, &server);
    not_there_yet(&client);
    other_interfaces();
    ok("sockets.[method]socket.shutdown", client.shutdown(SHUT_WR));
    ok("sockets.[static]socket.close", sockets::Socket::close(client));
    restrictions();
}

fn connections() -> (sockets::Socket, sockets::Socket, sockets::Socket) {
    let create = || sockets::Socket::create(AF_INET, SOCK_STREAM, 0);
    let listener = ok("sockets.[static]socket.create", create());
    ok("sockets.[method]socket.bind", listener.bind(&loopback(0)));
    ok("sockets.[method]socket.listen", listener.listen(None));
    let address = ok("sockets.[method]socket.getsockname", listener.getsockname());
    let SocketAddress::Inet(inet) = &address else { panic!("not an inet address: {address:?}") };
    let client = create().expect("another socket");
    ok("sockets.[method]socket.connect", client.connect(&named("localhost", inet.port)));
    let (server, peer) = ok("sockets.[method]socket.accept", listener.accept());
    let own = client.getsockname().expect("the client's address");
    assert!(same(&own, &peer), "accept tells the peer's address: {own:?}, {peer:?}");
    let peer = ok("sockets.[method]socket.getpeername", client.getpeername());
    assert!(same(&peer, &address), "getpeername tells it as well: {peer:?}, {address:?}");
    let twin = ok("sockets.[method]socket.dup", listener.dup());
    assert_eq!(called("sockets.[method]socket.family", twin.family()), AF_INET);
    assert_eq!(called("sockets.[method]socket.type", twin.type_()), SOCK_STREAM);
    assert_eq!(called("sockets.[method]socket.protocol", twin.protocol()), 0);
    (listener, client, server)
}

fn streams(client: &sockets::Socket, server: &sockets::Socket) {
    assert_eq!(ok("transfer.send", transfer::send(client, b"abc", 0)), 3);
    ok("transfer.sendall", transfer::sendall(client, b"def", 0, Some(1_000_000_000)));
    let mut received = Vec::new();
    while received.len() < 5 {
        received.extend(ok("transfer.recv", transfer::recv(server, 5 - received.len() as u32, 0)));
    }
    let (rest, from) = ok("transfer.recvfrom", transfer::recvfrom(server, 10, 0));
    received.extend(rest);
    assert_eq!(received, b"abcdef");
    let transfer = called("files.sendfile", files::sendfile(client, &a_file(), 1, None));
    assert!(transfer.sent == 4 && transfer.error.is_none(), "a file of five bytes but for the first: {transfer:?}");
    assert_eq!(transfer::recv(server, 10, 0).expect("they come together"), b"ytes");
    assert!(from.is_none(), "a connected stream doesn't say from whom: {from:?}");
}

fn datagrams() {
    let (one, other) = ok("sockets.[static]socket.pair", sockets::Socket::pair(AF_UNIX, SOCK_DGRAM, 0));
    let sent = transfer::send_datagrams(&one, b"a", &[1, 0], &[], &[], 0);
    assert_eq!(ok("transfer.send-datagrams", sent), 2);
    let received = ok("transfer.receive-datagrams", transfer::receive_datagrams(&other, 10, 10, 0));
    assert_eq!((received.data.as_slice(), received.lengths.as_slice()), (&b"a"[..], &[1, 0][..]));

    let udp = || sockets::Socket::create(AF_INET, SOCK_DGRAM, 0).expect("a UDP socket");
    let (from, to) = (udp(), udp());
    to.bind(&loopback(0)).expect("any port is granted");
    let address = to.getsockname().expect("its address");
    assert_eq!(ok("transfer.sendto", transfer::sendto(&from, b"datagram", 0, &address)), 8);
    assert_eq!(transfer::recv(&to, 100, 0).expect("it arrives"), b"datagram");
}

/// Numbers that don't fit each other: `EINVAL`, and nothing goes.
pub(crate) fn batches_that_do_not_add_up() {
    let udp = || sockets::Socket::create(AF_INET, SOCK_DGRAM, 0).expect("a UDP socket");
    let (from, to) = (udp(), udp());
    to.bind(&loopback(0)).expect("any port is granted");
    to.set_timeout(Some(0));
    let address = to.getsockname().expect("its address");
    let one = std::slice::from_ref(&address);
    let two = [address.clone(), address.clone()];
    for (data, lengths, addresses, destinations) in [
        (&b"abc"[..], &[1, 1][..], one, &[][..]),
        (b"abc", &[4], one, &[]),
        (b"abc", &[u32::MAX, u32::MAX], one, &[]),
        (b"abc", &[], one, &[]),
        (b"abc", &[3], one, &[1]),
        (b"abc", &[3], one, &[u32::MAX]),
        (b"abc", &[3], one, &[0, 0]),
        (b"abc", &[3], &two, &[]),
        (b"abc", &[3], &[], &[0]),
    ] {
        let sent = transfer::send_datagrams(&from, data, lengths, addresses, destinations, 0);
        assert!(matches!(sent, Err(Error::Os(errno::EINVAL))), "{lengths:?} {destinations:?}: {sent:?}");
    }
    assert!(transfer::recv(&to, 10, 0).is_err(), "none of it went");
    let stream = sockets::Socket::create(AF_INET, SOCK_STREAM, 0).expect("TCP is there");
    let sent = transfer::send_datagrams(&stream, b"abc", &[3], one, &[], 0);
    assert!(matches!(sent, Err(Error::Os(errno::EINVAL))), "a stream has no datagrams: {sent:?}");
    let many = vec![0; 5000];
    let sent = transfer::send_datagrams(&from, &[], &many, one, &[], 0);
    assert!(matches!(sent, Ok(1..=1024)), "so many go in one call: {sent:?}");
}

fn control_messages() {
    let (one, other) = sockets::Socket::pair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    let rights = [messages::OutgoingMessage::Rights(vec![messages::OutgoingRight::Socket(&one)])];
    let sent = messages::sendmsg(&one, &[b"a".to_vec(), b"b".to_vec()], &rights, 0, None);
    assert_eq!(ok("messages.sendmsg", sent), 2);
    let received = ok("messages.recvmsg", messages::recvmsg(&other, 10, 100, 0));
    assert_eq!(received.data, b"ab");
    let [messages::IncomingMessage::Rights(rights)] = &received.messages[..] else { panic!("{received:?}") };
    assert!(matches!(rights[..], [messages::IncomingRight::Socket(_)]), "{rights:?}");
}

fn guests(socket: &sockets::Socket) {
    let own = called("sharing.self-id", sharing::self_id());
    let token = ok("sharing.share", sharing::share(socket, &own));
    let twin = ok("sharing.redeem", sharing::redeem(&token));
    assert!(same(&twin.getpeername().expect("it is connected"), &socket.getpeername().expect("so is this")));
    refused("sharing.inherit", errno::EBADF, sharing::inherit(3));
    assert!(called("sharing.inherited", sharing::inherited()).is_empty(), "nothing was handed over");
}

fn modes(socket: &sockets::Socket) {
    socket.set_timeout(Some(1_500_000_000));
    called("sockets.[method]socket.set-timeout", ());
    assert_eq!(called("sockets.[method]socket.get-timeout", socket.get_timeout()), Some(1_500_000_000));
    socket.set_inheritable(true);
    called("sockets.[method]socket.set-inheritable", ());
    assert!(called("sockets.[method]socket.get-inheritable", socket.get_inheritable()));
}

fn socket_options(socket: &sockets::Socket) {
    let value = options::OptionValue::Int(1);
    ok("options.set", options::set(socket, SOL_SOCKET, SO_KEEPALIVE, &value));
    assert_eq!(ok("options.get-int", options::get_int(socket, SOL_SOCKET, SO_KEEPALIVE)), 1);
    assert_eq!(ok("options.get-bytes", options::get_bytes(socket, SOL_SOCKET, SO_KEEPALIVE, 4)), [1, 0, 0, 0]);
    assert_eq!(ok("options.bytes-readable", options::bytes_readable(socket)), 0);
    ok("options.bytes-unsent", options::bytes_unsent(socket));
    assert!(!ok("options.at-mark", options::at_mark(socket)));
}

fn waiting(listener: &sockets::Socket, server: &sockets::Socket) {
    let interests = [
        poll::Interest { socket: listener, events: poll::Events::READABLE },
        poll::Interest { socket: server, events: poll::Events::WRITABLE },
    ];
    let occurred = ok("poll.poll", poll::poll(&interests, Some(1_000_000_000)));
    assert_eq!(occurred.len(), 1, "nobody connects, and there is room to write: {occurred:?}");
    assert_eq!((occurred[0].index, occurred[0].events), (1, poll::Events::WRITABLE));
    ok("poll.subscribe", poll::subscribe(server, poll::Events::WRITABLE)).block();
}

/// These have their own behaviour; here they only have to be called.
fn not_there_yet(socket: &sockets::Socket) {
    refused("options.set-filter", errno::ENOENT, options::set_filter(socket, &[]));
    refused("options.ioctl", errno::EOPNOTSUPP, options::ioctl(socket, controls()[0]));
}

fn other_interfaces() {
    let hints = names::Hints { family: AF_INET, type_: SOCK_STREAM, protocol: 0, flags: 0 };
    let found = ok("names.getaddrinfo", names::getaddrinfo(Some("localhost"), Some("80"), hints));
    assert!(same(&found[0].address, &loopback(80)), "localhost is loopback: {found:?}");
    let numeric = NI_NUMERICHOST | NI_NUMERICSERV;
    let name = ok("names.getnameinfo", names::getnameinfo(&loopback(80), numeric));
    assert_eq!(name, ("127.0.0.1".to_owned(), "80".to_owned()));
    assert_eq!(ok("names.gethostbyname", names::gethostbyname("localhost")), (127, 0, 0, 1));
    let host = ok("names.gethostbyname-ex", names::gethostbyname_ex("localhost"));
    assert!(!host.addresses.is_empty(), "localhost has an address: {host:?}");
    // What it finds is the machine's affair.
    let _ = called("names.gethostbyaddr", names::gethostbyaddr("127.0.0.1"));
    ok("names.getservbyname", names::getservbyname("http", Some("tcp")));
    ok("names.getservbyport", names::getservbyport(80, None));
    ok("names.getprotobyname", names::getprotobyname("tcp"));
    assert_eq!(ok("names.gethostname", names::gethostname()), "localhost");
    match called("names.sethostname", names::sethostname("mine")) {
        Err(Error::Denied(denial)) => assert_eq!((denial.errno, &*denial.grant), (errno::EPERM, "hostname write")),
        other => panic!("a guest named the machine without a grant: {other:?}"),
    }

    let all = ok("network-interfaces.if-nameindex", network_interfaces::if_nameindex());
    let first = all.first().expect("every machine has one");
    let index = ok("network-interfaces.if-nametoindex", network_interfaces::if_nametoindex(&first.name));
    assert_eq!(index, first.index);
    let name = ok("network-interfaces.if-indextoname", network_interfaces::if_indextoname(index));
    assert_eq!(name, first.name);
    match called("network-interfaces.local-context-id", network_interfaces::local_context_id()) {
        Ok(_) | Err(Error::Os(errno::ENOENT | errno::EACCES)) => {}
        other => panic!("the machine's context id: {other:?}"),
    }
}

fn restrictions() {
    let held = called("permissions.held", permissions::held());
    assert!(held.iter().any(|line| line == "interfaces list"), "a guest sees what it holds: {held:?}");
    let grants = ["dns lookup example.com", "tcp conect example.com:80"].map(str::to_owned);
    let error = called("permissions.restrict", permissions::restrict(&grants)).expect_err("there is no such verb");
    assert_eq!((error.index, error.column), (1, 5));
    assert_eq!(
        error.message, "expected one of: connect, bind, listen (did you mean `connect`?)",
        "the place is told in numbers, and not in the message again"
    );
    network_interfaces::if_nameindex().expect("a list that doesn't parse changes nothing");
    let socket = sockets::Socket::create(AF_INET, SOCK_DGRAM, 0).expect("a UDP socket");
    let error = called("permissions.restrict-socket", permissions::restrict_socket(&socket, &grants));
    assert_eq!(error.expect_err("there is no such verb").index, 1);
    permissions::restrict_socket(&socket, &[]).expect("an empty list leaves it nothing new");
    let bound = socket.bind(&loopback(0));
    assert!(matches!(bound, Err(Error::Denied(_))), "the guest may, and the socket may not: {bound:?}");
    permissions::restrict(&[]).expect("an empty list gives everything up");
    let error = network_interfaces::if_nameindex().expect_err("nothing is held any more");
    let Error::Denied(denial) = error else { panic!("not a refusal: {error:?}") };
    assert_eq!(denial.grant, "", "no line would allow what a restriction took away: {}", denial.reason);
}

fn same(one: &SocketAddress, other: &SocketAddress) -> bool {
    format!("{one:?}") == format!("{other:?}")
}
