//! What came for a guest beside data: descriptors become handles, everything else its case.

use std::sync::Arc;

use wasmtime::component::Resource;
use wasmtime_wasi::filesystem::{Descriptor, File, FsPerms, OpenMode};

use super::OpaqueHandle;
use super::convert::{incoming, other};
use crate::bindings::messages::{IncomingMessage, IncomingRight};
use crate::ctx::SocketCtxView;
use crate::error::Result;
use crate::inherited::come_by;
use crate::socket::families::admit;
use crate::socket::{Mode, Socket, Ticket};
use crate::sys;
use crate::sys::control::{self, Fitted};
use crate::sys::rights::{Passed, Right, classify};
use crate::trace;

impl SocketCtxView<'_> {
    /// Makes a guest's messages of the kernel's. The second is whether none of the descriptors had to be closed.
    pub(super) fn incoming(&mut self, control: Vec<Fitted<Passed>>) -> Result<(Vec<IncomingMessage>, bool)> {
        let mut messages = Vec::with_capacity(control.len());
        let mut complete = true;
        for message in control {
            match message {
                Fitted::Rights(passed) => {
                    let wanted = passed.len();
                    let rights: Vec<_> = passed.into_iter().filter_map(|passed| self.take_in(passed)).collect();
                    complete &= rights.len() == wanted;
                    if !rights.is_empty() {
                        messages.push(IncomingMessage::Rights(rights));
                    }
                }
                Fitted::Data { level, kind, data, whole } => match control::decode(level, kind, &data) {
                    Some(message) if whole => messages.push(incoming(message)),
                    _ if !whole && control::is_known(level, kind) => messages.push(other(level, kind, data)),
                    _ => {
                        self.ctx.dropped_messages += 1;
                        trace::dropped(level, kind, self.ctx.dropped_messages);
                    }
                },
            }
        }
        Ok((messages, complete))
    }

    /// A handle for a descriptor that came. None for what a guest may not have, and where it has too many: it is closed.
    fn take_in(&mut self, passed: Passed) -> Option<IncomingRight> {
        // One that the guest could not have made itself is for others to use.
        let judge = Arc::clone(&self.ctx.judge);
        let is_known = |[family, kind, protocol]: [i32; 3]| {
            admit(family, kind, protocol).is_ok() && judge.create(family, kind, protocol).is_ok()
        };
        match classify(passed, is_known)? {
            Right::Socket(socket, identity) => {
                let ticket = self.ctx.registry.reserve().ok()?;
                self.take_in_socket(ticket, socket, identity).ok().map(IncomingRight::Socket)
            }
            Right::File { file, read, write } => {
                let mode = |bit: OpenMode, on: bool| if on { bit } else { OpenMode::empty() };
                let open_mode = mode(OpenMode::READ, read) | mode(OpenMode::WRITE, write);
                let perms = if write { FsPerms::ReadWrite } else { FsPerms::ReadOnly };
                // Whose file system it is on isn't known: no thread may wait for it.
                let file = Descriptor::File(File::new(file, perms, open_mode, false));
                self.table.push(file).ok().map(IncomingRight::File)
            }
            Right::Opaque(passed) => {
                let ticket = self.ctx.registry.reserve().ok()?;
                let handle = OpaqueHandle { passed: Arc::new(passed), _ticket: ticket };
                self.table.push(handle).ok().map(IncomingRight::Opaque)
            }
        }
    }

    /// A handle for a socket that others hold, too. It keeps the peer and the address that it has; whom it hears unasked,
    /// and what else it may do, is decided by the grants of whoever holds it.
    pub(crate) fn take_in_socket(
        &mut self,
        ticket: Ticket,
        socket: sys::Socket,
        identity: [i32; 3],
    ) -> Result<Resource<Socket>> {
        let description = come_by(&self.ctx.judge, socket, identity)?;
        self.push(ticket, Arc::new(description), Mode::Blocking)
    }
}
