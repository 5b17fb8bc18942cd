//! Addresses whose layout the system's C library doesn't have: fields put one behind the other.

use std::io;

use socket2::{SockAddr, SockAddrStorage};

use super::super::errno;

/// An address of these bytes, which begin with the family.
pub(super) fn address(bytes: &[u8]) -> io::Result<SockAddr> {
    let mut storage = SockAddrStorage::zeroed();
    if bytes.len() > storage.size_of() as usize {
        return Err(errno::from_linux(errno::EINVAL));
    }
    // SAFETY: the storage is a place for any address, longer than `bytes`, and isn't where they lie.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), (&raw mut storage).cast::<u8>(), bytes.len()) };
    // SAFETY: so many bytes of it are an address now; the rest is zero.
    Ok(unsafe { SockAddr::new(storage, bytes.len() as libc::socklen_t) })
}

/// The bytes of an address.
pub(super) fn of(address: &SockAddr) -> &[u8] {
    // SAFETY: the storage holds at least as many bytes as the address has, all of them written or zero.
    unsafe { std::slice::from_raw_parts(address.as_ptr().cast::<u8>(), address.len() as usize) }
}

/// Puts fields together.
#[derive(Debug)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// Begins with the family.
    pub(super) fn new(family: i32) -> Self {
        Self((family as libc::sa_family_t).to_ne_bytes().to_vec())
    }

    pub(super) fn bytes(mut self, field: impl AsRef<[u8]>) -> Self {
        self.0.extend_from_slice(field.as_ref());
        self
    }

    /// Bytes in a field of a fixed size; what is longer is cut, what is shorter ends with zeros.
    pub(super) fn padded(mut self, field: &[u8], size: usize) -> Self {
        let end = self.0.len() + size;
        self.0.extend_from_slice(&field[..field.len().min(size)]);
        self.0.resize(end, 0);
        self
    }

    pub(super) fn address(self) -> io::Result<SockAddr> {
        address(&self.0)
    }
}

/// Takes fields apart. What the kernel left out at the end is zero.
#[derive(Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Begins behind the family.
    pub(super) fn new(address: &'a SockAddr) -> Self {
        Self(of(address).get(size_of::<libc::sa_family_t>()..).unwrap_or_default())
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut field = [0; N];
        let length = self.0.len().min(N);
        let (now, rest) = self.0.split_at(length);
        field[..length].copy_from_slice(now);
        self.0 = rest;
        field
    }

    pub(super) fn u16(&mut self) -> u16 {
        u16::from_ne_bytes(self.bytes())
    }

    pub(super) fn u32(&mut self) -> u32 {
        u32::from_ne_bytes(self.bytes())
    }

    pub(super) fn u64(&mut self) -> u64 {
        u64::from_ne_bytes(self.bytes())
    }
}
