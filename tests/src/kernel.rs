//! Tests on other kernels, for the families that the machine's own may lack.
//!
//! A test says the family that it shows, and runs where that is:
//!
//! ```ignore
//! use wallsocket_tests::kernel::{self, Family};
//!
//! // #[test]
//! fn frames_move_between_guests() {
//!     kernel::with(Family::CanRaw).run("frames_move_between_guests", || {
//!         // vcan0 is up here, and takes CAN FD.
//!     });
//! }
//! ```
//!
//! `cargo test` boots user-mode Linux once for each file of tests (`tests/kernels/run`), and runs the whole file there, one
//! test after the other. `cargo xtask kernels` boots each kernel once for all files; tests of what Debian's stock kernel
//! alone has are run by that command only, because that kernel is emulated.

use std::any::Any;
use std::fmt;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::Command;
use std::sync::LazyLock;

/// Names the kernel on which this program is, where it isn't the machine's own. Under `none`, tests say which kernels they take.
const HERE: &str = "WALLSOCKET_KERNEL";

/// A kernel that can be booted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// User-mode Linux: seconds.
    UserMode,
    /// Debian's stock kernel in qemu: minutes.
    Stock,
}

impl Kernel {
    const ALL: [Self; 2] = [Self::UserMode, Self::Stock];

    fn name(self) -> &'static str {
        match self {
            Self::UserMode => "user-mode",
            Self::Stock => "stock",
        }
    }
}

/// What a test needs of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `CAN_RAW`; vcan0 is up.
    CanRaw,
    /// `CAN_BCM`; vcan0 is up.
    CanBcm,
    /// `CAN_ISOTP`; vcan0 is up.
    Isotp,
    /// `CAN_J1939`; vcan0 is up.
    J1939,
    /// `AF_ALG`.
    Alg,
    /// `AF_TIPC`.
    Tipc,
    /// `AF_RDS`, over TCP too.
    Rds,
    /// `AF_BLUETOOTH`, with /dev/vhci.
    Bluetooth,
    /// `AF_QIPCRTR`.
    Qipcrtr,
    /// `IPPROTO_SCTP`.
    Sctp,
    /// `AF_VSOCK` with loopback.
    Vsock,
    /// The queueing discipline that delays and drops.
    Netem,
}

impl Family {
    /// Where it is.
    fn kernels(self) -> &'static [Kernel] {
        match self {
            Self::Isotp | Self::Bluetooth | Self::Qipcrtr => &[Kernel::Stock],
            _ => &Kernel::ALL,
        }
    }
}

/// As the last line of `cargo xtask kernels` has them.
impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CanRaw => "can_raw",
            Self::CanBcm => "can_bcm",
            Self::Isotp => "isotp",
            Self::J1939 => "j1939",
            Self::Alg => "alg",
            Self::Tipc => "tipc",
            Self::Rds => "rds",
            Self::Bluetooth => "bluetooth",
            Self::Qipcrtr => "qipcrtr",
            Self::Sctp => "sctp",
            Self::Vsock => "vsock",
            Self::Netem => "netem",
        })
    }
}

/// A test of that family, for a kernel that has it.
pub fn with(family: Family) -> Test {
    Test { family, kernels: family.kernels() }
}

/// A test that needs a kernel.
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Test {
    family: Family,
    kernels: &'static [Kernel],
}

impl Test {
    /// For Debian's stock kernel alone, where the other has the family but not all of it.
    pub fn on_stock(self) -> Self {
        Self { kernels: &[Kernel::Stock], ..self }
    }

    /// Runs the test of that name, which is the one that calls, on such a kernel.
    ///
    /// Where it can't be had the test is skipped, and says why; in CI (`CI` is set) it fails then.
    ///
    /// # Panics
    ///
    /// When the test fails there.
    #[track_caller]
    pub fn run(self, name: &str, test: impl FnOnce()) {
        match std::env::var(HERE) {
            Err(_) if self.kernels.contains(&Kernel::UserMode) => self.outcome(name),
            Err(_) => println!("skipped: takes Debian's stock kernel: cargo xtask kernels --kernel stock {name}"),
            Ok(here) if self.kernels.iter().any(|kernel| kernel.name() == here) => self.report_on(name, test),
            Ok(here) => {
                println!("skipped: not on {here}");
                if here == "none" {
                    crate::guest::compile();
                    self.report(
                        name,
                        "takes",
                        &self.kernels.iter().map(|kernel| kernel.name()).collect::<Vec<_>>().join(" "),
                    );
                }
            }
        }
    }

    /// Runs it on this kernel, and says on standard output what came of it, for whoever booted the kernel.
    fn report_on(self, name: &str, test: impl FnOnce()) {
        self.report(name, "begin", "");
        match catch_unwind(AssertUnwindSafe(test)) {
            Ok(()) => self.report(name, "passed", ""),
            Err(panic) => match panic.downcast::<Skipped>() {
                Ok(skipped) => self.report(name, "skipped", &skipped.0),
                Err(panic) => {
                    self.report(name, "failed", message(&*panic));
                    resume_unwind(panic);
                }
            },
        }
    }

    /// Past what the test harness collects, and on a line of its own.
    fn report(self, name: &str, outcome: &str, why: &str) {
        let why = why.replace(['\t', '\n'], " ");
        let line = format!("\nkernel\t{}\t{name}\t{outcome}\t{why}\n", self.family);
        // Without a reader there is nobody to be told.
        let _ = std::io::stdout().write_all(line.as_bytes());
    }

    /// What came of it where this program ran on user-mode Linux.
    #[track_caller]
    fn outcome(self, name: &str) {
        /// What the program said there, or why there was no kernel.
        static THERE: LazyLock<Result<String, String>> = LazyLock::new(run_there);
        let said = match &*THERE {
            Ok(said) => said,
            Err(why) if std::env::var_os("CI").is_none() => return println!("skipped: no other kernel: {why}"),
            Err(why) => panic!("no other kernel can be had: {why}"),
        };
        let start = format!("kernel\t{}\t{name}\t", self.family);
        match said.lines().rev().find_map(|line| line.strip_prefix(&start)).and_then(|rest| rest.split_once('\t')) {
            Some(("passed", _)) => {}
            Some(("skipped", why)) => println!("skipped: {why}"),
            Some((outcome, why)) => {
                let output = section(said, name).unwrap_or(said);
                panic!("{name} on user-mode Linux: {outcome} {why}\n{output}");
            }
            None => panic!("{name} didn't run on user-mode Linux:\n{said}"),
        }
    }
}

/// Ends a test that began with [`Test::run`]: it is skipped, for that reason.
pub fn skip(why: impl Into<String>) -> ! {
    resume_unwind(Box::new(Skipped(why.into())))
}

/// What such a test panics with.
struct Skipped(String);

/// Runs this program on user-mode Linux: the same tests of it.
fn run_there() -> Result<String, String> {
    crate::guest::compile();
    let this = std::env::current_exe().expect("this program has a path");
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/kernels/run"))
        .arg("env")
        .arg(format!("{HERE}={}", Kernel::UserMode.name()))
        .arg("RUST_TEST_THREADS=1")
        .arg(this)
        .args(std::env::args_os().skip(1))
        .output()
        .map_err(|error| error.to_string())?;
    let [said, complained] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    if output.status.code() == Some(125) {
        return Err(complained);
    }
    Ok(format!("{said}\n{complained}"))
}

/// What the test harness collected of a test that failed.
fn section<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = said.split_once(&format!("---- {name} stdout ----\n"))?;
    let end = rest.find("\n---- ").or_else(|| rest.find("\nfailures:\n"));
    Some(&rest[..end.unwrap_or(rest.len())])
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words")
}
