//! CAN sockets.

use super::*;
use crate::address::{CanAddress, CanPart};
use crate::permissions::{Sort, Transport};

fn can(interface: &str, part: CanPart) -> Address {
    Address::Can(CanAddress { interface: interface.into(), index: 7, part })
}

fn plain(interface: &str) -> Address {
    can(interface, CanPart::Plain)
}

fn isotp(interface: &str, rx_id: u32, tx_id: u32) -> Address {
    can(interface, CanPart::Isotp { rx_id, tx_id })
}

fn j1939(interface: &str) -> Address {
    can(interface, CanPart::J1939 { name: 1, pgn: 2, address: 3 })
}

/// `open`, or the line that would allow it; nothing where no line would. To bind, to connect and to send are one.
fn ask(lines: &[&str], transport: Transport, at: &Address) -> String {
    let holder = holding(lines);
    let machine = Machine::default();
    let said = |judged: Result<Target, Denial>| match judged {
        Ok(target) => {
            let Address::Can(asked) = at else { panic!("{at}") };
            assert_eq!(target, Target::Can(asked.clone()));
            "open".to_owned()
        }
        Err(denial) => denial.grant().unwrap_or_default().to_owned(),
    };
    let bind = said(holder.bind(transport, at, false).map(|permit| permit.target().clone()));
    let send = holder.send(transport, at, &machine, Instant::now());
    let connect = holder.connect(transport, at, &machine, Instant::now());
    assert_eq!(bind, said(send.map(|permit| permit.target().clone())), "to send");
    assert_eq!(bind, said(connect.map(|permit| permit.target().clone())), "to connect");
    bind
}

#[test]
fn making_one_takes_a_line_about_its_protocol() {
    let sort = Sort { family: 29, kind: 3, protocol: 1 };
    for (lines, transport, expected) in [
        (&[][..], Transport::CanRaw, Err("can raw *")),
        (&["can bcm *", "packet capture *"], Transport::CanRaw, Err("can raw *")),
        (&["can raw vcan0"], Transport::CanRaw, Ok(())),
        (&["can raw *"], Transport::CanBcm, Err("can bcm *")),
        (&["can isotp can0 0x1 0x2"], Transport::CanIsotp, Ok(())),
        (&["can isotp can0"], Transport::CanJ1939, Err("can j1939 *")),
    ] {
        let made = holding(lines).create(transport, sort).map(drop);
        assert_eq!(
            made.as_ref().map_err(|denial| denial.grant().unwrap_or_default()),
            expected.as_ref().map_err(|e| *e)
        );
    }
}

#[test]
fn an_interface_is_granted_by_name_or_by_how_names_begin() {
    for (lines, at, expected) in [
        (&["can raw vcan0"][..], plain("vcan0"), "open"),
        (&["can raw vcan0"], plain("vcan1"), "can raw vcan1"),
        (&["can raw vcan0"], plain("vcan01"), "can raw vcan01"),
        (&["can raw vcan*"], plain("vcan1"), "open"),
        (&["can raw vcan*"], plain("can1"), "can raw can1"),
        (&["can raw *"], plain("can1"), "open"),
        (&["can raw *", "deny can raw can1"], plain("can1"), ""),
        (&["can raw *", "deny can raw c*"], plain("can1"), ""),
        (&["can raw *", "deny can raw vcan*"], plain("can1"), "open"),
        // Every interface at once.
        (&["can raw vcan*"], plain(""), "can raw *"),
        (&["can raw *"], plain(""), "open"),
        (&["can raw *", "deny can raw can1"], plain(""), ""),
        (&["can raw *", "deny can raw x*"], plain(""), ""),
        // A name that no line can hold.
        (&["can raw vcan0"], plain("vcan 0"), ""),
    ] {
        assert_eq!(ask(lines, Transport::CanRaw, &at), expected, "{lines:?}, {at}");
    }
    assert_eq!(ask(&["can raw *"], Transport::CanBcm, &plain("vcan0")), "can bcm vcan0", "another protocol's line");
    assert_eq!(ask(&["can j1939 can*"], Transport::CanJ1939, &j1939("can0")), "open");
    assert_eq!(ask(&["can isotp *"], Transport::CanJ1939, &j1939("can0")), "can j1939 can0");
}

#[test]
fn iso_tp_is_granted_by_its_identifiers_as_well() {
    const EXTENDED: u32 = 0x8000_0000;
    for (lines, at, expected) in [
        (&["can isotp can0"][..], isotp("can0", 0x7e8, 0x7e0), "open"),
        (&["can isotp can0 0x7e8 0x7e0"], isotp("can0", 0x7e8, 0x7e0), "open"),
        (&["can isotp can0 0x7e8 0x7e0"], isotp("can0", 0x7e0, 0x7e8), "can isotp can0 0x7e0 0x7e8"),
        (&["can isotp can0 0x7e8 0x7e0"], isotp("can0", 0x7e8, 0x7e1), "can isotp can0 0x7e8 0x7e1"),
        (&["can isotp can0 0x7e8 0x7e0"], isotp("can1", 0x7e8, 0x7e0), "can isotp can1 0x7e8 0x7e0"),
        (&["can isotp can* 0x7e8 *"], isotp("can1", 0x7e8, 0x123), "open"),
        (&["can isotp can0 * 0x7e0"], isotp("can0", 0x7e8 | EXTENDED, 0x7e0), "open"),
        // The same number, of 29 bits.
        (&["can isotp can0 0x7e8 0x7e0"], isotp("can0", 0x7e8 | EXTENDED, 0x7e0), "can isotp can0 0x000007e8 0x7e0"),
        (&["can isotp can0 0x000007e8 0x7e0"], isotp("can0", 0x7e8 | EXTENDED, 0x7e0), "open"),
        (&["can isotp *", "deny can isotp * * 0x7e0"], isotp("can0", 1, 0x7e0), ""),
        (&["can isotp *", "deny can isotp * * 0x7e0"], isotp("can0", 1, 0x7e1), "open"),
        (&["can isotp *", "deny can isotp can0"], isotp("can0", 1, 0x7e1), ""),
    ] {
        assert_eq!(ask(lines, Transport::CanIsotp, &at), expected, "{lines:?}, {at}");
    }
}

#[test]
fn an_address_of_another_protocol_is_refused() {
    let everything = ["can raw *", "can bcm *", "can isotp *", "can j1939 *"];
    for (transport, at) in [
        (Transport::CanRaw, j1939("can0")),
        (Transport::CanRaw, isotp("can0", 1, 2)),
        (Transport::CanIsotp, plain("can0")),
        (Transport::CanJ1939, plain("can0")),
        (Transport::Packet, plain("can0")),
    ] {
        assert_eq!(ask(&everything, transport, &at), "", "{transport}, {at}");
    }
}

/// To the kernel a broadcast manager that connects to no address is connected to every interface.
#[test]
fn no_address_is_none_of_cans() {
    let everything = ["can raw *", "can bcm *", "can isotp *", "can j1939 *"];
    for transport in [Transport::CanRaw, Transport::CanBcm, Transport::CanIsotp, Transport::CanJ1939] {
        let asked = holding(&everything).connect(transport, &Address::Unspecified, &Machine::default(), Instant::now());
        assert!(asked.is_err(), "{transport}");
    }
}

#[test]
fn what_was_given_up_stays_given_up() {
    let mut holder = holding(&["can raw *"]);
    holder.restrict(permissions(&["can raw vcan*"])).unwrap();
    let bind = |interface| holder.bind(Transport::CanRaw, &plain(interface), false).is_ok();
    assert!(bind("vcan0") && !bind("can0") && !bind(""));
}
