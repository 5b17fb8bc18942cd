//! Addresses as lines name them: an address, a CIDR block, or a word for some blocks.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::error::Fault;
use super::scan::Token;
use crate::permissions::numeric::numeric;

/// Which addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Block {
    /// An address or a CIDR block.
    Net(IpNet),
    /// The blocks that a word stands for.
    Word(Word),
}

/// A word for blocks of one purpose, of both families. Judged as lines with those blocks would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Word {
    /// `loopback`, and as a host `localhost` too (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3).
    Loopback,
    /// `private` (RFC 1918, RFC 4193). Not the shared space of RFC 6598, 100.64.0.0/10, which is the provider's, and which
    /// that document tells apart from private space.
    Private,
    /// `link-local` (RFC 3927; RFC 4291, section 2.5.6).
    LinkLocal,
    /// `multicast` (RFC 5771; RFC 4291, section 2.7).
    Multicast,
}

const WORDS: [(&str, Word); 4] = [
    ("loopback", Word::Loopback),
    ("private", Word::Private),
    ("link-local", Word::LinkLocal),
    ("multicast", Word::Multicast),
];

/// Every address, as a word; lines print `*` instead.
pub(super) const ANY: &str = "any";

static LOOPBACK: [IpNet; 2] = [v4([127, 0, 0, 0], 8), v6(0, 1, 128)];
static PRIVATE: [IpNet; 4] =
    [v4([10, 0, 0, 0], 8), v4([172, 16, 0, 0], 12), v4([192, 168, 0, 0], 16), v6(0xfc00, 0, 7)];
static LINK_LOCAL: [IpNet; 2] = [v4([169, 254, 0, 0], 16), v6(0xfe80, 0, 10)];
static MULTICAST: [IpNet; 2] = [v4([224, 0, 0, 0], 4), v6(0xff00, 0, 8)];

const fn v4([a, b, c, d]: [u8; 4], length: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length))
}

/// By the first group and the last.
const fn v6(first: u16, last: u16, length: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, last), length))
}

impl Word {
    pub(super) fn parse(text: &str) -> Option<Self> {
        WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, word)| *word)
    }

    fn name(self) -> &'static str {
        WORDS.iter().find(|(_, word)| *word == self).map_or(ANY, |(name, _)| name)
    }

    fn nets(self) -> &'static [IpNet] {
        match self {
            Self::Loopback => &LOOPBACK,
            Self::Private => &PRIVATE,
            Self::LinkLocal => &LINK_LOCAL,
            Self::Multicast => &MULTICAST,
        }
    }
}

impl Block {
    pub(super) fn parse(token: Token<'_>) -> Result<Self, Fault> {
        match Word::parse(token.text) {
            Some(word) => Ok(Self::Word(word)),
            None => parse_net(token).map(Self::Net),
        }
    }

    /// As [`parse`](Self::parse), or `*` or `any` for all addresses.
    pub(super) fn parse_or_any(token: Token<'_>) -> Result<Option<Self>, Fault> {
        if is_any(token.text) { Ok(None) } else { Self::parse(token).map(Some) }
    }

    /// The blocks, in CIDR form.
    pub(crate) fn nets(&self) -> &[IpNet] {
        match self {
            Self::Net(net) => std::slice::from_ref(net),
            Self::Word(word) => word.nets(),
        }
    }

    /// Whether every address of another block is in this one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.nets().iter().all(|theirs| self.nets().iter().any(|net| net.contains(theirs)))
    }

    pub(crate) fn contains(&self, ip: IpAddr) -> bool {
        self.nets().iter().any(|net| net.contains(&ip))
    }
}

/// Whether a word means every address.
pub(super) fn is_any(text: &str) -> bool {
    text == "*" || text.eq_ignore_ascii_case(ANY)
}

impl From<IpAddr> for Block {
    fn from(ip: IpAddr) -> Self {
        Self::Net(ip.into())
    }
}

impl From<IpNet> for Block {
    fn from(net: IpNet) -> Self {
        Self::Net(net)
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(net) => Shown(net).fmt(f),
            Self::Word(word) => f.write_str(word.name()),
        }
    }
}

const EXPECTED: &str = "an IP address, a block such as 10.0.0.0/8 or 2001:db8::/32, or one of: loopback, private, \
                        link-local, multicast";

/// An address or a CIDR block, in the form in which requests are judged: what could match nothing is an error, since
/// a deny line that matches nothing is a hole.
pub(super) fn parse_net(token: Token<'_>) -> Result<IpNet, Fault> {
    let text = token.text;
    if text.contains('%') {
        return Err(token.fault(EXPECTED).hint("a grant names an address without its scope"));
    }
    let block: IpNet = match text.parse::<IpAddr>() {
        Ok(ip) => ip.into(),
        Err(_) => text.parse().map_err(|_| match numeric(text) {
            Some(ip) => token.fault(EXPECTED).hint(format!("`{text}` is {ip}; write it so")),
            None => token.fault(EXPECTED),
        })?,
    };
    if block.trunc() != block {
        return Err(token.fault("a block without bits below its prefix length").hint(format!(
            "did you mean `{}`, or `{}` alone?",
            block.trunc(),
            block.addr()
        )));
    }
    if let IpNet::V6(v6) = block
        && let Some(v4) = inside_v4(v6)
    {
        return Err(token
            .fault("an IPv4 address in its own form")
            .hint(format!("IPv4 inside IPv6 is judged as IPv4; write `{}`", Shown(&v4))));
    }
    Ok(block)
}

/// The IPv4 block that a block of v4-mapped or v4-compatible addresses means (RFC 4291, section 2.5.5).
fn inside_v4(block: Ipv6Net) -> Option<IpNet> {
    let address = block.addr();
    let length = block.prefix_len().checked_sub(96)?;
    if length == 32 && (address.is_unspecified() || address.is_loopback()) {
        return None;
    }
    Some(Ipv4Net::new(address.to_ipv4()?, length).ok()?.into())
}

/// A block as it is printed: a single address without its length.
pub(crate) struct Shown<'a>(pub(crate) &'a IpNet);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() { self.0.addr().fmt(f) } else { self.0.fmt(f) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::special::special;

    #[test]
    fn words_for_addresses_stand_for_blocks_of_ianas_registries() {
        for (name, word) in WORDS {
            assert_eq!((Word::parse(name), word.name()), (Some(word), name));
            for net in word.nets() {
                assert_eq!(net.trunc(), *net, "{name}");
                let row = special(net.addr()).unwrap_or_else(|| panic!("{name}: {net} is in no registry"));
                assert_eq!(row.block, *net, "{name} stands for a block as it is registered ({})", row.source);
            }
        }
    }

    #[test]
    fn private_is_not_what_providers_share() {
        let private = Block::Word(Word::Private);
        for (ip, expected) in [
            ("10.255.255.255", true),
            ("172.31.0.1", true),
            ("172.32.0.0", false),
            ("192.168.0.1", true),
            ("fd12::1", true),
            ("fe80::1", false),
            ("100.64.0.1", false),
            ("127.0.0.1", false),
        ] {
            assert_eq!(private.contains(ip.parse().unwrap()), expected, "{ip}");
        }
    }
}
