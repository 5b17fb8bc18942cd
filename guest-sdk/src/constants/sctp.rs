//! Options of SCTP (RFC 6458).
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Close associations that are idle for so long, on one-to-many sockets.
///
/// An option of level `IPPROTO_SCTP`: `int (s)`.
///
/// On Linux; Python has no name for it.
pub const SCTP_AUTOCLOSE: i32 = 4;

/// Refuse messages that need more than one packet.
///
/// An option of level `IPPROTO_SCTP`: `bool`.
///
/// On Linux; Python has no name for it.
pub const SCTP_DISABLE_FRAGMENTS: i32 = 8;

/// What associations begin with.
///
/// An option of level `IPPROTO_SCTP`: `struct sctp_initmsg{u16 streams out;u16 streams in;u16 attempts;u16 ms} 8B`.
///
/// On Linux; Python has no name for it.
pub const SCTP_INITMSG: i32 = 2;

/// The largest piece that a message is cut into.
///
/// An option of level `IPPROTO_SCTP`: `int, or struct sctp_assoc_value{i32 id;u32 bytes} 8B`.
///
/// On Linux; Python has no name for it.
pub const SCTP_MAXSEG: i32 = 13;

/// Send small messages at once.
///
/// An option of level `IPPROTO_SCTP`: `bool`.
///
/// On Linux; Python has no name for it.
pub const SCTP_NODELAY: i32 = 3;
