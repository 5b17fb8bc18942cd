//! Qualcomm's IPC router: judged by node and port, on a kernel that has it.

use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, says};

/// A guest at a door.
fn at(door: &str) -> Guest {
    door.split(' ').fold(Guest::new("qipcrtr_door"), |guest, word| guest.arg(word))
}

/// Each door is shut without its line, and opened by it.
#[test]
fn qipcrtr_doors_open_by_their_line() {
    kernel::with(Family::Qipcrtr).run("qipcrtr_doors_open_by_their_line", || {
        for (door, other, line) in [
            ("bind 1 20000", "qipcrtr send *:*", "qipcrtr bind 1:20000"),
            ("bind 1 20000", "qipcrtr bind 2:*", "qipcrtr bind 1:20000"),
            // Those of services that the system knows, and the name service's, have to be named.
            ("bind 1 100", "qipcrtr bind *:*", "qipcrtr bind 1:100"),
            ("bind 1 4294967294", "qipcrtr bind *:*", "qipcrtr bind 1:4294967294"),
            ("sendto 1 20000", "qipcrtr bind *:*", "qipcrtr send 1:20000"),
            ("sendmsg 1 20000", "qipcrtr send 1:20001", "qipcrtr send 1:20000"),
            ("connect 1 20000", "qipcrtr send 2:20000", "qipcrtr send 1:20000"),
            // The name service, by whichever number leads to it.
            ("sendto 1 4294967294", "qipcrtr send *:*", "qipcrtr send 1:4294967294"),
            ("sendto 1 0", "qipcrtr send *:*", "qipcrtr send 1:4294967294"),
            ("connect 1 0", "qipcrtr send 1:0", "qipcrtr send 1:4294967294"),
            ("sendto 1 65534", "qipcrtr send 1:65534", "qipcrtr send 1:4294967294"),
            // All nodes.
            ("sendto 4294967295 4294967294", "qipcrtr send 1:4294967294", "qipcrtr send *:4294967294"),
            ("sendto 4294967295 20000", "qipcrtr send 4294967295:20000", "qipcrtr send *:20000"),
        ] {
            says(at(door).allow(other), &format!("closed: {line}"));
            says(at(door).allow(line), "open");
            says(at(door).allow(other).allow(line).deny(line), "closed: ");
        }
        says(at("sendto 4294967295 20000").allow("qipcrtr send *:*").deny("qipcrtr send 3:20000"), "closed: ");
        // Whoever may send may have a port for it.
        says(at("bind 1 0").allow("qipcrtr bind 1:20000"), "closed: qipcrtr bind 1:0");
        says(at("bind 1 0").allow("qipcrtr send 1:20000"), "open");
        says(at("bind 1 0").allow("qipcrtr send 1:20000").deny("qipcrtr bind *:*"), "closed: ");
        says(at("bind 1 0").allow("rds send *:*"), "closed: qipcrtr send *:*");
    });
}

/// Behaviours of one guest, each with the lines that it takes.
macro_rules! on_qipcrtr {
    ($($name:ident: $($grant:literal),*;)*) => {$(
        #[test]
        fn $name() {
            kernel::with(Family::Qipcrtr).run(stringify!($name), || {
                Guest::new(stringify!($name))$(.allow($grant))*.passes();
            });
        }
    )*};
}

on_qipcrtr! {
    qipcrtr_as_in_cpythons_tests: "qipcrtr send 123:123", "qipcrtr bind *:*";
    qipcrtr_messages_go_and_come: "qipcrtr send 1:20000", "qipcrtr bind 1:20000";
    qipcrtr_names_are_served: "qipcrtr send 1:4294967294", "qipcrtr send *:20000";
}
