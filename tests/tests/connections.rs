//! Clients and servers in one call; scopes and unreachable networks in a network namespace of their own.

use std::process::Command;

use wallsocket_tests::{Guest, guests};

guests! {
    create_connection_reaches_create_server:
        "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "tcp bind 127.0.0.2:*", "tcp bind 192.0.2.1:*";
    a_name_is_resolved_by_connect: "tcp listen 127.0.0.1:*", "tcp connect localhost:*", "tcp connect 127.0.0.1:*";
    a_dual_stack_server_takes_both:
        "tcp listen *:*", "tcp connect 127.0.0.1:*", "tcp connect [::1]:*";
    addresses_are_of_the_sockets_family:
        "tcp listen *:*", "tcp connect 127.0.0.1:*", "tcp connect [::1]:*";
}

#[test]
fn create_connection_tries_every_address() {
    let guest = || Guest::new("create_connection_tries_every_address").allow("tcp connect localhost:*");
    guest().arg(4).arg("localhost").allow("tcp listen 127.0.0.1:*").passes();
    // Where the hosts file gives `localhost` no IPv6 address, the name of `::1` is itself.
    let localhost = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let has_both = localhost.lines().any(|line| line.starts_with("::1") && line.contains("localhost"));
    let host = if has_both { "localhost" } else { "::1" };
    guest().arg(6).arg(host).allow("tcp listen [::1]:*").allow("tcp connect [::1]:*").passes();
}

/// Runs the test of that name once more, in a network namespace with an interface `ws0` that leads nowhere; or says
/// why it can't. True inside.
fn in_a_network_of_its_own(name: &str) -> bool {
    const INSIDE: &str = "WALLSOCKET_TESTS_IN_NAMESPACE";
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let set_up = "ip link set lo up && ip link add ws0 type veth peer name ws1 && ip link set ws0 up && \
                  ip link set ws1 up && ip addr add 192.0.2.1/24 dev ws0 && \
                  ip -6 addr add fe80::1234/64 dev ws0 nodad";
    let can = Command::new("unshare").args(["--net", "sh", "-c", set_up]).output();
    if !can.is_ok_and(|output| output.status.success()) {
        println!("skipped: no network namespace with an interface can be made here (it takes root and iproute2)");
        return false;
    }
    let test = std::env::current_exe().expect("this program");
    let script = format!("{set_up} && exec \"$0\" --exact {name} --nocapture");
    let mut inside = Command::new("unshare");
    inside.args(["--net", "sh", "-c", &script]).arg(test).env(INSIDE, "1");
    let output = inside.output().expect("unshare was there a moment ago");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    false
}

#[test]
fn link_local_addresses_have_a_scope() {
    if in_a_network_of_its_own("link_local_addresses_have_a_scope") {
        let guest = Guest::new("link_local_addresses_have_a_scope").arg("ws0").arg("fe80::1234");
        guest
            .allow("interfaces list")
            .allow("tcp listen [fe80::/10]:*")
            .allow("tcp connect [fe80::/10]:*")
            .allow("udp bind [fe80::/10]:*")
            .allow("udp send [fe80::/10]:*")
            .passes();
    }
}

#[test]
fn what_has_no_way_is_unreachable() {
    if in_a_network_of_its_own("what_has_no_way_is_unreachable") {
        let guest = Guest::new("what_has_no_way_is_unreachable");
        guest.allow("tcp connect *:9").allow("udp send *:9").passes();
    }
}
