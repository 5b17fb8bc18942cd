//! Under what conditions was measured: numbers mean little without.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::workspace;

/// The machine and the versions.
#[derive(Serialize)]
pub(super) struct Conditions {
    pub(super) processor: String,
    pub(super) kernel: String,
    pub(super) commit: String,
    pub(super) rustc: String,
    pub(super) wasmtime: String,
    pub(super) python: String,
    /// The core that everybody is pinned to.
    pub(super) core: usize,
}

impl Conditions {
    pub(super) fn find(core: Option<usize>) -> Result<Self> {
        let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|_| std::env::consts::ARCH.to_owned());
        let changed = if output("git", &["status", "--porcelain"])?.is_empty() { "" } else { " and changes" };
        Ok(Self {
            processor,
            kernel: output("uname", &["-sr"])?,
            commit: output("git", &["rev-parse", "--short=12", "HEAD"])? + changed,
            rustc: output("rustc", &["--version"])?,
            wasmtime: wasmtime()?,
            python: output("python3", &["--version"])?,
            core: core.map_or_else(last_core, Ok)?,
        })
    }
}

/// The last core that this process may run on. The first ones have more of everybody else's interrupts.
fn last_core() -> Result<usize> {
    let list = field("/proc/self/status", "Cpus_allowed_list")?;
    list.rsplit([',', '-']).next().and_then(|core| core.parse().ok()).with_context(|| format!("no core in {list}"))
}

/// The engine's version: the one that Cargo.lock names.
fn wasmtime() -> Result<String> {
    let lock = fs::read_to_string(workspace()?.join("Cargo.lock")).context("can't read Cargo.lock")?;
    let mut lines = lock.lines().skip_while(|line| *line != "name = \"wasmtime\"");
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = "));
    Ok(format!("wasmtime {}", version.context("no wasmtime in Cargo.lock")?.trim_matches('"')))
}

/// A field of one of Linux's `name: value` files.
fn field(path: &str, name: &str) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("can't read {path}; this task needs Linux"))?;
    let found = text.lines().filter_map(|line| line.split_once(':')).find(|(found, _)| found.trim() == name);
    Ok(found.with_context(|| format!("no {name} in {path}"))?.1.trim().to_owned())
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program);
    let output = command.current_dir(workspace()?).args(arguments).output();
    let output = output.with_context(|| format!("can't run `{program}`, which the benchmark needs"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
