//! The pages about doors and side doors: nothing is missing from them, and the tests that they name are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::data::{Contract, directory};

fn root() -> PathBuf {
    directory().join("..").canonicalize().expect("the contract is in the repository")
}

/// The rows of a page's tables, by heading: each cell as it is written.
fn tables(page: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let text = fs::read_to_string(root().join("docs").join(page)).expect("the page is there");
    let mut tables: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(title) = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
            title.clone_into(&mut heading);
        } else if let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) {
            let cells = cells.split(" | ").map(str::to_owned).collect();
            tables.entry(heading.clone()).or_default().push(cells);
        }
    }
    // The first row says what the columns are.
    tables.values_mut().for_each(|rows| drop(rows.remove(0)));
    tables
}

/// What is written as code in a cell.
fn code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The files of Rust below a directory.
fn sources(below: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).expect("a directory") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The names of all tests: functions after an attribute that says so, and what `guests!` makes.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let below = ["tests/tests", "host/src", "host/cli"].map(|part| sources(&root().join(part)));
    for path in below.iter().flatten() {
        let text = fs::read_to_string(path).expect("it can be read");
        let (mut is_test, mut in_guests) = (false, false);
        for line in text.lines() {
            in_guests = (in_guests || line.starts_with("guests! {")) && line != "}";
            let named = line.trim_start().trim_start_matches("async ").strip_prefix("fn ");
            if line.trim_start().starts_with("#[") {
                is_test |= line.contains("test]") || line.contains("test(");
            } else if let Some(name) = named.and_then(|rest| rest.split('(').next()) {
                if is_test {
                    names.insert(name.to_owned());
                }
                is_test = false;
            } else if let Some((name, _)) = line.trim_start().split_once(':').filter(|_| in_guests) {
                names.insert(name.to_owned());
            }
        }
    }
    names
}

#[track_caller]
fn are_tests<'a>(named: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) {
    let there = tests();
    for (door, names) in named {
        assert!(!names.is_empty(), "a test holds this door shut: {door}");
        for name in names {
            assert!(there.contains(name), "{door}: there is no test {name}");
        }
    }
}

#[test]
fn every_function_is_a_door_or_says_why_it_is_none() {
    let tables = tables("doors.md");
    let (doors, others) = (&tables["Functions that ask"], &tables["Functions that ask nobody"]);
    let mut listed = BTreeSet::new();
    for row in doors.iter().chain(others) {
        let [function] = code(&row[0])[..] else { panic!("a function: {row:?}") };
        assert!(listed.insert(function.to_owned()), "{function} is there twice");
        assert!(row[1..].iter().all(|cell| !cell.is_empty()), "{function}: what it asks, or why it doesn't");
    }
    let contract = Contract::parse(&directory());
    let there: BTreeSet<String> = contract.functions().into_iter().map(|(name, _)| name).collect();
    assert_eq!(listed, there, "docs/doors.md has every function of the contract, and no other");
    are_tests(doors.iter().map(|row| (row[0].as_str(), code(&row[2]))));
}

#[test]
fn every_side_door_has_tests_that_are_there() {
    let tables = tables("side-doors.md");
    let doors = &tables["Side doors"];
    assert!(doors.len() > 30, "there are many: {}", doors.len());
    are_tests(doors.iter().map(|row| (row[0].as_str(), code(&row[2]))));
}

#[test]
fn every_promise_has_tests_that_are_there() {
    let text = fs::read_to_string(root().join("docs/security-model.md")).expect("it can be read");
    let promised =
        text.split("\n## ").find(|part| part.starts_with("What is promised")).expect("it promises something");
    let promises = promised.lines().filter_map(|line| line.strip_prefix("- **")?.split("**").next());
    let promises: Vec<&str> = promises.map(|promise| promise.trim_end_matches('.')).collect();
    let tables = tables("security-model.md");
    let held = &tables["What holds the promises"];
    assert_eq!(
        promises,
        held.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        "each promise has a row, in order"
    );
    are_tests(held.iter().map(|row| (row[0].as_str(), code(&row[1]))));
}

/// The functions that the rest of the host can call in a file of `sys`, each with what it takes.
fn calls(text: &str) -> Vec<(String, String)> {
    // Unit tests are at the end.
    let text = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let starts = ["pub(crate) fn ", "pub(crate) async fn ", "pub(crate) unsafe fn "];
    let mut calls = Vec::new();
    for start in starts {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            let signature = rest.split(" {\n").next().unwrap_or_default();
            calls.push((name.to_owned(), signature.to_owned()));
        }
    }
    calls
}

#[test]
fn what_reaches_outside_takes_a_permit() {
    // They lay out and read bytes, and call nothing.
    const PURE: [&str; 6] = ["address", "elsewhere", "control", "errno.rs", "fuzzing.rs", "mod.rs"];
    let tables = tables("doors.md");
    let mut without: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in &tables["Calls of `sys` without a permit"] {
        let [file] = code(&row[0])[..] else { panic!("a file: {row:?}") };
        assert!(!row[2].is_empty(), "{file}: why");
        without.insert(file.to_owned(), code(&row[1]).into_iter().map(str::to_owned).collect());
    }
    let sys = root().join("host/src/sys");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut permits = 0;
    for path in sources(&sys) {
        let file = path.strip_prefix(&sys).expect("it is below").display().to_string();
        let is_pure = |part: &&str| {
            file.trim_end_matches(".rs") == part.trim_end_matches(".rs") || file.starts_with(&format!("{part}/"))
        };
        if PURE.iter().any(is_pure) || file.ends_with("tests.rs") {
            continue;
        }
        for (name, takes) in calls(&fs::read_to_string(&path).expect("it can be read")) {
            if takes.contains("Permit<") {
                permits += 1;
            } else {
                found.entry(file.clone()).or_default().insert(name);
            }
        }
    }
    assert_eq!(found, without, "a call without a permit is in docs/doors.md, with why it needs none");
    assert!(permits > 20, "the others take one: {permits}");
}
