//! Options of TIPC. The numbers are those of linux/tipc.h.
//!
//! Those of its groups have no row: joining one would be a bind, and whom a group sends to is no address of a call.

use super::row::Layout::Int;
use super::row::Rule::{Kernel, Only};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    TIPC_IMPORTANCE:     SOL_TIPC 127 Int, GetSet Plain Only(0, 3);
    TIPC_SRC_DROPPABLE:  SOL_TIPC 128 Int, GetSet Plain Kernel;
    TIPC_DEST_DROPPABLE: SOL_TIPC 129 Int, GetSet Plain Kernel;
    TIPC_CONN_TIMEOUT:   SOL_TIPC 130 Int, GetSet Plain Kernel;
};
