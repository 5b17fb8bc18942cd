//! The table against the CPython of the machine, where there is one.

use std::process::Command;

use wallsocket_names::{Kind, Platform, Row};

use crate::{none, say, table};

/// Names whose number is the C library's choice, and not the kernel's: headers of another year have another.
const OF_THE_LIBRARY: [&str; 1] = ["SOMAXCONN"];
/// What `dir(socket)` has because its source imports it, in some versions: modules of Python's own.
const IMPORTED: [&str; 8] = ["IntEnum", "IntFlag", "array", "io", "os", "selectors", "sys", "errno"];

const SCRIPT: &str = "\
import socket
def show(prefix, owner):
    for name in dir(owner):
        if name[0] == '_' and name not in ('__enter__', '__exit__'):
            continue
        value = getattr(owner, name)
        if isinstance(value, (int, str)):
            value = repr(value) if isinstance(value, (str, bool)) else int(value)
        else:
            value = '-'
        print(prefix + name, value)
show('', socket)
show('socket.', socket.socket)
";

#[test]
fn the_machines_own_python_agrees_with_the_table() {
    let Ok(output) = Command::new("python3").args(["-c", SCRIPT]).output() else {
        say("skipped: there is no python3 on this machine to compare with");
        return;
    };
    assert!(output.status.success(), "python3: {}", String::from_utf8_lossy(&output.stderr));
    let table = table();
    let mut faults = Vec::new();
    let mut compared = 0;
    for line in String::from_utf8(output.stdout).expect("names are ASCII").lines() {
        let (name, value) = line.split_once(' ').expect("a name and a value");
        match table.find(name) {
            Some(row) => {
                compared += 1;
                faults.extend(fault(row, value));
            }
            None if IMPORTED.contains(&name) => {}
            None => faults.push(format!("{name} = {value} isn't in the table")),
        }
    }
    say(&format!("compared with this machine's Python: {compared} names"));
    assert!(compared > 300, "a Python on Linux has more names than {compared}");
    none(&faults, "the table isn't this Python's");
}

fn fault(row: &Row, value: &str) -> Option<String> {
    let name = &row.name;
    let known = row.linux.as_deref().unwrap_or("-");
    if row.since.is_none() {
        return Some(format!("{name} is Python's, and the table says that it isn't"));
    }
    if !row.platforms.contains(&Platform::Linux) {
        return Some(format!("{name} is there on Linux, and the table says that it isn't"));
    }
    let same = known == value.trim_matches('\'') || OF_THE_LIBRARY.contains(&name.as_str());
    (row.kind == Kind::Constant && !same).then(|| format!("{name} is {value} to Python, and {known} in the table"))
}
