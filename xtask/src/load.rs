//! `cargo xtask load`: what a host with much to do uses of the machine.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Tells the tests how many connections there shall be.
const CONNECTIONS: &str = "WALLSOCKET_LOAD_CONNECTIONS";

/// Open and close a million connections in one host, and hold a thousand guests with ten sockets each
///
/// Runs the tests of tests/tests/load.rs, whole: what `cargo test` has a bounded version of. Prints a table of what was
/// measured; the last line is for machines. Fails when memory, descriptors or threads grow. Linux only; where there is no
/// privilege to make a network of one's own, nothing is measured, which fails in CI alone (`CI` is set).
#[derive(Debug, clap::Args)]
pub(crate) struct Load {
    /// How many connections
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(100..))]
    connections: u32,
}

impl Load {
    pub(crate) fn run(self) -> Result<()> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["test", "--test", "load", "--", "--nocapture", "--test-threads=1"]);
        cargo.current_dir(workspace()?).env(CONNECTIONS, self.connections.to_string()).stdout(Stdio::piped());
        let mut child = cargo.spawn().context("can't run cargo")?;
        let output = child.stdout.take().context("no output")?;
        let mut measured = Vec::new();
        for line in BufReader::new(output).lines() {
            let line = line.context("cargo can't be read")?;
            match line.strip_prefix("load\t").and_then(|rest| rest.split_once('\t')) {
                Some((what, value)) => measured.push((what.to_owned(), value.to_owned())),
                None => println!("{line}"),
            }
        }
        if !child.wait().context("can't wait for cargo")?.success() {
            bail!("something grows under load; what was printed says what");
        }
        if measured.is_empty() && env::var_os("CI").is_some() {
            bail!("nothing was measured");
        }
        for (what, value) in &measured {
            println!("{:40}{value:>12}", what.replace('_', " "));
        }
        let pairs: Vec<_> = measured.iter().map(|(what, value)| format!("{what}={value}")).collect();
        println!("load: {}", pairs.join(" "));
        Ok(())
    }
}
