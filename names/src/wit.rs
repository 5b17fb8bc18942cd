//! The lists in the contract's comments: what is between `// names: LIST` and `// end` in a file of `wit/`.
//!
//! Such lines are no documentation, so those who read the contract don't see them.

use std::io;

use crate::row::{Kind, Row};
use crate::sdk::{quote, wrap};
use crate::status::{Access, Status, Use};
use crate::table::Table;
use crate::{File, fault};

/// The files that have lists.
pub(crate) const FILES: [&str; 4] = ["wit/types.wit", "wit/options.wit", "wit/messages.wit", "wit/names.wit"];
const WIDTH: usize = 116;

pub(crate) fn file(table: &Table, path: &str, text: &str) -> io::Result<File> {
    let (mut written, mut skipping, mut found) = (String::new(), false, 0);
    for (at, line) in text.lines().enumerate() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line.trim() == "// end" {
            skipping = false;
        }
        if !skipping {
            written.push_str(line);
            written.push('\n');
        }
        if let Some(list) = line.trim().strip_prefix("// names: ") {
            let entries = entries(table, list).ok_or_else(|| fault(format!("{path}:{}: no list {list}", at + 1)))?;
            for (depth, entry) in entries {
                let mut lines = String::new();
                wrap(&entry, "", WIDTH - indent.len() - 2 * depth - 6, &mut lines);
                for (at, line) in lines.lines().enumerate() {
                    let mark = if at == 0 { "- " } else { "  " };
                    written.push_str(&format!("{indent}/// {}{mark}{line}\n", "  ".repeat(depth)));
                }
            }
            (skipping, found) = (true, found + 1);
        }
    }
    if skipping || found == 0 {
        return Err(fault(format!("{path}: a list between `// names: …` and `// end` is missing or doesn't end")));
    }
    Ok(File { path: path.to_owned(), text: written })
}

/// The lines of a list, each with how deep it lies.
fn entries(table: &Table, list: &str) -> Option<Vec<(usize, String)>> {
    let section = |id: &'static str| table.section(id).filter(|row| is_listed(row)).map(|row| (0, plain(table, row)));
    Some(match list {
        "families" => section("families").filter(|(_, entry)| entry.starts_with("`AF_")).collect(),
        "kinds" | "protocols" => {
            table.section(list).filter(|row| is_listed(row)).map(|row| (0, plain(table, row))).collect()
        }
        "AI" | "NI" | "EAI" => {
            let of_list = |row: &&Row| row.name.split('_').next() == Some(list) && is_listed(row);
            let rows = table.section("lookups").filter(of_list).filter(|row| !row.name.starts_with("NI_MAX"));
            rows.map(|row| (0, plain(table, row))).collect()
        }
        "flags" => flags(table).collect(),
        "options" => options(table),
        "messages" => messages(table),
        _ => return None,
    })
}

/// Whether a name has a number that the host may be given.
fn is_listed(row: &Row) -> bool {
    row.kind == Kind::Constant && row.linux.is_some()
}

fn plain(table: &Table, row: &Row) -> String {
    format!("`{}` {}: {}", row.name, row.linux.as_deref().unwrap_or_default(), quote(table, &row.about))
}

fn flags(table: &Table) -> impl Iterator<Item = (usize, String)> {
    table.section("flags").filter(|row| is_listed(row)).map(|row| {
        let ways: Vec<&str> = row
            .uses
            .iter()
            .filter_map(|usage| match usage {
                Use::Send => Some("send"),
                Use::Receive => Some("receive"),
                Use::Result => Some("result"),
                _ => None,
            })
            .collect();
        (0, format!("{} ({})", plain(table, row), ways.join(", ")))
    })
}

/// The options, under their levels.
fn options(table: &Table) -> Vec<(usize, String)> {
    let mut levels: Vec<(&str, Vec<String>)> = Vec::new();
    for row in table.rows.iter().filter(|row| is_listed(row)) {
        for usage in &row.uses {
            let Use::Option(level, access, layout) = usage else { continue };
            let way = match access {
                Access::Get => ", to read",
                Access::Set => ", to set",
                Access::GetSet => "",
            };
            let tier = match (&row.status, row.grants()) {
                (Status::Refused(..), _) => "; refused".to_owned(),
                (_, Some(grants)) => format!("; by the grant {grants}"),
                _ => String::new(),
            };
            let entry = format!("`{}` {}: `{layout}`{way}{tier}", row.name, row.linux.as_deref().unwrap_or_default());
            match levels.iter_mut().find(|known| known.0 == level) {
                Some((_, entries)) => entries.push(entry),
                None => levels.push((level, vec![entry])),
            }
        }
    }
    grouped(table, levels)
}

/// The control messages, under their levels.
fn messages(table: &Table) -> Vec<(usize, String)> {
    let mut levels: Vec<(&str, Vec<String>)> = Vec::new();
    for row in table.rows.iter().filter(|row| is_listed(row)) {
        for usage in &row.uses {
            let Use::Message(level, kind, layout) = usage else { continue };
            let number = table.find(kind).and_then(|row| row.linux.as_deref());
            let number = number.map(|number| format!(" {number}")).unwrap_or_default();
            let asked = if *kind == row.name { String::new() } else { format!(", asked for by `{}`", row.name) };
            let entry = format!("`{kind}`{number}: `{layout}`{asked}");
            match levels.iter_mut().find(|known| known.0 == level) {
                Some((_, entries)) => entries.push(entry),
                None => levels.push((level, vec![entry])),
            }
        }
    }
    grouped(table, levels)
}

fn grouped(table: &Table, levels: Vec<(&str, Vec<String>)>) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for (level, entries) in levels {
        let number = table.level(level).map(|number| format!(" {number}")).unwrap_or_default();
        lines.push((0, format!("level `{level}`{number}")));
        lines.extend(entries.into_iter().map(|entry| (1, entry)));
    }
    lines
}
