//! The table of Python's names, `tests/data/python-socket-names.tsv`, against the SDK's constants and against the
//! CPython of the machine, where there is one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Names whose number is the C library's choice, and not the kernel's: headers of another year have another.
const OF_THE_LIBRARY: [&str; 1] = ["SOMAXCONN"];
/// What the SDK's table of constants has beside Python's: none of it may creep in unseen.
const BEYOND_PYTHON: [&str; 0] = [];

#[test]
fn every_name_with_a_value_on_linux_is_a_constant_of_the_sdk_with_that_value() {
    let constants = constants();
    let mut faults = Vec::new();
    for (name, value) in linux_values() {
        match constants.get(&name) {
            Some(found) if *found == value => {}
            Some(found) => faults.push(format!("{name} is {found} in the SDK, and {value} in the table")),
            None => faults.push(format!("{name} = {value} isn't in the SDK")),
        }
    }
    assert!(faults.is_empty(), "constants that aren't Python's on Linux:\n{}", faults.join("\n"));
}

#[test]
fn every_constant_of_the_sdk_is_a_name_of_pythons() {
    let values = linux_values();
    let invented: Vec<String> = constants().into_keys().filter(|name| !values.contains_key(name)).collect();
    assert_eq!(invented, BEYOND_PYTHON, "Python's socket has no such names on Linux");
}

#[test]
fn the_machines_own_python_agrees_with_the_table() {
    let script = "\
import socket
for name in dir(socket):
    value = getattr(socket, name)
    if name[0] != '_' and name.isupper() and isinstance(value, (int, str)):
        print(name, repr(value) if isinstance(value, str) else int(value))
";
    let Ok(output) = Command::new("python3").args(["-c", script]).output() else {
        eprintln!("not compared: there is no python3 on this machine");
        return;
    };
    assert!(output.status.success(), "python3: {}", String::from_utf8_lossy(&output.stderr));
    let values = linux_values();
    let mut faults = Vec::new();
    for line in String::from_utf8(output.stdout).expect("names are ASCII").lines() {
        let (name, value) = line.split_once(' ').expect("a name and a value");
        match values.get(name) {
            Some(known) if known == value.trim_matches('\'') || OF_THE_LIBRARY.contains(&name) => {}
            Some(known) => faults.push(format!("{name} is {value} to Python, and {known} in the table")),
            None => faults.push(format!("{name} = {value} isn't in the table")),
        }
    }
    assert!(faults.is_empty(), "the table isn't this Python's on Linux:\n{}", faults.join("\n"));
}

/// The names that have a value on Linux.
fn linux_values() -> BTreeMap<String, String> {
    let rows = include_str!("../data/python-socket-names.tsv").lines().skip(1);
    let columns = rows.map(|row| row.split('\t').collect::<Vec<_>>());
    let known = columns.filter(|row| row[1] == "constant" && row[3] != "-");
    known.map(|row| (row[0].to_owned(), row[3].trim_matches('\'').to_owned())).collect()
}

/// The constants of the SDK by name, as their source spells them, in decimal.
fn constants() -> BTreeMap<String, String> {
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../guest-sdk/src");
    let read = |file: &Path| fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut found = BTreeMap::new();
    for file in fs::read_dir(sdk.join("constants")).expect("the SDK has constants") {
        // `pub const AF_INET: i32 = 2;`
        let text = read(&file.expect("an entry").path());
        for constant in text.lines().filter_map(|line| line.strip_prefix("pub const ")) {
            let (name, typed) = constant.split_once(": ").expect("a constant has a type");
            let value = typed.split_once(" = ").expect("a constant has a value").1;
            found.insert(name.to_owned(), decimal(value.trim_end_matches(';')));
        }
    }
    // `    EBADF = 9, "Bad file descriptor";`, of which the module re-exports what Python's does.
    let errno = read(&sdk.join("errno.rs"));
    for name in ["EAGAIN", "EBADF"] {
        let row = errno.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(" = "));
        let value = row.and_then(|row| row.split(',').next()).expect("the SDK has this errno");
        found.insert(name.to_owned(), value.to_owned());
    }
    assert!(errno.contains("pub const EWOULDBLOCK: i32 = EAGAIN;"), "they are one number on Linux");
    found.insert("EWOULDBLOCK".to_owned(), found["EAGAIN"].clone());
    found
}

fn decimal(value: &str) -> String {
    let plain = value.trim_matches('"').replace('_', "");
    match plain.strip_prefix("0x") {
        Some(hexadecimal) => i64::from_str_radix(hexadecimal, 16).expect("a hexadecimal number").to_string(),
        None if plain == "true" => "True".to_owned(),
        None => plain,
    }
}
