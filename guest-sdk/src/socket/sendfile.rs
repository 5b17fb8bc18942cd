//! Files sent without a copy through the guest, where the host can.

use super::Socket;
use crate::bindings::wallsocket::socket::files as raw;
use crate::constants::SOCK_STREAM;
use crate::errno;
use crate::error::{Error, Result};
use crate::files::{Descriptor, file_error};

/// How much of a file is copied at a time, where it has to be.
const PIECE: u64 = 64 << 10;

impl Socket {
    /// Sends a regular file from `offset` to its end, or `count` bytes of it, and returns how many bytes went.
    /// The file is one of [`open_file`](crate::open_file). Where the host can't send files, it is read and sent
    /// in pieces. Python: `socket.socket.sendfile`.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] (not a stream socket, or a non-blocking one), `EINVAL` (not a regular file), `EPIPE`,
    /// `ECONNRESET`, [`Error::Timeout`].
    pub fn sendfile(&self, file: &Descriptor, offset: u64, count: impl Into<Option<u64>>) -> Result<u64> {
        let count = count.into();
        if self.type_()? != SOCK_STREAM {
            return Err(Error::value("only SOCK_STREAM type sockets are supported"));
        }
        if !self.getblocking()? {
            return Err(Error::value("non-blocking sockets are not supported"));
        }
        match self.call(|handle| raw::sendfile(handle, file, offset, count)) {
            Err(Error::Os(errno::EOPNOTSUPP | errno::ENOSYS)) => self.copy(file, offset, count),
            outcome => outcome,
        }
    }

    fn copy(&self, file: &Descriptor, offset: u64, count: Option<u64>) -> Result<u64> {
        let mut sent = 0;
        while let left @ 1.. = count.unwrap_or(u64::MAX).saturating_sub(sent) {
            let (data, _) = file.read(left.min(PIECE), offset.saturating_add(sent)).map_err(file_error)?;
            if data.is_empty() {
                break;
            }
            self.sendall(&data)?;
            sent += data.len() as u64;
        }
        Ok(sent)
    }
}
