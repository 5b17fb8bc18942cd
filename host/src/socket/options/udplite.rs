//! Options of UDP-Lite: udplite(7). The numbers are those of linux/udp.h.

use super::row::Layout::Int;
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    UDPLITE_SEND_CSCOV: IPPROTO_UDPLITE 10 Int, GetSet Plain Kernel;
    UDPLITE_RECV_CSCOV: IPPROTO_UDPLITE 11 Int, GetSet Plain Kernel;
};
