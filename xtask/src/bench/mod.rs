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
/// 127.0.0.1 serves the clients, pinned to one core with it: each does a little of the same work in turn, and a
/// row is the median of their ratios to the native client: Rust's in the first table; in the second, of Python in the
/// sandbox, CPython's. All are started anew every three rounds. Linux only; needs `taskset` and `python3`, with venv, and PyPI.
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

/// What a row is about: which clients take part, the first being what the others are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table {
    /// What the sandbox costs.
    Sandbox,
    /// What Python costs in it.
    Python,
}

impl Table {
    fn clients(self) -> &'static [&'static str] {
        match self {
            Self::Sandbox => &["native", "wallsocket", "wasi:sockets", "CPython"],
            Self::Python => &["CPython", "Python in wallsocket"],
        }
    }
}

/// A row: one kind of traffic, as the clients understand it.
struct Row {
    table: Table,
    name: &'static str,
    kind: &'static str,
    size: usize,
    /// How many make one measurement of about 50 ms.
    count: usize,
    /// What wallsocket's ratio must not exceed, or its nanoseconds where there is no native call.
    target: f64,
}

/// The kind that isn't traffic: from the process's start until the program has done its imports.
const START: &str = "start";

impl Row {
    const ALL: [Row; 14] = [
        Row { table: Table::Sandbox, name: "TCP round trip, 1 B", kind: "tcp", size: 1, count: 5000, target: 1.25 },
        Row {
            table: Table::Sandbox,
            name: "TCP round trip, 1 KiB",
            kind: "tcp",
            size: 1024,
            count: 5000,
            target: 1.25,
        },
        Row { table: Table::Sandbox, name: "UDP round trip, 64 B", kind: "udp", size: 64, count: 5000, target: 1.25 },
        Row { table: Table::Sandbox, name: "TCP send, 64 KiB", kind: "send", size: 65536, count: 2500, target: 1.20 },
        Row {
            table: Table::Sandbox,
            name: "TCP receive, 64 KiB",
            kind: "receive",
            size: 65536,
            count: 2500,
            target: 1.20,
        },
        Row { table: Table::Sandbox, name: "TCP sendfile, 1 GiB", kind: "file", size: 1 << 30, count: 1, target: 1.10 },
        Row {
            table: Table::Sandbox,
            name: "UDP in batches, 64 B",
            kind: "batch",
            size: 64,
            count: 51_200,
            target: 0.50,
        },
        Row {
            table: Table::Sandbox,
            name: "UDP in batches, 1,200 B",
            kind: "batch",
            size: 1200,
            count: 51_200,
            target: 0.50,
        },
        Row { table: Table::Sandbox, name: "call without work", kind: "idle", size: 1, count: 250_000, target: 200.0 },
        Row { table: Table::Python, name: "recv, 64 B", kind: "receive", size: 64, count: 50_000, target: 6.0 },
        Row { table: Table::Python, name: "recv, 64 KiB", kind: "receive", size: 65536, count: 2500, target: 1.5 },
        Row { table: Table::Python, name: "sendall, 64 KiB", kind: "send", size: 65536, count: 2500, target: 1.5 },
        Row { table: Table::Python, name: "TCP round trip, 1 B", kind: "tcp", size: 1, count: 5000, target: 3.0 },
        Row { table: Table::Python, name: "start", kind: START, size: 0, count: 1, target: 30e6 },
    ];

    /// What `--only` goes by.
    fn title(&self) -> String {
        match self.table {
            Table::Sandbox => self.name.to_owned(),
            Table::Python => format!("Python: {}", self.name),
        }
    }

    /// Whether that client takes part: not all libraries have all calls.
    fn has(&self, client: &str) -> bool {
        match self.kind {
            "idle" => ["wallsocket", "CPython"].contains(&client),
            "file" => client != "wasi:sockets",
            _ => true,
        }
    }

    /// Whether the row is a ratio to the first client; the native client has no call without work, and a start may take
    /// its time whatever it takes elsewhere.
    fn is_ratio(&self) -> bool {
        self.kind != "idle" && self.kind != START
    }
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        let conditions = conditions::Conditions::find(self.core)?;
        let rounds = if self.quick { 3 } else { 27 };
        let asked = |row: &&Row| self.only.as_ref().is_none_or(|text| row.title().contains(text));
        let rows: Vec<&Row> = Row::ALL.iter().filter(asked).collect();
        let programs = build::everything(rows.iter().any(|row| row.table == Table::Python))?;
        let results = rows
            .into_iter()
            .map(|row| match row.kind {
                START => {
                    rounds::starts(row, || contestants::Field::start(&programs, conditions.core, row.table), rounds)
                }
                _ => rounds::measure(row, || contestants::Field::start(&programs, conditions.core, row.table), rounds),
            })
            .collect::<Result<Vec<_>>>()?;
        if self.json {
            return report::json(&conditions, rounds, &results);
        }
        report::table(&conditions, rounds, &results);
        Ok(())
    }
}
