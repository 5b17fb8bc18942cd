//! `messages`: data with control messages beside it. Not there yet: `EOPNOTSUPP`, as a kernel without them
//! would say.

use wasmtime::component::Resource;

use crate::bindings::messages::{Host, HostOpaqueHandle, OutgoingMessage, Received};
use crate::bindings::types::SocketAddress;
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::socket::Socket;
use crate::sys::errno;

/// Something received through `SCM_RIGHTS` that is neither a socket nor a regular file.
#[allow(unreachable_pub, reason = "`bindgen!` re-exports it")]
#[derive(Debug)]
pub struct OpaqueHandle;

impl Host for SocketCtxView<'_> {
    async fn sendmsg(
        &mut self,
        _socket: Resource<Socket>,
        _buffers: Vec<Vec<u8>>,
        _messages: Vec<OutgoingMessage>,
        _flags: i32,
        _address: Option<SocketAddress>,
    ) -> Result<u32> {
        Err(Error::os(errno::EOPNOTSUPP))
    }

    async fn recvmsg(
        &mut self,
        _socket: Resource<Socket>,
        _bufsize: u32,
        _ancillary_bufsize: u32,
        _flags: i32,
    ) -> Result<Received> {
        Err(Error::os(errno::EOPNOTSUPP))
    }
}

impl HostOpaqueHandle for SocketCtxView<'_> {
    fn drop(&mut self, handle: Resource<OpaqueHandle>) -> wasmtime::Result<()> {
        self.table.delete(handle)?;
        Ok(())
    }
}
