//! Unix sockets: streams, datagrams and sequenced packets; pairs, abstract names, paths.

use wallsocket::errno::{EADDRINUSE, EAGAIN, ECONNREFUSED, EINVAL, ENOENT, ENOTCONN, EOPNOTSUPP, EPIPE, EPROTOTYPE};
use wallsocket::{
    AF_INET, AF_UNIX, Address, MSG_PEEK, MSG_TRUNC, SHUT_WR, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, Socket,
    UnixAddress, socket, socketpair,
};

use crate::help::{argument, fails, receive};

fn make(kind: i32) -> Socket {
    socket(AF_UNIX, kind, 0).expect("a socket")
}

const UNNAMED: Address = Address::Unix(UnixAddress::Unnamed);

pub(crate) fn pairs_talk_both_ways(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET] {
        let (one, other) = socketpair(AF_UNIX, kind, 0).expect("a pair needs no grant");
        for (from, to) in [(&one, &other), (&other, &one)] {
            from.sendall("hello").expect("room");
            assert_eq!(to.recvfrom(9), Ok((b"hello".to_vec(), Address::Unspecified)), "a pair's ends have no names");
            assert_eq!((from.getsockname(), from.getpeername()), (Ok(UNNAMED), Ok(UNNAMED)));
            assert_eq!((from.family(), from.type_(), from.proto()), (AF_UNIX, Ok(kind), Ok(0)));
        }
    }
    fails(socketpair(AF_INET, SOCK_STREAM, 0), EOPNOTSUPP, "only Unix sockets come in pairs");
}

pub(crate) fn packets_keep_their_bounds(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_SEQPACKET, 0).expect("a pair");
    for packet in ["first", "second", "third"] {
        assert_eq!(one.send(packet), Ok(packet.len()));
    }
    assert_eq!(other.recv_flags(99, MSG_PEEK).expect("the first"), b"first");
    assert_eq!(other.recv(99).expect("the first"), b"first", "one packet a call");
    assert_eq!(other.recv_flags(3, MSG_TRUNC).expect("the second"), b"sec", "cut, and the rest is gone");
    assert_eq!(other.recv(99).expect("the third"), b"third");
    one.shutdown(SHUT_WR).expect("it is connected");
    assert_eq!(other.recv(99), Ok(Vec::new()), "the end");
    fails(one.send("x"), EPIPE, "after the end there is nothing to send");
    let data = vec![5; 150_000];
    other.sendall(&data).expect("a packet can be longer than UDP's");
    assert_eq!(one.recv(1 << 20), Ok(data), "and comes whole");
}

pub(crate) fn a_large_datagram_comes_whole(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    let data: Vec<u8> = (0..150_000_u32).map(|index| index.to_le_bytes()[1]).collect();
    assert_eq!(one.send(&data), Ok(data.len()), "Unix datagrams may be longer than UDP's");
    assert_eq!(other.recv_flags(u32::MAX as usize, MSG_PEEK), Ok(data.clone()));
    assert_eq!(other.recv(u32::MAX as usize), Ok(data), "nothing is cut, however much was asked for");
}

pub(crate) fn abstract_names_connect(arguments: &[String]) {
    let name = format!("\0{}", argument::<String>(arguments, 0));
    for kind in [SOCK_STREAM, SOCK_SEQPACKET] {
        let listener = make(kind);
        listener.bind(name.as_str()).expect("the grant allows it");
        fails(make(kind).bind(name.as_str()), EADDRINUSE, "a name is one socket's");
        fails(make(kind).connect(name.as_str()), ECONNREFUSED, "nobody listens yet");
        listener.listen(None).expect("it is bound");
        let client = make(kind);
        client.connect(name.as_str()).expect("the grant allows it");
        let (server, from) = listener.accept().expect("it has connected");
        assert_eq!(from, UNNAMED, "the client has no name");
        assert_eq!(client.getpeername().map(|peer| peer.to_string()), Ok(format!("b'\\x00{}'", &name[1..])));
        assert_eq!(server.getsockname(), client.getpeername());
        client.sendall("hello").expect("room");
        assert_eq!(receive(&server, 5), b"hello");
        server.sendall("back").expect("room");
        let peer = client.getpeername().expect("it is connected");
        let received = client.recvmsg(2, 0, 0).expect("it came");
        assert_eq!((received.address, &received.data[..]), (peer.clone(), &b"ba"[..]), "a Unix peer's name is told");
        if kind == SOCK_STREAM {
            assert_eq!(client.recvfrom(2), Ok((b"ck".to_vec(), peer)), "to recvfrom as well");
        }
    }
    fails(make(SOCK_STREAM).connect(name.as_str()), ECONNREFUSED, "the name went with its socket");
}

pub(crate) fn paths_connect_under_the_guests_own_spelling(_: &[String]) {
    let listener = make(SOCK_STREAM);
    listener.bind("/app/server.sock").expect("the grant allows it");
    assert_eq!(listener.getsockname().map(|own| own.to_string()).as_deref(), Ok("/app/server.sock"));
    fails(make(SOCK_STREAM).bind("/app/server.sock"), EADDRINUSE, "the path is there");
    fails(make(SOCK_STREAM).connect("/app/nothing.sock"), ENOENT, "there is nothing");
    fails(make(SOCK_STREAM).connect("/app/server.sock"), ECONNREFUSED, "nobody listens yet");
    listener.listen(1).expect("it is bound");
    fails(make(SOCK_DGRAM).connect("/app/server.sock"), EPROTOTYPE, "a stream is no datagram socket");
    let client = make(SOCK_STREAM);
    client.bind("/app/client.sock").expect("a client can have a name, too");
    client.connect("/app/server.sock").expect("the grant allows it");
    let (server, from) = listener.accept().expect("it has connected");
    assert_eq!(from.to_string(), "/app/client.sock", "the guest sees its own spelling");
    assert_eq!(server.getpeername(), Ok(from));
    assert_eq!(client.getpeername(), listener.getsockname());
    listener.close().expect("it closes");
    fails(make(SOCK_STREAM).connect("/app/server.sock"), ENOENT, "the file went with its socket");
}

pub(crate) fn datagrams_name_their_sender(_: &[String]) {
    let (one, other, nameless) = (make(SOCK_DGRAM), make(SOCK_DGRAM), make(SOCK_DGRAM));
    one.bind("/app/one.sock").expect("the grant allows it");
    other.bind("/app/other.sock").expect("the grant allows it");
    one.sendto("hello", "/app/other.sock").expect("room");
    let (data, from) = other.recvfrom(9).expect("it came");
    assert_eq!((data.as_slice(), from.to_string().as_str()), (&b"hello"[..], "/app/one.sock"));
    other.sendto("back", &from).expect("the sender's name can be sent to");
    assert_eq!(one.recv(9).expect("it came"), b"back");
    nameless.connect("/app/other.sock").expect("the grant allows it");
    nameless.send("who?").expect("room");
    assert_eq!(other.recvfrom(9), Ok((b"who?".to_vec(), Address::Unspecified)), "who has no name isn't named");
    fails(make(SOCK_DGRAM).send("x"), ENOTCONN, "without a peer there is no send");
    fails(make(SOCK_STREAM).send("x"), ENOTCONN, "nor on a stream");
    fails(make(SOCK_STREAM).recv(9), EINVAL, "nor a receive");
    fails(make(SOCK_STREAM).listen(1), EINVAL, "what has no name can't listen");
}

pub(crate) fn a_full_queue_is_waited_for(arguments: &[String]) {
    let count: u32 = argument(arguments, 0);
    let sock = make(SOCK_DGRAM);
    sock.setblocking(false).expect("a mode");
    fails(sock.sendto("x", "/app/native.sock"), EAGAIN, "a full queue is `not now`");
    println!("full");
    sock.setblocking(true).expect("a mode");
    for number in 0..count {
        sock.sendto(format!("{number}"), "/app/native.sock").expect("room, once the receiver has made some");
    }
}

pub(crate) fn a_full_backlog_is_waited_for(_: &[String]) {
    let clients: Vec<Socket> = std::iter::repeat_with(|| make(SOCK_STREAM)).take(10).collect();
    for client in &clients[..9] {
        client.setblocking(false).expect("a mode");
    }
    let waiting = clients.iter().take(9).filter(|client| client.connect("/app/native.sock").is_ok()).count();
    assert!(waiting < 9, "a backlog of 1 doesn't hold nine");
    fails(clients[8].connect("/app/native.sock"), EAGAIN, "a full backlog is `not now`");
    println!("{waiting}");
    clients[9].connect("/app/native.sock").expect("room, once somebody was accepted");
}
