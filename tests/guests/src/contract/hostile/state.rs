//! What a hostile guest has, and the arguments that it makes up.

use wasip2::io::poll::Pollable;

use super::super::bindings::wallsocket::socket::options::OptionValue;
use super::super::bindings::wallsocket::socket::sockets::Socket;
use super::super::bindings::wallsocket::socket::types::{
    NetlinkAddress, PacketAddress, SocketAddress, UnixAddress, VsockAddress,
};
use super::super::transfer;
use super::super::values::{foreign_addresses, loopback, loopback6, named};
use super::choices::Choices;

/// More sockets than this make nothing more likely.
const SOCKETS: usize = 40;

/// Everything that it holds on to.
pub(super) struct State {
    pub(super) choices: Choices,
    pub(super) sockets: Vec<Socket>,
    pub(super) pollables: Vec<Pollable>,
    /// Addresses that sockets of its own have or had: the only ones where somebody can answer.
    addresses: Vec<SocketAddress>,
}

impl State {
    pub(super) fn new(choices: Choices) -> Self {
        Self { choices, sockets: Vec::new(), pollables: Vec::new(), addresses: Vec::new() }
    }

    /// A listener with somebody who waits there, a datagram socket, a pair with something to receive: states that
    /// chance seldom leads to. Where they aren't granted, they stay as far as they came.
    pub(super) fn acquaint(&mut self) {
        let [listener, client, datagrams] = [1, 1, 2].map(|kind| Socket::create(2, kind, 0).expect("TCP and UDP"));
        for socket in [&listener, &datagrams] {
            if socket.bind(&loopback(0)).is_ok() {
                self.remember(socket.getsockname().expect("a bound socket has a name"));
            }
        }
        if listener.listen(None).is_ok() {
            client.connect(&listener.getsockname().expect("a listener has a name")).expect("it listens");
        }
        let (one, other) = Socket::pair(1, self.one_of(&[1, 2, 5]), 0).expect("a pair needs no grant");
        for sender in [&one, &one, &client] {
            // Without a grant the client has no peer.
            let _ = transfer::send(sender, b"something to receive", 0);
        }
        for socket in [listener, client, datagrams, one, other] {
            self.keep(socket);
        }
        // Raw sockets of ICMP, ICMPv6 and with headers of their own, packets raw and cooked, netlink, vsock.
        for (family, kind, protocol) in
            [(2, 3, 1), (10, 3, 58), (2, 3, 255), (17, 3, 0), (17, 2, 0x0008), (16, 3, 0), (40, 1, 0)]
        {
            if let Ok(socket) = Socket::create(family, kind, protocol) {
                let _ = socket.bind(&self.other_address());
                self.keep(socket);
            }
        }
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.choices.below(end)
    }

    pub(super) fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    pub(super) fn number(&mut self) -> u32 {
        let any = self.choices.word();
        self.one_of(&[0, 1, 2, 5, 100, 1024, 70_000, u32::MAX, any])
    }

    pub(super) fn signed(&mut self) -> i32 {
        let any = self.choices.word().cast_signed();
        self.one_of(&[0, 1, 2, 3, 4, 20, 41, -1, i32::MIN, i32::MAX, any])
    }

    pub(super) fn flags(&mut self) -> i32 {
        let any = self.choices.word().cast_signed();
        self.one_of(&[0, 0, 0, 1, 2, 0x20, 0x40, 0x80, 0x100, 0x4000, 0x8000, 0x2000_0000, 0x40_00ff, any])
    }

    /// No call waits longer, or thousands of them would take minutes.
    pub(super) fn time(&mut self) -> u64 {
        self.one_of(&[0, 1, 1000, 1_000_000])
    }

    pub(super) fn bytes(&mut self) -> Vec<u8> {
        match self.below(12) {
            // A netlink request for all links, and part of one; an IPv4 header to loopback, and one with options.
            0 => return [&[32, 0, 0, 0, 18, 0, 1, 3][..], &[0; 24]].concat(),
            1 => return [&[40, 0, 0, 0, 18, 0, 1, 3][..], &[0; 24]].concat(),
            2 => return [&[0x45][..], &[0; 15], &[127, 0, 0, 1], &[0; 8]].concat(),
            3 => return [&[0x4f][..], &[0; 15], &[127, 0, 0, 1], &[0; 50]].concat(),
            _ => {}
        }
        let length = self.one_of(&[0, 1, 3, 4, 8, 16, 100, 1500, 70_000]);
        let fill = self.choices.byte();
        vec![fill; length]
    }

    pub(super) fn text(&mut self) -> String {
        let long = "x".repeat(300);
        let text =
            ["", "localhost", "127.0.0.1", "::1", "fe80::1%lo", "http", "tcp", "80", "example.invalid", "a\0b", "*"];
        self.one_of(&text.map(str::to_owned).into_iter().chain([long, "\u{fffd}é".to_owned()]).collect::<Vec<_>>())
    }

    pub(super) fn family(&mut self) -> i32 {
        let any = self.signed();
        self.one_of(&[1, 1, 2, 2, 2, 10, 10, 16, 17, 29, 38, 40, any])
    }

    pub(super) fn kind(&mut self) -> i32 {
        let any = self.signed();
        self.one_of(&[1, 1, 1, 2, 2, 2, 5, 3, 0x801, 0x80002, any])
    }

    /// A level and a name of an option, most often one that there is.
    pub(super) fn option(&mut self) -> (i32, i32) {
        let any = (self.signed(), self.signed());
        let known = [2, 3, 4, 6, 7, 8, 9, 10, 13, 20, 21, 30, 38, 39].map(|name| (1, name));
        let families = [(0, 3), (41, 7), (255, 1), (58, 1), (263, 1), (263, 6), (263, 8), (270, 1), (270, 9), (40, 0)];
        let others = [(6, 1), (6, 4), (6, 5), (6, 6), (0, 2), (41, 16), (41, 26), any, any];
        let others = others.into_iter().chain(families);
        self.one_of(&known.into_iter().chain(others).collect::<Vec<_>>())
    }

    pub(super) fn option_value(&mut self, option: (i32, i32)) -> OptionValue {
        // Lingering for days isn't hostile to the host, only to this test's time.
        if option == (1, 13) {
            return OptionValue::Bytes(vec![1, 0, 0, 0, 0, 0, 0, 0]);
        }
        match self.below(3) {
            0 => OptionValue::Int(self.signed()),
            1 => OptionValue::Bytes(self.bytes()),
            _ => OptionValue::Null(self.number()),
        }
    }

    /// An address of loopback in a family that isn't the internet's.
    fn other_address(&mut self) -> SocketAddress {
        let packet = |interface: &[u8], protocol, length| {
            SocketAddress::Packet(PacketAddress {
                interface: interface.to_vec(),
                protocol,
                packet_type: 0,
                hardware_type: 1,
                hardware_address: vec![0; length],
            })
        };
        let netlink = |port_id, groups| SocketAddress::Netlink(NetlinkAddress { port_id, groups });
        let vsock = |cid, port| SocketAddress::Vsock(VsockAddress { cid, port });
        let choices = [
            packet(b"lo", 0x0800, 6),
            packet(b"lo", 3, 0),
            packet(b"", 0, 8),
            packet(b"lo", 0, 9),
            netlink(0, 0),
            netlink(0, 1),
            netlink(7, u32::MAX),
            vsock(1, u32::MAX),
            vsock(u32::MAX, 1),
        ];
        self.one_of(&choices)
    }

    pub(super) fn address(&mut self) -> SocketAddress {
        let unix = |address| SocketAddress::Unix(address);
        match self.below(14) {
            12 | 13 => self.other_address(),
            0 => SocketAddress::Unspecified,
            1 => loopback(0),
            2 => loopback6(0),
            3 => named("localhost", 0),
            4 => unix(UnixAddress::Unnamed),
            5 => unix(UnixAddress::Path(self.bytes())),
            6 => unix(UnixAddress::Abstract(self.bytes())),
            7 => unix(UnixAddress::Path(format!("/sockets/{}", self.below(4)).into_bytes())),
            8 => self.one_of(&foreign_addresses()),
            _ if self.addresses.is_empty() => loopback(1),
            _ => self.one_of(&self.addresses.clone()),
        }
    }

    /// Some socket, taken out; [`State::back`] puts it back.
    pub(super) fn take(&mut self) -> Socket {
        let at = self.below(self.sockets.len());
        self.sockets.swap_remove(at)
    }

    pub(super) fn back(&mut self, socket: Socket) {
        self.sockets.push(socket);
    }

    /// A socket more, which may never wait for long. Of too many one is dropped; two are always left.
    pub(super) fn keep(&mut self, socket: Socket) {
        socket.set_timeout(Some(self.time()));
        self.sockets.push(socket);
        if self.sockets.len() > SOCKETS {
            drop(self.take());
        }
    }

    /// An address at which a socket of its own can be found.
    pub(super) fn remember(&mut self, address: SocketAddress) {
        if self.addresses.len() > SOCKETS {
            let at = self.below(self.addresses.len());
            self.addresses.swap_remove(at);
        }
        self.addresses.push(address);
    }
}
