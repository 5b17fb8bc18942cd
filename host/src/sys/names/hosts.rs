//! gethostbyname2_r and gethostbyaddr_r
//! ([gethostbyname(3)](https://man7.org/linux/man-pages/man3/gethostbyname.3.html)): whole host entries.

use std::ffi::{c_char, c_int, c_void};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ptr;

use libc::{hostent, socklen_t};

use super::reverse::judged;
use super::{HOST_NOT_FOUND, NO_RECOVERY, c_string, text, with_buffer};
use crate::error::{Error, Result};
use crate::permissions::{Permit, op};

// The libc crate lacks them. They are the same in glibc and musl.
unsafe extern "C" {
    fn gethostbyname2_r(
        name: *const c_char,
        family: c_int,
        entry: *mut hostent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut hostent,
        h_errno: *mut c_int,
    ) -> c_int;

    fn gethostbyaddr_r(
        address: *const c_void,
        address_length: socklen_t,
        family: c_int,
        entry: *mut hostent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut hostent,
        h_errno: *mut c_int,
    ) -> c_int;
}

/// A host as the resolver knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HostEntry {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) addresses: Vec<IpAddr>,
}

/// A host by a name that was permitted, with its IPv4 addresses.
pub(crate) fn gethostbyname(permit: &Permit<op::Lookup>) -> Result<HostEntry> {
    let name = c_string(permit.target()).ok_or(Error::HostLookup(HOST_NOT_FOUND))?;
    call(|entry, buffer, result, h_errno| {
        // SAFETY: the name ends in NUL; the others are what `call` says.
        unsafe {
            gethostbyname2_r(name.as_ptr(), libc::AF_INET, entry, buffer.as_mut_ptr(), buffer.len(), result, h_errno)
        }
    })
}

/// A host by an address whose look-up was permitted; `asked` is the guest's spelling of it.
pub(crate) fn gethostbyaddr(permit: &Permit<op::Reverse>, asked: IpAddr) -> Result<HostEntry> {
    let (octets, family) = match judged(permit, asked) {
        IpAddr::V4(address) => (address.octets().to_vec(), libc::AF_INET),
        IpAddr::V6(address) => (address.octets().to_vec(), libc::AF_INET6),
    };
    call(|entry, buffer, result, h_errno| {
        // SAFETY: the address has the length that is given and that its family has; the others are what `call`
        // says.
        unsafe {
            gethostbyaddr_r(
                octets.as_ptr().cast(),
                octets.len() as socklen_t,
                family,
                entry,
                buffer.as_mut_ptr(),
                buffer.len(),
                result,
                h_errno,
            )
        }
    })
}

/// Calls one of the two with an entry to fill, a buffer for what it points to, where to say whether there is
/// one, and where to put `h_errno`: all valid for the call.
fn call(
    mut function: impl FnMut(*mut hostent, &mut [c_char], *mut *mut hostent, *mut c_int) -> c_int,
) -> Result<HostEntry> {
    let mut entry = hostent {
        h_name: ptr::null_mut(),
        h_aliases: ptr::null_mut(),
        h_addrtype: 0,
        h_length: 0,
        h_addr_list: ptr::null_mut(),
    };
    let mut buffer = Vec::new();
    let mut found = ptr::null_mut();
    let mut h_errno = 0;
    let code = with_buffer(|buffer| function(&raw mut entry, buffer, &raw mut found, &raw mut h_errno), &mut buffer);
    if code == libc::ERANGE {
        return Err(Error::HostLookup(NO_RECOVERY));
    }
    // SAFETY: null, or `entry`, which the call has filled.
    match unsafe { found.as_ref() } {
        // SAFETY: the C library filled it, and what it points to is in `buffer`, which is still there.
        Some(entry) => Ok(unsafe { read(entry) }),
        // musl leaves `h_errno` alone now and then.
        None => Err(Error::HostLookup(if h_errno == 0 { HOST_NOT_FOUND } else { h_errno })),
    }
}

/// An entry in our own terms.
///
/// # Safety
///
/// The entry is one that the C library filled, and its buffer is still there.
unsafe fn read(entry: &hostent) -> HostEntry {
    let address = |octets: *mut c_char| match entry.h_addrtype {
        libc::AF_INET => {
            // SAFETY: an IPv4 entry's addresses have four bytes, aligned or not.
            Some(IpAddr::V4(Ipv4Addr::from(unsafe { octets.cast::<[u8; 4]>().read_unaligned() })))
        }
        libc::AF_INET6 => {
            // SAFETY: an IPv6 entry's addresses have sixteen bytes, aligned or not.
            Some(IpAddr::V6(Ipv6Addr::from(unsafe { octets.cast::<[u8; 16]>().read_unaligned() })))
        }
        _ => None,
    };
    HostEntry {
        // SAFETY: the caller vouches for the entry's strings.
        name: unsafe { text(entry.h_name) },
        // SAFETY: the aliases are such a list, of strings.
        aliases: unsafe { pointers(entry.h_aliases) }.map(|alias| unsafe { text(alias) }).collect(),
        // SAFETY: the addresses are such a list.
        addresses: unsafe { pointers(entry.h_addr_list) }.filter_map(address).collect(),
    }
}

/// The pointers of a list that ends in null.
///
/// # Safety
///
/// `list` is null or points to such a list, which stays as it is for as long as the iterator lives.
unsafe fn pointers(list: *mut *mut c_char) -> impl Iterator<Item = *mut c_char> {
    let mut next = list;
    std::iter::from_fn(move || {
        if next.is_null() {
            return None;
        }
        // SAFETY: within the list: iteration stops at the null at its end.
        let pointer = unsafe { next.read() };
        // SAFETY: one past an element that isn't the last.
        next = if pointer.is_null() { ptr::null_mut() } else { unsafe { next.add(1) } };
        (!pointer.is_null()).then_some(pointer)
    })
}
