//! Whom a datagram socket hears.
//!
//! Without a bind grant it hears only from peers that it may send to. What else is queued is dropped before
//! a guest can see it, by a receive, a peek or a poll.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use super::{Deadline, Description, Mode, flags};
use crate::address::Address;
use crate::error::Result;
use crate::sys::blocking::Waits;
use crate::sys::messages::Received;
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};

/// How many datagrams a call drops before it lets others run.
const DROPS_PER_TURN: u32 = 64;
/// How many peers a bound socket remembers to answer.
const PEERS_REMEMBERED: usize = 256;
/// A buffer that is allocated without asking how much is there.
const UNASKED_SIZE: usize = 64 * 1024;
/// What one receive takes from a stream at most.
pub(crate) const STREAM_SIZE: usize = 256 * 1024;

/// From how much on it pays to ask how much there is, before it is received.
const BULK_SIZE: usize = 16 * 1024;

/// What `MSG_WAITALL` puts together at most; it takes as much memory as has come.
pub(super) const ALL_SIZE: usize = 16 * 1024 * 1024;

/// Whether a socket may hear a peer: what `permissions` says of it.
pub(crate) trait Heard: Fn(&Description, &Address) -> bool + Sync {}
impl<F: Fn(&Description, &Address) -> bool + Sync> Heard for F {}

/// Lets others run after some drops: who floods the socket may not hold the call up past its time.
#[derive(Debug, Default)]
pub(super) struct Pace(u32);

impl Pace {
    pub(super) async fn after_drop(&mut self, deadline: Deadline) -> Result<()> {
        self.after_drops(1, deadline).await
    }

    pub(super) async fn after_drops(&mut self, count: u32, deadline: Deadline) -> Result<()> {
        self.0 = self.0.saturating_add(count);
        if self.0 >= DROPS_PER_TURN {
            self.0 = 0;
            deadline.check()?;
            tokio::task::yield_now().await;
        }
        Ok(())
    }
}

impl Description {
    /// Receives data and its sender, dropping what the guest may not hear.
    pub(crate) async fn recv_from(
        self: &Arc<Self>,
        mode: Mode,
        size: u32,
        flags: i32,
        hears: impl Heard,
    ) -> Result<(Vec<u8>, Option<Address>)> {
        let mode = self.receive_mode(mode, flags);
        if self.computes() {
            return Ok((Box::pin(self.recv_computed(mode, size, flags)).await?, None));
        }
        let deadline = self.receive_deadline(mode, flags);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if let Some(notice) = self.take_notice() {
            return Ok((notice.data, None));
        }
        let mut pace = Pace::default();
        loop {
            let received = self.receive(deadline, |socket, waits| {
                sys::transfer::recv_from(socket, self.message_size(size, flags)?, flags, waits)
            });
            let (data, from) = match received.await {
                Err(error) if error.would_block() && self.ends_deaf(mode, flags) => return Ok((Vec::new(), None)),
                received => received?,
            };
            if self.accepts(from.as_ref(), &hears) {
                return Ok((data, from));
            }
            // A peek into the error queue takes from it, too.
            if flags & flags::MSG_PEEK != 0 && flags & flags::MSG_ERRQUEUE == 0 {
                self.discard()?;
            }
            self.count_drops(1);
            pace.after_drop(deadline).await?;
        }
    }

    /// Receives data from a socket that need not ask whom it hears.
    pub(crate) async fn recv(self: &Arc<Self>, mode: Mode, size: u32, flags: i32) -> Result<Vec<u8>> {
        let mode = self.receive_mode(mode, flags);
        if self.computes() {
            return Box::pin(self.recv_computed(mode, size, flags)).await;
        }
        let deadline = self.receive_deadline(mode, flags);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        // As in Python, whose timed sockets don't block for the system: there MSG_WAITALL does nothing.
        if self.is_stream() && mode == Mode::Blocking {
            let least = if flags & flags::MSG_WAITALL != 0 { size } else { self.low_water().min(size) };
            if least > 1 {
                return Box::pin(self.recv_all(deadline, size, least, flags & !flags::MSG_WAITALL)).await;
            }
        }
        let received = self.receive(deadline, |socket, waits| {
            sys::transfer::recv(socket, self.message_size(size, flags)?, flags, waits)
        });
        match received.await {
            Err(error) if error.would_block() && self.ends_deaf(mode, flags) => Ok(Vec::new()),
            received => received,
        }
    }

    /// How much of what it asks for a plain receive is sure to get, where that is much: of a TCP stream that nobody else reads,
    /// bytes that are there stay there.
    pub(crate) async fn has_in_bulk(&self, mode: Mode, size: u32, flags: i32) -> Option<usize> {
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(STREAM_SIZE);
        let is_plain = flags == 0 && (self.low_water() <= 1 || mode != Mode::Blocking);
        if size < BULK_SIZE || !is_plain || !self.is_stream() || !self.is_inet() || self.sys.is_shared() {
            return None;
        }
        self.take_turn().await;
        let there = usize::try_from(sys::transfer::bytes_readable(&self.sys).ok()?).unwrap_or(usize::MAX);
        (there >= BULK_SIZE).then(|| size.min(there))
    }

    /// The mode of one receive. Blocking is none of the error queue's: recvmsg(2) never waits for it, and Python with a
    /// timeout does.
    pub(super) fn receive_mode(&self, mode: Mode, flags: i32) -> Mode {
        let at_once = flags & flags::MSG_DONTWAIT != 0 || (flags & flags::MSG_ERRQUEUE != 0 && mode == Mode::Blocking);
        if at_once { Mode::NonBlocking } else { mode }
    }

    /// Until when a receive may wait. After `SHUT_RD` a datagram socket has nothing to wait for: what is queued is
    /// still there to be had, and then recv(2) says that it's the end.
    pub(super) fn receive_deadline(&self, mode: Mode, flags: i32) -> Deadline {
        if self.ends_deaf(mode, flags) { Deadline::Now } else { self.deadline(mode, Direction::In) }
    }

    /// Whether a receive that finds nothing has come to the end.
    pub(super) fn ends_deaf(&self, mode: Mode, flags: i32) -> bool {
        self.is_deaf() && mode != Mode::NonBlocking && flags & flags::MSG_ERRQUEUE == 0
    }

    /// `MSG_WAITALL` and `SO_RCVLOWAT` on descriptors that never block: goes on until as much is there as the call
    /// waits for, the peer ends, the time is up or something fails; what has come by then is the answer.
    async fn recv_all(&self, deadline: Deadline, size: usize, least: usize, flags: i32) -> Result<Vec<u8>> {
        let peek = flags & flags::MSG_PEEK != 0;
        let size = size.min(if peek { STREAM_SIZE } else { ALL_SIZE });
        let mut data: Vec<u8> = Vec::new();
        while data.len() < size.min(least) {
            let wanted = if peek { size } else { STREAM_SIZE.min(size - data.len()) };
            let have = if peek { data.len() } else { 0 };
            let received = self.io(Direction::In, deadline, |socket| {
                let more = sys::transfer::recv(socket, wanted, flags, Waits::Not)?;
                // A peek sees again what it saw: no more than that is "not yet", unless it is all there will be.
                if peek && !more.is_empty() && more.len() <= have && !socket.has_ended()? {
                    return Err(errno::from_linux(errno::EAGAIN));
                }
                Ok(more)
            });
            match received.await {
                Ok(more) if more.is_empty() || (peek && more.len() <= data.len()) => break,
                Ok(more) if peek => data = more,
                Ok(more) => data.extend_from_slice(&more),
                Err(_) if !data.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok(data)
    }

    /// How much to allocate: a stream gives what it has in pieces, a message is as long as it is.
    pub(super) fn message_size(&self, asked: usize, flags: i32) -> io::Result<usize> {
        // SCTP leaves what doesn't fit for the next receive.
        if self.is_stream() || self.is_sctp() {
            Ok(asked.min(STREAM_SIZE))
        } else if flags & flags::MSG_ERRQUEUE != 0 {
            // A datagram of this side's comes back, with the headers that it had.
            Ok(asked.min(2 * UNASKED_SIZE))
        } else if self.speaks_can(flags::CAN_J1939) {
            // It can't be asked how much is there.
            Ok(asked.min(ALL_SIZE))
        } else if asked <= UNASKED_SIZE {
            Ok(asked)
        } else if let Some(most) = self.longest_message() {
            Ok(asked.min(most))
        } else {
            Ok(asked.min(sys::transfer::next_size(&self.sys)?))
        }
    }

    /// The longest message of a family that doesn't say how long the next one is. RDS would also lose what it has to tell of
    /// congestion.
    fn longest_message(&self) -> Option<usize> {
        match self.family {
            flags::AF_TIPC => Some(66_000),
            flags::AF_RDS => Some(1 << 20),
            flags::AF_QIPCRTR => Some(0xffff),
            _ => None,
        }
    }

    /// Whether the guest may see a datagram from there.
    pub(super) fn accepts(&self, from: Option<&Address>, hears: &impl Heard) -> bool {
        if self.is_adapters_own() {
            return self.adapter().is_some_and(|adapter| hears(self, &adapter));
        }
        let Some(from) = from else { return true };
        !self.is_filtered() || self.is_peer(from) || hears(self, from)
    }

    /// Whether that is the peer of a connected socket, which may be heard for as long as it is: what its name stood for
    /// is forgotten after a while, and grants can be given up, but neither ends a connection.
    fn is_peer(&self, from: &Address) -> bool {
        let (Some(peer), Some(from)) = (self.memory().peer, from.as_inet()) else { return false };
        // Flow labels aren't part of who it is.
        peer.ip() == from.ip() && (peer.port() == from.port() || !self.has_ports())
    }

    /// Remembers a peer, as the guest sees it, that was heard under a bind grant and may then be answered.
    pub(crate) fn remember_heard(&self, peer: &Address) {
        let mut memory = self.memory();
        if self.is_filtered() || memory.bound.is_none() || memory.heard.back().is_some_and(|last| is_same(last, peer)) {
            return;
        }
        memory.heard.retain(|heard| !is_same(heard, peer));
        if memory.heard.len() == PEERS_REMEMBERED {
            memory.heard.pop_front();
        }
        memory.heard.push_back(peer.clone());
    }

    /// Whether a datagram that the guest may see is at the head of the queue. Drops those that it may not.
    ///
    /// None means that the call should let others run and ask again.
    pub(crate) fn has_audible(&self, hears: &impl Heard) -> Option<bool> {
        for _ in 0..DROPS_PER_TURN {
            match self.next_sender() {
                Ok(None) if self.is_adapters_own() && !self.accepts(None, hears) => {
                    if self.discard().is_err() {
                        return Some(true);
                    }
                    self.count_drops(1);
                }
                Ok(Some(from)) if !self.is_peer(&from) && !hears(self, &from) => {
                    if self.discard().is_err() {
                        return Some(true);
                    }
                    self.count_drops(1);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Some(self.is_deaf()),
                // An error is something to be told of, too.
                Ok(_) | Err(_) => return Some(true),
            }
        }
        None
    }

    /// Who sent the next message. What RDS tells of congestion is gone once it was looked at, so that it is kept.
    fn next_sender(&self) -> io::Result<Option<Address>> {
        if self.family != flags::AF_RDS {
            return sys::transfer::next_sender(&self.sys);
        }
        if self.memory().notice.is_some() {
            return Ok(None);
        }
        let mut next = sys::messages::receive(&self.sys, 1, flags::MSG_PEEK, Waits::Not)?;
        let from = next.from.take();
        if from.is_none() {
            self.memory().notice = Some(next);
        }
        Ok(from)
    }

    /// What RDS had to tell when it was only asked who sent something.
    pub(super) fn take_notice(&self) -> Option<Received> {
        if self.family == flags::AF_RDS { self.memory().notice.take() } else { None }
    }

    /// Drops the datagram at the head of the queue.
    pub(super) fn discard(&self) -> Result<()> {
        match sys::transfer::discard(&self.sys) {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Whether two addresses are one peer's. A flow label is no part of who it is.
pub(super) fn is_same(one: &Address, other: &Address) -> bool {
    match (one.as_inet(), other.as_inet()) {
        (Some(SocketAddr::V6(one)), Some(SocketAddr::V6(other))) => {
            (one.ip(), one.port(), one.scope_id()) == (other.ip(), other.port(), other.scope_id())
        }
        _ => one == other,
    }
}
