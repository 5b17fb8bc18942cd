//! Packets, Ethernet types and netlink.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Address resolution.
///
/// On Linux, macOS and FreeBSD; in Python since 3.12.
pub const ETHERTYPE_ARP: i32 = 2054;

/// IPv4.
///
/// On Linux, macOS and FreeBSD; in Python since 3.12.
pub const ETHERTYPE_IP: i32 = 2048;

/// IPv6.
///
/// On Linux, macOS and FreeBSD; in Python since 3.12.
pub const ETHERTYPE_IPV6: i32 = 34525;

/// Tagged frames, IEEE 802.1Q.
///
/// On Linux, macOS and FreeBSD; in Python since 3.12.
pub const ETHERTYPE_VLAN: i32 = 33024;

/// Frames of every protocol.
///
/// On Linux; in Python since 3.12.
pub const ETH_P_ALL: i32 = 3;

/// The packet was to all.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_BROADCAST: i32 = 1;

/// The packet was routed on at once; kernels no longer do.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_FASTROUTE: i32 = 6;

/// The packet was to this machine.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_HOST: i32 = 0;

/// The packet goes round within the kernel.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_LOOPBACK: i32 = 5;

/// The packet was to a group.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_MULTICAST: i32 = 2;

/// The packet was to another machine.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_OTHERHOST: i32 = 3;

/// The packet left this machine.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_OUTGOING: i32 = 4;

/// Algorithms of the kernel's cryptography.
///
/// On Linux; in Python since 3.6 or earlier.
pub const NETLINK_CRYPTO: i32 = 21;

/// DECnet's routing.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_DNRTMSG: i32 = 14;

/// Once packets of the firewall, unused now.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_FIREWALL: i32 = 3;

/// Once packets of the IPv6 firewall, unused now.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_IP6_FW: i32 = 13;

/// Once the firewall's log, unused now.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_NFLOG: i32 = 5;

/// Interfaces, addresses, routes, neighbours.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_ROUTE: i32 = 0;

/// Messages between processes.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_USERSOCK: i32 = 2;

/// IPsec.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_XFRM: i32 = 6;
