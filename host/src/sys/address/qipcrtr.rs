//! `struct sockaddr_qrtr` (linux/qrtr.h): family, 2 bytes to fill up, node, port.

use std::io;

use socket2::SockAddr;

use super::bytes::{Reader, Writer};
use crate::address::QipcrtrAddress;

/// The family, which the C library hasn't got on every system.
pub(in crate::sys) const AF_QIPCRTR: i32 = 42;

pub(super) fn write(address: QipcrtrAddress) -> io::Result<SockAddr> {
    let QipcrtrAddress { node, port } = address;
    Writer::new(AF_QIPCRTR).bytes([0; 2]).bytes(node.to_ne_bytes()).bytes(port.to_ne_bytes()).address()
}

pub(super) fn read(address: &SockAddr) -> QipcrtrAddress {
    let mut fields = Reader::new(address);
    let _fill: [u8; 2] = fields.bytes();
    QipcrtrAddress { node: fields.u32(), port: fields.u32() }
}
