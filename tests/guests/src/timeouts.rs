//! The three modes, and how long a call waits in each.

use std::time::{Duration, Instant};

use wallsocket::errno::{EAGAIN, EINPROGRESS, ENOTCONN};
use wallsocket::{
    AF_INET, AF_UNIX, ConnectionOptions, Error, SO_RCVBUF, SO_RCVTIMEO, SO_SNDBUF, SO_SNDTIMEO, SOCK_DGRAM,
    SOCK_NONBLOCK, SOCK_STREAM, SOL_SOCKET, Socket, create_connection_with, getdefaulttimeout, layout, select,
    setdefaulttimeout, socket, socketpair,
};

use crate::help::{SOON, argument, at_once, connected, datagrams, fails, listener, name, times_out};

const SHORT: Duration = Duration::from_millis(120);

pub(crate) fn the_mode_is_the_timeout(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    assert_eq!((sock.gettimeout(), sock.getblocking()), (Ok(None), Ok(true)), "sockets block at first");
    sock.settimeout(2.5).expect("a timeout");
    assert_eq!((sock.gettimeout(), sock.getblocking()), (Ok(Some(2.5)), Ok(true)));
    sock.setblocking(false).expect("a mode");
    assert_eq!((sock.gettimeout(), sock.getblocking()), (Ok(Some(0.0)), Ok(false)));
    sock.setblocking(true).expect("a mode");
    assert_eq!(sock.gettimeout(), Ok(None));
    sock.settimeout(0).expect("a timeout");
    assert_eq!(sock.getblocking(), Ok(false), "settimeout(0) is setblocking(False)");
    sock.settimeout(None).expect("no timeout");
    assert_eq!(sock.gettimeout(), Ok(None), "settimeout(None) is setblocking(True)");
    let sock = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0).expect("a socket");
    assert_eq!((sock.getblocking(), sock.type_()), (Ok(false), Ok(SOCK_STREAM)), "SOCK_NONBLOCK is a mode, not a type");
}

pub(crate) fn new_sockets_have_the_default_timeout(_: &[String]) {
    assert_eq!(getdefaulttimeout(), None, "no timeout is the default");
    setdefaulttimeout(7.5).expect("a timeout");
    let (client, server) = connected();
    assert_eq!((client.gettimeout(), server.gettimeout()), (Ok(Some(7.5)), Ok(Some(7.5))));
    let (one, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    assert_eq!(one.gettimeout(), Ok(Some(7.5)));
    setdefaulttimeout(None).expect("none again");
    assert_eq!(client.gettimeout(), Ok(Some(7.5)), "what is there keeps its own");
    let listener = listener();
    for timeout in [0.0, 30.0] {
        let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
        client.connect(name(&listener)).expect("room");
        listener.settimeout(timeout).expect("a timeout");
        let (server, _) = listener.accept().expect("it has connected");
        assert_eq!(server.gettimeout(), Ok(None), "an accepted socket inherits no mode from its listener");
    }
}

pub(crate) fn a_non_blocking_call_says_not_now(_: &[String]) {
    let listener = listener();
    listener.setblocking(false).expect("a mode");
    fails(at_once(|| listener.accept()), EAGAIN, "nobody is there");
    let (client, server) = connected();
    client.setblocking(false).expect("a mode");
    fails(at_once(|| client.recv(9)), EAGAIN, "nothing is there");
    fails(at_once(|| client.recvfrom(9)), EAGAIN, "nothing is there");
    let full = at_once(|| {
        loop {
            if let Err(error) = client.send(vec![0; 1 << 20]) {
                return error;
            }
        }
    });
    assert_eq!(full, Error::Os(EAGAIN), "the buffers are full");
    // More than the peer can make room for meanwhile.
    fails(at_once(|| client.sendall(vec![0; 16 << 20])), EAGAIN, "for sendall as well");
    drop(server);
    let datagrams = datagrams();
    datagrams.setblocking(false).expect("a mode");
    fails(datagrams.recvfrom(9), EAGAIN, "nothing came");
}

pub(crate) fn a_guest_that_keeps_its_thread_waits_as_its_sockets_are_told(_: &[String]) {
    let (client, server) = connected();
    server.sendall(b"one").expect("room");
    // The kernel does the waiting from here on, where a call waits without end.
    assert_eq!(client.recv(9).expect("it came"), b"one");
    client.setblocking(false).expect("a mode");
    fails(at_once(|| client.recv(9)), EAGAIN, "nothing is there");
    client.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || client.recv(9));
    times_out(SHORT, || client.recvmsg(9, 0, 0));
    let other = client.dup().expect("a duplicate");
    other.settimeout(None).expect("no timeout");
    server.sendall(b"two").expect("room");
    assert_eq!(other.recv(9).expect("it came"), b"two");
    times_out(SHORT, || client.recv(9));
    other.setsockopt(SOL_SOCKET, SO_RCVTIMEO, &layout::timeval(SHORT)).expect("an option");
    fails(other.recv(9), EAGAIN, "the option ends a call that blocks");

    let listener = listener();
    fails(listener.recv(9), ENOTCONN, "a listener has no peer");
    listener.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || listener.accept());

    let (one, two) = (datagrams(), datagrams());
    one.sendto(b"three", name(&two)).expect("room");
    assert_eq!(two.recvfrom(9).expect("it came").0, b"three");
    two.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || two.recvfrom(9));
    drop(server);
    other.settimeout(None).expect("no timeout");
    other.setsockopt(SOL_SOCKET, SO_RCVTIMEO, &layout::timeval(Duration::ZERO)).expect("an option");
    assert_eq!(other.recv(9).expect("the peer is gone"), b"", "the end is news, too");
}

pub(crate) fn a_timed_call_waits_as_long_as_it_was_told(_: &[String]) {
    let listener = listener();
    listener.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || listener.accept());
    let (client, _server) = connected();
    client.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || client.recv(9));
    times_out(SHORT, || client.recvfrom(9));
    times_out(SHORT, || client.recv_into(&mut [0; 9]));
    // Each send has a timeout of its own: as long as there is room they go at once.
    times_out(SHORT, || fill(&client));
    times_out(SHORT, || client.sendall(vec![0; 16 << 20]));
    let datagrams = datagrams();
    datagrams.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || datagrams.recvfrom(9));
    let (one, _other) = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    one.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || fill(&one));
}

pub(crate) fn what_comes_in_time_is_no_timeout(_: &[String]) {
    let (client, server) = connected();
    for sock in [&client, &server] {
        sock.settimeout(60).expect("a timeout");
    }
    client.sendall("hello").expect("room");
    assert_eq!(at_once(|| server.recv(9)).expect("it is there"), b"hello");
    server.settimeout(1e-9).expect("the shortest timeout there is");
    client.sendall("again").expect("room");
    select::select(&[&server], &[], &[], 20).expect("it comes");
    assert_eq!(server.recv(9).expect("it is there"), b"again", "what is there is never refused");
    server.settimeout(9e9).expect("a timeout of 285 years");
    client.sendall("x").expect("room");
    assert_eq!(server.recv(9).expect("it is there"), b"x");
}

pub(crate) fn a_trickle_does_not_extend_sendall(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setsockopt(SOL_SOCKET, SO_SNDBUF, 4096).expect("a size");
    sock.connect(("127.0.0.1", argument::<u16>(arguments, 0))).expect("the grant allows it");
    sock.settimeout(0.5).expect("a timeout");
    times_out(Duration::from_millis(500), || sock.sendall(vec![0; 40 << 20]));
}

/// Sends until it can't.
fn fill(sock: &Socket) -> wallsocket::Result<()> {
    loop {
        sock.send(vec![0; 60_000])?;
    }
}

/// Connects to a listener whose queue is full, where SYNs are dropped: nothing answers.
pub(crate) fn a_connect_without_an_answer_times_out(arguments: &[String]) {
    let port: u16 = argument(arguments, 0);
    let address = ("127.0.0.1", port);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.settimeout(SHORT).expect("a timeout");
    times_out(SHORT, || sock.connect(address));
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.settimeout(SHORT).expect("a timeout");
    assert_eq!(sock.connect_ex(address), Ok(EAGAIN), "connect_ex has a number for a timeout");
    times_out(SHORT, || create_connection_with(address, ConnectionOptions::new().timeout(SHORT)));
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setblocking(false).expect("a mode");
    fails(at_once(|| sock.connect(address)), EINPROGRESS, "it has begun, and that is all");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setsockopt(SOL_SOCKET, SO_SNDTIMEO, &layout::timeval(SHORT)).expect("a struct timeval");
    let start = Instant::now();
    fails(sock.connect(address), EINPROGRESS, "socket(7): SO_SNDTIMEO ends connect(2) with EINPROGRESS");
    assert!((SHORT..SHORT + SOON).contains(&start.elapsed()), "after its time, and soon");
}

fn quietly<T: std::fmt::Debug>(call: impl FnOnce() -> wallsocket::Result<T>) {
    let start = Instant::now();
    fails(call(), EAGAIN, "socket(7): what SO_RCVTIMEO and SO_SNDTIMEO end is EAGAIN");
    let took = start.elapsed();
    assert!((SHORT..SHORT + SOON).contains(&took), "it took {took:?}");
}

pub(crate) fn timeout_options_end_blocking_calls(_: &[String]) {
    let time = layout::timeval(SHORT);
    let listener = listener();
    listener.setsockopt(SOL_SOCKET, SO_RCVTIMEO, &time).expect("a struct timeval");
    quietly(|| listener.accept());
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(name(&listener)).expect("room");
    let (server, _) = listener.accept().expect("it has connected");
    assert_eq!(server.getsockopt_bytes(SOL_SOCKET, SO_RCVTIMEO, 16), Ok(time.to_vec()), "TCP hands its times on");
    quietly(|| server.recv(9));
    server.setsockopt(SOL_SOCKET, SO_SNDTIMEO, &time).expect("a struct timeval");
    quietly(|| fill(&server));
    server.settimeout(0.01).expect("a timeout");
    times_out(Duration::from_millis(10), || server.recv(9));
    let datagrams = datagrams();
    datagrams.setsockopt(SOL_SOCKET, SO_RCVTIMEO, &time).expect("a struct timeval");
    quietly(|| datagrams.recvfrom(9));
    datagrams.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096).expect("a size");
}
