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

/// An interface shall hear more: promiscuous, all multicast or an address.
///
/// An option of level `SOL_PACKET`, to be set: `struct packet_mreq 16B`. Needs the grant `packet capture`.
///
/// On Linux; Python has no name for it.
pub const PACKET_ADD_MEMBERSHIP: i32 = 1;

/// Receive what is known of each packet with it.
///
/// An option of level `SOL_PACKET`: `bool`. A control message of level `SOL_PACKET`: `struct tpacket_auxdata 20B`.
///
/// On Linux; Python has no name for it.
pub const PACKET_AUXDATA: i32 = 8;

/// The packet was to all.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_BROADCAST: i32 = 1;

/// From which size on packets are copied beside the ring.
///
/// An option of level `SOL_PACKET`: `int`. Refused with `ENOPROTOOPT`: a part of `PACKET_RX_RING`.
///
/// On Linux; Python has no name for it.
pub const PACKET_COPY_THRESH: i32 = 7;

/// And no more.
///
/// An option of level `SOL_PACKET`, to be set: `struct packet_mreq 16B`.
///
/// On Linux; Python has no name for it.
pub const PACKET_DROP_MEMBERSHIP: i32 = 2;

/// Share packets out among sockets.
///
/// An option of level `SOL_PACKET`: `int`. Refused with `ENOPROTOOPT`: it shares packets out among sockets that
/// aren't the guest's.
///
/// On Linux; Python has no name for it.
pub const PACKET_FANOUT: i32 = 18;

/// By which program.
///
/// An option of level `SOL_PACKET`: `program`. Refused with `ENOPROTOOPT`: a part of `PACKET_FANOUT`, and a program
/// for the kernel.
///
/// On Linux; Python has no name for it.
pub const PACKET_FANOUT_DATA: i32 = 22;

/// The packet was routed on at once; kernels no longer do.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_FASTROUTE: i32 = 6;

/// The packet was to this machine.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_HOST: i32 = 0;

/// Don't hear what leaves.
///
/// An option of level `SOL_PACKET`: `bool`.
///
/// On Linux; Python has no name for it.
pub const PACKET_IGNORE_OUTGOING: i32 = 23;

/// The packet goes round within the kernel.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_LOOPBACK: i32 = 5;

/// The packet was to a group.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_MULTICAST: i32 = 2;

/// Name the interface that a packet came to, and not the one above it.
///
/// An option of level `SOL_PACKET`: `bool`.
///
/// On Linux; Python has no name for it.
pub const PACKET_ORIGDEV: i32 = 9;

/// The packet was to another machine.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_OTHERHOST: i32 = 3;

/// The packet left this machine.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PACKET_OUTGOING: i32 = 4;

/// Send past the queues of the machine.
///
/// An option of level `SOL_PACKET`: `bool`. Needs the grant `option PACKET_QDISC_BYPASS`.
///
/// On Linux; Python has no name for it.
pub const PACKET_QDISC_BYPASS: i32 = 20;

/// Room before each packet of the ring.
///
/// An option of level `SOL_PACKET`: `int`. Refused with `ENOPROTOOPT`: a part of `PACKET_RX_RING`.
///
/// On Linux; Python has no name for it.
pub const PACKET_RESERVE: i32 = 12;

/// A ring of memory to receive in.
///
/// An option of level `SOL_PACKET`: `struct tpacket_req`. Refused with `ENOPROTOOPT`: its memory would be shared
/// between the kernel and a guest.
///
/// On Linux; Python has no name for it.
pub const PACKET_RX_RING: i32 = 5;

/// Packets heard and dropped since the last reading.
///
/// An option of level `SOL_PACKET`, to be read: `struct tpacket_stats 8B`.
///
/// On Linux; Python has no name for it.
pub const PACKET_STATISTICS: i32 = 6;

/// A ring of memory to send from.
///
/// An option of level `SOL_PACKET`: `struct tpacket_req`. Refused with `ENOPROTOOPT`: its memory would be shared
/// between the kernel and a guest.
///
/// On Linux; Python has no name for it.
pub const PACKET_TX_RING: i32 = 13;

/// The ring's layout.
///
/// An option of level `SOL_PACKET`: `int`. Refused with `ENOPROTOOPT`: a part of `PACKET_RX_RING`.
///
/// On Linux; Python has no name for it.
pub const PACKET_VERSION: i32 = 10;

/// A header of virtio before each packet.
///
/// An option of level `SOL_PACKET`: `bool`. Refused with `ENOPROTOOPT`: its headers have the kernel compute at places
/// of the guest's.
///
/// On Linux; Python has no name for it.
pub const PACKET_VNET_HDR: i32 = 15;

/// Join a multicast group.
///
/// An option of level `SOL_NETLINK`, to be set: `int`. Needs the grant `netlink read`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_ADD_MEMBERSHIP: i32 = 1;

/// Have a failed notification fail.
///
/// An option of level `SOL_NETLINK`: `bool`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_BROADCAST_ERROR: i32 = 4;

/// Acknowledgements without the request in them.
///
/// An option of level `SOL_NETLINK`: `bool`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_CAP_ACK: i32 = 10;

/// Algorithms of the kernel's cryptography.
///
/// Refused with `EPROTONOSUPPORT`: no grant speaks of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const NETLINK_CRYPTO: i32 = 21;

/// DECnet's routing.
///
/// Refused with `EPROTONOSUPPORT`: no grant speaks of it.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_DNRTMSG: i32 = 14;

/// Leave it.
///
/// An option of level `SOL_NETLINK`, to be set: `int`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_DROP_MEMBERSHIP: i32 = 2;

/// Acknowledgements that say what was wrong.
///
/// An option of level `SOL_NETLINK`: `bool`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_EXT_ACK: i32 = 11;

/// Once packets of the firewall, unused now.
///
/// Refused with `EPROTONOSUPPORT`: no grant speaks of it.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_FIREWALL: i32 = 3;

/// Take dump requests by the letter.
///
/// An option of level `SOL_NETLINK`: `bool`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_GET_STRICT_CHK: i32 = 12;

/// Once packets of the IPv6 firewall, unused now.
///
/// Refused with `EPROTONOSUPPORT`: no grant speaks of it.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_IP6_FW: i32 = 13;

/// Hear of other network namespaces.
///
/// An option of level `SOL_NETLINK`: `bool`. Refused with `EPERM`: it hears of other network namespaces, and takes a
/// capability.
///
/// On Linux; Python has no name for it.
pub const NETLINK_LISTEN_ALL_NSID: i32 = 8;

/// The groups that were joined.
///
/// An option of level `SOL_NETLINK`, to be read: `bits`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_LIST_MEMBERSHIPS: i32 = 9;

/// Once the firewall's log, unused now.
///
/// Refused with `EPROTONOSUPPORT`: no grant speaks of it.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_NFLOG: i32 = 5;

/// Don't be told of lost messages.
///
/// An option of level `SOL_NETLINK`: `bool`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_NO_ENOBUFS: i32 = 5;

/// Receive the group of each message with it.
///
/// An option of level `SOL_NETLINK`: `bool`. A control message of level `SOL_NETLINK`: `u32 4B`.
///
/// On Linux; Python has no name for it.
pub const NETLINK_PKTINFO: i32 = 3;

/// Interfaces, addresses, routes, neighbours.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_ROUTE: i32 = 0;

/// Messages between processes.
///
/// Refused with `EACCES`: it talks to other programs.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_USERSOCK: i32 = 2;

/// IPsec.
///
/// Needs the grant `netlink read`.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const NETLINK_XFRM: i32 = 6;
