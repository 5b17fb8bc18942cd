//! Sockets that a guest is handed, and that others hold as well.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]
#![allow(unsafe_code, reason = "options that socket2 doesn't have")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use wallsocket_host::SocketCtx;
use wallsocket_tests::Guest;

const PATIENCE: Duration = Duration::from_secs(40);

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    (listener, port)
}

fn blocks(socket: &impl AsRawFd) -> bool {
    // SAFETY: it asks for the flags of a descriptor that is open.
    unsafe { libc::fcntl(socket.as_raw_fd(), libc::F_GETFL) & libc::O_NONBLOCK == 0 }
}

#[test]
fn a_guest_is_told_what_it_was_handed() {
    let (listener, _) = listener();
    let datagrams = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let (pair, _other) = UnixStream::pair().expect("a pair");
    let guest = Guest::new("tell_what_was_inherited").inherit(3, "web", listener).inherit(7, "", datagrams);
    let said = guest.inherit(0, "a pair", pair).passes().stdout;
    assert_eq!(said, "3 web 2 1\n7  2 2\n0 a pair 1 1\n");
}

#[test]
fn an_inherited_listener_is_served_without_a_grant_and_stays_as_it_was() {
    for nonblocking in [false, true] {
        let (listener, port) = listener();
        listener.set_nonblocking(nonblocking).expect("a mode");
        let held = listener.try_clone().expect("a duplicate");
        let mut running = Guest::new("serve_an_inherited_listener").arg(5).inherit(5, "", listener).start();
        assert_eq!(running.line(), "waits");
        assert_eq!(blocks(&held), !nonblocking, "whether it blocks isn't the guest's to say");
        let mut client = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        client.write_all(b"hello").expect("it is connected");
        let mut answer = [0; 5];
        client.read_exact(&mut answer).expect("it is served");
        assert_eq!(&answer, b"HELLO");
        assert_eq!(running.wait().status, 0);
        held.set_nonblocking(false).expect("a mode");
        let client = TcpStream::connect(("127.0.0.1", port)).expect("the listener outlives the guest");
        held.accept().expect("others go on serving");
        drop(client);
    }
}

#[test]
fn waiting_on_a_listener_that_blocks_holds_up_nobody_else() {
    let (listener, port) = listener();
    let counting = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    counting.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let count_port = counting.local_addr().expect("its address").port();
    let native = thread::spawn(move || {
        let mut words = [0; 100];
        loop {
            let (length, guest) = counting.recv_from(&mut words).expect("the guest speaks");
            counting.send_to(b"go on", guest).expect("the guest is there");
            if &words[..length] == b"finished" {
                break;
            }
        }
        TcpStream::connect(("127.0.0.1", port)).expect("it listens")
    });
    let outputs = Guest::run_together(vec![
        Guest::new("wait_on_an_inherited_listener").arg(3).inherit(3, "", listener),
        Guest::new("round_trips").arg(count_port).allow(format!("udp send 127.0.0.1:{count_port}")),
    ]);
    for output in outputs {
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    }
    native.join().expect("it was content");
}

#[test]
fn what_was_handed_over_is_taken_back_by_a_deny_line_or_a_restriction() {
    let take = |deny: Option<&str>, keep: Option<&str>| {
        let (listener, _) = listener();
        let guest = Guest::new("take_what_was_inherited").arg(3).arg(keep.unwrap_or_default());
        let guest = guest.inherit(3, "web", listener);
        deny.into_iter().fold(guest, |guest, line| guest.deny(line)).passes().stdout
    };
    assert_eq!(take(None, None), "open\n", "handing over is the grant");
    for line in ["inherit 3", "inherit web", "inherit *"] {
        assert_eq!(take(Some(line), None), "closed: \n", "deny {line}");
        assert_eq!(take(None, Some(line)), "open\n", "restricted to {line}");
    }
    assert_eq!(take(Some("inherit 4"), None), "open\n");
    assert_eq!(take(None, Some("inherit 4")), "closed: \n");
}

#[test]
fn an_inherited_connection_is_talked_over_without_a_grant() {
    let (listener, port) = listener();
    let mut peer = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    let (connection, _) = listener.accept().expect("it comes");
    let mut held = connection.try_clone().expect("a duplicate");
    let running = Guest::new("talk_over_an_inherited_connection").arg(4).inherit(4, "", connection).start();
    let mut said = [0; 5];
    peer.read_exact(&mut said).expect("the guest speaks");
    peer.write_all(b"HELLO").expect("it is connected");
    let output = running.wait();
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(blocks(&held), "it blocks as it did");
    held.write_all(b"still").expect("who else holds it goes on");
    peer.read_exact(&mut said).expect("the end of the guest wasn't that of the connection");
    assert_eq!(&said, b"still");
}

#[test]
fn an_inherited_datagram_socket_hears_whom_the_grants_allow() {
    for hears in ["nobody", "all"] {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let address = socket.local_addr().expect("its address");
        let stranger = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        stranger.send_to(b"unasked", address).expect("it is sent");
        let port = stranger.local_addr().expect("its address").port();
        let guest = Guest::new("hear_on_an_inherited_datagram_socket").arg(3).arg(hears).arg(port);
        let guest = guest.inherit(3, "", socket);
        if hears == "all" {
            guest.allow(format!("udp bind {address}")).passes();
            stranger.set_read_timeout(Some(PATIENCE)).expect("a timeout");
            assert_eq!(stranger.recv(&mut [0; 9]).expect("it is answered"), 6);
        } else {
            guest.passes();
        }
    }
}

#[test]
fn listening_where_nobody_does_yet_takes_a_grant() {
    let bound = || {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a free port");
        let port = socket.local_addr().expect("its address").as_socket().expect("of IP").port();
        (socket, format!("tcp listen 127.0.0.1:{port}"))
    };
    let (socket, line) = bound();
    let guest = Guest::new("listen_on_what_was_inherited").arg(3).inherit(3, "", socket);
    assert_eq!(guest.passes().stdout, format!("closed: {line}\n"), "the refusal names its own address");
    let (socket, line) = bound();
    let guest = Guest::new("listen_on_what_was_inherited").arg(3).inherit(3, "", socket);
    assert_eq!(guest.allow(line).passes().stdout, "open\n");
}

#[test]
fn only_sockets_are_handed_over_and_each_number_once() {
    let mut sockets = SocketCtx::builder().build();
    let number = |result: std::io::Result<()>| result.expect_err("refused").raw_os_error();
    let file = std::fs::File::open("/dev/null").expect("it is always there");
    assert_eq!(number(sockets.inherit(3, "", file)), Some(libc::ENOTSOCK));
    let pair = || OwnedFd::from(UnixStream::pair().expect("a pair").0);
    sockets.inherit(3, "", pair()).expect("a socket");
    for taken in [3, -1, 1 << 20, i32::MAX] {
        assert_eq!(number(sockets.inherit(taken, "", pair())), Some(libc::EINVAL), "{taken}");
    }
}

/// What a peer could learn or send through options that were on before (`SO_PASSPIDFD`, `SO_PASSRIGHTS`).
#[test]
fn an_inherited_unix_socket_takes_no_processes() {
    const SO_PASSPIDFD: i32 = 76;
    let (pair, _other) = UnixStream::pair().expect("a pair");
    let held = pair.try_clone().expect("a duplicate");
    let on: libc::c_int = 1;
    let size = size_of::<libc::c_int>() as libc::socklen_t;
    // SAFETY: the kernel reads a C int, which is what it is given.
    let set =
        unsafe { libc::setsockopt(held.as_raw_fd(), libc::SOL_SOCKET, SO_PASSPIDFD, (&raw const on).cast(), size) };
    if set != 0 {
        println!("skipped: this kernel has no SO_PASSPIDFD (Linux 6.5)");
        return;
    }
    let mut sockets = SocketCtx::builder().build();
    sockets.inherit(3, "", pair).expect("a socket");
    let (mut value, mut length): (libc::c_int, _) = (-1, size);
    // SAFETY: the kernel writes a C int to where there is room for one.
    unsafe { libc::getsockopt(held.as_raw_fd(), libc::SOL_SOCKET, SO_PASSPIDFD, (&raw mut value).cast(), &mut length) };
    assert_eq!(value, 0, "a peer's process isn't the guest's to hold");
}
