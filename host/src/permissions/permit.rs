//! Permits: proof that a request was judged, with the very thing that was judged.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::basis::Basis;
use super::fold::Folded;
use super::{Kind, Passing};
use crate::address::{
    Address, AlgAddress, BluetoothAddress, CanAddress, NetlinkAddress, PacketAddress, QipcrtrAddress, TipcAddress,
    VsockAddress,
};

/// What can be permitted. The types have no values; they say what a [`Permit`] is for.
pub(crate) mod op {
    /// An operation, and what a permit for it is about.
    pub(crate) trait Operation {
        /// What was judged.
        type Judged;
    }

    macro_rules! operations {
        ($($(#[$doc:meta])* $name:ident($judged:ty)),+ $(,)?) => {
            $($(#[$doc])* #[derive(Debug)] pub(crate) enum $name {}
            impl Operation for $name { type Judged = $judged; })+
        };
    }

    operations! {
        /// Making a socket that could do harm by being there.
        Create(super::Sort),
        /// Connecting a socket to a peer.
        Connect(super::Target),
        /// Sending a datagram to a peer.
        Send(super::Target),
        /// Taking a local address.
        Bind(super::Target),
        /// Accepting connections, or serving a Unix socket.
        Listen(super::Target),
        /// Sending from a local address, or through an interface.
        Source(super::Target),
        /// Handing a descriptor to another program.
        Pass(super::Passing),
        /// Keeping a descriptor that another program handed over.
        Receive(super::Kind),
        /// Taking a socket that whoever runs the guest handed over.
        Inherit(()),
        /// Giving a socket to the neighbour of that id.
        Share(String),
        /// Joining a multicast group.
        Join(std::net::IpAddr),
        /// Looking a name up.
        Lookup(String),
        /// Looking an address's name up.
        Reverse(std::net::IpAddr),
        /// Setting an option that needs a grant.
        SetOption(String),
        /// Listing the network interfaces.
        Interfaces(()),
        /// Reading this machine's name.
        Hostname(()),
        /// Changing this machine's name.
        SetHostname(()),
    }
}

/// Proof that a request is allowed. Only this module's parents make one, so what takes a permit can't be reached
/// without having asked.
pub(crate) struct Permit<Op: op::Operation> {
    judged: Op::Judged,
    by: Basis,
    /// In a box, since permits to send, of which each datagram needs one, have none.
    bound: Option<Box<Bound>>,
}

/// What a bind permit remembers of the request, to be judged again after a restriction.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) hears_anyone: bool,
    pub(super) dual_stack: bool,
    pub(super) asked: Address,
}

impl<Op: op::Operation> Permit<Op> {
    pub(super) fn new(judged: Op::Judged, by: Basis) -> Self {
        Self { judged, by, bound: None }
    }

    /// The lines that allow it.
    pub(crate) fn by(&self) -> &Basis {
        &self.by
    }

    /// What was judged: hand this on, and not what the guest wrote.
    pub(crate) fn target(&self) -> &Op::Judged {
        &self.judged
    }
}

impl Permit<op::Bind> {
    pub(super) fn bound(judged: Target, by: Basis, bound: Bound) -> Self {
        Self { judged, by, bound: Some(Box::new(bound)) }
    }

    /// Whether a bind grant covers the address, so that the socket may hear from anyone and answer. False when the
    /// bind only does what the kernel would do by itself at the first send or connect.
    pub(crate) fn hears_anyone(&self) -> bool {
        self.bound.as_ref().is_some_and(|bound| bound.hears_anyone)
    }

    pub(crate) fn request(&self) -> Option<(&Address, bool)> {
        self.bound.as_ref().map(|bound| (&bound.asked, bound.dual_stack))
    }
}

impl<Op: op::Operation> fmt::Debug for Permit<Op>
where
    Op::Judged: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Permit").field(&self.judged).finish()
    }
}

/// What socket is made, in Linux's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sort {
    pub(crate) family: i32,
    pub(crate) kind: i32,
    pub(crate) protocol: i32,
}

/// A socket address as the kernel is to be handed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An internet address in the family of the guest's request: `AF_INET6` gets IPv4 in v4-mapped form.
    Inet(SocketAddr),
    /// An abstract Unix name, without the leading NUL.
    Abstract(Vec<u8>),
    /// A Unix path, to be opened beneath a granted directory.
    Path {
        /// The granted directory on the host.
        directory: PathBuf,
        /// The path below it, without `.`, `..` and `//`; never absolute, never empty.
        relative: Vec<u8>,
    },
    /// No Unix name: bind picks an abstract one.
    Unnamed,
    /// An interface, by its index, and an Ethernet protocol.
    Packet(PacketAddress),
    /// A netlink port and groups.
    Netlink(NetlinkAddress),
    /// A vsock context and port.
    Vsock(VsockAddress),
    /// An interface, by its index, and what a protocol of CAN adds.
    Can(CanAddress),
    /// An algorithm of the kernel's.
    Alg(AlgAddress),
    /// A TIPC service or socket.
    Tipc(TipcAddress),
    /// A Bluetooth device, and what of it.
    Bluetooth(BluetoothAddress),
    /// A port of a QRTR node.
    Qipcrtr(QipcrtrAddress),
    /// `AF_UNSPEC`: dissolve the association.
    Unspecified,
}

impl Target {
    pub(super) fn inet(folded: &Folded) -> Self {
        Self::Inet(folded.wire)
    }
}
