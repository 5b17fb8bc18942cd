//! Socket options.

use wallsocket_tests::{Guest, guests};

guests! {
    a_number_comes_back_as_it_went_in: "option SO_PASSSEC";
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
