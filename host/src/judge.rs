//! Asks `permissions` on a guest's behalf: brings the clock and this machine's addresses, keeps the books.

mod asking;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::{self, Display};
use std::net::{IpAddr, SocketAddr};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Instant;

use crate::address::{Address, CanAddress, NetlinkAddress, PacketAddress, UnixAddress};
use crate::decision::Watcher;
use crate::permissions::{
    Denial, Header, Holder, Kind, Machine, NetlinkFault, Passing, Permissions, Permit, Sort, Transport, op,
};
use crate::socket::options::Ask;
use crate::socket::{Description, flags};
use crate::sys;

type Judgement<Op> = Result<Permit<Op>, Denial>;

/// One guest's permissions, and what judging by them takes. Shared with the guest's pollables.
#[derive(Debug)]
pub(crate) struct Judge {
    /// Tells this guest from every other of the process.
    owner: u64,
    guest: Arc<str>,
    watcher: Watcher,
    holder: RwLock<Holder>,
    machine: RwLock<Machine>,
    began: Instant,
}

impl Judge {
    pub(crate) fn new(holder: Holder, owner: u64, guest: &str, watcher: Watcher) -> Self {
        Self {
            owner,
            guest: guest.into(),
            watcher,
            holder: RwLock::new(holder),
            machine: RwLock::new(Machine { own_addresses: sys::interfaces::addresses() }),
            began: Instant::now(),
        }
    }

    /// May a socket of that kind be made?
    pub(crate) fn create(&self, family: i32, kind: i32, protocol: i32) -> Judgement<op::Create> {
        let transport = transport_of(family, kind, protocol);
        let sort = Sort { family, kind, protocol };
        let permit = self.ask(&Door(transport, "socket"), &"", |holder| holder.create(transport, sort))?;
        if kind == flags::SOCK_RAW && protocol == flags::IPPROTO_RAW {
            // Its packets have headers of the guest's own from the start, raw(7).
            self.ask(&"option", &HEADER_OPTION, |holder| holder.option(HEADER_OPTION))?;
        }
        Ok(permit)
    }

    /// May it connect there?
    pub(crate) fn connect(&self, socket: &Description, address: &Address) -> Judgement<op::Connect> {
        let (transport, address) = (transport(socket), &*located(address));
        self.ask_of(socket, &Door(transport, "connect"), address, |holder| {
            holder.connect(transport, address, &self.machine(), self.now(holder))
        })
    }

    /// Would it be allowed to connect or send there? Picks among what a name resolved to, which isn't asking for all
    /// of it: only what is picked is judged, and written down.
    pub(crate) fn reaches(&self, socket: &Description, address: &Address) -> bool {
        let holder = self.holder_of(socket);
        holder.connect(transport(socket), &located(address), &self.machine(), self.now(&holder)).is_ok()
    }

    /// May it send there? A socket that hears anyone may answer whom it heard.
    pub(crate) fn send(&self, socket: &Description, address: &Address) -> Judgement<op::Send> {
        let (transport, address) = (transport(socket), &*located_beside(socket, address));
        self.ask_of(socket, &Door(transport, "send"), address, |holder| {
            holder.send(transport, address, &self.machine(), self.now(holder)).or_else(|denial| {
                let memory = socket.memory();
                match &memory.bound {
                    Some(bound) if memory.has_heard(address) => {
                        holder.answer(bound, transport, address).map_err(|_| denial)
                    }
                    _ => Err(denial),
                }
            })
        })
    }

    /// Does a bind grant still cover the address that it is bound to, so that it hears anyone?
    pub(crate) fn hears_anyone(&self, socket: &Description) -> bool {
        let memory = socket.memory();
        let bound = memory.bound.as_ref().filter(|permit| permit.hears_anyone()).and_then(Permit::request);
        bound.is_some_and(|(address, dual_stack)| {
            self.holder_of(socket)
                .bind(transport(socket), address, dual_stack)
                .is_ok_and(|permit| permit.hears_anyone())
        })
    }

    /// May a datagram socket without a bind grant hear that peer?
    pub(crate) fn hears(&self, socket: &Description, from: &Address) -> bool {
        if socket.catch_up(|| self.hears_anyone(socket)) && !socket.is_filtered() {
            return true;
        }
        let holder = self.holder_of(socket);
        holder.hears(transport(socket), from, &self.machine(), self.now(&holder))
    }

    /// May a packet with that header, which the guest wrote, go to that peer?
    pub(crate) fn header(
        &self,
        socket: &Description,
        header: &Header,
        peer: IpAddr,
        own: Option<IpAddr>,
    ) -> Result<(), Denial> {
        let asked = format_args!("from {} to {}", header.source, header.destination);
        self.ask_of(socket, &"raw ip header", &asked, |holder| holder.header(header, peer, own)).map(drop)
    }

    /// May what a netlink socket is about to send be sent? Read requests are put together anew.
    pub(crate) fn netlink(&self, socket: &Description, data: &[u8]) -> Result<Vec<u8>, NetlinkFault> {
        let Transport::Netlink(family) = transport(socket) else { return Err(NetlinkFault::Malformed) };
        let own = socket.netlink_port().unwrap_or(0);
        let judged = self.ask_of(socket, &Door(Transport::Netlink(family), "send"), &"", |holder| {
            match holder.netlink_requests(family, own, data) {
                Err(NetlinkFault::Denied(denial)) => Err(denial),
                judged => Ok(judged),
            }
        })?;
        judged.map(|(requests, _)| requests)
    }

    /// What a packet socket is bound to by being made: every interface, if it may capture on all of them and has a
    /// protocol. Otherwise it hears nothing until it is bound.
    pub(crate) fn bound_when_made(&self, socket: &Description) -> Option<Permit<op::Bind>> {
        if socket.family != flags::AF_PACKET || socket.packet_protocol() == 0 {
            return None;
        }
        let everywhere = PacketAddress { protocol: socket.packet_protocol(), ..PacketAddress::default() };
        let everywhere = Address::Packet(everywhere);
        let bind = |holder: &Holder| holder.bind(Transport::Packet, &everywhere, false);
        // It didn't ask to be: only what it gets is told.
        bind(&self.holder()).ok()?;
        self.ask(&Door(Transport::Packet, "bind"), &everywhere, bind).ok()
    }

    /// May it take that address?
    pub(crate) fn bind(&self, socket: &Description, address: &Address, dual_stack: bool) -> Judgement<op::Bind> {
        let (transport, address) = (transport(socket), &*located_locally(socket, address));
        self.ask_of(socket, &Door(transport, "bind"), address, |holder| holder.bind(transport, address, dual_stack))
    }

    /// Does a bind grant cover the address that a socket came with? Asked without the guest having asked for anything.
    pub(crate) fn covers(&self, socket: &Description, address: &Address, dual_stack: bool) -> Option<Permit<op::Bind>> {
        self.holder_of(socket).bind(transport(socket), address, dual_stack).ok().filter(Permit::hears_anyone)
    }

    /// May it send from there?
    pub(crate) fn send_from(&self, socket: &Description, address: &Address) -> Judgement<op::Source> {
        let transport = transport(socket);
        self.ask_of(socket, &Door(transport, "send from"), address, |holder| holder.source(transport, address))
    }

    /// May it hand that to another program?
    pub(crate) fn pass(&self, over: &Description, passing: Passing) -> Judgement<op::Pass> {
        self.ask_of(over, &"pass send", &passing, |holder| holder.pass(passing))
    }

    /// May it keep a descriptor of that kind, which another program sent?
    pub(crate) fn receive(&self, over: &Description, kind: Kind) -> Judgement<op::Receive> {
        self.ask_of(over, &"pass receive", &kind, |holder| holder.receive(kind))
    }

    /// Whether any descriptor may come in. Asked without the guest having asked for anything.
    pub(crate) fn receives_descriptors(&self) -> bool {
        self.holder().receives_descriptors()
    }

    /// May it take a socket that was handed over?
    pub(crate) fn inherit(&self, number: i32, name: &str) -> Judgement<op::Inherit> {
        self.ask(&"inherit", &format_args!("{number} {name}"), |holder| holder.inherit(number, name))
    }

    /// May it give a socket to the neighbour of that id? `own` is its own.
    pub(crate) fn share(&self, id: &str, own: &str) -> Judgement<op::Share> {
        self.ask(&"share", &id, |holder| if id == own { Ok(Holder::share_with_itself(id)) } else { holder.share(id) })
    }

    /// May it accept connections there?
    pub(crate) fn listen(&self, socket: &Description, address: &Address, dual_stack: bool) -> Judgement<op::Listen> {
        let transport = transport(socket);
        self.ask_of(socket, &Door(transport, "listen"), address, |holder| holder.listen(transport, address, dual_stack))
    }

    /// May it list the network interfaces?
    pub(crate) fn interfaces(&self) -> Judgement<op::Interfaces> {
        self.ask(&"interfaces list", &"", Holder::interfaces)
    }

    /// May it look that name up?
    pub(crate) fn lookup(&self, host: &str) -> Judgement<op::Lookup> {
        self.ask(&"dns lookup", &host, |holder| holder.lookup(host))
    }

    /// May it look that name up to reach it there?
    pub(crate) fn lookup_for(&self, host: &str, transport: Transport, port: u16) -> Judgement<op::Lookup> {
        self.ask(&"dns lookup", &host, |holder| holder.lookup_for(host, transport, port))
    }

    /// May it look that address up?
    pub(crate) fn reverse(&self, ip: IpAddr) -> Judgement<op::Reverse> {
        self.ask(&"dns reverse", &ip, |holder| holder.reverse(ip))
    }

    /// May it know this machine's name?
    pub(crate) fn hostname(&self) -> Judgement<op::Hostname> {
        self.ask(&"hostname read", &"", Holder::hostname)
    }

    /// May it change this machine's name?
    pub(crate) fn set_hostname(&self) -> Judgement<op::SetHostname> {
        self.ask(&"hostname write", &"", Holder::set_hostname)
    }

    /// Remembers what a name resolved to, and which addresses this machine had by then: no name may lead to
    /// those. None at all is a failure to list them, and what was known before is better.
    pub(crate) fn learn(&self, host: &str, answers: &[IpAddr], own_addresses: Vec<IpAddr>) {
        if !own_addresses.is_empty() && own_addresses != self.machine().own_addresses {
            *self.machine.write().unwrap_or_else(PoisonError::into_inner) = Machine { own_addresses };
        }
        self.holder.write().unwrap_or_else(PoisonError::into_inner).learn(host, answers, Instant::now());
    }

    /// An address as the guest may see it: a Unix path in its own spelling, or unnamed outside its
    /// directories.
    pub(crate) fn as_seen(&self, address: Address) -> Address {
        match address {
            Address::Unix(UnixAddress::Path(path)) => {
                let holder = self.holder();
                // The kernel tells a path as it was bound, and we bind without links on the way: a directory that was
                // granted through one is known by two paths.
                let seen = holder.guest_spelling(&path).or_else(|| {
                    holder.unix_directories().find_map(|granted| {
                        let canonical = sys::unix_path::canonical_directory(granted).ok()?;
                        let below = Path::new(OsStr::from_bytes(&path)).strip_prefix(canonical).ok()?;
                        holder.guest_spelling(granted.join(below).as_os_str().as_bytes())
                    })
                });
                Address::Unix(seen.map_or(UnixAddress::Unnamed, UnixAddress::Path))
            }
            other => other,
        }
    }

    /// The time, where it matters: only what names resolved to has an age, and every datagram is judged.
    fn now(&self, holder: &Holder) -> Instant {
        if holder.remembers_answers() { Instant::now() } else { self.began }
    }

    /// The grants held.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.holder().lines()
    }

    /// Gives up for good what `permissions` doesn't allow.
    pub(crate) fn restrict(&self, permissions: Permissions) -> Result<(), Denial> {
        self.holder.write().unwrap_or_else(PoisonError::into_inner).restrict(permissions)
    }

    fn holder(&self) -> RwLockReadGuard<'_, Holder> {
        // Deciding can't leave a holder half-changed.
        self.holder.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn machine(&self) -> RwLockReadGuard<'_, Machine> {
        self.machine.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the table of options asks.
impl Ask for Judge {
    fn option(&self, socket: &Description, name: &str) -> Judgement<op::SetOption> {
        self.ask_of(socket, &"option", &name, |holder| holder.option(name))
    }

    fn refused(&self, name: &str, why: &'static str) {
        // Only written down: the guest gets the row's errno.
        self.tell(&"option", &name, None, Err(&Holder::refused_option(name, why)));
    }

    fn packet_membership(&self, socket: &Description, name: &str, index: i32) -> Judgement<op::SetOption> {
        let interface = u32::try_from(index).ok().and_then(|index| sys::interfaces::name_of(index).ok());
        let interface = interface.unwrap_or_default();
        let asked = format_args!("{name} on {}", interface.escape_ascii());
        self.ask_of(socket, &"option", &asked, |holder| holder.packet_membership(name, &interface))
    }

    fn netlink_group(&self, name: &str, socket: &Description, group: u32) -> Judgement<op::SetOption> {
        let Transport::Netlink(family) = transport(socket) else { return self.option(socket, name) };
        let door = Door(Transport::Netlink(family), "join");
        self.ask_of(socket, &door, &format_args!("group {group}"), |holder| holder.netlink_group(name, family, group))
    }

    fn autobind(&self, socket: &Description) -> Judgement<op::Bind> {
        self.bind(socket, &Address::Unix(UnixAddress::Unnamed), false)
    }

    fn owner(&self) -> u64 {
        self.owner
    }

    fn join(&self, socket: &Description, group: IpAddr) -> Judgement<op::Join> {
        self.ask_of(socket, &"udp join", &group, |holder| holder.join(group))
    }

    fn via(&self, socket: &Description, hop: IpAddr) -> Judgement<op::Connect> {
        self.connect(socket, &SocketAddr::new(hop, 0).into())
    }

    fn source(&self, socket: &Description, address: IpAddr) -> Judgement<op::Bind> {
        self.bind(socket, &SocketAddr::new(address, 0).into(), false)
    }
}

/// What a guest wants to do with a kind of socket.
struct Door(Transport, &'static str);

impl Display for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// The option that lets a guest write IP headers.
const HEADER_OPTION: &str = "IP_HDRINCL";

/// Which grants a socket's requests are judged by.
pub(crate) fn transport(socket: &Description) -> Transport {
    transport_of(socket.family, socket.kind, socket.protocol)
}

fn transport_of(family: i32, kind: i32, protocol: i32) -> Transport {
    use flags::{AF_ALG, AF_BLUETOOTH, AF_CAN, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_QIPCRTR, AF_RDS, AF_TIPC};
    use flags::{AF_UNIX, AF_VSOCK, BTPROTO_HCI, BTPROTO_RFCOMM, BTPROTO_SCO, CAN_BCM, CAN_ISOTP, CAN_J1939};
    use flags::{IPPROTO_ICMP, IPPROTO_ICMPV6, IPPROTO_SCTP, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM};
    match (family, kind, protocol) {
        (AF_PACKET, ..) => Transport::Packet,
        // One whose family no line can name isn't made: there is no line for it to be granted by.
        (AF_NETLINK, ..) => Transport::netlink(protocol).unwrap_or(Transport::Netlink("")),
        (AF_VSOCK, ..) => Transport::Vsock,
        (AF_UNIX, ..) => Transport::Unix,
        (AF_CAN, _, CAN_BCM) => Transport::CanBcm,
        (AF_CAN, _, CAN_ISOTP) => Transport::CanIsotp,
        (AF_CAN, _, CAN_J1939) => Transport::CanJ1939,
        (AF_CAN, ..) => Transport::CanRaw,
        (AF_ALG, ..) => Transport::Alg,
        (AF_TIPC, SOCK_STREAM | SOCK_SEQPACKET, _) => Transport::Tipc,
        (AF_TIPC, ..) => Transport::TipcMessages,
        (AF_RDS, ..) => Transport::Rds,
        (AF_BLUETOOTH, _, BTPROTO_HCI) => Transport::Hci,
        (AF_BLUETOOTH, _, BTPROTO_SCO) => Transport::Sco,
        (AF_BLUETOOTH, _, BTPROTO_RFCOMM) => Transport::Rfcomm,
        (AF_BLUETOOTH, ..) => Transport::L2cap,
        (AF_QIPCRTR, ..) => Transport::Qipcrtr,
        (_, SOCK_STREAM, IPPROTO_SCTP) | (_, SOCK_SEQPACKET, _) => Transport::Sctp,
        (AF_INET, SOCK_RAW | SOCK_DGRAM, IPPROTO_ICMP) => Transport::Icmp,
        (AF_INET6, SOCK_RAW | SOCK_DGRAM, IPPROTO_ICMPV6) => Transport::Icmp6,
        (_, SOCK_RAW, _) => Transport::Ip,
        (_, SOCK_STREAM, _) => Transport::Tcp,
        _ => Transport::Udp,
    }
}

/// An address with the facts that it is judged by: where it names an interface, that one's own name, whatever other name
/// the guest called it by, and its index.
fn located(address: &Address) -> Cow<'_, Address> {
    let mut address = Cow::Borrowed(address);
    let (Address::Packet(PacketAddress { interface, .. }) | Address::Can(CanAddress { interface, .. })) = &*address
    else {
        return address;
    };
    let found = sys::interfaces::index_of(interface).and_then(|at| Ok((sys::interfaces::name_of(at)?, at)));
    if let Ok((own, at)) = found
        && let Address::Packet(PacketAddress { interface, index, .. })
        | Address::Can(CanAddress { interface, index, .. }) = address.to_mut()
    {
        (*interface, *index) = (own, at);
    }
    address
}

/// An address to send to with the facts that it is judged by: J1939 sends by the interface that it is bound to, and names
/// none in what it received in many frames.
fn located_beside<'a>(socket: &Description, address: &'a Address) -> Cow<'a, Address> {
    let mut address = located(address);
    let nowhere = matches!(&*address, Address::Can(to) if to.interface.is_empty());
    if nowhere
        && socket.speaks_can(flags::CAN_J1939)
        && let Ok(Some(Address::Can(own))) = socket.sys.local_address()
        && let Address::Can(CanAddress { interface, index, .. }) = address.to_mut()
    {
        (*interface, *index) = (own.interface, own.index);
    }
    address
}

/// A local address with the facts that it is judged by.
fn located_locally<'a>(socket: &Description, address: &'a Address) -> Cow<'a, Address> {
    match located(address).into_owned() {
        can @ Address::Can(_) => Cow::Owned(can),
        // What it leaves to the socket: packet(7). The number of socket(2) is in network byte order.
        Address::Packet(mut packet) if packet.protocol == 0 => {
            packet.protocol = match socket.memory().bound.as_ref().and_then(Permit::request) {
                Some((Address::Packet(bound), _)) => bound.protocol,
                _ => socket.packet_protocol(),
            };
            Cow::Owned(Address::Packet(packet))
        }
        // Its own port is no other than what the kernel chose.
        Address::Netlink(NetlinkAddress { port_id, groups }) if Some(port_id) == socket.netlink_port() => {
            Cow::Owned(Address::Netlink(NetlinkAddress { port_id: 0, groups }))
        }
        Address::Packet(packet) => Cow::Owned(Address::Packet(packet)),
        _ => Cow::Borrowed(address),
    }
}
