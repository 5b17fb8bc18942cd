//! The guest SDK's constants: `guest-sdk/src/constants/*.rs`.

use crate::platform::Platform;
use crate::row::{Kind, Row};
use crate::section::MODULES;
use crate::status::{Access, Status, Use};
use crate::table::Table;
use crate::{File, SECTIONS};

const DIRECTORY: &str = "guest-sdk/src/constants";
/// Columns of a line of Rust.
const WIDTH: usize = 118;

pub(crate) fn files(table: &Table) -> Vec<File> {
    let mut files: Vec<File> = MODULES.iter().map(|&(module, about)| module_file(table, module, about)).collect();
    files.extend(
        Platform::ALL.into_iter().filter(|&platform| platform != Platform::Linux).map(|p| platform_file(table, p)),
    );
    files.push(members_file(table));
    files
}

/// The names of Python's enumerations: `guest-sdk/src/enums/members.rs`.
fn members_file(table: &Table) -> File {
    let mut text = head("The names that Python's enumerations have, by number.");
    text.push_str("\nuse super::Members;\n");
    for (list, prefix) in
        [("ADDRESS_FAMILY", "AF_"), ("SOCKET_KIND", "SOCK_"), ("MSG_FLAG", "MSG_"), ("ADDRESS_INFO", "AI_")]
    {
        let named = table.rows.iter().filter(|row| row.name.starts_with(prefix) && row.since.is_some());
        let number = |row: &Row| Some((row.linux.as_ref()?.parse::<i64>().ok()?, row.name.clone()));
        let mut members: Vec<(i64, String)> = named.filter_map(number).collect();
        members.sort();
        text.push_str(&format!("\n#[rustfmt::skip]\npub(super) static {list}: Members = &[\n"));
        for (number, name) in members {
            text.push_str(&format!("    ({number}, \"{name}\"),\n"));
        }
        text.push_str("];\n");
    }
    File { path: "guest-sdk/src/enums/members.rs".to_owned(), text }
}

/// Whether a row is a constant that the SDK's files have: the rest of it stands in the SDK by hand.
pub(crate) fn is_generated(row: &Row) -> bool {
    row.kind == Kind::Constant && row.in_sdk() && module_of(row).is_some()
}

/// The platforms whose module has a constant that Linux doesn't.
pub(crate) fn modules(row: &Row) -> impl Iterator<Item = (Platform, &str)> {
    let elsewhere = row.kind == Kind::Constant && row.in_sdk() && row.linux.is_none() && !row.at_root;
    row.elsewhere.iter().filter(move |_| elsewhere).map(|(platform, value)| (*platform, value.as_str()))
}

fn module_of(row: &Row) -> Option<&'static str> {
    let section = SECTIONS.iter().find(|section| section.id == row.section)?;
    Some(section.module).filter(|module| !module.is_empty())
}

/// The value at the SDK's root.
fn root_value(row: &Row) -> Option<&str> {
    let elsewhere = || row.elsewhere.first().filter(|_| row.at_root).map(|(_, value)| value);
    row.linux.as_ref().or_else(elsewhere).map(String::as_str)
}

fn module_file(table: &Table, module: &str, about: &str) -> File {
    let mut text = head(about);
    for section in SECTIONS.iter().filter(|section| section.module == module) {
        for row in table.section(section.id).filter(|row| is_generated(row)) {
            if let Some(value) = root_value(row) {
                constant(table, row, value, &mut text);
            }
        }
    }
    File { path: format!("{DIRECTORY}/{module}.rs"), text }
}

fn platform_file(table: &Table, platform: Platform) -> File {
    let about = format!(
        "Names that {} has and Linux doesn't, with their values there. Numbers that cross to the host are Linux's: on \
         Linux these are other things' numbers, or nobody's.",
        platform.title()
    );
    let mut text = head(&about);
    for row in &table.rows {
        for (_, value) in modules(row).filter(|of| of.0 == platform) {
            constant(table, row, value, &mut text);
        }
    }
    File { path: format!("{DIRECTORY}/{}.rs", platform.id()), text }
}

fn head(about: &str) -> String {
    let mut text = String::new();
    wrap(about, "//! ", WIDTH, &mut text);
    text + "//!\n//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.\n"
}

fn constant(table: &Table, row: &Row, value: &str, text: &mut String) {
    text.push('\n');
    wrap(&format!("{}.", quote(table, &row.about)), "/// ", WIDTH, text);
    let details = details(table, row);
    if !details.is_empty() {
        text.push_str("///\n");
        wrap(&details, "/// ", WIDTH, text);
    }
    text.push_str("///\n");
    wrap(&whence(row), "/// ", WIDTH, text);
    for alias in &row.aliases {
        text.push_str(&format!("#[doc(alias = \"{alias}\")]\n"));
    }
    let kind = row.rust_type(value);
    let value = if kind == "&str" { format!("\"{value}\"") } else { value.to_owned() };
    text.push_str(&format!("pub const {}: {kind} = {value};\n", row.name));
}

fn details(table: &Table, row: &Row) -> String {
    let mut said: Vec<String> = row.uses.iter().filter_map(|usage| use_of(row, usage)).collect();
    let flags: Vec<&str> = row.uses.iter().filter_map(flag).collect();
    if !flags.is_empty() {
        said.push(format!("A flag {}.", list(&flags, "and")));
    }
    match row.name.split('_').next() {
        Some("AI") => said.push("A flag of [`getaddrinfo`](crate::getaddrinfo_with).".to_owned()),
        Some("NI") if !row.name.starts_with("NI_MAX") => {
            said.push("A flag of [`getnameinfo`](crate::getnameinfo).".to_owned());
        }
        Some("EAI") => said.push("An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).".to_owned()),
        _ => {}
    }
    if let Some(grants) = row.grants() {
        said.push(format!("Needs the grant {grants}."));
    }
    if let Status::Refused(errno, why) = &row.status {
        said.push(format!("Refused with `{errno}`: {}.", quote(table, why)));
    }
    if let Some(note) = &row.note {
        said.push(format!("{}.", capitalised(&quote(table, note))));
    }
    said.join(" ")
}

fn use_of(row: &Row, usage: &Use) -> Option<String> {
    match usage {
        Use::Option(level, access, layout) => {
            let way = match access {
                Access::Get => ", to be read",
                Access::Set => ", to be set",
                Access::GetSet => "",
            };
            Some(format!("An option of level `{level}`{way}: `{layout}`."))
        }
        Use::Message(level, kind, layout) if *kind == row.name => {
            Some(format!("A control message of level `{level}`: `{layout}`."))
        }
        Use::Message(level, kind, layout) => {
            Some(format!("A control message of level `{level}`, type `{kind}`: `{layout}`."))
        }
        Use::Ioctl(layout) => Some(format!("A control code, with it `{layout}`.")),
        Use::Send | Use::Receive | Use::Result => None,
    }
}

fn flag(usage: &Use) -> Option<&'static str> {
    match usage {
        Use::Send => Some("to send with"),
        Use::Receive => Some("to receive with"),
        Use::Result => Some("in what `recvmsg` brings"),
        _ => None,
    }
}

fn whence(row: &Row) -> String {
    let platforms: Vec<&str> = row.platforms.iter().map(|platform| platform.title()).collect();
    let since = match row.since.as_deref() {
        None => "Python has no name for it".to_owned(),
        Some("3.6") => "in Python since 3.6 or earlier".to_owned(),
        Some(version) => format!("in Python since {version}"),
    };
    if platforms.len() == Platform::ALL.len() {
        format!("Everywhere; {since}.")
    } else {
        format!("On {}; {since}.", list(&platforms, "and"))
    }
}

/// `a, b and c`.
pub(crate) fn list(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [firsts @ .., end] => format!("{} {last} {end}", firsts.join(", ")),
    }
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Text with the names of the table in backticks.
pub(crate) fn quote(table: &Table, text: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (mut quoted, mut code, mut rest) = (String::new(), false, text);
    while let Some(first) = rest.chars().next() {
        let length = if word(first) { rest.find(|c| !word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (part, after) = rest.split_at(length);
        code ^= part == "`";
        let name = !code && part.contains('_') && table.find(part).is_some();
        quoted += &if name { format!("`{part}`") } else { part.to_owned() };
        rest = after;
    }
    quoted
}

/// Appends a paragraph, each line with a prefix. What is in backticks isn't broken.
pub(crate) fn wrap(text: &str, prefix: &str, width: usize, into: &mut String) {
    let (mut line, mut code) = (String::new(), false);
    for word in text.split(' ') {
        let fits = prefix.chars().count() + line.chars().count() + 1 + word.chars().count() <= width;
        if !line.is_empty() && !fits && !code {
            into.push_str(&format!("{prefix}{line}\n"));
            line.clear();
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        code ^= word.matches('`').count() % 2 == 1;
    }
    into.push_str(&format!("{prefix}{line}\n"));
}
