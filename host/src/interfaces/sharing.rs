//! `sharing`: sockets from outside, and from one guest to another.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use wasmtime::component::Resource;

use crate::bindings::sharing::{Host as Sharing, InheritedSocket};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::inherited::come_by;
use crate::neighbours::Parcel;
use crate::socket::{Mode, Socket};
use crate::sys::{self, errno};
use crate::trace::Call;

impl Sharing for SocketCtxView<'_> {
    fn inherited(&mut self) -> wasmtime::Result<Vec<InheritedSocket>> {
        let all = self.ctx.inherited.iter();
        Ok(all.map(|one| InheritedSocket { number: one.number, name: one.name.clone() }).collect())
    }

    fn inherit(&mut self, number: i32) -> Result<Resource<Socket>> {
        let call = Call::begin("inherit", || number.to_string());
        call.end(self.take_inherited(number), Resource::rep)
    }

    fn share(&mut self, socket: Resource<Socket>, target: String) -> Result<Vec<u8>> {
        // The token isn't shown: who reads it could be the guest that it is for.
        let call = Call::begin("share", || format!("{}, {target}", socket.rep()));
        call.end(self.share_with(&socket, &target), |_| "a token")
    }

    fn redeem(&mut self, token: Vec<u8>) -> Result<Resource<Socket>> {
        let call = Call::begin("fromshare", || "a token".to_owned());
        call.end(self.redeem_token(&token), Resource::rep)
    }

    fn self_id(&mut self) -> wasmtime::Result<String> {
        Ok(self.ctx.id().to_owned())
    }
}

impl SocketCtxView<'_> {
    fn take_inherited(&mut self, number: i32) -> Result<Resource<Socket>> {
        let found = self.ctx.inherited.iter().find(|one| one.number == number).ok_or(Error::os(errno::EBADF))?;
        self.ctx.judge.inherit(number, &found.name)?;
        let description = Arc::clone(&found.description);
        let ticket = self.ctx.registry.reserve()?;
        self.push(ticket, description, Mode::Blocking)
    }

    fn share_with(&mut self, handle: &Resource<Socket>, target: &str) -> Result<Vec<u8>> {
        let (socket, _) = self.socket(handle)?;
        let permit = self.ctx.judge.share(target, self.ctx.id())?;
        self.ctx.neighbour.may_share(target, self.ctx.limits.shares)?;
        let ticket = self.ctx.registry.reserve()?;
        let token = sys::random::bytes()?;
        let parcel = Parcel {
            socket: socket.sys.duplicate()?,
            identity: [socket.family, socket.kind, socket.protocol],
            path: socket.memory().path.clone(),
            _ticket: ticket,
        };
        // From here on two guests hold it: neither ends it for the other.
        socket.sys.share();
        self.ctx.neighbour.share(&permit, token, parcel);
        if self.ctx.sweeper.as_ref().is_none_or(JoinHandle::is_finished) {
            self.ctx.sweeper = Handle::try_current().ok().map(|runtime| runtime.spawn(self.ctx.neighbour.sweep()));
        }
        Ok(token.to_vec())
    }

    fn redeem_token(&mut self, token: &[u8]) -> Result<Resource<Socket>> {
        let ticket = self.ctx.registry.reserve()?;
        self.ctx.quota.may_hold_more()?;
        let parcel = self.ctx.neighbour.redeem(token).ok_or(Error::os(errno::EINVAL))?;
        let Parcel { socket, identity, path, _ticket: _sharers } = parcel;
        let [family, kind, protocol] = identity;
        // What this guest could not have made itself it doesn't get; it is closed.
        self.ctx.judge.create(family, kind, protocol)?;
        let description = come_by(&self.ctx.judge, socket, identity)?;
        description.memory().path = path;
        self.push(ticket, Arc::new(description), Mode::Blocking)
    }
}
