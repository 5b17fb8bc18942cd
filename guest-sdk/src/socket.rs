//! The socket: made, bound, connected, closed. Its other methods are grouped by what they do.

pub(crate) mod batches;
mod cmsg;
mod debug;
mod io;
pub(crate) mod makefile;
pub(crate) mod messages;
mod mode;
pub(crate) mod options;
pub(crate) mod sendfile;
mod transfer;

use std::sync::Arc;

use crate::address::{Address, ToAddress};
use crate::bindings::wallsocket::socket::sharing;
use crate::bindings::wallsocket::socket::sockets::Socket as Handle;
use crate::bindings::wallsocket::socket::types;
use crate::constants::{AF_INET, AF_UNIX, SOCK_NONBLOCK, SOCK_STREAM};
use crate::errno;
use crate::error::{Error, Result};
use crate::fd_table::Shared;
use crate::timeout::default_nanoseconds;

/// A socket. Python: `socket.socket`.
///
/// Its methods have Python's names. Where Python has an optional argument, it is an `impl Into<Option<…>>`
/// if it is the only one (`listen(None)`, `listen(5)`); flags are taken by a method of their own, ending in
/// `_flags`.
///
/// It is closed when it is dropped; [`close`](Socket::close) also tells how that went. Every method is
/// `EBADF` on a socket that was closed by its number.
pub struct Socket {
    pub(crate) shared: Arc<Shared>,
    /// Whether dropping this object closes the socket.
    owns: bool,
}

/// Makes a socket, with the default timeout. Python: `socket.socket`.
///
/// As in Python -1 stands for the default: `AF_INET`, `SOCK_STREAM` and the type's own protocol. Python's fourth
/// argument, a number of a socket that is there already, is [`socket_from_fileno`](crate::socket_from_fileno).
///
/// ```no_run
/// use wallsocket::{AF_INET, SOCK_STREAM};
/// let sock = wallsocket::socket(AF_INET, SOCK_STREAM, 0)?;
/// sock.connect(("127.0.0.1", 7))?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
///
/// # Errors
///
/// `EAFNOSUPPORT` (family), `EPROTONOSUPPORT` (protocol), `ESOCKTNOSUPPORT` or `EINVAL` (type), `EMFILE` (too
/// many sockets), [`Error::Denied`] (raw sockets and privileged families).
pub fn socket(family: i32, type_: i32, proto: i32) -> Result<Socket> {
    let or = |given: i32, default: i32| if given == -1 { default } else { given };
    let (family, type_, proto) = (or(family, AF_INET), or(type_, SOCK_STREAM), or(proto, 0));
    let handle = Handle::create(family, type_, proto)?;
    if type_ & SOCK_NONBLOCK == 0 {
        set_default_timeout(&handle);
    }
    Ok(Socket::new(handle, family))
}

/// Makes two sockets that are connected to each other; it needs no grant. No family is `AF_UNIX`. Python:
/// `socket.socketpair`.
///
/// # Errors
///
/// `EOPNOTSUPP` (a family without pairs: all but `AF_UNIX` and `AF_TIPC`), `EMFILE`.
pub fn socketpair(family: impl Into<Option<i32>>, type_: i32, proto: i32) -> Result<(Socket, Socket)> {
    let family = family.into().unwrap_or(AF_UNIX);
    let (one, other) = Handle::pair(family, type_, proto)?;
    if type_ & SOCK_NONBLOCK == 0 {
        set_default_timeout(&one);
        set_default_timeout(&other);
    }
    Ok((Socket::new(one, family), Socket::new(other, family)))
}

/// New sockets block, so there is something to do only where the default is another.
fn set_default_timeout(handle: &Handle) {
    if let Some(timeout) = default_nanoseconds() {
        handle.set_timeout(Some(timeout));
    }
}

impl Socket {
    pub(crate) fn new(handle: Handle, family: i32) -> Socket {
        Socket { shared: Shared::new(handle, family), owns: true }
    }

    /// A socket that came from elsewhere: its family has to be asked for, and it gets the default timeout.
    pub(crate) fn adopt(handle: Handle) -> Socket {
        handle.set_timeout(default_nanoseconds());
        let family = handle.family();
        Socket::new(handle, family)
    }

    pub(crate) fn from_shared(shared: Arc<Shared>) -> Socket {
        Socket { shared, owns: true }
    }

    /// Makes a call with the handle.
    pub(crate) fn call<R>(&self, call: impl FnOnce(&Handle) -> Result<R, types::Error>) -> Result<R> {
        Ok(self.shared.with(call)??)
    }

    pub(crate) fn address(&self, address: impl ToAddress) -> Result<types::SocketAddress> {
        Ok(address.to_address(self.shared.family)?.into())
    }

    /// Gives the socket its own address; port 0 lets the host choose one. Python: `socket.socket.bind`.
    ///
    /// # Errors
    ///
    /// `EADDRINUSE`, `EADDRNOTAVAIL` (not this machine's), `EINVAL` (bound already), `ENOENT` (no such
    /// directory), [`Error::Value`] (no address of this family), [`Error::Denied`].
    pub fn bind(&self, address: impl ToAddress) -> Result<()> {
        let address = self.address(address)?;
        self.call(|handle| handle.bind(&address))
    }

    /// Makes the socket accept connections, `backlog` of them waiting at most: `listen(None)` for a sensible
    /// number, below 0 counts as 0. Python: `socket.socket.listen`.
    ///
    /// # Errors
    ///
    /// `EADDRINUSE`, `EINVAL` (connected already), `EOPNOTSUPP` (a type that doesn't listen),
    /// [`Error::Denied`].
    pub fn listen(&self, backlog: impl Into<Option<i32>>) -> Result<()> {
        let backlog = backlog.into();
        self.call(|handle| handle.listen(backlog))
    }

    /// Waits for a connection. The new socket has the default timeout, whatever this one's is. Python:
    /// `socket.socket.accept`.
    ///
    /// # Errors
    ///
    /// `EINVAL` (not listening), `EAGAIN` (non-blocking and nobody there), [`Error::Timeout`], `EMFILE`.
    pub fn accept(&self) -> Result<(Socket, Address)> {
        let (handle, address) = self.call(Handle::accept)?;
        set_default_timeout(&handle);
        Ok((Socket::new(handle, self.shared.family), address.into()))
    }

    /// Connects to an address; a name is resolved by the host. Python: `socket.socket.connect`.
    ///
    /// # Errors
    ///
    /// `ECONNREFUSED`, `ENETUNREACH`, `EHOSTUNREACH`, `ETIMEDOUT` (the network's own), [`Error::Timeout`] (the
    /// socket's), `EINPROGRESS` (non-blocking; it is done once the socket is writable, and `SO_ERROR` tells
    /// how it went), `EALREADY`, `EISCONN`, `ENOENT` (no such path), [`Error::GaiError`], [`Error::Denied`].
    pub fn connect(&self, address: impl ToAddress) -> Result<()> {
        let address = self.address(address)?;
        self.call(|handle| handle.connect(&address))
    }

    /// Connects, and returns the error number of the system's call, 0 for none; of a timeout `EAGAIN`, of a
    /// refusal by policy `EACCES`. Python: `socket.socket.connect_ex`.
    ///
    /// # Errors
    ///
    /// What isn't an error of connecting: [`Error::GaiError`], [`Error::Value`].
    pub fn connect_ex(&self, address: impl ToAddress) -> Result<i32> {
        match self.connect(address) {
            Ok(()) => Ok(0),
            Err(Error::Os(number)) => Ok(number),
            Err(Error::Timeout) => Ok(errno::EAGAIN),
            Err(Error::Denied(denial)) => Ok(denial.errno),
            Err(error) => Err(error),
        }
    }

    /// Closes one or both halves of the connection: [`SHUT_RD`](crate::SHUT_RD), [`SHUT_WR`](crate::SHUT_WR),
    /// [`SHUT_RDWR`](crate::SHUT_RDWR). Python: `socket.socket.shutdown`.
    ///
    /// # Errors
    ///
    /// `ENOTCONN`, `EINVAL` (none of the three).
    pub fn shutdown(&self, how: i32) -> Result<()> {
        self.call(|handle| handle.shutdown(how))
    }

    /// The socket's own address. Python: `socket.socket.getsockname`.
    ///
    /// # Errors
    ///
    /// `EOPNOTSUPP` (an address that the host has no codec for).
    pub fn getsockname(&self) -> Result<Address> {
        self.call(Handle::getsockname).map(Address::from)
    }

    /// The peer's address. Python: `socket.socket.getpeername`.
    ///
    /// # Errors
    ///
    /// `ENOTCONN`.
    pub fn getpeername(&self) -> Result<Address> {
        self.call(Handle::getpeername).map(Address::from)
    }

    /// The family. Python: `socket.socket.family`.
    #[must_use]
    pub fn family(&self) -> i32 {
        self.shared.family
    }

    /// The type, without `SOCK_NONBLOCK` and `SOCK_CLOEXEC`. Python: `socket.socket.type`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn type_(&self) -> Result<i32> {
        self.shared.with(Handle::type_)
    }

    /// The protocol. Python: `socket.socket.proto`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn proto(&self) -> Result<i32> {
        self.shared.with(Handle::protocol)
    }

    /// Another socket object for the same connection, with the same timeout. Python: `socket.socket.dup`.
    ///
    /// # Errors
    ///
    /// `EMFILE`.
    pub fn dup(&self) -> Result<Socket> {
        duplicate(&self.shared)
    }

    /// Closes the socket and says how that went; with `SO_LINGER` it waits for queued data. While there are file
    /// objects of [`makefile`](Socket::makefile), the last of them closes it. Python: `socket.socket.close`.
    ///
    /// # Errors
    ///
    /// `EIO`, `EBADF` (closed by its number). That the peer reset the connection is none.
    pub fn close(mut self) -> Result<()> {
        self.owns = false;
        if self.shared.is_left_to_files() {
            return Ok(());
        }
        close_shared(&self.shared)
    }

    /// Gives up the object but not the socket, and returns its number for [`fromfd`](crate::fromfd),
    /// [`socket_from_fileno`](crate::socket_from_fileno) or [`close`](crate::close); -1 where it was closed.
    /// Python: `socket.socket.detach`.
    #[must_use = "the number is all that is left of the socket"]
    pub fn detach(mut self) -> i32 {
        self.owns = false;
        self.shared.fileno()
    }

    /// The socket's number, from [`FIRST_FILENO`](crate::FIRST_FILENO) on: the guest's own, that WASI's libc
    /// doesn't know. -1 where the socket was closed by it. Python: `socket.socket.fileno`.
    #[must_use]
    pub fn fileno(&self) -> i32 {
        self.shared.fileno()
    }

    /// Whether the socket counts as inheritable. There are no child processes, so it has no effect. Python:
    /// `socket.socket.get_inheritable`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn get_inheritable(&self) -> Result<bool> {
        self.shared.with(Handle::get_inheritable)
    }

    /// Sets what [`get_inheritable`](Socket::get_inheritable) returns. Python:
    /// `socket.socket.set_inheritable`.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn set_inheritable(&self, inheritable: bool) -> Result<()> {
        self.shared.with(|handle| handle.set_inheritable(inheritable))
    }

    /// A token that the guest with the id `target` can redeem with [`fromshare`](crate::fromshare), once and within 60
    /// seconds. The socket can be closed at once; until it is redeemed it counts as one of this guest's, and goes with
    /// it. A guest's id is what [`self_id`](crate::self_id) says there, in place of Python's process id. Python:
    /// `socket.socket.share`.
    ///
    /// # Errors
    ///
    /// `ESRCH` (no such guest), `EMFILE` (too many sockets, or too many that wait to be redeemed).
    pub fn share(&self, target: &str) -> Result<Vec<u8>> {
        self.call(|handle| sharing::share(handle, target))
    }
}

pub(crate) fn duplicate(shared: &Shared) -> Result<Socket> {
    let handle = shared.with(Handle::dup)??;
    Ok(Socket::new(handle, shared.family))
}

/// Python ignores that the peer reset the connection: closed it is either way.
pub(crate) fn close_shared(shared: &Shared) -> Result<()> {
    let handle = shared.take().ok_or(Error::Os(errno::EBADF))?;
    match Handle::close(handle) {
        Ok(()) | Err(types::Error::Os(errno::ECONNRESET)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.owns && !self.shared.is_left_to_files() {
            self.shared.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_can_be_kept_anywhere() {
        fn anywhere<T: Send + Sync + 'static>() {}
        anywhere::<Socket>();
    }
}
