//! The server of the benchmark: one native process for all clients. It prints its three ports (TCP echo, TCP bulk,
//! UDP echo) and ends with its standard input.

// It is no part of the host.
#![allow(clippy::disallowed_methods, reason = "this one is native")]

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::thread;

use wallsocket_bench_programs::{SINK, SOURCE};

const SIZE: usize = 64 * 1024;

fn main() -> io::Result<()> {
    let echoing = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let bulk = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let datagrams = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let ports = [echoing.local_addr()?, bulk.local_addr()?, datagrams.local_addr()?].map(|address| address.port());
    println!("{} {} {}", ports[0], ports[1], ports[2]);
    io::stdout().flush()?;
    thread::spawn(move || serve(&echoing, echo));
    thread::spawn(move || serve(&bulk, transfer));
    thread::spawn(move || echo_datagrams(&datagrams));
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn serve(listener: &TcpListener, each: fn(TcpStream) -> io::Result<()>) {
    while let Ok((stream, _)) = listener.accept() {
        // That a client has gone, it will itself have said.
        thread::spawn(move || each(stream));
    }
}

fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = vec![0; SIZE];
    loop {
        match stream.read(&mut buffer)? {
            0 => return Ok(()),
            received => stream.write_all(&buffer[..received])?,
        }
    }
}

/// Takes or gives as many bytes as a transfer's header says, as often as the client asks.
fn transfer(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = vec![b'x'; SIZE];
    let mut header = [0; 9];
    loop {
        stream.read_exact(&mut header)?;
        let [direction, bytes @ ..] = header;
        let mut bytes = usize::try_from(u64::from_le_bytes(bytes)).unwrap_or(usize::MAX);
        while bytes > 0 {
            let most = buffer.len().min(bytes);
            bytes -= match direction {
                SINK => match stream.read(&mut buffer[..most])? {
                    0 => return Ok(()),
                    received => received,
                },
                SOURCE => stream.write(&buffer[..most])?,
                _ => return Err(io::ErrorKind::InvalidData.into()),
            };
        }
        if direction == SINK {
            stream.write_all(b".")?;
        }
    }
}

fn echo_datagrams(socket: &UdpSocket) -> io::Result<()> {
    let mut buffer = vec![0; SIZE];
    loop {
        let (size, from) = socket.recv_from(&mut buffer)?;
        socket.send_to(&buffer[..size], from)?;
    }
}
