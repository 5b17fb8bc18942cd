//! A guest that is there to see that nobody holds it up.

#![allow(clippy::disallowed_methods, reason = "who talks to it is native")]

use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use crate::host::{Host, Hosted, Usage};
use crate::{Guest, next_epoch};

/// The longest that it may be silent.
const PATIENCE: Duration = Duration::from_secs(40);

/// A guest that tells something whenever it is answered.
#[derive(Debug)]
pub struct Witness {
    control: UdpSocket,
    address: SocketAddr,
    guest: Hosted,
}

impl Witness {
    /// Starts one, and waits until it is there.
    #[track_caller]
    pub fn start(host: &Host) -> Self {
        Self::start_as(host, |port| Guest::new("talk_until_told").arg(port))
    }

    /// The same of another guest, which talks to that port.
    ///
    /// # Panics
    ///
    /// When it doesn't.
    #[track_caller]
    pub fn start_as(host: &Host, guest: impl FnOnce(u16) -> Guest) -> Self {
        let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        control.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let port = control.local_addr().expect("its address").port();
        let guest = host.start(guest(port).allow(format!("udp send 127.0.0.1:{port}")));
        let (_, address) = control.recv_from(&mut [0; 100]).expect("it speaks");
        Self { control, address, guest }
    }

    /// Has it make a round trip, and says how long it took.
    ///
    /// # Panics
    ///
    /// When it is held up.
    #[track_caller]
    pub fn round_trip(&self) -> Duration {
        let began = Instant::now();
        self.control.send_to(b"go on", self.address).expect("it is there");
        self.control.recv_from(&mut [0; 100]).expect("nobody holds it up");
        began.elapsed()
    }

    /// The longest of so many round trips.
    #[track_caller]
    pub fn longest_of(&self, trips: u32) -> Duration {
        (0..trips).map(|_| self.round_trip()).max().unwrap_or_default()
    }

    /// Lets it end, which must be with a success.
    ///
    /// # Panics
    ///
    /// When it isn't.
    #[track_caller]
    pub fn end(self) {
        self.control.send_to(b"end", self.address).expect("it is there");
        let output = self.guest.wait();
        assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
    }
}

/// Far less than any guest would wait that is ended, and more than a busy machine takes.
const SOON: Duration = Duration::from_secs(10);

/// Starts the guest, waits until it waits, and ends it there. An epoch's end is seen by code of WebAssembly alone: in a call
/// of the host a guest is out of its reach, and is ended by dropping what runs it.
///
/// # Panics
///
/// When it doesn't wait, or somebody notices its end.
#[track_caller]
pub fn end_in_the_middle(host: &Host, witness: &Witness, call: &str, guest: Guest) {
    let mut guest = host.start(guest);
    assert_eq!(guest.line(), "blocks", "{call}");
    host.wait_until_idle();
    next_epoch();
    witness.longest_of(3);
    assert!(!guest.has_ended(), "{call} should wait: {}", guest.errors());
    let began = Instant::now();
    guest.drop_store();
    assert!(began.elapsed() < SOON, "{call}: nothing holds up who drops a store");
    assert!(witness.longest_of(3) < SOON, "{call}: nobody else notices");
}

/// Ends a guest in the middle of its call, in a host of its own: neither a descriptor stays nor, once the host is gone, more threads
/// than there were.
///
/// # Panics
///
/// When something stays.
#[track_caller]
pub fn leaves_nothing(call: &str, threads: usize, guest: impl Fn() -> Guest) {
    // What a process keeps from the first time on doesn't count.
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage { threads: usize::MAX, ..Usage::now() };
    end_in_the_middle(&host, &witness, call, guest());
    before.comes_back(call);
    let before = Usage { threads: usize::MAX, ..Usage::now() };
    end_in_the_middle(&host, &witness, call, guest());
    before.comes_back(call);
    witness.end();
    drop(host);
    Usage { threads, descriptors: usize::MAX, ..before }.comes_back(call);
}
