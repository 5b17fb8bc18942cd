//! The names that Python's enumerations have, by number.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

use super::Members;

#[rustfmt::skip]
pub(super) static ADDRESS_FAMILY: Members = &[
    (0, "AF_UNSPEC"),
    (1, "AF_UNIX"),
    (2, "AF_INET"),
    (3, "AF_AX25"),
    (4, "AF_IPX"),
    (5, "AF_APPLETALK"),
    (6, "AF_NETROM"),
    (7, "AF_BRIDGE"),
    (8, "AF_ATMPVC"),
    (9, "AF_X25"),
    (10, "AF_INET6"),
    (11, "AF_ROSE"),
    (12, "AF_DECnet"),
    (13, "AF_NETBEUI"),
    (14, "AF_SECURITY"),
    (15, "AF_KEY"),
    (16, "AF_NETLINK"),
    (16, "AF_ROUTE"),
    (17, "AF_PACKET"),
    (18, "AF_ASH"),
    (19, "AF_ECONET"),
    (20, "AF_ATMSVC"),
    (21, "AF_RDS"),
    (22, "AF_SNA"),
    (23, "AF_IRDA"),
    (24, "AF_PPPOX"),
    (25, "AF_WANPIPE"),
    (26, "AF_LLC"),
    (29, "AF_CAN"),
    (30, "AF_TIPC"),
    (31, "AF_BLUETOOTH"),
    (38, "AF_ALG"),
    (40, "AF_VSOCK"),
    (42, "AF_QIPCRTR"),
];

#[rustfmt::skip]
pub(super) static SOCKET_KIND: Members = &[
    (1, "SOCK_STREAM"),
    (2, "SOCK_DGRAM"),
    (3, "SOCK_RAW"),
    (4, "SOCK_RDM"),
    (5, "SOCK_SEQPACKET"),
    (2048, "SOCK_NONBLOCK"),
    (524288, "SOCK_CLOEXEC"),
];

#[rustfmt::skip]
pub(super) static MSG_FLAG: Members = &[
    (1, "MSG_OOB"),
    (2, "MSG_PEEK"),
    (4, "MSG_DONTROUTE"),
    (8, "MSG_CTRUNC"),
    (32, "MSG_TRUNC"),
    (64, "MSG_DONTWAIT"),
    (128, "MSG_EOR"),
    (256, "MSG_WAITALL"),
    (2048, "MSG_CONFIRM"),
    (8192, "MSG_ERRQUEUE"),
    (16384, "MSG_NOSIGNAL"),
    (32768, "MSG_MORE"),
    (536870912, "MSG_FASTOPEN"),
    (1073741824, "MSG_CMSG_CLOEXEC"),
];

#[rustfmt::skip]
pub(super) static ADDRESS_INFO: Members = &[
    (1, "AI_PASSIVE"),
    (2, "AI_CANONNAME"),
    (4, "AI_NUMERICHOST"),
    (8, "AI_V4MAPPED"),
    (16, "AI_ALL"),
    (32, "AI_ADDRCONFIG"),
    (1024, "AI_NUMERICSERV"),
];
