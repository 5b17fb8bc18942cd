//! Host names as grants name them and as guests ask for them.

use std::fmt;

use super::error::Fault;
use super::scan::Token;

/// Which names a line means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NamePattern {
    /// `example.com`
    Exact(String),
    /// `*.example.com`: any depth below, not `example.com` itself.
    Below(String),
    /// `*`, in `dns lookup` only.
    Any,
}

impl NamePattern {
    pub(super) fn parse(token: Token<'_>) -> Result<Self, Fault> {
        if token.text == "*" {
            return Ok(Self::Any);
        }
        if let Some(parent) = token.strip_prefix("*.") {
            return Ok(Self::Below(parse_name(parent)?));
        }
        Ok(Self::Exact(parse_name(token)?))
    }

    /// Whether this means every name that another pattern means.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (mine, Self::Exact(name)) => mine.matches(name),
            (Self::Below(mine), Self::Below(theirs)) => mine == theirs || self.matches(theirs),
            _ => false,
        }
    }

    /// Whether this means `name`, which is in the form that [`normal`] gives.
    pub(crate) fn matches(&self, name: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == name,
            Self::Below(parent) => {
                name.strip_suffix(parent.as_str()).and_then(|below| below.strip_suffix('.')).is_some()
            }
            Self::Any => true,
        }
    }
}

fn parse_name(token: Token<'_>) -> Result<String, Fault> {
    normal(token.text).map_err(|wrong| match wrong {
        WrongName::NotAscii => {
            token.fault("a name in ASCII").hint("write an international name in its punycode form, `xn--…` (RFC 5891)")
        }
        WrongName::Star => {
            token.fault("a name, or `*.` in front of one").hint("`*` stands only as the first label, alone")
        }
        WrongName::Number => token
            .fault("a host name, or an address in its usual form such as 192.0.2.1")
            .hint("a name that ends in a number would be taken for an address"),
        WrongName::Syntax => token.fault("a host name (letters, digits, `-`, `_` and dots) or an IP address"),
    })
}

/// Why a text is no host name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrongName {
    NotAscii,
    Star,
    Number,
    Syntax,
}

/// The one form of a name that is compared, remembered and handed to the resolver: lower case (RFC 4343), without
/// the trailing dot; labels of at most 63 octets, 253 altogether (RFC 1035, section 2.3.4).
///
/// Underscores are let through because names with them exist and resolve. A name whose last label is a number isn't
/// a name: some resolver would take it for an address (the WHATWG URL standard's "ends in a number").
pub(crate) fn normal(name: &str) -> Result<String, WrongName> {
    if !name.is_ascii() {
        return Err(WrongName::NotAscii);
    }
    if name.contains('*') {
        return Err(WrongName::Star);
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let label_is_fine = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if name.len() > 253 || !name.split('.').all(label_is_fine) {
        return Err(WrongName::Syntax);
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
    if hexadecimal || last.bytes().all(|b| b.is_ascii_digit()) {
        return Err(WrongName::Number);
    }
    Ok(name)
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(name) => f.write_str(name),
            Self::Below(parent) => write!(f, "*.{parent}"),
            Self::Any => f.write_str("*"),
        }
    }
}
