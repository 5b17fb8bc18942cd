//! Files that are sent without a copy through the guest.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::thread;
use std::time::{Duration, Instant};

use wallsocket_tests::{Guest, Output};

/// The size of the file that the guests make.
const LARGE: usize = 16 << 20;

fn pattern(offset: usize) -> u8 {
    (offset / 7 % 251) as u8
}

fn listener() -> (TcpListener, u16, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    (listener, port, format!("tcp connect 127.0.0.1:{port}"))
}

#[test]
fn a_file_arrives_as_it_is() {
    let files = tempfile::tempdir().expect("a directory");
    let (listener, port, grant) = listener();
    let native = thread::spawn(move || {
        let mut received = Vec::new();
        listener.accept().expect("the guest comes").0.read_to_end(&mut received).expect("it ends in order");
        received
    });
    Guest::new("send_a_large_file").arg(port).directory(files.path(), "/").allow(grant).passes();
    let parts = [0..LARGE, 1000..1500, LARGE - 3..LARGE, 0..2, 5..100_005];
    let expected: Vec<u8> = parts.into_iter().flatten().map(pattern).collect();
    // Not assert_eq: it would print all of it.
    assert!(native.join().expect("it was content") == expected, "what came is what the file holds");
}

#[test]
fn sizes_offsets_and_arguments_are_as_pythons() {
    for name in [
        "files_end_where_they_end",
        "what_is_no_file_or_no_stream_is_refused",
        "a_file_tells_what_went_before_an_error",
    ] {
        let files = tempfile::tempdir().expect("a directory");
        let guest = Guest::new(name).directory(files.path(), "/");
        guest.allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*").passes();
    }
}

#[test]
fn the_timeout_is_for_each_wait() {
    let files = tempfile::tempdir().expect("a directory");
    let (listener, port, grant) = listener();
    let native = thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        let (mut buffer, began) = (vec![0; LARGE / 50], Instant::now());
        // A fiftieth each 50 ms.
        for turn in 1.. {
            let wait = Duration::from_millis(50 * turn).saturating_sub(began.elapsed());
            thread::park_timeout(wait);
            if peer.read(&mut buffer).expect("it ends in order") == 0 || peer.read_exact(&mut buffer).is_err() {
                break;
            }
        }
    });
    Guest::new("the_timeout_is_for_each_wait").arg(port).directory(files.path(), "/").allow(grant).passes();
    native.join().expect("it was content");
}

#[test]
fn a_slow_peer_holds_up_nobody_else() {
    let files = tempfile::tempdir().expect("a directory");
    let (listener, port, grant) = listener();
    let control = || {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        socket.set_read_timeout(Some(Duration::from_secs(40))).expect("a timeout");
        let port = socket.local_addr().expect("its address").port();
        (socket, port, format!("udp send 127.0.0.1:{port}"))
    };
    let ((sending, send_port, send_grant), (counting, count_port, count_grant)) = (control(), control());
    let native = thread::spawn(move || {
        let hear = |control: &UdpSocket, wanted: &str| {
            let mut words = [0; 100];
            let (length, from) = control.recv_from(&mut words).expect("the guest speaks");
            assert!(wanted.is_empty() || &words[..length] == wanted.as_bytes(), "{wanted} comes next");
            control.send_to(b"go on", from).expect("the guest is there");
            words[..length].to_vec()
        };
        let (mut peer, _) = listener.accept().expect("the guest comes");
        hear(&sending, "sending");
        // While the peer reads nothing, the other guest makes its round trips on the same thread.
        while hear(&counting, "") != b"finished" {}
        peer.read_exact(&mut vec![0; LARGE]).expect("all of it");
        hear(&sending, "sent");
    });
    let outputs: Vec<Output> = Guest::run_together(vec![
        Guest::new("send_a_file_to_a_slow_peer")
            .arg(port)
            .arg(send_port)
            .directory(files.path(), "/")
            .allow(grant)
            .allow(send_grant),
        Guest::new("round_trips").arg(count_port).allow(count_grant),
    ]);
    for output in outputs {
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    }
    native.join().expect("it was content");
}

#[test]
fn a_dropped_store_stops_sending_at_once() {
    let files = tempfile::tempdir().expect("a directory");
    let (listener, port, grant) = listener();
    let guest = Guest::new("send_a_file_for_ever").arg(port).directory(files.path(), "/").allow(grant);
    let mut running = guest.start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    assert_eq!(running.line(), "sends");
    // It has begun, and can't end: this much is nowhere near the file.
    peer.read_exact(&mut [0; 1000]).expect("the beginning");
    let began = Instant::now();
    running.drop_store();
    peer.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    let mut rest = Vec::new();
    let end = peer.read_to_end(&mut rest);
    assert!(began.elapsed() < Duration::from_secs(10), "the end comes at once: {end:?}");
    assert!(rest.len() < LARGE - 1000, "the file doesn't go on without its guest");
}
