//! Options and control messages of every socket, their levels, message flags, `shutdown`.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Received descriptors are closed by exec(2), as they always are here.
///
/// A flag to receive with.
///
/// On Linux, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_CMSG_CLOEXEC: i32 = 1073741824;

/// The peer answered: no need to ask for its link address again.
///
/// A flag to send with.
///
/// On Linux; in Python since 3.6 or earlier.
pub const MSG_CONFIRM: i32 = 2048;

/// Control messages were cut.
///
/// A flag in what `recvmsg` brings.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const MSG_CTRUNC: i32 = 8;

/// Send to neighbours alone, past the routing table.
///
/// A flag to send with. Needs the grant `option SO_DONTROUTE`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const MSG_DONTROUTE: i32 = 4;

/// Don't wait, in this call.
///
/// A flag to send with and to receive with.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_DONTWAIT: i32 = 64;

/// End of a record.
///
/// A flag to send with and in what `recvmsg` brings.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_EOR: i32 = 128;

/// Take from the error queue.
///
/// A flag to receive with and in what `recvmsg` brings.
///
/// On Linux and Windows; in Python since 3.6 or earlier.
pub const MSG_ERRQUEUE: i32 = 8192;

/// Connect and send in one call.
///
/// A flag to send with.
///
/// On Linux; in Python since 3.6 or earlier.
pub const MSG_FASTOPEN: i32 = 536870912;

/// More follows: hold this back and send it together.
///
/// A flag to send with.
///
/// On Linux; in Python since 3.6 or earlier.
pub const MSG_MORE: i32 = 32768;

/// No SIGPIPE, which guests never see.
///
/// A flag to send with and to receive with.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const MSG_NOSIGNAL: i32 = 16384;

/// Urgent data.
///
/// A flag to send with, to receive with and in what `recvmsg` brings.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const MSG_OOB: i32 = 1;

/// Leave what is received in the queue.
///
/// A flag to receive with.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const MSG_PEEK: i32 = 2;

/// Tell the whole length of what was cut.
///
/// A flag to receive with and in what `recvmsg` brings.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const MSG_TRUNC: i32 = 32;

/// Wait for all that was asked for.
///
/// A flag to receive with.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const MSG_WAITALL: i32 = 256;

/// No further receives.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SHUT_RD: i32 = 0;

/// Neither receives nor sends.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SHUT_RDWR: i32 = 2;

/// No further sends.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SHUT_WR: i32 = 1;

/// The longest backlog of listen that C's header knows.
///
/// 4,096 as in glibc; the machine has a limit of its own, net.core.somaxconn.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOMAXCONN: i32 = 4096;

/// Type of the packets sent.
///
/// An option of level `SOL_IPX`: `int`. Refused with `ENOPROTOOPT`: of a family that Python has no addresses of. Most
/// builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const IPX_TYPE: i32 = 1;

/// Options of AppleTalk.
///
/// Refused with `ENOPROTOOPT`: of a family that Python has no addresses of. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_ATALK: i32 = 258;

/// Options of AX.25.
///
/// Refused with `ENOPROTOOPT`: of a family that Python has no addresses of. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_AX25: i32 = 257;

/// Options of IPv4; the same number as `IPPROTO_IP`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOL_IP: i32 = 0;

/// Options of IPX.
///
/// Refused with `ENOPROTOOPT`: of a family that Python has no addresses of. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_IPX: i32 = 256;

/// Netlink: the level of its options.
///
/// On Linux; Python has no name for it.
pub const SOL_NETLINK: i32 = 270;

/// Options of NET/ROM.
///
/// Refused with `ENOPROTOOPT`: of a family that Python has no addresses of. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_NETROM: i32 = 259;

/// Packets: the level of their options.
///
/// On Linux; Python has no name for it.
pub const SOL_PACKET: i32 = 263;

/// Options of ROSE.
///
/// Refused with `ENOPROTOOPT`: of a family that Python has no addresses of. Most builds of Python lack it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_ROSE: i32 = 260;

/// Options of every socket.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOL_SOCKET: i32 = 1;

/// Options of TCP; the same number as `IPPROTO_TCP`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOL_TCP: i32 = 6;

/// Options of UDP; the same number as `IPPROTO_UDP`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SOL_UDP: i32 = 17;

/// Whether the socket listens.
///
/// An option of level `SOL_SOCKET`, to be read: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_ACCEPTCONN: i32 = 30;

/// Send and receive by this interface alone.
///
/// An option of level `SOL_SOCKET`: `interface name, 15 bytes at most; empty unbinds`. Needs the grant `option SO_BINDTODEVICE`.
/// CAP_NET_RAW needed before Linux 5.7.
///
/// On Linux and macOS; in Python since 3.6 or earlier.
pub const SO_BINDTODEVICE: i32 = 25;

/// Send and receive by this interface alone, by its index.
///
/// An option of level `SOL_SOCKET`: `int (ifindex; 0 unbinds)`. Needs the grant `option SO_BINDTOIFINDEX`.
/// CAP_NET_RAW needed before Linux 5.7.
///
/// On Linux; in Python since 3.13.
pub const SO_BINDTOIFINDEX: i32 = 62;

/// Whether datagrams may go to broadcast addresses.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_BROADCAST: i32 = 6;

/// Have the kernel record what TCP does.
///
/// An option of level `SOL_SOCKET`: `bool`. Needs the grant `option SO_DEBUG`. Needs CAP_NET_ADMIN to enable.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_DEBUG: i32 = 1;

/// The socket's family.
///
/// An option of level `SOL_SOCKET`, to be read: `int (AF_*)`.
///
/// On Linux, FreeBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SO_DOMAIN: i32 = 39;

/// Send to neighbours alone, past the routing table.
///
/// An option of level `SOL_SOCKET`: `bool`. Needs the grant `option SO_DONTROUTE`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_DONTROUTE: i32 = 5;

/// The pending error, which reading clears.
///
/// An option of level `SOL_SOCKET`, to be read: `int (errno)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_ERROR: i32 = 4;

/// The processor that packets of this socket come in on.
///
/// An option of level `SOL_SOCKET`: `int (cpu number)`.
///
/// On Linux; in Python since 3.11.
pub const SO_INCOMING_CPU: i32 = 49;

/// Ask an idle peer whether it is still there.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_KEEPALIVE: i32 = 9;

/// Whether closing waits for queued data, and how long; 0 seconds resets the connection.
///
/// An option of level `SOL_SOCKET`: `struct linger{int l_onoff;int l_linger(s)} 8B (Windows: 2*u_short 4B)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_LINGER: i32 = 13;

/// Mark packets for routing and firewalls.
///
/// An option of level `SOL_SOCKET`: `int (u32)`. A control message of level `SOL_SOCKET`: `u32`. Needs the grant
/// `option SO_MARK`. Needs CAP_NET_ADMIN (CAP_NET_RAW also since Linux 5.17).
///
/// On Linux; in Python since 3.6 or earlier.
pub const SO_MARK: i32 = 36;

/// Leave the urgent byte in the stream.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_OOBINLINE: i32 = 10;

/// Where a connection that the firewall redirected was going.
///
/// An option of level `SOL_IP`, to be read: `struct sockaddr_in 16B`. An option of level `IPPROTO_IPV6`, to be read:
/// `struct sockaddr_in6 28B`. Of netfilter.
///
/// On Linux and Windows; in Python since 3.14.
pub const SO_ORIGINAL_DST: i32 = 80;

/// Receive the sender's credentials with each message.
///
/// An option of level `SOL_SOCKET`: `bool`. A control message of level `SOL_SOCKET`, type `SCM_CREDENTIALS`: `struct ucred 12B`.
/// Needs the grant `unix listen @*` for a socket without a name. Of Unix and netlink sockets.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SO_PASSCRED: i32 = 16;

/// Receive a descriptor of the sender's process with each message.
///
/// An option of level `SOL_SOCKET`: `bool`. Refused with `ENOPROTOOPT`: it would bring descriptors of the host's
/// processes.
///
/// On Linux; Python has no name for it.
pub const SO_PASSPIDFD: i32 = 76;

/// Receive the sender's security context with each message.
///
/// An option of level `SOL_SOCKET`: `bool`. A control message of level `SOL_SOCKET`, type `SCM_SECURITY`: `security context, bytes`.
/// Needs the grant `option SO_PASSSEC`. Of Unix sockets.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SO_PASSSEC: i32 = 34;

/// Credentials of the peer when it connected.
///
/// An option of level `SOL_SOCKET`, to be read: `struct ucred{i32 pid;u32 uid;u32 gid} 12B (OpenBSD: struct sockpeercred)`.
/// Of Unix sockets.
///
/// On Linux and OpenBSD; in Python since 3.6 or earlier.
pub const SO_PEERCRED: i32 = 17;

/// A descriptor of the peer's process.
///
/// An option of level `SOL_SOCKET`: `int, a descriptor`. Refused with `ENOPROTOOPT`: it would be a descriptor of one
/// of the host's processes.
///
/// On Linux; Python has no name for it.
pub const SO_PEERPIDFD: i32 = 77;

/// Security context of the peer.
///
/// An option of level `SOL_SOCKET`, to be read: `string (security context, NUL-terminated)`. Needs the grant `option SO_PEERSEC`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SO_PEERSEC: i32 = 31;

/// Priority in the queues of interfaces.
///
/// An option of level `SOL_SOCKET`: `int`. A control message of level `SOL_SOCKET`: `u32`. Needs the grant `option SO_PRIORITY`
/// above 6. Values outside 0..6 need CAP_NET_ADMIN.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SO_PRIORITY: i32 = 12;

/// The socket's protocol.
///
/// An option of level `SOL_SOCKET`, to be read: `int (IPPROTO_*)`.
///
/// On Linux, FreeBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SO_PROTOCOL: i32 = 38;

/// Size of the receive buffer; Linux doubles what is set.
///
/// An option of level `SOL_SOCKET`: `int (bytes)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_RCVBUF: i32 = 8;

/// How many bytes make a stream readable.
///
/// An option of level `SOL_SOCKET`: `int (bytes)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_RCVLOWAT: i32 = 18;

/// How long a blocking receive waits.
///
/// An option of level `SOL_SOCKET`: `struct timeval 16B (Windows: DWORD ms)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_RCVTIMEO: i32 = 20;

/// Bind to an address that old connections still have.
///
/// An option of level `SOL_SOCKET`: `bool`. Needs the grant `option SO_REUSEADDR` on UDP.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_REUSEADDR: i32 = 2;

/// Share a port with other sockets of the same user.
///
/// An option of level `SOL_SOCKET`: `bool`. Needs the grant `option SO_REUSEPORT`.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SO_REUSEPORT: i32 = 15;

/// Receive how many datagrams were dropped for want of room.
///
/// An option of level `SOL_SOCKET`: `bool`. A control message of level `SOL_SOCKET`: `u32`.
///
/// On Linux; Python has no name for it.
pub const SO_RXQ_OVFL: i32 = 40;

/// Size of the send buffer; Linux doubles what is set.
///
/// An option of level `SOL_SOCKET`: `int (bytes)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_SNDBUF: i32 = 7;

/// How many bytes have to fit for a stream to be writable.
///
/// An option of level `SOL_SOCKET`, to be read: `int (bytes)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_SNDLOWAT: i32 = 19;

/// How long a blocking send waits.
///
/// An option of level `SOL_SOCKET`: `struct timeval 16B (Windows: DWORD ms)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_SNDTIMEO: i32 = 21;

/// Receive when each datagram came, to the microsecond.
///
/// An option of level `SOL_SOCKET`: `bool`. A control message of level `SOL_SOCKET`, type `SCM_TIMESTAMP`: `struct timeval 16B`.
///
/// On Linux; Python has no name for it.
pub const SO_TIMESTAMP: i32 = 29;

/// Receive and keep times as the flags say.
///
/// An option of level `SOL_SOCKET`: `int, SOF_TIMESTAMPING_* or-ed`. A control message of level `SOL_SOCKET`, type
/// `SCM_TIMESTAMPING`: `three struct timespec 48B`. A control message of level `SOL_SOCKET`, type
/// `SCM_TIMESTAMPING_OPT_STATS`: `netlink attributes`. A control message of level `SOL_SOCKET`, type
/// `SCM_TIMESTAMPING_PKTINFO`: `struct scm_ts_pktinfo 16B`.
///
/// On Linux; Python has no name for it.
pub const SO_TIMESTAMPING: i32 = 37;

/// Receive when each datagram came, to the nanosecond.
///
/// An option of level `SOL_SOCKET`: `bool`. A control message of level `SOL_SOCKET`, type `SCM_TIMESTAMPNS`: `struct timespec 16B`.
///
/// On Linux; Python has no name for it.
pub const SO_TIMESTAMPNS: i32 = 35;

/// Tell each datagram when to leave.
///
/// An option of level `SOL_SOCKET`: `struct sock_txtime 8B`. Refused with `EPERM`: it paces by queues that are the
/// machine's.
///
/// On Linux; Python has no name for it.
pub const SO_TXTIME: i32 = 61;

/// The socket's type.
///
/// An option of level `SOL_SOCKET`, to be read: `int (SOCK_*)`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const SO_TYPE: i32 = 3;

/// Let sends go from the program's own memory.
///
/// An option of level `SOL_SOCKET`: `bool`. Refused with `EOPNOTSUPP`: the kernel would send from the host's memory
/// after the call.
///
/// On Linux; Python has no name for it.
pub const SO_ZEROCOPY: i32 = 60;

/// Take the BPF filter away.
///
/// An option of level `SOL_SOCKET`, to be set: `int (ignored)`.
///
/// On Linux; Python has no name for it.
pub const SO_DETACH_FILTER: i32 = 27;

/// Keep the BPF filter for good.
///
/// An option of level `SOL_SOCKET`: `bool`.
///
/// On Linux; Python has no name for it.
pub const SO_LOCK_FILTER: i32 = 44;

/// Supplementary groups of the peer when it connected.
///
/// An option of level `SOL_SOCKET`, to be read: `array of u32`. Needs the grant `option SO_PEERGROUPS`.
///
/// On Linux; Python has no name for it.
pub const SO_PEERGROUPS: i32 = 59;

/// Filter what is received with classic BPF.
///
/// An option of level `SOL_SOCKET`: `struct sock_fprog`. Refused with `ENOPROTOOPT`: its value has a pointer in it;
/// `set-filter` takes the program. `set_filter` does it.
///
/// On Linux; Python has no name for it.
pub const SO_ATTACH_FILTER: i32 = 26;

/// What getpeername says.
///
/// An option of level `SOL_SOCKET`: `sockaddr`. Refused with `ENOPROTOOPT`: it tells the host's paths; getpeername
/// tells the guest's own.
///
/// On Linux; Python has no name for it.
pub const SO_PEERNAME: i32 = 28;

/// `SO_SNDBUF` past the limit.
///
/// An option of level `SOL_SOCKET`: `int (bytes)`. Refused with `EPERM`: it passes over the limit, and takes a
/// capability.
///
/// On Linux; Python has no name for it.
pub const SO_SNDBUFFORCE: i32 = 32;

/// `SO_RCVBUF` past the limit.
///
/// An option of level `SOL_SOCKET`: `int (bytes)`. Refused with `EPERM`: it passes over the limit, and takes a
/// capability.
///
/// On Linux; Python has no name for it.
pub const SO_RCVBUFFORCE: i32 = 33;

/// Poll the interface instead of waiting.
///
/// An option of level `SOL_SOCKET`: `int (us)`. Refused with `EPERM`: it keeps a processor busy, and takes a
/// capability.
///
/// On Linux; Python has no name for it.
pub const SO_BUSY_POLL: i32 = 46;

/// Filter what is received with extended BPF.
///
/// An option of level `SOL_SOCKET`: `int, a descriptor`. Refused with `ENOPROTOOPT`: its value is a descriptor of the
/// host's.
///
/// On Linux; Python has no name for it.
pub const SO_ATTACH_BPF: i32 = 50;

/// Pick who of a shared port gets what.
///
/// An option of level `SOL_SOCKET`: `struct sock_fprog`. Refused with `ENOPROTOOPT`: it decides for others who share
/// the port.
///
/// On Linux; Python has no name for it.
pub const SO_ATTACH_REUSEPORT_CBPF: i32 = 51;

/// Pick who of a shared port gets what.
///
/// An option of level `SOL_SOCKET`: `int, a descriptor`. Refused with `ENOPROTOOPT`: its value is a descriptor of the
/// host's.
///
/// On Linux; Python has no name for it.
pub const SO_ATTACH_REUSEPORT_EBPF: i32 = 52;

/// Take that program away.
///
/// An option of level `SOL_SOCKET`: `int`. Refused with `ENOPROTOOPT`: it decides for others who share the port.
///
/// On Linux; Python has no name for it.
pub const SO_DETACH_REUSEPORT_BPF: i32 = 68;

/// Poll the interface instead of waiting.
///
/// An option of level `SOL_SOCKET`: `bool`. Refused with `EPERM`: it keeps a processor busy, and takes a capability.
///
/// On Linux; Python has no name for it.
pub const SO_PREFER_BUSY_POLL: i32 = 69;

/// How much one such poll takes.
///
/// An option of level `SOL_SOCKET`: `int (packets)`. Refused with `EPERM`: it keeps a processor busy, and takes a
/// capability.
///
/// On Linux; Python has no name for it.
pub const SO_BUSY_POLL_BUDGET: i32 = 70;

/// Process, user and group of the sender.
///
/// A control message of level `SOL_SOCKET`: `struct ucred 12B`. Of Unix sockets.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SCM_CREDENTIALS: i32 = 2;

/// Passes sockets and files.
///
/// A control message of level `SOL_SOCKET`: `array of int fds (4B each)`. Of Unix sockets.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const SCM_RIGHTS: i32 = 1;
