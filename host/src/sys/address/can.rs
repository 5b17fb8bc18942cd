//! `struct sockaddr_can` (linux/can.h): family, 2 bytes to fill up, an `int` for the interface's index, and a union of
//! 16 bytes, which begins at 8.

use std::io;

use socket2::SockAddr;

use super::super::{errno, interfaces};
use super::bytes::{Reader, Writer};
use crate::address::{CanAddress, CanPart};

const CAN_ISOTP: i32 = 6;
const CAN_J1939: i32 = 7;

pub(super) fn write(address: &CanAddress) -> io::Result<SockAddr> {
    let index = i32::try_from(address.index).map_err(|_| errno::from_linux(errno::ENODEV))?;
    if index == 0 && !address.interface.is_empty() {
        return Err(errno::from_linux(errno::ENODEV));
    }
    let front = Writer::new(libc::AF_CAN).bytes([0; 2]).bytes(index.to_ne_bytes());
    let whole = match address.part {
        CanPart::Plain => front.bytes([0; 16]),
        CanPart::Isotp { rx_id, tx_id } => front.bytes(rx_id.to_ne_bytes()).bytes(tx_id.to_ne_bytes()).bytes([0; 8]),
        CanPart::J1939 { name, pgn, address } => {
            front.bytes(name.to_ne_bytes()).bytes(pgn.to_ne_bytes()).bytes([address, 0, 0, 0])
        }
    };
    whole.address()
}

pub(super) fn read(address: &SockAddr, protocol: i32) -> CanAddress {
    let mut fields = Reader::new(address);
    let _fill: [u8; 2] = fields.bytes();
    let index = fields.u32();
    let part = match protocol {
        CAN_ISOTP => CanPart::Isotp { rx_id: fields.u32(), tx_id: fields.u32() },
        CAN_J1939 => {
            let (name, pgn) = (fields.u64(), fields.u32());
            let [address] = fields.bytes();
            CanPart::J1939 { name, pgn, address }
        }
        _ => CanPart::Plain,
    };
    CanAddress { interface: interfaces::name_of(index).unwrap_or_default(), index, part }
}
