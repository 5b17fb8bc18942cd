//! Address families and socket types.

/// `AF_APPLETALK`: address family.
pub const AF_APPLETALK: i32 = 5;
/// `AF_ASH`: address family.
pub const AF_ASH: i32 = 18;
/// `AF_ATMPVC`: address family.
pub const AF_ATMPVC: i32 = 8;
/// `AF_ATMSVC`: address family.
pub const AF_ATMSVC: i32 = 20;
/// `AF_AX25`: address family.
pub const AF_AX25: i32 = 3;
/// `AF_BRIDGE`: address family.
pub const AF_BRIDGE: i32 = 7;
/// `AF_DECnet`: address family.
pub const AF_DECnet: i32 = 12;
/// `AF_ECONET`: address family.
pub const AF_ECONET: i32 = 19;
/// `AF_INET`: address family.
pub const AF_INET: i32 = 2;
/// `AF_INET6`: address family.
pub const AF_INET6: i32 = 10;
/// `AF_IPX`: address family.
pub const AF_IPX: i32 = 4;
/// `AF_IRDA`: address family.
pub const AF_IRDA: i32 = 23;
/// `AF_KEY`: address family.
pub const AF_KEY: i32 = 15;
/// `AF_LLC`: address family.
pub const AF_LLC: i32 = 26;
/// `AF_NETBEUI`: address family.
pub const AF_NETBEUI: i32 = 13;
/// `AF_NETROM`: address family.
pub const AF_NETROM: i32 = 6;
/// `AF_PPPOX`: address family.
pub const AF_PPPOX: i32 = 24;
/// `AF_ROSE`: address family.
pub const AF_ROSE: i32 = 11;
/// `AF_ROUTE`: address family.
pub const AF_ROUTE: i32 = 16;
/// `AF_SECURITY`: address family.
pub const AF_SECURITY: i32 = 14;
/// `AF_SNA`: address family.
pub const AF_SNA: i32 = 22;
/// `AF_UNIX`: address family.
pub const AF_UNIX: i32 = 1;
/// `AF_UNSPEC`: address family.
pub const AF_UNSPEC: i32 = 0;
/// `AF_WANPIPE`: address family.
pub const AF_WANPIPE: i32 = 25;
/// `AF_X25`: address family.
pub const AF_X25: i32 = 9;

/// `AF_QIPCRTR`: address family.
pub const AF_QIPCRTR: i32 = 42;

/// `IPX_TYPE`: level `SOL_IPX`, int.
pub const IPX_TYPE: i32 = 1;

/// `SOCK_CLOEXEC`: socket type.
pub const SOCK_CLOEXEC: i32 = 524_288;
/// `SOCK_DGRAM`: socket type.
pub const SOCK_DGRAM: i32 = 2;
/// `SOCK_NONBLOCK`: socket type.
pub const SOCK_NONBLOCK: i32 = 2048;
/// `SOCK_RAW`: socket type.
pub const SOCK_RAW: i32 = 3;
/// `SOCK_RDM`: socket type.
pub const SOCK_RDM: i32 = 4;
/// `SOCK_SEQPACKET`: socket type.
pub const SOCK_SEQPACKET: i32 = 5;
/// `SOCK_STREAM`: socket type.
pub const SOCK_STREAM: i32 = 1;
