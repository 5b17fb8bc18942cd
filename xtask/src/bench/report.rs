//! What is printed.

use anyhow::Result;
use serde::Serialize;

use super::Table;
use super::conditions::Conditions;
use super::rounds::{Client, Measured, Quartiles};

/// A table in Markdown, as docs/benchmarks.md has it.
pub(super) fn table(conditions: &Conditions, rounds: usize, results: &[Measured]) {
    let Conditions { processor, kernel, commit, rustc, wasmtime, python, load, core } = conditions;
    println!("{processor}, core {core}, load {load}; {kernel}; {rustc}; {wasmtime}; {python};");
    println!("commit {commit}; {rounds} rounds.");
    for table in [Table::Sandbox, Table::Python] {
        let mut rows = results.iter().filter(|measured| measured.row.table == table).peekable();
        if rows.peek().is_none() {
            continue;
        }
        println!();
        let heads: Vec<&str> = table.clients().iter().map(|name| head(name)).collect();
        println!("| | {} | target |", heads.join(" | "));
        println!("|---|{}---|", "---|".repeat(heads.len()));
        for Measured { row, clients } in rows {
            let cells: Vec<String> =
                clients.iter().enumerate().map(|(index, client)| cell(index, client.as_ref())).collect();
            let target = if row.is_ratio() { format!("{:.2}", row.target) } else { time(row.target) };
            println!("| {} | {} | ≤ {target} |", row.name, cells.join(" | "));
        }
    }
}

fn head(name: &str) -> &str {
    match name {
        "native" => "native Rust",
        "wasi:sockets" => "wasi:sockets 0.2",
        other => other,
    }
}

/// The first client's time; of the others the ratio to it, where the row is one.
fn cell(index: usize, client: Option<&Client>) -> String {
    match client {
        None => "—".to_owned(),
        Some(client) => match client.ratio {
            Some(ratio) if index > 0 => format!("{:.2}", ratio.median),
            _ => time(client.nanoseconds.median),
        },
    }
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        1e3..1e6 => format!("{:.1} µs", nanoseconds / 1e3),
        _ => format!("{:.0} ms", nanoseconds / 1e6),
    }
}

#[derive(Serialize)]
struct Report<'a> {
    conditions: &'a Conditions,
    rounds: usize,
    rows: Vec<RowReport>,
}

#[derive(Serialize)]
struct RowReport {
    name: &'static str,
    target: f64,
    clients: Vec<ClientReport>,
}

#[derive(Serialize)]
struct ClientReport {
    name: &'static str,
    nanoseconds: Quartiles,
    ratio: Option<Quartiles>,
}

/// The same for programs, with quartiles.
pub(super) fn json(conditions: &Conditions, rounds: usize, results: &[Measured]) -> Result<()> {
    let rows = results.iter().map(|Measured { row, clients }| RowReport {
        name: row.name,
        target: row.target,
        clients: clients
            .iter()
            .flatten()
            .map(|client| ClientReport { name: client.name, nanoseconds: client.nanoseconds, ratio: client.ratio })
            .collect(),
    });
    println!("{}", serde_json::to_string_pretty(&Report { conditions, rounds, rows: rows.collect() })?);
    Ok(())
}
