//! What tests use: their sources, the guests' that they run, and what these call.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::source::files;

/// A function, a constant or another thing with a name, and its text without comments.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) name: String,
    /// The directory of [`ROOTS`] that it lies below.
    root: &'static str,
    file: PathBuf,
    text: String,
    is_test: bool,
}

impl Item {
    /// Whether a guest does it: those are given the arguments that follow their name.
    fn is_behaviour(&self) -> bool {
        let head = self.text.lines().next().unwrap_or_default();
        self.root == "tests/guests/src" && head.contains("fn ") && head.contains(": &[String])")
    }
}

/// Where tests are, and what they run.
const ROOTS: [&str; 6] =
    ["tests/tests", "tests/guests/src", "tests/src", "guest-sdk/src", "host/src", "host/cli/tests"];

/// Every item below [`ROOTS`], by name.
static ITEMS: LazyLock<BTreeMap<String, Vec<Item>>> = LazyLock::new(|| {
    let mut items: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for root in ROOTS {
        for (file, text) in files(root) {
            let path = file.to_string_lossy();
            let runs_guests = ["guests.rs", "refused.rs"].iter().any(|name| file.ends_with(name));
            // This program names what it looks for, and one guest names everything.
            if !path.contains("every_name") && (!path.contains("tests/compatibility/") || runs_guests) {
                for item in items_of(root, &file, &text) {
                    items.entry(item.name.clone()).or_default().push(item);
                }
            }
        }
    }
    items
});

/// Whether there is a test of that name: a test itself, or what a guest does and some test runs.
pub(crate) fn is_test(name: &str) -> bool {
    static RUN: LazyLock<String> = LazyLock::new(|| files("tests/tests").map(|(_, text)| text).collect());
    let runs = |item: &Item| item.is_test || (item.is_behaviour() && RUN.contains(name));
    ITEMS.get(name).into_iter().flatten().any(runs)
}

/// The names of all tests.
pub(crate) fn tests() -> impl Iterator<Item = &'static str> {
    ITEMS.keys().map(String::as_str).filter(|name| is_test(name))
}

/// The words of a test, of the guest that it runs, and of what these call.
pub(crate) fn words_of(test: &str) -> BTreeSet<&'static str> {
    let mut left: Vec<&Item> = ITEMS.get(test).into_iter().flatten().collect();
    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
    while let Some(item) = left.pop() {
        if !seen.insert((&item.file, &item.name)) {
            continue;
        }
        for word in words(&item.text) {
            found.insert(word);
            // Also one that was found before: it can stand for another thing here.
            left.extend(called(item, word));
        }
    }
    found
}

/// What a word in an item can stand for: something in the same file, the only such thing of the tests, or a guest.
fn called<'a>(item: &Item, word: &str) -> Vec<&'a Item> {
    let Some(known) = ITEMS.get(word) else { return Vec::new() };
    let here: Vec<&Item> = known.iter().filter(|other| other.file == item.file).collect();
    let of_tests = item.root.starts_with("tests/");
    let crate_wide: Vec<&Item> = known.iter().filter(|other| of_tests && other.root == item.root).collect();
    let guests = known.iter().filter(|other| item.root == "tests/tests" && other.is_behaviour());
    match (here.is_empty(), crate_wide.len()) {
        (true, 1) => crate_wide.into_iter().chain(guests).collect(),
        _ => here.into_iter().chain(guests).collect(),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The items of a file. It is formatted by rustfmt, so an item ends where its indentation comes again.
fn items_of(root: &'static str, file: &Path, text: &str) -> Vec<Item> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut items = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = item_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let ends = |line: &&str| {
            let own = line.len() - line.trim_start().len();
            own <= indent && (line.ends_with('}') || line.ends_with(';'))
        };
        let length = match line.ends_with(';') || line.ends_with('}') {
            true => 0,
            // A value that didn't fit beside its name.
            false if line.ends_with('=') => lines[at..].iter().position(|line| line.ends_with(';')).unwrap_or(0),
            false => lines[at + 1..].iter().position(ends).map_or(lines.len() - at - 1, |end| end + 1),
        };
        let attributes = lines[..at].iter().rev().take_while(|line| line.trim_start().starts_with("#["));
        items.push(Item {
            name: name.to_owned(),
            root,
            file: file.to_owned(),
            text: lines[at..=at + length].join("\n"),
            is_test: attributes.clone().any(|line| line.contains("test]")),
        });
    }
    items
}

/// `fn connects(` is `connects`; `pub(crate) const NUMBERS: …` is `NUMBERS`.
fn item_name(line: &str) -> Option<&str> {
    let mut words = line.trim_start().split(' ').filter(|word| !word.starts_with("pub") && *word != "async");
    let (kind, rest) = (words.next()?, words.next()?);
    let is_item = matches!(kind, "fn" | "const" | "static" | "macro_rules!" | "struct" | "enum" | "type");
    let rest = if rest == "fn" { words.next()? } else { rest };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    is_item.then(|| &rest[..end]).filter(|name| !name.is_empty())
}
