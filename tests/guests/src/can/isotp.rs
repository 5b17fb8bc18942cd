//! `CAN_ISOTP`: messages over several frames, between two identifiers.

use std::time::Instant;

use wallsocket::can::{FlowControl, Frame, IsotpOptions, LinkLayer};
use wallsocket::*;

use super::{is_silent, made, next, raw};
use crate::help::{at_once, fails};

const REQUEST: i32 = 0x7e0;
const ANSWER: i32 = 0x7e8;

fn unbound() -> Socket {
    made(SOCK_DGRAM, CAN_ISOTP)
}

fn with(options: IsotpOptions) -> Socket {
    let sock = unbound();
    sock.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options.to_bytes()).expect("options");
    sock
}

/// The side that asks.
fn tester(sock: Socket) -> Socket {
    sock.bind(("vcan0", ANSWER, REQUEST)).expect("it is granted");
    sock
}

/// The side that answers.
fn unit(sock: Socket) -> Socket {
    sock.bind(("vcan0", REQUEST, ANSWER)).expect("it is granted");
    sock
}

fn flags(flags: i32) -> IsotpOptions {
    IsotpOptions { flags, ..IsotpOptions::default() }
}

/// Until it's closed a socket answers: one that is dropped is closed a moment later.
fn close<const N: usize>(sockets: [Socket; N]) {
    sockets.into_iter().for_each(|sock| sock.close().expect("nothing is on its way"));
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

/// A unit of its own: says what it received, and answers as much.
pub(crate) fn answer_isotp(_: &[String]) {
    let sock = unit(unbound());
    println!("{}", sock.getsockname().expect("it is bound"));
    let request = sock.recv(10_000).expect("a request comes");
    assert_eq!(request, pattern(request.len()));
    println!("{}", request.len());
    sock.send(&request).expect("it is bound");
    sock.close().expect("closing waits until it was sent");
}

pub(crate) fn ask_isotp(arguments: &[String]) {
    let length: usize = arguments[0].parse().expect("a number");
    let sock = tester(unbound());
    assert_eq!(sock.send(pattern(length)), Ok(length));
    assert_eq!(sock.recv(10_000), Ok(pattern(length)), "{length} bytes, there and back");
    println!("{}", sock.getsockname().expect("it is bound"));
}

pub(crate) fn isotp_options_do_what_they_say(_: &[String]) {
    padding();
    flow_control();
    link_layer();
    addresses();
    broadcasts();
    listening();
    values();
}

/// The frames that a single short message goes in.
fn padding() {
    let bus = raw();
    let options = IsotpOptions { txpad_content: 0xaa, ..flags(CAN_ISOTP_TX_PADDING) };
    let sock = tester(with(options));
    sock.send(b"\x01\x02").expect("it is bound");
    assert_eq!(next(&bus), Frame::new(0x7e0, b"\x02\x01\x02\xaa\xaa\xaa\xaa\xaa").expect("it fits"), "filled up");
    let checks = CAN_ISOTP_RX_PADDING | CAN_ISOTP_CHK_PAD_LEN | CAN_ISOTP_CHK_PAD_DATA;
    let picky = unit(with(IsotpOptions { rxpad_content: 0xbb, ..flags(checks) }));
    sock.send(b"\x01\x02").expect("it is bound");
    fails(picky.recv(100), errno::EBADMSG, "filled up with something else");
    picky.close().expect("it can");
    let fitting = unit(with(IsotpOptions { rxpad_content: 0xaa, ..flags(checks) }));
    sock.send(b"\x01\x02").expect("it is bound");
    assert_eq!(fitting.recv(100).as_deref(), Ok(&b"\x01\x02"[..]));
    close([fitting, sock]);
}

/// What the receiver asks for, and both hold to.
fn flow_control() {
    let receiver = unbound();
    let control = FlowControl { bs: 2, stmin: 1, wftmax: 0 };
    receiver.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, &control.to_bytes()).expect("options");
    assert_eq!(receiver.getsockopt_bytes(SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, 3), Ok(control.to_bytes().to_vec()));
    let receiver = unit(receiver);
    let sender = with(flags(CAN_ISOTP_FORCE_TXSTMIN));
    let nanoseconds = 500_000u32.to_le_bytes();
    sender.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_TX_STMIN, &nanoseconds).expect("an option");
    assert_eq!(sender.getsockopt_bytes(SOL_CAN_ISOTP, CAN_ISOTP_TX_STMIN, 4), Ok(nanoseconds.to_vec()));
    let sender = tester(sender);
    let bus = raw();
    sender.send(pattern(40)).expect("it is bound");
    assert_eq!(receiver.recv(100), Ok(pattern(40)));
    // The first frame has 6 bytes, the others 7: five of them, of which two at a time.
    let kinds: Vec<u8> = (0..9).map(|_| next(&bus).data()[0] >> 4).collect();
    assert_eq!(kinds, [1, 3, 2, 2, 3, 2, 2, 3, 2], "first, flow control, two consecutive ones, flow control, …");
    let strict = with(flags(CAN_ISOTP_FORCE_RXSTMIN));
    strict.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_RX_STMIN, &u32::MAX.to_le_bytes()).expect("an option");
    assert_eq!(strict.getsockopt_bytes(SOL_CAN_ISOTP, CAN_ISOTP_RX_STMIN, 4), Ok(vec![0xff; 4]));
    close([receiver, sender]);
    let (strict, sender) = (unit(strict), tester(unbound()));
    sender.send(pattern(40)).expect("it is bound");
    fails(strict.recv(100), errno::ETIMEDOUT, "what comes faster than that counts as lost");
    close([strict, sender]);
}

/// Frames of CAN FD.
fn link_layer() {
    let fast = |sock: Socket| {
        let link = LinkLayer::fd(64);
        sock.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, &link.to_bytes()).expect("options");
        assert_eq!(sock.getsockopt_bytes(SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, 3), Ok(link.to_bytes().to_vec()));
        sock
    };
    let bus = raw();
    bus.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, true).expect("every raw socket can");
    let (receiver, sender) = (unit(fast(unbound())), tester(fast(unbound())));
    sender.send(pattern(500)).expect("it is bound");
    assert_eq!(receiver.recv(1000), Ok(pattern(500)));
    let first = next(&bus);
    assert_eq!((first.fd_flags().is_some(), first.length()), (true, 64), "{first}");
    close([receiver, sender]);
    let wrong = LinkLayer { tx_dl: 9, ..LinkLayer::default() };
    fails(unbound().setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, &wrong.to_bytes()), errno::EINVAL, "9 of 8 bytes");
}

/// Addresses within frames.
fn addresses() {
    let sides = CAN_ISOTP_EXTEND_ADDR | CAN_ISOTP_RX_EXT_ADDR;
    let one = IsotpOptions { ext_address: 0x11, rx_ext_address: 0x22, ..flags(sides) };
    let other = IsotpOptions { ext_address: 0x22, rx_ext_address: 0x11, ..flags(sides) };
    let stranger = IsotpOptions { ext_address: 0x22, rx_ext_address: 0x33, ..flags(sides) };
    let (sender, receiver) = (tester(with(one)), unit(with(other)));
    let bus = raw();
    sender.send(b"abc").expect("it is bound");
    assert_eq!(receiver.recv(100).as_deref(), Ok(&b"abc"[..]));
    assert_eq!(next(&bus).data(), b"\x11\x03abc", "the address comes first");
    receiver.close().expect("it can");
    let stranger = unit(with(stranger));
    sender.send(b"abc").expect("it is bound");
    is_silent(&stranger, "it has another address");
    close([stranger, sender]);
}

/// To many at once, from whom nothing comes back.
fn broadcasts() {
    let single = with(flags(CAN_ISOTP_SF_BROADCAST));
    single.bind(("vcan0", 0, REQUEST)).expect("it is granted");
    let receivers = [unit(unbound()), unit(unbound())];
    single.send(b"all").expect("it is bound");
    receivers.iter().for_each(|receiver| assert_eq!(receiver.recv(10).as_deref(), Ok(&b"all"[..])));
    fails(single.send(pattern(40)), errno::EINVAL, "single frames alone");
    single.close().expect("it can");
    close(receivers);
    let many = with(flags(CAN_ISOTP_CF_BROADCAST));
    many.bind(("vcan0", 0, REQUEST)).expect("it is granted");
    let receiver = unit(with(flags(CAN_ISOTP_LISTEN_MODE)));
    many.send(pattern(40)).expect("it is bound");
    assert_eq!(receiver.recv(100), Ok(pattern(40)), "without being told to go on");
    close([many, receiver]);
    let both = flags(CAN_ISOTP_SF_BROADCAST | CAN_ISOTP_CF_BROADCAST);
    fails(unbound().setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &both.to_bytes()), errno::EINVAL, "one or the other");
}

/// Who only listens hears what others say, and sends nothing.
fn listening() {
    let listener = unit(with(flags(CAN_ISOTP_LISTEN_MODE | CAN_ISOTP_HALF_DUPLEX)));
    let (receiver, sender) = (unit(unbound()), tester(unbound()));
    sender.send(pattern(100)).expect("it is bound");
    assert_eq!(receiver.recv(200), Ok(pattern(100)));
    assert_eq!(listener.recv(200), Ok(pattern(100)));
    close([listener, receiver, sender]);
}

fn values() {
    let options = IsotpOptions { frame_txtime: 1000, ..flags(CAN_ISOTP_TX_PADDING | CAN_ISOTP_WAIT_TX_DONE) };
    let sock = with(options);
    let read = sock.getsockopt_bytes(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, 100).expect("it can be read");
    assert_eq!(IsotpOptions::from_bytes(&read), Some(options), "as it was set, with what the host does itself");
    for (option, wrong) in [
        (CAN_ISOTP_OPTS, &[0; 11][..]),
        (CAN_ISOTP_OPTS, &[0; 13]),
        (CAN_ISOTP_RECV_FC, &[0; 4]),
        (CAN_ISOTP_TX_STMIN, &[0; 8]),
        (CAN_ISOTP_LL_OPTS, &[0; 2]),
    ] {
        fails(sock.setsockopt(SOL_CAN_ISOTP, option, wrong), errno::EINVAL, "another length");
    }
    fails(sock.send(b"x"), errno::EADDRNOTAVAIL, "it isn't bound");
    fails(sock.bind(("vcan0",)), errno::EINVAL, "an address of another protocol");
    fails(sock.bind(("vcan0", 0x123, 0x123)), errno::EADDRNOTAVAIL, "both the same");
    fails(sock.bind(("vcan0", 0x800, 0x123)), errno::EINVAL, "an identifier of 12 bits");
    fails(sock.bind(("nope", 0x321, 0x123)), errno::ENODEV, "there is no such interface");
    fails(sock.bind(("", 0x321, 0x123)), errno::ENODEV, "one interface");
    let sock = tester(sock);
    assert_eq!(sock.getsockname().map(|name| name.to_string()).as_deref(), Ok("('vcan0', 2024, 2016)"));
    fails(sock.bind(("vcan0", 0x321, 0x123)), errno::EINVAL, "once");
    fails(sock.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options.to_bytes()), errno::EISCONN, "before it is bound");
    fails(sock.send(b""), errno::EINVAL, "nothing is no message");
}

/// The flag that has a send end when all was sent; the kernel's own would hold up the host.
pub(crate) fn isotp_waits_until_it_was_sent(_: &[String]) {
    let receiver = unit(unbound());
    let sender = tester(with(flags(CAN_ISOTP_WAIT_TX_DONE)));
    sender.send(pattern(2000)).expect("it is bound");
    receiver.setblocking(false).expect("it can");
    assert_eq!(receiver.recv(4000), Ok(pattern(2000)), "it is all there by then");
    receiver.close().expect("it can");
    for timeout in [None, Some(0.0)] {
        sender.settimeout(timeout).expect("it can be timed");
        fails(sender.send(pattern(2000)), errno::ECOMM, "nobody says to go on");
    }
    // Without the flag the next one has to wait until the first is through, or given up.
    let plain = unbound();
    plain.bind(("vcan0", 0x222, 0x111)).expect("it is granted");
    plain.setblocking(false).expect("it can");
    plain.send(pattern(2000)).expect("nothing is on its way");
    fails(at_once(|| plain.send(pattern(10))), errno::EAGAIN, "one after the other");
    plain.setblocking(true).expect("it can");
    let began = Instant::now();
    fails(plain.send(pattern(7)), errno::ECOMM, "when the first was given up, which is told then");
    plain.send(pattern(7)).expect("nothing is on its way");
    assert!(began.elapsed() < crate::help::SOON);
}
