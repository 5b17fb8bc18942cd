//! Sending, to a peer or to an address that was judged.

use std::io;
use std::sync::Arc;

use super::{Deadline, Description, Mode, flags};
use crate::error::{Error, Result};
use crate::permissions::{Permit, op};
use crate::sys::messages::{self, Control, Parcel};
use crate::sys::readiness::Direction;
use crate::sys::{self, errno, transfer};

/// Where data goes, once it was judged.
pub(crate) enum Destination {
    /// To the peer of a stream: an address beside it means nothing there, tcp(7).
    Peer,
    /// To an address.
    Address(Permit<op::Send>),
    /// To an address that is connected to first: `MSG_FASTOPEN`.
    Connecting(Permit<op::Connect>),
}

/// What is sent: bytes, or a message of many buffers with control messages beside it.
pub(crate) trait Load: Copy {
    fn send(self, socket: &sys::Socket, flags: i32) -> io::Result<usize>;
    fn send_to(self, socket: &sys::Socket, flags: i32, permit: &Permit<op::Send>) -> io::Result<usize>;
    fn send_connecting(self, socket: &sys::Socket, flags: i32, permit: &Permit<op::Connect>) -> io::Result<usize>;
    /// The bytes and the control messages, to be sent from another thread; none where descriptors are lent with them.
    fn own(self) -> Option<(Vec<u8>, Control<'static>)>;
}

impl Load for &[u8] {
    fn send(self, socket: &sys::Socket, flags: i32) -> io::Result<usize> {
        transfer::send(socket, self, flags)
    }
    fn send_to(self, socket: &sys::Socket, flags: i32, permit: &Permit<op::Send>) -> io::Result<usize> {
        transfer::send_to(socket, self, flags, permit)
    }
    fn send_connecting(self, socket: &sys::Socket, flags: i32, permit: &Permit<op::Connect>) -> io::Result<usize> {
        transfer::send_connecting(socket, self, flags, permit)
    }
    fn own(self) -> Option<(Vec<u8>, Control<'static>)> {
        Some((self.to_vec(), Control::default()))
    }
}

impl Load for Parcel<'_> {
    fn send(self, socket: &sys::Socket, flags: i32) -> io::Result<usize> {
        messages::send(socket, self, flags)
    }
    fn send_to(self, socket: &sys::Socket, flags: i32, permit: &Permit<op::Send>) -> io::Result<usize> {
        messages::send_to(socket, self, flags, permit)
    }
    fn send_connecting(self, socket: &sys::Socket, flags: i32, permit: &Permit<op::Connect>) -> io::Result<usize> {
        messages::send_connecting(socket, self, flags, permit)
    }
    fn own(self) -> Option<(Vec<u8>, Control<'static>)> {
        Some((self.buffers.iter().flat_map(|buffer| buffer.iter().copied()).collect(), self.control.own()?))
    }
}

impl Description {
    /// The deadline of a send that begins now.
    pub(crate) fn deadline_of_send(&self, mode: Mode, flags: i32) -> Deadline {
        let mode = if flags & flags::MSG_DONTWAIT != 0 { Mode::NonBlocking } else { mode };
        self.deadline(mode, Direction::Out)
    }

    /// Sends what the socket takes at once.
    pub(crate) async fn send_once(self: &Arc<Self>, deadline: Deadline, load: impl Load, flags: i32) -> Result<usize> {
        if self.computes() {
            let Some((data, control)) = load.own() else { return Err(Error::os(errno::EINVAL)) };
            return Box::pin(self.send_to_compute(deadline, data, control, flags)).await;
        }
        if self.family == flags::AF_RDS {
            return self.io_again(deadline, |socket| self.or_wait(deadline, load.send(socket, flags))).await;
        }
        if self.speaks_can(flags::CAN_ISOTP) {
            // Older kernels tell nobody when the message before has gone.
            let sent = self.io_again(deadline, |socket| load.send(socket, flags)).await?;
            self.wait_until_sent().await?;
            return Ok(sent);
        }
        self.io(Direction::Out, deadline, |socket| load.send(socket, flags)).await
    }

    /// What RDS says of a receiver that is congested, where it would have waited for it.
    fn or_wait<T>(&self, deadline: Deadline, sent: io::Result<T>) -> io::Result<T> {
        match sent {
            Err(error) if self.family == flags::AF_RDS && errno::to_linux(&error) == errno::ENOBUFS => match deadline {
                Deadline::Never | Deadline::Quietly(_) => Err(errno::from_linux(errno::EAGAIN)),
                Deadline::Now | Deadline::At(_) => Err(error),
            },
            sent => sent,
        }
    }

    /// Sends to where it was judged to go.
    pub(crate) async fn send_to(
        self: &Arc<Self>,
        deadline: Deadline,
        load: impl Load,
        flags: i32,
        destination: &Destination,
    ) -> Result<usize> {
        match destination {
            Destination::Peer => self.send_once(deadline, load, flags).await,
            Destination::Address(permit) => {
                let send = |socket: &_| load.send_to(socket, flags, permit);
                if self.is_inet() {
                    return self.io(Direction::Out, deadline, send).await;
                }
                // A queue of another's that is full: only who is connected to it is told of room.
                let sent = self.io_again(deadline, |socket| self.or_wait(deadline, send(socket))).await?;
                self.tipc_connects_by_sending(deadline).await;
                self.wait_until_sent().await?;
                Ok(sent)
            }
            Destination::Connecting(permit) => {
                let flags = flags & !flags::MSG_FASTOPEN;
                match load.send_connecting(&self.sys, flags, permit) {
                    // Without a cookie for the peer the kernel only connects (RFC 7413, section 3).
                    Err(error) if errno::to_linux(&error) == errno::EINPROGRESS => {
                        if matches!(deadline, Deadline::Now) {
                            return Err(error.into());
                        }
                        // On a socket that others hold as well, another connect(2) could be a new one that blocks.
                        self.io(Direction::Out, deadline, |socket| match socket.is_shared() {
                            true => socket.connect_outcome(),
                            false => socket.finish_connect(permit),
                        })
                        .await?;
                        self.send_once(deadline, load, flags).await
                    }
                    sent => Ok(sent?),
                }
            }
        }
    }
}
