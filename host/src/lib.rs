//! Python's socket module for WebAssembly components, on wasmtime, behind one-line grants.
//!
//! wip docs

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
