//! Options of RDS. The numbers are those of linux/rds.h.
//!
//! What lists the machine's RDS sockets and connections (`RDS_INFO_…`) has no row, nor has the choice of a transport.

use super::row::Layout::{Int, Struct};
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    RDS_CANCEL_SENT_TO:  SOL_RDS 1 Struct(&[16, 28]), Set    Plain Kernel;
    RDS_RECVERR:         SOL_RDS 5 Int,               GetSet Plain Kernel;
    RDS_CONG_MONITOR:    SOL_RDS 6 Int,               Set    Plain Kernel;

    => refused:
    RDS_GET_MR:          SOL_RDS 2 EOPNOTSUPP "it lets others read and write memory of the host's, by its address";
    RDS_FREE_MR:         SOL_RDS 3 EOPNOTSUPP "a part of RDS_GET_MR";
    RDS_GET_MR_FOR_DEST: SOL_RDS 7 EOPNOTSUPP "it lets others read and write memory of the host's, by its address";
};
