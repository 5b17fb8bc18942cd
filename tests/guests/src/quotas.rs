//! Guests that go over their limits, and go on once they may again. The last argument says whether there is a limit: the
//! same program passes without.

use std::time::{Duration, Instant};

use wallsocket::errno::{EAGAIN, EINVAL, ENOBUFS};
use wallsocket::select::{POLLIN, poll};
use wallsocket::*;

use crate::check::{Control, denied, number};
use crate::help::{connected, datagrams, fails, listener, name, receive};

/// How long a limit of these tests lasts at most, and far more than that.
const PATIENCE: Duration = Duration::from_secs(30);
/// Room for a TTL: CMSG_LEN(4), to the next multiple of 8.
const TTL_SIZE: usize = 24;

/// Two sockets that are connected, of the kind that the call is for.
fn pair(call: &str) -> (Socket, Socket) {
    match call {
        "inherited" => (fromfd(3).expect("it was handed over"), fromfd(4).expect("it was handed over")),
        "recv_bulk" => connected(),
        "sendto" | "send_datagrams" | "recvfrom" | "receive_datagrams" => {
            let (one, other) = (datagrams(), datagrams());
            one.connect(name(&other)).expect("it is granted");
            (one, other)
        }
        _ => socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair needs no grant"),
    }
}

/// Whether the test set a limit.
fn is_limited(arguments: &[String]) -> bool {
    arguments.last().is_some_and(|last| last == "limited")
}

/// Makes a call that is over a limit, which says so by that error, and again until it may.
#[track_caller]
fn is_over<T: std::fmt::Debug>(is_limited: bool, error: &Error, mut call: impl FnMut() -> Result<T>) -> T {
    let began = Instant::now();
    let first = call();
    if !is_limited {
        return first.expect("there is no limit");
    }
    assert_eq!(first.as_ref().err(), Some(error), "the second is over the limit: {first:?}");
    assert!(began.elapsed() < Duration::from_secs(1), "it says so at once");
    loop {
        poll().poll(20).expect("no sockets are a way to wait");
        match call() {
            Err(again) if again == *error => assert!(began.elapsed() < PATIENCE, "it may again after a while"),
            done => return done.expect("it may again"),
        }
    }
}

/// Sends a message, and another that is over the limit at first.
pub(crate) fn send_twice(arguments: &[String]) {
    let (call, size): (_, usize) = (arguments[0].as_str(), number(&arguments[1]));
    let (one, other) = pair(call);
    let data = vec![7; size];
    let to = name(&other);
    let send = || match call {
        "send" | "inherited" => one.send(&data),
        "sendall" => one.sendall(&data).map(|()| size),
        "sendto" => one.sendto(&data, &to),
        "sendmsg" => one.sendmsg(&[&data], &[], 0, Address::Unspecified),
        "send_datagrams" => one
            .send_datagrams(&[(&data[..size / 2], to.clone()), (&data[size / 2..], to.clone())], 0)
            .map(|sent| sent * size / 2),
        other => unreachable!("no call is named {other}"),
    };
    assert_eq!(send(), Ok(size), "the first goes whole");
    assert_eq!(is_over(is_limited(arguments), &Error::Os(EAGAIN), send), size, "and so does the second");
    let mut came = 0;
    while came < 2 * size {
        came += other.recv(size).expect("it was sent").len();
    }
    other.setblocking(false).expect("a mode");
    fails(other.recv(size), EAGAIN, "what wasn't sent was not half sent");
}

/// Receives a message, and another that is over the limit at first.
pub(crate) fn receive_twice(arguments: &[String]) {
    let (call, size): (_, usize) = (arguments[0].as_str(), number(&arguments[1]));
    let (one, other) = pair(call);
    for byte in [1, 2] {
        one.sendall(vec![byte; size]).expect("the other has room for it");
    }
    // All of it has to be there, for a receive to be whole.
    let (mut there, all) = (0, if matches!(call, "recvfrom" | "receive_datagrams") { size } else { 2 * size });
    while there < all {
        there = other.recv_flags(2 * size, MSG_PEEK).expect("it was sent").len();
    }
    let get = || match call {
        "recv" | "recv_bulk" | "inherited" => other.recv(size),
        "recvfrom" => other.recvfrom(size).map(|(data, _)| data),
        "recvmsg" => other.recvmsg(size, 0, 0).map(|message| message.data),
        "receive_datagrams" => {
            other.receive_datagrams(1, size, 0).map(|all| all.iter().flat_map(|one| one.0.to_vec()).collect())
        }
        other => unreachable!("no call is named {other}"),
    };
    assert_eq!(get(), Ok(vec![1; size]), "the first comes whole");
    let mut is_readable = false;
    let second = is_over(is_limited(arguments), &Error::Os(EAGAIN), || {
        let mut waiting = poll();
        waiting.register(&other, POLLIN).expect("it is open");
        is_readable = !waiting.poll(0).expect("it only looks").is_empty();
        get()
    });
    assert!(is_readable, "what a limit holds back is there");
    assert_eq!(second, vec![2; size], "and so does the second: it was left where it was");
}

/// Sends a file, of which a call sends what is left of the limit.
pub(crate) fn send_a_file_bit_by_bit(arguments: &[String]) {
    std::fs::write("/file", vec![7; 300]).expect("the directory is there to write to");
    let (one, other) = pair("sendfile");
    let mut file = File::open("/file").expect("it is there");
    let first = one.sendfile(&mut file, 0, None);
    if is_limited(arguments) {
        assert_eq!((first, file.tell()), (Err(Error::Os(EAGAIN)), 200), "as much as may go, and the position tells it");
        fails(one.sendfile(&mut file, 200, None), EAGAIN, "nothing is left");
        assert_eq!(receive(&other, 200), [7; 200]);
        one.close().expect("it is open");
        assert_eq!(other.recv(1), Ok(vec![]), "and no more than that went");
    } else {
        assert_eq!(first, Ok(300));
    }
}

/// Connects twice, and accepts both.
pub(crate) fn connect_twice(arguments: &[String]) {
    let server = listener();
    let connect = || {
        let sock = socket(AF_INET, SOCK_STREAM, 0)?;
        sock.connect(name(&server)).map(|()| sock)
    };
    let one = connect().expect("the first may");
    let other = is_over(is_limited(arguments), &Error::Os(ENOBUFS), connect);
    for client in [one, other] {
        let (accepted, address) = server.accept().expect("it is connected");
        assert_eq!(address, name(&client));
        accepted.sendall("x").expect("it is connected");
    }
    let (one, other) = (datagrams(), datagrams());
    for _ in 0..5 {
        one.connect(name(&other)).expect("to connect datagrams is to remember where they go");
    }
}

/// Accepts two connections.
pub(crate) fn accept_twice(arguments: &[String]) {
    let server = listener();
    let clients = [(); 2].map(|()| {
        let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
        sock.connect(name(&server)).expect("it is granted");
        sock
    });
    let (_, first) = server.accept().expect("the first may");
    let (_, second) = is_over(is_limited(arguments), &Error::Os(EAGAIN), || server.accept());
    assert_eq!([first, second], clients.map(|client| name(&client)), "who waited is there still");
}

/// Looks a name up twice.
pub(crate) fn look_up_twice(arguments: &[String]) {
    let look_up = || gethostbyname("localhost");
    let first = look_up().expect("the first may");
    for _ in 0..5 {
        assert!(gethostbyname("127.0.0.1").is_ok(), "a number needs no resolver");
    }
    assert_eq!(is_over(is_limited(arguments), &Error::GaiError(EAI_AGAIN), look_up), first);
}

/// Has buffers that are as large as they may be.
pub(crate) fn fill_the_buffers(arguments: &[String]) {
    let new = || socket(AF_INET, SOCK_STREAM, 0);
    let server = listener();
    if !is_limited(arguments) {
        let other = new().expect("there is no limit");
        other.setsockopt(SOL_SOCKET, SO_RCVBUF, 5000).expect("there is no limit");
        return other.connect(name(&server)).expect("it is granted");
    }
    fails(new(), ENOBUFS, "the first has it all");
    fails(socketpair(AF_UNIX, SOCK_STREAM, 0), ENOBUFS, "a pair is two more");
    fails(server.setsockopt(SOL_SOCKET, SO_RCVBUF, 5000), ENOBUFS, "nor may a buffer be set");
    fails(server.accept(), ENOBUFS, "nor a connection accepted");
    assert!(server.dup().is_ok(), "a duplicate has no buffers of its own");
    server.close().expect("it is open");
    new().expect("what was closed makes room");
}

/// Receives and sends more at once than it may.
pub(crate) fn be_greedy(arguments: &[String]) {
    let (one, other) = pair("recv");
    one.sendall([7; 50]).expect("it has room");
    assert_eq!(other.recv(50).expect("it is there").len(), if is_limited(arguments) { 10 } else { 50 });
    let (one, other) = pair("recvfrom");
    one.setsockopt(IPPROTO_IP, IP_RECVTTL, 1).expect("anybody may");
    other.setsockopt(IPPROTO_IP, IP_RECVTTL, 1).expect("anybody may");
    let ttl = [ControlMessage::raw(IPPROTO_IP, IP_TTL, 9i32.to_le_bytes())];
    let sent = one.sendmsg(&[b"x"], &ttl, 0, Address::Unspecified);
    if is_limited(arguments) {
        fails(sent, ENOBUFS, "there is no room for control messages");
        one.send("x").expect("without one it goes");
    } else {
        assert_eq!(sent, Ok(1));
    }
    let message = other.recvmsg(10, TTL_SIZE, 0).expect("it was sent");
    assert_eq!(message.data, b"x", "what was refused was not sent");
    assert_eq!(message.msg_flags & MSG_CTRUNC != 0, is_limited(arguments), "what there is no room for is told");
    let mut waiting = poll();
    waiting.register(&one, POLLIN).expect("it is open");
    waiting.register(&other, POLLIN).expect("it is open");
    match waiting.poll(0) {
        Err(error) => assert_eq!((error, is_limited(arguments)), (Error::Os(EINVAL), true), "two are too many"),
        Ok(none) => assert_eq!((none.len(), is_limited(arguments)), (0, false)),
    }
}

/// Does a little of everything, which the test finds in the numbers.
pub(crate) fn do_a_little_of_everything(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    control.tell("12345");
    let (one, other) = connected();
    one.sendall([7; 100]).expect("it has room");
    assert_eq!(receive(&other, 100).len(), 100);
    other.recv_flags(10, MSG_DONTWAIT).expect_err("nothing is there");
    let (left, right) = pair("send");
    let sent = send_fds(&left, &[b"x"], &[Right::Socket(&one), Right::Socket(&other)]);
    assert_eq!(sent, Ok(1));
    let (data, rights, _, _) = recv_fds(&right, 10, 2).expect("they come");
    assert_eq!((data.len(), rights.len()), (1, 2));
    gethostbyname("localhost").expect("it is granted");
    denied(one.setsockopt(SOL_SOCKET, SO_MARK, 1));
    denied(datagrams().sendto("x", ("127.0.0.2", 9)));
    let mut hoard = Vec::new();
    while let Ok(pair) = socketpair(AF_UNIX, SOCK_STREAM, 0) {
        hoard.push(pair);
    }
}
