//! Names that macOS has and Linux doesn't, with their values there. Numbers that cross to the host are Linux's: on
//! Linux these are other things' numbers, or nobody's.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Link-layer addresses, on BSD and macOS.
///
/// BSD/macOS.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AF_LINK: i32 = 18;

/// Talks to parts of macOS's kernel.
///
/// On macOS; in Python since 3.6 or earlier.
pub const AF_SYSTEM: i32 = 32;

/// `AF_SYSTEM` as a protocol family.
///
/// On macOS; in Python since 3.6 or earlier.
pub const PF_SYSTEM: i32 = 32;

/// One beyond the last protocol.
///
/// On Windows since 3.8.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_MAX: i32 = 256;

/// `AI_V4MAPPED_CFG` and `AI_ADDRCONFIG`.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const AI_DEFAULT: i32 = 1536;

/// Every flag that the system knows.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AI_MASK: i32 = 5127;

/// `AI_V4MAPPED` where the kernel takes mapped addresses.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const AI_V4MAPPED_CFG: i32 = 512;

/// Bad hints.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_BADHINTS: i32 = 12;

/// One beyond the last code.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On macOS, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const EAI_MAX: i32 = 15;

/// The protocol is unknown.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_PROTOCOL: i32 = 13;

/// Data and the end of the connection at once.
///
/// A flag to send with.
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const MSG_EOF: i32 = 256;

/// A routing socket hears its own messages.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SO_USELOOPBACK: i32 = 64;

/// Which address a datagram came to.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`: `struct in_addr 4B`.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_RECVDSTADDR: i32 = 7;

/// Send packets of 1,280 bytes at most.
///
/// An option of level `IPPROTO_IPV6`: `int (-1,0,1)`. On macOS since 3.9; RFC 3542.
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_USE_MIN_MTU: i32 = 42;

/// State and counters of the connection, on macOS.
///
/// An option of level `IPPROTO_TCP`, to be read: `struct tcp_connection_info`. MacOS equivalent of `TCP_INFO`.
///
/// On macOS; in Python since 3.11.
pub const TCP_CONNECTION_INFO: i32 = 262;

/// Idle time before the first probe, on macOS.
///
/// An option of level `IPPROTO_TCP`: `int (s)`. MacOS equivalent of `TCP_KEEPIDLE`.
///
/// On macOS; in Python since 3.10.
pub const TCP_KEEPALIVE: i32 = 16;

/// Credentials of the sender.
///
/// A control message of level `SOL_SOCKET`: `struct cmsgcred (FreeBSD/macOS) / struct sockcred (NetBSD, or FreeBSD with LOCAL_CREDS)`.
///
/// On macOS, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const SCM_CREDS: i32 = 3;

/// Credentials of the peer.
///
/// An option of level `SOL_LOCAL`, to be read: `struct xucred`.
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const LOCAL_PEERCRED: i32 = 1;

/// Protocol of `AF_SYSTEM`: control a part of the kernel.
///
/// On macOS; in Python since 3.6 or earlier.
pub const SYSPROTO_CONTROL: i32 = 2;
