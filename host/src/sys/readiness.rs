//! Waiting until a socket can go on: tokio's `AsyncFd` for one, epoll(7) for many.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::task::{Context, Poll, ready};

use rustix::event::epoll::{self, EventData, EventFlags};
use rustix::event::{PollFd, PollFlags, Timespec};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime::Handle;

use super::Socket;

/// Which way data goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Receiving, accepting.
    In,
    /// Sending, connecting.
    Out,
}

/// A descriptor that the reactor watches and somebody else closes.
#[derive(Debug)]
pub(crate) struct Watched(RawFd);

impl AsRawFd for Watched {
    fn as_raw_fd(&self) -> RawFd {
        self.0
    }
}

impl Socket {
    /// Waits for the reactor, and calls `operation` until it doesn't say `EAGAIN`; [`Socket::io_now`] goes before.
    ///
    /// It does return `EAGAIN` where the reactor has no more to tell: what it once saw hung up stays ready for it, though
    /// the kernel may know better (a socket that connects again, a half that is shut). Waiting for it then would be
    /// turning in a circle.
    pub(crate) async fn io_when_ready<T>(
        &self,
        direction: Direction,
        operation: impl FnMut() -> io::Result<T>,
    ) -> io::Result<T> {
        match direction {
            Direction::In => self.when_readable(operation).await,
            Direction::Out => self.when_writable(operation).await,
        }
    }

    /// The attempt before any wait: `EAGAIN` where there is nothing yet, and then [`Socket::io_when_ready`] waits for it.
    ///
    /// For reading, the reactor's word is asked for *before* the attempt: an event that comes between the attempt and the
    /// clearing of that word then has a newer tick, and isn't lost. So one attempt before waiting is enough; in a round
    /// trip, another would be a system call more.
    pub(crate) fn io_now<T>(
        &self,
        direction: Direction,
        mut operation: impl FnMut() -> io::Result<T>,
    ) -> io::Result<T> {
        if direction == Direction::Out {
            return operation();
        }
        let watched = match self.watched.get() {
            Some(watched) => watched,
            // Many a socket never waits, and needs no place in the reactor.
            None => match operation() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.watch()?,
                result => return result,
            },
        };
        let mut tried = false;
        let mut attempt = || {
            tried = true;
            operation()
        };
        match watched.try_io(Interest::READABLE, |_| attempt()) {
            // No news since readiness was last cleared; but the reactor may not have looked yet.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && !tried => operation(),
            result => result,
        }
    }

    /// Waits with a registration that stays, since most waits are for a peer's answer.
    async fn when_readable<T>(&self, mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        let watched = match self.watched.get() {
            Some(watched) => watched,
            None => self.watch()?,
        };
        loop {
            // An error wakes a reader as well: that of a datagram sent earlier comes alone.
            let mut guard = watched.ready(Interest::READABLE | Interest::ERROR).await?;
            match operation() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let has_ended = guard.ready().is_read_closed();
                    guard.clear_ready();
                    if has_ended {
                        return Err(error);
                    }
                }
                result => return result,
            }
        }
    }

    /// Waits with a registration that goes when the wait is over. A socket is writable nearly always, and says so at
    /// every turn to a reactor that listens: each wait for an answer would be woken by that first.
    async fn when_writable<T>(&self, mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        Handle::try_current().map_err(io::Error::other)?;
        // A descriptor of its own, since the reactor takes each but once.
        let copy = rustix::io::fcntl_dupfd_cloexec(self.raw(), 0)?;
        super::socket::unreserved(&copy)?;
        // SAFETY: the `AsyncFd` owns the descriptor.
        let watched = unsafe { AsyncFd::register_with_interest(copy, Interest::WRITABLE) }?;
        loop {
            let mut guard = watched.writable().await?;
            match operation() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let has_ended = guard.ready().is_write_closed();
                    guard.clear_ready();
                    if has_ended {
                        return Err(error);
                    }
                }
                result => return result,
            }
        }
    }

    fn watch(&self) -> io::Result<&AsyncFd<Watched>> {
        // Registering panics without a runtime.
        Handle::try_current().map_err(io::Error::other)?;
        // SAFETY: the descriptor is `self.inner`'s, which `self.watched` is dropped before.
        let watched = unsafe { AsyncFd::register_with_interest(Watched(self.raw_fd()), Interest::READABLE) }?;
        Ok(self.watched.get_or_init(|| watched))
    }
}

/// poll(2) without waiting: what is up with each socket now.
pub(crate) fn poll_now(interests: &[(&Socket, PollFlags)]) -> io::Result<Vec<PollFlags>> {
    let mut descriptors: Vec<_> = interests.iter().map(|(socket, events)| PollFd::new(socket.raw(), *events)).collect();
    rustix::io::retry_on_intr(|| rustix::event::poll(&mut descriptors, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })))?;
    Ok(descriptors.iter().map(PollFd::revents).collect())
}

/// Many sockets watched at once, level-triggered: an epoll instance that the reactor watches in turn.
#[derive(Debug)]
pub(crate) struct Watch {
    epoll: AsyncFd<OwnedFd>,
}

impl Watch {
    /// Watches each socket for its events. One that stands there twice is watched for both's.
    pub(crate) fn new(interests: &[(&Socket, PollFlags)]) -> io::Result<Self> {
        Handle::try_current().map_err(io::Error::other)?;
        let mut merged: std::collections::HashMap<RawFd, (&Socket, PollFlags)> =
            std::collections::HashMap::with_capacity(interests.len());
        for (socket, events) in interests {
            merged.entry(socket.raw_fd()).or_insert((socket, PollFlags::empty())).1 |= *events;
        }
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        super::socket::unreserved(&epoll)?;
        for (socket, events) in merged.into_values() {
            // The bits of epoll(7) and poll(2) are the same on Linux, but for those that neither side sets.
            let events = EventFlags::from_bits_truncate(u32::from(events.bits()));
            epoll::add(&epoll, socket.raw(), EventData::new_u64(0), events)?;
        }
        // SAFETY: the `AsyncFd` owns the descriptor.
        Ok(Self { epoll: unsafe { AsyncFd::register_with_interest(epoll, Interest::READABLE) }? })
    }

    /// Ready as soon as something is up with one of the sockets.
    pub(crate) fn poll_changed(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut guard = ready!(self.epoll.poll_read_ready(cx))?;
            let mut events = [epoll::Event { flags: EventFlags::empty(), data: EventData::new_u64(0) }; 1];
            let count = epoll::wait(self.epoll.get_ref(), &mut events, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))?;
            if count > 0 {
                return Poll::Ready(Ok(()));
            }
            guard.clear_ready();
        }
    }
}
