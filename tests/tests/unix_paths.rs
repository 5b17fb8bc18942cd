//! Unix sockets in directories that the guest knows by paths of its own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::fs;
use std::net::UdpSocket;
use std::os::fd::AsRawFd;
use std::os::unix::fs::symlink;
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use wallsocket_tests::Guest;

/// A directory to grant, `inside`, and one beside it, both without a link on the way.
struct Place {
    _root: tempfile::TempDir,
    root: PathBuf,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a directory");
        let path = root.path().canonicalize().expect("it is there");
        for name in ["inside", "outside"] {
            fs::create_dir(path.join(name)).expect("it is new");
        }
        Self { _root: root, root: path }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn guest(&self, name: &str, directory: &str, seen: &str) -> Guest {
        let host = self.at(directory);
        let grant = |verb: &str| format!("unix {verb} {}::{seen}", host.display());
        Guest::new(name).allow(grant("connect")).allow(grant("listen"))
    }
}

/// Runs a guest that says over UDP what it wants to happen; `act` does it.
fn serve(guest: Guest, mut act: impl FnMut(&str)) {
    let peer = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    peer.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
    let port = peer.local_addr().expect("its address").port();
    let running = guest.arg(port).allow(format!("udp send 127.0.0.1:{port}")).start();
    let mut request = [0; 100];
    while !running.has_ended() {
        let Ok((length, from)) = peer.recv_from(&mut request) else { continue };
        act(&String::from_utf8_lossy(&request[..length]));
        peer.send_to(b"done", from).expect("the guest is there");
    }
    let output = running.wait();
    assert!(output.status == 0, "{}", output.stderr);
}

/// The granted directory as `granted` names it; native programs bind beneath `inside`.
fn paths_are_told_in_the_guests_spelling(place: &Place, granted: &str) {
    let inside = UnixDatagram::bind(place.at("inside/inside.sock")).expect("a free name");
    let outside = UnixDatagram::bind(place.at("outside/outside.sock")).expect("a free name");
    let _stream = UnixListener::bind(place.at("inside/stream.sock")).expect("a free name");
    let mut connected = Vec::new();
    serve(place.guest("paths_are_the_guests_own", granted, "/app"), |what| match what {
        "inside" => drop(inside.send_to(b"hello", place.at("inside/guest.sock")).expect("the guest is bound")),
        "outside" => drop(outside.send_to(b"hello", place.at("inside/guest.sock")).expect("the guest is bound")),
        _ => {
            // Bound outside, so that it has a name that could be told.
            let client = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::STREAM, None).expect("a socket");
            let address = |path: PathBuf| socket2::SockAddr::unix(path).expect("it is short");
            client.bind(&address(place.at("outside/client.sock"))).expect("a free name");
            client.connect(&address(place.at("inside/listen.sock"))).expect("the guest listens");
            connected.push(client);
        }
    });
    let mut said = [0; 100];
    let (length, from) = inside.recv_from(&mut said).expect("the guest has sent");
    assert_eq!(&said[..length], b"hello");
    let name = from.as_pathname().expect("the guest is bound to a path");
    assert_eq!(name, place.at("inside/guest.sock"), "native peers see where the sender really is");
}

#[test]
fn a_guest_sees_its_own_spelling_and_native_peers_see_theirs() {
    paths_are_told_in_the_guests_spelling(&Place::new(), "inside");
}

#[test]
fn a_directory_may_be_granted_through_a_link() {
    let place = Place::new();
    symlink("inside", place.at("link")).expect("it is new");
    paths_are_told_in_the_guests_spelling(&place, "link");
}

#[test]
fn no_link_and_no_dots_lead_out_of_a_granted_directory() {
    let place = Place::new();
    let _inside = UnixListener::bind(place.at("inside/inside.sock")).expect("a free name");
    let outside = UnixListener::bind(place.at("outside/outside.sock")).expect("a free name");
    fs::create_dir(place.at("inside/x")).expect("it is new");
    symlink(place.at("outside"), place.at("inside/directory-link")).expect("it is new");
    symlink("../outside/outside.sock", place.at("inside/socket-link")).expect("it is new");
    symlink("..", place.at("inside/up-link")).expect("it is new");
    symlink("inside.sock", place.at("inside/inside-link")).expect("it is new");
    place.guest("no_way_leads_out", "inside", "/app").passes();
    outside.set_nonblocking(true).expect("it can be asked without waiting");
    outside.accept().expect_err("nobody may come from inside");
    assert!(!place.at("outside/new.sock").exists(), "nor may anything be made outside");
}

#[test]
fn a_bound_path_goes_with_its_socket_unless_it_is_anothers_by_then() {
    let place = Place::new();
    let path = place.at("inside/own.sock");
    let mut native = None;
    serve(place.guest("bound_paths_go_with_their_socket", "inside", "/app"), |what| match what {
        "is there" => assert!(path.exists(), "while the socket is open its name is there, and what isn't its stays"),
        "is gone" => assert!(!path.exists(), "a closed socket leaves no stale name"),
        _ => {
            // The next file may well be given the inode's number that this one sets free.
            fs::remove_file(&path).expect("it is there");
            native = Some(UnixDatagram::bind(&path).expect("the name is free"));
        }
    });
    assert!(native.is_some() && path.exists(), "what another has bound there since isn't the guest's to remove");
}

#[test]
fn a_dropped_store_takes_its_paths_with_it() {
    let place = Place::new();
    let peer = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = peer.local_addr().expect("its address").port();
    let guest = place.guest("bound_paths_go_with_their_socket", "inside", "/app").arg(port);
    let running = guest.allow(format!("udp send 127.0.0.1:{port}")).start();
    peer.recv(&mut [0; 100]).expect("the guest has bound");
    assert!(place.at("inside/own.sock").exists());
    running.drop_store();
    assert!(!place.at("inside/own.sock").exists(), "a store that goes takes what it bound with it");
}

#[test]
fn paths_may_be_long_where_the_kernel_is_not_handed_them() {
    let place = Place::new();
    let deep = place.at(&format!("inside/{}", "d".repeat(120)));
    fs::create_dir(&deep).expect("it is new");
    let opened = fs::File::open(&deep).expect("it is there");
    let _listener =
        UnixListener::bind(format!("/proc/self/fd/{}/listen.sock", opened.as_raw_fd())).expect("a free name");
    let _inside = UnixListener::bind(place.at("inside/inside.sock")).expect("a free name");
    let long = format!("/{}", "g".repeat(150));
    let grant = |verb: &str, host: &Path, guest: &str| format!("unix {verb} {}::{guest}", host.display());
    place
        .guest("long_paths", "inside", "/app")
        .arg(&long)
        .allow(grant("connect", &deep, "/deep"))
        .allow(grant("listen", &deep, "/deep"))
        .allow(grant("connect", &place.at("inside"), &long))
        .allow(grant("listen", &place.at("inside"), &long))
        .passes();
    assert_eq!(fs::read_dir(&deep).expect("it is there").count(), 1, "a bind that fails leaves nothing");
}

#[test]
fn a_datagram_server_answers_whom_it_heard_and_nobody_else() {
    let place = Place::new();
    let client = UnixDatagram::bind(place.at("inside/client.sock")).expect("a free name");
    client.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let _other = UnixDatagram::bind(place.at("inside/other.sock")).expect("a free name");
    let grant = format!("unix listen {}::/app", place.at("inside").display());
    let mut running = Guest::new("a_datagram_server_answers_whom_it_heard").allow(grant).start();
    assert_eq!(running.line(), "listening");
    client.send_to(b"question", place.at("inside/server.sock")).expect("the guest is there");
    let mut answer = [0; 100];
    let answered = client.recv(&mut answer);
    let output = running.wait();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let length = answered.expect("an answer: a grant to listen is one to answer");
    assert_eq!(&answer[..length], b"question");
}
