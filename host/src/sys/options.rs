//! getsockopt(2) and setsockopt(2) as bytes; what they mean is the option table's.

use std::io;

use super::Socket;
use crate::permissions::Permit;
use crate::permissions::op::SetOption;

/// Reads at most `length` bytes of an option.
pub(crate) fn get(socket: &Socket, level: i32, name: i32, length: usize) -> io::Result<Vec<u8>> {
    let mut value = vec![0u8; length];
    let mut size = libc::socklen_t::try_from(length).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the kernel writes at most `size` bytes to `value`, which has them, and says how many.
    let result = unsafe { libc::getsockopt(socket.raw_fd(), level, name, value.as_mut_ptr().cast(), &mut size) };
    if result == -1 {
        return Err(io::Error::last_os_error());
    }
    value.truncate(size as usize);
    Ok(value)
}

/// Sets an option that takes a grant.
pub(crate) fn set_granted(
    socket: &Socket,
    level: i32,
    name: i32,
    value: &[u8],
    _permit: &Permit<SetOption>,
) -> io::Result<()> {
    set(socket, level, name, value)
}

/// Sets an option that takes no grant.
pub(crate) fn set(socket: &Socket, level: i32, name: i32, value: &[u8]) -> io::Result<()> {
    let size = libc::socklen_t::try_from(value.len()).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the kernel reads `size` bytes of `value`, which has them.
    match unsafe { libc::setsockopt(socket.raw_fd(), level, name, value.as_ptr().cast(), size) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Sets an option to no value of a length: what Python's `None` stands for.
pub(crate) fn set_null(socket: &Socket, level: i32, name: i32, length: u32) -> io::Result<()> {
    // SAFETY: the kernel never follows a null pointer: it says `EFAULT`, or takes it for no value.
    match unsafe { libc::setsockopt(socket.raw_fd(), level, name, std::ptr::null(), length) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
