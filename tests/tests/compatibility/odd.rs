//! Every option with odd values, natively and in the sandbox: the same errors.

use std::io::Write;
use std::process::{Command, Stdio};

use wallsocket_names::Access;
use wallsocket_tests::Guest;

use crate::source::{self, HostOption};
use crate::table;

/// Where the host differs by intention.
fn differs(option: &HostOption, what: &str) -> bool {
    match (option.name.as_str(), what) {
        // What can only be set under `TCP_REPAIR`, which no guest has, is only to be read: `ENOPROTOOPT`, not `EPERM`.
        ("TCP_TIMESTAMP", "int") => true,
        // A group's address to send from takes a line that means groups.
        ("IPV6_PKTINFO", "high") => true,
        // Options within a header that don't end with it: the host reads them, for the addresses; Linux doesn't.
        ("IPV6_HOPOPTS" | "IPV6_DSTOPTS" | "IPV6_RTHDRDSTOPTS", "ones") => true,
        _ => false,
    }
}

/// The kinds of socket that the options of a level are tried on.
fn kinds(level: &str) -> &'static [&'static str] {
    match level {
        "SOL_SOCKET" => &["tcp", "udp", "unix"],
        "IPPROTO_IP" => &["tcp", "udp", "udp6"],
        "IPPROTO_IPV6" => &["tcp6", "udp6", "udp"],
        "IPPROTO_TCP" => &["tcp", "tcp6", "udp"],
        "IPPROTO_UDP" => &["udp", "udp6", "tcp"],
        _ => &[],
    }
}

#[test]
fn options_with_odd_values_fail_as_they_do_natively() {
    let table = table();
    let mut cases = String::new();
    let mut grants = Vec::new();
    for option in source::options().into_iter().filter(|option| option.refused.is_none()) {
        grants.push(format!("option {}", option.name));
        let level = table.level(&option.level).expect("a level");
        for kind in kinds(&option.level) {
            let mut case = |what: &str, argument: i64| {
                if !differs(&option, what) {
                    cases.push_str(&format!("{kind}:{level}:{}:{what}:{argument} ", option.number));
                }
            };
            if option.access != Access::Get {
                [-1, 0, 1, 2, 7, 255, 256, 65_536, i64::from(i32::MAX)]
                    .into_iter()
                    .for_each(|number| case("int", number));
                for length in [0, 1, 3, 4, 5, 8, 12, 16, 20, 33, 136, 216, 264, 300] {
                    ["bytes", "ones", "high"].into_iter().for_each(|what| case(what, length));
                }
                [0, 1, 3, 4, 8, 300].into_iter().for_each(|length| case("null", length));
            } else {
                case("int", 1);
            }
            case("get", 0);
            [1, 3, 4, 16, 1024].into_iter().for_each(|length| case("read", length));
        }
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/odd_values.py");
    let python = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut python = match python {
        Ok(python) => python,
        Err(error) => {
            println!("skipped: there is no python3 to compare with ({error})");
            return;
        }
    };
    let mut stdin = python.stdin.take().expect("it is piped");
    let given = cases.clone();
    let writer = std::thread::spawn(move || stdin.write_all(given.as_bytes()).expect("it reads"));
    let native = python.wait_with_output().expect("it ends");
    writer.join().expect("it has written");
    let native = String::from_utf8_lossy(&native.stdout).into_owned();

    let mut guest = Guest::new("options_with_odd_values").allow("udp join *").allow("unix listen @*");
    // What is judged by value is allowed: it is the kernel that is compared.
    for line in ["tcp bind *:*", "udp bind *:*", "tcp connect *:*", "udp send *:*"] {
        guest = guest.allow(line);
    }
    for line in grants {
        guest = guest.allow(line);
    }
    let output = guest.arg(&cases).passes();
    assert_eq!(output.stdout.lines().count(), native.lines().count(), "both try the same");
    let different: Vec<_> =
        output.stdout.lines().zip(native.lines()).filter(|(guest, native)| guest != native).collect();
    println!("options with odd values: {} cases", output.stdout.lines().count());
    assert!(different.is_empty(), "(in the sandbox, natively): {different:#?}");
}
