//! What can be granted: one row a verb. A family that comes later starts with a row here.

use std::fmt;

/// What a line allows, without its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    TcpConnect,
    TcpBind,
    TcpListen,
    SctpConnect,
    SctpListen,
    UdpSend,
    UdpBind,
    UdpJoin,
    DnsLookup,
    DnsReverse,
    UnixConnect,
    UnixListen,
    CanRaw,
    CanBcm,
    CanIsotp,
    CanJ1939,
    PacketCapture,
    PacketSend,
    NetlinkRead,
    NetlinkWrite,
    RawIcmp,
    RawIcmp6,
    RawIp,
    VsockConnect,
    VsockListen,
    AlgHash,
    AlgSkcipher,
    AlgAead,
    AlgRng,
    TipcConnect,
    TipcSend,
    TipcBind,
    L2capConnect,
    L2capListen,
    RfcommConnect,
    RfcommListen,
    ScoConnect,
    ScoListen,
    Hci,
    RdsSend,
    RdsBind,
    QipcrtrSend,
    QipcrtrBind,
    Interfaces,
    Option,
    Hostname,
    SetHostname,
    Inherit,
    Share,
    PassSend,
    PassReceive,
    /// Everything that can be granted.
    Any,
}

/// What follows a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing.
    Nothing,
    /// `HOST:PORTS [in CIDR,…]`
    Destination,
    /// `ADDRESS:PORTS`
    Local,
    /// `CIDR` or `*`
    Block,
    /// A host name, `*.name` or `*`
    Name,
    /// A path or an abstract name
    Unix,
    /// Interfaces of CAN, `*` among them, and identifiers that are received and sent there
    Can { with_ids: bool },
    /// A word of the given kind, or `*`
    Word(Word),
    /// `NODE:NUMBERS`, such as vsock's `CID:PORTS`: what the two are called
    Node(&'static str, &'static str),
    /// A Bluetooth device address and a PSM or channel with that name and limit
    Device(&'static str, u32),
    /// A Bluetooth device address alone
    DeviceOnly,
}

/// Kinds of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The name of a network interface: 1 to 15 bytes (IFNAMSIZ), no `/`, no white space.
    Interface,
    /// The kernel crypto API's name of an algorithm, `cbc(aes)`.
    Algorithm,
    /// A netlink family.
    Netlink,
    /// A socket option by its constant; `*` isn't taken.
    Option,
    /// A socket that was handed over: its number, or its name.
    Inherited,
    /// A guest by its id.
    Guest,
    /// A kind of descriptor.
    Kind,
}

/// Kinds of descriptors, as lines and decisions name them.
pub(crate) mod kind {
    /// A socket of a family that the holder may make one of.
    pub(crate) const SOCKET: &str = "socket";
    /// A regular file.
    pub(crate) const FILE: &str = "file";
    /// What is neither: it can be passed on, or closed.
    pub(crate) const OTHER: &str = "other";
}

/// All of them.
pub(super) const KINDS: [&str; 3] = [kind::SOCKET, kind::FILE, kind::OTHER];

/// Netlink families, as in `NETLINK_…` ([netlink(7)](https://man7.org/linux/man-pages/man7/netlink.7.html)).
pub(super) const NETLINK: [&str; 8] =
    ["route", "usersock", "sock-diag", "xfrm", "audit", "netfilter", "kobject-uevent", "generic"];

/// Their numbers, in the same order.
const NETLINK_NUMBERS: [i32; 8] = [0, 2, 4, 6, 9, 12, 15, 16];

/// The netlink family with that number.
pub(crate) fn netlink_family(number: i32) -> Option<&'static str> {
    NETLINK_NUMBERS.iter().zip(NETLINK).find(|(known, _)| **known == number).map(|(_, name)| name)
}

/// A verb as it is written, what follows it, and how it is said; `{}` stands for the object.
pub(super) struct Row {
    pub(super) verb: Verb,
    pub(super) words: &'static str,
    pub(super) shape: Shape,
    pub(super) english: &'static str,
}

const fn row(verb: Verb, words: &'static str, shape: Shape, english: &'static str) -> Row {
    Row { verb, words, shape, english }
}

#[rustfmt::skip] // A table: one row a line.
pub(super) const ROWS: [Row; 52] = [
    row(Verb::TcpConnect, "tcp connect", Shape::Destination, "connect by TCP to {}"),
    row(Verb::TcpBind, "tcp bind", Shape::Local, "connect by TCP from {}"),
    row(Verb::TcpListen, "tcp listen", Shape::Local, "accept TCP connections on {}"),
    row(Verb::SctpConnect, "sctp connect", Shape::Destination, "connect by SCTP to {}"),
    row(Verb::SctpListen, "sctp listen", Shape::Local, "accept SCTP associations on {}"),
    row(Verb::UdpSend, "udp send", Shape::Destination, "send UDP datagrams to {}"),
    row(Verb::UdpBind, "udp bind", Shape::Local, "receive UDP datagrams from anyone on {}, and answer"),
    row(Verb::UdpJoin, "udp join", Shape::Block, "join the multicast groups of {}"),
    row(Verb::DnsLookup, "dns lookup", Shape::Name, "look up {}"),
    row(Verb::DnsReverse, "dns reverse", Shape::Block, "look up the names of {}"),
    row(Verb::UnixConnect, "unix connect", Shape::Unix, "connect and send to the Unix socket {}"),
    row(Verb::UnixListen, "unix listen", Shape::Unix, "create and serve the Unix socket {}"),
    row(Verb::CanRaw, "can raw", Shape::Can { with_ids: false }, "read and write all CAN frames on {}"),
    row(Verb::CanBcm, "can bcm", Shape::Can { with_ids: false }, "use the CAN broadcast manager on {}"),
    row(Verb::CanIsotp, "can isotp", Shape::Can { with_ids: true }, "talk ISO-TP over CAN on {}"),
    row(Verb::CanJ1939, "can j1939", Shape::Can { with_ids: false }, "talk SAE J1939 over CAN on {}"),
    row(Verb::PacketCapture, "packet capture", Shape::Word(Word::Interface), "read all packets on {}"),
    row(Verb::PacketSend, "packet send", Shape::Word(Word::Interface), "send any packet on {}"),
    row(Verb::NetlinkRead, "netlink read", Shape::Word(Word::Netlink), "read through the netlink family {}"),
    row(Verb::NetlinkWrite, "netlink write", Shape::Word(Word::Netlink), "change through the netlink family {}"),
    row(Verb::RawIcmp, "raw icmp", Shape::Block, "exchange ICMP messages with {}"),
    row(Verb::RawIcmp6, "raw icmp6", Shape::Block, "exchange ICMPv6 messages with {}"),
    row(Verb::RawIp, "raw ip", Shape::Block, "exchange raw IP packets of any protocol with {}"),
    row(Verb::VsockConnect, "vsock connect", Shape::Node("a context id", "a port"), "connect by vsock to {}"),
    row(Verb::VsockListen, "vsock listen", Shape::Node("a context id", "a port"), "accept vsock connections on {}"),
    row(Verb::AlgHash, "alg hash", Shape::Word(Word::Algorithm), "compute the kernel's hash {}"),
    row(Verb::AlgSkcipher, "alg skcipher", Shape::Word(Word::Algorithm), "use the kernel's cipher {}"),
    row(Verb::AlgAead, "alg aead", Shape::Word(Word::Algorithm), "use the kernel's authenticated cipher {}"),
    row(Verb::AlgRng, "alg rng", Shape::Word(Word::Algorithm), "use the kernel's random generator {}"),
    row(Verb::TipcConnect, "tipc connect", Shape::Node("a service type", "an instance"), "connect by TIPC to {}"),
    row(Verb::TipcSend, "tipc send", Shape::Node("a service type", "an instance"), "send TIPC messages to {}"),
    row(Verb::TipcBind, "tipc bind", Shape::Node("a service type", "an instance"), "offer the TIPC service {}"),
    row(Verb::L2capConnect, "bluetooth l2cap connect", Shape::Device("a PSM", 65535), "connect by L2CAP to {}"),
    row(Verb::L2capListen, "bluetooth l2cap listen", Shape::Device("a PSM", 65535), "accept L2CAP connections on {}"),
    row(Verb::RfcommConnect, "bluetooth rfcomm connect", Shape::Device("a channel", 30), "connect by RFCOMM to {}"),
    row(Verb::RfcommListen, "bluetooth rfcomm listen", Shape::Device("a channel", 30), "accept RFCOMM connections on {}"),
    row(Verb::ScoConnect, "bluetooth sco connect", Shape::DeviceOnly, "open Bluetooth audio links to {}"),
    row(Verb::ScoListen, "bluetooth sco listen", Shape::DeviceOnly, "accept Bluetooth audio links on {}"),
    row(Verb::Hci, "bluetooth hci", Shape::Word(Word::Interface), "control the Bluetooth adapter {}"),
    row(Verb::RdsSend, "rds send", Shape::Local, "send RDS messages to {}"),
    row(Verb::RdsBind, "rds bind", Shape::Local, "receive RDS messages from anyone on {}, and answer"),
    row(Verb::QipcrtrSend, "qipcrtr send", Shape::Node("a node", "a port"), "send QRTR messages to {}"),
    row(Verb::QipcrtrBind, "qipcrtr bind", Shape::Node("a node", "a port"), "receive QRTR messages from anyone on {}, and answer"),
    row(Verb::Interfaces, "interfaces list", Shape::Nothing, "list the network interfaces"),
    row(Verb::Option, "option", Shape::Word(Word::Option), "set the socket option {}"),
    row(Verb::Hostname, "hostname read", Shape::Nothing, "read this machine's name"),
    row(Verb::SetHostname, "hostname write", Shape::Nothing, "change this machine's name"),
    row(Verb::Inherit, "inherit", Shape::Word(Word::Inherited), "take the socket {} that was handed over"),
    row(Verb::Share, "share", Shape::Word(Word::Guest), "give sockets to the neighbour {}"),
    row(Verb::PassSend, "pass send", Shape::Word(Word::Kind), "pass descriptors to others, of the kind {}"),
    row(Verb::PassReceive, "pass receive", Shape::Word(Word::Kind), "take descriptors that others pass, of the kind {}"),
    row(Verb::Any, "any", Shape::Nothing, "do everything that can be granted"),
];

impl Verb {
    /// How many there are.
    pub(crate) const COUNT: usize = ROWS.len();

    /// The verb's row. The table has one for every verb, which a test holds it to; the first stands in otherwise.
    pub(super) fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.verb == self).unwrap_or(&ROWS[0])
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().words)
    }
}
