//! Where look-ups wait: on tokio's blocking threads, within a cap for the guest and one for the host.
//!
//! Nothing can cancel getaddrinfo(3). So a slot belongs to the call itself and not to whoever waits for it: a
//! look-up that hangs keeps its slot when the guest's call or the whole guest is gone, and no guest gets new
//! threads by giving up on old ones.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Look-ups under way in the whole process. Half of the threads that tokio keeps for blocking work unless told
/// otherwise (512): look-ups that hang leave the rest to files and whatever else the embedder does.
static HOST: Semaphore = Semaphore::const_new(256);

/// Runs `work` where it may block; `busy` if the guest or the host has too many under way.
pub(super) async fn run<T: Send + 'static>(
    guest: &Arc<Semaphore>,
    busy: Error,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let (Ok(guest), Ok(host)) = (Arc::clone(guest).try_acquire_owned(), HOST.try_acquire()) else {
        return Err(busy);
    };
    let slots = (guest, host);
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
        let hung = run(&hanging, busy(), move || {
            // Until the test lets go of the other end.
            let _ = released.recv();
            Ok(())
        });
        // The guest gives up on it; the look-up goes on.
        assert!(tokio::time::timeout(Duration::from_millis(20), hung).await.is_err());
        assert!(matches!(run(&hanging, busy(), || Ok(1)).await, Err(Error::NameLookup(-3))));
        assert!(matches!(run(&other, busy(), || Ok(2)).await, Ok(2)));
        drop(release);
        let slot = tokio::time::timeout(Duration::from_secs(10), hanging.acquire()).await;
        assert!(matches!(slot, Ok(Ok(_))), "the slot comes back when the look-up ends");
    }
}
