//! Control messages between the WIT's variants and the host's.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::types::{Segments, ipv6, segments, to_wit};
use crate::address::Address;
use crate::bindings::messages::{self as wit, IncomingMessage, OtherMessage, OutgoingMessage};
use crate::bindings::types::{Inet6Address, InetAddress, SocketAddress};
use crate::error::{Error, Result};
use crate::message::{self, Message};
use crate::sys::control::{self, level, routing_header};
use crate::sys::errno;

type Octets = (u8, u8, u8, u8);

fn ipv4((a, b, c, d): Octets) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

fn octets(ip: Ipv4Addr) -> Octets {
    let [a, b, c, d] = ip.octets();
    (a, b, c, d)
}

/// A message of a guest's that passes nothing.
///
/// # Errors
///
/// `EOPNOTSUPP` for one that there is no codec for.
pub(super) fn message(message: OutgoingMessage) -> Result<Message> {
    Ok(match message {
        OutgoingMessage::InetPacketInfo(info) => Message::InetPacketInfo(message::InetPacketInfo {
            interface: info.interface,
            local: ipv4(info.local),
            destination: ipv4(info.destination),
        }),
        OutgoingMessage::Inet6PacketInfo(info) => Message::Inet6PacketInfo(message::Inet6PacketInfo {
            address: ipv6(info.address),
            interface: info.interface,
        }),
        OutgoingMessage::Ttl(value) => Message::Ttl(value),
        OutgoingMessage::TypeOfService(value) => Message::TypeOfService(value),
        OutgoingMessage::HopLimit(value) => Message::HopLimit(value),
        OutgoingMessage::TrafficClass(value) => Message::TrafficClass(value),
        OutgoingMessage::HopOptions(header) => Message::HopOptions(header),
        OutgoingMessage::DestinationOptions(header) => Message::DestinationOptions(header),
        OutgoingMessage::RoutingDestinationOptions(header) => Message::RoutingDestinationOptions(header),
        OutgoingMessage::RoutingHeader(addresses) => {
            let addresses: Vec<Ipv6Addr> = addresses.into_iter().map(|address: Segments| ipv6(address)).collect();
            Message::RoutingHeader(routing_header(&addresses))
        }
        OutgoingMessage::SegmentSize(size) => Message::SegmentSize(size),
        OutgoingMessage::Mark(value) => Message::Mark(value),
        OutgoingMessage::Priority(value) => Message::Priority(value),
        OutgoingMessage::AlgOperation(operation) => Message::AlgOperation(operation),
        OutgoingMessage::AlgIv(iv) => Message::AlgIv(iv),
        OutgoingMessage::AlgAssociatedLength(length) => Message::AlgAssociatedLength(length),
        OutgoingMessage::Rights(_) | OutgoingMessage::Credentials | OutgoingMessage::Other(_) => {
            return Err(Error::os(errno::EOPNOTSUPP));
        }
    })
}

/// A message for a guest.
pub(super) fn incoming(message: Message) -> IncomingMessage {
    let timestamp = |t: message::Timestamp| wit::Timestamp { seconds: t.seconds, nanoseconds: t.nanoseconds };
    match message {
        Message::Credentials(message::Credentials { pid, uid, gid }) => {
            IncomingMessage::Credentials(wit::Credentials { pid, uid, gid })
        }
        Message::Security(label) => IncomingMessage::Security(label),
        Message::TimestampMicroseconds(moment) => IncomingMessage::TimestampMicroseconds(timestamp(moment)),
        Message::TimestampNanoseconds(moment) => IncomingMessage::TimestampNanoseconds(timestamp(moment)),
        Message::Timestamping([one, two, three]) => {
            IncomingMessage::Timestamping((timestamp(one), timestamp(two), timestamp(three)))
        }
        Message::QueueOverflow(count) => IncomingMessage::QueueOverflow(count),
        Message::Mark(value) => IncomingMessage::Mark(value),
        Message::Priority(value) => IncomingMessage::Priority(value),
        Message::InetPacketInfo(info) => IncomingMessage::InetPacketInfo(wit::InetPacketInfo {
            interface: info.interface,
            local: octets(info.local),
            destination: octets(info.destination),
        }),
        Message::Inet6PacketInfo(info) => IncomingMessage::Inet6PacketInfo(wit::Inet6PacketInfo {
            address: segments(info.address),
            interface: info.interface,
        }),
        Message::Ttl(value) => IncomingMessage::Ttl(value),
        Message::TypeOfService(value) => IncomingMessage::TypeOfService(value),
        Message::OriginalDestination(address) => {
            IncomingMessage::OriginalDestination(InetAddress { address: octets(*address.ip()), port: address.port() })
        }
        Message::OriginalDestination6(address) => match to_wit(Address::Inet6(address)) {
            SocketAddress::Inet6(address) => IncomingMessage::OriginalDestination6(address),
            _ => IncomingMessage::OriginalDestination6(Inet6Address {
                address: segments(*address.ip()),
                port: address.port(),
                flow_info: 0,
                scope_id: 0,
            }),
        },
        Message::InetError(error) => IncomingMessage::InetError(extended(error)),
        Message::Inet6Error(error) => IncomingMessage::Inet6Error(extended(error)),
        Message::HopLimit(value) => IncomingMessage::HopLimit(value),
        Message::TrafficClass(value) => IncomingMessage::TrafficClass(value),
        Message::HopOptions(header) => IncomingMessage::HopOptions(header),
        // The kernel tells the two by their place in the packet only.
        Message::DestinationOptions(header) | Message::RoutingDestinationOptions(header) => {
            IncomingMessage::DestinationOptions(header)
        }
        Message::RoutingHeader(header) => IncomingMessage::RoutingHeader(header),
        Message::SegmentSize(size) | Message::JoinedSegmentSize(size) => IncomingMessage::SegmentSize(size),
        Message::BytesQueued(count) => IncomingMessage::BytesQueued(count),
        Message::PacketAuxiliaryData(data) => IncomingMessage::PacketAuxiliaryData(data),
        Message::NetlinkGroup(group) => IncomingMessage::NetlinkGroup(group),
        Message::Other(message::Other { level: level::SOL_RDS, kind, data }) => IncomingMessage::Rds((kind, data)),
        // They are sent alone.
        message @ (Message::AlgOperation(_) | Message::AlgIv(_) | Message::AlgAssociatedLength(_)) => {
            let (level, kind, data) =
                control::encode(&message).map(|(row, data)| (row.level, row.kind, data)).unwrap_or_default();
            other(level, kind, data)
        }
        Message::Other(message::Other { level, kind, data }) => other(level, kind, data),
    }
}

/// One without a case of its own, or one that was cut.
pub(super) fn other(level: i32, kind: i32, data: Vec<u8>) -> IncomingMessage {
    IncomingMessage::Other(OtherMessage { level, type_: kind, data })
}

fn extended(error: message::ExtendedError) -> wit::ExtendedError {
    wit::ExtendedError {
        errno: error.errno,
        origin: error.origin,
        type_: error.kind,
        code: error.code,
        info: error.info,
        data: error.data,
        offender: error.offender.map(to_wit),
    }
}
