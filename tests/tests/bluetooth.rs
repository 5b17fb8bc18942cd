//! Bluetooth: judged by device and PSM or channel, between two virtual controllers.

use wallsocket_tests::bluetooth::Controllers;
use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, says};

const ONE: &str = Controllers::WRITTEN[0];
const OTHER: &str = Controllers::WRITTEN[1];

/// Runs a test on a kernel that has Bluetooth, with both controllers.
fn with_controllers(name: &str, test: impl FnOnce(&Controllers)) {
    kernel::with(Family::Bluetooth).run(name, || test(&Controllers::start()));
}

fn l2cap(guest: &str) -> Guest {
    let guest = Guest::new(guest).arg(ONE).arg(OTHER);
    guest.allow(format!("bluetooth l2cap connect {OTHER}:*")).allow(format!("bluetooth l2cap listen {OTHER}:*"))
}

#[test]
fn a_bluetooth_socket_is_not_even_made_without_a_line_about_such() {
    // `SOCK_*`, `BTPROTO_*`, the line that is proposed, and one that will do.
    for (kind, protocol, proposed, line) in [
        (5, 0, "bluetooth l2cap connect *:*", "bluetooth l2cap listen *:4097"),
        (1, 3, "bluetooth rfcomm connect *:*", "bluetooth rfcomm connect 01:23:45:67:89:ab:1"),
        (5, 2, "bluetooth sco connect *", "bluetooth sco listen *"),
        (3, 1, "bluetooth hci *", "bluetooth hci hci0"),
    ] {
        let guest = || Guest::new("make_a_bluetooth_socket").arg(kind).arg(protocol);
        says(guest(), &format!("closed: {proposed}"));
        says(guest().allow("raw ip *").allow("packet capture *").allow("can raw *"), &format!("closed: {proposed}"));
        says(guest().allow(line), "open");
    }
}

#[test]
fn connections_of_bluetooth_are_granted_by_device_and_number() {
    with_controllers("connections_of_bluetooth_are_granted_by_device_and_number", |_| {
        for (protocol, number, line, others) in [
            ("l2cap", 4097, "bluetooth l2cap connect DEVICE:4097", "bluetooth l2cap connect DEVICE:4099"),
            ("rfcomm", 9, "bluetooth rfcomm connect DEVICE:9", "bluetooth rfcomm connect DEVICE:10"),
            ("sco", 0, "bluetooth sco connect DEVICE", "bluetooth sco connect 01:23:45:67:89:ab"),
        ] {
            let (line, others) = (line.replace("DEVICE", OTHER), others.replace("DEVICE", OTHER));
            let guest = || Guest::new("bluetooth_connect").arg(protocol).arg(OTHER).arg(number).allow(others.as_str());
            says(guest(), &format!("closed: {line}"));
            says(guest().allow(line.as_str()), "open");
            says(guest().allow(line.as_str()).deny(line.as_str()), "closed: ");
        }
    });
}

#[test]
fn listeners_of_bluetooth_are_granted_by_adapter_and_number() {
    with_controllers("listeners_of_bluetooth_are_granted_by_adapter_and_number", |_| {
        const ANY: &str = "00:00:00:00:00:00";
        for (protocol, number, own, every) in [
            ("l2cap", 4097, "bluetooth l2cap listen ADAPTER:4097", "bluetooth l2cap listen *:4097"),
            ("rfcomm", 9, "bluetooth rfcomm listen ADAPTER:9", "bluetooth rfcomm listen *:9"),
            ("sco", 0, "bluetooth sco listen ADAPTER", "bluetooth sco listen *"),
        ] {
            let own = own.replace("ADAPTER", ONE);
            let guest = |device: &str| {
                let guest = Guest::new("bluetooth_listen").arg(protocol).arg(device).arg(number);
                guest
                    .allow("bluetooth l2cap connect *:*")
                    .allow("bluetooth rfcomm connect *:*")
                    .allow("bluetooth sco connect *")
            };
            says(guest(ONE), &format!("closed: {own}"));
            says(guest(ONE).allow(own.as_str()), "open");
            says(guest(ONE).allow(every).deny(own.as_str()), "closed: ");
            says(guest(OTHER).allow(own.as_str()), &format!("closed: {}", own.replace(ONE, OTHER)));
            says(guest(ANY).allow(own.as_str()), &format!("closed: {every}"));
            says(guest(ANY).allow(every), "open");
            says(guest(ANY).allow(every).deny(own.as_str()), "closed: ");
        }
        let low = || Guest::new("bluetooth_listen").arg("l2cap").arg(ONE).arg(5);
        says(low().allow("bluetooth l2cap listen *:*"), &format!("closed: bluetooth l2cap listen {ONE}:5"));
        says(low().allow("bluetooth l2cap listen *:5"), "open");
    });
}

#[test]
fn a_line_to_connect_binds_as_the_kernel_would_and_listens_nowhere() {
    with_controllers("a_line_to_connect_binds_as_the_kernel_would_and_listens_nowhere", |_| {
        let guest = |protocol: &str| {
            let guest = Guest::new("bluetooth_bind_to_connect").arg(protocol).arg("00:00:00:00:00:00").arg(0);
            guest
                .allow(format!("bluetooth l2cap connect {ONE}:4097"))
                .allow("bluetooth rfcomm connect *:*")
                .allow("bluetooth sco connect *")
        };
        says(guest("l2cap"), "closed: bluetooth l2cap listen *:0");
        says(guest("rfcomm"), "closed: bluetooth rfcomm listen *:0");
        says(guest("sco"), "closed: bluetooth sco listen *");
    });
}

#[test]
fn an_adapter_is_granted_by_its_name() {
    with_controllers("an_adapter_is_granted_by_its_name", |controllers| {
        let [one, other] = controllers.numbers;
        let guest = |adapter: u16, channel: u16| Guest::new("bluetooth_adapter").arg(adapter).arg(channel);
        let own = format!("bluetooth hci hci{one}");
        says(guest(one, 0).allow(own.as_str()), "open");
        says(guest(other, 0).allow(own.as_str()), &format!("closed: bluetooth hci hci{other}"));
        says(guest(other, 0).allow("bluetooth hci *"), "open");
        says(guest(other, 0).allow("bluetooth hci *").deny(format!("bluetooth hci hci{other}")), "closed: ");
        // HCI_DEV_NONE hears of every adapter.
        says(guest(u16::MAX, 0).allow(own.as_str()), "closed: bluetooth hci *");
        says(guest(u16::MAX, 0).allow("bluetooth hci *"), "open");
        // User, monitor, control and logging channels.
        says(guest(one, 1).allow("bluetooth hci *"), "closed: ");
        for channel in 2..6 {
            says(guest(u16::MAX, channel).allow("bluetooth hci *"), "closed: ");
        }
    });
}

#[test]
fn packets_of_l2cap_go_between_adapters() {
    with_controllers("packets_of_l2cap_go_between_adapters", |_| {
        l2cap("packets_of_l2cap_go_between_adapters").passes();
    });
}

#[test]
fn datagrams_of_l2cap_come_from_whom_they_may() {
    with_controllers("datagrams_of_l2cap_come_from_whom_they_may", |_| {
        l2cap("datagrams_of_l2cap_come_from_whom_they_may").passes();
    });
}

#[test]
fn streams_of_rfcomm_go_between_adapters() {
    with_controllers("streams_of_rfcomm_go_between_adapters", |_| {
        let guest = Guest::new("streams_of_rfcomm_go_between_adapters").arg(ONE).arg(OTHER);
        let guest = guest.allow(format!("bluetooth rfcomm connect {OTHER}:5"));
        guest.allow(format!("bluetooth rfcomm listen {OTHER}:5")).allow("bluetooth rfcomm listen *:0").passes();
    });
}

#[test]
fn voice_goes_between_adapters() {
    with_controllers("voice_goes_between_adapters", |_| {
        let guest = Guest::new("voice_goes_between_adapters").arg(ONE).arg(OTHER);
        let guest = guest.allow(format!("bluetooth sco connect {OTHER}"));
        guest.allow(format!("bluetooth sco listen {OTHER}")).passes();
    });
}

#[test]
fn an_adapter_is_commanded() {
    with_controllers("an_adapter_is_commanded", |controllers| {
        let id = controllers.numbers[0];
        let guest = Guest::new("an_adapter_is_commanded").arg(id).arg(ONE);
        guest.allow(format!("bluetooth hci hci{id}")).passes();
    });
}

#[test]
fn options_of_bluetooth_do_what_they_say() {
    with_controllers("options_of_bluetooth_do_what_they_say", |_| {
        // BT_MODE is an option only where it is on.
        std::fs::write("/sys/module/bluetooth/parameters/enable_ecred", "Y").expect("it is this test's kernel");
        let guest = Guest::new("options_of_bluetooth_do_what_they_say").arg(OTHER);
        let guest = guest.allow("bluetooth sco connect *").allow(format!("bluetooth l2cap listen {OTHER}:*"));
        guest.passes();
    });
}

#[test]
fn bluetooth_sockets_have_their_limits() {
    with_controllers("bluetooth_sockets_have_their_limits", |controllers| {
        let guest = Guest::new("bluetooth_sockets_have_their_limits").arg(OTHER).arg(controllers.numbers[0]);
        let guest =
            guest.allow("bluetooth rfcomm connect *:*").allow("bluetooth l2cap connect *:*").allow("bluetooth hci *");
        guest.allow("bluetooth l2cap listen *:1-65535").allow("bluetooth rfcomm listen *:*").passes();
    });
}

#[test]
fn two_guests_talk_over_rfcomm() {
    with_controllers("two_guests_talk_over_rfcomm", |_| {
        let server = Guest::new("serve_rfcomm").arg(OTHER).allow(format!("bluetooth rfcomm listen {OTHER}:7"));
        let mut server = server.start();
        assert_eq!(server.line(), "ready");
        let client = Guest::new("ask_by_rfcomm").arg(OTHER).allow(format!("bluetooth rfcomm connect {OTHER}:7"));
        assert_eq!(client.passes().stdout, "wallsocket\n");
        let served = server.wait();
        assert!(served.status == 0 && served.error.is_none(), "{:?}\n{}", served.error, served.stderr);
    });
}
