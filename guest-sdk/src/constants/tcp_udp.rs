//! Options of TCP, UDP and UDP-Lite.

/// `TCP_CC_INFO`: level `IPPROTO_TCP`, bytes `union tcp_cc_info`.
pub const TCP_CC_INFO: i32 = 26;
/// `TCP_CONGESTION`: level `IPPROTO_TCP`, `string (<=16B, algorithm name)`.
pub const TCP_CONGESTION: i32 = 13;
/// `TCP_CORK`: level `IPPROTO_TCP`, bool (int).
pub const TCP_CORK: i32 = 3;
/// `TCP_DEFER_ACCEPT`: level `IPPROTO_TCP`, int (s).
pub const TCP_DEFER_ACCEPT: i32 = 9;
/// `TCP_FASTOPEN`: level `IPPROTO_TCP`, int (queue length).
pub const TCP_FASTOPEN: i32 = 23;
/// `TCP_FASTOPEN_CONNECT`: level `IPPROTO_TCP`, bool (int).
pub const TCP_FASTOPEN_CONNECT: i32 = 30;
/// `TCP_FASTOPEN_KEY`: level `IPPROTO_TCP`, `bytes 16B (or 32B primary+backup)`.
pub const TCP_FASTOPEN_KEY: i32 = 33;
/// `TCP_FASTOPEN_NO_COOKIE`: level `IPPROTO_TCP`, bool (int).
pub const TCP_FASTOPEN_NO_COOKIE: i32 = 34;
/// `TCP_INFO`: level `IPPROTO_TCP`, bytes `struct tcp_info (length varies with kernel)`.
pub const TCP_INFO: i32 = 11;
/// `TCP_INQ`: level `IPPROTO_TCP`, bool (int); control message of level `IPPROTO_TCP`, type `TCP_CM_INQ(36, same number)`, `int 4B`.
pub const TCP_INQ: i32 = 36;
/// `TCP_KEEPCNT`: level `IPPROTO_TCP`, int.
pub const TCP_KEEPCNT: i32 = 6;
/// `TCP_KEEPIDLE`: level `IPPROTO_TCP`, int (s).
pub const TCP_KEEPIDLE: i32 = 4;
/// `TCP_KEEPINTVL`: level `IPPROTO_TCP`, int (s).
pub const TCP_KEEPINTVL: i32 = 5;
/// `TCP_LINGER2`: level `IPPROTO_TCP`, int (s).
pub const TCP_LINGER2: i32 = 8;
/// `TCP_MAXSEG`: level `IPPROTO_TCP`, int.
pub const TCP_MAXSEG: i32 = 2;
/// `TCP_MD5SIG`: level `IPPROTO_TCP`, bytes `struct tcp_md5sig 216B`.
pub const TCP_MD5SIG: i32 = 14;
/// `TCP_MD5SIG_EXT`: level `IPPROTO_TCP`, bytes `struct tcp_md5sig 216B (with flags/prefixlen/ifindex)`.
pub const TCP_MD5SIG_EXT: i32 = 32;
/// `TCP_NODELAY`: level `IPPROTO_TCP`, bool (int).
pub const TCP_NODELAY: i32 = 1;
/// `TCP_NOTSENT_LOWAT`: level `IPPROTO_TCP`, int (u32 bytes).
pub const TCP_NOTSENT_LOWAT: i32 = 25;
/// `TCP_QUEUE_SEQ`: level `IPPROTO_TCP`, int (u32).
pub const TCP_QUEUE_SEQ: i32 = 21;
/// `TCP_QUICKACK`: level `IPPROTO_TCP`, bool (int).
pub const TCP_QUICKACK: i32 = 12;
/// `TCP_REPAIR`: level `IPPROTO_TCP`, int (0 off,1 on,-1 off without window probe).
pub const TCP_REPAIR: i32 = 19;
/// `TCP_REPAIR_OPTIONS`: level `IPPROTO_TCP`, bytes `array of struct tcp_repair_opt{u32 code;u32 val} 8B each`.
pub const TCP_REPAIR_OPTIONS: i32 = 22;
/// `TCP_REPAIR_QUEUE`: level `IPPROTO_TCP`, int (0 none,1 recv,2 send).
pub const TCP_REPAIR_QUEUE: i32 = 20;
/// `TCP_REPAIR_WINDOW`: level `IPPROTO_TCP`, bytes `struct tcp_repair_window{u32*5} 20B`.
pub const TCP_REPAIR_WINDOW: i32 = 29;
/// `TCP_SAVED_SYN`: level `IPPROTO_TCP`, bytes `saved SYN headers`.
pub const TCP_SAVED_SYN: i32 = 28;
/// `TCP_SAVE_SYN`: level `IPPROTO_TCP`, int (0,1,2).
pub const TCP_SAVE_SYN: i32 = 27;
/// `TCP_SYNCNT`: level `IPPROTO_TCP`, int.
pub const TCP_SYNCNT: i32 = 7;
/// `TCP_THIN_DUPACK`: level `IPPROTO_TCP`, bool (int).
pub const TCP_THIN_DUPACK: i32 = 17;
/// `TCP_THIN_LINEAR_TIMEOUTS`: level `IPPROTO_TCP`, bool (int).
pub const TCP_THIN_LINEAR_TIMEOUTS: i32 = 16;
/// `TCP_TIMESTAMP`: level `IPPROTO_TCP`, int (u32).
pub const TCP_TIMESTAMP: i32 = 24;
/// `TCP_TX_DELAY`: level `IPPROTO_TCP`, int (us).
pub const TCP_TX_DELAY: i32 = 37;
/// `TCP_ULP`: level `IPPROTO_TCP`, `string (<=16B, e.g. tls)`.
pub const TCP_ULP: i32 = 31;
/// `TCP_USER_TIMEOUT`: level `IPPROTO_TCP`, int (ms, unsigned).
pub const TCP_USER_TIMEOUT: i32 = 18;
/// `TCP_WINDOW_CLAMP`: level `IPPROTO_TCP`, int (bytes).
pub const TCP_WINDOW_CLAMP: i32 = 10;
/// `TCP_ZEROCOPY_RECEIVE`: level `IPPROTO_TCP`, bytes `struct tcp_zerocopy_receive (in/out)`.
pub const TCP_ZEROCOPY_RECEIVE: i32 = 35;

/// `UDPLITE_RECV_CSCOV`: level `IPPROTO_UDPLITE`, int (minimum coverage).
pub const UDPLITE_RECV_CSCOV: i32 = 11;
/// `UDPLITE_SEND_CSCOV`: level `IPPROTO_UDPLITE`, int (bytes covered; 0=all, 1..7 raised to 8).
pub const UDPLITE_SEND_CSCOV: i32 = 10;
