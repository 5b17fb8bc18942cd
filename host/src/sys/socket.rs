//! A socket of the system's: made, bound, connected, asked its names, closed. None of these calls waits.

use std::io;
use std::mem::ManuallyDrop;
use std::net::Shutdown;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::PollFlags;
use socket2::{Domain, Protocol, SockAddr, Type};
use tokio::io::unix::AsyncFd;

use super::readiness::{Watched, poll_now};
use super::transfer::retry;
use super::unix_path::{self, BoundPath, Place};
use super::{address, bluetooth, errno, rights};
use crate::address::{Address, NetlinkAddress};
use crate::permissions::op::{Bind, Connect, Create, Listen};
use crate::permissions::{Permit, Sort, Target};

/// Descriptors that a guest can't have, so that the host can go on opening files and accepting calls.
const RESERVED_DESCRIPTORS: u64 = 64;

/// A socket of the system's.
#[derive(Debug)]
pub(crate) struct Socket {
    /// Made when a call first has to wait. Before `inner`: it leaves the reactor while the descriptor is open.
    pub(super) watched: OnceLock<AsyncFd<Watched>>,
    inner: ManuallyDrop<socket2::Socket>,
    family: i32,
    /// Says how addresses lie, in families whose protocols have their own.
    protocol: i32,
    /// Whether a peer may send it descriptors, which then have to be looked for at every receive.
    takes_rights: AtomicBool,
    /// Whether others hold it, too: it came from elsewhere, or was passed on. Then how it closes and whether it blocks is
    /// not for this side to say.
    shared: AtomicBool,
    /// Whether its descriptor blocks, by [`Socket::block`].
    pub(super) blocks: AtomicBool,
}

/// A socket that goes without being closed doesn't wait for anything, whatever `SO_LINGER` says: who drops it may be
/// an executor's thread.
impl Drop for Socket {
    fn drop(&mut self) {
        drop(self.watched.take());
        self.stop_lingering();
        // SAFETY: nothing uses it after this.
        let inner = unsafe { ManuallyDrop::take(&mut self.inner) };
        if self.closing_waits() {
            drop(rights::close_in_turn(inner.into()));
        } else if self.is_shared() {
            rights::close_elsewhere(inner.into());
        }
    }
}

/// Refuses a descriptor that came from the host's reserve: `EMFILE`.
pub(super) fn unreserved(descriptor: &impl AsRawFd) -> io::Result<()> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    let number = descriptor.as_raw_fd().unsigned_abs();
    match limit {
        Some(limit) if u64::from(number) + RESERVED_DESCRIPTORS >= limit => Err(errno::from_linux(errno::EMFILE)),
        _ => Ok(()),
    }
}

/// A duplicate of the descriptor of that number, closed in children.
pub(crate) fn duplicate_descriptor(number: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: it takes numbers alone; what it returns is a new descriptor, and nobody else's.
    unsafe {
        match libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 3) {
            -1 => Err(io::Error::last_os_error()),
            copy => Ok(OwnedFd::from_raw_fd(copy)),
        }
    }
}

impl Socket {
    /// socket(2).
    pub(crate) fn create(permit: &Permit<Create>) -> io::Result<Self> {
        let Sort { family, kind, protocol } = *permit.target();
        Self::make(family, kind, protocol)
    }

    /// A socket that nobody was asked about.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn new(family: i32, kind: i32, protocol: i32) -> io::Result<Self> {
        Self::make(family, kind, protocol)
    }

    fn make(family: i32, kind: i32, protocol: i32) -> io::Result<Self> {
        let kind_alone = kind;
        let kind = Type::from(kind).nonblocking().cloexec();
        let inner = socket2::Socket::new_raw(Domain::from(family), kind, Some(Protocol::from(protocol)))?;
        let socket = Self::admit(inner, family, protocol, false)?;
        socket.leave_groups()?;
        if (family, protocol, kind_alone) == (libc::AF_BLUETOOTH, bluetooth::BTPROTO_L2CAP, libc::SOCK_STREAM) {
            bluetooth::transfer_plainly(&socket)?;
        }
        Ok(socket)
    }

    /// Keeps a datagram socket from hearing the multicast groups that *other* programs of this machine have joined:
    /// by default one that is bound to the wildcard does (ip(7), `IP_MULTICAST_ALL`).
    fn leave_groups(&self) -> io::Result<()> {
        match (self.family, self.inner.r#type()?) {
            (libc::AF_INET, Type::DGRAM | Type::RAW) => self.inner.set_multicast_all_v4(false),
            (libc::AF_INET6, Type::DGRAM) => {
                self.inner.set_multicast_all_v6(false)?;
                self.inner.set_multicast_all_v4(false)
            }
            // IPv4's options are none of a raw socket's of IPv6.
            (libc::AF_INET6, Type::RAW) => self.inner.set_multicast_all_v6(false),
            _ => Ok(()),
        }
    }

    /// socketpair(2).
    pub(crate) fn pair(family: i32, kind: i32, protocol: i32) -> io::Result<(Self, Self)> {
        let kind = Type::from(kind).nonblocking().cloexec();
        let (one, other) = socket2::Socket::pair_raw(Domain::from(family), kind, Some(Protocol::from(protocol)))?;
        Ok((Self::admit(one, family, protocol, false)?, Self::admit(other, family, protocol, false)?))
    }

    /// Takes a new socket in, unless it came from the host's reserve of descriptors. Descriptors are refused, unless it
    /// has a listener that takes them.
    fn admit(inner: socket2::Socket, family: i32, protocol: i32, takes_rights: bool) -> io::Result<Self> {
        unreserved(&inner)?;
        Ok(Self::take_in(inner, family, protocol, takes_rights, false))
    }

    fn take_in(inner: socket2::Socket, family: i32, protocol: i32, takes_rights: bool, shared: bool) -> Self {
        let unix = family == libc::AF_UNIX;
        if unix {
            rights::refuse_processes(&inner);
        }
        Self {
            watched: OnceLock::new(),
            takes_rights: AtomicBool::new(unix && (takes_rights || !rights::refuse(&inner))),
            inner: ManuallyDrop::new(inner),
            family,
            protocol,
            shared: AtomicBool::new(shared),
            blocks: AtomicBool::new(false),
        }
    }

    /// Takes in a socket that others hold, too, for a guest that deals in descriptors. Whether it blocks is theirs to say.
    pub(crate) fn adopt(descriptor: OwnedFd, [family, _, protocol]: [i32; 3]) -> Self {
        Self::take_in(descriptor.into(), family, protocol, true, true)
    }

    /// Takes in a socket that this process was handed, and that others may hold. Descriptors are refused.
    pub(crate) fn inherit(descriptor: OwnedFd, [family, _, protocol]: [i32; 3]) -> Self {
        Self::take_in(descriptor.into(), family, protocol, false, true)
    }

    /// Another descriptor for the same socket, which two hold from then on.
    pub(crate) fn duplicate(&self) -> io::Result<Self> {
        self.unblock()?;
        let copy = rustix::io::fcntl_dupfd_cloexec(&*self.inner, 0)?;
        unreserved(&copy)?;
        Ok(Self {
            watched: OnceLock::new(),
            takes_rights: AtomicBool::new(self.takes_rights()),
            inner: ManuallyDrop::new(copy.into()),
            family: self.family,
            protocol: self.protocol,
            shared: AtomicBool::new(true),
            blocks: AtomicBool::new(false),
        })
    }

    /// Family, type and protocol of a socket from elsewhere.
    pub(crate) fn identify(descriptor: &OwnedFd) -> io::Result<[i32; 3]> {
        let socket = socket2::SockRef::from(descriptor);
        let protocol = socket.protocol()?.map_or(0, Into::into);
        Ok([socket.domain()?.into(), socket.r#type()?.into(), protocol])
    }

    /// Whether others hold it, too.
    pub(crate) fn is_shared(&self) -> bool {
        self.shared.load(Ordering::Relaxed)
    }

    /// Others hold it, from now on.
    pub(crate) fn share(&self) {
        // It can't fail for a descriptor that is open.
        let _ = self.unblock();
        self.shared.store(true, Ordering::Relaxed);
    }

    /// Whether this side takes descriptors.
    pub(super) fn takes_rights(&self) -> bool {
        self.takes_rights.load(Ordering::Relaxed)
    }

    /// Whether descriptors may come: of a shared socket others may say that it takes them.
    pub(super) fn may_bring_rights(&self) -> bool {
        self.family == libc::AF_UNIX && (self.takes_rights() || self.is_shared())
    }

    /// From now on takes descriptors.
    pub(crate) fn take_rights(&self) {
        if self.family == libc::AF_UNIX && !self.takes_rights.swap(true, Ordering::Relaxed) {
            rights::take(&*self.inner);
        }
    }

    /// The family it was made with, in the system's numbers.
    pub(crate) fn family(&self) -> i32 {
        self.family
    }

    /// What an address means that the kernel has given for this socket.
    pub(super) fn parse(&self, address: &SockAddr) -> io::Result<Option<Address>> {
        address::parse(address, self.protocol)
    }

    /// bind(2). What it made in the file system is the caller's to keep, and gone with it.
    pub(crate) fn bind(&self, permit: &Permit<Bind>) -> io::Result<Option<BoundPath>> {
        let bind = |address: &SockAddr| self.inner.bind(address);
        match permit.target() {
            Target::Netlink(netlink) => {
                // A socket that has a port has to name it, netlink(7).
                let own = match self.local_address()? {
                    Some(Address::Netlink(own)) => own.port_id,
                    _ => 0,
                };
                bind(&address::netlink(NetlinkAddress { port_id: own, ..*netlink }))?;
            }
            Target::Unspecified => return Err(errno::from_linux(errno::EAFNOSUPPORT)),
            Target::Path { directory, relative } => {
                return unix_path::bind(Place { directory, relative }, bind).map(Some);
            }
            plain => bind(&address::of(plain, self.family)?)?,
        }
        Ok(None)
    }

    /// listen(2).
    pub(crate) fn listen(&self, backlog: i32, _permit: &Permit<Listen>) -> io::Result<()> {
        self.inner.listen(backlog)
    }

    /// listen(2) on a socket that listens already, which takes nothing new: it only changes how many may wait. False where
    /// it doesn't listen.
    pub(crate) fn set_backlog(&self, backlog: i32) -> io::Result<bool> {
        let listens = self.inner.is_listener()?;
        if listens {
            self.inner.listen(backlog)?;
        }
        Ok(listens)
    }

    /// connect(2), as far as it goes without waiting.
    pub(crate) fn connect(&self, permit: &Permit<Connect>) -> io::Result<()> {
        self.unblock()?;
        self.with_destination(permit.target(), |address| retry(|| self.inner.connect(address)))
    }

    /// How a connect under way ended, by `SO_ERROR`; `EAGAIN` while it hasn't.
    pub(crate) fn connect_outcome(&self) -> io::Result<()> {
        self.connect_ended()?;
        self.inner.take_error()?.map_or(Ok(()), Err)
    }

    /// How a connect under way ended, by connect(2) itself; `EAGAIN` while it hasn't. Unlike `SO_ERROR` that leaves the
    /// socket as a connect(2) does that waited: connected for good, or ready for the next attempt.
    pub(crate) fn finish_connect(&self, permit: &Permit<Connect>) -> io::Result<()> {
        self.connect_ended()?;
        match self.connect(permit) {
            Err(error) if errno::to_linux(&error) == errno::EISCONN => Ok(()),
            ended => ended,
        }
    }

    fn connect_ended(&self) -> io::Result<()> {
        // An error alone is no end: after an unreachable host Linux reports one, without a number, all through the
        // next attempt. SCTP has nothing else to say of an attempt that failed.
        let ends = match self.protocol {
            libc::IPPROTO_SCTP => PollFlags::OUT | PollFlags::HUP | PollFlags::ERR,
            _ => PollFlags::OUT | PollFlags::HUP,
        };
        match poll_now(&[(self, PollFlags::OUT)])?[..] {
            [events] if events.intersects(ends) => Ok(()),
            _ => Err(errno::from_linux(errno::EAGAIN)),
        }
    }

    /// Whether nothing more can come: the peer closed its half, or this side did.
    pub(crate) fn has_ended(&self) -> io::Result<bool> {
        Ok(poll_now(&[(self, PollFlags::RDHUP)])?.iter().any(|events| !events.is_empty()))
    }

    /// Whether somebody waits to be accepted; `EAGAIN` while nobody does.
    pub(crate) fn has_arrival(&self) -> io::Result<()> {
        match poll_now(&[(self, PollFlags::IN)])?[..] {
            [events] if events.is_empty() => Err(errno::from_linux(errno::EAGAIN)),
            _ => Ok(()),
        }
    }

    /// accept4(2).
    pub(crate) fn accept(&self) -> io::Result<(Self, Option<Address>)> {
        self.unblock()?;
        // What is accepted can't be put back: whether there is a descriptor for it is tried with another.
        unreserved(&rustix::io::fcntl_dupfd_cloexec(&*self.inner, 0)?)?;
        if self.family == libc::AF_ALG {
            // Its sockets have no names, which fails an accept4(2) that asks for one.
            // SAFETY: it is handed no memory; the descriptor returned is nobody else's.
            let accepted = retry(|| unsafe {
                let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
                match libc::accept4(self.inner.as_raw_fd(), std::ptr::null_mut(), std::ptr::null_mut(), flags) {
                    -1 => Err(io::Error::last_os_error()),
                    fd => Ok(<socket2::Socket as FromRawFd>::from_raw_fd(fd)),
                }
            })?;
            return Ok((Self::admit(accepted, self.family, self.protocol, false)?, None));
        }
        let (socket, address) = retry(|| {
            // SAFETY: `storage` has `length` bytes to write to; the descriptor returned is nobody else's.
            unsafe {
                SockAddr::try_init(|storage, length| {
                    let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
                    match libc::accept4(self.inner.as_raw_fd(), storage.cast(), length, flags) {
                        -1 => Err(io::Error::last_os_error()),
                        fd => Ok(<socket2::Socket as FromRawFd>::from_raw_fd(fd)),
                    }
                })
            }
        })?;
        Ok((Self::admit(socket, self.family, self.protocol, self.takes_rights())?, self.parse(&address)?))
    }

    /// shutdown(2).
    pub(crate) fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        match self.family {
            libc::AF_BLUETOOTH => bluetooth::shutdown(&self.inner, how),
            _ => self.inner.shutdown(how),
        }
    }

    /// getsockname(2).
    pub(crate) fn local_address(&self) -> io::Result<Option<Address>> {
        self.parse(&self.inner.local_addr()?)
    }

    /// getpeername(2).
    pub(crate) fn peer_address(&self) -> io::Result<Option<Address>> {
        self.parse(&self.inner.peer_addr()?)
    }

    /// close(2), with its error. It never waits.
    pub(crate) fn close(self) -> io::Result<()> {
        if self.is_shared() {
            // Whether it waits depends on who else holds it.
            drop(self);
            return Ok(());
        }
        let mut this = ManuallyDrop::new(self);
        this.stop_lingering();
        drop(this.watched.take());
        // SAFETY: the descriptor is `inner`'s, which isn't dropped.
        match unsafe { libc::close(this.inner.as_raw_fd()) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    /// close(2) of a socket that waits there whatever it is told.
    pub(crate) async fn close_apart(self) {
        let mut this = ManuallyDrop::new(self);
        drop(this.watched.take());
        // SAFETY: nothing uses it after this, and it isn't dropped.
        let inner = unsafe { ManuallyDrop::take(&mut this.inner) };
        if let Some(closing) = rights::close_in_turn(inner.into()) {
            let _ = closing.await;
        }
    }

    /// Whether closing it waits until what was sent is through or given up: CAN's ISO-TP and J1939.
    fn closing_waits(&self) -> bool {
        const CAN_ISOTP: i32 = 6;
        const CAN_J1939: i32 = 7;
        self.family == libc::AF_CAN && matches!(self.protocol, CAN_ISOTP | CAN_J1939)
    }

    /// The error that it has kept, which is gone then: `SO_ERROR`.
    pub(crate) fn take_error(&self) -> io::Result<()> {
        self.inner.take_error()?.map_or(Ok(()), Err)
    }

    /// Makes closing not wait. An abortive close (a linger time of 0) stays one. What others hold is closed where it may
    /// wait.
    pub(crate) fn stop_lingering(&self) {
        if !self.is_shared() && self.linger_time().is_some() {
            let _ = self.inner.set_linger(None);
        }
    }

    /// How long closing it waits, by `SO_LINGER`.
    pub(crate) fn linger_time(&self) -> Option<Duration> {
        self.inner.linger().ok().flatten().filter(|time| !time.is_zero())
    }

    /// Whether the peer of a TCP stream that was shut down has acknowledged all of it; `EAGAIN` while it hasn't. The
    /// states are those that the kernel's own close waits in (`sk_stream_closing`).
    pub(crate) fn end_is_acknowledged(&self) -> io::Result<()> {
        const FIN_WAIT1: u8 = 4;
        const LAST_ACK: u8 = 9;
        const CLOSING: u8 = 11;
        // The state is the first byte of `struct tcp_info`.
        let info = super::options::get(self, libc::IPPROTO_TCP, libc::TCP_INFO, 1)?;
        match info.first() {
            Some(&(FIN_WAIT1 | LAST_ACK | CLOSING)) => Err(errno::from_linux(errno::EAGAIN)),
            _ => Ok(()),
        }
    }

    /// Whether an IPv6 socket keeps to IPv6.
    pub(crate) fn is_v6_only(&self) -> io::Result<bool> {
        self.inner.only_v6()
    }

    /// Whether a raw socket sends packets with headers that the guest wrote, raw(7).
    pub(crate) fn writes_headers(&self) -> io::Result<bool> {
        let (level, name) = match self.family {
            libc::AF_INET6 => (libc::IPPROTO_IPV6, libc::IPV6_HDRINCL),
            _ => (libc::IPPROTO_IP, libc::IP_HDRINCL),
        };
        Ok(super::options::get(self, level, name, size_of::<libc::c_int>())?.iter().any(|byte| *byte != 0))
    }

    pub(super) fn raw(&self) -> &socket2::Socket {
        &self.inner
    }

    pub(super) fn raw_fd(&self) -> RawFd {
        self.inner.as_raw_fd()
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_socket_that_is_dropped_does_not_linger() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        stream.set_nonblocking(true).unwrap();
        let socket = Socket::admit(stream.into(), libc::AF_INET, 0, false).unwrap();
        socket.inner.set_linger(Some(Duration::from_secs(60))).unwrap();
        // The peer reads none of it, so that a close that lingers takes its minute.
        while socket.inner.send(&[7; 65536]).is_ok() {}
        let began = Instant::now();
        drop(socket);
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
}
