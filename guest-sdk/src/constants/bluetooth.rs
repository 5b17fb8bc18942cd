//! Bluetooth: `AF_BLUETOOTH` and its protocols.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Any device.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux, Windows, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const BDADDR_ANY: &str = "00:00:00:00:00:00";

/// Address type: classic Bluetooth.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BDADDR_BREDR: i32 = 0;

/// Address type: low energy, public.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BDADDR_LE_PUBLIC: i32 = 1;

/// Address type: low energy, random.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BDADDR_LE_RANDOM: i32 = 2;

/// This device.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux, Windows, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const BDADDR_LOCAL: &str = "00:00:00:FF:FF:FF";

/// Protocol of `AF_BLUETOOTH`: the adapter itself.
///
/// Needs the grant `bluetooth hci`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const BTPROTO_HCI: i32 = 1;

/// Protocol of `AF_BLUETOOTH`: logical links.
///
/// Needs the grant `bluetooth l2cap connect` and `bluetooth l2cap listen`. In Pythons that were built with the
/// headers of Bluetooth.
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const BTPROTO_L2CAP: i32 = 0;

/// Protocol of `AF_BLUETOOTH`: serial lines.
///
/// Needs the grant `bluetooth rfcomm connect` and `bluetooth rfcomm listen`. In Pythons that were built with the
/// headers of Bluetooth.
///
/// On Linux, Windows, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const BTPROTO_RFCOMM: i32 = 3;

/// Protocol of `AF_BLUETOOTH`: voice.
///
/// Needs the grant `bluetooth sco connect` and `bluetooth sco listen`. In Pythons that were built with the headers of
/// Bluetooth; FreeBSD only since 3.14.
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const BTPROTO_SCO: i32 = 2;

/// Which kind of link may be used.
///
/// An option of level `SOL_BLUETOOTH`: `int (BT_CHANNEL_POLICY_*)`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_CHANNEL_POLICY: i32 = 10;

/// Policy: classic Bluetooth alone.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_CHANNEL_POLICY_BREDR_ONLY: i32 = 0;

/// Policy: classic Bluetooth first.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_CHANNEL_POLICY_BREDR_PREFERRED: i32 = 1;

/// Codecs of a voice link.
///
/// An option of level `SOL_BLUETOOTH`: `struct bt_codecs`. Refused with `ENOPROTOOPT`: it leads voice by the
/// controller's own wires, past the socket. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_CODEC: i32 = 19;

/// Let the program decide on each connection.
///
/// An option of level `SOL_BLUETOOTH`: `bool`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_DEFER_SETUP: i32 = 7;

/// Whether packets may be flushed.
///
/// An option of level `SOL_BLUETOOTH`: `int (BT_FLUSHABLE_*)`. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_FLUSHABLE: i32 = 8;

/// Packets may not be flushed.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_FLUSHABLE_OFF: i32 = 0;

/// Packets may be flushed.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_FLUSHABLE_ON: i32 = 1;

/// Quality of isochronous links.
///
/// An option of level `SOL_BLUETOOTH`: `struct bt_iso_qos`. Refused with `ENOPROTOOPT`: it is of isochronous links,
/// which Python has no sockets for. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_ISO_QOS: i32 = 17;

/// How L2CAP transfers.
///
/// An option of level `SOL_BLUETOOTH`: `u8 1B (BT_MODE_*)`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_MODE: i32 = 15;

/// Mode: basic.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_MODE_BASIC: i32 = 0;

/// Mode: enhanced retransmission.
///
/// Refused with `EINVAL`: a socket of that mode waits for its peer when it is closed. In Pythons that were built with
/// the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_MODE_ERTM: i32 = 1;

/// Mode: enhanced credits.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_MODE_EXT_FLOWCTL: i32 = 4;

/// Mode: low energy credits.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_MODE_LE_FLOWCTL: i32 = 3;

/// Mode: streaming.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_MODE_STREAMING: i32 = 2;

/// Which physical layers are in use.
///
/// An option of level `SOL_BLUETOOTH`, to be read: `int (BT_PHY_* bits)`. In Pythons that were built with the headers
/// of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY: i32 = 14;

/// Physical layer: basic rate, 1 Mbit/s, 1 slot.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_BR_1M_1SLOT: i32 = 1;

/// Physical layer: basic rate, 1 Mbit/s, 3 slots.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_BR_1M_3SLOT: i32 = 2;

/// Physical layer: basic rate, 1 Mbit/s, 5 slots.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_BR_1M_5SLOT: i32 = 4;

/// Physical layer: enhanced data rate, 2 Mbit/s, 1 slot.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_EDR_2M_1SLOT: i32 = 8;

/// Physical layer: enhanced data rate, 2 Mbit/s, 3 slots.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_EDR_2M_3SLOT: i32 = 16;

/// Physical layer: enhanced data rate, 2 Mbit/s, 5 slots.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_EDR_2M_5SLOT: i32 = 32;

/// Physical layer: enhanced data rate, 3 Mbit/s, 1 slot.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_EDR_3M_1SLOT: i32 = 64;

/// Physical layer: enhanced data rate, 3 Mbit/s, 3 slots.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_EDR_3M_3SLOT: i32 = 128;

/// Physical layer: enhanced data rate, 3 Mbit/s, 5 slots.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_EDR_3M_5SLOT: i32 = 256;

/// Physical layer: low energy, 1 Mbit/s, received.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_LE_1M_RX: i32 = 1024;

/// Physical layer: low energy, 1 Mbit/s, sent.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_LE_1M_TX: i32 = 512;

/// Physical layer: low energy, 2 Mbit/s, received.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_LE_2M_RX: i32 = 4096;

/// Physical layer: low energy, 2 Mbit/s, sent.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_LE_2M_TX: i32 = 2048;

/// Physical layer: low energy, coded, received.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_LE_CODED_RX: i32 = 16384;

/// Physical layer: low energy, coded, sent.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PHY_LE_CODED_TX: i32 = 8192;

/// Receive each voice packet's status.
///
/// An option of level `SOL_BLUETOOTH`: `bool`. A control message of level `SOL_BLUETOOTH`, type `BT_SCM_PKT_STATUS`:
/// `u8`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_PKT_STATUS: i32 = 16;

/// Power management of the link.
///
/// An option of level `SOL_BLUETOOTH`: `struct bt_power{u8 force_active} 1B`. In Pythons that were built with the
/// headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_POWER: i32 = 9;

/// The link may sleep.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_POWER_FORCE_ACTIVE_OFF: i32 = 0;

/// The link wakes up to send.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_POWER_FORCE_ACTIVE_ON: i32 = 1;

/// The longest packet received.
///
/// An option of level `SOL_BLUETOOTH`: `u16 2B`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_RCVMTU: i32 = 13;

/// Security level and key size.
///
/// An option of level `SOL_BLUETOOTH`: `struct bt_security{u8 level;u8 key_size} 2B`. In Pythons that were built with
/// the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SECURITY: i32 = 4;

/// Security: FIPS.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SECURITY_FIPS: i32 = 4;

/// Security: high.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SECURITY_HIGH: i32 = 3;

/// Security: low.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SECURITY_LOW: i32 = 1;

/// Security: medium.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SECURITY_MEDIUM: i32 = 2;

/// Security: none, for service discovery.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SECURITY_SDP: i32 = 0;

/// The longest packet sent.
///
/// An option of level `SOL_BLUETOOTH`: `u16 2B`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_SNDMTU: i32 = 12;

/// How voice is encoded.
///
/// An option of level `SOL_BLUETOOTH`: `struct bt_voice{u16 setting} 2B`. In Pythons that were built with the headers
/// of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_VOICE: i32 = 11;

/// Voice: CVSD, 16 bits.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_VOICE_CVSD_16BIT: i32 = 96;

/// Voice: as the program encodes it.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_VOICE_TRANSPARENT: i32 = 3;

/// Voice: as the program encodes it, 16 bits.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const BT_VOICE_TRANSPARENT_16BIT: i32 = 99;

/// Channel: management.
///
/// Refused with `EACCES`: it is about every adapter of the machine. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const HCI_CHANNEL_CONTROL: i32 = 3;

/// Channel: the log.
///
/// Refused with `EACCES`: it is about every adapter of the machine. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const HCI_CHANNEL_LOGGING: i32 = 4;

/// Channel: all traffic, to be read.
///
/// Refused with `EACCES`: it is about every adapter of the machine. In Pythons that were built with the headers of
/// Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const HCI_CHANNEL_MONITOR: i32 = 2;

/// Channel: beside the kernel.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const HCI_CHANNEL_RAW: i32 = 0;

/// Channel: instead of the kernel.
///
/// Refused with `EACCES`: it takes an adapter from the kernel and from everybody else. In Pythons that were built
/// with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const HCI_CHANNEL_USER: i32 = 1;

/// Receive which way each packet went.
///
/// An option of level `SOL_HCI`: `bool`. A control message of level `SOL_HCI`, type `HCI_CMSG_DIR`: `int 4B`. In
/// Pythons that were built with the headers of Bluetooth; not on FreeBSD/NetBSD/DragonFlyBSD per docs (3.14 source
/// aliases it on FreeBSD and NetBSD).
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const HCI_DATA_DIR: i32 = 1;

/// No adapter.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const HCI_DEV_NONE: i32 = 65535;

/// Which packets to receive.
///
/// An option of level `SOL_HCI`: `struct hci_filter{u32 type_mask;u32 event_mask[2];u16 opcode} 14B (16B padded); FreeBSD: struct ng_btsocket_hci_raw_filter`.
/// In Pythons that were built with the headers of Bluetooth; not on NetBSD/DragonFlyBSD.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const HCI_FILTER: i32 = 2;

/// Receive when each packet came.
///
/// An option of level `SOL_HCI`: `bool`. A control message of level `SOL_HCI`, type `HCI_CMSG_TSTAMP`: `struct timeval`.
/// In Pythons that were built with the headers of Bluetooth; not on FreeBSD/NetBSD/DragonFlyBSD.
///
/// On Linux; in Python since 3.6 or earlier.
pub const HCI_TIME_STAMP: i32 = 3;

/// Mode of the link, by older programs.
///
/// An option of level `SOL_L2CAP`: `int (L2CAP_LM_* bits)`. In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const L2CAP_LM: i32 = 3;

/// Link: authenticated.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux and NetBSD; in Python since 3.14.
pub const L2CAP_LM_AUTH: i32 = 2;

/// Link: encrypted.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux and NetBSD; in Python since 3.14.
pub const L2CAP_LM_ENCRYPT: i32 = 4;

/// Link: as central.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const L2CAP_LM_MASTER: i32 = 1;

/// Link: reliable.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const L2CAP_LM_RELIABLE: i32 = 16;

/// Link: secure.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux and NetBSD; in Python since 3.14.
pub const L2CAP_LM_SECURE: i32 = 32;

/// Link: trusted.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const L2CAP_LM_TRUSTED: i32 = 8;

/// Options of all of `AF_BLUETOOTH`.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux; in Python since 3.14.
pub const SOL_BLUETOOTH: i32 = 274;

/// Options of `BTPROTO_HCI`.
///
/// In Pythons that were built with the headers of Bluetooth; on Linux since 3.6 or earlier; NetBSD alias of
/// `BTPROTO_HCI`.
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const SOL_HCI: i32 = 0;

/// Options of `BTPROTO_L2CAP`.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.14.
pub const SOL_L2CAP: i32 = 6;

/// Options of `BTPROTO_RFCOMM`.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux, Windows, FreeBSD and NetBSD; in Python since 3.14.
pub const SOL_RFCOMM: i32 = 18;

/// Options of `BTPROTO_SCO`.
///
/// In Pythons that were built with the headers of Bluetooth.
///
/// On Linux, FreeBSD and NetBSD; in Python since 3.14.
pub const SOL_SCO: i32 = 17;
