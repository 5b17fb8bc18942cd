//! A host of one's own: runs a program that has sockets, under a policy of two lines.

use wallsocket_host::{Permissions, SocketCtx, SocketCtxView, SocketView};
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Config, Engine, Store};
use wasmtime_wasi::p2::bindings::Command;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

/// What a store holds. WASI and the sockets share one table of handles.
struct Guest {
    wasi: WasiCtx,
    sockets: SocketCtx,
    table: ResourceTable,
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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: embedding COMPONENT")?;

    // The engine and the linker are made once, for all guests. Calls are faster without WASI 0.3's concurrency.
    let engine = Engine::new(Config::new().concurrency_support(false))?;
    let mut linker = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wallsocket_host::add_to_linker(&mut linker)?;

    // Each guest gets its own sockets, which may do what these lines say; nothing, without a line.
    let permissions = Permissions::builder()
        .allow("tcp listen 127.0.0.1:47100-47109")?
        .allow("tcp connect 127.0.0.1:47100-47109")?
        .build();
    let guest = Guest {
        wasi: WasiCtx::builder().inherit_stdio().build(),
        sockets: SocketCtx::builder().permissions(permissions).build(),
        table: ResourceTable::new(),
    };

    // From here on it is wasmtime as ever. Dropping the store shuts the guest's sockets down.
    let mut store = Store::new(&engine, guest);
    let component = Component::from_file(&engine, path)?;
    let program = Command::instantiate_async(&mut store, &component, &linker).await?;
    let ended = program.wasi_cli_run().call_run(&mut store).await?;
    ended.map_err(|()| "the guest reported failure".into())
}
