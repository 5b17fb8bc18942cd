//! Options of every socket: socket(7), unix(7). The numbers are those of asm-generic/socket.h.

use super::row::Layout::{Int, Struct};
use super::row::Rule::{Buffer, Credentials, Errno, Kernel, ShareAddress, Timeout};
use super::row::{Row, rows};
use crate::sys::readiness::Direction::{In, Out};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    SO_REUSEADDR:    SOL_SOCKET  2 Int,           GetSet Plain   ShareAddress;
    SO_TYPE:         SOL_SOCKET  3 Int,           Get    Plain   Kernel;
    SO_ERROR:        SOL_SOCKET  4 Int,           Get    Plain   Errno;
    SO_BROADCAST:    SOL_SOCKET  6 Int,           GetSet Plain   Kernel;
    SO_SNDBUF:       SOL_SOCKET  7 Int,           GetSet Plain   Buffer;
    SO_RCVBUF:       SOL_SOCKET  8 Int,           GetSet Plain   Buffer;
    SO_KEEPALIVE:    SOL_SOCKET  9 Int,           GetSet Plain   Kernel;
    SO_OOBINLINE:    SOL_SOCKET 10 Int,           GetSet Plain   Kernel;
    SO_LINGER:       SOL_SOCKET 13 Struct(&[8]),  GetSet Plain   Kernel;
    SO_PASSCRED:     SOL_SOCKET 16 Int,           GetSet Plain   Credentials;
    SO_RCVTIMEO:     SOL_SOCKET 20 Struct(&[16]), GetSet Plain   Timeout(In);
    SO_SNDTIMEO:     SOL_SOCKET 21 Struct(&[16]), GetSet Plain   Timeout(Out);
    SO_TIMESTAMP:    SOL_SOCKET 29 Int,           GetSet Plain   Kernel;
    SO_ACCEPTCONN:   SOL_SOCKET 30 Int,           Get    Plain   Kernel;
    SO_PASSSEC:      SOL_SOCKET 34 Int,           GetSet Granted Kernel;
    SO_TIMESTAMPNS:  SOL_SOCKET 35 Int,           GetSet Plain   Kernel;
    SO_TIMESTAMPING: SOL_SOCKET 37 Int,           GetSet Plain   Kernel;
    SO_PROTOCOL:     SOL_SOCKET 38 Int,           Get    Plain   Kernel;
    SO_DOMAIN:       SOL_SOCKET 39 Int,           Get    Plain   Kernel;
    SO_RXQ_OVFL:     SOL_SOCKET 40 Int,           GetSet Plain   Kernel;

    => refused:
    SO_ZEROCOPY:     SOL_SOCKET 60 EOPNOTSUPP "the kernel would send from the host's memory after the call has ended";
    SO_TXTIME:       SOL_SOCKET 61 EPERM      "it paces by queues that are the machine's, and takes a capability";
    SO_PASSPIDFD:    SOL_SOCKET 76 ENOPROTOOPT "it would bring descriptors of the host's processes";
    SO_PEERPIDFD:    SOL_SOCKET 77 ENOPROTOOPT "it would be a descriptor of one of the host's processes";
};
