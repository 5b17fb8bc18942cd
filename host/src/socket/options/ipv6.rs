//! Options of IPv6: ipv6(7), RFC 3493 and RFC 3542. The numbers are those of linux/in6.h.

use super::row::Layout::Int;
use super::row::Rule::{Family, Kernel};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    IPV6_UNICAST_HOPS:    IPPROTO_IPV6 16 Int, GetSet Plain Kernel;
    IPV6_RECVERR:         IPPROTO_IPV6 25 Int, GetSet Plain Kernel;
    IPV6_V6ONLY:          IPPROTO_IPV6 26 Int, GetSet Plain Family;
    IPV6_RECVPKTINFO:     IPPROTO_IPV6 49 Int, GetSet Plain Kernel;
    IPV6_RECVHOPLIMIT:    IPPROTO_IPV6 51 Int, GetSet Plain Kernel;
    IPV6_RECVHOPOPTS:     IPPROTO_IPV6 53 Int, GetSet Plain Kernel;
    IPV6_RECVRTHDR:       IPPROTO_IPV6 56 Int, GetSet Plain Kernel;
    IPV6_RECVDSTOPTS:     IPPROTO_IPV6 58 Int, GetSet Plain Kernel;
    IPV6_RECVPATHMTU:     IPPROTO_IPV6 60 Int, GetSet Plain Kernel;
    IPV6_RECVTCLASS:      IPPROTO_IPV6 66 Int, GetSet Plain Kernel;
    IPV6_RECVORIGDSTADDR: IPPROTO_IPV6 74 Int, GetSet Plain Kernel;
};
