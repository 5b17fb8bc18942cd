//! MPTCP and UDP-Lite: judged as TCP and UDP.

use wallsocket::*;

use crate::check::{number, say};
use crate::help::{name, receive};

pub(crate) fn mptcp_connect(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP).expect("a socket needs no grant");
    say(sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))));
}

pub(crate) fn mptcp_listen(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP).expect("a socket needs no grant");
    say(sock.bind(("127.0.0.1", 0)).and_then(|()| sock.listen(None)));
}

pub(crate) fn udplite_send(_: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE).expect("a socket needs no grant");
    say(sock.sendto("hello", ("127.0.0.1", 9)));
}

pub(crate) fn udplite_bind(_: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE).expect("a socket needs no grant");
    say(sock.bind(("127.0.0.1", 0)));
}

/// Between two of the kind, and with plain TCP on the other side, to which MPTCP falls back (RFC 8684, section 3.7).
pub(crate) fn mptcp_connects_and_falls_back(_: &[String]) {
    for (listening, connecting) in
        [(IPPROTO_MPTCP, IPPROTO_MPTCP), (IPPROTO_MPTCP, IPPROTO_TCP), (IPPROTO_TCP, IPPROTO_MPTCP)]
    {
        let listener = socket(AF_INET, SOCK_STREAM, listening).expect("a socket");
        listener.bind(("127.0.0.1", 0)).expect("the grant allows it");
        listener.listen(None).expect("it is bound");
        let client = socket(AF_INET, SOCK_STREAM, connecting).expect("a socket");
        assert_eq!(client.getsockopt(SOL_SOCKET, SO_PROTOCOL), Ok(connecting));
        client.connect(name(&listener)).expect("the grant allows it");
        let (server, peer) = listener.accept().expect("somebody has connected");
        assert_eq!(peer, name(&client));
        let data = vec![7; 100_000];
        client.sendall(&data).expect("there is room");
        assert_eq!(receive(&server, data.len()), data, "{listening} and {connecting}");
        server.sendall("and back").expect("there is room");
        assert_eq!(receive(&client, 8), b"and back");
        client.shutdown(SHUT_WR).expect("it is connected");
        assert_eq!(server.recv(10).expect("the end"), b"");
    }
}

pub(crate) fn udplite_datagrams_go_and_come(_: &[String]) {
    for (family, host) in [(AF_INET, "127.0.0.1"), (AF_INET6, "::1")] {
        let make = || socket(family, SOCK_DGRAM, IPPROTO_UDPLITE).expect("a socket");
        let (one, other) = (make(), make());
        one.bind((host, 0)).expect("the grant allows it");
        other.bind((host, 0)).expect("the grant allows it");
        assert_eq!(one.getsockopt(SOL_SOCKET, SO_PROTOCOL), Ok(IPPROTO_UDPLITE));
        other.sendto("there", name(&one)).expect("the grant allows it");
        assert_eq!(one.recvfrom(100).expect("it comes"), (b"there".to_vec(), name(&other)));
        let batch = [("one", name(&one)), ("two", name(&one))];
        assert_eq!(other.send_datagrams(&batch, 0), Ok(2));
        let received = one.receive_datagrams(9, 100, 0).expect("they come");
        assert_eq!(received.iter().map(|one| one.0).collect::<Vec<_>>(), [b"one", b"two"]);
        // How much the checksum covers: 8 bytes of header, and 4 of the data.
        assert_eq!(other.getsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV), Ok(0));
        other.setsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 12).expect("a coverage");
        assert_eq!(other.getsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV), Ok(12));
        one.setsockopt(IPPROTO_UDPLITE, UDPLITE_RECV_CSCOV, 20).expect("a coverage");
        assert_eq!(one.getsockopt(IPPROTO_UDPLITE, UDPLITE_RECV_CSCOV), Ok(20));
        other.sendto("covered too little", name(&one)).expect("it is sent");
        other.setsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 3).expect("it is raised to the header");
        assert_eq!(other.getsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV), Ok(8));
        other.setsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 0).expect("all of it");
        other.sendto("covered", name(&one)).expect("it is sent");
        assert_eq!(one.recv(100).expect("it comes"), b"covered", "the one before was covered too little");
        // UDP of the same port is somebody else's.
        let udp = socket(family, SOCK_DGRAM, IPPROTO_UDP).expect("a socket");
        udp.bind((host, name(&one).port().expect("a port"))).expect("it is free for UDP");
    }
}
