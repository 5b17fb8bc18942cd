//! What fuzzers call about options: [`crate::fuzzing`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::group::{self, Membership};
use super::row::{Layout, Rule};
use super::value::{int, number, timeval};
use super::{BLUETOOTH, Header, TABLE, filter};
use crate::socket::flags::{AF_INET, SOCK_DGRAM};
use crate::sys::Socket;
use crate::sys::options::{Instruction, attach_filter};

/// A value of some option.
pub(crate) fn value(data: &[u8]) {
    let Some((which, value)) = data.split_first_chunk::<2>() else { return };
    let rows: Vec<_> = TABLE.iter().chain(BLUETOOTH).flat_map(|rows| rows.iter()).collect();
    let row = rows[usize::from(u16::from_le_bytes(*which)) % rows.len()];
    let cut = row.cut(value);
    assert!(value.starts_with(cut), "{}: what is cut is cut off the end", row.name);
    assert_eq!(row.cut(cut), cut, "{}: it is cut once", row.name);
    // What may not be cut, and what is refused for its length, stays as it is.
    if let Some(longest) = row.longest().filter(|longest| value.len() >= *longest)
        && !matches!(row.layout, Layout::Exact(_))
    {
        assert!(cut.len() == longest && row.fits(cut), "{}: the kernel sees {} bytes", row.name, cut.len());
    }
    if let Rule::Join(membership) = row.rule {
        a_group(membership, cut);
    }
    assert!(group::interface(cut).len() == cut.len(), "the interface of multicasts is as long as it was");
    match int(value) {
        Ok(whole) => assert_eq!(number(value), whole, "four bytes are an int"),
        Err(_) => assert!(value.len() < 4, "{value:?} is an int"),
    }
    if let Ok(time) = timeval(value) {
        assert!(value.len() >= 16 && time.subsec_nanos() % 1000 <= 1, "{time:?} is of microseconds");
    }
}

fn a_group(membership: Membership, value: &[u8]) {
    let Ok(group) = membership.group(value) else { return };
    assert!(group.is_multicast(), "{group} can be joined");
    let written = membership.with_group(value, group).expect("it is of the same family");
    assert_eq!(written, value, "the group that was read stands where it is written");
    let other: IpAddr = match group {
        IpAddr::V4(_) => Ipv4Addr::new(239, 1, 2, 3).into(),
        IpAddr::V6(_) => Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 1, 3).into(),
    };
    let judged = membership.with_group(value, other).expect("it is of the same family");
    assert_eq!(membership.group(&judged).ok(), Some(other), "the kernel is handed the group that was judged");
}

/// A filter: the kernel has the same opinion of it.
pub(crate) fn filter(data: &[u8]) {
    // The kernel's memory for a filter of an ordinary socket ends before that of the longest.
    let program: Vec<Instruction> = data.as_chunks::<8>().0.iter().take(256).map(instruction).collect();
    if program.is_empty() {
        return;
    }
    thread_local! {
        static SOCKET: Socket = Socket::new(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    }
    let kernel = SOCKET.with(|socket| attach_filter(socket, &program));
    assert_eq!(filter::check(&program).is_ok(), kernel.is_ok(), "the kernel says {kernel:?} of {program:?}");
}

fn instruction(&[low, high, jump_true, jump_false, a, b, c, d]: &[u8; 8]) -> Instruction {
    let code = u16::from_le_bytes([low, high]);
    Instruction { code, jump_true, jump_false, operand: u32::from_le_bytes([a, b, c, d]) }
}

/// IPv4 options and IPv6 extension headers.
pub(crate) fn header(data: &[u8]) {
    let Some((kind, header)) = data.split_first() else { return };
    let kind = [Header::Options, Header::Extension, Header::Routing][usize::from(kind % 3)];
    let mut asked = Vec::new();
    let same = kind.judged(header, |ip| {
        asked.push(ip);
        Ok(ip)
    });
    let Ok(same) = same else { return };
    assert!(header.starts_with(&same), "what was allowed as it is stays as it is");
    // Other addresses in their place: of the guest's own none is left.
    let stands_for = |ip: IpAddr| match ip {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7)),
    };
    let judged = kind.judged(header, |ip| Ok(stands_for(ip))).expect("it was allowed before");
    let mut left = Vec::new();
    let again = kind.judged(&judged, |ip| {
        left.push(ip);
        Ok(ip)
    });
    assert_eq!(again.expect("it is a header still"), judged, "it is judged the same again");
    let expected: Vec<IpAddr> = asked.into_iter().map(stands_for).collect();
    assert_eq!(left, expected, "each address is one that was judged");
}
