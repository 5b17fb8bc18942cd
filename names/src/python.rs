//! The Python SDK's constants: `guest-sdk/python/wallsocket/guest/constants.py`, and beside it `linux.py`.

use crate::row::{Kind, Row};
use crate::table::Table;
use crate::{File, SECTIONS};

const DIRECTORY: &str = "guest-sdk/python/wallsocket/guest";

pub(crate) fn files(table: &Table) -> [File; 2] {
    [
        file(table, "constants", "The constants of Python's `socket` that Linux has.", |row| row.since.is_some()),
        file(table, "linux", "Names of Linux's that Python's `socket` hasn't.", |row| row.since.is_none()),
    ]
}

fn file(table: &Table, module: &str, about: &str, belongs: impl Fn(&Row) -> bool) -> File {
    let mut text = format!(
        "\"\"\"{about}\n\nWritten by `cargo xtask generate` from names/python-socket.tsv: edit that.\n\"\"\"\n"
    );
    for section in SECTIONS {
        // Error numbers are the guest's `errno`, which has WASI's.
        let constant = |row: &&Row| row.kind == Kind::Constant && !errno(row) && belongs(row);
        let rows = table.section(section.id).filter(constant);
        let lines: Vec<String> = rows.filter_map(line).collect();
        if !lines.is_empty() {
            text.push_str(&format!("\n# {}\n{}\n", section.id, lines.join("\n")));
        }
    }
    File { path: format!("{DIRECTORY}/{module}.py"), text }
}

/// A constant that Linux has, as Python writes it.
fn line(row: &Row) -> Option<String> {
    let value = row.linux.as_deref()?;
    let python = value == "True" || value.parse::<i64>().is_ok();
    let value = if python { value.to_owned() } else { format!("\"{value}\"") };
    Some(format!("{} = {value}", row.name))
}

fn errno(row: &Row) -> bool {
    row.name.starts_with('E') && !row.name.contains('_')
}
