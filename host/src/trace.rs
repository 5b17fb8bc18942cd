//! Calls and decisions as `tracing` events, for whoever wants to watch a guest.
//!
//! Each call is one event of the target [`CALL`] at level TRACE, in the manner of strace(1); each decision of
//! the permissions one of the target [`AUDIT`] at level INFO.

use std::fmt::Display;
use std::time::Instant;

use tracing::Level;

use crate::decision::Decision;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::socket::kernel_parts::Part;
use crate::sys::errno;

/// The target of the events that tell of calls. Fields: `call`, `args`, `result`, `elapsed_us`.
pub const CALL: &str = "wallsocket::call";
/// The target of the events, at level DEBUG, that tell of control messages from the kernel that the host has no codec for,
/// and drops. Fields: `level`, `type`, `dropped` (how many the guest has lost so far).
pub const DROPPED: &str = "wallsocket::dropped";
/// The target of the events, at level WARN, that tell of sockets which this kernel hasn't got. Fields: `sockets`, `option` (of
/// the kernel's configuration), `module`.
pub const LACKING: &str = "wallsocket::lacking";
/// The target of the events, at level INFO, that tell of limits that a guest met: the first time, the second, the fourth and so
/// on. Fields: `limit`, `times`.
pub const LIMIT: &str = "wallsocket::limit";
/// The target of the events that tell of decisions. Fields: `guest`, `door`, `asked`, `resolved`,
/// `decision` (`allow` or `deny`), `rule`, `reason`: what [`Decision`] says of each.
pub const AUDIT: &str = "wallsocket::audit";

/// A call under way, if anybody watches.
#[derive(Debug)]
pub(crate) struct Call(Option<Watched>);

#[derive(Debug)]
struct Watched {
    name: &'static str,
    args: String,
    start: Instant,
}

impl Call {
    /// A call begins. `args` is asked only when somebody watches.
    pub(crate) fn begin(name: &'static str, args: impl FnOnce() -> String) -> Self {
        if !tracing::enabled!(target: CALL, Level::TRACE) {
            return Self(None);
        }
        Self(Some(Watched { name, args: args(), start: Instant::now() }))
    }

    /// The call ends; its result is passed on.
    pub(crate) fn end<T, D: Display>(self, result: Result<T>, show: impl FnOnce(&T) -> D) -> Result<T> {
        let Some(Watched { name, args, start }) = self.0 else { return result };
        let elapsed_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        let shown = match &result {
            Ok(value) => show(value).to_string(),
            Err(error) => show_error(error),
        };
        tracing::event!(target: CALL, Level::TRACE, call = name, args = %args, result = %shown, elapsed_us);
        result
    }
}

/// Whether anybody watches decisions.
pub(crate) fn is_audited() -> bool {
    tracing::enabled!(target: AUDIT, Level::INFO)
}

/// A decision was made.
pub(crate) fn audit(decision: &Decision) {
    tracing::event!(
        target: AUDIT,
        Level::INFO,
        guest = decision.guest(),
        door = decision.door(),
        asked = decision.asked(),
        resolved = decision.resolved(),
        decision = if decision.is_allowed() { "allow" } else { "deny" },
        rule = %decision.rule(),
        reason = decision.reason(),
    );
}

/// This kernel lacks such sockets.
pub(crate) fn lacking(part: &Part) {
    let Part { sockets, option, module } = part;
    tracing::event!(target: LACKING, Level::WARN, sockets, option, module);
}

/// A guest met a limit.
pub(crate) fn over_limit(limit: Limit, times: u64) {
    tracing::event!(target: LIMIT, Level::INFO, limit = limit.name(), times);
}

/// A control message was dropped for want of a codec.
pub(crate) fn dropped(level: i32, kind: i32, dropped: u64) {
    tracing::event!(target: DROPPED, Level::DEBUG, level, r#type = kind, dropped);
}

fn show_error(error: &Error) -> String {
    match error {
        Error::Io(error) => {
            let (name, text) = errno::describe(errno::to_linux(error));
            format!("-1 {name} ({text})")
        }
        Error::TimedOut => "-1 timed out".to_owned(),
        Error::NameLookup(code) => format!("EAI {code}"),
        Error::HostLookup(code) => format!("h_errno {code}"),
        Error::Denied(denial) => format!("-1 EACCES ({denial})"),
        Error::NotPermitted(denial) => format!("-1 EPERM ({denial})"),
        Error::OverLimit { limit, error } => format!("{} [limit {}]", show_error(error), limit.name()),
        Error::Trap(trap) => format!("trap: {trap}"),
    }
}
