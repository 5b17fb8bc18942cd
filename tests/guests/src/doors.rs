//! Doors: each does one thing that needs one grant, and says whether it was let.

use wallsocket::*;

use crate::check::{denied, number, say};

fn inet(kind: i32) -> Socket {
    socket(AF_INET, kind, 0).expect("a socket needs no grant")
}

fn unix(kind: &str) -> Socket {
    let kind = match kind {
        "stream" => SOCK_STREAM,
        "dgram" => SOCK_DGRAM,
        _ => SOCK_SEQPACKET,
    };
    socket(AF_UNIX, kind, 0).expect("a socket needs no grant")
}

/// A name as the tests write it: `@name` is abstract.
fn name(written: &str) -> Vec<u8> {
    match written.strip_prefix('@') {
        Some(name) => [b"\0", name.as_bytes()].concat(),
        None => written.as_bytes().to_vec(),
    }
}

pub(crate) fn tcp_connect(arguments: &[String]) {
    say(inet(SOCK_STREAM).connect(("127.0.0.1", number::<u16>(&arguments[0]))));
}

pub(crate) fn tcp_bind(_: &[String]) {
    say(inet(SOCK_STREAM).bind(("127.0.0.1", 0)));
}

pub(crate) fn tcp_listen(_: &[String]) {
    let sock = inet(SOCK_STREAM);
    say(sock.bind(("127.0.0.1", 0)).and_then(|()| sock.listen(None)));
}

pub(crate) fn udp_send(arguments: &[String]) {
    say(inet(SOCK_DGRAM).sendto("hello", ("127.0.0.1", number::<u16>(&arguments[0]))));
}

pub(crate) fn udp_connect(arguments: &[String]) {
    say(inet(SOCK_DGRAM).connect(("127.0.0.1", number::<u16>(&arguments[0]))));
}

pub(crate) fn udp_bind(_: &[String]) {
    say(inet(SOCK_DGRAM).bind(("127.0.0.1", 0)));
}

pub(crate) fn unix_connect(arguments: &[String]) {
    say(unix(&arguments[0]).connect(name(&arguments[1])));
}

pub(crate) fn unix_sendto(arguments: &[String]) {
    say(unix("dgram").sendto("hello", name(&arguments[0])));
}

pub(crate) fn unix_listen(arguments: &[String]) {
    let sock = unix(&arguments[0]);
    let result = sock.bind(name(&arguments[1]));
    say(if arguments[0] == "dgram" { result } else { result.and_then(|()| sock.listen(None)) });
}

pub(crate) fn unix_autobind(_: &[String]) {
    say(unix("dgram").bind(""));
}

/// A name that the test says; that it doesn't resolve is an answer, too.
pub(crate) fn dns_lookup(arguments: &[String]) {
    say(answered(getaddrinfo(arguments[0].as_str(), 80)));
}

pub(crate) fn dns_reverse(arguments: &[String]) {
    say(answered(gethostbyaddr(&arguments[0])));
    say(answered(getnameinfo((arguments[0].as_str(), 80), 0)));
}

fn answered<T>(result: Result<T>) -> Result<()> {
    match result {
        Ok(_) | Err(Error::GaiError(_) | Error::HError(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

pub(crate) fn interfaces_list(_: &[String]) {
    say(if_nameindex());
    say(if_nametoindex("lo"));
    say(if_indextoname(1));
}

pub(crate) fn share_a_udp_port(_: &[String]) {
    say(inet(SOCK_DGRAM).setsockopt(SOL_SOCKET, SO_REUSEADDR, 1));
}

pub(crate) fn what_needs_no_grant(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair of sockets reaches nobody else");
    one.send("hello").expect("it is connected");
    assert_eq!(other.recv(5).expect("it is connected"), b"hello");
    inet(SOCK_STREAM).setsockopt(SOL_SOCKET, SO_REUSEADDR, 1).expect("on TCP it shares nothing");
    inet(SOCK_DGRAM).setsockopt(SOL_SOCKET, SO_REUSEADDR, 0).expect("nor does switching it off");
    getaddrinfo("127.0.0.1", 80).expect("numbers are nobody's name");
}

pub(crate) fn tell_the_host_name(_: &[String]) {
    println!("{}", gethostname().expect("each guest has one"));
}

/// Names the machine, and says what it is called then and how it went.
pub(crate) fn name_the_machine(arguments: &[String]) {
    match sethostname(&arguments[0]) {
        Ok(()) => println!("open"),
        Err(error) => {
            assert_eq!(error.errno(), errno::EPERM, "as the system says to who isn't privileged");
            println!("closed: {}", denied(Err::<(), _>(error)));
        }
    }
    println!("{}", gethostname().expect("each guest has one"));
}

/// Names that the system refuses, whatever was granted.
pub(crate) fn name_the_machine_badly(_: &[String]) {
    assert_eq!(sethostname(&"x".repeat(65)), Err(Error::Os(errno::EINVAL)), "HOST_NAME_MAX is 64");
    assert!(matches!(sethostname("a\0b"), Err(Error::Value(_))), "Python's ValueError");
}

pub(crate) fn what_is_refused_has_no_effect(arguments: &[String]) {
    let port: u16 = number(&arguments[0]);
    denied(inet(SOCK_STREAM).connect(("127.0.0.1", port)));
    denied(inet(SOCK_STREAM).sendto_flags("hello", MSG_FASTOPEN, ("127.0.0.1", port)));
    denied(inet(SOCK_DGRAM).sendto("hello", ("127.0.0.1", number::<u16>(&arguments[1]))));
    denied(unix("stream").bind(name(&arguments[2])));
    denied(unix("stream").connect(name(&arguments[2])));
}
