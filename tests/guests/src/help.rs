//! What several behaviours need: sockets of loopback, and ways to say what has to fail.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use wallsocket::{AF_INET, Address, Error, Result, SOCK_DGRAM, SOCK_STREAM, Socket, socket};

/// The longest that anything may take that has nothing to wait for, on a machine with much else to do.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// A listener of IPv4 on a port of its own.
pub(crate) fn listener() -> Socket {
    let listener = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    listener.bind(("127.0.0.1", 0)).expect("a free port");
    listener.listen(None).expect("it is bound");
    listener
}

/// Both ends of a TCP connection: the one that connected, and the one that was accepted.
pub(crate) fn connected() -> (Socket, Socket) {
    let listener = listener();
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(name(&listener)).expect("the backlog has room");
    let (server, _) = listener.accept().expect("somebody has connected");
    (client, server)
}

/// A datagram socket of IPv4 with a port of its own.
pub(crate) fn datagrams() -> Socket {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    sock.bind(("127.0.0.1", 0)).expect("a free port");
    sock
}

/// The socket's own address.
pub(crate) fn name(sock: &Socket) -> Address {
    sock.getsockname().expect("a bound socket has a name")
}

/// A port of loopback where nobody listens: held by a socket that doesn't.
pub(crate) fn deaf() -> Socket {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.bind(("127.0.0.1", 0)).expect("a free port");
    sock
}

/// The argument at that place, as what it has to be.
pub(crate) fn argument<T: std::str::FromStr>(arguments: &[String], place: usize) -> T {
    let parsed = arguments.get(place).and_then(|argument| argument.parse().ok());
    parsed.unwrap_or_else(|| panic!("argument {place} of {arguments:?}"))
}

/// A call that must fail with that number.
#[track_caller]
pub(crate) fn fails<T: Debug>(result: Result<T>, errno: i32, rule: &str) {
    match result {
        Err(Error::Os(number)) if number == errno => {}
        other => panic!("{rule}: errno {errno} and not {other:?}"),
    }
}

/// A call that Python refuses before it reaches the system.
#[track_caller]
pub(crate) fn is_refused_as_a_value<T: Debug>(result: Result<T>, rule: &str) {
    assert!(matches!(result, Err(Error::Value(_))), "{rule}: a ValueError and not {result:?}");
}

/// A call that must run into its timeout: not before it, and not long after.
#[track_caller]
pub(crate) fn times_out<T: Debug>(timeout: Duration, call: impl FnOnce() -> Result<T>) {
    let start = Instant::now();
    let result = call();
    let took = start.elapsed();
    assert!(matches!(result, Err(Error::Timeout)), "after {took:?} it is a timeout and not {result:?}");
    assert!(took >= timeout, "a timeout of {timeout:?} fired after {took:?}");
    assert!(took < timeout + SOON, "a timeout of {timeout:?} took {took:?}");
}

/// A call that must not wait.
#[track_caller]
pub(crate) fn at_once<T>(call: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = call();
    assert!(start.elapsed() < SOON, "it waited {:?}", start.elapsed());
    result
}

/// Receives until there are `length` bytes.
#[track_caller]
pub(crate) fn receive(sock: &Socket, length: usize) -> Vec<u8> {
    let mut data = Vec::new();
    while data.len() < length {
        let more = sock.recv(length - data.len()).expect("more is to come");
        assert!(!more.is_empty(), "the stream ended after {} of {length} bytes", data.len());
        data.extend(more);
    }
    data
}
