//! sendfile(2), on a thread that may wait for a disk.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec};

use super::{Socket, errno};

/// What one system call sends at most: how long a call goes on after it was called off.
const PIECE: u64 = 4 << 20;

/// How long the thread itself waits for room in the socket, before it leaves that to the reactor: a peer that keeps up
/// costs no change of threads, one that doesn't costs no thread.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 2_000_000 };

/// Why a turn of sending ended.
#[derive(Debug)]
pub(crate) enum End {
    /// All that was asked for went, or the file ended.
    Done,
    /// The socket takes no more for now.
    Full,
    /// Something failed.
    Failed(io::Error),
}

/// Sends up to `count` bytes of a file from `offset`, for as long as the socket takes them, and says how many that
/// were. The kernel copies; no byte of it comes here.
///
/// `calls_off` ends it early, `may_wait` lets it wait a little for room.
pub(crate) fn send(
    socket: &Socket,
    file: &File,
    offset: u64,
    count: u64,
    may_wait: bool,
    calls_off: &AtomicBool,
) -> (u64, End) {
    if let Err(error) = check(file) {
        return (0, End::Failed(error));
    }
    let Ok(mut position) = libc::off_t::try_from(offset) else {
        return (0, End::Failed(errno::from_linux(errno::EINVAL)));
    };
    // sendfile(2) has no flag for it.
    if let Err(error) = socket.unblock() {
        return (0, End::Failed(error));
    }
    let quiet = NoSigpipe::begin();
    let mut sent = 0;
    let end = loop {
        if sent == count {
            break End::Done;
        }
        if calls_off.load(Ordering::Relaxed) {
            break End::Failed(errno::from_linux(errno::EPIPE));
        }
        let piece = usize::try_from((count - sent).min(PIECE)).unwrap_or(usize::MAX);
        // SAFETY: both descriptors are open for as long as their borrows, and `position` is written to by the call.
        let moved = unsafe { libc::sendfile(socket.raw_fd(), file.as_raw_fd(), &mut position, piece) };
        match u64::try_from(moved) {
            Ok(0) => break End::Done,
            Ok(moved) => sent += moved,
            Err(_) => match io::Error::last_os_error() {
                error if error.kind() == io::ErrorKind::Interrupted => {}
                error if error.kind() != io::ErrorKind::WouldBlock => break End::Failed(error),
                _ if may_wait && has_room_soon(socket) => {}
                _ => break End::Full,
            },
        }
    };
    drop(quiet);
    (sent, end)
}

/// Only what has a size and a place in it: anything else may not end, or may wait for others.
fn check(file: &File) -> io::Result<()> {
    match file.metadata()?.is_file() {
        true => Ok(()),
        false => Err(errno::from_linux(errno::EINVAL)),
    }
}

fn has_room_soon(socket: &Socket) -> bool {
    let mut interest = [PollFd::new(socket.raw(), PollFlags::OUT)];
    // An error is for the next attempt to tell of.
    !matches!(rustix::event::poll(&mut interest, Some(&PATIENCE)), Ok(0))
}

/// Keeps `SIGPIPE` from this thread, which `MSG_NOSIGNAL` can't for sendfile(2): a peer that is gone is `EPIPE`.
struct NoSigpipe {
    /// The thread's mask before; none where the signal was pending already, and is somebody else's affair.
    before: Option<libc::sigset_t>,
}

impl NoSigpipe {
    fn begin() -> Self {
        // SAFETY: the sets are plain data that the calls fill in; `pthread_sigmask` changes this thread's mask alone.
        unsafe {
            let mut pending: libc::sigset_t = std::mem::zeroed();
            let mut before: libc::sigset_t = std::mem::zeroed();
            libc::sigpending(&mut pending);
            if libc::sigismember(&pending, libc::SIGPIPE) == 1 {
                return Self { before: None };
            }
            let blocked = libc::pthread_sigmask(libc::SIG_BLOCK, &sigpipe(), &mut before) == 0;
            Self { before: blocked.then_some(before) }
        }
    }
}

impl Drop for NoSigpipe {
    fn drop(&mut self) {
        let Some(before) = &self.before else { return };
        let now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: as above; sendfile(2) sends its signal to the thread that calls it, and here it is taken back.
        unsafe {
            while libc::sigtimedwait(&sigpipe(), std::ptr::null_mut(), &now) == -1
                && io::Error::last_os_error().kind() == io::ErrorKind::Interrupted
            {}
            libc::pthread_sigmask(libc::SIG_SETMASK, before, std::ptr::null_mut());
        }
    }
}

fn sigpipe() -> libc::sigset_t {
    // SAFETY: `sigemptyset` fills in the set, `sigaddset` changes it.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGPIPE);
        set
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_peer_that_is_gone_is_epipe_and_no_signal() {
        let (one, other) = Socket::pair(libc::AF_UNIX, libc::SOCK_STREAM, 0).unwrap();
        drop(other);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"hello").unwrap();
        // On a thread where the signal stays pending, unless it is taken back.
        let pending = std::thread::spawn(move || {
            // SAFETY: plain sets, and this thread's mask alone.
            unsafe {
                libc::pthread_sigmask(libc::SIG_BLOCK, &sigpipe(), std::ptr::null_mut());
                let (sent, end) = send(&one, &file, 0, 5, false, &AtomicBool::new(false));
                assert!(matches!(&end, End::Failed(error) if error.raw_os_error() == Some(libc::EPIPE)), "{end:?}");
                assert_eq!(sent, 0);
                let mut pending: libc::sigset_t = std::mem::zeroed();
                libc::sigpending(&mut pending);
                libc::sigismember(&pending, libc::SIGPIPE) == 1
            }
        });
        assert!(!pending.join().unwrap(), "the signal is taken back");
    }

    #[test]
    fn only_regular_files_are_sent() {
        let (one, _other) = Socket::pair(libc::AF_UNIX, libc::SOCK_STREAM, 0).unwrap();
        for path in ["/dev/zero", "/"] {
            let (sent, end) = send(&one, &File::open(path).unwrap(), 0, 5, false, &AtomicBool::new(false));
            let refused = matches!(&end, End::Failed(error) if error.raw_os_error() == Some(libc::EINVAL));
            assert!(sent == 0 && refused, "{path}: {end:?}");
        }
    }

    #[test]
    fn what_is_called_off_ends_before_the_next_piece() {
        let (one, _other) = Socket::pair(libc::AF_UNIX, libc::SOCK_STREAM, 0).unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"hello").unwrap();
        let (sent, end) = send(&one, &file, 0, 5, true, &AtomicBool::new(true));
        assert!(sent == 0 && matches!(end, End::Failed(_)), "{end:?}");
    }
}
