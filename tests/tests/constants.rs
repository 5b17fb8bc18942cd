//! What constants are for that no other test shows.

use std::fs::File;
use std::os::fd::AsRawFd;

use wallsocket_tests::{Guest, guests};

guests! {
    protocols_have_the_numbers_of_their_names: ;
    addresses_can_be_numbers: "udp bind 0.0.0.0:*", "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*", "udp send 255.255.255.255:*";
    reserved_ports_have_to_be_named: "udp bind 127.0.0.1:*";
    look_ups_go_by_their_flags: "dns lookup localhost", "dns reverse 127.0.0.0/8";
    levels_have_two_names: "tcp listen 127.0.0.1:*", "udp bind 127.0.0.1:*";
    multicast_begins_with_its_defaults: "udp bind 127.0.0.1:*", "udp join 239.0.0.0/24";
    routing_headers_of_type_0_are_no_more: "option IPV6_RTHDR", "udp send [::1]:*";
    descriptors_go_with_flags_and_to_addresses: "unix listen @descriptors", "unix connect @descriptors", "pass send socket",
        "pass receive socket";
    path_mtu_discovery_has_four_modes: "udp bind 127.0.0.1:*";
    a_socket_shows_itself: "tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*";
    the_module_says_what_there_is: "tcp listen 127.0.0.1:*";
    every_address_that_was_tried_is_told: "tcp bind 127.0.0.1:*", "tcp connect localhost:*";
}

#[test]
fn the_machine_has_a_context_id() {
    let guest = || Guest::new("the_machine_has_a_context_id");
    assert_eq!(guest().passes().stdout, "closed: interfaces list\n");
    let native = match File::open("/dev/vsock") {
        Ok(device) => {
            let mut id: u32 = 0;
            // SAFETY: IOCTL_VM_SOCKETS_GET_LOCAL_CID writes one `unsigned int`.
            #[allow(unsafe_code, clippy::disallowed_methods, reason = "as a native program asks it")]
            let asked = unsafe { libc::ioctl(device.as_raw_fd(), 0x7b9, &raw mut id) };
            assert_eq!(asked, 0, "{}", std::io::Error::last_os_error());
            id.to_string()
        }
        Err(error) => format!("[Errno {}]", error.raw_os_error().expect("a number")),
    };
    let told = guest().allow("interfaces list").passes().stdout;
    assert!(told.starts_with(&native), "this machine's context id is {native}, and a guest is told {told}");
}
