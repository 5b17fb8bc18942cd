//! Descriptors that Unix sockets pass (`SCM_RIGHTS`).
//!
//! Those that nobody asked for are refused where the kernel can (`SO_PASSRIGHTS`, Linux 6.16). What comes is closed on a
//! thread that may wait: the last close of a socket with `SO_LINGER` does, and so a peer could hold up the thread that
//! received it. For the same reason every receive has room for all that can come: what has none is closed by the kernel
//! there and then.

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

use rustix::fs::{FileType, OFlags};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::Socket;
use crate::permissions::op::Pass;
use crate::permissions::{Passing, Permit};

/// asm-generic/socket.h; libc doesn't have them yet.
const SO_PASSPIDFD: i32 = 76;
const SO_PASSRIGHTS: i32 = 83;

/// Refuses descriptors: whoever sends one to this socket is told `EPERM`. False where the kernel can't do that.
pub(super) fn refuse(socket: &impl AsRawFd) -> bool {
    set(socket, SO_PASSRIGHTS, 0).is_ok()
}

/// Takes descriptors again.
pub(super) fn take(socket: &impl AsRawFd) {
    // Without the option they come anyway.
    let _ = set(socket, SO_PASSRIGHTS, 1);
}

/// Keeps the descriptors of senders' processes away.
pub(super) fn refuse_processes(socket: &impl AsRawFd) {
    // Without the option none come.
    let _ = set(socket, SO_PASSPIDFD, 0);
}

fn set(socket: &impl AsRawFd, option: i32, value: libc::c_int) -> io::Result<()> {
    let size = size_of::<libc::c_int>() as libc::socklen_t;
    // SAFETY: the kernel reads a C int, which is what it is given.
    match unsafe { libc::setsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, option, (&raw const value).cast(), size) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// A descriptor that came from a peer. It is closed on a thread that may wait.
#[derive(Debug)]
pub(crate) struct Passed(Option<OwnedFd>);

impl Passed {
    /// # Safety
    ///
    /// The descriptor must be open, and nobody else's.
    pub(super) unsafe fn take(number: RawFd) -> Self {
        // SAFETY: as the caller promises.
        Self(Some(unsafe { OwnedFd::from_raw_fd(number) }))
    }

    fn into_inner(mut self) -> Option<OwnedFd> {
        self.0.take()
    }
}

impl From<OwnedFd> for Passed {
    fn from(descriptor: OwnedFd) -> Self {
        Self(Some(descriptor))
    }
}

impl Drop for Passed {
    fn drop(&mut self) {
        if let Some(descriptor) = self.0.take() {
            close_elsewhere(descriptor);
        }
    }
}

/// How many threads may wait for what they close, in this process. A guest can have its own sockets passed to itself, and
/// linger for as long as it likes: it may not use up the threads that others need.
const CLOSING: usize = 32;
static CLOSING_SLOTS: Semaphore = Semaphore::const_new(CLOSING);
/// As many for those that wait whatever they are told.
static WAITING_SLOTS: Semaphore = Semaphore::const_new(CLOSING);

/// Closes a descriptor on a thread that may wait. Where there is none to spare it is made not to linger, which nobody but
/// others that close it later could tell: what was sent is delivered all the same.
pub(super) fn close_elsewhere(descriptor: OwnedFd) {
    let dont_linger = |descriptor: &OwnedFd| {
        let socket = socket2::SockRef::from(descriptor);
        if socket.linger().is_ok_and(|time| time.is_some_and(|time| !time.is_zero())) {
            let _ = socket.set_linger(None);
        }
    };
    let Ok(runtime) = Handle::try_current() else { return dont_linger(&descriptor) };
    let slot = CLOSING_SLOTS.try_acquire().ok();
    if slot.is_none() {
        dont_linger(&descriptor);
    }
    runtime.spawn_blocking(move || {
        drop(descriptor);
        drop(slot);
    });
}

/// Closes a descriptor that can't be kept from waiting, once there is a thread for it: until then it stays open.
pub(super) fn close_in_turn(descriptor: OwnedFd) -> Option<JoinHandle<()>> {
    let Ok(runtime) = Handle::try_current() else {
        // Where no thread can be had, here; without a runtime nobody else is kept waiting.
        let _ = std::thread::Builder::new().spawn(move || drop(descriptor));
        return None;
    };
    Some(runtime.spawn(async move {
        // Nobody closes the semaphore.
        let slot = WAITING_SLOTS.acquire().await;
        let _ = tokio::task::spawn_blocking(move || drop(descriptor)).await;
        drop(slot);
    }))
}

/// What was received, by what a guest can do with it.
#[derive(Debug)]
pub(crate) enum Right {
    /// A socket of that family, type and protocol, in Linux's numbers.
    Socket(Socket, [i32; 3]),
    /// A regular file, and whether it can be read and written.
    File { file: File, read: bool, write: bool },
    /// Anything else.
    Opaque(Passed),
}

impl Right {
    /// Closes what came, on a thread that may wait.
    pub(crate) fn close(self) {
        match self {
            Self::Socket(socket, _) => drop(socket),
            Self::File { file, .. } => drop(Passed::from(OwnedFd::from(file))),
            Self::Opaque(passed) => drop(passed),
        }
    }
}

/// What a descriptor stands for; none for what a guest may not have, which is closed. `is_known` says which sockets the
/// host has a codec for.
pub(crate) fn classify(passed: Passed, is_known: impl Fn([i32; 3]) -> bool) -> Option<Right> {
    let descriptor = passed.into_inner()?;
    // Whatever isn't taken on below is closed as what was passed.
    let keep = |descriptor: OwnedFd| Some(Right::Opaque(Passed::from(descriptor)));
    let refuse = |descriptor: OwnedFd| {
        drop(Passed::from(descriptor));
        None
    };
    let known = rustix::fs::fstat(&descriptor).and_then(|stat| Ok((stat, rustix::fs::fcntl_getfl(&descriptor)?)));
    let Ok((stat, flags)) = known else { return refuse(descriptor) };
    if super::socket::unreserved(&descriptor).is_err() {
        return refuse(descriptor);
    }
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::Directory => refuse(descriptor),
        // A place in the file system, and nothing open.
        _ if flags.contains(OFlags::PATH) => refuse(descriptor),
        FileType::Socket => match Socket::identify(&descriptor) {
            Ok(identity) if is_known(identity) => Some(Right::Socket(Socket::adopt(descriptor, identity), identity)),
            _ => keep(descriptor),
        },
        FileType::RegularFile => {
            let mode = flags & OFlags::RWMODE;
            let (read, write) = (mode != OFlags::WRONLY, mode != OFlags::RDONLY);
            Some(Right::File { file: File::from(descriptor), read, write })
        }
        _ => keep(descriptor),
    }
}

/// What a file is, for the question whether it may leave.
pub(crate) fn passing(file: &File) -> io::Result<Passing> {
    let stat = rustix::fs::fstat(file)?;
    Ok(match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Passing::RegularFile,
        FileType::Directory => Passing::Directory,
        _ => Passing::SpecialFile,
    })
}

/// A file that leaves.
#[derive(Debug)]
pub(crate) struct Leaving(OwnedFd);

/// Opens a regular file again, in the mode that the guest has it in: with a position and flags of its own. It may take
/// as long as the file system likes.
pub(crate) fn reopen(file: &File, read: bool, write: bool, _permit: &Permit<Pass>) -> io::Result<Leaving> {
    let mode = match (read, write) {
        (_, false) => OFlags::RDONLY,
        (false, true) => OFlags::WRONLY,
        (true, true) => OFlags::RDWR,
    };
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    let flags = mode | OFlags::CLOEXEC | OFlags::NOCTTY;
    let opened = rustix::fs::open(path, flags, rustix::fs::Mode::empty())?;
    super::socket::unreserved(&opened)?;
    Ok(Leaving(opened))
}

/// What is lent to a message to be passed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lent<'a> {
    /// A socket.
    Socket(&'a Socket),
    /// A file, opened again for this.
    File(&'a Leaving),
    /// Something received.
    Opaque(&'a Passed),
}

impl Lent<'_> {
    /// Makes a socket not block, which whoever receives it would otherwise have to reckon with.
    pub(super) fn unblock(&self) -> io::Result<()> {
        match self {
            Self::Socket(socket) => socket.unblock(),
            Self::File(_) | Self::Opaque(_) => Ok(()),
        }
    }
}

impl AsRawFd for Lent<'_> {
    fn as_raw_fd(&self) -> RawFd {
        match self {
            Self::Socket(socket) => socket.raw_fd(),
            Self::File(file) => file.0.as_raw_fd(),
            // It is there until it is dropped.
            Self::Opaque(passed) => passed.0.as_ref().map_or(-1, AsRawFd::as_raw_fd),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::IoSlice;
    use std::net::Shutdown;

    use super::*;
    use crate::sys::blocking::Waits;
    use crate::sys::messages::{self, Control, Parcel};

    const UNIX: i32 = libc::AF_UNIX;

    fn pair() -> (Socket, Socket) {
        let (one, other) = Socket::pair(UNIX, libc::SOCK_STREAM, 0).expect("a pair");
        one.take_rights();
        (one, other)
    }

    fn send_right(socket: &Socket, right: Lent<'_>) -> io::Result<usize> {
        let mut control = Control::default();
        control.rights(&[right]).expect("it is open");
        messages::send(socket, Parcel { buffers: &[IoSlice::new(b"x")], control: &control }, 0)
    }

    #[tokio::test]
    async fn a_descriptor_that_comes_unasked_is_closed() {
        let (one, other) = pair();
        let (reader, writer) = io::pipe().expect("a pipe");
        let writer = Passed::from(OwnedFd::from(writer));
        send_right(&other, Lent::Opaque(&writer)).expect("sent");
        drop(writer);
        let data = crate::sys::transfer::recv(&one, 16, 0, Waits::Not).expect("the byte came");
        assert_eq!(data, b"x", "the data comes as if nothing lay beside it");
        let end = tokio::task::spawn_blocking(move || io::read_to_string(reader)).await.expect("no panic");
        assert_eq!(end.expect("the pipe ended"), "", "nobody holds the writing end any more");
    }

    #[test]
    fn lingering_closes_leave_threads_for_others() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(CLOSING + 1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
        // What a connection's peer has no room for waits in the sender.
        socket2::SockRef::from(&listener).set_recv_buffer_size(4096).expect("an option");
        let mut silent = Vec::new();
        let ended = runtime.block_on(async {
            for _ in 0..2 * CLOSING {
                let stream =
                    std::net::TcpStream::connect(listener.local_addr().expect("its address")).expect("it listens");
                silent.push(listener.accept().expect("somebody waits"));
                let socket = socket2::SockRef::from(&stream);
                socket.set_send_buffer_size(65_536).expect("an option");
                socket.set_linger(Some(std::time::Duration::from_secs(60))).expect("an option");
                stream.set_nonblocking(true).expect("a mode");
                while io::Write::write(&mut &stream, &[7; 65536]).is_ok() {}
                drop(Passed::from(OwnedFd::from(stream)));
            }
            let others = tokio::task::spawn_blocking(|| ());
            tokio::time::timeout(std::time::Duration::from_secs(20), others).await
        });
        runtime.shutdown_background();
        assert!(matches!(ended, Ok(Ok(()))), "a thread is left, though twice as many closes would wait as may");
    }

    #[test]
    fn a_socket_that_refuses_descriptors_is_sent_none() {
        let (one, other) = Socket::pair(UNIX, libc::SOCK_STREAM, 0).expect("a pair");
        if one.takes_rights() {
            println!("skipped: this kernel has no SO_PASSRIGHTS (Linux 6.16)");
            return;
        }
        let error = send_right(&other, Lent::Socket(&other)).expect_err("refused");
        assert_eq!(error.raw_os_error(), Some(libc::EPERM), "the sender is told");
        one.take_rights();
        send_right(&other, Lent::Socket(&other)).expect("from now on it takes them");
    }

    #[test]
    fn what_comes_is_told_apart() {
        let known = |[family, ..]: [i32; 3]| family == UNIX;
        let (socket, other) = Socket::pair(UNIX, libc::SOCK_SEQPACKET, 0).expect("a pair");
        let passed = |fd: OwnedFd| Passed::from(fd);
        let copy = rustix::io::fcntl_dupfd_cloexec(socket.raw(), 0).expect("a copy");
        match classify(passed(copy), known) {
            Some(Right::Socket(socket, identity)) => {
                assert_eq!(identity, [UNIX, libc::SOCK_SEQPACKET, 0]);
                assert!(socket.is_shared(), "others hold it, too");
                socket.shutdown(Shutdown::Both).expect("it is the pair's");
                assert!(other.has_ended().expect("it can be asked"));
            }
            other => panic!("{other:?}"),
        }
        let copy = rustix::io::fcntl_dupfd_cloexec(other.raw(), 0).expect("a copy");
        if set(&copy, SO_PASSPIDFD, 1).is_ok() {
            let Some(Right::Socket(taken, _)) = classify(passed(copy), known) else { panic!("it is a socket") };
            let set = crate::sys::options::get(&taken, libc::SOL_SOCKET, SO_PASSPIDFD, 4).expect("it can be read");
            assert_eq!(set, [0; 4], "descriptors of processes aren't for a guest");
        }
        let udp = std::net::UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let right = classify(passed(udp.into()), known);
        assert!(matches!(right, Some(Right::Opaque(_))), "a family that nobody knows is opaque: {right:?}");
        let (pipe, _) = io::pipe().expect("a pipe");
        assert!(matches!(classify(passed(pipe.into()), known), Some(Right::Opaque(_))));
        let directory = tempfile::tempdir().expect("a directory");
        let opened = File::open(directory.path()).expect("it can be opened");
        assert!(classify(passed(opened.into()), known).is_none(), "a directory isn't for a guest");
        let path = directory.path().join("file");
        for (options, expected) in [
            (File::options().write(true).create(true).clone(), (false, true)),
            (File::options().read(true).clone(), (true, false)),
            (File::options().read(true).append(true).clone(), (true, true)),
        ] {
            let file = options.open(&path).expect("a file");
            match classify(passed(file.into()), known) {
                Some(Right::File { read, write, .. }) => assert_eq!((read, write), expected),
                other => panic!("{other:?}"),
            }
        }
        let place = rustix::fs::open(&path, OFlags::PATH, rustix::fs::Mode::empty()).expect("it is there");
        assert!(classify(passed(place), known).is_none(), "a place in the file system is nothing open");
    }
}
