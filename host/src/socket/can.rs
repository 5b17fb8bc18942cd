//! What CAN's protocols do that others don't: ISO-TP sends on after the call has ended, and closing waits.

use std::sync::atomic::Ordering;

use super::{Deadline, Description, flags};
use crate::address::{CanAddress, CanPart};
use crate::error::{Error, Result};
use crate::sys::{self, errno};

/// The flag of `struct can_isotp_options`, whose first four bytes are flags.
const WAIT_TX_DONE: u32 = 0x400;

/// Whether an address is one of that protocol: with what it adds to an interface, and identifiers that are some.
pub(super) fn is_of_protocol(at: &CanAddress, protocol: i32) -> bool {
    /// `CAN_EFF_FLAG`: 29 bits, and not 11.
    const EXTENDED: u32 = 0x8000_0000;
    let is_one = |id: u32| id & EXTENDED != 0 && id & 0x6000_0000 == 0 || id <= 0x7ff;
    match (at.part, protocol) {
        (CanPart::Plain, flags::CAN_RAW | flags::CAN_BCM) | (CanPart::J1939 { .. }, flags::CAN_J1939) => true,
        // The kernel would cut others, or say so, as it comes.
        (CanPart::Isotp { rx_id, tx_id }, flags::CAN_ISOTP) => is_one(rx_id) && is_one(tx_id),
        _ => false,
    }
}

impl Description {
    /// Whether it speaks that protocol of CAN.
    pub(crate) fn speaks_can(&self, protocol: i32) -> bool {
        self.family == flags::AF_CAN && self.protocol == protocol
    }

    /// The highest `SO_PRIORITY` that takes no grant. To J1939 it is the priority of messages, 7 less it: what the kernel
    /// asks a capability for when it is called `SO_J1939_SEND_PRIO` begins earlier there.
    pub(super) fn top_priority(&self) -> i32 {
        if self.speaks_can(flags::CAN_J1939) { 5 } else { 6 }
    }

    /// `CAN_ISOTP_OPTS` as the kernel is to have it. With `CAN_ISOTP_WAIT_TX_DONE` it would wait in every send, whatever
    /// the call says, and for as long as the peer likes.
    pub(super) fn without_waiting(&self, options: &[u8]) -> Vec<u8> {
        let mut options = options.to_vec();
        if let Some(flags) = options.first_chunk_mut() {
            let asked = u32::from_le_bytes(*flags);
            *flags = (asked & !WAIT_TX_DONE).to_le_bytes();
        }
        options
    }

    /// Remembers that the options were set, and whether to wait.
    pub(super) fn remember_waiting(&self, options: &[u8]) {
        let waits = options.first_chunk().is_some_and(|flags| u32::from_le_bytes(*flags) & WAIT_TX_DONE != 0);
        self.waits_until_sent.store(waits, Ordering::Relaxed);
    }

    /// The options as the guest has set them.
    pub(super) fn with_waiting(&self, mut options: Vec<u8>) -> Vec<u8> {
        if self.waits_until_sent.load(Ordering::Relaxed)
            && let Some(flags) = options.first_chunk_mut()
        {
            *flags = (u32::from_le_bytes(*flags) | WAIT_TX_DONE).to_le_bytes();
        }
        options
    }

    /// Whether closing it waits whatever it is told: until messages are through, or given up.
    pub(crate) fn closing_waits(&self) -> bool {
        self.speaks_can(flags::CAN_ISOTP) || self.speaks_can(flags::CAN_J1939)
    }

    /// What `CAN_ISOTP_WAIT_TX_DONE` waits for after a send, also where nothing else would wait: that all of it was sent,
    /// or given up.
    pub(super) async fn wait_until_sent(&self) -> Result<()> {
        if self.waits_until_sent.load(Ordering::Relaxed) {
            self.is_through().await?;
            self.sys.take_error()?;
        }
        Ok(())
    }

    /// Waits until nothing is on its way. The kernel gives up what nobody takes.
    pub(super) async fn is_through(&self) -> Result<()> {
        // A message of no bytes is none; but as long as another is on its way, the kernel says so first.
        let busy = |socket: &_| match sys::transfer::send(socket, &[], 0) {
            Err(error) if errno::to_linux(&error) == errno::EINVAL => Ok(()),
            outcome => outcome.map(drop),
        };
        self.io_again(Deadline::Never, busy).await
    }
}

impl From<crate::permissions::BcmFault> for Error {
    fn from(fault: crate::permissions::BcmFault) -> Self {
        match fault {
            crate::permissions::BcmFault::Malformed => Self::os(errno::EINVAL),
            crate::permissions::BcmFault::Full => Self::os(errno::ENOBUFS),
        }
    }
}
