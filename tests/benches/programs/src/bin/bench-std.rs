//! The client over `std::net`: natively it is what the others are compared with, in a component it is wasi:sockets.

// It has no host to ask for permits; it is what the host is compared with.
#![allow(clippy::disallowed_methods, reason = "what wallsocket is compared with is the standard library")]

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};

use wallsocket_bench_programs::{Datagrams, Stream, client};

fn main() -> io::Result<()> {
    client::<Tcp, Udp>()
}

struct Tcp(TcpStream);

impl Stream for Tcp {
    fn connect(port: u16) -> io::Result<Self> {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map(Self)
    }

    fn send_all(&mut self, data: &[u8]) -> io::Result<()> {
        self.0.write_all(data)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

struct Udp(UdpSocket, SocketAddr);

impl Datagrams for Udp {
    fn new(port: u16) -> io::Result<Self> {
        Ok(Self(UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?, (Ipv4Addr::LOCALHOST, port).into()))
    }

    fn send(&mut self, data: &[u8]) -> io::Result<usize> {
        self.0.send_to(data, self.1)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.0.recv_from(buffer)?.0)
    }
}
