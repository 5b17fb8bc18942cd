//! `cargo xtask tour`: a sandboxed program, built and run, with all that this needs.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

const GUESTS: &str = "wasm32-wasip2";

/// Build and run a sandboxed program that shows what its grants allow and what they don't
///
/// The same as `cargo run --target wasm32-wasip2 -p tour`, after fetching that target into a toolchain which rustup had
/// before this project asked for it. The first time builds wasmtime, which takes some minutes.
#[derive(Debug, clap::Args)]
pub(crate) struct Tour {}

impl Tour {
    pub(crate) fn run(&self) -> Result<()> {
        if !has_target()? {
            run(Command::new("rustup").args(["target", "add", GUESTS]))?;
        }
        run(Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["run", "--target", GUESTS, "-p", "tour"]))
    }
}

/// Whether the compiler has the standard library of guests.
fn has_target() -> Result<bool> {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(workspace()?).args(["--target", GUESTS, "--print", "target-libdir"]);
    let output = rustc.stderr(Stdio::inherit()).output().context("can't run rustc")?;
    Ok(Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.current_dir(workspace()?).status().with_context(|| format!("can't run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}
