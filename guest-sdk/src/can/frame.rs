//! Frames, and the filters that pick among them.

use std::fmt;

use super::Fields;
use crate::constants::{CAN_EFF_FLAG, CAN_EFF_MASK, CAN_ERR_FLAG, CAN_RTR_FLAG, CAN_SFF_MASK};
use crate::error::{Error, Result};

/// `CAN_MTU`: bytes of a `struct can_frame`.
const CLASSIC: usize = 16;
/// `CANFD_MTU`: bytes of a `struct canfd_frame`.
const FD: usize = 72;
/// Where the data begin, in both.
const DATA: usize = 8;
/// `CANFD_FDF`: newer kernels mark frames of CAN FD by it.
const FDF: u8 = 0x04;
/// `CAN_INV_FILTER`: the same bit as `CAN_ERR_FLAG`, in the identifier of a filter.
const INVERTED: u32 = CAN_ERR_FLAG.cast_unsigned();

/// A frame: `struct can_frame` of classic CAN with at most 8 bytes of data, or `struct canfd_frame` of CAN FD with at
/// most 64.
///
/// Python: `struct.pack('<IB3x8s', can_id, len(data), data)`, 16 bytes, and
/// `struct.pack('<IBB2x64s', can_id, len(data), flags, data)`, 72 bytes.
///
/// ```
/// use wallsocket::can::Frame;
/// use wallsocket::CAN_EFF_FLAG;
///
/// let frame = Frame::new(0x123, b"\xde\xad")?;
/// assert_eq!(frame.to_bytes(), b"\x23\x01\0\0\x02\0\0\0\xde\xad\0\0\0\0\0\0");
/// assert_eq!(Frame::from_bytes(&frame.to_bytes()), Some(frame));
/// assert_eq!(frame.to_string(), "123#DEAD");
/// assert_eq!(Frame::new(0x18da_f110 | CAN_EFF_FLAG, b"")?.to_string(), "18DAF110#");
/// assert!(Frame::new(0x123, &[0; 9]).is_err());
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Frame {
    can_id: u32,
    length: u8,
    /// The flags of CAN FD, none for classic CAN.
    fd: Option<u8>,
    data: [u8; FD - DATA],
}

impl Frame {
    /// A frame of classic CAN. The identifier has `CAN_EFF_FLAG` in it where it has 29 bits, and `CAN_RTR_FLAG` where
    /// the frame asks for data.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for more than 8 bytes.
    pub fn new(can_id: u32, data: &[u8]) -> Result<Self> {
        Self::make(can_id, data, None)
    }

    /// A frame of CAN FD: at most 64 bytes. Controllers pad to 8, 12, 16, 20, 24, 32, 48 or 64. The flags are
    /// `CANFD_BRS` 1 (a faster bit rate for the data) and `CANFD_ESI` 2 (the sender is in trouble).
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for more than 64 bytes.
    pub fn fd(can_id: u32, data: &[u8], flags: u8) -> Result<Self> {
        Self::make(can_id, data, Some(flags))
    }

    /// A frame that asks for so many bytes of an identifier. Classic CAN alone has them.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for more than 8 bytes.
    pub fn remote(can_id: u32, length: u8) -> Result<Self> {
        let mut frame = Self::make(can_id | CAN_RTR_FLAG.cast_unsigned(), &[], None)?;
        if usize::from(length) > CLASSIC - DATA {
            return Err(Error::value("a frame of classic CAN has 8 bytes at most"));
        }
        frame.length = length;
        Ok(frame)
    }

    fn make(can_id: u32, data: &[u8], fd: Option<u8>) -> Result<Self> {
        let (size, message) = match fd {
            None => (CLASSIC - DATA, "a frame of classic CAN has 8 bytes at most"),
            Some(_) => (FD - DATA, "a frame of CAN FD has 64 bytes at most"),
        };
        let mut frame = Self { can_id, length: 0, fd, data: [0; FD - DATA] };
        let place = frame.data.get_mut(..data.len()).filter(|_| data.len() <= size).ok_or(Error::value(message))?;
        place.copy_from_slice(data);
        // At most 64.
        frame.length = data.len() as u8;
        Ok(frame)
    }

    /// The frame that was received: 16 bytes of classic CAN or 72 of CAN FD. None for any other length, and for a frame
    /// that says that it has more data than its kind can.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        let (can_id, length, flags) = (fields.u32()?, fields.u8()?, fields.u8()?);
        fields.take::<2>()?;
        let fd = match bytes.len() {
            CLASSIC => None,
            FD => Some(flags & !FDF),
            _ => return None,
        };
        let mut frame = Self { can_id, length, fd, data: [0; FD - DATA] };
        frame.data[..bytes.len() - DATA].copy_from_slice(fields.0);
        (usize::from(length) <= bytes.len() - DATA).then_some(frame)
    }

    /// The bytes to send: 16 for classic CAN, 72 for CAN FD.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.laid_out(self.fd.is_some())
    }

    /// As a frame of classic CAN or of CAN FD.
    pub(super) fn laid_out(&self, fd: bool) -> Vec<u8> {
        let size = if fd { FD } else { CLASSIC };
        let mut bytes = Vec::with_capacity(size);
        bytes.extend(self.can_id.to_le_bytes());
        bytes.extend([self.length, self.fd.unwrap_or(0), 0, 0]);
        bytes.extend(&self.data[..size - DATA]);
        bytes
    }

    /// How many bytes a frame of that kind takes.
    pub(super) fn size(fd: bool) -> usize {
        if fd { FD } else { CLASSIC }
    }

    /// The identifier, with its flags.
    #[must_use]
    pub fn can_id(&self) -> u32 {
        self.can_id
    }

    /// The identifier alone: 29 bits where `CAN_EFF_FLAG` is set, else 11.
    #[must_use]
    pub fn identifier(&self) -> u32 {
        self.can_id & if self.is_extended() { CAN_EFF_MASK } else { CAN_SFF_MASK }.cast_unsigned()
    }

    /// The data; of a frame that asks for some, none.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        if self.is_remote() { &[] } else { &self.data[..usize::from(self.length)] }
    }

    /// How many bytes it has, or asks for.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length.into()
    }

    /// The flags of CAN FD; none of a frame of classic CAN.
    #[must_use]
    pub fn fd_flags(&self) -> Option<u8> {
        self.fd
    }

    /// Whether the identifier has 29 bits.
    #[must_use]
    pub fn is_extended(&self) -> bool {
        self.can_id & CAN_EFF_FLAG != 0
    }

    /// Whether it asks for data.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.fd.is_none() && self.can_id & CAN_RTR_FLAG.cast_unsigned() != 0
    }

    /// Whether it is no frame of the bus's but tells of an error, as `CAN_RAW_ERR_FILTER` asks for.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.can_id & CAN_ERR_FLAG.cast_unsigned() != 0
    }
}

/// As `cansend` and `candump -L` write it: `123#DEADBEEF`, `123#R8`, `18DAF110##1DEAD`.
impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_extended() || self.is_error() {
            write!(f, "{:08X}#", self.can_id & (CAN_EFF_MASK | CAN_ERR_FLAG).cast_unsigned())?;
        } else {
            write!(f, "{:03X}#", self.identifier())?;
        }
        match self.fd {
            Some(flags) => write!(f, "#{:X}", flags & 0xf)?,
            None if self.is_remote() && self.length > 0 => write!(f, "R{}", self.length)?,
            None if self.is_remote() => f.write_str("R")?,
            None => {}
        }
        self.data().iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({self})")
    }
}

/// `struct can_filter`: a frame passes when its identifier and the filter's are the same under the mask. 8 bytes.
///
/// Python: `struct.pack('<II', can_id, can_mask)`, and for several filters one after the other.
///
/// ```
/// use wallsocket::can::Filter;
/// assert_eq!(Filter { can_id: 0x100, can_mask: 0x700 }.to_bytes(), *b"\0\x01\0\0\0\x07\0\0");
/// assert_eq!(Filter::list([Filter::exactly(1), Filter::exactly(2).inverted()]).len(), 16);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The identifier, with its flags.
    pub can_id: u32,
    /// Which of its bits count.
    pub can_mask: u32,
}

impl Filter {
    /// Frames of that identifier alone, whose flags count as well.
    #[must_use]
    pub fn exactly(can_id: u32) -> Self {
        let bits = if can_id & CAN_EFF_FLAG != 0 { CAN_EFF_MASK } else { CAN_SFF_MASK }.cast_unsigned();
        Self { can_id, can_mask: bits | CAN_EFF_FLAG | CAN_RTR_FLAG.cast_unsigned() }
    }

    /// Every frame that it would not let pass (`CAN_INV_FILTER`).
    #[must_use]
    pub fn inverted(self) -> Self {
        Self { can_id: self.can_id ^ INVERTED, ..self }
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 8] {
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&self.can_id.to_le_bytes());
        bytes[4..].copy_from_slice(&self.can_mask.to_le_bytes());
        bytes
    }

    /// Filters as `CAN_RAW_FILTER` takes them. None at all lets nothing pass.
    #[must_use]
    pub fn list(filters: impl IntoIterator<Item = Filter>) -> Vec<u8> {
        filters.into_iter().flat_map(Filter::to_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_the_layout_of_linux_can_h() {
        let fd = Frame::fd(0x7ff, &[7; 20], 1).unwrap();
        let bytes = fd.to_bytes();
        assert_eq!((bytes.len(), &bytes[..8], bytes[27], bytes[28]), (72, &[0xff, 7, 0, 0, 20, 1, 0, 0][..], 7, 0));
        assert_eq!(Frame::from_bytes(&bytes), Some(fd));
        let mut marked = bytes;
        marked[5] |= FDF;
        assert_eq!(Frame::from_bytes(&marked), Some(fd), "the kernel's own mark is no flag of the frame's");
        let asking = Frame::remote(5, 3).unwrap();
        assert_eq!(asking.to_bytes()[..8], [5, 0, 0, 0x40, 3, 0, 0, 0]);
        assert_eq!((asking.data(), asking.length(), asking.identifier()), (&[][..], 3, 5));
    }

    #[test]
    fn what_is_no_frame_is_none() {
        for length in [0, 7, 8, 15, 17, 71, 73] {
            assert_eq!(Frame::from_bytes(&vec![0; length]), None, "{length}");
        }
        let mut long = [0; 16];
        long[4] = 9;
        assert_eq!(Frame::from_bytes(&long), None, "9 bytes of 8");
        assert!(Frame::fd(1, &[0; 65], 0).is_err() && Frame::remote(1, 9).is_err());
    }

    #[test]
    fn frames_print_as_can_utils_does() {
        for (frame, text) in [
            (Frame::new(1, b"\x0a"), "001#0A"),
            (Frame::remote(0x7ff, 8), "7FF#R8"),
            (Frame::remote(0x7ff, 0), "7FF#R"),
            (Frame::fd(0x123, b"\xff\0", 1), "123##1FF00"),
            (Frame::new(0x1 | CAN_EFF_FLAG, b""), "00000001#"),
            (Frame::new(0x2000_0004, b"\x01"), "20000004#01"),
        ] {
            assert_eq!(frame.unwrap().to_string(), text);
        }
    }

    #[test]
    fn filters_pass_one_identifier_or_all_others() {
        assert_eq!(Filter::exactly(0x123), Filter { can_id: 0x123, can_mask: 0xc000_07ff });
        assert_eq!(Filter::exactly(0x8000_0001).can_mask, 0xdfff_ffff);
        assert_eq!(Filter::exactly(1).inverted().can_id, 0x2000_0001);
        assert_eq!(Filter::exactly(1).inverted().inverted(), Filter::exactly(1));
        assert!(Filter::list([]).is_empty());
    }
}
