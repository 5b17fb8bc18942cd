//! `wallsocket-bench-wasi-host COMPONENT [ARGS]…`: runs a component as `wallsocket run` does, with the sockets of WASI 0.2 in
//! place of wallsocket's. What differs between the two programs is what the benchmark is about.

use std::process::ExitCode;

use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Config, Engine, Result, Store};
use wasmtime_wasi::p2::bindings::Command;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

struct Guest {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// As the command that it is compared with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().cloned().unwrap_or_default();
    // The CLI's settings: host/cli/src/{component,run}.rs.
    let mut config = Config::new();
    config.concurrency_support(false);
    let engine = Engine::new(&config)?;
    let component = Component::from_file(&engine, &path)?;
    let mut linker = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    let mut wasi = WasiCtx::builder();
    wasi.inherit_stdio().args(&arguments).inherit_network().allow_tcp(true).allow_udp(true);
    wasi.allow_blocking_current_thread(true);
    let mut store = Store::new(&engine, Guest { wasi: wasi.build(), table: ResourceTable::new() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let command = Command::instantiate_async(&mut store, &component, &linker).await?;
        command.wasi_cli_run().call_run(&mut store).await
    });
    runtime.shutdown_background();
    Ok(if ended?.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
