//! What is said to work has a test that uses it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use wallsocket_names::{Row, Status};

use crate::items::{is_test, tests, words_of};
use crate::{none, table};

/// The words of every test.
static WORDS: LazyLock<BTreeMap<&str, BTreeSet<&str>>> =
    LazyLock::new(|| tests().map(|test| (test, words_of(test))).collect());

/// Whether a test uses a name: as the SDK calls it, or a twin of it that takes more.
fn uses(test: &str, row: &Row) -> bool {
    let rust = row.rust.as_deref().unwrap_or(&row.name);
    if rust == "none" {
        return false;
    }
    let word = rust.rsplit(['.', ':']).next().unwrap_or(rust);
    let twins = ["", "_flags", "_with", "_bytes"].map(|end| format!("{word}{end}"));
    WORDS.get(test).is_some_and(|words| twins.iter().any(|twin| words.contains(twin.as_str())))
}

#[test]
fn what_works_is_used_by_the_tests_that_show_it() {
    let mut faults = Vec::new();
    for row in &table().rows {
        for test in row.shown_by.iter().filter(|test| !is_test(test)) {
            faults.push(format!("{}: there is no test {test}, and no guest that a test runs", row.name));
        }
        if row.status == Status::Works && !row.shown_by.iter().any(|test| uses(test, row)) {
            let others: Vec<&str> = tests().filter(|test| uses(test, row)).take(3).collect();
            faults.push(format!("{}: {:?} don't use it; {others:?} would", row.name, row.shown_by));
        }
    }
    none(&faults, "names/python-socket.tsv promises what nothing shows");
}

/// The test of the test.
#[test]
fn a_test_that_does_not_use_a_name_is_noticed() {
    let table = table();
    let row = |name: &str| table.find(name).expect("it is a row");
    assert!(uses("pairs_talk_both_ways", row("socketpair")), "it makes pairs");
    assert!(!uses("pairs_talk_both_ways", row("SO_MARK")), "it marks nothing");
    assert!(!uses("no_such_test", row("socketpair")), "it isn't there");
    assert!(is_test("pairs_talk_both_ways") && !is_test("no_such_test"), "a test is one that is run");
}
