//! What a socket takes part in of its guest's books: what its buffers may hold, and what it dropped.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::Description;
use crate::stats::Counters;
use crate::sys::options::buffer_sizes;

/// Where a socket is counted: with the guest that holds it.
#[derive(Debug, Default)]
pub(super) struct Account {
    counters: OnceLock<Arc<Counters>>,
    /// What its buffers were last seen to hold at most.
    buffer_bytes: AtomicU64,
}

impl Description {
    /// Counts the socket in a guest's books, for as long as it is open.
    pub(crate) fn count_in(&self, counters: &Arc<Counters>) {
        if self.account.counters.set(Arc::clone(counters)).is_ok() {
            self.measure_buffers();
        }
    }

    /// Looks how much the kernel may queue for it. A stream's buffers can grow beyond that by the kernel's own doing, within
    /// what the machine lets them (tcp(7), `tcp_rmem`).
    pub(crate) fn measure_buffers(&self) {
        if let Some(counters) = self.account.counters.get() {
            let now = buffer_sizes(&self.sys);
            let before = self.account.buffer_bytes.swap(now, Ordering::Relaxed);
            counters.buffers(before, now);
        }
    }

    /// So many datagrams were dropped, since the guest may not hear who sent them.
    pub(super) fn count_drops(&self, count: u32) {
        if let Some(counters) = self.account.counters.get().filter(|_| count > 0) {
            counters.dropped_datagrams(count);
        }
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        if let Some(counters) = self.counters.get() {
            counters.buffers(*self.buffer_bytes.get_mut(), 0);
        }
    }
}
