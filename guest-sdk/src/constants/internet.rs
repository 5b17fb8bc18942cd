//! Protocols, ports, addresses and options of IPv4 and IPv6.

/// `IPPROTO_AH`: protocol.
pub const IPPROTO_AH: i32 = 51;
/// `IPPROTO_DSTOPTS`: protocol.
pub const IPPROTO_DSTOPTS: i32 = 60;
/// `IPPROTO_EGP`: protocol.
pub const IPPROTO_EGP: i32 = 8;
/// `IPPROTO_ESP`: protocol.
pub const IPPROTO_ESP: i32 = 50;
/// `IPPROTO_FRAGMENT`: protocol.
pub const IPPROTO_FRAGMENT: i32 = 44;
/// `IPPROTO_GRE`: protocol.
pub const IPPROTO_GRE: i32 = 47;
/// `IPPROTO_HOPOPTS`: protocol.
pub const IPPROTO_HOPOPTS: i32 = 0;
/// `IPPROTO_ICMP`: protocol.
pub const IPPROTO_ICMP: i32 = 1;
/// `IPPROTO_ICMPV6`: protocol.
pub const IPPROTO_ICMPV6: i32 = 58;
/// `IPPROTO_IDP`: protocol.
pub const IPPROTO_IDP: i32 = 22;
/// `IPPROTO_IGMP`: protocol.
pub const IPPROTO_IGMP: i32 = 2;
/// `IPPROTO_IP`: protocol.
pub const IPPROTO_IP: i32 = 0;
/// `IPPROTO_IPIP`: protocol.
pub const IPPROTO_IPIP: i32 = 4;
/// `IPPROTO_IPV6`: protocol.
pub const IPPROTO_IPV6: i32 = 41;
/// `IPPROTO_MPTCP`: protocol.
pub const IPPROTO_MPTCP: i32 = 262;
/// `IPPROTO_NONE`: protocol.
pub const IPPROTO_NONE: i32 = 59;
/// `IPPROTO_PIM`: protocol.
pub const IPPROTO_PIM: i32 = 103;
/// `IPPROTO_PUP`: protocol.
pub const IPPROTO_PUP: i32 = 12;
/// `IPPROTO_RAW`: protocol.
pub const IPPROTO_RAW: i32 = 255;
/// `IPPROTO_ROUTING`: protocol.
pub const IPPROTO_ROUTING: i32 = 43;
/// `IPPROTO_RSVP`: protocol.
pub const IPPROTO_RSVP: i32 = 46;
/// `IPPROTO_SCTP`: protocol.
pub const IPPROTO_SCTP: i32 = 132;
/// `IPPROTO_TCP`: protocol.
pub const IPPROTO_TCP: i32 = 6;
/// `IPPROTO_TP`: protocol.
pub const IPPROTO_TP: i32 = 29;
/// `IPPROTO_UDP`: protocol.
pub const IPPROTO_UDP: i32 = 17;
/// `IPPROTO_UDPLITE`: protocol.
pub const IPPROTO_UDPLITE: i32 = 136;

/// `IPPORT_RESERVED`: port number.
pub const IPPORT_RESERVED: i32 = 1024;
/// `IPPORT_USERRESERVED`: port number.
pub const IPPORT_USERRESERVED: i32 = 5000;

/// `INADDR_ALLHOSTS_GROUP`: IPv4 address.
pub const INADDR_ALLHOSTS_GROUP: u32 = 0xe000_0001;
/// `INADDR_ANY`: IPv4 address.
pub const INADDR_ANY: u32 = 0;
/// `INADDR_BROADCAST`: IPv4 address.
pub const INADDR_BROADCAST: u32 = 0xffff_ffff;
/// `INADDR_LOOPBACK`: IPv4 address.
pub const INADDR_LOOPBACK: u32 = 0x7f00_0001;
/// `INADDR_MAX_LOCAL_GROUP`: IPv4 address.
pub const INADDR_MAX_LOCAL_GROUP: u32 = 0xe000_00ff;
/// `INADDR_NONE`: IPv4 address.
pub const INADDR_NONE: u32 = 0xffff_ffff;
/// `INADDR_UNSPEC_GROUP`: IPv4 address.
pub const INADDR_UNSPEC_GROUP: u32 = 0xe000_0000;

/// `IP_ADD_MEMBERSHIP`: level `IPPROTO_IP`, bytes `struct ip_mreqn{in_addr multiaddr;in_addr address;int ifindex} 12B or struct ip_mreq 8B`.
pub const IP_ADD_MEMBERSHIP: i32 = 35;
/// `IP_ADD_SOURCE_MEMBERSHIP`: level `IPPROTO_IP`, bytes `struct ip_mreq_source{in_addr multiaddr;in_addr interface;in_addr sourceaddr} 12B (Linux member order)`.
pub const IP_ADD_SOURCE_MEMBERSHIP: i32 = 39;
/// `IP_BIND_ADDRESS_NO_PORT`: level `IPPROTO_IP`, bool (int).
pub const IP_BIND_ADDRESS_NO_PORT: i32 = 24;
/// `IP_BLOCK_SOURCE`: level `IPPROTO_IP`, bytes `struct ip_mreq_source 12B`.
pub const IP_BLOCK_SOURCE: i32 = 38;
/// `IP_DEFAULT_MULTICAST_LOOP`: IPv4.
pub const IP_DEFAULT_MULTICAST_LOOP: i32 = 1;
/// `IP_DEFAULT_MULTICAST_TTL`: IPv4.
pub const IP_DEFAULT_MULTICAST_TTL: i32 = 1;
/// `IP_DROP_MEMBERSHIP`: level `IPPROTO_IP`, bytes `struct ip_mreqn 12B or struct ip_mreq 8B`.
pub const IP_DROP_MEMBERSHIP: i32 = 36;
/// `IP_DROP_SOURCE_MEMBERSHIP`: level `IPPROTO_IP`, bytes `struct ip_mreq_source 12B`.
pub const IP_DROP_SOURCE_MEMBERSHIP: i32 = 40;
/// `IP_FREEBIND`: level `IPPROTO_IP`, bool (int).
pub const IP_FREEBIND: i32 = 15;
/// `IP_HDRINCL`: level `IPPROTO_IP`, bool (int).
pub const IP_HDRINCL: i32 = 3;
/// `IP_MAX_MEMBERSHIPS`: IPv4.
pub const IP_MAX_MEMBERSHIPS: i32 = 20;
/// `IP_MULTICAST_IF`: level `IPPROTO_IP`, `set: in_addr 4B | struct ip_mreq 8B | struct ip_mreqn 12B; get: in_addr 4B`.
pub const IP_MULTICAST_IF: i32 = 32;
/// `IP_MULTICAST_LOOP`: level `IPPROTO_IP`, bool (int or u8 1B).
pub const IP_MULTICAST_LOOP: i32 = 34;
/// `IP_MULTICAST_TTL`: level `IPPROTO_IP`, int (or u8 1B; 0..255).
pub const IP_MULTICAST_TTL: i32 = 33;
/// `IP_OPTIONS`: level `IPPROTO_IP`, bytes `raw IP options 0..40B`.
pub const IP_OPTIONS: i32 = 4;
/// `IP_PKTINFO`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_PKTINFO`, `struct in_pktinfo{int ifindex;in_addr spec_dst;in_addr addr} 12B`.
pub const IP_PKTINFO: i32 = 8;
/// `IP_RECVERR`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_RECVERR`, `struct sock_extended_err 16B + offender sockaddr_in 16B`.
pub const IP_RECVERR: i32 = 11;
/// `IP_RECVOPTS`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_RECVOPTS`, `raw IP options`.
pub const IP_RECVOPTS: i32 = 6;
/// `IP_RECVORIGDSTADDR`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_ORIGDSTADDR(20, same number)`, `struct sockaddr_in 16B`.
pub const IP_RECVORIGDSTADDR: i32 = 20;
/// `IP_RECVRETOPTS`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_RETOPTS`, `reversed IP options (Linux: same number as IP_RETOPTS)`.
pub const IP_RECVRETOPTS: i32 = 7;
/// `IP_RECVTOS`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_TOS`, `u8 1B`.
pub const IP_RECVTOS: i32 = 13;
/// `IP_RECVTTL`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_TTL`, `int 4B`.
pub const IP_RECVTTL: i32 = 12;
/// `IP_RETOPTS`: level `IPPROTO_IP`, bool (int); control message of level `IPPROTO_IP`, type `IP_RETOPTS`, `IP options`.
pub const IP_RETOPTS: i32 = 7;
/// `IP_TOS`: level `IPPROTO_IP`, int (0..255).
pub const IP_TOS: i32 = 1;
/// `IP_TRANSPARENT`: level `IPPROTO_IP`, bool (int).
pub const IP_TRANSPARENT: i32 = 19;
/// `IP_TTL`: level `IPPROTO_IP`, int (1..255; -1 = default on set).
pub const IP_TTL: i32 = 2;
/// `IP_UNBLOCK_SOURCE`: level `IPPROTO_IP`, bytes `struct ip_mreq_source 12B`.
pub const IP_UNBLOCK_SOURCE: i32 = 37;

/// `IPV6_CHECKSUM`: level `IPPROTO_IPV6`, int (offset in data; -1 disables).
pub const IPV6_CHECKSUM: i32 = 7;
/// `IPV6_DONTFRAG`: level `IPPROTO_IPV6`, bool (int).
pub const IPV6_DONTFRAG: i32 = 62;
/// `IPV6_DSTOPTS`: level `IPPROTO_IPV6`, bytes `struct ip6_dest + options (sticky)`; control message of level `IPPROTO_IPV6`, `struct ip6_dest + options`.
pub const IPV6_DSTOPTS: i32 = 59;
/// `IPV6_HOPLIMIT`: level `IPPROTO_IPV6`, `- (not settable on Linux)`; control message of level `IPPROTO_IPV6`, `int 4B`.
pub const IPV6_HOPLIMIT: i32 = 52;
/// `IPV6_HOPOPTS`: level `IPPROTO_IPV6`, bytes `struct ip6_hbh + options (sticky)`; control message of level `IPPROTO_IPV6`, `struct ip6_hbh + options`.
pub const IPV6_HOPOPTS: i32 = 54;
/// `IPV6_JOIN_GROUP`: level `IPPROTO_IPV6`, bytes `struct ipv6_mreq{in6_addr multiaddr;u32 ifindex} 20B`.
pub const IPV6_JOIN_GROUP: i32 = 20;
/// `IPV6_LEAVE_GROUP`: level `IPPROTO_IPV6`, bytes `struct ipv6_mreq 20B`.
pub const IPV6_LEAVE_GROUP: i32 = 21;
/// `IPV6_MULTICAST_HOPS`: level `IPPROTO_IPV6`, int (-1..255).
pub const IPV6_MULTICAST_HOPS: i32 = 18;
/// `IPV6_MULTICAST_IF`: level `IPPROTO_IPV6`, int (ifindex).
pub const IPV6_MULTICAST_IF: i32 = 17;
/// `IPV6_MULTICAST_LOOP`: level `IPPROTO_IPV6`, bool (int).
pub const IPV6_MULTICAST_LOOP: i32 = 19;
/// `IPV6_NEXTHOP`: level `IPPROTO_IPV6`, bytes `struct sockaddr_in6 28B?`; control message of level `IPPROTO_IPV6`, `struct sockaddr_in6?`.
pub const IPV6_NEXTHOP: i32 = 9;
/// `IPV6_PATHMTU`: level `IPPROTO_IPV6`, bytes `struct ip6_mtuinfo{sockaddr_in6 addr;u32 mtu} 32B`; control message of level `IPPROTO_IPV6`, `struct ip6_mtuinfo 32B`.
pub const IPV6_PATHMTU: i32 = 61;
/// `IPV6_PKTINFO`: level `IPPROTO_IPV6`, bytes `struct in6_pktinfo{in6_addr addr;u32 ifindex} 20B (sticky)`; control message of level `IPPROTO_IPV6`, `struct in6_pktinfo 20B`.
pub const IPV6_PKTINFO: i32 = 50;
/// `IPV6_RECVDSTOPTS`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_DSTOPTS`, `struct ip6_dest + options`.
pub const IPV6_RECVDSTOPTS: i32 = 58;
/// `IPV6_RECVERR`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_RECVERR`, `struct sock_extended_err 16B + offender sockaddr_in6 28B`.
pub const IPV6_RECVERR: i32 = 25;
/// `IPV6_RECVHOPLIMIT`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_HOPLIMIT`, `int 4B`.
pub const IPV6_RECVHOPLIMIT: i32 = 51;
/// `IPV6_RECVHOPOPTS`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_HOPOPTS`, `struct ip6_hbh + options`.
pub const IPV6_RECVHOPOPTS: i32 = 53;
/// `IPV6_RECVPATHMTU`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_PATHMTU`, `struct ip6_mtuinfo 32B`.
pub const IPV6_RECVPATHMTU: i32 = 60;
/// `IPV6_RECVPKTINFO`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_PKTINFO`, `struct in6_pktinfo 20B`.
pub const IPV6_RECVPKTINFO: i32 = 49;
/// `IPV6_RECVRTHDR`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_RTHDR`, `struct ip6_rthdr`.
pub const IPV6_RECVRTHDR: i32 = 56;
/// `IPV6_RECVTCLASS`: level `IPPROTO_IPV6`, bool (int); control message of level `IPPROTO_IPV6`, type `IPV6_TCLASS`, `int 4B`.
pub const IPV6_RECVTCLASS: i32 = 66;
/// `IPV6_RTHDR`: level `IPPROTO_IPV6`, bytes `struct ip6_rthdr (sticky)`; control message of level `IPPROTO_IPV6`, `struct ip6_rthdr`.
pub const IPV6_RTHDR: i32 = 57;
/// `IPV6_RTHDRDSTOPTS`: level `IPPROTO_IPV6`, bytes `struct ip6_dest + options (sticky)`; control message of level `IPPROTO_IPV6`, `struct ip6_dest + options`.
pub const IPV6_RTHDRDSTOPTS: i32 = 55;
/// `IPV6_RTHDR_TYPE_0`: IPv6.
pub const IPV6_RTHDR_TYPE_0: i32 = 0;
/// `IPV6_TCLASS`: level `IPPROTO_IPV6`, int (-1..255); control message of level `IPPROTO_IPV6`, `int 4B`.
pub const IPV6_TCLASS: i32 = 67;
/// `IPV6_UNICAST_HOPS`: level `IPPROTO_IPV6`, int (-1..255).
pub const IPV6_UNICAST_HOPS: i32 = 16;
/// `IPV6_V6ONLY`: level `IPPROTO_IPV6`, bool (int).
pub const IPV6_V6ONLY: i32 = 26;
