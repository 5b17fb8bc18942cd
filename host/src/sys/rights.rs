//! Descriptors that a Unix peer sends unasked.
//!
//! A receive that has no room for them makes the kernel close them there and then, and the last close of a socket
//! with `SO_LINGER` waits: a peer could hold up the thread that receives. So they are refused where the kernel can
//! (`SO_PASSRIGHTS`, Linux 6.16), and elsewhere taken and closed on a thread that may wait.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

use socket2::{MaybeUninitSlice, MsgHdrMut, SockAddr};
use tokio::runtime::Handle;

/// asm-generic/socket.h; libc doesn't have it yet.
const SO_PASSRIGHTS: i32 = 83;
/// What one message can carry (`SCM_MAX_FD`), in bytes of control data with its header.
const MOST: usize = size_of::<libc::cmsghdr>() + 253 * size_of::<RawFd>();

/// Control data, aligned as its headers are.
#[repr(C)]
union Control {
    header: libc::cmsghdr,
    bytes: [MaybeUninit<u8>; MOST.next_multiple_of(align_of::<libc::cmsghdr>())],
}

/// Refuses descriptors: whoever sends one to this socket is told `EPERM`. False where the kernel can't do that.
pub(super) fn refuse(socket: &socket2::Socket) -> bool {
    let off: libc::c_int = 0;
    // SAFETY: the kernel reads a C int, which is what it is given.
    let set = unsafe {
        libc::setsockopt(
            socket.as_raw_fd(),
            libc::SOL_SOCKET,
            SO_PASSRIGHTS,
            (&raw const off).cast(),
            size_of::<libc::c_int>() as libc::socklen_t,
        )
    };
    set == 0
}

/// recvmsg(2) on a Unix socket that doesn't refuse descriptors. Those that come are closed elsewhere.
pub(super) fn recv_from(
    socket: &socket2::Socket,
    data: &mut [MaybeUninit<u8>],
    flags: i32,
) -> io::Result<(usize, SockAddr)> {
    // SAFETY: an address of no length, which the call replaces.
    let mut from = unsafe { SockAddr::new(socket2::SockAddrStorage::zeroed(), 0) };
    let mut control = Control { bytes: [MaybeUninit::uninit(); _] };
    let mut buffers = [MaybeUninitSlice::new(data)];
    let mut message = MsgHdrMut::new()
        .with_addr(&mut from)
        .with_buffers(&mut buffers)
        // SAFETY: bytes that needn't be initialized are no assumption about the union's contents.
        .with_control(unsafe { &mut control.bytes });
    let received = socket.recvmsg(&mut message, flags)?;
    let length = message.control_len();
    // SAFETY: the kernel has written `length` bytes of control data, its first header aligned as it must be.
    close_elsewhere(unsafe { take(&control, length) });
    Ok((received, from))
}

/// The descriptors among control data.
///
/// # Safety
///
/// The first `length` bytes must come from a recvmsg(2) that just returned, and be asked about once: what they name
/// is owned from here on.
unsafe fn take(control: &Control, length: usize) -> Vec<OwnedFd> {
    // SAFETY: all fields are integers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_control = (&raw const *control).cast_mut().cast();
    message.msg_controllen = length as _;
    let mut taken = Vec::new();
    // SAFETY: the macros of cmsg(3) stay within `msg_controllen`, as far as the kernel filled it.
    let mut header = unsafe { libc::CMSG_FIRSTHDR(&message) };
    // SAFETY: null, or a header within the control data.
    while let Some(found) = unsafe { header.as_ref() } {
        if (found.cmsg_level, found.cmsg_type) == (libc::SOL_SOCKET, libc::SCM_RIGHTS) {
            let bytes = found.cmsg_len.saturating_sub(size_of::<libc::cmsghdr>());
            // SAFETY: `cmsg_len` counts the header and the data, which the kernel filled with descriptors.
            let first = unsafe { libc::CMSG_DATA(found) }.cast::<RawFd>();
            for index in 0..bytes / size_of::<RawFd>() {
                // SAFETY: within the data; each was installed for this process by that call, and is nobody else's.
                taken.push(unsafe { OwnedFd::from_raw_fd(first.add(index).read_unaligned()) });
            }
        }
        // SAFETY: as for the first.
        header = unsafe { libc::CMSG_NXTHDR(&message, found) };
    }
    taken
}

/// Closes what came unasked, on a thread that may wait.
fn close_elsewhere(descriptors: Vec<OwnedFd>) {
    if descriptors.is_empty() {
        return;
    }
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn_blocking(move || drop(descriptors));
    }
}

#[cfg(test)]
mod tests {
    use std::io::IoSlice;

    use socket2::{Domain, MsgHdr, Socket, Type};

    use super::*;

    fn pair() -> (Socket, Socket) {
        Socket::pair(Domain::UNIX, Type::STREAM, None).expect("a pair")
    }

    /// Sends a byte and a descriptor.
    fn send_right(socket: &Socket, right: &OwnedFd) -> io::Result<usize> {
        let mut control = Control { bytes: [MaybeUninit::zeroed(); _] };
        let length = size_of::<libc::cmsghdr>() + size_of::<RawFd>();
        control.header =
            libc::cmsghdr { cmsg_len: length as _, cmsg_level: libc::SOL_SOCKET, cmsg_type: libc::SCM_RIGHTS };
        let place = size_of::<libc::cmsghdr>();
        // SAFETY: every byte was zeroed above.
        let bytes = unsafe { &mut *(&raw mut control.bytes).cast::<[u8; MOST]>() };
        bytes[place..length].copy_from_slice(&right.as_raw_fd().to_ne_bytes());
        let data = [IoSlice::new(b"x")];
        let message = MsgHdr::new().with_buffers(&data).with_control(&bytes[..length]);
        socket.sendmsg(&message, 0)
    }

    #[tokio::test]
    async fn a_descriptor_that_comes_unasked_is_closed() {
        let (one, other) = pair();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        send_right(&other, &OwnedFd::from(writer)).expect("sent, and closed here");
        let mut data = [MaybeUninit::uninit(); 16];
        let (received, _) = recv_from(&one, &mut data, 0).expect("the byte came");
        assert_eq!(received, 1, "the data comes as if nothing lay beside it");
        let end = tokio::task::spawn_blocking(move || io::read_to_string(reader)).await.expect("no panic");
        assert_eq!(end.expect("the pipe ended"), "", "nobody holds the writing end any more");
    }

    #[test]
    fn a_socket_that_refuses_descriptors_is_sent_none() {
        let (one, other) = pair();
        if !refuse(&one) {
            println!("skipped: this kernel has no SO_PASSRIGHTS (Linux 6.16)");
            return;
        }
        let (_, writer) = std::io::pipe().expect("a pipe");
        let error = send_right(&other, &OwnedFd::from(writer)).expect_err("refused");
        assert_eq!(error.raw_os_error(), Some(libc::EPERM), "the sender is told");
    }
}
