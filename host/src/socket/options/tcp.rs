//! Options of TCP: tcp(7). The numbers are those of linux/tcp.h.

use super::row::Layout::Int;
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    TCP_NODELAY:   IPPROTO_TCP  1 Int, GetSet Plain Kernel;
    TCP_KEEPIDLE:  IPPROTO_TCP  4 Int, GetSet Plain Kernel;
    TCP_KEEPINTVL: IPPROTO_TCP  5 Int, GetSet Plain Kernel;
    TCP_KEEPCNT:   IPPROTO_TCP  6 Int, GetSet Plain Kernel;
    TCP_INQ:       IPPROTO_TCP 36 Int, GetSet Plain Kernel;

    => refused:
    TCP_REPAIR:            IPPROTO_TCP 19 EPERM "it rewrites a connection's state, and takes a capability";
    TCP_REPAIR_QUEUE:      IPPROTO_TCP 20 EPERM "a part of TCP_REPAIR";
    TCP_QUEUE_SEQ:         IPPROTO_TCP 21 EPERM "a part of TCP_REPAIR";
    TCP_REPAIR_OPTIONS:    IPPROTO_TCP 22 EPERM "a part of TCP_REPAIR";
    TCP_REPAIR_WINDOW:     IPPROTO_TCP 29 EPERM "a part of TCP_REPAIR";
    TCP_ULP:               IPPROTO_TCP 31 ENOPROTOOPT "it may load a module, and changes what sending means";
    TCP_ZEROCOPY_RECEIVE:  IPPROTO_TCP 35 ENOPROTOOPT "its value has a pointer in it";
};
