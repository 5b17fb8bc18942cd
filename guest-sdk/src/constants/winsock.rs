//! Windows's control codes and machines, where their numbers mean nothing else on Linux.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Every machine.
///
/// On Windows; in Python since 3.12.
pub const HV_GUID_BROADCAST: &str = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF";

/// The machines that run on this one.
///
/// On Windows; in Python since 3.12.
pub const HV_GUID_CHILDREN: &str = "90DB8B89-0D35-4F79-8CE9-49EA0AC8B7CD";

/// This machine.
///
/// On Windows; in Python since 3.12.
pub const HV_GUID_LOOPBACK: &str = "E0E16197-DD56-4A10-9195-5EE7A155A838";

/// The machine that this one runs on.
///
/// On Windows; in Python since 3.12.
pub const HV_GUID_PARENT: &str = "A42E7CDA-D03F-480C-9CC2-A4DE20ABB878";

/// Any machine.
///
/// On Windows; in Python since 3.12.
pub const HV_GUID_WILDCARD: &str = "00000000-0000-0000-0000-000000000000";

/// Any machine.
///
/// On Windows; in Python since 3.12.
pub const HV_GUID_ZERO: &str = "00000000-0000-0000-0000-000000000000";

/// `SIO_RCVALL`: one beyond the last.
///
/// On Windows; in Python since 3.6 or earlier.
pub const RCVALL_MAX: i32 = 3;

/// `SIO_RCVALL`: receive what is for this socket.
///
/// On Windows; in Python since 3.6 or earlier.
pub const RCVALL_OFF: i32 = 0;

/// `SIO_RCVALL`: receive all packets of the network.
///
/// On Windows; in Python since 3.6 or earlier.
pub const RCVALL_ON: i32 = 1;

/// `SIO_RCVALL`: receive all, without the interface's help.
///
/// On Windows; in Python since 3.6 or earlier.
pub const RCVALL_SOCKETLEVELONLY: i32 = 2;

/// Keep-alive, its idle time and interval at once.
///
/// A control code, with it `tuple(onoff, keepalivetime ms, keepaliveinterval ms) -> struct tcp_keepalive`.
///
/// On Windows; in Python since 3.6 or earlier.
pub const SIO_KEEPALIVE_VALS: u32 = 2550136836;

/// A shorter way through loopback.
///
/// A control code, with it `bool`.
///
/// On Windows; in Python since 3.6 or earlier.
pub const SIO_LOOPBACK_FAST_PATH: u32 = 2550136848;

/// Receive all packets of the network.
///
/// A control code, with it `int (RCVALL_*)`.
///
/// On Windows; in Python since 3.6 or earlier.
pub const SIO_RCVALL: u32 = 2550136833;
