//! Options of netlink sockets: netlink(7). The numbers are those of linux/netlink.h.

use super::row::Layout::{Bytes, Int};
use super::row::Rule::{Kernel, NetlinkGroup};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    NETLINK_ADD_MEMBERSHIP:   SOL_NETLINK  1 Int,   Set    Plain NetlinkGroup;
    NETLINK_DROP_MEMBERSHIP:  SOL_NETLINK  2 Int,   Set    Plain Kernel;
    NETLINK_PKTINFO:          SOL_NETLINK  3 Int,   GetSet Plain Kernel;
    NETLINK_BROADCAST_ERROR:  SOL_NETLINK  4 Int,   GetSet Plain Kernel;
    NETLINK_NO_ENOBUFS:       SOL_NETLINK  5 Int,   GetSet Plain Kernel;
    NETLINK_LIST_MEMBERSHIPS: SOL_NETLINK  9 Bytes, Get    Plain Kernel;
    NETLINK_CAP_ACK:          SOL_NETLINK 10 Int,   GetSet Plain Kernel;
    NETLINK_EXT_ACK:          SOL_NETLINK 11 Int,   GetSet Plain Kernel;
    NETLINK_GET_STRICT_CHK:   SOL_NETLINK 12 Int,   GetSet Plain Kernel;

    => refused:
    NETLINK_LISTEN_ALL_NSID:  SOL_NETLINK  8 EPERM "it hears of other network namespaces, and takes a capability";
};
