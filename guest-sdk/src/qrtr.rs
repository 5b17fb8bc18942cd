//! QRTR's name service: who offers which service, told as it changes.
//!
//! Servers are announced to the control port of their own node, and looked up there; the service answers by the same
//! port. It is the whole machine's, so that sending there takes a line that names it, `qipcrtr send 1:4294967294`.
//! Python programs pack and unpack a packet with `struct`: `'<IIIII'` is a command, a service, an instance, a node and a
//! port.

/// The control port of every node, `QRTR_PORT_CTRL`.
pub const CONTROL_PORT: u32 = 0xffff_fffe;

/// The node that stands for all, `QRTR_NODE_BCAST`.
pub const BROADCAST_NODE: u32 = 0xffff_ffff;

/// A server is there: sent by it, and told to who looks it up (`QRTR_TYPE_NEW_SERVER`).
pub const NEW_SERVER: u32 = 4;
/// A server is gone (`QRTR_TYPE_DEL_SERVER`).
pub const DEL_SERVER: u32 = 5;
/// A client is gone; node and port are in the places of service and instance (`QRTR_TYPE_DEL_CLIENT`).
pub const DEL_CLIENT: u32 = 6;
/// Who offers a service, now and from now on? (`QRTR_TYPE_NEW_LOOKUP`)
pub const NEW_LOOKUP: u32 = 10;
/// No more of that (`QRTR_TYPE_DEL_LOOKUP`).
pub const DEL_LOOKUP: u32 = 11;

/// A packet to or from the name service: `struct qrtr_ctrl_pkt`.
///
/// ```no_run
/// use wallsocket::qrtr::{CONTROL_PORT, ControlPacket};
/// use wallsocket::{AF_QIPCRTR, Address, SOCK_DGRAM};
/// let sock = wallsocket::socket(AF_QIPCRTR, SOCK_DGRAM, 0)?;
/// let Address::Qipcrtr(own) = sock.getsockname()? else { unreachable!() };
/// sock.sendto(ControlPacket::lookup(15, 0).to_bytes(), (own.node, CONTROL_PORT))?;
/// while let Some(server) = ControlPacket::from_bytes(&sock.recv(ControlPacket::SIZE)?).filter(|told| !told.is_end()) {
///     println!("service {} is at {}:{}", server.service, server.node, server.port);
/// }
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlPacket {
    /// [`NEW_SERVER`] and its like.
    pub command: u32,
    /// The number of the service.
    pub service: u32,
    /// Version and instance of it, as its protocol has them.
    pub instance: u32,
    /// Where it is.
    pub node: u32,
    /// Where it is there.
    pub port: u32,
}

impl ControlPacket {
    /// How many bytes it has.
    pub const SIZE: usize = 20;

    /// Asks for the servers of a service; 0 for any service, or any instance.
    #[must_use]
    pub const fn lookup(service: u32, instance: u32) -> Self {
        Self { command: NEW_LOOKUP, service, instance, node: 0, port: 0 }
    }

    /// Announces the socket that it is sent by: the name service puts that one's node and port in.
    #[must_use]
    pub const fn server(service: u32, instance: u32) -> Self {
        Self { command: NEW_SERVER, service, instance, node: 0, port: 0 }
    }

    /// Whether it says that all servers that are there have been told.
    #[must_use]
    pub const fn is_end(&self) -> bool {
        matches!(self, Self { command: NEW_SERVER, service: 0, instance: 0, node: 0, port: 0 })
    }

    /// As the name service takes it.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        let numbers = [self.command, self.service, self.instance, self.node, self.port];
        for (place, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// What those bytes say; nothing when there are fewer than [`SIZE`](Self::SIZE).
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| bytes.get(4 * at..)?.first_chunk().map(|number| u32::from_le_bytes(*number));
        Some(Self {
            command: number(0)?,
            service: number(1)?,
            instance: number(2)?,
            node: number(3)?,
            port: number(4)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_is_laid_out_as_linux_qrtr_h_has_it() {
        let server = ControlPacket { command: NEW_SERVER, service: 77, instance: 1, node: 1, port: 0x4003 };
        let bytes = [4u32, 77, 1, 1, 0x4003].map(u32::to_le_bytes).concat();
        assert_eq!(server.to_bytes()[..], bytes);
        assert_eq!(ControlPacket::from_bytes(&bytes), Some(server));
        assert_eq!(ControlPacket::from_bytes(&bytes[1..]), None);
        assert!(!server.is_end());
        let mut end = [0; 20];
        end[0] = 4;
        assert!(ControlPacket::from_bytes(&end).is_some_and(|end| end.is_end()));
        assert_eq!(ControlPacket::lookup(15, 2).to_bytes()[..12], [10u32, 15, 2].map(u32::to_le_bytes).concat());
        assert_eq!(ControlPacket::server(15, 2).to_bytes()[..12], [4u32, 15, 2].map(u32::to_le_bytes).concat());
    }
}
