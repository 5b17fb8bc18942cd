//! Which file it is and when it was changed: what the file system says without its being read.

use std::fs::{self, File};
use std::hash::Hash;
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::{AtFlags, FileType, StatxFlags, StatxTimestamp};

/// How long a file has to have been left alone. Some file systems count in steps of two seconds, and a change within the
/// step in which the file was read would leave it with the times that it had.
const SETTLED: Duration = Duration::from_secs(3);

/// The number of a mount that no other one of this boot has or had (statx(2), since Linux 6.8), for which rustix has no name yet.
const STATX_MNT_ID_UNIQUE: u32 = 0x4000;

/// What tells a file from every other, and from itself before a change.
///
/// The time of the last change (`stx_ctime`, inode(7)) is the kernel's: programs that set a file's other times, or put another
/// in its place, change this one. An image that is mounted has times of its maker's, and the next version of it may have the same:
/// so what is known of a file is known for this mount and this boot. A program that has the file mapped and writes on to
/// a page that it wrote to before is an exception, until the kernel has written that page to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    boot: u128,
    mount: u64,
    device: (u32, u32),
    inode: u64,
    size: u64,
    modified: (i64, u32),
    changed: (i64, u32),
}

impl Identity {
    /// That of an open file; none of a pipe or a device, which have something else each time, nor where the kernel doesn't
    /// tell mounts apart.
    pub(crate) fn of(file: &File) -> io::Result<Option<Self>> {
        let wanted = StatxFlags::BASIC_STATS | StatxFlags::from_bits_retain(STATX_MNT_ID_UNIQUE);
        let found = rustix::fs::statx(file, c"", AtFlags::EMPTY_PATH, wanted)?;
        let is_file = FileType::from_raw_mode(found.stx_mode.into()) == FileType::RegularFile;
        let (true, true, Some(boot)) = (is_file, found.stx_mask & STATX_MNT_ID_UNIQUE != 0, boot()) else {
            return Ok(None);
        };
        let time = |time: StatxTimestamp| (time.tv_sec, time.tv_nsec);
        Ok(Some(Self {
            boot,
            mount: found.stx_mnt_id,
            device: (found.stx_dev_major, found.stx_dev_minor),
            inode: found.stx_ino,
            size: found.stx_size,
            modified: time(found.stx_mtime),
            changed: time(found.stx_ctime),
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

/// The number of this boot (random(4)).
fn boot() -> Option<u128> {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    u128::from_str_radix(&text.trim().replace('-', ""), 16).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn skipped() {
        println!("skipped: this kernel doesn't number mounts (Linux 6.8 does)");
    }

    #[test]
    fn a_file_is_another_after_each_change() {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(b"one").expect("it can be written");
        let Some(one) = Identity::of(file.as_file()).expect("it has times") else { return skipped() };
        let of = |file: &File| Identity::of(file).expect("it has times").expect("it is a file");
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
        let Some(identity) = Identity::of(&file).expect("it has times") else { return skipped() };
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
