//! `cargo xtask schema`: the schema of policy files, tried with what editors use.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{python, workspace};

/// The version of taplo, a checker of TOML, which editors' extensions are made of.
const TAPLO: &str = "taplo==0.9.3";

/// Check the schema of policy files with taplo: against the policies in tests/policies, and those in the examples
///
/// Makes a virtual environment in target/python, with taplo from PyPI. What the host makes of the same policies, `cargo test`
/// tells.
#[derive(Debug, clap::Args)]
pub(crate) struct Schema {}

impl Schema {
    pub(crate) fn run(&self) -> Result<()> {
        let root = workspace()?;
        let venv = root.join("target/python/taplo");
        let python = python::virtual_environment(&venv)?;
        let taplo = python.with_file_name("taplo");
        if !taplo.exists() {
            let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", TAPLO];
            python::run(Command::new(&python).args(pip))?;
        }
        let url = format!("file://{}", root.join("docs/policy.schema.json").display());
        let valid = |policy: &Path| -> Result<bool> {
            let output = Command::new(&taplo).args(["check", "--schema", &url]).arg(policy).output();
            Ok(output.context("can't run taplo")?.status.success())
        };
        let mut checked = 0;
        for (folder, wanted) in
            [("tests/policies/accepted", true), ("tests/policies/refused", false), ("examples/tour", true)]
        {
            for entry in fs::read_dir(root.join(folder)).with_context(|| format!("can't read {folder}"))? {
                let policy = entry?.path();
                if policy.extension().is_none_or(|extension| extension != "toml") || policy.ends_with("Cargo.toml") {
                    continue;
                }
                if valid(&policy)? != wanted {
                    bail!("{}: the schema takes it for {}", policy.display(), if wanted { "wrong" } else { "right" });
                }
                checked += 1;
            }
        }
        println!("{checked} policies: the schema tells right ones from wrong ones");
        Ok(())
    }
}
