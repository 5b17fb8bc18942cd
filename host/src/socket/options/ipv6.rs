//! Options of IPv6: ipv6(7), RFC 3493 and RFC 3542. The numbers are those of linux/in6.h, and one of
//! linux/netfilter_ipv6/ip6_tables.h.

use super::group::Membership::{Any6, V6};
use super::ip::{GROUP, GROUP_SOURCE};
use super::route::Header::{Extension, Routing};
use super::row::Layout::{Bytes, Exact, Int, Struct};
use super::row::Rule::{Family, Join, Kernel, Leave, Route, Source, Within};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    // Of raw sockets.
    IPV6_CHECKSUM:                 IPPROTO_IPV6  7 Int,                  GetSet Plain   Kernel;
    IPV6_UNICAST_HOPS:             IPPROTO_IPV6 16 Int,                  GetSet Plain   Kernel;
    IPV6_MULTICAST_IF:             IPPROTO_IPV6 17 Int,                  GetSet Plain   Kernel;
    IPV6_MULTICAST_HOPS:           IPPROTO_IPV6 18 Int,                  GetSet Plain   Kernel;
    IPV6_MULTICAST_LOOP:           IPPROTO_IPV6 19 Int,                  GetSet Plain   Kernel;
    IPV6_JOIN_GROUP:               IPPROTO_IPV6 20 Struct(&[20]),        Set    Plain   Join(V6);
    IPV6_LEAVE_GROUP:              IPPROTO_IPV6 21 Struct(&[20]),        Set    Plain   Leave;
    IPV6_MTU_DISCOVER:             IPPROTO_IPV6 23 Int,                  GetSet Plain   Kernel;
    IPV6_MTU:                      IPPROTO_IPV6 24 Int,                  GetSet Plain   Kernel;
    IPV6_RECVERR:                  IPPROTO_IPV6 25 Int,                  GetSet Plain   Kernel;
    IPV6_V6ONLY:                   IPPROTO_IPV6 26 Int,                  GetSet Plain   Family;
    // On, a socket would hear the groups that others have joined; the host makes it with that off.
    IPV6_MULTICAST_ALL:            IPPROTO_IPV6 29 Int,                  GetSet Plain   Within(0, 0);
    IPV6_RECVERR_RFC4884:          IPPROTO_IPV6 31 Int,                  GetSet Plain   Kernel;
    MCAST_JOIN_GROUP:              IPPROTO_IPV6 42 Struct(GROUP),        Set    Plain   Join(Any6);
    MCAST_BLOCK_SOURCE:            IPPROTO_IPV6 43 Struct(GROUP_SOURCE), Set    Plain   Join(Any6);
    MCAST_UNBLOCK_SOURCE:          IPPROTO_IPV6 44 Struct(GROUP_SOURCE), Set    Plain   Join(Any6);
    MCAST_LEAVE_GROUP:             IPPROTO_IPV6 45 Struct(GROUP),        Set    Plain   Leave;
    MCAST_JOIN_SOURCE_GROUP:       IPPROTO_IPV6 46 Struct(GROUP_SOURCE), Set    Plain   Join(Any6);
    MCAST_LEAVE_SOURCE_GROUP:      IPPROTO_IPV6 47 Struct(GROUP_SOURCE), Set    Plain   Leave;
    IPV6_RECVPKTINFO:              IPPROTO_IPV6 49 Int,                  GetSet Plain   Kernel;
    // A source address and an interface for what is sent.
    IPV6_PKTINFO:                  IPPROTO_IPV6 50 Struct(&[20]),        Set    Granted Source;
    IPV6_RECVHOPLIMIT:             IPPROTO_IPV6 51 Int,                  GetSet Plain   Kernel;
    IPV6_RECVHOPOPTS:              IPPROTO_IPV6 53 Int,                  GetSet Plain   Kernel;
    IPV6_HOPOPTS:                  IPPROTO_IPV6 54 Bytes,                GetSet Granted Route(Extension);
    IPV6_RTHDRDSTOPTS:             IPPROTO_IPV6 55 Bytes,                GetSet Granted Route(Extension);
    IPV6_RECVRTHDR:                IPPROTO_IPV6 56 Int,                  GetSet Plain   Kernel;
    IPV6_RTHDR:                    IPPROTO_IPV6 57 Bytes,                GetSet Granted Route(Routing);
    IPV6_RECVDSTOPTS:              IPPROTO_IPV6 58 Int,                  GetSet Plain   Kernel;
    IPV6_DSTOPTS:                  IPPROTO_IPV6 59 Bytes,                GetSet Granted Route(Extension);
    IPV6_RECVPATHMTU:              IPPROTO_IPV6 60 Int,                  GetSet Plain   Kernel;
    IPV6_PATHMTU:                  IPPROTO_IPV6 61 Struct(&[32]),        Get    Plain   Kernel;
    IPV6_DONTFRAG:                 IPPROTO_IPV6 62 Int,                  GetSet Plain   Kernel;
    IPV6_RECVTCLASS:               IPPROTO_IPV6 66 Int,                  GetSet Plain   Kernel;
    IPV6_TCLASS:                   IPPROTO_IPV6 67 Int,                  GetSet Plain   Kernel;
    IPV6_RECVORIGDSTADDR:          IPPROTO_IPV6 74 Int,                  GetSet Plain   Kernel;
    IPV6_TRANSPARENT:              IPPROTO_IPV6 75 Int,                  GetSet Granted Kernel;
    IPV6_UNICAST_IF:               IPPROTO_IPV6 76 Exact(&[4]),          GetSet Granted Kernel;
    IPV6_FREEBIND:                 IPPROTO_IPV6 78 Int,                  GetSet Granted Kernel;
    SO_ORIGINAL_DST:               IPPROTO_IPV6 80 Struct(&[28]),        Get    Plain   Kernel;

    => refused:
    IPV6_ADDRFORM:                 IPPROTO_IPV6  1 EPERM       "it turns the socket into one of IPv4 after its address was judged";
    IPV6_NEXTHOP:                  IPPROTO_IPV6  9 ENOPROTOOPT "Linux doesn't have it either";
    IPV6_JOIN_ANYCAST:             IPPROTO_IPV6 27 EPERM       "it gives this machine an address";
    IPV6_LEAVE_ANYCAST:            IPPROTO_IPV6 28 EPERM       "it takes an address from this machine";
    IPV6_IPSEC_POLICY:             IPPROTO_IPV6 34 EPERM       "it sets aside the machine's IPsec policy";
    IPV6_XFRM_POLICY:              IPPROTO_IPV6 35 EPERM       "it sets aside the machine's IPsec policy";
};
