//! SCTP on this machine alone: associations of one socket to one, and of one to many.

use wallsocket::*;

use crate::check::{denied, number, say};
use crate::help::{SOON, fails};

/// A socket of either type.
fn sctp(family: i32, kind: i32) -> Socket {
    let sock = socket(family, kind, IPPROTO_SCTP).expect("the grant lets it be made");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

fn serving(kind: i32) -> (Socket, Address) {
    let server = sctp(AF_INET, kind);
    server.bind(("127.0.0.1", 0)).expect("it is granted");
    server.listen(None).expect("it is granted");
    let name = server.getsockname().expect("it is bound");
    (server, name)
}

fn connected() -> (Socket, Socket) {
    let (server, name) = serving(SOCK_STREAM);
    let client = sctp(AF_INET, SOCK_STREAM);
    client.connect(name).expect("it is granted");
    let (peer, from) = server.accept().expect("somebody has connected");
    peer.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    assert_eq!(client.getsockname(), Ok(from));
    (client, peer)
}

pub(crate) fn sctp_socket(arguments: &[String]) {
    match socket(AF_INET, number(&arguments[0]), IPPROTO_SCTP) {
        // What a kernel without it says, of sockets of one type and of the other.
        Err(Error::Os(errno::EPROTONOSUPPORT | errno::ESOCKTNOSUPPORT)) => println!("open"),
        result => say(result),
    }
}

/// `sctp_reach CALL TYPE HOST PORT`: another host, or one of this machine's where nobody listens.
pub(crate) fn sctp_reach(arguments: &[String]) {
    let [call, kind, host, port] = arguments else { panic!("{arguments:?}") };
    let (sock, to) = (sctp(AF_INET, number(kind)), (&**host, number::<u16>(port)));
    let result = match &**call {
        "connect" => sock.connect(to),
        "sendto" => sock.sendto("x", to).map(drop),
        "sendmsg" => sock.sendmsg(&[b"x"], &[], 0, to).map(drop),
        "datagrams" => sock.send_datagrams(&[(b"x".as_slice(), to)], 0).map(drop),
        call => panic!("{call}"),
    };
    match result {
        Err(Error::Os(errno::ECONNREFUSED | errno::ENETUNREACH)) => println!("open"),
        result => say(result),
    }
}

/// `sctp_serve CALL TYPE HOST PORT`: takes an address, or serves.
pub(crate) fn sctp_serve(arguments: &[String]) {
    let [call, kind, host, port] = arguments else { panic!("{arguments:?}") };
    let sock = sctp(AF_INET, number(kind));
    match &**call {
        "bind" => say(sock.bind((&**host, number::<u16>(port)))),
        "bind6" => say(sctp(AF_INET6, number(kind)).bind((&**host, number::<u16>(port)))),
        // Without a bind, everywhere and at a port that the kernel picks.
        "listen" => say(sock.listen(None)),
        "serve" => say(sock.bind((&**host, number::<u16>(port))).and_then(|()| sock.listen(None))),
        call => panic!("{call}"),
    }
}

pub(crate) fn sctp_one_to_one(_: &[String]) {
    let (client, server) = connected();
    assert_eq!((client.send("hello"), client.send("world!")), (Ok(5), Ok(6)));
    assert_eq!(server.recv(3).expect("it came"), b"hel");
    assert_eq!(server.recv(100).expect("the rest of it"), b"lo", "what didn't fit is left, and nothing of the next");
    assert_eq!(server.recv_flags(3, MSG_PEEK).expect("it came"), b"wor");
    assert_eq!(server.recv_flags(100, MSG_WAITALL).expect("it came"), b"world!", "one message, and no more");
    server.sendall("and back").expect("there is room");
    let (data, from) = client.recvfrom(100_000).expect("it came");
    assert_eq!((&data[..], &from), (&b"and back"[..], &client.getpeername().expect("it has a peer")));
    client.send("parts").expect("there is room");
    let parts = [server.recvmsg(3, 0, 0).expect("it came"), server.recvmsg(100, 100, 0).expect("the rest")];
    assert_eq!((&parts[0].data[..], parts[0].msg_flags), (&b"par"[..], 0));
    assert_eq!((&parts[1].data[..], parts[1].msg_flags), (&b"ts"[..], MSG_EOR), "the end of a message says so");
    let long = vec![7; 100_000];
    client.sendall(&long).expect("there is room");
    let mut came = Vec::new();
    while came.len() < long.len() {
        came.extend(server.recv(200_000).expect("more is to come"));
    }
    assert_eq!(came, long, "in as many pieces as it takes");
    fails(client.send(""), errno::EINVAL, "there are no empty messages");
    // Beside the peer's own address no other is one.
    assert_eq!(client.sendto("named", client.getpeername().expect("a peer")), Ok(5));
    assert_eq!(server.recv(10).expect("it came"), b"named");
    assert_eq!(server.sendto("named", server.getpeername().expect("a peer")), Ok(5), "an answer takes no grant");
    assert_eq!(client.recv(10).expect("it came"), b"named");
    denied(client.sendto("x", ("127.0.0.9", 9)));
    fails(client.connect(client.getpeername().expect("a peer")), errno::EISCONN, "it is connected");
    client.shutdown(SHUT_WR).expect("it is connected");
    assert_eq!(server.recv(10).expect("the end"), b"");
    fails(server.send("x"), errno::EPIPE, "an association has no half that goes on");

    let (server, name) = serving(SOCK_STREAM);
    let implied = sctp(AF_INET, SOCK_STREAM);
    assert_eq!(implied.sendto("at once", name), Ok(7), "sending connects");
    let (peer, from) = server.accept().expect("somebody has connected");
    assert_eq!((peer.recv(10).expect("it came"), implied.getsockname()), (b"at once".to_vec(), Ok(from)));

    let deaf = sctp(AF_INET, SOCK_STREAM);
    deaf.bind(("127.0.0.1", 0)).expect("it is granted");
    let nobody = deaf.getsockname().expect("it is bound");
    for timeout in [None, Some(SOON.as_secs_f64())] {
        let client = sctp(AF_INET, SOCK_STREAM);
        client.settimeout(timeout).expect("it can be timed");
        fails(client.connect(nobody.clone()), errno::ECONNREFUSED, "nobody listens there");
    }
    let client = sctp(AF_INET, SOCK_STREAM);
    client.setblocking(false).expect("it can be");
    fails(client.recv(1), errno::EAGAIN, "it has no peer");
    fails(client.connect(server.getsockname().expect("it is bound")), errno::EINPROGRESS, "it takes a moment");
    client.setblocking(true).expect("it can be");
    server.accept().expect("it has connected by now");
    fails(client.connect(Address::Unspecified), errno::EOPNOTSUPP, "associations aren't dissolved so");
}

pub(crate) fn sctp_one_to_many(_: &[String]) {
    let (server, name) = serving(SOCK_SEQPACKET);
    let clients = [sctp(AF_INET, SOCK_SEQPACKET), sctp(AF_INET, SOCK_SEQPACKET)];
    for (number, client) in clients.iter().enumerate() {
        client.sendto(format!("from {number}"), name.clone()).expect("it is granted");
    }
    // Each is heard, since the socket listens, and answered.
    for _ in &clients {
        let (data, from) = server.recvfrom(100).expect("it came");
        server.sendto(data, from).expect("whom it heard it answers");
    }
    for (number, client) in clients.iter().enumerate() {
        let (data, from) = client.recvfrom(100).expect("it came");
        assert_eq!((data, &from), (format!("from {number}").into_bytes(), &name));
    }
    clients[0].sendto("in two parts", name.clone()).expect("it is connected");
    assert_eq!(server.recv(6).expect("it came"), b"in two", "the rest is left");
    let rest = server.recvmsg(100, 100, 0).expect("it came");
    assert_eq!((&rest.data[..], rest.msg_flags & MSG_EOR), (&b" parts"[..], MSG_EOR));
    fails(clients[0].send("x"), errno::EPIPE, "to whom?");
    fails(clients[0].getpeername(), errno::ENOTCONN, "it may have many");
    fails(clients[0].connect(name), errno::EISCONN, "it is connected already");
    // One that doesn't listen hears nobody that it didn't turn to itself.
    let deaf = sctp(AF_INET, SOCK_SEQPACKET);
    deaf.bind(("127.0.0.1", 0)).expect("it is granted");
    clients[1].sendto("hello?", deaf.getsockname().expect("it is bound")).expect("it is granted");
    deaf.settimeout(0.3).expect("it can be timed");
    assert!(matches!(deaf.recvfrom(10), Err(Error::Timeout)));
    let (readable, writable, _) = select::select(&[&server], &[&clients[0]], &[], 0).expect("they are open");
    assert_eq!((readable.len(), writable.len()), (0, 1), "nothing to read, and room to write");
    // Everywhere, without a bind.
    let everywhere = sctp(AF_INET6, SOCK_SEQPACKET);
    everywhere.listen(None).expect("it is granted");
    let port = everywhere.getsockname().expect("it is bound").port().expect("a port");
    let client = sctp(AF_INET, SOCK_SEQPACKET);
    client.sendto("four to six", ("127.0.0.1", port)).expect("it is granted");
    let (data, from) = everywhere.recvfrom(100).expect("it came");
    everywhere.sendto(data, from).expect("whom it heard it answers");
    assert_eq!(client.recv(100).expect("it came"), b"four to six");
}

pub(crate) fn sctp_options_do_what_they_say(_: &[String]) {
    let sock = sctp(AF_INET, SOCK_STREAM);
    for option in [SCTP_NODELAY, SCTP_DISABLE_FRAGMENTS] {
        for value in [1, 0] {
            sock.setsockopt(IPPROTO_SCTP, option, value).expect("it takes no grant");
            assert_eq!(sock.getsockopt(IPPROTO_SCTP, option), Ok(value), "{option}");
        }
    }
    // struct sctp_initmsg: streams out and in, attempts, milliseconds.
    let init = [3u16, 5, 2, 500].map(u16::to_le_bytes).concat();
    sock.setsockopt(IPPROTO_SCTP, SCTP_INITMSG, &init).expect("it takes no grant");
    assert_eq!(sock.getsockopt_bytes(IPPROTO_SCTP, SCTP_INITMSG, 8), Ok(init));
    sock.setsockopt(IPPROTO_SCTP, SCTP_MAXSEG, 1000).expect("it takes no grant");
    // struct sctp_assoc_value.
    let value = sock.getsockopt_bytes(IPPROTO_SCTP, SCTP_MAXSEG, 8).expect("it can be read");
    assert_eq!(value[4..], 1000u32.to_le_bytes());
    let many = sctp(AF_INET, SOCK_SEQPACKET);
    many.setsockopt(IPPROTO_SCTP, SCTP_AUTOCLOSE, 7).expect("it takes no grant");
    assert_eq!(many.getsockopt(IPPROTO_SCTP, SCTP_AUTOCLOSE), Ok(7));
    fails(sock.setsockopt(IPPROTO_SCTP, SCTP_AUTOCLOSE, 7), errno::EOPNOTSUPP, "one-to-one sockets have none");
    fails(sock.setsockopt(IPPROTO_SCTP, SCTP_NODELAY, b"x".as_slice()), errno::EINVAL, "half a number");
    fails(sock.getsockopt(IPPROTO_TCP, TCP_NODELAY), errno::EOPNOTSUPP, "it isn't TCP");
    sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, true).expect("nobody's port is taken by it");
    denied(sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, true));
}

/// Nothing that a guest says leads an association to addresses that nobody judged, or makes others hear of more.
pub(crate) fn sctp_leads_nowhere_else(_: &[String]) {
    let (client, _server) = connected();
    let many = sctp(AF_INET, SOCK_SEQPACKET);
    let address = [2, 0, 0, 9, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    for (option, name) in [
        (5, "SCTP_SET_PEER_PRIMARY_ADDR"),
        (6, "SCTP_PRIMARY_ADDR"),
        (9, "SCTP_PEER_ADDR_PARAMS"),
        (10, "SCTP_DEFAULT_SEND_PARAM"),
        (11, "SCTP_EVENTS"),
        (14, "SCTP_STATUS"),
        (21, "SCTP_AUTH_CHUNK"),
        (23, "SCTP_AUTH_KEY"),
        (27, "SCTP_LOCAL_AUTH_CHUNKS"),
        (30, "SCTP_AUTO_ASCONF"),
        (36, "SCTP_REMOTE_UDP_ENCAPS_PORT"),
        (100, "SCTP_SOCKOPT_BINDX_ADD"),
        (101, "SCTP_SOCKOPT_BINDX_REM"),
        (102, "SCTP_SOCKOPT_PEELOFF"),
        (107, "SCTP_SOCKOPT_CONNECTX_OLD"),
        (108, "SCTP_GET_PEER_ADDRS"),
        (109, "SCTP_GET_LOCAL_ADDRS"),
        (110, "SCTP_SOCKOPT_CONNECTX"),
        (111, "SCTP_SOCKOPT_CONNECTX3"),
        (122, "SCTP_SOCKOPT_PEELOFF_FLAGS"),
        (127, "SCTP_EVENT"),
    ] {
        for sock in [&client, &many] {
            fails(sock.setsockopt(IPPROTO_SCTP, option, &address), errno::ENOPROTOOPT, name);
            fails(sock.getsockopt_bytes(IPPROTO_SCTP, option, 256), errno::ENOPROTOOPT, name);
        }
    }
    // SCTP_INIT, SCTP_SNDRCV, SCTP_SNDINFO, SCTP_DSTADDRV4, SCTP_DSTADDRV6.
    for kind in [0, 1, 2, 7, 8] {
        let message = ControlMessage::raw(IPPROTO_SCTP, kind, address);
        let sent = client.sendmsg(&[b"x"], &[message], 0, Address::Unspecified);
        fails(sent, errno::EOPNOTSUPP, "no message of SCTP's has a codec");
    }
    let ttl = ControlMessage::raw(IPPROTO_IP, IP_TTL, 7i32.to_le_bytes());
    fails(client.sendmsg(&[b"x"], &[ttl], 0, Address::Unspecified), errno::EINVAL, "the kernel wouldn't look at it");
    let bound = sctp(AF_INET, SOCK_STREAM);
    bound.bind(("127.0.0.1", 0)).expect("it is granted");
    let port = bound.getsockname().expect("it is bound").port().expect("a port");
    fails(bound.bind(("127.0.0.1", port)), errno::EINVAL, "one address, and no second");
    fails(client.sendto_flags("x", MSG_FASTOPEN, ("127.0.0.1", port)), errno::EOPNOTSUPP, "that is TCP's");
    // What a socket has lost it doesn't get back: its grant was given up, and the association goes on.
    permissions::restrict(&["sctp connect 127.0.0.1:9"]).expect("it can be given up");
    client.send("still").expect("it is connected");
    denied(sctp(AF_INET, SOCK_SEQPACKET).sendto("x", ("127.0.0.1", port)));
}
