//! Python's socket module for WebAssembly components, on wasmtime, behind one-line grants.
//!
//! A store gets a [`SocketCtx`], which holds a guest's sockets and what it may do with them; a linker gets the
//! interfaces of `wallsocket:socket` from [`add_to_linker`]. A guest may do nothing that no line of its
//! [`Permissions`] allows.
//!
//! ```no_run
//! use wallsocket_host::{Permissions, SocketCtx, SocketCtxView, SocketView};
//! use wasmtime::component::{Component, Linker, ResourceTable};
//! use wasmtime::{Config, Engine, Store};
//! use wasmtime_wasi::p2::bindings::Command;
//! use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
//!
//! struct Guest {
//!     wasi: WasiCtx,
//!     sockets: SocketCtx,
//!     table: ResourceTable, // one for both: a socket can become a `wasi:io` pollable
//! }
//!
//! impl WasiView for Guest {
//!     fn ctx(&mut self) -> WasiCtxView<'_> {
//!         WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
//!     }
//! }
//!
//! impl SocketView for Guest {
//!     fn sockets(&mut self) -> SocketCtxView<'_> {
//!         SocketCtxView { ctx: &mut self.sockets, table: &mut self.table }
//!     }
//! }
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::new(Config::new().concurrency_support(false))?;
//! let mut linker = Linker::new(&engine);
//! wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
//! wallsocket_host::add_to_linker(&mut linker)?;
//!
//! let permissions = Permissions::builder()
//!     .allow("tcp connect api.example.com:443")?
//!     .deny("tcp connect 10.0.0.0/8:*")?
//!     .build();
//! let guest = Guest {
//!     wasi: WasiCtx::builder().inherit_stdio().build(),
//!     sockets: SocketCtx::builder().permissions(permissions).build(),
//!     table: ResourceTable::new(),
//! };
//!
//! let mut store = Store::new(&engine, guest);
//! let component = Component::from_file(&engine, "plugin.wasm")?;
//! let program = Command::instantiate_async(&mut store, &component, &linker).await?;
//! let ended = program.wasi_cli_run().call_run(&mut store).await?;
//! # let _ = ended;
//! # Ok(())
//! # }
//! ```
//!
//! Calls block the guest and never the thread: they run on tokio, on a runtime whose I/O and time drivers are on
//! (`enable_all`). Dropping the store closes the guest's sockets at once. [`Limits`] bounds what a guest makes the
//! host hold; [`trace`] says how to watch it.

mod address;
mod bindings;
mod ctx;
mod error;
mod interfaces;
mod judge;
mod limits;
mod permissions;
mod socket;
mod sys;
pub mod trace;

pub use ctx::{SocketCtx, SocketCtxBuilder, SocketCtxView, SocketView};
pub use interfaces::add_to_linker;
pub use limits::Limits;
pub use permissions::{Denial, Grant, GrantError, Nat64PrefixError, Permissions, PermissionsBuilder, PolicyError};
