//! Bluetooth's addresses, made of Python's strings.

use super::{
    BluetoothAddress, BluetoothDevice, BluetoothHciAddress, BluetoothL2capAddress, BluetoothRfcommAddress,
    BluetoothScoAddress,
};
use crate::error::{Error, Result};

/// A socket's protocol says which of these it takes. Python knows it by the socket, and Rust by the name here.
///
/// ```no_run
/// use wallsocket::{AF_BLUETOOTH, BTPROTO_RFCOMM, BluetoothAddress, SOCK_STREAM, socket};
/// let sock = socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM)?;
/// sock.connect(BluetoothAddress::rfcomm("01:23:45:67:89:AB", 1)?)?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
impl BluetoothAddress {
    /// An address of `BTPROTO_L2CAP`: a device of classic Bluetooth and a PSM. Python: `(bdaddr, psm)`.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for what is no device address.
    pub fn l2cap(device: &str, psm: u16) -> Result<Self> {
        Self::l2cap_of(device, psm, 0, 0)
    }

    /// An address of `BTPROTO_L2CAP` with the channel and the type of address (`BDADDR_*`), for low energy.
    /// Python: `(bdaddr, psm, cid, bdaddr_type)`.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for what is no device address.
    pub fn l2cap_of(device: &str, psm: u16, cid: u16, address_type: u8) -> Result<Self> {
        Ok(Self::L2cap(BluetoothL2capAddress { device: bluetooth_device(device)?, psm, cid, address_type }))
    }

    /// An address of `BTPROTO_RFCOMM`: a device and a channel. Python: `(bdaddr, channel)`.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for what is no device address.
    pub fn rfcomm(device: &str, channel: u8) -> Result<Self> {
        Ok(Self::Rfcomm(BluetoothRfcommAddress { device: bluetooth_device(device)?, channel }))
    }

    /// An address of `BTPROTO_SCO`: a device. Python: `bdaddr`.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for what is no device address.
    pub fn sco(device: &str) -> Result<Self> {
        Ok(Self::Sco(BluetoothScoAddress { device: bluetooth_device(device)? }))
    }

    /// An address of `BTPROTO_HCI`: an adapter's number, and `HCI_CHANNEL_RAW`. Python: `(device_id,)`.
    #[must_use]
    pub fn hci(device_id: u16) -> Self {
        Self::Hci(BluetoothHciAddress { device_id, channel: 0 })
    }
}

/// A device address by its text, `01:23:45:67:89:AB`, as [`BDADDR_ANY`](crate::BDADDR_ANY) has it.
///
/// ```
/// assert_eq!(wallsocket::bluetooth_device("01:23:45:67:89:ab"), Ok((0x01, 0x23, 0x45, 0x67, 0x89, 0xab)));
/// assert!(wallsocket::bluetooth_device("01:23:45:67:89").is_err());
/// ```
///
/// # Errors
///
/// [`Error::Value`] for what isn't six bytes in hexadecimal digits, divided by colons.
pub fn bluetooth_device(text: &str) -> Result<BluetoothDevice> {
    const WRONG: Error = Error::value("bad bluetooth address");
    let byte = |text: &str| {
        let is_byte = (1..=2).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        u8::from_str_radix(text, 16).ok().filter(|_| is_byte).ok_or(WRONG)
    };
    let bytes: Vec<u8> = text.split(':').map(byte).collect::<Result<_>>()?;
    let bytes: [u8; 6] = bytes.try_into().map_err(|_| WRONG)?;
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::constants::{BDADDR_ANY, BDADDR_LOCAL};

    #[test]
    fn addresses_print_as_they_were_made() {
        for (made, text) in [
            (BluetoothAddress::l2cap("01:23:45:67:89:AB", 4097), "('01:23:45:67:89:AB', 4097)"),
            (BluetoothAddress::l2cap_of("01:23:45:67:89:AB", 0, 4, 1), "('01:23:45:67:89:AB', 0, 4, 1)"),
            (BluetoothAddress::rfcomm("1:2:3:4:5:6", 30), "('01:02:03:04:05:06', 30)"),
            (BluetoothAddress::rfcomm(BDADDR_ANY, 0), "('00:00:00:00:00:00', 0)"),
            (BluetoothAddress::sco(BDADDR_LOCAL), "00:00:00:FF:FF:FF"),
            (Ok(BluetoothAddress::hci(1)), "1"),
        ] {
            assert_eq!(made.map(|made| Address::from(made).to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_device_is_an_error() {
        for text in [
            "",
            "01:23:45:67:89",
            "01:23:45:67:89:AB:CD",
            "01:23:45:67:89:1AB",
            "01:23:45:67:89:",
            "0g:1:2:3:4:5",
            "+1:2:3:4:5:6",
        ] {
            assert_eq!(bluetooth_device(text), Err(Error::value("bad bluetooth address")), "{text}");
        }
    }
}
