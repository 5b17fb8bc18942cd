//! `poll`: waiting for many sockets, and pollables to wait for one together with the rest of WASI.

use std::sync::Arc;

use rustix::event::PollFlags;
use wasmtime::component::Resource;
use wasmtime_wasi::async_trait;
use wasmtime_wasi::p2::{DynPollable, Pollable, subscribe};

use crate::bindings::poll::{Events, Host, Interest, Occurrence};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::judge::Judge;
use crate::limits::Limit;
use crate::socket::{Deadline, Description, Mode, Socket, poll};
use crate::trace::Call;

/// The WIT's events beside poll(2)'s.
const EVENTS: [(Events, PollFlags); 6] = [
    (Events::READABLE, PollFlags::IN),
    (Events::PRIORITY, PollFlags::PRI),
    (Events::WRITABLE, PollFlags::OUT),
    (Events::ERROR, PollFlags::ERR),
    (Events::HANG_UP, PollFlags::HUP),
    (Events::READ_HANG_UP, PollFlags::RDHUP),
];

impl Host for SocketCtxView<'_> {
    async fn poll(&mut self, interests: Vec<Interest>, timeout: Option<u64>) -> Result<Vec<Occurrence>> {
        let call = Call::begin("poll", || format!("{} sockets, {timeout:?}", interests.len()));
        call.end(self.poll_all(interests, timeout).await, Vec::len)
    }

    fn subscribe(&mut self, handle: Resource<Socket>, events: Events) -> Result<Resource<DynPollable>> {
        let call = Call::begin("subscribe", || format!("{}, {events:?}", handle.rep()));
        let subscribe = || {
            let (description, _) = self.socket(&handle)?;
            let ticket = self.ctx.registry.reserve()?.fill(&description);
            let judge = Arc::clone(&self.ctx.judge);
            let waiting = Waiting { description, events: to_poll_flags(events), judge, _ticket: ticket };
            let waiting = self.table.push(waiting)?;
            subscribe(self.table, waiting).map_err(|error| Error::Trap(error.into()))
        };
        call.end({ subscribe }(), Resource::rep)
    }
}

impl SocketCtxView<'_> {
    async fn poll_all(&mut self, interests: Vec<Interest>, timeout: Option<u64>) -> Result<Vec<Occurrence>> {
        if interests.len() > self.ctx.limits.poll_interests {
            return Err(Limit::PollInterests.over());
        }
        let mut sockets = Vec::with_capacity(interests.len());
        for Interest { socket, events } in &interests {
            sockets.push((self.socket(socket)?.0, to_poll_flags(*events)));
        }
        let deadline = Deadline::of(Mode::from_timeout(timeout));
        let found = poll::poll(&sockets, deadline, |socket: &_, from: &_| self.ctx.judge.hears(socket, from)).await?;
        let occurrence = |(index, flags)| Occurrence {
            // No more than `poll_interests`, which a guest's 32-bit memory holds.
            index: u32::try_from(index).unwrap_or(u32::MAX),
            events: from_poll_flags(flags),
        };
        Ok(found.into_iter().map(occurrence).collect())
    }
}

/// A pollable of a socket.
struct Waiting {
    description: Arc<Description>,
    events: PollFlags,
    judge: Arc<Judge>,
    _ticket: crate::socket::Ticket,
}

#[async_trait]
impl Pollable for Waiting {
    async fn ready(&mut self) {
        let interest = [(Arc::clone(&self.description), self.events)];
        // An error to wait is an error to be told of: the guest meets it in its next call.
        let _ = poll::poll(&interest, Deadline::Never, |socket: &_, from: &_| self.judge.hears(socket, from)).await;
    }
}

fn to_poll_flags(events: Events) -> PollFlags {
    EVENTS.iter().filter(|(event, _)| events.contains(*event)).map(|(_, flag)| *flag).collect()
}

fn from_poll_flags(flags: PollFlags) -> Events {
    EVENTS.iter().filter(|(_, flag)| flags.contains(*flag)).fold(Events::empty(), |events, (event, _)| events | *event)
}
