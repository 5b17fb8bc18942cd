//! How much of Python's module there is, printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use wallsocket_names::{Row, SECTIONS, Status, Use};

use crate::{say, table};

/// The columns, in order.
const WORDS: [&str; 5] = ["works", "refused", "not yet", "elsewhere", "nowhere"];

fn word(status: &Status) -> &'static str {
    match status {
        Status::Works => "works",
        Status::WorksOn(_) | Status::Elsewhere(_) => "elsewhere",
        Status::Refused(..) => "refused",
        Status::NotYet(_) => "not yet",
        Status::Undefined | Status::PythonOnly(_) => "nowhere",
    }
}

/// A line of the table: how many rows, and how many of each word.
fn line<'a>(name: &str, rows: impl Iterator<Item = &'a Row>) -> String {
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    rows.for_each(|row| *by.entry(word(&row.status)).or_default() += 1);
    let mut line = format!("{name:<10} {:>6}", by.values().sum::<usize>());
    for word in WORDS {
        let _ = write!(line, " {:>9}", by.remove(word).unwrap_or_default());
    }
    assert!(by.is_empty(), "each name is counted: {by:?}");
    line
}

#[test]
fn names_are_counted() {
    let table = table();
    let mut text = format!("names      in all {}\n", WORDS.map(|word| format!("{word:>9}")).join(" "));
    for section in SECTIONS {
        let _ = writeln!(text, "{}", line(section.id, table.section(section.id)));
    }
    let _ = writeln!(text, "{}", line("all", table.rows.iter()));
    let is_option = |row: &&Row| row.linux.is_some() && row.uses.iter().any(|usage| matches!(usage, Use::Option(..)));
    let _ = write!(
        text,
        "{}  (those that work have a test that passes)",
        line("options", table.rows.iter().filter(is_option))
    );
    say(&text);
}
