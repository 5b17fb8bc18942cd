//! Vsock: on this machine alone, by its own context id (`VMADDR_CID_LOCAL`).

use std::time::Duration;

use wallsocket::*;

use crate::check::{denied, number, say};
use crate::help::{SOON, fails, receive};

fn vsock(kind: i32) -> Socket {
    let sock = socket(AF_VSOCK, kind, 0).expect("a socket needs no grant");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

pub(crate) fn vsock_connect(_: &[String]) {
    match vsock(SOCK_STREAM).connect((VMADDR_CID_LOCAL, 1024)) {
        // Where nobody listens, or without loopback.
        Err(Error::Os(_) | Error::Timeout) => println!("open"),
        result => say(result),
    }
}

pub(crate) fn vsock_listen(arguments: &[String]) {
    let cid = if arguments[0] == "any" { VMADDR_CID_ANY } else { VMADDR_CID_LOCAL };
    let port: u32 = number(&arguments[1]);
    match vsock(SOCK_STREAM).bind((cid, port)) {
        // What a kernel says whose context id it isn't, or that has no loopback.
        Err(Error::Os(_)) => println!("open"),
        result => say(result),
    }
}

pub(crate) fn vsock_sockets_have_their_limits(_: &[String]) {
    let sock = vsock(SOCK_STREAM);
    assert_eq!(sock.getsockname().map(|name| name.to_string()).as_deref(), Ok("(4294967295, 4294967295)"));
    fails(sock.listen(None), errno::EINVAL, "it isn't bound");
    fails(sock.getpeername(), errno::ENOTCONN, "it has no peer");
    fails(sock.connect(NetlinkAddress { port_id: 0, groups: 0 }), errno::EAFNOSUPPORT, "an address of another family");
    fails(socket(AF_VSOCK, SOCK_RAW, 0), errno::ESOCKTNOSUPPORT, "no raw ones");
    fails(socket(AF_VSOCK, SOCK_STREAM, 7), errno::EPROTONOSUPPORT, "no protocols");
    fails(socketpair(AF_VSOCK, SOCK_STREAM, 0), errno::EOPNOTSUPP, "no pairs");
    assert_eq!(sock.getsockopt_bytes(AF_VSOCK, 9999, 8), Err(Error::Os(errno::ENOPROTOOPT)));
    fails(sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, &[0; 7]), errno::EINVAL, "half a number");
}

pub(crate) fn vsock_buffers_are_clamped(_: &[String]) {
    let sock = vsock(SOCK_STREAM);
    let read = |option| {
        let bytes = sock.getsockopt_bytes(AF_VSOCK, option, 8).expect("it can be read");
        u64::from_le_bytes(bytes.try_into().expect("8 bytes"))
    };
    sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_BUFFER_MAX_SIZE, &u64::MAX.to_le_bytes()).expect("clamped, not refused");
    assert_eq!(read(SO_VM_SOCKETS_BUFFER_MAX_SIZE), 65536, "the most that the host allows");
    sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_BUFFER_MIN_SIZE, &4096u64.to_le_bytes()).expect("a size");
    assert_eq!(read(SO_VM_SOCKETS_BUFFER_MIN_SIZE), 4096);
    for (wanted, set) in [(16384u64, 16384), (1, 4096), (u64::MAX, 65536)] {
        sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, &wanted.to_le_bytes()).expect("clamped, not refused");
        assert_eq!(read(SO_VM_SOCKETS_BUFFER_SIZE), set, "{wanted}");
    }
}

pub(crate) fn vsock_options_are_kept(_: &[String]) {
    let sock = vsock(SOCK_STREAM);
    let read = || sock.getsockopt_bytes(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, 16).expect("it can be read");
    assert_eq!(read(), layout::timeval(Duration::from_secs(2)), "to begin with");
    for time in [Duration::from_millis(1500), Duration::from_secs(60)] {
        sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &layout::timeval(time)).expect("a time");
        assert_eq!(read(), layout::timeval(time));
    }
    fails(sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &[1; 8]), errno::EINVAL, "half a time");
    fails(sock.setsockopt(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT, &[0xff; 16]), errno::ERANGE, "no time");
    // VMware's transport alone has them.
    match socket(AF_VSOCK, SOCK_DGRAM, 0) {
        Ok(datagrams) => drop(denied(datagrams.sendto("x", (VMADDR_CID_HOST, 5000)))),
        missing => fails(missing, errno::ENODEV, "no transport here has datagrams"),
    }
}

/// On a kernel that has it.
pub(crate) fn vsock_streams_over_loopback(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_SEQPACKET] {
        let listener = vsock(kind);
        listener.bind((VMADDR_CID_LOCAL, VMADDR_PORT_ANY)).expect("it is granted");
        let name = listener.getsockname().expect("it is bound");
        let Address::Vsock(at) = &name else { panic!("{name} is no vsock address") };
        assert_eq!((at.cid, name.to_string()), (VMADDR_CID_LOCAL, format!("(1, {})", at.port)));
        listener.listen(None).expect("it is granted");
        let client = vsock(kind);
        client.connect(name.clone()).expect("it is granted");
        let (server, peer) = listener.accept().expect("somebody has connected");
        assert_eq!(client.getpeername(), Ok(name));
        assert_eq!(server.getpeername(), Ok(peer));
        client.sendall("there").expect("there is room");
        assert_eq!(receive(&server, 5), b"there");
        server.sendall("and back").expect("there is room");
        assert_eq!(receive(&client, 8), b"and back");
        assert!(client.getsockopt_bytes(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, 8).is_ok());
        client.shutdown(SHUT_WR).expect("it is connected");
        assert_eq!(server.recv(10).expect("the end"), b"");
    }
    let dead = vsock(SOCK_STREAM);
    dead.bind((VMADDR_CID_LOCAL, VMADDR_PORT_ANY)).expect("it is granted");
    let deaf = dead.getsockname().expect("it is bound");
    for timeout in [None, Some(SOON.as_secs_f64())] {
        let client = socket(AF_VSOCK, SOCK_STREAM, 0).expect("a socket");
        client.settimeout(timeout).expect("it can be timed");
        fails(client.connect(deaf.clone()), errno::ECONNRESET, "nobody listens there");
    }
    denied(vsock(SOCK_STREAM).connect((VMADDR_CID_HOST, 1024)));
    denied(vsock(SOCK_STREAM).bind((VMADDR_CID_ANY, 5000)));
    denied(vsock(SOCK_STREAM).bind((VMADDR_CID_LOCAL, 1023)));
}
