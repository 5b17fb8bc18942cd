//! RDS: on loopback, and over TCP between addresses of this machine.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use wallsocket::messages::IncomingMessage;
use wallsocket::*;

use crate::check::{denied, number, say};
use crate::help::{SOON, fails, name, times_out};

/// What linux/rds.h calls the message that Python knows by a name that no header defines.
const RDS_CMSG_CONG_UPDATE: i32 = 5;

fn rds() -> Socket {
    let sock = socket(AF_RDS, SOCK_SEQPACKET, 0).expect("a line of RDS is held");
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

fn bound(host: &str, port: u16) -> Socket {
    let sock = rds();
    sock.bind((host, port)).expect("it is granted");
    sock
}

fn found<T: std::fmt::Debug>(result: Result<T>) {
    match result {
        Err(Error::Os(_) | Error::Timeout) => println!("open"),
        result => say(result),
    }
}

/// `rds_door ACTION HOST PORT`
pub(crate) fn rds_door(arguments: &[String]) {
    let [action, host, port] = arguments else { panic!("what, and where") };
    let to = (host.as_str(), number::<u16>(port));
    let sock = match socket(AF_RDS, SOCK_SEQPACKET, 0) {
        Ok(sock) => sock,
        refused => return found(refused),
    };
    match action.as_str() {
        "bind" => found(sock.bind(to)),
        "sendto" => found(sock.sendto("x", to)),
        "sendmsg" => found(sock.sendmsg(&[b"x"], &[], 0, to)),
        "connect" => found(sock.connect(to)),
        _ => panic!("{action}?"),
    }
}

pub(crate) fn rds_messages_go_both_ways(_: &[String]) {
    let client = rds();
    assert_eq!(client.getsockname(), Ok(Address::Unspecified), "it has no name");
    fails(client.sendto("x", ("127.0.0.1", 4001)), errno::ENOTCONN, "it has to be bound first");
    client.bind(("127.0.0.1", 0)).expect("a free port");
    let server = bound("127.0.0.1", 4001);
    assert_eq!(client.sendto("question", ("127.0.0.1", 4001)), Ok(8));
    assert_eq!(server.recvfrom_flags(3, MSG_PEEK).expect("it has come").0, b"que");
    let (question, asked) = server.recvfrom(100).expect("it has come");
    assert_eq!((&question[..], &asked), (&b"question"[..], &name(&client)));
    assert_eq!(server.sendto("answer", asked.clone()), Ok(6), "it was heard");
    assert_eq!(client.recvfrom(100), Ok((b"answer".to_vec(), name(&server))));
    // Messages have bounds, and may have no bytes.
    assert_eq!(client.sendto("", ("127.0.0.1", 4001)), Ok(0));
    assert_eq!(server.recvfrom(100), Ok((Vec::new(), asked)));
    client.sendto("12345678", ("127.0.0.1", 4001)).expect("there is room");
    let cut = server.recvmsg(3, 100, 0).expect("it has come");
    assert_eq!((&cut.data[..], cut.msg_flags & MSG_TRUNC, cut.ancdata.len()), (&b"123"[..], MSG_TRUNC, 0));
    let long = vec![7; 100_000];
    assert_eq!(client.sendto(&long, ("127.0.0.1", 4001)), Ok(100_000));
    assert_eq!(server.recv(8 << 20).expect("it comes whole"), long);
    // A peer for what has no address.
    fails(client.getpeername(), errno::ENOTCONN, "it has none");
    client.connect(("127.0.0.1", 4001)).expect("it is granted");
    assert_eq!(client.getpeername(), Ok(name(&server)));
    assert_eq!(client.send("by default"), Ok(10));
    assert_eq!(server.recv(100).expect("it has come"), b"by default");
    denied(client.sendto("x", ("127.0.0.1", 4002)));
    denied(client.connect(("127.0.0.1", 4002)));
    // What it isn't.
    fails(client.listen(None), errno::EOPNOTSUPP, "it takes no connections");
    fails(client.shutdown(SHUT_RDWR), errno::EOPNOTSUPP, "it has none");
    fails(client.bind(("127.0.0.1", 0)), errno::EINVAL, "it is bound");
    fails(rds().bind(("192.0.2.1", 0)), errno::EADDRNOTAVAIL, "it is none of this machine's");
    fails(socketpair(AF_RDS, SOCK_SEQPACKET, 0), errno::EOPNOTSUPP, "it has no pairs");
    times_out(std::time::Duration::from_millis(100), || {
        server.settimeout(0.1)?;
        server.recv(10)
    });
}

pub(crate) fn rds_options(_: &[String]) {
    assert_eq!(PF_RDS, AF_RDS, "one number with two names");
    let sock = bound("127.0.0.1", 0);
    for on in [1, 0] {
        sock.setsockopt(SOL_RDS, RDS_RECVERR, on).expect("on or off");
        assert_eq!(sock.getsockopt(SOL_RDS, RDS_RECVERR), Ok(on));
        sock.setsockopt(SOL_RDS, RDS_CONG_MONITOR, on).expect("on or off");
    }
    fails(sock.getsockopt(SOL_RDS, RDS_CONG_MONITOR), errno::ENOPROTOOPT, "it can't be read");
    let peer = layout::sockaddr_in(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 4001));
    sock.setsockopt(SOL_RDS, RDS_CANCEL_SENT_TO, &peer).expect("nothing is queued");
    fails(sock.setsockopt(SOL_RDS, RDS_CANCEL_SENT_TO, &peer[..15]), errno::EINVAL, "half an address");
    fails(rds().setsockopt(SOL_RDS, RDS_CANCEL_SENT_TO, &peer), errno::ENOTCONN, "it isn't bound");
    // What the host has no row for: the machine's sockets and connections, and by what they go.
    for option in [8, 10_000, 10_004] {
        fails(sock.getsockopt_bytes(SOL_RDS, option, 1024), errno::ENOPROTOOPT, "there is no such option");
        fails(sock.setsockopt(SOL_RDS, option, 2), errno::ENOPROTOOPT, "there is no such option");
    }
}

/// What has addresses of memory in it.
pub(crate) fn rds_takes_no_addresses_of_memory(_: &[String]) {
    let sock = bound("127.0.0.1", 4001);
    let here = sock.getsockname().expect("it is bound");
    for option in [RDS_GET_MR, RDS_FREE_MR, RDS_GET_MR_FOR_DEST] {
        for size in [1, 8, 32, 160] {
            fails(sock.setsockopt(SOL_RDS, option, &vec![0; size]), errno::EOPNOTSUPP, "remote copies are refused");
        }
        fails(sock.getsockopt_bytes(SOL_RDS, option, 100), errno::EOPNOTSUPP, "remote copies are refused");
    }
    // struct rds_rdma_args: a cookie, a remote and a local vector, flags, a token.
    let flags = RDS_RDMA_READWRITE
        | RDS_RDMA_FENCE
        | RDS_RDMA_INVALIDATE
        | RDS_RDMA_USE_ONCE
        | RDS_RDMA_DONTWAIT
        | RDS_RDMA_NOTIFY_ME
        | RDS_RDMA_SILENT;
    let mut arguments = [0; 56];
    arguments[40..44].copy_from_slice(&flags.to_le_bytes());
    for kind in [RDS_CMSG_RDMA_ARGS, RDS_CMSG_RDMA_DEST, RDS_CMSG_RDMA_MAP, RDS_CMSG_RDMA_STATUS, RDS_CMSG_CONG_UPDATE]
    {
        for size in [0, 8, 56] {
            let message = ControlMessage::raw(SOL_RDS, kind, &arguments[..size]);
            fails(sock.sendmsg(&[b"x"], &[message], 0, here.clone()), errno::EINVAL, "remote copies are refused");
        }
    }
    // Memory that the kernel would send from.
    const MSG_ZEROCOPY: i32 = 0x400_0000;
    fails(sock.sendto_flags("x", MSG_ZEROCOPY, here), errno::EOPNOTSUPP, "the host lends no memory");
}

/// Prints its port, and then whatever it hears until it is told to end.
pub(crate) fn rds_hears(arguments: &[String]) {
    let sock = rds();
    sock.bind(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    if let [_, kept] = arguments {
        permissions::restrict(&[kept]).expect("a line");
    }
    println!("{}", name(&sock).port().expect("it is bound"));
    let (ready, _, _) = select::select(&[&sock], &[], &[], SOON.as_secs_f64()).expect("it can be asked");
    assert_eq!(ready.len(), 1, "it hears somebody");
    println!("{}", String::from_utf8(sock.recvfrom(100).expect("it comes").0).expect("in words"));
}

/// Over TCP there is congestion: the other machine doesn't read before it is told.
pub(crate) fn rds_over_tcp(arguments: &[String]) {
    let client = bound("10.99.0.1", number(&arguments[0]));
    assert_eq!(client.sendto("over TCP", ("10.99.0.2", 4000)), Ok(8));
    let (data, from) = client.recvfrom(100).expect("it comes");
    assert_eq!((&data[..], &from), (&b"and back"[..], &Address::from(SocketAddr::from(([10, 99, 0, 2], 4000)))));
    client.setsockopt(SOL_RDS, RDS_CONG_MONITOR, 1).expect("an option");
    client.setblocking(false).expect("it can be");
    let full = loop {
        match client.sendto([7; 4096], ("10.99.0.2", 4000)) {
            Ok(_) => {}
            // Its own queue is full while TCP is at work.
            Err(Error::Os(errno::EAGAIN)) => {
                let _ = select::select(&[], &[&client], &[], SOON.as_secs_f64()).expect("it can be asked");
            }
            other => break other,
        }
    };
    fails(full, errno::ENOBUFS, "the receiver is congested");
    client.settimeout(0.5).expect("it can be timed");
    fails(client.sendto("x", ("10.99.0.2", 4000)), errno::ENOBUFS, "as Python, which doesn't wait for that");
    println!("full");
    // A call that blocks does.
    client.setblocking(true).expect("it can be");
    assert_eq!(client.sendto("last", ("10.99.0.2", 4000)), Ok(4));
    // And there is a message without data and sender, which tells whom one can send to again.
    client.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    // Asked whether something is there, the host looks at it, where not everybody is heard: it isn't lost.
    let (ready, _, _) = select::select(&[&client], &[], &[], SOON.as_secs_f64()).expect("it can be asked");
    assert_eq!(ready.len(), 1);
    let told = client.recvmsg(100, 100, 0).expect("it comes");
    assert_eq!((told.data.len(), &told.address), (0, &Address::Unspecified));
    let [ReceivedMessage::Message(IncomingMessage::Rds((RDS_CMSG_CONG_UPDATE, ports)))] = &told.ancdata[..] else {
        panic!("{:?} isn't what tells it", told.ancdata);
    };
    assert_eq!(ports[..], (1u64 << (4000 % 64)).to_le_bytes(), "a bit for the port, among 64");
}
