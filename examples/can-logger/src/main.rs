//! Writes down what goes over a CAN bus: `can-logger INTERFACE [--count N] [ID…]`, or sends a frame there: `can-logger
//! INTERFACE --send ID#DATA`.

use std::error::Error;
use std::process::ExitCode;

use wallsocket::can::{Filter, Frame};
use wallsocket::messages::IncomingMessage;
use wallsocket::{
    AF_CAN, CAN_EFF_FLAG, CAN_ERR_MASK, CAN_RAW, CAN_RAW_ERR_FILTER, CAN_RAW_FD_FRAMES, CAN_RAW_FILTER,
    ReceivedMessage, SO_TIMESTAMP, SOCK_RAW, SOL_CAN_RAW, SOL_SOCKET, Socket, socket,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("can-logger: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [interface, rest @ ..] = arguments else {
        return Err("which interface? can-logger INTERFACE [--count N] [ID…]".into());
    };
    let sock = socket(AF_CAN, SOCK_RAW, CAN_RAW)?;
    match rest {
        [option, frame] if option == "--send" => {
            sock.bind((&**interface,))?;
            sock.send(frame_of(frame)?.to_bytes())?;
            Ok(())
        }
        [option, count, ids @ ..] if option == "--count" => log(&sock, interface, count.parse()?, ids),
        ids => log(&sock, interface, usize::MAX, ids),
    }
}

fn log(sock: &Socket, interface: &str, count: usize, ids: &[String]) -> Result<(), Box<dyn Error>> {
    if !ids.is_empty() {
        let filters = ids.iter().map(|id| identifier(id).map(Filter::exactly)).collect::<Result<Vec<_>, _>>()?;
        sock.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, &Filter::list(filters))?;
    }
    sock.setsockopt(SOL_CAN_RAW, CAN_RAW_FD_FRAMES, true)?;
    sock.setsockopt(SOL_CAN_RAW, CAN_RAW_ERR_FILTER, CAN_ERR_MASK)?;
    sock.setsockopt(SOL_SOCKET, SO_TIMESTAMP, true)?;
    sock.bind((interface,))?;
    for _ in 0..count {
        let message = sock.recvmsg(72, 64, 0)?;
        let Some(frame) = Frame::from_bytes(&message.data) else { continue };
        println!("{} {interface} {frame}", time(&message.ancdata));
    }
    Ok(())
}

/// When it came, by the kernel's clock.
fn time(messages: &[ReceivedMessage]) -> String {
    let stamp = messages.iter().find_map(|message| match message {
        ReceivedMessage::Message(IncomingMessage::TimestampMicroseconds(time)) => Some(time),
        _ => None,
    });
    stamp.map_or_else(|| "(-)".to_owned(), |time| format!("({}.{:06})", time.seconds, time.nanoseconds / 1000))
}

/// An identifier in hexadecimal: three digits are 11 bits, eight are 29.
fn identifier(text: &str) -> Result<u32, String> {
    let id = u32::from_str_radix(text, 16).map_err(|_| format!("{text:?} is no identifier"))?;
    match (text.len(), id) {
        (..=3, ..=0x7ff) => Ok(id),
        (8, ..=0x1fff_ffff) => Ok(id | CAN_EFF_FLAG),
        _ => Err(format!("{text:?} is no identifier: three digits, at most 7FF, or eight, at most 1FFFFFFF")),
    }
}

/// A frame as `cansend` has it: `123#DEADBEEF`.
fn frame_of(text: &str) -> Result<Frame, Box<dyn Error>> {
    let (id, data) = text.split_once('#').ok_or("a frame is ID#DATA")?;
    if !data.is_ascii() {
        return Err("data are hexadecimal digits".into());
    }
    let pairs =
        data.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair)?, 16).map_err(Box::from));
    let bytes = pairs.collect::<Result<Vec<u8>, Box<dyn Error>>>()?;
    Ok(Frame::new(identifier(id)?, &bytes)?)
}
