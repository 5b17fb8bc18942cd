//! Values of the contract's types.

use super::messages::{Inet6PacketInfo, InetPacketInfo, OtherMessage, OutgoingMessage};
use super::options::Control;
use super::types::*;

/// 127.0.0.1 at a port.
pub(super) fn loopback(port: u16) -> SocketAddress {
    SocketAddress::Inet(InetAddress { address: (127, 0, 0, 1), port })
}

/// ::1 at a port.
pub(super) fn loopback6(port: u16) -> SocketAddress {
    let address = (0, 0, 0, 0, 0, 0, 0, 1);
    SocketAddress::Inet6(Inet6Address { address, port, flow_info: 0, scope_id: 0 })
}

/// A name and a port, to be resolved by the host.
pub(super) fn named(host: &str, port: u16) -> SocketAddress {
    SocketAddress::Named(NamedAddress { host: host.to_owned(), port, flow_info: 0, scope_id: 0 })
}

/// An address of each form that the host has no codec for.
pub(super) fn foreign_addresses() -> Vec<SocketAddress> {
    let interface = || b"lo".to_vec();
    let device = (1, 2, 3, 4, 5, 6);
    vec![
        SocketAddress::Can(CanAddress::Raw(CanRawAddress { interface: interface() })),
        SocketAddress::Can(CanAddress::Isotp(CanIsotpAddress { interface: interface(), rx_id: 1, tx_id: 2 })),
        SocketAddress::Can(CanAddress::J1939(CanJ1939Address {
            interface: interface(),
            name: 0,
            pgn: 0,
            address: 255,
        })),
        SocketAddress::Packet(PacketAddress {
            interface: interface(),
            protocol: 3,
            packet_type: 0,
            hardware_type: 1,
            hardware_address: vec![0; 6],
        }),
        SocketAddress::Netlink(NetlinkAddress { port_id: 0, groups: 0 }),
        SocketAddress::Alg(AlgAddress { type_: b"hash".to_vec(), name: b"sha256".to_vec(), features: 0, mask: 0 }),
        SocketAddress::Tipc(TipcAddress { address_type: 1, v1: 1, v2: 1, v3: 1, scope: 3 }),
        SocketAddress::Vsock(VsockAddress { cid: 2, port: 1024 }),
        SocketAddress::Bluetooth(BluetoothAddress::L2cap(BluetoothL2capAddress {
            device,
            psm: 1,
            cid: 0,
            address_type: 0,
        })),
        SocketAddress::Bluetooth(BluetoothAddress::Rfcomm(BluetoothRfcommAddress { device, channel: 1 })),
        SocketAddress::Bluetooth(BluetoothAddress::Hci(BluetoothHciAddress { device_id: 0, channel: 0 })),
        SocketAddress::Bluetooth(BluetoothAddress::Sco(BluetoothScoAddress { device })),
        SocketAddress::Qipcrtr(QipcrtrAddress { node: 1, port: 1 }),
        SocketAddress::Hyperv(HypervAddress { vm_id: "0".repeat(36), service_id: String::new() }),
        SocketAddress::Link(LinkAddress { index: 1, name: interface(), type_: 6, address: vec![0; 6] }),
        SocketAddress::System(SystemAddress::Id((1, 0))),
        SocketAddress::System(SystemAddress::Name(b"com.example".to_vec())),
        SocketAddress::Other(OtherAddress { family: 9, data: vec![0; 14] }),
    ]
}

/// A control message of each kind that carries no handle.
pub(super) fn control_messages() -> Vec<OutgoingMessage<'static>> {
    use OutgoingMessage as Message;
    let here = (127, 0, 0, 1);
    vec![
        Message::Rights(Vec::new()),
        Message::Credentials,
        Message::InetPacketInfo(InetPacketInfo { interface: 0, local: here, destination: here }),
        Message::Inet6PacketInfo(Inet6PacketInfo { address: (0, 0, 0, 0, 0, 0, 0, 1), interface: 0 }),
        Message::Ttl(64),
        Message::TypeOfService(0),
        Message::HopLimit(-1),
        Message::TrafficClass(-1),
        Message::HopOptions(vec![0; 8]),
        Message::DestinationOptions(vec![0; 8]),
        Message::RoutingDestinationOptions(vec![0; 8]),
        Message::RoutingHeader(vec![(0, 0, 0, 0, 0, 0, 0, 1)]),
        Message::SegmentSize(1200),
        Message::AlgOperation(1),
        Message::AlgIv(vec![0; 16]),
        Message::AlgAssociatedLength(16),
        Message::Mark(1),
        Message::Priority(1),
        Message::Other(OtherMessage { level: 1, type_: 9999, data: vec![0; 4] }),
    ]
}

/// Each control code of Windows.
pub(super) fn controls() -> [Control; 3] {
    [Control::ReceiveAll(1), Control::KeepAlive((true, 1000, 1000)), Control::LoopbackFastPath(true)]
}
