//! What `AF_CAN` sockets send and receive, as values: frames, the broadcast manager's messages, options.
//!
//! Each has the layout of 64-bit little-endian Linux (linux/can.h and linux/can/*.h), which is what crosses to the host.
//! Raw bytes do as well everywhere: Python has nothing but `struct.pack`, and its formats are given beside each. A guest
//! of 32 bits packs them with `<` in front and the padding written out, since its own C `long` is too short.
//!
//! ```no_run
//! use wallsocket::can::{Filter, Frame};
//! use wallsocket::{AF_CAN, CAN_RAW, CAN_RAW_FILTER, SOCK_RAW, SOL_CAN_RAW};
//!
//! let sock = wallsocket::socket(AF_CAN, SOCK_RAW, CAN_RAW)?;
//! sock.setsockopt(SOL_CAN_RAW, CAN_RAW_FILTER, &Filter::list([Filter::exactly(0x123)]))?;
//! sock.bind(("vcan0",))?;
//! sock.send(Frame::new(0x321, b"\x01\x02")?.to_bytes())?;
//! if let Some(frame) = Frame::from_bytes(&sock.recv(72)?) {
//!     println!("{frame}");
//! }
//! # Ok::<(), wallsocket::Error>(())
//! ```

mod bcm;
mod frame;
mod isotp;
mod j1939;

pub use bcm::{BcmHead, BcmMessage};
pub use frame::{Filter, Frame};
pub use isotp::{FlowControl, IsotpOptions, LinkLayer};
pub use j1939::{Destination, J1939Filter, Name};

/// Takes fields off the front of what came.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }
}
