//! The options that are numbers, each with the socket that has it and two values.

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

// What Python has no name for is in the kernel's headers by this number.
#[rustfmt::skip]
pub(crate) const NUMBERS: &[Number] = &[
    ("SO_REUSEADDR",         On::Tcp,  SOL_SOCKET,   SO_REUSEADDR,       [1, 0]),
    ("SO_BROADCAST",         On::Udp,  SOL_SOCKET,   SO_BROADCAST,       [1, 0]),
    ("SO_KEEPALIVE",         On::Tcp,  SOL_SOCKET,   SO_KEEPALIVE,       [1, 0]),
    ("SO_OOBINLINE",         On::Tcp,  SOL_SOCKET,   SO_OOBINLINE,       [1, 0]),
    ("SO_PASSCRED",          On::Unix, SOL_SOCKET,   SO_PASSCRED,        [1, 0]),
    ("SO_TIMESTAMP",         On::Udp,  SOL_SOCKET,   29,                 [1, 0]),
    ("SO_TIMESTAMPNS",       On::Udp,  SOL_SOCKET,   35,                 [1, 0]),
    ("SO_TIMESTAMPING",      On::Udp,  SOL_SOCKET,   37,                 [0x18, 0]),
    ("SO_RXQ_OVFL",          On::Udp,  SOL_SOCKET,   40,                 [1, 0]),
    ("IP_TTL",               On::Tcp,  IPPROTO_IP,   IP_TTL,             [7, 64]),
    ("IP_RECVOPTS",          On::Udp,  IPPROTO_IP,   IP_RECVOPTS,        [1, 0]),
    ("IP_RECVRETOPTS",       On::Udp,  IPPROTO_IP,   IP_RECVRETOPTS,     [1, 0]),
    ("IP_PKTINFO",           On::Udp,  IPPROTO_IP,   IP_PKTINFO,         [1, 0]),
    ("IP_RECVERR",           On::Udp,  IPPROTO_IP,   IP_RECVERR,         [1, 0]),
    ("IP_RECVTTL",           On::Udp,  IPPROTO_IP,   IP_RECVTTL,         [1, 0]),
    ("IP_RECVTOS",           On::Udp,  IPPROTO_IP,   IP_RECVTOS,         [1, 0]),
    ("IP_RECVORIGDSTADDR",   On::Udp,  IPPROTO_IP,   IP_RECVORIGDSTADDR, [1, 0]),
    ("IPV6_UNICAST_HOPS",    On::Tcp6, IPPROTO_IPV6, IPV6_UNICAST_HOPS,  [7, 64]),
    ("IPV6_RECVERR",         On::Udp6, IPPROTO_IPV6, IPV6_RECVERR,       [1, 0]),
    ("IPV6_V6ONLY",          On::Tcp6, IPPROTO_IPV6, IPV6_V6ONLY,        [1, 0]),
    ("IPV6_RECVPKTINFO",     On::Udp6, IPPROTO_IPV6, IPV6_RECVPKTINFO,   [1, 0]),
    ("IPV6_RECVHOPLIMIT",    On::Udp6, IPPROTO_IPV6, IPV6_RECVHOPLIMIT,  [1, 0]),
    ("IPV6_RECVHOPOPTS",     On::Udp6, IPPROTO_IPV6, IPV6_RECVHOPOPTS,   [1, 0]),
    ("IPV6_RECVRTHDR",       On::Udp6, IPPROTO_IPV6, IPV6_RECVRTHDR,     [1, 0]),
    ("IPV6_RECVDSTOPTS",     On::Udp6, IPPROTO_IPV6, IPV6_RECVDSTOPTS,   [1, 0]),
    ("IPV6_RECVPATHMTU",     On::Udp6, IPPROTO_IPV6, IPV6_RECVPATHMTU,   [1, 0]),
    ("IPV6_RECVTCLASS",      On::Udp6, IPPROTO_IPV6, IPV6_RECVTCLASS,    [1, 0]),
    ("IPV6_RECVORIGDSTADDR", On::Udp6, IPPROTO_IPV6, 74,                 [1, 0]),
    ("TCP_NODELAY",          On::Tcp,  IPPROTO_TCP,  TCP_NODELAY,        [1, 0]),
    ("TCP_KEEPIDLE",         On::Tcp,  IPPROTO_TCP,  TCP_KEEPIDLE,       [60, 7200]),
    ("TCP_KEEPINTVL",        On::Tcp,  IPPROTO_TCP,  TCP_KEEPINTVL,      [5, 75]),
    ("TCP_KEEPCNT",          On::Tcp,  IPPROTO_TCP,  TCP_KEEPCNT,        [3, 9]),
    ("TCP_INQ",              On::Tcp,  IPPROTO_TCP,  TCP_INQ,            [1, 0]),
    ("UDP_SEGMENT",          On::Udp,  IPPROTO_UDP,  103,                [500, 0]),
    ("UDP_GRO",              On::Udp,  IPPROTO_UDP,  104,                [1, 0]),
];

/// Options that another kernel may not have.
#[rustfmt::skip]
pub(crate) const PERHAPS: &[Number] = &[
    ("SO_PASSSEC", On::Unix, SOL_SOCKET, SO_PASSSEC, [1, 0]),
];
