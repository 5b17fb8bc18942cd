//! Sockets that others hold, too: they may block, which isn't for this side to change.
//!
//! Sending and receiving say so call by call (`MSG_DONTWAIT`). Accepting and connecting can't: they run where a thread
//! may wait, and aren't called off at the deadline, only no longer waited for.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::pause::Pause;
use super::{Deadline, Description, Mode};
use crate::address::Address;
use crate::error::{Error, Result};
use crate::permissions::{Permit, op};
use crate::pool::TRANSFERS;
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};

/// How long a call on such a thread is waited for that isn't to wait: it comes back at once, where it doesn't block.
const AT_ONCE: Duration = Duration::from_millis(100);

impl Description {
    /// accept(2). `threads` are the guest's.
    pub(crate) async fn accept(
        self: &Arc<Self>,
        deadline: Deadline,
        threads: &Arc<Semaphore>,
    ) -> Result<(sys::Socket, Option<Address>)> {
        // A computation begins at once, and nobody waits in line for it.
        if !self.sys.is_shared() || self.computes() {
            return self.io(Direction::In, deadline, sys::Socket::accept).await;
        }
        loop {
            // Who waits in line is mostly there still when it is asked for.
            self.io(Direction::In, deadline, sys::Socket::has_arrival).await?;
            match self.apart(deadline, threads, sys::Socket::accept).await {
                Err(error) if error.would_block() && !matches!(deadline, Deadline::Now) => deadline.check()?,
                accepted => return accepted,
            }
        }
    }

    /// connect(2) on a shared socket.
    pub(super) async fn connect_shared(
        self: &Arc<Self>,
        permit: &Arc<Permit<op::Connect>>,
        deadline: Deadline,
        threads: &Arc<Semaphore>,
    ) -> Result<()> {
        let under_way = || Err(Error::os(errno::EINPROGRESS));
        let mut pause = Pause::default();
        loop {
            let permit = Arc::clone(permit);
            let result = self.apart(deadline, threads, move |socket| socket.connect(&permit)).await;
            let Err(Error::Io(error)) = &result else { return result };
            match (errno::to_linux(error), deadline) {
                (errno::EINPROGRESS | errno::EALREADY | errno::EAGAIN, Deadline::Now) => return under_way(),
                // It doesn't block. Its end is asked for by SO_ERROR: another connect(2) could be a new one, which does.
                (errno::EINPROGRESS | errno::EALREADY, _) => {
                    return self.io(Direction::Out, deadline, sys::Socket::connect_outcome).await;
                }
                // A Unix listener whose queue is full, or SO_SNDTIMEO, which says so of connect(2).
                (errno::EAGAIN, _) if deadline.check().is_err() => return under_way(),
                (errno::EAGAIN, _) => pause.wait().await,
                _ => return result,
            }
        }
    }

    /// Makes a call on a thread that may wait.
    async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        deadline: Deadline,
        threads: &Arc<Semaphore>,
        call: impl FnOnce(&sys::Socket) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let this = Arc::clone(self);
        let running = TRANSFERS.run(threads, move || Ok(call(&this.sys)?));
        match deadline {
            Deadline::Now => match Deadline::of(Mode::Timed(AT_ONCE)).race(running).await {
                Err(Error::TimedOut) => Err(Error::os(errno::EAGAIN)),
                ended => ended,
            },
            deadline => deadline.race(running).await,
        }
    }
}
