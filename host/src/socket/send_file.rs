//! Sending files, whose disk may keep a thread waiting: not one of the executor's.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::PollFlags;
use tokio::sync::Semaphore;

use super::{Deadline, Description, Mode};
use crate::error::{Error, Result};
use crate::pool::TRANSFERS;
use crate::sys::files::{End, send};
use crate::sys::readiness::{Direction, poll_now};
use crate::sys::{self, errno};

/// Ends what a blocking thread does once nobody waits for it any more.
struct CallOff(Arc<AtomicBool>);

impl Drop for CallOff {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Description {
    /// Sends a file from `offset` to its end, or `count` bytes of it. Says how many bytes went, and what ended it
    /// before that, if something did.
    ///
    /// As in Python each wait for room has the socket's timeout to itself: it is for a peer that stands still, and not
    /// for a file that is long.
    pub(crate) async fn send_file(
        self: &Arc<Self>,
        guest: &Arc<Semaphore>,
        mode: Mode,
        file: Arc<File>,
        offset: u64,
        count: Option<u64>,
    ) -> (u64, Option<Error>) {
        let count = count.unwrap_or(u64::MAX);
        let call_off = CallOff(Arc::default());
        let mut sent = 0;
        loop {
            let (socket, file, called_off) = (Arc::clone(self), Arc::clone(&file), Arc::clone(&call_off.0));
            let (offset, left, may_wait) = (offset.saturating_add(sent), count - sent, mode != Mode::NonBlocking);
            let work = move || Ok(send(&socket.sys, &file, offset, left, may_wait, &called_off));
            let (moved, end) = match TRANSFERS.run(guest, work).await {
                Ok(turn) => turn,
                Err(error) => return (sent, Some(error)),
            };
            sent += moved;
            match end {
                End::Done => return (sent, None),
                End::Failed(error) => return (sent, Some(error.into())),
                End::Full if mode == Mode::NonBlocking => {
                    return (sent, (sent == 0).then(|| Error::os(errno::EAGAIN)));
                }
                End::Full => {
                    if let Err(error) = self.has_room(self.deadline(mode, Direction::Out)).await {
                        return (sent, Some(error));
                    }
                }
            }
        }
    }

    /// Waits until there is room to send, or an error to be told.
    async fn has_room(&self, deadline: Deadline) -> Result<()> {
        let look = |socket: &sys::Socket| {
            let events = poll_now(&[(socket, PollFlags::OUT)])?;
            match events.iter().any(|events| !events.is_empty()) {
                true => Ok(()),
                false => Err(errno::from_linux(errno::EAGAIN)),
            }
        };
        self.io(Direction::Out, deadline, look).await
    }
}
