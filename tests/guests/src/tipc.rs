//! TIPC on this node alone: services by name, topology, what comes back.

use std::time::{Duration, Instant};

use wallsocket::messages::{IncomingMessage, OtherMessage};
use wallsocket::tipc::{Event, Subscription, Topology};
use wallsocket::*;

use crate::check::{denied, number, say};
use crate::help::{SOON, fails, name, receive, times_out};

/// What linux/tipc.h calls the messages that come with data.
const TIPC_ERRINFO: i32 = 1;
const TIPC_RETDATA: i32 = 2;
const TIPC_DESTNAME: i32 = 3;
/// Why a message came back: nobody has that port.
const TIPC_ERR_NO_PORT: u32 = 2;

fn tipc(kind: i32) -> Socket {
    let sock = socket(AF_TIPC, kind, 0).expect("a line of TIPC is held");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

/// A socket that offers these instances of a service, to this node alone.
fn offers(kind: i32, service: u32, lower: u32, upper: u32) -> Socket {
    let sock = tipc(kind);
    sock.bind((TIPC_ADDR_NAMESEQ, service, lower, upper, TIPC_NODE_SCOPE)).expect("it is granted");
    sock
}

/// Says how a door was found. What the kernel says came through it.
fn found<T: std::fmt::Debug>(result: Result<T>) {
    match result {
        Err(Error::Os(_) | Error::Timeout) => println!("open"),
        result => say(result),
    }
}

/// `tipc_door ACTION KIND ADDRESS…`
pub(crate) fn tipc_door(arguments: &[String]) {
    let [action, kind, address @ ..] = arguments else { panic!("what, by which kind, where") };
    let kind = ["stream", "dgram", "raw", "rdm", "seqpacket"].iter().position(|name| name == kind).expect("a kind");
    let kind = i32::try_from(kind).expect("a number") + 1;
    let sock = match socket(AF_TIPC, kind, 0) {
        Ok(sock) => sock,
        refused => return found(refused),
    };
    sock.setblocking(false).expect("it can be");
    let address: Vec<u32> = address.iter().map(|part| number(part)).collect();
    let to = || (address[0], address[1], address[2], address[3]);
    match action.as_str() {
        "connect" => found(sock.connect(to())),
        "sendto" => found(sock.sendto("x", to())),
        "sendmsg" => found(sock.sendmsg(&[b"x"], &[], 0, to())),
        "bind" => found(sock.bind((address[0], address[1], address[2], address[3], TIPC_NODE_SCOPE))),
        "withdraw" => found(sock.bind((address[0], address[1], address[2], address[3], -3))),
        "listen" => found(sock.listen(None)),
        "pair" => found(socketpair(AF_TIPC, kind, 0)),
        // A socket of the guest's own, by the number that it tells itself: it could have any.
        "connect-id" => {
            let Address::Tipc(own) = name(&sock) else { panic!("no TIPC address") };
            found(sock.connect(own));
        }
        "sendto-id" => {
            let Address::Tipc(own) = name(&sock) else { panic!("no TIPC address") };
            found(sock.sendto("x", own));
        }
        _ => panic!("{action}?"),
    }
}

pub(crate) fn tipc_connects_by_name(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_SEQPACKET] {
        let listener = tipc(kind);
        listener.bind((TIPC_ADDR_NAME, 18888, 17, 0, TIPC_NODE_SCOPE)).expect("it is granted");
        listener.listen(None).expect("it is granted");
        let client = tipc(kind);
        // The kernel connects when the listener accepts.
        client.setblocking(false).expect("it can be");
        fails(client.connect((TIPC_ADDR_NAME, 18888, 17, 0)), errno::EINPROGRESS, "nobody has accepted yet");
        fails(client.connect((TIPC_ADDR_NAME, 18888, 17, 0)), errno::EALREADY, "it is under way");
        let (server, peer) = listener.accept().expect("somebody has connected");
        fails(client.connect((TIPC_ADDR_NAME, 18888, 17, 0)), errno::EISCONN, "it is done");
        client.settimeout(SOON.as_secs_f64()).expect("it can be timed");
        let Address::Tipc(own) = &peer else { panic!("{peer} is no TIPC address") };
        assert_eq!(own.address_type, TIPC_ADDR_ID.cast_unsigned(), "a peer is a socket, and no service");
        assert_eq!(Ok(&peer), client.getsockname().as_ref());
        assert_eq!(server.getpeername().as_ref(), Ok(&peer));
        client.sendall("there").expect("there is room");
        let message = server.recvmsg(100, 1000, 0).expect("it has come");
        assert_eq!(message.data, b"there");
        let told = [18888u32, 17, 17].map(u32::to_le_bytes).concat();
        assert_eq!(cmsgs(&message), [(TIPC_DESTNAME, told)], "by which name it was connected");
        server.sendall("and back").expect("there is room");
        assert_eq!(receive(&client, 8), b"and back");
        client.shutdown(SHUT_RDWR).expect("it is connected");
        assert_eq!(server.recv(10).expect("the end"), b"");
    }
    fails(tipc(SOCK_STREAM).connect((TIPC_ADDR_NAME, 18888, 18, 0)), errno::EHOSTUNREACH, "nobody offers it");
    fails(tipc(SOCK_STREAM).connect((TIPC_ADDR_NAMESEQ, 18888, 17, 18)), errno::EINVAL, "a range is no peer");
    let deaf = offers(SOCK_STREAM, 18888, 20, 20);
    for timeout in [None, Some(SOON.as_secs_f64())] {
        let client = tipc(SOCK_STREAM);
        client.settimeout(timeout).expect("it can be timed");
        fails(client.connect((TIPC_ADDR_NAME, 18888, 20, 0)), errno::ECONNREFUSED, "it doesn't listen");
    }
    fails(deaf.connect((TIPC_ADDR_NAME, 18888, 17, 0)), errno::EOPNOTSUPP, "what offers a service doesn't connect");
}

/// One of two guests.
pub(crate) fn tipc_serves(_: &[String]) {
    let listener = tipc(SOCK_SEQPACKET);
    listener.bind((TIPC_ADDR_NAME, 18888, 17, 0)).expect("it is granted");
    listener.listen(None).expect("it is granted");
    println!("ready");
    let (server, _) = listener.accept().expect("the other guest connects");
    let question = server.recv(100).expect("it asks");
    server.send([b"you said: ", &question[..]].concat()).expect("there is room");
    assert_eq!(server.recv(10).expect("the end"), b"");
}

/// The other.
pub(crate) fn tipc_asks(_: &[String]) {
    let client = tipc(SOCK_SEQPACKET);
    client.connect((TIPC_ADDR_NAME, 18888, 17, 0)).expect("it is granted");
    client.send("who is there?").expect("there is room");
    println!("{}", String::from_utf8(client.recv(100).expect("an answer")).expect("in words"));
    client.shutdown(SHUT_RDWR).expect("it is connected");
}

/// The first message that is sent can open a connection.
pub(crate) fn tipc_sending_connects(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_SEQPACKET] {
        let listener = offers(kind, 18888, 17, 17);
        listener.listen(None).expect("it is granted");
        let client = tipc(kind);
        assert_eq!(client.sendto("first", (TIPC_ADDR_NAME, 18888, 17, 0)), Ok(5));
        let (server, _) = listener.accept().expect("somebody has connected");
        assert_eq!(receive(&server, 5), b"first");
        server.sendall("answer").expect("there is room");
        assert_eq!(receive(&client, 6), b"answer");
        // Where it is connected to, an address changes nothing; it is asked about all the same.
        assert_eq!(client.sendto("more", (TIPC_ADDR_NAME, 18888, 17, 0)), Ok(4));
        assert_eq!(receive(&server, 4), b"more");
        denied(client.sendto("x", (TIPC_ADDR_NAME, 18889, 17, 0)));
        denied(tipc(kind).sendto("x", (TIPC_ADDR_NAME, 18889, 17, 0)));
        denied(tipc(kind).sendto("x", (TIPC_ADDR_NAME, TIPC_TOP_SRV, TIPC_TOP_SRV, 0)));
    }
}

/// A call that blocks waits until the connection is there or refused.
pub(crate) fn tipc_blocking_sends_wait_to_connect(_: &[String]) {
    let listener = offers(SOCK_SEQPACKET, 18888, 17, 17);
    listener.listen(None).expect("it is granted");
    let client = socket(AF_TIPC, SOCK_SEQPACKET, 0).expect("a socket");
    client.setsockopt(SOL_TIPC, TIPC_CONN_TIMEOUT, 300).expect("milliseconds");
    let began = Instant::now();
    assert_eq!(client.sendto("first", (TIPC_ADDR_NAME, 18888, 17, 0)), Ok(5), "as the kernel, which tells nothing");
    assert!(began.elapsed() >= Duration::from_millis(300), "nobody accepted all that time: {:?}", began.elapsed());
}

fn cmsgs(message: &Message) -> Vec<(i32, Vec<u8>)> {
    let bytes = |message: &ReceivedMessage| match message {
        ReceivedMessage::Message(IncomingMessage::Other(OtherMessage { level: SOL_TIPC, type_, data })) => {
            (*type_, data.clone())
        }
        other => panic!("{other:?} isn't TIPC's"),
    };
    message.ancdata.iter().map(bytes).collect()
}

pub(crate) fn tipc_messages_go_and_come(_: &[String]) {
    for kind in [SOCK_RDM, SOCK_DGRAM] {
        let (one, two) = (offers(kind, 1000, 0, 99), offers(kind, 1000, 100, 199));
        let client = tipc(kind);
        assert_eq!(client.sendto("question", (TIPC_ADDR_NAME, 1000, 5, 0)), Ok(8));
        assert_eq!(one.recvfrom_flags(3, MSG_PEEK).expect("it has come").0, b"que");
        let message = one.recvmsg(100, 1000, 0).expect("it has come");
        let told = [1000u32, 5, 5].map(u32::to_le_bytes).concat();
        assert_eq!((&message.data[..], cmsgs(&message)), (&b"question"[..], vec![(TIPC_DESTNAME, told)]));
        assert_eq!(message.address, name(&client), "a socket, and no service");
        // Whom it heard, it may answer; and who asked hears the answer, whatever the number it comes from.
        one.sendto("answer", message.address).expect("it was heard");
        assert_eq!(client.recvfrom(100), Ok((b"answer".to_vec(), name(&one))));
        denied(client.sendto("x", name(&one)));
        // To all that offer some of these instances.
        assert_eq!(client.sendto("all", (TIPC_ADDR_NAMESEQ, 1000, 50, 150)), Ok(3));
        assert_eq!(one.recv(100).expect("it has come"), b"all");
        assert_eq!(two.recv(100).expect("it has come"), b"all");
        denied(client.sendto("x", (TIPC_ADDR_NAMESEQ, 1000, 150, 200)));
        // What is asked for beyond any message's size costs nothing.
        let long = vec![7; 66_000];
        assert_eq!(client.sendto(&long, (TIPC_ADDR_NAME, 1000, 150, 0)), Ok(66_000));
        assert_eq!(two.recv(1 << 20).expect("it has come"), long);
        fails(
            client.sendto(vec![7; 66_001], (TIPC_ADDR_NAME, 1000, 150, 0)),
            errno::EMSGSIZE,
            "the longest is shorter",
        );
        client.sendto("12345678", (TIPC_ADDR_NAME, 1000, 150, 0)).expect("there is room");
        let cut = two.recvmsg(3, 0, 0).expect("it has come");
        assert_eq!((&cut.data[..], cut.msg_flags & MSG_TRUNC), (&b"123"[..], MSG_TRUNC));
        fails(client.send("x"), errno::EDESTADDRREQ, "to whom?");
        client.connect((TIPC_ADDR_NAME, 1000, 7, 0)).expect("it is granted");
        assert_eq!(client.send("by default"), Ok(10));
        assert_eq!(one.recv(100).expect("it has come"), b"by default");
        client.connect(Address::Unspecified).expect("it needs no grant");
        fails(client.send("x"), errno::EDESTADDRREQ, "it has no peer any more");
        // Taken back, it isn't there.
        two.bind((TIPC_ADDR_NAMESEQ, 1000, 100, 199, -TIPC_NODE_SCOPE)).expect("it was bound");
        fails(client.sendto("x", (TIPC_ADDR_NAME, 1000, 150, 0)), errno::EHOSTUNREACH, "nobody offers it any more");
        let (ready, _, _) = select::select(&[&one], &[], &[], 0).expect("it can be asked");
        assert!(ready.is_empty(), "nothing is left");
        times_out(Duration::from_millis(100), || {
            one.settimeout(0.1)?;
            one.recv(10)
        });
    }
    let sock = tipc(SOCK_RDM);
    fails(sock.bind((TIPC_ADDR_ID, 1000, 5, 0)), errno::EAFNOSUPPORT, "a number is no service");
    fails(sock.recv_flags(0, 0).map(drop).and(sock.recvfrom(0)), errno::EINVAL, "as the kernel");
    fails(sock.listen(None), errno::EOPNOTSUPP, "it takes no connections");
    for scope in [TIPC_ZONE_SCOPE, TIPC_CLUSTER_SCOPE, TIPC_NODE_SCOPE] {
        tipc(SOCK_RDM).bind((TIPC_ADDR_NAME, 1000, 500, 0, scope)).expect("each scope has this node in it");
    }
}

/// What reached nobody comes back, where it isn't to be dropped.
pub(crate) fn tipc_messages_come_back(_: &[String]) {
    let server = offers(SOCK_RDM, 1000, 0, 99);
    let client = tipc(SOCK_RDM);
    client.setsockopt(SOL_TIPC, TIPC_DEST_DROPPABLE, 0).expect("an option");
    client.sendto("question", (TIPC_ADDR_NAME, 1000, 5, 0)).expect("there is room");
    let (_, asked) = server.recvfrom(100).expect("it has come");
    drop(client);
    server.setsockopt(SOL_TIPC, TIPC_DEST_DROPPABLE, 0).expect("an option");
    server.sendto("answer", asked.clone()).expect("it was heard");
    let back = server.recvmsg(100, 1000, 0).expect("it comes back");
    let why = [TIPC_ERR_NO_PORT, 6].map(u32::to_le_bytes).concat();
    assert_eq!((&back.data[..], &back.address), (&b""[..], &asked));
    assert_eq!(cmsgs(&back), [(TIPC_ERRINFO, why), (TIPC_RETDATA, b"answer".to_vec())]);
}

pub(crate) fn tipc_options(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_SEQPACKET, SOCK_RDM, SOCK_DGRAM] {
        let sock = tipc(kind);
        let read = |option| sock.getsockopt(SOL_TIPC, option).expect("it can be read");
        let droppable = i32::from(kind == SOCK_RDM || kind == SOCK_DGRAM);
        assert_eq!((read(TIPC_IMPORTANCE), read(TIPC_CONN_TIMEOUT)), (TIPC_LOW_IMPORTANCE, 8000));
        assert_eq!(read(TIPC_DEST_DROPPABLE), droppable);
        assert_eq!(read(TIPC_SRC_DROPPABLE), i32::from(kind == SOCK_DGRAM));
        for importance in [TIPC_MEDIUM_IMPORTANCE, TIPC_HIGH_IMPORTANCE, TIPC_CRITICAL_IMPORTANCE, TIPC_LOW_IMPORTANCE]
        {
            sock.setsockopt(SOL_TIPC, TIPC_IMPORTANCE, importance).expect("one of four");
            assert_eq!(read(TIPC_IMPORTANCE), importance);
        }
        // Below 0 the kernel takes it for one of its own messages, such as those between links.
        for importance in [4, -1, -4, -5, i32::MIN, i32::MAX] {
            fails(sock.setsockopt(SOL_TIPC, TIPC_IMPORTANCE, importance), errno::EINVAL, "none of four");
        }
        fails(sock.setsockopt(SOL_TIPC, TIPC_IMPORTANCE, &[1]), errno::EINVAL, "half a number");
        sock.setsockopt(SOL_TIPC, TIPC_DEST_DROPPABLE, 1 - droppable).expect("on or off");
        assert_eq!(read(TIPC_DEST_DROPPABLE), 1 - droppable);
        match kind {
            SOCK_STREAM => fails(sock.setsockopt(SOL_TIPC, TIPC_SRC_DROPPABLE, 1), errno::ENOPROTOOPT, "it is none"),
            _ => sock.setsockopt(SOL_TIPC, TIPC_SRC_DROPPABLE, 1).expect("on or off"),
        }
        // Groups of sockets: joining one would be a bind that nobody judged.
        const TIPC_GROUP_JOIN: i32 = 135;
        fails(sock.setsockopt(SOL_TIPC, TIPC_GROUP_JOIN, &[0; 16]), errno::ENOPROTOOPT, "there is no such option");
    }
    let listener = offers(SOCK_STREAM, 1000, 1, 1);
    listener.listen(None).expect("it is granted");
    let client = socket(AF_TIPC, SOCK_STREAM, 0).expect("a socket");
    client.setsockopt(SOL_TIPC, TIPC_CONN_TIMEOUT, 300).expect("milliseconds");
    for _ in 0..2 {
        let began = Instant::now();
        fails(client.connect((TIPC_ADDR_NAME, 1000, 1, 0)), errno::ETIMEDOUT, "nobody accepts");
        assert!(began.elapsed() >= Duration::from_millis(300), "after {:?}", began.elapsed());
    }
    // Python's own timeout is another one.
    let client = tipc(SOCK_STREAM);
    client.setsockopt(SOL_TIPC, TIPC_CONN_TIMEOUT, 1).expect("milliseconds");
    client.settimeout(0.2).expect("it can be timed");
    times_out(Duration::from_millis(200), || client.connect((TIPC_ADDR_NAME, 1000, 1, 0)));
}

pub(crate) fn tipc_topology_tells_who_is_there(_: &[String]) {
    let event = |topology: &Topology| topology.next().expect("no error").expect("the server is there");
    let at = |sock: &Socket| match name(sock) {
        Address::Tipc(own) => (own.v1, own.v2),
        other => panic!("{other} is no TIPC address"),
    };
    let first = offers(SOCK_RDM, 1000, 0, 99);
    let topology = Topology::connect().expect("it is granted");
    topology.socket().settimeout(SOON.as_secs_f64()).expect("it can be timed");
    let all = Subscription::new(1000, 0, u32::MAX).handle(*b"handle01");
    assert_eq!((all.filter, all.timeout), (TIPC_SUB_PORTS, TIPC_WAIT_FOREVER.cast_unsigned()));
    topology.subscribe(&all).expect("there is room");
    let (node, port) = at(&first);
    let known = Event { event: TIPC_PUBLISHED, lower: 0, upper: 99, port, node, subscription: all };
    assert_eq!(event(&topology), known, "what was there before");
    let second = offers(SOCK_RDM, 1000, 500, 500);
    let (node, port) = at(&second);
    let known = Event { event: TIPC_PUBLISHED, lower: 500, upper: 500, port, node, subscription: all };
    assert_eq!(event(&topology), known, "what has come");
    assert_eq!(known.address().to_address(AF_TIPC).map(|it| it.to_string()), Ok(format!("(3, {node}, {port}, 0, 0)")));
    drop(second);
    assert_eq!(event(&topology), Event { event: TIPC_WITHDRAWN, ..known }, "what has gone");
    // A subscription with an end.
    let short = Subscription::new(7000, 0, 9).each_service().timeout(Duration::from_millis(50)).handle(*b"handle02");
    assert_eq!(short.filter, TIPC_SUB_SERVICE);
    topology.subscribe(&short).expect("there is room");
    let over = event(&topology);
    assert_eq!((over.event, over.subscription), (TIPC_SUBSCR_TIMEOUT, short));
    // One that is taken back tells nothing any more.
    topology.subscribe(&all.cancelled()).expect("there is room");
    assert_eq!(all.cancelled().filter, TIPC_SUB_PORTS | TIPC_SUB_CANCEL);
    // The server takes what it is sent in order: once this is over, that was taken back.
    topology.subscribe(&short).expect("there is room");
    assert_eq!(event(&topology).event, TIPC_SUBSCR_TIMEOUT);
    let _third = offers(SOCK_RDM, 1000, 600, 600);
    topology.socket().settimeout(0.2).expect("it can be timed");
    times_out(Duration::from_millis(200), || topology.next());
    // What it doesn't understand ends the connection.
    topology.socket().settimeout(SOON.as_secs_f64()).expect("it can be timed");
    topology.socket().send("what?").expect("there is room");
    assert!(matches!(topology.next(), Ok(None) | Err(Error::Os(_))), "it is over");
    fails(tipc(SOCK_SEQPACKET).connect((TIPC_ADDR_NAME, TIPC_CFG_SRV, 0, 0)), errno::EHOSTUNREACH, "long gone");
}

pub(crate) fn tipc_pairs_talk_both_ways(_: &[String]) {
    for kind in [SOCK_STREAM, SOCK_SEQPACKET, SOCK_RDM, SOCK_DGRAM] {
        let (one, other) = socketpair(AF_TIPC, kind, 0).expect("a pair");
        one.send("there").expect("there is room");
        assert_eq!(receive(&other, 5), b"there");
        other.send("and back").expect("there is room");
        assert_eq!(receive(&one, 8), b"and back");
    }
}

/// Many messages: each waits for room where there is none.
pub(crate) fn tipc_streams_carry_much(_: &[String]) {
    let (one, other) = socketpair(AF_TIPC, SOCK_STREAM, 0).expect("a pair");
    let data: Vec<u8> = (0..1_000_000u32).map(|at| at as u8).collect();
    one.setblocking(false).expect("it can be");
    let mut sent = 0;
    let mut received = Vec::new();
    while received.len() < data.len() {
        match one.send(&data[sent..data.len().min(sent + 60_000)]) {
            Ok(count) => sent += count,
            Err(Error::Os(errno::EAGAIN)) => {}
            Err(error) if sent < data.len() => panic!("{error}"),
            Err(_) => {}
        }
        received.extend(other.recv(50_000).expect("it comes"));
    }
    assert!(received == data, "whole and in order");
}
