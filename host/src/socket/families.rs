//! Which sockets the host makes, and which addresses they take.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{Description, Mode, flags};
use crate::address::{Address, UnixAddress};
use crate::error::{Error, Result};
use crate::permissions::{Transport, is_extension_header};
use crate::sys::errno;

/// Which sockets the host makes, with the kind alone and the mode that came in with it.
pub(crate) fn admit(family: i32, kind: i32, protocol: i32) -> Result<(i32, Mode)> {
    let mode = if kind & flags::SOCK_NONBLOCK != 0 { Mode::NonBlocking } else { Mode::Blocking };
    let kind = kind & !(flags::SOCK_NONBLOCK | flags::SOCK_CLOEXEC);
    match (family, kind, protocol) {
        // The kernel takes raw Unix sockets for datagram ones.
        (flags::AF_UNIX, flags::SOCK_RAW, 0 | flags::AF_UNIX) => Ok((flags::SOCK_DGRAM, mode)),
        (flags::AF_UNIX, flags::SOCK_STREAM | flags::SOCK_DGRAM | flags::SOCK_SEQPACKET, 0 | flags::AF_UNIX)
        | (flags::AF_INET | flags::AF_INET6, flags::SOCK_STREAM, 0 | flags::IPPROTO_TCP | flags::IPPROTO_MPTCP)
        | (flags::AF_INET | flags::AF_INET6, flags::SOCK_DGRAM, 0 | flags::IPPROTO_UDP | flags::IPPROTO_UDPLITE)
        | (flags::AF_INET, flags::SOCK_DGRAM, flags::IPPROTO_ICMP)
        | (flags::AF_INET6, flags::SOCK_DGRAM, flags::IPPROTO_ICMPV6)
        | (flags::AF_INET, flags::SOCK_RAW, 1..=flags::IPPROTO_RAW)
        | (flags::AF_PACKET, flags::SOCK_DGRAM | flags::SOCK_RAW, _)
        | (flags::AF_VSOCK, flags::SOCK_STREAM | flags::SOCK_DGRAM | flags::SOCK_SEQPACKET, 0 | flags::AF_VSOCK) => {
            Ok((kind, mode))
        }
        (flags::AF_INET | flags::AF_INET6, flags::SOCK_STREAM | flags::SOCK_SEQPACKET, flags::IPPROTO_SCTP)
        | (flags::AF_RDS, flags::SOCK_SEQPACKET, 0)
        | (flags::AF_CAN, flags::SOCK_RAW, flags::CAN_RAW)
        | (flags::AF_CAN, flags::SOCK_DGRAM, flags::CAN_BCM | flags::CAN_ISOTP | flags::CAN_J1939)
        | (flags::AF_TIPC, flags::SOCK_STREAM | flags::SOCK_DGRAM | flags::SOCK_RDM | flags::SOCK_SEQPACKET, 0)
        | (flags::AF_BLUETOOTH, flags::SOCK_STREAM | flags::SOCK_DGRAM | flags::SOCK_SEQPACKET, flags::BTPROTO_L2CAP)
        | (flags::AF_BLUETOOTH, flags::SOCK_RAW, flags::BTPROTO_HCI)
        | (flags::AF_BLUETOOTH, flags::SOCK_SEQPACKET, flags::BTPROTO_SCO)
        | (flags::AF_BLUETOOTH, flags::SOCK_STREAM, flags::BTPROTO_RFCOMM)
        | (flags::AF_ALG, flags::SOCK_SEQPACKET, 0)
        | (flags::AF_QIPCRTR, flags::SOCK_DGRAM, _) => Ok((kind, mode)),
        // What the others would send is an extension header of IPv6, which may lead on to where nobody judged.
        (flags::AF_INET6, flags::SOCK_RAW, 1..=flags::IPPROTO_RAW) if !is_extension_header(protocol) => {
            Ok((kind, mode))
        }
        (flags::AF_NETLINK, flags::SOCK_DGRAM | flags::SOCK_RAW, _) if Transport::netlink(protocol).is_some() => {
            Ok((kind, mode))
        }
        _ => Err(Error::os(refusal(family, kind, protocol))),
    }
}

/// What the kernel says of a socket that the host doesn't make.
fn refusal(family: i32, kind: i32, protocol: i32) -> i32 {
    use flags::{AF_ALG, AF_BLUETOOTH, AF_CAN, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_QIPCRTR, AF_RDS, AF_TIPC};
    use flags::{AF_UNIX, AF_VSOCK, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM};
    const SOCK_MAX: i32 = 11;
    const IPPROTO_MAX: i32 = 263;
    /// `CAN_NPROTO`.
    const CAN_MAX: i32 = 8;
    /// `BT_MAX_PROTO`.
    const BT_MAX: i32 = 9;
    match family {
        AF_UNIX | AF_INET | AF_INET6 | AF_NETLINK | AF_PACKET | AF_VSOCK | AF_CAN | AF_ALG | AF_TIPC | AF_RDS
        | AF_BLUETOOTH | AF_QIPCRTR
            if !(0..SOCK_MAX).contains(&kind) =>
        {
            errno::EINVAL
        }
        AF_INET | AF_INET6 if !(0..IPPROTO_MAX).contains(&protocol) => errno::EINVAL,
        AF_INET | AF_INET6 if matches!(kind, SOCK_STREAM | SOCK_DGRAM | SOCK_RAW) => errno::EPROTONOSUPPORT,
        AF_NETLINK if matches!(kind, SOCK_DGRAM | SOCK_RAW) => errno::EPROTONOSUPPORT,
        AF_UNIX | AF_VSOCK if protocol != 0 && protocol != family => errno::EPROTONOSUPPORT,
        AF_CAN if !(0..CAN_MAX).contains(&protocol) => errno::EINVAL,
        AF_BLUETOOTH if !(0..BT_MAX).contains(&protocol) => errno::EINVAL,
        AF_CAN if !matches!(protocol, flags::CAN_RAW | flags::CAN_BCM | flags::CAN_ISOTP | flags::CAN_J1939) => {
            errno::EPROTONOSUPPORT
        }
        // A raw one hears what every link of every adapter is set up with. The kernel takes a capability for it.
        AF_BLUETOOTH if (kind, protocol) == (SOCK_RAW, flags::BTPROTO_L2CAP) => errno::EPERM,
        AF_BLUETOOTH if !(flags::BTPROTO_L2CAP..=flags::BTPROTO_RFCOMM).contains(&protocol) => errno::EPROTONOSUPPORT,
        AF_TIPC if protocol != 0 => errno::EPROTONOSUPPORT,
        AF_CAN | AF_TIPC | AF_QIPCRTR => errno::EPROTOTYPE,
        AF_UNIX | AF_INET | AF_INET6 | AF_NETLINK | AF_PACKET | AF_VSOCK | AF_RDS | AF_BLUETOOTH => {
            errno::ESOCKTNOSUPPORT
        }
        AF_ALG if kind != flags::SOCK_SEQPACKET => errno::ESOCKTNOSUPPORT,
        AF_ALG => errno::EPROTONOSUPPORT,
        _ => errno::EAFNOSUPPORT,
    }
}

/// Whether making such a socket, or binding it, may wait: the kernel may have to load a module for it first.
pub(crate) fn may_load_modules(family: i32, protocol: i32) -> bool {
    match family {
        flags::AF_CAN
        | flags::AF_ALG
        | flags::AF_TIPC
        | flags::AF_RDS
        | flags::AF_BLUETOOTH
        | flags::AF_QIPCRTR
        | flags::AF_VSOCK => true,
        flags::AF_INET | flags::AF_INET6 => protocol == flags::IPPROTO_SCTP,
        _ => false,
    }
}

/// Whether such a socket hears, without a grant that says otherwise, only from whom it may send to.
pub(super) fn is_selective(family: i32, kind: i32) -> bool {
    match family {
        // Whom SCTP has an association with was judged when it began: by the connect, or by the grant to listen.
        flags::AF_INET | flags::AF_INET6 => !matches!(kind, flags::SOCK_STREAM | flags::SOCK_SEQPACKET),
        flags::AF_PACKET | flags::AF_NETLINK | flags::AF_RDS | flags::AF_QIPCRTR => true,
        flags::AF_VSOCK => kind == flags::SOCK_DGRAM,
        // Datagrams of L2CAP, and adapters' own sockets.
        flags::AF_BLUETOOTH => matches!(kind, flags::SOCK_DGRAM | flags::SOCK_RAW),
        _ => false,
    }
}

/// Refuses an address of another family, as Python and the kernel do, before policy is asked about it.
pub(crate) fn of_family(socket: &Description, address: &Address) -> Result<()> {
    match (socket.family, address) {
        (flags::AF_CAN, Address::Can(at)) if !super::can::is_of_protocol(at, socket.protocol) => {
            Err(Error::os(errno::EINVAL))
        }
        (flags::AF_CAN, Address::Can(_)) => Ok(()),
        (flags::AF_INET, Address::Inet(_))
        | (flags::AF_INET6, Address::Inet6(_))
        | (flags::AF_UNIX, Address::Unix(_))
        | (flags::AF_PACKET, Address::Packet(_))
        | (flags::AF_NETLINK, Address::Netlink(_))
        | (flags::AF_VSOCK, Address::Vsock(_))
        | (flags::AF_RDS, Address::Inet(_) | Address::Inet6(_))
        | (flags::AF_ALG, Address::Alg(_))
        | (flags::AF_TIPC, Address::Tipc(_))
        | (flags::AF_BLUETOOTH, Address::Bluetooth(_))
        | (flags::AF_QIPCRTR, Address::Qipcrtr(_))
        | (_, Address::Unspecified) => Ok(()),
        _ => Err(Error::os(errno::EAFNOSUPPORT)),
    }
}

/// Whether binding there takes IPv4 as well: an IPv6 wildcard without `IPV6_V6ONLY`, ipv6(7).
pub(crate) fn is_dual_stack(socket: &Description, address: &Address) -> Result<bool> {
    match address {
        Address::Inet6(inet6) if inet6.ip().is_unspecified() => Ok(!socket.sys.is_v6_only()?),
        _ => Ok(false),
    }
}

/// The wildcard address and any port, or no name.
pub(crate) fn wildcard(socket: &Description) -> Address {
    match socket.family {
        flags::AF_INET => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)).into(),
        flags::AF_INET6 => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)).into(),
        flags::AF_TIPC => Address::Unspecified,
        _ => Address::Unix(UnixAddress::Unnamed),
    }
}

/// A peer without an address.
pub(crate) fn unnamed_peer(socket: &Description) -> Address {
    match socket.family {
        flags::AF_UNIX => Address::Unix(UnixAddress::Unnamed),
        _ => Address::Unspecified,
    }
}
