//! System calls that wait in tokio, and in the kernel only where a guest has its thread to itself.

use std::io;

use super::pause::Pause;
use super::{Deadline, Description};
use crate::error::Result;
use crate::sys;
use crate::sys::blocking::Waits;
use crate::sys::readiness::Direction;

impl Description {
    /// Lets others run now and then: a guest whose calls are always ready would otherwise keep its thread to itself.
    pub(super) async fn take_turn(&self) {
        if !self.has_thread() {
            tokio::task::coop::consume_budget().await;
        }
    }

    /// Makes a system call, and waits only where it says `EAGAIN`.
    pub(crate) async fn io<T>(
        &self,
        direction: Direction,
        deadline: Deadline,
        mut operation: impl FnMut(&sys::Socket) -> io::Result<T>,
    ) -> Result<T> {
        self.take_turn().await;
        if matches!(deadline, Deadline::Now) {
            return Ok(operation(&self.sys)?);
        }
        match self.sys.io_now(direction, || operation(&self.sys)) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => return Ok(result?),
        }
        // In a box, since the future of a call is moved about, and those that wait are the fewer: with all that waiting
        // takes, it would be beyond what an allocator keeps at hand.
        Box::pin(self.io_later(direction, deadline, operation)).await
    }

    /// Makes a system call that receives. Where nobody else runs on the thread and the guest waits without end, the kernel
    /// does the waiting: one system call in place of three.
    pub(crate) async fn receive<T>(
        &self,
        deadline: Deadline,
        mut operation: impl FnMut(&sys::Socket, Waits) -> io::Result<T>,
    ) -> Result<T> {
        if matches!(deadline, Deadline::Never) && self.has_thread() && self.sys.may_block() {
            self.sys.block()?;
            match operation(&self.sys, Waits::InKernel) {
                // What it has to know beforehand isn't there to be asked yet.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return Ok(result?),
            }
        }
        self.io(Direction::In, deadline, |socket| operation(socket, Waits::Not)).await
    }

    /// Waits, and makes the system call again.
    async fn io_later<T>(
        &self,
        direction: Direction,
        deadline: Deadline,
        mut operation: impl FnMut(&sys::Socket) -> io::Result<T>,
    ) -> Result<T> {
        let wait = async {
            let mut pause = Pause::default();
            loop {
                match self.sys.io_when_ready(direction, || operation(&self.sys)).await {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => pause.wait().await,
                    result => return Ok(result?),
                }
                match self.sys.io_now(direction, || operation(&self.sys)) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    result => return Ok(result?),
                }
            }
        };
        deadline.race(wait).await
    }

    /// Makes a system call, and again after a while where it says `EAGAIN`: for what the kernel has no event for.
    pub(crate) async fn io_again<T>(
        &self,
        deadline: Deadline,
        mut operation: impl FnMut(&sys::Socket) -> io::Result<T>,
    ) -> Result<T> {
        self.take_turn().await;
        match operation(&self.sys) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => return Ok(result?),
        }
        let wait = async {
            let mut pause = Pause::default();
            loop {
                pause.wait().await;
                match operation(&self.sys) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    result => return Ok(result?),
                }
            }
        };
        Box::pin(deadline.race(wait)).await
    }
}
