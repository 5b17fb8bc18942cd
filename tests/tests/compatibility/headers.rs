//! The table against the headers of the machine's kernel and C library, where there is a C compiler: names that its
//! Python doesn't have, and those that are beyond Python.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use wallsocket_names::Kind;

use crate::{none, say, table};

/// Headers that go together. Those of the kernel and of the C library define the same things, and don't.
const UNITS: [&[&str]; 7] = [
    &["sys/socket.h", "netinet/in.h", "netdb.h", "net/ethernet.h", "sys/un.h"],
    &["time.h", "linux/in.h", "linux/in6.h", "linux/errqueue.h"],
    &["netinet/in.h", "linux/tcp.h", "linux/udp.h", "linux/icmp.h", "linux/icmpv6.h"],
    &["linux/if_packet.h", "linux/if_ether.h", "linux/netlink.h", "linux/rtnetlink.h"],
    &["sys/socket.h", "sys/ioctl.h", "linux/vm_sockets.h", "linux/if_alg.h", "linux/filter.h"],
    &["linux/can.h", "linux/can/raw.h", "linux/can/bcm.h", "linux/can/isotp.h", "linux/can/j1939.h"],
    &["sys/socket.h", "linux/tipc.h", "linux/rds.h", "linux/qrtr.h"],
];
/// What a header of the kernel's and one of the library's call by one name, and mean differently.
const AMBIGUOUS: [&str; 1] = ["SOMAXCONN"];

#[test]
fn the_headers_of_this_machine_agree_with_the_table() {
    if Command::new("cc").arg("--version").output().is_err() {
        say("skipped: there is no C compiler on this machine to compare headers");
        return;
    }
    let table = table();
    let numbers = table.rows.iter().filter(|row| row.kind == Kind::Constant && !AMBIGUOUS.contains(&&*row.name));
    let numbers: Vec<(&str, i64)> =
        numbers.filter_map(|row| Some((row.name.as_str(), row.linux.as_deref()?.parse().ok()?))).collect();
    let directory = tempfile::tempdir().expect("a directory");
    let (mut faults, mut compared) = (Vec::new(), BTreeSet::new());
    for (at, headers) in UNITS.iter().enumerate() {
        let mut text = "#include <stdio.h>\n#include <errno.h>\n".to_owned();
        for header in *headers {
            let _ = writeln!(text, "#if __has_include(<{header}>)\n#include <{header}>\n#endif");
        }
        text.push_str("int main(void) {\n");
        for (name, _) in &numbers {
            let _ = writeln!(text, "#ifdef {name}\nprintf(\"{name} %lld\\n\", (long long)({name}));\n#endif");
        }
        text.push_str("}\n");
        let (source, program) = (directory.path().join(format!("{at}.c")), directory.path().join(format!("unit{at}")));
        fs::write(&source, text).expect("it is ours");
        let compiled = Command::new("cc").arg("-w").arg("-o").arg(&program).arg(&source).output().expect("it is there");
        if !compiled.status.success() {
            let reason = String::from_utf8_lossy(&compiled.stderr);
            println!("skipped: {headers:?} don't compile here: {}", reason.lines().next().unwrap_or_default());
            continue;
        }
        let output = Command::new(&program).output().expect("it was compiled").stdout;
        for line in String::from_utf8(output).expect("names are ASCII").lines() {
            let (name, value) = line.split_once(' ').expect("a name and a value");
            let known = numbers.iter().find(|number| number.0 == name).map(|number| number.1.to_string());
            compared.insert(name.to_owned());
            // Flags in the highest bit are negative to some headers.
            let same =
                |known: &String| known == value || known.parse().ok().map(|n: i64| n as i32) == value.parse().ok();
            if !known.as_ref().is_some_and(same) {
                faults.push(format!("{name} is {value} in {headers:?}, and {known:?} in the table"));
            }
        }
    }
    say(&format!("compared with this machine's headers: {} names of {}", compared.len(), numbers.len()));
    assert!(compared.len() > 200 || compared.is_empty(), "only {compared:?}");
    none(&faults, "the table isn't what the headers say");
}
