//! Options and control messages of every socket, option levels, `shutdown` and message flags.

/// `SOL_ATALK`: option level.
pub const SOL_ATALK: i32 = 258;
/// `SOL_AX25`: option level.
pub const SOL_AX25: i32 = 257;
/// `SOL_IP`: option level.
pub const SOL_IP: i32 = 0;
/// `SOL_IPX`: option level.
pub const SOL_IPX: i32 = 256;
/// `SOL_NETROM`: option level.
pub const SOL_NETROM: i32 = 259;
/// `SOL_ROSE`: option level.
pub const SOL_ROSE: i32 = 260;
/// `SOL_SOCKET`: option level.
pub const SOL_SOCKET: i32 = 1;
/// `SOL_TCP`: option level.
pub const SOL_TCP: i32 = 6;
/// `SOL_UDP`: option level.
pub const SOL_UDP: i32 = 17;

/// `SOMAXCONN`: the most connections that may wait.
pub const SOMAXCONN: i32 = 4096;
/// `SO_ACCEPTCONN`: level `SOL_SOCKET`, bool (int).
pub const SO_ACCEPTCONN: i32 = 30;
/// `SO_BINDTODEVICE`: level `SOL_SOCKET`, `string ifname (<IFNAMSIZ=16; empty string unbinds)`.
pub const SO_BINDTODEVICE: i32 = 25;
/// `SO_BINDTOIFINDEX`: level `SOL_SOCKET`, int (ifindex; 0 unbinds).
pub const SO_BINDTOIFINDEX: i32 = 62;
/// `SO_BROADCAST`: level `SOL_SOCKET`, bool (int).
pub const SO_BROADCAST: i32 = 6;
/// `SO_DEBUG`: level `SOL_SOCKET`, bool (int).
pub const SO_DEBUG: i32 = 1;
/// `SO_DOMAIN`: level `SOL_SOCKET`, int (AF_*).
pub const SO_DOMAIN: i32 = 39;
/// `SO_DONTROUTE`: level `SOL_SOCKET`, bool (int).
pub const SO_DONTROUTE: i32 = 5;
/// `SO_ERROR`: level `SOL_SOCKET`, int (errno).
pub const SO_ERROR: i32 = 4;
/// `SO_INCOMING_CPU`: level `SOL_SOCKET`, int (cpu number).
pub const SO_INCOMING_CPU: i32 = 49;
/// `SO_KEEPALIVE`: level `SOL_SOCKET`, bool (int).
pub const SO_KEEPALIVE: i32 = 9;
/// `SO_LINGER`: level `SOL_SOCKET`, bytes `struct linger{int l_onoff;int l_linger(s)} 8B (Windows: 2*u_short 4B)`.
pub const SO_LINGER: i32 = 13;
/// `SO_MARK`: level `SOL_SOCKET`, int (u32).
pub const SO_MARK: i32 = 36;
/// `SO_OOBINLINE`: level `SOL_SOCKET`, bool (int).
pub const SO_OOBINLINE: i32 = 10;
/// `SO_ORIGINAL_DST`: level `SOL_IP`, bytes `struct sockaddr_in 16B (level IPPROTO_IPV6: struct sockaddr_in6 28B)`.
pub const SO_ORIGINAL_DST: i32 = 80;
/// `SO_PASSCRED`: level `SOL_SOCKET`, bool (int).
pub const SO_PASSCRED: i32 = 16;
/// `SO_PASSSEC`: level `SOL_SOCKET`, bool (int).
pub const SO_PASSSEC: i32 = 34;
/// `SO_PEERCRED`: level `SOL_SOCKET`, bytes `struct ucred{i32 pid;u32 uid;u32 gid} 12B (OpenBSD: struct sockpeercred)`.
pub const SO_PEERCRED: i32 = 17;
/// `SO_PEERSEC`: level `SOL_SOCKET`, `string (security context, NUL-terminated)`.
pub const SO_PEERSEC: i32 = 31;
/// `SO_PRIORITY`: level `SOL_SOCKET`, int.
pub const SO_PRIORITY: i32 = 12;
/// `SO_PROTOCOL`: level `SOL_SOCKET`, int (IPPROTO_*).
pub const SO_PROTOCOL: i32 = 38;
/// `SO_RCVBUF`: level `SOL_SOCKET`, int (bytes).
pub const SO_RCVBUF: i32 = 8;
/// `SO_RCVLOWAT`: level `SOL_SOCKET`, int (bytes).
pub const SO_RCVLOWAT: i32 = 18;
/// `SO_RCVTIMEO`: level `SOL_SOCKET`, bytes `struct timeval 16B (Windows: DWORD ms)`.
pub const SO_RCVTIMEO: i32 = 20;
/// `SO_REUSEADDR`: level `SOL_SOCKET`, bool (int).
pub const SO_REUSEADDR: i32 = 2;
/// `SO_REUSEPORT`: level `SOL_SOCKET`, bool (int).
pub const SO_REUSEPORT: i32 = 15;
/// `SO_SNDBUF`: level `SOL_SOCKET`, int (bytes).
pub const SO_SNDBUF: i32 = 7;
/// `SO_SNDLOWAT`: level `SOL_SOCKET`, int (bytes).
pub const SO_SNDLOWAT: i32 = 19;
/// `SO_SNDTIMEO`: level `SOL_SOCKET`, bytes `struct timeval 16B (Windows: DWORD ms)`.
pub const SO_SNDTIMEO: i32 = 21;
/// `SO_TYPE`: level `SOL_SOCKET`, int (SOCK_*).
pub const SO_TYPE: i32 = 3;

/// `SCM_CREDENTIALS`: control message of level `SOL_SOCKET`, `struct ucred 12B`.
pub const SCM_CREDENTIALS: i32 = 2;
/// `SCM_RIGHTS`: control message of level `SOL_SOCKET`, `array of int fds (4B each)`.
pub const SCM_RIGHTS: i32 = 1;

/// `SHUT_RD`: argument of `shutdown`.
pub const SHUT_RD: i32 = 0;
/// `SHUT_RDWR`: argument of `shutdown`.
pub const SHUT_RDWR: i32 = 2;
/// `SHUT_WR`: argument of `shutdown`.
pub const SHUT_WR: i32 = 1;

/// `MSG_CMSG_CLOEXEC`: message flag.
pub const MSG_CMSG_CLOEXEC: i32 = 0x40000000;
/// `MSG_CONFIRM`: message flag.
pub const MSG_CONFIRM: i32 = 2048;
/// `MSG_CTRUNC`: message flag.
pub const MSG_CTRUNC: i32 = 8;
/// `MSG_DONTROUTE`: message flag.
pub const MSG_DONTROUTE: i32 = 4;
/// `MSG_DONTWAIT`: message flag.
pub const MSG_DONTWAIT: i32 = 64;
/// `MSG_EOR`: message flag.
pub const MSG_EOR: i32 = 128;
/// `MSG_ERRQUEUE`: message flag.
pub const MSG_ERRQUEUE: i32 = 8192;
/// `MSG_FASTOPEN`: message flag.
pub const MSG_FASTOPEN: i32 = 0x20000000;
/// `MSG_MORE`: message flag.
pub const MSG_MORE: i32 = 32768;
/// `MSG_NOSIGNAL`: message flag.
pub const MSG_NOSIGNAL: i32 = 16384;
/// `MSG_OOB`: message flag.
pub const MSG_OOB: i32 = 1;
/// `MSG_PEEK`: message flag.
pub const MSG_PEEK: i32 = 2;
/// `MSG_TRUNC`: message flag.
pub const MSG_TRUNC: i32 = 32;
/// `MSG_WAITALL`: message flag.
pub const MSG_WAITALL: i32 = 256;
