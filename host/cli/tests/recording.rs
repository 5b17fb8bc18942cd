//! `--audit`, `--record` and `--ask`: what is written of what a guest was allowed, and who says yes.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

mod support;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::{beside, command, listener, path, run, succeeds, text};

#[test]
fn the_audit_has_a_line_a_decision_with_the_rule_that_made_it() {
    let (_listener, port) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("audit.jsonl");
    let audit = file.display().to_string();
    let line = format!("tcp connect 127.0.0.1:{port}");
    succeeds(&run(&["--audit", &audit, "--name", "one", "--allow", &line], &["connects", &port]));
    run(&["--audit", &audit, "--name", "two"], &["connects", &port]);
    let text = fs::read_to_string(&file).expect("it was written");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let connect = |guest: &str| lines.iter().find(|line| line["guest"] == guest && line["door"] == "tcp connect");
    let (allowed, denied) = (connect("one").expect("the first asked"), connect("two").expect("the second, too"));
    assert_eq!((&allowed["decision"], &allowed["rule"]), (&"allow".into(), &line.as_str().into()), "{allowed}");
    assert_eq!((&denied["decision"], &denied["rule"]), (&"deny".into(), &"none: the default".into()), "{denied}");
    assert_eq!(denied["asked"], format!("127.0.0.1:{port}"));
    assert!(denied["reason"].as_str().expect("a refusal has one").contains("no grant covers"), "{denied}");
}

#[test]
fn a_guest_that_floods_the_audit_fills_no_disk_and_is_counted() {
    // Some 250 bytes each: more than the 16 MiB that one run may write.
    const DECISIONS: u64 = 100_000;
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("audit.jsonl");
    succeeds(&run(&["--audit", &file.display().to_string()], &["is_refused", &DECISIONS.to_string()]));
    let text = fs::read_to_string(&file).expect("it was written");
    assert!((15 << 20..17 << 20).contains(&text.len()), "as much as may be, and no more: {}", text.len());
    let last: serde_json::Value = serde_json::from_str(text.lines().next_back().expect("a line")).expect("JSON");
    let left_out = last["left_out"].as_u64().expect("the last line says how many weren't written");
    let refused =
        text.lines().filter(|line| line.contains("\"tcp connect\"") && line.contains("\"deny\"")).count() as u64;
    assert_eq!(refused + left_out, DECISIONS, "each is written or counted");
}

#[test]
fn a_guest_that_traps_has_its_policy_written() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("policy.toml");
    assert_eq!(run(&["--record", &file.display().to_string()], &["panics"]).status.code(), Some(134));
    assert!(fs::read_to_string(&file).expect("it was written").contains("allow = ["), "an empty policy");
}

#[test]
fn what_was_recorded_suffices_and_is_no_more_than_was_asked() {
    let (_listener, port) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    assert_eq!(succeeds(&run(&["--record", &file], &["connects", &port])), "connected\n");
    assert_eq!(succeeds(&run(&["--policy", &file], &["connects", &port])), "connected\n");
    let text = fs::read_to_string(&file).expect("it was written");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("    ")).collect();
    assert!(lines.len() == 1 && lines[0].contains(&format!("\"tcp connect 127.0.0.1:{port}\"")), "one line: {text}");
}

#[test]
fn what_was_needed_of_a_broad_policy_is_recorded_and_nothing_beyond_it_granted() {
    let (_listener, port) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    for broad in ["any", "tcp connect *:*", "tcp connect loopback:*"] {
        assert_eq!(succeeds(&run(&["--allow", broad, "--record", &file], &["connects", &port])), "connected\n");
        let text = fs::read_to_string(&file).expect("it was written");
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("    ")).collect();
        let narrow = format!("\"tcp connect 127.0.0.1:{port}\"");
        assert!(lines.len() == 1 && lines[0].contains(&narrow), "`{broad}` was written as what was needed: {text}");
        assert_eq!(succeeds(&run(&["--policy", &file], &["connects", &port])), "connected\n");
    }
    let refused = run(&["--allow", "tcp connect private:*", "--record", &file], &["connects", &port]);
    assert_eq!(refused.status.code(), Some(1), "the allow lines are the most that is granted");
    let text = fs::read_to_string(&file).expect("it was written");
    assert!(text.contains("allow = [\n]"), "what was refused isn't written: {text}");
}

#[test]
fn a_directory_under_another_name_is_that_directory_in_a_recording_too() {
    let directory = tempfile::tempdir().expect("a directory");
    let (file, granted) = (path(&directory), directory.path().join("granted"));
    fs::create_dir(&granted).expect("a directory");
    let listener = UnixListener::bind(granted.join("sock")).expect("a free name");
    // What the guest calls /somewhere is nowhere else, whatever is asked for by that name.
    let line = format!("unix connect {}::/somewhere", granted.display());
    let connects = ["connects_to_a_path", "/somewhere/sock"];
    assert_eq!(succeeds(&run(&["--allow", &line, "--record", &file], &connects)), "connected\n");
    drop(listener.accept().expect("the guest came"));
    let text = fs::read_to_string(&file).expect("it was written");
    assert!(text.contains(&line), "a line that renames is written as it is: {text}");
    assert_eq!(succeeds(&run(&["--policy", &file], &connects)), "connected\n");
    let elsewhere = ["connects_to_a_path", granted.to_str().expect("UTF-8")];
    let refused = run(&["--allow", &line, "--record", &file], &elsewhere);
    assert_eq!(refused.status.code(), Some(1), "the host's name is no name of the guest's");
}

#[test]
fn what_is_handed_over_stays_so_in_a_recording() {
    let (listener, _) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    let options = ["--inherit", "0", "--allow", "tcp connect 192.0.2.1:80", "--record", &file];
    let mut inherits = command(&options, &["tell_what_was_inherited"]);
    let output = inherits.stdin(OwnedFd::from(listener)).output().expect("it starts");
    assert_eq!(succeeds(&output), "0  2 1\n", "handing it over is its grant, whatever else is allowed");
}

#[test]
fn a_recording_grants_only_so_many_lines() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    // Datagrams to its own machine, to a port each.
    succeeds(&run(&["--record", &file, "--allow", "udp send 127.0.0.0/8:*"], &["sends_until_refused"]));
    let text = fs::read_to_string(&file).expect("it was written");
    assert_eq!(text.lines().filter(|line| line.contains("udp send")).count(), 1024, "and the rest is refused");
    assert!(text.contains("# It asked for more lines"), "the file says so");
}

#[test]
fn a_deny_line_wins_over_recording_and_is_kept() {
    let (_listener, port) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    let refused = run(&["--record", &file, "--deny", "tcp connect 127.0.0.0/8:*"], &["connects", &port]);
    assert_eq!(refused.status.code(), Some(1), "recording doesn't lift what is denied");
    let text = fs::read_to_string(&file).expect("it was written");
    assert!(text.contains("deny = [\n    \"tcp connect 127.0.0.0/8:*\",\n]"), "{text}");
    assert!(text.contains("allow = [\n]"), "nothing was allowed: {text}");
}

#[test]
fn asking_takes_a_terminal() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    // In a session of its own a process has none, whatever the one that started it has.
    let inner = command(&["--record", &file, "--ask"], &["exits_with", "0"]);
    let output = Command::new("setsid").args(["--wait"]).arg(inner.get_program()).args(inner.get_args()).output();
    let output = output.expect("it starts");
    assert_eq!(output.status.code(), Some(2), "nothing runs: {}", text(&output.stderr));
    assert!(text(&output.stderr).contains("there is no terminal to ask at"), "{}", text(&output.stderr));
    assert!(!Path::new(&file).exists(), "nothing is written");
}

#[test]
fn at_a_terminal_a_yes_grants_and_anything_else_refuses() {
    let (_listener, port) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    let line = format!("tcp connect 127.0.0.1:{port}");
    for (typed, granted) in [("y\n", true), ("what?\nalways\n", true), ("n\n", false), ("d\n", false), ("", false)] {
        let output = at_a_terminal(&command(&["--record", &file, "--ask"], &["connects", &port]), typed);
        let said = text(&output.stdout);
        assert!(
            said.contains(&format!("asks for `{line}`. Allow it?")),
            "{typed:?}: the question has the line: {said}"
        );
        assert_eq!(output.status.code(), Some(i32::from(!granted)), "{typed:?}: {said}");
        assert_eq!(said.contains("connected"), granted, "{typed:?}: {said}");
        let written = fs::read_to_string(&file).expect("it was written");
        assert_eq!(written.contains(&format!("\"{line}\"")), granted, "{typed:?}: {written}");
    }
}

#[test]
fn what_a_line_allows_is_not_asked_about() {
    let (_listener, port) = listener();
    let directory = tempfile::tempdir().expect("a directory");
    let file = path(&directory);
    let options = ["--record", &file, "--ask", "--allow", "tcp connect 127.0.0.1:*"];
    let output = at_a_terminal(&command(&options, &["connects", &port]), "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(!text(&output.stdout).contains("asks for"), "{}", text(&output.stdout));
}

/// Runs a command at a terminal of its own, script(1)'s, where somebody types that and goes.
fn at_a_terminal(command: &Command, typed: &str) -> Output {
    let quoted = |word: &OsStr| format!("'{}'", word.to_str().expect("a word").replace('\'', r"'\''"));
    let line: Vec<String> = std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line.join(" "), "/dev/null"]);
    script.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?)))).env_remove("WALLSOCKET_LOG");
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it is of util-linux");
    // It passes the end on as the key that says so.
    child.stdin.take().expect("it is piped").write_all(typed.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn guests_beside_each_other_have_a_recording_each() {
    let ((_one, first), (_other, second)) = (listener(), listener());
    let directories = [(); 2].map(|()| tempfile::tempdir().expect("a directory"));
    let [a, b] = [&directories[0], &directories[1]].map(path);
    let parts: [(&[&str], &[&str]); 2] =
        [(&["--record", &a], &["connects", &first]), (&["--record", &b], &["connects", &second])];
    succeeds(&beside(&parts).output().expect("the command starts"));
    for (file, own, others) in [(&a, &first, &second), (&b, &second, &first)] {
        let text = fs::read_to_string(file).expect("it was written");
        assert!(
            text.contains(&format!(":{own}\"")) && !text.contains(&format!(":{others}\"")),
            "its own lines: {text}"
        );
    }
}
