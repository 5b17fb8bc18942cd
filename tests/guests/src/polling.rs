//! Waiting for many sockets, and connecting without waiting.

use std::time::Duration;

use wallsocket::errno::{EBADF, ECONNREFUSED, EINPROGRESS, EINVAL, EISCONN, ENOENT};
use wallsocket::select::{POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLRDHUP, poll, select};
use wallsocket::{
    AF_INET, AF_UNIX, SHUT_WR, SO_ERROR, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, Socket, socket, socketpair,
};
use wasip2::clocks::monotonic_clock::subscribe_duration;
use wasip2::io::poll::poll as poll_pollables;

use crate::help::{argument, at_once, connected, datagrams, deaf, fails, is_refused_as_a_value, listener, name};

/// What poll says of one socket, without waiting.
fn now(sock: &Socket, events: i32) -> i32 {
    let mut waiting = poll();
    waiting.register(sock, events).expect("an open socket");
    match waiting.poll(0).expect("it only looks")[..] {
        [] => 0,
        [(fd, happened)] if fd == sock.fileno() => happened,
        ref other => panic!("{other:?}"),
    }
}

/// The same, once there is something.
fn soon(sock: &Socket, events: i32) -> i32 {
    let mut waiting = poll();
    waiting.register(sock, events).expect("an open socket");
    match waiting.poll(20_000).expect("it waits")[..] {
        [(fd, happened)] if fd == sock.fileno() => happened,
        ref other => panic!("{other:?}"),
    }
}

pub(crate) fn a_non_blocking_connect_is_told_of_its_end(_: &[String]) {
    let server = listener();
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setblocking(false).expect("a mode");
    assert_eq!(sock.connect_ex(name(&server)), Ok(EINPROGRESS), "it has begun");
    assert_eq!(soon(&sock, POLLOUT), POLLOUT, "writable is connected");
    assert_eq!(sock.getsockopt(SOL_SOCKET, SO_ERROR), Ok(0), "and how it went is in SO_ERROR");
    assert_eq!(sock.getpeername(), Ok(name(&server)));
    assert_eq!(sock.connect_ex(name(&server)).map(|error| error == 0 || error == EISCONN), Ok(true));
    sock.sendall("hello").expect("it is connected");

    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setblocking(false).expect("a mode");
    fails(sock.connect(name(&deaf())), EINPROGRESS, "it has begun");
    assert_eq!(soon(&sock, POLLOUT) & (POLLOUT | POLLERR), POLLOUT | POLLERR, "a failure is an event");
    assert_eq!(sock.getsockopt(SOL_SOCKET, SO_ERROR), Ok(ECONNREFUSED), "nobody listens");
    assert_eq!(sock.getsockopt(SOL_SOCKET, SO_ERROR), Ok(0), "an error is told once");

    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setblocking(false).expect("a mode");
    fails(sock.connect(name(&server)), EINPROGRESS, "it has begun");
    sock.setblocking(true).expect("a mode");
    let again = sock.connect_ex(name(&server));
    assert!(matches!(again, Ok(0 | EISCONN)), "a blocking connect waits for the one under way: {again:?}");
}

pub(crate) fn poll_tells_what_is_up(_: &[String]) {
    let all = POLLIN | POLLOUT | POLLRDHUP;
    let unconnected = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    assert_eq!(now(&unconnected, all), POLLOUT | POLLHUP, "what Linux says of a socket without a connection");
    let server = listener();
    assert_eq!(now(&server, all), 0, "nobody is there");
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(name(&server)).expect("room");
    assert_eq!(soon(&server, all), POLLIN, "somebody can be accepted");
    let (accepted, _) = server.accept().expect("somebody");
    assert_eq!(now(&accepted, all), POLLOUT, "there is room, and nothing to read");
    assert_eq!(now(&accepted, POLLIN), 0, "only what was asked for is told");
    client.sendall("x").expect("room");
    assert_eq!(soon(&accepted, POLLIN), POLLIN);
    client.shutdown(SHUT_WR).expect("it is connected");
    assert_eq!(soon(&accepted, POLLRDHUP), POLLRDHUP, "the peer closed its half");
    accepted.shutdown(SHUT_WR).expect("it is connected");
    assert_eq!(soon(&client, 0), POLLHUP, "both halves are closed: told without being asked for");
    let udp = datagrams();
    assert_eq!(now(&udp, all), POLLOUT);
    udp.sendto("x", name(&udp)).expect("room");
    assert_eq!(soon(&udp, POLLIN), POLLIN);
    assert_eq!(udp.recv(9).expect("it is there"), b"x", "and poll took nothing");
}

pub(crate) fn poll_waits_no_longer_than_it_was_told(_: &[String]) {
    const SHORT: Duration = Duration::from_millis(100);
    let nothing = |call: &dyn Fn() -> usize| {
        let start = std::time::Instant::now();
        assert_eq!(call(), 0, "nothing happened");
        assert!(start.elapsed() >= SHORT, "it came back after {:?}", start.elapsed());
    };
    let (client, _server) = connected();
    nothing(&|| poll().poll(SHORT).expect("no sockets are a way to sleep").len());
    nothing(&|| {
        let mut waiting = poll();
        waiting.register(&client, POLLIN).expect("an open socket");
        waiting.poll(SHORT).expect("it waits").len()
    });
    let twin = client.dup().expect("a duplicate");
    nothing(&|| select(&[&client, &twin], &[], &[], 0.1).expect("a socket twice in one poll").0.len());
    nothing(&|| select(&[], &[], &[], 0.1).expect("no sockets at all").0.len());
    nothing(&|| select(&[&client], &[], &[&client], 0.1).expect("it waits").0.len());
    assert_eq!(at_once(|| poll().poll(0)), Ok(Vec::new()));
    is_refused_as_a_value(select(&[], &[], &[], -1), "no time is negative");
    is_refused_as_a_value(select(&[], &[], &[], f64::NAN), "nor is it no number");
}

pub(crate) fn a_set_of_sockets_can_be_changed(_: &[String]) {
    let (client, server) = connected();
    let mut waiting = poll();
    waiting.register(&client, POLLIN).expect("an open socket");
    waiting.modify(&client, POLLOUT).expect("it is registered");
    assert_eq!(waiting.poll(None), Ok(vec![(client.fileno(), POLLOUT)]));
    waiting.unregister(client.fileno()).expect("it is registered");
    assert_eq!(waiting.poll(0), Ok(Vec::new()));
    fails(waiting.unregister(&client), ENOENT, "it was taken away");
    fails(waiting.modify(&client, POLLIN), ENOENT, "what isn't there can't be changed");
    fails(waiting.register(-1, POLLIN), EBADF, "no socket has that number");
    waiting.register(&server, POLLIN).expect("an open socket");
    waiting.register(&client, POLLOUT).expect("an open socket");
    let number = server.fileno();
    server.close().expect("it closes");
    let happened = waiting.poll(None).expect("a closed socket is something that happened");
    assert!(happened.contains(&(number, POLLNVAL)), "{happened:?}");
    let (readable, writable, urgent) = select(&[&client], &[&client], &[&client], 20).expect("both");
    assert_eq!((readable.len(), writable.len(), urgent.len()), (1, 1, 0), "the end can be read, and there is room");
}

pub(crate) fn a_thousand_sockets_are_polled_together(_: &[String]) {
    let pairs: Vec<_> =
        (0..500).map(|_| socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a thousand sockets are few")).collect();
    let mut waiting = poll();
    for (one, other) in &pairs {
        waiting.register(one, POLLIN).expect("an open socket");
        waiting.register(other, POLLIN).expect("an open socket");
    }
    assert_eq!(waiting.poll(10), Ok(Vec::new()), "nothing to read anywhere");
    for index in [0, 250, 499] {
        pairs[index].0.send("x").expect("room");
        assert_eq!(waiting.poll(None), Ok(vec![(pairs[index].1.fileno(), POLLIN)]), "the one that has something");
        pairs[index].1.recv(9).expect("it is there");
    }
    for (one, _) in &pairs {
        one.send("x").expect("room");
    }
    assert_eq!(waiting.poll(None).map(|happened| happened.len()), Ok(500), "all that have something");
}

pub(crate) fn more_interests_than_the_limit_are_refused(arguments: &[String]) {
    let limit: usize = argument(arguments, 0);
    let pairs: Vec<_> = (0..limit).map(|_| socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair")).collect();
    let mut waiting = poll();
    for (one, _) in &pairs {
        waiting.register(one, POLLIN).expect("an open socket");
    }
    assert_eq!(waiting.poll(0), Ok(Vec::new()), "as many as the limit may be polled");
    waiting.register(&pairs[0].1, POLLIN).expect("an open socket");
    fails(waiting.poll(0), EINVAL, "one more may not");
}

pub(crate) fn pollables_wait_beside_timers(_: &[String]) {
    let (client, server) = connected();
    let readable = server.subscribe(POLLIN).expect("a pollable");
    let writable = server.subscribe(POLLOUT).expect("another");
    assert_eq!((readable.ready(), writable.ready()), (false, true), "there is room, and nothing to read");
    let timer = subscribe_duration(50_000_000);
    assert_eq!(poll_pollables(&[&readable, &timer]), [1], "the timer comes first");
    client.sendall("x").expect("room");
    let timer = subscribe_duration(30_000_000_000);
    assert_eq!(poll_pollables(&[&timer, &readable]), [1], "now the socket does");
    assert_eq!(server.recv(9).expect("it is there"), b"x", "a pollable takes nothing");
    assert!(!readable.ready(), "and knows that it's gone");
    drop(server);
    client.sendall("y").expect("room");
    assert_eq!(poll_pollables(&[&readable]), [0], "a pollable keeps its socket open");
    drop((readable, writable));
    assert_eq!(soon(&client, POLLRDHUP) & POLLRDHUP, POLLRDHUP, "and lets it go with itself");
}
