//! Runs guests under grants, the way an embedder would.
//!
//! The guests are one program (`tests/guests`), which does what its first argument names. A test grants what it
//! wants to, runs a name, and looks at how that ended: a guest checks by panicking, which ends it with a failure.

pub mod bluetooth;
mod control;
mod guest;
pub mod host;
pub mod kernel;
pub mod network;
pub mod process;
pub mod rights;
pub mod witness;

pub use control::Control;
pub use guest::{Epoch, Guest, Output, Running, compile, next_epoch, says};

/// Where the guests are: one program for `wasm32-wasip2`, which does what its first argument names.
pub const GUESTS: &str = env!("GUESTS");

/// Tests that run a guest which needs no peer: each named as the behaviour, with the grants it gets.
#[macro_export]
macro_rules! guests {
    ($($name:ident: $($grant:literal),*;)*) => {$(
        #[test]
        fn $name() {
            $crate::Guest::new(stringify!($name))$(.allow($grant))*.passes();
        }
    )*};
}
