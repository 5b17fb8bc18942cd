//! Options and control messages of IPv4.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Types of ICMP that a raw socket does not hear, a bit each.
///
/// An option of level `IPPROTO_RAW`: `struct icmp_filter 4B`.
///
/// On Linux; Python has no name for it.
pub const ICMP_FILTER: i32 = 1;

/// Join a multicast group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreqn{in_addr multiaddr;in_addr address;int ifindex} 12B or struct ip_mreq 8B`.
/// Needs the grant `udp join`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_ADD_MEMBERSHIP: i32 = 35;

/// Join a multicast group for one sender.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source{in_addr multiaddr;in_addr interface;in_addr sourceaddr} 12B (Linux member order)`.
/// Needs the grant `udp join`.
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
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source 12B`. Needs the grant `udp join`.
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
/// An option of level `IPPROTO_IP`: `raw IP options 0..40B`. Needs the grant `option IP_OPTIONS`.
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
/// An option of level `IPPROTO_IP`: `bool`. A control message of level `IPPROTO_IP`: `struct sockaddr_in 16B`.
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
/// An option of level `IPPROTO_IP`: `int (0..255)`. A control message of level `IPPROTO_IP`: `u8 1B`.
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
/// An option of level `IPPROTO_IP`: `int (1..255; -1 = default on set)`. A control message of level `IPPROTO_IP`:
/// `int 4B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IP_TTL: i32 = 2;

/// Hear a blocked sender of a group again.
///
/// An option of level `IPPROTO_IP`, to be set: `struct ip_mreq_source 12B`. Needs the grant `udp join`.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.12.
pub const IP_UNBLOCK_SOURCE: i32 = 37;

/// Whether datagrams may be fragmented.
///
/// An option of level `IPPROTO_IP`: `int (IP_PMTUDISC_*, 0 to 5)`. Ip(7).
///
/// On Linux; Python has no name for it.
pub const IP_MTU_DISCOVER: i32 = 10;

/// The path MTU of a connected socket.
///
/// An option of level `IPPROTO_IP`, to be read: `int (bytes)`. Ip(7).
///
/// On Linux; Python has no name for it.
pub const IP_MTU: i32 = 14;

/// Receive the whole of extended ICMP errors.
///
/// An option of level `IPPROTO_IP`: `bool`.
///
/// On Linux; Python has no name for it.
pub const IP_RECVERR_RFC4884: i32 = 26;

/// Join a multicast group, of either family.
///
/// An option of level `IPPROTO_IP`, to be set: `struct group_req 136B`. An option of level `IPPROTO_IPV6`, to be set:
/// `struct group_req 136B`. Needs the grant `udp join`. RFC 3678.
///
/// On Linux; Python has no name for it.
pub const MCAST_JOIN_GROUP: i32 = 42;

/// Hear no more of a source in a group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct group_source_req 264B`. An option of level `IPPROTO_IPV6`, to
/// be set: `struct group_source_req 264B`. Needs the grant `udp join`. RFC 3678.
///
/// On Linux; Python has no name for it.
pub const MCAST_BLOCK_SOURCE: i32 = 43;

/// Hear a source in a group again.
///
/// An option of level `IPPROTO_IP`, to be set: `struct group_source_req 264B`. An option of level `IPPROTO_IPV6`, to
/// be set: `struct group_source_req 264B`. Needs the grant `udp join`. RFC 3678.
///
/// On Linux; Python has no name for it.
pub const MCAST_UNBLOCK_SOURCE: i32 = 44;

/// Leave a multicast group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct group_req 136B`. An option of level `IPPROTO_IPV6`, to be set:
/// `struct group_req 136B`. RFC 3678.
///
/// On Linux; Python has no name for it.
pub const MCAST_LEAVE_GROUP: i32 = 45;

/// Hear one source of a multicast group.
///
/// An option of level `IPPROTO_IP`, to be set: `struct group_source_req 264B`. An option of level `IPPROTO_IPV6`, to
/// be set: `struct group_source_req 264B`. Needs the grant `udp join`. RFC 3678.
///
/// On Linux; Python has no name for it.
pub const MCAST_JOIN_SOURCE_GROUP: i32 = 46;

/// Hear that source no more.
///
/// An option of level `IPPROTO_IP`, to be set: `struct group_source_req 264B`. An option of level `IPPROTO_IPV6`, to
/// be set: `struct group_source_req 264B`. RFC 3678.
///
/// On Linux; Python has no name for it.
pub const MCAST_LEAVE_SOURCE_GROUP: i32 = 47;

/// Hear the groups that others of this machine have joined.
///
/// An option of level `IPPROTO_IP`: `bool`. Needs the grant `option IP_MULTICAST_ALL` to switch it on. Off; on with
/// the grant.
///
/// On Linux; Python has no name for it.
pub const IP_MULTICAST_ALL: i32 = 49;

/// The interface that unicast datagrams leave by.
///
/// An option of level `IPPROTO_IP`: `int (ifindex in network byte order; 0 unsets)`. Needs the grant `option IP_UNICAST_IF`.
///
/// On Linux; Python has no name for it.
pub const IP_UNICAST_IF: i32 = 50;

/// Take packets with the router alert option.
///
/// An option of level `IPPROTO_IP`: `int`. Refused with `ENOPROTOOPT`: it takes the packets of the machine's routing.
///
/// On Linux; Python has no name for it.
pub const IP_ROUTER_ALERT: i32 = 5;

/// IPsec policy of the socket.
///
/// An option of level `IPPROTO_IP`: `struct sadb_x_policy`. Refused with `EPERM`: it sets aside the machine's IPsec
/// policy.
///
/// On Linux; Python has no name for it.
pub const IP_IPSEC_POLICY: i32 = 16;

/// IPsec policy of the socket.
///
/// An option of level `IPPROTO_IP`: `struct xfrm_userpolicy_info`. Refused with `EPERM`: it sets aside the machine's
/// IPsec policy.
///
/// On Linux; Python has no name for it.
pub const IP_XFRM_POLICY: i32 = 17;

/// Fragment datagrams that are too long.
///
/// A value of `IP_MTU_DISCOVER`.
///
/// On Linux; Python has no name for it.
pub const IP_PMTUDISC_DONT: i32 = 0;

/// Fragment by the path MTU that is known.
///
/// A value of `IP_MTU_DISCOVER`.
///
/// On Linux; Python has no name for it.
pub const IP_PMTUDISC_WANT: i32 = 1;

/// Never fragment: EMSGSIZE for what is too long.
///
/// A value of `IP_MTU_DISCOVER`.
///
/// On Linux; Python has no name for it.
pub const IP_PMTUDISC_DO: i32 = 2;

/// Never fragment, and pass over the path MTU that is known.
///
/// A value of `IP_MTU_DISCOVER`.
///
/// On Linux; Python has no name for it.
pub const IP_PMTUDISC_PROBE: i32 = 3;
