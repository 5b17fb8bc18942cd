//! Guests that do what the page says of options, flags, names and files, and no other test shows.

use std::collections::BTreeSet;

use wallsocket_tests::{Guest, guests};

use crate::source::{flags, option_rows};

guests! {
    names_of_this_machine_are_looked_up: "dns reverse 127.0.0.1";
    services_and_protocols_have_names_and_numbers: ;
    what_is_not_there_yet_says_so: ;
}

/// What each guest shows of the options, and the grants that it takes.
const SHOWN_BY: &[(&str, &[&str])] =
    &[("a_number_comes_back_as_it_went_in", &["option SO_PASSSEC"]), ("every_other_option_is_set_and_read", &[])];

#[test]
fn every_option_is_set_and_read() {
    let (mut shown, mut skipped) = (BTreeSet::new(), BTreeSet::new());
    for (guest, grants) in SHOWN_BY {
        let guest = grants.iter().fold(Guest::new(guest), |guest, line| guest.allow(*line));
        for line in guest.passes().stdout.lines() {
            match line.strip_prefix("skipped: ") {
                Some(rest) => {
                    println!("{line}");
                    skipped.insert(rest.split(':').next().expect("a first part").to_owned());
                }
                None => drop(shown.insert(line.to_owned())),
            }
        }
    }
    println!("options: {} of {} shown working", shown.len(), option_rows().len());
    assert!(shown.is_disjoint(&skipped), "shown or skipped: {shown:?} {skipped:?}");
    let all: BTreeSet<String> = shown.union(&skipped).cloned().collect();
    assert_eq!(all, option_rows(), "each row of the host's table is shown by a guest, the way that it goes");
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
