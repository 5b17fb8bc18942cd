//! Python's `socket` module for WebAssembly components, on wasmtime, behind one-line grants.
//!
//! A component sees no network. This crate links the interfaces of the WIT package `wallsocket:socket` into a
//! wasmtime host: sockets of the families INET, INET6 and UNIX, their options, name look-ups, `poll`. What a guest
//! may reach is said in lines such as `tcp connect api.example.com:443`; without a line it reaches nothing, and what
//! it is refused tells it the line that is missing.
//!
//! # Use
//!
//! A store's data holds a [`SocketCtx`] beside its `WasiCtx`, and lends it through [`SocketView`]; the two share one
//! `ResourceTable`, so that a socket can become a `wasi:io` pollable. [`add_to_linker`] does the rest.
//!
//! ```no_run
//! use wallsocket_host::{Permissions, SocketCtx, SocketCtxView, SocketView};
//! use wasmtime::component::{Component, Linker, ResourceTable};
//! use wasmtime::{Config, Engine, Result, Store};
//! use wasmtime_wasi::p2::bindings::Command;
//! use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
//!
//! struct Guest {
//!     wasi: WasiCtx,
//!     sockets: SocketCtx,
//!     table: ResourceTable,
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
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<()> {
//!     // Calls are faster without WASI 0.3's concurrency, which these interfaces don't need.
//!     let engine = Engine::new(Config::new().concurrency_support(false))?;
//!     let mut linker = Linker::<Guest>::new(&engine);
//!     wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
//!     wallsocket_host::add_to_linker(&mut linker)?;
//!
//!     let permissions = Permissions::builder().allow("tcp connect api.example.com:443")?.build();
//!     let guest = Guest {
//!         wasi: WasiCtx::builder().inherit_stdio().build(),
//!         sockets: SocketCtx::builder().permissions(permissions).build(),
//!         table: ResourceTable::new(),
//!     };
//!     let mut store = Store::new(&engine, guest);
//!     let component = Component::from_file(&engine, "plugin.wasm")?;
//!     let program = Command::instantiate_async(&mut store, &component, &linker).await?;
//!     let _exit = program.wasi_cli_run().call_run(&mut store).await?;
//!     Ok(())
//! }
//! ```
//!
//! # What it promises
//!
//! - **Nothing blocks a thread.** Descriptors never block; a call waits in tokio, under its socket's timeout. What
//!   the system only offers blocking, its resolver, runs on the blocking pool of tokio, with a cap.
//! - **Nothing traps** but a violation of the canonical ABI and exhausted hostcall fuel: everything else is an error
//!   number of Linux's, the one that Python would show.
//! - **Dropping a store** shuts its sockets down at once, also those that a call is waiting on.
//! - **Guests take turns** where they share a thread: each call that can wait counts against tokio's budget, ready or
//!   not, so a guest that never has to wait lets others run. What a guest does without such a call, be it a loop of its
//!   own or one of calls that can't wait, is for the engine to interrupt: `Config::epoch_interruption` with
//!   `Store::epoch_deadline_async_yield_and_update`.
//! - **[`Limits`]** bound what one guest can hold and use; [`Stats`] tell what it did.
//! - **[`trace`]** tells of each call and each decision, to whoever subscribes.
//!
//! The runtime needs its I/O and time drivers (`enable_all`). Linux only, so far.
//!
//! Without the feature `engine`, which is on by default, the crate has [`Grant`] and [`Permissions`] alone and doesn't
//! need wasmtime: for tools that read policies.

// Most of the crate is there for the interfaces.
#![cfg_attr(not(feature = "engine"), allow(dead_code, unused_imports))]

mod address;
#[cfg(feature = "engine")]
mod bindings;
#[cfg(feature = "engine")]
mod content;
#[cfg(feature = "engine")]
mod ctx;
mod decision;
mod error;
#[cfg(fuzzing)]
pub mod fuzzing;
#[cfg(all(test, not(fuzzing)))]
mod fuzzing;
mod inherited;
#[cfg(feature = "engine")]
mod interfaces;
mod judge;
mod limits;
mod message;
mod neighbours;
mod permissions;
mod pool;
mod quota;
mod socket;
mod stats;
mod sys;
pub mod trace;

#[cfg(feature = "engine")]
pub use ctx::{SocketCtx, SocketCtxBuilder, SocketCtxView, SocketView};
pub use decision::{Decision, Observer};
pub use inherited::duplicate_descriptor;
#[cfg(feature = "engine")]
pub use interfaces::add_to_linker;
pub use limits::{Limit, LimitError, Limits, Rate, RateError};
pub use neighbours::Neighbours;
pub use permissions::{
    Denial, Grant, GrantError, Nat64PrefixError, Permissions, PermissionsBuilder, Policy, PolicyError, Rule,
};
pub use stats::{Meter, Stats};
