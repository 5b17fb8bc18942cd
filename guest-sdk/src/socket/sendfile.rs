//! Files sent without a copy through the guest, where the host can.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::Socket;
use crate::bindings::wallsocket::socket::files as raw;
use crate::constants::SOCK_STREAM;
use crate::errno;
use crate::error::{Error, Result};
use crate::files::{Descriptor, File, file_error};

/// How much of a file is copied at a time, where it has to be.
const PIECE: u64 = 64 << 10;

/// What [`Socket::sendfile`] can send: a [`File`](crate::File) or the [`Descriptor`] of
/// [`open_file`](crate::open_file), which the host sends by itself; a path, which is opened so; and a
/// [`std::fs::File`], which is read and sent in pieces, since its descriptor can't be had from the standard library.
///
/// A file that has a position is left where what went ends, also after an error. A `Descriptor` and a path have none.
pub trait SendFile: sealed::SendFile {}

impl<F: sealed::SendFile> SendFile for F {}

mod sealed {
    use super::{Result, Socket};

    pub trait SendFile {
        /// Sends it, and says how many bytes went whatever happened.
        fn send(self, socket: &Socket, offset: u64, count: Option<u64>) -> (u64, Result<()>);
    }
}

impl sealed::SendFile for &Descriptor {
    fn send(self, socket: &Socket, offset: u64, count: Option<u64>) -> (u64, Result<()>) {
        let transfer = match socket.shared.with(|handle| raw::sendfile(handle, self, offset, count)) {
            Ok(transfer) => transfer,
            Err(error) => return (0, Err(error)),
        };
        match transfer.error.map(Error::from) {
            None => (transfer.sent, Ok(())),
            Some(Error::Os(errno::EOPNOTSUPP | errno::ENOSYS)) if transfer.sent == 0 => {
                copy(socket, offset, count, |at, size| Ok(self.read(size, at).map_err(file_error)?.0))
            }
            Some(error) => (transfer.sent, Err(error)),
        }
    }
}

impl sealed::SendFile for &mut File {
    fn send(self, socket: &Socket, offset: u64, count: Option<u64>) -> (u64, Result<()>) {
        let (sent, ended) = self.descriptor().send(socket, offset, count);
        if sent > 0 {
            self.set_position(offset.saturating_add(sent));
        }
        (sent, ended)
    }
}

impl sealed::SendFile for &mut std::fs::File {
    fn send(self, socket: &Socket, offset: u64, count: Option<u64>) -> (u64, Result<()>) {
        let mut read = |at, size| {
            let mut data = Vec::new();
            self.seek(SeekFrom::Start(at)).map_err(io_error)?;
            (&mut *self).take(size).read_to_end(&mut data).map_err(io_error)?;
            Ok(data)
        };
        let (sent, ended) = copy(socket, offset, count, &mut read);
        let sought = match sent {
            0 => Ok(()),
            _ => self.seek(SeekFrom::Start(offset.saturating_add(sent))).map(drop).map_err(io_error),
        };
        (sent, ended.and(sought))
    }
}

impl sealed::SendFile for &Path {
    fn send(self, socket: &Socket, offset: u64, count: Option<u64>) -> (u64, Result<()>) {
        match File::open(self) {
            Ok(file) => file.descriptor().send(socket, offset, count),
            Err(error) => (0, Err(error)),
        }
    }
}

impl sealed::SendFile for &str {
    fn send(self, socket: &Socket, offset: u64, count: Option<u64>) -> (u64, Result<()>) {
        Path::new(self).send(socket, offset, count)
    }
}

/// The standard library's errors have WASI's numbers, if any; what they mean stays.
fn io_error(error: std::io::Error) -> Error {
    use std::io::ErrorKind as Kind;
    Error::Os(match error.kind() {
        Kind::PermissionDenied => errno::EACCES,
        Kind::NotFound => errno::ENOENT,
        Kind::InvalidInput => errno::EINVAL,
        Kind::IsADirectory => errno::EISDIR,
        Kind::NotSeekable => errno::ESPIPE,
        _ => errno::EIO,
    })
}

/// Reads pieces and sends them, as Python does where there is no sendfile(2).
fn copy(
    socket: &Socket,
    offset: u64,
    count: Option<u64>,
    mut read: impl FnMut(u64, u64) -> Result<Vec<u8>>,
) -> (u64, Result<()>) {
    let mut sent = 0;
    while let left @ 1.. = count.unwrap_or(u64::MAX).saturating_sub(sent) {
        let data = match read(offset.saturating_add(sent), left.min(PIECE)) {
            Ok(data) if data.is_empty() => break,
            Ok(data) => data,
            Err(error) => return (sent, Err(error)),
        };
        // One by one, and not all of it: what went is to be told.
        let mut rest = data.as_slice();
        while !rest.is_empty() {
            match socket.send(rest) {
                Ok(length) => {
                    sent += length as u64;
                    rest = &rest[length..];
                }
                Err(error) => return (sent, Err(error)),
            }
        }
    }
    (sent, Ok(()))
}

impl Socket {
    /// Sends a regular file from `offset` to its end, or `count` bytes of it, and returns how many bytes went. The
    /// host sends a [`File`](crate::File) without a copy through the guest; see [`SendFile`] for what else there is.
    /// The timeout is for each wait. Python: `socket.socket.sendfile`.
    ///
    /// ```no_run
    /// let sock = wallsocket::create_connection(("localhost", 7))?;
    /// let mut file = wallsocket::File::open("/data/page.html")?;
    /// let sent = sock.sendfile(&mut file, 0, None)?;
    /// assert_eq!(file.tell(), sent);
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Value`] (not a stream socket, a non-blocking one, or a count of 0), `EINVAL` (not a regular file),
    /// `EBADF` (not opened to read), `EPIPE`, `ECONNRESET`, [`Error::Timeout`]. Bytes may have gone before that: a
    /// file with a position tells.
    pub fn sendfile(&self, file: impl SendFile, offset: u64, count: impl Into<Option<u64>>) -> Result<u64> {
        let count = count.into();
        if self.type_()? != SOCK_STREAM {
            return Err(Error::value("only SOCK_STREAM type sockets are supported"));
        }
        if count == Some(0) {
            return Err(Error::value("count must be a positive integer (got 0)"));
        }
        if !self.getblocking()? {
            return Err(Error::value("non-blocking sockets are not supported"));
        }
        match file.send(self, offset, count) {
            (sent, Ok(())) => Ok(sent),
            (_, Err(error)) => Err(error),
        }
    }
}
