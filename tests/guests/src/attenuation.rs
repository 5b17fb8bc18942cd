//! Sockets that were restricted: what they may still do, whoever holds them, and on whichever way they came.
//!
//! Each of them may reach the port `kept` and not the port `lost`, both of which the guest itself may reach.

use wallsocket::errno::EINVAL;
use wallsocket::*;

use crate::check::{Control, denied, number};
use crate::help::{fails, listener, name};

/// Two ports of loopback.
#[derive(Clone, Copy)]
struct Ports {
    kept: u16,
    lost: u16,
}

impl Ports {
    fn new(arguments: &[String]) -> Self {
        Self { kept: number(&arguments[0]), lost: number(&arguments[1]) }
    }
}

fn datagrams() -> Socket {
    socket(AF_INET, SOCK_DGRAM, 0).expect("a socket")
}

fn stream() -> Socket {
    socket(AF_INET, SOCK_STREAM, 0).expect("a socket")
}

/// A datagram socket that may send to one port alone.
fn restricted(ports: Ports) -> Socket {
    let sock = datagrams();
    sock.restrict(&[format!("udp send 127.0.0.1:{}", ports.kept)]).expect("a line");
    sock
}

/// The restriction holds, whichever way something would go out.
#[track_caller]
fn is_restricted(sock: &Socket, ports: Ports, way: &str) {
    let lost = ("127.0.0.1", ports.lost);
    assert_eq!(denied(sock.sendto("x", lost)), "", "{way}: no line brings back what was given up");
    denied(sock.sendmsg(&[b"x"], &[], 0, lost));
    denied(sock.send_datagrams(&[("x", lost)], 0));
    denied(sock.connect(lost));
    denied(sock.bind(("127.0.0.1", 0)));
    denied(sock.setsockopt(SOL_SOCKET, SO_DONTROUTE, 1));
    denied(sock.sendto_flags("x", MSG_DONTROUTE, ("127.0.0.1", ports.kept)));
    sock.sendto("x", ("127.0.0.1", ports.kept)).unwrap_or_else(|error| panic!("{way}: this is kept: {error}"));
}

/// By whichever way a guest could get at the same socket, it is the same socket.
pub(crate) fn nothing_brings_back_what_a_socket_gave_up(arguments: &[String]) {
    let ports = Ports::new(arguments);
    let free = datagrams();
    free.sendto("x", ("127.0.0.1", ports.lost)).expect("the guest itself may");
    let sock = restricted(ports);
    is_restricted(&sock, ports, "itself");
    free.sendto("x", ("127.0.0.1", ports.lost)).expect("another socket is not restricted");
    is_restricted(&sock.dup().expect("a duplicate"), ports, "dup");
    is_restricted(&fromfd(sock.fileno()).expect("a duplicate"), ports, "fromfd");
    let own = self_id();
    is_restricted(&fromshare(&sock.share(&own).expect("a token")).expect("it is for this guest"), ports, "share");
    sock.restrict(&["udp send *:*", "udp bind *:*", "option SO_DONTROUTE"]).expect("more lines are one more set");
    is_restricted(&sock, ports, "another restriction");

    // Nobody but a message, and a message in a message, has it for a while.
    let (here, there) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    send_fds(&here, &[b"x"], &[Right::Socket(&sock)]).expect("room");
    drop(sock);
    let (outer, far) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    send_fds(&outer, &[b"x"], &[Right::Socket(&there)]).expect("room");
    drop(there);
    let there = received(&far);
    let sock = received(&there);
    is_restricted(&sock, ports, "passed");
    is_restricted(&sock.dup().expect("a duplicate"), ports, "dup of what was passed");
}

/// A Unix socket that gave up descriptors carries none, either way.
pub(crate) fn a_restricted_socket_carries_no_descriptors(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let sent = |from: &Socket| send_fds(from, &[b"x"], &[Right::Socket(&other)]);
    sent(&one).expect("the guest itself may");
    sent(&other).expect("so it may by the other end");
    one.restrict::<&str>(&[]).expect("everything can be given up");
    denied(sent(&one));
    let (data, rights, flags, _) = recv_fds(&one, 9, 1).expect("the data comes");
    assert_eq!(
        (data.as_slice(), rights.len(), flags & MSG_CTRUNC),
        (&b"x"[..], 0, MSG_CTRUNC),
        "and nothing beside it"
    );
    received(&other);
}

/// The one socket of the next message.
#[track_caller]
fn received(sock: &Socket) -> Socket {
    let (_, mut rights, ..) = recv_fds(sock, 9, 1).expect("it comes");
    let Some(ReceivedRight::Socket(socket)) = rights.pop() else { panic!("not a socket: {rights:?}") };
    socket
}

/// Two handles of one socket, of which the host knows only by the kernel: to restrict one restricts both.
pub(crate) fn a_handle_made_before_is_restricted_as_well(arguments: &[String]) {
    let ports = Ports::new(arguments);
    let sock = datagrams();
    let other = fromshare(&sock.share(&self_id()).expect("a token")).expect("it is for this guest");
    other.sendto("x", ("127.0.0.1", ports.lost)).expect("nothing is restricted yet");
    sock.restrict(&[format!("udp send 127.0.0.1:{}", ports.kept)]).expect("a line");
    is_restricted(&other, ports, "shared before");
}

/// A listener hands its restriction down to what it accepts from then on.
pub(crate) fn connections_have_their_listeners_restriction(arguments: &[String]) {
    let ports = Ports::new(arguments);
    let listener = listener();
    let accept = || {
        let client = stream();
        client.connect(name(&listener)).expect("it listens");
        (listener.accept().expect("somebody waits").0, client)
    };
    let elsewhere = |sock: &Socket, port: u16| {
        sock.connect(Address::Unspecified).expect("a connection can be dissolved");
        sock.connect(("127.0.0.1", port))
    };
    let (free, _client) = accept();
    elsewhere(&free, ports.lost).expect("the guest itself may");
    listener.restrict(&[format!("tcp connect 127.0.0.1:{}", ports.kept)]).expect("a line");
    let (sock, _client) = accept();
    denied(elsewhere(&sock, ports.lost));
    denied(elsewhere(&sock.dup().expect("a duplicate"), ports.lost));
    elsewhere(&sock, ports.kept).expect("this is kept");
    denied(elsewhere(&listener_of(&listener), ports.lost));
}

/// A duplicate that the host made of another handle.
fn listener_of(listener: &Socket) -> Socket {
    let copy = fromshare(&listener.share(&self_id()).expect("a token")).expect("it is for this guest");
    copy.settimeout(5.0).expect("a mode");
    let client = stream();
    client.connect(name(listener)).expect("it listens");
    copy.accept().expect("somebody waits").0
}

/// Bad lines, and too many of them, change nothing.
pub(crate) fn restricting_a_socket_has_its_limits(arguments: &[String]) {
    let ports = Ports::new(arguments);
    let sock = datagrams();
    let error = sock.restrict(&["udp send 127.0.0.1:1", "udp sned *:*"]).expect_err("there is no such verb");
    assert!(error.to_string().starts_with("grant 1, column 5: "), "the place is told: {error}");
    sock.restrict(&vec!["udp send *:*"; 1025]).expect_err("1,024 lines are the most");
    sock.sendto("x", ("127.0.0.1", ports.lost)).expect("nothing has changed");
    for _ in 0..16 {
        sock.restrict(&["udp send *:*"]).expect("16 are the most");
    }
    sock.restrict(&["udp send *:*"]).expect_err("and no more");
    // All of a guest's sockets together: 16,384 lines, each set counting as one more.
    let lines = vec!["udp send *:*"; 1023];
    let mut held: Vec<Socket> = Vec::new();
    let full = loop {
        let sock = datagrams();
        match sock.restrict(&lines) {
            Ok(()) => held.push(sock),
            Err(error) => break error,
        }
    };
    assert_eq!(held.len(), 15, "sixteen times 1,024, less what the first socket has: {full}");
    held.clear();
    let again = datagrams();
    again.restrict(&lines).expect("what is closed makes room");
    denied(again.bind(("127.0.0.1", 0)));
    let closed = datagrams();
    wallsocket::close(closed.fileno()).expect("it is open");
    fails(closed.restrict(&["udp send *:*"]), errno::EBADF, "it is closed");
}

/// Restricts a socket to nothing new, once it is connected.
pub(crate) fn what_a_restricted_socket_has_it_keeps(_: &[String]) {
    let (client, server) = crate::help::connected();
    client.restrict::<&str>(&[]).expect("everything can be given up");
    client.sendall("hello").expect("it is connected");
    assert_eq!(server.recv(9).expect("it came"), b"hello");
    server.sendall("bye").expect("it is connected");
    assert_eq!(client.recv(9).expect("it came"), b"bye");
    client.getpeername().expect("it is connected");
    client.connect(Address::Unspecified).expect("that reaches nobody");
    denied(client.connect(("127.0.0.1", 9)));
    denied(client.listen(None));
}

/// Passes a socket to a native program, keeps nothing of it, and is passed it back.
pub(crate) fn a_restricted_socket_comes_back(arguments: &[String]) {
    let ports = Ports::new(arguments);
    let peer = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    peer.connect(arguments[2].as_str()).expect("it is granted");
    let sock = restricted(ports);
    send_fds(&peer, &[b"x"], &[Right::Socket(&sock)]).expect("room");
    drop(sock);
    is_restricted(&received(&peer), ports, "from outside");
}

fn hex(token: &[u8]) -> String {
    token.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Restricts a socket, shares it with the other guest, and takes it back.
pub(crate) fn share_a_restricted_socket(arguments: &[String]) {
    let (ports, control) = (Ports::new(arguments), Control::new(&arguments[2]));
    let sock = restricted(ports);
    let token = hex(&sock.share("worker").expect("it is there"));
    drop(sock);
    let back = fromshare(&unhex(&control.tell(token))).expect("it comes back");
    control.tell("redeemed");
    is_restricted(&back, ports, "shared with another guest and back");
    fails(fromshare(&[0; 16]), EINVAL, "that is no token");
}

/// Whose own grants allow everything.
pub(crate) fn use_a_restricted_socket(arguments: &[String]) {
    let (ports, control) = (Ports::new(arguments), Control::new(&arguments[2]));
    let sock = fromshare(&unhex(&control.tell("token?"))).expect("it was shared with this guest");
    is_restricted(&sock, ports, "shared");
    control.tell(hex(&sock.share("front").expect("it is there")));
}
