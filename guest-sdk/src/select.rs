//! Waiting for many sockets at once: Python's `select` module.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::bindings::wallsocket::socket::poll as raw;
use crate::bindings::wallsocket::socket::poll::Events;
use crate::errno;
use crate::error::{Error, Result};
use crate::fd_table::{self, Shared};
use crate::socket::Socket;
use crate::timeout::Timeout;

/// `POLLIN`: something to read, a connection to accept, or the end of the stream.
pub const POLLIN: i32 = 1;
/// `POLLPRI`: urgent data.
pub const POLLPRI: i32 = 2;
/// `POLLOUT`: room to write, or a connection made.
pub const POLLOUT: i32 = 4;
/// `POLLERR`: an error waits in `SO_ERROR`. Always reported.
pub const POLLERR: i32 = 8;
/// `POLLHUP`: both halves are closed. Always reported.
pub const POLLHUP: i32 = 16;
/// `POLLNVAL`: the socket was closed. Always reported.
pub const POLLNVAL: i32 = 32;
/// `POLLRDNORM`: the same as [`POLLIN`].
pub const POLLRDNORM: i32 = 64;
/// `POLLWRNORM`: the same as [`POLLOUT`].
pub const POLLWRNORM: i32 = 256;
/// `POLLRDHUP`: the peer closed its half.
pub const POLLRDHUP: i32 = 8192;

/// What stands for a socket: the socket, or its number.
pub trait HasFileno {
    /// The number; -1 for a socket that was closed.
    fn fileno(&self) -> i32;
}

impl HasFileno for i32 {
    fn fileno(&self) -> i32 {
        *self
    }
}

impl HasFileno for Socket {
    fn fileno(&self) -> i32 {
        self.fileno()
    }
}

impl<T: HasFileno + ?Sized> HasFileno for &T {
    fn fileno(&self) -> i32 {
        (**self).fileno()
    }
}

/// How long [`Poll::poll`] waits: milliseconds as in Python, where `None` and negative numbers mean without
/// end, or a [`Duration`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PollTimeout(Timeout);

impl From<i32> for PollTimeout {
    fn from(milliseconds: i32) -> PollTimeout {
        PollTimeout(match u64::try_from(milliseconds) {
            Ok(milliseconds) => Duration::from_millis(milliseconds).into(),
            Err(_) => Timeout::BLOCKING,
        })
    }
}

impl From<Option<i32>> for PollTimeout {
    fn from(milliseconds: Option<i32>) -> PollTimeout {
        milliseconds.unwrap_or(-1).into()
    }
}

impl From<Duration> for PollTimeout {
    fn from(duration: Duration) -> PollTimeout {
        PollTimeout(duration.into())
    }
}

/// A set of sockets to wait for. Python: `select.poll()`.
///
/// ```no_run
/// use wallsocket::select::{POLLIN, poll};
/// let server = wallsocket::create_server(("127.0.0.1", 8080))?;
/// let mut waiting = poll();
/// waiting.register(&server, POLLIN)?;
/// for (fd, events) in waiting.poll(1000)? {
///     assert_eq!((fd, events), (server.fileno(), POLLIN));
/// }
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Poll {
    registered: BTreeMap<i32, (Arc<Shared>, i32)>,
}

/// An empty [`Poll`]. Python: `select.poll`.
#[must_use]
pub fn poll() -> Poll {
    Poll::default()
}

impl Poll {
    /// Adds a socket, or changes what to wait for on it: `POLLIN`, `POLLPRI`, `POLLOUT`, `POLLRDHUP`, or-ed.
    /// Python: `poll.register`.
    ///
    /// # Errors
    ///
    /// `EBADF` (no open socket).
    pub fn register(&mut self, fd: impl HasFileno, eventmask: i32) -> Result<()> {
        let fd = fd.fileno();
        self.registered.insert(fd, (fd_table::find(fd)?, eventmask));
        Ok(())
    }

    /// Changes what to wait for on a socket. Python: `poll.modify`.
    ///
    /// # Errors
    ///
    /// `ENOENT` (not registered).
    pub fn modify(&mut self, fd: impl HasFileno, eventmask: i32) -> Result<()> {
        let entry = self.registered.get_mut(&fd.fileno()).ok_or(Error::Os(errno::ENOENT))?;
        entry.1 = eventmask;
        Ok(())
    }

    /// Takes a socket away; one that was closed goes by its number. Python: `poll.unregister`.
    ///
    /// # Errors
    ///
    /// `ENOENT` (not registered; Python: `KeyError`).
    pub fn unregister(&mut self, fd: impl HasFileno) -> Result<()> {
        match self.registered.remove(&fd.fileno()) {
            Some(_) => Ok(()),
            None => Err(Error::Os(errno::ENOENT)),
        }
    }

    /// Waits until something happens on one of the sockets, and returns their numbers with what happened;
    /// none when the timeout passed. Python: `poll.poll`.
    ///
    /// # Errors
    ///
    /// `EINVAL` (more sockets than the host allows, 4,096 unless set otherwise).
    pub fn poll(&self, timeout: impl Into<PollTimeout>) -> Result<Vec<(i32, i32)>> {
        let timeout = timeout.into().0.nanoseconds()?;
        let sockets: Vec<_> =
            self.registered.iter().map(|(&fd, (shared, eventmask))| (fd, shared.borrow(), *eventmask)).collect();
        let closed: Vec<_> =
            sockets.iter().filter(|(_, socket, _)| socket.get().is_none()).map(|&(fd, ..)| (fd, POLLNVAL)).collect();
        let (open, interests): (Vec<_>, Vec<_>) = sockets
            .iter()
            .filter_map(|(fd, socket, eventmask)| {
                let interest = raw::Interest { socket: socket.get()?, events: events(*eventmask) };
                Some(((*fd, *eventmask), interest))
            })
            .unzip();
        // A closed socket has its event already, so the others are only looked at.
        let timeout = if closed.is_empty() { timeout } else { Some(0) };
        let mut happened = closed;
        for occurrence in raw::poll(&interests, timeout)? {
            if let Some(&(fd, eventmask)) = open.get(occurrence.index as usize) {
                happened.push((fd, mask(occurrence.events, eventmask)));
            }
        }
        Ok(happened)
    }
}

fn events(eventmask: i32) -> Events {
    let mut events = Events::empty();
    events.set(Events::READABLE, eventmask & (POLLIN | POLLRDNORM) != 0);
    events.set(Events::PRIORITY, eventmask & POLLPRI != 0);
    events.set(Events::WRITABLE, eventmask & (POLLOUT | POLLWRNORM) != 0);
    events.set(Events::READ_HANG_UP, eventmask & POLLRDHUP != 0);
    events
}

/// What happened, in the words of the one who asked.
fn mask(events: Events, asked: i32) -> i32 {
    let mut mask = 0;
    for (event, bits) in [
        (Events::READABLE, asked & (POLLIN | POLLRDNORM)),
        (Events::PRIORITY, POLLPRI),
        (Events::WRITABLE, asked & (POLLOUT | POLLWRNORM)),
        (Events::ERROR, POLLERR),
        (Events::HANG_UP, POLLHUP),
        (Events::READ_HANG_UP, POLLRDHUP),
    ] {
        if events.contains(event) {
            mask |= bits;
        }
    }
    mask
}

/// What [`select`] found: of each list the sockets that are ready.
pub type Ready<'a> = (Vec<&'a Socket>, Vec<&'a Socket>, Vec<&'a Socket>);

/// Waits until one of the sockets is ready to read, to write, or has urgent data; three empty lists when the
/// timeout (`None`, seconds, a `Duration`) passed. Python: `select.select`.
///
/// # Errors
///
/// `EBADF` (a socket was closed), `EINVAL` (too many), [`Error::Value`] (a bad timeout).
pub fn select<'a>(
    rlist: &[&'a Socket],
    wlist: &[&'a Socket],
    xlist: &[&'a Socket],
    timeout: impl Into<Timeout>,
) -> Result<Ready<'a>> {
    let mut poll = Poll::default();
    for (list, eventmask) in [(rlist, POLLIN), (wlist, POLLOUT), (xlist, POLLPRI)] {
        for socket in list {
            let fd = socket.fileno();
            let before = poll.registered.get(&fd).map_or(0, |entry| entry.1);
            poll.register(fd, before | eventmask)?;
        }
    }
    let happened: BTreeMap<i32, i32> = poll.poll(PollTimeout(timeout.into()))?.into_iter().collect();
    let ready = |list: &[&'a Socket], bits: i32| {
        let is_ready = |socket: &&&Socket| happened.get(&socket.fileno()).is_some_and(|events| events & bits != 0);
        list.iter().filter(is_ready).copied().collect()
    };
    Ok((ready(rlist, POLLIN | POLLHUP | POLLERR), ready(wlist, POLLOUT | POLLERR), ready(xlist, POLLPRI)))
}

impl Socket {
    /// A pollable of WASI that is ready when the socket is, to wait for it together with stdin, timers and
    /// all else: `wasip2::io::poll::poll(&[&pollable, …])`. It keeps the socket open. Python has no
    /// counterpart.
    ///
    /// # Errors
    ///
    /// `EMFILE` (too many handles).
    pub fn subscribe(&self, eventmask: i32) -> Result<wasip2::io::poll::Pollable> {
        self.call(|handle| raw::subscribe(handle, events(eventmask)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_answered_in_the_words_they_were_asked_in() {
        assert_eq!(events(POLLIN | POLLOUT), Events::READABLE | Events::WRITABLE);
        assert_eq!(events(POLLRDNORM), Events::READABLE);
        assert_eq!(events(!0) & (Events::ERROR | Events::HANG_UP), Events::empty());
        assert_eq!(mask(Events::READABLE, POLLRDNORM), POLLRDNORM);
        assert_eq!(mask(Events::READABLE | Events::HANG_UP, POLLIN), POLLIN | POLLHUP);
        assert_eq!(mask(Events::ERROR, 0), POLLERR);
    }

    #[test]
    fn negative_milliseconds_wait_without_end() {
        assert_eq!(PollTimeout::from(-5).0, Timeout::BLOCKING);
        assert_eq!(PollTimeout::from(None).0, Timeout::BLOCKING);
        assert_eq!(PollTimeout::from(2).0.nanoseconds(), Ok(Some(2_000_000)));
    }

    #[test]
    fn what_is_no_open_socket_cannot_be_registered() {
        let mut poll = poll();
        assert_eq!(poll.register(-1, POLLIN), Err(Error::Os(errno::EBADF)));
        assert_eq!(poll.modify(3, POLLIN), Err(Error::Os(errno::ENOENT)));
        assert_eq!(poll.unregister(3), Err(Error::Os(errno::ENOENT)));
    }
}
