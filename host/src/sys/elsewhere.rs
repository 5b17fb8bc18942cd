//! Addresses of families that Linux hasn't: how other systems lay them out.
//!
//! Each file is compiled where its family is, and for the tests, which hold it byte for byte to that system's headers.
//! Here the families are `EAFNOSUPPORT`, and their addresses never come this far.

#[cfg(any(test, windows))]
pub(crate) mod hyperv;
#[cfg(any(
    test,
    target_os = "macos",
    target_os = "freebsd",
    target_os = "netbsd",
    target_os = "openbsd",
    target_os = "dragonfly"
))]
pub(crate) mod link;
#[cfg(any(test, target_os = "macos"))]
pub(crate) mod system;
