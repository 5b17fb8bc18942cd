//! CAN: judged by interface, and for ISO-TP by identifiers. What takes frames runs on kernels that have them.

use std::process::Command;

use wallsocket_tests::Guest;
use wallsocket_tests::kernel::{self, Family};

#[track_caller]
fn says(guest: Guest, expected: &str) {
    assert_eq!(guest.passes().stdout, format!("{expected}\n"));
}

/// A guest at the door of a protocol, on an interface.
fn door(protocol: &str, interface: &str) -> Guest {
    Guest::new("can_door").arg(protocol).arg(interface)
}

/// `vcan0` is there; another interface of software beside it.
fn another_interface() {
    if std::fs::exists("/sys/class/net/vcan1").expect("sysfs is there") {
        return;
    }
    let ip = |arguments: &[&str]| {
        let done = Command::new("ip").args(arguments).status().expect("iproute2 is there");
        assert!(done.success(), "ip {arguments:?}");
    };
    ip(&["link", "add", "dev", "vcan1", "type", "vcan"]);
    ip(&["link", "set", "vcan1", "mtu", "72", "up"]);
}

#[test]
fn making_a_socket_of_can_takes_a_line_about_its_protocol() {
    for (protocol, line, other) in [
        ("raw", "can raw *", "can bcm *"),
        ("bcm", "can bcm *", "can raw *"),
        ("isotp", "can isotp *", "can raw *"),
        ("j1939", "can j1939 *", "can raw *"),
    ] {
        says(door(protocol, "vcan0").arg(1).arg(2), &format!("closed: {line}"));
        says(door(protocol, "vcan0").arg(1).arg(2).allow(other), &format!("closed: {line}"));
    }
}

#[test]
fn an_interface_has_to_be_granted() {
    kernel::with(Family::CanRaw).run("an_interface_has_to_be_granted", || {
        another_interface();
        for (protocol, verb) in [("raw", "raw"), ("raw-to", "raw"), ("bcm", "bcm"), ("j1939", "j1939")] {
            let door = |interface: &str| door(protocol, interface);
            let line = |interface: &str| format!("can {verb} {interface}");
            says(door("vcan0").allow(line("vcan1")), &format!("closed: {}", line("vcan0")));
            says(door("vcan0").allow(line("vcan0")), "open");
            says(door("vcan1").allow(line("vcan*")), "open");
            says(door("vcan1").allow(line("can*")), &format!("closed: {}", line("vcan1")));
            says(door("vcan1").allow(line("*")).deny(line("vcan1")), "closed: ");
            says(door("vcan0").allow(line("*")).deny(line("vcan1")), "open");
        }
        // Every interface at once, those that come later among them.
        for protocol in ["raw", "bcm"] {
            let line = |interface: &str| format!("can {protocol} {interface}");
            says(door(protocol, "").allow(line("vcan*")), &format!("closed: {}", line("*")));
            says(door(protocol, "").allow(line("*")).deny(line("vcan1")), "closed: ");
            says(door(protocol, "").allow(line("*")), "open");
        }
        // The kernel takes an address of no family for every interface.
        says(door("bcm-unspecified", "").allow("can bcm *"), "closed: ");
    });
}

/// Two guests, each with its own grants: what the one says goes over the bus to the other.
#[test]
fn frames_go_from_guest_to_guest() {
    kernel::with(Family::CanRaw).run("frames_go_from_guest_to_guest", || {
        let mut hearer = Guest::new("hear_frames").allow("can raw vcan0").start();
        assert_eq!(hearer.line(), "('vcan0',)", "it is ready");
        Guest::new("send_frames").allow("can raw vcan0").passes();
        let long = format!("124##1{}", "AA".repeat(64));
        for frame in ["123#DEADBEEF", "18DAF110#0102030405060708", "321#R2", &long, "7FF#"] {
            assert_eq!(hearer.line(), format!("{frame} from ('vcan0',)"));
        }
        assert_eq!(hearer.wait().status, 0);
    });
}

#[test]
fn can_raw_options_do_what_they_say() {
    kernel::with(Family::CanRaw).run("can_raw_options_do_what_they_say", || {
        Guest::new("can_raw_options_do_what_they_say").allow("can raw vcan0").passes();
    });
}

#[test]
fn what_is_no_frame_or_no_interface_is_refused() {
    kernel::with(Family::CanRaw).run("what_is_no_frame_or_no_interface_is_refused", || {
        let guest = Guest::new("what_is_no_frame_or_no_interface_is_refused");
        guest.allow("can raw *").allow("can bcm *").passes();
    });
}

#[test]
fn the_broadcast_manager_sends() {
    kernel::with(Family::CanBcm).run("the_broadcast_manager_sends", || {
        Guest::new("the_broadcast_manager_sends").allow("can bcm vcan0").allow("can raw vcan0").passes();
    });
}

#[test]
fn the_broadcast_manager_watches() {
    kernel::with(Family::CanBcm).run("the_broadcast_manager_watches", || {
        Guest::new("the_broadcast_manager_watches").allow("can bcm vcan0").allow("can raw vcan0").passes();
    });
}

#[test]
fn the_broadcast_manager_has_its_limits() {
    kernel::with(Family::CanBcm).run("the_broadcast_manager_has_its_limits", || {
        Guest::new("the_broadcast_manager_has_its_limits").allow("can bcm *").allow("can raw vcan0").passes();
    });
}

#[test]
fn messages_of_j1939_go_from_guest_to_guest() {
    kernel::with(Family::J1939).run("messages_of_j1939_go_from_guest_to_guest", || {
        let mut hearer = Guest::new("hear_j1939").allow("can j1939 vcan0").start();
        assert_eq!(hearer.line(), "('vcan0', 0, 262144, 48)", "it is ready");
        Guest::new("send_j1939").allow("can j1939 vcan0").passes();
        for (length, group, to) in [(8, 0xfeca, "everybody"), (1785, 0xef00, "0x30"), (20, 0xfeca, "everybody")] {
            // Of what came in many frames the kernel has forgotten the interface.
            let interface = if length > 8 { "" } else { "vcan0" };
            let from = format!("('{interface}', 0, {group}, 32)");
            assert_eq!(hearer.line(), format!("{length} bytes from {from} to {to} with priority Some(6)"));
        }
        assert_eq!(hearer.wait().status, 0);
    });
}

/// A guest with J1939 on `vcan0`, and what it does there.
fn j1939(name: &'static str) {
    kernel::with(Family::J1939).run(name, || {
        another_interface();
        Guest::new(name).allow("can j1939 *").passes();
    });
}

#[test]
fn j1939_options_do_what_they_say() {
    j1939("j1939_options_do_what_they_say");
}

#[test]
fn j1939_names_claim_addresses() {
    j1939("j1939_names_claim_addresses");
}

#[test]
fn j1939_tells_what_became_of_messages() {
    j1939("j1939_tells_what_became_of_messages");
}

#[test]
fn j1939_has_addresses_and_groups_of_its_own() {
    j1939("j1939_has_addresses_and_groups_of_its_own");
}

#[test]
fn j1939_has_its_limits() {
    j1939("j1939_has_its_limits");
}

#[test]
fn messages_of_iso_tp_go_from_guest_to_guest() {
    kernel::with(Family::Isotp).run("messages_of_iso_tp_go_from_guest_to_guest", || {
        // The most that a first frame could say of old, what takes the longer form, and what goes in a single frame.
        for length in [4095, 8192, 7] {
            let mut unit = Guest::new("answer_isotp").allow("can isotp vcan0 0x7e0 0x7e8").start();
            assert_eq!(unit.line(), "('vcan0', 2016, 2024)", "it is ready");
            let tester = Guest::new("ask_isotp").arg(length).allow("can isotp vcan* 0x7e8 0x7e0");
            says(tester, "('vcan0', 2024, 2016)");
            assert_eq!(unit.line(), length.to_string());
            assert_eq!(unit.wait().status, 0);
        }
    });
}

#[test]
fn iso_tp_is_granted_by_interface_and_identifiers() {
    kernel::with(Family::Isotp).run("iso_tp_is_granted_by_interface_and_identifiers", || {
        let door = |rx: u32, tx: u32| door("isotp", "vcan0").arg(rx).arg(tx);
        says(door(0x7e8, 0x7e0).allow("can isotp vcan0"), "open");
        says(door(0x7e8, 0x7e0).allow("can isotp vcan0 0x7e8 0x7e0"), "open");
        says(door(0x7e8, 0x7e0).allow("can isotp vcan1"), "closed: can isotp vcan0 0x7e8 0x7e0");
        says(door(0x7e0, 0x7e8).allow("can isotp vcan0 0x7e8 0x7e0"), "closed: can isotp vcan0 0x7e0 0x7e8");
        let extended = door(0x98da_f110, 0x98da_10f1);
        says(extended.allow("can isotp * 0x18daf110 *"), "open");
        says(door(0x7e8, 0x7e0).allow("can isotp *").deny("can isotp * * 0x7e0"), "closed: ");
    });
}

/// A guest with ISO-TP and frames on `vcan0`, and what it does there.
fn isotp(name: &'static str) {
    kernel::with(Family::Isotp).run(name, || {
        Guest::new(name).allow("can isotp *").allow("can raw vcan0").passes();
    });
}

#[test]
fn isotp_options_do_what_they_say() {
    isotp("isotp_options_do_what_they_say");
}

#[test]
fn isotp_waits_until_it_was_sent() {
    isotp("isotp_waits_until_it_was_sent");
}
