//! Refusals: what was asked, which rule said no, and the line that would allow it.

use std::fmt;

use super::basis::Rule;
use super::grant::Grant;

/// A refusal.
// In a box, since every result of every call has room for one, and is handed through many hands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Denial(Box<Words>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    reason: String,
    grant: String,
    rule: Rule,
}

impl Denial {
    /// A refusal that a further line would lift.
    pub(super) fn missing(reason: String, grant: &Grant) -> Self {
        let line = grant.to_string();
        // What a guest asked for can have no line, such as an option whose name isn't one.
        let parses = line.parse().is_ok_and(|parsed: Grant| parsed == *grant);
        Self(Box::new(Words { reason, grant: if parses { line } else { String::new() }, rule: Rule::Default }))
    }

    /// A refusal that no line lifts: the request makes no sense, or no guest may make it.
    pub(super) fn fixed(reason: String) -> Self {
        Self::ruled(reason, Rule::Host)
    }

    /// A refusal by a rule which no further line lifts: a deny line decided, or the guest gave the grant up.
    pub(super) fn ruled(reason: String, rule: Rule) -> Self {
        Self(Box::new(Words { reason, grant: String::new(), rule }))
    }

    /// What was asked and which rule said no.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The rule that decided.
    pub fn rule(&self) -> &Rule {
        &self.0.rule
    }

    /// The line that, added to what is allowed, would allow the request. None when no line would, which the reason
    /// then explains: a deny line decides whatever else is allowed.
    pub fn grant(&self) -> Option<&str> {
        Some(self.0.grant.as_str()).filter(|grant| !grant.is_empty())
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "denied: {}", self.0.reason)?;
        match self.grant() {
            // Quoted for a shell, where the line will be pasted.
            Some(grant) => write!(f, "; to allow it: --allow '{}'", grant.replace('\'', r"'\''")),
            None => Ok(()),
        }
    }
}
