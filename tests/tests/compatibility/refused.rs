//! What is said to be refused, or not to be there yet, answers with the errno that is named.

use std::collections::BTreeMap;

use wallsocket_names::{Row, Status, Table, Use};
use wallsocket_tests::Guest;

use crate::{none, table};

const AF_INET: i64 = 2;
const SOCK_STREAM: i64 = 1;

/// The errno that a name gives for now or for good, with its number.
fn answer(row: &Row) -> Option<(&str, i64)> {
    let (Status::NotYet(errno) | Status::Refused(errno, _)) = &row.status else { return None };
    Some((errno, row.linux.as_ref()?.parse().ok()?))
}

/// Attempts to make a socket, each with the name that it is about and the errno that is said of it.
fn attempts(table: &Table) -> BTreeMap<String, (String, String)> {
    let mut attempts = BTreeMap::new();
    let mut attempt = |row: &Row, errno: &str, numbers: [i64; 3]| {
        attempts.insert(numbers.map(|n| n.to_string()).join(","), (row.name.clone(), errno.to_owned()));
    };
    for row in &table.rows {
        let Some((errno, number)) = answer(row) else { continue };
        match row.section.as_str() {
            // Whatever the type: streams, datagrams, raw, in sequence.
            "families" => [1, 2, 3, 5].into_iter().for_each(|kind| attempt(row, errno, [number, kind, 0])),
            "kinds" => attempt(row, errno, [AF_INET, number, 0]),
            "protocols" => attempt(row, errno, [AF_INET, SOCK_STREAM, number]),
            _ => {}
        }
    }
    attempts
}

/// Options that no guest may have, by level and number.
fn refused_options(table: &Table) -> BTreeMap<String, (String, String)> {
    let mut attempts = BTreeMap::new();
    for row in table.rows.iter().filter(|row| matches!(row.status, Status::Refused(..))) {
        let Some((errno, number)) = answer(row) else { continue };
        // A level without options.
        if row.name.starts_with("SOL_") {
            attempts.insert(format!("{number},1"), (row.name.clone(), errno.to_owned()));
        }
        for usage in &row.uses {
            let Use::Option(level, ..) = usage else { continue };
            let level = table.level(level).unwrap_or_else(|| panic!("{}: what level is {level}?", row.name));
            attempts.insert(format!("{level},{number}"), (row.name.clone(), errno.to_owned()));
        }
    }
    attempts
}

/// Has a guest make the attempts, and compares what it got with what is said.
#[track_caller]
fn attempted(guest: &str, attempts: &BTreeMap<String, (String, String)>) {
    let guest = attempts.keys().fold(Guest::new(guest), |guest, numbers| guest.arg(numbers));
    let output = guest.passes().stdout;
    let mut faults = Vec::new();
    for line in output.lines() {
        let (numbers, found) = line.split_once(' ').expect("an attempt and its outcome");
        let (name, errno) = &attempts[numbers];
        if found != errno {
            faults.push(format!("{name} ({numbers}) gives {found}, and {errno} is said"));
        }
    }
    assert_eq!(output.lines().count(), attempts.len(), "each is attempted");
    println!("refused as it is said: {}", attempts.len() - faults.len());
    none(&faults, "names/python-socket.tsv says of what isn't there what isn't so");
}

#[test]
fn sockets_that_are_not_there_say_so() {
    attempted("sockets_are_attempted", &attempts(&table()));
}

#[test]
fn options_that_are_refused_say_so() {
    attempted("options_are_attempted", &refused_options(&table()));
}
