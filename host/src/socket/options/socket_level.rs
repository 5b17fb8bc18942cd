//! Options of every socket: socket(7), unix(7). The numbers are those of asm-generic/socket.h.

use super::row::Layout::{Bytes, Int, Struct};
use super::row::Rule::{Buffer, Credentials, Errno, Kernel, LowWater, Share, Timeout, Within};
use super::row::{Row, rows};
use super::sharing::Sharing::{Address, Port};
use crate::sys::readiness::Direction::{In, Out};

// Granted is what changes how packets leave, or what others hear: the device and the mark pick the way past the
// machine's own rules, SO_DONTROUTE past its routers, and SO_DEBUG writes to the kernel's log.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    SO_DEBUG:          SOL_SOCKET  1 Int,           GetSet Granted Kernel;
    SO_REUSEADDR:      SOL_SOCKET  2 Int,           GetSet Plain   Share(Address);
    SO_TYPE:           SOL_SOCKET  3 Int,           Get    Plain   Kernel;
    SO_ERROR:          SOL_SOCKET  4 Int,           Get    Plain   Errno;
    SO_DONTROUTE:      SOL_SOCKET  5 Int,           GetSet Granted Kernel;
    SO_BROADCAST:      SOL_SOCKET  6 Int,           GetSet Plain   Kernel;
    SO_SNDBUF:         SOL_SOCKET  7 Int,           GetSet Plain   Buffer;
    SO_RCVBUF:         SOL_SOCKET  8 Int,           GetSet Plain   Buffer;
    SO_KEEPALIVE:      SOL_SOCKET  9 Int,           GetSet Plain   Kernel;
    SO_OOBINLINE:      SOL_SOCKET 10 Int,           GetSet Plain   Kernel;
    // Beyond 6 it takes a capability: those queues are the machine's own traffic's.
    SO_PRIORITY:       SOL_SOCKET 12 Int,           GetSet Plain   Within(0, 6);
    SO_LINGER:         SOL_SOCKET 13 Struct(&[8]),  GetSet Plain   Kernel;
    SO_REUSEPORT:      SOL_SOCKET 15 Int,           GetSet Plain   Share(Port);
    SO_PASSCRED:       SOL_SOCKET 16 Int,           GetSet Plain   Credentials;
    SO_PEERCRED:       SOL_SOCKET 17 Struct(&[12]), Get    Plain   Kernel;
    SO_RCVLOWAT:       SOL_SOCKET 18 Int,           GetSet Plain   LowWater;
    SO_SNDLOWAT:       SOL_SOCKET 19 Int,           Get    Plain   Kernel;
    SO_RCVTIMEO:       SOL_SOCKET 20 Struct(&[16]), GetSet Plain   Timeout(In);
    SO_SNDTIMEO:       SOL_SOCKET 21 Struct(&[16]), GetSet Plain   Timeout(Out);
    SO_BINDTODEVICE:   SOL_SOCKET 25 Bytes,         GetSet Granted Kernel;
    SO_DETACH_FILTER:  SOL_SOCKET 27 Int,           Set    Plain   Kernel;
    SO_TIMESTAMP:      SOL_SOCKET 29 Int,           GetSet Plain   Kernel;
    SO_ACCEPTCONN:     SOL_SOCKET 30 Int,           Get    Plain   Kernel;
    SO_PEERSEC:        SOL_SOCKET 31 Bytes,         Get    Guarded Kernel;
    SO_PASSSEC:        SOL_SOCKET 34 Int,           GetSet Granted Kernel;
    SO_TIMESTAMPNS:    SOL_SOCKET 35 Int,           GetSet Plain   Kernel;
    SO_MARK:           SOL_SOCKET 36 Int,           GetSet Granted Kernel;
    SO_TIMESTAMPING:   SOL_SOCKET 37 Int,           GetSet Plain   Kernel;
    SO_PROTOCOL:       SOL_SOCKET 38 Int,           Get    Plain   Kernel;
    SO_DOMAIN:         SOL_SOCKET 39 Int,           Get    Plain   Kernel;
    SO_RXQ_OVFL:       SOL_SOCKET 40 Int,           GetSet Plain   Kernel;
    SO_LOCK_FILTER:    SOL_SOCKET 44 Int,           GetSet Plain   Kernel;
    SO_INCOMING_CPU:   SOL_SOCKET 49 Int,           GetSet Plain   Kernel;
    SO_PEERGROUPS:     SOL_SOCKET 59 Bytes,         Get    Guarded Kernel;
    SO_BINDTOIFINDEX:  SOL_SOCKET 62 Int,           GetSet Granted Kernel;

    => refused:
    SO_ATTACH_FILTER:         SOL_SOCKET 26 ENOPROTOOPT "its value has a pointer in it; `set-filter` takes the program";
    SO_PEERNAME:              SOL_SOCKET 28 ENOPROTOOPT "it tells the host's paths; getpeername tells the guest's own";
    SO_SNDBUFFORCE:           SOL_SOCKET 32 EPERM       "it passes over the limit, and takes a capability";
    SO_RCVBUFFORCE:           SOL_SOCKET 33 EPERM       "it passes over the limit, and takes a capability";
    SO_BUSY_POLL:             SOL_SOCKET 46 EPERM       "it keeps a processor busy, and takes a capability";
    SO_ATTACH_BPF:            SOL_SOCKET 50 ENOPROTOOPT "its value is a descriptor of the host's";
    SO_ATTACH_REUSEPORT_CBPF: SOL_SOCKET 51 ENOPROTOOPT "it decides for others who share the port";
    SO_ATTACH_REUSEPORT_EBPF: SOL_SOCKET 52 ENOPROTOOPT "its value is a descriptor of the host's";
    SO_ZEROCOPY:              SOL_SOCKET 60 EOPNOTSUPP  "the kernel would send from the host's memory after the call";
    SO_TXTIME:                SOL_SOCKET 61 EPERM       "it paces by queues that are the machine's";
    SO_DETACH_REUSEPORT_BPF:  SOL_SOCKET 68 ENOPROTOOPT "it decides for others who share the port";
    SO_PREFER_BUSY_POLL:      SOL_SOCKET 69 EPERM       "it keeps a processor busy, and takes a capability";
    SO_BUSY_POLL_BUDGET:      SOL_SOCKET 70 EPERM       "it keeps a processor busy, and takes a capability";
    SO_PASSPIDFD:             SOL_SOCKET 76 ENOPROTOOPT "it would bring descriptors of the host's processes";
    SO_PEERPIDFD:             SOL_SOCKET 77 ENOPROTOOPT "it would be a descriptor of one of the host's processes";
};
