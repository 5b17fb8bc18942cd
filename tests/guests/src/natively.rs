//! The same calls that a script makes in native Python: each prints its name and its error number, 0 for none.

use wallsocket::*;

use crate::help::{connected, datagrams, deaf, listener, name};

fn tcp() -> Socket {
    socket(AF_INET, SOCK_STREAM, 0).expect("a socket")
}

fn unix(kind: i32) -> Socket {
    socket(AF_UNIX, kind, 0).expect("a socket")
}

fn pair(kind: i32) -> (Socket, Socket) {
    socketpair(AF_UNIX, kind, 0).expect("a pair")
}

/// A case of the table: what it is called, and the call.
type Case = (&'static str, fn() -> Result<()>);

/// A connected socket with a mode.
fn timed(sock: Socket, timeout: i32) -> Socket {
    sock.settimeout(timeout).expect("a mode");
    sock
}

// The names are those of tests/native.py, which makes the same calls.
#[rustfmt::skip]
static CASES: &[Case] = &[
    ("recv unconnected", || tcp().recv(9).map(drop)),
    ("recv listener", || listener().recv(9).map(drop)),
    ("recvfrom listener", || listener().recvfrom(9).map(drop)),
    ("send unconnected", || tcp().send("x").map(drop)),
    ("send listener", || listener().send("x").map(drop)),
    ("sendto unconnected", || tcp().sendto("x", name(&listener())).map(drop)),
    ("sendall unconnected", || tcp().sendall("x")),
    ("accept unbound", || tcp().accept().map(drop)),
    ("accept nobody", || timed(listener(), 0).accept().map(drop)),
    ("listen twice", || listener().listen(3)),
    ("listen connected", || connected().0.listen(3)),
    ("bind twice", || deaf().bind(("127.0.0.1", 0))),
    ("bind connected", || connected().0.bind(("127.0.0.1", 0))),
    ("bind foreign", || tcp().bind(("192.0.2.1", 0))),
    ("bind taken", || { let one = deaf(); deaf_at(&one) }),
    ("connect twice", || { let (client, server) = connected(); client.connect(name(&server)) }),
    ("connect listener", || { let other = listener(); listener().connect(name(&other)) }),
    ("connect accepted", || { let (client, server) = connected(); server.connect(name(&client)) }),
    ("connect refused", || tcp().connect(name(&deaf()))),
    ("connect refused again", || { let (sock, to) = (tcp(), deaf()); let _ = sock.connect(name(&to)); sock.connect(name(&to)) }),
    ("connect refused timed", || { let (sock, to) = (timed(tcp(), 9), deaf()); let _ = sock.connect(name(&to)); sock.connect(name(&to)) }),
    ("connect port 0", || tcp().connect(("127.0.0.1", 0))),
    ("shutdown unconnected", || tcp().shutdown(SHUT_WR)),
    ("shutdown listener", || listener().shutdown(SHUT_RD)),
    ("shutdown twice", || { let (client, _server) = connected(); client.shutdown(SHUT_WR)?; client.shutdown(SHUT_WR) }),
    ("shutdown how", || connected().0.shutdown(7)),
    ("peer unconnected", || tcp().getpeername().map(drop)),
    ("peer after end", || { let (client, server) = connected(); client.shutdown(SHUT_RDWR)?; drop(server); client.getpeername().map(drop) }),
    ("name unbound", || tcp().getsockname().map(drop)),
    ("oob none", || connected().0.recv_flags(1, MSG_OOB).map(drop)),
    ("oob udp", || timed(datagrams(), 0).recv_flags(1, MSG_OOB).map(drop)),
    ("udp send unconnected", || datagrams().send("x").map(drop)),
    ("udp recv nothing", || timed(datagrams(), 0).recv(9).map(drop)),
    ("udp to port 0", || datagrams().sendto("x", ("127.0.0.1", 0)).map(drop)),
    ("udp too large", || { let sock = datagrams(); sock.sendto([0; 65_508], name(&sock)).map(drop) }),
    ("udp shutdown", || datagrams().shutdown(SHUT_RD)),
    ("udp send oob", || { let sock = datagrams(); sock.sendto_flags("x", MSG_OOB, name(&sock)).map(drop) }),
    ("udp nodelay", || datagrams().setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)),
    ("unix sendto connected", || pair(SOCK_STREAM).0.sendto("x", b"\0wallsocket-nobody").map(drop)),
    ("unix sendto unconnected", || unix(SOCK_STREAM).sendto("x", b"\0wallsocket-nobody").map(drop)),
    ("unix connect nobody", || unix(SOCK_STREAM).connect(b"\0wallsocket-nobody")),
    ("unix listen pair", || pair(SOCK_STREAM).0.listen(1)),
    ("unix listen unbound", || unix(SOCK_SEQPACKET).listen(1)),
    ("unix accept unbound", || unix(SOCK_STREAM).accept().map(drop)),
    ("unix recv stream", || unix(SOCK_STREAM).recv(9).map(drop)),
    ("unix recv packet", || unix(SOCK_SEQPACKET).recv(9).map(drop)),
    ("unix send packet", || unix(SOCK_SEQPACKET).send("x").map(drop)),
    ("unix send datagram", || unix(SOCK_DGRAM).send("x").map(drop)),
    ("unix datagram nobody", || unix(SOCK_DGRAM).sendto("x", b"\0wallsocket-nobody").map(drop)),
    ("unix peer gone", || { let (one, other) = pair(SOCK_STREAM); drop(other); one.send("x").map(drop) }),
    ("unix datagram peer gone", || { let (one, other) = pair(SOCK_DGRAM); drop(other); one.send("x").map(drop) }),
    ("unix datagram huge", || pair(SOCK_DGRAM).0.send(vec![0; 16 << 20]).map(drop)),
    ("unix oob", || timed(pair(SOCK_STREAM).0, 0).recv_flags(1, MSG_OOB).map(drop)),
    ("unix datagram listen", || unix(SOCK_DGRAM).listen(1)),
    ("v6only late", || { let sock = socket(AF_INET6, SOCK_STREAM, 0)?; sock.bind(("::1", 0))?; sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1) }),
    ("v6 mapped only6", || { let sock = socket(AF_INET6, SOCK_STREAM, 0)?; sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)?; sock.connect(("::ffff:127.0.0.1", 9)) }),
    ("ttl 0", || tcp().setsockopt(IPPROTO_IP, IP_TTL, 0)),
    ("ttl 256", || tcp().setsockopt(IPPROTO_IP, IP_TTL, 256)),
    ("hops -2", || socket(AF_INET6, SOCK_STREAM, 0)?.setsockopt(IPPROTO_IPV6, IPV6_UNICAST_HOPS, -2)),
    ("v6 option of v4", || tcp().setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)),
    ("keepidle 0", || tcp().setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 0)),
    ("type read-only", || tcp().setsockopt(SOL_SOCKET, SO_TYPE, 1)),
];

fn deaf_at(other: &Socket) -> Result<()> {
    tcp().bind(name(other))
}

pub(crate) fn calls_fail_as_they_do_natively(_: &[String]) {
    for (case, call) in CASES {
        let errno = match call() {
            Ok(()) => 0,
            Err(Error::Os(number)) => number,
            Err(error) => panic!("{case}: {error}"),
        };
        println!("{case}: {errno}");
    }
}
