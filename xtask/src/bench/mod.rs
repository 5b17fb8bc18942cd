//! `cargo xtask bench`: what a call costs in the sandbox, beside what it costs without.
//!
//! Everybody's time is the processor's, and never the wall's: whatever else the machine does then changes little.
//! A client and the server share a core, so that both their times together are what a transfer takes.

mod build;
mod conditions;
mod contestants;
mod report;
mod rounds;

use anyhow::Result;

/// Compare wallsocket's speed with native Rust, wasi:sockets 0.2 and CPython
///
/// Builds what it needs in the release profile, which takes minutes the first time. Then one native server on
/// 127.0.0.1 serves four clients, pinned to one core with it: each does a little of the same work in turn, and a
/// row is the median of their ratios to the native client. All are started anew every three rounds. Linux only; needs `taskset` and `python3`.
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// Fewer rounds: within 20 seconds, and good for a first look only
    #[arg(long)]
    quick: bool,

    /// Print JSON, with the quartiles of each ratio
    #[arg(long)]
    json: bool,

    /// The core to pin to; the last that this process may use, unless given
    #[arg(long)]
    core: Option<usize>,

    /// Only rows whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// A row: one kind of traffic, as the clients understand it.
struct Row {
    name: &'static str,
    kind: &'static str,
    size: usize,
    /// How many make one measurement of about 50 ms.
    count: usize,
    /// What wallsocket's ratio must not exceed, or its nanoseconds where there is no native call.
    target: f64,
}

impl Row {
    const ALL: [Row; 9] = [
        Row { name: "TCP round trip, 1 B", kind: "tcp", size: 1, count: 5000, target: 1.25 },
        Row { name: "TCP round trip, 1 KiB", kind: "tcp", size: 1024, count: 5000, target: 1.25 },
        Row { name: "UDP round trip, 64 B", kind: "udp", size: 64, count: 5000, target: 1.25 },
        Row { name: "TCP send, 64 KiB", kind: "send", size: 65536, count: 2500, target: 1.20 },
        Row { name: "TCP receive, 64 KiB", kind: "receive", size: 65536, count: 2500, target: 1.20 },
        Row { name: "TCP sendfile, 1 GiB", kind: "file", size: 1 << 30, count: 1, target: 1.10 },
        Row { name: "UDP in batches, 64 B", kind: "batch", size: 64, count: 51_200, target: 0.50 },
        Row { name: "UDP in batches, 1,200 B", kind: "batch", size: 1200, count: 51_200, target: 0.50 },
        Row { name: "call without work", kind: "idle", size: 1, count: 250_000, target: 200.0 },
    ];

    /// Whether that client takes part: not all libraries have all calls.
    fn has(&self, client: &str) -> bool {
        match self.kind {
            "idle" => ["wallsocket", "CPython"].contains(&client),
            "file" => client != "wasi:sockets",
            _ => true,
        }
    }

    /// Whether the row is a ratio to the native client; the native client has no call without work.
    fn is_ratio(&self) -> bool {
        self.kind != "idle"
    }
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        let conditions = conditions::Conditions::find(self.core)?;
        let programs = build::everything()?;
        let start = || contestants::Field::start(&programs, conditions.core);
        let rounds = if self.quick { 3 } else { 27 };
        let rows = Row::ALL.iter().filter(|row| self.only.as_ref().is_none_or(|text| row.name.contains(text)));
        let results = rows.map(|row| rounds::measure(row, start, rounds)).collect::<Result<Vec<_>>>()?;
        if self.json {
            return report::json(&conditions, rounds, &results);
        }
        report::table(&conditions, rounds, &results);
        Ok(())
    }
}
