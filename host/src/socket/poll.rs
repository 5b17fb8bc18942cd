//! Waiting for many sockets at once.

use std::sync::Arc;

use rustix::event::PollFlags;

use super::{Deadline, Description, Heard};
use crate::error::{Error, Result};
use crate::sys::readiness::{Watch, poll_now};

/// A socket and what is waited for on it.
pub(crate) type Interest = (Arc<Description>, PollFlags);

/// What poll(2) always reports, asked for or not.
const ALWAYS: PollFlags = PollFlags::ERR.union(PollFlags::HUP);

/// Waits until something is up with one of the sockets; none before the deadline is an empty answer.
///
/// The answer holds, for each interest that something is up with, its place and what it is.
pub(crate) async fn poll(
    interests: &[Interest],
    deadline: Deadline,
    hears: impl Heard,
) -> Result<Vec<(usize, PollFlags)>> {
    tokio::task::coop::consume_budget().await;
    match look(interests, &hears)? {
        Look::Found(found) => return Ok(found),
        Look::Nothing | Look::Unfinished => {}
    }
    let wait = async {
        let descriptors: Vec<_> = interests.iter().map(|(one, events)| (&one.sys, *events)).collect();
        let watch = Watch::new(&descriptors)?;
        loop {
            std::future::poll_fn(|cx| watch.poll_changed(cx)).await?;
            match look(interests, &hears)? {
                Look::Found(found) => return Ok(found),
                Look::Nothing => {}
                Look::Unfinished => tokio::task::yield_now().await,
            }
        }
    };
    match deadline.race(wait).await {
        Err(Error::TimedOut) => Ok(Vec::new()),
        Err(error) if error.would_block() => Ok(Vec::new()),
        result => result,
    }
}

/// Whether there is something to receive now. A pending error isn't, and stays for the call that is to tell of it.
pub(crate) fn is_readable(socket: &Description, hears: impl Heard) -> Result<bool> {
    let events = poll_now(&[(&socket.sys, PollFlags::IN)])?;
    let readable = events.first().is_some_and(|events| *events == PollFlags::IN);
    Ok(readable && (!socket.is_filtered() || socket.has_audible(&hears) == Some(true)))
}

/// What a look at the sockets found.
enum Look {
    Found(Vec<(usize, PollFlags)>),
    Nothing,
    /// So many datagrams were dropped that others shall run first.
    Unfinished,
}

fn look(interests: &[Interest], hears: &impl Heard) -> Result<Look> {
    let descriptors: Vec<_> = interests.iter().map(|(one, events)| (&one.sys, *events)).collect();
    let mut found = Vec::new();
    let mut unfinished = false;
    for (index, mut events) in poll_now(&descriptors)?.into_iter().enumerate() {
        let (description, asked) = &interests[index];
        events &= *asked | ALWAYS;
        let told = PollFlags::IN | PollFlags::ERR;
        if description.is_filtered() && (events & told) == PollFlags::IN {
            match description.has_audible(hears) {
                Some(true) => {}
                Some(false) => events.remove(PollFlags::IN),
                None => {
                    events.remove(PollFlags::IN);
                    unfinished = true;
                }
            }
        }
        if !events.is_empty() {
            found.push((index, events));
        }
    }
    Ok(match (found.is_empty(), unfinished) {
        (false, _) => Look::Found(found),
        (true, false) => Look::Nothing,
        (true, true) => Look::Unfinished,
    })
}
