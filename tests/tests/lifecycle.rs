//! From making a socket to closing it. What uses descriptors up has a process of its own.

use std::process::Command;

use wallsocket_tests::{Guest, guests};

guests! {
    duplicates_share_all_but_the_mode: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    numbers_stand_for_sockets: ;
    inheritable_is_remembered: ;
    closing_lets_the_port_go: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
}

/// A guest that listens and connects on loopback.
fn guest(name: &str) -> Guest {
    Guest::new(name).allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*")
}

/// Runs the test of that name once more, in a process that may have so many descriptors. True inside.
fn with_descriptors(limit: u32, name: &str) -> bool {
    const INSIDE: &str = "WALLSOCKET_TESTS_WITH_DESCRIPTORS";
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let test = std::env::current_exe().expect("this program");
    let script = format!("ulimit -n {limit} && exec \"$0\" --exact {name} --nocapture");
    let output = Command::new("sh").args(["-c", &script]).arg(test).env(INSIDE, "1").output().expect("a shell");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    false
}

#[test]
fn more_sockets_than_the_quota_are_refused() {
    guest("more_sockets_than_the_quota_are_refused").arg(20).limits(|limits| limits.sockets = 20).passes();
}

#[test]
fn sockets_are_made_until_the_process_has_no_more() {
    if with_descriptors(256, "sockets_are_made_until_the_process_has_no_more") {
        guest("sockets_are_made_until_the_process_has_no_more").passes();
    }
}

#[test]
fn a_thousand_sockets_are_polled_together() {
    if with_descriptors(2048, "a_thousand_sockets_are_polled_together") {
        Guest::new("a_thousand_sockets_are_polled_together").passes();
    }
}
