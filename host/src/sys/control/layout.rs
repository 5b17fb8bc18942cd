//! How the data of control messages lie in memory, on 64-bit Linux.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use super::super::errno;
use crate::address::Address;
use crate::message::{Credentials, ExtendedError, Inet6PacketInfo, InetPacketInfo, Timestamp};

/// Reads and writes one layout. Reading takes exactly what the kernel takes: a length that it refuses is none.
pub(super) trait Layout {
    type Value;
    fn read(data: &[u8]) -> Option<Self::Value>;
    fn write(value: &Self::Value) -> Vec<u8>;
}

/// Takes fields off the front of a message.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_ne_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.take().map(i64::from_ne_bytes)
    }

    fn ipv4(&mut self) -> Option<Ipv4Addr> {
        self.take::<4>().map(Ipv4Addr::from)
    }

    fn ipv6(&mut self) -> Option<Ipv6Addr> {
        self.take::<16>().map(Ipv6Addr::from)
    }

    /// The value, if nothing is left.
    fn end<T>(self, value: T) -> Option<T> {
        self.0.is_empty().then_some(value)
    }

    /// `struct sockaddr_in`, 16 bytes.
    fn sockaddr_in(&mut self) -> Option<(u16, SocketAddrV4)> {
        let family = self.take().map(u16::from_ne_bytes)?;
        let port = self.take().map(u16::from_be_bytes)?;
        let ip = self.ipv4()?;
        self.take::<8>()?;
        Some((family, SocketAddrV4::new(ip, port)))
    }

    /// `struct sockaddr_in6`, 28 bytes. The standard library has flow information as the kernel has it.
    fn sockaddr_in6(&mut self) -> Option<(u16, SocketAddrV6)> {
        let family = self.take().map(u16::from_ne_bytes)?;
        let port = self.take().map(u16::from_be_bytes)?;
        let flow = self.u32()?;
        let ip = self.ipv6()?;
        let scope = self.u32()?;
        Some((family, SocketAddrV6::new(ip, port, flow, scope)))
    }
}

fn write_sockaddr_in(address: &SocketAddrV4, bytes: &mut Vec<u8>) {
    bytes.extend(libc::AF_INET.to_ne_bytes().first_chunk::<2>().copied().unwrap_or_default());
    bytes.extend(address.port().to_be_bytes());
    bytes.extend(address.ip().octets());
    bytes.extend([0; 8]);
}

fn write_sockaddr_in6(address: &SocketAddrV6, bytes: &mut Vec<u8>) {
    bytes.extend(libc::AF_INET6.to_ne_bytes().first_chunk::<2>().copied().unwrap_or_default());
    bytes.extend(address.port().to_be_bytes());
    bytes.extend(address.flowinfo().to_ne_bytes());
    bytes.extend(address.ip().octets());
    bytes.extend(address.scope_id().to_ne_bytes());
}

macro_rules! integers {
    ($($(#[$doc:meta])* $name:ident: $integer:ty;)*) => {$(
        $(#[$doc])*
        pub(super) enum $name {}
        impl Layout for $name {
            type Value = $integer;
            fn read(data: &[u8]) -> Option<$integer> {
                data.try_into().ok().map(<$integer>::from_ne_bytes)
            }
            fn write(value: &$integer) -> Vec<u8> {
                value.to_ne_bytes().to_vec()
            }
        }
    )*};
}

integers! {
    /// A C `int`.
    Int: i32;
    /// A `__u32`.
    Word: u32;
    /// A `__u16`.
    Half: u16;
}

/// One byte; the kernel also takes a C `int` that holds one (`ip_cmsg_send`).
pub(super) enum Byte {}

impl Layout for Byte {
    type Value = u8;
    fn read(data: &[u8]) -> Option<u8> {
        match data {
            [byte] => Some(*byte),
            _ => Int::read(data).and_then(|value| u8::try_from(value).ok()),
        }
    }
    fn write(value: &u8) -> Vec<u8> {
        vec![*value]
    }
}

/// A size of at most 65,535 bytes that the kernel tells as a C `int` (`udp_cmsg_recv`).
pub(super) enum IntSize {}

impl Layout for IntSize {
    type Value = u16;
    fn read(data: &[u8]) -> Option<u16> {
        Int::read(data).and_then(|value| u16::try_from(value).ok())
    }
    fn write(value: &u16) -> Vec<u8> {
        i32::from(*value).to_ne_bytes().to_vec()
    }
}

/// Bytes of any length.
pub(super) enum Bytes {}

impl Layout for Bytes {
    type Value = Vec<u8>;
    fn read(data: &[u8]) -> Option<Vec<u8>> {
        Some(data.to_vec())
    }
    fn write(value: &Vec<u8>) -> Vec<u8> {
        value.clone()
    }
}

/// A `__u32` at the front, whatever follows it (`af_alg_cmsg_send`).
pub(super) enum FirstWord {}

impl Layout for FirstWord {
    type Value = u32;
    fn read(data: &[u8]) -> Option<u32> {
        Fields(data).u32()
    }
    fn write(value: &u32) -> Vec<u8> {
        Word::write(value)
    }
}

/// `struct af_alg_iv`: a length and as many bytes, whatever follows them.
pub(super) enum Iv {}

impl Layout for Iv {
    type Value = Vec<u8>;
    fn read(data: &[u8]) -> Option<Vec<u8>> {
        let mut fields = Fields(data);
        let length = usize::try_from(fields.u32()?).ok()?;
        fields.0.get(..length).map(<[u8]>::to_vec)
    }
    fn write(value: &Vec<u8>) -> Vec<u8> {
        // What is longer than 32 bits can say is longer than any memory of a guest's.
        let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
        [&length.to_ne_bytes()[..], value].concat()
    }
}

/// `struct ucred`.
pub(super) enum Ucred {}

impl Layout for Ucred {
    type Value = Credentials;
    fn read(data: &[u8]) -> Option<Credentials> {
        let mut fields = Fields(data);
        let credentials =
            Credentials { pid: fields.take().map(i32::from_ne_bytes)?, uid: fields.u32()?, gid: fields.u32()? };
        fields.end(credentials)
    }
    fn write(value: &Credentials) -> Vec<u8> {
        [value.pid.to_ne_bytes(), value.uid.to_ne_bytes(), value.gid.to_ne_bytes()].concat()
    }
}

/// `struct timeval`: seconds and microseconds.
pub(super) enum Timeval {}

impl Layout for Timeval {
    type Value = Timestamp;
    fn read(data: &[u8]) -> Option<Timestamp> {
        let mut fields = Fields(data);
        let (seconds, microseconds) = (fields.i64()?, fields.i64()?);
        let microseconds = u32::try_from(microseconds).ok().filter(|part| *part < 1_000_000)?;
        fields.end(Timestamp { seconds, nanoseconds: microseconds * 1000 })
    }
    fn write(value: &Timestamp) -> Vec<u8> {
        [value.seconds.to_ne_bytes(), i64::from(value.nanoseconds / 1000).to_ne_bytes()].concat()
    }
}

/// `struct timespec`: seconds and nanoseconds.
pub(super) enum Timespec {}

impl Layout for Timespec {
    type Value = Timestamp;
    fn read(data: &[u8]) -> Option<Timestamp> {
        let mut fields = Fields(data);
        let (seconds, nanoseconds) = (fields.i64()?, fields.i64()?);
        let nanoseconds = u32::try_from(nanoseconds).ok().filter(|part| *part < 1_000_000_000)?;
        fields.end(Timestamp { seconds, nanoseconds })
    }
    fn write(value: &Timestamp) -> Vec<u8> {
        [value.seconds.to_ne_bytes(), i64::from(value.nanoseconds).to_ne_bytes()].concat()
    }
}

/// `struct scm_timestamping`: three `struct timespec`.
pub(super) enum ThreeTimespecs {}

impl Layout for ThreeTimespecs {
    type Value = [Timestamp; 3];
    fn read(data: &[u8]) -> Option<[Timestamp; 3]> {
        let (parts, []) = data.as_chunks::<16>() else { return None };
        let [one, two, three] = parts else { return None };
        Some([Timespec::read(one)?, Timespec::read(two)?, Timespec::read(three)?])
    }
    fn write(value: &[Timestamp; 3]) -> Vec<u8> {
        value.iter().flat_map(Timespec::write).collect()
    }
}

/// `struct in_pktinfo`.
pub(super) enum InPktinfo {}

impl Layout for InPktinfo {
    type Value = InetPacketInfo;
    fn read(data: &[u8]) -> Option<InetPacketInfo> {
        let mut fields = Fields(data);
        let info = InetPacketInfo { interface: fields.u32()?, local: fields.ipv4()?, destination: fields.ipv4()? };
        fields.end(info)
    }
    fn write(value: &InetPacketInfo) -> Vec<u8> {
        [value.interface.to_ne_bytes(), value.local.octets(), value.destination.octets()].concat()
    }
}

/// `struct in6_pktinfo`.
pub(super) enum In6Pktinfo {}

impl Layout for In6Pktinfo {
    type Value = Inet6PacketInfo;
    fn read(data: &[u8]) -> Option<Inet6PacketInfo> {
        let mut fields = Fields(data);
        let info = Inet6PacketInfo { address: fields.ipv6()?, interface: fields.u32()? };
        fields.end(info)
    }
    fn write(value: &Inet6PacketInfo) -> Vec<u8> {
        [&value.address.octets()[..], &value.interface.to_ne_bytes()].concat()
    }
}

/// `struct sockaddr_in`.
pub(super) enum SockaddrIn {}

impl Layout for SockaddrIn {
    type Value = SocketAddrV4;
    fn read(data: &[u8]) -> Option<SocketAddrV4> {
        let mut fields = Fields(data);
        let (_, address) = fields.sockaddr_in()?;
        fields.end(address)
    }
    fn write(value: &SocketAddrV4) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_sockaddr_in(value, &mut bytes);
        bytes
    }
}

/// `struct sockaddr_in6`.
pub(super) enum SockaddrIn6 {}

impl Layout for SockaddrIn6 {
    type Value = SocketAddrV6;
    fn read(data: &[u8]) -> Option<SocketAddrV6> {
        let mut fields = Fields(data);
        let (_, address) = fields.sockaddr_in6()?;
        fields.end(address)
    }
    fn write(value: &SocketAddrV6) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_sockaddr_in6(value, &mut bytes);
        bytes
    }
}

/// `struct sock_extended_err` and an address of `OFFENDER` bytes behind it, whose family says whether it is one.
pub(super) enum SockExtendedErr<const OFFENDER: usize> {}

impl<const OFFENDER: usize> Layout for SockExtendedErr<OFFENDER> {
    type Value = ExtendedError;
    fn read(data: &[u8]) -> Option<ExtendedError> {
        let mut fields = Fields(data);
        let native = fields.take().map(i32::from_ne_bytes)?;
        let [origin, kind, code, _pad] = fields.take()?;
        let (info, extra) = (fields.u32()?, fields.u32()?);
        let (family, offender) = match OFFENDER {
            16 => fields.sockaddr_in().map(|(family, address)| (family, Address::Inet(address)))?,
            _ => fields.sockaddr_in6().map(|(family, address)| (family, Address::Inet6(address)))?,
        };
        let known = matches!(i32::from(family), libc::AF_INET | libc::AF_INET6);
        let errno = errno::to_linux(&std::io::Error::from_raw_os_error(native));
        let offender = Some(offender).filter(|_| known);
        fields.end(ExtendedError { errno, origin, kind, code, info, data: extra, offender })
    }
    fn write(value: &ExtendedError) -> Vec<u8> {
        let native = errno::from_linux(value.errno).raw_os_error().unwrap_or(value.errno);
        let mut bytes = native.to_ne_bytes().to_vec();
        bytes.extend([value.origin, value.kind, value.code, 0]);
        bytes.extend(value.info.to_ne_bytes());
        bytes.extend(value.data.to_ne_bytes());
        match &value.offender {
            Some(Address::Inet(address)) if OFFENDER == 16 => write_sockaddr_in(address, &mut bytes),
            Some(Address::Inet6(address)) if OFFENDER != 16 => write_sockaddr_in6(address, &mut bytes),
            _ => bytes.extend([0; OFFENDER]),
        }
        bytes
    }
}
