//! Every public name of Python's `socket` module, of any platform and of Python 3.6 to 3.14: one table, and what
//! `cargo xtask generate` writes from it.
//!
//! The table is `names/python-socket.tsv`, a line a name; `names/README.md` says what its columns hold. From it come the
//! guest SDK's constants, `docs/python-compat.md`, the lists in the contract's comments, and a guest that mentions
//! every name.

mod guest;
mod page;
mod platform;
mod python;
mod row;
mod sdk;
mod section;
mod status;
mod table;
mod wit;

use std::fs;
use std::io;
use std::path::Path;

pub use platform::Platform;
pub use row::{Kind, Row};
pub use section::{SECTIONS, Section};
pub use status::{Access, Status, Use};
pub use table::Table;

/// A file that is written from the table.
#[derive(Debug)]
pub struct File {
    /// Where it lies, from the project's directory on.
    pub path: String,
    /// What it has to hold.
    pub text: String,
}

/// All that is written from the table of the project at `root`.
///
/// # Errors
///
/// A row that can't be read, or a file that has no place for its list, each with where that is.
pub fn files(root: &Path) -> io::Result<Vec<File>> {
    let table = Table::read(root)?;
    let mut files = sdk::files(&table);
    files.extend(python::files(&table));
    files.push(guest::file(&table));
    files.push(page::file(&table, &read(root, page::TEMPLATE)?)?);
    for path in wit::FILES {
        files.push(wit::file(&table, path, &read(root, path)?)?);
    }
    Ok(files)
}

/// The files that differ from what the table says, of the project at `root`.
///
/// # Errors
///
/// As [`files`].
pub fn stale(root: &Path) -> io::Result<Vec<File>> {
    let mut files = files(root)?;
    files.retain(|file| fs::read_to_string(root.join(&file.path)).ok().as_ref() != Some(&file.text));
    Ok(files)
}

fn read(root: &Path, path: &str) -> io::Result<String> {
    let name = |error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"));
    fs::read_to_string(root.join(path)).map_err(name)
}

/// A fault in what people wrote, with where it is.
fn fault(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}
