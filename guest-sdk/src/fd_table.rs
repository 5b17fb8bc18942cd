//! File descriptor numbers of sockets, which are the guest's own.
//!
//! The host knows handles and no numbers, so a socket gets one when it is first asked for. They begin at
//! [`FIRST_FILENO`], far above the numbers that WASI's libc gives to files, and none is given twice: a stale
//! number is `EBADF` and never somebody else's socket.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use crate::bindings::wallsocket::socket::sockets::Socket as Handle;
use crate::errno;
use crate::error::{Error, Result};

/// The lowest number that a socket's `fileno()` can be. Numbers below are those of sockets that the runner
/// handed over, as [`fromfd`](crate::fromfd) takes them, and of WASI's files.
pub const FIRST_FILENO: i32 = 1 << 20;

/// What all that know one socket have in common: the object, the table, a poll. Whoever closes it takes the
/// handle out, and to the others the socket is closed.
#[derive(Debug)]
pub(crate) struct Shared {
    handle: RwLock<Option<Handle>>,
    /// Kept here because every address is parsed for it.
    pub(crate) family: i32,
    /// Its number in the table, 0 while it has none.
    number: AtomicI32,
    /// How many file objects hold it, and whether it is closed but for them.
    files: Mutex<Files>,
}

/// Python's `_io_refs` and `_closed`.
#[derive(Debug, Default)]
struct Files {
    open: usize,
    socket_closed: bool,
}

/// A handle on loan: the socket can't be closed meanwhile.
pub(crate) struct Borrowed<'a>(RwLockReadGuard<'a, Option<Handle>>);

impl Borrowed<'_> {
    pub(crate) fn get(&self) -> Option<&Handle> {
        self.0.as_ref()
    }
}

impl Shared {
    pub(crate) fn new(handle: Handle, family: i32) -> Arc<Shared> {
        let handle = RwLock::new(Some(handle));
        Arc::new(Shared { handle, family, number: AtomicI32::new(0), files: Mutex::default() })
    }

    pub(crate) fn borrow(&self) -> Borrowed<'_> {
        Borrowed(self.handle.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a call with the handle; `EBADF` when the socket was closed.
    pub(crate) fn with<R>(&self, call: impl FnOnce(&Handle) -> R) -> Result<R> {
        self.borrow().get().map(call).ok_or(Error::Os(errno::EBADF))
    }

    /// Takes the handle out, and the socket off the table.
    pub(crate) fn take(&self) -> Option<Handle> {
        let number = self.number.load(Ordering::Relaxed);
        if number != 0 {
            table().entries.remove(&number);
        }
        self.handle.write().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// One file object more.
    pub(crate) fn remember_file(&self) {
        self.files().open += 1;
    }

    /// One file object less; the last one closes a socket that was closed before.
    pub(crate) fn forget_file(&self) {
        let mut files = self.files();
        files.open -= 1;
        let is_last = files.open == 0 && files.socket_closed;
        drop(files);
        if is_last {
            drop(self.take());
        }
    }

    /// Whether file objects keep the socket open; the last of them then closes it.
    pub(crate) fn is_left_to_files(&self) -> bool {
        let mut files = self.files();
        files.socket_closed |= files.open > 0;
        files.socket_closed
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The socket's number, or -1 when it was closed.
    pub(crate) fn fileno(self: &Arc<Shared>) -> i32 {
        if self.borrow().get().is_none() {
            return -1;
        }
        let number = self.number.load(Ordering::Relaxed);
        if number != 0 {
            return number;
        }
        let mut table = table();
        let number = table.free_number();
        table.entries.insert(number, Arc::clone(self));
        self.number.store(number, Ordering::Relaxed);
        number
    }
}

/// The socket with that number; `EBADF` where there is none.
pub(crate) fn find(number: i32) -> Result<Arc<Shared>> {
    table().entries.get(&number).cloned().ok_or(Error::Os(errno::EBADF))
}

#[derive(Debug)]
struct Table {
    next: i32,
    entries: BTreeMap<i32, Arc<Shared>>,
}

static TABLE: Mutex<Table> = Mutex::new(Table { next: FIRST_FILENO, entries: BTreeMap::new() });

fn table() -> MutexGuard<'static, Table> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Table {
    fn free_number(&mut self) -> i32 {
        // After two thousand million sockets it begins anew, past those that are still open.
        while self.entries.contains_key(&self.next) {
            self.next = self.next.checked_add(1).unwrap_or(FIRST_FILENO);
        }
        let number = self.next;
        self.next = self.next.checked_add(1).unwrap_or(FIRST_FILENO);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_nobody_has_is_a_bad_descriptor() {
        for number in [-1, 0, 3, FIRST_FILENO - 1, i32::MAX, i32::MIN] {
            assert_eq!(find(number).err(), Some(Error::Os(errno::EBADF)));
        }
    }

    #[test]
    fn numbers_are_not_given_twice_and_wrap_around() {
        let mut table = Table { next: i32::MAX - 1, entries: BTreeMap::new() };
        assert_eq!(table.free_number(), i32::MAX - 1);
        assert_eq!(table.free_number(), i32::MAX);
        assert_eq!(table.free_number(), FIRST_FILENO);
    }
}
