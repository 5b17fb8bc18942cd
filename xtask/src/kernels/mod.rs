//! `cargo xtask kernels`: the tests of families that the machine's own kernel may lack, on kernels that have them.

mod boot;
mod programs;
mod report;

use std::env;
use std::fs::{self, File};
use std::io::Write;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::workspace;
pub(crate) use boot::{Boot, Ended, HERE};
use report::Report;

/// Run the tests of socket families on kernels that have them: user-mode Linux, and Debian's stock kernel in qemu
///
/// Boots each kernel once, for all tests that take one (`kernel::with` in tests/tests). Prints a table of what passed, what
/// was skipped and why; the last line is for machines. Where a kernel can't be had its tests are skipped, and the run
/// fails in CI alone (`CI` is set). Linux on x86-64.
#[derive(Debug, clap::Args)]
pub(crate) struct Kernels {
    /// One kernel instead of both
    #[arg(long, value_enum)]
    kernel: Option<Kernel>,

    /// Only tests whose names contain one of these
    filters: Vec<String>,
}

/// A kernel that can be booted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Kernel {
    /// User-mode Linux
    UserMode,
    /// Debian's stock kernel, in qemu
    Stock,
}

impl Kernel {
    pub(crate) const ALL: [Self; 2] = [Self::UserMode, Self::Stock];

    /// What the tests and the lists of expectations call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::UserMode => "user-mode",
            Self::Stock => "stock",
        }
    }
}

impl Kernels {
    pub(crate) fn run(self) -> Result<()> {
        let root = workspace()?;
        let place = root.join("target/kernels");
        fs::create_dir_all(&place).with_context(|| format!("can't make {}", place.display()))?;
        let programs = programs::build(&root)?;
        let mut report = Report::new(programs::tests(&programs, &self.filters)?);
        for kernel in Kernel::ALL {
            if self.kernel.is_some_and(|chosen| chosen != kernel) {
                report.leave_out(kernel);
                continue;
            }
            let Some(script) = programs::script(&report, kernel) else { continue };
            let path = place.join(format!("{}.log", kernel.name()));
            let mut log = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
            let mut boot = Boot::of(kernel, &root);
            boot.command(&["bash", "-c", &script]);
            let ended = boot.run(|line| {
                if report.take(kernel, line) {
                    return;
                }
                // A full disk is no reason to lose results.
                let _ = writeln!(log, "{line}");
            })?;
            if !report.end(kernel, ended) {
                eprintln!("{}", fs::read_to_string(&path).unwrap_or_default());
            }
        }
        println!("{report}");
        if report.has_failed() {
            bail!("tests on other kernels failed; all that was printed is in {}", place.display());
        }
        if env::var_os("CI").is_some()
            && let Some(why) = report.missing()
        {
            bail!("a kernel can't be had: {why}");
        }
        Ok(())
    }
}
