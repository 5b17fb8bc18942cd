//! Bluetooth's decisions.

use super::*;
use crate::address::{BluetoothAddress, Device};
use crate::permissions::Transport::{Hci, L2cap, Rfcomm, Sco};
use crate::permissions::{Permissions, Sort, Transport};

const HEADSET: Device = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab];
const ANY: Device = [0; 6];
/// `BDADDR_LOCAL`.
const LOCAL: Device = [0, 0, 0, 0xff, 0xff, 0xff];
const LOW_ENERGY: u8 = 1;

fn l2cap(device: Device, psm: u16) -> Address {
    Address::Bluetooth(BluetoothAddress::L2cap { device, psm, cid: 0, address_type: 0 })
}

fn low_energy(psm: u16, cid: u16) -> Address {
    Address::Bluetooth(BluetoothAddress::L2cap { device: HEADSET, psm, cid, address_type: LOW_ENERGY })
}

fn fixed(cid: u16) -> Address {
    Address::Bluetooth(BluetoothAddress::L2cap { device: HEADSET, psm: 0, cid, address_type: 0 })
}

fn rfcomm(device: Device, channel: u8) -> Address {
    Address::Bluetooth(BluetoothAddress::Rfcomm { device, channel })
}

fn sco(device: Device) -> Address {
    Address::Bluetooth(BluetoothAddress::Sco { device })
}

fn hci(device_id: u16, channel: u16) -> Address {
    Address::Bluetooth(BluetoothAddress::Hci { device_id, channel })
}

fn line(denial: &Denial) -> String {
    denial.grant().unwrap_or_default().to_owned()
}

/// The line that would allow it; `open` where it is allowed, nothing where no line would.
fn connect(lines: &[&str], transport: Transport, to: &Address) -> String {
    let permit = holding(lines).connect(transport, to, &Machine::default(), Instant::now());
    permit.map_or_else(|denial| line(&denial), |_| "open".to_owned())
}

fn bind(lines: &[&str], transport: Transport, at: &Address) -> String {
    match holding(lines).bind(transport, at, false) {
        Ok(permit) if permit.hears_anyone() => "hears".to_owned(),
        Ok(_) => "open".to_owned(),
        Err(denial) => line(&denial),
    }
}

fn listen(lines: &[&str], transport: Transport, at: &Address) -> String {
    let permit = holding(lines).listen(transport, at, false);
    permit.map_or_else(|denial| line(&denial), |_| "open".to_owned())
}

#[test]
fn making_a_bluetooth_socket_takes_a_line_of_its_protocol() {
    let sort = Sort { family: 31, kind: 1, protocol: 3 };
    let create = |lines: &[&str], transport| match holding(lines).create(transport, sort) {
        Ok(_) => "open".to_owned(),
        Err(denial) => line(&denial),
    };
    let others = &["bluetooth l2cap connect *:*", "bluetooth sco listen *", "bluetooth hci *", "raw ip *"];
    assert_eq!(create(others, Rfcomm), "bluetooth rfcomm connect *:*");
    assert_eq!(create(&["bluetooth rfcomm listen 01:23:45:67:89:ab:1"], Rfcomm), "open");
    assert_eq!(create(&["bluetooth rfcomm connect *:*"], L2cap), "bluetooth l2cap connect *:*");
    assert_eq!(create(&["bluetooth rfcomm connect *:*"], Sco), "bluetooth sco connect *");
    assert_eq!(create(&["bluetooth rfcomm connect *:*"], Hci), "bluetooth hci *");
}

#[test]
fn connecting_is_granted_by_device_and_number() {
    const LINE: &str = "bluetooth rfcomm connect 01:23:45:67:89:ab:5";
    let to = rfcomm(HEADSET, 5);
    for (lines, expected) in [
        (&[][..], LINE),
        (&[LINE], "open"),
        (&["bluetooth rfcomm connect 01:23:45:67:89:AB:1-5"], "open"),
        (&["bluetooth rfcomm connect *:*"], "open"),
        (&["bluetooth rfcomm connect *:5"], "open"),
        (&["bluetooth rfcomm connect *:6"], LINE),
        (&["bluetooth rfcomm connect ab:89:67:45:23:01:5"], LINE),
        (&["bluetooth rfcomm listen *:*", "bluetooth l2cap connect *:*"], LINE),
        (&["bluetooth rfcomm connect *:*", "deny bluetooth rfcomm connect *:5"], ""),
        (&["bluetooth rfcomm connect *:*", "deny bluetooth rfcomm connect 01:23:45:67:89:ab:*"], ""),
        (&["bluetooth rfcomm connect *:*", "deny bluetooth rfcomm connect 01:23:45:67:89:ab:6"], "open"),
    ] {
        assert_eq!(connect(lines, Rfcomm, &to), expected, "{lines:?}");
    }
    let psm = "bluetooth l2cap connect 01:23:45:67:89:ab:4097";
    assert_eq!(connect(&[], L2cap, &l2cap(HEADSET, 4097)), psm);
    assert_eq!(connect(&[psm], L2cap, &l2cap(HEADSET, 4097)), "open");
    assert_eq!(connect(&[psm], L2cap, &l2cap(HEADSET, 4099)), "bluetooth l2cap connect 01:23:45:67:89:ab:4099");
    let audio = "bluetooth sco connect 01:23:45:67:89:ab";
    assert_eq!(connect(&[], Sco, &sco(HEADSET)), audio);
    assert_eq!(connect(&[audio], Sco, &sco(HEADSET)), "open");
    assert_eq!(connect(&[audio], Sco, &sco(LOCAL)), "bluetooth sco connect 00:00:00:ff:ff:ff");
}

#[test]
fn every_adapter_is_only_every_adapters_line() {
    for (lines, expected) in [
        (&["bluetooth rfcomm listen 01:23:45:67:89:ab:*"][..], "bluetooth rfcomm listen *:5"),
        (&["bluetooth rfcomm listen 00:00:00:00:00:00:*"], "bluetooth rfcomm listen *:5"),
        (&["bluetooth rfcomm listen *:5"], "open"),
        (&["bluetooth rfcomm listen *:*", "deny bluetooth rfcomm listen 01:23:45:67:89:ab:*"], ""),
    ] {
        assert_eq!(listen(lines, Rfcomm, &rfcomm(ANY, 5)), expected, "{lines:?}");
    }
    assert_eq!(listen(&["bluetooth sco listen 01:23:45:67:89:ab"], Sco, &sco(ANY)), "bluetooth sco listen *");
    assert_eq!(listen(&["bluetooth sco listen *"], Sco, &sco(ANY)), "open");
    let own = "bluetooth rfcomm listen 01:23:45:67:89:ab:5";
    assert_eq!(listen(&[own], Rfcomm, &rfcomm(HEADSET, 5)), "open");
    assert_eq!(bind(&[own], Rfcomm, &rfcomm(HEADSET, 5)), "hears");
    assert_eq!(bind(&["bluetooth rfcomm connect *:*"], Rfcomm, &rfcomm(HEADSET, 5)), own);
    // The kernel chooses, and it isn't known what.
    assert_eq!(listen(&[own], Rfcomm, &rfcomm(HEADSET, 0)), "bluetooth rfcomm listen 01:23:45:67:89:ab:0");
    assert_eq!(listen(&["bluetooth rfcomm listen *:0"], Rfcomm, &rfcomm(HEADSET, 0)), "open");
}

#[test]
fn assigned_psms_have_to_be_named_to_be_served() {
    for (lines, at, expected) in [
        (&["bluetooth l2cap listen *:*"][..], l2cap(HEADSET, 1), "bluetooth l2cap listen 01:23:45:67:89:ab:1"),
        (&["bluetooth l2cap listen *:1"], l2cap(HEADSET, 1), "open"),
        (&["bluetooth l2cap listen *:1-4095"], l2cap(HEADSET, 17), "open"),
        (&["bluetooth l2cap listen *:*"], l2cap(HEADSET, 0x1001), "open"),
        (&["bluetooth l2cap listen *:*"], l2cap(HEADSET, 0), "open"),
        (&["bluetooth l2cap listen *:*"], low_energy(0x80, 0), "open"),
        (&["bluetooth l2cap listen *:*"], low_energy(0x7f, 0), "bluetooth l2cap listen 01:23:45:67:89:ab:127"),
    ] {
        assert_eq!(listen(lines, L2cap, &at), expected, "{lines:?}, {at}");
    }
    assert_eq!(
        connect(&["bluetooth l2cap connect *:*"], L2cap, &l2cap(HEADSET, 1)),
        "open",
        "reaching one is another thing"
    );
}

#[test]
fn fixed_channels_are_the_kernels_but_for_attributes_of_low_energy() {
    let all = &["bluetooth l2cap connect *:*", "bluetooth l2cap listen *:*", "bluetooth l2cap listen *:0-65535"];
    for cid in [1, 2, 4, 6, 7, 64] {
        assert_eq!(connect(all, L2cap, &fixed(cid)), "", "channel {cid} of classic Bluetooth");
        assert_eq!(bind(all, L2cap, &fixed(cid)), "");
    }
    for cid in [5, 6] {
        assert_eq!(connect(all, L2cap, &low_energy(0, cid)), "", "channel {cid} of low energy");
    }
    assert_eq!(connect(&[], L2cap, &low_energy(0, 4)), "bluetooth l2cap connect 01:23:45:67:89:ab:31");
    assert_eq!(connect(&["bluetooth l2cap connect *:31"], L2cap, &low_energy(0, 4)), "open");
    assert_eq!(
        listen(&["bluetooth l2cap listen *:*"], L2cap, &low_energy(0, 4)),
        "bluetooth l2cap listen 01:23:45:67:89:ab:31"
    );
}

#[test]
fn what_the_kernel_does_at_a_connect_may_be_asked_for_before() {
    let lines = &["bluetooth l2cap connect 01:23:45:67:89:ab:4097"];
    assert_eq!(bind(lines, L2cap, &l2cap(ANY, 0)), "open", "and hears nobody new");
    assert_eq!(listen(lines, L2cap, &l2cap(ANY, 0)), "bluetooth l2cap listen *:0");
    assert_eq!(bind(lines, L2cap, &l2cap(HEADSET, 0)), "bluetooth l2cap listen 01:23:45:67:89:ab:0", "which adapter");
    assert_eq!(bind(lines, L2cap, &l2cap(ANY, 0x1001)), "bluetooth l2cap listen *:4097");
    assert_eq!(bind(&["bluetooth sco connect *"], Sco, &sco(ANY)), "open");
    assert_eq!(bind(&["bluetooth rfcomm connect *:*"], Sco, &sco(ANY)), "bluetooth sco listen *");
}

#[test]
fn an_adapter_is_granted_by_its_name_and_no_channel_but_its_own() {
    for (lines, at, expected) in [
        (&["bluetooth hci hci1", "bluetooth l2cap listen *:*"][..], hci(0, 0), "bluetooth hci hci0"),
        (&["bluetooth hci hci0"], hci(0, 0), "open"),
        (&["bluetooth hci *"], hci(3, 0), "open"),
        (&["bluetooth hci *", "deny bluetooth hci hci3"], hci(3, 0), ""),
        // Without an adapter it hears of all.
        (&["bluetooth hci hci0"], hci(u16::MAX, 0), "bluetooth hci *"),
        (&["bluetooth hci *"], hci(u16::MAX, 0), "open"),
        (&["bluetooth hci *", "deny bluetooth hci hci3"], hci(u16::MAX, 0), ""),
        (&["bluetooth hci *"], hci(0, 1), ""),
        (&["bluetooth hci *"], hci(u16::MAX, 2), ""),
        (&["bluetooth hci *"], hci(u16::MAX, 3), ""),
        (&["bluetooth hci *"], hci(u16::MAX, 4), ""),
        (&["bluetooth hci *"], hci(0, 77), ""),
    ] {
        assert_eq!(bind(lines, Hci, &at), expected, "{lines:?}, {at}");
    }
}

#[test]
fn an_adapters_socket_is_heard_and_fed_for_as_long_as_its_line_is_held() {
    let mut guest = holding(&["bluetooth hci hci0", "bluetooth l2cap connect 01:23:45:67:89:ab:4097"]);
    let hears =
        |guest: &Holder, transport, from: &Address| guest.hears(transport, from, &Machine::default(), Instant::now());
    assert!(hears(&guest, Hci, &hci(0, 0)) && !hears(&guest, Hci, &hci(1, 0)));
    assert!(guest.send(Hci, &hci(0, 0), &Machine::default(), Instant::now()).is_ok());
    // Datagrams of L2CAP, which name the PSM that they came to.
    assert!(hears(&guest, L2cap, &l2cap(HEADSET, 4097)) && !hears(&guest, L2cap, &l2cap(LOCAL, 4097)));
    guest.restrict(Permissions::none()).expect("it may");
    assert!(!hears(&guest, Hci, &hci(0, 0)) && !hears(&guest, L2cap, &l2cap(HEADSET, 4097)));
    assert!(guest.send(Hci, &hci(0, 0), &Machine::default(), Instant::now()).is_err());
}

#[test]
fn an_address_of_another_protocol_is_none() {
    let all = &["bluetooth rfcomm connect *:*", "bluetooth l2cap connect *:*", "bluetooth hci *"];
    assert_eq!(connect(all, Rfcomm, &l2cap(HEADSET, 3)), "");
    assert_eq!(connect(all, L2cap, &rfcomm(HEADSET, 3)), "");
    assert_eq!(bind(all, L2cap, &hci(0, 0)), "");
    assert_eq!(bind(all, Hci, &sco(HEADSET)), "");
}
