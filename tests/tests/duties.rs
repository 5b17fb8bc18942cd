//! What the host owes to everybody else: nothing that a guest does stalls or exhausts it.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::Read;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use socket2::{Domain, SockAddr, Socket, Type};
use wallsocket_tests::{Guest, Output};

/// Far more than anything here takes, and less than what it would take if it waited for a peer or a timeout.
const SOON: Duration = Duration::from_secs(10);

fn listener() -> (TcpListener, u16, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    (listener, port, format!("tcp connect 127.0.0.1:{port}"))
}

/// A socket that a guest may send to, to say where it is.
fn control() -> (UdpSocket, u16, String) {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket.set_read_timeout(Some(Duration::from_secs(40))).expect("a timeout");
    let port = socket.local_addr().expect("its address").port();
    (socket, port, format!("udp send 127.0.0.1:{port}"))
}

#[track_caller]
fn hear(control: &UdpSocket) -> (String, std::net::SocketAddr) {
    let mut words = [0; 100];
    let (length, from) = control.recv_from(&mut words).expect("the guest speaks");
    (String::from_utf8_lossy(&words[..length]).into_owned(), from)
}

#[track_caller]
fn all_passed(outputs: &[Output]) {
    for output in outputs {
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    }
}

/// Reads to the end, which has to come soon: an end or a reset, and no timeout.
#[track_caller]
fn ends_soon(mut peer: TcpStream) {
    peer.set_read_timeout(Some(SOON)).expect("a timeout");
    let mut all = Vec::new();
    match peer.read_to_end(&mut all) {
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "the end has to come at once"),
        Ok(read) => assert!(read > 0, "what was sent before comes first"),
    }
}

#[test]
fn a_dropped_store_frees_its_sockets_at_once_whatever_they_wait_in() {
    for call in ["recv", "sendall", "close", "poll", "pollable"] {
        let (listener, port, grant) = listener();
        let mut running = Guest::new("block").arg(call).arg(port).allow(grant).start();
        let (peer, _) = listener.accept().expect("the guest comes");
        assert_eq!(running.line(), "blocks");
        let began = Instant::now();
        running.drop_store();
        assert!(began.elapsed() < SOON, "{call}: SO_LINGER must not hold up who drops a store");
        ends_soon(peer);
    }
}

#[test]
fn a_dropped_store_stops_listening_at_once() {
    let mut running = Guest::new("block_in_accept").allow("tcp listen 127.0.0.1:0").start();
    let port: u16 = running.line().parse().expect("a port");
    running.drop_store();
    TcpStream::connect(("127.0.0.1", port)).expect_err("nobody listens any more");
}

#[test]
fn a_dropped_store_gives_up_connecting_at_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("full.sock");
    let full = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
    full.bind(&SockAddr::unix(&path).expect("it is short")).expect("a free name");
    full.listen(2).expect("it is bound");
    let grant = format!("unix connect {}", path.display());
    let mut running = Guest::new("block_in_connect").arg(path.display()).allow(grant).start();
    assert_eq!(running.line(), "blocks");
    running.drop_store();
    full.set_nonblocking(true).expect("it can be asked without waiting");
    let ended = |mut peer: Socket| {
        peer.set_nonblocking(true).expect("it can be asked without waiting");
        assert_eq!(peer.read(&mut [0]).expect("each connection has ended"), 0);
    };
    let connections = std::iter::from_fn(|| full.accept().ok()).map(|(peer, _)| ended(peer)).count();
    assert!(connections > 1, "it had filled the queue: {connections}");
}

#[test]
fn a_guest_that_is_always_ready_does_not_starve_another() {
    let (hurrying, hurry_port, hurry_grant) = control();
    let (counting, count_port, count_grant) = control();
    let native = std::thread::spawn(move || {
        let (_, hurrier) = hear(&hurrying);
        loop {
            let (words, guest) = hear(&counting);
            counting.send_to(b"go on", guest).expect("the guest is there");
            if words == "finished" {
                hurrying.send_to(b"stop", hurrier).expect("the guest is there");
                return;
            }
        }
    });
    all_passed(&Guest::run_together(vec![
        Guest::new("hurry").arg(hurry_port).allow(hurry_grant),
        Guest::new("round_trips").arg(count_port).allow(count_grant),
    ]));
    native.join().expect("it was content");
}

#[test]
fn closing_with_linger_waits_for_the_peer_and_holds_up_nobody_else() {
    let (listener, port, grant) = listener();
    let (lingering, linger_port, linger_grant) = control();
    let (counting, count_port, count_grant) = control();
    let native = std::thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        let (words, lingerer) = hear(&lingering);
        assert_eq!(words, "closing");
        lingering.send_to(b"go on", lingerer).expect("the guest is there");
        // While the peer reads nothing, the other guest makes its round trips on the same thread.
        loop {
            let (words, guest) = hear(&counting);
            counting.send_to(b"go on", guest).expect("the guest is there");
            if words == "finished" {
                break;
            }
        }
        lingering.set_nonblocking(true).expect("it can be asked without waiting");
        lingering.recv_from(&mut [0]).expect_err("close waits until the peer has all that was sent");
        lingering.set_nonblocking(false).expect("it can be waited for");
        peer.read_to_end(&mut Vec::new()).expect("it ends in order");
        let (words, lingerer) = hear(&lingering);
        assert_eq!(words, "closed");
        lingering.send_to(b"go on", lingerer).expect("the guest is there");
    });
    all_passed(&Guest::run_together(vec![
        Guest::new("close_lingering").arg(port).arg(linger_port).allow(grant).allow(linger_grant),
        Guest::new("round_trips").arg(count_port).allow(count_grant),
    ]));
    native.join().expect("it was content");
}

#[test]
fn closing_with_linger_waits_no_longer_than_it_was_told_to() {
    let (listener, port, grant) = listener();
    Guest::new("linger_in_vain").arg(port).allow(grant).passes();
    drop(listener);
}

#[test]
fn a_trickle_does_not_extend_the_timeout_of_sendall() {
    let (listener, port, grant) = listener();
    let (stop, stopped) = mpsc::channel::<()>();
    let native = std::thread::spawn(move || {
        let (mut peer, _) = listener.accept().expect("the guest comes");
        // A little at a time, for as long as the guest is there.
        while let Err(mpsc::RecvTimeoutError::Timeout) = stopped.recv_timeout(Duration::from_millis(5)) {
            let _ = peer.read(&mut [0; 4096]);
        }
    });
    Guest::new("sendall_to_a_trickle").arg(port).allow(grant).passes();
    drop(stop);
    native.join().expect("it was content");
}

#[test]
fn a_flood_does_not_extend_the_timeout_of_recv() {
    let (control, port, grant) = control();
    let native = std::thread::spawn(move || {
        let (guest_port, from) = hear(&control);
        let stranger = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let to = ("127.0.0.1", guest_port.parse().expect("a port"));
        stranger.send_to(b"unasked", to).expect("it is sent");
        control.send_to(b"go on", from).expect("the guest is there");
        control.set_nonblocking(true).expect("it can be asked without waiting");
        while control.recv_from(&mut [0; 100]).is_err() {
            for _ in 0..256 {
                // When the guest has failed nobody is there.
                let _ = stranger.send_to(b"unasked", to);
            }
        }
        control.send_to(b"go on", from).expect("the guest is there");
    });
    Guest::new("receive_under_a_flood").arg(port).allow(grant).passes();
    native.join().expect("it was content");
}

#[test]
fn a_guest_has_no_more_than_its_quota() {
    Guest::new("use_up_the_quota")
        .limits(|limits| {
            limits.sockets = 5;
            limits.poll_interests = 3;
        })
        .allow("tcp listen 127.0.0.1:0")
        .allow("tcp connect 127.0.0.1:*")
        .passes();
}
