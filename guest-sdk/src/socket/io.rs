//! `std::io` for sockets, without a buffer of their own.

use std::io::{Read, Result, Write};

use super::Socket;

impl Read for &Socket {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        Ok(self.recv_into(buffer)?)
    }
}

impl Write for &Socket {
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        Ok(self.send(data)?)
    }

    fn write_all(&mut self, data: &[u8]) -> Result<()> {
        Ok(self.sendall(data)?)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        (&*self).read(buffer)
    }
}

impl Write for Socket {
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        (&*self).write(data)
    }

    fn write_all(&mut self, data: &[u8]) -> Result<()> {
        (&*self).write_all(data)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
