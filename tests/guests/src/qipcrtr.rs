//! Qualcomm's IPC router, on this node alone.

use std::time::Duration;

use wallsocket::qrtr::{BROADCAST_NODE, CONTROL_PORT, ControlPacket, DEL_SERVER, NEW_SERVER};
use wallsocket::*;

use crate::check::{denied, number, say};
use crate::help::{SOON, fails, name, times_out};

fn qrtr() -> Socket {
    let sock = socket(AF_QIPCRTR, SOCK_DGRAM, 0).expect("a line of QRTR is held");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

fn own(sock: &Socket) -> (u32, u32) {
    match name(sock) {
        Address::Qipcrtr(QipcrtrAddress { node, port }) => (node, port),
        other => panic!("{other} is no QRTR address"),
    }
}

fn found<T: std::fmt::Debug>(result: Result<T>) {
    match result {
        Err(Error::Os(_) | Error::Timeout) => println!("open"),
        result => say(result),
    }
}

/// `qipcrtr_door ACTION NODE PORT`
pub(crate) fn qipcrtr_door(arguments: &[String]) {
    let [action, node, port] = arguments else { panic!("what, and where") };
    let to = (number::<u32>(node), number::<u32>(port));
    let sock = match socket(AF_QIPCRTR, SOCK_DGRAM, 0) {
        Ok(sock) => sock,
        refused => return found(refused),
    };
    match action.as_str() {
        "bind" => found(sock.bind(to)),
        "sendto" => found(sock.sendto("12345678901234567890", to)),
        "sendmsg" => found(sock.sendmsg(&[b"12345678901234567890"], &[], 0, to)),
        "connect" => found(sock.connect(to)),
        _ => panic!("{action}?"),
    }
}

/// `BasicQIPCRTRTest` of test_socket.py.
pub(crate) fn qipcrtr_as_in_cpythons_tests(_: &[String]) {
    let sock = qrtr();
    let (node, port) = own(&sock);
    assert_eq!(port, 0, "testUnbound");
    sock.bind((node, 0)).expect("a free port");
    assert_ne!(own(&sock).1, 0, "testBindSock");
    fails(qrtr().bind((-2i32 as u32, 0)), errno::EINVAL, "testInvalidBindSock");
    let sock = qrtr();
    sock.connect((123, 123)).expect("nobody has to be there");
    assert_ne!(own(&sock).1, 0, "testAutoBindSock");
    assert_eq!(sock.getpeername().map(|peer| peer.to_string()).as_deref(), Ok("(123, 123)"));
    fails(sock.send("x"), errno::ECONNRESET, "there is no such node");
}

pub(crate) fn qipcrtr_messages_go_and_come(_: &[String]) {
    let (client, server) = (qrtr(), qrtr());
    let (node, _) = own(&client);
    server.bind((node, 20_000)).expect("it is granted");
    assert_eq!(client.sendto("question", (node, 20_000)), Ok(8));
    assert_ne!(own(&client).1, 0, "sending gives it a port");
    assert_eq!(server.recvfrom_flags(3, MSG_PEEK).expect("it has come").0, b"que");
    let (question, asked) = server.recvfrom(100).expect("it has come");
    assert_eq!((&question[..], &asked), (&b"question"[..], &name(&client)));
    assert_eq!(server.sendto("answer", asked), Ok(6), "it was heard");
    assert_eq!(client.recvfrom(100), Ok((b"answer".to_vec(), name(&server))));
    let long = vec![7; 65_535];
    assert_eq!(client.sendto(&long, (node, 20_000)), Ok(65_535));
    assert_eq!(server.recv(1 << 20).expect("it comes whole"), long);
    fails(client.sendto(vec![7; 65_536], (node, 20_000)), errno::EMSGSIZE, "the longest is shorter");
    client.sendto("12345678", (node, 20_000)).expect("there is room");
    let cut = server.recvmsg(3, 0, 0).expect("it has come");
    assert_eq!((&cut.data[..], cut.msg_flags & MSG_TRUNC), (&b"123"[..], MSG_TRUNC));
    fails(client.send("x"), errno::ENOTCONN, "to whom?");
    client.connect((node, 20_000)).expect("it is granted");
    assert_eq!(client.send("by default"), Ok(10));
    assert_eq!(server.recv(100).expect("it has come"), b"by default");
    denied(client.sendto("x", (node, 20_001)));
    // Who isn't allowed to be sent to isn't heard either.
    let stranger = qrtr();
    stranger.sendto("hello", (node, 20_000)).expect("it is granted");
    let (_, from) = server.recvfrom(100).expect("it has come");
    let (deaf, Address::Qipcrtr(port)) = (qrtr(), from) else { panic!("no QRTR address") };
    deaf.bind((node, 0)).expect("a port to send from");
    server.sendto("hello", port).expect("it was heard");
    assert_eq!(stranger.recv(10).expect("it comes"), b"hello");
    denied(stranger.sendto("x", name(&deaf)));
    times_out(Duration::from_millis(100), || {
        deaf.settimeout(0.1)?;
        deaf.recv(10)
    });
    fails(client.listen(None), errno::EOPNOTSUPP, "it takes no connections");
    fails(socketpair(AF_QIPCRTR, SOCK_DGRAM, 0), errno::EOPNOTSUPP, "it has no pairs");
}

/// With the line for the name service.
pub(crate) fn qipcrtr_names_are_served(_: &[String]) {
    let next = |sock: &Socket| {
        let (data, from) = sock.recvfrom(100).expect("it comes");
        assert_eq!(from.to_string(), format!("({}, {CONTROL_PORT})", own(sock).0), "the name service");
        ControlPacket::from_bytes(&data).expect("it is whole")
    };
    let watcher = qrtr();
    let (node, _) = own(&watcher);
    watcher.sendto(ControlPacket::lookup(77, 0).to_bytes(), (node, CONTROL_PORT)).expect("it is granted");
    assert!(next(&watcher).is_end(), "nobody is there yet");
    let server = qrtr();
    server.sendto(ControlPacket::server(77, 1).to_bytes(), (node, CONTROL_PORT)).expect("it is granted");
    let (_, port) = own(&server);
    let known = ControlPacket { command: NEW_SERVER, service: 77, instance: 1, node, port };
    assert_eq!(next(&watcher), known);
    drop(server);
    assert_eq!(next(&watcher), ControlPacket { command: DEL_SERVER, ..known });
    fails(watcher.sendto("12345678", (BROADCAST_NODE, 20_000)), errno::ENOTCONN, "only control ports are for all");
}
