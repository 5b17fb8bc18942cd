//! Guests of which a host has many: that open and close, and that hold what they have.

use std::net::Ipv4Addr;

use wallsocket::select::{POLLIN, poll};
use wallsocket::*;

use crate::check::{Control, number};
use crate::help::{argument, connected, datagrams, listener, name};

/// Accepts as many connections as come, and closes each by a reset: else the kernel would keep it in TIME_WAIT.
pub(crate) fn accept_and_close(arguments: &[String]) {
    let listener = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    listener.bind((argument::<Ipv4Addr>(arguments, 0), 0)).expect("a free port");
    // Those that it accepts have it from the listener.
    listener.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, 0)).expect("a struct linger");
    listener.listen(None).expect("it is bound");
    println!("{}", name(&listener).port().expect("a port"));
    loop {
        let (client, _) = listener.accept().expect("the next one comes");
        client.close().expect("it is open");
    }
}

/// Opens so many connections one after the other, each from an address of its own, and closes them when the server has.
/// Tells the test when a tenth of them is through, and waits; and at the end.
pub(crate) fn connect_and_close(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let (server, port): (Ipv4Addr, u16) = (argument(arguments, 1), argument(arguments, 2));
    let (network, count): (u8, u32) = (argument(arguments, 3), argument(arguments, 4));
    control.tell("ready");
    for connection in 0..count {
        if connection == count / 10 {
            control.tell("a tenth");
        }
        let [_, high, low, least] = (connection + 1).to_be_bytes();
        let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
        sock.bind((Ipv4Addr::new(127, network.wrapping_add(high), low, least), 0)).expect("it is of this machine");
        // It is told that it has connected, or, where the server was quicker, that this is over already.
        match sock.connect((server, port)).and_then(|()| sock.recv(9)) {
            Err(Error::Os(errno::ECONNRESET | errno::ECONNABORTED)) => {}
            other => panic!("connection {connection} ends with a reset, and not {other:?}"),
        }
        sock.close().expect("it is open");
    }
    control.tell("all");
}

/// Holds ten sockets. Whenever the test says so it talks over all of them; else it waits for any. Says where it hears that.
pub(crate) fn hold_ten_sockets(arguments: &[String]) {
    let control = datagrams();
    control.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    let rounds: u32 = number(&arguments[1]);
    let waiting = listener();
    let streams = [connected(), socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair")];
    let (one, other) = (datagrams(), datagrams());
    one.connect(name(&other)).expect("it is granted");
    other.connect(name(&one)).expect("it is granted");
    let messages = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    let pairs: Vec<_> = streams.into_iter().chain([(one, other), messages]).collect();
    let mut all = poll();
    for sock in pairs.iter().flat_map(|(one, other)| [one, other]).chain([&waiting, &control]) {
        all.register(sock, POLLIN).expect("it is open");
    }
    loop {
        println!("{}", name(&control).port().expect("a port"));
        let events = all.poll(None).expect("something comes");
        assert_eq!(events.len(), 1, "nobody but the test speaks: {events:?}");
        control.recv(9).expect("it is there");
        for _ in 0..rounds {
            for (one, other) in &pairs {
                one.send("hello").expect("there is room");
                assert_eq!(other.recv(9).expect("it came"), b"hello");
                other.send("hello, you").expect("there is room");
                assert_eq!(one.recv(99).expect("it came"), b"hello, you");
            }
        }
    }
}
