//! Python's constants, with the values they have on Linux: the numbers that cross to the host, which
//! translates them for the system it runs on.
//!
//! One line each: what it is for, and of an option its level and the type of its value.

// `AF_DECnet` and `has_ipv6` are Python's spellings.
#![allow(non_upper_case_globals)]

mod alg;
mod bluetooth;
mod can;
mod clusters;
mod families;
mod internet;
mod link;
mod machines;
mod names;
mod socket_level;
mod tcp_udp;

pub use self::alg::*;
pub use self::bluetooth::*;
pub use self::can::*;
pub use self::clusters::*;
pub use self::families::*;
pub use self::internet::*;
pub use self::link::*;
pub use self::machines::*;
pub use self::names::*;
pub use self::socket_level::*;
pub use self::tcp_udp::*;
pub use crate::errno::{EAGAIN, EBADF, EWOULDBLOCK};

/// Whether IPv6 is known here. Whether a machine has it is for `has_dualstack_ipv6` and errors to tell.
pub const has_ipv6: bool = true;
