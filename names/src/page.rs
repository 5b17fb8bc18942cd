//! `docs/python-compat.md`: a template whose `<!-- names: SECTION -->` lines become tables.

use std::io;

use crate::row::{Kind, Row};
use crate::sdk::{capitalised, list, quote};
use crate::status::{Access, Status, Use};
use crate::table::Table;
use crate::{File, SECTIONS, fault};

pub(crate) const TEMPLATE: &str = "names/python-compat.md";
const PATH: &str = "docs/python-compat.md";

pub(crate) fn file(table: &Table, template: &str) -> io::Result<File> {
    let mut text = "<!-- Written by `cargo xtask generate` from names/python-compat.md and names/python-socket.tsv: edit those. -->\n\n".to_owned();
    let mut left: Vec<&str> = SECTIONS.iter().map(|section| section.id).collect();
    for (at, line) in template.lines().enumerate() {
        match line.strip_prefix("<!-- names: ").and_then(|rest| rest.strip_suffix(" -->")) {
            None => text.push_str(line),
            Some(section) => {
                let Some(at) = left.iter().position(|known| *known == section) else {
                    return Err(fault(format!("{TEMPLATE}:{}: no section {section}, or a second time", at + 1)));
                };
                left.remove(at);
                text.push_str(names(table, section).trim_end());
            }
        }
        text.push('\n');
    }
    if !left.is_empty() {
        return Err(fault(format!("{TEMPLATE}: has no place for the sections {left:?}")));
    }
    Ok(File { path: PATH.to_owned(), text })
}

fn names(table: &Table, section: &str) -> String {
    let constants = table.section(section).all(|row| row.kind == Kind::Constant);
    let mut text = match constants {
        true => "| name | Linux | what for | wallsocket | shown by |\n|---|---|---|---|---|\n".to_owned(),
        false => "| name | what for | wallsocket | shown by |\n|---|---|---|---|\n".to_owned(),
    };
    let mut rows: Vec<&Row> = table.section(section).collect();
    if constants {
        rows.sort_by_key(|row| &row.name);
    }
    for row in rows {
        let name = row.name.strip_prefix("socket.").unwrap_or(&row.name);
        let value = match &row.linux {
            _ if !constants => String::new(),
            Some(value) => format!(" {value} |"),
            None => "  |".to_owned(),
        };
        let shown: Vec<String> = row.shown_by.iter().map(|test| format!("`{test}`")).collect();
        let cells =
            format!("| `{name}` |{value} {} | {} | {} |", what(table, row), answer(table, row), shown.join(", "));
        text.push_str(&cells.replace("|  |", "| |").replace("|  |", "| |"));
        text.push('\n');
    }
    text
}

/// What a name is for.
fn what(table: &Table, row: &Row) -> String {
    let mut said = quote(table, &row.about);
    for usage in &row.uses {
        let more = match usage {
            Use::Option(level, Access::GetSet, layout) => format!("option of `{level}`: `{layout}`"),
            Use::Option(level, Access::Get, layout) => format!("option of `{level}`, to read: `{layout}`"),
            Use::Option(level, Access::Set, layout) => format!("option of `{level}`, to set: `{layout}`"),
            Use::Message(level, kind, layout) if *kind == row.name => format!("message of `{level}`: `{layout}`"),
            Use::Message(level, kind, layout) => format!("message `{kind}` of `{level}`: `{layout}`"),
            Use::Send => "to send".to_owned(),
            Use::Receive => "to receive".to_owned(),
            Use::Result => "in `msg_flags`".to_owned(),
            Use::Ioctl(layout) => format!("with it `{layout}`"),
        };
        said = format!("{said}; {more}");
    }
    said
}

/// What wallsocket does with it.
fn answer(table: &Table, row: &Row) -> String {
    let mut said = match &row.status {
        Status::Works => "works".to_owned(),
        Status::WorksOn(platforms) => {
            let platforms: Vec<&str> = platforms.iter().map(|platform| platform.title()).collect();
            format!("works on {}", list(&platforms, "and"))
        }
        Status::Refused(errno, why) => format!("refused, `{errno}`: {}", quote(table, why)),
        Status::NotYet(errno) => format!("not yet: `{errno}`"),
        Status::Elsewhere(errno) => {
            let platforms: Vec<&str> = row.platforms.iter().map(|platform| platform.title()).collect();
            let errno = errno.as_ref().map(|errno| format!("; here `{errno}`")).unwrap_or_default();
            format!("a name of {}{errno}", list(&platforms, "and"))
        }
        Status::Undefined => "no header defines it, so no Python has it".to_owned(),
        Status::PythonOnly(why) => quote(table, why),
    };
    if let Some(grants) = row.grants() {
        said = format!("{said}, with the grant {grants}");
    }
    if let Some(rust) = row.rust.as_deref().filter(|rust| *rust != "none") {
        said = format!("{said}; in Rust `{rust}`");
    }
    if row.since.is_none() {
        said = format!("{said}; beyond Python");
    }
    match &row.note {
        Some(note) => format!("{said}. {}", capitalised(&quote(table, note))),
        None => said,
    }
}
