//! What a message to CAN's broadcast manager has the kernel do, and keep: linux/can/bcm.h.
//!
//! Such a message says nothing of an interface, which is the socket's or the address's and judged there. But it has the
//! kernel work and remember for as long as the socket lives, whatever the guest does meanwhile.

use std::collections::HashSet;

/// `sizeof(struct bcm_msg_head)` on 64-bit Linux.
const HEAD: usize = 56;
/// Where the two intervals lie: seconds and microseconds, a long each.
const INTERVALS: [usize; 2] = [16, 32];
const CAN_ID: usize = 48;

const TX_SETUP: u32 = 1;
const TX_DELETE: u32 = 2;
const TX_READ: u32 = 3;
const TX_SEND: u32 = 4;
const RX_SETUP: u32 = 5;
const RX_DELETE: u32 = 6;
const RX_READ: u32 = 7;
const CAN_FD_FRAME: u32 = 0x800;

/// The shortest interval that frames are sent at, in microseconds. The kernel would take one, and send from an interrupt
/// a million times a second, which is nobody's processor time.
const SHORTEST: i64 = 1000;
/// How many messages a socket may have sent or watched at a time: the kernel counts none of that memory as anybody's.
const MOST: usize = 256;

/// What the kernel keeps for a socket: by interface, whether it is sent or watched, by identifier, and whether the frames
/// are CAN FD's.
#[derive(Debug, Default)]
pub(crate) struct Broadcasts(HashSet<(u32, bool, u32, bool)>);

/// Why a message isn't sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BcmFault {
    /// It is none.
    Malformed,
    /// The kernel keeps enough for this socket.
    Full,
}

impl Broadcasts {
    /// The message as it may be sent, by a socket on that interface, or to it.
    pub(crate) fn judge(&mut self, interface: u32, message: &[u8]) -> Result<Vec<u8>, BcmFault> {
        let mut message = message.to_vec();
        let (opcode, flags, can_id) = fields(&message).ok_or(BcmFault::Malformed)?;
        let key = |sends| (interface, sends, can_id, flags & CAN_FD_FRAME != 0);
        match opcode {
            TX_SETUP => {
                INTERVALS.into_iter().try_for_each(|at| lengthen(&mut message, at).ok_or(BcmFault::Malformed))?;
                self.keep(key(true))?;
            }
            RX_SETUP => self.keep(key(false))?,
            TX_DELETE => drop(self.0.remove(&key(true))),
            RX_DELETE => drop(self.0.remove(&key(false))),
            TX_READ | TX_SEND | RX_READ => {}
            // Those that follow are the kernel's answers.
            _ => return Err(BcmFault::Malformed),
        }
        Ok(message)
    }

    fn keep(&mut self, key: (u32, bool, u32, bool)) -> Result<(), BcmFault> {
        if self.0.len() >= MOST && !self.0.contains(&key) {
            return Err(BcmFault::Full);
        }
        self.0.insert(key);
        Ok(())
    }
}

/// Operation, flags and identifier of a message that has a whole head.
fn fields(message: &[u8]) -> Option<(u32, u32, u32)> {
    let head = message.get(..HEAD)?;
    let field = |at: usize| head.get(at..)?.first_chunk().copied().map(u32::from_ne_bytes);
    Some((field(0)?, field(4)?, field(CAN_ID)?))
}

/// Makes an interval no shorter than the shortest; none for one that is no time.
fn lengthen(message: &mut [u8], at: usize) -> Option<()> {
    let (seconds, microseconds) = message.get_mut(at..at + 16)?.split_at_mut(8);
    let whole = i64::from_ne_bytes(*seconds.first_chunk()?);
    let part = i64::from_ne_bytes(*microseconds.first_chunk()?);
    if whole < 0 || !(0..1_000_000).contains(&part) {
        return None;
    }
    if whole == 0 && (1..SHORTEST).contains(&part) {
        microseconds.copy_from_slice(&SHORTEST.to_ne_bytes());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(opcode: u32, flags: u32, can_id: u32, intervals: [(i64, i64); 2]) -> Vec<u8> {
        let mut bytes = [opcode, flags, 0, 0].map(u32::to_ne_bytes).concat();
        bytes.extend(intervals.iter().flat_map(|(seconds, part)| [seconds.to_ne_bytes(), part.to_ne_bytes()].concat()));
        bytes.extend([can_id, 1].map(u32::to_ne_bytes).concat());
        bytes.extend([7; 16]);
        bytes
    }

    const NEVER: [(i64, i64); 2] = [(0, 0); 2];

    #[test]
    fn nothing_is_sent_more_often_than_a_thousand_times_a_second() {
        let mut kept = Broadcasts::default();
        for (asked, given) in [((0, 1), (0, 1000)), ((0, 999), (0, 1000)), ((0, 1000), (0, 1000)), ((1, 1), (1, 1))] {
            let judged = kept.judge(1, &message(TX_SETUP, 3, 5, [asked, (0, 0)]));
            assert_eq!(judged, Ok(message(TX_SETUP, 3, 5, [given, (0, 0)])), "{asked:?}");
            let judged = kept.judge(1, &message(TX_SETUP, 3, 5, [(0, 0), asked]));
            assert_eq!(judged, Ok(message(TX_SETUP, 3, 5, [(0, 0), given])), "{asked:?}");
        }
        let watched = message(RX_SETUP, 3, 5, [(0, 1), (0, 1)]);
        assert_eq!(kept.judge(1, &watched), Ok(watched.clone()), "it sends nothing");
        for wrong in [(-1, 0), (0, -1), (0, 1_000_000)] {
            assert_eq!(kept.judge(1, &message(TX_SETUP, 3, 5, [wrong, (0, 0)])), Err(BcmFault::Malformed), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        let mut kept = Broadcasts::default();
        let whole = message(TX_SETUP, 0, 5, NEVER);
        assert_eq!(kept.judge(1, &whole[..HEAD - 1]), Err(BcmFault::Malformed));
        assert_eq!(kept.judge(1, &[]), Err(BcmFault::Malformed));
        for opcode in [0, 8, 12, u32::MAX] {
            assert_eq!(kept.judge(1, &message(opcode, 0, 5, NEVER)), Err(BcmFault::Malformed), "{opcode}");
        }
    }

    #[test]
    fn a_socket_has_so_many_messages_sent_or_watched() {
        let mut kept = Broadcasts::default();
        for can_id in 0..MOST as u32 {
            let opcode = if can_id % 2 == 0 { TX_SETUP } else { RX_SETUP };
            kept.judge(1, &message(opcode, 0, can_id, NEVER)).expect("there is room");
        }
        let full = Err(BcmFault::Full);
        assert_eq!(kept.judge(1, &message(TX_SETUP, 0, 999, NEVER)), full);
        assert_eq!(kept.judge(1, &message(RX_SETUP, 0, 0, NEVER)), full, "sent is not watched");
        assert_eq!(kept.judge(2, &message(TX_SETUP, 0, 0, NEVER)), full, "another interface");
        assert_eq!(kept.judge(1, &message(TX_SETUP, CAN_FD_FRAME, 0, NEVER)), full, "another kind of frame");
        assert!(kept.judge(1, &message(TX_SETUP, 0, 0, NEVER)).is_ok(), "the same is changed");
        assert!(kept.judge(1, &message(4, 0, 999, NEVER)).is_ok(), "sending once keeps nothing");
        assert!(kept.judge(1, &message(TX_DELETE, 0, 0, NEVER)).is_ok());
        assert!(kept.judge(1, &message(TX_SETUP, 0, 999, NEVER)).is_ok(), "there is room again");
    }
}
