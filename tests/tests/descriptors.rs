//! Descriptors: all come back, and the host keeps some for itself. Each test runs in a process of its own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::fs;
use std::net::{TcpListener, TcpStream};

use socket2::{Domain, SockAddr, Socket, Type};
use wallsocket_tests::{Guest, process};

fn open_descriptors() -> usize {
    fs::read_dir("/proc/self/fd").expect("Linux has it").count()
}

/// Guests that end in every way: by themselves, refused, failing, and dropped while they wait.
fn many_guests() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("full.sock");
    let full = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
    full.bind(&SockAddr::unix(&path).expect("it is short")).expect("a free name");
    full.listen(2).expect("it is bound");
    let quota = || Guest::new("use_up_the_quota").limits(|limits| (limits.sockets, limits.poll_interests) = (5, 3));
    quota().allow("tcp listen 127.0.0.1:0").allow("tcp connect 127.0.0.1:*").passes();
    quota().run();
    Guest::new("tcp_listen").passes();
    let unix = format!("unix listen {}", directory.path().display());
    for kind in ["stream", "dgram"] {
        let own = directory.path().join(kind);
        Guest::new("unix_listen").arg(kind).arg(own.display()).allow(&unix).passes();
    }
    for call in ["recv", "sendall", "close", "poll", "pollable"] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
        let port = listener.local_addr().expect("its address").port();
        let grant = format!("tcp connect 127.0.0.1:{port}");
        let mut running = Guest::new("block").arg(call).arg(port).allow(grant).start();
        let _peer: (TcpStream, _) = listener.accept().expect("the guest comes");
        assert_eq!(running.line(), "blocks");
        running.drop_store();
    }
    let grant = format!("unix connect {}", path.display());
    let mut running = Guest::new("block_in_connect").arg(path.display()).allow(grant).start();
    assert_eq!(running.line(), "blocks");
    running.drop_store();
}

#[test]
fn descriptors_come_back_when_guests_end() {
    if !process::is_alone() {
        return process::passes_alone("descriptors_come_back_when_guests_end", &[]);
    }
    many_guests();
    let before = open_descriptors();
    for _ in 0..3 {
        many_guests();
    }
    assert_eq!(open_descriptors(), before, "guests that have ended hold no descriptor");
}

#[test]
fn the_host_keeps_descriptors_for_itself() {
    if !process::is_alone() {
        let few = ["sh", "-c", "ulimit -n 256 && exec \"$0\" \"$@\""];
        return process::passes_alone("the_host_keeps_descriptors_for_itself", &few);
    }
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().display().to_string();
    let mut running = Guest::new("use_up_descriptors").arg(&path).allow(format!("unix listen {path}")).start();
    let sockets: usize = running.line().parse().expect("how many it has");
    assert!((50..256).contains(&sockets), "it has taken what there was: {sockets}");
    running.line();
    let files: Vec<_> = (0..50).map_while(|_| fs::File::open("/dev/null").ok()).collect();
    assert_eq!(files.len(), 50, "the host can go on opening files, whatever a guest hoards");
    running.drop_store();
}
