//! Guests that wait in a call for what never comes: each kind of call that can.

use wallsocket::select::{POLLIN, poll, select};
use wallsocket::*;

use crate::check::Control;
use crate::help::{argument, connected, datagrams, listener, name};

/// Sends until the socket takes no more: of a Unix socket not even a byte, while TCP may find room again.
fn full(sock: Socket) -> Socket {
    sock.settimeout(0.0).expect("it can be non-blocking");
    while sock.send([7; 4096]).is_ok() {}
    sock.settimeout(None).expect("it can be blocking");
    sock
}

/// Connects to where nobody accepts until the queue there is full; the last one waits.
fn connect_in_line(family: i32, address: &Address) -> Result<()> {
    let mut line = Vec::new();
    for _ in 0..8 {
        let sock = socket(family, SOCK_STREAM, 0)?;
        sock.settimeout(0.0)?;
        // TCP's begins, and is left without an answer; of a Unix socket it is EAGAIN.
        let _ = sock.connect(address);
        line.push(sock);
    }
    let sock = socket(family, SOCK_STREAM, 0)?;
    waits(|| sock.connect(address))
}

/// Says that it is about to wait, and does.
fn waits<T>(call: impl FnOnce() -> Result<T>) -> Result<()> {
    println!("blocks");
    call().map(drop)
}

/// Says `blocks`, and then waits in the call that the first argument names. Whatever it has made stays open meanwhile.
pub(crate) fn blocked(arguments: &[String]) {
    let (client, server) = connected();
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let (message, _deaf) = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    let udp = datagrams();
    let call = arguments[0].as_str();
    let ended = match call {
        "accept" => {
            let listener = listener();
            waits(|| listener.accept())
        }
        "connect" => {
            let listener = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
            listener.bind(("127.0.0.1", 0)).expect("a free port");
            listener.listen(0).expect("it is bound");
            connect_in_line(AF_INET, &name(&listener))
        }
        "connect to a path" => {
            let path: String = argument(arguments, 1);
            let listener = socket(AF_UNIX, SOCK_STREAM, 0).expect("a socket");
            listener.bind(path.as_str()).expect("it is granted");
            listener.listen(0).expect("it is bound");
            connect_in_line(AF_UNIX, &name(&listener))
        }
        "recv" => waits(|| client.recv(1)),
        "recv with MSG_WAITALL" => {
            server.send("some").expect("room");
            waits(|| client.recv_flags(100, MSG_WAITALL))
        }
        "recv_into" => waits(|| client.recv_into(&mut [0])),
        "recvfrom" => waits(|| udp.recvfrom(1)),
        "recvmsg" => waits(|| udp.recvmsg(1, 100, 0)),
        "recvmsg that may bring descriptors" => waits(|| one.recvmsg(1, 100, 0)),
        "recvmsg_into" => waits(|| client.recvmsg_into(&mut [&mut [0]], 0, 0)),
        "receive_datagrams" => waits(|| udp.receive_datagrams(10, 100, 0)),
        "send" => {
            let other = full(other);
            waits(|| other.send([7; 4096]))
        }
        "sendall" => waits(|| client.sendall(vec![7; 15 << 20])),
        "sendall over a Unix socket" => waits(|| other.sendall(vec![7; 15 << 20])),
        "sendmsg" => {
            let other = full(other);
            waits(|| other.sendmsg(&[b"hello"], &[], 0, Address::Unspecified))
        }
        "sendmsg with a descriptor" => {
            let other = full(other);
            waits(|| send_fds(&other, &[b"x"], &[Right::Socket(&udp)]))
        }
        "send of a message" => {
            let message = full(message);
            waits(|| message.send("hello"))
        }
        "send_datagrams" => {
            let message = full(message);
            waits(|| message.send_datagrams(&[("hello", Address::Unspecified), ("you", Address::Unspecified)], 0))
        }
        "sendfile" => {
            std::fs::write("/large", vec![7; 16 << 20]).expect("the directory is there to write to");
            waits(|| client.sendfile("/large", 0, None))
        }
        "poll" => {
            let mut all = poll();
            for sock in [&client, &one, &udp] {
                all.register(sock, POLLIN).expect("it is open");
            }
            waits(|| all.poll(None))
        }
        "select" => waits(|| select(&[&client, &one, &udp], &[], &[], None)),
        "a pollable's block" => {
            let pollable = client.subscribe(POLLIN).expect("a pollable");
            waits(|| {
                pollable.block();
                Ok(())
            })
        }
        "close with SO_LINGER" => {
            let client = full(client);
            client.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, 3600)).expect("anybody may linger");
            waits(|| client.close())
        }
        "accept of a listener that others hold" => {
            let listener = fromfd(3).expect("it was handed over");
            waits(|| listener.accept())
        }
        "connect of a socket that others hold" => {
            let sock = fromfd(3).expect("it was handed over");
            waits(|| sock.connect(arguments[1].as_str()))
        }
        "getaddrinfo" => waits(|| getaddrinfo("hanging.test", 80)),
        "gethostbyname" => waits(|| gethostbyname("hanging.test")),
        "gethostbyaddr" => waits(|| gethostbyaddr("192.0.2.7")),
        "getnameinfo" => waits(|| getnameinfo(("192.0.2.7", 80), 0)),
        "connect to a name" => {
            let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
            waits(|| sock.connect(("hanging.test", 80)))
        }
        _ => unreachable!("the test names one of these: {call}"),
    };
    panic!("it should have waited for ever in {call}: {ended:?}");
}

/// The same on families that few kernels have.
pub(crate) fn blocked_in_a_family(arguments: &[String]) {
    let call = arguments[0].as_str();
    let made = |family, kind, protocol| socket(family, kind, protocol).expect("its line is held");
    let granted = "it is granted";
    let can = |kind, protocol, address: &dyn Fn(&Socket) -> Result<()>| {
        let sock = made(AF_CAN, kind, protocol);
        address(&sock).expect(granted);
        waits(|| sock.recv(16))
    };
    let tipc = |kind| {
        let sock = made(AF_TIPC, kind, 0);
        sock.bind((TIPC_ADDR_NAMESEQ, 18888, 1, 1, TIPC_NODE_SCOPE)).expect(granted);
        sock
    };
    let ended = match call {
        "recv of CAN_RAW" => can(SOCK_RAW, CAN_RAW, &|sock| sock.bind(("vcan0",))),
        "recv of CAN_BCM" => can(SOCK_DGRAM, CAN_BCM, &|sock| sock.connect(("vcan0",))),
        "recv of CAN_ISOTP" => can(SOCK_DGRAM, CAN_ISOTP, &|sock| sock.bind(("vcan0", 0x123, 0x321))),
        "recv of CAN_J1939" => {
            can(SOCK_DGRAM, CAN_J1939, &|sock| sock.bind(("vcan0", J1939_NO_NAME, J1939_NO_PGN, 0x20)))
        }
        "recv of AF_ALG" => {
            let algorithm = made(AF_ALG, SOCK_SEQPACKET, 0);
            algorithm.bind(("skcipher", "cbc(aes)")).expect(granted);
            algorithm.setsockopt(SOL_ALG, ALG_SET_KEY, &[7; 16]).expect("a key");
            let (operation, _) = algorithm.accept().expect("each takes as many as one likes");
            waits(|| operation.recv(16))
        }
        "recv of AF_TIPC" => waits(|| tipc(SOCK_RDM).recv(16)),
        "accept of AF_TIPC" => {
            let listener = tipc(SOCK_STREAM);
            listener.listen(None).expect(granted);
            waits(|| listener.accept())
        }
        "recv of AF_RDS" => {
            let sock = made(AF_RDS, SOCK_SEQPACKET, 0);
            sock.bind(("127.0.0.1", 4000)).expect(granted);
            waits(|| sock.recv(16))
        }
        "accept of AF_VSOCK" => {
            let listener = made(AF_VSOCK, SOCK_STREAM, 0);
            listener.bind((VMADDR_CID_LOCAL, 5005)).expect(granted);
            listener.listen(None).expect(granted);
            waits(|| listener.accept())
        }
        "accept of SCTP" => {
            let listener = made(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
            listener.bind(("127.0.0.1", 0)).expect(granted);
            listener.listen(None).expect(granted);
            waits(|| listener.accept())
        }
        _ => unreachable!("the test names one of these: {call}"),
    };
    panic!("it should have waited for ever in {call}: {ended:?}");
}

/// Waits for one byte, and then counts for ever.
pub(crate) fn wait_and_compute(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", argument::<u16>(arguments, 0))).expect("it is granted");
    println!("blocks");
    assert_eq!(sock.recv(1).expect("it comes").len(), 1);
    let mut number = 0_u64;
    while std::hint::black_box(number) < u64::MAX {
        number += 1;
    }
}

/// Tells the test something again and again, as often as it answers.
pub(crate) fn talk_until_told(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    while control.tell("still here") == "go on" {}
}

/// Looks up, eight times, a name whose server never answers, and gives up on each; then tells the test, and waits.
pub(crate) fn hang_eight_lookups(arguments: &[String]) {
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.settimeout(0.05).expect("it can be timed");
    for look_up in 0..8 {
        let ended = sock.connect((format!("{look_up}.hanging.test").as_str(), 80));
        assert_eq!(ended, Err(Error::Timeout), "look-up {look_up} waits for an answer");
    }
    assert_eq!(sock.connect(("ninth.hanging.test", 80)), Err(Error::GaiError(EAI_AGAIN)), "eight are its quota");
    println!("hang");
    let control = Control::new(&arguments[0]);
    while control.tell("still here") == "go on" {}
}

/// Looks up a name that has no address, which its server says at once.
pub(crate) fn look_up_what_is_answered(arguments: &[String]) {
    let ended = getaddrinfo(arguments[0].as_str(), 80).map(drop);
    assert_eq!(ended, Err(Error::GaiError(EAI_NONAME)), "it was answered");
}
