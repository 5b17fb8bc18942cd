//! Options of `CAN_ISOTP`: linux/can/isotp.h.

use super::Fields;

/// `struct can_isotp_options`, for `CAN_ISOTP_OPTS`; 12 bytes. Set it before the socket is bound.
///
/// Python: `struct.pack('<IIBBBB', flags, frame_txtime, ext_address, txpad_content, rxpad_content, rx_ext_address)`
///
/// ```no_run
/// use wallsocket::can::IsotpOptions;
/// use wallsocket::{AF_CAN, CAN_ISOTP, CAN_ISOTP_OPTS, CAN_ISOTP_TX_PADDING, SOCK_DGRAM, SOL_CAN_ISOTP};
///
/// let sock = wallsocket::socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP)?;
/// let options = IsotpOptions { flags: CAN_ISOTP_TX_PADDING, ..IsotpOptions::default() };
/// sock.setsockopt(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options.to_bytes())?;
/// sock.bind(("can0", 0x7e8, 0x7e0))?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IsotpOptions {
    /// `CAN_ISOTP_LISTEN_MODE` and the others, or-ed.
    pub flags: i32,
    /// The time that a frame takes, in nanoseconds; 0 leaves it as it is.
    pub frame_txtime: u32,
    /// The address with `CAN_ISOTP_EXTEND_ADDR`.
    pub ext_address: u8,
    /// What frames are filled up with, with `CAN_ISOTP_TX_PADDING`.
    pub txpad_content: u8,
    /// What frames are expected to be filled up with, with `CAN_ISOTP_RX_PADDING`.
    pub rxpad_content: u8,
    /// The address of what is received, with `CAN_ISOTP_RX_EXT_ADDR`.
    pub rx_ext_address: u8,
}

/// The kernel's own values.
impl Default for IsotpOptions {
    fn default() -> Self {
        Self { flags: 0, frame_txtime: 0, ext_address: 0, txpad_content: 0xcc, rxpad_content: 0xcc, rx_ext_address: 0 }
    }
}

impl IsotpOptions {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.flags.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.frame_txtime.to_le_bytes());
        bytes[8..].copy_from_slice(&[self.ext_address, self.txpad_content, self.rxpad_content, self.rx_ext_address]);
        bytes
    }

    /// What `getsockopt` gave; none where it is too short.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        Some(Self {
            flags: fields.u32()?.cast_signed(),
            frame_txtime: fields.u32()?,
            ext_address: fields.u8()?,
            txpad_content: fields.u8()?,
            rxpad_content: fields.u8()?,
            rx_ext_address: fields.u8()?,
        })
    }
}

/// `struct can_isotp_fc_options`, for `CAN_ISOTP_RECV_FC`: what a receiver asks of the sender; 3 bytes.
///
/// Python: `struct.pack('BBB', bs, stmin, wftmax)`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlowControl {
    /// How many frames may come until the sender waits to be told to go on; 0 for all.
    pub bs: u8,
    /// The least time between two frames: 0 to 0x7f milliseconds, 0xf1 to 0xf9 for 100 to 900 microseconds.
    pub stmin: u8,
    /// How often to ask the sender to wait.
    pub wftmax: u8,
}

impl FlowControl {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 3] {
        [self.bs, self.stmin, self.wftmax]
    }

    /// What `getsockopt` gave; none where it is too short.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [bs, stmin, wftmax] = *bytes.first_chunk()?;
        Some(Self { bs, stmin, wftmax })
    }
}

/// `struct can_isotp_ll_options`, for `CAN_ISOTP_LL_OPTS`: which frames to send; 3 bytes.
///
/// Python: `struct.pack('BBB', mtu, tx_dl, tx_flags)`
///
/// ```
/// use wallsocket::can::LinkLayer;
/// assert_eq!(LinkLayer::default().to_bytes(), [16, 8, 0]);
/// assert_eq!(LinkLayer::fd(64).to_bytes(), [72, 64, 0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkLayer {
    /// 16 for frames of classic CAN, 72 for those of CAN FD.
    pub mtu: u8,
    /// How many bytes of data a frame has: 8, and for CAN FD 12, 16, 20, 24, 32, 48 or 64 as well.
    pub tx_dl: u8,
    /// The flags of CAN FD.
    pub tx_flags: u8,
}

/// Frames of classic CAN.
impl Default for LinkLayer {
    fn default() -> Self {
        Self { mtu: 16, tx_dl: 8, tx_flags: 0 }
    }
}

impl LinkLayer {
    /// Frames of CAN FD with so many bytes of data.
    #[must_use]
    pub fn fd(tx_dl: u8) -> Self {
        Self { mtu: 72, tx_dl, tx_flags: 0 }
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 3] {
        [self.mtu, self.tx_dl, self.tx_flags]
    }

    /// What `getsockopt` gave; none where it is too short.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [mtu, tx_dl, tx_flags] = *bytes.first_chunk()?;
        Some(Self { mtu, tx_dl, tx_flags })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_the_layout_of_linux_can_isotp_h() {
        let options = IsotpOptions { flags: 0x404, frame_txtime: 50_000, ext_address: 9, ..IsotpOptions::default() };
        assert_eq!(options.to_bytes(), [4, 4, 0, 0, 0x50, 0xc3, 0, 0, 9, 0xcc, 0xcc, 0]);
        assert_eq!(IsotpOptions::from_bytes(&options.to_bytes()), Some(options));
        assert_eq!(IsotpOptions::from_bytes(&[0; 11]), None);
        let flow = FlowControl { bs: 8, stmin: 0xf1, wftmax: 0 };
        assert_eq!(FlowControl::from_bytes(&flow.to_bytes()), Some(flow));
        let link = LinkLayer::fd(64);
        assert_eq!(LinkLayer::from_bytes(&link.to_bytes()), Some(link));
        assert_eq!((FlowControl::from_bytes(&[0; 2]), LinkLayer::from_bytes(&[])), (None, None));
    }
}
