//! Guests over a link that loses, delays, reorders, doubles, and drops.

use std::time::{Duration, Instant};

use wallsocket::errno::ETIMEDOUT;
use wallsocket::*;

use crate::help::{argument, datagrams, listener, name, times_out};

/// What stands at that place of the stream.
fn pattern(place: usize) -> u8 {
    (place / 7 % 251) as u8
}

/// Takes a stream to its end, which has to be as long as the argument says, and as it was sent.
pub(crate) fn take_a_stream(arguments: &[String]) {
    let length: usize = argument(arguments, 0);
    let listener = listener();
    println!("{}", name(&listener).port().expect("a port"));
    let (peer, _) = listener.accept().expect("the other guest comes");
    let mut taken = 0;
    loop {
        let data = peer.recv(1 << 16).expect("a bad link is no error");
        if data.is_empty() {
            break;
        }
        assert!(data.iter().enumerate().all(|(place, byte)| *byte == pattern(taken + place)), "after {taken} bytes");
        taken += data.len();
    }
    assert_eq!(taken, length, "all of it, and once");
    peer.send("thanks").expect("there is room");
}

/// Sends such a stream, and says when it has begun.
pub(crate) fn send_a_stream(arguments: &[String]) {
    let (port, length): (u16, usize) = (argument(arguments, 0), argument(arguments, 1));
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", port)).expect("somebody listens");
    println!("sending");
    sock.sendall((0..length).map(pattern).collect::<Vec<_>>()).expect("a bad link is no error");
    sock.shutdown(SHUT_WR).expect("it can be half-closed");
    assert_eq!(sock.recv(99).expect("the other end speaks"), b"thanks");
}

/// Over a link that takes longer than the guest has time.
pub(crate) fn keep_time_over_a_slow_link(_: &[String]) {
    let listener = listener();
    let time = Duration::from_millis(100);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.settimeout(time).expect("a timeout");
    times_out(time, || sock.connect(name(&listener)));
    // Else it goes on connecting, and is who is accepted.
    drop(sock);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(name(&listener)).expect("it only takes long");
    let (server, _) = listener.accept().expect("it has connected");
    server.send("hello").expect("there is room");
    sock.settimeout(time).expect("a timeout");
    times_out(time, || sock.recv(9));
    sock.settimeout(None).expect("no timeout");
    assert_eq!(sock.recv(9).expect("it is on its way"), b"hello", "what came late isn't lost");
}

/// Sends numbered datagrams to itself, and says how many came, how many of them twice, and how many before an earlier one.
pub(crate) fn count_datagrams(arguments: &[String]) {
    let count: u32 = argument(arguments, 0);
    let (one, other) = (datagrams(), datagrams());
    other.settimeout(2).expect("a timeout");
    let (mut came, mut twice, mut late, mut last) = (vec![false; count as usize], 0, 0, 0);
    let mut take = |data: &[u8]| {
        let number = u32::from_le_bytes(data.try_into().expect("a datagram is whole"));
        twice += u32::from(std::mem::replace(&mut came[number as usize], true));
        late += u32::from(number < last);
        last = last.max(number);
    };
    for number in 0..count {
        one.sendto(number.to_le_bytes(), name(&other)).expect("a bad link is no error");
    }
    let began = Instant::now();
    loop {
        match other.recv(9) {
            Ok(data) => take(&data),
            Err(Error::Timeout) => break,
            Err(error) => panic!("loss is silence: {error}"),
        }
        assert!(began.elapsed() < Duration::from_secs(40), "there is an end to them");
    }
    println!("{} {twice} {late}", came.iter().filter(|came| **came).count());
}

/// Sends over a connection whose link goes away, until that is told.
pub(crate) fn lose_the_link(_: &[String]) {
    let listener = listener();
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(name(&listener)).expect("the link is there");
    let (server, _) = listener.accept().expect("it has connected");
    sock.setsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT, 1000).expect("Linux has it");
    println!("connected");
    let ended = loop {
        if let Err(error) = sock.send("x") {
            break error;
        }
        let _ = server.recv_flags(99, MSG_DONTWAIT);
    };
    assert_eq!(ended, Error::Os(ETIMEDOUT), "tcp(7), TCP_USER_TIMEOUT");
    server.settimeout(0.1).expect("a timeout");
    while server.recv(1 << 16).is_ok() {}
    times_out(Duration::from_millis(100), || server.recv(9));
}
