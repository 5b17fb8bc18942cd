//! Socket options, and the few things that are ioctls elsewhere.

use super::Socket;
use crate::bindings::wallsocket::socket::options as raw;
pub use crate::bindings::wallsocket::socket::options::{Control, FilterInstruction, OptionValue};
use crate::error::Result;

impl From<i32> for OptionValue<'_> {
    fn from(value: i32) -> Self {
        OptionValue::Int(value)
    }
}

impl From<bool> for OptionValue<'_> {
    fn from(value: bool) -> Self {
        OptionValue::Int(value.into())
    }
}

impl<'a> From<&'a [u8]> for OptionValue<'a> {
    fn from(value: &'a [u8]) -> Self {
        OptionValue::Bytes(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for OptionValue<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        OptionValue::Bytes(value)
    }
}

impl<'a> From<&'a Vec<u8>> for OptionValue<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        OptionValue::Bytes(value)
    }
}

impl<'a> From<&'a str> for OptionValue<'a> {
    fn from(value: &'a str) -> Self {
        OptionValue::Bytes(value.as_bytes())
    }
}

impl Socket {
    /// Sets an option to a number (or a `bool`), to bytes (or a `&str`), or to no value with a length:
    /// Python's three forms. Python: `socket.socket.setsockopt`.
    ///
    /// Bytes have the layout of 64-bit little-endian Linux, whatever the guest is: a `struct timeval` is 16.
    ///
    /// ```no_run
    /// use wallsocket::{AF_INET, OptionValue, SOCK_STREAM, SO_LINGER, SO_REUSEADDR, SOL_SOCKET};
    /// let sock = wallsocket::socket(AF_INET, SOCK_STREAM, 0)?;
    /// sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, true)?;
    /// sock.setsockopt(SOL_SOCKET, SO_LINGER, &[1, 0, 0, 0, 5, 0, 0, 0])?;
    /// sock.setsockopt(SOL_SOCKET, SO_LINGER, OptionValue::Null(0)).unwrap_err();
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` (the host has no such option), `EINVAL` (value or length), `EDOM` (a timeout out of
    /// range), [`Error::Denied`](crate::Error::Denied).
    pub fn setsockopt<'a>(&self, level: i32, optname: i32, value: impl Into<OptionValue<'a>>) -> Result<()> {
        let value = value.into();
        self.call(|handle| raw::set(handle, level, optname, value))
    }

    /// Reads an option that is a number. Python: `getsockopt(level, optname)`.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT`, [`Error::Denied`](crate::Error::Denied).
    pub fn getsockopt(&self, level: i32, optname: i32) -> Result<i32> {
        self.call(|handle| raw::get_int(handle, level, optname))
    }

    /// Reads an option as at most `buflen` bytes. Python: `getsockopt(level, optname, buflen)`.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT`, `EINVAL` (a length of 0 or over 1,024), [`Error::Denied`](crate::Error::Denied).
    pub fn getsockopt_bytes(&self, level: i32, optname: i32, buflen: usize) -> Result<Vec<u8>> {
        let length = u32::try_from(buflen).unwrap_or(u32::MAX);
        self.call(|handle| raw::get_bytes(handle, level, optname, length))
    }

    /// Filters what the socket receives with a classic BPF program; an empty one takes the filter away.
    /// Python: `setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, …)`.
    ///
    /// # Errors
    ///
    /// `EINVAL` (a bad program), `ENOENT` (none to take away), `EPERM` (locked).
    pub fn set_filter(&self, program: &[FilterInstruction]) -> Result<()> {
        self.call(|handle| raw::set_filter(handle, program))
    }

    /// Windows's `WSAIoctl`. Python: `socket.socket.ioctl`.
    ///
    /// # Errors
    ///
    /// `EOPNOTSUPP` on every other platform.
    pub fn ioctl(&self, control: Control) -> Result<()> {
        self.call(|handle| raw::ioctl(handle, control))
    }

    /// How many bytes can be read without waiting; of datagrams, the size of the next. Python:
    /// `fcntl.ioctl(sock, termios.FIONREAD, …)`.
    ///
    /// # Errors
    ///
    /// `EINVAL` (a listening socket), `EOPNOTSUPP`.
    pub fn bytes_readable(&self) -> Result<usize> {
        self.call(raw::bytes_readable).map(|count| count as usize)
    }

    /// How many bytes wait in the send queue. Python: `fcntl.ioctl(sock, SIOCOUTQ, …)`.
    ///
    /// # Errors
    ///
    /// `EINVAL` (a listening socket), `EOPNOTSUPP`.
    pub fn bytes_unsent(&self) -> Result<usize> {
        self.call(raw::bytes_unsent).map(|count| count as usize)
    }

    /// Whether the next byte to read is the urgent one. Python: `fcntl.ioctl(sock, SIOCATMARK, …)`.
    ///
    /// # Errors
    ///
    /// `EOPNOTSUPP`, `EINVAL`.
    pub fn at_mark(&self) -> Result<bool> {
        self.call(raw::at_mark)
    }
}
