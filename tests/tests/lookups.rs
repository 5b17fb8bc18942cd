//! Names, where the local files have the answer. Nothing here asks a server.

use wallsocket_tests::{Guest, guests};

guests! {
    numeric_hosts_need_no_resolver: ;
    what_is_nothing_is_told_by_its_code: "dns lookup localhost";
    localhost_is_found_either_way: "dns lookup localhost", "dns reverse 127.0.0.0/8";
    services_and_protocols_are_found: ;
    interfaces_are_listed: "interfaces list";
    packed_addresses_need_no_host: ;
}

#[test]
fn the_host_has_the_name_it_was_given() {
    Guest::new("the_host_has_the_name_it_was_given").arg("sandbox").hostname("sandbox").passes();
}
