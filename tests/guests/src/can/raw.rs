//! `CAN_RAW`: frames as they are.

use wallsocket::can::{Filter, Frame};
use wallsocket::*;

use super::{VCAN0, frame, is_silent, made, next, number, raw, send};
use crate::help::fails;

const LAST: u32 = 0x7ff;

/// Says what it hears, until it hears that it's the last.
pub(crate) fn hear_frames(_: &[String]) {
    let sock = raw();
    sock.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, true).expect("every raw socket can");
    println!("{}", sock.getsockname().expect("it is bound"));
    loop {
        let (bytes, from) = sock.recvfrom(72).expect("a frame comes");
        let frame = Frame::from_bytes(&bytes).expect("it is one");
        let bits = if frame.is_extended() { CAN_EFF_MASK } else { CAN_SFF_MASK };
        assert_eq!(frame.can_id() & bits.cast_unsigned(), frame.identifier(), "the rest are flags");
        println!("{frame} from {from}");
        if frame.can_id() == LAST {
            return;
        }
    }
}

pub(crate) fn send_frames(_: &[String]) {
    let sock = raw();
    sock.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, true).expect("every raw socket can");
    send(&sock, frame(0x123, b"\xde\xad\xbe\xef"));
    send(&sock, frame(0x18da_f110 | CAN_EFF_FLAG, b"\x01\x02\x03\x04\x05\x06\x07\x08"));
    let asking = Frame::remote(0x321, 2).expect("it fits");
    assert_eq!(asking.can_id(), 0x321 | CAN_RTR_FLAG.cast_unsigned(), "it has no data, but says how many");
    send(&sock, asking);
    send(&sock, Frame::fd(0x124, &[0xaa; 64], 1).expect("it fits"));
    // To an interface by its name, as from a socket that isn't bound.
    let loose = made(SOCK_RAW, CAN_RAW);
    loose.sendto(frame(LAST, b"").to_bytes(), VCAN0).expect("it is granted");
}

/// The flags that a message came with.
fn flags_of(sock: &Socket) -> (Frame, i32) {
    let message = sock.recvmsg(72, 128, 0).expect("a frame is there");
    (Frame::from_bytes(&message.data).expect("it is one"), message.msg_flags)
}

pub(crate) fn can_raw_options_do_what_they_say(_: &[String]) {
    let (speaker, hearer) = (raw(), raw());
    own_frames(&speaker, &hearer);
    filters(&speaker, &hearer);
    errors(&speaker, &hearer);
    fd_frames(&speaker, &hearer);
}

fn own_frames(speaker: &Socket, hearer: &Socket) {
    assert_eq!((PF_CAN, SOL_CAN_BASE + CAN_RAW), (AF_CAN, SOL_CAN_RAW), "two names, and how levels are numbered");
    send(speaker, frame(1, b"one"));
    assert_eq!(flags_of(hearer), (frame(1, b"one"), MSG_DONTROUTE), "a frame of this machine's");
    is_silent(speaker, "a socket doesn't hear itself");
    number(speaker, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, 1);
    send(speaker, frame(1, b"two"));
    assert_eq!(flags_of(speaker), (frame(1, b"two"), MSG_DONTROUTE | MSG_CONFIRM), "unless it wants to");
    assert_eq!(next(hearer), frame(1, b"two"));
    number(speaker, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, 0);
    assert_eq!(speaker.getsockopt(SOL_CAN_RAW, CAN_RAW_LOOPBACK), Ok(1));
    number(speaker, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 0);
    send(speaker, frame(1, b"nobody"));
    number(speaker, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 1);
    send(speaker, frame(1, b"three"));
    assert_eq!(next(hearer), frame(1, b"three"), "without loopback nobody of this machine hears it");
}

fn filters(speaker: &Socket, hearer: &Socket) {
    let filter = |filters: &[Filter]| {
        let bytes = Filter::list(filters.iter().copied());
        hearer.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, &bytes).expect("filters");
        let read = if bytes.is_empty() { 8 } else { bytes.len() };
        assert_eq!(hearer.getsockopt_bytes(SOL_CAN_RAW, CAN_RAW_FILTER, read), Ok(bytes));
    };
    let speak = || [0x100, 0x101, 0x102].into_iter().for_each(|id| send(speaker, frame(id, b"")));
    let heard = |ids: &[u32], rule: &str| {
        ids.iter().for_each(|id| assert_eq!(next(hearer).can_id(), *id, "{rule}"));
        is_silent(hearer, rule);
    };
    filter(&[Filter::exactly(0x101)]);
    speak();
    heard(&[0x101], "one identifier");
    let not = |id| Filter::exactly(id).inverted();
    filter(&[not(0x100), not(0x101)]);
    speak();
    heard(&[0x100, 0x101, 0x102], "one of the filters is enough");
    number(hearer, SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS, 1);
    speak();
    heard(&[0x102], "all of them, if they are joined");
    number(hearer, SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS, 0);
    filter(&[]);
    speak();
    heard(&[], "no filter at all");
    let many = |count: usize| Filter::list((0..count).map(|_| Filter { can_id: 0, can_mask: 0 }));
    hearer.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, &many(512)).expect("CAN_RAW_FILTER_MAX");
    fails(hearer.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, &many(513)), errno::EINVAL, "no more than that");
    fails(hearer.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, &[0; 9]), errno::EINVAL, "half a filter");
    filter(&[Filter { can_id: 0, can_mask: 0 }]);
}

fn errors(speaker: &Socket, hearer: &Socket) {
    let error = frame(CAN_ERR_FLAG.cast_unsigned() | 0x4, &[0; 8]);
    send(speaker, error);
    is_silent(hearer, "errors are heard by whoever asks for them");
    number(hearer, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, CAN_ERR_MASK);
    send(speaker, error);
    let heard = next(hearer);
    assert!(heard.is_error() && heard == error, "{heard}");
    number(hearer, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, 0);
}

fn fd_frames(speaker: &Socket, hearer: &Socket) {
    let long = Frame::fd(0x200, &[3; 32], 0).expect("it fits");
    fails(speaker.send(long.to_bytes()), errno::EINVAL, "only where frames of CAN FD were asked for");
    number(speaker, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1);
    send(speaker, long);
    is_silent(hearer, "nor are they heard");
    number(hearer, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1);
    send(speaker, long);
    assert_eq!(next(hearer), long);
    send(speaker, frame(0x201, b"short"));
    assert_eq!(next(hearer), frame(0x201, b"short"), "both kinds go");
}

pub(crate) fn what_is_no_frame_or_no_interface_is_refused(_: &[String]) {
    let sock = made(SOCK_RAW, CAN_RAW);
    fails(sock.send(frame(1, b"").to_bytes()), errno::ENXIO, "it isn't bound");
    fails(sock.bind(("nope",)), errno::ENODEV, "there is no such interface");
    fails(sock.bind(("lo",)), errno::ENODEV, "an interface that has no frames of CAN");
    fails(sock.bind(("an-interface-with-a-long-name",)), errno::ENODEV, "no interface has such a name");
    fails(sock.bind(("vcan0", 1, 2)), errno::EINVAL, "an address of another protocol");
    fails(sock.bind(("vcan0", J1939_NO_NAME, J1939_NO_PGN, 1)), errno::EINVAL, "an address of another protocol");
    fails(sock.bind(NetlinkAddress { port_id: 0, groups: 0 }), errno::EAFNOSUPPORT, "an address of another family");
    fails(sock.connect(VCAN0), errno::EOPNOTSUPP, "a raw socket has no peer");
    fails(sock.listen(None), errno::EOPNOTSUPP, "nor connections");
    sock.bind(("",)).expect("every interface is granted");
    assert_eq!(sock.getsockname().map(|name| name.to_string()).as_deref(), Ok("('',)"));
    fails(sock.send(frame(1, b"").to_bytes()), errno::ENXIO, "it isn't bound to a single one");
    sock.bind(VCAN0).expect("it can be bound anew");
    assert_eq!(sock.getsockname().map(|name| name.to_string()).as_deref(), Ok("('vcan0',)"));
    for length in [0, 1, 8, 15, 17, 71, 73, 100] {
        fails(sock.send(vec![0; length]), errno::EINVAL, "no frame has that length");
    }
    let mut nine = frame(1, b"12345678").to_bytes();
    nine[4] = 9;
    fails(sock.send(&nine), errno::EINVAL, "nine bytes of eight");
    fails(sock.setsockopt(SOL_CAN_RAW, CAN_RAW_LOOPBACK, &[1]), errno::EINVAL, "a quarter of a number");
    assert_eq!(sock.getsockopt(SOL_CAN_RAW, 99), Err(Error::Os(errno::ENOPROTOOPT)));
    fails(socket(AF_CAN, SOCK_DGRAM, CAN_RAW), errno::EPROTOTYPE, "another type");
    fails(socket(AF_CAN, SOCK_RAW, CAN_BCM), errno::EPROTOTYPE, "another type");
    fails(socket(AF_CAN, SOCK_RAW, 99), errno::EINVAL, "no protocol");
    fails(socketpair(AF_CAN, SOCK_RAW, CAN_RAW), errno::EOPNOTSUPP, "no pairs");
}
