//! What an open socket was restricted to: it goes with the socket, whoever holds it in this process.
//!
//! A socket can come back on a way that the host doesn't see: passed over a Unix socket (`SCM_RIGHTS`), through another
//! guest or a native program. So what it was restricted to is written down by what the kernel calls the socket, for as long
//! as anybody has it open.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Description;
use crate::error::{Error, Result};
use crate::permissions::{Permissions, Restrictions};
use crate::sys::lifetimes::{self, Lifetimes};

/// How many lines a guest's restrictions of sockets may have altogether, for as long as those sockets are open somewhere.
pub(crate) const LINES: usize = 16 * 1024;

/// How many sockets are written down before it is asked which are there still; then twice as many as were.
const FIRST_SWEEP: usize = 64;

/// Every restricted socket that this process has had, by its cookie.
static RESTRICTED: Mutex<Option<Table>> = Mutex::new(None);
/// Whether there has been one: most processes never have any.
static ANY: AtomicBool = AtomicBool::new(false);

#[derive(Debug)]
struct Table {
    sockets: HashMap<u64, Arc<Restriction>>,
    watched: Lifetimes,
    sweep_at: usize,
}

/// What one socket was restricted to.
#[derive(Debug, Default)]
pub(crate) struct Restriction {
    kept: Mutex<Kept>,
    /// How many sets there are. It only grows.
    count: AtomicUsize,
}

#[derive(Clone, Debug, Default)]
struct Kept {
    sets: Restrictions,
    /// What the lines take of their guests' quotas.
    charges: Vec<Arc<OwnedSemaphorePermit>>,
}

impl Restriction {
    /// The sets of lines, each of which has to allow what the socket does.
    pub(crate) fn sets(&self) -> Restrictions {
        lock(&self.kept).sets.clone()
    }

    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::Acquire)
    }
}

impl Description {
    /// What the socket was restricted to, by whoever held it.
    pub(crate) fn restriction(&self) -> Option<&Restriction> {
        if self.restriction.get().is_none() && self.sys.is_shared() && ANY.load(Ordering::Acquire) {
            // Another guest, or this one by another handle, may have restricted it.
            let cookie = lifetimes::cookie(&self.sys).ok()?;
            let found = lock(&RESTRICTED).as_ref()?.sockets.get(&cookie).map(Arc::clone)?;
            return Some(self.restriction.get_or_init(|| found));
        }
        self.restriction.get().map(|found| &**found)
    }

    /// Restricts the socket for good; `quota` is what its guest has left for lines.
    ///
    /// # Errors
    ///
    /// A denial when there are too many sets or lines; `ENOBUFS` when the guest's quota is used up; `ENOSPC` when the user's
    /// for epoll(7) is. Nothing is given up then.
    pub(crate) fn restrict(&self, permissions: Permissions, quota: &Arc<Semaphore>) -> Result<()> {
        // An empty set takes room as well.
        let lines = u32::try_from(permissions.line_count() + 1).unwrap_or(u32::MAX);
        let mut table = lock(&RESTRICTED);
        let table = opened(&mut table)?;
        let charge = match Arc::clone(quota).try_acquire_many_owned(lines) {
            Ok(charge) => charge,
            Err(_) => {
                table.sweep();
                let no_room = |_| Error::os(crate::sys::errno::ENOBUFS);
                Arc::clone(quota).try_acquire_many_owned(lines).map_err(no_room)?
            }
        };
        let restriction = match self.restriction.get() {
            Some(known) => Arc::clone(known),
            None => table.enter(self)?,
        };
        let mut kept = lock(&restriction.kept);
        kept.sets.add(permissions)?;
        kept.charges.push(Arc::new(charge));
        restriction.count.store(kept.sets.len(), Ordering::Release);
        Ok(())
    }

    /// What a connection has from its listener, if that was restricted.
    ///
    /// # Errors
    ///
    /// As [`restrict`](Self::restrict).
    pub(super) fn inherit_restriction(&self, listener: &Self) -> Result<()> {
        let Some(restriction) = listener.restriction() else { return Ok(()) };
        let kept = lock(&restriction.kept).clone();
        let mut table = lock(&RESTRICTED);
        let own = opened(&mut table)?.enter(self)?;
        own.count.store(kept.sets.len(), Ordering::Release);
        *lock(&own.kept) = kept;
        Ok(())
    }

    /// Whether the socket was restricted since it was last asked whom it hears. `hears_anyone` says whether a bind grant
    /// still covers its address.
    pub(crate) fn catch_up(&self, hears_anyone: impl FnOnce() -> bool) -> bool {
        let count = self.restrictions_made();
        if count == self.restrictions_seen.load(Ordering::Relaxed) {
            return false;
        }
        // First: who restricts it meanwhile is caught up with the next time.
        self.restrictions_seen.store(count, Ordering::Relaxed);
        self.filter(!hears_anyone());
        true
    }

    pub(super) fn restrictions_made(&self) -> usize {
        self.restriction().map_or(0, Restriction::count)
    }
}

/// The table, made when the first socket is restricted.
fn opened(table: &mut Option<Table>) -> Result<&mut Table> {
    if table.is_none() {
        *table = Some(Table { sockets: HashMap::new(), watched: Lifetimes::new()?, sweep_at: FIRST_SWEEP });
        ANY.store(true, Ordering::Release);
    }
    table.as_mut().ok_or(Error::os(crate::sys::errno::ENOBUFS))
}

impl Table {
    /// The entry of a socket, made if there is none.
    fn enter(&mut self, socket: &Description) -> Result<Arc<Restriction>> {
        let cookie = lifetimes::cookie(&socket.sys)?;
        if self.sockets.len() >= self.sweep_at {
            self.sweep();
        }
        if !self.sockets.contains_key(&cookie) {
            self.watched.watch(&socket.sys, cookie)?;
        }
        let entry = self.sockets.entry(cookie).or_default();
        Ok(Arc::clone(socket.restriction.get_or_init(|| Arc::clone(entry))))
    }

    /// Forgets the sockets that nobody has open any more.
    fn sweep(&mut self) {
        // Without /proc nobody can tell: then the quotas are the bound.
        if let Ok(alive) = self.watched.alive() {
            self.sockets.retain(|cookie, _| alive.contains(cookie));
        }
        self.sweep_at = FIRST_SWEEP.max(2 * self.sockets.len());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that holds a lock can panic half-way through a change.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::socket::flags::{AF_UNIX, SOCK_STREAM};
    use crate::sys;

    fn socket() -> Description {
        let (one, _) = sys::Socket::pair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
        Description::new(one, AF_UNIX, SOCK_STREAM, 0)
    }

    fn lines(count: usize) -> Permissions {
        let mut lines = Permissions::builder();
        for _ in 0..count {
            lines = lines.allow("interfaces list").expect("a line");
        }
        lines.build()
    }

    #[test]
    fn restrictions_are_bounded_and_those_of_closed_sockets_are_forgotten() {
        let quota = Arc::new(Semaphore::new(40));
        for _ in 0..10 * FIRST_SWEEP {
            socket().restrict(lines(9), &quota).expect("the sockets before are closed");
        }
        assert!(lock(&RESTRICTED).as_ref().expect("a table").sockets.len() <= 2 * FIRST_SWEEP);
        let held: Vec<_> = std::iter::repeat_with(socket).take(4).collect();
        for one in &held {
            one.restrict(lines(9), &quota).expect("ten each, of forty");
        }
        let full = socket().restrict(Permissions::none(), &quota);
        assert!(matches!(full, Err(Error::Io(_))), "the quota is used up: {full:?}");
        drop(held);
        let one = socket();
        for _ in 0..16 {
            one.restrict(Permissions::none(), &quota).expect("the others are closed");
        }
        let more = one.restrict(Permissions::none(), &quota);
        assert!(matches!(more, Err(Error::Denied(_))), "sixteen are the most: {more:?}");
        assert_eq!(one.restrictions_made(), 16);
        let long = socket().restrict(lines(1025), &Arc::new(Semaphore::new(LINES)));
        assert!(matches!(long, Err(Error::Denied(_))), "as for a guest: {long:?}");
    }
}
