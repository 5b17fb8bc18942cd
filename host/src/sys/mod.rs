//! The operating system: the only module that knows libc, and the only one that may hold `unsafe`.
//!
//! Calls that reach outside take a [`Permit`](crate::permissions::Permit), which only `permissions` can
//! make. Sockets don't block here: a call that would wait says `EAGAIN`, and `socket` does the waiting. The one exception is
//! in [`blocking`].

#![allow(unsafe_code, clippy::disallowed_methods, reason = "this is the module that the lints send such calls to")]

pub(crate) mod address;
pub(crate) mod batch;
pub(crate) mod blocking;
mod bluetooth;
pub(crate) mod control;
pub(crate) mod elsewhere;
pub(crate) mod errno;
pub(crate) mod files;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
pub(crate) mod interfaces;
pub(crate) mod lifetimes;
pub(crate) mod messages;
pub(crate) mod names;
pub(crate) mod options;
pub(crate) mod random;
pub(crate) mod readiness;
pub(crate) mod rights;
pub(crate) mod socket;
pub(crate) mod transfer;
pub(crate) mod unix_path;

pub(crate) use socket::Socket;

#[cfg(not(target_os = "linux"))]
compile_error!("wallsocket-host runs on Linux; other systems have no `sys` yet");
