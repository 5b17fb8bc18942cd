//! What one guest holds, and the questions it is asked.
//!
//! The first set of lines is what the guest was given; each restriction adds a set, and all of them must allow a
//! request. Deny lines win within their set.

mod alg;
mod bluetooth;
mod can;
mod destination;
mod kinds;
mod local;
mod names;
mod netlink;
mod nodes;
mod packet;
mod passing;
mod qipcrtr;
mod raw;
mod rds;
mod sctp;
mod tipc;
mod unix;
mod vsock;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use super::basis::{Basis, Rule};
use super::denial::Denial;
use super::fold;
use super::grant::{Grant, Object, Verb};
use super::index;
use super::memory::Memory;
use super::permit::{Bound, Permit, Sort, Target, op};
use super::restrictions::Restrictions;
use super::set::Permissions;
use super::{Machine, Transport};
use crate::address::{Address, TipcAddress};
use destination::Question;
use kinds::{inet_verb, lines_to_create, mismatch};

/// The permissions of one guest, with the answers of its look-ups.
#[derive(Debug, Default)]
pub(crate) struct Holder {
    given: Permissions,
    restrictions: Restrictions,
    /// Shared with those that are [narrowed](Holder::narrowed) for one decision.
    memory: Arc<Memory>,
}

/// Why one set of lines refuses, and the line that would change that, if one would.
// Its lines in boxes, since every look at every set has room for one.
struct Refusal {
    reason: String,
    grant: Option<Box<Grant>>,
    /// The deny line that decided.
    denied: Option<Box<Grant>>,
}

impl Refusal {
    fn missing(reason: String, grant: Grant) -> Self {
        Self { reason, grant: Some(Box::new(grant)), denied: None }
    }

    fn fixed(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), grant: None, denied: None }
    }

    fn forbidden(rule: &Grant) -> Self {
        Self { denied: Some(Box::new(rule.clone())), ..Self::fixed(format!("`deny {rule}` forbids it")) }
    }

    fn denial(self, asked: &dyn fmt::Display) -> Denial {
        match self.grant {
            Some(grant) => Denial::missing(self.reason, &grant),
            None => {
                let rule = self.denied.map_or(Rule::Host, |rule| Rule::Deny(*rule));
                Denial::ruled(format!("{asked}: {}", self.reason), rule)
            }
        }
    }
}

impl Holder {
    pub(crate) fn new(permissions: Permissions) -> Self {
        Self { given: permissions, ..Self::default() }
    }

    /// With what it was given, of which it has what `most` allows as well.
    pub(crate) fn within(permissions: Permissions, most: Permissions) -> Self {
        Self { given: permissions, restrictions: Restrictions::from(most), ..Self::default() }
    }

    /// Gives up for good what `permissions` doesn't allow.
    ///
    /// # Errors
    ///
    /// When there are too many restrictions: see [`Restrictions::add`].
    pub(crate) fn restrict(&mut self, permissions: Permissions) -> Result<(), Denial> {
        self.restrictions.add(permissions)
    }

    /// What may be done with a socket that was restricted: what is held, less that.
    pub(crate) fn narrowed(&self, socket: &Restrictions) -> Self {
        Self {
            given: self.given.clone(),
            restrictions: self.restrictions.with(socket),
            memory: Arc::clone(&self.memory),
        }
    }

    /// Whether any name has resolved to an address, so that the time matters to what is judged.
    pub(crate) fn remembers_answers(&self) -> bool {
        !self.memory.is_empty()
    }

    /// Allows what a line says from now on, as if it had been given; what isn't a line changes nothing.
    pub(crate) fn grant(&mut self, line: &str) {
        if let Ok(builder) = self.given.to_builder().allow(line) {
            self.given = builder.build();
        }
    }

    /// The rule that a request was allowed by.
    pub(crate) fn rule(&self, by: &Basis) -> Rule {
        self.given.rule(by)
    }

    /// The lines that are held; those of restrictions follow with `only` in front.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.given.written().collect();
        for restriction in self.restrictions.sets() {
            let before = lines.len();
            lines.extend(restriction.written().map(|line| format!("only {line}")));
            if lines.len() == before {
                lines.push("only nothing".to_owned());
            }
        }
        lines
    }

    /// May a socket be made? Those that hear or change something by being there need a line that speaks of them, the
    /// others none: they are judged by what they do.
    pub(crate) fn create(&self, transport: Transport, sort: Sort) -> Result<Permit<op::Create>, Denial> {
        let kind = format_args!("{transport} sockets");
        let by = match (transport, raw::verbs(transport), lines_to_create(transport)) {
            (Transport::Packet, ..) => return self.create_packet(sort),
            (Transport::Netlink(family), ..) => self.create_netlink(family)?,
            (_, Some(verbs), _) => self.some_line(verbs, &kind, Object::Block(None))?,
            (_, None, Some((verbs, object))) => self.some_line(verbs, &kind, object)?,
            _ => Basis::NONE,
        };
        Ok(Permit::new(sort, by))
    }

    /// May a socket connect there? For datagram sockets this is the grant to send.
    pub(crate) fn connect(
        &self,
        transport: Transport,
        address: &Address,
        machine: &Machine,
        now: Instant,
    ) -> Result<Permit<op::Connect>, Denial> {
        // CAN's broadcast manager would take it for every interface.
        if *address == Address::Unspecified && !transport.is_can() {
            return Ok(Permit::new(Target::Unspecified, Basis::NONE));
        }
        self.destination(transport, address, machine, now).map(|(target, by)| Permit::new(target, by))
    }

    /// May a datagram go there? On a connection-oriented socket (`MSG_FASTOPEN`) this is the grant to connect.
    pub(crate) fn send(
        &self,
        transport: Transport,
        address: &Address,
        machine: &Machine,
        now: Instant,
    ) -> Result<Permit<op::Send>, Denial> {
        self.destination(transport, address, machine, now).map(|(target, by)| Permit::new(target, by))
    }

    /// May an unconnected datagram socket without a bind grant hear from that peer? Exactly when it may send there.
    /// A Unix socket has no name to be sent to without a grant, so what it hears it was meant to.
    pub(crate) fn hears(&self, transport: Transport, from: &Address, machine: &Machine, now: Instant) -> bool {
        match (transport, from) {
            (Transport::Packet, Address::Packet(from)) => return self.captures(from),
            (Transport::Netlink(family), Address::Netlink(from)) => return self.hears_netlink(family, *from),
            (Transport::Vsock, Address::Vsock(from)) => return self.vsock_connect(*from).is_ok(),
            (Transport::Qipcrtr, Address::Qipcrtr(from)) => return self.hears_qipcrtr(*from),
            (Transport::TipcMessages, Address::Tipc(_)) => return true,
            (_, Address::Bluetooth(from)) => return self.bluetooth_connect(transport, *from).is_ok(),
            _ => {}
        }
        if let Some(verbs) = raw::verbs(transport) {
            return from.as_inet().is_some_and(|from| self.hears_raw(verbs, from));
        }
        match (from.as_inet(), inet_verb(transport)) {
            (Some(from), Some(verb)) => self.sets().all(|set| {
                let folded = fold::destination(from, set.nat64());
                Question { verb, folded: &folded, memory: &self.memory, machine, now }.judge(set).is_ok()
            }),
            (None, None) => transport == Transport::Unix,
            _ => false,
        }
    }

    /// May a datagram socket answer a peer that it heard, `bound` being its bind permit? Yes when a bind grant still
    /// covers the socket's address; deny lines stay in force. The caller vouches for having heard the peer, and gives a
    /// Unix path in the guest's spelling.
    pub(crate) fn answer(
        &self,
        bound: &Permit<op::Bind>,
        transport: Transport,
        heard: &Address,
    ) -> Result<Permit<op::Send>, Denial> {
        if matches!(transport, Transport::Tcp | Transport::Tipc) {
            // What a listening grant lets in is accepted; reaching out (MSG_FASTOPEN) is a connect.
            return Err(mismatch(transport, heard));
        }
        let asked = format!("{transport} answer to {heard}");
        let listens = bound.request().and_then(|(address, dual_stack)| self.bind(transport, address, dual_stack).ok());
        let Some(listens) = listens.filter(Permit::hears_anyone) else {
            return Err(Denial::fixed(format!("no bind grant covers the socket, so it has no {asked}")));
        };
        let by = listens.by().clone();
        match (heard, heard.as_inet(), inet_verb(transport)) {
            (_, Some(peer), Some(verb)) => {
                let folded = fold::destination(peer, self.given.nat64());
                self.every(&asked, |set, _| {
                    let folded = fold::destination(peer, set.nat64());
                    match destination::forbidding(set, verb, &folded, &self.memory) {
                        Some(rule) => Err(Refusal::forbidden(rule)),
                        None => Ok(Basis::NONE),
                    }
                })?;
                Ok(Permit::new(Target::inet(&folded), by))
            }
            (Address::Tipc(peer @ TipcAddress::Socket { .. }), ..) if transport == Transport::TipcMessages => {
                Ok(Permit::new(self.tipc_answer(*peer)?, by))
            }
            (Address::Qipcrtr(peer), ..) if transport == Transport::Qipcrtr => {
                Ok(Permit::new(self.qipcrtr_answer(*peer)?, by))
            }
            (Address::Unix(peer), ..) if transport == Transport::Unix => {
                self.unix_answer(&asked, peer).map(|(target, peers)| Permit::new(target, by.and(peers)))
            }
            _ => Err(mismatch(transport, heard)),
        }
    }

    /// May a socket take that local address? `dual_stack`: an `AF_INET6` socket without IPV6_V6ONLY.
    pub(crate) fn bind(
        &self,
        transport: Transport,
        address: &Address,
        dual_stack: bool,
    ) -> Result<Permit<op::Bind>, Denial> {
        let ((target, by), hears_anyone) = match (transport, address) {
            (Transport::Unix, Address::Unix(name)) => (self.unix(Verb::UnixListen, name)?, true),
            (Transport::Tcp, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&local::TCP_BIND, address, dual_stack)?
            }
            (Transport::Udp, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&local::UDP_BIND, address, dual_stack)?
            }
            (Transport::Icmp | Transport::Icmp6 | Transport::Ip, Address::Inet(_) | Address::Inet6(_)) => {
                (self.bind_raw(transport, address)?, false)
            }
            (Transport::Packet, Address::Packet(at)) => self.bind_packet(at)?,
            (Transport::Netlink(family), Address::Netlink(at)) => (self.bind_netlink(family, *at)?, false),
            (Transport::Vsock, Address::Vsock(at)) => (self.vsock_listen(*at)?, true),
            (Transport::Alg, Address::Alg(at)) => (self.alg(at)?, true),
            (Transport::Tipc | Transport::TipcMessages, Address::Tipc(at)) => (self.tipc_bind(*at)?, true),
            (Transport::Qipcrtr, Address::Qipcrtr(at)) => self.qipcrtr_bind(*at)?,
            (_, Address::Can(at)) => (self.can(transport, at)?, true),
            (_, Address::Bluetooth(at)) => self.bluetooth_bind(transport, *at)?,
            (Transport::Rds, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&rds::BIND, address, dual_stack)?
            }
            (Transport::Sctp, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&sctp::BIND, address, dual_stack)?
            }
            _ => return Err(mismatch(transport, address)),
        };
        Ok(Permit::bound(target, by, Bound { hears_anyone, dual_stack, asked: address.clone() }))
    }

    /// May a socket accept connections at that address? It is the one that the guest asked bind for; for a socket that
    /// was never bound, or only bound by the kernel itself, the wildcard with port 0.
    pub(crate) fn listen(
        &self,
        transport: Transport,
        address: &Address,
        dual_stack: bool,
    ) -> Result<Permit<op::Listen>, Denial> {
        let (target, by) = match (transport, address) {
            (Transport::Unix, Address::Unix(name)) => self.unix(Verb::UnixListen, name)?,
            (Transport::Vsock, Address::Vsock(at)) => self.vsock_listen(*at)?,
            (Transport::Tipc, Address::Tipc(at)) => self.tipc_bind(*at)?,
            (Transport::Tipc, Address::Unspecified) => self.tipc_listen_unbound()?,
            (_, Address::Bluetooth(at)) => self.bluetooth_listen(transport, *at)?,
            (Transport::Sctp, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&sctp::LISTEN, address, dual_stack)?.0
            }
            (Transport::Tcp, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&local::TCP_LISTEN, address, dual_stack)?.0
            }
            _ => return Err(mismatch(transport, address)),
        };
        Ok(Permit::new(target, by))
    }

    /// May a datagram be sent from that address of this machine, or through one of its interfaces? It is a bind to that
    /// address for one datagram; to pick an interface alone, one to the wildcard. What the kernel would pick by itself is
    /// no excuse here: whoever asks doesn't want that.
    pub(crate) fn source(&self, transport: Transport, address: &Address) -> Result<Permit<op::Source>, Denial> {
        let (target, by) = match (transport, address) {
            (Transport::Udp, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_inet(&local::UDP_SOURCE, address, false)?.0
            }
            (Transport::Icmp | Transport::Icmp6 | Transport::Ip, Address::Inet(_) | Address::Inet6(_)) => {
                self.bind_raw(transport, address)?
            }
            _ => return Err(mismatch(transport, address)),
        };
        Ok(Permit::new(target, by))
    }

    /// May a socket join that multicast group?
    pub(crate) fn join(&self, group: IpAddr) -> Result<Permit<op::Join>, Denial> {
        let group = fold::address(group);
        let by = self.block(Verb::UdpJoin, group)?;
        Ok(Permit::new(group, by))
    }

    /// May an option of the granted tier be set?
    pub(crate) fn option(&self, name: &str) -> Result<Permit<op::SetOption>, Denial> {
        let wanted = Grant::word(Verb::Option, name);
        let by = self.plain(&wanted)?;
        Ok(Permit::new(name.to_owned(), by))
    }

    /// What is said of an option that no guest may have.
    pub(crate) fn refused_option(name: &str, why: &str) -> Denial {
        Denial::fixed(format!("no guest may use {name}: {why}"))
    }

    /// May the network interfaces be listed?
    pub(crate) fn interfaces(&self) -> Result<Permit<op::Interfaces>, Denial> {
        let by = self.plain(&Grant { verb: Verb::Interfaces, object: Object::Nothing })?;
        Ok(Permit::new((), by))
    }

    /// May this machine's name be read?
    pub(crate) fn hostname(&self) -> Result<Permit<op::Hostname>, Denial> {
        let by = self.plain(&Grant { verb: Verb::Hostname, object: Object::Nothing })?;
        Ok(Permit::new((), by))
    }

    /// May this machine's name be changed?
    pub(crate) fn set_hostname(&self) -> Result<Permit<op::SetHostname>, Denial> {
        let by = self.plain(&Grant { verb: Verb::SetHostname, object: Object::Nothing })?;
        Ok(Permit::new((), by))
    }

    fn destination(
        &self,
        transport: Transport,
        address: &Address,
        machine: &Machine,
        now: Instant,
    ) -> Result<(Target, Basis), Denial> {
        match (transport, address) {
            (Transport::Packet, Address::Packet(to)) => return self.send_packet(to),
            (Transport::Netlink(_), Address::Netlink(to)) => return Ok((netlink::destination(*to)?, Basis::NONE)),
            (Transport::Vsock, Address::Vsock(to)) => return self.vsock_connect(*to),
            (Transport::Tipc, Address::Tipc(to)) => return self.tipc_destination(Verb::TipcConnect, *to),
            (Transport::TipcMessages, Address::Tipc(to)) => return self.tipc_destination(Verb::TipcSend, *to),
            (Transport::Qipcrtr, Address::Qipcrtr(to)) => return self.qipcrtr_send(*to),
            (_, Address::Can(to)) => return self.can(transport, to),
            (_, Address::Bluetooth(to)) => return self.bluetooth_connect(transport, *to),
            _ => {}
        }
        if let (Some(verbs), Some(to)) = (raw::verbs(transport), address.as_inet()) {
            return self.raw_destination(verbs, to);
        }
        match (address, address.as_inet(), inet_verb(transport)) {
            (_, Some(to), Some(verb)) => self.inet_destination(verb, to, machine, now),
            (Address::Unix(name), ..) if transport == Transport::Unix => self.unix(Verb::UnixConnect, name),
            _ => Err(mismatch(transport, address)),
        }
    }

    fn inet_destination(
        &self,
        verb: Verb,
        to: SocketAddr,
        machine: &Machine,
        now: Instant,
    ) -> Result<(Target, Basis), Denial> {
        let given = fold::destination(to, self.given.nat64());
        let by = self.every(&format_args!("{verb} to {}", given.judged), |set, _| {
            let folded = fold::destination(to, set.nat64());
            let question = Question { verb, folded: &folded, memory: &self.memory, machine, now };
            question.judge(set).map_err(|why| question.explain(set, &why))
        })?;
        Ok((Target::inet(&given), by))
    }

    /// All sets of lines: what was given and each restriction.
    fn sets(&self) -> impl Iterator<Item = &Permissions> {
        std::iter::once(&self.given).chain(self.restrictions.sets())
    }

    /// Asks every set; the first refusal is the answer, or else the lines that allow it of what was given. `judge` is told
    /// whether the set is a restriction.
    fn every(
        &self,
        asked: &dyn fmt::Display,
        judge: impl Fn(&Permissions, bool) -> Result<Basis, Refusal>,
    ) -> Result<Basis, Denial> {
        let by = judge(&self.given, false).map_err(|refusal| refusal.denial(asked))?;
        for (restriction, number) in self.restrictions.sets().zip(1..) {
            judge(restriction, true).map_err(|refusal| {
                let reason = format!("{}, since the guest gave it up", refusal.denial(asked).reason());
                Denial::ruled(reason, Rule::Restriction(number))
            })?;
        }
        Ok(by)
    }

    /// Judges whether there is any line of these verbs; the first of them is proposed, with that object.
    fn some_line(&self, verbs: &[Verb], asked: &dyn fmt::Display, object: Object) -> Result<Basis, Denial> {
        self.every(asked, |set, _| match set.allowing(verbs, |_| true) {
            Some(line) => Ok(set.basis(line)),
            None => {
                let verb = verbs.first().copied().unwrap_or(Verb::RawIp);
                Err(Refusal::missing(format!("no grant is about {asked}"), Grant { verb, object: object.clone() }))
            }
        })
    }

    /// Judges a word by the lines of a verb. No word stands for all of them, which only `*` allows and any deny line
    /// forbids.
    fn word(&self, verb: Verb, word: Option<&str>) -> Result<Basis, Denial> {
        let wanted = Grant { verb, object: Object::Word(word.map(str::to_owned)) };
        let denies = |line: &Grant| match &line.object {
            Object::Word(Some(denied)) => word.is_none_or(|word| word == denied),
            Object::Word(None) => true,
            _ => false,
        };
        let allows = |line: &Grant| match &line.object {
            Object::Word(Some(allowed)) => word == Some(allowed.as_str()),
            Object::Word(None) => true,
            _ => false,
        };
        self.by_lines(&wanted, denies, allows)
    }

    /// Judges what a line either is or isn't.
    fn plain(&self, wanted: &Grant) -> Result<Basis, Denial> {
        self.by_lines(wanted, |line| line == wanted, |line| line == wanted)
    }

    /// Judges by lines of a verb: none may deny it and one has to allow it. `wanted`, of that verb, is the one proposed.
    fn by_lines(
        &self,
        wanted: &Grant,
        denies: impl Fn(&Grant) -> bool,
        allows: impl Fn(&Grant) -> bool,
    ) -> Result<Basis, Denial> {
        let (verb, key) = ([wanted.verb], index::key(&wanted.object));
        let keys = key.iter().map(Vec::as_slice);
        self.every(wanted, |set, _| {
            // What has no key is everything at once, which any deny line is about.
            let rule = match key {
                Some(_) => set.denying_about(&verb, keys.clone(), &denies).map(|(_, rule)| rule),
                None => set.denying(&verb, &denies),
            };
            if let Some(rule) = rule {
                return Err(Refusal::forbidden(rule));
            }
            match set.allowing_about(&verb, keys.clone(), &allows) {
                Some(line) => Ok(set.basis(line)),
                None => Err(Refusal::missing(format!("no grant covers {wanted}"), wanted.clone())),
            }
        })
    }

    /// Judges an address by the lines of a verb that are about blocks.
    fn block(&self, verb: Verb, ip: IpAddr) -> Result<Basis, Denial> {
        self.every(&format_args!("{verb} {ip}"), |set, _| {
            if let Some((_, rule)) = set.denying_at(verb, ip, 0) {
                return Err(Refusal::forbidden(rule));
            }
            match set.allowing_at(verb, ip, 0) {
                Some(line) => Ok(set.basis(line)),
                None => Err(Refusal::missing(
                    format!("no grant covers {verb} of {ip}"),
                    Grant { verb, object: Object::Block(Some(ip.into())) },
                )),
            }
        })
    }
}

#[cfg(test)]
mod tests;
