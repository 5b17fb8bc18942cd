//! Error numbers: the one table of names, Linux's generic numbers, this system's numbers and texts.
//!
//! The WIT speaks Linux's generic numbering (`include/uapi/asm-generic/errno*.h`). Here on Linux the two
//! agree but on MIPS, SPARC, PA-RISC and Alpha; the table doesn't care.

use std::io;

macro_rules! errnos {
    ($($name:ident = $linux:literal $text:literal,)*) => {
        $(pub(crate) const $name: i32 = $linux;)*

        /// Name, Linux's number, this system's number, text of strerror(3).
        static TABLE: &[(&str, i32, i32, &str)] = &[$((stringify!($name), $linux, libc::$name, $text),)*];
    };
}

#[rustfmt::skip]
#[allow(dead_code, reason = "a table is whole, whichever rows are used by name")]
mod table {
    errnos! {
        EPERM = 1 "Operation not permitted",
        ENOENT = 2 "No such file or directory",
        ESRCH = 3 "No such process",
        EINTR = 4 "Interrupted system call",
        EIO = 5 "Input/output error",
        ENXIO = 6 "No such device or address",
        E2BIG = 7 "Argument list too long",
        EBADF = 9 "Bad file descriptor",
        EAGAIN = 11 "Resource temporarily unavailable",
        ENOMEM = 12 "Cannot allocate memory",
        EACCES = 13 "Permission denied",
        EFAULT = 14 "Bad address",
        EBUSY = 16 "Device or resource busy",
        EEXIST = 17 "File exists",
        EXDEV = 18 "Invalid cross-device link",
        ENODEV = 19 "No such device",
        ENOTDIR = 20 "Not a directory",
        EISDIR = 21 "Is a directory",
        EINVAL = 22 "Invalid argument",
        ENFILE = 23 "Too many open files in system",
        EMFILE = 24 "Too many open files",
        ENOTTY = 25 "Inappropriate ioctl for device",
        EFBIG = 27 "File too large",
        ENOSPC = 28 "No space left on device",
        ESPIPE = 29 "Illegal seek",
        EROFS = 30 "Read-only file system",
        EPIPE = 32 "Broken pipe",
        EDOM = 33 "Numerical argument out of domain",
        ERANGE = 34 "Numerical result out of range",
        ENAMETOOLONG = 36 "File name too long",
        ENOSYS = 38 "Function not implemented",
        ELOOP = 40 "Too many levels of symbolic links",
        ENOMSG = 42 "No message of desired type",
        ENODATA = 61 "No data available",
        ETIME = 62 "Timer expired",
        ENONET = 64 "Machine is not on the network",
        EPROTO = 71 "Protocol error",
        EBADMSG = 74 "Bad message",
        EOVERFLOW = 75 "Value too large for defined data type",
        EBADFD = 77 "File descriptor in bad state",
        EILSEQ = 84 "Invalid or incomplete multibyte or wide character",
        EUSERS = 87 "Too many users",
        ENOTSOCK = 88 "Socket operation on non-socket",
        EDESTADDRREQ = 89 "Destination address required",
        EMSGSIZE = 90 "Message too long",
        EPROTOTYPE = 91 "Protocol wrong type for socket",
        ENOPROTOOPT = 92 "Protocol not available",
        EPROTONOSUPPORT = 93 "Protocol not supported",
        ESOCKTNOSUPPORT = 94 "Socket type not supported",
        EOPNOTSUPP = 95 "Operation not supported",
        EPFNOSUPPORT = 96 "Protocol family not supported",
        EAFNOSUPPORT = 97 "Address family not supported by protocol",
        EADDRINUSE = 98 "Address already in use",
        EADDRNOTAVAIL = 99 "Cannot assign requested address",
        ENETDOWN = 100 "Network is down",
        ENETUNREACH = 101 "Network is unreachable",
        ENETRESET = 102 "Network dropped connection on reset",
        ECONNABORTED = 103 "Software caused connection abort",
        ECONNRESET = 104 "Connection reset by peer",
        ENOBUFS = 105 "No buffer space available",
        EISCONN = 106 "Transport endpoint is already connected",
        ENOTCONN = 107 "Transport endpoint is not connected",
        ESHUTDOWN = 108 "Cannot send after transport endpoint shutdown",
        ETOOMANYREFS = 109 "Too many references: cannot splice",
        ETIMEDOUT = 110 "Connection timed out",
        ECONNREFUSED = 111 "Connection refused",
        EHOSTDOWN = 112 "Host is down",
        EHOSTUNREACH = 113 "No route to host",
        EALREADY = 114 "Operation already in progress",
        EINPROGRESS = 115 "Operation now in progress",
        ESTALE = 116 "Stale file handle",
        EDQUOT = 122 "Disk quota exceeded",
        ECANCELED = 125 "Operation canceled",
        ENOKEY = 126 "Required key not available",
        EKEYREJECTED = 129 "Key was rejected by service",
    }

    /// The rows, for this module's functions.
    pub(super) fn rows() -> &'static [(&'static str, i32, i32, &'static str)] {
        TABLE
    }
}
pub(crate) use table::*;

/// Linux's number for an error of this system. An error without one, which the standard library makes
/// itself now and then, is `EIO`.
pub(crate) fn to_linux(error: &io::Error) -> i32 {
    let Some(native) = error.raw_os_error() else { return EIO };
    table::rows().iter().find(|row| row.2 == native).map_or(native, |row| row.1)
}

/// An error of this system by Linux's number.
pub(crate) fn from_linux(errno: i32) -> io::Error {
    let native = table::rows().iter().find(|row| row.1 == errno).map_or(errno, |row| row.2);
    io::Error::from_raw_os_error(native)
}

/// The name and text of one of Linux's numbers: `("ECONNREFUSED", "Connection refused")`.
pub(crate) fn describe(errno: i32) -> (&'static str, &'static str) {
    table::rows().iter().find(|row| row.1 == errno).map_or(("E?", "Unknown error"), |row| (row.0, row.3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_translates_there_and_back_and_has_the_systems_own_text() {
        for (name, linux, native, text) in table::rows() {
            assert_eq!(to_linux(&from_linux(*linux)), *linux, "{name} must come back as it went");
            let system = io::Error::from_raw_os_error(*native).to_string();
            assert!(system.starts_with(text), "{name}: the table says {text:?}, the system {system:?}");
        }
    }

    #[test]
    fn an_error_without_a_number_is_eio() {
        assert_eq!(to_linux(&io::Error::other("made up")), EIO);
    }
}
