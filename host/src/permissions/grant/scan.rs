//! Words of a line, each with its place, so that an error can point at it.

use super::error::Fault;

/// A piece of a line and the byte offset where it starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Token<'a> {
    pub(super) fn fault(self, expected: impl Into<String>) -> Fault {
        Fault::new(self.at, expected)
    }

    /// A fault where this piece ends.
    pub(super) fn fault_at_end(self, expected: impl Into<String>) -> Fault {
        Fault::new(self.at + self.text.len(), expected)
    }

    /// Splits around the separator at byte `index`, which is `width` bytes wide.
    pub(super) fn split_around(self, index: usize, width: usize) -> (Self, Self) {
        let (before, rest) = self.text.split_at(index);
        let after = rest.get(width..).unwrap_or_default();
        (Self { text: before, at: self.at }, Self { text: after, at: self.at + index + width })
    }

    pub(super) fn strip_prefix(self, prefix: &str) -> Option<Self> {
        let text = self.text.strip_prefix(prefix)?;
        Some(Self { text, at: self.at + prefix.len() })
    }

    /// The pieces between commas.
    pub(super) fn commas(self) -> impl Iterator<Item = Self> {
        let mut at = self.at;
        self.text.split(',').map(move |text| {
            let piece = Token { text, at };
            at += text.len() + 1;
            piece
        })
    }
}

/// Reads a line word by word. A backslash takes the next character into the word, also a space.
pub(super) struct Scanner<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        Self { line, at: 0 }
    }

    /// The next word, without taking it.
    pub(super) fn peek(&self) -> Option<Token<'a>> {
        let rest = &self.line[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let mut escaped = false;
        let end = self.line[start..]
            .char_indices()
            .find(|&(_, c)| {
                let ends = c.is_whitespace() && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            })
            .map_or(self.line.len(), |(index, _)| start + index);
        (end > start).then(|| Token { text: &self.line[start..end], at: start })
    }

    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        self.at = token.at + token.text.len();
        Some(token)
    }

    /// The next word, or a fault at the end of the line.
    pub(super) fn expect(&mut self, expected: &str) -> Result<Token<'a>, Fault> {
        let end = self.line.trim_end().len();
        self.next().ok_or_else(|| Fault::new(end, expected))
    }

    pub(super) fn end(&self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some(more) => Err(more.fault("the end of the line")),
        }
    }
}
