//! Grant lines and policy files.

use crate::permissions::{Grant, Permissions, Policy, PolicyError};

/// Any text as a line, as a deny line, as a policy file, and as a line in one.
///
/// # Panics
///
/// Where a line that is printed isn't the line that was read, or an error points at a place that there isn't.
pub fn lines(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    line(&text);
    file(&text);
    in_a_file(&text);
}

fn line(text: &str) {
    match text.parse::<Grant>() {
        Ok(grant) => {
            let written = grant.to_string();
            let again: Grant = written.parse().unwrap_or_else(|error| panic!("{text:?} is written so: {error}"));
            assert_eq!(again, grant, "{text:?} is written as {written:?}");
            assert_eq!(again.to_string(), written, "{text:?} has one form");
            assert!(is_printable(&written), "a line goes to terminals and logs: {written:?}");
            assert!(is_printable(&grant.describe()), "so do words: {:?}", grant.describe());
        }
        Err(error) => {
            assert_eq!(error.line(), text);
            assert!((1..=text.chars().count() + 1).contains(&error.column()), "{error:?} points into the line");
            assert!(is_printable(&error.to_string()), "an error is one line: {error:?}");
            let snippet = error.snippet();
            let caret = snippet.lines().nth(1).unwrap_or_default();
            assert_eq!(caret.chars().count(), error.column() + 2, "the caret stands under the column: {snippet}");
        }
    }
    // A deny line has the same grammar, but for a word in front and for `in`.
    match Permissions::builder().deny(text) {
        Ok(denied) => {
            let denied = denied.build();
            let written = denied.denials().next().expect("the line that was added").to_string();
            let again =
                Permissions::builder().deny(&written).unwrap_or_else(|error| panic!("{text:?}: {error}")).build();
            assert!(again.denials().eq(denied.denials()), "{text:?} is denied as {written:?}");
        }
        Err(error) => {
            assert!((1..=text.chars().count() + 1).contains(&error.column()), "{error:?} points into the line");
        }
    }
}

/// Whatever is read can be written, and means the same again.
fn file(text: &str) {
    match read_file(text) {
        Ok(read) => {
            let list = |lines: Vec<String>| toml::Value::from(lines).to_string();
            let allowed = list(read.grants().map(ToString::to_string).collect());
            let denied = list(read.denials().map(ToString::to_string).collect());
            let written = format!("allow = {allowed}\ndeny = {denied}\n");
            let again = read_file(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
            assert!(again.grants().eq(read.grants()) && again.denials().eq(read.denials()), "{text:?}: {written}");
            assert_eq!(read.describe().len(), read.grants().count() + read.denials().count(), "a sentence a line");
        }
        Err(error) => points_into(text, &error),
    }
}

fn points_into(text: &str, error: &PolicyError) {
    let line = text.split('\n').nth(error.line().wrapping_sub(1));
    let line = line.unwrap_or_else(|| panic!("{error:?} points at a line of {text:?}"));
    assert!((1..=line.chars().count() + 1).contains(&error.column()), "{error:?} points into {line:?}");
    assert!(!error.message().is_empty(), "{error:?} says what is wrong");
}

/// A line's fault is at the same place in a file.
fn in_a_file(text: &str) {
    const BEFORE: &str = "allow = ['";
    // What a literal string of TOML can hold.
    if text.contains('\'') || !is_printable(text) {
        return;
    }
    let read = read_file(&format!("{BEFORE}{text}']"));
    match (text.parse::<Grant>(), read) {
        (Ok(grant), Ok(read)) => assert!(read.grants().eq([&grant]), "{text:?} is the file's only line"),
        (Err(fault), Err(error)) => {
            assert_eq!(error.grant(), Some(&fault), "the file's fault is the line's");
            assert_eq!((error.line(), error.column()), (1, BEFORE.len() + fault.column()), "{text:?}: {error}");
        }
        (line, file) => panic!("{text:?} alone is {line:?}, in a file {file:?}"),
    }
}

fn is_printable(text: &str) -> bool {
    !text.contains(char::is_control)
}

fn read_file(text: &str) -> Result<Permissions, PolicyError> {
    Policy::from_toml(text).map(|policy| policy.permissions)
}
