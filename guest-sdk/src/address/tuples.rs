//! Python's tuples for the families beside IPv4 and IPv6: what they mean, and how they print.

use std::fmt;

use super::host::HostRef;
use super::{
    Address, AlgAddress, BluetoothAddress, BluetoothDevice, CanAddress, CanIsotpAddress, CanJ1939Address,
    CanRawAddress, NetlinkAddress, PacketAddress, QipcrtrAddress, SystemAddress, TipcAddress, VsockAddress,
};
use crate::constants as c;
use crate::error::{Error, Result};

/// The numbers after the first item of a tuple; none of one is beyond 64 bits.
pub(super) type Rest<'a> = &'a [Option<i128>];

/// The address that a tuple is to a socket of `family`; none where the family hasn't a form of that many items.
///
/// A CAN socket's protocol has the number of items: one for `CAN_RAW` and `CAN_BCM`, three for `CAN_ISOTP`, four for
/// `CAN_J1939`.
pub(super) fn address(family: i32, first: HostRef<'_>, rest: Rest<'_>, bytes: &[u8]) -> Result<Option<Address>> {
    Ok(Some(match (family, first, rest) {
        (c::AF_PACKET, HostRef::Text(interface), &[protocol, ref rest @ ..]) if rest.len() <= 2 => {
            if bytes.len() > 8 {
                return Err(Error::value("Hardware address must be 8 bytes or less"));
            }
            Address::Packet(PacketAddress {
                interface: interface.into(),
                protocol: number(protocol, "proto must be 0-65535.")?,
                packet_type: number(rest.first().copied().unwrap_or(Some(0)), "pkttype must be 0-255.")?,
                hardware_type: number(rest.get(1).copied().unwrap_or(Some(0)), "hatype must be 0-65535.")?,
                hardware_address: bytes.to_vec(),
            })
        }
        (c::AF_NETLINK, HostRef::Number(port_id), &[groups]) => Address::Netlink(NetlinkAddress {
            port_id: number(port_id, "pid must be 0-4294967295.")?,
            groups: number(groups, "groups must be 0-4294967295.")?,
        }),
        (c::AF_VSOCK, HostRef::Number(cid), &[port]) => Address::Vsock(VsockAddress {
            cid: number(cid, "CID must be 0-4294967295.")?,
            port: number(port, "port must be 0-4294967295.")?,
        }),
        (c::AF_QIPCRTR, HostRef::Number(node), &[port]) => Address::Qipcrtr(QipcrtrAddress {
            node: number(node, "node must be 0-4294967295.")?,
            port: number(port, "port must be 0-4294967295.")?,
        }),
        (c::AF_CAN, HostRef::Text(interface), []) => {
            Address::Can(CanAddress::Raw(CanRawAddress { interface: interface.into() }))
        }
        (c::AF_CAN, HostRef::Text(interface), &[rx, tx]) => Address::Can(CanAddress::Isotp(CanIsotpAddress {
            interface: interface.into(),
            rx_id: number(rx, "rx_addr must be 0-4294967295.")?,
            tx_id: number(tx, "tx_addr must be 0-4294967295.")?,
        })),
        (c::AF_CAN, HostRef::Text(interface), &[name, pgn, address]) => {
            Address::Can(CanAddress::J1939(CanJ1939Address {
                interface: interface.into(),
                name: number(name, "name must be 0-18446744073709551615.")?,
                pgn: number(pgn, "pgn must be 0-4294967295.")?,
                address: number(address, "addr must be 0-255.")?,
            }))
        }
        (c::AF_TIPC, HostRef::Number(address_type), &[v1, v2, v3, ref scope @ ..]) if scope.len() <= 1 => {
            const RANGE: &str = "an item of an AF_TIPC address must be 0-4294967295.";
            Address::Tipc(TipcAddress {
                address_type: number(address_type, RANGE)?,
                v1: number(v1, RANGE)?,
                v2: number(v2, RANGE)?,
                v3: number(v3, RANGE)?,
                scope: number(scope.first().copied().unwrap_or(Some(c::TIPC_CLUSTER_SCOPE.into())), "scope")?,
            })
        }
        _ => return Ok(None),
    }))
}

/// What `salg_type` and `salg_name` hold without their NUL.
const ALGORITHM_TYPE: usize = 13;
const ALGORITHM_NAME: usize = 63;

/// The address that names a kind of algorithm and one of that kind.
pub(super) fn algorithm(type_: &str, name: &str, [features, mask]: [Option<i128>; 2]) -> Result<Address> {
    if type_.len() > ALGORITHM_TYPE {
        return Err(Error::value("AF_ALG type too long."));
    }
    if name.len() > ALGORITHM_NAME {
        return Err(Error::value("AF_ALG name too long."));
    }
    Ok(Address::Alg(AlgAddress {
        type_: type_.into(),
        name: name.into(),
        features: number(features, "feat must be 0-4294967295.")?,
        mask: number(mask, "mask must be 0-4294967295.")?,
    }))
}

fn number<N: TryFrom<i128>>(number: Option<i128>, out_of_range: &'static str) -> Result<N> {
    number.and_then(|number| N::try_from(number).ok()).ok_or(Error::value(out_of_range))
}

/// An address as Python's tuple, where it has one of its own here.
pub(super) fn show(address: &Address, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match address {
        Address::Netlink(address) => write!(f, "({}, {})", address.port_id, address.groups),
        Address::Vsock(address) => write!(f, "({}, {})", address.cid, address.port),
        Address::Qipcrtr(address) => write!(f, "({}, {})", address.node, address.port),
        Address::Hyperv(address) => write!(f, "('{}', '{}')", address.vm_id, address.service_id),
        Address::Packet(address) => write!(
            f,
            "({}, {}, {}, {}, {})",
            Text(&address.interface),
            address.protocol,
            address.packet_type,
            address.hardware_type,
            Bytes(&address.hardware_address)
        ),
        Address::Can(CanAddress::Raw(address)) => write!(f, "({},)", Text(&address.interface)),
        Address::Can(CanAddress::Isotp(address)) => {
            write!(f, "({}, {}, {})", Text(&address.interface), address.rx_id, address.tx_id)
        }
        Address::Can(CanAddress::J1939(address)) => {
            write!(f, "({}, {}, {}, {})", Text(&address.interface), address.name, address.pgn, address.address)
        }
        Address::Alg(address) => write!(f, "({}, {})", Text(&address.type_), Text(&address.name)),
        Address::Tipc(address) => {
            write!(f, "({}, {}, {}, {}, {})", address.address_type, address.v1, address.v2, address.v3, address.scope)
        }
        Address::Bluetooth(BluetoothAddress::L2cap(address)) => {
            write!(f, "('{}', {}", Device(address.device), address.psm)?;
            match (address.cid, address.address_type) {
                (0, 0) => f.write_str(")"),
                (cid, 0) => write!(f, ", {cid})"),
                (cid, kind) => write!(f, ", {cid}, {kind})"),
            }
        }
        Address::Bluetooth(BluetoothAddress::Rfcomm(address)) => {
            write!(f, "('{}', {})", Device(address.device), address.channel)
        }
        Address::Bluetooth(BluetoothAddress::Hci(address)) if address.channel == 0 => {
            write!(f, "{}", address.device_id)
        }
        Address::Bluetooth(BluetoothAddress::Hci(address)) => {
            write!(f, "({}, {})", address.device_id, address.channel)
        }
        Address::Bluetooth(BluetoothAddress::Sco(address)) => write!(f, "{}", Device(address.device)),
        Address::System(SystemAddress::Id((id, unit))) => write!(f, "({id}, {unit})"),
        Address::System(SystemAddress::Name(name)) => write!(f, "{}", Text(name)),
        other => write!(f, "{other:?}"),
    }
}

/// Text as Python prints it within a tuple.
struct Text<'a>(&'a [u8]);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}'", String::from_utf8_lossy(self.0))
    }
}

/// Bytes as Python prints them.
struct Bytes<'a>(&'a [u8]);

impl fmt::Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("b'")?;
        for &byte in self.0 {
            match byte {
                b'\'' => f.write_str("\\'")?,
                b'\\' => f.write_str("\\\\")?,
                b' '..=b'~' => write!(f, "{}", char::from(byte))?,
                b'\t' => f.write_str("\\t")?,
                b'\n' => f.write_str("\\n")?,
                b'\r' => f.write_str("\\r")?,
                _ => write!(f, "\\x{byte:02x}")?,
            }
        }
        f.write_str("'")
    }
}

/// A Bluetooth device as Python prints it.
struct Device(BluetoothDevice);

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b, c, d, e, g) = self.0;
        write!(f, "{a:02X}:{b:02X}:{c:02X}:{d:02X}:{e:02X}:{g:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BluetoothHciAddress, BluetoothL2capAddress, ToAddress};
    use super::*;

    #[track_caller]
    fn reads(family: i32, given: impl ToAddress, printed: &str) {
        let address = given.to_address(family).unwrap_or_else(|error| panic!("{printed}: {error}"));
        assert_eq!((address.to_string().as_str(), address.family()), (printed, family));
    }

    #[test]
    fn every_familys_tuple_is_an_address_and_prints_as_it_was() {
        let hardware: &[u8] = b"\x00\x1bA'\n\xff";
        reads(c::AF_PACKET, ("lo", 0x0800), "('lo', 2048, 0, 0, b'')");
        reads(c::AF_PACKET, ("lo", 3, 4, 772), "('lo', 3, 4, 772, b'')");
        reads(c::AF_PACKET, ("eth0", 3, 0, 1, hardware), "('eth0', 3, 0, 1, b'\\x00\\x1bA\\'\\n\\xff')");
        reads(c::AF_NETLINK, (0, 1), "(0, 1)");
        reads(c::AF_VSOCK, (c::VMADDR_CID_ANY, 1024), "(4294967295, 1024)");
        reads(c::AF_QIPCRTR, (1, 2), "(1, 2)");
        reads(c::AF_CAN, ("can0",), "('can0',)");
        reads(c::AF_CAN, ("can0", 0x123, 0x321), "('can0', 291, 801)");
        reads(c::AF_CAN, ("can0", c::J1939_NO_NAME, c::J1939_NO_PGN, c::J1939_NO_ADDR), "('can0', 0, 262144, 255)");
        reads(c::AF_CAN, ("can0", u64::MAX, 1, 2), "('can0', 18446744073709551615, 1, 2)");
        reads(c::AF_ALG, ("skcipher", "cbc(aes)"), "('skcipher', 'cbc(aes)')");
        reads(c::AF_ALG, ("hash", "sha256", 0, 14), "('hash', 'sha256')");
        reads(c::AF_TIPC, (c::TIPC_ADDR_NAME, 1000, 1, 0), "(2, 1000, 1, 0, 2)");
        reads(c::AF_TIPC, (c::TIPC_ADDR_NAMESEQ, 1000, 1, 5, c::TIPC_NODE_SCOPE), "(1, 1000, 1, 5, 3)");
    }

    #[test]
    fn what_is_no_address_of_the_family_is_an_error() {
        for (family, wrong) in [
            (c::AF_NETLINK, &(-1, 0) as &dyn ToAddress),
            (c::AF_NETLINK, &("lo", 0)),
            (c::AF_VSOCK, &(2, 1_i64 << 32)),
            (c::AF_PACKET, &("lo", 0x1_0000)),
            (c::AF_PACKET, &(1, 3)),
            (c::AF_PACKET, &("lo", 3, 0, 1, &[0_u8; 9] as &[u8])),
            (c::AF_CAN, &("can0", 1)),
            (c::AF_INET, &(2, 80)),
            (c::AF_INET6, &("::1", 80, 0, 0, 0)),
            (c::AF_UNIX, &("can0",)),
            (c::AF_BLUETOOTH, &("01:23:45:67:89:AB", 1)),
            (c::AF_ALG, &("ttttttttttttttt", "sha256")),
            (c::AF_ALG, &("hash", "a name of more than sixty-three bytes, which is what is there for it")),
            (c::AF_ALG, &("hash", "sha256", -1, 0)),
            (c::AF_INET, &("127.0.0.1", "80")),
        ] {
            let read = wrong.to_address(family);
            assert!(matches!(read, Err(Error::Value(_))), "{family}: {read:?}");
        }
    }

    #[test]
    fn bluetooth_prints_as_pythons_does() {
        let device = (0x01, 0x23, 0x45, 0x67, 0x89, 0xab);
        let l2cap = |cid, address_type| {
            let address = BluetoothL2capAddress { device, psm: 25, cid, address_type };
            Address::Bluetooth(BluetoothAddress::L2cap(address)).to_string()
        };
        assert_eq!(l2cap(0, 0), "('01:23:45:67:89:AB', 25)");
        assert_eq!(l2cap(4, 1), "('01:23:45:67:89:AB', 25, 4, 1)");
        let hci = BluetoothHciAddress { device_id: 1, channel: 0 };
        assert_eq!(Address::Bluetooth(BluetoothAddress::Hci(hci)).to_string(), "1");
    }
}
