//! Descriptors passed by a native peer, with libc alone.

#![allow(unsafe_code, reason = "the standard library passes no descriptors")]
#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;

const HEADER: usize = size_of::<libc::cmsghdr>();
const MOST: usize = 4;

/// Room for a control message with `MOST` descriptors, aligned as it must be.
#[repr(C, align(8))]
struct Control([u8; HEADER + MOST * size_of::<RawFd>()]);

/// Sends a byte, with descriptors beside it: four at most.
///
/// # Errors
///
/// The system's.
///
/// # Panics
///
/// With more of them.
pub fn send(peer: &UnixStream, descriptors: &[BorrowedFd<'_>]) -> io::Result<()> {
    assert!(descriptors.len() <= MOST);
    let length = HEADER + size_of_val(descriptors);
    let mut control = Control([0; _]);
    control.0[..8].copy_from_slice(&length.to_ne_bytes());
    control.0[8..12].copy_from_slice(&libc::SOL_SOCKET.to_ne_bytes());
    control.0[12..16].copy_from_slice(&libc::SCM_RIGHTS.to_ne_bytes());
    for (place, descriptor) in control.0[HEADER..].chunks_mut(4).zip(descriptors) {
        place.copy_from_slice(&descriptor.as_raw_fd().to_ne_bytes());
    }
    let (message, _keep) = header(&mut control, length);
    // SAFETY: the header points to what lives until the call has returned.
    match unsafe { libc::sendmsg(peer.as_raw_fd(), &message, libc::MSG_NOSIGNAL) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Receives a byte, and the descriptors beside it.
///
/// # Panics
///
/// Where there is none to come.
pub fn receive(peer: &UnixStream) -> Vec<OwnedFd> {
    let mut control = Control([0; _]);
    let room = size_of::<Control>();
    let (mut message, _keep) = header(&mut control, room);
    // SAFETY: as in `send`; the kernel writes within what the header says.
    let received = unsafe { libc::recvmsg(peer.as_raw_fd(), &mut message, libc::MSG_CMSG_CLOEXEC) };
    assert_eq!(received, 1, "{}", io::Error::last_os_error());
    let length = usize::from_ne_bytes(control.0[..8].try_into().expect("8 bytes"));
    if message.msg_controllen < HEADER {
        return Vec::new();
    }
    let numbers = control.0[HEADER..length.min(room)].chunks_exact(4);
    // SAFETY: each was made for this process by that call, and is nobody else's.
    numbers.map(|n| unsafe { OwnedFd::from_raw_fd(RawFd::from_ne_bytes(n.try_into().expect("4 bytes"))) }).collect()
}

/// Whether a descriptor doesn't block.
pub fn is_non_blocking(descriptor: &impl AsRawFd) -> bool {
    // SAFETY: takes a descriptor that is open.
    unsafe { libc::fcntl(descriptor.as_raw_fd(), libc::F_GETFL) & libc::O_NONBLOCK != 0 }
}

/// A header for one byte and control data. The box is what it points to.
fn header(control: &mut Control, length: usize) -> (libc::msghdr, Box<(u8, libc::iovec)>) {
    let mut keep = Box::new((b'x', libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 1 }));
    keep.1.iov_base = (&raw mut keep.0).cast();
    // SAFETY: all fields are integers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_iov = &raw mut keep.1;
    message.msg_iovlen = 1;
    message.msg_control = control.0.as_mut_ptr().cast();
    message.msg_controllen = length as _;
    (message, keep)
}
