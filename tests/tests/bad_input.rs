//! What no call should be given: an error, and never a trap.

use wallsocket_tests::{Guest, guests};

guests! {
    there_are_only_so_many_kinds_of_sockets: ;
    families_of_other_systems_are_not_supported: ;
    addresses_that_are_none_are_refused: "udp bind 127.0.0.1:*";
    timeouts_are_spans_of_time: ;
    flags_are_passed_on_or_refused:
        "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    sizes_beyond_all_memory_are_sizes:
        "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
}

#[test]
fn unix_names_have_their_limits() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().display();
    Guest::new("unix_names_have_their_limits")
        .allow(format!("unix listen {path}::/app"))
        .allow(format!("unix connect {path}::/app"))
        .allow("unix listen @*")
        .allow("unix connect @*")
        .passes();
}
