//! The table of Python's names, `names/python-socket.tsv`, is true, and so is what is written from it: compared with
//! the machine's own Python, with the SDK, with the host's tables, and with the tests that it names.

mod counts;
mod guests;
mod headers;
mod host;
mod items;
mod odd;
mod python;
mod refused;
mod sdk;
mod shown;
mod source;
mod written;

use std::io::Write as _;

use wallsocket_names::Table;

/// The table.
fn table() -> Table {
    Table::read(&source::project()).unwrap_or_else(|error| panic!("{error}"))
}

/// Prints past the test harness, which keeps to itself what a test prints that passes.
fn say(text: &str) {
    // Nobody reads it, and nothing is lost.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Fails with all that is wrong, not only the first.
#[track_caller]
fn none(faults: &[String], what: &str) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}
