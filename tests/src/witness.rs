//! A guest that is there to see that nobody holds it up.

#![allow(clippy::disallowed_methods, reason = "who talks to it is native")]

use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use crate::Guest;
use crate::host::{Host, Hosted};

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
