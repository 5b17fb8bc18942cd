//! Options and control messages of IPv4.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Join a multicast group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreqn{in_addr multiaddr;in_addr address;int ifindex} 12B or struct ip_mreq 8B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_ADD_MEMBERSHIP: i32 = 35;

/// Join a multicast group for one sender.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source{in_addr multiaddr;in_addr interface;in_addr sourceaddr} 12B (Linux member order)`.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.12.
pub const IP_ADD_SOURCE_MEMBERSHIP: i32 = 39;

/// Let bind leave the port open until connect.
///
/// An option of level `IPPROTO_IP`: `bool`.
///
/// On Linux; in Python since 3.11.
pub const IP_BIND_ADDRESS_NO_PORT: i32 = 24;

/// Stop hearing one sender of a group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source 12B`.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.12.
pub const IP_BLOCK_SOURCE: i32 = 38;

/// What `IP_MULTICAST_LOOP` begins with.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_DEFAULT_MULTICAST_LOOP: i32 = 1;

/// What `IP_MULTICAST_TTL` begins with.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_DEFAULT_MULTICAST_TTL: i32 = 1;

/// Leave a multicast group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreqn 12B or struct ip_mreq 8B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_DROP_MEMBERSHIP: i32 = 36;

/// Leave a multicast group for one sender.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source 12B`.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.12.
pub const IP_DROP_SOURCE_MEMBERSHIP: i32 = 40;

/// Bind to addresses that the machine doesn't have.
///
/// An option of level `IPPROTO_IP`: `bool`. Needs the grant `option IP_FREEBIND`.
///
/// On Linux; in Python since 3.14.
pub const IP_FREEBIND: i32 = 15;

/// A raw socket's data begins with the IP header.
///
/// An option of level `IPPROTO_IP`: `bool`. Needs the grant `option IP_HDRINCL`. `SOCK_RAW` only.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_HDRINCL: i32 = 3;

/// How many groups a socket may join at first.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_MAX_MEMBERSHIPS: i32 = 20;

/// Interface that multicasts leave by.
///
/// An option of level `IPPROTO_IP`: `in_addr 4B or struct ip_mreq 8B or struct ip_mreqn 12B; get: in_addr 4B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_MULTICAST_IF: i32 = 32;

/// Whether this machine hears its own multicasts.
///
/// An option of level `IPPROTO_IP`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_MULTICAST_LOOP: i32 = 34;

/// How far multicasts go.
///
/// An option of level `IPPROTO_IP`: `int (or u8 1B; 0..255)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_MULTICAST_TTL: i32 = 33;

/// IP options of each packet sent.
///
/// An option of level `IPPROTO_IP`: `raw IP options 0..40B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_OPTIONS: i32 = 4;

/// Which interface and address a datagram came to.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`: `struct in_pktinfo{int ifindex;in_addr spec_dst;in_addr addr} 12B`.
///
/// On Linux, Windows, macOS and NetBSD; in Python since 3.12.
pub const IP_PKTINFO: i32 = 8;

/// Keep the network's errors in an error queue.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`: `struct sock_extended_err 16B and offender sockaddr_in 16B`.
///
/// On Linux and Windows; in Python since 3.14.
pub const IP_RECVERR: i32 = 11;

/// Receive the IP options of each datagram.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`: `raw IP options`.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_RECVOPTS: i32 = 6;

/// Receive where a datagram went before the firewall redirected it.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`, type `IP_ORIGDSTADDR`: `struct sockaddr_in 16B`.
///
/// On Linux and FreeBSD; in Python since 3.14.
#[doc(alias = "IP_ORIGDSTADDR")]
pub const IP_RECVORIGDSTADDR: i32 = 20;

/// Receive the IP options as they would go back.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`, type `IP_RETOPTS`: `reversed IP options (Linux: same number as IP_RETOPTS)`.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_RECVRETOPTS: i32 = 7;

/// Receive the type of service of each datagram.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`, type `IP_TOS`: `u8 1B`.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.10.
pub const IP_RECVTOS: i32 = 13;

/// Receive the time to live of each datagram.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`, type `IP_TTL`: `int 4B`.
///
/// Everywhere; in Python since 3.14.
pub const IP_RECVTTL: i32 = 12;

/// IP options as they would go back; on Linux the same as `IP_RECVRETOPTS`.
///
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`: `IP options`.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IP_RETOPTS: i32 = 7;

/// Type of service: DSCP and ECN.
///
/// An option of level `IPPROTO_IP`: `int (0..255)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_TOS: i32 = 1;

/// Take connections for other machines, as a transparent proxy does.
///
/// An option of level `IPPROTO_IP`: `bool`. Needs the grant `option IP_TRANSPARENT`. Needs CAP_NET_ADMIN to enable.
///
/// On Linux; in Python since 3.6 or earlier.
pub const IP_TRANSPARENT: i32 = 19;

/// Time to live.
///
/// An option of level `IPPROTO_IP`: `int (1..255; -1 = default on set)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_TTL: i32 = 2;

/// Hear a blocked sender of a group again.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source 12B`.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.12.
pub const IP_UNBLOCK_SOURCE: i32 = 37;
