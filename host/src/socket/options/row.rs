//! What a row of the table says.

use super::group::Membership;
use super::route::Header;
use super::sharing::Sharing;
use crate::sys::readiness::Direction;

/// A socket option.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its name, which is also what an `option` grant says.
    pub(crate) name: &'static str,
    /// Level and number, in Linux's numbers.
    pub(super) level: i32,
    pub(super) number: i32,
    pub(super) layout: Layout,
    pub(super) access: Access,
    pub(super) tier: Tier,
    pub(super) rule: Rule,
}

/// How a value that is set lies in memory, in 64-bit little-endian Linux's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A C `int`: 4 bytes. Of a longer value the kernel sees the first 4.
    Int,
    /// A C `int`, or an unsigned byte when it is shorter than that, as the options of `IPPROTO_IP` take it.
    IntOrByte,
    /// A structure, which may have several sizes: the largest that the value fills is what the kernel sees.
    Struct(&'static [usize]),
    /// A structure that takes no byte more.
    Exact(&'static [usize]),
    /// Bytes without a structure: names and headers.
    Bytes,
    /// Structures one after the other, of which the kernel takes so many and no more.
    Array,
    /// Bytes of which none may be missing, however many there are: keys. The kernel has a limit of its own.
    Key,
}

/// Which ways an option goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Get,
    Set,
    GetSet,
}

/// Who may use an option. No tier leans on a capability that the kernel asks for: the host may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tier {
    /// Every guest.
    Plain,
    /// Setting takes an `option` grant of its name.
    Granted,
    /// Setting takes a grant, and so does reading, since what is read isn't the guest's own.
    Guarded,
    /// Nobody, with that errno, and why.
    Refused { errno: i32, why: &'static str },
}

/// What the host has to do with an option besides passing it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Nothing: the kernel judges the value.
    Kernel,
    /// A buffer's size in bytes, clamped to the guest's quota.
    Buffer,
    /// A `struct timeval` that the host keeps to, since its descriptors never block.
    Timeout(Direction),
    /// Sharing an address: takes a grant where it lets others have the same port.
    Share(Sharing),
    /// What a bind was judged by: it stays, once there was one.
    Family,
    /// An errno, in Linux's numbers whatever the system's are.
    Errno,
    /// `SO_PASSCRED`: has the kernel bind a Unix socket that has no name when it connects or sends (unix(7)).
    Credentials,
    /// A number: beyond these two, both included, it takes a grant.
    Within(i32, i32),
    /// A number: beyond these two, both included, it is `EINVAL`, which the kernel may fail to see.
    Only(i32, i32),
    /// How many bytes a receive waits for; clamped to the guest's quota of buffers.
    LowWater,
    /// Hears a multicast group, which takes a `udp join` grant.
    Join(Membership),
    /// Hears less of one, which takes none.
    Leave,
    /// The interface of multicasts that are sent.
    MulticastInterface,
    /// An address to send from, judged as a bind.
    Source,
    /// A header of what is sent, with addresses that are judged.
    Route(Header),
    /// The name of an algorithm: the machine's administrator says which anybody may use (tcp(7)).
    Congestion,
    /// `struct packet_mreq`: an interface that is to hear more than it would, judged by the grant to capture there.
    PacketMembership,
    /// The same structure: no more of it.
    PacketLeave,
    /// A multicast group of the netlink family, judged by the grant to read from it.
    NetlinkGroup,
    /// A buffer's size in bytes as 64 bits, clamped to the guest's quota.
    LongBuffer,
    /// How L2CAP transfers: not by enhanced retransmission, whose sockets wait for the peer when they are closed.
    LinkMode,
    /// A structure that some kernels take only with the padding at its end: it is made as long as that.
    Padded(usize),
    /// `struct can_isotp_options`, of which the host sees to `CAN_ISOTP_WAIT_TX_DONE` itself: the kernel would wait whatever
    /// the call says.
    IsotpOptions,
}

/// Levels, in Linux's numbers.
pub(super) mod level {
    pub(crate) const SOL_SOCKET: i32 = 1;
    pub(crate) const IPPROTO_IP: i32 = 0;
    pub(crate) const IPPROTO_TCP: i32 = 6;
    pub(crate) const IPPROTO_UDP: i32 = 17;
    pub(crate) const AF_VSOCK: i32 = 40;
    pub(crate) const IPPROTO_IPV6: i32 = 41;
    pub(crate) const IPPROTO_ICMPV6: i32 = 58;
    pub(crate) const SOL_CAN_RAW: i32 = 101;
    pub(crate) const SOL_CAN_ISOTP: i32 = 106;
    pub(crate) const SOL_CAN_J1939: i32 = 107;
    pub(crate) const IPPROTO_SCTP: i32 = 132;
    pub(crate) const IPPROTO_UDPLITE: i32 = 136;
    pub(crate) const IPPROTO_RAW: i32 = 255;
    pub(crate) const SOL_PACKET: i32 = 263;
    pub(crate) const SOL_NETLINK: i32 = 270;
    pub(crate) const SOL_TIPC: i32 = 271;
    pub(crate) const SOL_RDS: i32 = 276;
    pub(crate) const SOL_BLUETOOTH: i32 = 274;

    // Those of Bluetooth's protocols are others' as well.
    pub(crate) const SOL_HCI: i32 = 0;
    pub(crate) const SOL_L2CAP: i32 = 6;
    pub(crate) const SOL_ALG: i32 = 279;
}

/// Rows: name, level, number, layout, access, tier, rule. What is refused follows in a section of its own: name,
/// level, number, errno, why.
macro_rules! rows {
    (
        $($name:ident: $level:ident $number:literal $layout:expr, $access:ident $tier:ident $rule:expr;)*
        $(=> refused: $($no:ident: $no_level:ident $no_number:literal $errno:ident $why:literal;)*)?
    ) => {
        &[
            $(Row {
                name: stringify!($name),
                level: $crate::socket::options::row::level::$level,
                number: $number,
                layout: $layout,
                access: $crate::socket::options::row::Access::$access,
                tier: $crate::socket::options::row::Tier::$tier,
                rule: $rule,
            },)*
            $($(Row {
                name: stringify!($no),
                level: $crate::socket::options::row::level::$no_level,
                number: $no_number,
                layout: $crate::socket::options::row::Layout::Bytes,
                access: $crate::socket::options::row::Access::GetSet,
                tier: $crate::socket::options::row::Tier::Refused { errno: $crate::sys::errno::$errno, why: $why },
                rule: $crate::socket::options::row::Rule::Kernel,
            },)*)?
        ]
    };
}
pub(super) use rows;
