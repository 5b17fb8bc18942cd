//! Names that FreeBSD has and Linux doesn't, with their values there. Numbers that cross to the host are Linux's: on
//! Linux these are other things' numbers, or nobody's.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Packets that FreeBSD's firewall diverts.
///
/// From FreeBSD 14 on.
///
/// On FreeBSD; in Python since 3.12.
pub const AF_DIVERT: i32 = 44;

/// Link-layer addresses, on BSD and macOS.
///
/// BSD/macOS.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AF_LINK: i32 = 18;

/// `AF_DIVERT` as a protocol family.
///
/// From FreeBSD 14 on.
///
/// On FreeBSD; in Python since 3.12.
pub const PF_DIVERT: i32 = 44;

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
pub const AI_MASK: i32 = 3343;

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

/// It is SCTP's own message, no data.
///
/// A flag in what `recvmsg` brings.
///
/// On FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const MSG_NOTIFICATION: i32 = 8192;

/// Share a port, connections spread evenly.
///
/// An option of level `SOL_SOCKET`: `bool`. From FreeBSD 12 on.
///
/// On FreeBSD; in Python since 3.14.
pub const SO_REUSEPORT_LB: i32 = 65536;

/// Routing table of the socket.
///
/// An option of level `SOL_SOCKET`: `int (FIB number)`.
///
/// On FreeBSD; in Python since 3.6 or earlier.
pub const SO_SETFIB: i32 = 4116;

/// A routing socket hears its own messages.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SO_USELOOPBACK: i32 = 64;

/// A number for the firewall.
///
/// An option of level `SOL_SOCKET`: `int (u32)`.
///
/// On FreeBSD; in Python since 3.12.
pub const SO_USER_COOKIE: i32 = 4117;

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

/// Credentials of the sender.
///
/// A control message of level `SOL_SOCKET`: `struct cmsgcred (FreeBSD/macOS) / struct sockcred (NetBSD, or FreeBSD with LOCAL_CREDS)`.
///
/// On macOS, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const SCM_CREDS: i32 = 3;

/// Credentials of the sender, in full.
///
/// A control message of level `SOL_SOCKET`: `struct sockcred2`.
///
/// On FreeBSD; in Python since 3.11.
pub const SCM_CREDS2: i32 = 8;

/// Whether the link is encrypted.
///
/// An option of level `SOL_L2CAP`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD; in Python since 3.14.
pub const SO_L2CAP_ENCRYPTED: i32 = 6;

/// When packets are flushed.
///
/// An option of level `SOL_L2CAP`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_L2CAP_FLUSH: i32 = 5;

/// The longest packet received.
///
/// An option of level `SOL_L2CAP`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_L2CAP_IMTU: i32 = 1;

/// The longest packet sent.
///
/// An option of level `SOL_L2CAP`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_L2CAP_OMTU: i32 = 2;

/// Flow control.
///
/// An option of level `SOL_RFCOMM`: `struct rfcomm_fc_info`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_RFCOMM_FC_INFO: i32 = 2;

/// The longest packet.
///
/// An option of level `SOL_RFCOMM`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_RFCOMM_MTU: i32 = 1;

/// Handle and class of the link.
///
/// An option of level `SOL_SCO`: `struct ng_btsocket_sco_conninfo`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On FreeBSD; in Python since 3.14.
pub const SO_SCO_CONNINFO: i32 = 2;

/// The longest packet.
///
/// An option of level `SOL_SCO`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_SCO_MTU: i32 = 1;

/// Receive the sender's credentials with the next message.
///
/// An option of level `SOL_LOCAL`: `bool`.
///
/// On FreeBSD and NetBSD; in Python since 3.11.
pub const LOCAL_CREDS: i32 = 2;

/// Receive the sender's credentials with each message.
///
/// An option of level `SOL_LOCAL`: `bool`.
///
/// On FreeBSD; in Python since 3.11.
pub const LOCAL_CREDS_PERSISTENT: i32 = 3;

/// Credentials of the peer.
///
/// An option of level `SOL_LOCAL`, to be read: `struct xucred`.
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const LOCAL_PEERCRED: i32 = 1;
