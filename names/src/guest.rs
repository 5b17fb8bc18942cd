//! A guest that mentions every name, so that none is missing from the SDK: `tests/guests/src/every_name/names.rs`.

use std::fmt::Write as _;

use crate::File;
use crate::row::Kind;
use crate::sdk::modules;
use crate::table::Table;

const PATH: &str = "tests/guests/src/every_name/names.rs";

pub(crate) fn file(table: &Table) -> File {
    let mut text = "\
//! Every name of Python's `socket` as the SDK has it: what is missing doesn't compile.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

use std::fmt::Display;

/// Functions, types and errors.
#[allow(unused_imports, reason = \"that they are there is all that is asked\")]
#[rustfmt::skip]
mod others {
"
    .to_owned();
    let others = table.rows.iter().filter(|row| !matches!(row.kind, Kind::Constant | Kind::Method | Kind::Attribute));
    for row in others.filter(|row| row.in_sdk()) {
        let _ = writeln!(text, "    use wallsocket::{};", row.rust.as_deref().unwrap_or(&row.name));
    }
    text.push_str(
        "}

/// A constant: its path below the SDK's root, and its value.
pub(super) type Constant = (&'static str, &'static (dyn Display + Sync));

/// Every constant.
#[rustfmt::skip]
pub(super) static CONSTANTS: &[Constant] = &[
",
    );
    for row in table.rows.iter().filter(|row| row.kind == Kind::Constant && row.in_sdk()) {
        let root = (row.linux.is_some() || row.at_root).then(|| row.name.clone());
        let elsewhere = modules(row).map(|(platform, _)| format!("{}::{}", platform.id(), row.name));
        for path in root.into_iter().chain(elsewhere) {
            let _ = writeln!(text, "    (\"{path}\", &wallsocket::{path}),");
        }
    }
    text.push_str("];\n");
    File { path: PATH.to_owned(), text }
}
