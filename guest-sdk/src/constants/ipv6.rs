//! Options and control messages of IPv6.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Types of ICMPv6 that a raw socket does not hear, a bit each.
///
/// An option of level `IPPROTO_ICMPV6`: `struct icmp6_filter 32B`.
///
/// On Linux; Python has no name for it.
pub const ICMP6_FILTER: i32 = 1;

/// Where a raw socket's checksum lies in its data.
///
/// An option of level `IPPROTO_IPV6`: `int (offset in data; -1 disables)`. `SOCK_RAW` only.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_CHECKSUM: i32 = 7;

/// Don't fragment: too large is an error.
///
/// An option of level `IPPROTO_IPV6`: `bool`. On macOS since 3.9; RFC 3542.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_DONTFRAG: i32 = 62;

/// Options for the destination.
///
/// An option of level `IPPROTO_IPV6`: `struct ip6_dest and options (sticky)`. A control message of level
/// `IPPROTO_IPV6`: `struct ip6_dest and options`. Needs the grant `option IPV6_DSTOPTS`. On macOS since 3.9; RFC
/// 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_DSTOPTS: i32 = 59;

/// Hop limit of one datagram.
///
/// A control message of level `IPPROTO_IPV6`: `int 4B`. On macOS since 3.9; RFC 3542.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_HOPLIMIT: i32 = 52;

/// Options for every hop.
///
/// An option of level `IPPROTO_IPV6`: `struct ip6_hbh and options (sticky)`. A control message of level
/// `IPPROTO_IPV6`: `struct ip6_hbh and options`. Needs the grant `option IPV6_HOPOPTS`. On macOS since 3.9; RFC 3542.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_HOPOPTS: i32 = 54;

/// Join a multicast group.
///
/// An option of level `IPPROTO_IPV6`, to be set: `struct ipv6_mreq{in6_addr multiaddr;u32 ifindex} 20B`. Needs the
/// grant `udp join`. Linux calls it IPV6_ADD_MEMBERSHIP as well.
///
/// Everywhere; in Python since 3.6 or earlier.
#[doc(alias = "IPV6_ADD_MEMBERSHIP")]
pub const IPV6_JOIN_GROUP: i32 = 20;

/// Leave a multicast group.
///
/// An option of level `IPPROTO_IPV6`, to be set: `struct ipv6_mreq 20B`. Linux calls it IPV6_DROP_MEMBERSHIP as well.
///
/// Everywhere; in Python since 3.6 or earlier.
#[doc(alias = "IPV6_DROP_MEMBERSHIP")]
pub const IPV6_LEAVE_GROUP: i32 = 21;

/// How far multicasts go.
///
/// An option of level `IPPROTO_IPV6`: `int (-1..255)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_MULTICAST_HOPS: i32 = 18;

/// Interface that multicasts leave by.
///
/// An option of level `IPPROTO_IPV6`: `int (ifindex)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_MULTICAST_IF: i32 = 17;

/// Whether this machine hears its own multicasts.
///
/// An option of level `IPPROTO_IPV6`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_MULTICAST_LOOP: i32 = 19;

/// The next hop of a datagram.
///
/// An option of level `IPPROTO_IPV6`: `struct sockaddr_in6 28B`. A control message of level `IPPROTO_IPV6`: `struct sockaddr_in6`.
/// Refused with `ENOPROTOOPT`: Linux doesn't have it either. On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_NEXTHOP: i32 = 9;

/// The largest packet that the path takes.
///
/// An option of level `IPPROTO_IPV6`, to be read: `struct ip6_mtuinfo{sockaddr_in6 addr;u32 mtu} 32B`. A control
/// message of level `IPPROTO_IPV6`: `struct ip6_mtuinfo 32B`. On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_PATHMTU: i32 = 61;

/// Address and interface of a datagram: its source when sent, its destination when received.
///
/// An option of level `IPPROTO_IPV6`, to be set: `struct in6_pktinfo{in6_addr addr;u32 ifindex} 20B (sticky)`. A
/// control message of level `IPPROTO_IPV6`: `struct in6_pktinfo 20B`. Needs the grant `option IPV6_PKTINFO`. On macOS
/// since 3.9; RFC 3542.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_PKTINFO: i32 = 50;

/// Receive the options for the destination.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_DSTOPTS`: `struct ip6_dest and options`.
/// On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RECVDSTOPTS: i32 = 58;

/// Keep the network's errors in an error queue.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`: `struct sock_extended_err 16B and offender sockaddr_in6 28B`.
///
/// On Linux and Windows; in Python since 3.14.
pub const IPV6_RECVERR: i32 = 25;

/// Receive the hop limit of each datagram.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_HOPLIMIT`: `int 4B`.
/// On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RECVHOPLIMIT: i32 = 51;

/// Receive the options for every hop.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_HOPOPTS`: `struct ip6_hbh and options`.
/// On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RECVHOPOPTS: i32 = 53;

/// Receive where a datagram went before the firewall redirected it.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`: `struct sockaddr_in6 28B`.
///
/// On Linux; Python has no name for it.
pub const IPV6_RECVORIGDSTADDR: i32 = 74;

/// Receive the path's largest packet when it changes.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_PATHMTU`: `struct ip6_mtuinfo 32B`.
/// On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RECVPATHMTU: i32 = 60;

/// Receive which interface and address each datagram came to.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_PKTINFO`: `struct in6_pktinfo 20B`.
/// On macOS since 3.9; RFC 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RECVPKTINFO: i32 = 49;

/// Receive the routing header of each datagram.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_RTHDR`: `struct ip6_rthdr`.
/// On macOS since 3.9; RFC 3542.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_RECVRTHDR: i32 = 56;

/// Receive the traffic class of each datagram.
///
/// An option of level `IPPROTO_IPV6`: `bool`. A control message of level `IPPROTO_IPV6`, type `IPV6_TCLASS`: `int 4B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_RECVTCLASS: i32 = 66;

/// A routing header: addresses to go by.
///
/// An option of level `IPPROTO_IPV6`: `struct ip6_rthdr (sticky)`. A control message of level `IPPROTO_IPV6`: `struct ip6_rthdr`.
/// Needs the grant `option IPV6_RTHDR`. On macOS since 3.9; RFC 3542.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_RTHDR: i32 = 57;

/// Options for each address of the routing header.
///
/// An option of level `IPPROTO_IPV6`: `struct ip6_dest and options (sticky)`. A control message of level
/// `IPPROTO_IPV6`: `struct ip6_dest and options`. Needs the grant `option IPV6_RTHDRDSTOPTS`. On macOS since 3.9; RFC
/// 3542.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RTHDRDSTOPTS: i32 = 55;

/// Routing header of type 0, which RFC 5095 abolished.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const IPV6_RTHDR_TYPE_0: i32 = 0;

/// Traffic class: DSCP and ECN.
///
/// An option of level `IPPROTO_IPV6`: `int (-1..255)`. A control message of level `IPPROTO_IPV6`: `int 4B`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_TCLASS: i32 = 67;

/// Hop limit.
///
/// An option of level `IPPROTO_IPV6`: `int (-1..255)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_UNICAST_HOPS: i32 = 16;

/// Whether the socket is for IPv6 alone, or takes IPv4 as well.
///
/// An option of level `IPPROTO_IPV6`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const IPV6_V6ONLY: i32 = 26;

/// Whether datagrams may be fragmented.
///
/// An option of level `IPPROTO_IPV6`: `int (IPV6_PMTUDISC_*, 0 to 5)`. Ipv6(7).
///
/// On Linux; Python has no name for it.
pub const IPV6_MTU_DISCOVER: i32 = 23;

/// The path MTU of a connected socket.
///
/// An option of level `IPPROTO_IPV6`: `int (bytes)`. Ipv6(7).
///
/// On Linux; Python has no name for it.
pub const IPV6_MTU: i32 = 24;

/// Hear the groups that others of this machine have joined.
///
/// An option of level `IPPROTO_IPV6`: `bool`. Needs the grant `option IPV6_MULTICAST_ALL` to switch it on. Off; on
/// with the grant.
///
/// On Linux; Python has no name for it.
pub const IPV6_MULTICAST_ALL: i32 = 29;

/// Receive the whole of extended ICMP errors.
///
/// An option of level `IPPROTO_IPV6`: `bool`.
///
/// On Linux; Python has no name for it.
pub const IPV6_RECVERR_RFC4884: i32 = 31;

/// Bind to addresses that the machine forwards.
///
/// An option of level `IPPROTO_IPV6`: `bool`. Needs the grant `option IPV6_TRANSPARENT`.
///
/// On Linux; Python has no name for it.
pub const IPV6_TRANSPARENT: i32 = 75;

/// The interface that unicast datagrams leave by.
///
/// An option of level `IPPROTO_IPV6`: `int (ifindex in network byte order; 0 unsets)`. Needs the grant `option IPV6_UNICAST_IF`.
///
/// On Linux; Python has no name for it.
pub const IPV6_UNICAST_IF: i32 = 76;

/// Bind to addresses that the machine has not got yet.
///
/// An option of level `IPPROTO_IPV6`: `bool`. Needs the grant `option IPV6_FREEBIND`.
///
/// On Linux; Python has no name for it.
pub const IPV6_FREEBIND: i32 = 78;

/// Make the socket one of IPv4.
///
/// An option of level `IPPROTO_IPV6`: `int (AF_INET)`. Refused with `EPERM`: it turns the socket into one of IPv4
/// after its address was judged.
///
/// On Linux; Python has no name for it.
pub const IPV6_ADDRFORM: i32 = 1;

/// Take an anycast address.
///
/// An option of level `IPPROTO_IPV6`: `struct ipv6_mreq 20B`. Refused with `EPERM`: it gives this machine an address.
///
/// On Linux; Python has no name for it.
pub const IPV6_JOIN_ANYCAST: i32 = 27;

/// Give an anycast address back.
///
/// An option of level `IPPROTO_IPV6`: `struct ipv6_mreq 20B`. Refused with `EPERM`: it takes an address from this
/// machine.
///
/// On Linux; Python has no name for it.
pub const IPV6_LEAVE_ANYCAST: i32 = 28;

/// IPsec policy of the socket.
///
/// An option of level `IPPROTO_IPV6`: `struct sadb_x_policy`. Refused with `EPERM`: it sets aside the machine's IPsec
/// policy.
///
/// On Linux; Python has no name for it.
pub const IPV6_IPSEC_POLICY: i32 = 34;

/// IPsec policy of the socket.
///
/// An option of level `IPPROTO_IPV6`: `struct xfrm_userpolicy_info`. Refused with `EPERM`: it sets aside the
/// machine's IPsec policy.
///
/// On Linux; Python has no name for it.
pub const IPV6_XFRM_POLICY: i32 = 35;
