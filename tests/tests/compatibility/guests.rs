//! Guests that do what the page says of options, flags, names and files, and no other test shows.

use std::collections::BTreeSet;

use wallsocket_tests::{Guest, guests};

use crate::source::{flags, option_rows, options};

guests! {
    names_of_this_machine_are_looked_up: "dns reverse 127.0.0.1";
    services_and_protocols_have_names_and_numbers: ;
    what_is_not_there_yet_says_so: ;
}

/// The guests that show options.
const SHOW_OPTIONS: [&str; 5] = [
    "a_number_comes_back_as_it_went_in",
    "every_other_option_is_set_and_read",
    "what_takes_a_grant_comes_back",
    "options_of_other_families_are_set_and_read",
    "options_of_bluetooth_are_shown_elsewhere",
];

/// Options that take a grant for some values only.
const PARTLY_GRANTED: [&str; 6] =
    ["SO_REUSEADDR", "SO_REUSEPORT", "SO_PRIORITY", "IP_MULTICAST_ALL", "IPV6_MULTICAST_ALL", "TCP_SAVE_SYN"];

#[test]
fn every_option_is_set_and_read() {
    let granted = options().into_iter().filter(|option| option.granted).map(|option| option.name);
    let granted: Vec<String> = granted.chain(PARTLY_GRANTED.map(str::to_owned)).collect();
    let (mut shown, mut skipped) = (BTreeSet::new(), BTreeSet::new());
    for guest in SHOW_OPTIONS {
        let mut guest = Guest::new(guest).allow("udp join *").allow("raw ip *");
        guest = guest.allow("packet capture *").allow("netlink read route");
        guest = guest.allow("tipc connect *:*").allow("rds send *:*");
        guest = guest.allow("can raw *").allow("can isotp *").allow("can j1939 *");
        guest = guest.allow("alg aead gcm(aes)").allow("sctp connect localhost:*");
        for verb in ["tcp listen", "tcp connect", "udp bind", "udp send"] {
            guest = guest.allow(format!("{verb} localhost:*"));
        }
        guest = granted.iter().fold(guest, |guest, name| guest.allow(format!("option {name}")));
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
    crate::say(&format!("options: {} of {} shown working", shown.len(), option_rows().len()));
    assert!(shown.is_disjoint(&skipped), "shown or skipped: {shown:?} {skipped:?}");
    let all: BTreeSet<String> = shown.union(&skipped).cloned().collect();
    assert_eq!(all, option_rows(), "each row of the host's table is shown by a guest, the way that it goes");
}

#[test]
fn what_takes_a_grant_is_refused_without() {
    let guest = Guest::new("what_takes_a_grant_is_refused_without");
    let refused: BTreeSet<String> = guest.passes().stdout.lines().map(str::to_owned).collect();
    let granted = options().into_iter().filter(|option| option.granted).map(|option| option.name);
    let granted: BTreeSet<String> = granted.chain(PARTLY_GRANTED.map(str::to_owned)).collect();
    assert_eq!(refused, granted, "each option of the host's that takes a grant is refused without it");
}

#[test]
fn every_flag_is_taken() {
    let guest = Guest::new("every_flag_is_taken")
        .allow("option SO_DONTROUTE")
        .allow("tcp listen 127.0.0.1:*")
        .allow("tcp connect 127.0.0.1:*");
    let shown: BTreeSet<String> = guest.passes().stdout.lines().map(str::to_owned).collect();
    assert_eq!(shown, flags(), "each flag that the host passes on is shown by a guest");
}

#[test]
fn files_are_sent() {
    let files = tempfile::tempdir().expect("a directory");
    Guest::new("files_are_sent").directory(files.path(), "/").passes();
}
