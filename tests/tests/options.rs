//! Socket options.

use wallsocket_tests::{Guest, guests};

guests! {
    what_a_socket_is_can_be_read_and_not_set: "tcp listen 127.0.0.1:*";
    structures_come_back_as_they_went_in: ;
    what_has_no_row_is_not_available: ;
    bad_values_are_errors: ;
    queues_can_be_measured: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
}

#[test]
fn buffers_are_set_and_clamped() {
    Guest::new("buffers_are_set_and_clamped").limits(|limits| limits.buffer_bytes = 16_384).passes();
}

/// The kernel lets a host with the capability use all of them, and loads modules for more.
#[test]
fn algorithms_that_not_everybody_may_use_take_a_grant() {
    let list = |name: &str| {
        let file = format!("/proc/sys/net/ipv4/tcp_{name}_congestion_control");
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let allowed = list("allowed");
    let says = |guest: Guest, expected: &str| assert_eq!(guest.passes().stdout, expected);
    let guest = |name: &str| Guest::new("control_congestion_by").arg(name);
    says(guest(&allowed[0]), "open\n");
    let Some(other) = list("available").into_iter().find(|name| !allowed.contains(name)) else {
        println!("skipped: everybody may use all of this machine's algorithms: {allowed:?}");
        return;
    };
    says(guest(&other), "closed: option TCP_CONGESTION\n");
    says(guest(&other).allow("option TCP_CONGESTION"), "open\n");
}
