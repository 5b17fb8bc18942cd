//! Random numbers of the system's.

use std::io;

use super::transfer::retry;

/// Bytes that nobody can guess ([getrandom(2)](https://man7.org/linux/man-pages/man2/getrandom.2.html)).
pub(crate) fn bytes<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        let rest = &mut bytes[filled..];
        // SAFETY: the kernel writes at most as many bytes as there are.
        filled += retry(|| match unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) } {
            -1 => Err(io::Error::last_os_error()),
            count => Ok(count.unsigned_abs()),
        })?;
    }
    Ok(bytes)
}
