//! From making a socket to closing it: duplicates, numbers, quotas.

use wallsocket::errno::{EAGAIN, EBADF, EMFILE};
use wallsocket::{
    AF_INET, AF_UNIX, FIRST_FILENO, SO_KEEPALIVE, SO_LINGER, SOCK_CLOEXEC, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, close,
    dup, fromfd, inherited, layout, setdefaulttimeout, socket, socket_from_fileno, socketpair,
};

use crate::help::{argument, at_once, connected, fails, listener, name, receive};

pub(crate) fn duplicates_share_all_but_the_mode(_: &[String]) {
    let (client, server) = connected();
    client.settimeout(5).expect("a timeout");
    let twin = client.dup().expect("a duplicate");
    assert_eq!(twin.gettimeout(), Ok(Some(5.0)), "it begins with the same timeout");
    twin.setblocking(false).expect("a mode");
    assert_eq!(client.gettimeout(), Ok(Some(5.0)), "and then has one of its own");
    assert_ne!(client.fileno(), twin.fileno(), "it has a number of its own");
    assert_eq!((twin.getsockname(), twin.getpeername()), (client.getsockname(), client.getpeername()));
    twin.setsockopt(SOL_SOCKET, SO_KEEPALIVE, true).expect("an option");
    assert_eq!(client.getsockopt(SOL_SOCKET, SO_KEEPALIVE), Ok(1), "options are the connection's");
    server.sendall("abcd").expect("room");
    assert_eq!((receive(&client, 2), twin.recv(9)), (b"ab".to_vec(), Ok(b"cd".to_vec())), "and so is what comes");
    client.close().expect("it closes");
    twin.sendall("still here").expect("the connection lives as long as one of them");
    assert_eq!(receive(&server, 10), b"still here");
    twin.close().expect("it closes");
    assert_eq!(server.recv(9), Ok(Vec::new()), "the last one ends it");
}

pub(crate) fn numbers_stand_for_sockets(_: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let number = one.fileno();
    assert!(number >= FIRST_FILENO, "{number} must not be a number of WASI's files");
    assert_eq!(one.fileno(), number, "a socket keeps its number");
    one.settimeout(5).expect("a timeout");
    let copy = fromfd(number).expect("it is open");
    assert_eq!((copy.family(), copy.type_(), copy.gettimeout()), (AF_UNIX, Ok(SOCK_STREAM), Ok(None)), "fromfd blocks");
    setdefaulttimeout(3).expect("a timeout");
    assert_eq!(fromfd(number).expect("it is open").gettimeout(), Ok(Some(3.0)), "or has the default timeout");
    setdefaulttimeout(None).expect("none again");
    copy.close().expect("it closes");
    let duplicate = dup(number).expect("it is open");
    close(duplicate).expect("it is open");
    fails(close(duplicate), EBADF, "it is closed");
    assert_eq!(one.detach(), number, "detach gives the number up to the caller");
    other.sendall("open").expect("and leaves the socket open");
    let again = socket_from_fileno(number).expect("it is open");
    assert_eq!(receive(&again, 4), b"open");
    let stale = again.fileno();
    close(number).expect("it is open");
    assert_eq!((stale, again.fileno()), (number, -1), "a closed socket has no number");
    fails(again.recv(9), EBADF, "nor anything else");
    fails(again.getsockname(), EBADF, "whatever is asked");
    fails(again.close(), EBADF, "and it can't be closed twice");
    fails(fromfd(number), EBADF, "a stale number is nobody's");
    for bad in [-1, FIRST_FILENO - 1, i32::MAX] {
        fails(dup(bad), EBADF, "there is no such socket");
    }
    assert!(inherited().is_empty(), "nothing was handed over");
}

pub(crate) fn inheritable_is_remembered(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0).expect("a socket");
    assert_eq!(sock.get_inheritable(), Ok(false), "sockets aren't inheritable at first");
    sock.set_inheritable(true).expect("it is open");
    assert_eq!(sock.get_inheritable(), Ok(true));
    assert_eq!(sock.dup().expect("a duplicate").get_inheritable(), Ok(false), "nor are duplicates");
}

pub(crate) fn closing_lets_the_port_go(_: &[String]) {
    let server = listener();
    let address = name(&server);
    let waiting = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    waiting.connect(&address).expect("room");
    server.close().expect("it closes");
    assert!(
        waiting.recv(9).is_ok_and(|data| data.is_empty()) || waiting.getpeername().is_err(),
        "nobody will accept it"
    );
    let again = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    again.setsockopt(SOL_SOCKET, wallsocket::SO_REUSEADDR, true).expect("a plain option on TCP");
    again.bind(&address).expect("the port is free again");
    let (client, server) = connected();
    client.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, 30)).expect("a struct linger");
    client.sendall("last words").expect("room");
    at_once(|| client.close()).expect("lingering ends when all is acknowledged");
    assert_eq!(receive(&server, 10), b"last words");
    assert_eq!(server.recv(9), Ok(Vec::new()));
}

pub(crate) fn more_sockets_than_the_quota_are_refused(arguments: &[String]) {
    let limit: usize = argument(arguments, 0);
    let server = listener();
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(name(&server)).expect("room");
    let mut open: Vec<_> = (2..limit).map(|_| socket(AF_INET, SOCK_DGRAM, 0).expect("below the quota")).collect();
    fails(socket(AF_INET, SOCK_DGRAM, 0), EMFILE, "the quota is full");
    fails(socketpair(AF_UNIX, SOCK_STREAM, 0), EMFILE, "for pairs");
    fails(open[0].dup(), EMFILE, "for duplicates");
    fails(server.accept(), EMFILE, "for connections");
    assert!(matches!(open[0].subscribe(1), Err(wallsocket::Error::Os(EMFILE))), "and for pollables");
    open.pop();
    fails(socketpair(AF_UNIX, SOCK_STREAM, 0), EMFILE, "a pair is two");
    let (accepted, _) = server.accept().expect("whoever waits can be accepted, once there is room");
    client.sendall("x").expect("room");
    assert_eq!(receive(&accepted, 1), b"x", "and nothing was lost meanwhile");
    drop(accepted);
    for _ in 0..3 * limit {
        open.push(socket(AF_INET, SOCK_DGRAM, 0).expect("a place that was given back can be had again"));
        open.pop();
    }
}

pub(crate) fn sockets_are_made_until_the_process_has_no_more(_: &[String]) {
    let server = listener();
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(name(&server)).expect("room");
    let mut open = Vec::new();
    let error = loop {
        match socket(AF_INET, SOCK_DGRAM, 0) {
            Ok(sock) => open.push(sock),
            Err(error) => break error,
        }
        assert!(open.len() < 1000, "the process may have 256 descriptors");
    };
    assert_eq!(error, wallsocket::Error::Os(EMFILE));
    fails(server.accept(), EMFILE, "for connections as well");
    open.truncate(open.len() / 2);
    server.setblocking(false).expect("a mode");
    match server.accept() {
        Ok((accepted, _)) => {
            client.sendall("x").expect("room");
            assert_eq!(receive(&accepted, 1), b"x", "who waited meanwhile isn't lost");
        }
        Err(error) => panic!("the connection was lost: {error} ({EAGAIN} is nobody there)"),
    }
}
