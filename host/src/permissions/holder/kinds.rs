//! What tells kinds of sockets apart: the lines that they are made by, and the words for what doesn't fit.

use crate::address::{Address, UnixAddress};
use crate::permissions::Transport;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{CanPlace, Numbers, Object, Place, Verb};

/// The verb by which destinations on the internet are judged.
pub(super) fn inet_verb(transport: Transport) -> Option<Verb> {
    match transport {
        Transport::Tcp => Some(Verb::TcpConnect),
        Transport::Udp => Some(Verb::UdpSend),
        Transport::Sctp => Some(Verb::SctpConnect),
        Transport::Rds => Some(Verb::RdsSend),
        _ => None,
    }
}

/// The verbs of which one has to be held for such a socket to be made, and what the line for the first of them is about:
/// making one may have the kernel load a module, and reaches code that few programs ever do.
pub(super) fn lines_to_create(transport: Transport) -> Option<(&'static [Verb], Object)> {
    let (any, bus) = (Object::Word(None), Object::Can(CanPlace::ANY));
    let anywhere = || Object::Node(None, Numbers::Any);
    Some(match transport {
        Transport::CanRaw => (&[Verb::CanRaw], bus),
        Transport::CanBcm => (&[Verb::CanBcm], bus),
        Transport::CanIsotp => (&[Verb::CanIsotp], bus),
        Transport::CanJ1939 => (&[Verb::CanJ1939], bus),
        Transport::Alg => (&[Verb::AlgHash, Verb::AlgSkcipher, Verb::AlgAead, Verb::AlgRng], any),
        Transport::Tipc | Transport::TipcMessages => (&[Verb::TipcConnect, Verb::TipcSend, Verb::TipcBind], anywhere()),
        Transport::Rds => (&[Verb::RdsSend, Verb::RdsBind], Object::Place(Place::anywhere())),
        Transport::L2cap => (&[Verb::L2capConnect, Verb::L2capListen], Object::Device(None, Some(Numbers::Any))),
        Transport::Rfcomm => (&[Verb::RfcommConnect, Verb::RfcommListen], Object::Device(None, Some(Numbers::Any))),
        Transport::Sco => (&[Verb::ScoConnect, Verb::ScoListen], Object::Device(None, None)),
        Transport::Hci => (&[Verb::Hci], any),
        Transport::Qipcrtr => (&[Verb::QipcrtrSend, Verb::QipcrtrBind], anywhere()),
        Transport::Sctp => (&[Verb::SctpConnect, Verb::SctpListen], Object::Place(Place::anywhere())),
        _ => return None,
    })
}

/// What is said of an address of another family than the socket.
pub(super) fn mismatch(transport: Transport, address: &Address) -> Denial {
    let family = match address {
        Address::Inet(_) => "an IPv4",
        Address::Inet6(_) => "an IPv6",
        Address::Unix(UnixAddress::Unnamed | UnixAddress::Path(_) | UnixAddress::Abstract(_)) => "a Unix",
        Address::Packet(_) => "a packet",
        Address::Netlink(_) => "a netlink",
        Address::Vsock(_) => "a vsock",
        Address::Can(_) => "a CAN",
        Address::Alg(_) => "an algorithm's",
        Address::Tipc(_) => "a TIPC",
        Address::Bluetooth(_) => "a Bluetooth",
        Address::Qipcrtr(_) => "a QRTR",
        Address::Unspecified => "an unspecified",
    };
    Denial::fixed(format!("{family} address is no address for this call on a {transport} socket"))
}
