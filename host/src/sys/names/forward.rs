//! getaddrinfo(3): a host and a service to addresses.

use std::ffi::CString;
use std::net::SocketAddr;
use std::ptr;

use socket2::{SockAddr, SockAddrStorage};

use super::{c_string, look_up, text};
use crate::error::{Error, Result};
use crate::permissions::{Permit, op};

/// What to look for; zeros are "any".
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints {
    /// `AF_*`
    pub(crate) family: i32,
    /// `SOCK_*`
    pub(crate) socket_type: i32,
    /// `IPPROTO_*`
    pub(crate) protocol: i32,
    /// `AI_*`, or-ed.
    pub(crate) flags: i32,
}

/// One way to reach a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AddressInfo {
    pub(crate) family: i32,
    pub(crate) socket_type: i32,
    pub(crate) protocol: i32,
    /// In the first item, when `AI_CANONNAME` asks for it; else empty.
    pub(crate) canonical_name: String,
    pub(crate) address: SocketAddr,
}

/// Looks up a name that was permitted, in the form in which it was judged.
pub(crate) fn getaddrinfo(
    permit: &Permit<op::Lookup>,
    service: Option<&str>,
    hints: Hints,
) -> Result<Vec<AddressInfo>> {
    call(Some(permit.target()), service, hints)
}

/// Reads an address spelled in numbers, or gives the wildcard or loopback address for no host. `AI_NUMERICHOST`
/// keeps a name from reaching a resolver: it is `EAI_NONAME`. Waits only for a service's name.
pub(crate) fn getaddrinfo_numeric(host: Option<&str>, service: Option<&str>, hints: Hints) -> Result<Vec<AddressInfo>> {
    call(host, service, Hints { flags: hints.flags | libc::AI_NUMERICHOST, ..hints })
}

fn call(host: Option<&str>, service: Option<&str>, hints: Hints) -> Result<Vec<AddressInfo>> {
    let host = argument(host, libc::EAI_NONAME)?;
    let service = argument(service, libc::EAI_SERVICE)?;
    let hints = libc::addrinfo {
        ai_flags: hints.flags,
        ai_family: hints.family,
        ai_socktype: hints.socket_type,
        ai_protocol: hints.protocol,
        ai_addrlen: 0,
        ai_addr: ptr::null_mut(),
        ai_canonname: ptr::null_mut(),
        ai_next: ptr::null_mut(),
    };
    let mut list = List(ptr::null_mut());
    let or_null = |text: &Option<CString>| text.as_ref().map_or(ptr::null(), |text| text.as_ptr());
    // SAFETY: the strings end in NUL and outlive the call, or are null; `hints` has null where it must; `list`
    // can be written to, and is written to only on success, with what `List` frees.
    look_up(unsafe { libc::getaddrinfo(or_null(&host), or_null(&service), &raw const hints, &raw mut list.0) })?;
    Ok(list.entries().filter_map(read).collect())
}

fn argument(text: Option<&str>, wrong: i32) -> Result<Option<CString>> {
    text.map(|text| c_string(text).ok_or(Error::NameLookup(wrong))).transpose()
}

/// What getaddrinfo(3) allocated.
struct List(*mut libc::addrinfo);

impl List {
    fn entries(&self) -> impl Iterator<Item = &libc::addrinfo> {
        // SAFETY: null, or the list that getaddrinfo(3) made, which lives until `self` is dropped.
        let first = unsafe { self.0.as_ref() };
        // SAFETY: as above: each entry points to the next one of the same list, the last to null.
        std::iter::successors(first, |entry| unsafe { entry.ai_next.as_ref() })
    }
}

impl Drop for List {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: it came from getaddrinfo(3) and nobody else frees it. Never null: POSIX promises nothing
            // for that.
            unsafe { libc::freeaddrinfo(self.0) }
        }
    }
}

/// An entry in our own terms; None for a family that isn't the internet's, which no C library gives.
fn read(entry: &libc::addrinfo) -> Option<AddressInfo> {
    let mut storage = SockAddrStorage::zeroed();
    let length = entry.ai_addrlen;
    if entry.ai_addr.is_null() || length > storage.size_of() {
        return None;
    }
    // SAFETY: getaddrinfo(3) filled `ai_addrlen` bytes at `ai_addr`; the storage is at least as long and a
    // thing of its own.
    unsafe { ptr::copy_nonoverlapping(entry.ai_addr.cast::<u8>(), (&raw mut storage).cast(), length as usize) };
    // SAFETY: `length` bytes of the storage are the address that was just copied there.
    let address = unsafe { SockAddr::new(storage, length) }.as_socket()?;
    Some(AddressInfo {
        family: entry.ai_family,
        socket_type: entry.ai_socktype,
        protocol: entry.ai_protocol,
        // SAFETY: null or a string of the list's, which is still there.
        canonical_name: unsafe { text(entry.ai_canonname) },
        address,
    })
}
