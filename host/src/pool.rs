//! Where calls wait that only block: on tokio's blocking threads, within a cap for the guest and one for the host.
//!
//! Nothing can cancel getaddrinfo(3), nor a disk that hangs. So a slot belongs to the call itself and not to whoever
//! waits for it: what hangs keeps its slot when the guest's call or the whole guest is gone, and no guest gets new
//! threads by giving up on old ones.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use crate::error::{Error, Result};

/// Look-ups. Half of the threads that tokio keeps for blocking work unless told otherwise (512): look-ups that hang
/// leave the rest to files and whatever else the embedder does.
pub(crate) static LOOKUPS: Pool = Pool::new(256);

/// Files that are sent, and calls on sockets that others hold as well.
pub(crate) static TRANSFERS: Pool = Pool::new(128);

/// Work of one kind, of all guests.
#[derive(Debug)]
pub(crate) struct Pool {
    host: Semaphore,
}

impl Pool {
    /// At most so many threads at a time.
    const fn new(threads: usize) -> Self {
        Self { host: Semaphore::const_new(threads) }
    }

    /// Runs `work` where it may block; `busy` if the guest or the host has too much of it under way.
    pub(crate) async fn run_now<T: Send + 'static>(
        &'static self,
        guest: &Arc<Semaphore>,
        busy: Error,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (Ok(guest), Ok(host)) = (Arc::clone(guest).try_acquire_owned(), self.host.try_acquire()) else {
            return Err(busy);
        };
        finish((guest, host), work).await
    }

    /// Runs `work` where it may block, once the guest and the host have room for it.
    pub(crate) async fn run<T: Send + 'static>(
        &'static self,
        guest: &Arc<Semaphore>,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let slots = (Arc::clone(guest).acquire_owned().await, self.host.acquire().await);
        // Nobody closes them.
        let (Ok(guest), Ok(host)) = slots else { return Err(Error::os(crate::sys::errno::EAGAIN)) };
        finish((guest, host), work).await
    }
}

async fn finish<T: Send + 'static>(
    slots: (OwnedSemaphorePermit, SemaphorePermit<'static>),
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let work = move || {
        let result = work();
        drop(slots);
        result
    };
    // It fails when the runtime is shutting down, or when `work` panicked, which is a bug of the host's.
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(Error::Trap(error.into())))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    fn busy() -> Error {
        Error::NameLookup(-3)
    }

    #[tokio::test]
    async fn a_lookup_that_hangs_holds_up_nobody_and_keeps_its_slot() {
        let (hanging, other) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        let (release, released) = mpsc::channel::<()>();
        let hung = LOOKUPS.run_now(&hanging, busy(), move || {
            // Until the test lets go of the other end.
            let _ = released.recv();
            Ok(())
        });
        // The guest gives up on it; the look-up goes on.
        assert!(tokio::time::timeout(Duration::from_millis(20), hung).await.is_err());
        assert!(matches!(LOOKUPS.run_now(&hanging, busy(), || Ok(1)).await, Err(Error::NameLookup(-3))));
        assert!(matches!(LOOKUPS.run_now(&other, busy(), || Ok(2)).await, Ok(2)));
        drop(release);
        let slot = tokio::time::timeout(Duration::from_secs(10), hanging.acquire()).await;
        assert!(matches!(slot, Ok(Ok(_))), "the slot comes back when the look-up ends");
    }
}
