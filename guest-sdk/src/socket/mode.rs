//! Blocking, timed, non-blocking: the mode that a socket is in.

use super::Socket;
use crate::bindings::wallsocket::socket::sockets::Socket as Handle;
use crate::error::Result;
use crate::timeout::{Timeout, seconds};

impl Socket {
    /// Sets how long a call may take: `None` blocks, `0` is non-blocking, `2.5` and a `Duration` are timed.
    /// Python: `socket.socket.settimeout`.
    ///
    /// # Errors
    ///
    /// [`Error::Value`](crate::Error::Value) for a number that is negative, NaN or over 292 years.
    pub fn settimeout(&self, timeout: impl Into<Timeout>) -> Result<()> {
        let nanoseconds = timeout.into().nanoseconds()?;
        self.shared.with(|handle| handle.set_timeout(nanoseconds))
    }

    /// The timeout in seconds: `None` is blocking, 0 non-blocking. Python: `socket.socket.gettimeout`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn gettimeout(&self) -> Result<Option<f64>> {
        self.shared.with(|handle| seconds(handle.get_timeout()))
    }

    /// `true` is `settimeout(None)`, `false` is `settimeout(0)`. Python: `socket.socket.setblocking`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn setblocking(&self, flag: bool) -> Result<()> {
        self.settimeout(if flag { Timeout::BLOCKING } else { Timeout::NON_BLOCKING })
    }

    /// Whether the socket blocks, with a timeout or without. Python: `socket.socket.getblocking`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn getblocking(&self) -> Result<bool> {
        Ok(self.shared.with(Handle::get_timeout)? != Some(0))
    }
}
