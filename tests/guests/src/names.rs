//! Names: where a granted one leads, and what it resolved to is good for.

use std::time::{Duration, Instant};

use wallsocket::*;

use crate::check::{Control, denied, number, say};

fn stream() -> Socket {
    socket(AF_INET, SOCK_STREAM, 0).expect("a socket needs no grant")
}

pub(crate) fn connect_to(arguments: &[String]) {
    say(stream().connect((arguments[0].as_str(), number::<u16>(&arguments[1]))));
}

pub(crate) fn send_to(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket needs no grant");
    say(sock.sendto("hello", (arguments[0].as_str(), number::<u16>(&arguments[1]))));
}

/// `tcp connect` to that name and port is granted, and nothing else.
pub(crate) fn use_an_answer(arguments: &[String]) {
    let (name, port) = (arguments[0].as_str(), number::<u16>(&arguments[1]));
    let found = getaddrinfo(name, port).expect("the grant implies the look-up");
    let address = found[0].sockaddr.ip().expect("an address").to_string();
    stream().connect((address.as_str(), port)).expect("what a granted name resolved to may be used");
    denied(stream().connect((address.as_str(), port + 1)));
    denied(socket(AF_INET, SOCK_DGRAM, 0).expect("a socket").sendto("hello", (address.as_str(), port)));
    denied(socket(AF_INET, SOCK_DGRAM, 0).expect("a socket").connect((address.as_str(), port)));
    permissions::restrict::<&str>(&[]).expect("a guest can give everything up");
    denied(stream().connect((address.as_str(), port)));
    denied(stream().connect((name, port)));
}

pub(crate) fn look_up_backwards(arguments: &[String]) {
    assert_eq!(gethostbyaddr(&arguments[0]).expect("it is granted").hostname, arguments[1]);
    assert_eq!(getnameinfo((arguments[0].as_str(), 80), 0).expect("it is granted").0, arguments[1]);
    denied(gethostbyaddr(&arguments[2]));
    denied(getnameinfo((arguments[2].as_str(), 80), 0));
    let (host, _) =
        getnameinfo((arguments[2].as_str(), 80), NI_NUMERICHOST | NI_NUMERICSERV).expect("numbers are free");
    assert_eq!(host, arguments[2]);
}

pub(crate) fn look_up_what_hangs(arguments: &[String]) {
    assert_eq!(getaddrinfo(arguments[0].as_str(), 80).map(|_| ()), Err(Error::GaiError(EAI_NONAME)), "it was answered");
}

/// One look-up at a time is its quota. The first never ends, and goes on when the guest has given up on it.
pub(crate) fn over_the_lookup_quota(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let sock = stream();
    sock.settimeout(0.3).expect("it can be timed");
    let began = Instant::now();
    assert_eq!(sock.connect(("hanging.test", 80)), Err(Error::Timeout), "looking up is part of the call's time");
    assert!(began.elapsed() >= Duration::from_millis(300), "it never fires early");
    assert_eq!(control.tell("still here"), "go on", "its other sockets go on");
    let began = Instant::now();
    assert_eq!(getaddrinfo("public.test", 80).map(|_| ()), Err(Error::GaiError(EAI_AGAIN)), "the quota is used up");
    assert!(began.elapsed() < Duration::from_secs(5), "which is said at once");
    getaddrinfo("9.9.9.9", 80).expect("numbers need no look-up");
    assert_eq!(control.tell("finished"), "go on");
}
