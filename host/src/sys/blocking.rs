//! Descriptors that block while their guest has its thread to itself.
//!
//! Every call but a receive that may wait passes `MSG_DONTWAIT`, or comes by [`Socket::unblock`] first. So the descriptor's
//! own mode is that of the last receive, and most sockets change it once.

use std::io;
use std::sync::atomic::Ordering;

use rustix::fs::OFlags;

use super::Socket;

/// Where a receive waits that finds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waits {
    /// Nowhere: `EAGAIN`.
    Not,
    /// In the kernel, with its thread.
    InKernel,
}

impl Socket {
    /// Whether a receive may wait in the kernel: not on a socket whose mode is others' as well, nor on one that may bring
    /// descriptors, which are closed elsewhere than on a guest's thread.
    pub(crate) fn may_block(&self) -> bool {
        !self.is_shared() && !self.may_bring_rights()
    }

    /// Makes the descriptor block.
    pub(crate) fn block(&self) -> io::Result<()> {
        if !self.blocks.load(Ordering::Relaxed) {
            let flags = rustix::fs::fcntl_getfl(self.raw())?;
            rustix::fs::fcntl_setfl(self.raw(), flags - OFlags::NONBLOCK)?;
            self.blocks.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Makes it not block, before a call that can't say so itself, and before others see it.
    pub(super) fn unblock(&self) -> io::Result<()> {
        if self.blocks.load(Ordering::Relaxed) {
            let flags = rustix::fs::fcntl_getfl(self.raw())?;
            rustix::fs::fcntl_setfl(self.raw(), flags | OFlags::NONBLOCK)?;
            self.blocks.store(false, Ordering::Relaxed);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::IoSlice;

    use super::super::messages::{self, Control, Parcel};
    use super::super::rights::Lent;
    use super::super::transfer;
    use super::*;

    fn does_not_block(socket: &Socket) -> bool {
        rustix::fs::fcntl_getfl(socket.raw()).expect("it is open").contains(OFlags::NONBLOCK)
    }

    #[test]
    fn a_socket_blocks_between_two_calls_that_may_not() {
        let listener = Socket::new(libc::AF_INET, libc::SOCK_STREAM, 0).expect("a socket");
        assert!(does_not_block(&listener), "as it is made");
        listener.block().expect("it can");
        assert!(!does_not_block(&listener));
        listener.accept().expect_err("it doesn't listen");
        assert!(does_not_block(&listener), "accept(2) can't be told not to wait");
    }

    #[test]
    fn what_others_get_does_not_block() {
        let (one, other) = Socket::pair(libc::AF_UNIX, libc::SOCK_STREAM, 0).expect("a pair");
        other.take_rights();
        let passed = Socket::new(libc::AF_INET, libc::SOCK_DGRAM, 0).expect("a socket");
        passed.block().expect("it can");
        let mut control = Control::default();
        control.rights(&[Lent::Socket(&passed)]).expect("it is open");
        assert!(does_not_block(&passed), "before it is sent");
        messages::send(&one, Parcel { buffers: &[IoSlice::new(b"x")], control: &control }, 0).expect("there is room");
        transfer::recv(&other, 1, 0, Waits::Not).expect("it came");

        passed.block().expect("it can");
        passed.share();
        assert!(does_not_block(&passed) && !passed.may_block(), "from then on its mode is others', too");
    }
}
