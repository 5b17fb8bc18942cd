//! What the package is made of.

use std::collections::BTreeSet;

use wit_parser::{WorldItem, WorldKey};

use crate::data::{Contract, directory, is_of_a_resource};

const INTERFACES: [&str; 11] = [
    "types",
    "sockets",
    "transfer",
    "messages",
    "options",
    "files",
    "poll",
    "names",
    "network-interfaces",
    "sharing",
    "permissions",
];

/// What a component that imports `plain` can't do: receive a descriptor.
const NOT_PLAIN: [&str; 3] = ["messages", "files", "sharing"];

#[test]
fn the_package_holds_the_interfaces_of_the_design_and_no_others() {
    let contract = Contract::parse(&directory());
    let package = &contract.resolve.packages[contract.package];
    assert_eq!(package.name.to_string(), "wallsocket:socket@0.1.0", "the package's name is part of every import");
    let found: BTreeSet<&str> = contract.interfaces().map(|(name, _)| name).collect();
    assert_eq!(found, BTreeSet::from(INTERFACES), "an interface came or went: then the design has to say so too");
}

#[test]
fn each_interface_is_a_file_of_its_name() {
    let directory = directory();
    for interface in INTERFACES {
        let path = directory.join(interface).with_extension("wit");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(text.contains(&format!("\ninterface {interface} {{")), "{} defines {interface}", path.display());
    }
}

#[test]
fn the_world_imports_has_everything_and_plain_can_receive_no_descriptor() {
    let contract = Contract::parse(&directory());
    let all = BTreeSet::from(INTERFACES);
    let plain = all.iter().copied().filter(|name| !NOT_PLAIN.contains(name)).collect();
    assert_eq!(imports(&contract, "imports"), all, "the world `imports` is the whole package");
    assert_eq!(imports(&contract, "plain"), plain, "the world `plain` leaves out what can carry a descriptor");
}

#[test]
fn only_sockets_and_handles_have_methods() {
    let contract = Contract::parse(&directory());
    for (name, function) in contract.functions() {
        let interface = name.split('.').next().expect("a name has an interface");
        assert_eq!(
            is_of_a_resource(function),
            interface == "sockets",
            "{name}: what isn't the socket's own is a free function, or its interface couldn't be left out"
        );
    }
}

/// The interfaces of this package that a world imports by name.
fn imports<'a>(contract: &'a Contract, world: &str) -> BTreeSet<&'a str> {
    let worlds = &contract.resolve.packages[contract.package].worlds;
    let id = *worlds.get(world).unwrap_or_else(|| panic!("there is a world {world}"));
    let world = &contract.resolve.worlds[id];
    assert!(world.exports.is_empty(), "{}: a guest's exports are its own affair", world.name);
    let ours = |(key, item): (&WorldKey, &WorldItem)| match (key, item) {
        (WorldKey::Interface(id), WorldItem::Interface { .. }) => {
            let interface = &contract.resolve.interfaces[*id];
            interface.name.as_deref().filter(|_| interface.package == Some(contract.package))
        }
        _ => panic!("{}: imports nothing but interfaces", world.name),
    };
    world.imports.iter().filter_map(ours).collect()
}
