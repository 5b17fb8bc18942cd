//! Addresses against the layouts in Linux's headers, byte for byte, and back.

use super::*;
use crate::address::{AlgAddress, BluetoothAddress, CanAddress, CanPart, QipcrtrAddress, TipcAddress};

#[track_caller]
fn lies(target: &Target, protocol: i32, expected: &[u8]) {
    let address = of(target, 0).expect("an address");
    assert_eq!(bytes::of(&address), expected, "{target:?}");
    let known = match target.clone() {
        Target::Can(at) => Address::Can(at),
        Target::Tipc(at) => Address::Tipc(at),
        Target::Bluetooth(at) => Address::Bluetooth(at),
        Target::Qipcrtr(at) => Address::Qipcrtr(at),
        // The kernel gives none.
        _ => return,
    };
    assert_eq!(parse(&address, protocol).expect("known"), Some(known));
}

const DEVICE: [u8; 6] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab];
const TURNED: [u8; 6] = [0xab, 0x89, 0x67, 0x45, 0x23, 0x01];

/// linux/can.h: `struct sockaddr_can`, 24 bytes, its union of 16 at 8.
#[test]
fn can_addresses_lie_as_in_the_header() {
    let any = |part| Target::Can(CanAddress { interface: Vec::new(), index: 0, part });
    lies(&any(CanPart::Plain), 1, &[29, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let isotp = any(CanPart::Isotp { rx_id: 0x7e8, tx_id: 0x8000_07e0 });
    lies(&isotp, 6, &[29, 0, 0, 0, 0, 0, 0, 0, 0xe8, 7, 0, 0, 0xe0, 7, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0]);
    let j1939 = any(CanPart::J1939 { name: 0x1122_3344_5566_7788, pgn: 0x12300, address: 0x80 });
    let expected =
        [29, 0, 0, 0, 0, 0, 0, 0, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0, 0x23, 1, 0, 0x80, 0, 0, 0];
    lies(&j1939, 7, &expected);
}

#[test]
fn an_interface_that_is_not_known_by_index_is_none() {
    for index in [0, u32::MAX] {
        let unknown = CanAddress { interface: b"can7".to_vec(), index, part: CanPart::Plain };
        let error = of(&Target::Can(unknown), libc::AF_CAN).expect_err("it could be any");
        assert_eq!(errno::to_linux(&error), errno::ENODEV, "index {index}");
    }
}

/// linux/if_alg.h: `struct sockaddr_alg`, 88 bytes: type at 2, features at 16, mask at 20, name at 24.
#[test]
fn algorithms_lie_as_in_the_header() {
    let mut expected = vec![38, 0];
    expected.extend(b"skcipher\0\0\0\0\0\0");
    expected.extend([1, 0, 0, 0, 2, 0, 0, 0]);
    expected.extend(b"cbc(aes)");
    expected.resize(88, 0);
    let algorithm = AlgAddress { kind: b"skcipher".to_vec(), name: b"cbc(aes)".to_vec(), features: 1, mask: 2 };
    lies(&Target::Alg(algorithm), 0, &expected);
}

/// linux/tipc.h: `struct sockaddr_tipc`, 16 bytes.
#[test]
fn tipc_addresses_lie_as_in_the_header() {
    let range = TipcAddress::Range { service: 1000, lower: 1, upper: 2, scope: 2 };
    lies(&Target::Tipc(range), 0, &[30, 0, 1, 2, 0xe8, 3, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]);
    let service = TipcAddress::Service { service: 1000, instance: 7, scope: 3 };
    lies(&Target::Tipc(service), 0, &[30, 0, 2, 3, 0xe8, 3, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]);
    let socket = TipcAddress::Socket { node: 0x0100_1001, reference: 5, scope: 0 };
    lies(&Target::Tipc(socket), 0, &[30, 0, 3, 0, 5, 0, 0, 0, 1, 0x10, 0, 1, 0, 0, 0, 0]);
}

/// net/bluetooth/l2cap.h, rfcomm.h, hci_sock.h, sco.h: 14, 10, 6 and 8 bytes.
#[test]
fn bluetooth_addresses_lie_as_in_the_headers() {
    let with = |front: &[u8], end: &[u8]| [front, &TURNED, end].concat();
    let l2cap = BluetoothAddress::L2cap { device: DEVICE, psm: 0x1001, cid: 4, address_type: 1 };
    lies(&Target::Bluetooth(l2cap), 0, &with(&[31, 0, 1, 0x10], &[4, 0, 1, 0]));
    let rfcomm = BluetoothAddress::Rfcomm { device: DEVICE, channel: 30 };
    lies(&Target::Bluetooth(rfcomm), 3, &with(&[31, 0], &[30, 0]));
    let hci = BluetoothAddress::Hci { device_id: 0xffff, channel: 3 };
    lies(&Target::Bluetooth(hci), 1, &[31, 0, 0xff, 0xff, 3, 0]);
    lies(&Target::Bluetooth(BluetoothAddress::Sco { device: DEVICE }), 2, &with(&[31, 0], &[]));
}

/// linux/qrtr.h: `struct sockaddr_qrtr`, 12 bytes.
#[test]
fn qrtr_addresses_lie_as_in_the_header() {
    let address = QipcrtrAddress { node: 1, port: 0xffff_fffe };
    lies(&Target::Qipcrtr(address), 0, &[42, 0, 0, 0, 1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff]);
}

#[test]
fn a_unix_path_ends_at_its_first_nul() {
    for whole in [&b"\x01\0/run/x\0"[..], b"\x01\0/run/x", b"\x01\0/run/x\0\0y\0"] {
        let read = parse(&laid_out(whole).expect("an address"), 0).expect("known");
        assert_eq!(read, Some(Address::Unix(UnixAddress::Path(b"/run/x".to_vec()))), "{whole:?}");
    }
    let one_byte = parse(&laid_out(b"\x01\0g").expect("an address"), 0).expect("known");
    assert_eq!(one_byte, Some(Address::Unix(UnixAddress::Path(b"g".to_vec()))), "no path is empty");
}

#[test]
fn what_the_kernel_left_out_is_zero() {
    // `RAW_MIN_NAMELEN`: what a raw socket says ends before the union.
    let short = laid_out(&[29, 0, 0, 0, 0, 0, 0, 0]).expect("an address");
    let any = CanAddress { interface: Vec::new(), index: 0, part: CanPart::J1939 { name: 0, pgn: 0, address: 0 } };
    assert_eq!(parse(&short, 7).expect("known"), Some(Address::Can(any)));
    assert!(laid_out(&[0; 200]).is_err(), "no address is so long");
    let odd = laid_out(&[30, 0, 9, 0]).expect("bytes");
    assert!(parse(&odd, 0).is_err(), "a kind of TIPC address that nobody knows");
}
