//! What constants are for that no other test shows.

use wallsocket_tests::guests;

guests! {
    protocols_have_the_numbers_of_their_names: ;
    addresses_can_be_numbers: "udp bind 0.0.0.0:*", "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*", "udp send 255.255.255.255:*";
    reserved_ports_have_to_be_named: "udp bind 127.0.0.1:*";
    look_ups_go_by_their_flags: "dns lookup localhost", "dns reverse 127.0.0.0/8";
    levels_have_two_names: "tcp listen 127.0.0.1:*", "udp bind 127.0.0.1:*";
    multicast_begins_with_its_defaults: "udp bind 127.0.0.1:*", "udp join 239.0.0.0/24";
    routing_headers_of_type_0_are_no_more: "option IPV6_RTHDR", "udp send [::1]:*";
    descriptors_go_with_flags_and_to_addresses: "unix listen @descriptors", "unix connect @descriptors";
    path_mtu_discovery_has_four_modes: "udp bind 127.0.0.1:*";
    the_module_says_what_there_is: "tcp listen 127.0.0.1:*";
    every_address_that_was_tried_is_told: "tcp bind 127.0.0.1:*", "tcp connect localhost:*";
}
