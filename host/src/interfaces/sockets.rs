//! `sockets`: made, bound, connected, closed.

use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr};
use std::sync::Arc;

use wasmtime::component::Resource;

use super::names;
use super::types::{Given, from_wit, to_wit};
use crate::address::{Address, UnixAddress};
use crate::bindings::sockets::{Host, HostSocket};
use crate::bindings::types::{NamedAddress, SocketAddress};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::judge::transport;
use crate::permissions::{Permit, Transport, op};
use crate::socket::{Deadline, Description, Mode, Socket, flags};
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};
use crate::trace::Call;

/// How many connections wait to be accepted when the guest doesn't say: `SOMAXCONN` of old, which Python takes
/// for a reasonable default too.
const DEFAULT_BACKLOG: i32 = 128;

impl Host for SocketCtxView<'_> {}

impl HostSocket for SocketCtxView<'_> {
    fn create(&mut self, family: i32, kind: i32, protocol: i32) -> Result<Resource<Socket>> {
        let call = Call::begin("socket", || show_new(family, kind, protocol));
        call.end(self.make(family, kind, protocol), Resource::rep)
    }

    fn pair(&mut self, family: i32, kind: i32, protocol: i32) -> Result<(Resource<Socket>, Resource<Socket>)> {
        let call = Call::begin("socketpair", || show_new(family, kind, protocol));
        call.end(self.make_pair(family, kind, protocol), |(one, other)| format!("[{}, {}]", one.rep(), other.rep()))
    }

    async fn bind(&mut self, handle: Resource<Socket>, address: SocketAddress) -> Result<()> {
        let call = Call::begin("bind", || format!("{}, {}", handle.rep(), show(&address)));
        call.end(self.bind_to(&handle, address).await, |()| 0)
    }

    fn listen(&mut self, handle: Resource<Socket>, backlog: Option<i32>) -> Result<()> {
        let call = Call::begin("listen", || format!("{}, {}", handle.rep(), backlog.unwrap_or(DEFAULT_BACKLOG)));
        call.end(self.start_listening(&handle, backlog), |()| 0)
    }

    async fn accept(&mut self, handle: Resource<Socket>) -> Result<(Resource<Socket>, SocketAddress)> {
        let call = Call::begin("accept", || handle.rep().to_string());
        let accepted = self.accept_one(&handle).await;
        call.end(accepted, |(socket, address)| format!("{}, {}", socket.rep(), show(address)))
    }

    async fn connect(&mut self, handle: Resource<Socket>, address: SocketAddress) -> Result<()> {
        let call = Call::begin("connect", || format!("{}, {}", handle.rep(), show(&address)));
        call.end(self.connect_to(&handle, address).await, |()| 0)
    }

    fn shutdown(&mut self, handle: Resource<Socket>, how: i32) -> Result<()> {
        let call = Call::begin("shutdown", || {
            let name = usize::try_from(how).ok().and_then(|how| ["SHUT_RD", "SHUT_WR", "SHUT_RDWR"].get(how).copied());
            format!("{}, {}", handle.rep(), name.map_or_else(|| how.to_string(), str::to_owned))
        });
        let shut = || {
            let how = match how {
                0 => Shutdown::Read,
                1 => Shutdown::Write,
                2 => Shutdown::Both,
                _ => return Err(Error::os(errno::EINVAL)),
            };
            Ok(self.socket(&handle)?.0.shutdown(how)?)
        };
        call.end(shut(), |()| 0)
    }

    fn getsockname(&mut self, handle: Resource<Socket>) -> Result<SocketAddress> {
        let call = Call::begin("getsockname", || handle.rep().to_string());
        let name = || {
            let (socket, _) = self.socket(&handle)?;
            let address = socket.sys.local_address()?.unwrap_or(Address::Unspecified);
            Ok(to_wit(match (address, &socket.memory().guest_path) {
                (Address::Unix(UnixAddress::Path(_)), Some(path)) => Address::Unix(UnixAddress::Path(path.clone())),
                (address, _) => self.ctx.judge.as_seen(address),
            }))
        };
        call.end(name(), show)
    }

    fn getpeername(&mut self, handle: Resource<Socket>) -> Result<SocketAddress> {
        let call = Call::begin("getpeername", || handle.rep().to_string());
        let name = || {
            let address = self.socket(&handle)?.0.sys.peer_address()?;
            Ok(to_wit(self.ctx.judge.as_seen(address.unwrap_or(Address::Unspecified))))
        };
        call.end(name(), show)
    }

    fn dup(&mut self, handle: Resource<Socket>) -> Result<Resource<Socket>> {
        let call = Call::begin("dup", || handle.rep().to_string());
        let dup = || {
            let ticket = self.ctx.registry.reserve()?;
            let (description, mode) = self.socket(&handle)?;
            self.push(ticket, description, mode)
        };
        let dup = { dup }();
        call.end(dup, Resource::rep)
    }

    async fn close(&mut self, handle: Resource<Socket>) -> Result<()> {
        let call = Call::begin("close", || handle.rep().to_string());
        let closed = match self.table.delete(handle) {
            Ok(socket) => close(socket).await,
            Err(error) => Err(error.into()),
        };
        call.end(closed, |()| 0)
    }

    fn set_timeout(&mut self, handle: Resource<Socket>, timeout: Option<u64>) -> wasmtime::Result<()> {
        self.table.get_mut(&handle)?.mode = Mode::from_timeout(timeout);
        Ok(())
    }

    fn get_timeout(&mut self, handle: Resource<Socket>) -> wasmtime::Result<Option<u64>> {
        Ok(self.table.get(&handle)?.mode.timeout())
    }

    fn family(&mut self, handle: Resource<Socket>) -> wasmtime::Result<i32> {
        Ok(self.table.get(&handle)?.description.family)
    }

    fn type_(&mut self, handle: Resource<Socket>) -> wasmtime::Result<i32> {
        Ok(self.table.get(&handle)?.description.kind)
    }

    fn protocol(&mut self, handle: Resource<Socket>) -> wasmtime::Result<i32> {
        Ok(self.table.get(&handle)?.description.protocol)
    }

    fn set_inheritable(&mut self, handle: Resource<Socket>, inheritable: bool) -> wasmtime::Result<()> {
        self.table.get_mut(&handle)?.inheritable = inheritable;
        Ok(())
    }

    fn get_inheritable(&mut self, handle: Resource<Socket>) -> wasmtime::Result<bool> {
        Ok(self.table.get(&handle)?.inheritable)
    }

    /// A handle that is dropped and not closed doesn't wait for anything.
    fn drop(&mut self, handle: Resource<Socket>) -> wasmtime::Result<()> {
        self.table.delete(handle)?;
        Ok(())
    }
}

impl SocketCtxView<'_> {
    fn make(&mut self, family: i32, kind: i32, protocol: i32) -> Result<Resource<Socket>> {
        let ticket = self.ctx.registry.reserve()?;
        let (kind, mode) = admit(family, kind, protocol)?;
        let socket = sys::Socket::new(family, kind, protocol)?;
        self.push(ticket, Arc::new(Description::new(socket, family, kind, protocol)), mode)
    }

    fn make_pair(&mut self, family: i32, kind: i32, protocol: i32) -> Result<(Resource<Socket>, Resource<Socket>)> {
        let tickets = (self.ctx.registry.reserve()?, self.ctx.registry.reserve()?);
        let (kind, mode) = admit(family, kind, protocol)?;
        let (one, other) = sys::Socket::pair(family, kind, protocol)?;
        let one = self.push(tickets.0, Arc::new(Description::new(one, family, kind, protocol)), mode)?;
        let other = Arc::new(Description::new(other, family, kind, protocol));
        match self.push(tickets.1, other, mode) {
            Ok(other) => Ok((one, other)),
            Err(error) => {
                drop(self.table.delete(one));
                Err(error)
            }
        }
    }

    async fn bind_to(&mut self, handle: &Resource<Socket>, address: SocketAddress) -> Result<()> {
        let (socket, _) = self.socket(handle)?;
        let address = match from_wit(address)? {
            Given::Address(address) => address,
            Given::Name(name) => self.first_of(&socket, name, None, |_| true).await?,
        };
        of_family(&socket, &address)?;
        if address == Address::Unspecified {
            return Err(Error::os(errno::EAFNOSUPPORT));
        }
        let permit = self.ctx.judge.bind(&socket, &address, is_dual_stack(&socket, &address)?)?;
        let guest_path = match &address {
            Address::Unix(UnixAddress::Path(path)) => Some(path.clone()),
            _ => None,
        };
        let path = socket.sys.bind(&permit)?;
        socket.remember_bind(permit, path, guest_path);
        Ok(())
    }

    fn start_listening(&mut self, handle: &Resource<Socket>, backlog: Option<i32>) -> Result<()> {
        let (socket, _) = self.socket(handle)?;
        // Never bound means bound to the wildcard and a free port by listen(2) itself; for Unix it is EINVAL.
        let bound = socket.memory().bound.as_ref().and_then(Permit::request).map(|(a, dual)| (a.clone(), dual));
        let is_bound = bound.is_some();
        let (address, dual_stack) = match bound {
            Some(bound) => bound,
            None => {
                let address = wildcard(&socket);
                let dual_stack = is_dual_stack(&socket, &address)?;
                (address, dual_stack)
            }
        };
        if !matches!(socket.kind, flags::SOCK_STREAM | flags::SOCK_SEQPACKET) {
            return Err(Error::os(errno::EOPNOTSUPP));
        }
        if address == Address::Unix(UnixAddress::Unnamed) && !is_bound {
            return Err(Error::os(errno::EINVAL));
        }
        let permit = self.ctx.judge.listen(&socket, &address, dual_stack)?;
        let backlog = backlog.unwrap_or(DEFAULT_BACKLOG).clamp(0, self.ctx.limits.backlog);
        Ok(socket.sys.listen(backlog, &permit)?)
    }

    async fn accept_one(&mut self, handle: &Resource<Socket>) -> Result<(Resource<Socket>, SocketAddress)> {
        let (listener, mode) = self.socket(handle)?;
        let ticket = self.ctx.registry.reserve()?;
        let deadline = listener.deadline(mode, Direction::In);
        let (socket, peer) = listener.io(Direction::In, deadline, sys::Socket::accept).await?;
        let socket = Description::new(socket, listener.family, listener.kind, listener.protocol);
        socket.inherit(&listener);
        socket.memory().guest_path = listener.memory().guest_path.clone();
        let peer = self.ctx.judge.as_seen(peer.unwrap_or(unnamed_peer(&socket)));
        Ok((self.push(ticket, Arc::new(socket), Mode::Blocking)?, to_wit(peer)))
    }

    async fn connect_to(&mut self, handle: &Resource<Socket>, address: SocketAddress) -> Result<()> {
        let (socket, mode) = self.socket(handle)?;
        let deadline = socket.deadline(mode, Direction::Out);
        let address = match from_wit(address)? {
            Given::Address(address) => address,
            Given::Name(name) => {
                let judge = Arc::clone(&self.ctx.judge);
                let reachable = |address: &Address| judge.reaches(&socket, address);
                deadline_for_names(deadline, self.first_of(&socket, name, Some(transport(&socket)), reachable)).await?
            }
        };
        of_family(&socket, &address)?;
        let permit = self.ctx.judge.connect(&socket, &address)?;
        socket.connect(&permit, deadline).await
    }

    /// What a name resolves to: the first answer that fits the socket and `reachable` is content with, else
    /// the first that fits, to be refused with its reason.
    pub(crate) async fn first_of(
        &mut self,
        socket: &Description,
        name: NamedAddress,
        purpose: Option<Transport>,
        reachable: impl Fn(&Address) -> bool,
    ) -> Result<Address> {
        if !socket.is_inet() {
            return Err(Error::os(errno::EAFNOSUPPORT));
        }
        let NamedAddress { host, port, flow_info, scope_id } = name;
        let flow = flow_info.to_be();
        let answers = names::resolve(self.ctx, &host, socket.family, purpose, port, flow, scope_id).await?;
        let chosen = answers.iter().find(|address| reachable(address)).or(answers.first());
        chosen.cloned().ok_or(Error::NameLookup(sys::names::EAI_NONAME))
    }
}

impl Description {
    /// Connects, as far as the deadline allows.
    pub(crate) async fn connect(&self, permit: &Permit<op::Connect>, deadline: Deadline) -> Result<()> {
        tokio::task::coop::consume_budget().await;
        let started = self.sys.connect(permit).map_err(Error::from);
        if started.is_ok() {
            self.remember_connect();
        }
        let Err(Error::Io(error)) = &started else { return started };
        match (errno::to_linux(error), deadline) {
            (errno::EINPROGRESS | errno::EALREADY | errno::EAGAIN, Deadline::Now) => started,
            // As Python, whose timed connect asks for SO_ERROR too.
            (errno::EINPROGRESS | errno::EALREADY, Deadline::At(_)) => {
                self.io(Direction::Out, deadline, sys::Socket::connect_outcome).await
            }
            (errno::EINPROGRESS | errno::EALREADY, _) => {
                let ended = self.io(Direction::Out, deadline, |socket| socket.finish_connect(permit)).await;
                // What SO_SNDTIMEO has connect(2) say, socket(7).
                ended.map_err(|error| if error.would_block() { Error::os(errno::EINPROGRESS) } else { error })
            }
            // A Unix listener whose queue is full; Linux has no event for "there is room again".
            (errno::EAGAIN, _) => self.io_again(deadline, |socket| socket.connect(permit)).await,
            _ => started,
        }
    }
}

/// Looking a name up takes its part of a call's time, but is no reason for a non-blocking one to fail: as in
/// Python, whose look-ups always wait.
pub(crate) async fn deadline_for_names<T>(deadline: Deadline, lookup: impl Future<Output = Result<T>>) -> Result<T> {
    match deadline {
        Deadline::Now => lookup.await,
        deadline => deadline.race(lookup).await,
    }
}

/// Closes a handle. With `SO_LINGER` set, closing the last one waits.
async fn close(socket: Socket) -> Result<()> {
    // Counts until it is closed.
    let Socket { description, ticket: _ticket, .. } = socket;
    let Some(description) = Arc::into_inner(description) else { return Ok(()) };
    description.linger().await;
    match description.close() {
        // The peer's doing, and nothing that closing could have done better: Python ignores it as well.
        Err(error) if errno::to_linux(&error) == errno::ECONNRESET => Ok(()),
        closed => Ok(closed?),
    }
}

/// Which sockets the host makes, with the kind alone and the mode that came in with it.
fn admit(family: i32, kind: i32, protocol: i32) -> Result<(i32, Mode)> {
    let mode = if kind & flags::SOCK_NONBLOCK != 0 { Mode::NonBlocking } else { Mode::Blocking };
    let kind = kind & !(flags::SOCK_NONBLOCK | flags::SOCK_CLOEXEC);
    match (family, kind, protocol) {
        (flags::AF_UNIX, flags::SOCK_STREAM | flags::SOCK_DGRAM | flags::SOCK_SEQPACKET, 0 | flags::AF_UNIX)
        | (flags::AF_INET | flags::AF_INET6, flags::SOCK_STREAM, 0 | flags::IPPROTO_TCP)
        | (flags::AF_INET | flags::AF_INET6, flags::SOCK_DGRAM, 0 | flags::IPPROTO_UDP) => Ok((kind, mode)),
        (flags::AF_UNIX | flags::AF_INET | flags::AF_INET6, 1..=5 | 10, _) => Err(Error::os(match kind {
            flags::SOCK_STREAM | flags::SOCK_DGRAM => errno::EPROTONOSUPPORT,
            _ => errno::ESOCKTNOSUPPORT,
        })),
        (flags::AF_UNIX | flags::AF_INET | flags::AF_INET6, ..) => Err(Error::os(errno::EINVAL)),
        _ => Err(Error::os(errno::EAFNOSUPPORT)),
    }
}

/// Refuses an address of another family, as Python and the kernel do, before policy is asked about it.
pub(crate) fn of_family(socket: &Description, address: &Address) -> Result<()> {
    match (socket.family, address) {
        (flags::AF_INET, Address::Inet(_))
        | (flags::AF_INET6, Address::Inet6(_))
        | (flags::AF_UNIX, Address::Unix(_))
        | (_, Address::Unspecified) => Ok(()),
        _ => Err(Error::os(errno::EAFNOSUPPORT)),
    }
}

/// Whether binding there takes IPv4 as well: an IPv6 wildcard without `IPV6_V6ONLY`, ipv6(7).
fn is_dual_stack(socket: &Description, address: &Address) -> Result<bool> {
    match address {
        Address::Inet6(inet6) if inet6.ip().is_unspecified() => Ok(!socket.sys.is_v6_only()?),
        _ => Ok(false),
    }
}

fn wildcard(socket: &Description) -> Address {
    match socket.family {
        flags::AF_INET => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)).into(),
        flags::AF_INET6 => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)).into(),
        _ => Address::Unix(UnixAddress::Unnamed),
    }
}

fn unnamed_peer(socket: &Description) -> Address {
    match socket.family {
        flags::AF_UNIX => Address::Unix(UnixAddress::Unnamed),
        _ => Address::Unspecified,
    }
}

/// What makes a socket, for a trace.
fn show_new(family: i32, kind: i32, protocol: i32) -> String {
    format!("{}, {}, {protocol}", flags::show_family(family), flags::show_kind(kind))
}

/// An address for a trace.
pub(crate) fn show(address: &SocketAddress) -> String {
    match from_wit(address.clone()) {
        Ok(Given::Address(address)) => address.to_string(),
        Ok(Given::Name(name)) => format!("{}:{}", name.host, name.port),
        Err(_) => format!("{address:?}"),
    }
}
