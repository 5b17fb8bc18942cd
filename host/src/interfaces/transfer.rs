//! `transfer`: plain data in and out. Linked by hand and not by `bindgen!`, so that what a guest sends is
//! read where it lies, in the guest's own memory.

mod batches;

use std::sync::Arc;

use wasmtime::StoreContextMut;
use wasmtime::component::{ComponentType, Linker, Lower, Resource, WasmList};

use super::in_place::{Answer, Received};
use super::names::deadline_for_names;
use super::types::{Given, from_wit, into_wit, show, to_wit};
use crate::address::Address;
use crate::bindings::types::{self, SocketAddress};
use crate::ctx::{SocketCtxView, SocketView};
use crate::error::{Error, Result};
use crate::judge::{Judge, transport};
use crate::socket::families::of_family;
use crate::socket::options::Ask;
use crate::socket::send::Destination;
use crate::socket::{Deadline, Description, Mode, Socket, flags};
use crate::sys::errno;
use crate::trace::Call;

type Returned<T> = (std::result::Result<T, types::Error>,);
type Store<'a, T> = StoreContextMut<'a, T>;

/// Adds the interface to a linker.
pub(crate) fn add_to_linker<T: SocketView>(linker: &mut Linker<T>) -> wasmtime::Result<()> {
    let mut instance = linker.instance("wallsocket:socket/transfer@0.1.0")?;
    instance.func_wrap_async("send", |mut store: Store<'_, T>, (socket, data, flags)| {
        Box::new(async move {
            let sent = send(&mut store, &socket, &data, flags).await;
            answer(&mut store, sent)
        })
    })?;
    instance.func_wrap_async("sendall", |mut store: Store<'_, T>, (socket, data, flags, timeout)| {
        Box::new(async move {
            let sent = sendall(&mut store, &socket, &data, flags, timeout).await;
            answer(&mut store, sent)
        })
    })?;
    instance.func_wrap_async("sendto", |mut store: Store<'_, T>, (socket, data, flags, address)| {
        Box::new(async move {
            let sent = sendto(&mut store, &socket, &data, flags, address).await;
            answer(&mut store, sent)
        })
    })?;
    instance.func_wrap_async("recv", |mut store: Store<'_, T>, (socket, size, flags)| {
        Box::new(async move {
            let mut view = store.data_mut().sockets();
            let received = view.recv(&socket, size, flags).await;
            Ok((Answer::of(received.inspect_err(|error| view.ctx.quota.note(error)))?,))
        })
    })?;
    instance.func_wrap_async("recvfrom", |mut store: Store<'_, T>, (socket, size, flags)| {
        Box::new(async move {
            let received = store.data_mut().sockets().recvfrom(&socket, size, flags).await;
            answer(&mut store, received)
        })
    })?;
    batches::add_to_instance(&mut instance)
}

fn answer<T: SocketView, R: ComponentType + Lower>(
    store: &mut Store<'_, T>,
    result: Result<R>,
) -> wasmtime::Result<Returned<R>> {
    Ok((match result {
        Ok(value) => Ok(value),
        Err(error) => {
            store.data_mut().sockets().ctx.quota.note(&error);
            Err(into_wit(error)?)
        }
    },))
}

/// Writes down what was sent.
fn sent<T: SocketView>(store: &mut Store<'_, T>, bytes: usize, messages: usize) {
    store.data_mut().sockets().ctx.quota.sent(bytes, messages);
}

async fn send<T: SocketView>(
    store: &mut Store<'_, T>,
    handle: &Resource<Socket>,
    data: &WasmList<u8>,
    flags: i32,
) -> Result<u32> {
    let call =
        Call::begin("send", || format!("{}, {} bytes, {}", handle.rep(), data.len(), flags::show_message(flags)));
    let done = async {
        let view = store.data_mut().sockets();
        let (socket, mode) = view.socket(handle)?;
        let flags = view.flags_of_send(&socket, flags)?;
        view.ctx.quota.may_send()?;
        let content = view.content_judge(&socket);
        let content = content.judge(&socket, None, data.as_le_slice(&*store))?;
        let taken = socket.send_once(socket.deadline_of_send(mode, flags), &*content, flags).await?;
        let taken = content.taken(taken);
        sent(store, taken, 1);
        Ok(count(taken))
    };
    call.end(done.await, |sent| *sent)
}

async fn sendall<T: SocketView>(
    store: &mut Store<'_, T>,
    handle: &Resource<Socket>,
    data: &WasmList<u8>,
    flags: i32,
    timeout: Option<u64>,
) -> Result<()> {
    let call =
        Call::begin("sendall", || format!("{}, {} bytes, {}", handle.rep(), data.len(), flags::show_message(flags)));
    let done = async {
        let view = store.data_mut().sockets();
        let (socket, mode) = view.socket(handle)?;
        let mode = timeout.map_or(mode, |timeout| Mode::from_timeout(Some(timeout)));
        let flags = view.flags_of_send(&socket, flags)?;
        // Once for all of it: what was half sent, nobody could go on with.
        view.ctx.quota.may_send()?;
        let content = view.content_judge(&socket);
        let content = content.judge(&socket, None, data.as_le_slice(&*store))?;
        let mut rest = &*content;
        let deadline = socket.deadline_of_send(mode, flags);
        let ended = loop {
            match socket.send_once(deadline, rest, flags).await {
                Ok(taken) => rest = &rest[taken..],
                Err(error) => break Err(error),
            }
            if rest.is_empty() {
                break Ok(());
            }
        };
        let taken = content.len() - rest.len();
        sent(store, taken, 1);
        ended
    };
    call.end(done.await, |()| 0)
}

async fn sendto<T: SocketView>(
    store: &mut Store<'_, T>,
    handle: &Resource<Socket>,
    data: &WasmList<u8>,
    flags: i32,
    address: SocketAddress,
) -> Result<u32> {
    let call = Call::begin("sendto", || {
        format!("{}, {} bytes, {}, {}", handle.rep(), data.len(), flags::show_message(flags), show(&address))
    });
    let done = async {
        let mut view = store.data_mut().sockets();
        let (socket, mode) = view.socket(handle)?;
        let flags = view.flags_of_send(&socket, flags)?;
        view.ctx.quota.may_send()?;
        let deadline = socket.deadline_of_send(mode, flags);
        let destination = view.judge_destination(&socket, address, flags, deadline).await?;
        let content = view.content_judge(&socket);
        let content = content.judge(&socket, Some(&destination), data.as_le_slice(&*store))?;
        let taken = socket.send_to(deadline, &*content, flags, &destination).await?;
        let taken = content.taken(taken);
        sent(store, taken, 1);
        Ok(count(taken))
    };
    call.end(done.await, |sent| *sent)
}

impl SocketCtxView<'_> {
    /// The flags of a send, once they were judged.
    ///
    /// # Errors
    ///
    /// `EOPNOTSUPP` for one that isn't passed on; a refusal of `MSG_DONTROUTE`, which takes the line of `SO_DONTROUTE`.
    pub(super) fn flags_of_send(&self, socket: &Description, flags: i32) -> Result<i32> {
        let flags = flags::to_send(flags)?;
        if flags & flags::MSG_DONTROUTE != 0 {
            self.ctx.judge.option(socket, "SO_DONTROUTE")?;
        }
        Ok(flags)
    }

    pub(super) async fn judge_destination(
        &mut self,
        socket: &Description,
        address: SocketAddress,
        flags: i32,
        deadline: Deadline,
    ) -> Result<Destination> {
        let judge = Arc::clone(&self.ctx.judge);
        let address = match from_wit(address)? {
            Given::Address(address) => address,
            Given::Name(name) => {
                let reachable = |address: &Address| judge.reaches(socket, address);
                // In a box: most addresses are none of names, and needn't carry what looking one up takes.
                let found = self.first_of(socket, name, Some(transport(socket)), reachable);
                Box::pin(deadline_for_names(deadline, found)).await?
            }
        };
        of_family(socket, &address)?;
        if address == Address::Unspecified {
            return Err(Error::os(errno::EAFNOSUPPORT));
        }
        // What a computation is sent goes nowhere.
        if socket.computes() {
            return Ok(Destination::Peer);
        }
        if flags & flags::MSG_FASTOPEN != 0 {
            if !(socket.is_inet() && socket.is_stream()) {
                return Err(Error::os(errno::EOPNOTSUPP));
            }
            let permit = judge.connect(socket, &address)?;
            self.ctx.quota.connects()?;
            return Ok(Destination::Connecting(permit));
        }
        if socket.is_inet() && socket.is_stream() {
            return Ok(Destination::Peer);
        }
        // SCTP connects to whoever it is sent to; who is connected already may be named.
        if socket.is_sctp() && socket.sys.peer_address().is_ok_and(|peer| peer.as_ref() == Some(&address)) {
            return Ok(Destination::Peer);
        }
        Ok(Destination::Address(judge.send(socket, &address)?))
    }

    async fn recv(&mut self, handle: &Resource<Socket>, size: u32, flags: i32) -> Result<Received> {
        let call = Call::begin("recv", || format!("{}, {size}, {}", handle.rep(), flags::show_message(flags)));
        let view = &mut *self;
        let received = async move {
            let (socket, mode) = view.socket(handle)?;
            let flags = flags::to_receive(flags)?;
            view.ctx.quota.may_receive()?;
            let size = size.min(view.ctx.limits.receive_bytes);
            let received = if socket.is_selective() {
                Received::Bytes(hear(&view.ctx.judge, &socket, mode, size, flags).await?.0)
            } else {
                match socket.has_in_bulk(mode, size, flags).await {
                    Some(size) => Received::There(Arc::clone(&socket), size),
                    None => Received::Bytes(socket.recv(mode, size, flags).await?),
                }
            };
            view.ctx.quota.received(&socket, received.len(), flags);
            Ok(received)
        };
        call.end(received.await, Received::len)
    }

    async fn recvfrom(
        &mut self,
        handle: &Resource<Socket>,
        size: u32,
        flags: i32,
    ) -> Result<(Vec<u8>, Option<SocketAddress>)> {
        let call = Call::begin("recvfrom", || format!("{}, {size}, {}", handle.rep(), flags::show_message(flags)));
        let view = &mut *self;
        let received = async move {
            let (socket, mode) = view.socket(handle)?;
            let flags = flags::to_receive(flags)?;
            view.ctx.quota.may_receive()?;
            let size = size.min(view.ctx.limits.receive_bytes);
            // Of streams only Unix's name their peer. What waits for all of it comes from nobody in particular.
            let is_unnamed = socket.is_stream() && (socket.family != flags::AF_UNIX || flags & flags::MSG_WAITALL != 0);
            let (data, from) = match is_unnamed {
                true => (socket.recv(mode, size, flags).await?, None),
                false => hear(&view.ctx.judge, &socket, mode, size, flags).await?,
            };
            view.ctx.quota.received(&socket, data.len(), flags);
            Ok((data, from.map(to_wit)))
        };
        call.end(received.await, |(data, from)| {
            format!("{}, {}", data.len(), from.as_ref().map_or_else(|| "NULL".to_owned(), show))
        })
    }
}

/// A datagram that the guest may hear, with its sender as the guest may see it.
async fn hear(
    judge: &Judge,
    socket: &Arc<Description>,
    mode: Mode,
    size: u32,
    flags: i32,
) -> Result<(Vec<u8>, Option<Address>)> {
    let (data, from) = socket.recv_from(mode, size, flags, |socket: &_, from: &_| judge.hears(socket, from)).await?;
    let from = from.map(|from| judge.as_seen(from));
    // The error queue names whom a datagram went to, which is no word of theirs.
    if let Some(from) = from.as_ref().filter(|_| flags & flags::MSG_ERRQUEUE == 0) {
        socket.remember_heard(from);
    }
    Ok((data, from))
}

/// A number of bytes of a guest's, whose memory has 32-bit addresses.
pub(super) fn count(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
