//! Numbers of Linux's that the host itself speaks of, and which message flags it passes on.

use crate::error::{Error, Result};
use crate::sys::errno;

pub(crate) const AF_UNIX: i32 = 1;
pub(crate) const AF_INET: i32 = 2;
pub(crate) const AF_INET6: i32 = 10;
pub(crate) const AF_NETLINK: i32 = 16;
pub(crate) const AF_PACKET: i32 = 17;
pub(crate) const AF_RDS: i32 = 21;
pub(crate) const AF_CAN: i32 = 29;
pub(crate) const AF_TIPC: i32 = 30;
pub(crate) const AF_BLUETOOTH: i32 = 31;
pub(crate) const AF_ALG: i32 = 38;
pub(crate) const AF_VSOCK: i32 = 40;
pub(crate) const AF_QIPCRTR: i32 = 42;

pub(crate) const SOCK_STREAM: i32 = 1;
pub(crate) const SOCK_DGRAM: i32 = 2;
pub(crate) const SOCK_RAW: i32 = 3;
pub(crate) const SOCK_RDM: i32 = 4;
pub(crate) const SOCK_SEQPACKET: i32 = 5;
pub(crate) const SOCK_NONBLOCK: i32 = 0o4000;
pub(crate) const SOCK_CLOEXEC: i32 = 0o2000000;

pub(crate) const IPPROTO_ICMP: i32 = 1;
pub(crate) const IPPROTO_TCP: i32 = 6;
pub(crate) const IPPROTO_UDP: i32 = 17;
pub(crate) const IPPROTO_ICMPV6: i32 = 58;
pub(crate) const IPPROTO_SCTP: i32 = 132;
pub(crate) const IPPROTO_UDPLITE: i32 = 136;
pub(crate) const IPPROTO_RAW: i32 = 255;
pub(crate) const IPPROTO_MPTCP: i32 = 262;

pub(crate) const CAN_RAW: i32 = 1;
pub(crate) const CAN_BCM: i32 = 2;
pub(crate) const CAN_ISOTP: i32 = 6;
pub(crate) const CAN_J1939: i32 = 7;

pub(crate) const BTPROTO_L2CAP: i32 = 0;
pub(crate) const BTPROTO_HCI: i32 = 1;
pub(crate) const BTPROTO_SCO: i32 = 2;
pub(crate) const BTPROTO_RFCOMM: i32 = 3;

pub(crate) const MSG_OOB: i32 = 0x1;
pub(crate) const MSG_PEEK: i32 = 0x2;
pub(crate) const MSG_DONTROUTE: i32 = 0x4;
pub(crate) const MSG_CTRUNC: i32 = 0x8;
pub(crate) const MSG_TRUNC: i32 = 0x20;
pub(crate) const MSG_DONTWAIT: i32 = 0x40;
pub(crate) const MSG_EOR: i32 = 0x80;
pub(crate) const MSG_WAITALL: i32 = 0x100;
pub(crate) const MSG_CONFIRM: i32 = 0x800;
pub(crate) const MSG_ERRQUEUE: i32 = 0x2000;
pub(crate) const MSG_NOSIGNAL: i32 = 0x4000;
pub(crate) const MSG_MORE: i32 = 0x8000;
pub(crate) const MSG_FASTOPEN: i32 = 0x2000_0000;
pub(crate) const MSG_CMSG_CLOEXEC: i32 = 0x4000_0000;

/// What a guest may say when it sends; `MSG_DONTROUTE` with the grant of `SO_DONTROUTE`.
const SEND: i32 =
    MSG_OOB | MSG_DONTROUTE | MSG_DONTWAIT | MSG_EOR | MSG_CONFIRM | MSG_NOSIGNAL | MSG_MORE | MSG_FASTOPEN;
/// What a guest may say when it receives.
const RECEIVE: i32 =
    MSG_OOB | MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT | MSG_WAITALL | MSG_ERRQUEUE | MSG_NOSIGNAL | MSG_CMSG_CLOEXEC;

/// Flags of a send, without those that are always on.
///
/// # Errors
///
/// `EOPNOTSUPP` for one that isn't passed on.
pub(crate) fn to_send(flags: i32) -> Result<i32> {
    allow(flags, SEND).map(|flags| flags & !MSG_NOSIGNAL)
}

/// Flags of a receive, without those that are always on.
///
/// # Errors
///
/// `EOPNOTSUPP` for one that isn't passed on.
pub(crate) fn to_receive(flags: i32) -> Result<i32> {
    allow(flags, RECEIVE).map(|flags| flags & !MSG_NOSIGNAL)
}

fn allow(flags: i32, allowed: i32) -> Result<i32> {
    if flags & !allowed == 0 { Ok(flags) } else { Err(Error::os(errno::EOPNOTSUPP)) }
}

/// A number with its name, for a trace.
type Named = (i32, &'static str);

macro_rules! named {
    ($($name:ident),* $(,)?) => { [$(($name, stringify!($name))),*] };
}

/// A family as strace(1) writes it.
#[rustfmt::skip]
pub(crate) fn show_family(family: i32) -> String {
    const NAMES: [Named; 12] = named![
        AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_RDS, AF_CAN, AF_TIPC, AF_BLUETOOTH, AF_ALG, AF_VSOCK,
        AF_QIPCRTR,
    ];
    NAMES.iter().find(|named| named.0 == family).map_or_else(|| family.to_string(), |named| named.1.to_owned())
}

/// A socket type, with what is or-ed into it, as strace(1) writes it.
pub(crate) fn show_kind(kind: i32) -> String {
    const KINDS: [Named; 5] = named![SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET];
    const BITS: [Named; 2] = named![SOCK_NONBLOCK, SOCK_CLOEXEC];
    let plain = kind & !(SOCK_NONBLOCK | SOCK_CLOEXEC);
    let plain = KINDS.iter().find(|named| named.0 == plain).map_or_else(|| plain.to_string(), |named| named.1.into());
    let bits = BITS.iter().filter(|bit| kind & bit.0 != 0).map(|bit| format!("|{}", bit.1));
    std::iter::once(plain).chain(bits).collect()
}

/// Message flags as strace(1) writes them.
#[rustfmt::skip]
pub(crate) fn show_message(flags: i32) -> String {
    const NAMES: [Named; 14] = named![
        MSG_OOB, MSG_PEEK, MSG_TRUNC, MSG_DONTWAIT, MSG_EOR, MSG_WAITALL, MSG_CONFIRM, MSG_NOSIGNAL, MSG_MORE,
        MSG_FASTOPEN, MSG_CMSG_CLOEXEC, MSG_DONTROUTE, MSG_CTRUNC, MSG_ERRQUEUE,
    ];
    let known = NAMES.iter().filter(|bit| flags & bit.0 != 0);
    let rest = flags & !known.clone().fold(0, |all, bit| all | bit.0);
    let rest = (rest != 0 || flags == 0).then(|| if rest == 0 { "0".to_owned() } else { format!("{rest:#x}") });
    known.map(|bit| bit.1.to_owned()).chain(rest).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_that_no_row_allows_is_refused_in_both_directions() {
        const MSG_ZEROCOPY: i32 = 0x400_0000;
        for flags in [MSG_ZEROCOPY, MSG_CTRUNC, -1, i32::MIN] {
            assert!(to_send(flags).is_err(), "{flags:#x} must not be sent with");
            assert!(to_receive(flags).is_err(), "{flags:#x} must not be received with");
        }
    }

    #[test]
    fn numbers_are_shown_by_name_and_what_has_none_as_it_is() {
        assert_eq!(show_family(AF_INET), "AF_INET");
        assert_eq!(show_family(77), "77");
        assert_eq!(show_kind(SOCK_STREAM | SOCK_NONBLOCK), "SOCK_STREAM|SOCK_NONBLOCK");
        assert_eq!(show_message(0), "0");
        assert_eq!(show_message(MSG_PEEK | MSG_DONTWAIT), "MSG_PEEK|MSG_DONTWAIT");
        assert_eq!(show_message(MSG_OOB | 0x10), "MSG_OOB|0x10");
    }
}
