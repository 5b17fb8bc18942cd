//! What the host's and the SDK's sources say, read as text: the tables there are private.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use wallsocket_names::Access;

pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    fs::read_to_string(project().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A row of the host's table of options.
#[derive(Debug)]
pub(crate) struct HostOption {
    pub(crate) name: String,
    pub(crate) level: String,
    pub(crate) number: String,
    pub(crate) access: Access,
    /// Whether a grant of its name is asked for always.
    pub(crate) granted: bool,
    /// The errno of one that no guest may have.
    pub(crate) refused: Option<String>,
}

/// The host's table of options: the rows within `rows! { … }`, those that are refused after `refused:`.
pub(crate) fn options() -> Vec<HostOption> {
    let mut found = Vec::new();
    for (_, text) in files("host/src/socket").filter(|(path, _)| path.to_string_lossy().contains("options")) {
        for block in text.split("= rows! {").skip(1) {
            let (block, _) = block.split_once("\n};").expect("a table ends");
            let (allowed, refused) = block.split_once("refused:").unwrap_or((block, ""));
            found.extend(allowed.lines().filter_map(|line| option(line, false)));
            found.extend(refused.lines().filter_map(|line| option(line, true)));
        }
    }
    assert!(found.len() > 20, "the tables of options are there");
    found
}

/// `SO_TYPE: SOL_SOCKET 3 Int, Get Plain Kernel;`, or `UDP_ENCAP: IPPROTO_UDP 100 ENOPROTOOPT "why";`.
fn option(line: &str, refused: bool) -> Option<HostOption> {
    let words: Vec<&str> = line.trim().strip_suffix(';')?.split_whitespace().collect();
    let access = [("Get", Access::Get), ("Set", Access::Set), ("GetSet", Access::GetSet)];
    let access = words.iter().find_map(|word| access.iter().find(|known| known.0 == *word));
    Some(HostOption {
        name: words[0].strip_suffix(':')?.to_owned(),
        level: words[1].to_owned(),
        number: words[2].to_owned(),
        access: access.map_or(Access::GetSet, |known| known.1),
        granted: words.contains(&"Granted") || words.contains(&"Guarded"),
        refused: refused.then(|| words[3].to_owned()),
    })
}

/// The options that a guest may have, and which ways they go: `SO_TYPE Get`, `SO_LINGER GetSet`.
pub(crate) fn option_rows() -> BTreeSet<String> {
    let allowed = options().into_iter().filter(|option| option.refused.is_none());
    allowed.map(|option| format!("{} {:?}", option.name, option.access)).collect()
}

/// A control message that the host hands on.
#[derive(Debug)]
pub(crate) struct HostMessage {
    pub(crate) level: String,
    pub(crate) name: String,
    pub(crate) number: i64,
    /// Whether it has a row with its layout, and isn't merely handed on as bytes.
    pub(crate) typed: bool,
}

/// The control messages of the host. `SCM_RIGHTS` has a way of its own.
pub(crate) fn messages() -> Vec<HostMessage> {
    let source = read("host/src/sys/control.rs");
    let (_, rest) = source.split_once("= rows! {").expect("the table is there");
    let (table, rest) = rest.split_once("\n};").expect("it ends");
    // `IP_TTL: IPPROTO_IP 2 Plain Ttl Int;`
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = words.get(2)?.parse().ok()?;
        let name = words[0].strip_suffix(':')?.to_owned();
        Some(HostMessage { level: words[1].to_owned(), name, number, typed: true })
    };
    let mut found: Vec<_> = table.lines().filter_map(row).collect();
    let (_, rest) = rest.split_once("static AS_BYTES").expect("and those without a layout");
    let (table, _) = rest.split_once("];\n").expect("they end");
    // `("IPV6_PATHMTU", level::IPPROTO_IPV6, 61),`
    found.extend(table.lines().filter_map(|line| {
        let (name, rest) = line.trim().strip_prefix("(\"")?.split_once('"')?;
        let (level, number) = rest.split_once("level::")?.1.split_once(',')?;
        let number = number.trim().trim_end_matches("),").parse().ok()?;
        Some(HostMessage { level: level.to_owned(), name: name.to_owned(), number, typed: false })
    }));
    assert!(found.len() > 20, "the table has rows");
    found.push(HostMessage { level: "SOL_SOCKET".to_owned(), name: "SCM_RIGHTS".to_owned(), number: 1, typed: true });
    found
}

/// The flags that the host passes on: `SEND MSG_OOB`, `RECEIVE MSG_PEEK`.
pub(crate) fn flags() -> BTreeSet<String> {
    let source = read("host/src/socket/flags.rs");
    let mut found = BTreeSet::new();
    for direction in ["SEND", "RECEIVE"] {
        let (_, rest) = source.split_once(&format!("const {direction}: i32 =")).expect("the flags are there");
        let (flags, _) = rest.split_once(';').expect("they end");
        found.extend(flags.split('|').map(|flag| format!("{direction} {}", flag.trim())));
    }
    found
}

/// The documentation of the SDK's public functions and methods of a name, a text for each.
pub(crate) fn documentation(function: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (_, text) in files("guest-sdk/src") {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let declared = line.strip_prefix("pub fn ").or_else(|| line.strip_prefix("pub const fn "));
            let Some(rest) = declared.and_then(|rest| rest.strip_prefix(function)) else { continue };
            if rest.starts_with(['(', '<']) {
                let above =
                    lines[..at].iter().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
                let text: Vec<&str> = above.filter_map(|line| line.strip_prefix("///")).map(str::trim).collect();
                found.push(text.into_iter().rev().collect::<Vec<_>>().join(" "));
            }
        }
    }
    found
}

/// All Rust below a directory.
pub(crate) fn files(directory: &str) -> impl Iterator<Item = (PathBuf, String)> {
    let mut left = vec![project().join(directory)];
    let mut found = Vec::new();
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found.into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("a source file can be read");
        (path, text)
    })
}
