//! `files`: files sent without a copy through the guest. Not there yet: `EOPNOTSUPP`, on which a caller
//! copies.

use wasmtime::component::Resource;
use wasmtime_wasi::p2::bindings::filesystem::types::Descriptor;

use crate::bindings::files::Host;
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::socket::Socket;
use crate::sys::errno;

impl Host for SocketCtxView<'_> {
    async fn sendfile(
        &mut self,
        _socket: Resource<Socket>,
        _file: Resource<Descriptor>,
        _offset: u64,
        _count: Option<u64>,
    ) -> Result<u64> {
        Err(Error::os(errno::EOPNOTSUPP))
    }
}
