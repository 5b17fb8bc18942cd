//! `--trace`: one line a socket call on standard error, in strace's form; and the log that a variable asks for.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id as SpanId};
use tracing::{Event, Level, Metadata, Span, Subscriber};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::errors::Error;

/// Asks for log events: `wallsocket::audit=info`. Not `RUST_LOG`, which is often set for other programs.
pub(crate) const FILTER_VARIABLE: &str = "WALLSOCKET_LOG";

/// The host's target for socket calls, and that for decisions.
const CALLS: &str = "wallsocket::call";
const DECISIONS: &str = "wallsocket::audit";

/// The host's target for sockets that this kernel lacks.
const LACKING: &str = "wallsocket::lacking";

/// Starts what was asked for; without `--trace` and the variable, no event costs anything but those that tell what the
/// kernel lacks.
pub(crate) fn start(calls: bool) -> Result<(), Error> {
    let is_call = |metadata: &Metadata<'_>| metadata.target() == CALLS;
    let calls = calls.then(|| Calls.with_filter(filter_fn(is_call).with_max_level_hint(Level::TRACE)));
    let is_lack = |metadata: &Metadata<'_>| metadata.target() == LACKING;
    let lacking = Lacking::default().with_filter(filter_fn(is_lack).with_max_level_hint(Level::WARN));
    let log = match std::env::var(FILTER_VARIABLE) {
        Ok(directives) if !directives.is_empty() => {
            let filter =
                EnvFilter::try_new(directives).map_err(|error| Error::LogFilter { reason: error.to_string() })?;
            let format = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
            Some(format.with_filter(filter))
        }
        _ => None,
    };
    // `try_init` fails when there is a subscriber already, and here is the only place that makes one.
    let _ = tracing_subscriber::registry().with(lacking).with(calls).with(log).try_init();
    Ok(())
}

/// Prints what the kernel lacks, once for each kind of socket: a guest only sees that the family isn't supported.
#[derive(Default)]
struct Lacking(Mutex<BTreeSet<String>>);

impl<S: Subscriber> Layer<S> for Lacking {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut lack = Lack::default();
        event.record(&mut lack);
        // Nothing that holds it can panic half-way through a change.
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(lack.sockets.clone()) {
            let _ = io::stderr().write_all(format!("{lack}\n").as_bytes());
        }
    }
}

/// What is missing, from the fields of its event.
#[derive(Debug, Default)]
struct Lack {
    sockets: String,
    option: String,
    module: String,
}

impl Visit for Lack {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "sockets" => value.clone_into(&mut self.sockets),
            "option" => value.clone_into(&mut self.option),
            "module" => value.clone_into(&mut self.module),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sockets, option, module } = self;
        write!(f, "note: this kernel has no sockets of {sockets}: they take {option}, or `modprobe {module}`")
    }
}

/// Prints socket calls.
struct Calls;

/// The span of one guest among several, by its id: whose calls and whose decisions the lines tell of.
pub(crate) fn guest(id: &str) -> [Span; 2] {
    [
        tracing::span!(target: CALLS, Level::TRACE, "guest", id),
        tracing::span!(target: DECISIONS, Level::INFO, "guest", id),
    ]
}

/// What a span has to say of a guest.
struct Id(String);

impl Visit for Id {
    fn record_str(&mut self, _: &Field, value: &str) {
        value.clone_into(&mut self.0);
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Calls {
    fn on_new_span(&self, attributes: &Attributes<'_>, span: &SpanId, context: Context<'_, S>) {
        let mut id = Id(String::new());
        attributes.record(&mut id);
        if let Some(span) = context.span(span) {
            span.extensions_mut().insert(id);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut call = Call::default();
        event.record(&mut call);
        if let Some(Id(id)) = context
            .event_span(event)
            .as_ref()
            .and_then(|span| span.extensions().get().map(|Id(id): &Id| Id(id.clone())))
        {
            call.guest = id;
        }
        // One write a line, so that the guest's own output doesn't cut it; a closed stderr is nobody's concern.
        let _ = io::stderr().write_all(format!("{call}\n").as_bytes());
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::TRACE)
    }
}

/// A socket call, from the fields of its event.
#[derive(Debug, Default)]
struct Call {
    /// Which of several guests calls; empty for one alone.
    guest: String,
    name: String,
    arguments: String,
    result: String,
    microseconds: u64,
}

impl Visit for Call {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "elapsed_us" {
            self.microseconds = value;
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "call" => value.clone_into(&mut self.name),
            "args" => value.clone_into(&mut self.arguments),
            "result" => value.clone_into(&mut self.result),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // What the host records with `Display` arrives here, and prints as such.
        self.record_str(field, &format!("{value:?}"));
    }
}

/// `connect(3, 127.0.0.1:80) = 0 <0.000123>`
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { guest, name, arguments, result, microseconds } = self;
        let guest = if guest.is_empty() { String::new() } else { format!("[{guest}] ") };
        let (seconds, fraction) = (microseconds / 1_000_000, microseconds % 1_000_000);
        let line = format!("{guest}{name}({arguments}) = {result} <{seconds}.{fraction:06}>");
        // A guest chooses names and addresses, and must not reach the terminal through them.
        line.chars().try_for_each(|c| match c.is_control() {
            true => write!(f, "{}", c.escape_default()),
            false => write!(f, "{c}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Call;

    fn call(arguments: &str, result: &str, microseconds: u64) -> String {
        let (name, arguments, result) = ("connect".to_owned(), arguments.to_owned(), result.to_owned());
        Call { guest: String::new(), name, arguments, result, microseconds }.to_string()
    }

    #[test]
    fn a_call_reads_as_strace_prints_it() {
        assert_eq!(call("3, 127.0.0.1:80", "0", 123), "connect(3, 127.0.0.1:80) = 0 <0.000123>");
        assert_eq!(
            call("3, 127.0.0.1:1", "-1 ECONNREFUSED (Connection refused)", 1_000_042),
            "connect(3, 127.0.0.1:1) = -1 ECONNREFUSED (Connection refused) <1.000042>"
        );
    }

    #[test]
    fn control_characters_in_a_call_are_escaped() {
        assert_eq!(call("3, \x1b[2J\n", "0", 0), r"connect(3, \u{1b}[2J\n) = 0 <0.000000>");
    }
}
