//! Talks to a serial device over Bluetooth: `bluetooth-serial DEVICE CHANNEL [LINE]`.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use wallsocket::{AF_BLUETOOTH, BTPROTO_RFCOMM, BluetoothAddress, SOCK_STREAM, errno, socket};

/// How long it waits for a connection, and for more to come.
const PATIENCE: f64 = 20.0;
const QUIET: f64 = 2.0;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bluetooth-serial: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [device, channel, rest @ ..] = &arguments[..] else {
        return Err("which device and channel? bluetooth-serial DEVICE CHANNEL [LINE]".into());
    };
    let address = BluetoothAddress::rfcomm(device, channel.parse()?)?;

    let sock = socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM)?;
    sock.settimeout(PATIENCE)?;
    sock.connect(address)?;
    if let [line, ..] = rest {
        sock.sendall(format!("{line}\r\n"))?;
    }
    sock.settimeout(QUIET)?;
    let mut out = std::io::stdout().lock();
    loop {
        match sock.recv(4096) {
            Ok(data) if !data.is_empty() => out.write_all(&data)?,
            // It has ended, which is a reset to RFCOMM; or it has no more to say.
            Ok(_) | Err(wallsocket::Error::Os(errno::ECONNRESET) | wallsocket::Error::Timeout) => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sock.close()?)
}
