//! send(2) and recv(2). Only a receive may wait, and only where it is told to.

use std::io;
use std::mem::MaybeUninit;

use socket2::SockAddr;

use super::blocking::Waits;
use super::{Socket, address, errno, messages};
use crate::address::Address;
use crate::permissions::op::{Connect, Send};
use crate::permissions::{Permit, Target};

/// On every send: no signal, no waiting. Sockets of `AF_RDS` and `AF_QIPCRTR` send none, and take that flag for an error.
pub(super) fn send_flags(socket: &Socket) -> i32 {
    match socket.family() {
        address::AF_RDS | address::qipcrtr::AF_QIPCRTR => libc::MSG_DONTWAIT,
        _ => libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT,
    }
}

/// On every receive: whether it waits, and that descriptors that slip through aren't inherited. Sockets of `AF_PACKET` and
/// `AF_CAN` carry none, and take that flag for an error.
pub(super) fn receive_flags(socket: &Socket, waits: Waits) -> i32 {
    let waiting = if waits == Waits::InKernel { 0 } else { libc::MSG_DONTWAIT };
    if matches!(socket.family(), libc::AF_PACKET | libc::AF_CAN) { waiting } else { waiting | libc::MSG_CMSG_CLOEXEC }
}

/// Sends on a connected socket.
pub(crate) fn send(socket: &Socket, data: &[u8], flags: i32) -> io::Result<usize> {
    retry(|| socket.raw().send_with_flags(data, flags | send_flags(socket)))
}

/// Sends to the address that was judged.
pub(crate) fn send_to(socket: &Socket, data: &[u8], flags: i32, permit: &Permit<Send>) -> io::Result<usize> {
    let flags = flags | send_flags(socket);
    let send = |address: &SockAddr| retry(|| socket.raw().send_to_with_flags(data, address, flags));
    socket.with_destination(permit.target(), send)
}

/// Connects and sends at once (TCP Fast Open, RFC 7413).
pub(crate) fn send_connecting(socket: &Socket, data: &[u8], flags: i32, permit: &Permit<Connect>) -> io::Result<usize> {
    let flags = flags | send_flags(socket) | libc::MSG_FASTOPEN;
    socket.with_destination(permit.target(), |address| retry(|| socket.raw().send_to_with_flags(data, address, flags)))
}

/// Memory to receive into. With `MSG_TRUNC` TCP reports bytes that it threw away and never wrote, tcp(7): what lies
/// there must be zeros then, or a guest would be shown what the host had there before.
pub(super) fn buffer(size: usize, flags: i32) -> Vec<u8> {
    if flags & libc::MSG_TRUNC == 0 { Vec::with_capacity(size) } else { vec![0; size] }
}

/// Receives up to `size` bytes.
pub(crate) fn recv(socket: &Socket, size: usize, flags: i32, waits: Waits) -> io::Result<Vec<u8>> {
    if socket.may_bring_rights() {
        return recv_from(socket, size, flags, waits).map(|(data, _)| data);
    }
    let mut data = buffer(size, flags);
    data.clear();
    let received = retry(|| {
        socket.raw().recv_with_flags(&mut data.spare_capacity_mut()[..size], flags | receive_flags(socket, waits))
    })?;
    // SAFETY: recv(2) has written that many bytes, or `buffer` has; with MSG_TRUNC it may report more than fit.
    unsafe { data.set_len(received.min(size)) };
    Ok(data)
}

/// Receives what is there from a stream of bytes alone.
pub(crate) fn recv_into(socket: &Socket, buffer: &mut [u8]) -> io::Result<usize> {
    let flags = receive_flags(socket, Waits::Not);
    // SAFETY: the buffer is as long as it says, and recv(2) only writes to it.
    retry(|| match unsafe { libc::recv(socket.raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), flags) } {
        -1 => Err(io::Error::last_os_error()),
        received => Ok(received.unsigned_abs()),
    })
}

/// Receives up to `size` bytes with the sender's address, where there is one.
pub(crate) fn recv_from(
    socket: &Socket,
    size: usize,
    flags: i32,
    waits: Waits,
) -> io::Result<(Vec<u8>, Option<Address>)> {
    if socket.may_bring_rights() {
        // Descriptors that come beside it are closed, where that may wait.
        return messages::receive(socket, size, flags, waits).map(|received| (received.data, received.from));
    }
    let mut data = buffer(size, flags);
    data.clear();
    let (received, from) = retry(|| {
        socket.raw().recv_from_with_flags(&mut data.spare_capacity_mut()[..size], flags | receive_flags(socket, waits))
    })?;
    // SAFETY: as in `recv`.
    unsafe { data.set_len(received.min(size)) };
    Ok((data, socket.parse(&from)?))
}

/// How long the next message is.
pub(crate) fn next_size(socket: &Socket) -> io::Result<usize> {
    retry(|| {
        socket.raw().recv_with_flags(&mut [], libc::MSG_PEEK | libc::MSG_TRUNC | receive_flags(socket, Waits::Not))
    })
}

/// Who sent the next message.
pub(crate) fn next_sender(socket: &Socket) -> io::Result<Option<Address>> {
    // TIPC has no empty receive.
    let mut byte = [MaybeUninit::uninit()];
    let flags = libc::MSG_PEEK | receive_flags(socket, Waits::Not);
    let (_, from) = retry(|| socket.raw().recv_from_with_flags(&mut byte, flags))?;
    socket.parse(&from)
}

/// Throws the next message away.
pub(crate) fn discard(socket: &Socket) -> io::Result<()> {
    recv(socket, 1, 0, Waits::Not).map(drop)
}

/// How many bytes can be read without waiting: FIONREAD.
pub(crate) fn bytes_readable(socket: &Socket) -> io::Result<u32> {
    ioctl_int(socket, libc::FIONREAD).map(|count| u32::try_from(count).unwrap_or(0))
}

/// How many bytes wait to be sent: SIOCOUTQ, which Linux numbers as TIOCOUTQ.
pub(crate) fn bytes_unsent(socket: &Socket) -> io::Result<u32> {
    ioctl_int(socket, libc::TIOCOUTQ).map(|count| u32::try_from(count).unwrap_or(0))
}

/// Whether the urgent byte is next: SIOCATMARK.
pub(crate) fn at_mark(socket: &Socket) -> io::Result<bool> {
    const SIOCATMARK: libc::Ioctl = 0x8905;
    ioctl_int(socket, SIOCATMARK).map(|mark| mark != 0)
}

fn ioctl_int(socket: &Socket, request: libc::Ioctl) -> io::Result<i32> {
    let mut value: libc::c_int = 0;
    // SAFETY: each of the requests above writes one C int.
    match unsafe { libc::ioctl(socket.raw_fd(), request, &mut value) } {
        -1 => Err(match io::Error::last_os_error() {
            // A family without it: what a guest understands is "this socket can't".
            error if error.raw_os_error() == Some(libc::ENOTTY) => errno::from_linux(errno::EOPNOTSUPP),
            error => error,
        }),
        _ => Ok(value),
    }
}

/// A call that a signal cut short is made again, as PEP 475 has it.
pub(super) fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

impl Socket {
    /// Hands `call` the judged target as the kernel takes it for this socket.
    pub(super) fn with_destination<T>(
        &self,
        target: &Target,
        call: impl FnOnce(&SockAddr) -> io::Result<T>,
    ) -> io::Result<T> {
        match target {
            Target::Path { directory, relative } => {
                let place = super::unix_path::Place { directory, relative };
                let (file, path) = super::unix_path::open_to_connect(place)?;
                let result = call(&path);
                drop(file);
                result
            }
            Target::Unnamed => Err(errno::from_linux(errno::EINVAL)),
            plain => call(&address::of(plain, self.family())?),
        }
    }
}
