//! Python's constants, with the values they have on Linux: the numbers that cross to the host, which
//! translates them for the system it runs on.
//!
//! Each says what it is for, of an option its level and the layout of its value, and where and since when Python has
//! it. All but a few are written from the project's table of Python's names.
//!
//! Names of other platforms are in a module for each, [`windows`] and so on, because their numbers can be other names'
//! on Linux. Those that can't be mistaken, such as protocols' numbers, are beside the others.

// `AF_DECnet` and `has_ipv6` are Python's spellings.
#![allow(non_upper_case_globals)]

pub mod freebsd;
pub mod macos;
pub mod netbsd;
pub mod openbsd;
pub mod windows;

mod alg;
mod bluetooth;
mod can;
mod clusters;
mod families;
mod ip;
mod ipv6;
mod link;
mod lookups;
mod machines;
mod protocols;
mod sctp;
mod socket_level;
mod tcp;
mod udp;
mod winsock;

pub use self::alg::*;
pub use self::bluetooth::*;
pub use self::can::*;
pub use self::clusters::*;
pub use self::families::*;
pub use self::ip::*;
pub use self::ipv6::*;
pub use self::link::*;
pub use self::lookups::*;
pub use self::machines::*;
pub use self::protocols::*;
pub use self::sctp::*;
pub use self::socket_level::*;
pub use self::tcp::*;
pub use self::udp::*;
pub use self::winsock::*;
pub use crate::errno::{EAGAIN, EBADF, EWOULDBLOCK};

/// Whether IPv6 is known here. Whether a machine has it is for `has_dualstack_ipv6` and errors to tell.
pub const has_ipv6: bool = true;
