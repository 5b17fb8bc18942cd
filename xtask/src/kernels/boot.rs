//! A command on another kernel.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Kernel;

/// Tells a program on which kernel it is.
pub(crate) const HERE: &str = "WALLSOCKET_KERNEL";

/// How a boot ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// As the command did: with a success or not.
    Command(bool),
    /// There is no such kernel here, or it didn't come up; for that reason.
    Without(String),
}

/// A kernel to be booted for one command.
pub(crate) struct Boot(Command);

impl Boot {
    pub(crate) fn of(kernel: Kernel, root: &Path) -> Self {
        let (script, seconds) = match kernel {
            Kernel::UserMode => ("run", "600"),
            Kernel::Stock => ("run-stock", "1200"),
        };
        let mut command = Command::new(root.join("tests/kernels").join(script));
        command.env("KERNEL_SECONDS", seconds).stdin(Stdio::null()).stdout(Stdio::piped());
        command.arg("env").arg(format!("{HERE}={}", kernel.name()));
        // One test after the other: they share interfaces and ports.
        command.arg("RUST_TEST_THREADS=1");
        Self(command)
    }

    /// What runs there; more arguments may follow.
    pub(crate) fn command(&mut self, words: &[&str]) -> &mut Command {
        self.0.args(words)
    }

    /// Boots it, and hands over what the command prints, line by line.
    pub(crate) fn run(mut self, mut each: impl FnMut(&str)) -> Result<Ended> {
        let what = format!("can't run {:?}", self.0.get_program());
        let mut child = self.0.stderr(Stdio::piped()).spawn().context(what)?;
        let errors = child.stderr.take().context("no errors")?;
        let output = child.stdout.take().context("no output")?;
        let errors = std::thread::spawn(move || {
            BufReader::new(errors).lines().map_while(|line| line.ok()).inspect(|line| eprintln!("{line}")).last()
        });
        for line in BufReader::new(output).split(b'\n').map_while(|line| line.ok()) {
            each(&String::from_utf8_lossy(&line));
        }
        let status = child.wait().context("can't wait for the kernel")?;
        let last = errors.join().ok().flatten();
        Ok(match status.code() {
            // The scripts' own: they say why.
            Some(125) => Ended::Without(last.unwrap_or_else(|| "it didn't come up".into())),
            code => Ended::Command(code == Some(0)),
        })
    }
}
