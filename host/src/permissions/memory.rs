//! What names resolved to: the answers that a name grant may be used with, for a while.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// How many answers one guest's memory holds. A guest asks, so it has to be bounded; the oldest goes first.
pub(super) const CAPACITY: usize = 1024;

/// Answers, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    answers: VecDeque<Answer>,
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
            self.answers.retain(|answer| answer.ip != ip || answer.name != name);
            if self.answers.len() == CAPACITY {
                match self.answers.iter().position(|answer| !answer.named) {
                    Some(oldest) => drop(self.answers.remove(oldest)),
                    None if named => drop(self.answers.pop_front()),
                    None => return,
                }
            }
            self.answers.push_back(Answer { name: name.to_owned(), ip, at: now, named });
        }
    }

    /// Whether no name has resolved to anything.
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// The answers that are this address, newest first.
    pub(super) fn of(&self, ip: IpAddr) -> impl Iterator<Item = &Answer> {
        self.answers.iter().rev().filter(move |answer| answer.ip == ip)
    }
}

impl Answer {
    /// Whether the look-up was less than `limit` ago.
    pub(super) fn is_fresh(&self, limit: Duration, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < limit
    }
}
