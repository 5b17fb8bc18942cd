//! Address families and socket types.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// The kernel's cryptography.
///
/// Needs the grant `alg hash` and `alg skcipher` and `alg aead` and `alg rng`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_ALG: i32 = 38;

/// Bluetooth.
///
/// Needs the grant `bluetooth l2cap connect` and `bluetooth l2cap listen` and `bluetooth rfcomm connect` and
/// `bluetooth rfcomm listen` and `bluetooth sco connect` and `bluetooth sco listen` and `bluetooth hci`. In Pythons
/// that were built with the headers of Bluetooth.
///
/// On Linux, Windows, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const AF_BLUETOOTH: i32 = 31;

/// Controller area networks.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const AF_CAN: i32 = 29;

/// `AF_CAN` as a protocol family.
///
/// On Linux and NetBSD; in Python since 3.6 or earlier.
pub const PF_CAN: i32 = 29;

/// Messages to and from the kernel.
///
/// Needs the grant `netlink read` and `netlink write`.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const AF_NETLINK: i32 = 16;

/// Frames of a network interface.
///
/// Needs the grant `packet capture` and `packet send`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_PACKET: i32 = 17;

/// `AF_PACKET` as a protocol family.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PF_PACKET: i32 = 17;

/// Qualcomm's router between processors.
///
/// Needs the grant `qipcrtr send` and `qipcrtr bind`.
///
/// On Linux; in Python since 3.8.
pub const AF_QIPCRTR: i32 = 42;

/// Reliable datagrams over TCP or InfiniBand.
///
/// Needs the grant `rds send` and `rds bind`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_RDS: i32 = 21;

/// `AF_RDS` as a protocol family.
///
/// On Linux; in Python since 3.6 or earlier.
pub const PF_RDS: i32 = 21;

/// Messages within a cluster.
///
/// Needs the grant `tipc connect` and `tipc send` and `tipc bind`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_TIPC: i32 = 30;

/// Virtual machines and their host.
///
/// Needs the grant `vsock connect` and `vsock listen`.
///
/// On Linux; in Python since 3.7.
pub const AF_VSOCK: i32 = 40;

/// AppleTalk.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_APPLETALK: i32 = 5;

/// Ash, never in Linux.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_ASH: i32 = 18;

/// ATM, permanent circuits.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_ATMPVC: i32 = 8;

/// ATM, switched circuits.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_ATMSVC: i32 = 20;

/// Amateur radio, AX.25.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_AX25: i32 = 3;

/// Bridging, and the family of bridge messages in netlink.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_BRIDGE: i32 = 7;

/// DECnet.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_DECnet: i32 = 12;

/// Acorn Econet.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_ECONET: i32 = 19;

/// IPv4.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_INET: i32 = 2;

/// IPv6.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_INET6: i32 = 10;

/// Novell IPX.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_IPX: i32 = 4;

/// Infrared, IrDA.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux and Windows; in Python since 3.6 or earlier.
pub const AF_IRDA: i32 = 23;

/// Keys of IPsec, PF_KEY.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux and OpenBSD; in Python since 3.6 or earlier.
pub const AF_KEY: i32 = 15;

/// Logical link control, IEEE 802.2.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_LLC: i32 = 26;

/// NetBEUI, never in Linux.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_NETBEUI: i32 = 13;

/// Amateur radio, NET/ROM.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_NETROM: i32 = 6;

/// PPP over Ethernet and its like.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_PPPOX: i32 = 24;

/// Amateur radio, ROSE.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_ROSE: i32 = 11;

/// Routing messages: BSD's routing sockets, on Linux another name of `AF_NETLINK`.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const AF_ROUTE: i32 = 16;

/// A placeholder, never used.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_SECURITY: i32 = 14;

/// IBM SNA, never in Linux.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_SNA: i32 = 22;

/// Sockets of this machine, named by paths or abstract names.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
#[doc(alias = "AF_LOCAL")]
pub const AF_UNIX: i32 = 1;

/// No family: any of them in a look-up; given to connect, no peer any more.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AF_UNSPEC: i32 = 0;

/// Sangoma's Wanpipe.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_WANPIPE: i32 = 25;

/// CCITT X.25.
///
/// Refused with `EAFNOSUPPORT`: Python has no addresses of it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const AF_X25: i32 = 9;

/// Or-ed into the type: closed by exec(2), as every socket here is.
///
/// On Linux, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SOCK_CLOEXEC: i32 = 524288;

/// Datagrams.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOCK_DGRAM: i32 = 2;

/// Or-ed into the type: the new socket doesn't block.
///
/// On Linux, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SOCK_NONBLOCK: i32 = 2048;

/// Packets with less of the protocols done by the kernel.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOCK_RAW: i32 = 3;

/// Datagrams that arrive, in no order.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOCK_RDM: i32 = 4;

/// Messages in order, over a connection.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOCK_SEQPACKET: i32 = 5;

/// A stream of bytes.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOCK_STREAM: i32 = 1;
