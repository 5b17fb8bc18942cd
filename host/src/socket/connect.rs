//! Connecting, as far as a deadline allows.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{Deadline, Description, Mode, flags};
use crate::error::{Error, Result};
use crate::permissions::{Permit, Target, op};
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};

impl Description {
    /// Connects, as far as the deadline allows. `threads` are the guest's, for a socket that may block.
    pub(crate) async fn connect(
        self: &Arc<Self>,
        permit: Permit<op::Connect>,
        deadline: Deadline,
        threads: &Arc<Semaphore>,
    ) -> Result<()> {
        let permit = Arc::new(permit);
        self.take_turn().await;
        if self.sys.is_shared() {
            let connected = self.connect_shared(&permit, deadline, threads).await;
            if connected.is_ok() {
                self.remember_connect(&permit);
            }
            return connected;
        }
        let started = self.sys.connect(&permit).map_err(Error::from);
        if started.is_ok() {
            self.remember_connect(&permit);
        }
        let Err(Error::Io(error)) = &started else { return started };
        match (errno::to_linux(error), deadline) {
            (errno::EINPROGRESS | errno::EALREADY | errno::EAGAIN, Deadline::Now) => started,
            // As Python, whose timed connect asks for SO_ERROR too.
            (errno::EINPROGRESS | errno::EALREADY, Deadline::At(_)) => {
                self.io(Direction::Out, deadline, sys::Socket::connect_outcome).await
            }
            (errno::EINPROGRESS | errno::EALREADY, _) if self.family == flags::AF_TIPC => self.tipc_connects().await,
            // A second connect(2) of vsock's or Bluetooth's tells nothing of how the first ended, and SCTP's is another
            // attempt.
            (errno::EINPROGRESS | errno::EALREADY, _)
                if matches!(self.family, flags::AF_VSOCK | flags::AF_BLUETOOTH) || self.is_sctp() =>
            {
                self.io(Direction::Out, deadline, sys::Socket::connect_outcome).await
            }
            (errno::EINPROGRESS | errno::EALREADY, _) => {
                let ended = self.io(Direction::Out, deadline, |socket| socket.finish_connect(&permit)).await;
                // What SO_SNDTIMEO has connect(2) say, socket(7).
                ended.map_err(|error| if error.would_block() { Error::os(errno::EINPROGRESS) } else { error })
            }
            // A Unix listener whose queue is full; Linux has no event for "there is room again".
            (errno::EAGAIN, _) => self.io_again(deadline, |socket| socket.connect(&permit)).await,
            _ => started,
        }
    }

    /// Waits as a TIPC socket does that blocks: as long as its own option says, whatever `SO_SNDTIMEO` is.
    async fn tipc_connects(&self) -> Result<()> {
        let time = sys::options::tipc_connect_time(&self.sys)?;
        if time.is_zero() {
            return Err(Error::os(errno::EINPROGRESS));
        }
        match self.io(Direction::Out, Deadline::of(Mode::Timed(time)), sys::Socket::connect_outcome).await {
            Err(Error::TimedOut) => Err(Error::os(errno::ETIMEDOUT)),
            ended => ended,
        }
    }

    /// After a first message that connects: a call that blocks waits for what becomes of it, and says nothing of that.
    pub(super) async fn tipc_connects_by_sending(&self, deadline: Deadline) {
        let connects = matches!(self.kind, flags::SOCK_STREAM | flags::SOCK_SEQPACKET);
        let blocks = matches!(deadline, Deadline::Never | Deadline::Quietly(_));
        if self.family == flags::AF_TIPC && connects && blocks && self.sys.peer_address().is_err() {
            let _ = self.tipc_connects().await;
        }
    }

    /// Remembers whom a datagram socket has connected to, or that it has no peer any more.
    fn remember_connect(&self, permit: &Permit<op::Connect>) {
        if self.is_inet() && !self.has_ports() {
            // The system doesn't name a peer whose port is 0.
            self.memory().peer = match permit.target() {
                Target::Inet(peer) => Some(*peer),
                _ => None,
            };
        } else {
            self.remember_peer();
        }
    }

    /// Remembers the peer of a datagram socket by what the system says.
    pub(crate) fn remember_peer(&self) {
        if self.is_inet() && !self.is_stream() {
            // As the system names the peer: that is how it names a sender, too.
            self.memory().peer = self.sys.peer_address().ok().flatten().and_then(|peer| peer.as_inet());
        }
    }
}
