//! Everything that can keep a command from doing its work: each with what is wrong, and what to do next.

use std::io;
use std::path::PathBuf;

use wallsocket_host::{GrantError, LimitError, PolicyError};

use crate::outcome::chain;

/// The exit status when a command couldn't begin: wrong usage (clap's status too), a bad policy, a component that
/// can't be loaded. Nothing of the guest ran.
pub(crate) const EXIT_STATUS: u8 = 2;

/// Why a command couldn't begin.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("there is no option {0}")]
    NoSuchOption(String),

    #[error("there is no file {}", .0.display())]
    NoSuchFile(PathBuf),

    #[error("{}: can't be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },

    #[error("{}: not WebAssembly", .0.display())]
    NotWasm(PathBuf),

    #[error("{}: a core WebAssembly module, not a component", .0.display())]
    CoreModule(PathBuf),

    #[error("{}: not a valid component: {reason}", path.display())]
    Invalid { path: PathBuf, reason: String },

    #[error("{}: nobody provides its import `{import}`: {reason}", path.display())]
    MissingImport { path: PathBuf, import: String, reason: String },

    #[error("{}: not a program: it doesn't export `wasi:cli/run`", path.display())]
    NotACommand { path: PathBuf, exports: Vec<String> },

    #[error("{}:{}:{}: {}", path.display(), error.line(), error.column(), wrong(error))]
    Policy { path: PathBuf, text: String, error: Box<PolicyError> },

    #[error("{flag}: column {}: expected {}", error.column(), error.expected())]
    Grant { flag: String, error: Box<GrantError> },

    #[error("--limit {name}: {error}")]
    Limit { name: String, error: LimitError },

    #[error("the directory {} can't be given to the guest: {reason}", host.display())]
    Directory { host: PathBuf, reason: String },

    #[error("{}: can't be written: {source}", path.display())]
    Unwritable { path: PathBuf, source: io::Error },

    #[error("--ask: there is no terminal to ask at: {0}")]
    NoTerminal(io::Error),

    #[error("--ask beside a line `any` would ask nothing")]
    AsksNothing,

    #[error("--inherit {what}: {reason}")]
    Inherit { what: String, reason: String },

    #[error("{variable}: not a log filter: {reason}", variable = crate::trace::FILTER_VARIABLE)]
    LogFilter { reason: String },

    #[error("the runtime doesn't start: {0}")]
    Runtime(io::Error),

    #[error("wasmtime doesn't start: {}", chain(.0))]
    Engine(wasmtime::Error),
}

impl Error {
    /// What is wrong, the line it is about where there is one, and the next step: for a terminal.
    pub(crate) fn report(&self) -> String {
        let mut text = format!("error: {self}\n");
        for line in self.excerpt().lines() {
            text.push_str(&format!("  {line}\n"));
        }
        if let Some(next) = self.next_step() {
            text.push_str(&format!("  next: {next}\n"));
        }
        text
    }

    /// The line that is wrong, with a caret under the place.
    fn excerpt(&self) -> String {
        match self {
            Self::Grant { error, .. } => excerpt(error.line(), error.column()),
            Self::Policy { text, error, .. } => {
                let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
                excerpt(line, error.column())
            }
            _ => String::new(),
        }
    }

    fn next_step(&self) -> Option<String> {
        Some(match self {
            Self::NoSuchOption(_) => {
                "`wallsocket run --help` lists them; options of the guest follow COMPONENT".to_owned()
            }
            Self::NoSuchFile(path) if path.extension().is_some_and(|end| end == "toml") => {
                "check the spelling; a policy is a TOML file with `allow = [\"LINE\", …]`".to_owned()
            }
            Self::NoSuchFile(_) => "check the spelling, or build it: cargo build --target wasm32-wasip2".to_owned(),
            Self::Unreadable { .. } => "check that it is a file, and that you may read it".to_owned(),
            Self::NotWasm(_) => "give the .wasm file that a build for wasm32-wasip2 leaves".to_owned(),
            Self::CoreModule(path) => format!(
                "build it for the target wasm32-wasip2, or make a component of it: \
                 wasm-tools component new {} -o component.wasm",
                path.display()
            ),
            Self::Invalid { .. } => {
                "`wasm-tools validate` says more; build it again if the file was cut short".to_owned()
            }
            Self::MissingImport { import, .. } => provider(import),
            Self::NotACommand { exports, .. } if exports.is_empty() => {
                "build it as a program (with a `main`), not as a library; it exports nothing".to_owned()
            }
            Self::NotACommand { exports, .. } => {
                format!("build it as a program (with a `main`), not as a library; it exports {}", exports.join(", "))
            }
            Self::Policy { error, .. } => error.grant()?.hint()?.to_owned(),
            Self::Grant { error, .. } => error.hint()?.to_owned(),
            Self::Limit { .. } => "give a limit as policy files have it under [limits], such as sockets=16".to_owned(),
            Self::Directory { .. } => "give a directory that exists: --dir HOST::GUEST".to_owned(),
            Self::Unwritable { .. } => "give a file in a directory that you may write to".to_owned(),
            Self::NoTerminal(_) => "leave --ask out, and read what --record wrote before you use it".to_owned(),
            Self::AsksNothing => {
                "leave `any` out, or --ask: without it --record writes what was needed of `any`".to_owned()
            }
            Self::Inherit { .. } => {
                "give the number of a socket that this process was started with, or the name of one that \
                                     systemd activated"
                    .to_owned()
            }
            Self::LogFilter { .. } => "write it like wallsocket::audit=info, or unset it".to_owned(),
            Self::Runtime(_) | Self::Engine(_) => return None,
        })
    }
}

/// What is wrong with a policy file. A grant's hint isn't repeated: it is the next step.
fn wrong(error: &PolicyError) -> String {
    match error.grant() {
        Some(grant) => format!("expected {}", grant.expected()),
        None => error.message().to_owned(),
    }
}

/// Where an import could come from.
fn provider(import: &str) -> String {
    let package = import.split(['/', '@']).next().unwrap_or(import);
    match package {
        "wallsocket:socket" => {
            "it was built against another version of wallsocket: build it with the SDK of this version".to_owned()
        }
        "wasi:cli" | "wasi:io" | "wasi:clocks" | "wasi:filesystem" | "wasi:random" | "wasi:sockets" => {
            "wallsocket runs WASI 0.2 programs: build it for the target wasm32-wasip2".to_owned()
        }
        _ => "wallsocket provides wasi:cli of WASI 0.2 and wallsocket:socket; \
              compose what else it needs into the component, with `wac plug` for instance"
            .to_owned(),
    }
}

/// A line with a caret under one of its columns (from 1, in characters).
fn excerpt(line: &str, column: usize) -> String {
    // Control characters would move the caret, or act on the terminal.
    let shown: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{shown}\n{:>column$}", "^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_stands_under_its_column_and_control_characters_are_blanked() {
        assert_eq!(excerpt("tcp\tconect x", 5), "tcp conect x\n    ^");
        assert_eq!(excerpt("", 1), "\n^");
    }

    #[test]
    fn each_kind_of_import_gets_its_own_advice() {
        assert!(provider("wallsocket:socket/sockets@0.9.0").contains("another version of wallsocket"));
        assert!(provider("wasi:cli/run@0.3.0").contains("wasm32-wasip2"));
        assert!(provider("acme:things/api").contains("wac plug"));
    }
}
