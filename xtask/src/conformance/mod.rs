//! `cargo xtask conformance`: CPython's own tests of sockets, natively and in the guest, compared test by test.

mod compare;
mod expected;
mod place;
mod python;
mod suite;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::kernels::{Boot, Ended, Kernel};
use crate::workspace;
use expected::Expected;
use place::Place;
use python::Python;
use suite::Suite;

/// Run CPython's test_socket.py natively and in the guest, and compare test by test
///
/// The file is that of the machine's own Python, 3.13 where there is one, else 3.11, and stays where it is. What may
/// differ, and why, stands in tests/conformance/expected.tsv: a test that isn't as listed fails the run, and so does a
/// listed one that passes. The tests of families that this machine's kernel lacks are run on others (`cargo xtask kernels`),
/// with lists of their own. Linux only.
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

    /// Seconds within which a test has to end; 30, where the processor isn't emulated
    #[arg(long)]
    limit: Option<u64>,

    /// Only on this kernel, instead of all; can be given more than once
    #[arg(long, value_enum, value_name = "KERNEL")]
    on: Vec<Place>,

    /// Only tests whose names contain this, with all that is known of failures; nothing is compared
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
}

/// Has the command compile for any processor.
const ANY_PROCESSOR: &str = "WALLSOCKET_ANY_PROCESSOR";

/// What the guest may do: all that the tests do natively, on this machine alone.
const GRANTS: [&str; 17] = [
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
    "pass send *",
    "pass receive *",
];

impl Conformance {
    pub(crate) fn run(mut self) -> Result<()> {
        let root = workspace()?;
        let python = Python::find(self.python.as_deref())?;
        if let Some(place) = Place::here() {
            return self.compare(&root, &python, place);
        }
        eprintln!("Python {} at {}", python.version, python.executable.display());
        if self.only.is_empty() && python.short() == "3.13" {
            judge_of_the_harness(&root, &python)?;
        }
        // Nothing can be built on the other kernels.
        self.python = Some(python.executable.clone());
        if self.cli.is_none() {
            self.cli = Some(crate::python::cli()?);
        }
        if self.component.is_none() {
            let preload = root.join("tests/conformance/preload");
            self.component = Some(crate::python::interpreter_with("conformance", &preload, "library_sources")?);
        }
        let places = if self.on.is_empty() { Place::ALL.to_vec() } else { self.on.clone() };
        let (mut wrong, mut missing) = (Vec::new(), Vec::new());
        for place in places {
            let compared = match place.kernel() {
                None => self.compare(&root, &python, place).map(|()| None),
                Some(kernel) => self.boot(&root, kernel),
            };
            match compared {
                Ok(None) => {}
                Ok(Some(why)) => missing.push(format!("{place}: {why}")),
                Err(error) => wrong.push(format!("{place}: {error:#}")),
            }
        }
        for why in &missing {
            eprintln!("skipped: no such kernel: {why}");
        }
        if env::var_os("CI").is_some() {
            wrong.append(&mut missing);
        }
        if !wrong.is_empty() {
            bail!("{}", wrong.join("; "));
        }
        Ok(())
    }

    /// Runs the same on another kernel; or says why there is none.
    fn boot(&self, root: &Path, kernel: Kernel) -> Result<Option<String>> {
        self.compile()?;
        let mut boot = Boot::of(kernel, root);
        let command = boot.command(&[]);
        command.arg(env::current_exe().context("this program has no path")?).arg("conformance");
        command.args(self.limit.map(|limit| format!("--limit={limit}")));
        for (option, path) in [("--python", &self.python), ("--cli", &self.cli), ("--component", &self.component)] {
            command.arg(option).args(path);
        }
        for text in &self.only {
            command.args(["--only", text]);
        }
        match boot.run(|line| println!("{line}"))? {
            Ended::Command(true) => Ok(None),
            Ended::Command(false) => bail!("it isn't as it has to be"),
            Ended::Without(why) => Ok(Some(why)),
        }
    }

    /// Has the component compiled, for any processor of this kind: an emulated one has less, and compiles for minutes.
    fn compile(&self) -> Result<()> {
        let (cli, component) =
            (self.cli.as_deref().context("no command")?, self.component.as_deref().context("no component")?);
        let mut command = Command::new(cli);
        command.arg("run").arg(component).args(["-c", "pass"]).env(ANY_PROCESSOR, "1");
        if !command.status().with_context(|| format!("can't run {}", cli.display()))?.success() {
            bail!("{} doesn't run", component.display());
        }
        Ok(())
    }

    /// Runs the tests on this kernel, and compares what came out.
    fn compare(&self, root: &Path, python: &Python, here: Place) -> Result<()> {
        let list = Expected::read(&root.join("tests/conformance").join(here.list()))?;
        let place = root.join("target").join(here.folder());
        fs::create_dir_all(&place).with_context(|| format!("can't make {}", place.display()))?;
        let limit = Duration::from_secs(self.limit.unwrap_or(if here == Place::Stock { 120 } else { 30 }));
        let suite = |name, command: Command, log: &str| {
            let mut command = command;
            self.choose(&mut command, here);
            Suite { name, command, log: place.join(log), limit }
        };
        let native = suite("natively", self.native(root, &place, python)?, "native.log");
        let transformed =
            suite("natively, without threads", self.transformed(root, &place, python)?, "transformed.log");
        let guest = suite("in the guest", self.guest(root, &place, python, here)?, "guest.log");

        let started = Instant::now();
        let transformed = || python.can_be_transformed().then(|| transformed.run()).transpose();
        let (natively, transformed, in_guest) = if here == Place::Own {
            // All of them mostly wait.
            thread::scope(|scope| {
                let natively = scope.spawn(|| native.run());
                let transformed = scope.spawn(transformed);
                let in_guest = guest.run();
                let done = "a thread that runs tests doesn't panic";
                (natively.join().expect(done), transformed.join().expect(done), in_guest)
            })
        } else {
            // They share a CAN bus, on which each hears what the others send.
            (native.run(), transformed(), guest.run())
        };
        let (natively, transformed, in_guest) = (natively?, transformed?, in_guest?);
        eprintln!("on {here}: natively {natively}");
        if let Some(transformed) = &transformed {
            eprintln!("on {here}: natively, without threads {transformed}");
        }
        eprintln!("on {here}: in the guest {in_guest}");
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

    fn native(&self, root: &Path, place: &Path, python: &Python) -> Result<Command> {
        let mut command = named(&python.executable);
        command.arg(root.join("tests/conformance/run_natively.py")).env("PYTHONDONTWRITEBYTECODE", "1");
        command.current_dir(scratch(place, "native")?);
        Ok(command)
    }

    /// The file as the guest runs it, by the Python that it belongs to: what the transformation changes by itself.
    fn transformed(&self, root: &Path, place: &Path, python: &Python) -> Result<Command> {
        let mut command = named(&python.executable);
        command.arg(root.join("tests/conformance/run_in_guest.py")).arg(&python.library);
        command.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(scratch(place, "transformed")?);
        Ok(command)
    }

    fn guest(&self, root: &Path, place: &Path, python: &Python, here: Place) -> Result<Command> {
        let scratch = scratch(place, "guest")?;
        let cli = self.cli.as_deref().context("no command")?;
        let component = self.component.as_deref().context("no component")?;
        let mut command = named(cli);
        command.arg("run");
        if here != Place::Own {
            command.env(ANY_PROCESSOR, "1");
            // A test looks there whether TIPC is in the kernel.
            let proc = self::scratch(place, "proc")?;
            fs::copy("/proc/modules", proc.join("modules")).context("can't copy /proc/modules")?;
            command.args(["--dir", &format!("{}::/proc", proc.display())]);
        }
        for grant in GRANTS.iter().chain(here.grants()) {
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
        Ok(command)
    }

    /// Which tests.
    fn choose(&self, command: &mut Command, here: Place) {
        if self.only.is_empty() {
            command.args(here.classes().iter().flat_map(|class| ["--only", class]));
        } else {
            command.args(self.only.iter().flat_map(|text| ["--only", text])).arg("--verbose");
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
