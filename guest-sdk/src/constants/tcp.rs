//! Options of TCP.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// What the congestion control knows.
///
/// An option of level `IPPROTO_TCP`, to be read: `union tcp_cc_info`.
///
/// On Linux; in Python since 3.12.
pub const TCP_CC_INFO: i32 = 26;

/// The congestion control's name.
///
/// An option of level `IPPROTO_TCP`: `string (<=16B, algorithm name)`. Needs the grant `option TCP_CONGESTION` beyond
/// what the machine allows everybody.
///
/// On Linux and FreeBSD; in Python since 3.6 or earlier.
pub const TCP_CONGESTION: i32 = 13;

/// Hold back partial segments until it is off again.
///
/// An option of level `IPPROTO_TCP`: `bool`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TCP_CORK: i32 = 3;

/// Accept only once there is data, or so many seconds have passed.
///
/// An option of level `IPPROTO_TCP`: `int (s)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TCP_DEFER_ACCEPT: i32 = 9;

/// Take data with the first packet: how many such connections may wait.
///
/// An option of level `IPPROTO_TCP`: `int (queue length)`. Windows: 10 1607+.
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.6 or earlier.
pub const TCP_FASTOPEN: i32 = 23;

/// connect sends nothing until there is data to go with it.
///
/// An option of level `IPPROTO_TCP`: `bool`.
///
/// On Linux; in Python since 3.12.
pub const TCP_FASTOPEN_CONNECT: i32 = 30;

/// Key that Fast Open's cookies are made with.
///
/// An option of level `IPPROTO_TCP`: `bytes 16B (or 32B primary+backup)`. Needs the grant `option TCP_FASTOPEN_KEY`.
///
/// On Linux; in Python since 3.12.
pub const TCP_FASTOPEN_KEY: i32 = 33;

/// Fast Open without a cookie.
///
/// An option of level `IPPROTO_TCP`: `bool`.
///
/// On Linux; in Python since 3.12.
pub const TCP_FASTOPEN_NO_COOKIE: i32 = 34;

/// State and counters of the connection.
///
/// An option of level `IPPROTO_TCP`, to be read: `struct tcp_info (length varies with kernel)`.
///
/// On Linux, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const TCP_INFO: i32 = 11;

/// Receive how many bytes are left in the queue.
///
/// An option of level `IPPROTO_TCP`: `bool`. A control message of level `IPPROTO_TCP`, type `TCP_CM_INQ`: `int 4B`.
///
/// On Linux; in Python since 3.12.
#[doc(alias = "TCP_CM_INQ")]
pub const TCP_INQ: i32 = 36;

/// How many probes may go unanswered.
///
/// An option of level `IPPROTO_TCP`: `int`. Windows: 10 1703+.
///
/// On Linux, Windows, macOS, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const TCP_KEEPCNT: i32 = 6;

/// Idle time before the first probe.
///
/// An option of level `IPPROTO_TCP`: `int (s)`. Windows: appears only if run-time Windows 10 1709+.
///
/// On Linux, Windows, FreeBSD and NetBSD; in Python since 3.6 or earlier.
#[doc(alias = "TCP_KEEPALIVE")]
pub const TCP_KEEPIDLE: i32 = 4;

/// Time between probes.
///
/// An option of level `IPPROTO_TCP`: `int (s)`. Windows: appears only if run-time Windows 10 1709+.
///
/// On Linux, Windows, macOS, FreeBSD and NetBSD; in Python since 3.6 or earlier.
pub const TCP_KEEPINTVL: i32 = 5;

/// How long a closed connection waits for the peer's end.
///
/// An option of level `IPPROTO_TCP`: `int (s)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TCP_LINGER2: i32 = 8;

/// The largest segment.
///
/// An option of level `IPPROTO_TCP`: `int`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const TCP_MAXSEG: i32 = 2;

/// Sign segments with MD5, RFC 2385.
///
/// An option of level `IPPROTO_TCP`, to be set: `struct tcp_md5sig 216B`.
///
/// On Linux, FreeBSD, NetBSD and OpenBSD; in Python since 3.12.
pub const TCP_MD5SIG: i32 = 14;

/// Sign segments with MD5, for a prefix or an interface.
///
/// An option of level `IPPROTO_TCP`, to be set: `struct tcp_md5sig 216B (with flags/prefixlen/ifindex)`.
///
/// On Linux; in Python since 3.12.
pub const TCP_MD5SIG_EXT: i32 = 32;

/// Send small segments at once.
///
/// An option of level `IPPROTO_TCP`: `bool`.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const TCP_NODELAY: i32 = 1;

/// How many unsent bytes make a stream unwritable.
///
/// An option of level `IPPROTO_TCP`: `int (u32 bytes)`.
///
/// On Linux and macOS; in Python since 3.7.
pub const TCP_NOTSENT_LOWAT: i32 = 25;

/// Sequence number of a queue under repair.
///
/// An option of level `IPPROTO_TCP`: `int (u32)`. Refused with `EPERM`: a part of `TCP_REPAIR`. Only while
/// `TCP_REPAIR` is on.
///
/// On Linux; in Python since 3.12.
pub const TCP_QUEUE_SEQ: i32 = 21;

/// Acknowledge at once.
///
/// An option of level `IPPROTO_TCP`: `bool`. Windows 3.14: value is SIO_TCP_SET_ACK_FREQUENCY.
///
/// On Linux and Windows; in Python since 3.6 or earlier.
pub const TCP_QUICKACK: i32 = 12;

/// Take a connection apart to move it elsewhere.
///
/// An option of level `IPPROTO_TCP`: `int (0 off,1 on,-1 off without window probe)`. Refused with `EPERM`: it
/// rewrites a connection's state, and takes a capability. Needs CAP_NET_ADMIN.
///
/// On Linux; in Python since 3.12.
pub const TCP_REPAIR: i32 = 19;

/// Options of a connection under repair.
///
/// An option of level `IPPROTO_TCP`: `array of struct tcp_repair_opt{u32 code;u32 val} 8B each`. Refused with
/// `EPERM`: a part of `TCP_REPAIR`. Only while `TCP_REPAIR` is on.
///
/// On Linux; in Python since 3.12.
pub const TCP_REPAIR_OPTIONS: i32 = 22;

/// Which queue is under repair.
///
/// An option of level `IPPROTO_TCP`: `int (0 none,1 recv,2 send)`. Refused with `EPERM`: a part of `TCP_REPAIR`. Only
/// while `TCP_REPAIR` is on.
///
/// On Linux; in Python since 3.12.
pub const TCP_REPAIR_QUEUE: i32 = 20;

/// Window of a connection under repair.
///
/// An option of level `IPPROTO_TCP`: `struct tcp_repair_window{u32*5} 20B`. Refused with `EPERM`: a part of
/// `TCP_REPAIR`. Only while `TCP_REPAIR` is on.
///
/// On Linux; in Python since 3.12.
pub const TCP_REPAIR_WINDOW: i32 = 29;

/// The headers that the connection began with.
///
/// An option of level `IPPROTO_TCP`, to be read: `saved SYN headers`.
///
/// On Linux; in Python since 3.12.
pub const TCP_SAVED_SYN: i32 = 28;

/// Keep the headers that connections begin with.
///
/// An option of level `IPPROTO_TCP`: `int (0,1,2)`. Needs the grant `option TCP_SAVE_SYN` for 2.
///
/// On Linux; in Python since 3.12.
pub const TCP_SAVE_SYN: i32 = 27;

/// How often connecting is tried.
///
/// An option of level `IPPROTO_TCP`: `int`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TCP_SYNCNT: i32 = 7;

/// Retransmit at the first duplicate, on thin streams.
///
/// An option of level `IPPROTO_TCP`: `bool`. No effect in current Linux kernels.
///
/// On Linux; in Python since 3.12.
pub const TCP_THIN_DUPACK: i32 = 17;

/// No growing pauses, on thin streams.
///
/// An option of level `IPPROTO_TCP`: `bool`.
///
/// On Linux; in Python since 3.12.
pub const TCP_THIN_LINEAR_TIMEOUTS: i32 = 16;

/// The connection's clock.
///
/// An option of level `IPPROTO_TCP`, to be read: `int (u32)`.
///
/// On Linux; in Python since 3.12.
pub const TCP_TIMESTAMP: i32 = 24;

/// Delay everything that is sent.
///
/// An option of level `IPPROTO_TCP`: `int (us)`. Needs the grant `option TCP_TX_DELAY`.
///
/// On Linux; in Python since 3.12.
pub const TCP_TX_DELAY: i32 = 37;

/// A protocol of the kernel's above TCP, such as tls.
///
/// An option of level `IPPROTO_TCP`: `string (<=16B, e.g. tls)`. Refused with `ENOPROTOOPT`: it may load a module,
/// and changes what sending means.
///
/// On Linux; in Python since 3.12.
pub const TCP_ULP: i32 = 31;

/// How long data may stay unacknowledged.
///
/// An option of level `IPPROTO_TCP`: `int (ms, unsigned)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TCP_USER_TIMEOUT: i32 = 18;

/// The largest window to announce.
///
/// An option of level `IPPROTO_TCP`: `int (bytes)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const TCP_WINDOW_CLAMP: i32 = 10;

/// Map received pages instead of copying.
///
/// An option of level `IPPROTO_TCP`: `struct tcp_zerocopy_receive (in/out)`. Refused with `ENOPROTOOPT`: its value
/// has a pointer in it.
///
/// On Linux; in Python since 3.12.
pub const TCP_ZEROCOPY_RECEIVE: i32 = 35;
