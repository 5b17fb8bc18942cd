//! File objects over a socket.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Socket;
use super::transfer::size;
use crate::bindings::wallsocket::socket::sockets::Socket as Handle;
use crate::bindings::wallsocket::socket::transfer as raw;
use crate::error::{Error, Result};
use crate::fd_table::Shared;

/// What a file object buffers unless told otherwise, in bytes. Python: `io.DEFAULT_BUFFER_SIZE`.
const DEFAULT_BUFFER_SIZE: usize = 8192;

/// A file object over a socket, from [`Socket::makefile`]. Python: what `socket.makefile` returns, with a
/// `socket.SocketIO` in it.
///
/// It is [`Read`], [`BufRead`] (`read_line`, `lines`) and [`Write`], as far as its mode goes. The socket is really closed
/// once it and all of its file objects are. Dropping one writes what it still holds, and ignores how that goes;
/// [`close`](SocketFile::close) tells.
///
/// After a read that timed out no more can be read from it: it can't be known what got lost.
#[derive(Debug)]
pub struct SocketFile {
    reader: BufReader<Half>,
    // Before `io`: what it holds is written first.
    writer: BufWriter<Half>,
    io: Arc<SocketIo>,
    mode: &'static str,
}

/// The socket beneath a file object's buffers. Python: `socket.SocketIO`.
#[derive(Debug)]
struct SocketIo {
    shared: Arc<Shared>,
    reads: bool,
    writes: bool,
    timed_out: AtomicBool,
}

impl Drop for SocketIo {
    fn drop(&mut self) {
        self.shared.forget_file();
    }
}

/// What each of the two buffers is over.
#[derive(Debug)]
struct Half(Arc<SocketIo>);

impl Read for Half {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.0.reads {
            return Err(Error::value("File or stream is not readable.").into());
        }
        if self.0.timed_out.load(Ordering::Relaxed) {
            return Err(Error::value("cannot read from timed out object").into());
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        let received = self.0.shared.with(|handle| raw::recv(handle, size(buffer.len()), 0))?.map_err(Error::from);
        if received == Err(Error::Timeout) {
            self.0.timed_out.store(true, Ordering::Relaxed);
        }
        let data = received?;
        let length = data.len().min(buffer.len());
        buffer[..length].copy_from_slice(&data[..length]);
        Ok(length)
    }
}

impl Write for Half {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if !self.0.writes {
            return Err(Error::value("File or stream is not writable.").into());
        }
        let sent = self.0.shared.with(|handle| raw::send(handle, data, 0))?.map_err(Error::from)?;
        Ok(sent as usize)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl SocketFile {
    /// Python: `SocketIO.mode`: `rb`, `wb` or `rwb`.
    #[must_use]
    pub fn mode(&self) -> &'static str {
        self.mode
    }

    /// Whether it reads. Python: `readable`.
    #[must_use]
    pub fn readable(&self) -> bool {
        self.io.reads
    }

    /// Whether it writes. Python: `writable`.
    #[must_use]
    pub fn writable(&self) -> bool {
        self.io.writes
    }

    /// The socket's number; -1 where it was closed. Python: `fileno`.
    #[must_use]
    pub fn fileno(&self) -> i32 {
        self.io.shared.fileno()
    }

    /// Writes what it still holds, and closes it; the socket too, if that was closed before and no other file object
    /// holds it. Python: `close`.
    ///
    /// # Errors
    ///
    /// What writing gives; the file object is closed all the same.
    pub fn close(self) -> io::Result<()> {
        let SocketFile { reader: _reader, writer, io: _io, mode: _ } = self;
        match writer.into_inner() {
            Ok(_) => Ok(()),
            Err(error) => {
                let (error, writer) = error.into_parts();
                // Dropped with what it holds, or it would try again.
                drop(writer.into_parts());
                Err(error)
            }
        }
    }
}

impl Read for SocketFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl BufRead for SocketFile {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
    }
}

impl Write for SocketFile {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        // At once, and not when the buffer is full.
        if !self.io.writes {
            return Half(Arc::clone(&self.io)).write(data);
        }
        self.writer.write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// What Python's mode says: read, write, binary.
fn parse(mode: &str, buffering: Option<i32>) -> Result<(bool, bool, usize)> {
    if !mode.chars().all(|c| "rwb".contains(c)) {
        return Err(Error::Value(format!("invalid mode '{mode}' (only r, w, b allowed)").into()));
    }
    let (writes, binary) = (mode.contains('w'), mode.contains('b'));
    let buffer = match buffering.map(usize::try_from) {
        None | Some(Err(_)) => DEFAULT_BUFFER_SIZE,
        Some(Ok(0)) if !binary => return Err(Error::value("unbuffered streams must be binary")),
        Some(Ok(size)) => size,
    };
    Ok((mode.contains('r') || !writes, writes, buffer))
}

impl Socket {
    /// A file object that reads from the socket, writes to it, or both: `mode` is made of `r`, `w` and `b`, and `buffering`
    /// is the size of its buffers in bytes: `None` for 8,192, 0 for none. The socket should block, with or without
    /// a timeout. Python: `socket.socket.makefile`.
    ///
    /// Text and bytes are one: reading text is what [`BufRead`] does in any mode, as UTF-8, and line ends stay as they
    /// come. For whom one direction is enough, and no buffer of the file object's own is wanted, a `&Socket` is
    /// `Read` and `Write` as well.
    ///
    /// ```no_run
    /// use std::io::{BufRead, Write};
    /// let sock = wallsocket::create_connection(("localhost", 25))?;
    /// let mut file = sock.makefile("rw", None)?;
    /// write!(file, "EHLO localhost\r\n")?;
    /// file.flush()?;
    /// for line in file.lines() {
    ///     println!("{}", line?);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Value`] (another mode, no buffer for text), `EBADF`.
    pub fn makefile(&self, mode: &str, buffering: impl Into<Option<i32>>) -> Result<SocketFile> {
        let (reads, writes, buffer) = parse(mode, buffering.into())?;
        self.shared.with(Handle::family)?;
        self.shared.remember_file();
        let io =
            Arc::new(SocketIo { shared: Arc::clone(&self.shared), reads, writes, timed_out: AtomicBool::new(false) });
        Ok(SocketFile {
            // Of one byte where none is wanted: each line then is read byte by byte, as Python reads it.
            reader: BufReader::with_capacity(buffer.max(1), Half(Arc::clone(&io))),
            writer: BufWriter::with_capacity(buffer, Half(Arc::clone(&io))),
            io,
            mode: match (reads, writes) {
                (true, true) => "rwb",
                (true, false) => "rb",
                (false, _) => "wb",
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_pythons() {
        for (mode, reads, writes) in [
            ("r", true, false),
            ("w", false, true),
            ("rw", true, true),
            ("rb", true, false),
            ("wb", false, true),
            ("rwb", true, true),
            ("", true, false),
            ("b", true, false),
        ] {
            assert_eq!(parse(mode, None), Ok((reads, writes, DEFAULT_BUFFER_SIZE)), "{mode:?}");
        }
        assert_eq!(
            parse("rx", None),
            Err(Error::Value("invalid mode 'rx' (only r, w, b allowed)".into())),
            "Python's ValueError"
        );
        assert_eq!(parse("r", Some(0)), Err(Error::value("unbuffered streams must be binary")));
        assert_eq!(parse("rb", Some(0)), Ok((true, false, 0)));
        assert_eq!(parse("rb", Some(-1)), Ok((true, false, DEFAULT_BUFFER_SIZE)), "less than nothing is the default");
        assert_eq!(parse("rb", Some(10)), Ok((true, false, 10)));
    }
}
