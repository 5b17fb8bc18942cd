//! The client over wallsocket.

use std::io;

use wallsocket::{AF_INET, SOCK_DGRAM, SOCK_STREAM, Socket, socket};
use wallsocket_bench_programs::{Datagrams, Stream, client};

fn main() -> io::Result<()> {
    client::<Tcp, Udp>()
}

struct Tcp(Socket);

impl Stream for Tcp {
    fn connect(port: u16) -> io::Result<Self> {
        let stream = socket(AF_INET, SOCK_STREAM, 0)?;
        stream.connect(("127.0.0.1", port))?;
        Ok(Self(stream))
    }

    fn send_all(&mut self, data: &[u8]) -> io::Result<()> {
        Ok(self.0.sendall(data)?)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.0.recv(buffer.len())?.len())
    }

    fn idle(&mut self) -> io::Result<()> {
        self.0.gettimeout()?;
        Ok(())
    }
}

struct Udp(Socket, u16);

impl Datagrams for Udp {
    fn new(port: u16) -> io::Result<Self> {
        Ok(Self(socket(AF_INET, SOCK_DGRAM, 0)?, port))
    }

    fn send(&mut self, data: &[u8]) -> io::Result<usize> {
        Ok(self.0.sendto(data, ("127.0.0.1", self.1))?)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.0.recvfrom(buffer.len())?.0.len())
    }
}
