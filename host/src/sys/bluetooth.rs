//! Where Bluetooth's sockets would wait though they don't block.

use std::io;
use std::net::Shutdown;

use super::{Socket, options};

/// `BTPROTO_L2CAP`.
pub(super) const BTPROTO_L2CAP: i32 = 0;

/// `SOL_L2CAP` and `L2CAP_OPTIONS` (net/bluetooth/l2cap.h).
const SOL_L2CAP: i32 = 6;
const L2CAP_OPTIONS: i32 = 1;

/// `struct l2cap_options`: its length, where its `mode` is, and `L2CAP_MODE_BASIC`.
const LENGTH: usize = 12;
const MODE: usize = 6;
const BASIC: u8 = 0;

/// Has a stream of L2CAP transfer as its packets do. By itself it would ask for enhanced retransmission, and shutting such
/// a socket down, or closing it, waits for what the peer hasn't acknowledged: ten seconds of a thread, if the peer likes.
pub(super) fn transfer_plainly(socket: &Socket) -> io::Result<()> {
    let mut wanted = options::get(socket, SOL_L2CAP, L2CAP_OPTIONS, LENGTH)?;
    if let Some(mode) = wanted.get_mut(MODE) {
        *mode = BASIC;
    }
    options::set(socket, SOL_L2CAP, L2CAP_OPTIONS, &wanted)
}

/// shutdown(2), which waits here for as long as `SO_LINGER` says, whether the socket blocks or not.
pub(super) fn shutdown(socket: &socket2::Socket, how: Shutdown) -> io::Result<()> {
    let lingers = socket.linger().ok().flatten();
    if lingers.is_some() {
        socket.set_linger(None)?;
    }
    let shut = socket.shutdown(how);
    if lingers.is_some() {
        socket.set_linger(lingers)?;
    }
    shut
}
