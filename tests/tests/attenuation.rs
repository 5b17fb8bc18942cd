//! A socket that was restricted stays so: whoever holds it, and on whichever way it came.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::{TcpListener, UdpSocket};
use std::os::fd::AsFd;
use std::os::unix::net::UnixListener;
use std::time::Duration;

use wallsocket_host::Neighbours;
use wallsocket_tests::rights::{receive, send};
use wallsocket_tests::{Guest, guests};

guests! {
    a_restricted_socket_carries_no_descriptors: "pass send socket", "pass receive socket";
    what_a_restricted_socket_has_it_keeps: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
}

/// Two ports of loopback where somebody is, the one that is kept and the one that is lost, and a guest that may reach both.
struct Ports {
    datagrams: [UdpSocket; 2],
    listeners: [TcpListener; 2],
}

impl Ports {
    fn new() -> Self {
        Self {
            datagrams: [(); 2].map(|()| UdpSocket::bind("127.0.0.1:0").expect("a socket")),
            listeners: [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a listener")),
        }
    }

    fn guest(&self, name: &str) -> Guest {
        let guest = self.datagrams.iter().fold(Guest::new(name), |guest, peer| {
            let port = peer.local_addr().expect("its address").port();
            guest.arg(port).allow(format!("udp send 127.0.0.1:{port}"))
        });
        let guest = guest.allow("udp bind 127.0.0.1:0").allow("option SO_DONTROUTE");
        guest.allow("pass send socket").allow("pass receive socket").allow("share *")
    }

    fn guest_of_streams(&self, name: &str) -> Guest {
        self.listeners
            .iter()
            .fold(Guest::new(name), |guest, peer| guest.arg(peer.local_addr().expect("its address").port()))
    }
}

#[test]
fn nothing_brings_back_what_a_socket_gave_up() {
    Ports::new().guest("nothing_brings_back_what_a_socket_gave_up").passes();
}

#[test]
fn a_handle_made_before_is_restricted_as_well() {
    Ports::new().guest("a_handle_made_before_is_restricted_as_well").passes();
}

#[test]
fn connections_have_their_listeners_restriction() {
    let ports = Ports::new();
    let guest = ports.guest_of_streams("connections_have_their_listeners_restriction");
    guest.allow("tcp listen 127.0.0.1:0").allow("tcp connect 127.0.0.1:*").passes();
}

#[test]
fn restricting_a_socket_has_its_limits() {
    Ports::new().guest("restricting_a_socket_has_its_limits").passes();
}

/// Another guest, whose own grants allow everything that the first one's do.
#[test]
fn a_restriction_goes_to_another_guest_and_back() {
    let (ports, control, neighbours) =
        (Ports::new(), UdpSocket::bind("127.0.0.1:0").expect("a socket"), Neighbours::new());
    control.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    let at = control.local_addr().expect("its address").port();
    let guest = |name: &str| ports.guest(name).arg(at).allow(format!("udp send 127.0.0.1:{at}"));
    let front = guest("share_a_restricted_socket").neighbours(&neighbours, "front");
    let worker = guest("use_a_restricted_socket").neighbours(&neighbours, "worker");
    let native = std::thread::spawn(move || {
        let hear = || {
            let mut words = [0; 100];
            let (length, from) = control.recv_from(&mut words).expect("a guest speaks");
            (String::from_utf8_lossy(&words[..length]).into_owned(), from)
        };
        let (one, other) = (hear(), hear());
        let ((token, front), (_, worker)) = if one.0 == "token?" { (other, one) } else { (one, other) };
        control.send_to(token.as_bytes(), worker).expect("it is there");
        let (token, worker) = hear();
        control.send_to(token.as_bytes(), front).expect("it is there");
        // What a guest shared goes with it.
        let (_, front) = hear();
        for guest in [front, worker] {
            control.send_to(b"go on", guest).expect("it is there");
        }
    });
    let outputs = Guest::run_together(vec![front, worker]);
    let failed = |output: &wallsocket_tests::Output| output.status != 0 || output.error.is_some();
    assert!(!outputs.iter().any(failed), "{outputs:#?}");
    native.join().expect("it was content");
}

/// Outside nothing is restricted; but what comes back is the same socket.
#[test]
fn a_restriction_outlives_a_visit_to_another_program() {
    let (ports, directory) = (Ports::new(), tempfile::tempdir().expect("a directory"));
    let listener = UnixListener::bind(directory.path().join("test.sock")).expect("a free path");
    let guest = ports.guest("a_restricted_socket_comes_back").arg("/app/test.sock").takes_descriptors();
    let guest = guest.allow(format!("unix connect {}::/app", directory.path().display())).start();
    let (peer, _) = listener.accept().expect("the guest comes");
    let outside = UdpSocket::from(receive(&peer).pop().expect("the guest passes it"));
    let lost = ports.datagrams[1].local_addr().expect("its address");
    outside.send_to(b"x", lost).expect("a native program asks nobody");
    send(&peer, &[outside.as_fd()]).expect("the guest takes it");
    let output = guest.wait();
    assert_eq!(output.status, 0, "{output:?}");
}
