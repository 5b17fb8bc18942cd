//! The WIT's interfaces, each in the file of its name: convert, ask `permissions`, call `socket`, convert.

pub(crate) mod files;
mod in_place;
pub(crate) mod messages;
pub(crate) mod names;
pub(crate) mod network_interfaces;
pub(crate) mod options;
pub(crate) mod permissions;
pub(crate) mod poll;
pub(crate) mod sharing;
pub(crate) mod sockets;
pub(crate) mod transfer;
pub(crate) mod types;

use std::sync::Arc;

use wasmtime::component::{Linker, Resource};

use crate::bindings;
use crate::ctx::{HasSockets, SocketCtxView, SocketView};
use crate::error::Result;
use crate::socket::{Description, Mode, Socket, Ticket};

/// Adds every interface of `wallsocket:socket` to a linker.
///
/// The engine's guests then block in these calls and its threads don't: instantiate and call them with
/// wasmtime's `_async` functions, within a tokio runtime that has its I/O and time drivers enabled.
///
/// # Errors
///
/// When the linker has one of the interfaces already.
pub fn add_to_linker<T: SocketView>(linker: &mut Linker<T>) -> wasmtime::Result<()> {
    bindings::types::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::sockets::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    transfer::add_to_linker(linker)?;
    bindings::messages::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::options::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::files::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::poll::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::names::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::network_interfaces::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::sharing::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    bindings::permissions::add_to_linker::<T, HasSockets>(linker, T::sockets)?;
    Ok(())
}

impl SocketCtxView<'_> {
    /// A socket by its handle. It is taken out of the table, which no call may hold while it waits.
    pub(crate) fn socket(&self, handle: &Resource<Socket>) -> Result<(Arc<Description>, Mode)> {
        let socket = self.table.get(handle)?;
        Ok((Arc::clone(&socket.description), socket.mode))
    }

    /// A new handle for a description.
    pub(crate) fn push(
        &mut self,
        ticket: Ticket,
        description: Arc<Description>,
        mode: Mode,
    ) -> Result<Resource<Socket>> {
        if self.ctx.takes_descriptors {
            description.sys.take_rights();
        }
        if self.ctx.may_block_thread {
            description.keep_thread();
        }
        description.compute_on(&self.ctx.transfers);
        description.count_in(self.ctx.quota.counters());
        let ticket = ticket.fill(&description);
        Ok(self.table.push(Socket { description, mode, inheritable: false, ticket })?)
    }
}
