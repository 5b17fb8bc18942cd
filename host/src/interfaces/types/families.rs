//! Addresses of the families with structures of their own, between the WIT's types and the host's.

use super::INTERFACE_MAX;
use crate::address::{AlgAddress, BluetoothAddress, CanAddress, CanPart, TipcAddress};
use crate::bindings::types::{self, SocketAddress};
use crate::error::{Error, Result};
use crate::sys::errno;

/// What `salg_type` and `salg_name` hold, without their NUL (linux/if_alg.h).
const ALG_TYPE_MAX: usize = 13;
const ALG_NAME_MAX: usize = 63;

/// `TIPC_ADDR_NAMESEQ`, `TIPC_ADDR_NAME`, `TIPC_ADDR_ID`.
const RANGE: u32 = 1;
const SERVICE: u32 = 2;
const SOCKET: u32 = 3;

pub(super) fn can(address: types::CanAddress) -> Result<CanAddress> {
    let (interface, part) = match address {
        types::CanAddress::Raw(raw) => (raw.interface, CanPart::Plain),
        types::CanAddress::Isotp(isotp) => (isotp.interface, CanPart::Isotp { rx_id: isotp.rx_id, tx_id: isotp.tx_id }),
        types::CanAddress::J1939(j1939) => {
            let part = CanPart::J1939 { name: j1939.name, pgn: j1939.pgn, address: j1939.address };
            (j1939.interface, part)
        }
    };
    if interface.len() > INTERFACE_MAX || interface.contains(&0) {
        return Err(Error::os(errno::ENODEV));
    }
    Ok(CanAddress { interface, index: 0, part })
}

pub(super) fn can_to_wit(address: CanAddress) -> SocketAddress {
    let interface = address.interface;
    SocketAddress::Can(match address.part {
        CanPart::Plain => types::CanAddress::Raw(types::CanRawAddress { interface }),
        CanPart::Isotp { rx_id, tx_id } => types::CanAddress::Isotp(types::CanIsotpAddress { interface, rx_id, tx_id }),
        CanPart::J1939 { name, pgn, address } => {
            types::CanAddress::J1939(types::CanJ1939Address { interface, name, pgn, address })
        }
    })
}

pub(super) fn alg(address: types::AlgAddress) -> Result<AlgAddress> {
    let types::AlgAddress { type_: kind, name, features, mask } = address;
    if kind.len() > ALG_TYPE_MAX || name.len() > ALG_NAME_MAX || kind.contains(&0) || name.contains(&0) {
        return Err(Error::os(errno::EINVAL));
    }
    Ok(AlgAddress { kind, name, features, mask })
}

pub(super) fn alg_to_wit(address: AlgAddress) -> SocketAddress {
    let AlgAddress { kind, name, features, mask } = address;
    SocketAddress::Alg(types::AlgAddress { type_: kind, name, features, mask })
}

pub(super) fn tipc(address: types::TipcAddress) -> Result<TipcAddress> {
    let types::TipcAddress { address_type, v1, v2, v3, scope } = address;
    // The kernel has a signed byte there, and Python an unsigned one: a service is taken back by a scope below 0.
    let byte = i8::try_from(scope).or_else(|_| u8::try_from(scope).map(u8::cast_signed));
    let scope = byte.map_err(|_| Error::os(errno::EINVAL))?;
    match address_type {
        RANGE => Ok(TipcAddress::Range { service: v1, lower: v2, upper: v3, scope }),
        SERVICE => Ok(TipcAddress::Service { service: v1, instance: v2, scope }),
        SOCKET => Ok(TipcAddress::Socket { node: v1, reference: v2, scope }),
        _ => Err(Error::os(errno::EINVAL)),
    }
}

pub(super) fn tipc_to_wit(address: TipcAddress) -> SocketAddress {
    let (address_type, [v1, v2, v3], scope) = match address {
        TipcAddress::Range { service, lower, upper, scope } => (RANGE, [service, lower, upper], scope),
        TipcAddress::Service { service, instance, scope } => (SERVICE, [service, instance, 0], scope),
        TipcAddress::Socket { node, reference, scope } => (SOCKET, [node, reference, 0], scope),
    };
    SocketAddress::Tipc(types::TipcAddress { address_type, v1, v2, v3, scope: scope.into() })
}

/// What the kernel's bind and connect say of such addresses, whichever protocol's socket they are given to.
pub(super) fn bluetooth(address: types::BluetoothAddress) -> Result<BluetoothAddress> {
    Ok(match address {
        types::BluetoothAddress::L2cap(types::BluetoothL2capAddress { psm: 1.., cid: 1.., .. })
        | types::BluetoothAddress::L2cap(types::BluetoothL2capAddress { address_type: 3.., .. })
        | types::BluetoothAddress::Rfcomm(types::BluetoothRfcommAddress { channel: 31.., .. }) => {
            return Err(Error::os(errno::EINVAL));
        }
        types::BluetoothAddress::L2cap(l2cap) => BluetoothAddress::L2cap {
            device: l2cap.device.into(),
            psm: l2cap.psm,
            cid: l2cap.cid,
            address_type: l2cap.address_type,
        },
        types::BluetoothAddress::Rfcomm(rfcomm) => {
            BluetoothAddress::Rfcomm { device: rfcomm.device.into(), channel: rfcomm.channel }
        }
        types::BluetoothAddress::Hci(hci) => BluetoothAddress::Hci { device_id: hci.device_id, channel: hci.channel },
        types::BluetoothAddress::Sco(sco) => BluetoothAddress::Sco { device: sco.device.into() },
    })
}

pub(super) fn bluetooth_to_wit(address: BluetoothAddress) -> SocketAddress {
    SocketAddress::Bluetooth(match address {
        BluetoothAddress::L2cap { device, psm, cid, address_type } => {
            let device = device.into();
            types::BluetoothAddress::L2cap(types::BluetoothL2capAddress { device, psm, cid, address_type })
        }
        BluetoothAddress::Rfcomm { device, channel } => {
            let device = device.into();
            types::BluetoothAddress::Rfcomm(types::BluetoothRfcommAddress { device, channel })
        }
        BluetoothAddress::Hci { device_id, channel } => {
            types::BluetoothAddress::Hci(types::BluetoothHciAddress { device_id, channel })
        }
        BluetoothAddress::Sco { device } => {
            types::BluetoothAddress::Sco(types::BluetoothScoAddress { device: device.into() })
        }
    })
}
