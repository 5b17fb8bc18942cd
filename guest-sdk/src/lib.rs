//! wip
pub mod bindings;
