//! Services and protocols by name and number:
//! [getservbyname(3)](https://man7.org/linux/man-pages/man3/getservbyname.3.html),
//! [getprotobyname(3)](https://man7.org/linux/man-pages/man3/getprotobyname.3.html).
//!
//! They are files as a rule, but `nsswitch.conf` can name a directory server: they may wait. A failure of theirs
//! is "not known", as it is in Python.

use std::ffi::{CString, c_char, c_int};
use std::ptr;

use libc::{protoent, servent};

use super::{c_string, text, with_buffer};

// The libc crate lacks them; musl has those of services only.
unsafe extern "C" {
    fn getservbyname_r(
        name: *const c_char,
        protocol: *const c_char,
        entry: *mut servent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut servent,
    ) -> c_int;

    fn getservbyport_r(
        port: c_int,
        protocol: *const c_char,
        entry: *mut servent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut servent,
    ) -> c_int;

    fn getprotobyname_r(
        name: *const c_char,
        entry: *mut protoent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut protoent,
    ) -> c_int;
}

/// The port of a service, of a protocol or of any.
pub(crate) fn getservbyname(name: &str, protocol: Option<&str>) -> Option<u16> {
    let name = c_string(name)?;
    let protocol = Protocol::new(protocol)?;
    service(
        |entry, buffer, result| {
            // SAFETY: the strings end in NUL, or are null; the others are what `service` says.
            unsafe {
                getservbyname_r(name.as_ptr(), protocol.as_ptr(), entry, buffer.as_mut_ptr(), buffer.len(), result)
            }
        },
        // The port stands in network byte order in the lower half of an int.
        |entry| u16::from_be(entry.s_port as u16),
    )
}

/// The service at a port, of a protocol or of any.
pub(crate) fn getservbyport(port: u16, protocol: Option<&str>) -> Option<String> {
    let protocol = Protocol::new(protocol)?;
    service(
        |entry, buffer, result| {
            let port = c_int::from(port.to_be());
            // SAFETY: the string ends in NUL, or is null; the others are what `service` says.
            unsafe { getservbyport_r(port, protocol.as_ptr(), entry, buffer.as_mut_ptr(), buffer.len(), result) }
        },
        // SAFETY: the C library filled the entry, and its strings are in the buffer, which is still there.
        |entry| unsafe { text(entry.s_name) },
    )
}

/// The number of a protocol.
pub(crate) fn getprotobyname(name: &str) -> Option<i32> {
    let name = c_string(name)?;
    let mut entry = protoent { p_name: ptr::null_mut(), p_aliases: ptr::null_mut(), p_proto: 0 };
    let mut found = ptr::null_mut();
    let call = |buffer: &mut [c_char]| {
        // SAFETY: the name ends in NUL; entry, buffer and result can be written to during the call.
        unsafe { getprotobyname_r(name.as_ptr(), &raw mut entry, buffer.as_mut_ptr(), buffer.len(), &raw mut found) }
    };
    if with_buffer(call, &mut Vec::new()) != 0 {
        return None;
    }
    // SAFETY: null, or `entry`, which the call has filled. Only its number is read: its buffer is gone.
    unsafe { found.as_ref() }.map(|entry| entry.p_proto)
}

/// Calls one of the two with an entry to fill, a buffer for what it points to, and where to say whether there is
/// one, all valid for the call; and reads the entry while the buffer is there.
fn service<T>(
    mut function: impl FnMut(*mut servent, &mut [c_char], *mut *mut servent) -> c_int,
    read: impl FnOnce(&servent) -> T,
) -> Option<T> {
    let mut entry =
        servent { s_name: ptr::null_mut(), s_aliases: ptr::null_mut(), s_port: 0, s_proto: ptr::null_mut() };
    let mut found = ptr::null_mut();
    let mut buffer = Vec::new();
    if with_buffer(|buffer| function(&raw mut entry, buffer, &raw mut found), &mut buffer) != 0 {
        return None;
    }
    // SAFETY: null, or `entry`, which the call has filled.
    unsafe { found.as_ref() }.map(read)
}

/// A protocol's name, or null for any.
struct Protocol(Option<CString>);

impl Protocol {
    /// None for a text that names no protocol.
    fn new(protocol: Option<&str>) -> Option<Self> {
        match protocol {
            Some(protocol) => Some(Self(Some(c_string(protocol)?))),
            None => Some(Self(None)),
        }
    }

    fn as_ptr(&self) -> *const c_char {
        self.0.as_ref().map_or(ptr::null(), |protocol| protocol.as_ptr())
    }
}
