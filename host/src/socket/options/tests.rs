//! The table against the kernel.

use std::net::IpAddr;
use std::time::Duration;

use super::apply::Value;
use super::value::int;
use super::*;
use crate::limits::Limits;
use crate::permissions::{Denial, Permit, op};
use crate::socket::{Description, flags};
use crate::sys;
use crate::sys::readiness::Direction;

/// Nobody to ask.
struct Nobody;

impl Ask for Nobody {
    fn option(&self, _: &Description, name: &str) -> std::result::Result<Permit<op::SetOption>, Denial> {
        panic!("{name} is plain, and needs no grant")
    }

    fn refused(&self, _: &str, _: &'static str) {}

    fn packet_membership(
        &self,
        _: &Description,
        name: &str,
        _: i32,
    ) -> std::result::Result<Permit<op::SetOption>, Denial> {
        panic!("{name} is a packet socket's")
    }

    fn netlink_group(&self, name: &str, _: &Description, _: u32) -> std::result::Result<Permit<op::SetOption>, Denial> {
        panic!("{name} is a netlink socket's")
    }

    fn autobind(&self, _: &Description) -> std::result::Result<Permit<op::Bind>, Denial> {
        panic!("a socket of the internet has no Unix name")
    }

    fn owner(&self) -> u64 {
        panic!("nothing is shared")
    }

    fn join(&self, _: &Description, group: IpAddr) -> std::result::Result<Permit<op::Join>, Denial> {
        panic!("{group} is joined with a grant only")
    }

    fn via(&self, _: &Description, hop: IpAddr) -> std::result::Result<Permit<op::Connect>, Denial> {
        panic!("no packet goes through {hop}")
    }

    fn source(&self, _: &Description, address: IpAddr) -> std::result::Result<Permit<op::Bind>, Denial> {
        panic!("nothing is sent from {address}")
    }
}

fn tcp() -> Description {
    let sys = sys::Socket::new(flags::AF_INET, flags::SOCK_STREAM, 0).expect("a socket");
    Description::new(sys, flags::AF_INET, flags::SOCK_STREAM, 0)
}

fn set(description: &Description, level: i32, number: i32, value: &[u8]) -> Result<()> {
    description.set_option(find(flags::AF_INET, level, number)?, Value::Bytes(value), &Limits::default(), &Nobody)
}

#[track_caller]
fn fails<T: std::fmt::Debug>(result: Result<T>, errno: i32, why: &str) {
    assert!(matches!(&result, Err(Error::Io(io)) if errno::to_linux(io) == errno), "{why}: {result:?}");
}

#[test]
fn no_option_stands_in_the_table_twice() {
    for family in [flags::AF_INET, flags::AF_BLUETOOTH] {
        let all: Vec<&Row> = rows(family).collect();
        for (index, row) in all.iter().enumerate() {
            let twin = all[..index].iter().find(|other| (other.level, other.number) == (row.level, row.number));
            assert!(twin.is_none(), "{} and {twin:?} are the same option", row.name);
            assert!(
                all[..index].iter().all(|other| (other.name, other.level) != (row.name, row.level)),
                "{}",
                row.name
            );
        }
    }
}

#[test]
fn an_option_without_a_row_is_not_available() {
    fails(find(flags::AF_INET, 1, 9999), errno::ENOPROTOOPT, "there is no such option");
}

#[test]
fn a_level_is_another_to_bluetooth() {
    let of = |family, level, number| find(family, level, number).map(|row| row.name).ok();
    assert_eq!(of(flags::AF_INET, 0, 3), Some("IP_HDRINCL"));
    assert_eq!(of(flags::AF_BLUETOOTH, 0, 3), Some("HCI_TIME_STAMP"));
    assert_eq!(of(flags::AF_INET, 6, 3), Some("TCP_CORK"));
    assert_eq!(of(flags::AF_BLUETOOTH, 6, 3), Some("L2CAP_LM"));
    assert_eq!(of(flags::AF_BLUETOOTH, 6, 13), None, "TCP_CONGESTION is none of its options");
    assert_eq!(of(flags::AF_INET, 274, 4), None, "nor is BT_SECURITY one of TCP's");
    assert_eq!(of(flags::AF_BLUETOOTH, 1, 9), Some("SO_KEEPALIVE"), "SOL_SOCKET is everybody's");
}

#[test]
fn what_is_refused_is_refused_both_ways() {
    let description = tcp();
    let mut count = 0;
    for row in rows(flags::AF_INET) {
        let row::Tier::Refused { errno, why } = row.tier else { continue };
        count += 1;
        let value = Value::Bytes(&[0; 16]);
        fails(description.set_option(row, value, &Limits::default(), &Nobody), errno, why);
        fails(description.get_option(row, 4, &Nobody), errno, why);
    }
    assert!(count > 0, "some options are refused");
}

#[test]
fn a_value_that_is_not_there_is_judged_by_its_length() {
    let (description, row) = (tcp(), find(flags::AF_INET, 1, 9).expect("SO_KEEPALIVE has a row"));
    for (length, errno) in [(0, errno::EINVAL), (3, errno::EINVAL), (4, errno::EFAULT), (u32::MAX, errno::EINVAL)] {
        fails(description.set_option(row, Value::Null(length), &Limits::default(), &Nobody), errno, "as the kernel");
    }
}

#[test]
fn a_timeout_option_comes_back_as_it_went_in() {
    let description = tcp();
    let mut value = [0u8; 16];
    value[0] = 3;
    value[8..12].copy_from_slice(&250_000u32.to_le_bytes());
    set(&description, 1, 20, &value).expect("SO_RCVTIMEO takes a struct timeval");
    let row = find(flags::AF_INET, 1, 20).expect("SO_RCVTIMEO has a row");
    assert_eq!(description.get_option(row, 16, &Nobody).expect("it can be read"), value);
    assert_eq!(description.option_timeout(Direction::In), Some(Duration::from_millis(3250)));
}

#[test]
fn microseconds_beyond_a_second_are_out_of_domain() {
    let mut value = [0u8; 16];
    value[8..12].copy_from_slice(&1_000_000u32.to_le_bytes());
    fails(set(&tcp(), 1, 21, &value), errno::EDOM, "1,000,000 us is no part of a second");
}

#[test]
fn a_buffer_beyond_the_quota_is_clamped() {
    let description = tcp();
    let limits = Limits { buffer_bytes: 16_384, ..Limits::default() };
    let row = find(flags::AF_INET, 1, 8).expect("SO_RCVBUF has a row");
    // The kernel takes a negative size for the most that the system allows.
    for wanted in [i32::MAX, -1, i32::MIN] {
        let value = wanted.to_le_bytes();
        description.set_option(row, Value::Bytes(&value), &limits, &Nobody).expect("clamped, not refused");
        let size = int(&description.get_option(row, 4, &Nobody).expect("it can be read")).expect("an int");
        assert_eq!(size, 2 * 16_384, "{wanted}: the kernel doubles what it is given, socket(7)");
    }
}
