//! Every item of the contract is documented, in one order, and says since when it is there.

use std::fs;
use std::ops::Range;
use std::path::Path;

use wit_parser::{Docs, Stability, TypeDefKind};

use crate::data::{Contract, directory};

/// What a function's and a type's documentation holds after its summary, each in a paragraph of its own.
const PARTS: [&str; 3] = ["Typical errors:", "Python:", "References:"];

#[test]
fn every_item_is_documented_in_order_and_says_since_when() {
    let faults = faults(&Contract::parse(&directory()));
    assert!(faults.is_empty(), "wit/ has items without their documentation:\n{}", faults.join("\n"));
}

/// The test of the test.
#[test]
fn a_comment_or_a_since_is_missed_wherever_it_is_taken_away() {
    let original = directory();
    let mut removed = 0;
    for file in wit_files(&original) {
        let text = fs::read_to_string(original.join(&file)).expect("a file of wit/ can be read");
        let lines: Vec<&str> = text.lines().collect();
        for item in items(&lines) {
            let at = item.end;
            let without: Vec<&str> = lines[..item.start].iter().chain(&lines[item.end..]).copied().collect();
            let copy = copy_of(&original, &file, &without.join("\n"));
            let faults = faults(&Contract::parse(copy.path()));
            assert!(!faults.is_empty(), "nobody misses what ends at {file}:{at}: {}", lines[at - 1]);
            removed += 1;
        }
    }
    assert!(removed > 400, "the contract has more to take away than these {removed}");
}

#[test]
fn parts_out_of_order_are_noticed() {
    let docs = |text: &str| Docs { contents: Some(text.to_owned()) };
    let whole = "Does it.\n\nTypical errors: none.\n\nPython: `x`\n\nReferences: x(2)";
    assert_eq!(fault(&docs(whole), true), None);
    for wrong in [
        "Typical errors: none.\n\nPython: `x`\n\nReferences: x(2)",
        "Does it.\n\nPython: `x`\n\nTypical errors: none.\n\nReferences: x(2)",
        "Does it.\n\nTypical errors: none.\n\nPython: `x`",
        "Does it.\n\nTypical errors:\n\nPython: `x`\n\nReferences: x(2)",
        "Does it.\nTypical errors: none.\n\nPython: `x`\n\nReferences: x(2)",
    ] {
        assert!(fault(&docs(wrong), true).is_some(), "this isn't the order: {wrong:?}");
    }
}

/// Everything in the contract that lacks its documentation or its `@since`, one line each.
fn faults(contract: &Contract) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    let resolve = &contract.resolve;
    for (name, id) in contract.interfaces() {
        let interface = &resolve.interfaces[id];
        faults.item(name, &interface.docs, false, Some(&interface.stability));
        for (type_name, id) in contract.types(id) {
            let definition = &resolve.types[id];
            let type_name = format!("{name}.{type_name}");
            faults.item(&type_name, &definition.docs, true, Some(&definition.stability));
            let parts: Vec<(&String, &Docs)> = match &definition.kind {
                TypeDefKind::Record(record) => record.fields.iter().map(|field| (&field.name, &field.docs)).collect(),
                TypeDefKind::Variant(variant) => variant.cases.iter().map(|case| (&case.name, &case.docs)).collect(),
                TypeDefKind::Flags(flags) => flags.flags.iter().map(|flag| (&flag.name, &flag.docs)).collect(),
                TypeDefKind::Enum(cases) => cases.cases.iter().map(|case| (&case.name, &case.docs)).collect(),
                _ => Vec::new(),
            };
            for (part, docs) in parts {
                faults.item(&format!("{type_name}.{part}"), docs, false, None);
            }
        }
    }
    for (name, function) in contract.functions() {
        faults.item(&name, &function.docs, true, Some(&function.stability));
    }
    for (name, id) in &resolve.packages[contract.package].worlds {
        let world = &resolve.worlds[*id];
        faults.item(&format!("world {name}"), &world.docs, false, Some(&world.stability));
        for (key, item) in &world.imports {
            let imported = format!("world {name}, {}", resolve.name_world_key(key));
            // wit-parser adds what the interfaces themselves need; only what is written here has a version.
            if imported.contains("wallsocket:socket/") {
                faults.since(&imported, item.stability(resolve));
            }
        }
    }
    faults.0
}

struct Faults(Vec<String>);

impl Faults {
    fn item(&mut self, name: &str, docs: &Docs, whole: bool, stability: Option<&Stability>) {
        if let Some(fault) = fault(docs, whole) {
            self.0.push(format!("{name}: {fault}"));
        }
        if let Some(stability) = stability {
            self.since(name, stability);
        }
    }

    fn since(&mut self, name: &str, stability: &Stability) {
        if !matches!(stability, Stability::Stable { .. }) {
            self.0.push(format!("{name}: has no @since"));
        }
    }
}

/// What is wrong with a doc comment. `whole` ones need each of [`PARTS`].
fn fault(docs: &Docs, whole: bool) -> Option<String> {
    let text = docs.contents.as_deref().unwrap_or_default().trim();
    let mut paragraphs = text.split("\n\n").map(str::trim);
    let summary = paragraphs.next().unwrap_or_default();
    if summary.is_empty() {
        return Some("isn't documented".to_owned());
    }
    if !whole {
        return None;
    }
    let starts = |paragraph: &str| PARTS.iter().position(|part| paragraph.starts_with(part));
    if starts(summary).is_some() || PARTS.iter().any(|part| summary.contains(part)) {
        return Some("has no summary in a paragraph of its own".to_owned());
    }
    // A summary may take several paragraphs; from the first part on there is nothing but parts.
    let found: Vec<&str> = paragraphs.skip_while(|paragraph| starts(paragraph).is_none()).collect();
    let order: Vec<Option<usize>> = found.iter().map(|paragraph| starts(paragraph)).collect();
    if order != [Some(0), Some(1), Some(2)] {
        return Some(format!("needs the paragraphs {PARTS:?} in this order, and ends with them"));
    }
    let empty = |(paragraph, part): (&&str, &str)| paragraph.len() == part.len();
    found.iter().zip(PARTS).any(empty).then(|| "has an empty part".to_owned())
}

/// The doc comments, each with all its lines, and the `@since`s of a file.
fn items(lines: &[&str]) -> Vec<Range<usize>> {
    // Lists in a comment lie between `//` lines, which documentation goes on around.
    let is_comment = |line: &str| line.trim_start().starts_with("//");
    let mut items: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match items.last_mut() {
            Some(last) if is_comment(line) && last.end == at && is_comment(lines[at - 1]) => last.end = at + 1,
            _ if is_comment(line) || line.trim_start().starts_with("@since") => items.push(at..at + 1),
            _ => {}
        }
    }
    items
}

fn wit_files(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("wit/ can be read").map(|entry| entry.expect("an entry"));
    let names = entries.map(|entry| entry.file_name().into_string().expect("a name in UTF-8"));
    names.filter(|name| name.ends_with(".wit")).collect()
}

/// The contract with one file replaced.
fn copy_of(original: &Path, replaced: &str, text: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a directory");
    for file in wit_files(original) {
        fs::copy(original.join(&file), copy.path().join(&file)).expect("a file can be copied");
    }
    fs::write(copy.path().join(replaced), text).expect("a file can be written");
    std::os::unix::fs::symlink(fs::canonicalize(original.join("deps")).expect("deps"), copy.path().join("deps"))
        .expect("deps can be linked");
    copy
}
