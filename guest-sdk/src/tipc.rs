//! TIPC's topology server: who offers which service, told as it changes.
//!
//! The service [`TIPC_TOP_SRV`] of every node takes subscriptions and sends events; it knows all services of the
//! cluster, so that reaching it takes a line of its own, `tipc connect 1:1`. Python programs pack and unpack the same
//! structures with `struct`: a subscription is `'=IIIII8s'`, an event `'=IIIIIIIIII8s'`.

use std::time::Duration;

use crate::address::TipcAddress;
use crate::constants::{
    AF_TIPC, SOCK_SEQPACKET, TIPC_ADDR_ID, TIPC_ADDR_NAME, TIPC_SUB_CANCEL, TIPC_SUB_PORTS, TIPC_SUB_SERVICE,
    TIPC_TOP_SRV, TIPC_WAIT_FOREVER,
};
use crate::error::Result;
use crate::socket::{Socket, socket};

/// Which services to hear of: `struct tipc_subscr`.
///
/// ```
/// use wallsocket::tipc::Subscription;
/// let all = Subscription::new(1000, 0, u32::MAX).handle(*b"mine\0\0\0\0");
/// assert_eq!(all.to_bytes()[..4], 1000u32.to_le_bytes());
/// assert_eq!(Subscription::from_bytes(&all.to_bytes()), Some(all));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subscription {
    /// The type of the service.
    pub service: u32,
    /// The first of its instances.
    pub lower: u32,
    /// The last of its instances.
    pub upper: u32,
    /// For how many milliseconds; [`TIPC_WAIT_FOREVER`] as unsigned is without an end.
    pub timeout: u32,
    /// [`TIPC_SUB_PORTS`] or [`TIPC_SUB_SERVICE`], and [`TIPC_SUB_CANCEL`] to end the same subscription.
    pub filter: i32,
    /// Comes back with each event: whatever tells the program's subscriptions apart.
    pub handle: [u8; 8],
}

impl Subscription {
    /// How many bytes it has.
    pub const SIZE: usize = 28;

    /// Every port that offers an instance from `lower` to `upper`, without an end.
    #[must_use]
    pub const fn new(service: u32, lower: u32, upper: u32) -> Self {
        let timeout = TIPC_WAIT_FOREVER.cast_unsigned();
        Self { service, lower, upper, timeout, filter: TIPC_SUB_PORTS, handle: [0; 8] }
    }

    /// Only the first and the last that offer an instance: one event for each that comes or goes, however many offer it.
    #[must_use]
    pub const fn each_service(self) -> Self {
        Self { filter: TIPC_SUB_SERVICE, ..self }
    }

    /// Ends by itself after a while, with an event `TIPC_SUBSCR_TIMEOUT`.
    #[must_use]
    pub fn timeout(self, time: Duration) -> Self {
        // The greatest number means something else.
        let timeout = u32::try_from(time.as_millis()).unwrap_or(u32::MAX).min(u32::MAX - 1);
        Self { timeout, ..self }
    }

    /// What its events bring back.
    #[must_use]
    pub const fn handle(self, handle: [u8; 8]) -> Self {
        Self { handle, ..self }
    }

    /// What ends this subscription.
    #[must_use]
    pub const fn cancelled(self) -> Self {
        Self { filter: self.filter | TIPC_SUB_CANCEL, ..self }
    }

    /// As the server takes it.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        let numbers = [self.service, self.lower, self.upper, self.timeout, self.filter.cast_unsigned()];
        for (place, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes[20..].copy_from_slice(&self.handle);
        bytes
    }

    /// What those bytes say; nothing when there are fewer than [`SIZE`](Self::SIZE).
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            service: number(bytes, 0)?,
            lower: number(bytes, 1)?,
            upper: number(bytes, 2)?,
            timeout: number(bytes, 3)?,
            filter: number(bytes, 4)?.cast_signed(),
            handle: *bytes.get(20..)?.first_chunk()?,
        })
    }
}

/// What the topology server tells: `struct tipc_event`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// `TIPC_PUBLISHED`, `TIPC_WITHDRAWN` or `TIPC_SUBSCR_TIMEOUT`.
    pub event: i32,
    /// The first instance that is there or gone.
    pub lower: u32,
    /// The last one.
    pub upper: u32,
    /// The port that offers it, a number of its node's.
    pub port: u32,
    /// The node of that port.
    pub node: u32,
    /// The subscription that it answers.
    pub subscription: Subscription,
}

impl Event {
    /// How many bytes it has.
    pub const SIZE: usize = 48;

    /// What those bytes say; nothing when there are fewer than [`SIZE`](Self::SIZE).
    ///
    /// ```
    /// use wallsocket::tipc::Event;
    /// let mut bytes = [0; 48];
    /// bytes[0] = wallsocket::TIPC_PUBLISHED as u8;
    /// let event = Event::from_bytes(&bytes).expect("it is whole");
    /// assert_eq!(event.event, wallsocket::TIPC_PUBLISHED);
    /// assert_eq!(Event::from_bytes(&bytes[1..]), None);
    /// ```
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            event: number(bytes, 0)?.cast_signed(),
            lower: number(bytes, 1)?,
            upper: number(bytes, 2)?,
            port: number(bytes, 3)?,
            node: number(bytes, 4)?,
            subscription: Subscription::from_bytes(bytes.get(20..)?)?,
        })
    }

    /// The port as an address. Sending there takes a grant for every service, since it could be any.
    #[must_use]
    pub fn address(&self) -> TipcAddress {
        let address_type = TIPC_ADDR_ID.cast_unsigned();
        TipcAddress { address_type, v1: self.node, v2: self.port, v3: 0, scope: 0 }
    }
}

/// A connection to the topology server of this node.
///
/// ```no_run
/// use wallsocket::tipc::{Subscription, Topology};
/// let topology = Topology::connect()?;
/// topology.subscribe(&Subscription::new(1000, 0, u32::MAX))?;
/// while let Some(event) = topology.next()? {
///     println!("{}: instances {} to {}", event.event, event.lower, event.upper);
/// }
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Debug)]
pub struct Topology(Socket);

impl Topology {
    /// Connects to it.
    ///
    /// # Errors
    ///
    /// A refusal without the grant `tipc connect 1:1`; `EAFNOSUPPORT` where the kernel has no TIPC.
    pub fn connect() -> Result<Self> {
        let sock = socket(AF_TIPC, SOCK_SEQPACKET, 0)?;
        sock.connect((TIPC_ADDR_NAME, TIPC_TOP_SRV, TIPC_TOP_SRV, 0))?;
        Ok(Self(sock))
    }

    /// Asks for events. What is there already comes at once, an event for each.
    ///
    /// # Errors
    ///
    /// Those of [`Socket::send`].
    pub fn subscribe(&self, subscription: &Subscription) -> Result<()> {
        self.0.send(subscription.to_bytes()).map(drop)
    }

    /// Waits for the next event; none once the server has ended the connection, as it does after what it doesn't
    /// understand.
    ///
    /// # Errors
    ///
    /// Those of [`Socket::recv`].
    // It isn't an iterator's: that would have to swallow an error or repeat it.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&self) -> Result<Option<Event>> {
        Ok(Event::from_bytes(&self.0.recv(Event::SIZE)?))
    }

    /// The socket, to give it a timeout or to wait for it beside others.
    #[must_use]
    pub fn socket(&self) -> &Socket {
        &self.0
    }
}

/// The number at that place, counted in numbers of 4 bytes.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(4 * at..)?.first_chunk().map(|number| u32::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constants::TIPC_WITHDRAWN;

    #[test]
    fn a_subscription_is_laid_out_as_linux_tipc_h_has_it() {
        let one = Subscription::new(1000, 2, 3).timeout(Duration::from_millis(500)).handle(*b"handle01");
        let parts = [1000u32, 2, 3, 500, 1].map(u32::to_le_bytes).concat();
        assert_eq!(one.to_bytes()[..], [&parts[..], b"handle01"].concat());
        assert_eq!(one.each_service().cancelled().to_bytes()[16], 6, "TIPC_SUB_SERVICE | TIPC_SUB_CANCEL");
        assert_eq!(Subscription::new(1, 2, 3).to_bytes()[12..16], [0xff; 4], "TIPC_WAIT_FOREVER");
        assert_eq!(one.timeout(Duration::MAX).to_bytes()[12..16], [0xfe, 0xff, 0xff, 0xff], "a time, and not forever");
        assert_eq!(Subscription::from_bytes(&one.to_bytes()[1..]), None);
    }

    #[test]
    fn an_event_is_read_as_linux_tipc_h_has_it() {
        let subscription = Subscription::new(1000, 0, 99).handle(*b"handle02");
        let bytes = [&[2u32, 5, 6, 77, 88].map(u32::to_le_bytes).concat()[..], &subscription.to_bytes()].concat();
        let event = Event { event: TIPC_WITHDRAWN, lower: 5, upper: 6, port: 77, node: 88, subscription };
        assert_eq!(Event::from_bytes(&bytes), Some(event));
        assert_eq!((event.address().v1, event.address().v2), (88, 77), "node, then port");
    }
}
