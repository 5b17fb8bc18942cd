//! What options do between sockets of one machine.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use wallsocket::errno::{EADDRINUSE, EAGAIN, ENOPROTOOPT, EOPNOTSUPP, EPERM};
use wallsocket::*;

use super::{set, tcp};
use crate::check::{Control, number, say};
use crate::help::{connected, fails, listener, name, receive};

/// `udp`, `tcp` or `mptcp`, the option, a port or 0, and a control port: two sockets of the guest share the port, which it says,
/// and holds until the test lets go; or it says why not.
pub(crate) fn share_a_port(arguments: &[String]) {
    let [kind, option, port, control] = arguments else { panic!("four arguments: {arguments:?}") };
    let option = if option == "SO_REUSEPORT" { SO_REUSEPORT } else { SO_REUSEADDR };
    let bound = |port: u16| {
        // Who comes second writes the protocol out: that makes no other of it.
        let (kind, protocol) = match kind.as_str() {
            "udp" => (SOCK_DGRAM, if port == 0 { 0 } else { IPPROTO_UDP }),
            "tcp" => (SOCK_STREAM, if port == 0 { 0 } else { IPPROTO_TCP }),
            _ => (SOCK_STREAM, IPPROTO_MPTCP),
        };
        let sock = socket(AF_INET, kind, protocol).expect("a socket");
        set(&sock, SOL_SOCKET, option, 1);
        sock.bind(("127.0.0.1", port)).map(|()| {
            if kind == SOCK_STREAM {
                sock.listen(None).expect("it is bound");
            }
            assert_eq!(sock.getsockopt(SOL_SOCKET, option), Ok(1), "it is shared");
            sock
        })
    };
    let first = match bound(number(port)) {
        Ok(first) => first,
        refused => {
            fails(refused, EADDRINUSE, "another guest's");
            println!("another guest's");
            return;
        }
    };
    let port = name(&first).port().expect("a port");
    let _second = bound(port).expect("a guest shares with itself");
    println!("{port}");
    Control::new(control).tell("hold");
}

/// A socket that its guest bound for itself is shared later, and no other guest's port can be had by that.
pub(crate) fn share_a_port_late(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    sock.bind(("127.0.0.1", 0)).expect("a free port");
    set(&sock, SOL_SOCKET, SO_REUSEPORT, 1);
    let port = name(&sock).port().expect("a port");
    let other = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    fails(other.bind(("127.0.0.1", port)), EADDRINUSE, "both have to wish for it");
    set(&other, SOL_SOCKET, SO_REUSEPORT, 1);
    other.bind(("127.0.0.1", port)).expect("now both do");
    println!("{port}");
    Control::new(&arguments[0]).tell("hold");
}

/// Python's `create_server(…, reuse_port=True)`, twice.
pub(crate) fn servers_share_a_port(_: &[String]) {
    let options = || ServerOptions { reuse_port: true, ..ServerOptions::default() };
    let first = create_server_with(("127.0.0.1", 0), options());
    if let Ok(first) = &first {
        let second = create_server_with(name(first), options()).expect("the port is shared");
        let client = tcp();
        client.connect(name(first)).expect("one of them listens");
        let (ready, ..) = select::select(&[first, &second], &[], &[], 20).expect("they are open");
        assert_eq!(ready.len(), 1, "one of them has the connection");
    }
    say(first);
}

pub(crate) fn credentials_give_a_name(_: &[String]) {
    let unix = |kind| socket(AF_UNIX, kind, 0).expect("a socket");
    let (one, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    set(&one, SOL_SOCKET, SO_PASSCRED, 1);
    set(&unix(SOCK_DGRAM), SOL_SOCKET, SO_PASSCRED, 0);
    // What connects is named there and then, and of a pair of datagrams each that sends.
    let (datagrams, _other) = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    for sock in [unix(SOCK_STREAM), unix(SOCK_SEQPACKET), unix(SOCK_DGRAM), datagrams] {
        say(sock.setsockopt(SOL_SOCKET, SO_PASSCRED, 1));
    }
}

pub(crate) fn a_receive_waits_for_as_much_as_it_was_told(_: &[String]) {
    const MOST: Duration = Duration::from_millis(300);
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let (client, server) = connected();
    for (from, to) in [(&one, &other), (&client, &server)] {
        set(to, SOL_SOCKET, SO_RCVLOWAT, 10);
        set(to, SOL_SOCKET, SO_RCVTIMEO, &layout::timeval(MOST));
        from.sendall("four").expect("room");
        let start = Instant::now();
        assert_eq!(to.recv(100), Ok(b"four".to_vec()), "what came until the time was over");
        assert!(start.elapsed() >= MOST, "it waited for ten bytes: {:?}", start.elapsed());
        from.sendall("four").expect("room");
        let start = Instant::now();
        let received = to.recvmsg(100, 0, 0).map(|received| received.data);
        assert_eq!(received, Ok(b"four".to_vec()), "nor is it otherwise with recvmsg");
        assert!(start.elapsed() >= MOST, "it waited for ten bytes: {:?}", start.elapsed());
        from.sendall("ten bytes and more").expect("room");
        set(to, SOL_SOCKET, SO_RCVTIMEO, &[0; 16]);
        assert_eq!(receive(to, 18), b"ten bytes and more");
        from.sendall("five!").expect("room");
        assert_eq!(to.recv(5), Ok(b"five!".to_vec()), "it waits for no more than it takes");
    }
    client.sendall("four").expect("room");
    let readable = |timeout: f64| !select::select(&[&server], &[], &[], timeout).expect("it is open").0.is_empty();
    assert!(!readable(0.0), "nor is a stream readable with less, tcp(7)");
    client.sendall("and more").expect("room");
    assert!(readable(20.0), "with ten it is");
}

pub(crate) fn closing_without_time_to_linger_resets(_: &[String]) {
    let (client, server) = connected();
    client.sendall("never read").expect("room");
    set(&client, SOL_SOCKET, SO_LINGER, &layout::linger(true, 0));
    client.close().expect("at once");
    // What had come may still be read, or not; then comes the reset, and no end.
    let ended = std::iter::repeat_with(|| server.recv(100)).find(Result::is_err);
    assert_eq!(ended, Some(Err(Error::Os(errno::ECONNRESET))), "socket(7): the connection is reset");
}

pub(crate) fn accepting_waits_for_data(_: &[String]) {
    let listener = listener();
    set(&listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, 20);
    let client = tcp();
    client.connect(name(&listener)).expect("it listens");
    listener.settimeout(0).expect("a mode");
    fails(listener.accept(), EAGAIN, "nothing has been said yet");
    client.sendall("hello").expect("room");
    listener.settimeout(20).expect("a mode");
    let (server, _) = listener.accept().expect("something has");
    assert_eq!(receive(&server, 5), b"hello");
}

pub(crate) fn a_port_is_picked_when_it_is_known_what_for(_: &[String]) {
    let (listener, sock) = (listener(), tcp());
    set(&sock, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    sock.bind(("127.0.0.1", 0)).expect("granted");
    assert_eq!(name(&sock).port(), Some(0), "ip(7): none yet");
    sock.connect(name(&listener)).expect("it listens");
    assert_ne!(name(&sock).port(), Some(0), "one by now");
}

pub(crate) fn tcp_tells_of_its_connection(_: &[String]) {
    let listener = listener();
    let client = tcp();
    set(&client, IPPROTO_TCP, TCP_MAXSEG, 500);
    client.connect(name(&listener)).expect("it listens");
    let (server, _) = listener.accept().expect("it waits");
    client.sendall(vec![7; 10_000]).expect("room");
    receive(&server, 10_000);
    server.sendall("thanks").expect("room");
    receive(&client, 6);
    // struct tcp_info of linux/tcp.h.
    let info = |sock: &Socket| sock.getsockopt_bytes(IPPROTO_TCP, TCP_INFO, 1024).expect("a struct tcp_info");
    let (sent, received) = (info(&client), info(&server));
    let int = |info: &[u8], at: usize| u32::from_le_bytes(*info[at..].first_chunk().expect("it is that long"));
    let long = |info: &[u8], at: usize| u64::from_le_bytes(*info[at..].first_chunk().expect("it is that long"));
    assert_eq!((sent[0], received[0]), (1, 1), "TCP_ESTABLISHED");
    assert!(int(&sent, 16) <= 500, "tcpi_snd_mss: segments as long as TCP_MAXSEG has it: {}", int(&sent, 16));
    assert!(int(&sent, 68) > 0, "tcpi_rtt: microseconds");
    assert!(long(&sent, 120) >= 10_000, "tcpi_bytes_acked: {}", long(&sent, 120));
    assert!(long(&received, 128) >= 10_000, "tcpi_bytes_received: {}", long(&received, 128));
    assert!(int(&sent, 136) >= 20, "tcpi_segs_out: 500 bytes at a time, {}", int(&sent, 136));
}

pub(crate) fn a_key_is_needed_where_one_was_set(_: &[String]) {
    let signed = |sock: &Socket, key: &str| {
        sock.setsockopt(IPPROTO_TCP, TCP_MD5SIG, &layout::tcp_md5sig(Ipv4Addr::LOCALHOST.into(), key.as_bytes()))
    };
    let listener = listener();
    match signed(&listener, "secret") {
        Err(Error::Os(ENOPROTOOPT | EOPNOTSUPP | EPERM)) => {
            println!("skipped: this kernel signs no segments (CONFIG_TCP_MD5SIG)");
            return;
        }
        set => set.expect("a key"),
    }
    let stranger = tcp();
    stranger.settimeout(0.3).expect("a mode");
    assert_eq!(stranger.connect(name(&listener)), Err(Error::Timeout), "who doesn't sign isn't heard");
    let friend = tcp();
    signed(&friend, "secret").expect("a key");
    friend.connect(name(&listener)).expect("signed by the same key");
}

pub(crate) fn what_no_guest_may_have_says_so(_: &[String]) {
    let (tcp, tcp6) = (tcp(), socket(AF_INET6, SOCK_STREAM, 0).expect("a socket"));
    for (sock, level, option, errno) in [
        (&tcp6, IPPROTO_IPV6, IPV6_ADDRFORM, EPERM),
        (&tcp6, IPPROTO_IPV6, IPV6_NEXTHOP, ENOPROTOOPT),
        (&tcp, IPPROTO_IP, IP_XFRM_POLICY, EPERM),
        (&tcp, IPPROTO_TCP, TCP_REPAIR, EPERM),
        (&tcp, IPPROTO_TCP, TCP_ULP, ENOPROTOOPT),
        (&tcp, IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, ENOPROTOOPT),
        (&tcp, SOL_SOCKET, SO_ZEROCOPY, EOPNOTSUPP),
        (&tcp, SOL_SOCKET, SO_RCVBUFFORCE, EPERM),
        (&tcp, SOL_SOCKET, SO_ATTACH_BPF, ENOPROTOOPT),
        (&tcp, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, ENOPROTOOPT),
        (&tcp, SOL_SOCKET, SO_PEERNAME, ENOPROTOOPT),
    ] {
        for value in [OptionValue::Int(AF_INET), OptionValue::Bytes(&[0; 16]), OptionValue::Null(0)] {
            fails(sock.setsockopt(level, option, value), errno, "to set");
        }
        fails(sock.getsockopt(level, option), errno, "to read");
    }
    assert_eq!(tcp6.getsockopt(SOL_SOCKET, SO_DOMAIN), Ok(AF_INET6), "it is what it was");
}
