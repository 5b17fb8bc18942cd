//! CAN, on an interface of software (`vcan0`) that hears what is sent on it.

mod bcm;
mod isotp;
mod j1939;
mod raw;

pub(crate) use bcm::*;
pub(crate) use isotp::*;
pub(crate) use j1939::*;
pub(crate) use raw::*;
use std::time::Duration;

use wallsocket::can::Frame;
use wallsocket::*;

use crate::check::say;
use crate::help::SOON;

const VCAN0: (&str,) = ("vcan0",);

/// Long enough for what has happened already to be seen, where it is to be seen that nothing has.
const A_MOMENT: Duration = Duration::from_millis(100);

fn made(kind: i32, protocol: i32) -> Socket {
    let sock = socket(AF_CAN, kind, protocol).unwrap_or_else(|error| panic!("protocol {protocol}: {error}"));
    sock.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    sock
}

/// A raw socket on `vcan0`.
fn raw() -> Socket {
    let sock = made(SOCK_RAW, CAN_RAW);
    sock.bind(VCAN0).expect("it is granted");
    sock
}

#[track_caller]
fn next(sock: &Socket) -> Frame {
    let bytes = sock.recv(72).expect("a frame is there");
    Frame::from_bytes(&bytes).unwrap_or_else(|| panic!("no frame: {bytes:?}"))
}

#[track_caller]
fn frame(can_id: u32, data: &[u8]) -> Frame {
    Frame::new(can_id, data).expect("it fits")
}

#[track_caller]
fn send(sock: &Socket, frame: Frame) {
    sock.send(frame.to_bytes()).unwrap_or_else(|error| panic!("{frame}: {error}"));
}

/// Nothing comes for a moment.
#[track_caller]
fn is_silent(sock: &Socket, rule: &str) {
    let timeout = sock.gettimeout().expect("it has one");
    sock.settimeout(A_MOMENT.as_secs_f64()).expect("it can be timed");
    let came = sock.recv(128);
    assert_eq!(came, Err(Error::Timeout), "{rule}");
    sock.settimeout(timeout).expect("it can be timed");
}

fn number(sock: &Socket, level: i32, option: i32, value: i32) {
    sock.setsockopt(level, option, value).unwrap_or_else(|error| panic!("option {option} can be {value}: {error}"));
    assert_eq!(sock.getsockopt(level, option), Ok(value), "option {option} reads as it was set");
}

/// `can_door PROTOCOL INTERFACE [RX TX]`: what it takes to make such a socket, and to have it on that interface.
pub(crate) fn can_door(arguments: &[String]) {
    let [protocol, interface, ids @ ..] = arguments else { panic!("{arguments:?}") };
    let interface = interface.as_str();
    let id = |at: usize| -> i64 { ids[at].parse().expect("a number") };
    let door = || match protocol.as_str() {
        "raw" => socket(AF_CAN, SOCK_RAW, CAN_RAW)?.bind((interface,)),
        "raw-to" => socket(AF_CAN, SOCK_RAW, CAN_RAW)?.sendto(frame(1, b"").to_bytes(), (interface,)).map(drop),
        "bcm" => socket(AF_CAN, SOCK_DGRAM, CAN_BCM)?.connect((interface,)),
        "bcm-unspecified" => socket(AF_CAN, SOCK_DGRAM, CAN_BCM)?.connect(Address::Unspecified),
        "isotp" => socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP)?.bind((interface, id(0), id(1))),
        _ => socket(AF_CAN, SOCK_DGRAM, CAN_J1939)?.bind((interface, J1939_NO_NAME, J1939_NO_PGN, 0x20)),
    };
    say(door());
}
