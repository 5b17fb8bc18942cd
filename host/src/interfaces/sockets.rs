//! `sockets`: made, bound, connected, closed.

use std::net::Shutdown;
use std::sync::Arc;

use wasmtime::component::Resource;

use super::names::deadline_for_names;
use super::types::{Given, from_wit, show, to_wit};
use crate::address::{Address, TipcAddress, UnixAddress};
use crate::bindings::sockets::{Host, HostSocket};
use crate::bindings::types::SocketAddress;
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::judge::transport;
use crate::permissions::Permit;
use crate::pool::TRANSFERS;
use crate::socket::families::{admit, is_dual_stack, may_load_modules, of_family, unnamed_peer, wildcard};
use crate::socket::kernel_parts::part_of;
use crate::socket::{Description, Mode, Socket, flags};
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};
use crate::trace::{self, Call};

/// How many connections wait to be accepted when the guest doesn't say: `SOMAXCONN` of old, which Python takes
/// for a reasonable default too.
const DEFAULT_BACKLOG: i32 = 128;

impl Host for SocketCtxView<'_> {}

impl HostSocket for SocketCtxView<'_> {
    async fn create(&mut self, family: i32, kind: i32, protocol: i32) -> Result<Resource<Socket>> {
        let call = Call::begin("socket", || show_new(family, kind, protocol));
        call.end(self.make(family, kind, protocol).await, Resource::rep)
    }

    async fn pair(&mut self, family: i32, kind: i32, protocol: i32) -> Result<(Resource<Socket>, Resource<Socket>)> {
        let call = Call::begin("socketpair", || show_new(family, kind, protocol));
        call.end(self.make_pair(family, kind, protocol).await, |(one, other)| {
            format!("[{}, {}]", one.rep(), other.rep())
        })
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
            Ok(socket) => socket.close().await,
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
        self.table.delete(handle)?.let_go();
        Ok(())
    }
}

impl SocketCtxView<'_> {
    async fn make(&mut self, family: i32, kind: i32, protocol: i32) -> Result<Resource<Socket>> {
        let ticket = self.ctx.registry.reserve()?;
        self.ctx.quota.may_hold_more()?;
        let (kind, mode) = admit(family, kind, protocol)?;
        let permit = self.ctx.judge.create(family, kind, protocol)?;
        let socket = if may_load_modules(family, protocol) {
            TRANSFERS.run(&self.ctx.transfers, move || Ok(sys::Socket::create(&permit)?)).await
        } else {
            sys::Socket::create(&permit).map_err(Error::from)
        };
        let socket = socket.inspect_err(|error| note_lack(error, family, protocol))?;
        let socket = Description::new(socket, family, kind, protocol);
        if let Some(permit) = self.ctx.judge.bound_when_made(&socket) {
            socket.sys.bind(&permit)?;
            socket.remember_bind(permit, None, None);
        }
        self.push(ticket, Arc::new(socket), mode)
    }

    async fn make_pair(
        &mut self,
        family: i32,
        kind: i32,
        protocol: i32,
    ) -> Result<(Resource<Socket>, Resource<Socket>)> {
        let tickets = (self.ctx.registry.reserve()?, self.ctx.registry.reserve()?);
        self.ctx.quota.may_hold_more()?;
        let (kind, mode) = admit(family, kind, protocol)?;
        let (one, other) = match family {
            flags::AF_UNIX => sys::Socket::pair(family, kind, protocol)?,
            // It reaches nobody else, but takes the kernel's code and module as any such socket does.
            flags::AF_TIPC => {
                self.ctx.judge.create(family, kind, protocol)?;
                let pair = move || Ok(sys::Socket::pair(family, kind, protocol)?);
                TRANSFERS.run(&self.ctx.transfers, pair).await?
            }
            // Others have none, and the kernel would have made two by the time it says so.
            _ => return Err(Error::os(errno::EOPNOTSUPP)),
        };
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
        // A TIPC socket has a number of its own, and no other can be had.
        if matches!(address, Address::Unspecified | Address::Tipc(TipcAddress::Socket { .. })) {
            return Err(Error::os(errno::EAFNOSUPPORT));
        }
        // What no kernel has, nobody is asked about.
        if matches!(&address, Address::Alg(algorithm) if !algorithm.has_type()) {
            return Err(Error::os(errno::ENOENT));
        }
        let permit = self.ctx.judge.bind(&socket, &address, is_dual_stack(&socket, &address)?)?;
        let guest_path = match &address {
            Address::Unix(UnixAddress::Path(path)) => Some(path.clone()),
            _ => None,
        };
        // What it names may be a module that the kernel loads.
        if socket.computes() {
            let bind = move |socket: &Description| Ok(socket.sys.bind(&permit).map(drop)?);
            return socket.on_a_thread(bind).await;
        }
        let path = socket.bind(&permit, &*self.ctx.judge)?;
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
                // Somebody else may have bound what came from elsewhere.
                let own = if socket.sys.is_shared() { socket.sys.local_address()? } else { None };
                let address = own.map_or_else(|| wildcard(&socket), |own| self.ctx.judge.as_seen(own));
                let dual_stack = is_dual_stack(&socket, &address)?;
                (address, dual_stack)
            }
        };
        // RDS has messages in sequence without connections.
        let is_connected = matches!(socket.kind, flags::SOCK_STREAM | flags::SOCK_SEQPACKET);
        if !is_connected || socket.family == flags::AF_RDS || socket.computes() {
            return Err(Error::os(errno::EOPNOTSUPP));
        }
        if address == Address::Unix(UnixAddress::Unnamed) && !is_bound {
            // As the kernel says it.
            let number = if socket.family == flags::AF_BLUETOOTH { errno::EBADFD } else { errno::EINVAL };
            return Err(Error::os(number));
        }
        let most = i32::try_from(self.ctx.limits.backlog).unwrap_or(i32::MAX);
        let backlog = backlog.unwrap_or(DEFAULT_BACKLOG).clamp(0, most);
        // A listener that came from elsewhere may be used: asyncio, for one, says again that it shall listen.
        if socket.sys.is_shared() && socket.sys.set_backlog(backlog)? {
            return Ok(());
        }
        let permit = self.ctx.judge.listen(&socket, &address, dual_stack)?;
        socket.sys.listen(backlog, &permit)?;
        // A one-to-many socket serves by itself, and answers whom it heard: as one that was bound there.
        if socket.is_sctp() && !is_bound {
            let permit = self.ctx.judge.bind(&socket, &address, dual_stack)?;
            socket.remember_bind(permit, None, None);
        }
        Ok(())
    }

    async fn accept_one(&mut self, handle: &Resource<Socket>) -> Result<(Resource<Socket>, SocketAddress)> {
        let (listener, mode) = self.socket(handle)?;
        let ticket = self.ctx.registry.reserve()?;
        self.ctx.quota.may_hold_more()?;
        self.ctx.quota.may_accept()?;
        let deadline = listener.deadline(mode, Direction::In);
        let (socket, peer) = listener.accept(deadline, &Arc::clone(&self.ctx.transfers)).await?;
        self.ctx.quota.accepted();
        let socket = Description::new(socket, listener.family, listener.kind, listener.protocol);
        socket.inherit(&listener)?;
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
        if socket.computes() {
            return Err(Error::os(errno::EOPNOTSUPP));
        }
        let permit = self.ctx.judge.connect(&socket, &address)?;
        // The peer of datagrams is only remembered.
        if address != Address::Unspecified && matches!(socket.kind, flags::SOCK_STREAM | flags::SOCK_SEQPACKET) {
            self.ctx.quota.connects()?;
        }
        socket.connect(permit, deadline, &Arc::clone(&self.ctx.transfers)).await
    }
}

/// Tells whoever watches what of the kernel is missing, where that is it.
fn note_lack(error: &Error, family: i32, protocol: i32) {
    if let Error::Io(error) = error
        && matches!(errno::to_linux(error), errno::EAFNOSUPPORT | errno::EPROTONOSUPPORT)
        && let Some(part) = part_of(family, protocol)
    {
        trace::lacking(&part);
    }
}

/// What makes a socket, for a trace.
fn show_new(family: i32, kind: i32, protocol: i32) -> String {
    format!("{}, {}, {protocol}", flags::show_family(family), flags::show_kind(kind))
}
