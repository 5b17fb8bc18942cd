//! What names resolved to: the answers that a name grant may be used with, for a while.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// How many answers one guest's memory holds. A guest asks, so it has to be bounded; the oldest goes first.
pub(super) const CAPACITY: usize = 1024;

/// Answers, found by their address.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// By their number, which tells the oldest.
    answers: BTreeMap<u64, Answer>,
    /// The numbers of each address's, oldest first. A peer that answers look-ups picks addresses: their hash has a secret.
    by_address: HashMap<IpAddr, Vec<u64>>,
    next: u64,
}

/// One address that a name resolved to.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) name: String,
    ip: IpAddr,
    at: Instant,
    /// Whether a line about destinations named it.
    named: bool,
}

impl Memory {
    /// `named`: whether a line about destinations names it. Others make room first, and never take that of these: to look
    /// names up is no way to have a denied one forgotten.
    pub(super) fn learn(&mut self, name: &str, named: bool, ips: impl Iterator<Item = IpAddr>, now: Instant) {
        for ip in ips.take(CAPACITY) {
            let known = self.numbers(ip).iter().copied().find(|number| self.answers[number].name == name);
            known.into_iter().for_each(|number| self.forget(number));
            if self.answers.len() == CAPACITY {
                let unnamed = self.answers.iter().find(|(_, answer)| !answer.named).map(|(number, _)| *number);
                let oldest = self.answers.keys().next().copied().filter(|_| named);
                match unnamed.or(oldest) {
                    Some(number) => self.forget(number),
                    None => return,
                }
            }
            self.answers.insert(self.next, Answer { name: name.to_owned(), ip, at: now, named });
            self.by_address.entry(ip).or_default().push(self.next);
            self.next += 1;
        }
    }

    fn forget(&mut self, number: u64) {
        let Some(answer) = self.answers.remove(&number) else { return };
        if let Some(numbers) = self.by_address.get_mut(&answer.ip) {
            numbers.retain(|other| *other != number);
            if numbers.is_empty() {
                self.by_address.remove(&answer.ip);
            }
        }
    }

    fn numbers(&self, ip: IpAddr) -> &[u64] {
        // Most guests' memory is empty, and every datagram asks.
        if self.is_empty() { &[] } else { self.by_address.get(&ip).map_or(&[], Vec::as_slice) }
    }

    /// Whether no name has resolved to anything.
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// The answers that are this address, newest first.
    pub(super) fn of(&self, ip: IpAddr) -> impl Iterator<Item = &Answer> {
        self.numbers(ip).iter().rev().filter_map(|number| self.answers.get(number))
    }
}

impl Answer {
    /// Whether the look-up was less than `limit` ago.
    pub(super) fn is_fresh(&self, limit: Duration, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < limit
    }
}
