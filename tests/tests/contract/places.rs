//! Every function and method of Python's `socket` has its place: in the contract, or in the SDKs alone.

use std::collections::{BTreeMap, BTreeSet};

use wallsocket_names::Kind;

use crate::data::{Contract, directory, names};

/// Where a name of Python's is served.
enum Place {
    /// By these functions of the contract; the documentation of the first names it.
    Wit(&'static [&'static str]),
    /// By an SDK, which needs nothing from outside for it, or nothing but what other names already have.
    Sdk,
}

use Place::{Sdk, Wit};

#[rustfmt::skip]
const PLACES: &[(&str, Place)] = &[
    // Functions.
    ("CMSG_LEN",            Sdk),
    ("CMSG_SPACE",          Sdk),
    ("close",               Wit(&["sockets.[static]socket.close"])),
    ("create_connection",   Sdk),
    ("create_server",       Sdk),
    ("dup",                 Wit(&["sockets.[method]socket.dup"])),
    ("fromfd",              Wit(&["sharing.inherit", "sockets.[method]socket.dup", "sharing.inherited"])),
    ("fromshare",           Wit(&["sharing.redeem"])),
    ("getaddrinfo",         Wit(&["names.getaddrinfo"])),
    ("getdefaulttimeout",   Sdk),
    ("getfqdn",             Wit(&["names.gethostbyaddr"])),
    ("gethostbyaddr",       Wit(&["names.gethostbyaddr"])),
    ("gethostbyname",       Wit(&["names.gethostbyname"])),
    ("gethostbyname_ex",    Wit(&["names.gethostbyname-ex"])),
    ("gethostname",         Wit(&["names.gethostname"])),
    ("getnameinfo",         Wit(&["names.getnameinfo"])),
    ("getprotobyname",      Wit(&["names.getprotobyname"])),
    ("getservbyname",       Wit(&["names.getservbyname"])),
    ("getservbyport",       Wit(&["names.getservbyport"])),
    ("has_dualstack_ipv6",  Sdk),
    ("htonl",               Sdk),
    ("htons",               Sdk),
    ("if_indextoname",      Wit(&["network-interfaces.if-indextoname"])),
    ("if_nameindex",        Wit(&["network-interfaces.if-nameindex"])),
    ("if_nametoindex",      Wit(&["network-interfaces.if-nametoindex"])),
    ("inet_aton",           Sdk),
    ("inet_ntoa",           Sdk),
    ("inet_ntop",           Sdk),
    ("inet_pton",           Sdk),
    ("ntohl",               Sdk),
    ("ntohs",               Sdk),
    ("recv_fds",            Wit(&["messages.recvmsg"])),
    ("send_fds",            Wit(&["messages.sendmsg"])),
    ("setdefaulttimeout",   Sdk),
    ("sethostname",         Wit(&["names.sethostname"])),
    ("socketpair",          Wit(&["sockets.[static]socket.pair"])),
    // Classes that make or are a socket.
    ("SocketIO",            Sdk),
    ("SocketType",          Sdk),
    ("socket",              Wit(&["sockets.[static]socket.create"])),
    // Methods.
    ("socket.__enter__",    Sdk),
    ("socket.__exit__",     Sdk),
    ("socket.accept",       Wit(&["sockets.[method]socket.accept"])),
    ("socket.bind",         Wit(&["sockets.[method]socket.bind"])),
    ("socket.close",        Wit(&["sockets.[static]socket.close"])),
    ("socket.connect",      Wit(&["sockets.[method]socket.connect"])),
    ("socket.connect_ex",   Wit(&["sockets.[method]socket.connect"])),
    ("socket.detach",       Sdk),
    ("socket.dup",          Wit(&["sockets.[method]socket.dup"])),
    ("socket.fileno",       Sdk),
    ("socket.get_inheritable", Wit(&["sockets.[method]socket.get-inheritable"])),
    ("socket.getblocking",  Wit(&["sockets.[method]socket.get-timeout"])),
    ("socket.getpeername",  Wit(&["sockets.[method]socket.getpeername"])),
    ("socket.getsockname",  Wit(&["sockets.[method]socket.getsockname"])),
    ("socket.getsockopt",   Wit(&["options.get-int", "options.get-bytes"])),
    ("socket.gettimeout",   Wit(&["sockets.[method]socket.get-timeout"])),
    ("socket.ioctl",        Wit(&["options.ioctl"])),
    ("socket.listen",       Wit(&["sockets.[method]socket.listen"])),
    ("socket.makefile",     Sdk),
    ("socket.recv",         Wit(&["transfer.recv"])),
    ("socket.recv_into",    Wit(&["transfer.recv"])),
    ("socket.recvfrom",     Wit(&["transfer.recvfrom"])),
    ("socket.recvfrom_into", Wit(&["transfer.recvfrom"])),
    ("socket.recvmsg",      Wit(&["messages.recvmsg"])),
    ("socket.recvmsg_into", Wit(&["messages.recvmsg"])),
    ("socket.send",         Wit(&["transfer.send"])),
    ("socket.sendall",      Wit(&["transfer.sendall"])),
    ("socket.sendfile",     Wit(&["files.sendfile"])),
    ("socket.sendmsg",      Wit(&["messages.sendmsg"])),
    ("socket.sendmsg_afalg", Wit(&["messages.sendmsg"])),
    ("socket.sendto",       Wit(&["transfer.sendto"])),
    ("socket.set_inheritable", Wit(&["sockets.[method]socket.set-inheritable"])),
    ("socket.setblocking",  Wit(&["sockets.[method]socket.set-timeout"])),
    ("socket.setsockopt",   Wit(&["options.set", "options.set-filter"])),
    ("socket.settimeout",   Wit(&["sockets.[method]socket.set-timeout"])),
    ("socket.share",        Wit(&["sharing.share", "sharing.self-id"])),
    ("socket.shutdown",     Wit(&["sockets.[method]socket.shutdown"])),
    // Attributes.
    ("socket.family",       Wit(&["sockets.[method]socket.family"])),
    ("socket.proto",        Wit(&["sockets.[method]socket.protocol"])),
    ("socket.timeout",      Wit(&["sockets.[method]socket.get-timeout"])),
    ("socket.type",         Wit(&["sockets.[method]socket.type"])),
];

/// What the contract has beyond Python's `socket`: for its other modules, for speed, and for WASI.
const BEYOND: [&str; 11] = [
    "network-interfaces.local-context-id",
    "options.at-mark",
    "options.bytes-readable",
    "options.bytes-unsent",
    "permissions.held",
    "permissions.restrict",
    "permissions.restrict-socket",
    "poll.poll",
    "poll.subscribe",
    "transfer.receive-datagrams",
    "transfer.send-datagrams",
];

/// Kinds of names that are neither called nor asked: they are types, numbers and texts of an SDK.
const NOT_CALLED: [Kind; 2] = [Kind::Constant, Kind::Exception];
/// Names that aren't there to be called, in spite of their kind: enumerations of constants, and Python's own.
const NOT_SERVED: [&str; 6] = ["AddressFamily", "AddressInfo", "MsgFlag", "SocketKind", "CAPI", "errorTab"];

#[test]
fn every_name_that_python_can_call_has_a_place_and_every_place_a_name() {
    let names = names();
    let called = names.iter().filter(|row| !NOT_CALLED.contains(&row.kind) && !NOT_SERVED.contains(&&*row.name));
    let called: BTreeSet<&str> = called.map(|row| row.name.as_str()).collect();
    let placed: BTreeSet<&str> = PLACES.iter().map(|(name, _)| *name).collect();
    assert_eq!(placed.len(), PLACES.len(), "a name stands in the list of places twice");
    let homeless: Vec<_> = called.difference(&placed).collect();
    assert!(homeless.is_empty(), "these names of Python's have no place: {homeless:?}");
    let invented: Vec<_> = placed.difference(&called).collect();
    assert!(invented.is_empty(), "Python has no such names: {invented:?}");
}

#[test]
fn every_place_is_a_function_of_the_contract_and_every_function_is_a_place() {
    let contract = Contract::parse(&directory());
    let there: BTreeSet<String> = contract.functions().into_iter().map(|(name, _)| name).collect();
    let functions =
        PLACES.iter().filter_map(|(_, place)| if let Wit(functions) = place { Some(*functions) } else { None });
    let mut named: BTreeSet<String> = functions.flatten().map(|name| (*name).to_owned()).collect();
    for name in BEYOND {
        assert!(named.insert(name.to_owned()), "{name} serves a name of Python's: it isn't beyond it");
    }
    let missing: Vec<_> = named.difference(&there).collect();
    assert!(missing.is_empty(), "the contract has no such functions: {missing:?}");
    let unused: Vec<_> = there.difference(&named).collect();
    assert!(
        unused.is_empty(),
        "these functions of the contract serve no name of Python's, nor are they listed: {unused:?}"
    );
}

#[test]
fn the_documentation_of_a_function_names_what_it_serves() {
    let contract = Contract::parse(&directory());
    let functions = contract.functions();
    let docs: BTreeMap<&str, &str> = functions
        .iter()
        .map(|(name, function)| (name.as_str(), function.docs.contents.as_deref().unwrap_or_default()))
        .collect();
    for (name, place) in PLACES {
        let Wit([first, ..]) = place else { continue };
        let docs = docs.get(first).copied().unwrap_or_default();
        let python = docs.lines().find(|line| line.starts_with("Python:")).unwrap_or_default();
        // `socket.socket.getsockopt(level, optname)` shows what it takes.
        let spelled = [format!("`socket.{name}`"), format!("`socket.{name}("), format!("`{name}(")];
        assert!(
            spelled.iter().any(|spelled| python.contains(spelled)),
            "{first} serves {name} and doesn't say so: {python}"
        );
    }
}
