//! Options of IPv4: ip(7). The numbers are those of linux/in.h.

use super::row::Layout::IntOrByte;
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    IP_TTL:             IPPROTO_IP  2 IntOrByte, GetSet Plain Kernel;
    IP_RECVOPTS:        IPPROTO_IP  6 IntOrByte, GetSet Plain Kernel;
    // IP_RETOPTS, the message's name, is the same number.
    IP_RECVRETOPTS:     IPPROTO_IP  7 IntOrByte, GetSet Plain Kernel;
    IP_PKTINFO:         IPPROTO_IP  8 IntOrByte, GetSet Plain Kernel;
    IP_RECVERR:         IPPROTO_IP 11 IntOrByte, GetSet Plain Kernel;
    IP_RECVTTL:         IPPROTO_IP 12 IntOrByte, GetSet Plain Kernel;
    IP_RECVTOS:         IPPROTO_IP 13 IntOrByte, GetSet Plain Kernel;
    IP_RECVORIGDSTADDR: IPPROTO_IP 20 IntOrByte, GetSet Plain Kernel;
};
