//! Streams: TCP, from connecting to the end.

use std::io::{Read, Write};

use wallsocket::errno::{EAGAIN, ECONNREFUSED, ECONNRESET, EINVAL, EISCONN, ENOTCONN, EOPNOTSUPP, EPIPE};
use wallsocket::{
    AF_INET, Address, Error, MSG_DONTWAIT, MSG_FASTOPEN, MSG_OOB, MSG_PEEK, MSG_TRUNC, MSG_WAITALL, SHUT_RD, SHUT_RDWR,
    SHUT_WR, SO_LINGER, SO_OOBINLINE, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, layout, select, socket,
};

use crate::help::{argument, connected, deaf, fails, listener, name, receive};

pub(crate) fn a_client_talks_to_an_echo_server(arguments: &[String]) {
    let port: u16 = arguments[0].parse().expect("a port");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", port)).expect("the grant allows it");
    sock.sendall("hello").expect("it takes five bytes");
    sock.shutdown(SHUT_WR).expect("it can be half-closed");
    assert_eq!(sock.recv(100).expect("the echo"), b"hello");
    assert_eq!(sock.recv(100).expect("the end"), b"");
}

/// So many round trips over one connection.
pub(crate) fn talk_at_length(arguments: &[String]) {
    let (client, server) = connected();
    for _ in 0..argument::<u32>(arguments, 0) {
        client.sendall("hello").expect("room");
        assert_eq!(receive(&server, 5), b"hello");
        assert_eq!(server.send("x"), Ok(1));
        assert_eq!(client.recv(9).as_deref(), Ok(&b"x"[..]));
    }
}

pub(crate) fn much_that_is_there_comes_whole_and_in_order(_: &[String]) {
    let (client, server) = connected();
    let data: Vec<u8> = (0..100_000u32).map(|number| (number % 251) as u8).collect();
    server.settimeout(10).expect("a timeout");
    server.sendall(&data).expect("the buffers hold it");
    let mut got = Vec::new();
    let mut largest = 0;
    while got.len() < data.len() {
        let more = client.recv(1 << 20).expect("the rest is under way");
        largest = largest.max(more.len());
        got.extend(more);
    }
    assert!(got == data, "what came isn't what was sent");
    assert!(largest >= 16 << 10, "it came in bulk: {largest}");

    // What is urgent ends a receive in the middle of what is there, and isn't part of it.
    server.sendall(&data[..40_000]).expect("the buffers hold it");
    server.send_flags(b"!", MSG_OOB).expect("room");
    server.sendall(&data[40_000..80_000]).expect("the buffers hold it");
    let mut got = Vec::new();
    while got.len() < 80_000 {
        got.extend(client.recv(1 << 20).expect("the rest is under way"));
    }
    assert!(got == data[..80_000], "what came isn't what was sent");
    drop(server);
    assert_eq!(client.recv(1 << 20).expect("the end"), b"");
}

pub(crate) fn connect_is_denied_by_default(arguments: &[String]) {
    let port: u16 = arguments[0].parse().expect("a port");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket needs no grant");
    let error = sock.connect(("127.0.0.1", port)).expect_err("nothing was granted");
    let Error::Denied(denial) = error else { panic!("not a refusal: {error}") };
    assert_eq!(denial.grant, format!("tcp connect 127.0.0.1:{port}"), "the refusal names the line that would allow it");
}

pub(crate) fn a_server_answers_native_clients(_: &[String]) {
    let listener = listener();
    println!("{}", name(&listener).port().expect("a port"));
    for _ in 0..3 {
        let (client, address) = listener.accept().expect("a client");
        assert_eq!(client.getpeername().expect("it is connected"), address, "accept names the peer");
        assert_eq!(client.getsockname().expect("it is connected"), name(&listener));
        let said = client.recv(100).expect("what it says");
        client.sendall(said.to_ascii_uppercase()).expect("it listens");
    }
}

pub(crate) fn both_ends_know_each_other(_: &[String]) {
    let (client, server) = connected();
    assert_eq!(client.getpeername().expect("a peer"), name(&server));
    assert_eq!(server.getpeername().expect("a peer"), name(&client));
    assert_eq!((client.family(), client.type_(), client.proto()), (AF_INET, Ok(SOCK_STREAM), Ok(0)));
    assert_eq!((server.family(), server.type_()), (AF_INET, Ok(SOCK_STREAM)));
    fails(deaf().getpeername(), ENOTCONN, "who isn't connected has no peer");
    fails(client.connect(name(&server)), EISCONN, "what is connected can't connect again");
}

pub(crate) fn every_way_to_receive_gives_what_was_sent(_: &[String]) {
    let (client, server) = connected();
    assert_eq!(client.send("abcdefghijkl"), Ok(12), "send says how much it took");
    assert_eq!(receive(&server, 2), b"ab");
    assert_eq!(server.recvfrom(2), Ok((b"cd".to_vec(), Address::Unspecified)), "a stream's sender isn't named");
    let mut buffer = [0; 2];
    assert_eq!((server.recv_into(&mut buffer), &buffer), (Ok(2), b"ef"));
    assert_eq!((server.recvfrom_into(&mut buffer), &buffer), (Ok((2, Address::Unspecified)), b"gh"));
    (&server).read_exact(&mut buffer).expect("std's Read");
    assert_eq!(&buffer, b"ij");
    assert_eq!(server.recv_flags(9, MSG_PEEK).expect("there are two"), b"kl", "a peek shows what is there");
    assert_eq!(server.recv(9).expect("there are two"), b"kl", "and takes nothing");
    (&client).write_all(b"mn").expect("std's Write");
    assert_eq!(client.sendto("op", name(&server)), Ok(2), "on TCP the address beside the data counts for nothing");
    assert_eq!(receive(&server, 4), b"mnop");
}

pub(crate) fn receiving_nothing_does_not_wait(_: &[String]) {
    let (client, server) = connected();
    assert_eq!(server.recv(0), Ok(Vec::new()), "no bytes are there at once");
    assert_eq!(server.recv_into(&mut []), Ok(0), "no buffer is full at once");
    assert_eq!(client.send(""), Ok(0), "nothing is sent at once");
    assert_eq!(client.sendall(""), Ok(()));
    fails(server.recv_flags(1, MSG_DONTWAIT), EAGAIN, "MSG_DONTWAIT doesn't wait, whatever the mode");
    client.send("x").expect("room");
    assert_eq!(receive(&server, 1), b"x", "and nothing of it was taken");
}

pub(crate) fn halves_are_closed_one_by_one(_: &[String]) {
    let (client, server) = connected();
    client.shutdown(SHUT_WR).expect("it is connected");
    assert_eq!(server.recv(9), Ok(Vec::new()), "the end of the peer's half");
    assert_eq!(server.recv(9), Ok(Vec::new()), "which stays the end");
    fails(client.send("x"), EPIPE, "the half is closed for the one who closed it");
    server.sendall("still").expect("the other half is open");
    assert_eq!(receive(&client, 5), b"still");
    server.shutdown(SHUT_RD).expect("SHUT_RD is allowed too");
    client.shutdown(SHUT_RD).expect("twice as well");
    assert_eq!(client.recv(9), Ok(Vec::new()), "after SHUT_RD there is nothing more");
    let (client, _server) = connected();
    client.shutdown(SHUT_RDWR).expect("both at once");
    fails(client.send("x"), EPIPE, "neither out");
    assert_eq!(client.recv(9), Ok(Vec::new()), "nor in");
    for how in [-1, 3, i32::MAX] {
        fails(connected().0.shutdown(how), EINVAL, "there are three ways to shut down");
    }
    fails(deaf().shutdown(SHUT_WR), ENOTCONN, "only what is connected can be shut down");
}

pub(crate) fn a_reset_is_told(_: &[String]) {
    let (client, server) = connected();
    client.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, 0)).expect("an abortive close");
    client.close().expect("it closes at once");
    fails(server.recv(9), ECONNRESET, "the peer went without a word");
    fails(server.send("x"), EPIPE, "and can't be told anything more");
    assert_eq!(server.recv(9), Ok(Vec::new()), "an error is told once");
}

pub(crate) fn the_refused_may_try_again(_: &[String]) {
    let server = deaf();
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    fails(sock.connect(name(&server)), ECONNREFUSED, "nobody listens");
    fails(sock.connect(name(&server)), ECONNREFUSED, "nobody listens the second time either");
    assert_eq!(sock.connect_ex(name(&server)), Ok(ECONNREFUSED), "connect_ex returns what connect raises");
    server.listen(1).expect("it is bound");
    sock.connect(name(&server)).expect("now somebody does");
    assert_eq!(sock.connect_ex(name(&server)), Ok(EISCONN));
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    assert_eq!(sock.connect_ex(name(&server)), Ok(0), "connect_ex returns 0 for success");
}

pub(crate) fn every_backlog_is_taken(_: &[String]) {
    for backlog in [None, Some(0), Some(-1), Some(i32::MIN), Some(1), Some(i32::MAX)] {
        let listener = deaf();
        listener.listen(backlog).expect("a backlog out of range is brought into it");
        let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
        client.connect(name(&listener)).expect("one connection can always wait");
        listener.accept().expect("it waits");
        listener.listen(5).expect("listening again changes the backlog");
    }
    let (client, _server) = connected();
    fails(client.accept(), EINVAL, "a connection accepts nobody");
    fails(deaf().accept(), EINVAL, "nor what doesn't listen");
    let datagrams = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    fails(datagrams.listen(1), EOPNOTSUPP, "datagram sockets don't listen");
    fails(datagrams.accept(), EOPNOTSUPP, "nor accept");
}

pub(crate) fn all_of_a_stream_can_be_waited_for(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", argument::<u16>(arguments, 0))).expect("the grant allows it");
    println!("go");
    assert_eq!(sock.recv_flags(6, MSG_WAITALL | MSG_PEEK).expect("pieces"), b"abcdef", "a peek waits for all of it");
    assert_eq!(sock.recv_flags(6, MSG_WAITALL).expect("pieces"), b"abcdef", "MSG_WAITALL puts the pieces together");
    assert_eq!(
        sock.recv_flags(6, MSG_WAITALL | MSG_PEEK).expect("the end"),
        b"gh",
        "the end of the stream ends a peek"
    );
    assert_eq!(sock.recv_flags(6, MSG_WAITALL).expect("the end"), b"gh", "the end of the stream ends the wait");
    assert_eq!(sock.recv_flags(6, MSG_WAITALL).expect("the end"), b"");
}

pub(crate) fn waitall_brings_more_than_one_read_holds(arguments: &[String]) {
    let (port, length) = (argument::<u16>(arguments, 0), argument::<usize>(arguments, 1));
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", port)).expect("the grant allows it");
    let data = sock.recv_flags(length, MSG_WAITALL).expect("the peer sends that much");
    assert_eq!(data.len(), length, "MSG_WAITALL means all");
    assert!(data.iter().all(|&byte| byte == 7), "and all of it is what was sent");
}

pub(crate) fn waitall_waits_only_in_blocking_mode(_: &[String]) {
    let (client, server) = connected();
    client.sendall("ab").expect("room");
    server.settimeout(30.0).expect("a timeout");
    assert_eq!(server.recv_flags(9, MSG_WAITALL).expect("two bytes"), b"ab", "a timed socket takes what is there");
    server.setblocking(false).expect("a mode");
    fails(server.recv_flags(9, MSG_WAITALL), EAGAIN, "nothing is there");
}

pub(crate) fn the_urgent_byte_comes_beside_the_stream(_: &[String]) {
    let (client, server) = connected();
    fails(server.recv_flags(1, MSG_OOB), EINVAL, "there is no urgent byte yet");
    client.sendall("ab").expect("room");
    client.send_flags("!", MSG_OOB).expect("room");
    let (_, _, urgent) = select::select(&[], &[], &[&server], 20.0).expect("it can be waited for");
    assert_eq!(urgent.len(), 1, "urgent data is a priority event");
    assert_eq!(server.recv_flags(9, MSG_OOB).expect("the urgent byte"), b"!");
    assert_eq!(server.at_mark(), Ok(false), "two bytes come before its place");
    assert_eq!(receive(&server, 2), b"ab");
    assert_eq!(server.at_mark(), Ok(true), "here it was");
    let (client, server) = connected();
    server.setsockopt(SOL_SOCKET, SO_OOBINLINE, true).expect("an option");
    client.send_flags("?", MSG_OOB).expect("room");
    assert_eq!(receive(&server, 1), b"?", "SO_OOBINLINE leaves it in the stream");
}

pub(crate) fn cutting_a_stream_shows_no_memory_of_the_hosts(_: &[String]) {
    let (client, server) = connected();
    client.sendall(vec![7; 9000]).expect("room");
    let thrown_away = server.recv_flags(9000, MSG_TRUNC).expect("it is there");
    assert!(!thrown_away.is_empty(), "tcp(7): MSG_TRUNC takes data off the stream");
    assert!(thrown_away.iter().all(|&byte| byte == 0), "what the kernel didn't write must be zeros");
}

pub(crate) fn data_can_go_with_the_connect(_: &[String]) {
    let server = listener();
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    assert_eq!(client.sendto_flags("hello", MSG_FASTOPEN, name(&server)), Ok(5), "RFC 7413: connects and sends");
    let (accepted, _) = server.accept().expect("it has connected");
    assert_eq!(receive(&accepted, 5), b"hello");
    assert_eq!(client.getpeername(), Ok(name(&server)));
}

pub(crate) fn sendall_sends_all(arguments: &[String]) {
    let (port, length) = (argument::<u16>(arguments, 0), argument::<usize>(arguments, 1));
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", port)).expect("the grant allows it");
    let data: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
    for timeout in [None, Some(50.0)] {
        sock.settimeout(timeout).expect("a mode");
        sock.sendall(&data).expect("the peer reads");
    }
}
