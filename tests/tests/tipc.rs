//! TIPC: judged by service type and instances, on a kernel that has it.

use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, says};

/// A guest at a door.
fn at(door: &str) -> Guest {
    door.split(' ').fold(Guest::new("tipc_door"), |guest, word| guest.arg(word))
}

/// Each door is shut without its line, and opened by it.
#[test]
fn tipc_doors_open_by_their_line() {
    kernel::with(Family::Tipc).run("tipc_doors_open_by_their_line", || {
        // 1 is a range, 2 a service, 3 a socket by its number.
        for (door, other, line) in [
            ("connect stream 2 1000 5 0", "tipc connect 1001:*", "tipc connect 1000:5"),
            ("connect seqpacket 2 1000 5 0", "tipc connect 1000:6", "tipc connect 1000:5"),
            ("connect rdm 2 1000 5 0", "tipc connect *:*", "tipc send 1000:5"),
            ("connect dgram 1 1000 5 9", "tipc send 1000:5-8", "tipc send 1000:5-9"),
            ("sendto stream 2 1000 5 0", "tipc send *:*", "tipc connect 1000:5"),
            ("sendto seqpacket 2 1000 5 0", "tipc bind *:*", "tipc connect 1000:5"),
            ("sendmsg seqpacket 2 1000 5 0", "tipc send *:*", "tipc connect 1000:5"),
            ("sendto rdm 2 1000 5 0", "tipc connect *:*", "tipc send 1000:5"),
            ("sendto dgram 1 1000 5 9", "tipc send 1000:6-20", "tipc send 1000:5-9"),
            ("sendmsg rdm 1 1000 0 4294967295", "tipc send 1000:0-99", "tipc send 1000:0-4294967295"),
            ("bind stream 2 1000 5 0", "tipc connect *:*", "tipc bind 1000:5"),
            ("bind rdm 1 1000 5 9", "tipc bind 1000:5", "tipc bind 1000:5-9"),
            ("withdraw rdm 1 1000 5 9", "tipc send *:*", "tipc bind 1000:5-9"),
            // What is TIPC's own has to be named.
            ("connect seqpacket 2 1 1 0", "tipc connect *:*", "tipc connect 1:1"),
            ("sendto seqpacket 2 1 1 0", "tipc connect *:1", "tipc connect 1:1"),
            ("sendto rdm 2 0 7 0", "tipc send *:*", "tipc send 0:7"),
            ("bind rdm 2 63 7 0", "tipc bind *:*", "tipc bind 63:7"),
            // Who listens without a name hears whoever finds its number.
            ("listen stream", "tipc bind 1000:*", "tipc bind *:*"),
            ("sendto-id rdm", "tipc send 1000:*", "tipc send *:*"),
        ] {
            says(at(door).allow(other), &format!("closed: {line}"));
            says(at(door).allow(line), "open");
            says(at(door).allow(other).allow(line).deny(line), "closed: ");
        }
    });
}

#[test]
fn a_tipc_socket_takes_a_line_to_be_made() {
    kernel::with(Family::Tipc).run("a_tipc_socket_takes_a_line_to_be_made", || {
        for line in ["tcp connect *:*", "vsock connect *:*", "rds send *:*"] {
            says(at("pair stream").allow(line), "closed: tipc connect *:*");
        }
        for line in ["tipc connect 1000:1", "tipc send 1000:1", "tipc bind 1000:1"] {
            says(at("pair stream").allow(line), "open");
        }
    });
}

/// By its number a socket can be any service's, the topology server's among them.
#[test]
fn a_tipc_socket_by_its_number_takes_the_lines_for_all() {
    kernel::with(Family::Tipc).run("a_tipc_socket_by_its_number_takes_the_lines_for_all", || {
        let guest = || at("connect-id stream");
        says(guest().allow("tipc connect 1000:*"), "closed: tipc connect *:*");
        says(guest().allow("tipc connect *:*"), "closed: tipc connect 1:1");
        says(guest().allow("tipc connect *:*").allow("tipc connect 1:1"), "open");
        says(guest().allow("tipc connect *:*").allow("tipc connect 1:1").deny("tipc connect 2000:1"), "closed: ");
        says(at("sendto-id rdm").allow("tipc send *:*").deny("tipc send 2000:1"), "closed: ");
    });
}

/// Behaviours of one guest, each with the lines that it takes.
macro_rules! on_tipc {
    ($($name:ident: $($grant:literal),*;)*) => {$(
        #[test]
        fn $name() {
            kernel::with(Family::Tipc).run(stringify!($name), || {
                Guest::new(stringify!($name))$(.allow($grant))*.passes();
            });
        }
    )*};
}

on_tipc! {
    tipc_connects_by_name: "tipc connect 18888:*", "tipc bind 18888:*";
    tipc_sending_connects: "tipc connect 18888:*", "tipc bind 18888:*";
    tipc_blocking_sends_wait_to_connect: "tipc connect 18888:*", "tipc bind 18888:*";
    tipc_messages_go_and_come: "tipc send 1000:0-199", "tipc bind 1000:*";
    tipc_messages_come_back: "tipc send 1000:*", "tipc bind 1000:*";
    tipc_options: "tipc connect 1000:1", "tipc bind 1000:1";
    tipc_topology_tells_who_is_there: "tipc connect 1:1", "tipc connect 0:*", "tipc bind 1000:*";
    tipc_pairs_talk_both_ways: "tipc send 1000:1";
    tipc_streams_carry_much: "tipc send 1000:1";
}

#[test]
fn two_guests_talk_over_tipc() {
    kernel::with(Family::Tipc).run("two_guests_talk_over_tipc", || {
        let mut server = Guest::new("tipc_serves").allow("tipc bind 18888:17").start();
        assert_eq!(server.line(), "ready");
        says(Guest::new("tipc_asks").allow("tipc connect 18888:17"), "you said: who is there?");
        let ended = server.wait();
        assert_eq!(ended.status, 0, "{}", ended.stderr);
    });
}
