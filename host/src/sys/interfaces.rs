//! The machine's network interfaces and its own addresses.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::AsRawFd;
use std::ptr;

use super::errno;
use crate::error::{Error, Result};
use crate::permissions::{Permit, op};

/// The addresses of this machine, each once
/// ([getifaddrs(3)](https://man7.org/linux/man-pages/man3/getifaddrs.3.html)). Empty when the system won't say;
/// then no address can be known to be the machine's own.
pub(crate) fn addresses() -> Vec<IpAddr> {
    let mut list = Addresses(ptr::null_mut());
    // SAFETY: `list` can be written to, and is written to only on success, with what `Addresses` frees.
    if unsafe { libc::getifaddrs(&raw mut list.0) } != 0 {
        return Vec::new();
    }
    let mut addresses: Vec<_> = list.entries().filter_map(address).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// What getifaddrs(3) allocated.
struct Addresses(*mut libc::ifaddrs);

impl Addresses {
    fn entries(&self) -> impl Iterator<Item = &libc::ifaddrs> {
        // SAFETY: null, or the list that getifaddrs(3) made, which lives until `self` is dropped.
        let first = unsafe { self.0.as_ref() };
        // SAFETY: as above: each entry points to the next one of the same list, the last to null.
        std::iter::successors(first, |entry| unsafe { entry.ifa_next.as_ref() })
    }
}

impl Drop for Addresses {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: it came from getifaddrs(3) and nobody else frees it.
            unsafe { libc::freeifaddrs(self.0) }
        }
    }
}

/// An entry's IP address. None for an interface without one and for addresses of other families: the list has
/// one of `AF_PACKET` for each interface too.
fn address(entry: &libc::ifaddrs) -> Option<IpAddr> {
    // SAFETY: null, or an address that lives as long as the list does.
    match i32::from(unsafe { entry.ifa_addr.as_ref() }?.sa_family) {
        libc::AF_INET => {
            // SAFETY: the family says that it is one of these.
            let address = unsafe { entry.ifa_addr.cast::<libc::sockaddr_in>().read_unaligned() };
            Some(IpAddr::V4(Ipv4Addr::from(u32::from_be(address.sin_addr.s_addr))))
        }
        libc::AF_INET6 => {
            // SAFETY: the family says that it is one of these.
            let address = unsafe { entry.ifa_addr.cast::<libc::sockaddr_in6>().read_unaligned() };
            Some(IpAddr::V6(Ipv6Addr::from(address.sin6_addr.s6_addr)))
        }
        _ => None,
    }
}

/// Every interface, by index and name
/// ([if_nameindex(3)](https://man7.org/linux/man-pages/man3/if_nameindex.3.html)).
pub(crate) fn if_nameindex(_: &Permit<op::Interfaces>) -> Result<Vec<(u32, Vec<u8>)>> {
    // SAFETY: takes nothing; gives null or an array that `Interfaces` frees.
    let array = Interfaces(unsafe { libc::if_nameindex() });
    if array.0.is_null() {
        return Err(Error::Io(io::Error::last_os_error()));
    }
    let mut interfaces = Vec::new();
    let mut next = array.0;
    loop {
        // SAFETY: within the array, which ends with the entry whose index is 0 and whose name is null.
        let entry = unsafe { &*next };
        if entry.if_index == 0 || entry.if_name.is_null() {
            return Ok(interfaces);
        }
        // SAFETY: a string that ends in NUL and lives as long as the array.
        interfaces.push((entry.if_index, unsafe { CStr::from_ptr(entry.if_name) }.to_bytes().to_vec()));
        // SAFETY: the entry before wasn't the last.
        next = unsafe { next.add(1) };
    }
}

/// What if_nameindex(3) allocated.
struct Interfaces(*mut libc::if_nameindex);

impl Drop for Interfaces {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: it came from if_nameindex(3) and nobody else frees it.
            unsafe { libc::if_freenameindex(self.0) }
        }
    }
}

/// The index of an interface, or `ENODEV`, also for what can't be a name
/// ([if_nametoindex(3)](https://man7.org/linux/man-pages/man3/if_nametoindex.3.html)).
pub(crate) fn if_nametoindex(_: &Permit<op::Interfaces>, name: &[u8]) -> Result<u32> {
    index_of(name)
}

/// The same, for the host's own use: a fact to judge by.
pub(crate) fn index_of(name: &[u8]) -> Result<u32> {
    // Not every C library checks the length (`IFNAMSIZ` with the NUL) itself before it copies.
    let name = if name.len() < libc::IFNAMSIZ { CString::new(name).ok() } else { None };
    let name = name.ok_or_else(|| Error::os(errno::ENODEV))?;
    // SAFETY: a string that ends in NUL.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(Error::Io(io::Error::last_os_error())),
        index => Ok(index),
    }
}

/// The context id of this machine in vsock addresses
/// ([vsock(7)](https://man7.org/linux/man-pages/man7/vsock.7.html)). The device answers at once.
pub(crate) fn local_context_id(_: &Permit<op::Interfaces>) -> Result<u32> {
    /// `IOCTL_VM_SOCKETS_GET_LOCAL_CID` of linux/vm_sockets.h: `_IO(7, 0xb9)`.
    const GET_LOCAL_CID: libc::c_ulong = 0x7b9;
    let device = File::open("/dev/vsock").map_err(Error::Io)?;
    let mut id: u32 = 0;
    // SAFETY: the descriptor is open for the call, and this request writes one `unsigned int` to where it is told.
    if unsafe { libc::ioctl(device.as_raw_fd(), GET_LOCAL_CID as _, &raw mut id) } != 0 {
        return Err(Error::Io(io::Error::last_os_error()));
    }
    Ok(id)
}

/// The name of an interface, or `ENXIO`.
pub(crate) fn if_indextoname(_: &Permit<op::Interfaces>, index: u32) -> Result<Vec<u8>> {
    name_of(index)
}

/// The same, for the host's own use: a fact to judge by. It is the interface's own name, whatever other names it has.
pub(crate) fn name_of(index: u32) -> Result<Vec<u8>> {
    let mut name = [0; libc::IFNAMSIZ];
    // SAFETY: the buffer has the size that the function writes at most.
    if unsafe { libc::if_indextoname(index, name.as_mut_ptr()) }.is_null() {
        return Err(Error::Io(io::Error::last_os_error()));
    }
    // SAFETY: after a success the buffer holds a string that ends in NUL.
    Ok(unsafe { CStr::from_ptr(name.as_ptr()) }.to_bytes().to_vec())
}

#[cfg(test)]
mod tests;
