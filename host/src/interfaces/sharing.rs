//! `sharing`: sockets from outside, and from one guest to another. Not there yet: nothing is inherited, and
//! nobody is there to share with.

use wasmtime::component::Resource;

use crate::bindings::sharing::{Host, InheritedSocket};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::socket::Socket;
use crate::sys::errno;

impl Host for SocketCtxView<'_> {
    fn inherited(&mut self) -> wasmtime::Result<Vec<InheritedSocket>> {
        Ok(Vec::new())
    }

    fn inherit(&mut self, _number: i32) -> Result<Resource<Socket>> {
        Err(Error::os(errno::EBADF))
    }

    fn share(&mut self, _socket: Resource<Socket>, _target: String) -> Result<Vec<u8>> {
        Err(Error::os(errno::EOPNOTSUPP))
    }

    fn redeem(&mut self, _token: Vec<u8>) -> Result<Resource<Socket>> {
        Err(Error::os(errno::EINVAL))
    }

    fn self_id(&mut self) -> wasmtime::Result<String> {
        Ok(self.ctx.id.to_string())
    }
}
