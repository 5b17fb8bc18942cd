//! Unix sockets, from the outside.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::os::unix::net::UnixDatagram;

use socket2::{Domain, SockAddr, Socket, Type};
use wallsocket_tests::{Guest, guests};

guests! {
    pairs_talk_both_ways: ;
    packets_keep_their_bounds: ;
    a_large_datagram_comes_whole: ;
}

/// A guest with a directory of its own, where it may do everything.
fn with_directory(name: &str) -> (tempfile::TempDir, Guest) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().display();
    let guest = Guest::new(name).allow(format!("unix listen {path}::/app")).allow(format!("unix connect {path}::/app"));
    (directory, guest)
}

#[test]
fn abstract_names_connect() {
    let name = format!("wallsocket-tests-{}", std::process::id());
    Guest::new("abstract_names_connect")
        .arg(&name)
        .allow(format!("unix listen @{name}"))
        .allow(format!("unix connect @{name}"))
        .passes();
}

#[test]
fn paths_connect_under_the_guests_own_spelling() {
    let (directory, guest) = with_directory("paths_connect_under_the_guests_own_spelling");
    guest.passes();
    let left = std::fs::read_dir(directory.path()).expect("the directory").count();
    assert_eq!(left, 0, "what the guest bound goes with it");
}

#[test]
fn datagrams_name_their_sender() {
    let (_directory, guest) = with_directory("datagrams_name_their_sender");
    guest.passes();
}

#[test]
fn a_full_queue_is_waited_for() {
    const COUNT: u32 = 200;
    let (directory, guest) = with_directory("a_full_queue_is_waited_for");
    let receiver = UnixDatagram::bind(directory.path().join("native.sock")).expect("a socket");
    // Another's datagrams fill it: the guest's own would tell it, as they are read, that there is room.
    let another = UnixDatagram::unbound().expect("a socket");
    another.connect(directory.path().join("native.sock")).expect("it is there");
    another.set_nonblocking(true).expect("a mode");
    let filled = (0..COUNT).take_while(|_| another.send(b"filler").is_ok()).count();
    let mut guest = guest.arg(COUNT).start();
    assert_eq!(guest.line(), "full");
    let mut buffer = [0; 9];
    for _ in 0..filled {
        let length = receiver.recv(&mut buffer).expect("it is there");
        assert_eq!(buffer[..length], *b"filler");
    }
    for number in 0..COUNT {
        let length = receiver.recv(&mut buffer).expect("the guest goes on sending");
        assert_eq!(buffer[..length], *number.to_string().as_bytes(), "in order, and none is lost");
    }
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn a_full_backlog_is_waited_for() {
    let (directory, guest) = with_directory("a_full_backlog_is_waited_for");
    let listener = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
    let address = SockAddr::unix(directory.path().join("native.sock")).expect("a path");
    listener.bind(&address).expect("a free path");
    listener.listen(1).expect("it is bound");
    let mut guest = guest.start();
    let waiting: usize = guest.line().parse().expect("a number");
    let accepted: Vec<_> = (0..=waiting).map(|_| listener.accept().expect("the guest has connected")).collect();
    assert_eq!(accepted.len(), waiting + 1, "the one that waited came in, too");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}
