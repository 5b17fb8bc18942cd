//! Names, looked up by the system's own resolver: `nsswitch.conf`, `/etc/hosts`, DNS, `/etc/services`.
//!
//! Every function here may wait as long as the resolver likes, so none belongs on an executor's thread; the
//! exceptions say so. What can make a resolver ask others takes a permit and hands on what was judged.
//!
//! The C library's functions are used, and no resolver of our own, because `AI_*`, `EAI_*` and the
//! administrator's configuration must mean what they mean to every other program. Numbers are Linux's:
//! glibc and musl define `AI_*`, `NI_*` and `EAI_*` alike.
//!
//! A name that isn't UTF-8 can't be a WIT `string`. Such names come from alias lists, `/etc/services` or
//! reverse DNS; they are handed on with U+FFFD for what can't be read, since one odd alias shouldn't fail a
//! look-up, and no name with U+FFFD in it resolves to anything.

mod databases;
mod forward;
mod hosts;
mod reverse;

use std::ffi::{CStr, CString, c_char};
use std::io;

use crate::error::{Error, Result};
use crate::permissions::Permit;
use crate::permissions::op::{Hostname, SetHostname};

pub(crate) use databases::{getprotobyname, getservbyname, getservbyport};
pub(crate) use forward::{AddressInfo, Hints, getaddrinfo, getaddrinfo_numeric};
pub(crate) use hosts::{HostEntry, gethostbyaddr, gethostbyname};
pub(crate) use libc::{
    AF_INET, AF_INET6, AF_UNSPEC, AI_NUMERICHOST, EAI_AGAIN, EAI_FAMILY, EAI_NONAME, NI_NUMERICHOST, NI_NUMERICSERV,
    SOCK_STREAM,
};
pub(crate) use reverse::{getnameinfo, getnameinfo_numeric};

/// The host has no address of the family that was asked for; the libc crate doesn't name it.
pub(crate) const EAI_ADDRFAMILY: i32 = -9;

/// `h_errno`: no such host ([gethostbyname(3)](https://man7.org/linux/man-pages/man3/gethostbyname.3.html)).
pub(crate) const HOST_NOT_FOUND: i32 = 1;
/// `h_errno`: no answer for now.
pub(crate) const TRY_AGAIN: i32 = 2;
/// `h_errno`: a failure that asking again won't mend.
pub(crate) const NO_RECOVERY: i32 = 3;

/// The longest host name that getnameinfo(3) can write (`NI_MAXHOST`), and so the longest worth reading.
pub(crate) const LONGEST: usize = 1025;

/// Where the buffers of the `_r` functions start and end: a DNS message is 64 KiB at most, and a line of
/// `/etc/hosts` with more aliases than this holds can be refused.
const BUFFER: std::ops::RangeInclusive<usize> = 1 << 10..=256 << 10;

/// A guest's text for the C library. None when it has a NUL in it, which C would take for its end, or is too
/// long to be a name.
fn c_string(text: &str) -> Option<CString> {
    if text.len() > LONGEST { None } else { CString::new(text).ok() }
}

/// Text of the C library's; empty for none.
///
/// # Safety
///
/// `text` is null or points to a string that ends in NUL and stays as it is during the call.
unsafe fn text(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: not null, and the caller vouches for the rest.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// What getaddrinfo(3) and getnameinfo(3) return. To be called before anything else can set `errno`, which
/// explains `EAI_SYSTEM`.
fn look_up(code: i32) -> Result<()> {
    match code {
        0 => Ok(()),
        libc::EAI_SYSTEM => Err(Error::Io(io::Error::last_os_error())),
        code => Err(Error::NameLookup(code)),
    }
}

/// Calls one of the `_r` functions with larger and larger buffers for as long as it says `ERANGE`, and gives
/// what it returned at last.
fn with_buffer(mut call: impl FnMut(&mut [c_char]) -> i32, buffer: &mut Vec<c_char>) -> i32 {
    let mut size = *BUFFER.start();
    loop {
        buffer.resize(size, 0);
        let code = call(buffer);
        size *= 4;
        if code != libc::ERANGE || size > *BUFFER.end() {
            return code;
        }
    }
}

/// The machine's own name ([gethostname(2)](https://man7.org/linux/man-pages/man2/gethostname.2.html)). Doesn't
/// wait.
pub(crate) fn gethostname(_permit: &Permit<Hostname>) -> Result<String> {
    // Linux's names have 64 bytes at most (`HOST_NAME_MAX`); the zero at the end stays, whatever is written.
    let mut name = [0_u8; 256];
    // SAFETY: the buffer is valid for one byte more than the length given.
    if unsafe { libc::gethostname(name.as_mut_ptr().cast(), name.len() - 1) } != 0 {
        return Err(Error::Io(io::Error::last_os_error()));
    }
    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
    Ok(String::from_utf8_lossy(&name[..end]).into_owned())
}

/// Names the machine, or rather this process's UTS namespace ([sethostname(2)]). The kernel takes 64 bytes at most and
/// says `EINVAL` to more, and `EPERM` where the host itself may not.
///
/// [sethostname(2)]: https://man7.org/linux/man-pages/man2/gethostname.2.html
pub(crate) fn sethostname(name: &str, _permit: &Permit<SetHostname>) -> Result<()> {
    // SAFETY: the name is valid for its length.
    match unsafe { libc::sethostname(name.as_ptr().cast(), name.len()) } {
        0 => Ok(()),
        _ => Err(Error::Io(io::Error::last_os_error())),
    }
}

#[cfg(test)]
mod tests;
