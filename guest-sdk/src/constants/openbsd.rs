//! Names that OpenBSD has and Linux doesn't, with their values there. Numbers that cross to the host are Linux's: on
//! Linux these are other things' numbers, or nobody's.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Link-layer addresses, on BSD and macOS.
///
/// BSD/macOS.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AF_LINK: i32 = 18;

/// One beyond the last protocol.
///
/// On Windows since 3.8.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_MAX: i32 = 256;

/// Every flag that the system knows.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AI_MASK: i32 = 119;

/// Bad hints.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_BADHINTS: i32 = -12;

/// The protocol is unknown.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_PROTOCOL: i32 = -13;

/// It came by broadcast.
///
/// A flag in what `recvmsg` brings.
///
/// On Windows, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_BCAST: i32 = 256;

/// It came by multicast.
///
/// A flag in what `recvmsg` brings.
///
/// On Windows, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_MCAST: i32 = 512;

/// Routing table of the socket.
///
/// An option of level `SOL_SOCKET`: `int (routing table id)`.
///
/// On OpenBSD; in Python since 3.12.
pub const SO_RTABLE: i32 = 4129;

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
