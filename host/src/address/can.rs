//! `AF_CAN` addresses.

use std::fmt;

/// An interface and what the protocol adds to it ([can(7)](https://docs.kernel.org/networking/can.html)).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CanAddress {
    /// The interface's name; empty for every interface.
    pub(crate) interface: Vec<u8>,
    /// Its index; 0 for every interface, and where it isn't known (yet).
    pub(crate) index: u32,
    pub(crate) part: CanPart,
}

/// What a protocol of CAN adds to the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CanPart {
    /// `CAN_RAW` and `CAN_BCM`: nothing.
    Plain,
    /// `CAN_ISOTP`: the identifiers that are received and sent, with their `CAN_EFF_FLAG`.
    Isotp { rx_id: u32, tx_id: u32 },
    /// `CAN_J1939`: a NAME, a parameter group number and an address.
    J1939 { name: u64, pgn: u32, address: u8 },
}

impl fmt::Display for CanAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.interface.as_slice() {
            [] => f.write_str("every interface")?,
            name => name.escape_ascii().fmt(f)?,
        }
        match self.part {
            CanPart::Plain => Ok(()),
            CanPart::Isotp { rx_id, tx_id } => write!(f, " receiving {rx_id:#x} sending {tx_id:#x}"),
            CanPart::J1939 { name, pgn, address } => write!(f, " name {name:#x} group {pgn:#x} address {address:#x}"),
        }
    }
}
