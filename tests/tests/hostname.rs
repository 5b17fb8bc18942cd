//! The machine's name, changed in a UTS namespace of the test's own (uts_namespaces(7)): this machine keeps its name.

use std::fs;
use std::os::unix::process::parent_id;
use std::process::Command;

use wallsocket_tests::{Guest, process};

/// How to start a process in such a namespace: nothing if it can't be had, with the reason.
fn wrapper() -> Result<&'static [&'static str], String> {
    let ways: [&[&str]; 2] = [&["unshare", "-u"], &["unshare", "-Uru"]];
    let mut reason = String::new();
    for way in ways {
        match Command::new(way[0]).args(&way[1..]).args(["hostname", "probe"]).output() {
            Ok(output) if output.status.success() => return Ok(way),
            Ok(output) => reason = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => reason = error.to_string(),
        }
    }
    Err(reason)
}

fn real_name() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname").expect("the kernel knows it").trim().to_owned()
}

#[test]
fn a_machine_is_named_by_grant_only() {
    if !process::is_alone() {
        match wrapper() {
            Ok(wrapper) => process::passes_alone("a_machine_is_named_by_grant_only", wrapper),
            Err(reason) => println!("skipped: no UTS namespace to be had here: {reason}"),
        }
        return;
    }
    let namespace = |process: &str| fs::read_link(format!("/proc/{process}/ns/uts")).expect("it can be asked");
    assert_ne!(namespace("self"), namespace(&parent_id().to_string()), "this is no machine to be renamed");

    let before = real_name();
    let refused = Guest::new("name_the_machine").arg("mine").allow("hostname read").passes().stdout;
    assert_eq!(refused, format!("closed: hostname write\n{before}\n"), "the refusal names the line");
    let named = Guest::new("name_the_machine").arg("mine").allow("hostname read").allow("hostname write").passes();
    assert_eq!((named.stdout.as_str(), real_name().as_str()), ("open\nmine\n", "mine"), "its line opens it");
    let unread = Guest::new("name_the_machine").arg("other").allow("hostname write").hostname("made-up").passes();
    assert_eq!((unread.stdout.as_str(), real_name().as_str()), ("open\nmade-up\n", "other"), "reading takes its own");
    let denied = Guest::new("name_the_machine").arg("x").allow("hostname write").deny("hostname write").passes();
    assert_eq!((denied.stdout.as_str(), real_name().as_str()), ("closed: \nlocalhost\n", "other"), "a deny line wins");
    Guest::new("name_the_machine_badly").allow("hostname write").passes();
    assert_eq!(real_name(), "other", "what the system refuses has no effect");
}
