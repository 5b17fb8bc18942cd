//! Descriptors that are passed, from the outside. Those that are counted are, in a process of its own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::{UnixListener, UnixStream};

use wallsocket_tests::rights::{is_non_blocking, receive, send};
use wallsocket_tests::{Guest, guests, process};

guests! {
    sockets_are_passed_and_used: "pass send socket", "pass receive socket";
    rights_that_do_not_fit_are_closed: "pass send socket", "pass receive socket";
    plain_receives_close_what_comes_beside: "pass send socket", "pass receive socket";
    a_peek_brings_descriptors_as_well: "pass send socket", "pass receive socket";
    two_hundred_and_fifty_three_are_the_most: "pass send socket", "pass receive socket";
    listeners_and_datagram_sockets_are_passed:
        "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "pass send socket", "pass receive socket";
    passing_takes_a_line_for_each_kind: "pass receive *";
    what_no_line_lets_in_is_closed: "pass send socket", "pass receive file";
}

#[test]
fn files_are_passed_in_the_mode_they_are_open_in() {
    let files = tempfile::tempdir().expect("a directory");
    passing("files_are_passed_in_the_mode_they_are_open_in").directory(files.path(), "/").passes();
}

#[test]
fn directories_never_leave() {
    let files = tempfile::tempdir().expect("a directory");
    Guest::new("directories_never_leave").allow("any").directory(files.path(), "/").passes();
}

#[test]
fn a_file_is_passed_and_kept_by_lines_of_its_own() {
    let files = tempfile::tempdir().expect("a directory");
    let guest = || Guest::new("a_file_is_passed_and_kept").directory(files.path(), "/").allow("pass send socket");
    let guest = || guest().allow("pass receive socket");
    assert_eq!(guest().passes().stdout, "closed: pass send file\n");
    assert_eq!(guest().allow("pass send file").passes().stdout, "open\ncame: false\n");
    assert_eq!(guest().allow("pass send file").allow("pass receive file").passes().stdout, "open\ncame: true\n");
}

#[test]
fn descriptors_in_flight_are_bounded() {
    passing("descriptors_in_flight_are_bounded").limits(|limits| limits.descriptors_in_flight = 10).passes();
}

#[test]
fn received_handles_count() {
    passing("received_handles_count").limits(|limits| limits.sockets = 5).passes();
}

/// A guest that may pass and be passed whatever a line can allow.
fn passing(name: &str) -> Guest {
    Guest::new(name).allow("pass send *").allow("pass receive *")
}

/// A guest with a listener to connect to, whose path it gets.
fn with_listener(name: &str) -> (tempfile::TempDir, UnixListener, Guest) {
    let directory = tempfile::tempdir().expect("a directory");
    let listener = UnixListener::bind(directory.path().join("test.sock")).expect("a free path");
    let path = directory.path().display();
    let guest = passing(name).arg("/app/test.sock").allow(format!("unix connect {path}::/app"));
    (directory, listener, guest)
}

fn expect(peer: &mut UnixStream, words: &str) {
    let mut said = vec![0; words.len()];
    peer.read_exact(&mut said).expect("the guest speaks");
    assert_eq!(String::from_utf8_lossy(&said), words);
}

#[test]
fn what_is_neither_can_be_passed_on() {
    let (directory, listener, guest) = with_listener("what_is_neither_can_be_passed_on");
    let guest = guest.takes_descriptors().start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    expect(&mut peer, "ready");
    let (mut reader, mut writer) = std::io::pipe().expect("a pipe");
    send(&peer, &[writer.as_fd()]).expect("the guest takes descriptors");
    let mut back = receive(&peer);
    let mut passed_on = File::from(back.pop().expect("the guest passes it on"));
    passed_on.write_all(b"a").expect("it is the pipe");
    writer.write_all(b"b").expect("as this is");
    drop((passed_on, writer));
    expect(&mut peer, "d");
    let mut said = String::new();
    reader.read_to_string(&mut said).expect("all ends are closed");
    assert_eq!(said, "ab", "what the guest dropped is closed");
    send(&peer, &[File::open(directory.path()).expect("a directory").as_fd()]).expect("sent");
    expect(&mut peer, "f");
    let path = directory.path().join("file");
    fs::write(&path, "of the test's").expect("a file");
    send(&peer, &[File::open(path).expect("a file").as_fd()]).expect("sent");
    expect(&mut peer, "end");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn descriptors_come_once_asked_for() {
    let (_directory, listener, guest) = with_listener("descriptors_come_once_asked_for");
    let guest = guest.start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    let (_, writer) = std::io::pipe().expect("a pipe");
    if let Err(error) = send(&peer, &[writer.as_fd()]) {
        assert_eq!(error.raw_os_error(), Some(libc::EPERM), "the sender is told that nobody asked");
        peer.write_all(b"1").expect("room");
    } else {
        println!("this kernel has no SO_PASSRIGHTS (Linux 6.16): what comes unasked is closed");
    }
    // The byte that went with a refused descriptor didn't go.
    expect(&mut peer, "now");
    send(&peer, &[writer.as_fd()]).expect("now it takes them");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn the_first_client_of_a_server_passes_a_descriptor() {
    let directory = tempfile::tempdir().expect("a directory");
    let grant = format!("unix listen {}::/app", directory.path().display());
    let guest = passing("the_first_client_passes_a_descriptor").arg("/app/own.sock").allow(grant);
    let mut guest = guest.takes_descriptors().start();
    assert_eq!(guest.line(), "listens");
    let client = UnixStream::connect(directory.path().join("own.sock")).expect("it listens");
    send(&client, &[client.as_fd()]).expect("the connection takes them from the start");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn a_socket_that_was_handed_over_lives_on() {
    let (directory, listener, guest) = with_listener("hand_over_a_listener");
    let own = directory.path().join("own.sock");
    let path = directory.path().display();
    let guest = guest.arg("/app/own.sock").allow(format!("unix listen {path}::/app")).start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    let taken = receive(&peer).pop().expect("the guest's listener");
    peer.write_all(b"x").expect("room");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
    let taken = UnixListener::from(taken);
    taken.set_nonblocking(false).expect("a mode");
    let _client = UnixStream::connect(own).expect("its path is still there, and it still listens");
    taken.accept().expect("somebody waits");
}

#[test]
fn what_a_native_peer_passed_is_used_and_nothing_more() {
    let (_directory, listener, guest) = with_listener("uses_what_a_native_peer_passed");
    let passed = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let address = passed.local_addr().expect("its address");
    let guest = guest.takes_descriptors().allow(format!("tcp connect {address}")).start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    expect(&mut peer, "ready");
    let another = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let mut client = TcpStream::connect(another.local_addr().expect("its address")).expect("it listens");
    let (stream, _) = another.accept().expect("somebody waits");
    client.write_all(b"hello").expect("room");
    let datagrams = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let stranger = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    for _ in 0..2 {
        stranger.send_to(b"unasked", datagrams.local_addr().expect("its address")).expect("sent");
    }
    send(&peer, &[passed.as_fd(), stream.as_fd(), datagrams.as_fd()]).expect("the guest takes them");
    let mut said = [0; 4];
    client.read_exact(&mut said).expect("the guest answers");
    assert_eq!(&said, b"back");
    expect(&mut peer, "c");
    let mut late = TcpStream::connect(address).expect("it listens");
    late.write_all(b"hi").expect("room");
    let fresh = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    send(&peer, &[fresh.as_fd()]).expect("the guest takes it");
    expect(&mut peer, "end");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
    assert!(!is_non_blocking(&passed), "whether it blocks is still this side's to say");
    passed.local_addr().expect("and it is still open");
    assert!(stream.as_raw_fd() >= 0);
}

#[test]
fn lingering_sockets_hold_nobody_up() {
    let (_directory, listener, guest) = with_listener("lingering_sockets_hold_nobody_up");
    let guest = guest.takes_descriptors().start();
    let (mut control, _) = listener.accept().expect("the guest comes");
    let (peer, _) = listener.accept().expect("the guest comes again");
    let silent = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let mut keep = Vec::new();
    for _ in 0..3 {
        let stream = TcpStream::connect(silent.local_addr().expect("its address")).expect("it listens");
        keep.push(silent.accept().expect("somebody waits"));
        // Who closes it last waits a minute for a peer that reads nothing.
        socket2::SockRef::from(&stream).set_linger(Some(std::time::Duration::from_secs(60))).expect("an option");
        stream.set_nonblocking(true).expect("a mode");
        while (&stream).write(&[7; 65536]).is_ok() {}
        send(&peer, &[stream.as_fd()]).expect("the guest takes them");
    }
    control.write_all(b"g").expect("room");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

#[test]
fn a_passed_datagram_socket_hears_under_a_bind_grant() {
    let (_directory, listener, guest) = with_listener("a_passed_datagram_socket_hears_under_a_bind_grant");
    let [passed, stranger] = [(); 2].map(|()| UdpSocket::bind("127.0.0.1:0").expect("a socket"));
    let own = passed.local_addr().expect("its address");
    let guest = guest.takes_descriptors().allow(format!("udp bind {own}")).start();
    let (peer, _) = listener.accept().expect("the guest comes");
    stranger.send_to(b"unasked", own).expect("sent");
    send(&peer, &[passed.as_fd()]).expect("the guest takes it");
    let mut answer = [0; 9];
    let (length, from) = stranger.recv_from(&mut answer).expect("the guest answers");
    assert_eq!((&answer[..length], from), (&b"answer"[..], own));
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}

fn open_descriptors() -> usize {
    fs::read_dir("/proc/self/fd").expect("Linux has it").count()
}

#[test]
fn ten_thousand_rounds_leave_no_descriptor() {
    if !process::is_alone() {
        return process::passes_alone("ten_thousand_rounds_leave_no_descriptor", &[]);
    }
    let files = tempfile::tempdir().expect("a directory");
    let rounds = |count: u32| {
        passing("pass_and_drop").arg(count).directory(files.path(), "/").passes();
    };
    // What a guest had open is closed on threads of its runtime, which nobody waits for: the least is what stays.
    let measured = [(); 5].map(|()| {
        rounds(0);
        open_descriptors()
    });
    let before = measured.into_iter().min().expect("five times");
    rounds(10_000);
    let began = std::time::Instant::now();
    while open_descriptors() > before && began.elapsed() < std::time::Duration::from_secs(20) {
        std::thread::yield_now();
    }
    assert_eq!(open_descriptors(), before, "what was passed and dropped is closed");
}
