//! Which lines decided: what a decision says of itself to whoever watches.

use std::fmt;

use super::grant::Grant;

/// The allow lines that a request is allowed by, as their places among those that were given: one for most, several
/// where one alone wouldn't do, none where the request takes none.
///
/// Places and no lines, since a permit outlives the moment at which it was given; and nothing is allocated for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Basis {
    first: Option<usize>,
    more: Vec<usize>,
}

impl Basis {
    /// The request takes no line.
    pub(crate) const NONE: Self = Self { first: None, more: Vec::new() };

    pub(super) fn line(place: Option<usize>) -> Self {
        Self { first: place, more: Vec::new() }
    }

    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        for place in other.places() {
            match self.first {
                None => self.first = Some(place),
                Some(first) if first == place || self.more.contains(&place) => {}
                Some(_) => self.more.push(place),
            }
        }
        self
    }

    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.first.into_iter().chain(self.more.iter().copied())
    }
}

/// The rule that decided about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// These allow lines, which cover it together. One, but where the request is about several addresses.
    Allow(Vec<Grant>),
    /// This deny line.
    Deny(Grant),
    /// What the guest gave up: its restriction of that number, counted from 1.
    Restriction(usize),
    /// No line is about it. A refused request would be allowed by one; an allowed one takes none.
    Default,
    /// No line can decide about it: the host refuses it to every guest.
    Host,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allow(lines) => lines.iter().enumerate().try_for_each(|(index, line)| {
                f.write_str(if index == 0 { "" } else { "; " })?;
                line.fmt(f)
            }),
            Self::Deny(line) => write!(f, "deny {line}"),
            Self::Restriction(number) => write!(f, "restriction {number}"),
            Self::Default => f.write_str("none: the default"),
            Self::Host => f.write_str("none: no line decides"),
        }
    }
}
