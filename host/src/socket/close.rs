//! Closing: at once, or when the peer has it all.

use std::io;
use std::net::Shutdown;
use std::sync::Arc;

use super::{Deadline, Description, Mode, Socket, flags};
use crate::error::Result;
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};

impl Socket {
    /// Closes a handle. With `SO_LINGER` set, closing the last one waits.
    pub(crate) async fn close(self) -> Result<()> {
        // The ticket counts until it is closed.
        let Self { description, ticket: _ticket, .. } = self;
        let Some(description) = Arc::into_inner(description) else { return Ok(()) };
        description.linger().await;
        if description.closing_waits() && !description.sys.is_shared() {
            description.sys.close_apart().await;
            return Ok(());
        }
        match description.close() {
            // The peer's doing, and nothing that closing could have done better: Python ignores it as well.
            Err(error) if errno::to_linux(&error) == errno::ECONNRESET => Ok(()),
            closed => Ok(closed?),
        }
    }
}

impl Socket {
    /// Lets a handle go that wasn't closed, without waiting. Where closing waits all the same it counts until that has
    /// ended.
    pub(crate) fn let_go(self) {
        if self.description.closing_waits()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(self.close());
        }
    }
}

impl Description {
    /// Waits as close(2) would under `SO_LINGER`: until the peer has all that was sent and the end of it, or the
    /// time is over.
    ///
    /// A close(2) that waits holds a thread for as long as the peer likes, and can't be called off when the guest
    /// is gone. So the stream is ended first, and what the kernel would wait for is waited for here.
    async fn linger(&self) {
        // It waits whatever it was told: what was sent last may be on its way still.
        if self.speaks_can(flags::CAN_ISOTP) && !self.sys.is_shared() {
            let _ = self.is_through().await;
        }
        // While others hold it, closing this handle ends nothing.
        let Some(time) = self.sys.linger_time().filter(|_| !self.sys.is_shared()) else { return };
        if self.is_inet() && self.is_stream() && self.sys.shutdown(Shutdown::Write).is_ok() {
            let deadline = Deadline::of(Mode::Timed(time));
            // Late or in error: closing then goes on by itself.
            let _ = self.io(Direction::Out, deadline, sys::Socket::end_is_acknowledged).await;
        }
    }

    /// Closes it, with the system's word on how that went.
    fn close(self) -> io::Result<()> {
        let Self { sys, memory, .. } = self;
        // The name goes before the socket: nobody may find one that leads nowhere.
        drop(memory);
        sys.close()
    }
}
