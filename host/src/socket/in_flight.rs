//! Descriptors that were passed and not received yet: what a guest can make the kernel hold.

use std::sync::{Arc, Weak};

use super::Description;
use crate::error::Result;
use crate::limits::Limit;
use crate::sys::transfer;

/// How many descriptors wait in the queues that a guest's sockets fill.
///
/// Which of them were received the kernel doesn't tell; that nothing waits any more, it does. So a socket's are counted
/// until its queue is seen empty.
#[derive(Debug)]
pub(crate) struct InFlight {
    limit: usize,
    senders: Vec<(Weak<Description>, usize)>,
}

impl InFlight {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, senders: Vec::new() }
    }

    /// Whether so many more may be passed.
    ///
    /// # Errors
    ///
    /// `ETOOMANYREFS`, as unix(7) has it for a user with more in flight than `RLIMIT_NOFILE`.
    pub(crate) fn admit(&mut self, count: usize) -> Result<()> {
        self.senders.retain(|(sender, _)| {
            sender.upgrade().is_some_and(|sender| transfer::bytes_unsent(&sender.sys).is_ok_and(|waiting| waiting > 0))
        });
        let waiting: usize = self.senders.iter().map(|(_, count)| count).sum();
        if waiting.saturating_add(count) > self.limit { Err(Limit::DescriptorsInFlight.over()) } else { Ok(()) }
    }

    /// So many were passed.
    pub(crate) fn add(&mut self, sender: &Arc<Description>, count: usize) {
        match self.senders.iter_mut().find(|(known, _)| std::ptr::eq(known.as_ptr(), Arc::as_ptr(sender))) {
            Some((_, waiting)) => *waiting += count,
            None => self.senders.push((Arc::downgrade(sender), count)),
        }
    }
}
