//! Which Python's tests are run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Those that expected.tsv knows, the best first.
const VERSIONS: [&str; 2] = ["3.13", "3.11"];

/// Prints the version, the executable behind whatever was called, and the folder of the library that has the tests.
const ASK: &str = "import os, platform, sys
folder = os.path.dirname(os.__file__)
assert os.path.exists(folder + '/test/test_socket.py')
print(platform.python_version(), sys.executable, folder, sep='\\n')";

/// A Python that has its own tests.
pub(super) struct Python {
    pub(super) version: String,
    pub(super) executable: PathBuf,
    pub(super) library: PathBuf,
}

impl Python {
    /// The one that is asked for, or the best that this machine has.
    pub(super) fn find(chosen: Option<&Path>) -> Result<Python> {
        if let Some(path) = chosen {
            return Self::ask(path)
                .with_context(|| format!("{} isn't a Python with its own test package", path.display()));
        }
        match VERSIONS.iter().flat_map(|version| candidates(version)).find_map(|path| Self::ask(&path)) {
            Some(found) => Ok(found),
            None => bail!(
                "no Python {} with its own test package; Debian has it in libpython3.11-testsuite, pyenv always; \
                 or give one with --python",
                VERSIONS.join(" or "),
            ),
        }
    }

    fn ask(path: &Path) -> Option<Python> {
        // A version manager's shim of a version that isn't chosen fails here.
        let output = Command::new(path).args(["-c", ASK]).output().ok().filter(|output| output.status.success())?;
        let text = String::from_utf8(output.stdout).ok()?;
        let mut lines = text.lines();
        Some(Python { version: lines.next()?.into(), executable: lines.next()?.into(), library: lines.next()?.into() })
    }

    /// Whether its `threading` can be given other threads by `_thread.start_joinable_thread`, which 3.13 brought.
    pub(super) fn can_be_transformed(&self) -> bool {
        self.version.split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok()).is_some_and(|minor| minor >= 13)
    }

    /// Major and minor version, as expected.tsv has them.
    pub(super) fn short(&self) -> String {
        self.version.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
    }
}

/// Where a version may be: on the path, and among pyenv's whether or not it is chosen there.
fn candidates(version: &str) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from(format!("python{version}"))];
    let pyenv = env::var_os("PYENV_ROOT").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".pyenv")));
    if let Some(versions) = pyenv.and_then(|root| fs::read_dir(root.join("versions")).ok()) {
        let mut installed: Vec<_> = versions
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{version}.")))
            })
            .map(|path| path.join("bin/python3"))
            .collect();
        installed.sort();
        found.extend(installed.into_iter().rev());
    }
    found
}
