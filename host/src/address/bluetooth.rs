//! `AF_BLUETOOTH` addresses.

use std::fmt;

/// A Bluetooth device address as it is written, first byte first.
pub(crate) type Device = [u8; 6];

/// An address of one of Bluetooth's protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BluetoothAddress {
    /// `BTPROTO_L2CAP`: `address_type` is `BDADDR_BREDR` 0, `BDADDR_LE_PUBLIC` 1 or `BDADDR_LE_RANDOM` 2.
    L2cap { device: Device, psm: u16, cid: u16, address_type: u8 },
    /// `BTPROTO_RFCOMM`.
    Rfcomm { device: Device, channel: u8 },
    /// `BTPROTO_HCI`: an adapter's number, and a channel to the kernel.
    Hci { device_id: u16, channel: u16 },
    /// `BTPROTO_SCO`.
    Sco { device: Device },
}

/// A device address for a person.
struct Shown(Device);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

impl fmt::Display for BluetoothAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::L2cap { device, psm, cid: 0, .. } => write!(f, "{}:{psm}", Shown(device)),
            Self::L2cap { device, psm, cid, .. } => write!(f, "{}:{psm} channel {cid}", Shown(device)),
            Self::Rfcomm { device, channel } => write!(f, "{}:{channel}", Shown(device)),
            Self::Hci { device_id, channel } => write!(f, "hci{device_id} channel {channel}"),
            Self::Sco { device } => Shown(device).fmt(f),
        }
    }
}
