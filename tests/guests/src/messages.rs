//! Messages: data of many buffers, with control messages beside it.

use wallsocket::errno::{EAGAIN, EDESTADDRREQ, EINVAL, EMSGSIZE, ENOTCONN, EOPNOTSUPP};
use wallsocket::messages::OutgoingMessage;
use wallsocket::{
    AF_INET, AF_UNIX, Address, CMSG_LEN, ControlMessage, IP_TOS, IP_TTL, IPPROTO_IP, MSG_CMSG_CLOEXEC, MSG_DONTWAIT,
    MSG_EOR, MSG_PEEK, MSG_TRUNC, MSG_WAITALL, SCM_CREDENTIALS, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, SOL_SOCKET,
    Socket, socket, socketpair,
};

use crate::help::{datagrams, fails, name};

const NOBODY: Address = Address::Unspecified;

fn pair(kind: i32) -> (Socket, Socket) {
    socketpair(AF_UNIX, kind, 0).expect("a pair needs no grant")
}

pub(crate) fn messages_are_gathered_and_scattered(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    assert_eq!(one.sendmsg(&[b"ab", b"", b"cde"], &[], 0, NOBODY), Ok(5));
    let (mut first, mut rest) = ([0; 2], [0; 9]);
    let message = other.recvmsg_into(&mut [&mut first, &mut [], &mut rest], 0, 0).expect("it came");
    assert_eq!((first, &rest[..3], message.data.len()), (*b"ab", &b"cde"[..], 5));
    assert_eq!((message.msg_flags, message.address, message.ancdata.len()), (0, NOBODY, 0));
    // IOV_MAX, as the kernel has it.
    assert_eq!(one.sendmsg(&[&b"x"[..]; 1024], &[], 0, NOBODY), Ok(1024));
    assert_eq!(other.recvmsg(2000, 0, 0).map(|message| message.data.len()), Ok(1024));
    fails(one.sendmsg(&[&b"x"[..]; 1025], &[], 0, NOBODY), EMSGSIZE, "a buffer more is too many");
    let mut many: Vec<[u8; 1]> = vec![[0]; 1025];
    let mut buffers: Vec<&mut [u8]> = many.iter_mut().map(|one| &mut one[..]).collect();
    fails(other.recvmsg_into(&mut buffers, 0, 0), EMSGSIZE, "to receive into as well");
    // No buffers at all: nothing on a stream, an empty message elsewhere.
    assert_eq!(one.sendmsg(&[], &[], 0, NOBODY), Ok(0));
    let (one, other) = pair(SOCK_DGRAM);
    assert_eq!(one.sendmsg(&[], &[], 0, NOBODY), Ok(0));
    assert_eq!(other.recvmsg(9, 9, 0).map(|message| message.data), Ok(Vec::new()));
}

pub(crate) fn messages_go_to_addresses(_: &[String]) {
    let (one, other) = (datagrams(), datagrams());
    assert_eq!(one.sendmsg(&[b"to ", b"you"], &[], 0, name(&other)), Ok(6));
    let message = other.recvmsg(99, 0, 0).expect("it came");
    assert_eq!((message.data.as_slice(), &message.address), (&b"to you"[..], &name(&one)));
    other.sendmsg(&[b"back"], &[], 0, &message.address).expect("whom it heard it may answer");
    assert_eq!(one.recvmsg(99, 0, 0).map(|message| message.data), Ok(b"back".to_vec()));
    let fresh = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    fails(fresh.sendmsg(&[b"x"], &[], 0, NOBODY), EDESTADDRREQ, "to nobody");
    let stream = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    fails(stream.sendmsg(&[b"x"], &[], 0, NOBODY), wallsocket::errno::EPIPE, "nor on a stream without a peer");
    fails(stream.recvmsg(9, 0, 0), ENOTCONN, "which has nothing to receive");
}

pub(crate) fn messages_say_how_they_came(_: &[String]) {
    let (one, other) = pair(SOCK_SEQPACKET);
    // The end of a record is nothing special to Linux's Unix sockets, which have no other records.
    one.sendmsg(&[b"abcdef"], &[], MSG_EOR, NOBODY).expect("room");
    let message = other.recvmsg(3, 0, MSG_PEEK).expect("it came");
    assert_eq!((message.data.as_slice(), message.msg_flags), (&b"abc"[..], MSG_TRUNC), "a peek sees it cut");
    let message = other.recvmsg(6, 0, MSG_CMSG_CLOEXEC).expect("it is still there");
    assert_eq!(message.data, b"abcdef");
    assert_eq!(message.msg_flags, MSG_CMSG_CLOEXEC, "what was asked for is said back");
    fails(other.recvmsg(3, 0, MSG_DONTWAIT), EAGAIN, "nothing more");
    let (from, to) = (datagrams(), datagrams());
    from.sendto("longer", name(&to)).expect("room");
    let message = to.recvmsg(2, 0, MSG_TRUNC | MSG_PEEK).expect("it came");
    assert_eq!((message.data.as_slice(), message.msg_flags & MSG_TRUNC), (&b"lo"[..], MSG_TRUNC));
}

pub(crate) fn all_of_a_stream_comes_as_one_message(_: &[String]) {
    let (one, other) = pair(SOCK_STREAM);
    let data = vec![7; 600_000];
    one.setblocking(false).expect("a mode");
    let mut sent = 0;
    let mut received = Vec::new();
    while sent < data.len() {
        match one.sendmsg(&[&data[sent..]], &[], 0, NOBODY) {
            Ok(count) => sent += count,
            Err(error) => {
                assert_eq!(error.errno(), EAGAIN);
                received.extend(other.recvmsg(50_000, 0, MSG_WAITALL).expect("as much as that is there").data);
                assert_eq!(received.len() % 50_000, 0, "MSG_WAITALL brings it all");
            }
        }
    }
    drop(one);
    received.extend(other.recvmsg(data.len(), 0, MSG_WAITALL).expect("the rest, and the end").data);
    assert!(received == data, "{} bytes of {}", received.len(), data.len());
}

/// What the kernel, or CPython, would say of each.
pub(crate) fn bad_messages_are_errors(_: &[String]) {
    let (udp, to) = (datagrams(), datagrams());
    let tcp = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    let (unix, _peer) = pair(SOCK_DGRAM);
    let raw = |level, type_, length: usize| ControlMessage::raw(level, type_, vec![1; length]);
    for (what, message, errno) in [
        ("a TTL of 3 bytes", raw(IPPROTO_IP, IP_TTL, 3), EINVAL),
        ("a TTL of none", raw(IPPROTO_IP, IP_TTL, 0), EINVAL),
        ("a TTL of 5", raw(IPPROTO_IP, IP_TTL, 5), EINVAL),
        ("a TTL of 64 KiB", raw(IPPROTO_IP, IP_TTL, 65_536), EINVAL),
        ("a TOS of 2 bytes", raw(IPPROTO_IP, IP_TOS, 2), EINVAL),
        ("a TTL at the socket's level", raw(SOL_SOCKET, 999, 4), EINVAL),
        ("a type of IP that there isn't", raw(IPPROTO_IP, 999, 4), EINVAL),
        ("IP options, which lead elsewhere", raw(IPPROTO_IP, 7, 4), EINVAL),
        ("a level that there isn't", raw(999, 1, 4), EOPNOTSUPP),
        ("negative numbers", raw(-1, -1, 0), EOPNOTSUPP),
        ("a level of IPv6 over IPv4", raw(41, 52, 4), EINVAL),
        ("credentials over UDP", ControlMessage::Message(OutgoingMessage::Credentials), EINVAL),
        ("a TTL of 0", ControlMessage::Message(OutgoingMessage::Ttl(0)), EINVAL),
        ("a TTL of 256", ControlMessage::Message(OutgoingMessage::Ttl(256)), EINVAL),
        ("what only comes", raw(IPPROTO_IP, 11, 32), EINVAL),
        ("a TTL as a segment size", ControlMessage::Message(OutgoingMessage::HopLimit(1)), EINVAL),
    ] {
        fails(udp.sendmsg(&[b"x"], &[message], 0, name(&to)), errno, what);
    }
    let ttl = || [raw(IPPROTO_IP, IP_TTL, 4)];
    fails(unix.sendmsg(&[b"x"], &ttl(), 0, NOBODY), EINVAL, "a TTL over Unix");
    fails(tcp.sendmsg(&[b"x"], &[ControlMessage::Message(OutgoingMessage::Ttl(1))], 0, NOBODY), EINVAL, "or TCP");
    for length in [0, 11, 13, 16] {
        let credentials = [raw(SOL_SOCKET, SCM_CREDENTIALS, length)];
        fails(unix.sendmsg(&[b"x"], &credentials, 0, NOBODY), EINVAL, "credentials have 12 bytes");
    }
    to.settimeout(0.0).expect("a mode");
    fails(to.recv(9), EAGAIN, "nothing of all that was sent");
    // As much as a guest may ask for is as much as there is.
    let huge = u32::MAX as usize;
    fails(to.recvmsg(huge, huge, 0), EAGAIN, "sizes beyond all memory are sizes");
    udp.sendto("x", name(&to)).expect("room");
    assert_eq!(to.recvmsg(huge, huge, 0).map(|message| message.data), Ok(b"x".to_vec()));
    assert!(CMSG_LEN(usize::MAX).is_err());
}
