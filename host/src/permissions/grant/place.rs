//! Places on the internet: `HOST:PORTS [in CIDR,…]`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::block::{self, Block, Shown, Word};
use super::error::Fault;
use super::name::NamePattern;
use super::numbers::Numbers;
use super::scan::{Scanner, Token};
use crate::permissions::numeric::numeric;

/// Who or what may be reached, or which local address may be taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) host: Host,
    pub(crate) ports: Numbers,
    /// `in CIDR,…`: where a name may lead besides public addresses.
    pub(crate) within: Vec<Block>,
}

/// The host part of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Host {
    /// `*`: every address of both families, special-use ones too; no name.
    Any,
    /// An address, a CIDR block, or a word for some; `localhost` is one (RFC 6761, section 6.3).
    Block(Block),
    /// What a name resolves to, if public.
    Name(NamePattern),
}

/// What kinds of host a verb takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hosts {
    /// A destination: addresses and names. 0.0.0.0 and :: aren't destinations.
    Destination,
    /// A local address: 0.0.0.0 and :: mean all of their family.
    Local,
}

/// What `in any` adds.
const EVERYTHING: [Block; 2] = [
    Block::Net(IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0))),
    Block::Net(IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0))),
];

impl Place {
    /// `*:*`
    pub(crate) fn anywhere() -> Self {
        Self { host: Host::Any, ports: Numbers::Any, within: Vec::new() }
    }

    pub(crate) fn address(ip: IpAddr, port: u16) -> Self {
        Self { host: Host::Block(ip.into()), ports: Numbers::one(port), within: Vec::new() }
    }

    pub(super) fn parse(scanner: &mut Scanner<'_>, hosts: Hosts) -> Result<Self, Fault> {
        let token = scanner.expect(match hosts {
            Hosts::Destination => "HOST:PORTS, such as api.example.com:443 or 10.0.0.0/8:*",
            Hosts::Local => "ADDRESS:PORTS, such as 127.0.0.1:8080 or 0.0.0.0:*",
        })?;
        let (host, ports) = split_ports(token)?;
        let host = Host::parse(host, hosts)?;
        let ports = Numbers::parse(ports, "a port", 65535)?;
        let mut within = Vec::new();
        if scanner.peek().is_some_and(|word| word.text == "in") {
            let word = scanner.expect("in")?;
            if !matches!(host, Host::Name(_)) {
                return Err(word.fault("the end of the line").hint("`in` narrows no address; it follows a name"));
            }
            for piece in scanner.expect("a block of addresses, such as 10.0.0.0/8, or `private`")?.commas() {
                match Block::parse_or_any(piece)? {
                    Some(block) => within.push(block),
                    None => within.extend(EVERYTHING),
                }
            }
        }
        Ok(Self { host, ports, within })
    }

    /// Whether everything of another place is this one's: addresses of addresses, names of names.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let host = match (&self.host, &other.host) {
            (Host::Name(mine), Host::Name(theirs)) => mine.covers(theirs),
            (Host::Name(_), _) => false,
            // A deny line about every address leaves a name nowhere to lead to.
            (Host::Any, _) => true,
            (Host::Block(mine), Host::Block(theirs)) => mine.covers(theirs),
            (Host::Block(_), _) => false,
        };
        host && self.ports.covers(&other.ports)
    }

    /// Whether an address is covered as such; a place that is a name covers none.
    pub(crate) fn covers_address(&self, ip: IpAddr) -> bool {
        match &self.host {
            Host::Any => true,
            Host::Block(block) => block.contains(ip),
            Host::Name(_) => false,
        }
    }

    /// The pattern, when this is a place by name.
    pub(crate) fn name(&self) -> Option<&NamePattern> {
        match &self.host {
            Host::Name(pattern) => Some(pattern),
            _ => None,
        }
    }
}

impl Host {
    fn parse(token: Token<'_>, hosts: Hosts) -> Result<Self, Fault> {
        if block::is_any(token.text) {
            return Ok(Self::Any);
        }
        let is_localhost =
            token.text.eq_ignore_ascii_case("localhost") || token.text.eq_ignore_ascii_case("localhost.");
        if let Some(word) = Word::parse(token.text).or(is_localhost.then_some(Word::Loopback)) {
            return Ok(Self::Block(Block::Word(word)));
        }
        let looks_like_an_address = token.text.contains([':', '/']) || numeric(token.text).is_some();
        if looks_like_an_address {
            let block = block::parse_net(token)?;
            if hosts == Hosts::Destination && block.addr().is_unspecified() && block.prefix_len() != 0 {
                let all = if block.addr().is_ipv4() { "0.0.0.0/0" } else { "[::/0]" };
                return Err(token
                    .fault("an address that can be a destination")
                    .hint(format!("write `localhost` for this machine, `{all}` for every address")));
            }
            return Ok(Self::Block(block.into()));
        }
        match (hosts, NamePattern::parse(token)?) {
            (Hosts::Destination, pattern) => Ok(Self::Name(pattern)),
            (Hosts::Local, _) => Err(token
                .fault("an address of this machine")
                .hint("a name can't be bound; write an address, `localhost`, or `*` for all of them")),
        }
    }
}

/// `HOST:PORTS` into its halves, without the brackets of `[v6]:ports` and `[v6/length]:ports`.
fn split_ports(token: Token<'_>) -> Result<(Token<'_>, Token<'_>), Fault> {
    const PORTS: &str = "a colon and ports (`:443`, `:1000-2000,8080` or `:*`)";
    let Some(colon) = token.text.rfind(':') else {
        return Err(token.fault_at_end(PORTS));
    };
    if !token.text.starts_with('[') {
        let (host, ports) = token.split_around(colon, 1);
        if host.text.contains(':') {
            return Err(token
                .fault("an IPv6 address in brackets")
                .hint("write `[2001:db8::1]:443`, or `[2001:db8::/32]:443` for a block"));
        }
        return Ok((host, ports));
    }
    let Some(close) = token.text.find(']') else {
        return Err(token.fault_at_end("`]`, which closes the IPv6 address"));
    };
    if close > colon {
        return Err(token.fault_at_end(PORTS));
    }
    let (_, inside) = token.split_around(0, 1);
    let (address, rest) = inside.split_around(close - 1, 1);
    let Some(start) = rest.text.find(':') else {
        return Err(token.fault_at_end(PORTS));
    };
    let (length, ports) = rest.split_around(start, 1);
    if !address.text.contains(':') {
        return Err(address.fault("an IPv6 address between the brackets"));
    }
    if length.text.is_empty() {
        return Ok((address, ports));
    }
    if address.text.contains('/') || !length.text.starts_with('/') {
        return Err(length.fault("a colon and ports after the bracket"));
    }
    Err(length
        .fault("the prefix length inside the brackets")
        .hint(format!("write `[{}{}]:{}`", address.text, length.text, ports.text)))
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Block(Block::Net(net @ IpNet::V6(_))) => write!(f, "[{}]", Shown(net)),
            Self::Block(Block::Word(Word::Loopback)) => f.write_str("localhost"),
            Self::Block(block) => block.fmt(f),
            // A host of that very name, which a dot at the end tells from the word.
            Self::Name(NamePattern::Exact(name)) if Word::parse(name).is_some() || block::is_any(name) => {
                write!(f, "{name}.")
            }
            Self::Name(pattern) => pattern.fmt(f),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.ports)?;
        for (index, block) in self.within.iter().enumerate() {
            write!(f, "{}{block}", if index == 0 { " in " } else { "," })?;
        }
        Ok(())
    }
}
