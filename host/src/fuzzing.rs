//! What fuzzers call: each function takes any bytes, and panics where something that this crate promises doesn't hold.
//!
//! What a function does stands beside what it tests, `fuzzing.rs` of `permissions`, of `sys` and of the socket options.
//! [cargo-fuzz](https://rust-fuzz.github.io/book/cargo-fuzz.html) drives them from `tests/fuzz`, as long as somebody likes;
//! `cargo test` with a bounded number of inputs, made of the same corpus.

#![cfg_attr(test, allow(unreachable_pub, reason = "it is public where cargo-fuzz builds it"))]

#[cfg(test)]
mod tests;

pub use crate::permissions::fuzzing::{addresses, lines, netlink};

/// What the kernel and guests lay out in bytes: socket addresses, control messages, options, filters, headers.
///
/// # Panics
///
/// Where reading and writing don't agree, or where a check here says otherwise than the kernel's.
pub fn layouts(data: &[u8]) {
    // The first byte says which, so that each has inputs of its own in the corpus.
    let Some((which, data)) = data.split_first() else { return };
    match which % 8 {
        0 => crate::sys::fuzzing::socket_address(data),
        1 => crate::sys::fuzzing::control_data(data),
        2 => crate::sys::fuzzing::control_message(data),
        3 => crate::socket::options::fuzzing::value(data),
        4 => crate::socket::options::fuzzing::filter(data),
        5 => crate::socket::options::fuzzing::header(data),
        6 => crate::permissions::fuzzing::broadcasts(data),
        _ => crate::permissions::fuzzing::ip_header(data),
    }
}
