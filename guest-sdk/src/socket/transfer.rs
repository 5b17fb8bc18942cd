//! Plain data in and out.

use std::time::{Duration, Instant};

use super::Socket;
use crate::address::wire::or_unspecified;
use crate::address::{Address, ToAddress};
use crate::bindings::wallsocket::socket::sockets::Socket as Handle;
use crate::bindings::wallsocket::socket::transfer as raw;
use crate::error::{Error, Result};

/// The most that `sendall` gives to the host at once: what a call carries counts against the guest's
/// allowance, and beyond it the guest would be stopped.
const PIECE: usize = 16 << 20;

/// A size as the host takes it. It gives less than was asked for anyway.
pub(super) fn size(bufsize: usize) -> u32 {
    u32::try_from(bufsize).unwrap_or(u32::MAX)
}

fn fill(buffer: &mut [u8], data: &[u8]) -> usize {
    let length = data.len().min(buffer.len());
    buffer[..length].copy_from_slice(&data[..length]);
    length
}

impl Socket {
    /// Sends what the socket takes at once, and returns how many bytes that was. Python:
    /// `socket.socket.send`.
    ///
    /// # Errors
    ///
    /// `EPIPE` or `ECONNRESET` (the peer is gone), `ENOTCONN`, `EDESTADDRREQ`, `EMSGSIZE` (too large for a
    /// datagram), `EAGAIN` (non-blocking), [`Error::Timeout`].
    pub fn send(&self, data: impl AsRef<[u8]>) -> Result<usize> {
        self.send_flags(data, 0)
    }

    /// [`send`](Socket::send) with `MSG_*` flags. Python: `send(data, flags)`.
    ///
    /// # Errors
    ///
    /// As [`send`](Socket::send), and `EOPNOTSUPP` (a flag).
    pub fn send_flags(&self, data: impl AsRef<[u8]>, flags: i32) -> Result<usize> {
        self.call(|handle| raw::send(handle, data.as_ref(), flags)).map(|sent| sent as usize)
    }

    /// Sends all of it, within the socket's timeout for the whole call. Python: `socket.socket.sendall`.
    ///
    /// # Errors
    ///
    /// As [`send`](Socket::send); there is no telling then how much was sent.
    pub fn sendall(&self, data: impl AsRef<[u8]>) -> Result<()> {
        self.sendall_flags(data, 0)
    }

    /// [`sendall`](Socket::sendall) with `MSG_*` flags. Python: `sendall(data, flags)`.
    ///
    /// # Errors
    ///
    /// As [`sendall`](Socket::sendall), and `EOPNOTSUPP` (a flag).
    pub fn sendall_flags(&self, data: impl AsRef<[u8]>, flags: i32) -> Result<()> {
        let data = data.as_ref();
        if data.len() <= PIECE {
            return self.call(|handle| raw::sendall(handle, data, flags, None));
        }
        // Pieces, under one deadline: each is given what the ones before have left of the timeout.
        let timeout = self.shared.with(Handle::get_timeout)?.filter(|&timeout| timeout != 0);
        let start = Instant::now();
        for piece in data.chunks(PIECE) {
            let left = match timeout.map(|timeout| left(timeout, start.elapsed())) {
                Some(0) => return Err(Error::Timeout),
                left => left,
            };
            self.call(|handle| raw::sendall(handle, piece, flags, left))?;
        }
        Ok(())
    }

    /// Sends a datagram to an address. Python: `socket.socket.sendto`.
    ///
    /// # Errors
    ///
    /// As [`send`](Socket::send), and `EISCONN`, `EACCES` (broadcast without `SO_BROADCAST`),
    /// [`Error::GaiError`], [`Error::Value`] (no address of this family), [`Error::Denied`].
    pub fn sendto(&self, data: impl AsRef<[u8]>, address: impl ToAddress) -> Result<usize> {
        self.sendto_flags(data, 0, address)
    }

    /// [`sendto`](Socket::sendto) with `MSG_*` flags. Python: `sendto(data, flags, address)`.
    ///
    /// # Errors
    ///
    /// As [`sendto`](Socket::sendto), and `EOPNOTSUPP` (a flag).
    pub fn sendto_flags(&self, data: impl AsRef<[u8]>, flags: i32, address: impl ToAddress) -> Result<usize> {
        let address = self.address(address)?;
        let sent = self.call(|handle| raw::sendto(handle, data.as_ref(), flags, &address))?;
        Ok(sent as usize)
    }

    /// Receives up to `bufsize` bytes; none is the end of a stream. Python: `socket.socket.recv`.
    ///
    /// A stream gives 256 KiB a call at most; a datagram that is longer than `bufsize` is cut.
    ///
    /// # Errors
    ///
    /// `ECONNREFUSED`, `ECONNRESET`, `ENOTCONN`, `EAGAIN` (non-blocking), [`Error::Timeout`].
    pub fn recv(&self, bufsize: usize) -> Result<Vec<u8>> {
        self.recv_flags(bufsize, 0)
    }

    /// [`recv`](Socket::recv) with `MSG_*` flags. Python: `recv(bufsize, flags)`.
    ///
    /// # Errors
    ///
    /// As [`recv`](Socket::recv), and `EINVAL` (`MSG_OOB` without any), `EOPNOTSUPP` (a flag).
    pub fn recv_flags(&self, bufsize: usize, flags: i32) -> Result<Vec<u8>> {
        if bufsize == 0 {
            // As Python: the system would wait for data all the same.
            return Ok(Vec::new());
        }
        self.call(|handle| raw::recv(handle, size(bufsize), flags))
    }

    /// Receives into a buffer, and returns how many bytes. To receive fewer, give a part of it. Python:
    /// `socket.socket.recv_into`.
    ///
    /// # Errors
    ///
    /// As [`recv`](Socket::recv).
    pub fn recv_into(&self, buffer: &mut [u8]) -> Result<usize> {
        self.recv_into_flags(buffer, 0)
    }

    /// [`recv_into`](Socket::recv_into) with `MSG_*` flags. Python: `recv_into(buffer, nbytes, flags)`.
    ///
    /// # Errors
    ///
    /// As [`recv_flags`](Socket::recv_flags).
    pub fn recv_into_flags(&self, buffer: &mut [u8], flags: i32) -> Result<usize> {
        let data = self.recv_flags(buffer.len(), flags)?;
        Ok(fill(buffer, &data))
    }

    /// Receives up to `bufsize` bytes, and says who sent them; on a connected stream (but one of Unix whose peer has a
    /// name) nobody, which is
    /// [`Address::Unspecified`]. Python: `socket.socket.recvfrom`.
    ///
    /// # Errors
    ///
    /// As [`recv`](Socket::recv).
    pub fn recvfrom(&self, bufsize: usize) -> Result<(Vec<u8>, Address)> {
        self.recvfrom_flags(bufsize, 0)
    }

    /// [`recvfrom`](Socket::recvfrom) with `MSG_*` flags. Python: `recvfrom(bufsize, flags)`.
    ///
    /// # Errors
    ///
    /// As [`recv_flags`](Socket::recv_flags).
    pub fn recvfrom_flags(&self, bufsize: usize, flags: i32) -> Result<(Vec<u8>, Address)> {
        let (data, address) = self.call(|handle| raw::recvfrom(handle, size(bufsize), flags))?;
        Ok((data, or_unspecified(address)))
    }

    /// Receives into a buffer, and returns how many bytes and from whom. Python:
    /// `socket.socket.recvfrom_into`.
    ///
    /// # Errors
    ///
    /// As [`recv`](Socket::recv).
    pub fn recvfrom_into(&self, buffer: &mut [u8]) -> Result<(usize, Address)> {
        self.recvfrom_into_flags(buffer, 0)
    }

    /// [`recvfrom_into`](Socket::recvfrom_into) with `MSG_*` flags. Python: `recvfrom_into(buffer, nbytes,
    /// flags)`.
    ///
    /// # Errors
    ///
    /// As [`recv_flags`](Socket::recv_flags).
    pub fn recvfrom_into_flags(&self, buffer: &mut [u8], flags: i32) -> Result<(usize, Address)> {
        let (data, address) = self.recvfrom_flags(buffer.len(), flags)?;
        Ok((fill(buffer, &data), address))
    }
}

/// What is left of a timeout, in nanoseconds.
fn left(timeout: u64, elapsed: Duration) -> u64 {
    timeout.saturating_sub(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_takes_what_fits() {
        let mut buffer = [0; 2];
        assert_eq!(fill(&mut buffer, b"abc"), 2);
        assert_eq!(fill(&mut buffer, b""), 0);
        assert_eq!(&buffer, b"ab");
    }

    #[test]
    fn a_timeout_runs_out_and_not_over() {
        assert_eq!(left(5, Duration::from_nanos(3)), 2);
        assert_eq!(left(5, Duration::MAX), 0);
    }
}
