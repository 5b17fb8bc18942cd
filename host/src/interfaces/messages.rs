//! `messages`: data with control messages beside it.

mod convert;
mod outgoing;
mod rights;

use std::io::IoSlice;
use std::sync::Arc;

use wasmtime::component::Resource;

use super::transfer::count;
use super::types::{show, to_wit};
use crate::bindings::messages::{Host, HostOpaqueHandle, OutgoingMessage, Received};
use crate::bindings::types::SocketAddress;
use crate::ctx::SocketCtxView;
use crate::error::Result;
use crate::limits::Limit;
use crate::socket::{Socket, Ticket, flags};
use crate::sys::messages::{Control, Parcel};
use crate::sys::rights::Passed;
use crate::trace::Call;

/// Room for a control message with one descriptor: CMSG_LEN(4).
const ROOM_FOR_ONE: u32 = 20;

/// Something received through `SCM_RIGHTS` that is neither a socket nor a regular file.
#[allow(unreachable_pub, reason = "`bindgen!` re-exports it")]
#[derive(Debug)]
pub struct OpaqueHandle {
    passed: Arc<Passed>,
    /// Counts against the guest's quota for as long as the handle lives.
    _ticket: Ticket,
}

impl Host for SocketCtxView<'_> {
    async fn sendmsg(
        &mut self,
        handle: Resource<Socket>,
        buffers: Vec<Vec<u8>>,
        messages: Vec<OutgoingMessage>,
        flags: i32,
        address: Option<SocketAddress>,
    ) -> Result<u32> {
        let call = Call::begin("sendmsg", || {
            let bytes: usize = buffers.iter().map(Vec::len).sum();
            let to = address.as_ref().map_or_else(|| "NULL".to_owned(), show);
            let (flags, count) = (flags::show_message(flags), messages.len());
            format!("{}, {bytes} bytes in {}, {count} control, {flags}, {to}", handle.rep(), buffers.len())
        });
        let sent = self.send_message(&handle, &buffers, messages, flags, address).await;
        call.end(sent, |sent| *sent)
    }

    async fn recvmsg(&mut self, handle: Resource<Socket>, size: u32, room: u32, flags: i32) -> Result<Received> {
        let call =
            Call::begin("recvmsg", || format!("{}, {size}, {room}, {}", handle.rep(), flags::show_message(flags)));
        let received = self.receive_message(&handle, size, room, flags).await;
        call.end(received, |received| {
            let from = received.address.as_ref().map_or_else(|| "NULL".to_owned(), show);
            let (flags, count) = (flags::show_message(received.flags), received.messages.len());
            format!("{}, {count} control, {flags}, {from}", received.data.len())
        })
    }
}

impl SocketCtxView<'_> {
    async fn send_message(
        &mut self,
        handle: &Resource<Socket>,
        buffers: &[Vec<u8>],
        messages: Vec<OutgoingMessage>,
        flags: i32,
        address: Option<SocketAddress>,
    ) -> Result<u32> {
        let (socket, mode) = self.socket(handle)?;
        let flags = self.flags_of_send(&socket, flags)?;
        self.ctx.quota.may_send()?;
        let deadline = socket.deadline_of_send(mode, flags);
        let outgoing = self.outgoing(&socket, messages)?;
        let held = outgoing.hold(&socket, &Arc::clone(&self.ctx.judge)).await?;
        let destination = match address {
            None => None,
            Some(address) => Some(self.judge_destination(&socket, address, flags, deadline).await?),
        };
        let passes = held.len();
        if passes > 0 {
            self.ctx.in_flight.admit(passes)?;
            self.ctx.take_descriptors();
        }
        let mut control = Control::default();
        self.judge_messages(&socket, &outgoing, &held, &mut control)?;
        if control.len() > self.ctx.limits.control_bytes as usize {
            return Err(Limit::ControlBytes.over());
        }
        // What is judged by what it says has to be one piece, to be sure that what was judged is what is sent.
        let joined = socket.is_judged_by_content().then(|| buffers.concat());
        let content = self.content_judge(&socket);
        let content = content.judge(&socket, destination.as_ref(), joined.as_deref().unwrap_or_default())?;
        let buffers: Vec<IoSlice<'_>> = match &joined {
            Some(_) => vec![IoSlice::new(&content)],
            None => buffers.iter().map(|buffer| IoSlice::new(buffer)).collect(),
        };
        let parcel = Parcel { buffers: &buffers, control: &control };
        let sent = match &destination {
            None => socket.send_once(deadline, parcel, flags).await?,
            Some(destination) => socket.send_to(deadline, parcel, flags, destination).await?,
        };
        if passes > 0 {
            self.ctx.in_flight.add(&socket, passes);
            self.ctx.quota.counters().passed_on(passes);
            held.share();
        }
        let sent = if joined.is_some() { content.taken(sent) } else { sent };
        self.ctx.quota.sent(sent, 1);
        Ok(count(sent))
    }

    async fn receive_message(
        &mut self,
        handle: &Resource<Socket>,
        size: u32,
        room: u32,
        flags: i32,
    ) -> Result<Received> {
        if room >= ROOM_FOR_ONE {
            self.ctx.take_descriptors();
        }
        let (socket, mode) = self.socket(handle)?;
        let flags = flags::to_receive(flags)?;
        self.ctx.quota.may_receive()?;
        let (size, room) = (size.min(self.ctx.limits.receive_bytes), room.min(self.ctx.limits.control_bytes));
        let judge = Arc::clone(&self.ctx.judge);
        let received =
            socket.recv_message(mode, size, room, flags, |socket: &_, from: &_| judge.hears(socket, from)).await?;
        self.ctx.quota.received(&socket, received.data.len(), flags);
        let from = received.from.map(|from| judge.as_seen(from));
        // The error queue names whom a datagram went to, which is no word of theirs.
        if let Some(from) = from.as_ref().filter(|_| flags & flags::MSG_ERRQUEUE == 0) {
            socket.remember_heard(from);
        }
        let (messages, complete) = self.incoming(&socket, received.control)?;
        let cut = if complete { 0 } else { flags::MSG_CTRUNC };
        Ok(Received { data: received.data, messages, flags: received.flags | cut, address: from.map(to_wit) })
    }
}

impl HostOpaqueHandle for SocketCtxView<'_> {
    fn drop(&mut self, handle: Resource<OpaqueHandle>) -> wasmtime::Result<()> {
        self.table.delete(handle)?;
        Ok(())
    }
}
