//! The table against the SDK: a guest mentions every name, and says what values it found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use wallsocket_names::{Kind, Table};
use wallsocket_tests::Guest;

use crate::source::{documentation, project};
use crate::{none, table};

/// What the guest printed: methods, and constants with their values.
fn found() -> (BTreeSet<String>, BTreeMap<String, String>) {
    let output = Guest::new("every_name_is_there").passes().stdout;
    let (constants, methods): (Vec<&str>, _) = output.lines().partition(|line| line.contains(' '));
    let pair = |line: &str| line.split_once(' ').map(|(name, value)| (name.to_owned(), value.to_owned()));
    (methods.into_iter().map(str::to_owned).collect(), constants.into_iter().filter_map(pair).collect())
}

#[test]
fn every_name_is_in_the_sdk_with_its_value() {
    let table = table();
    let (methods, constants) = found();
    let mut faults = Vec::new();
    for row in table.rows.iter().filter(|row| row.in_sdk()) {
        let name = &row.name;
        match row.kind {
            Kind::Method | Kind::Attribute if !methods.contains(name) => {
                faults.push(format!("tests/guests/src/every_name.rs has no call of {name}"));
            }
            Kind::Constant => {
                for (path, value) in places(&table, name) {
                    match constants.get(&path) {
                        Some(found) if *found == value || (found == "true" && value == "True") => {}
                        found => faults.push(format!("wallsocket::{path} is {found:?}, and {value} in the table")),
                    }
                }
            }
            // They are mentioned by `use`: the guest compiled.
            _ => {}
        }
    }
    none(&faults, "names that the SDK hasn't, or has with another value");
}

/// Where the SDK has a constant, with the value that it has there.
fn places(table: &Table, name: &str) -> Vec<(String, String)> {
    let row = table.find(name).expect("it is a row");
    match &row.linux {
        Some(value) => vec![(name.to_owned(), value.clone())],
        None if row.at_root => row.elsewhere.iter().map(|(_, value)| (name.to_owned(), value.clone())).collect(),
        None => {
            let place = |(platform, value): &(wallsocket_names::Platform, String)| {
                (format!("{}::{name}", platform.id()), value.clone())
            };
            row.elsewhere.iter().map(place).collect()
        }
    }
}

#[test]
fn every_function_says_what_it_is_in_python() {
    let mut faults = Vec::new();
    for row in table().rows.iter().filter(|row| row.in_sdk()) {
        let method = row.name.strip_prefix("socket.");
        let is_called = matches!(row.kind, Kind::Function | Kind::Method) && !row.name.contains("__");
        if !is_called {
            continue;
        }
        let python = format!("`socket.{}", row.name);
        // `getsockopt(level, optname)` shows what it takes.
        let short = format!("`{}(", method.unwrap_or(&row.name));
        let says = |text: &String| text.contains("Python:") && (text.contains(&python) || text.contains(&short));
        let texts = documentation(method.unwrap_or(&row.name));
        if !texts.iter().any(says) {
            faults.push(format!("{}: {texts:?}", row.name));
        }
    }
    none(&faults, "the SDK's documentation doesn't say of these what they are in Python");
}

#[test]
fn every_constant_of_the_sdk_is_in_the_table() {
    let table = table();
    let mut faults = Vec::new();
    for file in fs::read_dir(project().join("guest-sdk/src/constants")).expect("the SDK has constants") {
        let text = fs::read_to_string(file.expect("an entry").path()).expect("it can be read");
        // `pub const AF_INET: i32 = 2;`
        for constant in text.lines().filter_map(|line| line.strip_prefix("pub const ")) {
            let name = constant.split(':').next().expect("a constant has a type");
            if table.find(name).is_none() {
                faults.push(format!("{name} is no row"));
            }
        }
    }
    none(&faults, "constants of the SDK that names/python-socket.tsv doesn't have");
}
