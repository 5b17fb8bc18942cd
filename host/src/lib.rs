//! wip
mod address;
mod bindings;
mod error;
mod interfaces { pub(crate) mod messages { pub struct OpaqueHandle; } }
mod socket { pub struct Socket; }
