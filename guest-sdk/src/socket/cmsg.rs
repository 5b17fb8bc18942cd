//! Received control messages in Python's own form: level, type and the bytes that 64-bit little-endian Linux has.

use crate::address::wire::{unpack4, unpack6};
use crate::bindings::wallsocket::socket::messages::{ExtendedError, IncomingMessage, Timestamp};
use crate::bindings::wallsocket::socket::types::{Inet6Address, InetAddress, SocketAddress};
use crate::constants::{
    IP_PKTINFO, IP_RECVERR, IP_RECVORIGDSTADDR, IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPV6_DSTOPTS,
    IPV6_HOPLIMIT, IPV6_HOPOPTS, IPV6_PKTINFO, IPV6_RECVERR, IPV6_RECVORIGDSTADDR, IPV6_RTHDR, IPV6_TCLASS,
    NETLINK_PKTINFO, PACKET_AUXDATA, SCM_CREDENTIALS, SO_MARK, SO_PRIORITY, SO_RXQ_OVFL, SO_TIMESTAMP, SO_TIMESTAMPING,
    SO_TIMESTAMPNS, SOL_NETLINK, SOL_PACKET, SOL_RDS, SOL_SOCKET, SOL_UDP, TCP_INQ, UDP_GRO,
};

/// Linux's linux/socket.h; the other messages have the numbers of the options that ask for them.
const SCM_SECURITY: i32 = 3;

const AF_INET: u16 = 2;
const AF_INET6: u16 = 10;

/// The level, the type and the data of a message; none for handles.
pub(super) fn raw(message: &IncomingMessage) -> Option<(i32, i32, Vec<u8>)> {
    let int = |value: i32| value.to_le_bytes().to_vec();
    let word = |value: u32| value.to_le_bytes().to_vec();
    Some(match message {
        IncomingMessage::Rights(_) => return None,
        IncomingMessage::Credentials(c) => {
            let data = [c.pid.to_le_bytes(), c.uid.to_le_bytes(), c.gid.to_le_bytes()].concat();
            (SOL_SOCKET, SCM_CREDENTIALS, data)
        }
        IncomingMessage::Security(label) => (SOL_SOCKET, SCM_SECURITY, label.clone()),
        IncomingMessage::TimestampMicroseconds(time) => {
            (SOL_SOCKET, SO_TIMESTAMP, moment(time.seconds, time.nanoseconds / 1000))
        }
        IncomingMessage::TimestampNanoseconds(time) => (SOL_SOCKET, SO_TIMESTAMPNS, timespec(time)),
        IncomingMessage::Timestamping((one, two, three)) => {
            (SOL_SOCKET, SO_TIMESTAMPING, [one, two, three].into_iter().flat_map(timespec).collect())
        }
        IncomingMessage::QueueOverflow(count) => (SOL_SOCKET, SO_RXQ_OVFL, word(*count)),
        IncomingMessage::Mark(value) => (SOL_SOCKET, SO_MARK, word(*value)),
        IncomingMessage::Priority(value) => (SOL_SOCKET, SO_PRIORITY, word(*value)),
        IncomingMessage::InetPacketInfo(info) => {
            let addresses = [info.local, info.destination].map(|address| unpack4(address).octets());
            (IPPROTO_IP, IP_PKTINFO, [info.interface.to_le_bytes(), addresses[0], addresses[1]].concat())
        }
        IncomingMessage::Inet6PacketInfo(info) => {
            let address = unpack6(info.address).octets();
            (IPPROTO_IPV6, IPV6_PKTINFO, [&address[..], &info.interface.to_le_bytes()].concat())
        }
        IncomingMessage::Ttl(value) => (IPPROTO_IP, IP_TTL, int(*value)),
        IncomingMessage::TypeOfService(value) => (IPPROTO_IP, IP_TOS, vec![*value]),
        IncomingMessage::OriginalDestination(address) => (IPPROTO_IP, IP_RECVORIGDSTADDR, sockaddr_in(address)),
        IncomingMessage::OriginalDestination6(address) => (IPPROTO_IPV6, IPV6_RECVORIGDSTADDR, sockaddr_in6(address)),
        IncomingMessage::InetError(error) => (IPPROTO_IP, IP_RECVERR, extended(error, 16)),
        IncomingMessage::Inet6Error(error) => (IPPROTO_IPV6, IPV6_RECVERR, extended(error, 28)),
        IncomingMessage::HopLimit(value) => (IPPROTO_IPV6, IPV6_HOPLIMIT, int(*value)),
        IncomingMessage::TrafficClass(value) => (IPPROTO_IPV6, IPV6_TCLASS, int(*value)),
        IncomingMessage::HopOptions(header) => (IPPROTO_IPV6, IPV6_HOPOPTS, header.clone()),
        IncomingMessage::DestinationOptions(header) => (IPPROTO_IPV6, IPV6_DSTOPTS, header.clone()),
        IncomingMessage::RoutingHeader(header) => (IPPROTO_IPV6, IPV6_RTHDR, header.clone()),
        IncomingMessage::SegmentSize(size) => (SOL_UDP, UDP_GRO, int((*size).into())),
        IncomingMessage::BytesQueued(count) => (IPPROTO_TCP, TCP_INQ, int(*count)),
        IncomingMessage::PacketAuxiliaryData(data) => (SOL_PACKET, PACKET_AUXDATA, data.clone()),
        IncomingMessage::NetlinkGroup(group) => (SOL_NETLINK, NETLINK_PKTINFO, word(*group)),
        IncomingMessage::Rds((type_, data)) => (SOL_RDS, *type_, data.clone()),
        IncomingMessage::Other(other) => (other.level, other.type_, other.data.clone()),
    })
}

/// Two 64-bit numbers: seconds and a part of one.
fn moment(seconds: i64, part: u32) -> Vec<u8> {
    [seconds.to_le_bytes(), i64::from(part).to_le_bytes()].concat()
}

fn timespec(time: &Timestamp) -> Vec<u8> {
    moment(time.seconds, time.nanoseconds)
}

fn sockaddr_in(address: &InetAddress) -> Vec<u8> {
    let ip = unpack4(address.address).octets();
    [&AF_INET.to_le_bytes()[..], &address.port.to_be_bytes(), &ip, &[0; 8]].concat()
}

fn sockaddr_in6(address: &Inet6Address) -> Vec<u8> {
    let ip = unpack6(address.address).octets();
    let flow = address.flow_info.to_be_bytes();
    [&AF_INET6.to_le_bytes()[..], &address.port.to_be_bytes(), &flow, &ip, &address.scope_id.to_le_bytes()].concat()
}

/// `struct sock_extended_err`, and the offender's address in `length` bytes: zeros for none.
fn extended(error: &ExtendedError, length: usize) -> Vec<u8> {
    let mut data = error.errno.to_le_bytes().to_vec();
    data.extend([error.origin, error.type_, error.code, 0]);
    data.extend(error.info.to_le_bytes());
    data.extend(error.data.to_le_bytes());
    let mut offender = match &error.offender {
        Some(SocketAddress::Inet(address)) => sockaddr_in(address),
        Some(SocketAddress::Inet6(address)) => sockaddr_in6(address),
        _ => Vec::new(),
    };
    offender.resize(length, 0);
    data.extend(offender);
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::wallsocket::socket::messages::{Credentials, InetPacketInfo, OtherMessage};

    #[test]
    fn received_messages_have_pythons_form_too() {
        let loopback = (127, 0, 0, 1);
        let credentials = Credentials { pid: 1, uid: 2, gid: 3 };
        let info = InetPacketInfo { interface: 1, local: loopback, destination: loopback };
        let other = OtherMessage { level: 0, type_: 6, data: vec![1] };
        let ancient = Timestamp { seconds: 1, nanoseconds: 2000 };
        for (message, level, type_, data) in [
            (IncomingMessage::Credentials(credentials), 1, 2, vec![1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]),
            (IncomingMessage::Ttl(64), 0, 2, vec![64, 0, 0, 0]),
            (IncomingMessage::TypeOfService(4), 0, 1, vec![4]),
            (IncomingMessage::InetPacketInfo(info), 0, 8, vec![1, 0, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]),
            (IncomingMessage::SegmentSize(1200), 17, 104, vec![0xb0, 4, 0, 0]),
            (IncomingMessage::Other(other), 0, 6, vec![1]),
            (
                IncomingMessage::TimestampMicroseconds(ancient),
                1,
                29,
                [[1, 0, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0]].concat(),
            ),
        ] {
            assert_eq!(raw(&message), Some((level, type_, data)), "{message:?}");
        }
        assert_eq!(raw(&IncomingMessage::Rights(Vec::new())), None, "handles are no bytes");
    }

    #[test]
    fn an_error_has_room_for_its_offender() {
        let offender = SocketAddress::Inet(InetAddress { address: (192, 0, 2, 1), port: 0 });
        let error =
            ExtendedError { errno: 111, origin: 2, type_: 3, code: 3, info: 0, data: 0, offender: Some(offender) };
        let (level, type_, data) = raw(&IncomingMessage::InetError(error)).expect("it is bytes");
        assert_eq!((level, type_, data.len()), (0, 11, 32), "sizeof(sock_extended_err) and sizeof(sockaddr_in)");
        assert_eq!(data[..8], [111, 0, 0, 0, 2, 3, 3, 0]);
        assert_eq!(data[16..24], [2, 0, 0, 0, 192, 0, 2, 1]);
    }
}
