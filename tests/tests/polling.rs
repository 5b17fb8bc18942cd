//! Waiting for many sockets, and connecting without waiting.

use wallsocket_tests::{Guest, guests};

guests! {
    a_non_blocking_connect_is_told_of_its_end: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    poll_tells_what_is_up:
        "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    poll_waits_no_longer_than_it_was_told: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    a_set_of_sockets_can_be_changed: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    pollables_wait_beside_timers: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
}

#[test]
fn more_interests_than_the_limit_are_refused() {
    let guest = Guest::new("more_interests_than_the_limit_are_refused").arg(20);
    guest.limits(|limits| limits.poll_interests = 20).passes();
}
