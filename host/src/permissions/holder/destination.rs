//! Destinations on the internet: by address, or by a name that resolved to it.

use std::net::IpAddr;
use std::time::Instant;

use super::Refusal;
use crate::permissions::Machine;
use crate::permissions::basis::Basis;
use crate::permissions::fold::Folded;
use crate::permissions::grant::{Block, Grant, Host, NamePattern, Numbers, Object, Place, Verb};
use crate::permissions::index::keys_of_name;
use crate::permissions::memory::{Answer, Memory};
use crate::permissions::set::Permissions;
use crate::permissions::special::{is_metadata, special};

/// A destination to be judged by one set of lines.
pub(super) struct Question<'a> {
    pub(super) verb: Verb,
    pub(super) folded: &'a Folded,
    pub(super) memory: &'a Memory,
    pub(super) machine: &'a Machine,
    pub(super) now: Instant,
}

/// Why a set of lines refuses a destination. Made for every refused datagram, so it is cheap; [`Question::explain`]
/// makes words of it.
pub(super) enum Why<'a> {
    Forbidden(&'a Grant),
    Uncovered,
    /// A name that resolved to it is granted, for other ports.
    OtherPort(&'a Answer),
    /// A granted name resolved to it too long ago.
    Forgotten(&'a Answer),
    /// A granted name resolved to it just now, and grants by name don't reach it.
    OutOfReach(&'a Answer, IpAddr),
}

/// The deny line that forbids a destination, by one of its addresses or by a name that resolved to it. A denied
/// name's answers are remembered past the time limit: the limit exists to allow less.
pub(super) fn forbidding<'a>(set: &'a Permissions, verb: Verb, folded: &Folded, memory: &Memory) -> Option<&'a Grant> {
    // Most policies deny nothing, and every datagram asks.
    set.denies(verb).then_some(())?;
    let port = folded.judged.port();
    let by_address = folded.points().filter_map(|point| set.denying_at(verb, point, port));
    let by_name = folded.points().flat_map(|point| memory.of(point)).filter_map(|answer| {
        let forbids = |place: &Place| place.ports.contains(port);
        set.denying_about(&[verb], keys_of_name(&answer.name), |line| line.place().is_some_and(forbids))
    });
    by_address.chain(by_name).min_by_key(|(at, _)| *at).map(|(_, rule)| rule)
}

impl<'a> Question<'a> {
    /// The lines of the set that allow it.
    pub(super) fn judge<'s>(&self, set: &'s Permissions) -> Result<Basis, Why<'s>>
    where
        'a: 's,
    {
        let (ip, port) = (self.folded.judged.ip(), self.folded.judged.port());
        if let Some(rule) = forbidding(set, self.verb, self.folded, self.memory) {
            return Err(Why::Forbidden(rule));
        }
        // A line that names this one address says plainly what it means, also when IPv4 is written inside it.
        let by_address = |by: Basis, point| self.granted(set, point).map(|line| by.and(set.basis(line)));
        if let Some(by) = self.folded.points().try_fold(Basis::NONE, by_address) {
            return Ok(by);
        }
        if let Some(line) = set.allowing_exactly(self.verb, ip, port) {
            return Ok(set.basis(line));
        }
        let (mut why, verbs) = (Why::Uncovered, [self.verb]);
        for answer in self.memory.of(ip) {
            let lines = set.allowed_about(&verbs, keys_of_name(&answer.name));
            for (line, place) in lines.filter_map(|(_, line)| Some((line, line.place()?))) {
                let fresh = answer.is_fresh(set.remember(), self.now);
                why = match self.unreached(set, place).next() {
                    _ if !place.ports.contains(port) => match why {
                        Why::Uncovered if fresh => Why::OtherPort(answer),
                        better => better,
                    },
                    _ if !fresh => Why::Forgotten(answer),
                    None => {
                        // Those by address beside it, where the name alone doesn't reach what is inside an address.
                        let beside = self.folded.points().filter(|point| !self.reaches(place, *point));
                        let others = beside.filter_map(|point| self.granted(set, point));
                        return Ok(others.fold(set.basis(line), |by, line| by.and(set.basis(line))));
                    }
                    Some(point) => Why::OutOfReach(answer, point),
                };
            }
        }
        Err(why)
    }

    /// The line by address that covers the point.
    fn granted<'s>(&self, set: &'s Permissions, point: IpAddr) -> Option<&'s Grant> {
        set.allowing_at(self.verb, point, self.folded.judged.port())
    }

    /// The points that a line by name doesn't reach, and none by address covers.
    fn unreached(&self, set: &Permissions, place: &Place) -> impl Iterator<Item = IpAddr> {
        self.folded.points().filter(move |point| !self.reaches(place, *point) && self.granted(set, *point).is_none())
    }

    /// Whether a line by name leads to this address: a public one that isn't this machine's own, or one in the blocks
    /// that the line adds. Metadata addresses have to be named alone, not swept in with a wider block.
    fn reaches(&self, place: &Place, point: IpAddr) -> bool {
        if is_metadata(point) {
            return place.within.contains(&Block::from(point));
        }
        let nat64 = self.folded.translated && point == self.folded.judged.ip();
        let public = (nat64 || special(point).is_none()) && !self.machine.own_addresses.contains(&point);
        public || place.within.iter().any(|block| block.contains(point))
    }

    /// The refusal in words, with the line that would lift it.
    pub(super) fn explain(&self, set: &Permissions, why: &Why<'_>) -> Refusal {
        let (verb, to) = (self.verb, self.folded.judged);
        let by_address = Grant::at(verb, to.ip(), to.port());
        match why {
            Why::Forbidden(rule) => Refusal::forbidden(rule),
            Why::Uncovered => match self.by_recent_name(set) {
                Some((answer, line)) => {
                    Refusal::missing(format!("no grant covers {verb} to {to}, which {} resolved to", answer.name), line)
                }
                None => Refusal::missing(format!("no grant covers {verb} to {to}"), by_address),
            },
            Why::Forgotten(answer) => Refusal::missing(
                format!(
                    "no grant covers {verb} to {to}; {} resolved to it more than {} seconds ago, so look it up again",
                    answer.name,
                    set.remember().as_secs()
                ),
                by_address,
            ),
            Why::OtherPort(answer) => Refusal::missing(
                format!("no grant covers {verb} to {to}, which {} resolved to, at that port", answer.name),
                self.by_name(set, answer),
            ),
            Why::OutOfReach(answer, point) => {
                let through = if *point == to.ip() { String::new() } else { format!("{} and so to ", to.ip()) };
                let line = self.by_name(set, answer);
                let within = match &line.object {
                    Object::Place(place) => place.to_string().split_once(" in ").map(|(_, blocks)| blocks.to_owned()),
                    _ => None,
                };
                Refusal::missing(
                    format!(
                        "{} resolved to {through}{point}, {}, which a grant by name does not reach; add `in {}`",
                        answer.name,
                        self.what_is(*point),
                        within.unwrap_or_default(),
                    ),
                    line,
                )
            }
        }
    }

    fn what_is(&self, point: IpAddr) -> String {
        match special(point) {
            _ if is_metadata(point) => "where a cloud hands out this machine's credentials".to_owned(),
            Some(special) => format!("{} ({})", special.what, special.source),
            None => "an address of this machine itself".to_owned(),
        }
    }

    /// The line by name for an address that the guest has just looked up: what it goes by will be another address some day.
    /// Only where the name alone leads there.
    fn by_recent_name(&self, set: &Permissions) -> Option<(&'a Answer, Grant)> {
        if self.verb == Verb::RdsSend {
            return None;
        }
        let mut answers = self.memory.of(self.folded.judged.ip());
        let answer = answers.find(|answer| answer.is_fresh(set.remember(), self.now))?;
        let line = self.by_name(set, answer);
        let plain = line.place().is_some_and(|place| place.within.is_empty());
        plain.then_some((answer, line))
    }

    /// The line by name that would cover the destination, widened as far as it has to be.
    fn by_name(&self, set: &Permissions, answer: &Answer) -> Grant {
        let mut place = Place {
            host: Host::Name(NamePattern::Exact(answer.name.clone())),
            ports: Numbers::one(self.folded.judged.port()),
            within: Vec::new(),
        };
        // The lines of the same name may be wide already.
        let verbs = [self.verb];
        let lines = set.allowed_about(&verbs, keys_of_name(&answer.name));
        lines.filter_map(|(_, line)| line.place()).for_each(|granted| place.within.extend(&granted.within));
        let missing: Vec<IpAddr> = self.unreached(set, &place).collect();
        place.within.extend(missing.into_iter().map(|point| -> Block {
            match special(point) {
                Some(special) if !is_metadata(point) && special.block.prefix_len() > 0 => special.block.into(),
                _ => point.into(),
            }
        }));
        place.within.sort_unstable();
        place.within.dedup();
        Grant { verb: self.verb, object: Object::Place(place) }
    }
}
