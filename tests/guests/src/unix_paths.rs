//! Unix sockets in directories that the guest knows by paths of its own.

use wallsocket::*;

use crate::check::{Control, denied};

fn unix(kind: i32) -> Socket {
    socket(AF_UNIX, kind, 0).expect("a socket needs no grant")
}

fn path(address: &Address) -> String {
    let path = address.path().unwrap_or_else(|| panic!("not a path: {address:?}"));
    path.to_str().expect("in UTF-8").to_owned()
}

#[track_caller]
fn fails_with<T: std::fmt::Debug>(result: Result<T>, errno: i32, why: &str) {
    match result {
        Err(Error::Os(number)) if number == errno => {}
        other => panic!("{why}: {other:?}"),
    }
}

pub(crate) fn paths_are_the_guests_own(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let sock = unix(SOCK_DGRAM);
    sock.bind("/app/guest.sock").expect("it is granted");
    assert_eq!(path(&sock.getsockname().expect("its name")), "/app/guest.sock");
    for (sender, seen) in [("inside", Some("/app/inside.sock")), ("outside", None)] {
        control.tell(sender);
        let (_, from) = sock.recvfrom(100).expect("anybody may send to it");
        match seen {
            Some(seen) => assert_eq!(path(&from), seen, "a peer in a granted directory has the guest's name for it"),
            None => assert_eq!(from, Address::Unix(UnixAddress::Unnamed), "a peer elsewhere has none"),
        }
    }
    sock.sendto("hello", "/app/inside.sock").expect("it is granted");

    let stream = unix(SOCK_STREAM);
    stream.connect("/app/stream.sock").expect("it is granted");
    assert_eq!(path(&stream.getpeername().expect("it is connected")), "/app/stream.sock");

    let listener = unix(SOCK_STREAM);
    listener.bind("/app/listen.sock").expect("it is granted");
    listener.listen(None).expect("it is granted");
    control.tell("connect");
    let (accepted, from) = listener.accept().expect("the test has connected");
    assert_eq!(from, Address::Unix(UnixAddress::Unnamed), "a peer elsewhere has no name");
    assert_eq!(accepted.getpeername().expect("it is connected"), Address::Unix(UnixAddress::Unnamed));
    assert_eq!(path(&accepted.getsockname().expect("its name")), "/app/listen.sock");
}

pub(crate) fn no_way_leads_out(_: &[String]) {
    for way in ["/app/directory-link/outside.sock", "/app/socket-link", "/app/up-link/outside/outside.sock"] {
        fails_with(unix(SOCK_STREAM).connect(way), errno::EACCES, "a link may not lead out");
        fails_with(unix(SOCK_DGRAM).sendto("hello", way), errno::EACCES, "a link may not lead out");
    }
    fails_with(unix(SOCK_STREAM).bind("/app/directory-link/new.sock"), errno::EACCES, "a link may not lead out");
    fails_with(unix(SOCK_STREAM).bind("/app/socket-link"), errno::EADDRINUSE, "a link isn't followed to be bound");
    for way in [
        "/app/../outside/outside.sock",
        "/app/x/../../outside/outside.sock",
        "/outside/outside.sock",
        "app/inside.sock",
    ] {
        denied(unix(SOCK_STREAM).connect(way));
        denied(unix(SOCK_STREAM).bind(way));
    }
    unix(SOCK_STREAM).connect("/app/./x/../inside.sock").expect("that stays inside");
    unix(SOCK_STREAM).connect("/app/inside-link").expect("so does that");
}

pub(crate) fn bound_paths_go_with_their_socket(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    for how in ["close", "drop"] {
        let sock = unix(SOCK_DGRAM);
        sock.bind("/app/own.sock").expect("the one before is gone");
        control.tell("is there");
        if how == "close" {
            sock.close().expect("it can be closed")
        } else {
            drop(sock)
        }
        control.tell("is gone");
    }
    let sock = unix(SOCK_DGRAM);
    sock.bind("/app/own.sock").expect("the one before is gone");
    control.tell("replace");
    sock.close().expect("it can be closed");
    control.tell("is there");
}

/// The directory's own path is too long for a `sockaddr_un`, the guest's is short; and the other way round.
pub(crate) fn long_paths(arguments: &[String]) {
    let long = &arguments[0];
    unix(SOCK_STREAM).connect("/deep/listen.sock").expect("a path that is opened may be long");
    fails_with(unix(SOCK_STREAM).bind("/deep/new.sock"), errno::ENAMETOOLONG, "a path that is bound may not");
    unix(SOCK_STREAM).connect(format!("{long}/inside.sock")).expect("the guest's own paths never reach the kernel");
    let sock = unix(SOCK_STREAM);
    sock.bind(format!("{long}/new.sock")).expect("the guest's own paths never reach the kernel");
    assert_eq!(path(&sock.getsockname().expect("its name")), format!("{long}/new.sock"));
    let endless = format!("/app/{}", "x".repeat(5000));
    fails_with(unix(SOCK_STREAM).connect(endless), errno::ENAMETOOLONG, "PATH_MAX is the limit");
}

pub(crate) fn a_datagram_server_answers_whom_it_heard(_: &[String]) {
    let server = unix(SOCK_DGRAM);
    server.bind("/app/server.sock").expect("the grant to listen covers it");
    denied(server.sendto("unasked", "/app/client.sock"));
    println!("listening");
    let (data, client) = server.recvfrom(100).expect("the client asks");
    assert_eq!(path(&client), "/app/client.sock", "in the guest's spelling");
    server.sendto(data, client).expect("who was heard may be answered");
    denied(server.sendto("unasked", "/app/other.sock"));
}
