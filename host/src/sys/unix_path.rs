//! Unix sockets in the file system, beneath the directories that a guest was granted.
//!
//! A path is never handed to the kernel as the guest spelled it. Its directory is opened with
//! `RESOLVE_BENEATH` ([openat2(2)](https://man7.org/linux/man-pages/man2/openat2.2.html)), which follows no
//! link and no `..` out of the granted directory; what is opened is what is used.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, ResolveFlags, StatxFlags};
use socket2::SockAddr;

use super::{address, errno};

/// A granted directory and what follows it: the part that the operator wrote, and the guest's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) directory: &'a Path,
    pub(crate) relative: &'a [u8],
}

/// A name in the file system that a bind made, removed with its socket.
#[derive(Debug)]
pub(crate) struct BoundPath {
    directory: OwnedFd,
    name: Vec<u8>,
    identity: Identity,
    left: AtomicBool,
}

impl BoundPath {
    /// Leaves it there: its socket goes on living elsewhere.
    pub(crate) fn leave(&self) {
        self.left.store(true, Ordering::Relaxed);
    }
}

/// What tells a file from one that took its name, and from one that took its inode's number after it was gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    device: (u32, u32),
    inode: u64,
    /// When it was made; zero on file systems that don't know.
    birth: (i64, u32),
}

impl Drop for BoundPath {
    /// A stale socket is of no use to anybody; but what lies there by now may be another's.
    fn drop(&mut self) {
        if !*self.left.get_mut() && identify(&self.directory, &self.name).is_ok_and(|(found, _)| found == self.identity)
        {
            let _ = rustix::fs::unlinkat(&self.directory, OsStr::from_bytes(&self.name), AtFlags::empty());
        }
    }
}

/// Opens a socket file for connecting to it, through `/proc/self/fd`. Keep the descriptor until then.
pub(super) fn open_to_connect(place: Place<'_>) -> io::Result<(OwnedFd, SockAddr)> {
    let granted = open_directory(place.directory)?;
    let file = open_beneath(&granted, place.relative, OFlags::PATH | OFlags::CLOEXEC)?;
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok((file, address::unix_path(path.as_bytes())?))
}

/// Binds at a path: `bind` is given the canonical one, since native peers see it as the sender's name.
/// What was made is checked to lie where it was judged to.
pub(super) fn bind(place: Place<'_>, bind: impl FnOnce(&SockAddr) -> io::Result<()>) -> io::Result<BoundPath> {
    let granted = open_directory(place.directory)?;
    let (parent, name) = match place.relative.iter().rposition(|&byte| byte == b'/') {
        Some(slash) => (&place.relative[..slash], &place.relative[slash + 1..]),
        None => (&b"."[..], place.relative),
    };
    if name.is_empty() || name == b"." || name == b".." {
        return Err(errno::from_linux(errno::EADDRINUSE));
    }
    let directory = open_beneath(&granted, parent, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC)?;
    super::socket::unreserved(&directory)?;
    let mut path = canonical(&directory)?;
    path.push(b'/');
    path.extend_from_slice(name);
    let before = coarse_time();
    bind(&address::unix_path(&path)?)?;

    let beneath = identify(&directory, name);
    let made = identify(CWD, &path);
    match (beneath, made) {
        (Ok((beneath, changed)), Ok((made, _))) if beneath == made && changed >= before => {
            Ok(BoundPath { directory, name: name.to_vec(), identity: beneath, left: AtomicBool::new(false) })
        }
        // The directory was moved while we were at it, and what was made lies where the path led meanwhile. It may not
        // stay there. What else lies there now isn't ours to remove: an older socket was there before.
        (_, made) => {
            if made.is_ok_and(|(_, changed)| changed >= before) {
                let _ = rustix::fs::unlinkat(CWD, OsStr::from_bytes(&path), AtFlags::empty());
            }
            Err(errno::from_linux(errno::ESTALE))
        }
    }
}

/// The clock that files are stamped by, in seconds and nanoseconds.
fn coarse_time() -> (i64, u32) {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the kernel writes a `timespec`.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME_COARSE, &mut time) };
    (time.tv_sec, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The path of a granted directory without links, as the kernel names sockets in it.
pub(crate) fn canonical_directory(directory: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(directory)
}

fn open_directory(directory: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(rustix::fs::openat(CWD, directory, flags, Mode::empty())?)
}

fn open_beneath(directory: &OwnedFd, relative: &[u8], flags: OFlags) -> io::Result<OwnedFd> {
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let opened = rustix::fs::openat2(directory, OsStr::from_bytes(relative), flags, Mode::empty(), resolve);
    opened.map_err(|error| match error {
        // A link that leads out: to the guest it is a directory that it may not enter.
        rustix::io::Errno::XDEV => errno::from_linux(errno::EACCES),
        other => other.into(),
    })
}

fn canonical(directory: &OwnedFd) -> io::Result<Vec<u8>> {
    Ok(fs::read_link(format!("/proc/self/fd/{}", directory.as_raw_fd()))?.into_os_string().into_vec())
}

/// Which socket lies there by that name, and when it was changed last.
fn identify(directory: impl AsFd, name: &[u8]) -> io::Result<(Identity, (i64, u32))> {
    let wanted = StatxFlags::BASIC_STATS | StatxFlags::BTIME;
    let stat = rustix::fs::statx(directory, OsStr::from_bytes(name), AtFlags::SYMLINK_NOFOLLOW, wanted)?;
    if FileType::from_raw_mode(stat.stx_mode.into()) != FileType::Socket {
        return Err(errno::from_linux(errno::ESTALE));
    }
    let device = (stat.stx_dev_major, stat.stx_dev_minor);
    let birth = (stat.stx_btime.tv_sec, stat.stx_btime.tv_nsec);
    Ok((Identity { device, inode: stat.stx_ino, birth }, (stat.stx_ctime.tv_sec, stat.stx_ctime.tv_nsec)))
}

#[cfg(test)]
mod tests;
