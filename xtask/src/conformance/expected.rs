//! The list of tests that don't come out as they do natively, each with its reason.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::suite::Outcome;

/// A line of the list.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: usize,
    /// `Class.test`; with one `*`, all whose names begin and end so.
    pub(super) pattern: String,
    /// The versions of Python whose file it is about; all where it is empty.
    pythons: Vec<String>,
    /// How it may come out natively, and in the guest.
    pub(super) natively: Vec<Outcome>,
    pub(super) in_guest: Vec<Outcome>,
}

impl Line {
    pub(super) fn is_about(&self, test: &str) -> bool {
        match self.pattern.split_once('*') {
            None => self.pattern == test,
            Some((start, end)) => {
                test.len() >= start.len() + end.len() && test.starts_with(start) && test.ends_with(end)
            }
        }
    }
}

/// The whole list.
#[derive(Debug, Default)]
pub(super) struct Expected {
    lines: Vec<Line>,
}

impl Expected {
    pub(super) fn read(path: &Path) -> Result<Expected> {
        let text = fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    pub(super) fn parse(text: &str) -> Result<Expected> {
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            lines.push(parse_line(number, line).with_context(|| format!("line {number}"))?);
        }
        Ok(Expected { lines })
    }

    /// The lines that are about a version of Python.
    pub(super) fn of(&self, python: &str) -> Vec<&Line> {
        self.lines
            .iter()
            .filter(|line| line.pythons.is_empty() || line.pythons.iter().any(|version| version == python))
            .collect()
    }
}

fn parse_line(number: usize, line: &str) -> Result<Line> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [pattern, pythons, natively, in_guest, reason] = fields[..] else {
        bail!("it has {} fields instead of 5: test, Python, natively, in the guest, reason", fields.len());
    };
    if reason.trim().is_empty() {
        bail!("{pattern} has no reason");
    }
    if pattern.matches('*').count() > 1 {
        bail!("{pattern} has more than one *");
    }
    Ok(Line {
        number,
        pattern: pattern.into(),
        pythons: if pythons == "*" { Vec::new() } else { pythons.split(',').map(Into::into).collect() },
        natively: outcomes(natively)?,
        in_guest: outcomes(in_guest)?,
    })
}

fn outcomes(text: &str) -> Result<Vec<Outcome>> {
    text.split(',').map(|word| Outcome::parse(word).with_context(|| format!("{word:?} is no outcome"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_about_a_test_or_all_that_begin_and_end_so() {
        let list = Expected::parse(
            "# test\tPython\tnatively\tin the guest\treason\n\
             A.a\t*\tok\tskips\tno signals\n\
             B.*\t3.13\tok\tfails,hangs\tno threads in C\n\
             *.c\t3.11,3.13\tok\tfails\tno threads in C\n",
        )
        .unwrap();
        let about = |python: &str, test: &str| list.of(python).iter().filter(|line| line.is_about(test)).count();
        assert_eq!(about("3.13", "A.a"), 1);
        assert_eq!(about("3.13", "A.ab"), 0);
        assert_eq!(about("3.13", "B.anything"), 1);
        assert_eq!(about("3.11", "B.anything"), 0);
        assert_eq!(about("3.11", "X.c"), 1);
        assert_eq!(about("3.13", "B.c"), 2);
    }

    #[test]
    fn a_line_has_a_reason_and_outcomes_that_exist() {
        for wrong in [
            "A.a\t*\tok\tskips\t",
            "A.a\t*\tok\tskips",
            "A.a\t*\tfine\tskips\tno signals",
            "A.a\t*\tok\t\tno signals",
            "*.a*\t*\tok\tskips\tno signals",
        ] {
            assert!(Expected::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
