//! Compiled components: kept, found again, and not taken from anybody else.

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use support::{command, succeeds, text};

#[test]
fn a_component_is_compiled_once() {
    let cache = tempfile::tempdir().expect("a directory");
    let run = || {
        let mut command = command(&[], &["exits_with", "0"]);
        succeeds(&command.env("XDG_CACHE_HOME", cache.path()).output().expect("the command starts"));
        compiled(cache.path())
    };
    let first = run();
    assert!(!first.is_empty(), "what was compiled is kept");
    assert_eq!(run(), first, "the second start finds it, and compiles nothing");
}

#[test]
fn a_start_by_a_link_runs_the_file_that_was_left_alone() {
    let cache = tempfile::tempdir().expect("a directory");
    let run = || {
        let mut command = command(&[], &["exits_with", "0"]);
        command.env("XDG_CACHE_HOME", cache.path()).output().expect("the command starts")
    };
    succeeds(&run());
    // Built before the test, and so left alone for some time: it is known by its identity.
    let links = || fs::read_dir(cache.path().join("wallsocket/compiled")).expect("it is there").flatten();
    let link =
        links().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|extension| extension == "link"));
    let Some(link) = link else {
        let release = fs::read_to_string("/proc/sys/kernel/osrelease").expect("Linux has it");
        let numbers: Vec<u32> = release.split('.').take(2).flat_map(str::parse).collect();
        assert!(numbers < vec![6, 8], "the file's identity leads to what was compiled, on Linux {release}");
        println!("skipped: this kernel doesn't number mounts (Linux 6.8 does)");
        return;
    };
    // What only a start that follows the link can tell.
    fs::remove_file(&link).expect("it is the user's own");
    fs::write(&link, "no machine code").expect("it is the user's own");
    let mut traced = command(&[], &["exits_with", "0"]);
    let output = traced.env("XDG_CACHE_HOME", cache.path()).env("WALLSOCKET_LOG", "warn").output().expect("it starts");
    succeeds(&output);
    assert!(text(&output.stderr).contains("can't be used"), "it was looked at first: {}", text(&output.stderr));
}

#[test]
fn a_kept_component_that_is_damaged_is_compiled_again() {
    let cache = tempfile::tempdir().expect("a directory");
    let run = || {
        let mut command = command(&[], &["exits_with", "0"]);
        succeeds(&command.env("XDG_CACHE_HOME", cache.path()).output().expect("the command starts"));
        compiled(cache.path())
    };
    let (path, damaged) = run().remove(0);
    fs::write(&path, "no machine code").expect("it is the user's own");
    let (_, inode) = run().remove(0);
    assert_ne!(inode, damaged, "it was replaced");
}

#[test]
fn no_component_is_taken_from_where_others_may_write() {
    let cache = tempfile::tempdir().expect("a directory");
    let directory = cache.path().join("wallsocket/compiled");
    fs::create_dir_all(&directory).expect("a directory");
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o777)).expect("it is the user's own");
    let mut command = command(&[], &["exits_with", "0"]);
    command.env("XDG_CACHE_HOME", cache.path()).env("WALLSOCKET_LOG", "warn");
    let output = command.output().expect("the command starts");
    succeeds(&output);
    assert_eq!(compiled(cache.path()), [], "nor is any put there");
    assert!(text(&output.stderr).contains("others may write to it"), "and the log says so: {}", text(&output.stderr));
}

/// The compiled code in a cache, with what tells one file from another: its time is that of its last use.
fn compiled(directory: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("the cache can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(compiled(&path));
        } else if path.extension().is_some_and(|extension| extension == "cwasm") {
            let inode = fs::metadata(&path).expect("it is there").ino();
            found.push((path, inode));
        }
    }
    found.sort();
    found
}
