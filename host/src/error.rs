//! What a call can end in, inside the host; `interfaces::types` says it to the guest.

use std::io;

use crate::limits::Limit;
use crate::permissions::Denial;
use crate::sys::errno;

/// The error of every call: becomes the WIT's `error` variant, or a trap.
#[allow(unreachable_pub, reason = "`bindgen!` re-exports it")]
#[derive(Debug)]
pub enum Error {
    /// The system's own, or one that the host makes in its image.
    Io(io::Error),
    /// The socket's timeout passed.
    TimedOut,
    /// `EAI_*`, in Linux's numbers.
    NameLookup(i32),
    /// `h_errno`.
    HostLookup(i32),
    /// Policy said no: `EACCES`.
    Denied(Denial),
    /// Policy said no to what the system itself refuses with `EPERM`.
    NotPermitted(Denial),
    /// A limit of the guest's, and what meeting it looks like to the guest.
    OverLimit {
        /// Which one.
        limit: Limit,
        /// An errno, or a look-up's error.
        error: Box<Error>,
    },
    /// A violation of the canonical ABI, or a bug of the host's: ends the guest.
    Trap(Box<dyn std::error::Error + Send + Sync>),
}

/// The result of every call.
pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error by its Linux number, which the `errno` table names.
    pub(crate) fn os(errno: i32) -> Self {
        Self::Io(errno::from_linux(errno))
    }

    /// Whether it says "not now": `EAGAIN` and its like.
    pub(crate) fn would_block(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}
