//! One line of a policy: a verb and what it is allowed on.

mod block;
mod can;
mod error;
mod name;
mod numbers;
mod object;
mod place;
mod scan;
mod unix;
mod verb;
mod words;

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

pub(crate) use block::Block;
pub(crate) use can::{CanPlace, Identifiers, Interfaces};
use error::Fault;
pub use error::GrantError;
pub(crate) use name::{NamePattern, WrongName, normal};
pub(crate) use numbers::Numbers;
pub(crate) use object::Object;
pub(crate) use place::{Host, Place};
use scan::Scanner;
pub(crate) use unix::{UnixPlace, absolute, components};
pub(crate) use verb::{Verb, kind, netlink_family};

/// One thing that is allowed, or that a deny line forbids: `tcp connect api.example.com:443`.
///
/// Parsed with [`FromStr`]; `Display` prints the line in its canonical form, which parses back to an equal grant.
///
/// # Errors
///
/// Parsing fails with a [`GrantError`] that says where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub(super) verb: Verb,
    pub(super) object: Object,
}

impl Grant {
    /// What the line allows, in plain English: "connect by TCP to 192.0.2.1, port 443".
    pub fn describe(&self) -> String {
        words::describe(self)
    }

    /// Whether everything that another line is about, this one is about as well. Not every such pair is known: some that are
    /// one by kernels' rules alone aren't.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.verb == other.verb && self.object.covers(&other.object)
    }

    pub(super) fn at(verb: Verb, ip: IpAddr, port: u16) -> Self {
        Self { verb, object: Object::Place(Place::address(ip, port)) }
    }

    pub(super) fn word(verb: Verb, word: &str) -> Self {
        Self { verb, object: Object::Word(Some(word.to_owned())) }
    }

    /// The place, if the line is about one.
    pub(super) fn place(&self) -> Option<&Place> {
        match &self.object {
            Object::Place(place) => Some(place),
            _ => None,
        }
    }

    /// The Unix-domain place, if the line is about one.
    pub(super) fn unix(&self) -> Option<&UnixPlace> {
        match &self.object {
            Object::Unix(place) => Some(place),
            _ => None,
        }
    }
}

impl FromStr for Grant {
    type Err = GrantError;

    fn from_str(line: &str) -> Result<Self, GrantError> {
        parse(&mut Scanner::new(line)).map_err(|fault| GrantError::new(line, fault))
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.object {
            Object::Nothing => self.verb.fmt(f),
            object => write!(f, "{} {object}", self.verb),
        }
    }
}

/// A deny line, with or without `deny` in front.
pub(super) fn parse_denial(line: &str) -> Result<Grant, GrantError> {
    let mut scanner = Scanner::new(line);
    if scanner.peek().is_some_and(|first| first.text == "deny") {
        scanner.next();
    }
    let widened = |grant: &Grant| matches!(&grant.object, Object::Place(place) if !place.within.is_empty());
    let start = scanner.peek().map_or(0, |first| first.at);
    let parsed = parse(&mut scanner).and_then(|grant| match line.find(" in ") {
        _ if grant.verb == Verb::Any => Err(Fault::new(start, "what is forbidden, such as `tcp connect 10.0.0.0/8:*`")
            .hint("without an allow line nothing is allowed, so that nobody needs `deny any`")),
        Some(at) if widened(&grant) => Err(Fault::new(at + 1, "the end of the line")
            .hint("a deny line by name forbids the name wherever it resolves to")),
        _ => Ok(grant),
    });
    parsed.map_err(|fault| GrantError::new(line, fault))
}

/// What lines begin with.
#[cfg(feature = "schema")]
pub(super) fn verbs() -> impl Iterator<Item = (Verb, &'static str)> {
    verb::ROWS.iter().map(|row| (row.verb, row.words))
}

fn parse(scanner: &mut Scanner<'_>) -> Result<Grant, Fault> {
    if let Some(first) = scanner.peek()
        && (first.text == "deny" || first.text == "allow")
    {
        return Err(first.fault("a grant without that word in front").hint(match first.text {
            "deny" => "deny lines have a place of their own: `--deny 'LINE'`, `deny = [\"LINE\"]` or `.deny(\"LINE\")`",
            _ => "leave the word out",
        }));
    }
    let mut rows: Vec<_> = verb::ROWS.iter().collect();
    for depth in 0.. {
        let word_of = |row: &verb::Row| row.words.split(' ').nth(depth);
        let mut known: Vec<&str> = rows.iter().filter_map(|row| word_of(row)).collect();
        known.dedup();
        let expected = format!("one of: {}", known.join(", "));
        let token = scanner.expect(&expected)?;
        rows.retain(|row| word_of(row) == Some(token.text));
        match rows.as_slice() {
            [] => return Err(token.fault(expected).nearest(token.text, known.into_iter())),
            [row] if row.words.split(' ').count() == depth + 1 => {
                let object = Object::parse(row.shape, scanner)?;
                scanner.end()?;
                return Ok(Grant { verb: row.verb, object });
            }
            _ => {}
        }
    }
    Err(Fault::new(0, "a grant"))
}

#[cfg(test)]
mod tests;
