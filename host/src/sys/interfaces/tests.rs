use super::*;
use crate::permissions::{Holder, Permissions};

fn permit() -> Permit<op::Interfaces> {
    let permissions = Permissions::builder().allow("interfaces list").unwrap().build();
    Holder::new(permissions).interfaces().unwrap()
}

fn errno_of<T: std::fmt::Debug>(result: Result<T>) -> i32 {
    match result {
        Err(Error::Io(error)) => errno::to_linux(&error),
        other => panic!("no error of the system: {other:?}"),
    }
}

#[test]
fn loopback_is_among_the_machines_addresses_once() {
    let addresses = addresses();
    let loopback = IpAddr::from(Ipv4Addr::LOCALHOST);
    assert_eq!(addresses.iter().filter(|address| **address == loopback).count(), 1, "{addresses:?}");
}

#[test]
fn lo_has_index_1() {
    assert!(if_nameindex(&permit()).unwrap().contains(&(1, b"lo".to_vec())));
    assert_eq!(if_nametoindex(&permit(), b"lo").unwrap(), 1);
    assert_eq!(if_indextoname(&permit(), 1).unwrap(), b"lo");
}

#[test]
fn names_and_indices_come_back_as_they_went() {
    for (index, name) in if_nameindex(&permit()).unwrap() {
        assert_eq!(if_nametoindex(&permit(), &name).unwrap(), index);
        assert_eq!(if_indextoname(&permit(), index).unwrap(), name);
    }
}

#[test]
fn what_is_no_interfaces_name_is_enodev() {
    for name in [&b"no-such-if"[..], b"", b"lo\0", b"\0", b"a-name-of-16-byt", &[0xff; 4096]] {
        assert_eq!(errno_of(if_nametoindex(&permit(), name)), errno::ENODEV, "{name:?}");
    }
}

#[test]
fn what_is_no_interfaces_index_is_enxio() {
    for index in [0, 0x7fff_fff0, u32::MAX] {
        assert_eq!(errno_of(if_indextoname(&permit(), index)), errno::ENXIO, "{index}");
    }
}
