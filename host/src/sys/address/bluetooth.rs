//! Bluetooth's addresses (net/bluetooth/l2cap.h, rfcomm.h, hci_sock.h, sco.h). A device's bytes lie the other way round
//! than they are written; a PSM and a channel id are little-endian on every machine.

use std::io;

use socket2::SockAddr;

use super::bytes::{Reader, Writer};
use crate::address::{BluetoothAddress, Device};

/// `BTPROTO_HCI`, `BTPROTO_SCO`, `BTPROTO_RFCOMM`; L2CAP is 0.
const HCI: i32 = 1;
const SCO: i32 = 2;
const RFCOMM: i32 = 3;
/// The family, which the C library hasn't got on every system.
const AF_BLUETOOTH: i32 = 31;

pub(super) fn write(address: BluetoothAddress) -> io::Result<SockAddr> {
    let front = Writer::new(AF_BLUETOOTH);
    let whole = match address {
        BluetoothAddress::L2cap { device, psm, cid, address_type } => {
            front.bytes(psm.to_le_bytes()).bytes(turned(device)).bytes(cid.to_le_bytes()).bytes([address_type, 0])
        }
        BluetoothAddress::Rfcomm { device, channel } => front.bytes(turned(device)).bytes([channel, 0]),
        BluetoothAddress::Hci { device_id, channel } => {
            front.bytes(device_id.to_ne_bytes()).bytes(channel.to_ne_bytes())
        }
        BluetoothAddress::Sco { device } => front.bytes(turned(device)),
    };
    whole.address()
}

pub(super) fn read(address: &SockAddr, protocol: i32) -> BluetoothAddress {
    let mut fields = Reader::new(address);
    match protocol {
        HCI => BluetoothAddress::Hci { device_id: fields.u16(), channel: fields.u16() },
        SCO => BluetoothAddress::Sco { device: turned(fields.bytes()) },
        RFCOMM => {
            let device = turned(fields.bytes());
            let [channel] = fields.bytes();
            BluetoothAddress::Rfcomm { device, channel }
        }
        _ => {
            let psm = u16::from_le_bytes(fields.bytes());
            let device = turned(fields.bytes());
            let cid = u16::from_le_bytes(fields.bytes());
            let [address_type] = fields.bytes();
            BluetoothAddress::L2cap { device, psm, cid, address_type }
        }
    }
}

fn turned(mut device: Device) -> Device {
    device.reverse();
    device
}
