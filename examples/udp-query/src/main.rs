//! Asks a name server for a host's IPv4 addresses, over UDP: `udp-query SERVER NAME [PORT]`.

use std::error::Error;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use wallsocket::{AF_INET, SOCK_DGRAM, socket};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("udp-query: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, name, rest @ ..] = &arguments[..] else {
        return Err("which server and name? udp-query SERVER NAME [PORT]".into());
    };
    let port: u16 = rest.first().map_or(Ok(53), |port| port.parse())?;

    let sock = socket(AF_INET, SOCK_DGRAM, 0)?;
    sock.settimeout(3)?;
    sock.sendto(question(name)?, (server, port))?;
    let (answer, address) = sock.recvfrom(4096)?;
    println!("{address} answered with {} bytes", answer.len());
    let found = addresses(&answer).ok_or("that isn't an answer of DNS")?;
    if found.is_empty() {
        println!("{name} has no address");
    }
    for ip in found {
        println!("{name} is {ip}");
    }
    Ok(())
}

/// A question of class IN for the type A, recursion desired (RFC 1035).
fn question(name: &str) -> Result<Vec<u8>, String> {
    let mut message = vec![0x57, 0x53, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..64).contains(length));
        message.push(length.ok_or_else(|| format!("{name:?} isn't a name"))?);
        message.extend(label.bytes());
    }
    message.extend([0, 0, 1, 0, 1]);
    Ok(message)
}

/// The addresses in an answer; none where it isn't one.
fn addresses(message: &[u8]) -> Option<Vec<Ipv4Addr>> {
    let number = |at: usize| Some(u16::from_be_bytes([*message.get(at)?, *message.get(at + 1)?]));
    let is_answer = number(0)? == 0x5753 && number(2)? & 0x8000 != 0;
    let mut at = 12;
    for _ in 0..number(4)? {
        at = after_name(message, at)? + 4;
    }
    let mut found = Vec::new();
    for _ in 0..number(6)? {
        at = after_name(message, at)?;
        let length = usize::from(number(at + 8)?);
        if let (1, [a, b, c, d]) = (number(at)?, message.get(at + 10..at + 10 + length)?) {
            found.push(Ipv4Addr::new(*a, *b, *c, *d));
        }
        at += 10 + length;
    }
    is_answer.then_some(found)
}

/// Where a name ends: after its last, empty label, or after a pointer to the rest of it.
fn after_name(message: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *message.get(at)? {
            0 => return Some(at + 1),
            192.. => return Some(at + 2),
            length => at += 1 + usize::from(length),
        }
    }
}
