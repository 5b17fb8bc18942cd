//! `CAN_BCM`: the kernel sends again and again, and tells of changes.

use std::time::{Duration, Instant};

use wallsocket::can::{BcmMessage, Frame};
use wallsocket::*;

use super::{VCAN0, frame, is_silent, made, next, raw, send};
use crate::check::denied;
use crate::help::{SOON, fails};

fn bcm() -> Socket {
    let sock = made(SOCK_DGRAM, CAN_BCM);
    sock.connect(VCAN0).expect("it is granted");
    sock
}

#[track_caller]
fn tell(sock: &Socket, message: &BcmMessage) {
    let bytes = message.to_bytes();
    assert_eq!(sock.send(&bytes), Ok(bytes.len()), "{message:?}");
}

#[track_caller]
fn notice(sock: &Socket) -> BcmMessage {
    let bytes = sock.recv(2048).expect("a notice is there");
    BcmMessage::from_bytes(&bytes).unwrap_or_else(|| panic!("no message: {bytes:?}"))
}

/// A message as bytes, without intervals.
fn packed(opcode: i32, flags: i32, can_id: u32, frames: &[Frame]) -> Vec<u8> {
    let mut bytes = [opcode.to_le_bytes(), flags.to_le_bytes(), [0; 4], [0; 4]].concat();
    bytes.extend([0; 32]);
    bytes.extend(can_id.to_le_bytes());
    bytes.extend((frames.len() as u32).to_le_bytes());
    bytes.extend(frames.iter().flat_map(Frame::to_bytes));
    bytes
}

const TICK: Duration = Duration::from_millis(20);

pub(crate) fn the_broadcast_manager_sends(_: &[String]) {
    let (sock, hearer, other) = (bcm(), raw(), raw());
    let one = frame(0x10, b"1");
    for (message, opcode, flags, frames) in [
        (BcmMessage::send(one), CAN_BCM_TX_SEND, 0, &[one][..]),
        (
            BcmMessage::send_every(Duration::ZERO, [one]),
            CAN_BCM_TX_SETUP,
            CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER,
            &[one],
        ),
        (BcmMessage::read(0x10), CAN_BCM_TX_READ, 0, &[]),
        (BcmMessage::stop(0x10), CAN_BCM_TX_DELETE, 0, &[]),
    ] {
        assert_eq!(message.to_bytes(), packed(opcode, flags, 0x10, frames), "{message:?}");
    }
    tell(&sock, &BcmMessage::send(frame(0x10, b"once")));
    assert_eq!(next(&hearer), frame(0x10, b"once"));
    is_silent(&hearer, "once is once");

    let began = Instant::now();
    tell(&sock, &BcmMessage::send_every(TICK, [frame(0x11, b"tick"), frame(0x12, b"tock")]));
    for count in 0..10 {
        let expected = if count % 2 == 0 { frame(0x11, b"tick") } else { frame(0x12, b"tock") };
        assert_eq!(next(&hearer), expected, "one after the other");
    }
    let took = began.elapsed();
    assert!((TICK * 4..SOON).contains(&took), "ten frames, nine times {TICK:?} apart, took {took:?}");
    tell(&sock, &BcmMessage::read(0x11));
    let status = notice(&sock);
    assert_eq!((status.head.opcode, status.head.ival2, status.frames.len()), (CAN_BCM_TX_STATUS, TICK, 2));
    tell(&sock, &BcmMessage::stop(0x11));
    // What was sent until then comes first.
    send(&other, frame(0x13, b"end"));
    while next(&hearer) != frame(0x13, b"end") {}
    is_silent(&hearer, "it was told to stop");
    fails(sock.send(BcmMessage::stop(0x11).to_bytes()), errno::EINVAL, "it has stopped");

    counted(&sock, &hearer);
    changed(&sock, &hearer);
    long(&sock, &hearer);
}

/// So many at first, and a notice when they are sent.
fn counted(sock: &Socket, hearer: &Socket) {
    let mut message = BcmMessage::send_every(Duration::ZERO, [frame(0x20, b"x")]).first(3, TICK);
    message.head.flags |= CAN_BCM_TX_COUNTEVT;
    tell(sock, &message);
    let expired = notice(sock);
    assert_eq!((expired.head.opcode, expired.head.can_id), (CAN_BCM_TX_EXPIRED, 0x20));
    (0..3).for_each(|_| assert_eq!(next(hearer), frame(0x20, b"x")));
    is_silent(hearer, "three were asked for");
    tell(sock, &BcmMessage::stop(0x20));
}

/// Flags that have no timer.
fn changed(sock: &Socket, hearer: &Socket) {
    let flags = CAN_BCM_TX_ANNOUNCE | CAN_BCM_TX_CP_CAN_ID;
    let setup = |frames: &[Frame], flags: i32| {
        let mut message = BcmMessage::send_every(Duration::ZERO, frames.iter().copied());
        (message.head.flags, message.head.can_id) = (flags, 0x30);
        message
    };
    tell(sock, &setup(&[frame(0x31, b"a"), frame(0x32, b"b")], flags));
    assert_eq!(next(hearer), frame(0x30, b"a"), "at once, with the head's identifier");
    tell(sock, &setup(&[frame(0x31, b"a"), frame(0x32, b"b")], flags));
    assert_eq!(next(hearer), frame(0x30, b"b"), "the next one");
    tell(sock, &setup(&[frame(0x31, b"a"), frame(0x32, b"b")], flags | CAN_BCM_TX_RESET_MULTI_IDX));
    assert_eq!(next(hearer), frame(0x30, b"a"), "the first one again");
    fails(sock.send(setup(&[frame(0x31, b""); 3], flags).to_bytes()), errno::E2BIG, "more frames than before");
    tell(sock, &BcmMessage::stop(0x30));
}

fn long(sock: &Socket, hearer: &Socket) {
    hearer.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, true).expect("every raw socket can");
    let long = Frame::fd(0x40, &[9; 48], 0).expect("it fits");
    let message = BcmMessage::send_every(TICK, [long]);
    tell(sock, &message);
    assert_eq!(next(hearer), long, "a frame of CAN FD");
    tell(sock, &BcmMessage::read(0x40).flags(CAN_BCM_CAN_FD_FRAME));
    assert_eq!(notice(sock).frames, [long]);
    tell(sock, &BcmMessage::stop(0x40).flags(CAN_BCM_CAN_FD_FRAME));
}

pub(crate) fn the_broadcast_manager_watches(_: &[String]) {
    let (sock, speaker) = (bcm(), raw());
    let mask = frame(0x10, b"1");
    for (message, opcode, flags, frames) in [
        (BcmMessage::watch(0x10, [mask]), CAN_BCM_RX_SETUP, 0, &[mask][..]),
        (BcmMessage::watch(0x10, []), CAN_BCM_RX_SETUP, CAN_BCM_RX_FILTER_ID, &[]),
        (BcmMessage::read_watch(0x10), CAN_BCM_RX_READ, 0, &[]),
        (BcmMessage::unwatch(0x10), CAN_BCM_RX_DELETE, 0, &[]),
    ] {
        assert_eq!(message.to_bytes(), packed(opcode, flags, 0x10, frames), "{message:?}");
    }
    // A marker: of this identifier everything is told.
    tell(&sock, &BcmMessage::watch(0x7f0, []));
    let nothing = |rule: &str| {
        send(&speaker, frame(0x7f0, b""));
        assert_eq!(notice(&sock).head.can_id, 0x7f0, "{rule}");
    };
    let told = |expected: Frame, rule: &str| {
        let told = notice(&sock);
        assert_eq!((told.head.opcode, &told.frames[..]), (CAN_BCM_RX_CHANGED, &[expected][..]), "{rule}");
    };

    tell(&sock, &BcmMessage::watch(0x50, [frame(0x50, b"\xff\0")]));
    send(&speaker, frame(0x50, b"\x01\x01"));
    told(frame(0x50, b"\x01\x01"), "the first");
    send(&speaker, frame(0x50, b"\x01\x02"));
    nothing("a byte that doesn't count");
    send(&speaker, frame(0x50, b"\x02\x02"));
    told(frame(0x50, b"\x02\x02"), "one that counts");
    send(&speaker, frame(0x50, b"\x02"));
    nothing("another length");
    tell(&sock, &BcmMessage::watch(0x50, [frame(0x50, b"\xff\0")]).flags(CAN_BCM_RX_CHECK_DLC));
    send(&speaker, frame(0x50, b"\x02"));
    told(frame(0x50, b"\x02"), "the first of a new watch");
    send(&speaker, frame(0x50, b"\x02\x02"));
    told(frame(0x50, b"\x02\x02"), "a length that counts");
    tell(&sock, &BcmMessage::read_watch(0x50));
    let status = notice(&sock);
    assert_eq!((status.head.opcode, status.frames.len()), (CAN_BCM_RX_STATUS, 1));
    tell(&sock, &BcmMessage::unwatch(0x50));
    send(&speaker, frame(0x50, b"\x03"));
    nothing("nobody watches any more");
    fails(sock.send(BcmMessage::unwatch(0x50).to_bytes()), errno::EINVAL, "it isn't watched");

    // Every frame of an identifier, by the flag.
    let all = BcmMessage::watch(0x51, [frame(0x51, b"")]).flags(CAN_BCM_RX_FILTER_ID);
    assert_eq!(sock.send(all.to_bytes()), Ok(56), "the mask doesn't count");
    (0..2).for_each(|_| send(&speaker, frame(0x51, b"same")));
    (0..2).for_each(|_| told(frame(0x51, b"same"), "the same is told as well"));

    absent(&sock, &speaker);
    answered(&sock, &speaker);
    several(&sock, &speaker);
}

/// A message that stays away.
fn absent(sock: &Socket, speaker: &Socket) {
    let flags = CAN_BCM_RX_ANNOUNCE_RESUME;
    tell(sock, &BcmMessage::watch(0x52, [frame(0x52, b"\xff")]).absent_after(TICK * 2).flags(flags));
    let timeout = notice(sock);
    assert_eq!((timeout.head.opcode, timeout.head.can_id), (CAN_BCM_RX_TIMEOUT, 0x52), "it never came");
    for _ in 0..2 {
        send(speaker, frame(0x52, b"here"));
        assert_eq!(notice(sock).head.opcode, CAN_BCM_RX_CHANGED, "it is back, though the same");
        assert_eq!(notice(sock).head.opcode, CAN_BCM_RX_TIMEOUT, "and away");
    }
    tell(sock, &BcmMessage::unwatch(0x52));
    let mut patient = BcmMessage::watch(0x53, [frame(0x53, b"\xff")]).flags(CAN_BCM_RX_NO_AUTOTIMER);
    (patient.head.flags, patient.head.ival1) = (patient.head.flags | CAN_BCM_SETTIMER, TICK);
    tell(sock, &patient);
    send(speaker, frame(0x53, b"here"));
    assert_eq!(notice(sock).head.opcode, CAN_BCM_RX_CHANGED);
    is_silent(sock, "without a timer nothing is missed");
    let throttled = BcmMessage::watch(0x54, [frame(0x54, b"\xff")]).at_most_every(TICK * 2);
    tell(sock, &throttled);
    (1..=3).for_each(|value| send(speaker, frame(0x54, &[value])));
    assert_eq!(notice(sock).frames, [frame(0x54, &[1])]);
    assert_eq!(notice(sock).frames, [frame(0x54, &[3])], "what came between is left out");
}

/// Requests are answered by the kernel.
fn answered(sock: &Socket, speaker: &Socket) {
    let asked = 0x55 | CAN_RTR_FLAG.cast_unsigned();
    tell(sock, &BcmMessage::watch(asked, [frame(0x55, b"answer")]).flags(CAN_BCM_RX_RTR_FRAME));
    send(speaker, Frame::remote(0x55, 6).expect("it fits"));
    assert_eq!(next(speaker), frame(0x55, b"answer"));
}

/// Messages that are told apart by a byte of theirs.
fn several(sock: &Socket, speaker: &Socket) {
    let masks = [frame(0x56, b"\xff"), frame(0x56, b"\x01\xff"), frame(0x56, b"\x02\0")];
    tell(sock, &BcmMessage::watch(0x56, masks));
    for (data, is_told) in
        [(b"\x01\x01", true), (b"\x02\x01", true), (b"\x02\x02", false), (b"\x01\x02", true), (b"\x01\x02", false)]
    {
        send(speaker, frame(0x56, data));
        if is_told {
            assert_eq!(notice(sock).frames, [frame(0x56, data)]);
        }
    }
    send(speaker, frame(0x7f0, b""));
    assert_eq!(notice(sock).head.can_id, 0x7f0, "nothing else was told");
}

pub(crate) fn the_broadcast_manager_has_its_limits(_: &[String]) {
    let sock = made(SOCK_DGRAM, CAN_BCM);
    let once = BcmMessage::send(frame(1, b"")).to_bytes();
    fails(sock.send(&once), errno::ENOTCONN, "it isn't connected");
    fails(sock.bind(VCAN0), errno::EOPNOTSUPP, "it connects");
    fails(sock.connect(("nope",)), errno::ENODEV, "there is no such interface");
    assert_eq!(denied(sock.connect(Address::Unspecified)), "", "the kernel would take that for every interface");
    sock.connect(VCAN0).expect("it is granted");
    fails(sock.connect(VCAN0), errno::EISCONN, "once");
    fails(sock.send(&once[..once.len() - 1]), errno::EINVAL, "a part of a frame");
    fails(sock.send(b""), errno::EINVAL, "no message");
    let mut answer = BcmMessage::read(1);
    answer.head.opcode = CAN_BCM_RX_CHANGED;
    fails(sock.send(answer.to_bytes()), errno::EINVAL, "that is the kernel's to say");

    let busy = BcmMessage::send_every(Duration::from_micros(1), [frame(2, b"")]);
    tell(&sock, &busy);
    tell(&sock, &BcmMessage::read(2));
    assert_eq!(notice(&sock).head.ival2, Duration::from_millis(1), "a thousand times a second, and no more often");
    tell(&sock, &BcmMessage::stop(2));
    for can_id in 0..256 {
        tell(&sock, &BcmMessage::watch(can_id, []));
    }
    fails(sock.send(BcmMessage::watch(256, []).to_bytes()), errno::ENOBUFS, "the kernel keeps enough for it");
    tell(&sock, &BcmMessage::unwatch(255));
    tell(&sock, &BcmMessage::watch(256, []));

    // One that is connected to every interface says which with each message.
    let anywhere = made(SOCK_DGRAM, CAN_BCM);
    anywhere.connect(("",)).expect("every interface is granted");
    fails(anywhere.send(&once), errno::ENODEV, "which one?");
    let hearer = raw();
    anywhere.sendto(&once, VCAN0).expect("it is granted");
    assert_eq!(next(&hearer), frame(1, b""));
}
