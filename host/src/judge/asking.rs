//! How a question is asked: of the guest's lines or of a socket's, told to whoever watches, and asked again where an
//! observer grants what is missing.

use std::fmt::Display;
use std::ops::Deref;
use std::sync::{PoisonError, RwLockReadGuard};

use super::Judge;
use crate::decision::{Allowed, Decision};
use crate::permissions::{Denial, Holder, Rule};
use crate::socket::Description;
use crate::trace;

/// How many lines one request can take: an address can lead to several others, each judged.
const MOST_GRANTED_AT_ONCE: usize = 8;

impl Judge {
    /// What judges a socket's requests: what the guest holds, less what the socket itself was restricted to.
    pub(super) fn holder_of(&self, socket: &Description) -> HolderOf<'_> {
        let holder = self.holder();
        match socket.restriction() {
            None => HolderOf::Guest(holder),
            Some(restriction) => HolderOf::Socket(Box::new(holder.narrowed(&restriction.sets()))),
        }
    }

    /// Asks a question of what the guest holds, and tells whoever watches. An observer that grants what is missing has it
    /// asked again.
    pub(super) fn ask<T: Allowed>(
        &self,
        door: &dyn Display,
        asked: &dyn Display,
        question: impl Fn(&Holder) -> Result<T, Denial>,
    ) -> Result<T, Denial> {
        self.ask_either(None, door, asked, question)
    }

    /// As [`ask`](Self::ask), of what may be done with a socket.
    pub(super) fn ask_of<T: Allowed>(
        &self,
        socket: &Description,
        door: &dyn Display,
        asked: &dyn Display,
        question: impl Fn(&Holder) -> Result<T, Denial>,
    ) -> Result<T, Denial> {
        self.ask_either(Some(socket), door, asked, question)
    }

    fn ask_either<T: Allowed>(
        &self,
        socket: Option<&Description>,
        door: &dyn Display,
        asked: &dyn Display,
        question: impl Fn(&Holder) -> Result<T, Denial>,
    ) -> Result<T, Denial> {
        let ask = || match socket {
            Some(socket) => question(&self.holder_of(socket)),
            None => question(&self.holder()),
        };
        let mut answer = ask();
        if let Some(observer) = &self.watcher.0 {
            for _ in 0..MOST_GRANTED_AT_ONCE {
                let Err(denial) = &answer else { break };
                let Some(line) = denial.grant() else { break };
                if !observer.grants(&self.decision(door, asked, None, Err(denial))) {
                    break;
                }
                self.holder.write().unwrap_or_else(PoisonError::into_inner).grant(line);
                answer = ask();
            }
        }
        match &answer {
            Ok(allowed) => self.tell(door, asked, Some(allowed), Ok(())),
            Err(denial) => self.tell(door, asked, None, Err(denial)),
        }
        answer
    }

    /// Tells whoever watches; makes no words of it where nobody does.
    pub(super) fn tell(
        &self,
        door: &dyn Display,
        asked: &dyn Display,
        allowed: Option<&dyn Allowed>,
        answer: Result<(), &Denial>,
    ) {
        if self.watcher.0.is_none() && !trace::is_audited() {
            return;
        }
        let decision = self.decision(door, asked, allowed, answer);
        trace::audit(&decision);
        if let Some(observer) = &self.watcher.0 {
            observer.decided(&decision);
        }
    }

    fn decision(
        &self,
        door: &dyn Display,
        asked: &dyn Display,
        allowed: Option<&dyn Allowed>,
        answer: Result<(), &Denial>,
    ) -> Decision {
        let resolved = allowed.and_then(Allowed::resolved);
        let rule = allowed.map_or(Rule::Default, |allowed| self.holder().rule(&allowed.by()));
        let (door, asked) = (door.to_string(), asked.to_string());
        Decision::new(&self.guest, &door, &asked, resolved.as_deref(), answer.map(|()| rule))
    }
}

/// Who answers for a socket.
pub(super) enum HolderOf<'a> {
    Guest(RwLockReadGuard<'a, Holder>),
    Socket(Box<Holder>),
}

impl Deref for HolderOf<'_> {
    type Target = Holder;

    fn deref(&self) -> &Holder {
        match self {
            Self::Guest(holder) => holder,
            Self::Socket(holder) => holder,
        }
    }
}
