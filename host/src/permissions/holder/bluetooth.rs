//! Bluetooth: judged by device and PSM or channel, an adapter's own interface by its name.

use super::{Holder, mismatch};
use crate::address::{Address, BluetoothAddress, Device};
use crate::permissions::Transport;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Numbers, Object, Verb};
use crate::permissions::permit::Target;

/// `BDADDR_ANY`: every adapter.
const ANY: Device = [0; 6];

/// `HCI_CHANNEL_RAW`: the adapter's own traffic. The others speak to the kernel of all adapters.
const HCI_CHANNEL_RAW: u16 = 0;

impl Holder {
    /// May it connect or send there?
    pub(super) fn bluetooth_connect(&self, transport: Transport, to: BluetoothAddress) -> Result<Target, Denial> {
        match (transport, to) {
            (Transport::L2cap, BluetoothAddress::L2cap { device, psm, .. }) => {
                self.device(Verb::L2capConnect, Some(device), Some(psm.into()))?;
            }
            (Transport::Rfcomm, BluetoothAddress::Rfcomm { device, channel }) => {
                self.device(Verb::RfcommConnect, Some(device), Some(channel.into()))?;
            }
            (Transport::Sco, BluetoothAddress::Sco { device }) => self.device(Verb::ScoConnect, Some(device), None)?,
            _ => return Err(mismatch(transport, &Address::Bluetooth(to))),
        }
        Ok(Target::Bluetooth(to))
    }

    /// May it take that address?
    pub(super) fn bluetooth_bind(&self, transport: Transport, at: BluetoothAddress) -> Result<Target, Denial> {
        match (transport, at) {
            (Transport::Hci, BluetoothAddress::Hci { device_id, channel: HCI_CHANNEL_RAW }) => {
                let name = format!("hci{device_id}");
                self.word(&[Verb::Hci], Some(&*name).filter(|_| device_id != u16::MAX))?;
                Ok(Target::Bluetooth(at))
            }
            _ => self.bluetooth_listen(transport, at),
        }
    }

    /// May it accept connections there?
    pub(super) fn bluetooth_listen(&self, transport: Transport, at: BluetoothAddress) -> Result<Target, Denial> {
        let own = |device: Device| Some(device).filter(|device| *device != ANY);
        match (transport, at) {
            (Transport::L2cap, BluetoothAddress::L2cap { device, psm, .. }) => {
                self.device(Verb::L2capListen, own(device), Some(psm.into()))?;
            }
            (Transport::Rfcomm, BluetoothAddress::Rfcomm { device, channel }) => {
                self.device(Verb::RfcommListen, own(device), Some(channel.into()))?;
            }
            (Transport::Sco, BluetoothAddress::Sco { device }) => self.device(Verb::ScoListen, own(device), None)?,
            _ => return Err(mismatch(transport, &Address::Bluetooth(at))),
        }
        Ok(Target::Bluetooth(at))
    }

    /// No device is every device, which only `*` covers and each denied one forbids.
    fn device(&self, verb: Verb, device: Option<Device>, number: Option<u32>) -> Result<(), Denial> {
        let wanted = Grant { verb, object: Object::Device(device, number.map(Numbers::one)) };
        let has = |numbers: &Option<Numbers>| match (numbers, number) {
            (Some(numbers), Some(number)) => numbers.contains(number),
            _ => true,
        };
        let denies = |line: &Grant| match &line.object {
            Object::Device(denied, numbers) if line.verb == verb => {
                (device.is_none() || denied.is_none_or(|denied| Some(denied) == device)) && has(numbers)
            }
            _ => false,
        };
        let allows = |line: &Grant| match &line.object {
            Object::Device(allowed, numbers) if line.verb == verb => {
                allowed.is_none_or(|allowed| Some(allowed) == device) && has(numbers)
            }
            _ => false,
        };
        self.by_lines(&wanted, denies, allows)
    }
}
