//! Files as WASI's descriptors, which is what can be sent to a host or passed to another program. A
//! `std::fs::File` is a number in libc's table, and can't be turned into one.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use wasip2::filesystem::preopens::get_directories;
pub(crate) use wasip2::filesystem::types::Descriptor;
use wasip2::filesystem::types::{DescriptorFlags, ErrorCode, OpenFlags, PathFlags};

use crate::errno;
use crate::error::{Error, Result};

/// A file to read that the host can send by itself. Python: what `open(path, "rb")` returns.
///
/// It lies in one of the directories that the runner gave.
#[derive(Debug)]
pub struct File {
    descriptor: Descriptor,
    position: u64,
}

impl File {
    /// Opens a file; a relative path is one from `/`.
    ///
    /// # Errors
    ///
    /// As [`open_file`], and `EILSEQ` for a path that isn't UTF-8, which WASI's are.
    pub fn open(path: impl AsRef<Path>) -> Result<File> {
        let path = path.as_ref().to_str().ok_or(Error::Os(errno::EILSEQ))?;
        Ok(File { descriptor: open_file(path)?, position: 0 })
    }

    /// Where it stands, in bytes from its beginning.
    #[must_use]
    pub fn tell(&self) -> u64 {
        self.position
    }

    /// WASI's descriptor.
    #[must_use]
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    pub(crate) fn set_position(&mut self, position: u64) {
        self.position = position;
    }
}

impl Read for File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (data, _) = self.descriptor.read(buffer.len() as u64, self.position).map_err(file_error)?;
        let length = data.len().min(buffer.len());
        buffer[..length].copy_from_slice(&data[..length]);
        self.position += length as u64;
        Ok(length)
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.descriptor.stat().map_err(file_error)?.size.checked_add_signed(by),
        };
        self.position = position.ok_or(Error::Os(errno::EINVAL))?;
        Ok(self.position)
    }
}

/// Opens a file to read, for [`Socket::sendfile`](crate::Socket::sendfile) and
/// [`Right::File`](crate::Right::File). It lies in one of the directories that the runner gave; a relative path
/// is one from `/`.
///
/// # Errors
///
/// `ENOENT` (no such file, or no such directory given), `EACCES`, `EISDIR`, `ENOTDIR`, `ELOOP`.
pub fn open_file(path: &str) -> Result<Descriptor> {
    let directories = get_directories();
    let beneath = directories
        .iter()
        .filter_map(|(directory, name)| Some((directory, name.len(), beneath(name, path)?)))
        .max_by_key(|&(_, length, _)| length);
    let (directory, _, path) = beneath.ok_or(Error::Os(errno::ENOENT))?;
    directory.open_at(PathFlags::SYMLINK_FOLLOW, path, OpenFlags::empty(), DescriptorFlags::READ).map_err(file_error)
}

/// What is left of a path beneath a directory; none where it isn't beneath it.
fn beneath<'a>(directory: &str, path: &'a str) -> Option<&'a str> {
    let directory = match directory.trim_matches('/') {
        "." => "",
        directory => directory,
    };
    let rest = path.trim_start_matches('/').strip_prefix(directory)?;
    if !directory.is_empty() && !rest.starts_with('/') {
        return None;
    }
    Some(rest.trim_start_matches('/')).filter(|rest| !rest.is_empty())
}

/// WASI's errors, by name, since its numbers aren't Linux's.
pub(crate) fn file_error(code: ErrorCode) -> Error {
    Error::Os(match code {
        ErrorCode::Access => errno::EACCES,
        ErrorCode::WouldBlock => errno::EAGAIN,
        ErrorCode::Already => errno::EALREADY,
        ErrorCode::BadDescriptor => errno::EBADF,
        ErrorCode::Busy => errno::EBUSY,
        ErrorCode::Deadlock => errno::EDEADLK,
        ErrorCode::Quota => errno::EDQUOT,
        ErrorCode::Exist => errno::EEXIST,
        ErrorCode::FileTooLarge => errno::EFBIG,
        ErrorCode::IllegalByteSequence => errno::EILSEQ,
        ErrorCode::InProgress => errno::EINPROGRESS,
        ErrorCode::Interrupted => errno::EINTR,
        ErrorCode::Invalid => errno::EINVAL,
        ErrorCode::Io => errno::EIO,
        ErrorCode::IsDirectory => errno::EISDIR,
        ErrorCode::Loop => errno::ELOOP,
        ErrorCode::TooManyLinks => errno::EMLINK,
        ErrorCode::MessageSize => errno::EMSGSIZE,
        ErrorCode::NameTooLong => errno::ENAMETOOLONG,
        ErrorCode::NoDevice => errno::ENODEV,
        ErrorCode::NoEntry => errno::ENOENT,
        ErrorCode::NoLock => errno::ENOLCK,
        ErrorCode::InsufficientMemory => errno::ENOMEM,
        ErrorCode::InsufficientSpace => errno::ENOSPC,
        ErrorCode::NotDirectory => errno::ENOTDIR,
        ErrorCode::NotEmpty => errno::ENOTEMPTY,
        ErrorCode::NotRecoverable => errno::ENOTRECOVERABLE,
        ErrorCode::Unsupported => errno::EOPNOTSUPP,
        ErrorCode::NoTty => errno::ENOTTY,
        ErrorCode::NoSuchDevice => errno::ENXIO,
        ErrorCode::Overflow => errno::EOVERFLOW,
        ErrorCode::NotPermitted => errno::EPERM,
        ErrorCode::Pipe => errno::EPIPE,
        ErrorCode::ReadOnly => errno::EROFS,
        ErrorCode::InvalidSeek => errno::ESPIPE,
        ErrorCode::TextFileBusy => errno::ETXTBSY,
        ErrorCode::CrossDevice => errno::EXDEV,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lie_beneath_directories_by_whole_names() {
        assert_eq!(beneath("/data", "/data/a/b"), Some("a/b"));
        assert_eq!(beneath("/data/", "data/a"), Some("a"));
        assert_eq!(beneath("/", "/a"), Some("a"));
        assert_eq!(beneath(".", "a"), Some("a"));
        assert_eq!(beneath("/data", "/database"), None);
        assert_eq!(beneath("/data", "/data"), None);
        assert_eq!(beneath("/data", ""), None);
    }
}
