//! The options that are numbers, each with the socket that has it and two values; and those that take a grant.

use wallsocket::*;

/// Which socket has the option.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    Tcp,
    Tcp6,
    Udp,
    Udp6,
    /// One of a connected pair.
    Unix,
}

impl On {
    pub(crate) fn make(self) -> Socket {
        let made = match self {
            On::Tcp => socket(AF_INET, SOCK_STREAM, 0),
            On::Tcp6 => socket(AF_INET6, SOCK_STREAM, 0),
            On::Udp => socket(AF_INET, SOCK_DGRAM, 0),
            On::Udp6 => socket(AF_INET6, SOCK_DGRAM, 0),
            On::Unix => socketpair(AF_UNIX, SOCK_STREAM, 0).map(|pair| pair.0),
        };
        made.expect("a socket needs no grant")
    }
}

/// Name, socket, level, number, and two values to set one after the other.
pub(crate) type Number = (&'static str, On, i32, i32, [i32; 2]);

/// An interface's index as `IP_UNICAST_IF` takes it: in network byte order. 1 is loopback.
const LOOPBACK: i32 = 1i32.to_be();

#[rustfmt::skip]
pub(crate) const NUMBERS: &[Number] = &[
    ("SO_REUSEADDR",             On::Tcp,  SOL_SOCKET,   SO_REUSEADDR,             [1, 0]),
    ("SO_BROADCAST",             On::Udp,  SOL_SOCKET,   SO_BROADCAST,             [1, 0]),
    ("SO_KEEPALIVE",             On::Tcp,  SOL_SOCKET,   SO_KEEPALIVE,             [1, 0]),
    ("SO_OOBINLINE",             On::Tcp,  SOL_SOCKET,   SO_OOBINLINE,             [1, 0]),
    ("SO_PRIORITY",              On::Tcp,  SOL_SOCKET,   SO_PRIORITY,              [6, 0]),
    ("SO_PASSCRED",              On::Unix, SOL_SOCKET,   SO_PASSCRED,              [1, 0]),
    ("SO_RCVLOWAT",              On::Tcp,  SOL_SOCKET,   SO_RCVLOWAT,              [100, 1]),
    ("SO_TIMESTAMP",             On::Udp,  SOL_SOCKET,   SO_TIMESTAMP,             [1, 0]),
    ("SO_TIMESTAMPNS",           On::Udp,  SOL_SOCKET,   SO_TIMESTAMPNS,           [1, 0]),
    ("SO_TIMESTAMPING",          On::Udp,  SOL_SOCKET,   SO_TIMESTAMPING,          [0x18, 0]),
    ("SO_RXQ_OVFL",              On::Udp,  SOL_SOCKET,   SO_RXQ_OVFL,              [1, 0]),
    ("SO_INCOMING_CPU",          On::Udp,  SOL_SOCKET,   SO_INCOMING_CPU,          [1, 0]),
    ("IP_TOS",                   On::Udp,  IPPROTO_IP,   IP_TOS,                   [0x10, 0xb8]),
    ("IP_TTL",                   On::Tcp,  IPPROTO_IP,   IP_TTL,                   [7, 64]),
    ("IP_RECVOPTS",              On::Udp,  IPPROTO_IP,   IP_RECVOPTS,              [1, 0]),
    ("IP_RECVRETOPTS",           On::Udp,  IPPROTO_IP,   IP_RECVRETOPTS,           [1, 0]),
    ("IP_PKTINFO",               On::Udp,  IPPROTO_IP,   IP_PKTINFO,               [1, 0]),
    ("IP_MTU_DISCOVER",          On::Udp,  IPPROTO_IP,   IP_MTU_DISCOVER,          [2, 0]),
    ("IP_RECVERR",               On::Udp,  IPPROTO_IP,   IP_RECVERR,               [1, 0]),
    ("IP_RECVTTL",               On::Udp,  IPPROTO_IP,   IP_RECVTTL,               [1, 0]),
    ("IP_RECVTOS",               On::Udp,  IPPROTO_IP,   IP_RECVTOS,               [1, 0]),
    ("IP_RECVORIGDSTADDR",       On::Udp,  IPPROTO_IP,   IP_RECVORIGDSTADDR,       [1, 0]),
    ("IP_BIND_ADDRESS_NO_PORT",  On::Tcp,  IPPROTO_IP,   IP_BIND_ADDRESS_NO_PORT,  [1, 0]),
    ("IP_RECVERR_RFC4884",       On::Udp,  IPPROTO_IP,   IP_RECVERR_RFC4884,       [1, 0]),
    ("IP_MULTICAST_TTL",         On::Udp,  IPPROTO_IP,   IP_MULTICAST_TTL,         [5, 1]),
    ("IP_MULTICAST_LOOP",        On::Udp,  IPPROTO_IP,   IP_MULTICAST_LOOP,        [0, 1]),
    ("IPV6_UNICAST_HOPS",        On::Tcp6, IPPROTO_IPV6, IPV6_UNICAST_HOPS,        [7, 64]),
    ("IPV6_MULTICAST_IF",        On::Udp6, IPPROTO_IPV6, IPV6_MULTICAST_IF,        [1, 0]),
    ("IPV6_MULTICAST_HOPS",      On::Udp6, IPPROTO_IPV6, IPV6_MULTICAST_HOPS,      [5, 1]),
    ("IPV6_MULTICAST_LOOP",      On::Udp6, IPPROTO_IPV6, IPV6_MULTICAST_LOOP,      [0, 1]),
    ("IPV6_MTU_DISCOVER",        On::Udp6, IPPROTO_IPV6, IPV6_MTU_DISCOVER,        [2, 0]),
    ("IPV6_RECVERR",             On::Udp6, IPPROTO_IPV6, IPV6_RECVERR,             [1, 0]),
    ("IPV6_V6ONLY",              On::Tcp6, IPPROTO_IPV6, IPV6_V6ONLY,              [1, 0]),
    ("IPV6_RECVERR_RFC4884",     On::Udp6, IPPROTO_IPV6, IPV6_RECVERR_RFC4884,     [1, 0]),
    ("IPV6_RECVPKTINFO",         On::Udp6, IPPROTO_IPV6, IPV6_RECVPKTINFO,         [1, 0]),
    ("IPV6_RECVHOPLIMIT",        On::Udp6, IPPROTO_IPV6, IPV6_RECVHOPLIMIT,        [1, 0]),
    ("IPV6_RECVHOPOPTS",         On::Udp6, IPPROTO_IPV6, IPV6_RECVHOPOPTS,         [1, 0]),
    ("IPV6_RECVRTHDR",           On::Udp6, IPPROTO_IPV6, IPV6_RECVRTHDR,           [1, 0]),
    ("IPV6_RECVDSTOPTS",         On::Udp6, IPPROTO_IPV6, IPV6_RECVDSTOPTS,         [1, 0]),
    ("IPV6_RECVPATHMTU",         On::Udp6, IPPROTO_IPV6, IPV6_RECVPATHMTU,         [1, 0]),
    ("IPV6_DONTFRAG",            On::Udp6, IPPROTO_IPV6, IPV6_DONTFRAG,            [1, 0]),
    ("IPV6_RECVTCLASS",          On::Udp6, IPPROTO_IPV6, IPV6_RECVTCLASS,          [1, 0]),
    ("IPV6_TCLASS",              On::Udp6, IPPROTO_IPV6, IPV6_TCLASS,              [0x10, 0]),
    ("IPV6_RECVORIGDSTADDR",     On::Udp6, IPPROTO_IPV6, IPV6_RECVORIGDSTADDR,     [1, 0]),
    ("TCP_NODELAY",              On::Tcp,  IPPROTO_TCP,  TCP_NODELAY,              [1, 0]),
    ("TCP_MAXSEG",               On::Tcp,  IPPROTO_TCP,  TCP_MAXSEG,               [1000, 500]),
    ("TCP_CORK",                 On::Tcp,  IPPROTO_TCP,  TCP_CORK,                 [1, 0]),
    ("TCP_KEEPIDLE",             On::Tcp,  IPPROTO_TCP,  TCP_KEEPIDLE,             [60, 7200]),
    ("TCP_KEEPINTVL",            On::Tcp,  IPPROTO_TCP,  TCP_KEEPINTVL,            [5, 75]),
    ("TCP_KEEPCNT",              On::Tcp,  IPPROTO_TCP,  TCP_KEEPCNT,              [3, 9]),
    ("TCP_SYNCNT",               On::Tcp,  IPPROTO_TCP,  TCP_SYNCNT,               [3, 5]),
    ("TCP_LINGER2",              On::Tcp,  IPPROTO_TCP,  TCP_LINGER2,              [30, 60]),
    // In seconds, which the kernel counts in retransmissions: after 1, 3 and 7 of them.
    ("TCP_DEFER_ACCEPT",         On::Tcp,  IPPROTO_TCP,  TCP_DEFER_ACCEPT,         [7, 0]),
    ("TCP_WINDOW_CLAMP",         On::Tcp,  IPPROTO_TCP,  TCP_WINDOW_CLAMP,         [30_000, 20_000]),
    ("TCP_QUICKACK",             On::Tcp,  IPPROTO_TCP,  TCP_QUICKACK,             [0, 1]),
    ("TCP_THIN_LINEAR_TIMEOUTS", On::Tcp,  IPPROTO_TCP,  TCP_THIN_LINEAR_TIMEOUTS, [1, 0]),
    ("TCP_USER_TIMEOUT",         On::Tcp,  IPPROTO_TCP,  TCP_USER_TIMEOUT,         [5000, 0]),
    ("TCP_FASTOPEN",             On::Tcp,  IPPROTO_TCP,  TCP_FASTOPEN,             [5, 0]),
    ("TCP_NOTSENT_LOWAT",        On::Tcp,  IPPROTO_TCP,  TCP_NOTSENT_LOWAT,        [1000, 0]),
    ("TCP_SAVE_SYN",             On::Tcp,  IPPROTO_TCP,  TCP_SAVE_SYN,             [1, 0]),
    ("TCP_FASTOPEN_CONNECT",     On::Tcp,  IPPROTO_TCP,  TCP_FASTOPEN_CONNECT,     [1, 0]),
    ("TCP_FASTOPEN_NO_COOKIE",   On::Tcp,  IPPROTO_TCP,  TCP_FASTOPEN_NO_COOKIE,   [1, 0]),
    ("TCP_INQ",                  On::Tcp,  IPPROTO_TCP,  TCP_INQ,                  [1, 0]),
    ("UDP_SEGMENT",              On::Udp,  IPPROTO_UDP,  UDP_SEGMENT,              [500, 0]),
    ("UDP_GRO",                  On::Udp,  IPPROTO_UDP,  UDP_GRO,                  [1, 0]),
];

/// Those that take a grant of their name.
#[rustfmt::skip]
pub(crate) const GRANTED: &[Number] = &[
    ("SO_DEBUG",           On::Tcp,  SOL_SOCKET,   SO_DEBUG,           [1, 0]),
    ("SO_DONTROUTE",       On::Udp,  SOL_SOCKET,   SO_DONTROUTE,       [1, 0]),
    ("SO_PASSSEC",         On::Unix, SOL_SOCKET,   SO_PASSSEC,         [1, 0]),
    ("SO_MARK",            On::Udp,  SOL_SOCKET,   SO_MARK,            [7, 0]),
    ("SO_BINDTOIFINDEX",   On::Udp,  SOL_SOCKET,   SO_BINDTOIFINDEX,   [1, 0]),
    ("IP_FREEBIND",        On::Tcp,  IPPROTO_IP,   IP_FREEBIND,        [1, 0]),
    ("IP_TRANSPARENT",     On::Tcp,  IPPROTO_IP,   IP_TRANSPARENT,     [1, 0]),
    ("IP_UNICAST_IF",      On::Udp,  IPPROTO_IP,   IP_UNICAST_IF,      [LOOPBACK, 0]),
    ("IPV6_TRANSPARENT",   On::Tcp6, IPPROTO_IPV6, IPV6_TRANSPARENT,   [1, 0]),
    ("IPV6_UNICAST_IF",    On::Udp6, IPPROTO_IPV6, IPV6_UNICAST_IF,    [LOOPBACK, 0]),
    ("IPV6_FREEBIND",      On::Tcp6, IPPROTO_IPV6, IPV6_FREEBIND,      [1, 0]),
    ("TCP_TX_DELAY",       On::Tcp,  IPPROTO_TCP,  TCP_TX_DELAY,       [1000, 0]),
];

/// Those that a grant is needed for only with some values: shared ports and groups, queues of the machine's own, and
/// hardware addresses.
#[rustfmt::skip]
pub(crate) const PARTLY_GRANTED: &[Number] = &[
    ("SO_REUSEADDR",       On::Udp,  SOL_SOCKET,   SO_REUSEADDR,       [1, 0]),
    ("SO_REUSEADDR",       On::Udp6, SOL_SOCKET,   SO_REUSEADDR,       [1, 0]),
    ("SO_REUSEPORT",       On::Tcp,  SOL_SOCKET,   SO_REUSEPORT,       [1, 0]),
    ("SO_REUSEPORT",       On::Udp,  SOL_SOCKET,   SO_REUSEPORT,       [1, 0]),
    ("SO_REUSEPORT",       On::Tcp6, SOL_SOCKET,   SO_REUSEPORT,       [1, 0]),
    ("SO_PRIORITY",        On::Tcp,  SOL_SOCKET,   SO_PRIORITY,        [7, 0]),
    ("IP_MULTICAST_ALL",   On::Udp,  IPPROTO_IP,   IP_MULTICAST_ALL,   [1, 0]),
    ("IPV6_MULTICAST_ALL", On::Udp6, IPPROTO_IPV6, IPV6_MULTICAST_ALL, [1, 0]),
    ("TCP_SAVE_SYN",       On::Tcp,  IPPROTO_TCP,  TCP_SAVE_SYN,       [2, 1]),
];

/// Name, socket, level, number, and a value.
pub(crate) type Bytes = (&'static str, On, i32, i32, &'static [u8]);

/// An extension header of IPv6 with padding alone, as long as that.
const PADDING: &[u8] = &[0, 0, 1, 4, 0, 0, 0, 0];

/// Bytes that take a grant of their option's name.
#[rustfmt::skip]
pub(crate) const GRANTED_BYTES: &[Bytes] = &[
    ("SO_BINDTODEVICE",   On::Udp,  SOL_SOCKET,   SO_BINDTODEVICE,   b"lo\0"),
    // A record of the route, for two hops, and no more.
    ("IP_OPTIONS",        On::Udp,  IPPROTO_IP,   IP_OPTIONS,        &[7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ("IPV6_HOPOPTS",      On::Udp6, IPPROTO_IPV6, IPV6_HOPOPTS,      PADDING),
    ("IPV6_RTHDRDSTOPTS", On::Udp6, IPPROTO_IPV6, IPV6_RTHDRDSTOPTS, PADDING),
    ("IPV6_DSTOPTS",      On::Udp6, IPPROTO_IPV6, IPV6_DSTOPTS,      PADDING),
    ("TCP_FASTOPEN_KEY",  On::Tcp,  IPPROTO_TCP,  TCP_FASTOPEN_KEY,  b"0123456789abcdef"),
];
