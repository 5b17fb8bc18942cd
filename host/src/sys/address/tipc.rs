//! `struct sockaddr_tipc` (linux/tipc.h): family, kind, scope, and a union of 12 bytes.

use std::io;

use socket2::SockAddr;

use super::super::errno;
use super::bytes::{Reader, Writer};
use crate::address::TipcAddress;

/// `TIPC_SERVICE_RANGE`, `TIPC_SERVICE_ADDR`, `TIPC_SOCKET_ADDR`.
const RANGE: u8 = 1;
const SERVICE: u8 = 2;
const SOCKET: u8 = 3;

pub(super) fn write(address: TipcAddress) -> io::Result<SockAddr> {
    let (kind, scope, fields) = match address {
        TipcAddress::Range { service, lower, upper, scope } => (RANGE, scope, [service, lower, upper]),
        // The third is the domain to look in: 0 is everywhere.
        TipcAddress::Service { service, instance, scope } => (SERVICE, scope, [service, instance, 0]),
        TipcAddress::Socket { node, reference, scope } => (SOCKET, scope, [reference, node, 0]),
    };
    let [one, two, three] = fields.map(u32::to_ne_bytes);
    Writer::new(libc::AF_TIPC).bytes([kind]).bytes(scope.to_ne_bytes()).bytes(one).bytes(two).bytes(three).address()
}

pub(super) fn read(address: &SockAddr) -> io::Result<TipcAddress> {
    let mut fields = Reader::new(address);
    let [kind, scope] = fields.bytes();
    let (one, two, three, scope) = (fields.u32(), fields.u32(), fields.u32(), scope.cast_signed());
    match kind {
        RANGE => Ok(TipcAddress::Range { service: one, lower: two, upper: three, scope }),
        SERVICE => Ok(TipcAddress::Service { service: one, instance: two, scope }),
        SOCKET => Ok(TipcAddress::Socket { node: two, reference: one, scope }),
        _ => Err(errno::from_linux(errno::EOPNOTSUPP)),
    }
}
