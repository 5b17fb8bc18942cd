//! Ports that their guests are willing to share: one guest may share its own with itself and with native programs,
//! never with another guest of this host.
//!
//! The kernel lets everybody of one user share a port who asks for it (socket(7), `SO_REUSEPORT`), and all guests are
//! the host's user to it. So who shares is written down here, for the whole process.

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Result};
use crate::sys::errno;

/// What every guest of this process shares.
static SHARED: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

#[derive(Debug)]
struct Entry {
    number: u64,
    owner: u64,
    protocol: (i32, i32),
    address: SocketAddr,
}

/// A shared address, a guest's for as long as this lives.
#[derive(Debug)]
pub(crate) struct Claim(u64);

impl Claim {
    /// Takes an address for a guest.
    ///
    /// # Errors
    ///
    /// `EADDRINUSE` when it is another's, in part or as a whole.
    pub(crate) fn new(owner: u64, protocol: (i32, i32), address: SocketAddr) -> Result<Self> {
        let mut shared = lock();
        let is_others =
            |entry: &Entry| entry.owner != owner && entry.protocol == protocol && overlap(entry.address, address);
        if shared.iter().any(is_others) {
            return Err(Error::os(errno::EADDRINUSE));
        }
        Ok(note(owner, protocol, address, &mut shared))
    }

    /// What a socket has that a guest came by: nobody takes it away from whoever else holds it.
    pub(crate) fn held(owner: u64, protocol: (i32, i32), address: SocketAddr) -> Self {
        note(owner, protocol, address, &mut lock())
    }
}

fn note(owner: u64, protocol: (i32, i32), address: SocketAddr, shared: &mut Vec<Entry>) -> Claim {
    let number = shared.last().map_or(0, |last| last.number + 1);
    shared.push(Entry { number, owner, protocol, address });
    Claim(number)
}

impl Drop for Claim {
    fn drop(&mut self) {
        lock().retain(|entry| entry.number != self.0);
    }
}

fn lock() -> MutexGuard<'static, Vec<Entry>> {
    // Nothing panics half-way through a change.
    SHARED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether one socket could hear what is meant for the other: a wildcard takes every address.
fn overlap(one: SocketAddr, other: SocketAddr) -> bool {
    let (ip, others) = (one.ip().to_canonical(), other.ip().to_canonical());
    one.port() == other.port() && (ip == others || ip.is_unspecified() || others.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    const UDP: (i32, i32) = (2, 17);

    fn at(address: &str) -> SocketAddr {
        address.parse().expect("an address")
    }

    #[test]
    fn two_guests_never_share_a_port_and_one_may() {
        let first = Claim::new(1, UDP, at("127.0.0.1:5353")).expect("nobody has it");
        let _again = Claim::new(1, UDP, at("0.0.0.0:5353")).expect("it is the same guest's");
        for other in ["127.0.0.1:5353", "0.0.0.0:5353", "[::]:5353", "[::ffff:127.0.0.1]:5353", "127.0.0.2:5353"] {
            let error = Claim::new(2, UDP, at(other)).expect_err("it is another guest's");
            assert!(matches!(&error, Error::Io(io) if errno::to_linux(io) == errno::EADDRINUSE), "{other}: {error:?}");
        }
        Claim::new(2, (1, 6), at("127.0.0.1:5353")).expect("another protocol has ports of its own");
        Claim::new(2, UDP, at("127.0.0.1:5354")).expect("another port");
        drop(first);
        Claim::new(2, UDP, at("127.0.0.1:5353")).expect_err("the wildcard is claimed still");
    }

    #[test]
    fn an_address_is_free_when_its_socket_is_gone() {
        let first = Claim::new(1, UDP, at("127.0.0.3:5355")).expect("nobody has it");
        Claim::new(2, UDP, at("127.0.0.4:5355")).expect("another address");
        drop(first);
        let second = Claim::new(2, UDP, at("127.0.0.3:5355")).expect("nobody has it any more");
        let passed_on = Claim::held(3, UDP, at("127.0.0.3:5355"));
        drop(second);
        Claim::new(4, UDP, at("127.0.0.3:5355")).expect_err("whom it was passed on to has it still");
        drop(passed_on);
        Claim::new(4, UDP, at("127.0.0.3:5355")).expect("nobody has it any more");
    }
}
