//! Options of raw sockets: raw(7), icmp(7), RFC 3542. The numbers are those of linux/in.h, in6.h, icmp.h, icmpv6.h.

use super::row::Layout::{IntOrByte, Struct};
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    IP_HDRINCL:    IPPROTO_IP     3 IntOrByte,      GetSet Granted Kernel;
    ICMP_FILTER:   IPPROTO_RAW    1 Struct(&[4]),   GetSet Plain   Kernel;
    ICMP6_FILTER:  IPPROTO_ICMPV6 1 Struct(&[32]),  GetSet Plain   Kernel;
};
