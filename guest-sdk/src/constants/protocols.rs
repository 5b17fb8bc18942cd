//! Protocols, ports and addresses of IPv4 and IPv6.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Authentication header.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_AH: i32 = 51;

/// Core-based trees.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_CBT: i32 = 7;

/// IPv6 options for the destination.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_DSTOPTS: i32 = 60;

/// Exterior gateway protocol.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_EGP: i32 = 8;

/// ISO's connectionless protocol.
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_EON: i32 = 80;

/// Encapsulated security payload.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_ESP: i32 = 50;

/// IPv6 fragment header.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_FRAGMENT: i32 = 44;

/// Gateway to gateway.
///
/// On Windows since 3.8.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_GGP: i32 = 3;

/// Generic routing encapsulation.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_GRE: i32 = 47;

/// Hello routing protocol.
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const IPPROTO_HELLO: i32 = 63;

/// IPv6 options for every hop.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_HOPOPTS: i32 = 0;

/// Wideband monitoring.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_ICLFXBM: i32 = 78;

/// ICMP for IPv4.
///
/// Needs the grant `raw icmp`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_ICMP: i32 = 1;

/// ICMP for IPv6.
///
/// Needs the grant `raw icmp6`. On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_ICMPV6: i32 = 58;

/// Xerox's datagrams.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_IDP: i32 = 22;

/// Group management.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_IGMP: i32 = 2;

/// Interior gateway protocol.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_IGP: i32 = 9;

/// IPv4: the level of its options; as a protocol, the default.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_IP: i32 = 0;

/// Compressed payload.
///
/// On macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_IPCOMP: i32 = 108;

/// IPv4 in IP.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_IPIP: i32 = 4;

/// IPv4 in IP.
///
/// On Windows since 3.8.
///
/// On Windows, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_IPV4: i32 = 4;

/// IPv6: the level of its options; as a protocol, IPv6 in IPv4.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_IPV6: i32 = 41;

/// Layer 2 tunnels.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_L2TP: i32 = 115;

/// Mobile IP.
///
/// On FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_MOBILE: i32 = 55;

/// TCP over several paths.
///
/// On Linux; in Python since 3.10.
pub const IPPROTO_MPTCP: i32 = 262;

/// Sun's network disk.
///
/// On Windows since 3.8.
///
/// On Windows, macOS and FreeBSD; in Python since 3.6 or earlier.
pub const IPPROTO_ND: i32 = 77;

/// IPv6: no header follows.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_NONE: i32 = 59;

/// Pragmatic general multicast.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_PGM: i32 = 113;

/// Protocol-independent multicast.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_PIM: i32 = 103;

/// Xerox's universal packets.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_PUP: i32 = 12;

/// Raw packets with their own IP header.
///
/// Needs the grant `raw ip` and `option IP_HDRINCL`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_RAW: i32 = 255;

/// Reliable data protocol.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_RDP: i32 = 27;

/// IPv6 routing header.
///
/// On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_ROUTING: i32 = 43;

/// Resource reservation.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_RSVP: i32 = 46;

/// Stream control transmission.
///
/// Needs the grant `sctp connect` and `sctp listen`. On Windows since 3.8.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_SCTP: i32 = 132;

/// Internet stream protocol.
///
/// On Windows; in Python since 3.8.
pub const IPPROTO_ST: i32 = 5;

/// TCP, and the level of its options.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_TCP: i32 = 6;

/// ISO transport class 4.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPPROTO_TP: i32 = 29;

/// UDP, and the level of its options.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPROTO_UDP: i32 = 17;

/// UDP with partial checksums, and the level of its options.
///
/// On Linux, FreeBSD and OpenBSD; in Python since 3.9.
pub const IPPROTO_UDPLITE: i32 = 136;

/// Virtual routers.
///
/// On NetBSD; in Python since 3.6 or earlier.
pub const IPPROTO_VRRP: i32 = 112;

/// Express transport.
///
/// On macOS and FreeBSD; in Python since 3.6 or earlier.
pub const IPPROTO_XTP: i32 = 36;

/// 224.0.0.1: every host of the network.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_ALLHOSTS_GROUP: u32 = 3758096385;

/// 0.0.0.0: every address of this machine.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_ANY: u32 = 0;

/// 255.255.255.255: every host of the network.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_BROADCAST: u32 = 4294967295;

/// 127.0.0.1: this machine.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_LOOPBACK: u32 = 2130706433;

/// 224.0.0.255: the last multicast group that no router passes on.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_MAX_LOCAL_GROUP: u32 = 3758096639;

/// 255.255.255.255: what C's inet_addr returns for no address.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_NONE: u32 = 4294967295;

/// 224.0.0.0: the first multicast address, of no group.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const INADDR_UNSPEC_GROUP: u32 = 3758096384;

/// The first port that takes no privilege.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPORT_RESERVED: i32 = 1024;

/// The first port that BSD never chose by itself.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPPORT_USERRESERVED: i32 = 5000;
