//! Messages of the broadcast manager.

use std::time::Duration;

use super::{Fields, Frame};
use crate::constants::{
    CAN_BCM_CAN_FD_FRAME, CAN_BCM_RX_DELETE, CAN_BCM_RX_FILTER_ID, CAN_BCM_RX_READ, CAN_BCM_RX_SETUP, CAN_BCM_SETTIMER,
    CAN_BCM_STARTTIMER, CAN_BCM_TX_DELETE, CAN_BCM_TX_READ, CAN_BCM_TX_SEND, CAN_BCM_TX_SETUP,
};

/// `sizeof(struct bcm_msg_head)` on 64-bit Linux.
const HEAD: usize = 56;

/// `struct bcm_msg_head`, without the number of frames.
///
/// Python: `struct.pack('<IIIxxxxqqqqII', opcode, flags, count, seconds1, microseconds1, seconds2, microseconds2,
/// can_id, nframes)`, 56 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct BcmHead {
    /// What to do, or what happened: `CAN_BCM_TX_SETUP` to `CAN_BCM_RX_CHANGED`.
    pub opcode: i32,
    /// `CAN_BCM_SETTIMER` and the others, or-ed.
    pub flags: i32,
    /// How often to send at the first interval.
    pub count: u32,
    /// The first interval; of a watched message, how long it may stay away. Whole microseconds.
    pub ival1: Duration,
    /// The second interval; of a watched message, the least time between two notices. Whole microseconds.
    pub ival2: Duration,
    /// The identifier that it is about, with its flags.
    pub can_id: u32,
}

/// A message to or from the broadcast manager (`CAN_BCM`): a head, and frames.
///
/// ```no_run
/// use std::time::Duration;
/// use wallsocket::can::{BcmMessage, Frame};
/// use wallsocket::{AF_CAN, CAN_BCM, SOCK_DGRAM};
///
/// let sock = wallsocket::socket(AF_CAN, SOCK_DGRAM, CAN_BCM)?;
/// sock.connect(("vcan0",))?;
/// // Every 100 ms, until the socket is closed.
/// let frame = Frame::new(0x123, b"alive")?;
/// sock.send(BcmMessage::send_every(Duration::from_millis(100), [frame]).to_bytes())?;
/// // Tell when the first byte of 0x321 is another than before, or nothing came for a second.
/// let mask = Frame::new(0x321, b"\xff")?;
/// sock.send(BcmMessage::watch(0x321, [mask]).absent_after(Duration::from_secs(1)).to_bytes())?;
/// if let Some(notice) = BcmMessage::from_bytes(&sock.recv(128)?) {
///     println!("{}: {:?}", notice.head.opcode, notice.frames);
/// }
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BcmMessage {
    /// The head.
    pub head: BcmHead,
    /// At most 257 frames. All are of CAN FD where the head's `CAN_BCM_CAN_FD_FRAME` says so, or one of them is.
    pub frames: Vec<Frame>,
}

impl BcmMessage {
    /// Sends frames one after the other, one each interval, until it is told to stop or the socket is closed.
    /// `CAN_BCM_TX_SETUP`, which goes by the first frame's identifier.
    #[must_use]
    pub fn send_every(interval: Duration, frames: impl IntoIterator<Item = Frame>) -> Self {
        let mut message = Self::about(CAN_BCM_TX_SETUP, 0, frames);
        message.head.can_id = message.frames.first().map_or(0, Frame::can_id);
        message.head.flags = CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER;
        message.head.ival2 = interval;
        message
    }

    /// Sends so many frames at an interval of their own before [`send_every`](Self::send_every)'s own begins.
    #[must_use]
    pub fn first(mut self, count: u32, interval: Duration) -> Self {
        (self.head.count, self.head.ival1) = (count, interval);
        self
    }

    /// Sends a frame once: `CAN_BCM_TX_SEND`.
    #[must_use]
    pub fn send(frame: Frame) -> Self {
        Self::about(CAN_BCM_TX_SEND, frame.can_id(), [frame])
    }

    /// Tells when a message changes: `CAN_BCM_RX_SETUP`. One frame says in its data which bits count; with several the
    /// first says by which bits they are told apart, and each other one which bits count of those that are like it.
    /// None at all tells of every frame.
    #[must_use]
    pub fn watch(can_id: u32, masks: impl IntoIterator<Item = Frame>) -> Self {
        let mut message = Self::about(CAN_BCM_RX_SETUP, can_id, masks);
        if message.frames.is_empty() {
            message.head.flags |= CAN_BCM_RX_FILTER_ID;
        }
        message
    }

    /// Tells as well when a watched message stays away for so long.
    #[must_use]
    pub fn absent_after(mut self, time: Duration) -> Self {
        self.head.flags |= CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER;
        self.head.ival1 = time;
        self
    }

    /// Tells of a watched message's changes at most once in such a time.
    #[must_use]
    pub fn at_most_every(mut self, time: Duration) -> Self {
        self.head.flags |= CAN_BCM_SETTIMER;
        self.head.ival2 = time;
        self
    }

    /// With these flags as well.
    #[must_use]
    pub fn flags(mut self, flags: i32) -> Self {
        self.head.flags |= flags;
        self
    }

    /// Stops sending: `CAN_BCM_TX_DELETE`.
    #[must_use]
    pub fn stop(can_id: u32) -> Self {
        Self::about(CAN_BCM_TX_DELETE, can_id, [])
    }

    /// Stops watching: `CAN_BCM_RX_DELETE`.
    #[must_use]
    pub fn unwatch(can_id: u32) -> Self {
        Self::about(CAN_BCM_RX_DELETE, can_id, [])
    }

    /// Asks how a message is sent: `CAN_BCM_TX_READ`. The answer is a `CAN_BCM_TX_STATUS`.
    #[must_use]
    pub fn read(can_id: u32) -> Self {
        Self::about(CAN_BCM_TX_READ, can_id, [])
    }

    /// Asks how a message is watched: `CAN_BCM_RX_READ`. The answer is a `CAN_BCM_RX_STATUS`.
    #[must_use]
    pub fn read_watch(can_id: u32) -> Self {
        Self::about(CAN_BCM_RX_READ, can_id, [])
    }

    /// An operation, about an identifier.
    fn about(opcode: i32, can_id: u32, frames: impl IntoIterator<Item = Frame>) -> Self {
        Self { head: BcmHead { opcode, can_id, ..BcmHead::default() }, frames: frames.into_iter().collect() }
    }

    /// Its bytes: 56 of the head, then 16 or 72 for each frame.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let fd = self.is_fd();
        let flags = self.head.flags | if fd { CAN_BCM_CAN_FD_FRAME } else { 0 };
        let mut bytes = Vec::with_capacity(HEAD + self.frames.len() * Frame::size(fd));
        bytes.extend(self.head.opcode.to_le_bytes());
        bytes.extend(flags.to_le_bytes());
        bytes.extend(self.head.count.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(timeval(self.head.ival1));
        bytes.extend(timeval(self.head.ival2));
        bytes.extend(self.head.can_id.to_le_bytes());
        bytes.extend(u32::try_from(self.frames.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(self.frames.iter().flat_map(|frame| frame.laid_out(fd)));
        bytes
    }

    /// The message that was received. None where the length isn't what the head says, or a frame is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        let (opcode, flags, count) = (fields.u32()?.cast_signed(), fields.u32()?.cast_signed(), fields.u32()?);
        fields.take::<4>()?;
        let (ival1, ival2) = (duration(&mut fields)?, duration(&mut fields)?);
        let (can_id, nframes) = (fields.u32()?, usize::try_from(fields.u32()?).ok()?);
        let (rest, size) = (fields.0, Frame::size(flags & CAN_BCM_CAN_FD_FRAME != 0));
        if rest.len() != nframes.checked_mul(size)? {
            return None;
        }
        let frames = rest.chunks_exact(size).map(Frame::from_bytes).collect::<Option<_>>()?;
        Some(Self { head: BcmHead { opcode, flags, count, ival1, ival2, can_id }, frames })
    }

    fn is_fd(&self) -> bool {
        self.head.flags & CAN_BCM_CAN_FD_FRAME != 0 || self.frames.iter().any(|frame| frame.fd_flags().is_some())
    }
}

/// `struct bcm_timeval`: two longs.
fn timeval(time: Duration) -> [u8; 16] {
    crate::layout::timeval(time)
}

fn duration(fields: &mut Fields<'_>) -> Option<Duration> {
    let (seconds, microseconds) = (fields.u64()?, fields.u64()?);
    let microseconds = u32::try_from(microseconds).ok().filter(|part| *part < 1_000_000)?;
    Some(Duration::new(seconds, microseconds * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_the_layout_of_64_bit_linux() {
        let frame = Frame::new(0x123, b"x").unwrap();
        let message =
            BcmMessage::send_every(Duration::from_micros(2_500_000), [frame]).first(3, Duration::from_secs(1));
        let bytes = message.to_bytes();
        assert_eq!(bytes.len(), 56 + 16);
        assert_eq!(bytes[..16], [1, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(bytes[16..32], [[1, 0, 0, 0, 0, 0, 0, 0], [0; 8]].concat());
        assert_eq!(bytes[32..48], [2u64.to_le_bytes(), 500_000u64.to_le_bytes()].concat());
        assert_eq!(bytes[48..56], [0x23, 1, 0, 0, 1, 0, 0, 0]);
        assert_eq!(BcmMessage::from_bytes(&bytes), Some(message));
    }

    #[test]
    fn one_frame_of_can_fd_makes_all_of_them_so() {
        let frames = [Frame::new(1, b"a").unwrap(), Frame::fd(1, &[2; 12], 0).unwrap()];
        let bytes = BcmMessage::send_every(Duration::from_secs(1), frames).to_bytes();
        assert_eq!((bytes.len(), bytes[5]), (56 + 2 * 72, 8), "CAN_BCM_CAN_FD_FRAME is 0x800");
        let read = BcmMessage::from_bytes(&bytes).unwrap();
        assert!(read.frames.iter().all(|frame| frame.fd_flags() == Some(0)));
    }

    #[test]
    fn what_is_no_message_is_none() {
        let bytes = BcmMessage::watch(1, []).to_bytes();
        assert_eq!(bytes[4], 0x20, "without masks the identifier alone counts");
        assert!(BcmMessage::from_bytes(&bytes).is_some());
        assert_eq!(BcmMessage::from_bytes(&bytes[..55]), None);
        assert_eq!(BcmMessage::from_bytes(&[&bytes[..], &[0; 16]].concat()), None, "a frame that wasn't announced");
        let mut late = bytes;
        late[24..32].copy_from_slice(&1_000_000u64.to_le_bytes());
        assert_eq!(BcmMessage::from_bytes(&late), None, "no part of a second");
    }
}
