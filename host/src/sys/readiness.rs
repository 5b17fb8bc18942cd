//! Waiting until a socket can go on: tokio's `AsyncFd` for one, epoll(7) for many.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::task::{Context, Poll, ready};

use rustix::event::epoll::{self, EventData, EventFlags};
use rustix::event::{PollFd, PollFlags, Timespec};
use tokio::io::Interest;
use tokio::io::unix::{AsyncFd, AsyncFdReadyGuard};
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
    /// Calls `operation` until it doesn't say `EAGAIN`, waiting for the reactor in between.
    ///
    /// It does return `EAGAIN` where the reactor has no more to tell: what it once saw hung up stays ready for it, though
    /// the kernel may know better (a socket that connects again, a half that is shut). Waiting for it then would be
    /// turning in a circle.
    ///
    /// The reactor's word is asked for *before* each attempt: an event that comes between the attempt and
    /// `clear_ready` then has a newer tick, and isn't lost.
    pub(crate) fn poll_io<T>(
        &self,
        cx: &mut Context<'_>,
        direction: Direction,
        mut operation: impl FnMut() -> io::Result<T>,
    ) -> Poll<io::Result<T>> {
        let watched = self.watched()?;
        loop {
            let readiness = match direction {
                Direction::In => watched.poll_read_ready(cx),
                Direction::Out => watched.poll_write_ready(cx),
            };
            let mut guard: AsyncFdReadyGuard<'_, Watched> = match readiness {
                Poll::Ready(guard) => guard?,
                // Nothing new since readiness was last cleared; but the reactor may not have looked yet.
                Poll::Pending => {
                    return match operation() {
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
                        result => Poll::Ready(result),
                    };
                }
            };
            match operation() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let is_closed = match direction {
                        Direction::In => guard.ready().is_read_closed(),
                        Direction::Out => guard.ready().is_write_closed(),
                    };
                    guard.clear_ready();
                    if is_closed {
                        return Poll::Ready(Err(error));
                    }
                }
                result => return Poll::Ready(result),
            }
        }
    }

    fn watched(&self) -> io::Result<&AsyncFd<Watched>> {
        if let Some(watched) = self.watched.get() {
            return Ok(watched);
        }
        // Registering panics without a runtime.
        Handle::try_current().map_err(io::Error::other)?;
        // SAFETY: the descriptor is `self.inner`'s, which `self.watched` is dropped before.
        let watched = unsafe { AsyncFd::register(Watched(self.raw_fd())) }?;
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
