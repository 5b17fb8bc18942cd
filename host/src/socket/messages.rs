//! Messages received: data with control messages beside it, cut to the guest's room for them.

use super::datagrams::Pace;
use super::{Description, Heard, Mode, flags};
use crate::error::Result;
use crate::sys::control::{Fitted, fit};
use crate::sys::messages::{Received, receive};
use crate::sys::readiness::Direction;

impl Description {
    /// Receives data and control messages of at most `room` bytes, dropping what the guest may not hear.
    pub(crate) async fn recv_message(
        &self,
        mode: Mode,
        size: u32,
        room: u32,
        flags: i32,
        hears: impl Heard,
    ) -> Result<Received> {
        let mode = self.receive_mode(mode, flags);
        let deadline = self.receive_deadline(mode, flags);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        // How much the call waits for: all with MSG_WAITALL, and otherwise what SO_RCVLOWAT says.
        let waits = self.is_stream() && mode == Mode::Blocking && flags & (flags::MSG_PEEK | flags::MSG_ERRQUEUE) == 0;
        let least = match flags & flags::MSG_WAITALL {
            _ if !waits => 0,
            0 => self.low_water().min(size),
            _ => size,
        };
        let passed_on = if self.is_stream() { flags & !flags::MSG_WAITALL } else { flags };
        let mut pace = Pace::default();
        let mut received: Option<Received> = None;
        loop {
            let have = received.as_ref().map_or(0, |received| received.data.len());
            let next = self.io(Direction::In, deadline, |socket| {
                receive(socket, self.message_size(size - have, passed_on)?, passed_on)
            });
            let next = match next.await {
                Ok(next) => next,
                Err(error) if error.would_block() && self.ends_deaf(mode, flags) => Received::default(),
                // What has come by then is the answer.
                Err(error) => match received {
                    Some(received) => return Ok(cut(received, room, flags)),
                    None => return Err(error),
                },
            };
            if !self.accepts(next.from.as_ref(), &hears) {
                if flags & flags::MSG_PEEK != 0 && flags & flags::MSG_ERRQUEUE == 0 {
                    self.discard()?;
                }
                pace.after_drop(deadline).await?;
                continue;
            }
            let (ended, passes) = (next.data.is_empty(), passes_descriptors(&next));
            let whole = join(received.take(), next);
            // As the kernel, which doesn't go past descriptors.
            if ended || passes || whole.data.len() >= least {
                return Ok(cut(whole, room, flags));
            }
            received = Some(whole);
        }
    }
}

fn passes_descriptors(received: &Received) -> bool {
    received.control.iter().any(|message| matches!(message, Fitted::Rights(_)))
}

/// What came, with what came after it: `MSG_WAITALL`. Control messages are those of the last.
fn join(first: Option<Received>, next: Received) -> Received {
    let Some(mut whole) = first else { return next };
    whole.data.extend_from_slice(&next.data);
    whole.flags |= next.flags;
    if !next.control.is_empty() {
        whole.control = next.control;
    }
    whole
}

/// Cuts control messages to the guest's room, and says so in the flags.
fn cut(mut received: Received, room: u32, asked: i32) -> Received {
    let (control, cut) = fit(received.control, usize::try_from(room).unwrap_or(usize::MAX));
    received.control = control;
    if cut {
        received.flags |= flags::MSG_CTRUNC;
    }
    // The kernel says it back to whoever asked for it; the host always does.
    received.flags = (received.flags & !flags::MSG_CMSG_CLOEXEC) | (asked & flags::MSG_CMSG_CLOEXEC);
    received
}
