//! Python's `socket` module for Rust programs that are compiled to `wasm32-wasip2`.

pub mod bindings;
pub mod constants;
pub mod errno;
