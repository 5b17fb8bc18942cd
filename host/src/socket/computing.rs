//! The kernel's cryptography: what it computes it computes within the calls themselves, and how long that takes is the
//! algorithm's affair. So they are made where a thread may take its time.

use std::io;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::pause::Pause;
use super::{Deadline, Description, Mode, flags};
use crate::error::Result;
use crate::pool::TRANSFERS;
use crate::sys::blocking::Waits;
use crate::sys::messages::{self, Parcel, Received};
use crate::sys::{self, transfer};

/// What one receive takes at most: several times what the kernel's buffers hold by default, and a cipher gives no more
/// than was sent to it.
const MOST: usize = 1024 * 1024;

impl Description {
    /// Whether calls on it compute.
    pub(crate) fn computes(&self) -> bool {
        self.family == flags::AF_ALG
    }

    /// Where calls that compute are made, unless its guest has its thread to itself.
    pub(crate) fn compute_on(&self, threads: &Arc<Semaphore>) {
        if self.computes() {
            let _ = self.threads.set(Arc::clone(threads));
        }
    }

    /// Makes a call where it may take its time. It isn't called off: nothing it waits for is another's doing.
    pub(crate) async fn on_a_thread<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.take_turn().await;
        match self.threads.get() {
            Some(threads) if !self.has_thread() => {
                let this = Arc::clone(self);
                TRANSFERS.run(threads, move || call(&this)).await
            }
            _ => call(self),
        }
    }

    /// Makes a call that computes, and again after a while where it says `EAGAIN`: a cipher with nothing to work on, or
    /// whose room is full, is ready to the kernel's eye all the same.
    async fn compute<T: Send + 'static>(
        self: &Arc<Self>,
        deadline: Deadline,
        call: impl Fn(&sys::Socket) -> io::Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let call = Arc::new(call);
        let mut pause = Pause::default();
        loop {
            let call = Arc::clone(&call);
            match self.on_a_thread(move |this| Ok(call(&this.sys)?)).await {
                Err(error) if error.would_block() && !matches!(deadline, Deadline::Now) => {
                    let wait = async {
                        pause.wait().await;
                        Ok(())
                    };
                    deadline.race(wait).await?;
                }
                result => return result,
            }
        }
    }

    /// Sends to a computation.
    pub(super) async fn send_to_compute(
        self: &Arc<Self>,
        deadline: Deadline,
        data: Vec<u8>,
        control: messages::Control<'static>,
        flags: i32,
    ) -> Result<usize> {
        let send = move |socket: &sys::Socket| {
            let buffers = [io::IoSlice::new(&data)];
            messages::send(socket, Parcel { buffers: &buffers, control: &control }, flags)
        };
        self.compute(deadline, send).await
    }

    /// Receives what was computed.
    pub(super) async fn recv_computed(self: &Arc<Self>, mode: Mode, size: u32, flags: i32) -> Result<Vec<u8>> {
        let size = most(size);
        let receive = move |socket: &sys::Socket| transfer::recv(socket, size, flags, Waits::Not);
        self.compute(self.receive_deadline(mode, flags), receive).await
    }

    /// The same with what came beside it, which is the flags.
    pub(super) async fn recv_message_computed(self: &Arc<Self>, mode: Mode, size: u32, flags: i32) -> Result<Received> {
        let size = most(size);
        let receive = move |socket: &sys::Socket| messages::receive(socket, size, flags, Waits::Not);
        self.compute(self.receive_deadline(mode, flags), receive).await
    }
}

fn most(size: u32) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX).min(MOST)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// A socket of another family in its place, since this kernel may have none.
    fn computing() -> Arc<Description> {
        let sys = sys::Socket::new(flags::AF_INET, flags::SOCK_DGRAM, 0).expect("a socket");
        Arc::new(Description::new(sys, flags::AF_ALG, flags::SOCK_SEQPACKET, 0))
    }

    #[tokio::test]
    async fn what_computes_leaves_the_executors_thread_alone() {
        let (executor, threads) = (thread::current().id(), Arc::new(Semaphore::new(1)));
        let socket = computing();
        socket.compute_on(&threads);
        let ran_on = socket.on_a_thread(|_| Ok(thread::current().id())).await.expect("there is room for one");
        assert_ne!(ran_on, executor, "16 MiB are hashed in one system call");
        let own = computing();
        own.compute_on(&threads);
        own.keep_thread();
        let ran_on = own.on_a_thread(|_| Ok(thread::current().id())).await.expect("it needs no room");
        assert_eq!(ran_on, executor, "a guest that has its thread to itself may keep it");
    }

    #[tokio::test]
    async fn what_has_nothing_to_compute_is_asked_again_until_the_deadline() {
        let socket = computing();
        socket.compute_on(&Arc::new(Semaphore::new(1)));
        let began = std::time::Instant::now();
        let mode = Mode::from_timeout(Some(20_000_000));
        let received = socket.recv_computed(mode, 16, 0).await;
        assert!(matches!(received, Err(crate::error::Error::TimedOut)), "{received:?}");
        assert!(began.elapsed() >= std::time::Duration::from_millis(20));
        let received = socket.recv_computed(Mode::NonBlocking, 16, 0).await;
        assert!(received.is_err_and(|error| error.would_block()), "at once");
    }
}
