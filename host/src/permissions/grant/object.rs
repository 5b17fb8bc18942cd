//! What a verb is allowed on, parsed and printed.

use std::fmt;

use super::block::Block;
use super::can::CanPlace;
use super::error::Fault;
use super::name::NamePattern;
use super::numbers::Numbers;
use super::place::{Hosts, Place};
use super::scan::{Scanner, Token};
use super::unix::UnixPlace;
use super::verb::{KINDS, NETLINK, Shape, Word};

/// The object of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Object {
    Nothing,
    Place(Place),
    /// `None` is `*`.
    Block(Option<Block>),
    Name(NamePattern),
    Unix(UnixPlace),
    /// `None` is `*`.
    Word(Option<String>),
    /// A vsock CID, a TIPC service type or a QRTR node (`None` is `*`), and the numbers there.
    Node(Option<u32>, Numbers),
    /// A Bluetooth device address (`None` is `*`), and the PSMs or channels there, where the protocol has them.
    Device(Option<[u8; 6]>, Option<Numbers>),
    /// Interfaces of CAN, and identifiers there.
    Can(CanPlace),
}

impl Object {
    /// Whether this is about everything that another object of the same verb is.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Place(mine), Self::Place(theirs)) => mine.covers(theirs),
            (Self::Block(mine), Self::Block(theirs)) => match (mine, theirs) {
                (None, _) => true,
                (Some(mine), Some(theirs)) => mine.covers(theirs),
                (Some(_), None) => false,
            },
            (Self::Name(mine), Self::Name(theirs)) => mine.covers(theirs),
            (Self::Unix(mine), Self::Unix(theirs)) => mine.covers(theirs),
            (Self::Word(mine), Self::Word(theirs)) => mine.is_none() || mine == theirs,
            (Self::Node(mine, numbers), Self::Node(theirs, others)) => {
                (mine.is_none() || mine == theirs) && numbers.covers(others)
            }
            (mine, theirs) => mine == theirs,
        }
    }

    pub(super) fn parse(shape: Shape, scanner: &mut Scanner<'_>) -> Result<Self, Fault> {
        Ok(match shape {
            Shape::Nothing => Self::Nothing,
            Shape::Destination => Self::Place(Place::parse(scanner, Hosts::Destination)?),
            Shape::Local => Self::Place(Place::parse(scanner, Hosts::Local)?),
            Shape::Block => {
                Self::Block(Block::parse_or_any(scanner.expect("a block of addresses, such as 192.0.2.0/24, or `*`")?)?)
            }
            Shape::Name => Self::Name(NamePattern::parse(scanner.expect("a host name, `*.` and a name, or `*`")?)?),
            Shape::Unix => Self::Unix(UnixPlace::parse(scanner)?),
            Shape::Can { with_ids } => Self::Can(CanPlace::parse(scanner, with_ids)?),
            Shape::Word(kind) => Self::Word(parse_word(kind, scanner.expect(expected(kind))?)?),
            Shape::Node(node, number) => {
                parse_node(scanner.expect(&format!("{node}, a colon and {number}"))?, node, number)?
            }
            Shape::Device(what, max) => {
                let token = scanner.expect(&format!("a device such as 01:23:45:67:89:ab, a colon and {what}"))?;
                let Some(colon) = token.text.rfind(':') else {
                    return Err(token.fault_at_end(format!("a colon and {what}")));
                };
                let (device, number) = token.split_around(colon, 1);
                Self::Device(parse_device(device)?, Some(Numbers::parse(number, what, max)?))
            }
            Shape::DeviceOnly => {
                Self::Device(parse_device(scanner.expect("a device such as 01:23:45:67:89:ab, or `*`")?)?, None)
            }
        })
    }
}

fn expected(kind: Word) -> &'static str {
    match kind {
        Word::Interface => "the name of an interface (at most 15 bytes), such as eth0, or `*`",
        Word::Algorithm => "an algorithm of the kernel, such as sha256 or cbc(aes), or `*`",
        Word::Netlink => {
            "a netlink family: route, usersock, sock-diag, xfrm, audit, netfilter, kobject-uevent or generic"
        }
        Word::Option => "a socket option by its constant, such as SO_MARK",
        Word::Inherited => "the number of a socket that was handed over, its name, or `*`",
        Word::Guest => "the id of a neighbour, or `*`",
        Word::Kind => "socket, file, other, or `*`",
    }
}

fn parse_word(kind: Word, token: Token<'_>) -> Result<Option<String>, Fault> {
    let text = token.text;
    let graphic = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'*');
    let constant = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let fine = match kind {
        Word::Netlink | Word::Option if text == "*" => false,
        _ if text == "*" => return Ok(None),
        Word::Interface => graphic && text.len() <= 15 && !text.contains('/') && text != "." && text != "..",
        Word::Algorithm => graphic && text.len() <= 63,
        Word::Netlink => NETLINK.contains(&text),
        Word::Option => text.bytes().all(constant) && text.contains('_'),
        // A number has one spelling: a deny line with another would match nothing.
        Word::Inherited if text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse::<i32>().is_ok_and(|number| number.to_string() == text)
        }
        Word::Inherited => graphic && !text.contains(':'),
        Word::Guest => graphic,
        Word::Kind => KINDS.contains(&text),
    };
    if fine {
        return Ok(Some(text.to_owned()));
    }
    let fault = token.fault(expected(kind));
    Err(match kind {
        Word::Netlink => fault.nearest(text, NETLINK.into_iter()),
        Word::Kind => fault.nearest(text, KINDS.into_iter()),
        Word::Option if text.to_ascii_uppercase().bytes().all(constant) && text.contains('_') => {
            fault.hint(format!("did you mean `{}`?", text.to_ascii_uppercase()))
        }
        Word::Option if text == "*" => {
            fault.hint("options are granted one by one; the line `any` alone grants all, with everything else")
        }
        _ => fault,
    })
}

fn parse_node(token: Token<'_>, node: &str, number: &str) -> Result<Object, Fault> {
    let Some(colon) = token.text.rfind(':') else {
        return Err(token.fault_at_end(format!("a colon and {number}")));
    };
    let (left, right) = token.split_around(colon, 1);
    let id = match left.text {
        "*" => None,
        digits => {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let value = plain.then(|| digits.parse().ok()).flatten();
            Some(value.ok_or_else(|| left.fault(format!("{node} as a decimal number, or `*`")))?)
        }
    };
    Ok(Object::Node(id, Numbers::parse(right, number, u32::MAX)?))
}

fn parse_device(token: Token<'_>) -> Result<Option<[u8; 6]>, Fault> {
    if token.text == "*" {
        return Ok(None);
    }
    let wrong = || token.fault("a device address such as 01:23:45:67:89:ab, or `*`");
    let mut address = [0; 6];
    let mut groups = token.text.split(':');
    for byte in &mut address {
        let group = groups.next().filter(|g| g.len() == 2 && g.bytes().all(|b| b.is_ascii_hexdigit()));
        *byte = group.and_then(|g| u8::from_str_radix(g, 16).ok()).ok_or_else(wrong)?;
    }
    if groups.next().is_some() { Err(wrong()) } else { Ok(Some(address)) }
}

/// `*`, or the thing itself.
struct OrAny<'a, T>(&'a Option<T>);

impl<T: fmt::Display> fmt::Display for OrAny<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(one) => one.fmt(f),
            None => f.write_str("*"),
        }
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Place(place) => place.fmt(f),
            Self::Block(block) => OrAny(block).fmt(f),
            Self::Name(pattern) => pattern.fmt(f),
            Self::Unix(place) => place.fmt(f),
            Self::Word(word) => OrAny(word).fmt(f),
            Self::Can(place) => place.fmt(f),
            Self::Node(node, numbers) => write!(f, "{}:{numbers}", OrAny(node)),
            Self::Device(address, numbers) => {
                match address {
                    Some([a, b, c, d, e, g]) => write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")?,
                    None => f.write_str("*")?,
                }
                numbers.as_ref().map_or(Ok(()), |numbers| write!(f, ":{numbers}"))
            }
        }
    }
}
