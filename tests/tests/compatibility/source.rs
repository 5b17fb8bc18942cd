//! What the host's and the guests' sources say, read as text: the tables there are private.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn read(file: &str) -> String {
    fs::read_to_string(project().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The rows of the host's table of options that a guest may have: `SO_TYPE Get`, `SO_LINGER GetSet`.
pub(crate) fn option_rows() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in text_of_each("host/src/socket/options") {
        let Some((_, rest)) = file.split_once("rows! {") else { continue };
        let (table, _) = rest.split_once("};").expect("the table ends");
        // Those that no guest may have follow.
        let (table, _) = table.split_once("refused:").unwrap_or((table, ""));
        // `SO_TYPE: SOL_SOCKET 3 Int, Get Plain Kernel;`
        for row in table.lines().filter(|line| line.trim_end().ends_with(';')) {
            let words: Vec<&str> = row.split_whitespace().collect();
            let access = words.iter().find(|word| ["Get", "Set", "GetSet"].contains(word)).expect("a direction");
            found.insert(format!("{} {access}", words[0].trim_end_matches(':')));
        }
    }
    assert!(!found.is_empty(), "the tables are there");
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

/// The functions of the tests: what the guests do and some test runs, what tests in these directories do
/// themselves, and what the SDK's and the host's own tests do.
pub(crate) fn tests() -> BTreeSet<String> {
    let run = text_below("tests/tests");
    let mut found: BTreeSet<String> =
        functions(&text_below("tests/guests/src")).into_iter().filter(|name| run.contains(name)).collect();
    for directory in ["tests/tests", "guest-sdk/src", "host/src", "host/cli/tests"] {
        let text = text_below(directory);
        // `#[test]` and `#[tokio::test]`.
        let tests = text.split("test]").skip(1).filter_map(|after| functions(after).into_iter().next());
        found.extend(tests);
    }
    found
}

fn functions(text: &str) -> Vec<String> {
    let names = text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next());
    names.filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')).map(str::to_owned).collect()
}

/// All Rust below a directory, one file after another. The page's own test names what it looks for, and isn't one.
fn text_below(directory: &str) -> String {
    text_of_each(directory).concat()
}

fn text_of_each(directory: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut left = vec![project().join(directory)];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                texts.push(fs::read_to_string(&path).expect("a source file can be read"));
            }
        }
    }
    texts
}
