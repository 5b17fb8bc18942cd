//! Many datagrams in one call.

use super::datagrams::Pace;
use super::{Deadline, Description, Heard, Mode};
use crate::error::Result;
use crate::sys::batch::{self, Incoming, NOBODY, Outgoing};
use crate::sys::readiness::Direction;

/// How many datagrams one call moves at most, and how much memory it takes to receive them.
pub(crate) const MOST_DATAGRAMS: usize = 1024;
const MOST_BYTES: usize = 128 << 10;
/// What an IP datagram can hold.
const LARGEST: usize = 65_535;

impl Description {
    /// Sends datagrams on an internet socket for as long as it takes them, and says how many that were. It waits only
    /// for the first.
    pub(crate) async fn send_batch(&self, deadline: Deadline, outgoing: &Outgoing<'_>, flags: i32) -> Result<usize> {
        self.io(Direction::Out, deadline, |socket| batch::send(socket, outgoing, flags)).await
    }

    /// Receives datagrams on an internet socket: waits for one, and takes what else is there. Drops what the guest may
    /// not hear.
    pub(crate) async fn recv_batch(
        &self,
        mode: Mode,
        count: usize,
        size: u32,
        flags: i32,
        hears: impl Heard,
    ) -> Result<Incoming> {
        let mode = self.receive_mode(mode, flags);
        let deadline = self.receive_deadline(mode, flags);
        let size = usize::try_from(size).unwrap_or(LARGEST).min(LARGEST);
        let count = count.min(MOST_DATAGRAMS).min((MOST_BYTES / size.max(1)).max(1));
        let mut pace = Pace::default();
        loop {
            let keeps = |from: &_| self.accepts(Some(from), &hears);
            let received =
                self.io(Direction::In, deadline, |socket| batch::receive(socket, count, size, flags, keeps)).await;
            let incoming = match received {
                Err(error) if error.would_block() && self.ends_deaf(mode, flags) => {
                    return Ok(Incoming { lengths: vec![0], senders: vec![NOBODY], ..Incoming::default() });
                }
                received => received?,
            };
            self.count_drops(incoming.dropped);
            if !incoming.lengths.is_empty() {
                return Ok(incoming);
            }
            pace.after_drops(incoming.dropped, deadline).await?;
        }
    }
}
