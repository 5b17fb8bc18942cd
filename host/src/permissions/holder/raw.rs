//! Raw and ping sockets: judged by blocks of addresses.
//!
//! A raw socket hears every packet of its protocol that reaches this machine, from the moment it is made. So it is
//! made only where a line speaks of it, and hears only those that it may send to.

use std::net::{IpAddr, SocketAddr};

use super::{Holder, Refusal, mismatch};
use crate::address::Address;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::fold;
use crate::permissions::grant::{Grant, Object, Verb};
use crate::permissions::permit::Target;
use crate::permissions::set::Permissions;
use crate::permissions::{Header, Transport};

/// The verbs that allow what such a socket does, and whose deny lines forbid it; the first is the one proposed.
pub(super) fn verbs(transport: Transport) -> Option<&'static [Verb]> {
    match transport {
        Transport::Icmp => Some(&[Verb::RawIcmp, Verb::RawIp]),
        Transport::Icmp6 => Some(&[Verb::RawIcmp6, Verb::RawIp]),
        Transport::Ip => Some(&[Verb::RawIp]),
        _ => None,
    }
}

impl Holder {
    /// May packets go there? What a translator or a tunnel leads to has to be allowed as well.
    pub(super) fn raw_destination(&self, verbs: &[Verb], to: SocketAddr) -> Result<(Target, Basis), Denial> {
        let given = fold::destination(to, self.given.nat64());
        let by = self.every(&format_args!("raw packets to {}", given.judged.ip()), |set, _| {
            let folded = fold::destination(to, set.nat64());
            folded.points().try_fold(Basis::NONE, |by, point| Ok(by.and(judge(set, verbs, point)?)))
        })?;
        Ok((Target::inet(&given), by))
    }

    /// May packets from there be heard? Exactly when some may go there.
    pub(super) fn hears_raw(&self, verbs: &[Verb], from: SocketAddr) -> bool {
        self.sets().all(|set| {
            let folded = fold::destination(from, set.nat64());
            folded.points().all(|point| matches!(rule(set, verbs, point), Rule::Allowed(_)))
        })
    }

    /// May a raw or ping socket take that local address? The wildcard is what it has anyway; any other is an end of
    /// what it exchanges, and so within the blocks too.
    pub(super) fn bind_raw(&self, transport: Transport, address: &Address) -> Result<(Target, Basis), Denial> {
        let (Some(verbs), Some(asked)) = (verbs(transport), address.as_inet()) else {
            return Err(mismatch(transport, address));
        };
        let folded = fold::local(asked);
        let ip = folded.judged.ip();
        let by = if ip.is_unspecified() {
            self.some_line(verbs, &format_args!("{transport} sockets"), Object::Block(None))?
        } else {
            self.every(&format_args!("{transport} bind {ip}"), |set, _| judge(set, verbs, ip))?
        };
        Ok((Target::inet(&folded), by))
    }

    /// May that packet go to `peer`, which was judged? Its header is the guest's own: it has to lead to the peer and
    /// to nobody else, and to come from `own`, the socket's own address, or leave that to the kernel.
    ///
    /// The header may name any protocol, so that only lines about all of them allow it.
    pub(crate) fn header(&self, header: &Header, peer: IpAddr, own: Option<IpAddr>) -> Result<Basis, Denial> {
        let refuse = |what: String| Err(Denial::fixed(format!("a header of the guest's own {what}")));
        let peer = fold::address(peer);
        if header.destination != peer {
            return refuse(format!("leads to {} and not to {peer}, which was judged", header.destination));
        }
        if header.has_extensions {
            return refuse("has options or extension headers, which can lead on to others".to_owned());
        }
        if !header.source.is_unspecified() && own != Some(header.source) {
            return refuse(format!("claims to come from {}, which the socket isn't bound to", header.source));
        }
        self.raw_destination(&[Verb::RawIp], SocketAddr::new(peer, 0)).map(|(_, by)| by)
    }
}

/// What one set of lines says of an address.
enum Rule<'a> {
    Allowed(&'a Grant),
    Forbidden(&'a Grant),
    Uncovered,
}

fn rule<'a>(set: &'a Permissions, verbs: &[Verb], ip: IpAddr) -> Rule<'a> {
    // Raw packets have no ports: a block's line is about all of them.
    let denied = verbs.iter().filter_map(|verb| set.denying_at(*verb, ip, 0)).min_by_key(|(at, _)| *at);
    match denied {
        Some((_, rule)) => Rule::Forbidden(rule),
        None => {
            let allowing = verbs.iter().find_map(|verb| set.allowing_at(*verb, ip, 0));
            allowing.map_or(Rule::Uncovered, Rule::Allowed)
        }
    }
}

fn judge(set: &Permissions, verbs: &[Verb], ip: IpAddr) -> Result<Basis, Refusal> {
    let verb = verbs.first().copied().unwrap_or(Verb::RawIp);
    match rule(set, verbs, ip) {
        Rule::Allowed(line) => Ok(set.basis(line)),
        Rule::Forbidden(rule) => Err(Refusal::forbidden(rule)),
        Rule::Uncovered => Err(Refusal::missing(
            format!("no grant covers {verb} with {ip}"),
            Grant { verb, object: Object::Block(Some(ip.into())) },
        )),
    }
}
