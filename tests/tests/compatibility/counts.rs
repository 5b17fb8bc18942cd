//! How much of Python's module there is, printed.

use std::collections::BTreeMap;

use wallsocket_names::{SECTIONS, Status, Use};

use crate::table;

fn word(status: &Status) -> &'static str {
    match status {
        Status::Works => "works",
        Status::WorksOn(_) | Status::Elsewhere(_) => "elsewhere",
        Status::Refused(..) => "refused",
        Status::NotYet(_) => "not yet",
        Status::Undefined | Status::PythonOnly(_) => "nowhere",
        Status::Untested => "untested",
    }
}

#[test]
fn names_are_counted() {
    const WORDS: [&str; 6] = ["works", "refused", "not yet", "untested", "elsewhere", "nowhere"];
    let table = table();
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    let line = |name: &str, count: usize, by: &BTreeMap<&str, usize>| {
        let by: Vec<String> = WORDS.iter().map(|word| format!("{:>9}", by.get(word).unwrap_or(&0))).collect();
        println!("{name:<10} {count:>6} {}", by.join(" "));
    };
    println!("names       in all {}", WORDS.map(|word| format!("{word:>9}")).join(" "));
    for section in SECTIONS {
        let mut by: BTreeMap<&str, usize> = BTreeMap::new();
        for row in table.section(section.id) {
            *by.entry(word(&row.status)).or_default() += 1;
            *all.entry(word(&row.status)).or_default() += 1;
        }
        line(section.id, by.values().sum(), &by);
    }
    line("all", table.rows.len(), &all);
    let options = table.rows.iter().filter(|row| row.linux.is_some());
    let options: Vec<_> = options.filter(|row| row.uses.iter().any(|usage| matches!(usage, Use::Option(..)))).collect();
    let shown = options.iter().filter(|row| row.status == Status::Works).count();
    println!("options of Linux's: {}, with a test that passes: {shown}", options.len());
    assert_eq!(all.values().sum::<usize>(), table.rows.len(), "each name is counted once");
}
