//! Controller area networks: `AF_CAN` and its protocols.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// In an identifier: it has 29 bits.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_EFF_FLAG: u32 = 2147483648;

/// The 29 bits of an extended identifier.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_EFF_MASK: i32 = 536870911;

/// In an identifier: it is an error message.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_ERR_FLAG: i32 = 536870912;

/// The bits of an error message's class.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_ERR_MASK: i32 = 536870911;

/// In an identifier: it asks for data.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_RTR_FLAG: i32 = 1073741824;

/// The 11 bits of a standard identifier.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_SFF_MASK: i32 = 2047;

/// The first level of `AF_CAN`; a protocol's number is added.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_CAN_BASE: i32 = 100;

/// Protocol of `AF_CAN`: the broadcast manager.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM: i32 = 2;

/// Flag: the frames are CAN FD's.
///
/// Linux >= 4.8 headers.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_CAN_FD_FRAME: i32 = 2048;

/// Flag: tell when a missing message is back.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_RX_ANNOUNCE_RESUME: i32 = 256;

/// Notice: a watched message is there, or another than before.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_RX_CHANGED: i32 = 12;

/// Flag: a changed length is a change.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_RX_CHECK_DLC: i32 = 64;

/// Operation: stop watching it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_RX_DELETE: i32 = 6;

/// Flag: watch the identifier alone.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_RX_FILTER_ID: i32 = 32;

/// Flag: don't start watching for absence by itself.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_RX_NO_AUTOTIMER: i32 = 128;

/// Operation: tell how it is watched.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_RX_READ: i32 = 7;

/// Flag: answer requests with the frame given.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_RX_RTR_FRAME: i32 = 1024;

/// Operation: begin watching an identifier.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_RX_SETUP: i32 = 5;

/// Answer to `CAN_BCM_RX_READ`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_RX_STATUS: i32 = 10;

/// Notice: a watched message stays away.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_RX_TIMEOUT: i32 = 11;

/// Flag: set the intervals.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_SETTIMER: i32 = 1;

/// Flag: start the timer.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_STARTTIMER: i32 = 2;

/// Flag: send a changed message at once.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_TX_ANNOUNCE: i32 = 8;

/// Flag: tell when the count is reached.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_TX_COUNTEVT: i32 = 4;

/// Flag: put the head's identifier into each frame.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_TX_CP_CAN_ID: i32 = 16;

/// Operation: stop sending it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_TX_DELETE: i32 = 2;

/// Notice: a message was sent as often as asked.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_TX_EXPIRED: i32 = 9;

/// Operation: tell how it is sent.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_TX_READ: i32 = 3;

/// Flag: start a sequence anew.
///
/// On Linux; in Python since 3.8.
pub const CAN_BCM_TX_RESET_MULTI_IDX: i32 = 512;

/// Operation: send one frame.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_TX_SEND: i32 = 4;

/// Operation: begin sending a message again and again.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_TX_SETUP: i32 = 1;

/// Answer to `CAN_BCM_TX_READ`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_BCM_TX_STATUS: i32 = 8;

/// Protocol of `AF_CAN`: messages over several frames, ISO 15765-2.
///
/// On Linux; in Python since 3.7.
pub const CAN_ISOTP: i32 = 6;

/// Options of `CAN_ISOTP`.
///
/// On Linux; Python has no name for it.
pub const SOL_CAN_ISOTP: i32 = 106;

/// How messages are cut into frames.
///
/// An option of level `SOL_CAN_ISOTP`: `struct can_isotp_options{u32 flags;u32 frame_txtime;u8 ext_address;u8 txpad_content;u8 rxpad_content;u8 rx_ext_address} 12B`.
/// Set before the socket is bound.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_OPTS: i32 = 1;

/// What a receiver asks of the sender.
///
/// An option of level `SOL_CAN_ISOTP`: `struct can_isotp_fc_options{u8 bs;u8 stmin;u8 wftmax} 3B`. Set before the
/// socket is bound.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_RECV_FC: i32 = 2;

/// The time between two frames, whatever the receiver asks for.
///
/// An option of level `SOL_CAN_ISOTP`: `u32 (nanoseconds)`. With `CAN_ISOTP_FORCE_TXSTMIN`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_TX_STMIN: i32 = 3;

/// Frames that come faster are none.
///
/// An option of level `SOL_CAN_ISOTP`: `u32 (nanoseconds)`. With `CAN_ISOTP_FORCE_RXSTMIN`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_RX_STMIN: i32 = 4;

/// Frames of CAN or CAN FD, and how long.
///
/// An option of level `SOL_CAN_ISOTP`: `struct can_isotp_ll_options{u8 mtu;u8 tx_dl;u8 tx_flags} 3B`. Set before the
/// socket is bound.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_LL_OPTS: i32 = 5;

/// Flag: only listen.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_LISTEN_MODE: i32 = 1;

/// Flag: the first byte of each frame is an address.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_EXTEND_ADDR: i32 = 2;

/// Flag: fill frames up.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_TX_PADDING: i32 = 4;

/// Flag: frames are filled up.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_RX_PADDING: i32 = 8;

/// Flag: check how long frames are.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_CHK_PAD_LEN: i32 = 16;

/// Flag: check what frames are filled up with.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_CHK_PAD_DATA: i32 = 32;

/// Flag: a send stops a receive.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_HALF_DUPLEX: i32 = 64;

/// Flag: use `CAN_ISOTP_TX_STMIN`.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_FORCE_TXSTMIN: i32 = 128;

/// Flag: use `CAN_ISOTP_RX_STMIN`.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_FORCE_RXSTMIN: i32 = 256;

/// Flag: another address for what is received.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_RX_EXT_ADDR: i32 = 512;

/// Flag: a send ends when all was sent.
///
/// A flag of `CAN_ISOTP_OPTS`; the host waits, and not its kernel.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_WAIT_TX_DONE: i32 = 1024;

/// Flag: send to many, single frames alone.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_SF_BROADCAST: i32 = 2048;

/// Flag: send to many, without being told to go on.
///
/// A flag of `CAN_ISOTP_OPTS`.
///
/// On Linux; Python has no name for it.
pub const CAN_ISOTP_CF_BROADCAST: i32 = 4096;

/// Protocol of `AF_CAN`: single frames.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_RAW: i32 = 1;

/// Which error messages to receive.
///
/// An option of level `SOL_CAN_RAW`: `int (can_err_mask_t u32)`. Absent from 3.11.7, 3.12.1 and 3.13.0 builds
/// (regression; docs: restored in 3.13.4).
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_RAW_ERR_FILTER: i32 = 2;

/// Take CAN FD frames too.
///
/// An option of level `SOL_CAN_RAW`: `bool`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const CAN_RAW_FD_FRAMES: i32 = 5;

/// Which identifiers to receive.
///
/// An option of level `SOL_CAN_RAW`: `array of struct can_filter{u32 can_id;u32 can_mask} 8B each`.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_RAW_FILTER: i32 = 1;

/// All filters have to match, not any.
///
/// An option of level `SOL_CAN_RAW`: `bool`.
///
/// On Linux; in Python since 3.9.
pub const CAN_RAW_JOIN_FILTERS: i32 = 6;

/// Other sockets of this machine hear what is sent.
///
/// An option of level `SOL_CAN_RAW`: `bool`.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_RAW_LOOPBACK: i32 = 3;

/// This socket hears what it sends.
///
/// An option of level `SOL_CAN_RAW`: `bool`.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const CAN_RAW_RECV_OWN_MSGS: i32 = 4;

/// Options of `CAN_RAW`.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const SOL_CAN_RAW: i32 = 101;

/// Protocol of `AF_CAN`: SAE J1939.
///
/// On Linux; in Python since 3.9.
pub const CAN_J1939: i32 = 7;

/// Options and messages of `CAN_J1939`.
///
/// On Linux; Python has no name for it.
pub const SOL_CAN_J1939: i32 = 107;

/// Error information: none.
///
/// On Linux; in Python since 3.9.
pub const J1939_EE_INFO_NONE: i32 = 0;

/// Error information: the send was aborted.
///
/// On Linux; in Python since 3.9.
pub const J1939_EE_INFO_TX_ABORT: i32 = 1;

/// The most filters of a socket.
///
/// On Linux; in Python since 3.9.
pub const J1939_FILTER_MAX: i32 = 512;

/// The address of a node that has none.
///
/// On Linux; in Python since 3.9.
pub const J1939_IDLE_ADDR: i32 = 254;

/// The last address of a single node.
///
/// On Linux; in Python since 3.9.
pub const J1939_MAX_UNICAST_ADDR: i32 = 253;

/// Attribute: bytes that were acknowledged.
///
/// On Linux; in Python since 3.9.
pub const J1939_NLA_BYTES_ACKED: i32 = 1;

/// Attribute: padding.
///
/// On Linux; in Python since 3.9.
pub const J1939_NLA_PAD: i32 = 0;

/// No address, and the broadcast address.
///
/// On Linux; in Python since 3.9.
pub const J1939_NO_ADDR: i32 = 255;

/// No NAME.
///
/// On Linux; in Python since 3.9.
pub const J1939_NO_NAME: i32 = 0;

/// No parameter group.
///
/// On Linux; in Python since 3.9.
pub const J1939_NO_PGN: i32 = 262144;

/// Parameter group: an address is claimed.
///
/// On Linux; in Python since 3.9.
pub const J1939_PGN_ADDRESS_CLAIMED: i32 = 60928;

/// Parameter group: an address is given.
///
/// On Linux; in Python since 3.9.
pub const J1939_PGN_ADDRESS_COMMANDED: i32 = 65240;

/// The last parameter group.
///
/// On Linux; in Python since 3.9.
pub const J1939_PGN_MAX: i32 = 262143;

/// The last parameter group that has a destination.
///
/// On Linux; in Python since 3.9.
pub const J1939_PGN_PDU1_MAX: i32 = 261888;

/// Parameter group: a request for another.
///
/// On Linux; in Python since 3.9.
pub const J1939_PGN_REQUEST: i32 = 59904;

/// Address that a message was sent to.
///
/// A control message of level `SOL_CAN_J1939`: `u8`.
///
/// On Linux; in Python since 3.9.
pub const SCM_J1939_DEST_ADDR: i32 = 1;

/// NAME that a message was sent to.
///
/// A control message of level `SOL_CAN_J1939`: `u64`.
///
/// On Linux; in Python since 3.9.
pub const SCM_J1939_DEST_NAME: i32 = 2;

/// What became of a message sent.
///
/// A control message of level `SOL_CAN_J1939`: `struct sock_extended_err 16B (J1939_NLA_* come in SCM_TIMESTAMPING_OPT_STATS)`.
///
/// On Linux; in Python since 3.9.
pub const SCM_J1939_ERRQUEUE: i32 = 4;

/// Priority of a message.
///
/// A control message of level `SOL_CAN_J1939`: `u8`.
///
/// On Linux; in Python since 3.9.
pub const SCM_J1939_PRIO: i32 = 3;

/// Keep what becomes of messages in an error queue.
///
/// An option of level `SOL_CAN_J1939`: `bool`.
///
/// On Linux; in Python since 3.9.
pub const SO_J1939_ERRQUEUE: i32 = 4;

/// Which messages to receive.
///
/// An option of level `SOL_CAN_J1939`, to be set: `array of struct j1939_filter{u64 name;u64 name_mask;u32 pgn;u32 pgn_mask;u8 addr;u8 addr_mask;pad} 32B each`.
///
/// On Linux; in Python since 3.9.
pub const SO_J1939_FILTER: i32 = 1;

/// Receive all messages.
///
/// An option of level `SOL_CAN_J1939`: `bool`.
///
/// On Linux; in Python since 3.9.
pub const SO_J1939_PROMISC: i32 = 2;

/// Priority of messages sent.
///
/// An option of level `SOL_CAN_J1939`: `int (0..7; <2 needs CAP_NET_ADMIN)`. Needs the grant `option SO_J1939_SEND_PRIO`
/// below 2.
///
/// On Linux; in Python since 3.9.
pub const SO_J1939_SEND_PRIO: i32 = 3;
