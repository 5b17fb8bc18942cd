//! What one guest used of its rates, and its books.

mod bucket;

use std::sync::Arc;
use std::time::Instant;

use crate::error::{Error, Result};
use crate::limits::{Limit, Limits, Rate};
use crate::socket::{Description, flags};
use crate::stats::Counters;
use crate::trace;

use bucket::Bucket;

/// A guest's rates and counters. A guest makes one call at a time, so that no lock is needed; where no rate is set, no clock
/// is asked.
#[derive(Debug)]
pub(crate) struct Quota {
    counters: Arc<Counters>,
    sent: Flow,
    received: Flow,
    connections: Metered,
    accepts: Metered,
    lookups: Metered,
    queued_bytes: u64,
}

/// Bytes and messages, one way.
#[derive(Debug)]
struct Flow {
    bytes: Metered,
    messages: Metered,
}

/// One rate.
#[derive(Debug)]
struct Metered {
    limit: Limit,
    bucket: Option<Bucket>,
}

impl Metered {
    fn new(limit: Limit, rate: Rate) -> Self {
        Self { limit, bucket: Bucket::new(rate, Instant::now()) }
    }

    /// How many are left.
    fn left(&mut self) -> u64 {
        self.bucket.as_mut().map_or(u64::MAX, |bucket| bucket.left(Instant::now()))
    }

    fn admit(&mut self) -> Result<()> {
        if self.left() == 0 { Err(self.limit.over()) } else { Ok(()) }
    }

    fn spend(&mut self, count: u64) {
        if let Some(bucket) = &mut self.bucket {
            bucket.spend(count);
        }
    }
}

impl Flow {
    fn admit(&mut self) -> Result<()> {
        self.bytes.admit()?;
        self.messages.admit()
    }

    fn spend(&mut self, bytes: u64, messages: u64) {
        self.bytes.spend(bytes);
        self.messages.spend(messages);
    }
}

impl Quota {
    pub(crate) fn new(limits: &Limits, counters: Arc<Counters>) -> Self {
        let metered = Metered::new;
        Self {
            counters,
            sent: Flow {
                bytes: metered(Limit::BytesSent, limits.bytes_sent_per_second),
                messages: metered(Limit::MessagesSent, limits.messages_sent_per_second),
            },
            received: Flow {
                bytes: metered(Limit::BytesReceived, limits.bytes_received_per_second),
                messages: metered(Limit::MessagesReceived, limits.messages_received_per_second),
            },
            connections: metered(Limit::Connections, limits.connections_per_second),
            accepts: metered(Limit::Accepts, limits.accepts_per_second),
            lookups: metered(Limit::LookupRate, limits.lookups_per_second),
            queued_bytes: limits.queued_bytes,
        }
    }

    /// The guest's books.
    pub(crate) fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// Whether there may be one more socket, by what the buffers of all of them may hold.
    ///
    /// # Errors
    ///
    /// `ENOBUFS`.
    pub(crate) fn may_hold_more(&self) -> Result<()> {
        if self.counters.buffer_bytes() >= self.queued_bytes { Err(Limit::QueuedBytes.over()) } else { Ok(()) }
    }

    /// Whether something may be sent.
    ///
    /// # Errors
    ///
    /// `EAGAIN`.
    pub(crate) fn may_send(&mut self) -> Result<()> {
        self.sent.admit()
    }

    /// How many bytes may be sent, for what could go on sending for as long as it likes.
    pub(crate) fn bytes_to_send(&mut self) -> u64 {
        self.sent.bytes.left()
    }

    /// So much was sent.
    pub(crate) fn sent(&mut self, bytes: usize, messages: usize) {
        let (bytes, messages) = (bytes as u64, messages as u64);
        self.sent.spend(bytes, messages);
        self.counters.sent(bytes, messages);
    }

    /// Whether something may be received.
    ///
    /// # Errors
    ///
    /// `EAGAIN`.
    pub(crate) fn may_receive(&mut self) -> Result<()> {
        self.received.admit()
    }

    /// So much was received. What was only looked at (`MSG_PEEK`) is there still, and the end of a stream is no message.
    pub(crate) fn received(&mut self, socket: &Description, bytes: usize, flags: i32) {
        if flags & flags::MSG_PEEK == 0 && (bytes > 0 || !socket.is_stream()) {
            self.received_many(bytes, 1);
        }
    }

    /// So many messages were received.
    pub(crate) fn received_many(&mut self, bytes: usize, messages: usize) {
        let (bytes, messages) = (bytes as u64, messages as u64);
        self.received.spend(bytes, messages);
        self.counters.received(bytes, messages);
    }

    /// A connection begins, if one may.
    ///
    /// # Errors
    ///
    /// `ENOBUFS`. Not `EAGAIN`, which of connect(2) means for many programs that it goes on by itself.
    pub(crate) fn connects(&mut self) -> Result<()> {
        self.connections.admit()?;
        self.connections.spend(1);
        self.counters.connects();
        Ok(())
    }

    /// Whether a connection may be accepted.
    ///
    /// # Errors
    ///
    /// `EAGAIN`.
    pub(crate) fn may_accept(&mut self) -> Result<()> {
        self.accepts.admit()
    }

    /// One was accepted.
    pub(crate) fn accepted(&mut self) {
        self.accepts.spend(1);
        self.counters.accepted();
    }

    /// A look-up begins, if one may. What it ends in otherwise depends on who asks.
    pub(crate) fn looks_up(&mut self) -> std::result::Result<(), Limit> {
        if self.lookups.left() == 0 {
            return Err(self.lookups.limit);
        }
        self.lookups.spend(1);
        self.counters.looks_up();
        Ok(())
    }

    /// Writes down what a call ended in, and tells of a limit that it met: the first time, and then ever more rarely,
    /// since a guest can meet it as often as it likes.
    pub(crate) fn note(&self, error: &Error) {
        match error {
            Error::Denied(_) | Error::NotPermitted(_) => self.counters.denied(),
            Error::OverLimit { limit, .. } => {
                let times = self.counters.over(*limit);
                if times.is_power_of_two() {
                    trace::over_limit(*limit, times);
                }
            }
            _ => {}
        }
    }
}
