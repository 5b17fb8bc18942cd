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
    /// [`layout`](crate::layout) makes such structures. What an option's value is, its constant says.
    ///
    /// ```no_run
    /// use wallsocket::{AF_INET, OptionValue, SOCK_STREAM, SO_LINGER, SO_REUSEADDR, SOL_SOCKET};
    /// let sock = wallsocket::socket(AF_INET, SOCK_STREAM, 0)?;
    /// sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, true)?;
    /// sock.setsockopt(SOL_SOCKET, SO_LINGER, &wallsocket::layout::linger(true, 5))?;
    /// sock.setsockopt(SOL_SOCKET, SO_LINGER, OptionValue::Null(0)).unwrap_err();
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` (the host or the socket has no such option), `EINVAL` (value or length), `EDOM` (a timeout out of
    /// range), `EFAULT` (no value), `EPERM` or `EOPNOTSUPP` (one that no guest may have),
    /// [`Error::Denied`](crate::Error::Denied) (one that takes a grant, or a multicast group that isn't granted).
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

    /// Filters what the socket receives with a classic BPF program of 1 to 4,096 instructions; an empty one takes the
    /// filter away. Python: `setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, …)`, whose value is a pointer and doesn't get
    /// across.
    ///
    /// A program begins at the transport's header, on a `SOCK_RAW` socket at the network's. What it returns is how
    /// many bytes of the packet are kept, 0 for none. `tcpdump -dd` writes programs in this form.
    ///
    /// ```no_run
    /// use wallsocket::{AF_INET, FilterInstruction, SOCK_DGRAM};
    /// let sock = wallsocket::socket(AF_INET, SOCK_DGRAM, 0)?;
    /// let at = |code, jump_true, jump_false, operand| FilterInstruction { code, jump_true, jump_false, operand };
    /// sock.set_filter(&[
    ///     at(0x28, 0, 0, 0),         // load the source port
    ///     at(0x15, 0, 1, 53),        // is it 53?
    ///     at(0x06, 0, 0, u32::MAX),  // then the whole datagram
    ///     at(0x06, 0, 0, 0),         // else nothing
    /// ])?;
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `EINVAL` (a bad program: an opcode that there isn't, a jump out of it, no return at its end, a division by 0,
    /// memory that is read before it is written), `ENOENT` (none to take away), `EPERM` (`SO_LOCK_FILTER` is on).
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
