//! `--audit FILE`: each decision as a line of JSON.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::Serialize;
use wallsocket_host::Decision;

use crate::errors::Error;

/// How much one run writes at most. A guest asks as often as it likes, and must not fill the disk.
const MOST_BYTES: u64 = 16 << 20;

/// A file of decisions, or standard error.
pub(crate) struct Audit(Mutex<State>);

struct State {
    out: Box<dyn Write + Send>,
    /// How many bytes may still be written.
    left: u64,
    last: String,
    /// How often the last line's decision was made again.
    repeated: u64,
    left_out: u64,
}

/// A decision, but for its time.
#[derive(Serialize)]
struct Line<'a> {
    guest: &'a str,
    door: &'a str,
    asked: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<&'a str>,
    decision: &'static str,
    rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A line with its time.
#[derive(Serialize)]
struct Timed<T> {
    time: String,
    #[serde(flatten)]
    line: T,
}

/// That the decision of the line before was made again.
#[derive(Serialize)]
struct Repeated {
    repeated: u64,
}

/// That the file has had enough.
#[derive(Serialize)]
struct LeftOut {
    left_out: u64,
}

impl Audit {
    /// Opens the file, to append to it; `-` is standard error.
    pub(crate) fn to(path: &Path) -> Result<Self, Error> {
        if path == Path::new("-") {
            return Ok(Self::new(Box::new(io::stderr()), MOST_BYTES));
        }
        match OpenOptions::new().append(true).create(true).open(path) {
            Ok(file) => Ok(Self::new(Box::new(file), MOST_BYTES)),
            Err(source) => Err(Error::Unwritable { path: path.to_owned(), source }),
        }
    }

    fn new(out: Box<dyn Write + Send>, left: u64) -> Self {
        Self(Mutex::new(State { out, left, last: String::new(), repeated: 0, left_out: 0 }))
    }

    pub(crate) fn decided(&self, decision: &Decision) {
        self.write(&Line {
            guest: decision.guest(),
            door: decision.door(),
            asked: decision.asked(),
            resolved: decision.resolved(),
            decision: if decision.is_allowed() { "allow" } else { "deny" },
            rule: decision.rule().to_string(),
            reason: decision.reason(),
        });
    }

    fn write(&self, line: &Line<'_>) {
        // A line holds nothing that JSON can't.
        let text = serde_json::to_string(line).unwrap_or_default();
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if text == state.last {
            state.repeated += 1;
            return;
        }
        state.tell_repeats();
        state.last = text;
        state.put(line);
    }

    /// Says what is still to be said.
    pub(crate) fn finish(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.tell_repeats();
        if state.left_out > 0 {
            let left_out = LeftOut { left_out: state.left_out };
            state.left = u64::MAX;
            state.put(left_out);
            state.left_out = 0;
        }
    }
}

impl State {
    fn tell_repeats(&mut self) {
        if self.repeated > 0 {
            let repeated = std::mem::take(&mut self.repeated);
            if self.left_out > 0 {
                self.left_out += repeated;
            } else {
                self.put(Repeated { repeated });
            }
        }
    }

    /// Writes a line whole, or counts it: once one was left out none follows, so that the gap is at the end.
    fn put(&mut self, line: impl Serialize) {
        let time = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
        let mut text = serde_json::to_string(&Timed { time, line }).unwrap_or_default();
        text.push('\n');
        let length = text.len() as u64;
        if self.left_out > 0 && self.left != u64::MAX || length > self.left {
            self.left_out += 1;
            return;
        }
        self.left = self.left.saturating_sub(length);
        // A disk that is full is no reason to end the guest; what isn't written is counted.
        if self.out.write_all(text.as_bytes()).is_err() {
            self.left_out += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// What was written, for a test to read.
    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(asked: &[&str], left: u64) -> Vec<serde_json::Value> {
        let sink = Sink::default();
        let audit = Audit::new(Box::new(sink.clone()), left);
        for asked in asked {
            let (resolved, reason) = (None, None);
            let (guest, door, decision, rule) = ("g", "tcp connect", "allow", "any".to_owned());
            audit.write(&Line { guest, door, asked, resolved, decision, rule, reason });
        }
        audit.finish();
        audit.finish();
        let text = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn decisions_that_repeat_are_one_line_and_a_count() {
        let lines = written(&["a", "a", "a", "b", "a"], u64::MAX - 1);
        let of = |key: &str| lines.iter().map(|line| line[key].clone()).collect::<Vec<_>>();
        assert_eq!(of("asked"), [Some("a"), None, Some("b"), Some("a")].map(serde_json::Value::from));
        assert_eq!(lines[1]["repeated"], 2);
        assert!(lines[0]["time"].as_str().unwrap().ends_with('Z'), "the time is UTC");
    }

    #[test]
    fn a_flood_is_cut_off_and_counted() {
        let many: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
        let lines = written(&many.iter().map(String::as_str).collect::<Vec<_>>(), 1000);
        let last = lines.last().unwrap();
        assert_eq!(last["left_out"], 1000 - (lines.len() - 1), "what isn't there is counted");
        assert!(lines.len() < 20, "1,000 bytes are bound: {} lines", lines.len());
    }
}
