//! The files that these tests read: the contract, and the table of the names of Python's `socket`.

use std::path::{Path, PathBuf};

use wallsocket_names::{Row, Table};
use wit_parser::{Function, FunctionKind, InterfaceId, PackageId, Resolve, TypeDefKind, TypeId, TypeOwner};

/// Every name of Python's `socket` module, on any platform and of any version.
pub(crate) fn names() -> Vec<Row> {
    let names = Table::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).expect("the table of names").rows;
    names.into_iter().filter(|row| row.since.is_some()).collect()
}

/// Where the contract lies.
pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../wit")
}

/// The contract, parsed.
pub(crate) struct Contract {
    pub(crate) resolve: Resolve,
    pub(crate) package: PackageId,
}

impl Contract {
    pub(crate) fn parse(directory: &Path) -> Self {
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_dir(directory).expect("wit/ parses");
        Self { resolve, package }
    }

    /// Every interface of the package, by name.
    pub(crate) fn interfaces(&self) -> impl Iterator<Item = (&str, InterfaceId)> {
        let interfaces = &self.resolve.packages[self.package].interfaces;
        interfaces.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// Every type that an interface defines itself; what it `use`s is another's.
    pub(crate) fn types(&self, interface: InterfaceId) -> impl Iterator<Item = (&str, TypeId)> {
        let types = &self.resolve.interfaces[interface].types;
        types.iter().map(|(name, id)| (name.as_str(), *id)).filter(move |(_, id)| !self.is_used(interface, *id))
    }

    fn is_used(&self, interface: InterfaceId, id: TypeId) -> bool {
        let TypeDefKind::Type(wit_parser::Type::Id(target)) = self.resolve.types[id].kind else { return false };
        self.resolve.types[target].owner != TypeOwner::Interface(interface)
    }

    /// Every function of the package, methods too, as `interface.function`: `sockets.[method]socket.bind`.
    pub(crate) fn functions(&self) -> Vec<(String, &Function)> {
        let of = |(name, id): (&str, InterfaceId)| {
            let name = name.to_owned();
            let functions = self.resolve.interfaces[id].functions.iter();
            functions.map(move |(function, definition)| (format!("{name}.{function}"), definition)).collect::<Vec<_>>()
        };
        self.interfaces().flat_map(of).collect()
    }
}

/// Whether a function belongs to a resource.
pub(crate) fn is_of_a_resource(function: &Function) -> bool {
    matches!(function.kind, FunctionKind::Method(_) | FunctionKind::Static(_))
}
