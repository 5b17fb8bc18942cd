//! Options of CAN: <https://docs.kernel.org/networking/can.html>, j1939.html, iso15765-2.html. The numbers are those of
//! linux/can/raw.h, isotp.h, j1939.h.

use super::row::Layout::{Array, Exact};
use super::row::Rule::{IsotpOptions, Kernel, Within};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    CAN_RAW_FILTER:        SOL_CAN_RAW   1 Array,         GetSet Plain Kernel;
    CAN_RAW_ERR_FILTER:    SOL_CAN_RAW   2 Exact(&[4]),   GetSet Plain Kernel;
    CAN_RAW_LOOPBACK:      SOL_CAN_RAW   3 Exact(&[4]),   GetSet Plain Kernel;
    CAN_RAW_RECV_OWN_MSGS: SOL_CAN_RAW   4 Exact(&[4]),   GetSet Plain Kernel;
    CAN_RAW_FD_FRAMES:     SOL_CAN_RAW   5 Exact(&[4]),   GetSet Plain Kernel;
    CAN_RAW_JOIN_FILTERS:  SOL_CAN_RAW   6 Exact(&[4]),   GetSet Plain Kernel;
    CAN_ISOTP_OPTS:        SOL_CAN_ISOTP 1 Exact(&[12]),  GetSet Plain IsotpOptions;
    CAN_ISOTP_RECV_FC:     SOL_CAN_ISOTP 2 Exact(&[3]),   GetSet Plain Kernel;
    CAN_ISOTP_TX_STMIN:    SOL_CAN_ISOTP 3 Exact(&[4]),   GetSet Plain Kernel;
    CAN_ISOTP_RX_STMIN:    SOL_CAN_ISOTP 4 Exact(&[4]),   GetSet Plain Kernel;
    CAN_ISOTP_LL_OPTS:     SOL_CAN_ISOTP 5 Exact(&[3]),   GetSet Plain Kernel;
    SO_J1939_FILTER:       SOL_CAN_J1939 1 Array,         Set    Plain Kernel;
    SO_J1939_PROMISC:      SOL_CAN_J1939 2 Exact(&[4]),   GetSet Plain Kernel;
    SO_J1939_SEND_PRIO:    SOL_CAN_J1939 3 Exact(&[4]),   GetSet Plain Within(2, i32::MAX);
    SO_J1939_ERRQUEUE:     SOL_CAN_J1939 4 Exact(&[4]),   GetSet Plain Kernel;
};
