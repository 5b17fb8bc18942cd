//! Names that NetBSD has and Linux doesn't, with their values there. Numbers that cross to the host are Linux's: on
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
pub const AI_MASK: i32 = 3087;

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

/// It is SCTP's own message, no data.
///
/// A flag in what `recvmsg` brings.
///
/// On FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const MSG_NOTIFICATION: i32 = 16384;

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

/// Credentials of the sender.
///
/// A control message of level `SOL_SOCKET`: `struct cmsgcred (FreeBSD/macOS) / struct sockcred (NetBSD, or FreeBSD with LOCAL_CREDS)`.
///
/// On macOS, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const SCM_CREDS: i32 = 16;

/// Link: authenticated.
///
/// In Pythons that were built with the headers of Bluetooth; bluez has it too, and Python only on BSD.
///
/// On NetBSD; in Python since 3.14.
pub const RFCOMM_LM_AUTH: i32 = 1;

/// Link: encrypted.
///
/// In Pythons that were built with the headers of Bluetooth; bluez has it too, and Python only on BSD.
///
/// On NetBSD; in Python since 3.14.
pub const RFCOMM_LM_ENCRYPT: i32 = 2;

/// Link: secure.
///
/// In Pythons that were built with the headers of Bluetooth; bluez has it too, and Python only on BSD.
///
/// On NetBSD; in Python since 3.14.
pub const RFCOMM_LM_SECURE: i32 = 4;

/// Which events to receive.
///
/// An option of level `SOL_HCI`: `struct hci_filter (NetBSD)`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_HCI_EVT_FILTER: i32 = 1;

/// Which packets to receive.
///
/// An option of level `SOL_HCI`: `struct hci_filter (NetBSD)`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_HCI_PKT_FILTER: i32 = 2;

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

/// Quality of what is received.
///
/// An option of level `SOL_L2CAP`: `l2cap_qos_t`. In Pythons that were built with the headers of Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_L2CAP_IQOS: i32 = 3;

/// Mode of the link.
///
/// An option of level `SOL_L2CAP`: `int (L2CAP_LM_* bits)`. In Pythons that were built with the headers of Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_L2CAP_LM: i32 = 6;

/// The longest packet sent.
///
/// An option of level `SOL_L2CAP`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_L2CAP_OMTU: i32 = 2;

/// Quality of what is sent.
///
/// An option of level `SOL_L2CAP`: `l2cap_qos_t`. In Pythons that were built with the headers of Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_L2CAP_OQOS: i32 = 4;

/// Flow control.
///
/// An option of level `SOL_RFCOMM`: `struct rfcomm_fc_info`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_RFCOMM_FC_INFO: i32 = 2;

/// Mode of the link.
///
/// An option of level `SOL_RFCOMM`: `int (RFCOMM_LM_* bits)`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_RFCOMM_LM: i32 = 3;

/// The longest packet.
///
/// An option of level `SOL_RFCOMM`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On FreeBSD and NetBSD; in Python since 3.14.
pub const SO_RFCOMM_MTU: i32 = 1;

/// Handle of the link.
///
/// An option of level `SOL_SCO`: `u16`. In Pythons that were built with the headers of Bluetooth.
///
/// On NetBSD; in Python since 3.14.
pub const SO_SCO_HANDLE: i32 = 2;

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
pub const LOCAL_CREDS: i32 = 4;
