//! What can go wrong: Python's exceptions as one enum.

use std::borrow::Cow;
use std::fmt;
use std::io;

use crate::bindings::wallsocket::socket::types;
use crate::errno;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong in a call. It prints as Python's exception does.
///
/// Numbers are Linux's on every platform, [`crate::errno`] names them. Turned into a [`std::io::Error`] an
/// error is classed by its kind, and stays the source; the number isn't handed on, because
/// `raw_os_error` speaks WASI's numbers.
///
/// ```
/// use wallsocket::{Error, errno};
/// let error = Error::Os(errno::ECONNREFUSED);
/// assert_eq!(error.to_string(), "[Errno 111] Connection refused");
/// assert_eq!(std::io::Error::from(error).kind(), std::io::ErrorKind::ConnectionRefused);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system said no. Python: `OSError` and its subclasses by number.
    #[doc(alias = "error")]
    #[error("[Errno {0}] {text}", text = os_text(*.0))]
    Os(i32),
    /// The socket's timeout passed first. Python: `TimeoutError`, which is `socket.timeout`.
    #[doc(alias = "timeout")]
    #[error("timed out")]
    Timeout,
    /// A look-up failed, with one of `EAI_*`. Python: `socket.gaierror`.
    #[doc(alias = "gaierror")]
    #[error("[Errno {0}] {text}", text = gai_text(*.0))]
    GaiError(i32),
    /// A look-up failed, with one of `h_errno`'s numbers. Python: `socket.herror`.
    #[doc(alias = "herror")]
    #[error("[Errno {0}] {text}", text = host_text(*.0))]
    HError(i32),
    /// Policy said no. Python: `PermissionError` with `EACCES`, of
    /// [`sethostname`](crate::sethostname) with `EPERM`.
    #[error("[Errno {number}] {text}: {0}", number = .0.errno, text = os_text(.0.errno))]
    Denied(Denial),
    /// An argument that no system call could be made of. Python: `ValueError`, `OverflowError`, or an
    /// `OSError` without a number.
    #[error("{0}")]
    Value(Cow<'static, str>),
    /// Several calls failed, each with its error: what was tried, and what came of it. Python: `ExceptionGroup`.
    #[error("{0} ({n} sub-exception{s})", n = .1.len(), s = if .1.len() == 1 { "" } else { "s" })]
    Group(Cow<'static, str>, Vec<Error>),
}

/// Why policy said no, and what would change its mind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Denial {
    /// The number that the call fails with: `EACCES`, or `EPERM` where that is what the system says to who
    /// isn't privileged.
    pub errno: i32,
    /// What was asked and which rule refused it.
    pub reason: String,
    /// The grant line that would allow it, as the command line and a policy file take it; empty where none
    /// would.
    pub grant: String,
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        if !self.grant.is_empty() {
            write!(f, " (this would allow it: {})", self.grant)?;
        }
        Ok(())
    }
}

impl Error {
    /// The number that Python would have in `e.errno`: of [`Error::Os`] Linux's error number, of a look-up
    /// that failed `EAI_*` or `h_errno`. What has none in Python has the nearest: a timeout `ETIMEDOUT`, a
    /// refusal `EACCES`, a bad argument `EINVAL`, a group what its last error has.
    #[must_use]
    pub fn errno(&self) -> i32 {
        match self {
            Error::Os(number) | Error::GaiError(number) | Error::HError(number) => *number,
            Error::Timeout => errno::ETIMEDOUT,
            Error::Denied(denial) => denial.errno,
            Error::Value(_) => errno::EINVAL,
            Error::Group(_, errors) => errors.last().map_or(errno::EINVAL, Error::errno),
        }
    }

    /// Whether it is a non-blocking socket that would have had to wait: `EAGAIN` or `EINPROGRESS`. Python:
    /// `BlockingIOError`.
    #[must_use]
    pub fn would_block(&self) -> bool {
        matches!(self, Error::Os(errno::EAGAIN | errno::EINPROGRESS | errno::EALREADY))
    }

    /// The class of the error in Rust's standard library.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        use io::ErrorKind as Kind;
        match self {
            Error::Timeout => Kind::TimedOut,
            Error::Denied(_) => Kind::PermissionDenied,
            Error::Value(_) => Kind::InvalidInput,
            Error::Group(_, errors) => errors.last().map_or(Kind::Other, Error::kind),
            // `EAI_NONAME` and `EAI_NODATA`, `HOST_NOT_FOUND` and `NO_DATA`.
            Error::GaiError(-2 | -5) | Error::HError(1 | 4) => Kind::NotFound,
            Error::GaiError(_) | Error::HError(_) => Kind::Other,
            Error::Os(number) => os_kind(*number),
        }
    }

    pub(crate) const fn value(text: &'static str) -> Error {
        Error::Value(Cow::Borrowed(text))
    }
}

fn os_kind(number: i32) -> io::ErrorKind {
    use io::ErrorKind as Kind;
    match number {
        errno::EPERM | errno::EACCES => Kind::PermissionDenied,
        errno::ENOENT => Kind::NotFound,
        errno::EINTR => Kind::Interrupted,
        errno::EAGAIN | errno::EINPROGRESS | errno::EALREADY => Kind::WouldBlock,
        errno::ENOMEM => Kind::OutOfMemory,
        errno::EEXIST => Kind::AlreadyExists,
        errno::ENOTDIR => Kind::NotADirectory,
        errno::EISDIR => Kind::IsADirectory,
        errno::EINVAL | errno::EDOM => Kind::InvalidInput,
        errno::EROFS => Kind::ReadOnlyFilesystem,
        errno::EPIPE | errno::ESHUTDOWN => Kind::BrokenPipe,
        errno::ENAMETOOLONG => Kind::InvalidFilename,
        errno::EADDRINUSE => Kind::AddrInUse,
        errno::EADDRNOTAVAIL => Kind::AddrNotAvailable,
        errno::ENETDOWN => Kind::NetworkDown,
        errno::ENETUNREACH => Kind::NetworkUnreachable,
        errno::EHOSTUNREACH | errno::EHOSTDOWN => Kind::HostUnreachable,
        errno::ECONNABORTED => Kind::ConnectionAborted,
        errno::ECONNRESET => Kind::ConnectionReset,
        errno::ECONNREFUSED => Kind::ConnectionRefused,
        errno::ENOTCONN => Kind::NotConnected,
        errno::ETIMEDOUT => Kind::TimedOut,
        errno::ENOSYS
        | errno::EOPNOTSUPP
        | errno::EAFNOSUPPORT
        | errno::EPROTONOSUPPORT
        | errno::ESOCKTNOSUPPORT
        | errno::ENOPROTOOPT => Kind::Unsupported,
        _ => Kind::Other,
    }
}

fn os_text(number: i32) -> Cow<'static, str> {
    match errno::text(number) {
        Some(text) => text.into(),
        None => format!("Unknown error {number}").into(),
    }
}

fn gai_text(code: i32) -> &'static str {
    match code {
        -1 => "Bad value for ai_flags",
        -2 => "Name or service not known",
        -3 => "Temporary failure in name resolution",
        -4 => "Non-recoverable failure in name resolution",
        -5 => "No address associated with hostname",
        -6 => "ai_family not supported",
        -7 => "ai_socktype not supported",
        -8 => "Servname not supported for ai_socktype",
        -9 => "Address family for hostname not supported",
        -10 => "Memory allocation failure",
        -11 => "System error",
        _ => "Unknown error",
    }
}

fn host_text(code: i32) -> &'static str {
    match code {
        -1 => "Resolver internal error",
        0 => "Resolver Error 0 (no error)",
        1 => "Unknown host",
        2 => "Host name lookup failure",
        3 => "Unknown server error",
        4 => "No address associated with name",
        _ => "Unknown resolver error",
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> io::Error {
        io::Error::new(error.kind(), error)
    }
}

impl From<types::Error> for Error {
    fn from(error: types::Error) -> Error {
        match error {
            types::Error::Os(number) => Error::Os(number),
            types::Error::TimedOut => Error::Timeout,
            types::Error::NameLookup(code) => Error::GaiError(code),
            types::Error::HostLookup(code) => Error::HError(code),
            types::Error::Denied(types::Denial { errno, reason, grant }) => {
                Error::Denied(Denial { errno, reason, grant })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn errors_print_as_pythons_do() {
        let denial = Denial {
            errno: errno::EACCES,
            reason: "no rule allows it".into(),
            grant: "tcp connect a.example:80".into(),
        };
        for (error, text) in [
            (Error::Os(111), "[Errno 111] Connection refused"),
            (Error::Os(9999), "[Errno 9999] Unknown error 9999"),
            (Error::Timeout, "timed out"),
            (Error::GaiError(-2), "[Errno -2] Name or service not known"),
            (Error::HError(1), "[Errno 1] Unknown host"),
            (
                Error::Denied(denial),
                "[Errno 13] Permission denied: no rule allows it (this would allow it: tcp connect a.example:80)",
            ),
            (Error::value("timeout value out of range"), "timeout value out of range"),
            (
                Error::Group("create_connection failed".into(), vec![Error::Os(111)]),
                "create_connection failed (1 sub-exception)",
            ),
            (
                Error::Group("create_connection failed".into(), vec![Error::Timeout, Error::Os(111)]),
                "create_connection failed (2 sub-exceptions)",
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn every_code_of_a_look_up_has_the_text_of_the_c_library() {
        use crate::constants::*;
        for (code, text) in [
            (EAI_BADFLAGS, "Bad value for ai_flags"),
            (EAI_NONAME, "Name or service not known"),
            (EAI_AGAIN, "Temporary failure in name resolution"),
            (EAI_FAIL, "Non-recoverable failure in name resolution"),
            (EAI_NODATA, "No address associated with hostname"),
            (EAI_FAMILY, "ai_family not supported"),
            (EAI_SOCKTYPE, "ai_socktype not supported"),
            (EAI_SERVICE, "Servname not supported for ai_socktype"),
            (EAI_ADDRFAMILY, "Address family for hostname not supported"),
            (EAI_MEMORY, "Memory allocation failure"),
            (EAI_SYSTEM, "System error"),
            // gai_strerror(3) of glibc doesn't know it either.
            (EAI_OVERFLOW, "Unknown error"),
        ] {
            assert_eq!(Error::GaiError(code).to_string(), format!("[Errno {code}] {text}"));
        }
    }

    #[test]
    fn io_errors_go_by_kind_and_keep_the_error_as_source() {
        let error = io::Error::from(Error::Os(errno::ECONNREFUSED));
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        assert_eq!(error.raw_os_error(), None);
        assert_eq!(error.get_ref().and_then(|e| e.downcast_ref()), Some(&Error::Os(111)));
        assert!(error.source().is_none());
        assert_eq!(io::Error::from(Error::Os(errno::EAGAIN)).kind(), io::ErrorKind::WouldBlock);
    }
}
