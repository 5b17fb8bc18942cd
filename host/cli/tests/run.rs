//! `wallsocket run` with programs that do something: what they are allowed, given, and end with.
//!
//! What keeps a command from beginning is in `cmd/errors.md`, word for word.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

mod support;

use std::fs;
use std::net::TcpListener;
use std::process::{Command, Output};

use support::{beside, command, listener, path, policy, run, succeeds, text};

#[test]
fn a_refused_guest_is_told_the_line_that_would_allow_it_and_with_that_line_it_connects() {
    let (_listener, port) = listener();
    let refused = run(&[], &["connects", &port]);
    assert_eq!(refused.status.code(), Some(1), "a guest that fails makes the command fail");
    let said = text(&refused.stderr);
    let line = format!("tcp connect 127.0.0.1:{port}");
    assert!(said.contains(&line), "the refusal names the grant that is missing: {said}");
    assert_eq!(succeeds(&run(&["--allow", &line], &["connects", &port])), "connected\n");
}

#[test]
fn a_policy_file_allows_and_its_deny_lines_win() {
    let (_listener, port) = listener();
    let allows = policy("allow = [\"tcp connect 127.0.0.1:*\"]\n");
    assert_eq!(succeeds(&run(&["--policy", &path(&allows)], &["connects", &port])), "connected\n");
    let denies = policy("allow = [\"tcp connect 127.0.0.1:*\"]\ndeny = [\"tcp connect 127.0.0.0/8:*\"]\n");
    let refused = run(&["--policy", &path(&denies)], &["connects", &port]);
    assert_eq!(refused.status.code(), Some(1), "a deny line wins wherever it stands");
    assert!(!text(&refused.stderr).contains("would allow"), "no line would allow what a deny line forbids");
}

#[test]
fn a_deny_on_the_command_line_wins_over_what_a_policy_allows() {
    let (_listener, port) = listener();
    let allows = policy("allow = [\"tcp connect 127.0.0.1:*\"]\n");
    let deny = format!("tcp connect 127.0.0.1:{port}");
    let refused = run(&["--policy", &path(&allows), "--deny", &deny], &["connects", &port]);
    assert_eq!(refused.status.code(), Some(1), "denied: {}", text(&refused.stderr));
}

#[test]
fn a_variable_allows_only_where_an_option_names_it() {
    let (_listener, port) = listener();
    let lines = format!("dns lookup example.com; tcp connect 127.0.0.1:{port}");
    let with = |options: &[&str]| {
        command(options, &["connects", &port]).env("LINES", &lines).output().expect("the command starts")
    };
    assert_eq!(with(&[]).status.code(), Some(1), "an unnamed variable allows nothing");
    assert_eq!(succeeds(&with(&["--allow-from-env", "LINES"])), "connected\n");
}

#[test]
fn a_grant_that_does_not_parse_runs_nothing() {
    let output = run(&["--allow", "tcp conect 127.0.0.1:80"], &["tells_what_it_was_given"]);
    assert_eq!(output.status.code(), Some(2), "nothing runs under half a policy");
    assert!(output.stdout.is_empty(), "the guest ran: {}", text(&output.stdout));
}

#[test]
fn a_kernel_without_a_family_is_told_of() {
    const AF_TIPC: i32 = 30;
    if socket2::Socket::new(AF_TIPC.into(), socket2::Type::DGRAM, None).is_ok() {
        return println!("skipped: this kernel has TIPC");
    }
    let output = run(&["--allow", "tipc send 1000:5"], &["tipc_door", "sendto", "dgram", "2", "1000", "5", "0"]);
    assert_eq!(succeeds(&output), "open\n", "the guest sees an errno");
    let note = "note: this kernel has no sockets of AF_TIPC: they take CONFIG_TIPC, or `modprobe tipc`\n";
    assert_eq!(text(&output.stderr), note);
    let refused = run(&[], &["tipc_door", "sendto", "dgram", "2", "1000", "5", "0"]);
    assert_eq!(text(&refused.stderr), "", "nobody asked the kernel");
}

#[test]
fn a_guest_gets_its_arguments_hyphens_and_all_and_only_the_variables_that_are_named() {
    let options = ["--env", "LANG=C", "--env", "EMPTY="];
    let guest = ["tells_what_it_was_given", "--trace", "--", "two words", "-x"];
    let output = command(&options, &guest).env("SECRET", "of the host").output().expect("the command starts");
    let said = succeeds(&output);
    let expected = "argument --trace\nargument --\nargument two words\nargument -x\nvariable LANG=C\nvariable EMPTY=\n";
    assert_eq!(said, expected, "what is named arrives as it is, and nothing else does");
    assert!(output.stderr.is_empty(), "--trace after the component is the guest's: {}", text(&output.stderr));
}

#[test]
fn a_guest_sees_the_directories_that_it_is_given_and_no_others() {
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("from"), "text").expect("a file");
    let given = format!("{}::/data", directory.path().display());
    succeeds(&run(&["--dir", &given], &["copies_a_file", "/data/from", "/data/to"]));
    assert_eq!(fs::read(directory.path().join("to")).expect("the copy"), b"text");
    let outside = run(&["--dir", &given], &["copies_a_file", "/etc/hostname", "/data/stolen"]);
    assert_eq!(outside.status.code(), Some(134), "what isn't under /data isn't there");
    assert!(!directory.path().join("stolen").exists(), "nothing came from outside");
}

/// `exit` of `wasi:cli` 0.2 says success or failure, and no more: Rust's `exit(42)` arrives as a failure.
#[test]
fn the_status_of_a_guest_is_passed_on() {
    for (status, passed_on) in [("0", 0), ("1", 1), ("42", 1), ("256", 1)] {
        let output = run(&[], &["exits_with", status]);
        assert_eq!(output.status.code(), Some(passed_on), "a guest that exits with {status}");
    }
    for status in [0, 1, 42, 255] {
        let output = run(&[], &["exits_with_code", &status.to_string()]);
        assert_eq!(output.status.code(), Some(status), "a guest that calls exit-with-code({status})");
    }
}

#[test]
fn a_trap_is_told_with_its_cause_after_what_the_guest_said_itself() {
    let output = run(&[], &["panics"]);
    assert_eq!(output.status.code(), Some(134), "as a shell reports a program that aborted");
    let said = text(&output.stderr);
    let order = ["as it was asked to", "error: guests.wasm trapped:", "cause: a panic", "where, the innermost call"];
    let places: Vec<_> = order.iter().map(|part| said.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{order:?} in this order: {said}");
}

#[test]
fn trace_prints_a_line_a_call_as_strace_would() {
    let (_listener, port) = listener();
    let allow = format!("tcp connect 127.0.0.1:{port}");
    let traced = run(&["--trace", "--allow", &allow], &["connects", &port]);
    succeeds(&traced);
    let lines = text(&traced.stderr);
    let connect = format!("127.0.0.1:{port}) = 0 <");
    assert!(
        lines.lines().any(|line| line.starts_with("socket(AF_INET, SOCK_STREAM, 0) = ")),
        "a call, its result: {lines}"
    );
    assert!(lines.lines().any(|line| line.starts_with("connect(") && line.contains(&connect)), "{lines}");
    for line in lines.lines() {
        let time =
            line.rsplit_once('<').and_then(|(_, time)| time.strip_suffix('>')).and_then(|t| t.parse::<f64>().ok());
        assert!(time.is_some(), "every line ends with the time that the call took: {line}");
    }
    let refused = text(&run(&["--trace"], &["connects", &port]).stderr);
    assert!(refused.lines().any(|line| line.contains(" = -1 EACCES (")), "a refusal has its errno: {refused}");
    let quiet = run(&["--allow", &allow], &["connects", &port]);
    assert!(quiet.stderr.is_empty(), "without --trace nothing is printed: {}", text(&quiet.stderr));
}

#[test]
fn the_log_holds_each_decision_when_it_is_asked_for() {
    let (_listener, port) = listener();
    let mut command = command(&[], &["connects", &port]);
    let output = command.env("WALLSOCKET_LOG", "wallsocket::audit=info").output().expect("the command starts");
    let said = text(&output.stderr);
    assert!(said.lines().any(|line| line.contains("wallsocket::audit") && line.contains("deny")), "{said}");
}

#[test]
fn sending_and_receiving_on_a_connection_takes_no_decision() {
    let decisions = |round_trips: &str| {
        let grants = ["--allow", "tcp listen 127.0.0.1:*", "--allow", "tcp connect 127.0.0.1:*"];
        let mut command = command(&grants, &["talk_at_length", round_trips]);
        let output = command.env("WALLSOCKET_LOG", "wallsocket::audit=info").output().expect("the command starts");
        succeeds(&output);
        text(&output.stderr).lines().filter(|line| line.contains("wallsocket::audit")).count()
    };
    let few = decisions("1");
    assert!(few > 0, "connecting and listening is judged");
    assert_eq!(decisions("500"), few, "what is said over a connection is not");
}

#[test]
fn components_beside_each_other_share_sockets_by_their_names() {
    let directory = tempfile::tempdir().expect("a directory");
    let given = format!("{}::/shared", directory.path().display());
    let parts: [(&[&str], &[&str]); 2] = [
        (&["--name", "front", "--dir", &given, "--allow", "share worker"], &["leave_a_share", "worker"]),
        (&["--trace", "--name", "worker", "--dir", &given], &["find_a_share"]),
    ];
    let output = beside(&parts).output().expect("the command starts");
    let mut said: Vec<String> = succeeds(&output).lines().map(str::to_owned).collect();
    said.sort();
    assert_eq!(said, ["front was answered", "worker answered"]);
    let traced = text(&output.stderr);
    assert!(traced.contains("[front] share("), "a trace says whose call it is: {traced}");
    assert!(traced.contains("[worker] fromshare(a token) = "), "and shows no token: {traced}");
}

#[test]
fn each_component_has_grants_of_its_own() {
    let (_listener, port) = listener();
    let line = format!("tcp connect 127.0.0.1:{port}");
    let parts: [(&[&str], &[&str]); 2] = [(&["--allow", &line], &["connects", &port]), (&[], &["connects", &port])];
    let output = beside(&parts).output().expect("the command starts");
    assert_eq!(text(&output.stdout), "connected\n", "one of them was allowed to");
    assert_eq!(output.status.code(), Some(1), "the other wasn't");
    assert!(text(&output.stderr).contains(&line), "which is told: {}", text(&output.stderr));
}

#[test]
fn the_status_is_that_of_the_first_that_fails_and_all_run_to_their_end() {
    let status = |guests: &[&[&str]]| {
        let parts: Vec<(&[&str], &[&str])> = guests.iter().map(|guest| (&[][..], *guest)).collect();
        beside(&parts).output().expect("the command starts")
    };
    let [fine, three, five] = [&["exits_with_code", "0"][..], &["exits_with_code", "3"], &["exits_with_code", "5"]];
    assert_eq!(status(&[fine, fine]).status.code(), Some(0));
    assert_eq!(status(&[fine, five, three]).status.code(), Some(5), "by their order, not by who ends first");
    let output = status(&[&["panics"], &["tells_what_it_was_given", "something"]]);
    assert_eq!(output.status.code(), Some(134), "one that traps ends alone");
    assert_eq!(text(&output.stdout), "argument something\n");
}

#[test]
fn standard_input_is_the_first_ones() {
    let directory = tempfile::tempdir().expect("a directory");
    let input = directory.path().join("input");
    fs::write(&input, "one\ntwo\n").expect("it can be written to");
    let parts: [(&[&str], &[&str]); 2] =
        [(&["--name", "first"], &["repeat_the_input"]), (&["--name", "second"], &["repeat_the_input"])];
    let output = beside(&parts).stdin(fs::File::open(&input).expect("it is there")).output().expect("it starts");
    let mut said: Vec<String> = succeeds(&output).lines().map(str::to_owned).collect();
    said.sort();
    assert_eq!(said, ["first read [\"one\", \"two\"]", "second read []"]);
}

#[test]
fn a_component_that_only_computes_does_not_keep_the_others_from_running() {
    let directory = tempfile::tempdir().expect("a directory");
    let given = format!("{}::/shared", directory.path().display());
    let parts: [(&[&str], &[&str]); 2] =
        [(&["--dir", &given], &["compute_until_told"]), (&["--dir", &given], &["tell_by_a_file"])];
    succeeds(&beside(&parts).output().expect("the command starts"));
}

#[test]
fn nothing_runs_where_one_of_several_is_not_understood() {
    let parts: [(&[&str], &[&str]); 2] =
        [(&[], &["tells_what_it_was_given", "x"]), (&["--allow", "tcp conect x:1"], &["panics"])];
    let output = beside(&parts).output().expect("the command starts");
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""));
    let mut command = beside(&[(&[], &["tells_what_it_was_given", "x"])]);
    let output = command.arg(":::").output().expect("the command starts");
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "a component is missing");
}

#[test]
fn a_socket_that_the_command_was_started_with_is_handed_over_only_where_it_is_asked_to() {
    let (listener, _) = listener();
    let socket = || std::os::fd::OwnedFd::from(listener.try_clone().expect("a duplicate"));
    let inherit = ["--inherit", "0"];
    let mut asked = command(&inherit, &["tell_what_was_inherited"]);
    assert_eq!(succeeds(&asked.stdin(socket()).output().expect("it starts")), "0  2 1\n");
    let mut unasked = command(&[], &["tell_what_was_inherited"]);
    assert_eq!(succeeds(&unasked.stdin(socket()).output().expect("it starts")), "", "nothing comes by itself");
}

#[test]
fn activated_sockets_are_handed_over_by_name() {
    let (listener, _) = listener();
    let (other, _) = self::listener();
    // As systemd starts a program: descriptors from 3 on, and variables that name the process.
    let script =
        "exec 3<&0 4>&1 >&2 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=web:admin; exec \"$@\"";
    let run = |inherit: &[&str]| {
        let inner = self::command(inherit, &["tell_what_was_inherited"]);
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh"]).arg(inner.get_program()).args(inner.get_args());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let socket = |listener: &TcpListener| std::os::fd::OwnedFd::from(listener.try_clone().expect("a duplicate"));
        command.stdin(socket(&listener)).stdout(socket(&other)).output().expect("it starts")
    };
    // What the guest says goes to standard error here, where the script has put it.
    let said = |output: &Output| {
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stderr)
    };
    assert_eq!(said(&run(&["--inherit", "web"])), "3 web 2 1\n");
    assert_eq!(said(&run(&["--inherit", "admin", "--inherit", "3"])), "4 admin 2 1\n3 web 2 1\n");
    assert_eq!(said(&run(&[])), "", "nothing comes by itself");
    assert_eq!(run(&["--inherit", "mail"]).status.code(), Some(2), "there is none of that name");
}

#[test]
fn a_program_that_can_ask_for_descriptors_takes_them_from_the_start() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().display().to_string();
    let grant = format!("unix listen {path}::/app");
    let mut command = command(
        &["--allow", &grant, "--allow", "pass receive socket"],
        &["the_first_client_passes_a_descriptor", "/app/own.sock"],
    );
    let mut guest = command.stdout(std::process::Stdio::piped()).spawn().expect("the command starts");
    let mut line = String::new();
    let output = guest.stdout.take().expect("it is piped");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).expect("the guest speaks");
    assert_eq!(line, "listens\n");
    let client = std::os::unix::net::UnixStream::connect(directory.path().join("own.sock")).expect("it listens");
    let own = std::os::fd::AsFd::as_fd(&client);
    wallsocket_tests::rights::send(&client, &[own]).expect("who connects first isn't told EPERM");
    assert!(guest.wait().expect("it ends").success());
}

/// The number behind a label of `--stats`, wherever it stands; the first of several.
fn number(stderr: &str, label: &str) -> Option<u64> {
    let row = stderr.lines().find_map(|line| line.trim_start().strip_prefix(label))?;
    row.trim().parse().ok()
}

#[test]
fn what_a_guest_did_is_printed_in_numbers_however_it_ended() {
    let (_listener, port) = listener();
    let line = format!("tcp connect 127.0.0.1:{port}");
    let connects = ["connects", port.as_str()];
    let told = run(&["--allow", &line, "--stats"], &connects);
    assert_eq!(succeeds(&told), "connected\n", "the numbers don't stand among what the guest says");
    let told = text(&told.stderr);
    assert_eq!((number(&told, "connections begun"), number(&told, "calls denied")), (Some(1), Some(0)), "{told}");
    assert_eq!(number(&told, "open sockets at most"), Some(1), "{told}");
    let refused = text(&run(&["--stats"], &connects).stderr);
    assert_eq!(
        (number(&refused, "connections begun"), number(&refused, "calls denied")),
        (Some(0), Some(1)),
        "{refused}"
    );
    let trapped = text(&run(&["--stats"], &["panics"]).stderr);
    assert_eq!(number(&trapped, "bytes sent"), Some(0), "after a trap too: {trapped}");
    assert_eq!(number(&text(&run(&["--allow", &line], &connects).stderr), "bytes sent"), None, "nobody asked");
}

#[test]
fn of_several_guests_each_has_its_numbers_if_it_was_asked_for() {
    let (_listener, port) = listener();
    let line = format!("tcp connect 127.0.0.1:{port}");
    let (allowed, connects) = (["--allow", line.as_str(), "--stats"], ["connects", port.as_str()]);
    let output =
        beside(&[(&allowed, &connects), (&["--stats"], &connects), (&[], &connects)]).output().expect("it starts");
    let told = text(&output.stderr);
    let begun: Vec<_> = told.lines().filter_map(|line| number(line, "connections begun")).collect();
    assert_eq!(begun, [1, 0], "{told}");
}

#[test]
fn a_limit_of_the_command_line_wins_over_the_policys_and_is_named_where_it_is_met() {
    let (_listener, port) = listener();
    let own = policy(&format!(
        "allow = [\"tcp connect 127.0.0.1:{port}\"]\n[limits]\nconnections-per-second = \"0 burst 1\"\n"
    ));
    let connects = ["connects", port.as_str()];
    assert_eq!(succeeds(&run(&["--policy", &path(&own)], &connects)), "connected\n", "the policy's lets it");
    let limit = ["--policy", &path(&own), "--limit", "connections-per-second=0", "--stats", "--trace"];
    let output = run(&limit, &connects);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(134), "the guest takes no error but a refusal: {told}");
    assert!(told.contains("ENOBUFS (No buffer space available) [limit connections-per-second]"), "{told}");
    assert_eq!(number(&told, "calls over connections-per-second"), Some(1), "{told}");
    let mut logged = command(&limit[..4], &connects);
    let output = logged.env("WALLSOCKET_LOG", "wallsocket::limit=info").output().expect("the command starts");
    let said = text(&output.stderr);
    let event = |line: &str| line.contains("wallsocket::limit") && line.contains("connections-per-second");
    assert!(said.lines().any(event), "the log tells of it: {said}");
}
