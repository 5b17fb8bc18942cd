//! Unix sockets in the file system, beneath the directories that a guest was granted.
//!
//! A path is never handed to the kernel as the guest spelled it. Its directory is opened with
//! `RESOLVE_BENEATH` ([openat2(2)](https://man7.org/linux/man-pages/man2/openat2.2.html)), which follows no
//! link and no `..` out of the granted directory; what is opened is what is used.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, ResolveFlags};
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
    device: u64,
    inode: u64,
}

impl Drop for BoundPath {
    /// A stale socket is of no use to anybody; but what lies there by now may be another's.
    fn drop(&mut self) {
        if let Ok((device, inode)) = identify(&self.directory, &self.name)
            && (device, inode) == (self.device, self.inode)
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
    let mut path = canonical(&directory)?;
    path.push(b'/');
    path.extend_from_slice(name);
    bind(&address::unix_path(&path)?)?;

    let (device, inode) = identify(&directory, name)?;
    let canonical = rustix::fs::lstat(OsStr::from_bytes(&path))?;
    let bound = BoundPath { directory, name: name.to_vec(), device, inode };
    if (canonical.st_dev, canonical.st_ino) == (device, inode) {
        Ok(bound)
    } else {
        // The directory was moved while we were at it: nothing of ours may stay behind.
        drop(bound);
        Err(errno::from_linux(errno::ESTALE))
    }
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

/// Device and inode of a socket by its name in a directory.
fn identify(directory: &OwnedFd, name: &[u8]) -> io::Result<(u64, u64)> {
    let stat = rustix::fs::statat(directory, OsStr::from_bytes(name), AtFlags::SYMLINK_NOFOLLOW)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::Socket {
        return Err(errno::from_linux(errno::ESTALE));
    }
    Ok((stat.st_dev, stat.st_ino))
}
