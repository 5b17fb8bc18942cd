//! Messages received: data with control messages beside it, cut to the guest's room for them.

use std::sync::Arc;

use super::datagrams::{ALL_SIZE, Pace};
use super::{Description, Heard, Mode, flags};
use crate::error::Result;
use crate::sys::control::{Fitted, fit};
use crate::sys::messages::{Received, receive};

impl Description {
    /// Receives data and control messages of at most `room` bytes, dropping what the guest may not hear.
    pub(crate) async fn recv_message(
        self: &Arc<Self>,
        mode: Mode,
        size: u32,
        room: u32,
        flags: i32,
        hears: impl Heard,
    ) -> Result<Received> {
        if let Some(notice) = self.take_notice() {
            return Ok(cut(notice, room, flags));
        }
        let mode = self.receive_mode(mode, flags);
        if self.computes() {
            return Ok(cut(Box::pin(self.recv_message_computed(mode, size, flags)).await?, room, flags));
        }
        let deadline = self.receive_deadline(mode, flags);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        // How much the call waits for: all with MSG_WAITALL, and otherwise what SO_RCVLOWAT says.
        let waits = self.is_stream() && mode == Mode::Blocking && flags & (flags::MSG_PEEK | flags::MSG_ERRQUEUE) == 0;
        let least = match flags & flags::MSG_WAITALL {
            _ if !waits => 0,
            0 => self.low_water().min(size),
            _ => size,
        };
        // What is gathered lies in the host's memory until it is all there.
        let (size, least) = if waits { (size.min(ALL_SIZE), least.min(ALL_SIZE)) } else { (size, least) };
        let passed_on = if self.is_stream() { flags & !flags::MSG_WAITALL } else { flags };
        let mut pace = Pace::default();
        let mut received: Option<Received> = None;
        loop {
            let have = received.as_ref().map_or(0, |received| received.data.len());
            let next = self.receive(deadline, |socket, waits| {
                receive(socket, self.message_size(size - have, passed_on)?, passed_on, waits)
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
                self.count_drops(1);
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

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a native peer's sockets")]
mod tests {
    use std::io::Write;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;

    use super::*;
    use crate::sys;

    #[tokio::test]
    async fn waiting_for_all_gathers_no_more_than_its_bound() {
        let (mut peer, own) = UnixStream::pair().expect("a pair");
        let socket = sys::Socket::adopt(OwnedFd::from(own), [flags::AF_UNIX, flags::SOCK_STREAM, 0]);
        let socket = Arc::new(Description::new(socket, flags::AF_UNIX, flags::SOCK_STREAM, 0));
        let writer = std::thread::spawn(move || {
            let _ = peer.write_all(&vec![7; 2 * ALL_SIZE]);
        });
        let received = socket.recv_message(Mode::Blocking, u32::MAX, 0, flags::MSG_WAITALL, |_: &_, _: &_| true);
        let length = received.await.expect("it comes").data.len();
        assert_eq!(length, ALL_SIZE, "for one call, though 4 GiB were asked for and more was there");
        drop(socket);
        writer.join().expect("nobody reads the rest");
    }
}
