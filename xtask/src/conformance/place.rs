//! On which kernel the tests are run, and which of them.

use std::env;
use std::fmt;

use clap::ValueEnum;

use crate::kernels::{HERE, Kernel};

/// A kernel on which the tests are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Place {
    /// The machine's own: all tests
    Own,
    /// User-mode Linux: those of the families that few kernels have
    UserMode,
    /// Debian's stock kernel, in qemu: the same
    Stock,
}

/// Parts of the names of classes, of the families that few kernels have.
const CLASSES: [&str; 10] =
    ["CAN", "ISOTP", "J1939", "LinuxKernelCryptoAPI", "TIPC", "RDS", "QIPCRTR", "SCTP", "VSOCK", "Bluetooth"];

/// What the tests of these families do.
const GRANTS: [&str; 21] = [
    "can raw *",
    "can bcm vcan0",
    "can isotp vcan0",
    "can j1939 vcan0",
    "alg hash *",
    "alg skcipher *",
    "alg aead *",
    "alg rng *",
    "tipc bind 2000:200-210",
    "tipc send 2000:200-210",
    "tipc connect 2000:200-210",
    "sctp listen *:*",
    "sctp connect *:*",
    "rds bind 127.0.0.1:*",
    "rds send 127.0.0.1:*",
    "bluetooth hci *",
    "bluetooth l2cap connect *:*",
    "bluetooth rfcomm connect *:*",
    "bluetooth sco connect *",
    "qipcrtr bind *:*",
    "qipcrtr send 123:123",
];

impl Place {
    pub(super) const ALL: [Self; 3] = [Self::Own, Self::UserMode, Self::Stock];

    /// Where this program was started by itself on another kernel: which.
    pub(super) fn here() -> Option<Self> {
        let name = env::var(HERE).ok()?;
        Self::ALL.into_iter().find(|place| place.kernel().is_some_and(|kernel| kernel.name() == name))
    }

    /// What has to be booted.
    pub(super) fn kernel(self) -> Option<Kernel> {
        match self {
            Self::Own => None,
            Self::UserMode => Some(Kernel::UserMode),
            Self::Stock => Some(Kernel::Stock),
        }
    }

    /// The file that says what may differ.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::Own => "expected.tsv",
            Self::UserMode => "expected-user-mode.tsv",
            Self::Stock => "expected-stock.tsv",
        }
    }

    /// Where logs and the tests' own files are, below the target directory. On another kernel they are gone with it, and a
    /// folder that this machine has too would be half its own.
    pub(super) fn folder(self) -> String {
        self.kernel().map_or("conformance".into(), |kernel| format!("conformance-{}", kernel.name()))
    }

    /// The tests that are run, by parts of their names; all where there are none.
    pub(super) fn classes(self) -> &'static [&'static str] {
        if self == Self::Own { &[] } else { &CLASSES }
    }

    /// What a guest may do there beside all that it may on the machine's own.
    pub(super) fn grants(self) -> &'static [&'static str] {
        if self == Self::Own { &[] } else { &GRANTS }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kernel() {
            None => f.write_str("this machine's kernel"),
            Some(kernel) => write!(f, "the {} kernel", kernel.name()),
        }
    }
}
