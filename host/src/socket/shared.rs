//! Sockets that others hold, too: they may block, which isn't for this side to change.
//!
//! Sending and receiving say so call by call (`MSG_DONTWAIT`). Accepting and connecting can't: they run where a thread
//! may wait.

use std::io;
use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;

use super::{Deadline, Description};
use crate::error::{Error, Result};
use crate::permissions::{Permit, op};
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};

/// How many threads may wait for shared sockets at a time, in this process.
static THREADS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(32)));

impl Description {
    /// accept(2).
    pub(crate) async fn accept(
        self: &Arc<Self>,
        deadline: Deadline,
    ) -> Result<(sys::Socket, Option<crate::address::Address>)> {
        if !self.sys.is_shared() {
            return self.io(Direction::In, deadline, sys::Socket::accept).await;
        }
        loop {
            // Who waits in line is mostly there still when it is asked for.
            self.io(Direction::In, deadline, sys::Socket::has_arrival).await?;
            let accepted = self.apart(deadline, sys::Socket::accept).await;
            match accepted {
                Err(error) if error.would_block() && !matches!(deadline, Deadline::Now) => {}
                accepted => return accepted,
            }
        }
    }

    /// connect(2), as far as it goes without waiting; a shared socket may wait in it.
    pub(super) async fn start_connect(
        self: &Arc<Self>,
        permit: &Arc<Permit<op::Connect>>,
        deadline: Deadline,
    ) -> Result<()> {
        if !self.sys.is_shared() {
            return Ok(self.sys.connect(permit)?);
        }
        let permit = Arc::clone(permit);
        self.apart(deadline, move |socket| socket.connect(&permit)).await
    }

    /// Makes a call on a thread that may wait. It isn't called off at the deadline, only no longer waited for.
    async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        deadline: Deadline,
        call: impl FnOnce(&sys::Socket) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let thread = Arc::clone(&THREADS).try_acquire_owned().map_err(|_| Error::os(errno::ENOBUFS))?;
        let this = Arc::clone(self);
        let running = tokio::task::spawn_blocking(move || {
            let result = call(&this.sys);
            drop(thread);
            result
        });
        let ended = async {
            match running.await {
                Ok(result) => Ok(result?),
                Err(error) => Err(io::Error::other(error).into()),
            }
        };
        match deadline {
            // What is asked for is there, most likely: a call that doesn't wait comes back at once.
            Deadline::Now => Deadline::of(super::Mode::Timed(std::time::Duration::from_millis(100)))
                .race(ended)
                .await
                .map_err(|error| match error {
                    Error::TimedOut => Error::os(errno::EAGAIN),
                    error => error,
                }),
            deadline => deadline.race(ended).await,
        }
    }
}
