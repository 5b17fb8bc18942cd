//! Side doors: what would do what a refused call does, under another name.

use wallsocket::select::{POLLIN, poll};
use wallsocket::*;

use crate::check::{Control, denied, number, say};

fn stream() -> Socket {
    socket(AF_INET, SOCK_STREAM, 0).expect("a socket needs no grant")
}

fn dgram() -> Socket {
    socket(AF_INET, SOCK_DGRAM, 0).expect("a socket needs no grant")
}

#[track_caller]
fn os(result: Result<impl std::fmt::Debug>) -> i32 {
    match result {
        Err(Error::Os(errno)) => errno,
        other => panic!("not an error of the system's: {other:?}"),
    }
}

pub(crate) fn listen_without_bind(_: &[String]) {
    say(stream().listen(None));
}

pub(crate) fn listen_without_bind_in_ipv6(arguments: &[String]) {
    let sock = socket(AF_INET6, SOCK_STREAM, 0).expect("a socket");
    sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, number::<i32>(&arguments[0])).expect("it isn't bound yet");
    say(sock.listen(None));
}

pub(crate) fn bind_the_ipv6_wildcard(arguments: &[String]) {
    let kind = if arguments[0] == "tcp" { SOCK_STREAM } else { SOCK_DGRAM };
    let sock = socket(AF_INET6, kind, 0).expect("a socket");
    sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, number::<i32>(&arguments[1])).expect("it isn't bound yet");
    say(sock.bind(("::", 0)));
}

pub(crate) fn fast_open(arguments: &[String]) {
    say(stream().sendto_flags("hello", MSG_FASTOPEN, ("127.0.0.1", number::<u16>(&arguments[0]))));
}

pub(crate) fn autobind(_: &[String]) {
    say(stream().bind(("", 0)));
    say(dgram().bind(("", 0)));
}

/// Bound under a grant for a source address, or by what the kernel would have done itself.
pub(crate) fn listen_where_only_bind_is_granted(arguments: &[String]) {
    let sock = stream();
    sock.bind((arguments[0].as_str(), 0)).expect("binding is granted");
    println!("{}", denied(sock.listen(None)));
}

pub(crate) fn sendto_elsewhere_when_connected(arguments: &[String]) {
    let sock = dgram();
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    sock.send("to whom it is connected").expect("it is connected");
    denied(sock.sendto("to somebody else", ("127.0.0.1", number::<u16>(&arguments[1]))));
    let elsewhere = ("127.0.0.1", number::<u16>(&arguments[1]));
    denied(sock.sendmsg(&[b"by message"], &[], 0, elsewhere));
    let batch = [("and again", ("127.0.0.1", number::<u16>(&arguments[1])))];
    denied(sock.send_datagrams(&batch, 0));
}

/// Each spelling of this machine, as an address and as a host's name; none is granted.
pub(crate) fn other_spellings_of_loopback(arguments: &[String]) {
    let port: u16 = number(&arguments[0]);
    for host in ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0x7f000001", "0.0.0.0", "0"] {
        say(stream().connect((host, port)));
        say(dgram().sendto("hello", (host, port)));
    }
    for host in ["::ffff:127.0.0.1", "::127.0.0.1", "::ffff:7f00:1", "::ffff:0.0.0.0"] {
        say(socket(AF_INET6, SOCK_STREAM, 0).expect("a socket").connect((host, port)));
        say(socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket").sendto("hello", (host, port)));
    }
}

pub(crate) fn spellings_of_ipv6_loopback(arguments: &[String]) {
    let port: u16 = number(&arguments[0]);
    for host in ["::1", "::", "0:0:0:0:0:0:0:1", "::1%7"] {
        say(socket(AF_INET6, SOCK_STREAM, 0).expect("a socket").connect((host, port)));
    }
}

pub(crate) fn broadcast(_: &[String]) {
    let sock = dgram();
    sock.setsockopt(SOL_SOCKET, SO_BROADCAST, 1).expect("switching it on reaches nobody");
    say(sock.sendto("hello", ("127.255.255.255", 9)));
    say(sock.sendto("hello", ("255.255.255.255", 9)));
}

/// IPV6_V6ONLY was part of what a bind was judged by. Dissolving an association frees the port that the kernel chose,
/// and with it the kernel's own lock on the option.
pub(crate) fn widening_to_ipv4_after_bind(arguments: &[String]) {
    for kind in [SOCK_STREAM, SOCK_DGRAM] {
        let sock = socket(AF_INET6, kind, 0).expect("a socket");
        sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1).expect("it isn't bound yet");
        sock.bind(("::", 0)).expect("IPv6 alone is granted");
        sock.connect(("::1", number::<u16>(&arguments[0]))).expect("it is granted");
        sock.connect(Address::Unspecified).expect("an association can be dissolved");
        let widened = sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0);
        assert_eq!(os(widened), errno::EINVAL, "what a bind was judged by stays");
    }
}

/// Sees to it that a socket which may not hear strangers doesn't, whichever way it listens.
fn is_deaf_to_strangers(sock: &Socket, control: &Control) {
    let port = sock.getsockname().expect("its name").port().expect("a port");
    sock.settimeout(0.0).expect("it can be non-blocking");
    let mut both = poll();
    both.register(sock, POLLIN).expect("it is open");
    let pollable = sock.subscribe(POLLIN).expect("a pollable");
    let silent: [(&str, &dyn Fn()); 9] = [
        ("recv", &|| assert_eq!(os(sock.recv(100)), errno::EAGAIN, "recv must not hear a stranger")),
        ("recvfrom", &|| assert_eq!(os(sock.recvfrom(100)), errno::EAGAIN, "recvfrom must not hear a stranger")),
        ("MSG_PEEK", &|| assert_eq!(os(sock.recv_flags(100, MSG_PEEK)), errno::EAGAIN, "nor may a peek")),
        ("recvmsg", &|| assert_eq!(os(sock.recvmsg(100, 100, 0)), errno::EAGAIN, "nor may recvmsg")),
        ("its peek", &|| assert_eq!(os(sock.recvmsg(100, 100, MSG_PEEK)), errno::EAGAIN, "nor may its peek")),
        ("batch", &|| assert_eq!(os(sock.receive_datagrams(9, 100, 0)), errno::EAGAIN, "nor a batch")),
        ("poll", &|| assert!(both.poll(0).expect("it is open").is_empty(), "poll must not tell of a stranger")),
        ("pollable", &|| assert!(!pollable.ready(), "a pollable must not tell of a stranger")),
        ("FIONREAD", &|| assert_eq!(sock.bytes_readable().expect("it is open"), 0, "nor may FIONREAD count it")),
    ];
    for (way, check) in silent {
        assert_eq!(control.tell(format!("strangers {port}")), "sent", "{way}");
        check();
    }
    // What it may hear comes through the same queue, behind strangers.
    control.tell(format!("strangers {port}"));
    control.tell(format!("peer {port}"));
    assert!(pollable.ready(), "what may be heard is told of");
    assert_eq!(both.poll(0).expect("it is open").len(), 1, "what may be heard is told of");
    assert_eq!(sock.bytes_readable().expect("it is open"), 5, "what may be heard counts");
    assert_eq!(sock.recv(100).expect("it may be heard"), b"asked");
}

pub(crate) fn strangers_are_not_heard(arguments: &[String]) {
    let sock = dgram();
    sock.bind(("", 0)).expect("the kernel would do as much");
    is_deaf_to_strangers(&sock, &Control::new(&arguments[0]));
}

pub(crate) fn what_was_queued_before_connect_is_not_heard(arguments: &[String]) {
    let (sock, control) = (dgram(), Control::new(&arguments[0]));
    sock.bind(("", 0)).expect("the kernel would do as much");
    let port = sock.getsockname().expect("its name").port().expect("a port");
    control.tell(format!("strangers {port}"));
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    sock.settimeout(0.0).expect("it can be non-blocking");
    assert_eq!(os(sock.recv(100)), errno::EAGAIN, "what was queued before is a stranger's still");
    control.tell(format!("peer {port}"));
    assert_eq!(sock.recv(100).expect("it may be heard"), b"asked");
}

pub(crate) fn restricting_closes_ears(arguments: &[String]) {
    let (sock, control) = (dgram(), Control::new(&arguments[0]));
    sock.bind(("127.0.0.1", 0)).expect("it is granted");
    let port = sock.getsockname().expect("its name").port().expect("a port");
    let pollable = sock.subscribe(POLLIN).expect("a pollable");
    control.tell(format!("strangers {port}"));
    let (heard, stranger) = sock.recvfrom(100).expect("under a bind grant everybody is heard");
    assert_eq!(heard, b"unasked");
    sock.sendto("answer", stranger.clone()).expect("whom it heard it may answer");
    assert!(pollable.ready(), "there were more of them");

    permissions::restrict(&[format!("udp send 127.0.0.1:{}", arguments[0])]).expect("a guest can give things up");
    assert!(!pollable.ready(), "giving a grant up holds for what was made before, too");
    denied(sock.sendto("answer", stranger));
    is_deaf_to_strangers(&sock, &control);
    denied(dgram().bind(("127.0.0.1", 0)));
}

/// The same for one socket, of which there is a second handle that the host knows of only by the kernel.
pub(crate) fn restricting_a_socket_closes_its_ears(arguments: &[String]) {
    let (sock, control) = (dgram(), Control::new(&arguments[0]));
    sock.bind(("127.0.0.1", 0)).expect("it is granted");
    let port = sock.getsockname().expect("its name").port().expect("a port");
    let alias = fromshare(&sock.share(&self_id()).expect("a token")).expect("it is for this guest");
    let pollable = alias.subscribe(POLLIN).expect("a pollable");
    control.tell(format!("strangers {port}"));
    let (heard, stranger) = alias.recvfrom(100).expect("under a bind grant everybody is heard");
    assert_eq!(heard, b"unasked");
    alias.sendto("answer", stranger.clone()).expect("whom it heard it may answer");
    assert!(pollable.ready(), "there were more of them");

    sock.restrict(&[format!("udp send 127.0.0.1:{}", arguments[0])]).expect("a socket can be restricted");
    assert!(!pollable.ready(), "it holds for what was made before, too");
    denied(alias.sendto("answer", stranger));
    is_deaf_to_strangers(&alias, &control);
    is_deaf_to_strangers(&sock, &control);
    let other = dgram();
    other.bind(("127.0.0.1", 0)).expect("another socket is not restricted");
    // Restricted to an address that it has, it goes on hearing everybody.
    other.restrict(&[format!("udp bind 127.0.0.1:{}", 0)]).expect("a socket can be restricted");
    let port = other.getsockname().expect("its name").port().expect("a port");
    control.tell(format!("strangers {port}"));
    let (_, stranger) = other.recvfrom(100).expect("its bind grant is kept");
    other.sendto("answer", stranger).expect("whom it heard it may answer");
}

pub(crate) fn restricting_is_for_good(arguments: &[String]) {
    let port: u16 = number(&arguments[0]);
    let kept = stream();
    kept.connect(("127.0.0.1", port)).expect("it is granted");
    permissions::restrict::<&str>(&[]).expect("a guest can give everything up");
    denied(stream().connect(("127.0.0.1", port)));
    permissions::restrict(&[format!("tcp connect 127.0.0.1:{port}")]).expect("a second restriction is one more");
    assert_eq!(denied(stream().connect(("127.0.0.1", port))), "", "no line brings back what was given up");
    kept.sendall("still connected").expect("what is connected stays so");
}

/// A bind grant for one address doesn't go with the socket to another.
pub(crate) fn binding_anew_is_judged_anew(arguments: &[String]) {
    let (sock, control) = (dgram(), Control::new(&arguments[0]));
    sock.bind(("127.0.0.1", 0)).expect("it is granted");
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    sock.connect(Address::Unspecified).expect("an association can be dissolved");
    sock.bind(("", 0)).expect("the kernel would do as much");
    is_deaf_to_strangers(&sock, &control);
}

pub(crate) fn a_flood_lets_others_run(arguments: &[String]) {
    let (sock, control) = (dgram(), Control::new(&arguments[0]));
    sock.bind(("", 0)).expect("the kernel would do as much");
    let port = sock.getsockname().expect("its name").port().expect("a port");
    control.tell(format!("flood {port}"));
    control.tell(format!("peer {port}"));
    sock.settimeout(0.0).expect("it can be non-blocking");
    let mut turns = 0;
    let heard = loop {
        match sock.recv(100) {
            Ok(heard) => break heard,
            Err(error) => assert!(error.would_block(), "{error}"),
        }
        turns += 1;
        assert!(turns < 100, "the peer must be heard at last");
    };
    assert_eq!(heard, b"asked");
    assert_eq!(turns, 3, "200 strangers are three turns of 64 and a rest");
}

/// Multicast of a group that somebody else of this machine has joined.
pub(crate) fn others_groups_are_not_heard(arguments: &[String]) {
    let (sock, control) = (dgram(), Control::new(&arguments[0]));
    sock.bind(("0.0.0.0", 0)).expect("it is granted");
    let port = sock.getsockname().expect("its name").port().expect("a port");
    control.tell(format!("group {port}"));
    control.tell(format!("peer {port}"));
    assert_eq!(sock.recv(100).expect("it may hear everybody"), b"asked", "a group that it hasn't joined isn't for it");
    // Made to hear them all, by its grant.
    if sock.setsockopt(IPPROTO_IP, IP_MULTICAST_ALL, 1).is_ok() {
        control.tell(format!("group {port}"));
        assert_ne!(sock.recv(100).expect("what others have joined"), b"asked");
        println!("heard");
    }
}

/// A pending error belongs to the next send or receive, and not to whoever asks how much there is.
pub(crate) fn counting_bytes_keeps_a_pending_error(arguments: &[String]) {
    let sock = dgram();
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    sock.send("hello").expect("nobody has said yet that nobody is there");
    let mut one = poll();
    one.register(&sock, POLLIN).expect("it is open");
    assert_eq!(one.poll(None).expect("it is open").len(), 1, "the refusal comes");
    assert_eq!(sock.bytes_readable().expect("an error is no data"), 0);
    sock.settimeout(5.0).expect("it can be timed");
    assert_eq!(os(sock.recv(100)), errno::ECONNREFUSED, "recv is what tells of it");
}
