//! Sockets by number, and sockets that come from outside.

use crate::bindings::wallsocket::socket::sharing as raw;
pub use crate::bindings::wallsocket::socket::sharing::InheritedSocket;
use crate::error::Result;
use crate::fd_table::{self, FIRST_FILENO};
use crate::socket::{Socket, close_shared, duplicate};
use crate::timeout::{Timeout, getdefaulttimeout};

/// Another socket object for the socket with that number: one of this guest's, or one that the runner
/// handed over ([`inherited`] lists them; `wallsocket run --inherit`). It has the default timeout. Its family, type and protocol are the socket's own, which is why
/// they aren't asked for. Python: `socket.fromfd`.
///
/// # Errors
///
/// `EBADF` (no such number), `EMFILE`.
pub fn fromfd(fd: i32) -> Result<Socket> {
    if fd < FIRST_FILENO {
        return Ok(Socket::adopt(raw::inherit(fd)?));
    }
    let socket = duplicate(&*fd_table::find(fd)?)?;
    socket.settimeout(Timeout::from(getdefaulttimeout()))?;
    Ok(socket)
}

/// The socket with that number as an object that owns it: what [`Socket::detach`] gave up, taken back.
/// Python: `socket.socket(fileno=fd)`.
///
/// # Errors
///
/// `EBADF`.
pub fn socket_from_fileno(fd: i32) -> Result<Socket> {
    Ok(Socket::from_shared(fd_table::find(fd)?))
}

/// Another number for the socket with that number. Python: `socket.dup`.
///
/// # Errors
///
/// `EBADF`, `EMFILE`.
pub fn dup(fd: i32) -> Result<i32> {
    Ok(duplicate(&*fd_table::find(fd)?)?.detach())
}

/// Closes the socket with that number; the objects that stand for it have a closed socket then. Python:
/// `socket.close`.
///
/// # Errors
///
/// `EBADF`, `EIO`.
pub fn close(fd: i32) -> Result<()> {
    close_shared(&*fd_table::find(fd)?)
}

/// The socket behind a token of [`Socket::share`], with the default timeout. It may use the peer and the address that it
/// has; what else this guest does with it, its own grants have to allow. Python: `socket.fromshare`.
///
/// # Errors
///
/// `EINVAL` (not a token, not for this guest, redeemed already or too old), `EMFILE`, [`Error::Denied`](crate::Error) (a
/// kind of socket that this guest may not have).
pub fn fromshare(data: &[u8]) -> Result<Socket> {
    Ok(Socket::adopt(raw::redeem(data)?))
}

/// The sockets that the runner handed over, for [`fromfd`] to take by number.
#[must_use]
pub fn inherited() -> Vec<InheritedSocket> {
    raw::inherited()
}

/// This guest's own id, which another guest's [`Socket::share`] takes.
#[must_use]
pub fn self_id() -> String {
    raw::self_id()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, errno};

    #[test]
    fn a_number_without_a_socket_is_a_bad_descriptor() {
        let bad = Error::Os(errno::EBADF);
        assert_eq!(fromfd(i32::MAX).err(), Some(bad.clone()));
        assert_eq!(socket_from_fileno(-1).err(), Some(bad.clone()));
        assert_eq!(dup(3).err(), Some(bad.clone()));
        assert_eq!(close(3).err(), Some(bad));
    }
}
