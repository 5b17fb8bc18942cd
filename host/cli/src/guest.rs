//! What a store holds for the guest that runs in it.

use std::sync::Arc;

use wallsocket_host::{SocketCtx, SocketCtxView, SocketView};
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::watch::Watch;

/// The guest's WASI and its sockets, whose handles share one table.
pub(crate) struct Guest {
    pub(crate) wasi: WasiCtx,
    pub(crate) sockets: SocketCtx,
    pub(crate) table: ResourceTable,
    pub(crate) watch: Arc<Watch>,
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl SocketView for Guest {
    fn sockets(&mut self) -> SocketCtxView<'_> {
        SocketCtxView { ctx: &mut self.sockets, table: &mut self.table }
    }
}
