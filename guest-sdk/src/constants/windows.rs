//! Names that Windows has and Linux doesn't, with their values there. Numbers that cross to the host are Linux's: on
//! Linux these are other things' numbers, or nobody's.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Link-layer addresses, on BSD and macOS.
///
/// BSD/macOS.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AF_LINK: i32 = 33;

/// Virtual machines of Hyper-V and their host.
///
/// On Windows; in Python since 3.12.
pub const AF_HYPERV: i32 = 34;

/// One beyond the last protocol.
///
/// On Windows since 3.8.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_MAX: i32 = 256;

/// It came by broadcast.
///
/// A flag in what `recvmsg` brings.
///
/// On Windows, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_BCAST: i32 = 1024;

/// It came by multicast.
///
/// A flag in what `recvmsg` brings.
///
/// On Windows, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_MCAST: i32 = 2048;

/// Keep others from sharing the address.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// On Windows; in Python since 3.6 or earlier.
pub const SO_EXCLUSIVEADDRUSE: i32 = -5;

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
pub const IP_RECVDSTADDR: i32 = 25;

/// Encrypt the link.
///
/// An option of level `SOL_RFCOMM`: `bool(ULONG)`.
///
/// On Windows; in Python since 3.14.
pub const SO_BTH_ENCRYPT: i32 = 2;

/// The longest packet.
///
/// An option of level `SOL_RFCOMM`: `int (ULONG)`.
///
/// On Windows; in Python since 3.14.
pub const SO_BTH_MTU: u32 = 2147483655;

/// The most that `SO_BTH_MTU` may be.
///
/// An option of level `SOL_RFCOMM`: `int (ULONG)`.
///
/// On Windows; in Python since 3.14.
pub const SO_BTH_MTU_MAX: u32 = 2147483656;

/// The least that `SO_BTH_MTU` may be.
///
/// An option of level `SOL_RFCOMM`: `int (ULONG)`.
///
/// On Windows; in Python since 3.14.
pub const SO_BTH_MTU_MIN: u32 = 2147483658;

/// Address flag: pass through to the parent.
///
/// On Windows; in Python since 3.12.
pub const HVSOCKET_ADDRESS_FLAG_PASSTHRU: i32 = 1;

/// Stay connected while the machine sleeps.
///
/// An option of level `HV_PROTOCOL_RAW`: `bool(ULONG)`.
///
/// On Windows; in Python since 3.12.
pub const HVSOCKET_CONNECTED_SUSPEND: i32 = 4;

/// How long connecting waits.
///
/// An option of level `HV_PROTOCOL_RAW`: `int (ULONG ms)`.
///
/// On Windows; in Python since 3.12.
pub const HVSOCKET_CONNECT_TIMEOUT: i32 = 1;

/// The most that `HVSOCKET_CONNECT_TIMEOUT` may be.
///
/// HV socket connect timeout ceiling, not an option.
///
/// On Windows; in Python since 3.12.
pub const HVSOCKET_CONNECT_TIMEOUT_MAX: i32 = 300000;

/// Protocol of `AF_HYPERV`.
///
/// On Windows; in Python since 3.12.
pub const HV_PROTOCOL_RAW: i32 = 1;
