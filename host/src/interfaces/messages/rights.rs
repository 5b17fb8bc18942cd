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
use crate::permissions::Kind;
use crate::socket::families::admit;
use crate::socket::{Description, Mode, Socket, Ticket};
use crate::sys;
use crate::sys::control::{self, Fitted};
use crate::sys::rights::{Passed, Right, classify};
use crate::trace;

impl SocketCtxView<'_> {
    /// Makes a guest's messages of the kernel's. The second is whether none of the descriptors had to be closed.
    pub(super) fn incoming(
        &mut self,
        over: &Description,
        control: Vec<Fitted<Passed>>,
    ) -> Result<(Vec<IncomingMessage>, bool)> {
        let mut messages = Vec::with_capacity(control.len());
        let mut complete = true;
        for message in control {
            match message {
                Fitted::Rights(passed) => {
                    let wanted = passed.len();
                    let rights: Vec<_> = passed.into_iter().filter_map(|passed| self.take_in(over, passed)).collect();
                    self.ctx.quota.counters().took_in(rights.len());
                    complete &= rights.len() == wanted;
                    if !rights.is_empty() {
                        messages.push(IncomingMessage::Rights(rights));
                    }
                }
                Fitted::Data { level, kind, data, whole } => match control::received(over.family, level, kind, &data) {
                    Some(message) if whole => messages.push(incoming(message)),
                    _ if !whole && control::is_known(level, kind) => messages.push(other(level, kind, data)),
                    _ => {
                        trace::dropped(level, kind, self.ctx.quota.counters().dropped_message());
                    }
                },
            }
        }
        Ok((messages, complete))
    }

    /// A handle for a descriptor that came. None for what a guest may not have, and where it has too many: it is closed.
    fn take_in(&mut self, over: &Description, passed: Passed) -> Option<IncomingRight> {
        // One that the guest could not have made itself is for others to use.
        let judge = Arc::clone(&self.ctx.judge);
        let is_known = |[family, kind, protocol]: [i32; 3]| {
            admit(family, kind, protocol).is_ok() && judge.create(family, kind, protocol).is_ok()
        };
        let right = classify(passed, is_known)?;
        let kind = match &right {
            Right::Socket(..) => Kind::Socket,
            Right::File { .. } => Kind::File,
            Right::Opaque(_) => Kind::Other,
        };
        if judge.receive(over, kind).is_err() {
            right.close();
            return None;
        }
        match right {
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
        self.ctx.quota.may_hold_more()?;
        let description = come_by(&self.ctx.judge, socket, identity)?;
        self.push(ticket, Arc::new(description), Mode::Blocking)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};
    use wasmtime::component::ResourceTable;

    use super::*;
    use crate::ctx::SocketCtx;
    use crate::socket::flags;

    /// The numbers in the events about messages that were dropped.
    #[derive(Clone, Default)]
    struct Dropped(Arc<Mutex<Vec<String>>>);

    impl Visit for Dropped {
        fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
            self.0.lock().expect("nobody panics with it").push(format!("{}={value:?}", field.name()));
        }
    }

    impl Subscriber for Dropped {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target() == trace::DROPPED
        }
        fn event(&self, event: &Event<'_>) {
            event.record(&mut self.clone());
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    #[test]
    fn what_has_no_codec_is_dropped_and_counted() {
        let (mut ctx, mut table) = (SocketCtx::builder().build(), ResourceTable::new());
        let mut view = SocketCtxView { ctx: &mut ctx, table: &mut table };
        let message =
            |kind: i32, whole: bool| Fitted::Data { level: 41, kind, data: vec![0; if whole { 4 } else { 2 }], whole };
        let over = sys::Socket::new(flags::AF_INET, flags::SOCK_DGRAM, 0).expect("a socket");
        let over = Description::new(over, flags::AF_INET, flags::SOCK_DGRAM, 0);
        let told = Dropped::default();
        let (messages, complete) = tracing::subscriber::with_default(told.clone(), || {
            // IPV6_2292HOPLIMIT has no row; of IPV6_HOPLIMIT one is whole, one cut, and one isn't what the row says.
            let odd = Fitted::Data { level: 41, kind: 52, data: vec![0; 3], whole: true };
            view.incoming(&over, vec![message(8, true), message(8, false), message(52, true), message(52, false), odd])
        })
        .expect("nothing that can fail");
        assert!(complete, "no descriptor is missing");
        assert!(matches!(&messages[..], [IncomingMessage::HopLimit(0), IncomingMessage::Other(_)]), "{messages:?}");
        let told = told.0.lock().expect("nobody panics with it").join(" ");
        assert_eq!(told, "level=41 type=8 dropped=1 level=41 type=8 dropped=2 level=41 type=52 dropped=3");
    }
}
