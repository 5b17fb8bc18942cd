//! Which file it is and when it was changed: what the file system says without its being read.

use std::fs::File;
use std::hash::Hash;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long a file has to have been left alone. Some file systems count in steps of two seconds, and a change within the
/// step in which the file was read would leave it with the times that it had.
const SETTLED: Duration = Duration::from_secs(3);

/// What tells a file from every other, and from itself before a change.
///
/// The time of the last change (`st_ctim`, inode(7)) is the kernel's: programs that set a file's other times, or put another
/// in its place, change this one. A program that has the file mapped and writes on to a page that it wrote to before is
/// the exception, until the kernel has written that page to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Identity {
    /// That of an open file; none of a pipe or a device, which have something else each time.
    pub(crate) fn of(file: &File) -> io::Result<Option<Self>> {
        let found = file.metadata()?;
        Ok(found.is_file().then(|| Self {
            device: found.dev(),
            inode: found.ino(),
            size: found.size(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        }))
    }

    /// Whether a change from `now` on is sure to show.
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let latest = self.changed.0.max(self.modified.0);
        now.checked_sub(SETTLED)
            .is_some_and(|settled| i64::try_from(settled.as_secs()).is_ok_and(|settled| latest < settled))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_is_another_after_each_change() {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(b"one").expect("it can be written");
        let of = |file: &File| Identity::of(file).expect("it has times").expect("it is a file");
        let one = of(file.as_file());
        assert_eq!(one, of(&file.reopen().expect("it is there")), "however it was opened");
        // What would hide a change from whoever looks at sizes and times of writing alone.
        let times = file.as_file().metadata().expect("it has times").modified().expect("of writing");
        let mut seen = one;
        while seen.changed == one.changed {
            file.as_file().set_modified(times).expect("it is ours");
            seen = of(file.as_file());
        }
        assert_ne!(seen, one, "the time of the change tells");
        assert_eq!(seen.modified, one.modified, "and nothing else does");
    }

    #[test]
    fn a_file_settles_when_it_was_left_alone() {
        let file = tempfile::tempfile().expect("a file");
        let identity = Identity::of(&file).expect("it has times").expect("it is a file");
        let now = SystemTime::now();
        assert!(!identity.is_settled(now), "it was changed just now");
        assert!(identity.is_settled(now + SETTLED + Duration::from_secs(1)), "later it wasn't");
        assert!(!identity.is_settled(now - Duration::from_secs(3600)), "nor may it be from the future");
    }

    #[test]
    fn a_device_has_no_identity() {
        let device = File::open("/dev/null").expect("it is there");
        assert_eq!(Identity::of(&device).expect("it has times"), None);
    }
}
