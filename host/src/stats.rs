//! What a guest did, in numbers.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::limits::Limit;

const LIMITS: usize = Limit::ALL.len();

/// Makes a counter of each row: a cell, a field of [`Stats`], a line of its table.
macro_rules! counters {
    ($( $(#[doc = $about:literal])+ $field:ident, $label:literal; )+) => {
        /// What a guest did so far, in numbers: [`SocketCtx::stats`](crate::SocketCtx::stats).
        ///
        /// As text it is a table, a counter a line, with the limits that were met.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Stats {
            $( $(#[doc = $about])+ pub $field: u64, )+
            refused: [u64; LIMITS],
        }

        /// The numbers while they are counted.
        #[derive(Debug, Default)]
        pub(crate) struct Counters {
            $( $field: AtomicU64, )+
            refused: [AtomicU64; LIMITS],
        }

        impl Counters {
            pub(crate) fn read(&self) -> Stats {
                Stats {
                    $( $field: self.$field.load(Relaxed), )+
                    refused: std::array::from_fn(|limit| self.refused[limit].load(Relaxed)),
                }
            }
        }

        impl Stats {
            fn rows(&self) -> impl Iterator<Item = (&'static str, u64)> {
                [$( ($label, self.$field), )+].into_iter()
            }
        }
    };
}

counters! {
    /// Sockets, duplicates, pollables and opaque handles that are open now.
    open_sockets, "open sockets";
    /// The most that were open at a time.
    most_open_sockets, "open sockets at most";
    /// What the buffers of its sockets may hold now, in bytes.
    buffer_bytes, "bytes of buffers";
    /// Bytes sent.
    bytes_sent, "bytes sent";
    /// Messages sent: datagrams, and calls on streams.
    messages_sent, "messages sent";
    /// Bytes received.
    bytes_received, "bytes received";
    /// Messages received: datagrams, and calls on streams that brought something.
    messages_received, "messages received";
    /// Connections begun, whatever became of them.
    connections, "connections begun";
    /// Connections accepted.
    accepted, "connections accepted";
    /// Look-ups of names that a resolver was asked for.
    lookups, "look-ups";
    /// Descriptors passed on.
    descriptors_sent, "descriptors passed";
    /// Descriptors received.
    descriptors_received, "descriptors received";
    /// Datagrams dropped, since the guest may not hear who sent them.
    datagrams_dropped, "datagrams dropped";
    /// Control messages dropped, since the host has no codec for them.
    messages_dropped, "control messages dropped";
    /// Calls that the permissions refused.
    denied, "calls denied";
}

impl Stats {
    /// How many calls met that limit.
    pub fn over(&self, limit: Limit) -> u64 {
        self.refused[limit as usize]
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, number) in self.rows() {
            writeln!(f, "  {label:<32} {number:>14}")?;
        }
        for limit in Limit::ALL.iter().filter(|limit| self.over(**limit) > 0) {
            let label = format!("calls over {}", limit.name());
            writeln!(f, "  {label:<32} {:>14}", self.over(*limit))?;
        }
        Ok(())
    }
}

/// Reads a guest's numbers while it runs, and when it has ended.
#[derive(Clone, Debug)]
pub struct Meter(pub(crate) Arc<Counters>);

impl Meter {
    /// The numbers as they are now. They are read one after the other: those of a guest that runs needn't be of one moment.
    pub fn stats(&self) -> Stats {
        self.0.read()
    }
}

impl Counters {
    pub(crate) fn opened(&self) {
        let open = self.open_sockets.fetch_add(1, Relaxed) + 1;
        self.most_open_sockets.fetch_max(open, Relaxed);
    }

    pub(crate) fn closed(&self) {
        self.open_sockets.fetch_sub(1, Relaxed);
    }

    pub(crate) fn buffer_bytes(&self) -> u64 {
        self.buffer_bytes.load(Relaxed)
    }

    /// A socket's buffers were so large, and are so large now.
    pub(crate) fn buffers(&self, were: u64, are: u64) {
        self.buffer_bytes.fetch_add(are, Relaxed);
        self.buffer_bytes.fetch_sub(were, Relaxed);
    }

    pub(crate) fn sent(&self, bytes: u64, messages: u64) {
        self.bytes_sent.fetch_add(bytes, Relaxed);
        self.messages_sent.fetch_add(messages, Relaxed);
    }

    pub(crate) fn received(&self, bytes: u64, messages: u64) {
        self.bytes_received.fetch_add(bytes, Relaxed);
        self.messages_received.fetch_add(messages, Relaxed);
    }

    pub(crate) fn connects(&self) {
        self.connections.fetch_add(1, Relaxed);
    }

    pub(crate) fn accepted(&self) {
        self.accepted.fetch_add(1, Relaxed);
    }

    pub(crate) fn looks_up(&self) {
        self.lookups.fetch_add(1, Relaxed);
    }

    pub(crate) fn passed_on(&self, descriptors: usize) {
        self.descriptors_sent.fetch_add(descriptors as u64, Relaxed);
    }

    pub(crate) fn took_in(&self, descriptors: usize) {
        self.descriptors_received.fetch_add(descriptors as u64, Relaxed);
    }

    pub(crate) fn dropped_datagrams(&self, count: u32) {
        self.datagrams_dropped.fetch_add(count.into(), Relaxed);
    }

    /// A control message was dropped. How many that makes.
    pub(crate) fn dropped_message(&self) -> u64 {
        self.messages_dropped.fetch_add(1, Relaxed) + 1
    }

    pub(crate) fn denied(&self) {
        self.denied.fetch_add(1, Relaxed);
    }

    /// A call met a limit. How many that makes.
    pub(crate) fn over(&self, limit: Limit) -> u64 {
        self.refused[limit as usize].fetch_add(1, Relaxed) + 1
    }
}
