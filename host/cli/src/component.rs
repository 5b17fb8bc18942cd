//! From a file to a component that is compiled and linked, or to a reason why it can't be.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use wasmtime::component::{Component, Linker};
use wasmtime::{Config, Engine};
use wasmtime_wasi::p2::bindings::CommandPre;

use crate::compiled::{Compiled, Identity};
use crate::errors::Error;
use crate::guest::Guest;
use crate::outcome::chain;
use crate::run::Company;

/// Where it is set, programs are compiled for any processor of this architecture, and not for this one alone.
const ANY_PROCESSOR: &str = "WALLSOCKET_ANY_PROCESSOR";

/// The engine: WASI 0.2 alone.
pub(crate) fn engine(company: Company) -> Result<Engine, Error> {
    let mut config = Config::new();
    // Who has the thread to itself need not be interrupted, which costs something.
    config.epoch_interruption(company == Company::Several);
    // Programs of WASI 0.2 need no concurrent calls, and a call costs half as much again with them.
    config.concurrency_support(false);
    if std::env::var_os(ANY_PROCESSOR).is_some() {
        config.target(&format!("{}-unknown-linux-gnu", std::env::consts::ARCH)).map_err(Error::Engine)?;
    }
    Engine::new(&config).map_err(Error::Engine)
}

/// Reads, compiles and links a program.
pub(crate) fn load(engine: &Engine, path: &Path) -> Result<CommandPre<Guest>, Error> {
    let component = open(engine, path)?;
    let exports: Vec<String> = component.component_type().exports(engine).map(|(name, _)| name.to_owned()).collect();
    let linker = linker(engine).map_err(Error::Engine)?;
    let linked = linker.instantiate_pre(&component).map_err(|error| {
        let (import, reason) = missing(&linker, &component, &error);
        Error::MissingImport { path: path.to_owned(), import, reason }
    })?;
    CommandPre::new(linked).map_err(|_| Error::NotACommand { path: path.to_owned(), exports })
}

/// A file's component, compiled now or before.
fn open(engine: &Engine, path: &Path) -> Result<Component, Error> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => Error::NoSuchFile(path.to_owned()),
        _ => Error::Unreadable { path: path.to_owned(), source },
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let identity = Identity::of(&file).map_err(unreadable)?;
    // No home directory, a full or read-only disk: then each run compiles.
    let compiled = Compiled::open().inspect_err(|error| tracing::warn!(%error, "compiled components aren't kept")).ok();
    if let Some(component) = compiled.as_ref().zip(identity).and_then(|(kept, file)| kept.recall(engine, &file)) {
        return Ok(component);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    match Kind::of(&bytes) {
        Kind::Component => {}
        Kind::Module => return Err(Error::CoreModule(path.to_owned())),
        Kind::Other => return Err(Error::NotWasm(path.to_owned())),
    }
    // Of a file that was written to meanwhile, or just before, nobody knows what it will have had when it is still.
    let still = Identity::of(&file).map_err(unreadable)? == identity;
    let identity = identity.filter(|identity| still && identity.is_settled(SystemTime::now()));
    let component = match compiled {
        Some(compiled) => compiled.component(engine, &bytes, identity),
        None => Component::from_binary(engine, &bytes),
    };
    component.map_err(|error| Error::Invalid { path: path.to_owned(), reason: chain(&error) })
}

/// Whether a program may ask for descriptors.
pub(crate) fn imports_messages(program: &CommandPre<Guest>) -> bool {
    let component = program.instance_pre().component();
    let component_type = component.component_type();
    component_type.imports(component.engine()).any(|(name, _)| name.starts_with("wallsocket:socket/messages@"))
}

/// WASI 0.2 for command-line programs, and the sockets.
fn linker(engine: &Engine) -> wasmtime::Result<Linker<Guest>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wallsocket_host::add_to_linker(&mut linker)?;
    Ok(linker)
}

/// What a file's first eight bytes say that it is.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Component,
    Module,
    Other,
}

impl Kind {
    /// "\0asm", a version and a layer: 0 for modules, 1 for components (the component model's Binary.md).
    fn of(bytes: &[u8]) -> Self {
        match bytes.first_chunk() {
            Some([0, b'a', b's', b'm', _, _, 0, 0]) => Self::Module,
            Some([0, b'a', b's', b'm', _, _, 1, 0]) => Self::Component,
            _ => Self::Other,
        }
    }
}

/// The import that the linker has nothing for, and what is wrong with it.
fn missing(linker: &Linker<Guest>, component: &Component, error: &wasmtime::Error) -> (String, String) {
    let outermost = error.to_string();
    // wasmtime has no type for this error. Its text quotes the import's name; any quoted word that isn't the name
    // of an import is another error's.
    let named = component
        .component_type()
        .imports(linker.engine())
        .map(|(name, _)| name.to_owned())
        .find(|name| outermost.contains(&format!("`{name}`")));
    match named {
        Some(name) => (name, error.root_cause().to_string()),
        None => ("?".to_owned(), chain(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn the_first_eight_bytes_tell_components_from_modules() {
        assert_eq!(Kind::of(b"\0asm\x0d\0\x01\0"), Kind::Component);
        assert_eq!(Kind::of(b"\0asm\x01\0\0\0(more)"), Kind::Module);
        assert_eq!(Kind::of(b"\0asm"), Kind::Other);
        assert_eq!(Kind::of(b"#!/bin/sh"), Kind::Other);
    }
}
