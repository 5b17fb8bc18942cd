//! Sets of ports (and of other numbers that the families count by): `443`, `1000-2000,8080`, `*`.

use std::fmt;

use super::error::Fault;
use super::scan::Token;

/// A set of numbers. Ranges are sorted and merged, so that equal sets are equal values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Numbers {
    /// `*`
    Any,
    /// Inclusive ranges.
    Only(Vec<(u32, u32)>),
}

impl Numbers {
    pub(crate) fn one(number: impl Into<u32>) -> Self {
        let number = number.into();
        Self::Only(vec![(number, number)])
    }

    /// All from `first` to `last`, which may be the other way round.
    pub(crate) fn range(first: u32, last: u32) -> Self {
        Self::Only(vec![(first.min(last), first.max(last))])
    }

    pub(super) fn parse(token: Token<'_>, what: &str, max: u32) -> Result<Self, Fault> {
        if token.text == "*" {
            return Ok(Self::Any);
        }
        let mut ranges = Vec::new();
        for piece in token.commas() {
            let (first, last) = match piece.text.find('-') {
                Some(dash) => {
                    let (first, last) = piece.split_around(dash, 1);
                    (number(first, what, max)?, number(last, what, max)?)
                }
                None => {
                    let only = number(piece, what, max)?;
                    (only, only)
                }
            };
            if first > last {
                return Err(piece
                    .fault("a range whose first number is the smaller one")
                    .hint(format!("did you mean `{last}-{first}`?")));
            }
            ranges.push((first, last));
        }
        Ok(Self::Only(merge(ranges)))
    }

    pub(crate) fn contains(&self, number: impl Into<u32>) -> bool {
        let number = number.into();
        match self {
            Self::Any => true,
            Self::Only(_) => self.names(number),
        }
    }

    /// Whether a number is in the set by being written there, not through `*`.
    pub(crate) fn names(&self, number: impl Into<u32>) -> bool {
        let number = number.into();
        match self {
            Self::Any => false,
            Self::Only(ranges) => ranges.iter().any(|&(first, last)| (first..=last).contains(&number)),
        }
    }

    /// Whether some number is in both sets.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Only(mine), Self::Only(theirs)) => {
                theirs.iter().any(|&(first, last)| mine.iter().any(|&(low, high)| low <= last && first <= high))
            }
            _ => true,
        }
    }

    /// Whether every number of `other` is in this set.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Only(_), Self::Any) => false,
            (Self::Only(mine), Self::Only(theirs)) => {
                theirs.iter().all(|&(first, last)| mine.iter().any(|&(low, high)| low <= first && last <= high))
            }
        }
    }
}

fn number(token: Token<'_>, what: &str, max: u32) -> Result<u32, Fault> {
    let digits = !token.text.is_empty() && token.text.bytes().all(|b| b.is_ascii_digit());
    let value = digits.then(|| token.text.parse().ok()).flatten();
    value
        .filter(|number| *number <= max)
        .ok_or_else(|| token.fault(format!("{what} from 0 to {max}, a range such as 1000-2000, or `*`")))
}

fn merge(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Only(ranges) = self else {
            return f.write_str("*");
        };
        for (index, (first, last)) in ranges.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match first == last {
                true => write!(f, "{comma}{first}")?,
                false => write!(f, "{comma}{first}-{last}")?,
            }
        }
        Ok(())
    }
}
