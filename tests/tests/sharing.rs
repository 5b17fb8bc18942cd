//! Sockets that one guest gives to another: beside each other on one thread, each with grants of its own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use wallsocket_host::{Neighbours, SocketCtx};
use wallsocket_tests::{Control, Guest, Output};

const PATIENCE: Duration = Duration::from_secs(20);

#[track_caller]
fn passed(outputs: Vec<Output>) {
    for output in outputs {
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    }
}

/// Two guests on one thread: who shares, and who redeems.
fn together(one: Guest, other: Guest) {
    let neighbours = Neighbours::new();
    passed(Guest::run_together(vec![one.neighbours(&neighbours, "front"), other.neighbours(&neighbours, "worker")]));
}

#[test]
fn whom_a_listener_was_shared_with_may_serve_there_and_nowhere_else() {
    let (front, worker) = (Control::new(PATIENCE), Control::new(PATIENCE));
    let guests = (
        Guest::new("share_a_listener")
            .arg(front.port())
            .allow("share worker")
            .allow(front.grant())
            .allow("tcp listen 127.0.0.1:0"),
        Guest::new("serve_a_shared_listener").arg(worker.port()).allow(worker.grant()),
    );
    let native = thread::spawn(move || {
        // Who shares ends once the other has it: what isn't redeemed goes with its guest.
        let (token, front_at) = front.hear();
        worker.give(&token);
        let port: u16 = worker.heard().parse().expect("a port");
        front.answer(front_at, "go on");
        let mut client = TcpStream::connect(("127.0.0.1", port)).expect("somebody listens there");
        client.write_all(b"hello").expect("it is connected");
        let mut answer = [0; 5];
        client.read_exact(&mut answer).expect("it is served");
        assert_eq!(&answer, b"HELLO");
    });
    together(guests.0, guests.1);
    native.join().expect("it was content");
}

#[test]
fn a_shared_connection_outlives_who_shared_it() {
    let (front, worker) = (Control::new(PATIENCE), Control::new(PATIENCE));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let neighbours = Neighbours::new();
    // First who is shared with: to nobody nothing can be given.
    let other = Guest::new("use_a_shared_connection").arg(worker.port()).allow(worker.grant());
    let other = other.neighbours(&neighbours, "worker").start();
    let one = Guest::new("share_a_connection").allow("share worker").arg(port).arg(front.port()).allow(front.grant());
    let one = one.allow(format!("tcp connect 127.0.0.1:{port}")).neighbours(&neighbours, "front").start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    // It goes on only after the other has redeemed.
    let (token, front_at) = front.hear();
    worker.give(&token);
    let (redeemed, worker_at) = worker.hear();
    assert_eq!(redeemed, "redeemed");
    front.answer(front_at, "go on");
    passed(vec![one.wait()]);
    worker.answer(worker_at, "go on");
    let mut said = [0; 5];
    peer.read_exact(&mut said).expect("the end of one guest is none for the other");
    assert_eq!(&said, b"hello");
    peer.write_all(b"HELLO").expect("it is connected");
    passed(vec![other.wait()]);
    assert_eq!(peer.read(&mut said).expect("the end"), 0, "the last who held it is gone");
}

#[test]
fn what_nobody_redeemed_goes_with_who_shared_it() {
    let control = Control::new(PATIENCE);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let neighbours = Neighbours::new();
    let worker = Guest::new("use_a_shared_connection").arg(control.port()).allow(control.grant());
    let worker = worker.neighbours(&neighbours, "worker").start();
    // It is there once it asks.
    let (asked, worker_at) = control.hear();
    assert_eq!(asked, "token?");
    let front = Control::new(PATIENCE);
    let one = Guest::new("share_in_vain").allow("share *").arg(port).arg(front.port()).allow(front.grant());
    let one = one.allow(format!("tcp connect 127.0.0.1:{port}")).neighbours(&neighbours, "front").start();
    let (mut peer, _) = listener.accept().expect("the guest comes");
    let token = front.heard();
    passed(vec![one.wait()]);
    peer.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    assert_eq!(peer.read(&mut [0]).expect("the end"), 0, "nobody holds it any more");
    control.answer(worker_at, &token);
    let output = worker.wait();
    assert!(output.status != 0 && output.stderr.contains("Os(22)"), "too late is EINVAL: {}", output.stderr);
}

#[test]
fn sharing_takes_a_line_with_the_neighbours_id() {
    let neighbours = Neighbours::new();
    let worker = SocketCtx::builder().neighbours(&neighbours, "worker").build();
    let guest = || Guest::new("share_with").arg("worker").neighbours(&neighbours, "front");
    assert_eq!(guest().passes().stdout, "closed: share worker\n");
    assert_eq!(guest().allow("share worker-2").passes().stdout, "closed: share worker\n");
    assert_eq!(guest().allow("share *").deny("share worker").passes().stdout, "closed: \n");
    assert_eq!(guest().allow("share worker").passes().stdout, "open\n");
    drop(worker);
}

#[test]
fn a_guest_gets_by_sharing_only_what_it_could_make() {
    for may in ["may not", "may"] {
        let (front, worker) = (Control::new(PATIENCE), Control::new(PATIENCE));
        let one = Guest::new("share_a_netlink_socket").arg(front.port()).allow(front.grant());
        let other = Guest::new("redeem_a_netlink_socket").arg(worker.port()).arg(may).allow(worker.grant());
        let other = if may == "may" { other.allow("netlink read route") } else { other };
        let native = thread::spawn(move || {
            let (token, front_at) = front.hear();
            worker.give(&token);
            worker.heard();
            front.answer(front_at, "go on");
        });
        together(one.allow("netlink read route").allow("share worker"), other);
        native.join().expect("it was content");
    }
}

#[test]
fn a_share_has_its_limits() {
    Guest::new("share_with_oneself").allow("share nobody").arg(3).limits(|limits| limits.shares = 3).passes();
    Guest::new("share_with_oneself").allow("share nobody").arg(64).passes();
    Guest::new("share_up_to_the_quota").limits(|limits| limits.sockets = 3).passes();
}

#[test]
fn a_shared_datagram_socket_hears_whom_its_holders_own_grants_allow() {
    for hears in ["nobody", "all"] {
        let (front, worker) = (Control::new(PATIENCE), Control::new(PATIENCE));
        let one = Guest::new("share_a_datagram_socket").arg(front.port()).allow("share worker").allow(front.grant());
        let other = Guest::new("hear_on_a_shared_datagram_socket").arg(worker.port()).arg(hears);
        let other = other.allow(worker.grant());
        let other = if hears == "all" { other.allow("udp bind 127.0.0.1:*") } else { other };
        let native = thread::spawn(move || {
            let (told, front_at) = front.hear();
            let (port, token) = told.split_once(' ').expect("a port and a token");
            let stranger = UdpSocket::bind("127.0.0.1:0").expect("a socket");
            stranger.send_to(b"unasked", ("127.0.0.1", port.parse().expect("a port"))).expect("it is sent");
            worker.give(token);
            let (redeemed, from) = worker.hear();
            assert_eq!(redeemed, "redeemed");
            front.answer(front_at, "go on");
            worker.answer(from, &stranger.local_addr().expect("its address").port().to_string());
            stranger.set_read_timeout(Some(PATIENCE)).expect("a timeout");
            (hears == "nobody" || stranger.recv(&mut [0; 9]).is_ok()).then_some(()).expect("it is answered");
        });
        together(one.allow("udp bind 127.0.0.1:0"), other);
        native.join().expect("it was content");
    }
}

#[test]
fn the_name_of_a_shared_listener_goes_with_the_last_who_holds_it() {
    let (front, worker) = (Control::new(PATIENCE), Control::new(PATIENCE));
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("sock");
    let neighbours = Neighbours::new();
    // First who is shared with: to nobody nothing can be given.
    let other = Guest::new("serve_a_shared_unix_listener").arg(path.display()).arg(worker.port());
    let other = other.allow(worker.grant()).neighbours(&neighbours, "worker").start();
    let one = Guest::new("share_a_unix_listener")
        .allow("share worker")
        .arg(path.display())
        .arg(front.port())
        .allow(front.grant());
    let one = one.allow(format!("unix listen {}", directory.path().display())).neighbours(&neighbours, "front").start();
    let (token, front_at) = front.hear();
    worker.give(&token);
    let (_, worker_at) = worker.hear();
    front.answer(front_at, "go on");
    passed(vec![one.wait()]);
    assert!(path.exists(), "one of them still serves there");
    let mut client = UnixStream::connect(&path).expect("it listens");
    client.write_all(b"hello").expect("it is connected");
    worker.answer(worker_at, "go on");
    passed(vec![other.wait()]);
    assert!(!path.exists(), "nobody serves there any more");
}
