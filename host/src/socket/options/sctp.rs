//! Options of SCTP (RFC 6458): the numbers are those of linux/sctp.h. What leads to more addresses than those that were
//! judged (`SCTP_SOCKOPT_BINDX_ADD`, `SCTP_SOCKOPT_CONNECTX`, `SCTP_PRIMARY_ADDR`, …), makes sockets (peeling off) or
//! changes who may say so (`SCTP_AUTO_ASCONF`, `SCTP_AUTH_KEY`, …) has no row.

use super::row::Layout::{Int, Struct};
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    SCTP_INITMSG:           IPPROTO_SCTP  2 Struct(&[8]),    GetSet Plain Kernel;
    SCTP_NODELAY:           IPPROTO_SCTP  3 Int,             GetSet Plain Kernel;
    SCTP_AUTOCLOSE:         IPPROTO_SCTP  4 Int,             GetSet Plain Kernel;
    SCTP_DISABLE_FRAGMENTS: IPPROTO_SCTP  8 Int,             GetSet Plain Kernel;
    // The number alone, or an association's id before it.
    SCTP_MAXSEG:            IPPROTO_SCTP 13 Struct(&[4, 8]), GetSet Plain Kernel;
};
