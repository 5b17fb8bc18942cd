//! What the names are grouped by: on the page, and into the SDK's files.

/// A topic.
#[derive(Debug)]
pub struct Section {
    /// Its name in the table and in the page's template.
    pub id: &'static str,
    /// The file of the SDK's constants that has those of this topic, without its end; empty where it has none.
    pub module: &'static str,
}

const fn section(id: &'static str, module: &'static str) -> Section {
    Section { id, module }
}

/// Every topic, in the order of the table.
pub static SECTIONS: &[Section] = &[
    section("functions", ""),
    section("methods", ""),
    section("types", ""),
    section("families", "families"),
    section("kinds", "families"),
    section("protocols", "protocols"),
    section("addresses", "protocols"),
    section("lookups", "lookups"),
    section("flags", "socket_level"),
    section("arguments", "socket_level"),
    section("levels", "socket_level"),
    section("so", "socket_level"),
    section("ip", "ip"),
    section("ipv6", "ipv6"),
    section("tcp", "tcp"),
    section("udp", "udp"),
    section("sctp", "sctp"),
    section("messages", "socket_level"),
    section("packet", "link"),
    section("netlink", "link"),
    section("vsock", "machines"),
    section("can", "can"),
    section("alg", "alg"),
    section("tipc", "clusters"),
    section("rds", "clusters"),
    section("bluetooth", "bluetooth"),
    section("windows", "winsock"),
    section("bsd", ""),
];

/// The files of the SDK's constants, and what each is about.
pub(crate) static MODULES: &[(&str, &str)] = &[
    ("families", "Address families and socket types."),
    ("protocols", "Protocols, ports and addresses of IPv4 and IPv6."),
    ("lookups", "Flags and errors of name look-ups."),
    ("socket_level", "Options and control messages of every socket, their levels, message flags, `shutdown`."),
    ("ip", "Options and control messages of IPv4."),
    ("ipv6", "Options and control messages of IPv6."),
    ("tcp", "Options of TCP."),
    ("udp", "Options of UDP and UDP-Lite."),
    ("sctp", "Options of SCTP (RFC 6458)."),
    ("link", "Packets, Ethernet types and netlink."),
    ("machines", "Virtual machines: `AF_VSOCK`."),
    ("can", "Controller area networks: `AF_CAN` and its protocols."),
    ("alg", "The kernel's cryptography: `AF_ALG`."),
    ("clusters", "Messages within clusters: TIPC and RDS."),
    ("bluetooth", "Bluetooth: `AF_BLUETOOTH` and its protocols."),
    ("winsock", "Windows's control codes and machines, where their numbers mean nothing else on Linux."),
];
