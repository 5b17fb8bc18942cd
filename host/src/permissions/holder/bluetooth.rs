//! Bluetooth: judged by device and PSM or channel, an adapter's own interface by its name.

use super::{Holder, mismatch};
use crate::address::{Address, BluetoothAddress, Device};
use crate::permissions::Transport;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Numbers, Object, Verb};
use crate::permissions::permit::Target;

/// `BDADDR_ANY`: every adapter.
const ANY: Device = [0; 6];

/// `HCI_DEV_NONE`: no adapter, which hears of all of them.
const NO_ADAPTER: u16 = u16::MAX;

/// `HCI_CHANNEL_RAW`: the adapter's own traffic.
const HCI_CHANNEL_RAW: u16 = 0;

/// `HCI_CHANNEL_USER`: the adapter, taken from the kernel and from everybody else.
const HCI_CHANNEL_USER: u16 = 1;

/// `BDADDR_BREDR`: classic Bluetooth. The other types are low energy's.
const CLASSIC: u8 = 0;

/// The fixed channel of the attribute protocol, and the PSM that the same protocol has where there is one.
const ATT_CHANNEL: u16 = 4;
const ATT_PSM: u16 = 0x1f;

/// The first PSMs that aren't assigned to a protocol (`L2CAP_PSM_DYN_START`, `L2CAP_PSM_LE_DYN_START`). The kernel takes a
/// capability to bind below them.
const FIRST_DYNAMIC: u16 = 0x1001;
const FIRST_DYNAMIC_OF_LOW_ENERGY: u16 = 0x80;

/// The grants of one protocol.
#[derive(Clone, Copy)]
struct Verbs {
    connect: Verb,
    listen: Verb,
}

/// What an address is, to the lines: which device, and where there.
#[derive(Clone, Copy)]
struct Place {
    device: Device,
    /// A PSM or a channel; none of SCO, which has neither.
    number: Option<u16>,
    /// Whether to listen there takes a line that names the number.
    assigned: bool,
}

impl Holder {
    /// May it connect or send there?
    pub(super) fn bluetooth_connect(
        &self,
        transport: Transport,
        to: BluetoothAddress,
    ) -> Result<(Target, Basis), Denial> {
        if let (Transport::Hci, BluetoothAddress::Hci { .. }) = (transport, to) {
            return self.adapter(to);
        }
        let (verbs, place) = place(transport, to)?;
        let by = self.device(verbs.connect, Some(place.device), place, false)?;
        Ok((Target::Bluetooth(to), by))
    }

    /// May it take that address? The second is whether it may then be heard by anyone.
    ///
    /// Every adapter and no number is what the kernel does by itself at a connect, and needs no more than that.
    pub(super) fn bluetooth_bind(
        &self,
        transport: Transport,
        at: BluetoothAddress,
    ) -> Result<((Target, Basis), bool), Denial> {
        if let (Transport::Hci, BluetoothAddress::Hci { .. }) = (transport, at) {
            return Ok((self.adapter(at)?, false));
        }
        let (verbs, place) = place(transport, at)?;
        let listens = self.bluetooth_listen(transport, at);
        let is_left_open = place.device == ANY && place.number.is_none_or(|number| number == 0);
        match listens {
            Err(denial) if is_left_open => {
                let by =
                    self.some_line(&[verbs.connect], &"Bluetooth", Object::Device(None, None)).map_err(|_| denial)?;
                Ok(((Target::Bluetooth(at), by), false))
            }
            listens => Ok((listens?, true)),
        }
    }

    /// May it accept connections there?
    pub(super) fn bluetooth_listen(
        &self,
        transport: Transport,
        at: BluetoothAddress,
    ) -> Result<(Target, Basis), Denial> {
        let (verbs, place) = place(transport, at)?;
        let own = Some(place.device).filter(|device| *device != ANY);
        let by = self.device(verbs.listen, own, place, place.assigned)?;
        Ok((Target::Bluetooth(at), by))
    }

    /// May an adapter's traffic be heard, and may it be commanded?
    fn adapter(&self, at: BluetoothAddress) -> Result<(Target, Basis), Denial> {
        let BluetoothAddress::Hci { device_id, channel } = at else {
            return Err(mismatch(Transport::Hci, &Address::Bluetooth(at)));
        };
        let name = format!("hci{device_id}");
        match channel {
            HCI_CHANNEL_RAW => {
                let by = self.word(Verb::Hci, Some(&*name).filter(|_| device_id != NO_ADAPTER))?;
                Ok((Target::Bluetooth(at), by))
            }
            HCI_CHANNEL_USER => Err(Denial::fixed(format!(
                "the user channel takes {name} from the kernel, and so from everybody else: no guest may have it"
            ))),
            _ => Err(Denial::fixed(format!(
                "HCI channel {channel} is about every adapter of this machine: a guest may have channel 0 of one"
            ))),
        }
    }

    /// No device is every device, which only `*` covers and each denied one forbids.
    fn device(&self, verb: Verb, device: Option<Device>, place: Place, must_be_named: bool) -> Result<Basis, Denial> {
        let number = place.number.map(u32::from);
        let wanted = Grant { verb, object: Object::Device(device, number.map(Numbers::one)) };
        let has = |numbers: &Option<Numbers>, named: bool| match (numbers, number) {
            (Some(numbers), Some(number)) if named => numbers.names(number),
            (Some(numbers), Some(number)) => numbers.contains(number),
            _ => true,
        };
        let denies = |line: &Grant| match &line.object {
            Object::Device(denied, numbers) => {
                (device.is_none() || denied.is_none_or(|denied| Some(denied) == device)) && has(numbers, false)
            }
            _ => false,
        };
        let allows = |line: &Grant| match &line.object {
            Object::Device(allowed, numbers) => {
                allowed.is_none_or(|allowed| Some(allowed) == device) && has(numbers, must_be_named)
            }
            _ => false,
        };
        self.by_lines(&wanted, denies, allows)
    }
}

/// What an address is to the lines.
fn place(transport: Transport, address: BluetoothAddress) -> Result<(Verbs, Place), Denial> {
    const L2CAP: Verbs = Verbs { connect: Verb::L2capConnect, listen: Verb::L2capListen };
    const RFCOMM: Verbs = Verbs { connect: Verb::RfcommConnect, listen: Verb::RfcommListen };
    const SCO: Verbs = Verbs { connect: Verb::ScoConnect, listen: Verb::ScoListen };
    match (transport, address) {
        (Transport::L2cap, BluetoothAddress::L2cap { device, psm, cid: 0, address_type }) => {
            let first = if address_type == CLASSIC { FIRST_DYNAMIC } else { FIRST_DYNAMIC_OF_LOW_ENERGY };
            Ok((L2CAP, Place { device, number: Some(psm), assigned: psm != 0 && psm < first }))
        }
        // Low energy has no PSM for it. To lines it is the one that classic Bluetooth has.
        (Transport::L2cap, BluetoothAddress::L2cap { device, psm: 0, cid: ATT_CHANNEL, address_type })
            if address_type != CLASSIC =>
        {
            Ok((L2CAP, Place { device, number: Some(ATT_PSM), assigned: true }))
        }
        (Transport::L2cap, BluetoothAddress::L2cap { cid, .. }) => Err(Denial::fixed(format!(
            "the fixed channel {cid} of L2CAP is the kernel's own: a guest may have PSMs, and low energy's channel 4"
        ))),
        (Transport::Rfcomm, BluetoothAddress::Rfcomm { device, channel }) => {
            Ok((RFCOMM, Place { device, number: Some(channel.into()), assigned: false }))
        }
        (Transport::Sco, BluetoothAddress::Sco { device }) => {
            Ok((SCO, Place { device, number: None, assigned: false }))
        }
        _ => Err(mismatch(transport, &Address::Bluetooth(address))),
    }
}
