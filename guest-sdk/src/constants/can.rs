//! Controller area networks: `AF_CAN` and its protocols.

/// `AF_CAN`: address family.
pub const AF_CAN: i32 = 29;
/// `CAN_EFF_FLAG`: `AF_CAN`.
pub const CAN_EFF_FLAG: u32 = 0x8000_0000;
/// `CAN_EFF_MASK`: `AF_CAN`.
pub const CAN_EFF_MASK: i32 = 0x1fffffff;
/// `CAN_ERR_FLAG`: `AF_CAN`.
pub const CAN_ERR_FLAG: i32 = 0x20000000;
/// `CAN_ERR_MASK`: `AF_CAN`.
pub const CAN_ERR_MASK: i32 = 0x1fffffff;
/// `CAN_RTR_FLAG`: `AF_CAN`.
pub const CAN_RTR_FLAG: i32 = 0x40000000;
/// `CAN_SFF_MASK`: `AF_CAN`.
pub const CAN_SFF_MASK: i32 = 2047;
/// `PF_CAN`: protocol family.
pub const PF_CAN: i32 = 29;
/// `SOL_CAN_BASE`: option level.
pub const SOL_CAN_BASE: i32 = 100;

/// `CAN_RAW`: `CAN_RAW`.
pub const CAN_RAW: i32 = 1;
/// `CAN_RAW_ERR_FILTER`: level `SOL_CAN_RAW`, int (can_err_mask_t u32).
pub const CAN_RAW_ERR_FILTER: i32 = 2;
/// `CAN_RAW_FD_FRAMES`: level `SOL_CAN_RAW`, bool (int).
pub const CAN_RAW_FD_FRAMES: i32 = 5;
/// `CAN_RAW_FILTER`: level `SOL_CAN_RAW`, bytes `array of struct can_filter{u32 can_id;u32 can_mask} 8B each`.
pub const CAN_RAW_FILTER: i32 = 1;
/// `CAN_RAW_JOIN_FILTERS`: level `SOL_CAN_RAW`, bool (int).
pub const CAN_RAW_JOIN_FILTERS: i32 = 6;
/// `CAN_RAW_LOOPBACK`: level `SOL_CAN_RAW`, bool (int).
pub const CAN_RAW_LOOPBACK: i32 = 3;
/// `CAN_RAW_RECV_OWN_MSGS`: level `SOL_CAN_RAW`, bool (int).
pub const CAN_RAW_RECV_OWN_MSGS: i32 = 4;
/// `SOL_CAN_RAW`: option level.
pub const SOL_CAN_RAW: i32 = 101;

/// `CAN_BCM`: `CAN_BCM`.
pub const CAN_BCM: i32 = 2;
/// `CAN_BCM_CAN_FD_FRAME`: `CAN_BCM`.
pub const CAN_BCM_CAN_FD_FRAME: i32 = 2048;
/// `CAN_BCM_RX_ANNOUNCE_RESUME`: `CAN_BCM`.
pub const CAN_BCM_RX_ANNOUNCE_RESUME: i32 = 256;
/// `CAN_BCM_RX_CHANGED`: `CAN_BCM`.
pub const CAN_BCM_RX_CHANGED: i32 = 12;
/// `CAN_BCM_RX_CHECK_DLC`: `CAN_BCM`.
pub const CAN_BCM_RX_CHECK_DLC: i32 = 64;
/// `CAN_BCM_RX_DELETE`: `CAN_BCM`.
pub const CAN_BCM_RX_DELETE: i32 = 6;
/// `CAN_BCM_RX_FILTER_ID`: `CAN_BCM`.
pub const CAN_BCM_RX_FILTER_ID: i32 = 32;
/// `CAN_BCM_RX_NO_AUTOTIMER`: `CAN_BCM`.
pub const CAN_BCM_RX_NO_AUTOTIMER: i32 = 128;
/// `CAN_BCM_RX_READ`: `CAN_BCM`.
pub const CAN_BCM_RX_READ: i32 = 7;
/// `CAN_BCM_RX_RTR_FRAME`: `CAN_BCM`.
pub const CAN_BCM_RX_RTR_FRAME: i32 = 1024;
/// `CAN_BCM_RX_SETUP`: `CAN_BCM`.
pub const CAN_BCM_RX_SETUP: i32 = 5;
/// `CAN_BCM_RX_STATUS`: `CAN_BCM`.
pub const CAN_BCM_RX_STATUS: i32 = 10;
/// `CAN_BCM_RX_TIMEOUT`: `CAN_BCM`.
pub const CAN_BCM_RX_TIMEOUT: i32 = 11;
/// `CAN_BCM_SETTIMER`: `CAN_BCM`.
pub const CAN_BCM_SETTIMER: i32 = 1;
/// `CAN_BCM_STARTTIMER`: `CAN_BCM`.
pub const CAN_BCM_STARTTIMER: i32 = 2;
/// `CAN_BCM_TX_ANNOUNCE`: `CAN_BCM`.
pub const CAN_BCM_TX_ANNOUNCE: i32 = 8;
/// `CAN_BCM_TX_COUNTEVT`: `CAN_BCM`.
pub const CAN_BCM_TX_COUNTEVT: i32 = 4;
/// `CAN_BCM_TX_CP_CAN_ID`: `CAN_BCM`.
pub const CAN_BCM_TX_CP_CAN_ID: i32 = 16;
/// `CAN_BCM_TX_DELETE`: `CAN_BCM`.
pub const CAN_BCM_TX_DELETE: i32 = 2;
/// `CAN_BCM_TX_EXPIRED`: `CAN_BCM`.
pub const CAN_BCM_TX_EXPIRED: i32 = 9;
/// `CAN_BCM_TX_READ`: `CAN_BCM`.
pub const CAN_BCM_TX_READ: i32 = 3;
/// `CAN_BCM_TX_RESET_MULTI_IDX`: `CAN_BCM`.
pub const CAN_BCM_TX_RESET_MULTI_IDX: i32 = 512;
/// `CAN_BCM_TX_SEND`: `CAN_BCM`.
pub const CAN_BCM_TX_SEND: i32 = 4;
/// `CAN_BCM_TX_SETUP`: `CAN_BCM`.
pub const CAN_BCM_TX_SETUP: i32 = 1;
/// `CAN_BCM_TX_STATUS`: `CAN_BCM`.
pub const CAN_BCM_TX_STATUS: i32 = 8;

/// `CAN_ISOTP`: protocol of `AF_CAN`.
pub const CAN_ISOTP: i32 = 6;

/// `CAN_J1939`: `CAN_J1939`.
pub const CAN_J1939: i32 = 7;
/// `J1939_EE_INFO_NONE`: `CAN_J1939`.
pub const J1939_EE_INFO_NONE: i32 = 0;
/// `J1939_EE_INFO_TX_ABORT`: `CAN_J1939`.
pub const J1939_EE_INFO_TX_ABORT: i32 = 1;
/// `J1939_FILTER_MAX`: `CAN_J1939`.
pub const J1939_FILTER_MAX: i32 = 512;
/// `J1939_IDLE_ADDR`: `CAN_J1939`.
pub const J1939_IDLE_ADDR: i32 = 254;
/// `J1939_MAX_UNICAST_ADDR`: `CAN_J1939`.
pub const J1939_MAX_UNICAST_ADDR: i32 = 253;
/// `J1939_NLA_BYTES_ACKED`: `CAN_J1939`.
pub const J1939_NLA_BYTES_ACKED: i32 = 1;
/// `J1939_NLA_PAD`: `CAN_J1939`.
pub const J1939_NLA_PAD: i32 = 0;
/// `J1939_NO_ADDR`: `CAN_J1939`.
pub const J1939_NO_ADDR: i32 = 255;
/// `J1939_NO_NAME`: `CAN_J1939`.
pub const J1939_NO_NAME: i32 = 0;
/// `J1939_NO_PGN`: `CAN_J1939`.
pub const J1939_NO_PGN: i32 = 262_144;
/// `J1939_PGN_ADDRESS_CLAIMED`: `CAN_J1939`.
pub const J1939_PGN_ADDRESS_CLAIMED: i32 = 60928;
/// `J1939_PGN_ADDRESS_COMMANDED`: `CAN_J1939`.
pub const J1939_PGN_ADDRESS_COMMANDED: i32 = 65240;
/// `J1939_PGN_MAX`: `CAN_J1939`.
pub const J1939_PGN_MAX: i32 = 262_143;
/// `J1939_PGN_PDU1_MAX`: `CAN_J1939`.
pub const J1939_PGN_PDU1_MAX: i32 = 261_888;
/// `J1939_PGN_REQUEST`: `CAN_J1939`.
pub const J1939_PGN_REQUEST: i32 = 59904;
/// `SCM_J1939_DEST_ADDR`: control message of level `SOL_CAN_J1939`, `u8`.
pub const SCM_J1939_DEST_ADDR: i32 = 1;
/// `SCM_J1939_DEST_NAME`: control message of level `SOL_CAN_J1939`, `u64`.
pub const SCM_J1939_DEST_NAME: i32 = 2;
/// `SCM_J1939_ERRQUEUE`: control message of level `SOL_CAN_J1939`, `struct sock_extended_err 16B (J1939_NLA_* come in SCM_TIMESTAMPING_OPT_STATS)?`.
pub const SCM_J1939_ERRQUEUE: i32 = 4;
/// `SCM_J1939_PRIO`: control message of level `SOL_CAN_J1939`, `u8`.
pub const SCM_J1939_PRIO: i32 = 3;
/// `SO_J1939_ERRQUEUE`: level `SOL_CAN_J1939`, bool (int).
pub const SO_J1939_ERRQUEUE: i32 = 4;
/// `SO_J1939_FILTER`: level `SOL_CAN_J1939`, bytes `array of struct j1939_filter{u64 name;u64 name_mask;u32 pgn;u32 pgn_mask;u8 addr;u8 addr_mask;pad} 32B each`.
pub const SO_J1939_FILTER: i32 = 1;
/// `SO_J1939_PROMISC`: level `SOL_CAN_J1939`, bool (int).
pub const SO_J1939_PROMISC: i32 = 2;
/// `SO_J1939_SEND_PRIO`: level `SOL_CAN_J1939`, int (0..7; <2 needs CAP_NET_ADMIN).
pub const SO_J1939_SEND_PRIO: i32 = 3;
