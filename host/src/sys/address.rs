//! Addresses as the kernel lays them out: `struct sockaddr` there and back.

use std::ffi::OsStr;
use std::io;
use std::net::{SocketAddr, SocketAddrV6};
use std::os::unix::ffi::OsStrExt;

use socket2::SockAddr;

use super::errno;
use crate::address::{Address, UnixAddress};

/// An internet address for a socket of `family`. An IPv6 socket reaches IPv4 through the mapped form
/// ([RFC 4291, section 2.5.5.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2)).
pub(super) fn inet(address: SocketAddr, family: i32) -> io::Result<SockAddr> {
    match (address, family) {
        (SocketAddr::V4(_), libc::AF_INET) | (SocketAddr::V6(_), libc::AF_INET6) => Ok(address.into()),
        (SocketAddr::V4(v4), libc::AF_INET6) => Ok(SocketAddrV6::new(v4.ip().to_ipv6_mapped(), v4.port(), 0, 0).into()),
        _ => Err(errno::from_linux(errno::EAFNOSUPPORT)),
    }
}

/// A Unix address by path; 107 bytes at most.
pub(super) fn unix_path(path: &[u8]) -> io::Result<SockAddr> {
    SockAddr::unix(OsStr::from_bytes(path)).map_err(|_| errno::from_linux(errno::ENAMETOOLONG))
}

/// A Unix address in the abstract namespace; 107 bytes at most.
pub(super) fn unix_abstract(name: &[u8]) -> io::Result<SockAddr> {
    let mut bytes = Vec::with_capacity(name.len() + 1);
    bytes.push(0);
    bytes.extend_from_slice(name);
    SockAddr::unix(OsStr::from_bytes(&bytes)).map_err(|_| errno::from_linux(errno::EINVAL))
}

/// The Unix address without a name: what bind(2) takes for "name me" (autobind).
pub(super) fn unix_unnamed() -> io::Result<SockAddr> {
    SockAddr::unix("").map_err(|_| errno::from_linux(errno::EINVAL))
}

/// `AF_UNSPEC`, which dissolves an association.
pub(super) fn unspecified() -> SockAddr {
    let mut storage = socket2::SockAddrStorage::zeroed();
    // SAFETY: `sockaddr` is one of the system's address types and smaller than the storage; all its fields
    // are integers, for which zero is a value.
    unsafe { storage.view_as::<libc::sockaddr>() }.sa_family = libc::AF_UNSPEC as libc::sa_family_t;
    let length = size_of::<libc::sockaddr>() as libc::socklen_t;
    // SAFETY: the storage is zeroed but for the family, and longer than `length`.
    unsafe { SockAddr::new(storage, length) }
}

/// What the kernel says. None for no address at all, as a stream's recvfrom(2) has it.
pub(super) fn parse(address: &SockAddr) -> io::Result<Option<Address>> {
    if address.len() == 0 {
        return Ok(None);
    }
    if let Some(address) = address.as_socket() {
        return Ok(Some(address.into()));
    }
    if let Some(path) = address.as_pathname() {
        return Ok(Some(Address::Unix(UnixAddress::Path(path.as_os_str().as_bytes().to_vec()))));
    }
    if let Some(name) = address.as_abstract_namespace() {
        return Ok(Some(Address::Unix(UnixAddress::Abstract(name.to_vec()))));
    }
    match i32::from(address.family()) {
        libc::AF_UNIX => Ok(Some(Address::Unix(UnixAddress::Unnamed))),
        libc::AF_UNSPEC => Ok(Some(Address::Unspecified)),
        _ => Err(errno::from_linux(errno::EOPNOTSUPP)),
    }
}
