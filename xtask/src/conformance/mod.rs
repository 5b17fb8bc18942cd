//! `cargo xtask conformance`: CPython's own tests of sockets, natively and in the guest, compared test by test.

mod compare;
mod expected;
mod python;
mod suite;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace;
use expected::Expected;
use python::Python;
use suite::Suite;

/// Run CPython's test_socket.py natively and in the guest, and compare test by test
///
/// The file is that of the machine's own Python, 3.13 where there is one, else 3.11, and stays where it is. What may
/// differ, and why, stands in tests/conformance/expected.tsv: a test that isn't as listed fails the run, and so does a
/// listed one that passes. Linux only.
#[derive(Debug, clap::Args)]
pub(crate) struct Conformance {
    /// The Python whose file it is
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,

    /// The interpreter as a component that has tests/conformance/preload, instead of one that is built for this
    #[arg(long, value_name = "FILE")]
    component: Option<PathBuf>,

    /// The command `wallsocket`, instead of one that is built for this
    #[arg(long, value_name = "FILE")]
    cli: Option<PathBuf>,

    /// Seconds within which a test has to end
    #[arg(long, default_value_t = 30)]
    limit: u64,

    /// Only tests whose names contain this, with all that is known of failures; nothing is compared
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
}

/// What the guest may do: all that the tests do natively, on this machine alone.
const GRANTS: [&str; 15] = [
    "tcp connect *:*",
    "tcp listen *:*",
    "udp send *:*",
    "udp bind *:*",
    "dns lookup *",
    "dns reverse *",
    "unix connect @*",
    "unix listen @*",
    "vsock connect *:*",
    "vsock listen *:*",
    "interfaces list",
    "hostname read",
    "hostname write",
    "option SO_REUSEADDR",
    "option SO_REUSEPORT",
];

impl Conformance {
    pub(crate) fn run(self) -> Result<()> {
        let root = workspace()?;
        let list = Expected::read(&root.join("tests/conformance/expected.tsv"))?;
        let python = Python::find(self.python.as_deref())?;
        eprintln!("Python {} at {}", python.version, python.executable.display());

        if self.only.is_empty() && python.short() == "3.13" {
            judge_of_the_harness(&root, &python)?;
        }
        let place = root.join("target/conformance");
        fs::create_dir_all(&place).with_context(|| format!("can't make {}", place.display()))?;
        let limit = Duration::from_secs(self.limit);
        let native = Suite {
            name: "natively",
            command: self.native(&root, &python, &place)?,
            log: place.join("native.log"),
            limit,
        };
        let transformed = Suite {
            name: "natively, without threads",
            command: self.transformed(&root, &python, &place)?,
            log: place.join("transformed.log"),
            limit,
        };
        let guest = Suite {
            name: "in the guest",
            command: self.guest(&root, &python, &place)?,
            log: place.join("guest.log"),
            limit,
        };

        // All of them mostly wait.
        let started = Instant::now();
        let (natively, transformed, in_guest) = thread::scope(|scope| {
            let natively = scope.spawn(|| native.run());
            let transformed = scope.spawn(|| python.can_be_transformed().then(|| transformed.run()).transpose());
            let in_guest = guest.run();
            let done = "a thread that runs tests doesn't panic";
            (natively.join().expect(done), transformed.join().expect(done), in_guest)
        });
        let (natively, transformed, in_guest) = (natively?, transformed?, in_guest?);
        eprintln!("natively {natively}");
        if let Some(transformed) = &transformed {
            eprintln!("natively, without threads {transformed}");
        }
        eprintln!("in the guest {in_guest}");
        eprintln!("in {} s; all that was printed is in {}", started.elapsed().as_secs(), place.display());
        if !self.only.is_empty() {
            return Ok(());
        }

        let mut verdict = compare::compare(&natively, &in_guest, &list, &python.short());
        verdict.problems.extend(transformed.iter().flat_map(|results| compare::changed(&natively, results)));
        for problem in &verdict.problems {
            eprintln!("  {problem}");
        }
        println!(
            "conformance: python={} kernel={} tests={} native_ok={} guest_ok={} listed={}",
            python.version,
            kernel(),
            natively.tests.len(),
            natively.ok(),
            in_guest.ok(),
            verdict.listed,
        );
        if !verdict.problems.is_empty() {
            bail!("{} tests or lines aren't as they have to be", verdict.problems.len());
        }
        Ok(())
    }

    fn native(&self, root: &Path, python: &Python, place: &Path) -> Result<Command> {
        let mut command = named(&python.executable);
        command.arg(root.join("tests/conformance/run_natively.py")).env("PYTHONDONTWRITEBYTECODE", "1");
        command.current_dir(scratch(place, "native")?);
        self.only(&mut command);
        Ok(command)
    }

    /// The file as the guest runs it, by the Python that it belongs to: what the transformation changes by itself.
    fn transformed(&self, root: &Path, python: &Python, place: &Path) -> Result<Command> {
        let mut command = named(&python.executable);
        command.arg(root.join("tests/conformance/run_in_guest.py")).arg(&python.library);
        command.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(scratch(place, "transformed")?);
        self.only(&mut command);
        Ok(command)
    }

    fn guest(&self, root: &Path, python: &Python, place: &Path) -> Result<Command> {
        let scratch = scratch(place, "guest")?;
        let cli = match &self.cli {
            Some(cli) => cli.clone(),
            None => crate::python::cli()?,
        };
        let component = match &self.component {
            Some(component) => component.clone(),
            None => {
                let preload = root.join("tests/conformance/preload");
                crate::python::interpreter_with("conformance", &preload, "library_sources")?
            }
        };
        let mut command = named(&cli);
        command.arg("run");
        for grant in GRANTS {
            command.args(["--allow", grant]);
        }
        for verb in ["listen", "connect"] {
            command.args(["--allow", &format!("unix {verb} {}::/scratch", scratch.display())]);
        }
        for (here, there) in [
            (root.join("tests/conformance"), "/conformance"),
            (python.library.join("test"), "/library/test"),
            (scratch, "/scratch"),
        ] {
            command.args(["--dir", &format!("{}::{there}", here.display())]);
        }
        command.arg(component);
        command.args(["/conformance/run_in_guest.py", "/library", "--scratch", "/scratch"]);
        self.only(&mut command);
        Ok(command)
    }

    fn only(&self, command: &mut Command) {
        for text in &self.only {
            command.args(["--only", text]);
        }
        if !self.only.is_empty() {
            command.arg("--verbose");
        }
    }
}

/// What stands for threads, and the twins of functions, have tests of their own. They take a Python whose generators are the
/// guest's.
fn judge_of_the_harness(root: &Path, python: &Python) -> Result<()> {
    let mut tests = Command::new(&python.executable);
    tests.args(["-m", "unittest", "--quiet"]).current_dir(root.join("tests/conformance"));
    tests.env("PYTHONDONTWRITEBYTECODE", "1");
    if !tests.status().context("can't run the tests of tests/conformance")?.success() {
        bail!("the tests of tests/conformance fail");
    }
    Ok(())
}

/// An empty folder, for the files that tests make.
fn scratch(place: &Path, name: &str) -> Result<PathBuf> {
    let folder = place.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("can't remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    Ok(folder)
}

/// A command that can rename the machine, which a test does, for itself alone where the system lets it.
fn named(program: &Path) -> Command {
    let alone = ["--uts", "true"];
    if !Command::new("unshare").args(alone).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return Command::new(program);
    }
    let mut command = Command::new("unshare");
    command.arg("--uts").arg(program);
    command
}

/// The kernel's release, on which it depends what passes natively.
fn kernel() -> String {
    fs::read_to_string("/proc/sys/kernel/osrelease").map_or_else(|_| "unknown".into(), |release| release.trim().into())
}
