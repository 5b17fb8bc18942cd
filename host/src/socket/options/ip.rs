//! Options of IPv4: ip(7). The numbers are those of linux/in.h, and one of linux/netfilter_ipv4.h.

use super::group::Membership::{Any4, V4};
use super::route::Header::Options;
use super::row::Layout::{Bytes, Exact, IntOrByte, Struct};
use super::row::Rule::{Join, Kernel, Leave, MulticastInterface, Route, Within};
use super::row::{Row, rows};

/// `struct group_req` and `struct group_source_req` (RFC 3678).
pub(super) const GROUP: &[usize] = &[136];
pub(super) const GROUP_SOURCE: &[usize] = &[264];

// Granted is what picks the way of packets past the machine's routes, and what takes addresses that it hasn't got.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    IP_TOS:                    IPPROTO_IP  1 IntOrByte,            GetSet Plain   Kernel;
    IP_TTL:                    IPPROTO_IP  2 IntOrByte,            GetSet Plain   Kernel;
    IP_OPTIONS:                IPPROTO_IP  4 Bytes,                GetSet Granted Route(Options);
    IP_RECVOPTS:               IPPROTO_IP  6 IntOrByte,            GetSet Plain   Kernel;
    // IP_RETOPTS, the message's name, is the same number.
    IP_RECVRETOPTS:            IPPROTO_IP  7 IntOrByte,            GetSet Plain   Kernel;
    IP_PKTINFO:                IPPROTO_IP  8 IntOrByte,            GetSet Plain   Kernel;
    IP_MTU_DISCOVER:           IPPROTO_IP 10 IntOrByte,            GetSet Plain   Kernel;
    IP_RECVERR:                IPPROTO_IP 11 IntOrByte,            GetSet Plain   Kernel;
    IP_RECVTTL:                IPPROTO_IP 12 IntOrByte,            GetSet Plain   Kernel;
    IP_RECVTOS:                IPPROTO_IP 13 IntOrByte,            GetSet Plain   Kernel;
    IP_MTU:                    IPPROTO_IP 14 IntOrByte,            Get    Plain   Kernel;
    IP_FREEBIND:               IPPROTO_IP 15 IntOrByte,            GetSet Granted Kernel;
    IP_TRANSPARENT:            IPPROTO_IP 19 IntOrByte,            GetSet Granted Kernel;
    IP_RECVORIGDSTADDR:        IPPROTO_IP 20 IntOrByte,            GetSet Plain   Kernel;
    IP_BIND_ADDRESS_NO_PORT:   IPPROTO_IP 24 IntOrByte,            GetSet Plain   Kernel;
    IP_RECVERR_RFC4884:        IPPROTO_IP 26 IntOrByte,            GetSet Plain   Kernel;
    IP_MULTICAST_IF:           IPPROTO_IP 32 Struct(&[4, 8, 12]),  GetSet Plain   MulticastInterface;
    IP_MULTICAST_TTL:          IPPROTO_IP 33 IntOrByte,            GetSet Plain   Kernel;
    IP_MULTICAST_LOOP:         IPPROTO_IP 34 IntOrByte,            GetSet Plain   Kernel;
    IP_ADD_MEMBERSHIP:         IPPROTO_IP 35 Struct(&[8, 12]),     Set    Plain   Join(V4);
    IP_DROP_MEMBERSHIP:        IPPROTO_IP 36 Struct(&[8, 12]),     Set    Plain   Leave;
    IP_UNBLOCK_SOURCE:         IPPROTO_IP 37 Exact(&[12]),         Set    Plain   Join(V4);
    IP_BLOCK_SOURCE:           IPPROTO_IP 38 Exact(&[12]),         Set    Plain   Join(V4);
    IP_ADD_SOURCE_MEMBERSHIP:  IPPROTO_IP 39 Exact(&[12]),         Set    Plain   Join(V4);
    IP_DROP_SOURCE_MEMBERSHIP: IPPROTO_IP 40 Exact(&[12]),         Set    Plain   Leave;
    MCAST_JOIN_GROUP:          IPPROTO_IP 42 Struct(GROUP),        Set    Plain   Join(Any4);
    MCAST_BLOCK_SOURCE:        IPPROTO_IP 43 Exact(GROUP_SOURCE),  Set    Plain   Join(Any4);
    MCAST_UNBLOCK_SOURCE:      IPPROTO_IP 44 Exact(GROUP_SOURCE),  Set    Plain   Join(Any4);
    MCAST_LEAVE_GROUP:         IPPROTO_IP 45 Struct(GROUP),        Set    Plain   Leave;
    MCAST_JOIN_SOURCE_GROUP:   IPPROTO_IP 46 Exact(GROUP_SOURCE),  Set    Plain   Join(Any4);
    MCAST_LEAVE_SOURCE_GROUP:  IPPROTO_IP 47 Exact(GROUP_SOURCE),  Set    Plain   Leave;
    // On, a socket would hear the groups that others have joined; the host makes it with that off.
    IP_MULTICAST_ALL:          IPPROTO_IP 49 IntOrByte,            GetSet Plain   Within(0, 0);
    IP_UNICAST_IF:             IPPROTO_IP 50 Exact(&[4]),          GetSet Granted Kernel;
    SO_ORIGINAL_DST:           IPPROTO_IP 80 Struct(&[16]),        Get    Plain   Kernel;

    => refused:
    IP_ROUTER_ALERT:           IPPROTO_IP  5 ENOPROTOOPT "it takes the packets of the machine's routing";
    IP_IPSEC_POLICY:           IPPROTO_IP 16 EPERM       "it sets aside the machine's IPsec policy";
    IP_XFRM_POLICY:            IPPROTO_IP 17 EPERM       "it sets aside the machine's IPsec policy";
};
