//! What a line about CAN is allowed on: interfaces, and for ISO-TP identifiers there.

use std::fmt;

use super::error::Fault;
use super::scan::{Scanner, Token};

/// Interfaces of CAN, and identifiers where the line has some: `vcan*`, `can0 0x7e8 0x7e0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CanPlace {
    pub(crate) interfaces: Interfaces,
    /// What is received and what is sent, in the order of Python's addresses; none stands for all.
    pub(crate) ids: Option<[Identifiers; 2]>,
}

/// Which interfaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Interfaces {
    Any,
    /// Those whose name begins so.
    From(String),
    One(String),
}

/// Which identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identifiers {
    Any,
    /// One, with `CAN_EFF_FLAG` where it has 29 bits.
    One(u32),
}

/// In an identifier: it has 29 bits.
const EXTENDED: u32 = 0x8000_0000;
const STANDARD_MAX: u32 = 0x7ff;
const EXTENDED_MAX: u32 = 0x1fff_ffff;
/// The longest name of an interface.
const INTERFACE_MAX: usize = 15;

impl CanPlace {
    pub(crate) const ANY: Self = Self { interfaces: Interfaces::Any, ids: None };

    pub(super) fn parse(scanner: &mut Scanner<'_>, with_ids: bool) -> Result<Self, Fault> {
        let interfaces = Interfaces::parse(scanner.expect(INTERFACES)?)?;
        let ids = if with_ids && scanner.peek().is_some() {
            let received = Identifiers::parse(scanner.expect(IDENTIFIER)?)?;
            let sent = Identifiers::parse(scanner.expect("the identifier that is sent, such as 0x7e0, or `*`")?)?;
            Some([received, sent])
        } else {
            None
        };
        Ok(Self { interfaces, ids })
    }
}

const INTERFACES: &str =
    "the name of an interface (at most 15 bytes), such as can0, the beginning of names and `*`, such as vcan*, or `*`";
const IDENTIFIER: &str = "the identifier that is received, such as 0x7e8 or 0x18daf110, or `*`";

impl Interfaces {
    fn parse(token: Token<'_>) -> Result<Self, Fault> {
        let (name, is_prefix) = match token.text.strip_suffix('*') {
            Some("") => return Ok(Self::Any),
            Some(prefix) => (prefix, true),
            None => (token.text, false),
        };
        let graphic = name.bytes().all(|b| b.is_ascii_graphic() && !b"\\*/:".contains(&b));
        if !graphic || name.len() > INTERFACE_MAX || name == "." || name == ".." {
            return Err(token.fault(INTERFACES));
        }
        Ok(if is_prefix { Self::From(name.to_owned()) } else { Self::One(name.to_owned()) })
    }

    /// Whether an interface is among them; none stands for all of them at once.
    pub(crate) fn cover(&self, interface: Option<&str>) -> bool {
        match (self, interface) {
            (Self::Any, _) => true,
            (Self::From(prefix), Some(name)) => name.starts_with(prefix),
            (Self::One(one), Some(name)) => one == name,
            (_, None) => false,
        }
    }

    /// Whether one of them is that interface; none stands for all, of which some is.
    pub(crate) fn touch(&self, interface: Option<&str>) -> bool {
        interface.is_none() || self.cover(interface)
    }
}

impl Identifiers {
    /// As `candump` tells them apart: three digits are 11 bits, eight are 29.
    fn parse(token: Token<'_>) -> Result<Self, Fault> {
        if token.text == "*" {
            return Ok(Self::Any);
        }
        let digits = token.text.strip_prefix("0x").filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = digits.and_then(|digits| Some((digits.len(), u32::from_str_radix(digits, 16).ok()?)));
        match value {
            Some((..=3, id)) if id <= STANDARD_MAX => Ok(Self::One(id)),
            Some((8, id)) if id <= EXTENDED_MAX => Ok(Self::One(id | EXTENDED)),
            _ => Err(token
                .fault("an identifier of CAN, or `*`")
                .hint("0x and three digits are one of 11 bits (at most 0x7ff), eight one of 29 (at most 0x1fffffff)")),
        }
    }

    pub(crate) fn cover(self, id: u32) -> bool {
        self == Self::Any || self == Self::One(id)
    }
}

impl fmt::Display for CanPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.interfaces.fmt(f)?;
        self.ids.iter().flatten().try_for_each(|id| write!(f, " {id}"))
    }
}

impl fmt::Display for Interfaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::From(prefix) => write!(f, "{prefix}*"),
            Self::One(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Identifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::One(id) if id & EXTENDED != 0 => write!(f, "{:#010x}", id & EXTENDED_MAX),
            Self::One(id) => write!(f, "{id:#05x}"),
        }
    }
}
