//! Sockets that one guest gives to another, and those that the runner handed over.

use std::io::{BufRead, Write};

use wallsocket::errno::{EAGAIN, EBADF, EINVAL, EMFILE, ESRCH};
use wallsocket::*;

use crate::check::{Control, denied, number, say};
use crate::help::{fails, listener, name};

fn hex(token: &[u8]) -> String {
    token.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// What the test gives as soon as the other guest has told it.
fn token(control: &Control) -> Vec<u8> {
    unhex(&control.tell("token?"))
}

pub(crate) fn share_a_listener(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let listener = listener();
    let token = listener.share("worker").expect("it is there");
    assert_eq!(token.len(), 16, "128 bits");
    fails(fromshare(&token), EINVAL, "it is the worker's");
    listener.close().expect("it can be closed at once");
    control.tell(hex(&token));
}

pub(crate) fn serve_a_shared_listener(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let token = token(&control);
    for wrong in [&token[..15], &[token.clone(), vec![0]].concat(), &[0; 16], &[]] {
        fails(fromshare(wrong), EINVAL, "that is no token");
    }
    let listener = fromshare(&token).expect("it was shared with this guest");
    fails(fromshare(&token), EINVAL, "once");
    let own = name(&listener);
    listener.listen(5).expect("it listens already: that is to have another backlog");
    control.tell(own.port().expect("it has one"));
    let (client, _) = listener.accept().expect("whom it was shared with may serve there");
    let said = client.recv(100).expect("it speaks");
    client.sendall(said.to_ascii_uppercase()).expect("it listens");
    let anew = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    assert_eq!(denied(anew.bind(&own)), format!("tcp listen 127.0.0.1:{}", own.port().expect("it has one")));
    denied(anew.connect(&own));
}

/// A socket that takes a line to be made.
pub(crate) fn share_a_netlink_socket(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let sock = socket(AF_NETLINK, SOCK_RAW, 0).expect("it is granted");
    control.tell(hex(&sock.share("worker").expect("it is there")));
}

/// The second argument says whether this guest could make such a socket itself.
pub(crate) fn redeem_a_netlink_socket(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let redeemed = fromshare(&token(&control));
    match arguments[1].as_str() {
        "may" => assert_eq!(redeemed.expect("it is granted").family(), AF_NETLINK),
        _ => assert_eq!(denied(redeemed), "netlink read route", "what it could not have made it doesn't get"),
    }
    control.tell("tried");
}

pub(crate) fn share_a_connection(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    let control = Control::new(&arguments[1]);
    control.tell(hex(&sock.share("worker").expect("it is there")));
}

pub(crate) fn use_a_shared_connection(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let sock = fromshare(&token(&control)).expect("it was shared with this guest");
    assert_eq!((sock.family(), sock.type_()), (AF_INET, Ok(SOCK_STREAM)));
    control.tell("redeemed");
    sock.getpeername().expect("it is connected");
    sock.sendall("hello").expect("the peer is its own now");
    assert_eq!(sock.recv(9).expect("it answers"), b"HELLO");
}

/// Shares a connection that nobody redeems, and ends when the test says so.
pub(crate) fn share_in_vain(arguments: &[String]) {
    share_a_connection(arguments);
}

pub(crate) fn share_with(arguments: &[String]) {
    let (one, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    say(one.share(&arguments[0]));
}

pub(crate) fn share_with_oneself(arguments: &[String]) {
    let most: usize = number(&arguments[0]);
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let own = self_id();
    fails(one.share("nobody"), ESRCH, "there is nobody of that name");
    let tokens: Vec<_> = (0..most).map(|_| one.share(&own).expect("with itself every guest may")).collect();
    fails(one.share(&own), EMFILE, "so many may wait");
    for (number, token) in tokens.iter().enumerate() {
        assert!(tokens[..number].iter().all(|other| other != token), "no two tokens are alike");
        let again = fromshare(token).expect("it is for this guest");
        again.sendall("x").expect("it is connected");
        assert_eq!(other.recv(9).expect("it came"), b"x");
    }
    one.share(&own).expect("what was redeemed makes room");
}

/// A share counts as an open socket of who shares it, and what is redeemed as one of who redeems it.
pub(crate) fn share_up_to_the_quota(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("two of three");
    let own = self_id();
    let token = one.share(&own).expect("three of three");
    fails(one.share(&own), EMFILE, "and no more");
    fails(fromshare(&token), EMFILE, "nor is there room to redeem it");
    drop(other);
    fromshare(&token).expect("it is still there");
}

/// Shares a datagram socket that was bound under a grant.
pub(crate) fn share_a_datagram_socket(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    sock.bind(("127.0.0.1", 0)).expect("it is granted");
    control.tell(format!("{} {}", name(&sock).port().expect("it has one"), hex(&sock.share("worker").expect("room"))));
}

/// Hears on it what this guest's own grants allow: the argument says whether that is anybody.
pub(crate) fn hear_on_a_shared_datagram_socket(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let sock = fromshare(&token(&control)).expect("it was shared with this guest");
    sock.settimeout(0).expect("a mode");
    // By now a stranger has sent something.
    let stranger: u16 = number(&control.tell("redeemed"));
    if arguments[1] == "all" {
        let (data, from) = sock.recvfrom(99).expect("its own grant covers the address");
        assert_eq!((data.as_slice(), from.port()), (&b"unasked"[..], Some(stranger)));
        sock.sendto("answer", ("127.0.0.1", stranger)).expect("whom it heard it may answer");
    } else {
        fails(sock.recvfrom(99), EAGAIN, "without a grant of its own it hears no strangers");
        denied(sock.sendto("x", ("127.0.0.1", stranger)));
    }
}

pub(crate) fn share_a_unix_listener(arguments: &[String]) {
    let control = Control::new(&arguments[1]);
    let sock = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    sock.bind(arguments[0].as_str()).expect("it is granted");
    sock.listen(None).expect("it is granted");
    control.tell(hex(&sock.share("worker").expect("it is there")));
}

pub(crate) fn serve_a_shared_unix_listener(arguments: &[String]) {
    let control = Control::new(&arguments[1]);
    let sock = fromshare(&token(&control)).expect("it was shared with this guest");
    // By now who made it has ended.
    control.tell("redeemed");
    let (client, _) = sock.accept().expect("the name still leads here");
    assert_eq!(client.recv(9).expect("it speaks"), b"hello");
}

/// Between components of one command: the first writes its token where the second finds it.
pub(crate) fn leave_a_share(arguments: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let token = loop {
        // Which of the two starts first nobody knows.
        match one.share(&arguments[0]) {
            Ok(token) => break token,
            Err(error) => assert_eq!(error, Error::Os(ESRCH)),
        }
    };
    std::fs::write("/shared/new", hex(&token)).expect("a directory to write to");
    std::fs::rename("/shared/new", "/shared/token").expect("whole or not at all");
    assert_eq!(other.recv(9).expect("the other redeems it"), b"hello");
    other.sendall("bye").expect("it is there");
    println!("{} was answered", self_id());
}

pub(crate) fn find_a_share(_: &[String]) {
    let token = loop {
        match std::fs::read_to_string("/shared/token") {
            Ok(token) => break token,
            Err(_) => std::thread::yield_now(),
        }
    };
    let sock = fromshare(&unhex(&token)).expect("it was shared with this guest");
    sock.sendall("hello").expect("it is connected");
    assert_eq!(sock.recv(9).expect("an answer"), b"bye");
    println!("{} answered", self_id());
}

/// Repeats standard input, and says who it is.
pub(crate) fn repeat_the_input(_: &[String]) {
    let lines: Vec<String> = std::io::stdin().lock().lines().map(|line| line.expect("text")).collect();
    println!("{} read {lines:?}", self_id());
}

/// Computes for as long as the other guest hasn't made its file.
pub(crate) fn compute_until_told(_: &[String]) {
    let mut sum = 0_u64;
    while !std::fs::exists("/shared/done").unwrap_or(false) {
        sum = (0..1_000_000)
            .fold(sum, |sum, number: u64| std::hint::black_box(sum.wrapping_mul(31).wrapping_add(number)));
    }
    std::hint::black_box(sum);
}

pub(crate) fn tell_by_a_file(_: &[String]) {
    std::fs::write("/shared/done", "").expect("a directory to write to");
}

/// The sockets that were handed over, by number and name.
pub(crate) fn tell_what_was_inherited(_: &[String]) {
    for InheritedSocket { number, name } in inherited() {
        let sock = fromfd(number).expect("it was handed over");
        println!("{number} {name} {} {}", sock.family(), sock.type_().expect("it is open"));
    }
    for number in [-1, 99, 1 << 19] {
        fails(fromfd(number), EBADF, "nothing of that number was handed over");
    }
}

pub(crate) fn serve_an_inherited_listener(arguments: &[String]) {
    let listener = fromfd(number(&arguments[0])).expect("it was handed over");
    listener.settimeout(0).expect("a mode");
    fails(listener.accept(), EAGAIN, "nobody is there, and it doesn't wait");
    listener.settimeout(0.05).expect("a mode");
    assert_eq!(listener.accept().err(), Some(Error::Timeout), "nor longer than it was told to");
    listener.listen(7).expect("it listens already");
    println!("waits");
    std::io::stdout().flush().expect("the test reads it");
    listener.settimeout(None).expect("a mode");
    let (client, _) = listener.accept().expect("it takes no grant to serve what was handed over");
    client.sendall(client.recv(99).expect("it speaks").to_ascii_uppercase()).expect("it listens");
    let again = fromfd(number(&arguments[0])).expect("as often as it likes");
    assert_eq!(name(&again), name(&listener));
}

/// Waits in accept while the test lets another guest run.
pub(crate) fn wait_on_an_inherited_listener(arguments: &[String]) {
    let listener = fromfd(number(&arguments[0])).expect("it was handed over");
    listener.accept().expect("somebody comes at last");
}

pub(crate) fn talk_over_an_inherited_connection(arguments: &[String]) {
    let sock = fromfd(number(&arguments[0])).expect("it was handed over");
    let peer = sock.getpeername().expect("it is connected");
    sock.settimeout(0).expect("a mode");
    fails(sock.recv(9), EAGAIN, "a socket that blocks elsewhere doesn't here");
    sock.settimeout(None).expect("a mode");
    sock.sendall("hello").expect("it is connected");
    assert_eq!(sock.recv(9).expect("it answers"), b"HELLO");
    denied(socket(AF_INET, SOCK_STREAM, 0).expect("a socket").connect(peer));
    println!("closes");
    sock.close().expect("it can be closed");
}

pub(crate) fn hear_on_an_inherited_datagram_socket(arguments: &[String]) {
    let sock = fromfd(number(&arguments[0])).expect("it was handed over");
    sock.settimeout(0).expect("a mode");
    let stranger: u16 = number(&arguments[2]);
    if arguments[1] == "all" {
        assert_eq!(sock.recv(99).as_deref(), Ok(&b"unasked"[..]), "a grant covers the address");
        sock.sendto("answer", ("127.0.0.1", stranger)).expect("whom it heard it may answer");
    } else {
        fails(sock.recv(99), EAGAIN, "without a grant it hears no strangers");
        denied(sock.sendto("x", ("127.0.0.1", stranger)));
    }
}

/// A socket that was bound but doesn't listen yet.
pub(crate) fn listen_on_what_was_inherited(arguments: &[String]) {
    let sock = fromfd(number(&arguments[0])).expect("it was handed over");
    match sock.listen(None) {
        Ok(()) => println!("open"),
        Err(error) => println!("closed: {}", denied(Err::<(), _>(error))),
    }
}

/// Takes a socket that was handed over, after giving up everything but one line, where there is one.
pub(crate) fn take_what_was_inherited(arguments: &[String]) {
    if !arguments[1].is_empty() {
        permissions::restrict(&[arguments[1].as_str()]).expect("a line");
    }
    say(fromfd(number(&arguments[0])));
}
