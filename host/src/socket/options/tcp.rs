//! Options of TCP: tcp(7). The numbers are those of linux/tcp.h.

use super::row::Layout::{Bytes, Exact, Int, Struct};
use super::row::Rule::{Congestion, Kernel, Within};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    TCP_NODELAY:              IPPROTO_TCP  1 Int,               GetSet Plain   Kernel;
    TCP_MAXSEG:               IPPROTO_TCP  2 Int,               GetSet Plain   Kernel;
    TCP_CORK:                 IPPROTO_TCP  3 Int,               GetSet Plain   Kernel;
    TCP_KEEPIDLE:             IPPROTO_TCP  4 Int,               GetSet Plain   Kernel;
    TCP_KEEPINTVL:            IPPROTO_TCP  5 Int,               GetSet Plain   Kernel;
    TCP_KEEPCNT:              IPPROTO_TCP  6 Int,               GetSet Plain   Kernel;
    TCP_SYNCNT:               IPPROTO_TCP  7 Int,               GetSet Plain   Kernel;
    TCP_LINGER2:              IPPROTO_TCP  8 Int,               GetSet Plain   Kernel;
    TCP_DEFER_ACCEPT:         IPPROTO_TCP  9 Int,               GetSet Plain   Kernel;
    TCP_WINDOW_CLAMP:         IPPROTO_TCP 10 Int,               GetSet Plain   Kernel;
    TCP_INFO:                 IPPROTO_TCP 11 Bytes,             Get    Plain   Kernel;
    TCP_QUICKACK:             IPPROTO_TCP 12 Int,               GetSet Plain   Kernel;
    TCP_CONGESTION:           IPPROTO_TCP 13 Bytes,             GetSet Plain   Congestion;
    TCP_MD5SIG:               IPPROTO_TCP 14 Struct(&[216]),    Set    Plain   Kernel;
    TCP_THIN_LINEAR_TIMEOUTS: IPPROTO_TCP 16 Int,               GetSet Plain   Kernel;
    TCP_THIN_DUPACK:          IPPROTO_TCP 17 Int,               GetSet Plain   Kernel;
    TCP_USER_TIMEOUT:         IPPROTO_TCP 18 Int,               GetSet Plain   Kernel;
    TCP_FASTOPEN:             IPPROTO_TCP 23 Int,               GetSet Plain   Kernel;
    // To be set while TCP_REPAIR is on, which it never is.
    TCP_TIMESTAMP:            IPPROTO_TCP 24 Int,               Get    Plain   Kernel;
    TCP_NOTSENT_LOWAT:        IPPROTO_TCP 25 Int,               GetSet Plain   Kernel;
    TCP_CC_INFO:              IPPROTO_TCP 26 Bytes,             Get    Plain   Kernel;
    // 2 would keep the link's header too, and with it hardware addresses.
    TCP_SAVE_SYN:             IPPROTO_TCP 27 Int,               GetSet Plain   Within(0, 1);
    TCP_SAVED_SYN:            IPPROTO_TCP 28 Bytes,             Get    Plain   Kernel;
    // The peer is the one that connect judged; only when its first packet goes is another.
    TCP_FASTOPEN_CONNECT:     IPPROTO_TCP 30 Int,               GetSet Plain   Kernel;
    TCP_MD5SIG_EXT:           IPPROTO_TCP 32 Struct(&[216]),    Set    Plain   Kernel;
    // A socket without a key of its own reads the machine's.
    TCP_FASTOPEN_KEY:         IPPROTO_TCP 33 Exact(&[16, 32]),  GetSet Guarded Kernel;
    TCP_FASTOPEN_NO_COOKIE:   IPPROTO_TCP 34 Int,               GetSet Plain   Kernel;
    TCP_INQ:                  IPPROTO_TCP 36 Int,               GetSet Plain   Kernel;
    // Once anybody has set it, every connection of the machine looks at it.
    TCP_TX_DELAY:             IPPROTO_TCP 37 Int,               GetSet Granted Kernel;

    => refused:
    TCP_REPAIR:               IPPROTO_TCP 19 EPERM       "it rewrites a connection's state, and takes a capability";
    TCP_REPAIR_QUEUE:         IPPROTO_TCP 20 EPERM       "a part of TCP_REPAIR";
    TCP_QUEUE_SEQ:            IPPROTO_TCP 21 EPERM       "a part of TCP_REPAIR";
    TCP_REPAIR_OPTIONS:       IPPROTO_TCP 22 EPERM       "a part of TCP_REPAIR";
    TCP_REPAIR_WINDOW:        IPPROTO_TCP 29 EPERM       "a part of TCP_REPAIR";
    TCP_ULP:                  IPPROTO_TCP 31 ENOPROTOOPT "it may load a module, and changes what sending means";
    TCP_ZEROCOPY_RECEIVE:     IPPROTO_TCP 35 ENOPROTOOPT "its value has a pointer in it";
};
