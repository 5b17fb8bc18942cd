//! How the command is run, and what is read of what it says.

#![allow(dead_code, reason = "no suite uses all of it")]
#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use wallsocket_tests::GUESTS;

/// `wallsocket run` with options, a guest's behaviour and its arguments.
pub(crate) fn run(options: &[&str], guest: &[&str]) -> Output {
    command(options, guest).output().expect("the command starts")
}

pub(crate) fn command(options: &[&str], guest: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wallsocket"));
    // Its cache stands in the build's own directory, and not in that of whoever runs the tests.
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    command.env("XDG_CACHE_HOME", cache).env_remove("WALLSOCKET_LOG");
    command.arg("run").args(options).arg(GUESTS).args(guest);
    command
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
pub(crate) fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "it ended with {}:\n{}", output.status, text(&output.stderr));
    text(&output.stdout)
}

/// Somebody to connect to; the backlog is enough, nobody accepts.
pub(crate) fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port().to_string();
    (listener, port)
}

pub(crate) fn policy(text: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("policy.toml"), text).expect("it can be written to");
    directory
}

pub(crate) fn path(directory: &tempfile::TempDir) -> String {
    directory.path().join("policy.toml").display().to_string()
}

/// Several components: each part of a command line has options, a guest's behaviour and its arguments.
pub(crate) fn beside(parts: &[(&[&str], &[&str])]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wallsocket"));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    command.env("XDG_CACHE_HOME", cache).env_remove("WALLSOCKET_LOG").arg("run");
    for (number, (options, guest)) in parts.iter().enumerate() {
        if number > 0 {
            command.arg(":::");
        }
        command.args(*options).arg(GUESTS).args(*guest);
    }
    command
}
