//! getsockopt(2) and setsockopt(2) as bytes; what they mean is the option table's.

use std::time::Duration;
use std::{fs, io};

use super::Socket;
use crate::permissions::Permit;
use crate::permissions::op::{Join, SetOption};

/// Options of Bluetooth that are a number are written whole, however little is asked for (`put_user` in l2cap_sock.c).
const WRITTEN_UNASKED: usize = 16;

/// Reads at most `length` bytes of an option.
pub(crate) fn get(socket: &Socket, level: i32, name: i32, length: usize) -> io::Result<Vec<u8>> {
    let mut value = vec![0u8; length.max(WRITTEN_UNASKED)];
    let mut size = libc::socklen_t::try_from(length).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the kernel writes at most `size` bytes to `value`, which has them, and says how many; or a number, for which
    // there is room as well.
    let result = unsafe { libc::getsockopt(socket.raw_fd(), level, name, value.as_mut_ptr().cast(), &mut size) };
    if result == -1 {
        return Err(io::Error::last_os_error());
    }
    value.truncate((size as usize).min(length));
    Ok(value)
}

/// How many bytes the kernel may queue for a socket, both ways: none where there are no such buffers.
pub(crate) fn buffer_sizes(socket: &Socket) -> u64 {
    [libc::SO_RCVBUF, libc::SO_SNDBUF].into_iter().fold(0, |sum, name| {
        let mut size: libc::c_int = 0;
        let mut length = size_of::<libc::c_int>() as libc::socklen_t;
        // SAFETY: the kernel writes a number of that length.
        unsafe { libc::getsockopt(socket.raw_fd(), libc::SOL_SOCKET, name, (&raw mut size).cast(), &mut length) };
        sum + u64::try_from(size).unwrap_or(0)
    })
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

/// Sets an option by which the socket hears a multicast group. The value is about the permit's group.
pub(crate) fn join(socket: &Socket, level: i32, name: i32, value: &[u8], _permit: &Permit<Join>) -> io::Result<()> {
    set(socket, level, name, value)
}

/// How long connecting waits on a TIPC socket, `TIPC_CONN_TIMEOUT`.
pub(crate) fn tipc_connect_time(socket: &Socket) -> io::Result<Duration> {
    const TIPC_CONN_TIMEOUT: i32 = 130;
    let value = get(socket, libc::SOL_TIPC, TIPC_CONN_TIMEOUT, 4)?;
    let milliseconds = value.first_chunk().map_or(0, |bytes| u32::from_ne_bytes(*bytes));
    Ok(Duration::from_millis(milliseconds.into()))
}

/// An instruction of classic BPF, as `struct sock_filter` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instruction {
    pub(crate) code: u16,
    pub(crate) jump_true: u8,
    pub(crate) jump_false: u8,
    pub(crate) operand: u32,
}

/// `SO_ATTACH_FILTER`: filters what the socket receives with a classic BPF program.
pub(crate) fn attach_filter(socket: &Socket, program: &[Instruction]) -> io::Result<()> {
    let mut filter: Vec<libc::sock_filter> = program
        .iter()
        .map(|at| libc::sock_filter { code: at.code, jt: at.jump_true, jf: at.jump_false, k: at.operand })
        .collect();
    let length = u16::try_from(filter.len()).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
    let program = libc::sock_fprog { len: length, filter: filter.as_mut_ptr() };
    let size = size_of::<libc::sock_fprog>() as libc::socklen_t;
    let value = (&raw const program).cast();
    // SAFETY: the kernel reads a `sock_fprog`, and as many instructions as it says from where it points, which live
    // until the call has ended.
    match unsafe { libc::setsockopt(socket.raw_fd(), libc::SOL_SOCKET, libc::SO_ATTACH_FILTER, value, size) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// `SO_DETACH_FILTER`: takes the filter away.
pub(crate) fn detach_filter(socket: &Socket) -> io::Result<()> {
    set(socket, libc::SOL_SOCKET, libc::SO_DETACH_FILTER, &0i32.to_ne_bytes())
}

/// Who may use an algorithm of congestion control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CongestionControl {
    /// Everybody, as the machine's administrator has it.
    Allowed,
    /// It is there; to use it takes a capability.
    Available,
    /// It isn't there.
    Unknown,
}

/// Looks an algorithm up among those that are there (tcp(7), `/proc` interfaces). The name ends where C's strings do.
pub(crate) fn congestion_control(name: &[u8]) -> io::Result<CongestionControl> {
    let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
    let lists = |list: &str| -> io::Result<bool> {
        let names = fs::read(format!("/proc/sys/net/ipv4/tcp_{list}_congestion_control"))?;
        Ok(names.split(u8::is_ascii_whitespace).any(|known| !known.is_empty() && known == name))
    };
    Ok(match (lists("allowed")?, lists("available")?) {
        (true, _) => CongestionControl::Allowed,
        (_, true) => CongestionControl::Available,
        _ => CongestionControl::Unknown,
    })
}
