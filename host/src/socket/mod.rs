//! What the module means by a socket: modes and timeouts over descriptors that never block, whom it hears,
//! what its options do.

mod account;
pub(crate) mod batch;
mod can;
mod close;
mod computing;
mod connect;
mod datagrams;
mod deadline;
pub(crate) mod families;
pub(crate) mod flags;
mod in_flight;
pub(crate) mod kernel_parts;
mod messages;
pub(crate) mod options;
mod pause;
pub(crate) mod poll;
mod ports;
mod registry;
pub(crate) mod restriction;
pub(crate) mod send;
pub(crate) mod send_file;
mod shared;
mod wait;

use std::collections::VecDeque;
use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use account::Account;
pub(crate) use datagrams::Heard;
pub(crate) use deadline::{Deadline, Mode};
pub(crate) use in_flight::InFlight;
use ports::Claim;
pub(crate) use registry::{Registry, Ticket};
use restriction::Restriction;
use tokio::sync::Semaphore;

use crate::address::Address;
use crate::error;
use crate::permissions::{Broadcasts, Permit, op};
use crate::sys::messages::Received;
use crate::sys::readiness::Direction;
use crate::sys::unix_path::BoundPath;
use crate::sys::{self, errno};

/// A guest's handle for a socket: what its resource table holds.
///
/// `dup` makes another handle for the same [`Description`], with a mode of its own, as in Python.
#[allow(unreachable_pub, reason = "`bindgen!` re-exports it")]
#[derive(Debug)]
pub struct Socket {
    pub(crate) description: Arc<Description>,
    pub(crate) mode: Mode,
    pub(crate) inheritable: bool,
    /// Counts against the guest's quota for as long as the handle lives.
    pub(crate) ticket: Ticket,
}

/// An open socket, as POSIX's "open file description": what duplicates share.
///
/// The kernel keeps its state (bound, listening, connected, …); here stands what the kernel doesn't know.
#[derive(Debug)]
pub(crate) struct Description {
    pub(crate) sys: sys::Socket,
    /// Family, type and protocol in Linux's numbers.
    pub(crate) family: i32,
    pub(crate) kind: i32,
    pub(crate) protocol: i32,
    /// Whether datagrams from unasked peers are dropped: true until a bind grant covers the address.
    filtered: AtomicBool,
    /// Whether `SHUT_RD` was asked for.
    read_shut: AtomicBool,
    /// `SO_RCVTIMEO` and `SO_SNDTIMEO` in nanoseconds, 0 for none. The kernel's own would do nothing for
    /// descriptors that never block.
    receive_timeout: AtomicU64,
    send_timeout: AtomicU64,
    /// `SO_RCVLOWAT`: the kernel's own would do nothing for descriptors that never block.
    low_water: AtomicI32,
    /// Whether the guest has its thread to itself, and may keep it waiting.
    has_thread: AtomicBool,
    /// Which options that share its address the guest has set.
    sharing: AtomicU8,
    /// `CAN_ISOTP_WAIT_TX_DONE`: whether a send ends when all was sent.
    waits_until_sent: AtomicBool,
    /// What it was restricted to, once that is known.
    restriction: OnceLock<Arc<Restriction>>,
    /// How many of those restrictions had been made when it was last decided whom it hears.
    restrictions_seen: AtomicUsize,
    /// Where calls are made that compute.
    threads: OnceLock<Arc<Semaphore>>,
    /// Where it is counted.
    account: Account,
    memory: Mutex<Memory>,
}

/// What a description remembers of its past.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The permit it was bound under: judges `listen`, and who may be answered.
    pub(crate) bound: Option<Permit<op::Bind>>,
    /// The guest's own spelling of the Unix path that it is bound to.
    pub(crate) guest_path: Option<Vec<u8>>,
    /// The address that it shares.
    pub(crate) claim: Option<Claim>,
    /// The name in the file system, removed with the socket.
    pub(crate) path: Option<Arc<BoundPath>>,
    /// The peer that a datagram socket is connected to: it was judged when it connected.
    pub(crate) peer: Option<SocketAddr>,
    /// What a packet socket has interfaces hear beside what they would, as the guest asked for it.
    pub(crate) packet_memberships: Vec<Vec<u8>>,
    /// What RDS had to tell when it was asked who sent the next message: it tells it once.
    pub(crate) notice: Option<Received>,
    /// Who was heard while anyone could be, as the guest sees them.
    pub(crate) heard: VecDeque<Address>,
    /// What CAN's broadcast manager keeps for it.
    pub(crate) broadcasts: Broadcasts,
}

impl Memory {
    /// Whether that peer was heard, and may be answered.
    pub(crate) fn has_heard(&self, address: &Address) -> bool {
        self.heard.iter().any(|heard| datagrams::is_same(heard, address))
    }
}

impl Description {
    pub(crate) fn new(sys: sys::Socket, family: i32, kind: i32, protocol: i32) -> Self {
        Self {
            sys,
            family,
            kind,
            protocol,
            filtered: AtomicBool::new(families::is_selective(family, kind)),
            read_shut: AtomicBool::new(false),
            receive_timeout: AtomicU64::new(0),
            send_timeout: AtomicU64::new(0),
            low_water: AtomicI32::new(1),
            has_thread: AtomicBool::new(false),
            sharing: AtomicU8::new(0),
            waits_until_sent: AtomicBool::new(false),
            restriction: OnceLock::new(),
            restrictions_seen: AtomicUsize::new(0),
            threads: OnceLock::new(),
            account: Account::default(),
            memory: Mutex::default(),
        }
    }

    /// The guest that holds it has its thread to itself.
    pub(crate) fn keep_thread(&self) {
        self.has_thread.store(true, Ordering::Relaxed);
    }

    fn has_thread(&self) -> bool {
        self.has_thread.load(Ordering::Relaxed)
    }

    /// Whether it carries bytes without bounds between them.
    pub(crate) fn is_stream(&self) -> bool {
        self.kind == flags::SOCK_STREAM && !self.is_sctp()
    }

    /// Whether it speaks SCTP, whose messages stay messages on sockets of either type.
    pub(crate) fn is_sctp(&self) -> bool {
        self.is_inet()
            && match self.kind {
                flags::SOCK_STREAM => self.protocol == flags::IPPROTO_SCTP,
                kind => kind == flags::SOCK_SEQPACKET,
            }
    }

    /// Whether it speaks IPv4 or IPv6.
    pub(crate) fn is_inet(&self) -> bool {
        matches!(self.family, flags::AF_INET | flags::AF_INET6)
    }

    /// Whether its peers have ports. Those of raw and ping sockets don't: the kernel names them with 0.
    pub(crate) fn has_ports(&self) -> bool {
        self.kind != flags::SOCK_RAW && !matches!(self.protocol, flags::IPPROTO_ICMP | flags::IPPROTO_ICMPV6)
    }

    /// Whether what it sends has to be looked into: packets whose header the guest may have written.
    pub(crate) fn is_judged_by_content(&self) -> bool {
        match self.family {
            flags::AF_NETLINK | flags::AF_PACKET => true,
            flags::AF_BLUETOOTH => self.is_adapters_own(),
            flags::AF_CAN => self.protocol == flags::CAN_BCM,
            _ => self.is_inet() && self.kind == flags::SOCK_RAW,
        }
    }

    /// Whether it is about an adapter of Bluetooth itself. What it hears comes from nobody: it is judged by the adapter.
    pub(crate) fn is_adapters_own(&self) -> bool {
        (self.family, self.protocol) == (flags::AF_BLUETOOTH, flags::BTPROTO_HCI)
    }

    /// The adapter that such a socket is bound to.
    pub(crate) fn adapter(&self) -> Option<Address> {
        let bound = self.memory().bound.as_ref().and_then(Permit::request).map(|(address, _)| address.clone());
        bound.or_else(|| self.sys.local_address().ok().flatten())
    }

    /// The Ethernet protocol that a packet socket was made for, packet(7).
    pub(crate) fn packet_protocol(&self) -> u16 {
        // The kernel, too, takes the lower 16 bits.
        u16::from_be(self.protocol as u16)
    }

    /// The port of a netlink socket that has one already.
    pub(crate) fn netlink_port(&self) -> Option<u32> {
        match self.sys.local_address() {
            Ok(Some(Address::Netlink(own))) if own.port_id != 0 => Some(own.port_id),
            _ => None,
        }
    }

    /// What it remembers.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        // Nothing that holds the lock can panic half-way through a change.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers what a bind permit and a bind made. `guest_path` is the guest's spelling of a Unix path.
    pub(crate) fn remember_bind(&self, permit: Permit<op::Bind>, path: Option<BoundPath>, guest_path: Option<Vec<u8>>) {
        // A socket can be bound anew: once its association is dissolved, a port that the kernel chose is free again.
        self.filter(!permit.hears_anyone());
        let mut memory = self.memory();
        memory.bound = Some(permit);
        memory.path = path.map(Arc::new);
        memory.guest_path = guest_path;
    }

    /// Others hold the socket, too, from now on. What it made in the file system is left to them.
    pub(crate) fn hand_on(&self) {
        self.sys.share();
        if let Some(path) = self.memory().path.take() {
            path.leave();
        }
    }

    /// From now on drops datagrams from unasked peers, or doesn't.
    pub(crate) fn filter(&self, unasked: bool) {
        self.filtered.store(unasked && self.is_selective(), Ordering::Relaxed);
    }

    /// Whether it can be made to hear some peers and not others.
    pub(crate) fn is_selective(&self) -> bool {
        families::is_selective(self.family, self.kind)
    }

    /// Whether datagrams from unasked peers are dropped, or it has to be asked again since the socket was restricted.
    pub(crate) fn is_filtered(&self) -> bool {
        self.filtered.load(Ordering::Relaxed)
            || (self.is_selective() && self.restrictions_made() != self.restrictions_seen.load(Ordering::Relaxed))
    }

    /// `SO_RCVTIMEO` (in) or `SO_SNDTIMEO` (out).
    pub(crate) fn option_timeout(&self, direction: Direction) -> Option<Duration> {
        match self.timeout_cell(direction).load(Ordering::Relaxed) {
            0 => None,
            nanoseconds => Some(Duration::from_nanos(nanoseconds)),
        }
    }

    /// Sets `SO_RCVTIMEO` or `SO_SNDTIMEO`; zero is none.
    pub(crate) fn set_option_timeout(&self, direction: Direction, time: Duration) {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.timeout_cell(direction).store(nanoseconds, Ordering::Relaxed);
    }

    /// How many bytes a receive that blocks waits for: `SO_RCVLOWAT`.
    fn low_water(&self) -> usize {
        usize::try_from(self.low_water.load(Ordering::Relaxed)).unwrap_or(usize::MAX)
    }

    /// Sets `SO_RCVLOWAT`.
    pub(crate) fn set_low_water(&self, bytes: i32) {
        self.low_water.store(bytes, Ordering::Relaxed);
    }

    /// What a connection has from its listener: the kernel copies `SO_RCVTIMEO`, `SO_SNDTIMEO` and `SO_RCVLOWAT` for
    /// TCP; what the listener was restricted to holds for it, too.
    ///
    /// # Errors
    ///
    /// When that can't be written down.
    pub(crate) fn inherit(&self, listener: &Self) -> error::Result<()> {
        self.inherit_restriction(listener)?;
        if listener.is_inet() {
            self.set_low_water(listener.low_water.load(Ordering::Relaxed));
            for direction in [Direction::In, Direction::Out] {
                self.set_option_timeout(direction, listener.option_timeout(direction).unwrap_or_default());
            }
        }
        Ok(())
    }

    /// Shuts one or both halves down.
    pub(crate) fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        let shut = self.sys.shutdown(how);
        let is_without = matches!(&shut, Err(error) if errno::to_linux(error) == errno::EOPNOTSUPP);
        if how != Shutdown::Write && !is_without {
            // Linux shuts a datagram socket that isn't connected, too, and says `ENOTCONN`.
            self.read_shut.store(true, Ordering::Relaxed);
        }
        shut
    }

    /// Whether nothing more will come to a datagram socket, since its guest said so. Streams know it themselves.
    fn is_deaf(&self) -> bool {
        !self.is_stream() && self.read_shut.load(Ordering::Relaxed)
    }

    fn timeout_cell(&self, direction: Direction) -> &AtomicU64 {
        match direction {
            Direction::In => &self.receive_timeout,
            Direction::Out => &self.send_timeout,
        }
    }

    /// The deadline of a call that begins now, in that mode and direction.
    pub(crate) fn deadline(&self, mode: Mode, direction: Direction) -> Deadline {
        Deadline::of_blocking(mode, self.option_timeout(direction))
    }
}
