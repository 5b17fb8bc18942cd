//! Guests that strain the host: that block, hoard, hurry and linger.

use std::time::{Duration, Instant};

use wallsocket::select::{POLLIN, poll};
use wallsocket::*;

use crate::check::{Control, number};

fn connected(port: &str) -> Socket {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", number::<u16>(port))).expect("it is granted");
    sock
}

/// Sends until the socket takes no more.
fn fill(sock: &Socket) {
    sock.settimeout(0.0).expect("it can be non-blocking");
    while sock.send([7; 65536]).is_ok() {}
    sock.settimeout(None).expect("it can be blocking");
}

fn linger(sock: &Socket, seconds: i32) {
    sock.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, seconds)).expect("anybody may linger");
}

pub(crate) fn block(arguments: &[String]) {
    let sock = connected(&arguments[1]);
    linger(&sock, 3600);
    fill(&sock);
    println!("blocks");
    match arguments[0].as_str() {
        "recv" => drop(sock.recv(1)),
        "sendall" => drop(sock.sendall([7])),
        "close" => drop(sock.close()),
        "poll" => {
            let mut one = poll();
            one.register(&sock, POLLIN).expect("it is open");
            drop(one.poll(None));
        }
        "pollable" => sock.subscribe(POLLIN).expect("a pollable").block(),
        _ => unreachable!("the test names one of these"),
    }
    panic!("it should have waited for ever");
}

pub(crate) fn block_in_accept(_: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.bind(("127.0.0.1", 0)).expect("it is granted");
    sock.listen(None).expect("it is granted");
    println!("{}", sock.getsockname().expect("its name").port().expect("a port"));
    panic!("nobody should have come: {:?}", sock.accept());
}

pub(crate) fn block_in_connect(arguments: &[String]) {
    let mut hoard = Vec::new();
    loop {
        let sock = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
        sock.settimeout(0.0).expect("it can be non-blocking");
        if sock.connect(arguments[0].as_str()).is_err() {
            break;
        }
        hoard.push(sock);
    }
    println!("blocks");
    let sock = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
    panic!("the queue should have been full: {:?}", sock.connect(arguments[0].as_str()));
}

pub(crate) fn receive_with_huge_buffers(arguments: &[String]) {
    const HUGE: usize = u32::MAX as usize;
    let stream = connected(&arguments[0]);
    let control = Control::new(&arguments[1]);
    control.tell("stream");
    assert!(!stream.recv(HUGE).expect("there is data").is_empty());
    control.tell("all");
    let all = stream.recv_flags(HUGE, MSG_WAITALL).expect("there is data");
    assert!(!all.is_empty());
    control.tell("end");

    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    sock.bind(("127.0.0.1", 0)).expect("it is granted");
    let port = sock.getsockname().expect("its name").port().expect("a port");
    control.tell(format!("udp {port}"));
    assert_eq!(sock.recv(HUGE).expect("there is a datagram").len(), 65_507, "no datagram is cut");
    control.tell(format!("udp {port}"));
    let batch = sock.receive_datagrams(HUGE, HUGE, 0).expect("there is a datagram");
    assert_eq!(batch.iter().next().map(|(data, _)| data.len()), Some(65_507), "nor in a batch");
    for kind in [SOCK_DGRAM, SOCK_SEQPACKET] {
        let (one, other) = socketpair(AF_UNIX, kind, 0).expect("a pair");
        one.send(vec![7; 150_000]).expect("Unix takes more than 64 KiB");
        assert_eq!(other.recv(HUGE).expect("there is a message").len(), 150_000, "no message is cut");
    }
    println!("done");
}

/// Receives what is always there, until the test says that it is enough.
pub(crate) fn hurry(arguments: &[String]) {
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let stop = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    stop.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    stop.send("hurrying").expect("it is connected");
    stop.settimeout(0.0).expect("it can be non-blocking");
    let began = Instant::now();
    loop {
        one.send([7]).expect("there is room");
        other.recv(1).expect("there is data");
        if stop.recv(10).is_ok() {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "the other guest must have got its turns by now");
    }
}

pub(crate) fn round_trips(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    for trip in 0..50 {
        assert_eq!(control.tell(trip), "go on");
    }
    control.tell("finished");
}

pub(crate) fn close_lingering(arguments: &[String]) {
    let (sock, control) = (connected(&arguments[0]), Control::new(&arguments[1]));
    fill(&sock);
    linger(&sock, 3600);
    control.tell("closing");
    sock.close().expect("the peer has taken all of it");
    control.tell("closed");
}

pub(crate) fn linger_in_vain(arguments: &[String]) {
    let sock = connected(&arguments[0]);
    fill(&sock);
    linger(&sock, 1);
    let began = Instant::now();
    sock.close().expect("what can't be sent by then is the kernel's");
    assert!(began.elapsed() >= Duration::from_secs(1), "it waits its time");
    assert!(began.elapsed() < Duration::from_secs(10), "and no longer");
}

pub(crate) fn sendall_to_a_trickle(arguments: &[String]) {
    let sock = connected(&arguments[0]);
    sock.settimeout(0.5).expect("it can be timed");
    let began = Instant::now();
    let sent = sock.sendall(vec![7; 15 << 20]);
    assert_eq!(sent, Err(Error::Timeout), "the timeout is for the whole call");
    assert!(began.elapsed() >= Duration::from_millis(500), "it never fires early");
    assert!(began.elapsed() < Duration::from_secs(10), "however the peer reads: {:?}", began.elapsed());
}

pub(crate) fn receive_under_a_flood(arguments: &[String]) {
    let (sock, control) = (socket(AF_INET, SOCK_DGRAM, 0).expect("a socket"), Control::new(&arguments[0]));
    sock.bind(("", 0)).expect("the kernel would do as much");
    sock.settimeout(0.3).expect("it can be timed");
    control.tell(sock.getsockname().expect("its name").port().expect("a port"));
    let began = Instant::now();
    assert_eq!(sock.recv(100), Err(Error::Timeout), "strangers are not heard");
    assert!(began.elapsed() >= Duration::from_millis(300), "it never fires early");
    assert!(began.elapsed() < Duration::from_secs(10), "however many there are: {:?}", began.elapsed());
    control.tell("enough");
}

#[track_caller]
fn too_many<T: std::fmt::Debug>(result: Result<T>) {
    assert!(matches!(result, Err(Error::Os(errno::EMFILE))), "the quota is used up: {result:?}");
}

/// Its quota is five sockets.
pub(crate) fn use_up_the_quota(arguments: &[String]) {
    let listener = socket(AF_INET, SOCK_STREAM, 0).expect("the first");
    listener.bind(("127.0.0.1", 0)).expect("it is granted");
    listener.listen(None).expect("it is granted");
    let name = listener.getsockname().expect("its name");
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("the second");
    client.connect(name).expect("it is granted");
    let twin = client.dup().expect("a duplicate is the third");
    let pollable = client.subscribe(POLLIN).expect("a pollable is the fourth");
    too_many(socketpair(AF_UNIX, SOCK_STREAM, 0));
    let last = socket(AF_UNIX, SOCK_STREAM, 0).expect("the fifth");
    too_many(socket(AF_UNIX, SOCK_STREAM, 0));
    too_many(client.dup());
    too_many(client.subscribe(POLLIN));
    too_many(listener.accept());
    drop(pollable);
    let (accepted, _) = listener.accept().expect("a pollable that went has made room");
    too_many(last.dup());
    drop((accepted, twin));
    let pair = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("there is room for two");

    // Three may be waited for at once.
    let mut many = poll();
    for sock in [&listener, &client, &last] {
        many.register(sock, POLLIN).expect("it is open");
    }
    many.poll(0).expect("three may be waited for at once");
    many.register(&pair.0, POLLIN).expect("it is open");
    assert_eq!(many.poll(0), Err(Error::Os(errno::EINVAL)), "four may not");
    assert!(arguments.is_empty());
}

/// Opens what it can, and then what may take a descriptor more.
pub(crate) fn use_up_descriptors(arguments: &[String]) {
    let mut hoard = Vec::new();
    while let Ok(sock) = socket(AF_UNIX, SOCK_DGRAM, 0) {
        hoard.push(sock);
    }
    println!("{}", hoard.len());
    let bound = hoard.iter().enumerate().filter(|(n, sock)| sock.bind(format!("{}/{n}", arguments[0])).is_ok()).count();
    let pollables: Vec<_> = hoard.iter().map(|sock| sock.subscribe(POLLIN).expect("it is open")).collect();
    println!("{bound} {}", pollables.len());
    panic!("it should have waited for ever: {:?}", hoard[0].recv(1));
}
