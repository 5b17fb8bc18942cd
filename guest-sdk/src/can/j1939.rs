//! SAE J1939: NAMEs, filters, and whom a message was for.

use super::Fields;
use crate::constants::{SCM_J1939_DEST_ADDR, SCM_J1939_DEST_NAME, SCM_J1939_PRIO, SOL_CAN_J1939};
use crate::socket::messages::ReceivedMessage;

/// `struct j1939_filter`: a message passes when its group, its sender's address and NAME are the filter's under the
/// masks. 32 bytes.
///
/// Python: `struct.pack('<QQIIBB6x', name, name_mask, pgn, pgn_mask, addr, addr_mask)`, and for several filters one
/// after the other.
///
/// ```
/// use wallsocket::can::J1939Filter;
/// let filter = J1939Filter { pgn: 0xfeca, pgn_mask: 0x3ffff, ..J1939Filter::default() };
/// assert_eq!(J1939Filter::list([filter]).len(), 32);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct J1939Filter {
    /// The sender's NAME.
    pub name: u64,
    /// Which of its bits count.
    pub name_mask: u64,
    /// The parameter group.
    pub pgn: u32,
    /// Which of its bits count.
    pub pgn_mask: u32,
    /// The sender's address.
    pub addr: u8,
    /// Which of its bits count.
    pub addr_mask: u8,
}

impl J1939Filter {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.name.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.name_mask.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.pgn.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.pgn_mask.to_le_bytes());
        bytes[24..26].copy_from_slice(&[self.addr, self.addr_mask]);
        bytes
    }

    /// Filters as `SO_J1939_FILTER` takes them. None at all lets everything pass.
    #[must_use]
    pub fn list(filters: impl IntoIterator<Item = J1939Filter>) -> Vec<u8> {
        filters.into_iter().flat_map(J1939Filter::to_bytes).collect()
    }
}

/// A NAME in its parts: 64 bits that tell a control unit from all others, and say what it is. The lower one wins an
/// address that two claim.
///
/// To claim an address, a socket is bound to its NAME and sends the NAME's 8 bytes as `J1939_PGN_ADDRESS_CLAIMED` to
/// everybody, from then on the kernel knows who has the address:
///
/// ```no_run
/// use wallsocket::can::Name;
/// use wallsocket::*;
///
/// let name = Name { identity_number: 1, function: 0x80, arbitrary_address_capable: true, ..Name::default() };
/// let sock = socket(AF_CAN, SOCK_DGRAM, CAN_J1939)?;
/// sock.setsockopt(SOL_SOCKET, SO_BROADCAST, true)?;
/// sock.bind(("vcan0", u64::from(name), J1939_NO_PGN, 0x20))?;
/// let everybody = ("vcan0", J1939_NO_NAME, J1939_PGN_ADDRESS_CLAIMED, J1939_NO_ADDR);
/// sock.sendto(u64::from(name).to_le_bytes(), everybody)?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// 21 bits that the maker gives.
    pub identity_number: u32,
    /// 11 bits that SAE gives.
    pub manufacturer_code: u16,
    /// 3 bits.
    pub ecu_instance: u8,
    /// 5 bits.
    pub function_instance: u8,
    /// What it does.
    pub function: u8,
    /// 7 bits.
    pub vehicle_system: u8,
    /// 4 bits.
    pub vehicle_system_instance: u8,
    /// 3 bits.
    pub industry_group: u8,
    /// Whether it takes another address when it loses the one it claimed.
    pub arbitrary_address_capable: bool,
}

/// What is too large for its part is cut.
impl From<Name> for u64 {
    fn from(name: Name) -> u64 {
        let part = |value: u64, bits: u32, at: u32| (value & ((1 << bits) - 1)) << at;
        part(name.identity_number.into(), 21, 0)
            | part(name.manufacturer_code.into(), 11, 21)
            | part(name.ecu_instance.into(), 3, 32)
            | part(name.function_instance.into(), 5, 35)
            | part(name.function.into(), 8, 40)
            | part(name.vehicle_system.into(), 7, 49)
            | part(name.vehicle_system_instance.into(), 4, 56)
            | part(name.industry_group.into(), 3, 60)
            | part(name.arbitrary_address_capable.into(), 1, 63)
    }
}

impl From<u64> for Name {
    fn from(name: u64) -> Name {
        let part = |bits: u32, at: u32| name >> at & ((1 << bits) - 1);
        // As wide as the masks say.
        Name {
            identity_number: part(21, 0) as u32,
            manufacturer_code: part(11, 21) as u16,
            ecu_instance: part(3, 32) as u8,
            function_instance: part(5, 35) as u8,
            function: part(8, 40) as u8,
            vehicle_system: part(7, 49) as u8,
            vehicle_system_instance: part(4, 56) as u8,
            industry_group: part(3, 60) as u8,
            arbitrary_address_capable: part(1, 63) != 0,
        }
    }
}

/// Whom a received message was for, and how urgent it was: what its control messages say.
///
/// ```no_run
/// # let sock = wallsocket::socket(wallsocket::AF_CAN, wallsocket::SOCK_DGRAM, wallsocket::CAN_J1939)?;
/// use wallsocket::can::Destination;
/// let message = sock.recvmsg(1785, 128, 0)?;
/// let destination = Destination::of(&message.ancdata);
/// println!("to {:?} with priority {:?}", destination.addr, destination.prio);
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Destination {
    /// The address that it was sent to; none of a broadcast. `SCM_J1939_DEST_ADDR`.
    pub addr: Option<u8>,
    /// The NAME that it was sent to. `SCM_J1939_DEST_NAME`.
    pub name: Option<u64>,
    /// Its priority, 0 before 7. `SCM_J1939_PRIO`.
    pub prio: Option<u8>,
}

impl Destination {
    /// Reads what came beside a message.
    #[must_use]
    pub fn of(messages: &[ReceivedMessage]) -> Self {
        messages.iter().filter_map(ReceivedMessage::cmsg).fold(Self::default(), Self::with)
    }

    fn with(mut self, (level, kind, data): (i32, i32, Vec<u8>)) -> Self {
        let mut fields = Fields(&data);
        match (level, kind) {
            (SOL_CAN_J1939, SCM_J1939_DEST_ADDR) => self.addr = fields.u8(),
            (SOL_CAN_J1939, SCM_J1939_DEST_NAME) => self.name = fields.u64(),
            (SOL_CAN_J1939, SCM_J1939_PRIO) => self.prio = fields.u8(),
            _ => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_has_the_layout_of_linux_can_j1939_h() {
        let filter = J1939Filter { name: 1, name_mask: 2, pgn: 3, pgn_mask: 4, addr: 5, addr_mask: 6 };
        let expected =
            [[1, 0, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 4, 0, 0, 0], [5, 6, 0, 0, 0, 0, 0, 0]];
        assert_eq!(filter.to_bytes(), *expected.as_flattened());
    }

    #[test]
    fn a_name_has_its_parts_where_the_standard_has_them() {
        let name = Name {
            identity_number: 0x1f_ffff,
            manufacturer_code: 0,
            ecu_instance: 7,
            function_instance: 0,
            function: 0xff,
            vehicle_system: 0,
            vehicle_system_instance: 0xf,
            industry_group: 0,
            arbitrary_address_capable: true,
        };
        assert_eq!(u64::from(name), 0x8f00_ff07_001f_ffff);
        assert_eq!(Name::from(0x8f00_ff07_001f_ffff), name);
        let others = 0x70fe_00f8_ffe0_0000;
        assert_eq!(u64::from(Name::from(others)), others);
        assert_eq!(
            u64::from(Name { ecu_instance: 0xff, ..Name::default() }),
            0x7_0000_0000,
            "what is too large is cut"
        );
    }

    #[test]
    fn control_messages_tell_the_destination() {
        let message = |kind, data: &[u8]| (SOL_CAN_J1939, kind, data.to_vec());
        let read = [message(1, &[0x20]), message(2, &[9, 0, 0, 0, 0, 0, 0, 0]), message(3, &[6]), (1, 1, vec![7])];
        let destination = read.into_iter().fold(Destination::default(), Destination::with);
        assert_eq!(destination, Destination { addr: Some(0x20), name: Some(9), prio: Some(6) });
    }
}
