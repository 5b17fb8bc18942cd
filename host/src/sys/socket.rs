//! A socket of the system's: made, bound, connected, asked its names, closed. It never blocks.

use std::io;
use std::net::Shutdown;
use std::os::fd::{AsRawFd, IntoRawFd, RawFd};
use std::sync::OnceLock;

use rustix::event::PollFlags;
use socket2::{Domain, Protocol, SockAddr, Type};
use tokio::io::unix::AsyncFd;

use super::readiness::{Watched, poll_now};
use super::transfer::retry;
use super::unix_path::{self, BoundPath, Place};
use super::{address, errno};
use crate::address::Address;
use crate::permissions::op::{Bind, Connect, Listen};
use crate::permissions::{Permit, Target};

/// Descriptors that a guest can't have, so that the host can go on opening files and accepting calls.
const RESERVED_DESCRIPTORS: u64 = 64;

/// A socket of the system's.
#[derive(Debug)]
pub(crate) struct Socket {
    /// Made when a call first has to wait. Before `inner`: it leaves the reactor while the descriptor is open.
    pub(super) watched: OnceLock<AsyncFd<Watched>>,
    inner: socket2::Socket,
    family: i32,
}

impl Socket {
    /// socket(2).
    pub(crate) fn new(family: i32, kind: i32, protocol: i32) -> io::Result<Self> {
        let kind = Type::from(kind).nonblocking().cloexec();
        let inner = socket2::Socket::new_raw(Domain::from(family), kind, Some(Protocol::from(protocol)))?;
        Self::admit(inner, family)
    }

    /// socketpair(2).
    pub(crate) fn pair(family: i32, kind: i32, protocol: i32) -> io::Result<(Self, Self)> {
        let kind = Type::from(kind).nonblocking().cloexec();
        let (one, other) = socket2::Socket::pair_raw(Domain::from(family), kind, Some(Protocol::from(protocol)))?;
        Ok((Self::admit(one, family)?, Self::admit(other, family)?))
    }

    /// Takes a new socket in, unless it came from the host's reserve of descriptors.
    fn admit(inner: socket2::Socket, family: i32) -> io::Result<Self> {
        is_admitted(&inner)?;
        Ok(Self { watched: OnceLock::new(), inner, family })
    }

    /// The family it was made with, in the system's numbers.
    pub(crate) fn family(&self) -> i32 {
        self.family
    }

    /// bind(2). What it made in the file system is the caller's to keep, and gone with it.
    pub(crate) fn bind(&self, permit: &Permit<Bind>) -> io::Result<Option<BoundPath>> {
        let bind = |address: &SockAddr| self.inner.bind(address);
        match permit.target() {
            Target::Inet(inet) => bind(&address::inet(*inet, self.family)?)?,
            Target::Abstract(name) => bind(&address::unix_abstract(name)?)?,
            Target::Unnamed => bind(&address::unix_unnamed()?)?,
            Target::Unspecified => return Err(errno::from_linux(errno::EAFNOSUPPORT)),
            Target::Path { directory, relative } => {
                return unix_path::bind(Place { directory, relative }, bind).map(Some);
            }
        }
        Ok(None)
    }

    /// listen(2).
    pub(crate) fn listen(&self, backlog: i32, _permit: &Permit<Listen>) -> io::Result<()> {
        self.inner.listen(backlog)
    }

    /// connect(2), as far as it goes without waiting.
    pub(crate) fn connect(&self, permit: &Permit<Connect>) -> io::Result<()> {
        self.with_destination(permit.target(), |address| retry(|| self.inner.connect(address)))
    }

    /// How a connect under way ended, by `SO_ERROR`; `EAGAIN` while it hasn't.
    pub(crate) fn connect_outcome(&self) -> io::Result<()> {
        self.connect_ended()?;
        self.inner.take_error()?.map_or(Ok(()), Err)
    }

    /// How a connect under way ended, by connect(2) itself; `EAGAIN` while it hasn't. Unlike `SO_ERROR` that leaves the
    /// socket as a connect(2) does that waited: connected for good, or ready for the next attempt.
    pub(crate) fn finish_connect(&self, permit: &Permit<Connect>) -> io::Result<()> {
        self.connect_ended()?;
        match self.connect(permit) {
            Err(error) if errno::to_linux(&error) == errno::EISCONN => Ok(()),
            ended => ended,
        }
    }

    fn connect_ended(&self) -> io::Result<()> {
        // An error alone is no end: after an unreachable host Linux reports one, without a number, all through the
        // next attempt.
        match poll_now(&[(self, PollFlags::OUT)])?[..] {
            [events] if events.intersects(PollFlags::OUT | PollFlags::HUP) => Ok(()),
            _ => Err(errno::from_linux(errno::EAGAIN)),
        }
    }

    /// Whether nothing more can come: the peer closed its half, or this side did.
    pub(crate) fn has_ended(&self) -> io::Result<bool> {
        Ok(poll_now(&[(self, PollFlags::RDHUP)])?.iter().any(|events| !events.is_empty()))
    }

    /// accept4(2).
    pub(crate) fn accept(&self) -> io::Result<(Self, Option<Address>)> {
        // What is accepted can't be put back: whether there is a descriptor for it is tried with another.
        is_admitted(&rustix::io::fcntl_dupfd_cloexec(&self.inner, 0)?)?;
        let (socket, address) = retry(|| {
            // SAFETY: `storage` has `length` bytes to write to; the descriptor returned is nobody else's.
            unsafe {
                SockAddr::try_init(|storage, length| {
                    let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
                    match libc::accept4(self.inner.as_raw_fd(), storage.cast(), length, flags) {
                        -1 => Err(io::Error::last_os_error()),
                        fd => Ok(<socket2::Socket as std::os::fd::FromRawFd>::from_raw_fd(fd)),
                    }
                })
            }
        })?;
        Ok((Self::admit(socket, self.family)?, address::parse(&address)?))
    }

    /// shutdown(2).
    pub(crate) fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.inner.shutdown(how)
    }

    /// getsockname(2).
    pub(crate) fn local_address(&self) -> io::Result<Option<Address>> {
        address::parse(&self.inner.local_addr()?)
    }

    /// getpeername(2).
    pub(crate) fn peer_address(&self) -> io::Result<Option<Address>> {
        address::parse(&self.inner.peer_addr()?)
    }

    /// close(2), with its error. With `SO_LINGER` it waits: not for an executor's thread.
    pub(crate) fn close(self) -> io::Result<()> {
        let Self { watched, inner, .. } = self;
        drop(watched);
        // SAFETY: the descriptor was `inner`'s, which has given it up.
        match unsafe { libc::close(inner.into_raw_fd()) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    /// Makes closing not wait. An abortive close (a linger time of 0) stays one.
    pub(crate) fn stop_lingering(&self) {
        if self.lingers() {
            let _ = self.inner.set_linger(None);
        }
    }

    /// Whether closing it waits, by `SO_LINGER`.
    pub(crate) fn lingers(&self) -> bool {
        matches!(self.inner.linger(), Ok(Some(time)) if !time.is_zero())
    }

    /// Whether an IPv6 socket keeps to IPv6.
    pub(crate) fn is_v6_only(&self) -> io::Result<bool> {
        self.inner.only_v6()
    }

    pub(super) fn raw(&self) -> &socket2::Socket {
        &self.inner
    }

    pub(super) fn raw_fd(&self) -> RawFd {
        self.inner.as_raw_fd()
    }
}

/// `EMFILE` for a descriptor out of the host's reserve. The lowest free number is the one that is given out, so a high
/// one means that few are left.
fn is_admitted(descriptor: &impl AsRawFd) -> io::Result<()> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    let number = u64::from(descriptor.as_raw_fd().unsigned_abs());
    if limit.is_some_and(|limit| number + RESERVED_DESCRIPTORS >= limit) {
        return Err(errno::from_linux(errno::EMFILE));
    }
    Ok(())
}
