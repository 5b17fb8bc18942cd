//! What the host's and the tests' sources say, read as text: the tables there are private, and what a test uses is
//! nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

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
            if found.insert(word) || item.root == "tests/tests" {
                left.extend(called(item, word));
            }
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
fn files(directory: &str) -> impl Iterator<Item = (PathBuf, String)> {
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
