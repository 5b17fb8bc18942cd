//! Builds what is measured: as a user would, in the release profile.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

const GUESTS: &str = "wasm32-wasip2";

/// Where the programs are.
pub(super) struct Programs {
    pub(super) server: PathBuf,
    pub(super) native: PathBuf,
    pub(super) cli: PathBuf,
    pub(super) wallsocket_guest: PathBuf,
    pub(super) wasi_host: PathBuf,
    pub(super) wasi_guest: PathBuf,
    pub(super) python: PathBuf,
    /// The same program as a component; only where a row asks for it.
    pub(super) python_guest: PathBuf,
    /// Where the file lies that is sent.
    pub(super) directory: PathBuf,
}

/// Builds everything; the program in Python as a component only where it is asked for.
pub(super) fn everything(python_guest: bool) -> Result<Programs> {
    let clients = ["build", "--release", "-p", "wallsocket-bench-programs"];
    cargo(&[&clients[..], &["--target", GUESTS, "--bin", "bench-std", "--bin", "bench-wallsocket"]].concat())?;
    cargo(&[&clients[..], &["--bin", "bench-std", "--bin", "bench-server"]].concat())?;
    cargo(&["build", "--release", "-p", "wallsocket-cli", "-p", "wallsocket-bench-wasi-host"])?;
    let workspace = workspace()?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
    let (native, guests) = (target.join("release"), target.join(GUESTS).join("release"));
    let python = workspace.join("tests/benches/programs/client.py");
    Ok(Programs {
        server: native.join("bench-server"),
        native: native.join("bench-std"),
        cli: native.join("wallsocket"),
        wallsocket_guest: guests.join("bench-wallsocket.wasm"),
        wasi_host: native.join("wallsocket-bench-wasi-host"),
        wasi_guest: guests.join("bench-std.wasm"),
        directory: target.join("bench-files"),
        python_guest: if python_guest { crate::python::program(&python)? } else { PathBuf::new() },
        python,
    })
}

fn cargo(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Standard output is the table's alone.
    command.current_dir(workspace()?).args(arguments).stdout(Stdio::null());
    let status = command.status().with_context(|| format!("can't run {command:?}"))?;
    if !status.success() {
        bail!("`cargo {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}
