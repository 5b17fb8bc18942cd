//! Guests that do what the page says of options, flags, names and files, and no other test shows.

use std::collections::BTreeSet;

use wallsocket_tests::{Guest, guests};

use crate::source::{flags, option_rows};

guests! {
    names_of_this_machine_are_looked_up: "dns reverse 127.0.0.1";
    services_and_protocols_have_names_and_numbers: ;
    what_is_not_there_yet_says_so: ;
}

#[test]
fn every_option_is_set_and_read() {
    let output = Guest::new("every_option_is_set_and_read").passes();
    let shown: BTreeSet<String> = output.stdout.lines().map(str::to_owned).collect();
    assert_eq!(shown, option_rows(), "each row of the host's table is shown by a guest, the way that it goes");
}

#[test]
fn every_flag_is_taken() {
    let guest = Guest::new("every_flag_is_taken").allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*");
    let shown: BTreeSet<String> = guest.passes().stdout.lines().map(str::to_owned).collect();
    assert_eq!(shown, flags(), "each flag that the host passes on is shown by a guest");
}

#[test]
fn files_are_sent() {
    let files = tempfile::tempdir().expect("a directory");
    Guest::new("files_are_sent").directory(files.path(), "/").passes();
}
