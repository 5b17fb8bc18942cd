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

    #[cfg(target_os = "linux")]
    fn send_file(&mut self, path: &str, size: u64) -> io::Result<u64> {
        let file = std::fs::File::open(path)?;
        let mut position = 0;
        while position < size {
            let piece = usize::try_from(size - position).unwrap_or(usize::MAX);
            if rustix::fs::sendfile(&self.0, &file, Some(&mut position), piece)? == 0 {
                break;
            }
        }
        Ok(position)
    }
}

struct Udp(UdpSocket, SocketAddr);

impl Datagrams for Udp {
    fn new(port: u16) -> io::Result<Self> {
        Ok(Self(UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?, (Ipv4Addr::LOCALHOST, port).into()))
    }

    fn bound() -> io::Result<(Self, u16)> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = socket.local_addr()?;
        Ok((Self(socket, address), address.port()))
    }

    fn send(&mut self, data: &[u8]) -> io::Result<usize> {
        self.0.send_to(data, self.1)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.0.recv_from(buffer)?.0)
    }
}
