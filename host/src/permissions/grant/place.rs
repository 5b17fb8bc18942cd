//! Places on the internet: `HOST:PORTS [in CIDR,…]`, and blocks of addresses alone.

use std::fmt;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

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
    pub(crate) within: Vec<IpNet>,
}

/// The host part of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Host {
    /// `*`: every address of both families, special-use ones too; no name.
    Any,
    /// An address or a CIDR block.
    Block(IpNet),
    /// 127.0.0.0/8 and ::1 (RFC 6761, section 6.3).
    Localhost,
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
            for piece in scanner.expect("a block of addresses, such as 10.0.0.0/8")?.commas() {
                within.push(parse_block(piece)?);
            }
        }
        Ok(Self { host, ports, within })
    }

    /// Whether an address is covered as such; a place that is a name covers none.
    pub(crate) fn covers_address(&self, ip: IpAddr) -> bool {
        match &self.host {
            Host::Any => true,
            Host::Block(block) => block.contains(&ip),
            Host::Localhost => ip.is_loopback(),
            Host::Name(_) => false,
        }
    }

    /// Whether this place is that one address and no other.
    pub(crate) fn is_exactly(&self, ip: IpAddr) -> bool {
        matches!(&self.host, Host::Block(block) if *block == IpNet::from(ip))
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
        if token.text == "*" {
            return Ok(Self::Any);
        }
        if token.text.eq_ignore_ascii_case("localhost") || token.text.eq_ignore_ascii_case("localhost.") {
            return Ok(Self::Localhost);
        }
        let looks_like_an_address = token.text.contains([':', '/']) || numeric(token.text).is_some();
        if looks_like_an_address {
            let block = parse_block(token)?;
            if hosts == Hosts::Destination && block.addr().is_unspecified() && block.prefix_len() != 0 {
                let all = if block.addr().is_ipv4() { "0.0.0.0/0" } else { "[::/0]" };
                return Err(token
                    .fault("an address that can be a destination")
                    .hint(format!("write `localhost` for this machine, `{all}` for every address")));
            }
            return Ok(Self::Block(block));
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

/// An address or a CIDR block, or `*`.
pub(super) fn parse_any_block(token: Token<'_>) -> Result<Option<IpNet>, Fault> {
    if token.text == "*" { Ok(None) } else { parse_block(token).map(Some) }
}

/// An address or a CIDR block, in the form in which requests are judged: what could match nothing is an error, since
/// a deny line that matches nothing is a hole.
pub(super) fn parse_block(token: Token<'_>) -> Result<IpNet, Fault> {
    const EXPECTED: &str = "an IP address or a block such as 10.0.0.0/8 or 2001:db8::/32";
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

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Block(block @ IpNet::V4(_)) => Shown(block).fmt(f),
            Self::Block(block @ IpNet::V6(_)) => write!(f, "[{}]", Shown(block)),
            Self::Localhost => f.write_str("localhost"),
            Self::Name(pattern) => pattern.fmt(f),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.ports)?;
        for (index, block) in self.within.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { " in " } else { "," }, Shown(block))?;
        }
        Ok(())
    }
}
