//! Control messages as the host holds them: between the WIT's variants and the kernel's bytes.
//!
//! Descriptors are none of them: what a message passes is handled where it lives, and never as a number.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use crate::address::Address;

/// A control message without descriptors ([cmsg(3)](https://man7.org/linux/man-pages/man3/cmsg.3.html)). Those that go
/// both ways stand here once.
///
/// Adding one means adding a case here, its row in `sys::control` and its conversion in `interfaces::messages`; the
/// compiler names each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// `SCM_CREDENTIALS`.
    Credentials(Credentials),
    /// `SCM_SECURITY`.
    Security(Vec<u8>),
    /// `SCM_TIMESTAMP`.
    TimestampMicroseconds(Timestamp),
    /// `SCM_TIMESTAMPNS`.
    TimestampNanoseconds(Timestamp),
    /// `SCM_TIMESTAMPING`: by software, deprecated, by hardware.
    Timestamping([Timestamp; 3]),
    /// `SO_RXQ_OVFL`.
    QueueOverflow(u32),
    /// `SO_MARK`.
    Mark(u32),
    /// `SO_PRIORITY`.
    Priority(u32),
    /// `IP_PKTINFO`.
    InetPacketInfo(InetPacketInfo),
    /// `IPV6_PKTINFO`.
    Inet6PacketInfo(Inet6PacketInfo),
    /// `IP_TTL`.
    Ttl(i32),
    /// `IP_TOS`.
    TypeOfService(u8),
    /// `IP_RECVORIGDSTADDR`.
    OriginalDestination(SocketAddrV4),
    /// `IPV6_RECVORIGDSTADDR`.
    OriginalDestination6(SocketAddrV6),
    /// `IP_RECVERR`.
    InetError(ExtendedError),
    /// `IPV6_RECVERR`.
    Inet6Error(ExtendedError),
    /// `IPV6_HOPLIMIT`.
    HopLimit(i32),
    /// `IPV6_TCLASS`.
    TrafficClass(i32),
    /// `IPV6_HOPOPTS`.
    HopOptions(Vec<u8>),
    /// `IPV6_DSTOPTS`.
    DestinationOptions(Vec<u8>),
    /// `IPV6_RTHDRDSTOPTS`.
    RoutingDestinationOptions(Vec<u8>),
    /// `IPV6_RTHDR`: the extension header.
    RoutingHeader(Vec<u8>),
    /// `UDP_SEGMENT`, sent.
    SegmentSize(u16),
    /// `UDP_GRO`, received.
    JoinedSegmentSize(u16),
    /// `TCP_CM_INQ`.
    BytesQueued(i32),
    /// `PACKET_AUXDATA`.
    PacketAuxiliaryData(Vec<u8>),
    /// `NETLINK_PKTINFO`.
    NetlinkGroup(u32),
    /// `ALG_SET_OP`: encrypt or decrypt.
    AlgOperation(u32),
    /// `ALG_SET_IV`: the bytes alone.
    AlgIv(Vec<u8>),
    /// `ALG_SET_AEAD_ASSOCLEN`.
    AlgAssociatedLength(u32),
    /// One that is handed on as it came.
    Other(Other),
}

/// `struct ucred`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) pid: i32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

/// A moment since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timestamp {
    pub(crate) seconds: i64,
    /// 0 to 999,999,999.
    pub(crate) nanoseconds: u32,
}

/// `struct in_pktinfo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InetPacketInfo {
    pub(crate) interface: u32,
    /// The source to send from; received, the address that the route led to.
    pub(crate) local: Ipv4Addr,
    pub(crate) destination: Ipv4Addr,
}

/// `struct in6_pktinfo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Inet6PacketInfo {
    pub(crate) address: Ipv6Addr,
    pub(crate) interface: u32,
}

/// `struct sock_extended_err`, with the node that reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExtendedError {
    /// In Linux's numbers.
    pub(crate) errno: i32,
    pub(crate) origin: u8,
    pub(crate) kind: u8,
    pub(crate) code: u8,
    pub(crate) info: u32,
    pub(crate) data: u32,
    pub(crate) offender: Option<Address>,
}

/// A message as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Other {
    pub(crate) level: i32,
    pub(crate) kind: i32,
    pub(crate) data: Vec<u8>,
}
