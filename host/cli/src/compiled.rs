//! Components compiled once for this machine, kept in a directory of the user's own.
//!
//! A program that was compiled before starts from a file that is mapped, and not read: of a Python program's 42 MB only
//! what it touches. wasmtime's own cache packs its files, and unpacking them takes longer than most programs run.
//!
//! A compiled component is called after the bytes that it was made of. So that they need not be read and hashed for each
//! start, a link to it is called after the identity of the file that had them.

mod identity;

use std::fs::{self, DirBuilder, File};
use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use wasmtime::component::Component;
use wasmtime::{Engine, Result};

pub(crate) use identity::Identity;

/// How long a file is kept that no program was started from.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// How much of the disk all of them may take, in bytes.
const MOST: u64 = 4 << 30;

/// The directory.
#[derive(Debug)]
pub(crate) struct Compiled {
    directory: PathBuf,
}

impl Compiled {
    /// The user's own: `$XDG_CACHE_HOME/wallsocket/compiled`, or the same below `~/.cache`.
    pub(crate) fn open() -> io::Result<Self> {
        let cache = dirs::cache_dir().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no home directory"))?;
        let directory = cache.join("wallsocket/compiled");
        DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
        // What lies there is run as it is: nobody else may have put it there.
        let found = fs::metadata(&directory)?;
        if found.uid() != rustix::process::geteuid().as_raw() || found.mode() & 0o022 != 0 {
            let reason = format!("{} is another user's, or others may write to it", directory.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, reason));
        }
        Ok(Self { directory })
    }

    /// The component of a file that had it when it was read last, and wasn't changed since.
    pub(crate) fn recall(&self, engine: &Engine, file: &Identity) -> Option<Component> {
        self.load(engine, &self.link(engine, file))
    }

    /// The component of these bytes: from its file, or compiled and put there. `file` is where they came from, if it is sure
    /// to have no others as long as it has this identity.
    #[allow(unsafe_code, reason = "wasmtime runs compiled code as it is")]
    pub(crate) fn component(&self, engine: &Engine, bytes: &[u8], file: Option<Identity>) -> Result<Component> {
        let name = format!("{}.cwasm", name(engine, |hasher| hasher.write(bytes)));
        let path = self.directory.join(&name);
        let kept = self.load(engine, &path);
        let component = match kept {
            Some(component) => component,
            None => {
                let code = engine.precompile_component(bytes)?;
                if let Err(error) = self.keep(&path, &code) {
                    tracing::warn!(%error, "the compiled component isn't kept");
                }
                // SAFETY: wasmtime has just made it.
                unsafe { Component::deserialize(engine, code)? }
            }
        };
        if let Some(file) = file {
            // What is there wasn't of use. Without a link the next start reads the file, as this one did.
            let link = self.link(engine, &file);
            let _ = remove(&link).and_then(|()| symlink(name, link));
        }
        Ok(component)
    }

    /// Where a file of this identity leads to its component.
    fn link(&self, engine: &Engine, file: &Identity) -> PathBuf {
        self.directory.join(format!("{}.link", name(engine, |hasher| file.hash(hasher))))
    }

    /// The component that is kept at a path, whose age counts from now on.
    fn load(&self, engine: &Engine, path: &Path) -> Option<Component> {
        let component = load(engine, path)?;
        // A disk that is read-only keeps it all the same.
        let _ = File::open(path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(component)
    }

    /// Puts a file there, whole or not at all, and drops what has become too much.
    fn keep(&self, path: &Path, code: &[u8]) -> io::Result<()> {
        self.sweep(code.len() as u64)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.directory)?;
        file.write_all(code)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// Drops what wasn't used for long, and the oldest where there isn't room for as many bytes more.
    fn sweep(&self, more: u64) -> io::Result<()> {
        self.sweep_files(more)?;
        for entry in fs::read_dir(&self.directory)? {
            let path = entry?.path();
            // A link outlives what it led to.
            if path.is_symlink() && !path.exists() {
                remove(&path)?;
            }
        }
        Ok(())
    }

    fn sweep_files(&self, more: u64) -> io::Result<()> {
        let mut files: Vec<(SystemTime, u64, PathBuf)> = fs::read_dir(&self.directory)?
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let found = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((found.modified().ok()?, found.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut size = more + files.iter().map(|(_, size, _)| size).sum::<u64>();
        let old = SystemTime::now().checked_sub(KEPT);
        for (used, length, path) in files {
            if size <= MOST && old.is_none_or(|old| used >= old) {
                break;
            }
            // Programs that run from it have it mapped, and keep it.
            remove(&path)?;
            size -= length;
        }
        Ok(())
    }
}

/// Removes a file, which another start may have removed meanwhile.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What a file is called: after what it was made of, and the engine that it was compiled by and for.
fn name(engine: &Engine, of: impl FnOnce(&mut Bytes)) -> String {
    let mut hasher = Bytes(blake3::Hasher::new());
    of(&mut hasher);
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.0.finalize().to_hex().to_string()
}

/// Takes what hashes itself in the standard library's way.
struct Bytes(blake3::Hasher);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The first 64 bits, for the trait; a name has all of them.
    fn finish(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = *self.0.finalize().as_bytes();
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }
}

/// A component from its file; none where there is none, or one that another wasmtime wrote or that is cut.
#[allow(unsafe_code, reason = "wasmtime runs what such a file has as it is")]
fn load(engine: &Engine, path: &Path) -> Option<Component> {
    if !path.exists() {
        return None;
    }
    // SAFETY: the file was written by this program, whole, to a directory that nobody but its user may write to; it is
    // replaced and removed, but never changed.
    match unsafe { Component::deserialize_file(engine, path) } {
        Ok(component) => Some(component),
        Err(error) => {
            tracing::warn!(reason = %crate::outcome::chain(&error), "a compiled component can't be used");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_or_too_much_is_dropped_and_the_rest_kept() {
        let directory = tempfile::tempdir().expect("a directory");
        let now = SystemTime::now();
        for (name, days, size) in [("ancient", 31, 1), ("large", 2, MOST - 10), ("recent", 1, 5), ("newest", 0, 5)] {
            let file = File::create(directory.path().join(name)).expect("a file");
            // Of holes: it takes no room.
            file.set_len(size).expect("a size");
            file.set_modified(now - Duration::from_secs(days * 24 * 3600)).expect("a time");
        }
        let compiled = Compiled { directory: directory.path().to_owned() };
        let left = || {
            let names = fs::read_dir(directory.path()).expect("it is there").flatten().map(|entry| entry.file_name());
            let mut names: Vec<_> = names.map(|name| name.into_string().expect("UTF-8")).collect();
            names.sort();
            names
        };
        compiled.sweep(0).expect("it can be removed");
        assert_eq!(left(), ["large", "newest", "recent"], "all of them are just as much as may be");
        for name in ["large", "newest"] {
            symlink(name, directory.path().join(format!("link to {name}"))).expect("a link");
        }
        compiled.sweep(1).expect("it can be removed");
        assert_eq!(left(), ["link to newest", "newest", "recent"], "the oldest goes first, and what led to it");
    }

    #[test]
    fn a_file_is_known_again_until_it_is_changed() {
        // A component of nothing: its first eight bytes.
        const NOTHING: &[u8] = b"\0asm\x0d\0\x01\0";
        let (directory, engine) = (tempfile::tempdir().expect("a directory"), Engine::default());
        let compiled = Compiled { directory: directory.path().to_owned() };
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(NOTHING).expect("it can be written");
        let identity = |file: &File| Identity::of(file).expect("it has times");
        let Some(before) = identity(&file) else {
            println!("skipped: this kernel doesn't number mounts (Linux 6.8 does)");
            return;
        };
        assert!(compiled.recall(&engine, &before).is_none(), "nobody has read it yet");
        compiled.component(&engine, NOTHING, None).expect("it is a component");
        assert!(compiled.recall(&engine, &before).is_none(), "nor may a file be known that is still written to");
        compiled.component(&engine, NOTHING, Some(before)).expect("it is a component");
        assert!(compiled.recall(&engine, &before).is_some(), "it was left as it is");
        file.write_all(&[0]).expect("it can be written");
        assert!(compiled.recall(&engine, &identity(&file).expect("as before")).is_none(), "it is another now");
        fs::write(fs::canonicalize(compiled.link(&engine, &before)).expect("it leads to a file"), "cut")
            .expect("it is ours");
        assert!(compiled.recall(&engine, &before).is_none(), "what is damaged is not run");
    }

    #[test]
    fn a_name_tells_components_apart() {
        let engine = Engine::default();
        let name = |bytes: &[u8]| name(&engine, |hasher| hasher.write(bytes));
        assert_eq!(name(b"one"), name(b"one"));
        assert_ne!(name(b"one"), name(b"two"));
    }
}
