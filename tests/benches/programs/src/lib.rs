//! The client of the benchmark, whichever sockets it has.
//!
//! `CLIENT ECHO SINK DATAGRAMS FILE` connects to the three ports of the server on 127.0.0.1, then does what each line
//! of standard input says (`tcp 1024 5000`: a kind of traffic, a size, how many) and answers `done`. Who measures
//! it is elsewhere: a guest has no clock of its own time on the processor. `client.py` is this program in Python.

use std::io::{self, BufRead, Write};

/// What asks the server's bulk port for bytes, and what sends it some.
pub const SOURCE: u8 = b'<';
/// See [`SOURCE`].
pub const SINK: u8 = b'>';

/// A connection, with the calls that its users would take first.
pub trait Stream: Sized {
    /// Connects to the loopback's port.
    fn connect(port: u16) -> io::Result<Self>;
    /// Sends all of it.
    fn send_all(&mut self, data: &[u8]) -> io::Result<()>;
    /// Receives some; the data isn't looked at. A library that returns what it receives needn't use `buffer`.
    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
    /// Sends that much of a file without touching it, where the library can, and says how much went.
    fn send_file(&mut self, _path: &str, _size: u64) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
    /// A call that asks nothing of the system, where the library has one.
    fn idle(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// A datagram socket that isn't connected: each call has the peer's address.
pub trait Datagrams: Sized {
    /// A socket whose peer is the loopback's port.
    fn new(port: u16) -> io::Result<Self>;
    /// A socket that hears anyone, and its port on the loopback.
    fn bound() -> io::Result<(Self, u16)>;
    /// Sends one to the peer.
    fn send(&mut self, data: &[u8]) -> io::Result<usize>;
    /// Receives one, from whomever.
    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
    /// Sends a datagram that often, as the library does it best.
    fn send_many(&mut self, data: &[u8], count: usize) -> io::Result<()> {
        (0..count).try_for_each(|_| whole(self.send(data)?, data.len()))
    }
    /// Receives as many, each as large as the buffer.
    fn receive_many(&mut self, buffer: &mut [u8], count: usize) -> io::Result<()> {
        (0..count).try_for_each(|_| whole(self.receive(buffer)?, buffer.len()))
    }
}

/// How many datagrams go before they are received: as many as a server may find waiting.
const BATCH: usize = 64;

/// The client's main function.
///
/// # Errors
///
/// Those of its sockets, and `InvalidInput` for what it doesn't understand.
pub fn client<S: Stream, D: Datagrams>() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ports @ .., file] = &arguments[..] else { return Err(io::ErrorKind::InvalidInput.into()) };
    let ports = ports.iter().map(|port| number(port)).collect::<io::Result<Vec<u16>>>()?;
    let [echo, bulk, datagrams] = ports[..] else { return Err(io::ErrorKind::InvalidInput.into()) };
    let (mut echo, mut bulk, mut datagrams) = (S::connect(echo)?, S::connect(bulk)?, D::new(datagrams)?);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<_> = line.split_whitespace().collect();
        let [kind, size, count] = words[..] else { return Err(io::ErrorKind::InvalidInput.into()) };
        let (size, count): (usize, usize) = (number(size)?, number(count)?);
        let mut buffer = if kind == "file" { Vec::new() } else { vec![b'x'; size] };
        match kind {
            "tcp" => (0..count).try_for_each(|_| {
                echo.send_all(&buffer)?;
                exhaust(&mut echo, &mut buffer, size)
            })?,
            "udp" => (0..count).try_for_each(|_| {
                datagrams.send(&buffer)?;
                whole(datagrams.receive(&mut buffer)?, size)
            })?,
            "send" => {
                bulk.send_all(&header(SINK, size * count))?;
                (0..count).try_for_each(|_| bulk.send_all(&buffer))?;
                // What is still under way is part of the work: the server says when it has it all.
                exhaust(&mut bulk, &mut [0], 1)?;
            }
            "receive" => {
                bulk.send_all(&header(SOURCE, size * count))?;
                exhaust(&mut bulk, &mut buffer, size * count)?;
            }
            "file" => (0..count).try_for_each(|_| {
                bulk.send_all(&header(SINK, size))?;
                match bulk.send_file(file, size as u64)? == size as u64 {
                    true => exhaust(&mut bulk, &mut [0], 1),
                    false => Err(io::ErrorKind::UnexpectedEof.into()),
                }
            })?,
            "batch" => {
                // Not from the start: only who takes part in this needs the grant.
                let (mut receiver, port) = D::bound()?;
                let mut sender = D::new(port)?;
                (0..count / BATCH).try_for_each(|_| {
                    sender.send_many(&buffer, BATCH)?;
                    receiver.receive_many(&mut buffer, BATCH)
                })?;
            }
            "idle" => (0..count).try_for_each(|_| echo.idle())?,
            _ => return Err(io::ErrorKind::InvalidInput.into()),
        }
        println!("done");
        io::stdout().flush()?;
    }
    Ok(())
}

/// Receives that many bytes.
fn exhaust(stream: &mut impl Stream, buffer: &mut [u8], mut bytes: usize) -> io::Result<()> {
    while bytes > 0 {
        let most = buffer.len().min(bytes);
        match stream.receive(&mut buffer[..most])? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            received => bytes -= received,
        }
    }
    Ok(())
}

/// Whether a datagram went or came whole.
///
/// # Errors
///
/// `InvalidData` where it didn't.
pub fn whole(received: usize, size: usize) -> io::Result<()> {
    if received == size { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// What a bulk transfer begins with: its direction, and how many bytes it has.
fn header(direction: u8, bytes: usize) -> [u8; 9] {
    let mut header = [direction; 9];
    header[1..].copy_from_slice(&(bytes as u64).to_le_bytes());
    header
}

fn number<N: std::str::FromStr>(text: &str) -> io::Result<N> {
    text.parse().map_err(|_| io::ErrorKind::InvalidInput.into())
}
