//! Options of UDP: udp(7). The numbers are those of linux/udp.h.

use super::row::Layout::Int;
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    UDP_SEGMENT: IPPROTO_UDP 103 Int, GetSet Plain Kernel;
    UDP_GRO:     IPPROTO_UDP 104 Int, GetSet Plain Kernel;

    => refused:
    UDP_ENCAP:   IPPROTO_UDP 100 ENOPROTOOPT "it hands the socket's datagrams to the kernel's own protocols";
};
