//! `cargo xtask generate`: what follows from the table of Python's names.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Write what follows from names/python-socket.tsv: the SDK's constants, docs/python-compat.md, the lists in wit/
#[derive(Debug, clap::Args)]
pub(crate) struct Generate {
    /// Write nothing, and fail where something would change
    #[arg(long)]
    check: bool,
}

impl Generate {
    pub(crate) fn run(&self) -> Result<()> {
        let root = workspace()?;
        let stale = wallsocket_names::stale(&root)?;
        for file in &stale {
            if self.check {
                eprintln!("{} isn't what the table says", file.path);
                continue;
            }
            let path = root.join(&file.path);
            if let Some(directory) = path.parent() {
                fs::create_dir_all(directory).with_context(|| format!("can't make {}", directory.display()))?;
            }
            fs::write(&path, &file.text).with_context(|| format!("can't write {}", file.path))?;
            println!("wrote {}", file.path);
        }
        if self.check && !stale.is_empty() {
            bail!("`cargo xtask generate` has to be run");
        }
        Ok(())
    }
}
