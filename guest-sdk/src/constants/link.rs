//! Packets, Ethernet types and netlink.

/// `AF_PACKET`: address family.
pub const AF_PACKET: i32 = 17;
/// `PACKET_BROADCAST`: `AF_PACKET`.
pub const PACKET_BROADCAST: i32 = 1;
/// `PACKET_FASTROUTE`: `AF_PACKET`.
pub const PACKET_FASTROUTE: i32 = 6;
/// `PACKET_HOST`: `AF_PACKET`.
pub const PACKET_HOST: i32 = 0;
/// `PACKET_LOOPBACK`: `AF_PACKET`.
pub const PACKET_LOOPBACK: i32 = 5;
/// `PACKET_MULTICAST`: `AF_PACKET`.
pub const PACKET_MULTICAST: i32 = 2;
/// `PACKET_OTHERHOST`: `AF_PACKET`.
pub const PACKET_OTHERHOST: i32 = 3;
/// `PACKET_OUTGOING`: `AF_PACKET`.
pub const PACKET_OUTGOING: i32 = 4;
/// `PF_PACKET`: protocol family.
pub const PF_PACKET: i32 = 17;

/// `ETHERTYPE_ARP`: Ethernet type.
pub const ETHERTYPE_ARP: i32 = 2054;
/// `ETHERTYPE_IP`: Ethernet type.
pub const ETHERTYPE_IP: i32 = 2048;
/// `ETHERTYPE_IPV6`: Ethernet type.
pub const ETHERTYPE_IPV6: i32 = 34525;
/// `ETHERTYPE_VLAN`: Ethernet type.
pub const ETHERTYPE_VLAN: i32 = 33024;
/// `ETH_P_ALL`: Ethernet type.
pub const ETH_P_ALL: i32 = 3;

/// `AF_NETLINK`: netlink protocol.
pub const AF_NETLINK: i32 = 16;
/// `NETLINK_CRYPTO`: netlink protocol.
pub const NETLINK_CRYPTO: i32 = 21;
/// `NETLINK_DNRTMSG`: netlink protocol.
pub const NETLINK_DNRTMSG: i32 = 14;
/// `NETLINK_FIREWALL`: netlink protocol.
pub const NETLINK_FIREWALL: i32 = 3;
/// `NETLINK_IP6_FW`: netlink protocol.
pub const NETLINK_IP6_FW: i32 = 13;
/// `NETLINK_NFLOG`: netlink protocol.
pub const NETLINK_NFLOG: i32 = 5;
/// `NETLINK_ROUTE`: netlink protocol.
pub const NETLINK_ROUTE: i32 = 0;
/// `NETLINK_USERSOCK`: netlink protocol.
pub const NETLINK_USERSOCK: i32 = 2;
/// `NETLINK_XFRM`: netlink protocol.
pub const NETLINK_XFRM: i32 = 6;
