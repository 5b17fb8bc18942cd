//! Names: looking them up, and remembering what they resolved to.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use super::{Holder, Refusal, inet_verb};
use crate::permissions::Transport;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::fold;
use crate::permissions::grant::{Grant, Host, NamePattern, Numbers, Object, Place, Verb, WrongName, normal};
use crate::permissions::index::keys_of_name;
use crate::permissions::permit::{Permit, op};
use crate::permissions::set::Permissions;

/// The verbs of the lines that allow a look-up: its own, and those whose places can be names.
const LOOKED_UP: [Verb; 4] = [Verb::DnsLookup, Verb::TcpConnect, Verb::SctpConnect, Verb::UdpSend];

impl Holder {
    /// May that name be looked up? By a `dns lookup` line, or to use a line that names it. Numeric spellings are no
    /// names: [`numeric`](crate::permissions::numeric) takes them first.
    ///
    /// `localhost` needs no line: resolvers answer it themselves (RFC 6761, section 6.3), so it carries nothing out.
    pub(crate) fn lookup(&self, host: &str) -> Result<Permit<op::Lookup>, Denial> {
        self.look_up(host, None)
    }

    /// As [`lookup`](Self::lookup), when the name is about to be connected to or sent to: a refusal proposes the line
    /// for that, which the look-up follows from.
    pub(crate) fn lookup_for(&self, host: &str, transport: Transport, port: u16) -> Result<Permit<op::Lookup>, Denial> {
        self.look_up(host, inet_verb(transport).map(|verb| (verb, port)))
    }

    fn look_up(&self, host: &str, purpose: Option<(Verb, u16)>) -> Result<Permit<op::Lookup>, Denial> {
        let name = normal(host).map_err(|wrong| {
            let host = host.escape_debug();
            Denial::fixed(match wrong {
                WrongName::NotAscii => {
                    format!("`{host}` is not ASCII; ask for its punycode form, `xn--…` (RFC 5891)")
                }
                WrongName::Number => {
                    format!("`{host}` would be taken for an address, and isn't one")
                }
                WrongName::Star | WrongName::Syntax => format!("`{host}` is not a host name"),
            })
        })?;
        let by = self.every(&format_args!("dns lookup of {name}"), |set, _| {
            let keys = keys_of_name(&name);
            let denies = |line: &Grant| is_lookup_of(line, &name);
            if let Some((_, rule)) = set.denying_about(&[Verb::DnsLookup], keys.clone(), denies) {
                return Err(Refusal::forbidden(rule));
            }
            let allows = |line: &Grant| is_lookup_of(line, &name) || implies(set, line, &name);
            if let Some(line) = set.allowing_about(&LOOKED_UP, keys, allows) {
                return Ok(set.basis(line));
            }
            if name == "localhost" {
                return Ok(Basis::NONE);
            }
            // Where the name is denied for what it is looked up for, a line that allows the look-up leads nowhere.
            let denied = purpose.and_then(|(verb, port)| {
                let denies = |place: &Place| place.ports.contains(port);
                set.denying(&[verb], |rule| names(rule, &name) && rule.place().is_some_and(denies))
            });
            if let Some(rule) = denied {
                return Err(Refusal::forbidden(rule));
            }
            let pattern = NamePattern::Exact(name.clone());
            let proposed = match purpose {
                // A deny line may have taken the implied look-up away; then the plain line is the one that helps.
                Some((verb, port)) => {
                    let place =
                        Place { host: Host::Name(pattern.clone()), ports: Numbers::one(port), within: Vec::new() };
                    Some(Grant { verb, object: Object::Place(place) }).filter(|line| implies(set, line, &name))
                }
                None => None,
            };
            let reason = match &proposed {
                Some(Grant { verb, .. }) => {
                    format!("no grant covers {verb} to {name}, nor looking it up")
                }
                None => format!("no grant covers dns lookup of {name}"),
            };
            let lookup = Grant { verb: Verb::DnsLookup, object: Object::Name(pattern) };
            Err(Refusal::missing(reason, proposed.unwrap_or(lookup)))
        })?;
        Ok(Permit::new(name, by))
    }

    /// May that address's name be looked up?
    pub(crate) fn reverse(&self, ip: IpAddr) -> Result<Permit<op::Reverse>, Denial> {
        let ip = fold::address(ip);
        let by = self.block(Verb::DnsReverse, ip)?;
        Ok(Permit::new(ip, by))
    }

    /// Remembers what a name resolved to; the longest if a line about destinations names it, a deny line too. Others are
    /// for sockets that are restricted to them later.
    pub(crate) fn learn(&mut self, host: &str, answers: &[IpAddr], now: Instant) {
        let Ok(permit) = self.lookup(host) else {
            return;
        };
        let name = permit.target().as_str();
        let names_it = |line: &Grant| names(line, name);
        let named = self.sets().any(|set| set.grants().chain(set.denials()).any(names_it));
        Arc::make_mut(&mut self.memory).learn(name, named, answers.iter().copied().map(fold::address), now);
    }
}

fn is_lookup_of(line: &Grant, name: &str) -> bool {
    match &line.object {
        Object::Name(pattern) => pattern.matches(name),
        _ => false,
    }
}

fn names(line: &Grant, name: &str) -> bool {
    line.place().and_then(Place::name).is_some_and(|pattern| pattern.matches(name))
}

/// Whether a line needs the look-up: it names the name, and no deny line of its verb leaves it without a port.
fn implies(set: &Permissions, line: &Grant, name: &str) -> bool {
    let Some(place) = line.place().filter(|_| names(line, name)) else {
        return false;
    };
    let whole = |rule: &Grant| rule.place().is_some_and(|denied| denied.ports.covers(&place.ports));
    set.denying(&[line.verb], |rule| names(rule, name) && whole(rule)).is_none()
}
