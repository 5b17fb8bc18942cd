//! What is said about a line that doesn't parse.

use std::fmt;

/// A grant line that doesn't parse: where, what was expected there, and often what was probably meant.
///
/// `Display` is one line, fit for a log; [`GrantError::snippet`] shows the line with a caret under the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct GrantError {
    line: String,
    column: usize,
    expected: String,
    hint: Option<String>,
}

impl GrantError {
    pub(super) fn new(line: &str, fault: Fault) -> Self {
        let column = line.char_indices().take_while(|(byte, _)| *byte < fault.at).count() + 1;
        Self { line: line.to_owned(), column, expected: fault.expected, hint: fault.hint.as_deref().map(printable) }
    }

    /// The line as it was given.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Where the fault is: 1-based, in characters.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What was expected there.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What was probably meant, as a full sentence without its full stop.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The line, a caret under the fault, and what was expected: three lines or four, for a terminal.
    pub fn snippet(&self) -> String {
        let line = printable(&self.line);
        let mut text = format!("  {line}\n  {:>2$}\n  expected {}", "^", self.expected, self.column);
        if let Some(hint) = &self.hint {
            text.push_str("\n  hint: ");
            text.push_str(hint);
        }
        text
    }
}

impl fmt::Display for GrantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, column {}: expected {}", printable(&self.line), self.column, self.expected)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

/// A line may come from a guest: control characters would move the caret, or reach the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A fault at a byte offset of the line; [`GrantError`] adds the line.
#[derive(Debug)]
pub(super) struct Fault {
    at: usize,
    expected: String,
    hint: Option<String>,
}

impl Fault {
    pub(super) fn new(at: usize, expected: impl Into<String>) -> Self {
        Self { at, expected: expected.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds "did you mean …" when one of the known words is near to what was written.
    pub(super) fn nearest<'a>(self, written: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let near = known.map(|word| (distance(written, word), word)).min();
        match near {
            Some((steps, word)) if steps <= 2 && steps < word.len() => self.hint(format!("did you mean `{word}`?")),
            _ => self,
        }
    }
}

/// The Levenshtein distance; anything long is simply far.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 32 || b.len() > 32 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row[1..].iter_mut().zip(&b) {
            let above = *cell;
            left = (above + 1).min(left + 1).min(diagonal + usize::from(!from.eq_ignore_ascii_case(to)));
            diagonal = above;
            *cell = left;
        }
        row[0] = i + 1;
    }
    row.last().copied().unwrap_or(usize::MAX)
}
