//! The option table: what each socket option is called, how its value lies in memory, who may set it.
//!
//! A row is all there is to an option; the files of rows are joined below. One that has no row is `ENOPROTOOPT`, to
//! set as to read. What no guest may have has a row too, which says why.

mod alg;
mod apply;
mod ask;
mod bluetooth;
mod can;
mod filter;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod group;
mod ip;
mod ipv6;
mod netlink;
mod packet;
mod raw;
mod rds;
mod route;
mod row;
mod sctp;
mod sharing;
mod socket_level;
mod tcp;
mod tipc;
mod udp;
mod udplite;
mod value;
mod vsock;

pub(crate) use apply::Value;
pub(crate) use ask::Ask;
pub(crate) use route::Header;
pub(crate) use row::Row;

use crate::error::{Error, Result};
use crate::socket::flags;
use crate::sys::errno;

/// The whole table. A family brings a file of rows and a line here.
#[rustfmt::skip]
static TABLE: &[&[Row]] = &[
    socket_level::ROWS,
    ip::ROWS,
    ipv6::ROWS,
    tcp::ROWS,
    udp::ROWS,
    udplite::ROWS,
    raw::ROWS,
    packet::ROWS,
    netlink::ROWS,
    vsock::ROWS,
    tipc::ROWS,
    rds::ROWS,
    can::ROWS,
    alg::ROWS,
    sctp::ROWS,
];

/// Those of `AF_BLUETOOTH`, whose levels are protocols of the internet to others: `SOL_HCI` is `IPPROTO_IP`.
static BLUETOOTH: &[&[Row]] = &[socket_level::ROWS, bluetooth::ROWS];

/// The longest value that is read, as in Python's `getsockopt`.
pub(crate) const MAX_LENGTH: usize = 1024;

/// The row of an option of a socket of that family.
///
/// # Errors
///
/// `ENOPROTOOPT` where there is none.
pub(crate) fn find(family: i32, level: i32, number: i32) -> Result<&'static Row> {
    let row = rows(family).find(|row| row.level == level && row.number == number);
    row.ok_or_else(|| Error::os(errno::ENOPROTOOPT))
}

fn rows(family: i32) -> impl Iterator<Item = &'static Row> {
    let table = if family == flags::AF_BLUETOOTH { BLUETOOTH } else { TABLE };
    table.iter().flat_map(|rows| rows.iter())
}

#[cfg(test)]
mod tests;
