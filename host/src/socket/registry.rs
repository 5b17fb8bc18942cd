//! A guest's open sockets: counted against its quota, and shut down together when its store goes.

use std::collections::HashMap;
use std::net::Shutdown;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::Description;
use crate::error::Result;
use crate::limits::Limit;
use crate::stats::Counters;

/// Every socket of one guest.
#[derive(Debug)]
pub(crate) struct Registry {
    limit: usize,
    open: Arc<Mutex<Open>>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    handles: HashMap<u64, Weak<Description>>,
    counters: Arc<Counters>,
    /// Tickets handed out for sockets that aren't made yet.
    reserved: usize,
}

/// A place in the quota, given back when dropped.
#[derive(Debug)]
pub(crate) struct Ticket {
    open: Arc<Mutex<Open>>,
    number: Option<u64>,
}

impl Registry {
    /// At most `limit` handles at a time.
    pub(crate) fn new(limit: usize, counters: Arc<Counters>) -> Self {
        Self { limit, open: Arc::new(Mutex::new(Open { counters, ..Open::default() })) }
    }

    /// A place for one more handle.
    ///
    /// # Errors
    ///
    /// `EMFILE` when there is none.
    pub(crate) fn reserve(&self) -> Result<Ticket> {
        let mut open = lock(&self.open);
        if open.handles.len() + open.reserved >= self.limit {
            return Err(Limit::Sockets.over());
        }
        open.reserved += 1;
        open.counters.opened();
        Ok(Ticket { open: Arc::clone(&self.open), number: None })
    }

    /// The sockets that are open.
    pub(crate) fn sockets(&self) -> Vec<Arc<Description>> {
        lock(&self.open).handles.values().filter_map(Weak::upgrade).collect()
    }
}

impl Ticket {
    /// Says what the place is for, once that is made.
    pub(crate) fn fill(mut self, description: &Arc<Description>) -> Self {
        let mut open = lock(&self.open);
        open.reserved -= 1;
        let number = open.next;
        open.next += 1;
        open.handles.insert(number, Arc::downgrade(description));
        drop(open);
        self.number = Some(number);
        self
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        open.counters.closed();
        match self.number {
            Some(number) => drop(open.handles.remove(&number)),
            None => open.reserved -= 1,
        }
    }
}

/// A store that goes takes its sockets with it at once: peers see the end now, whatever still holds a
/// description, and nothing lingers. Those that others hold as well live on with them.
impl Drop for Registry {
    fn drop(&mut self) {
        for description in self.sockets().into_iter().filter(|description| !description.sys.is_shared()) {
            description.sys.stop_lingering();
            // Not connected, most likely: then there is nobody to tell.
            let _ = description.sys.shutdown(Shutdown::Both);
        }
    }
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    // Counting can't panic half-way.
    open.lock().unwrap_or_else(PoisonError::into_inner)
}
