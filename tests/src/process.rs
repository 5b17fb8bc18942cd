//! Tests that need a process of their own: they run this test's program again, for one test alone.

use std::env;
use std::ffi::OsStr;
use std::process::{Command, Output};

const ALONE: &str = "WALLSOCKET_TEST_ALONE";

/// Whether this is the process of its own that [`alone`] started.
pub fn is_alone() -> bool {
    env::var_os(ALONE).is_some()
}

/// Runs the test of that name in a process of its own, started by `wrapper`, such as `["unshare", "-n"]`.
pub fn alone(test: &str, wrapper: &[&str]) -> Output {
    let program = env::current_exe().expect("a test's program has a path");
    let arguments = [program.as_os_str(), OsStr::new("--exact"), OsStr::new(test), OsStr::new("--nocapture")];
    let mut words = wrapper.iter().map(OsStr::new).chain(arguments);
    let mut command = Command::new(words.next().expect("the program at least"));
    command.args(words).env(ALONE, "1").output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// As [`alone`]; the test must pass there.
#[track_caller]
pub fn passes_alone(test: &str, wrapper: &[&str]) {
    passing_alone(test, wrapper);
}

/// The same, with what it said on standard output.
///
/// # Panics
///
/// When it doesn't pass.
#[track_caller]
pub fn passing_alone(test: &str, wrapper: &[&str]) -> String {
    let output = alone(test, wrapper);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && stdout.contains("1 passed"), "{test}, alone:\n{stdout}\n{stderr}");
    stdout.into_owned()
}
