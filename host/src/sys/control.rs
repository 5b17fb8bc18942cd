//! The control-message table: level, type and layout of each, and what it takes to send one.
//!
//! A row is all there is to a message. What the kernel sends without a row is dropped and counted; what a guest sends
//! without one is refused. libc's sendmsg(2) and recvmsg(2) are used with codecs of our own, since the usual crates
//! drop what they don't know.

mod fit;
mod layout;
#[cfg(test)]
mod tests;

pub(crate) use fit::{Fitted, fit};
use layout::{
    Byte, Bytes, FirstWord, Half, In6Pktinfo, InPktinfo, Int, IntSize, Iv, Layout, SockExtendedErr, SockaddrIn,
    SockaddrIn6, ThreeTimespecs, Timespec, Timeval, Ucred, Word,
};

use crate::message::{Message, Other};
use crate::socket::options::Header;

/// A control message.
pub(crate) struct Row {
    /// Its constant; where it needs a grant, `option` and that name is the line.
    pub(crate) name: &'static str,
    pub(crate) level: i32,
    pub(crate) kind: i32,
    pub(crate) send: Send,
    decode: fn(&[u8]) -> Option<Message>,
    encode: fn(&Message) -> Option<Vec<u8>>,
}

/// What it takes to send a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Send {
    /// It only comes.
    Never,
    /// Nothing.
    Plain,
    /// The `option` grant of its name.
    Granted,
    /// A bind grant for the source address in it.
    Source,
    /// Nothing up to 6, and the `option` grant of its name beyond, as `SO_PRIORITY` itself.
    Ranked,
    /// The `option` grant of its name, and that each address in the header may be passed through, as the option.
    Header(Header),
    /// Nothing: it says who the host is, whatever the guest wrote.
    Own,
}

/// Levels, in Linux's numbers.
pub(crate) mod level {
    pub(crate) const SOL_SOCKET: i32 = 1;
    pub(crate) const IPPROTO_IP: i32 = 0;
    pub(crate) const IPPROTO_TCP: i32 = 6;
    pub(crate) const IPPROTO_UDP: i32 = 17;
    pub(crate) const IPPROTO_IPV6: i32 = 41;
    pub(crate) const SOL_CAN_RAW: i32 = 101;
    pub(crate) const SOL_CAN_J1939: i32 = 107;
    pub(crate) const SOL_PACKET: i32 = 263;
    pub(crate) const SOL_NETLINK: i32 = 270;
    pub(crate) const SOL_TIPC: i32 = 271;
    pub(crate) const SOL_RDS: i32 = 276;
    pub(crate) const SOL_BLUETOOTH: i32 = 274;
    /// To sockets of Bluetooth alone; to others it is `IPPROTO_IP`.
    pub(crate) const SOL_HCI: i32 = 0;
    pub(crate) const SOL_ALG: i32 = 279;
}

/// Those that carry descriptors have no row: they are never bytes to a guest.
pub(crate) const SCM_RIGHTS: i32 = 1;
/// A descriptor of the sender's process (`SO_PASSPIDFD`, Linux 6.5).
pub(crate) const SCM_PIDFD: i32 = 4;

macro_rules! rows {
    ($($name:ident: $level:ident $kind:literal $send:ident$(($header:ident))? $case:ident $layout:ty;)*) => {
        &[$(Row {
            name: stringify!($name),
            level: level::$level,
            kind: $kind,
            send: Send::$send$((Header::$header))?,
            decode: |data| <$layout>::read(data).map(Message::$case),
            encode: |message| match message {
                Message::$case(value) => Some(<$layout>::write(value)),
                _ => None,
            },
        },)*]
    };
}

// unix(7), socket(7), ip(7), ipv6(7), udp(7), tcp(7), packet(7), netlink(7), RFC 3542; the numbers are those of
// asm-generic/socket.h and linux/socket.h, in.h, in6.h, udp.h, tcp.h, if_packet.h, netlink.h, can/raw.h, can/j1939.h,
// if_alg.h.
#[rustfmt::skip]
static TABLE: &[Row] = rows! {
    SCM_CREDENTIALS:      SOL_SOCKET    2 Own     Credentials               Ucred;
    SCM_SECURITY:         SOL_SOCKET    3 Never   Security                  Bytes;
    SO_PRIORITY:          SOL_SOCKET   12 Ranked  Priority                  Word;
    SCM_TIMESTAMP:        SOL_SOCKET   29 Never   TimestampMicroseconds     Timeval;
    SCM_TIMESTAMPNS:      SOL_SOCKET   35 Never   TimestampNanoseconds      Timespec;
    SO_MARK:              SOL_SOCKET   36 Granted Mark                      Word;
    SCM_TIMESTAMPING:     SOL_SOCKET   37 Never   Timestamping              ThreeTimespecs;
    SO_RXQ_OVFL:          SOL_SOCKET   40 Never   QueueOverflow             Word;
    IP_TOS:               IPPROTO_IP    1 Plain   TypeOfService             Byte;
    IP_TTL:               IPPROTO_IP    2 Plain   Ttl                       Int;
    IP_PKTINFO:           IPPROTO_IP    8 Source  InetPacketInfo            InPktinfo;
    IP_RECVERR:           IPPROTO_IP   11 Never   InetError                 SockExtendedErr<16>;
    IP_RECVORIGDSTADDR:   IPPROTO_IP   20 Never   OriginalDestination       SockaddrIn;
    IPV6_RECVERR:         IPPROTO_IPV6 25 Never   Inet6Error                SockExtendedErr<28>;
    IPV6_PKTINFO:         IPPROTO_IPV6 50 Source  Inet6PacketInfo           In6Pktinfo;
    IPV6_HOPLIMIT:        IPPROTO_IPV6 52 Plain   HopLimit                  Int;
    IPV6_HOPOPTS:         IPPROTO_IPV6 54 Header(Extension) HopOptions                Bytes;
    IPV6_RTHDRDSTOPTS:    IPPROTO_IPV6 55 Header(Extension) RoutingDestinationOptions Bytes;
    IPV6_RTHDR:           IPPROTO_IPV6 57 Header(Routing) RoutingHeader             Bytes;
    IPV6_DSTOPTS:         IPPROTO_IPV6 59 Header(Extension) DestinationOptions        Bytes;
    IPV6_TCLASS:          IPPROTO_IPV6 67 Plain   TrafficClass              Int;
    IPV6_RECVORIGDSTADDR: IPPROTO_IPV6 74 Never   OriginalDestination6      SockaddrIn6;
    UDP_SEGMENT:          IPPROTO_UDP 103 Plain   SegmentSize               Half;
    UDP_GRO:              IPPROTO_UDP 104 Never   JoinedSegmentSize         IntSize;
    TCP_CM_INQ:           IPPROTO_TCP  36 Never   BytesQueued               Int;
    PACKET_AUXDATA:       SOL_PACKET    8 Never   PacketAuxiliaryData       Bytes;
    NETLINK_PKTINFO:      SOL_NETLINK   3 Never   NetlinkGroup              Word;
    ALG_SET_IV:           SOL_ALG       2 Plain   AlgIv                     Iv;
    ALG_SET_OP:           SOL_ALG       3 Plain   AlgOperation              FirstWord;
    ALG_SET_AEAD_ASSOCLEN: SOL_ALG      4 Plain   AlgAssociatedLength       FirstWord;
};

/// Messages that are handed on as the bytes that they are, as Python does with all: what they hold has no handle and no
/// address to judge in it.
#[rustfmt::skip]
static AS_BYTES: &[(&str, i32, i32)] = &[
    ("SCM_TIMESTAMPING_OPT_STATS", level::SOL_SOCKET,   54),
    ("SCM_TIMESTAMPING_PKTINFO",   level::SOL_SOCKET,   58),
    ("IP_RECVOPTS",                level::IPPROTO_IP,    6),
    ("IP_RETOPTS",                 level::IPPROTO_IP,    7),
    ("IP_CHECKSUM",                level::IPPROTO_IP,   23),
    ("IP_RECVFRAGSIZE",            level::IPPROTO_IP,   25),
    ("IPV6_FLOWINFO",              level::IPPROTO_IPV6, 11),
    ("IPV6_PATHMTU",               level::IPPROTO_IPV6, 61),
    ("IPV6_RECVFRAGSIZE",          level::IPPROTO_IPV6, 77),
    ("TIPC_ERRINFO",               level::SOL_TIPC,      1),
    ("TIPC_RETDATA",               level::SOL_TIPC,      2),
    ("TIPC_DESTNAME",              level::SOL_TIPC,      3),
    ("RDS_CMSG_CONG_UPDATE",       level::SOL_RDS,       5),
    ("HCI_CMSG_DIR",               level::SOL_HCI,       1),
    ("HCI_CMSG_TSTAMP",            level::SOL_HCI,       2),
    ("BT_SCM_PKT_STATUS",          level::SOL_BLUETOOTH, 3),
    ("SCM_CAN_RAW_ERRQUEUE",       level::SOL_CAN_RAW,   1),
    ("SCM_J1939_DEST_ADDR",        level::SOL_CAN_J1939, 1),
    ("SCM_J1939_DEST_NAME",        level::SOL_CAN_J1939, 2),
    ("SCM_J1939_PRIO",             level::SOL_CAN_J1939, 3),
    ("SCM_J1939_ERRQUEUE",         level::SOL_CAN_J1939, 4),
];

/// The row of a level and a type.
pub(crate) fn find(level: i32, kind: i32) -> Option<&'static Row> {
    TABLE.iter().find(|row| (row.level, row.kind) == (level, kind))
}

/// A message's row, and its data as the kernel takes them. None for a message that no row encodes.
pub(crate) fn encode(message: &Message) -> Option<(&'static Row, Vec<u8>)> {
    TABLE.iter().find_map(|row| (row.encode)(message).map(|data| (row, data)))
}

/// What the kernel sent, or a guest wrote as bytes. None where there is no row, or the data aren't what the row says.
pub(crate) fn decode(level: i32, kind: i32, data: &[u8]) -> Option<Message> {
    match find(level, kind) {
        Some(row) => (row.decode)(data),
        None => is_known(level, kind).then(|| Message::Other(Other { level, kind, data: data.to_vec() })),
    }
}

/// What the kernel sent to a socket of that family. The levels of Bluetooth's protocols are others' in the internet.
pub(crate) fn received(family: i32, level: i32, kind: i32, data: &[u8]) -> Option<Message> {
    let is_bytes = family == libc::AF_BLUETOOTH && AS_BYTES.iter().any(|row| (row.1, row.2) == (level, kind));
    match is_bytes {
        true => Some(Message::Other(Other { level, kind, data: data.to_vec() })),
        false => decode(level, kind, data),
    }
}

/// Whether a message has a row.
pub(crate) fn is_known(level: i32, kind: i32) -> bool {
    find(level, kind).is_some() || AS_BYTES.iter().any(|row| (row.1, row.2) == (level, kind))
}

/// A routing header to go by those addresses: of type 2 for a single one, which is all that the kernel sends, else of
/// type 0, which it refuses (RFC 5095).
pub(crate) fn routing_header(addresses: &[std::net::Ipv6Addr]) -> Vec<u8> {
    let kind = if addresses.len() == 1 { 2 } else { 0 };
    let count = u8::try_from(addresses.len()).unwrap_or(u8::MAX);
    let mut header = vec![0, count.saturating_mul(2), kind, count, 0, 0, 0, 0];
    header.extend(addresses.iter().flat_map(|address| address.octets()));
    header
}
