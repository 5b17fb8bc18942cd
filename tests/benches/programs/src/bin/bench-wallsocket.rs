//! The client over wallsocket.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use wallsocket::{AF_INET, File, SOCK_DGRAM, SOCK_STREAM, SOL_UDP, Socket, UDP_GRO, socket};
use wallsocket_bench_programs::{Datagrams, Stream, client, whole};

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

    fn send_file(&mut self, path: &str, size: u64) -> io::Result<u64> {
        Ok(self.0.sendfile(&mut File::open(path)?, 0, size)?)
    }

    fn idle(&mut self) -> io::Result<()> {
        self.0.gettimeout()?;
        Ok(())
    }
}

/// The peer is in the form in which the client over `std::net` has it, too.
struct Udp(Socket, SocketAddr);

impl Datagrams for Udp {
    fn new(port: u16) -> io::Result<Self> {
        Ok(Self(socket(AF_INET, SOCK_DGRAM, 0)?, (Ipv4Addr::LOCALHOST, port).into()))
    }

    fn bound() -> io::Result<(Self, u16)> {
        let receiver = socket(AF_INET, SOCK_DGRAM, 0)?;
        receiver.bind(("127.0.0.1", 0))?;
        // What comes in batches may come joined.
        receiver.setsockopt(SOL_UDP, UDP_GRO, 1)?;
        let port = receiver.getsockname()?.port().unwrap_or_default();
        Ok((Self(receiver, (Ipv4Addr::LOCALHOST, port).into()), port))
    }

    fn send(&mut self, data: &[u8]) -> io::Result<usize> {
        Ok(self.0.sendto(data, self.1)?)
    }

    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.0.recvfrom(buffer.len())?.0.len())
    }

    fn send_many(&mut self, data: &[u8], count: usize) -> io::Result<()> {
        let batch = vec![(data, self.1); count];
        let mut rest = batch.as_slice();
        while !rest.is_empty() {
            rest = &rest[self.0.send_datagrams(rest, 0)?..];
        }
        Ok(())
    }

    fn receive_many(&mut self, buffer: &mut [u8], count: usize) -> io::Result<()> {
        let mut left = count;
        while left > 0 {
            let received = self.0.receive_datagrams(left, buffer.len(), 0)?;
            received.iter().try_for_each(|(data, _)| whole(data.len(), buffer.len()))?;
            left -= received.len();
        }
        Ok(())
    }
}
