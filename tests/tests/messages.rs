//! Messages and control messages, from the outside.

use wallsocket_tests::guests;

guests! {
    messages_are_gathered_and_scattered: ;
    messages_go_to_addresses: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    messages_say_how_they_came: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
    all_of_a_stream_comes_as_one_message: ;
    bad_messages_are_errors: "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*";
}
