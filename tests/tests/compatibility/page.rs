//! The page itself.

use std::collections::BTreeSet;

use crate::source::{flags, option_rows, read, tests};

/// Names of Python's that the page has nothing to say about: types and texts.
const NOT_ON_THE_PAGE: [&str; 8] =
    ["SocketIO", "AddressFamily", "AddressInfo", "MsgFlag", "SocketKind", "CAPI", "errorTab", "SocketType"];

/// A row of one of the page's tables.
struct Row {
    section: String,
    cells: Vec<String>,
}

impl Row {
    /// What is in backticks in a cell.
    fn names(&self, cell: usize) -> Vec<&str> {
        self.cells.get(cell).map(|cell| cell.split('`').skip(1).step_by(2).collect()).unwrap_or_default()
    }
}

#[test]
fn every_row_names_a_test_that_there_is() {
    let tests = tests();
    let mut faults = Vec::new();
    for row in rows() {
        assert_eq!(row.cells.len(), 4, "{}: a row says what, whether, how and shown by: {:?}", row.section, row.cells);
        let named = row.names(3);
        if named.is_empty() {
            faults.push(format!("{}: nothing shows this row: {}", row.section, row.cells[0]));
        }
        for name in named.into_iter().filter(|name| !tests.contains(*name)) {
            faults.push(format!(
                "{}: {}: there is no test {name}, and no guest that a test runs",
                row.section, row.cells[0]
            ));
        }
    }
    assert!(faults.is_empty(), "docs/python-compat.md promises what nothing shows:\n{}", faults.join("\n"));
}

#[test]
fn every_row_says_whether_it_works() {
    for row in rows() {
        let answer = row.cells[1].as_str();
        let known = ["works", "to set and to read", "to set", "to read", "not yet", "never"];
        assert!(known.contains(&answer), "{}: {answer:?} is none of {known:?}: {:?}", row.section, row.cells);
        if answer == "not yet" || answer == "never" {
            let errno = row.names(2).iter().any(|name| name.starts_with('E'));
            assert!(errno, "{}: what doesn't work says with which errno: {:?}", row.section, row.cells);
        }
    }
}

#[test]
fn every_function_method_and_attribute_of_pythons_has_a_row() {
    let on_page = |section: &str| -> BTreeSet<String> {
        let rows = rows().into_iter().filter(|row| row.section == section);
        rows.flat_map(|row| row.names(0).iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).collect()
    };
    let (functions, methods) = (on_page("Functions"), on_page("Methods and attributes"));
    let table = include_str!("../../data/python-socket-names.tsv").lines().skip(1);
    for row in table {
        let mut columns = row.split('\t');
        let (name, kind) = (columns.next().expect("a name"), columns.next().expect("a kind"));
        if matches!(kind, "constant" | "exception") || NOT_ON_THE_PAGE.contains(&name) {
            continue;
        }
        let found = match name.strip_prefix("socket.") {
            Some(method) => methods.contains(method),
            None => functions.contains(name),
        };
        assert!(found, "docs/python-compat.md doesn't say whether {name} works");
    }
}

#[test]
fn the_options_on_the_page_are_those_of_the_host() {
    let options = rows().into_iter().filter(|row| row.section == "Options" && row.cells[1].starts_with("to "));
    let shown: BTreeSet<String> = options
        .flat_map(|row| {
            let access = match row.cells[1].as_str() {
                "to read" => "Get",
                "to set" => "Set",
                _ => "GetSet",
            };
            row.names(0).iter().map(|name| format!("{name} {access}")).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(shown, option_rows(), "the page and host/src/socket/options have the same options");
}

#[test]
fn the_flags_on_the_page_are_those_of_the_host() {
    let mut shown = BTreeSet::new();
    for row in rows().into_iter().filter(|row| row.section == "Flags" && row.cells[1] == "works") {
        for name in row.names(0) {
            for (word, direction) in [("send", "SEND"), ("receive", "RECEIVE")] {
                if row.cells[2].contains(word) {
                    shown.insert(format!("{direction} {name}"));
                }
            }
        }
    }
    assert_eq!(shown, flags(), "the page and host/src/socket/flags.rs have the same flags");
}

fn rows() -> Vec<Row> {
    let page = read("docs/python-compat.md");
    let (mut section, mut rows) = (String::new(), Vec::new());
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        } else if let Some(cells) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            let cells: Vec<String> = cells.split('|').map(|cell| cell.trim().to_owned()).collect();
            // The head of a table, and the line beneath it.
            if cells[0] != "Python" && !cells[0].starts_with("---") {
                rows.push(Row { section: section.clone(), cells });
            }
        }
    }
    assert!(rows.len() > 40, "the page has tables");
    rows
}
