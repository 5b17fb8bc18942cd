//! Guests of one process that may share sockets with each other.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::permissions::{Permit, op};
use crate::socket::Ticket;
use crate::sys::unix_path::BoundPath;
use crate::sys::{self, errno};

/// How long a share waits to be redeemed.
const LIFETIME: Duration = Duration::from_secs(60);

/// What names a share: 128 random bits.
pub(crate) type Token = [u8; 16];

/// Guests of one process that may share sockets with each other: each whose
/// [`SocketCtxBuilder`](crate::SocketCtxBuilder::neighbours) was given the same.
///
/// A guest finds another by its id and gives it a token (`wallsocket:socket/sharing.share`); with that, and only by that
/// guest, the socket is redeemed, once and within a minute. Who redeems it may use the peer and the address that the
/// socket has; all else that it does with it is judged by its own grants. A guest that has no neighbours can share with
/// itself alone.
///
/// ```
/// use wallsocket_host::{Neighbours, SocketCtx};
/// let neighbours = Neighbours::new();
/// let front = SocketCtx::builder().neighbours(&neighbours, "front").build();
/// let worker = SocketCtx::builder().neighbours(&neighbours, "worker").build();
/// let another = SocketCtx::builder().neighbours(&neighbours, "worker").build();
/// assert_eq!([front.id(), worker.id(), another.id()], ["front", "worker", "worker-2"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Neighbours(Arc<Mutex<Street>>);

#[derive(Debug, Default)]
struct Street {
    ids: HashSet<String>,
    shares: HashMap<Token, Share>,
}

#[derive(Debug)]
struct Share {
    from: String,
    to: String,
    expires: Instant,
    parcel: Parcel,
}

/// A socket on its way from one guest to another.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) socket: sys::Socket,
    /// Family, type and protocol.
    pub(crate) identity: [i32; 3],
    /// The name in the file system, which goes with the last who holds the socket.
    pub(crate) path: Option<Arc<BoundPath>>,
    /// It counts against the quota of who shares it.
    pub(crate) _ticket: Ticket,
}

impl Neighbours {
    /// Nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One guest more, with that id or, where it is taken, one that begins so.
    pub(crate) fn join(&self, id: &str) -> Neighbour {
        let mut street = self.street();
        let mut free = id.to_owned();
        for number in 2.. {
            if street.ids.insert(free.clone()) {
                break;
            }
            free = format!("{id}-{number}");
        }
        Neighbour { neighbours: self.clone(), id: free }
    }

    /// Drops what nobody has redeemed in time, and says when there is more to drop.
    fn expire(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut street = self.street();
        let expired: Vec<_> = street.shares.extract_if(|_, share| share.expires <= now).collect();
        let next = street.shares.values().map(|share| share.expires).min();
        drop(street);
        // Not under the lock.
        drop(expired);
        next
    }

    fn street(&self) -> MutexGuard<'_, Street> {
        // Nothing that holds the lock can panic half-way through a change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A guest among its neighbours. What it shared and nobody redeemed goes with it.
#[derive(Debug)]
pub(crate) struct Neighbour {
    neighbours: Neighbours,
    id: String,
}

impl Neighbour {
    /// What the others know it by.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Drops what isn't redeemed when its time is over, though nobody may ever ask again; until nothing waits any more,
    /// or all guests are gone.
    pub(crate) fn sweep(&self) -> impl Future<Output = ()> + Send + 'static {
        let street = Arc::downgrade(&self.neighbours.0);
        async move {
            while let Some(next) = street.upgrade().and_then(|street| Neighbours(street).expire()) {
                tokio::time::sleep_until(next.into()).await;
            }
        }
    }

    /// Whether it may share one more with that guest.
    ///
    /// # Errors
    ///
    /// `ESRCH` for a guest that isn't there, `EMFILE` when `most` wait to be redeemed.
    pub(crate) fn may_share(&self, to: &str, most: usize) -> Result<()> {
        self.neighbours.expire();
        let street = self.neighbours.street();
        if !street.ids.contains(to) {
            return Err(Error::os(errno::ESRCH));
        }
        if street.shares.values().filter(|share| share.from == self.id).count() >= most {
            return Err(Limit::Shares.over());
        }
        Ok(())
    }

    /// Leaves a socket for the guest that the permit names to redeem.
    pub(crate) fn share(&self, permit: &Permit<op::Share>, token: Token, parcel: Parcel) {
        let share =
            Share { from: self.id.clone(), to: permit.target().clone(), expires: Instant::now() + LIFETIME, parcel };
        self.neighbours.street().shares.insert(token, share);
    }

    /// What was left for this guest under that token; once.
    pub(crate) fn redeem(&self, token: &[u8]) -> Option<Parcel> {
        self.neighbours.expire();
        let token: &Token = token.try_into().ok()?;
        let mut street = self.neighbours.street();
        // Another guest's stays where it is.
        if street.shares.get(token).is_none_or(|share| share.to != self.id) {
            return None;
        }
        street.shares.remove(token).map(|share| share.parcel)
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        let mut street = self.neighbours.street();
        street.ids.remove(&self.id);
        let gone: Vec<_> = street.shares.extract_if(|_, share| share.from == self.id || share.to == self.id).collect();
        drop(street);
        drop(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::{Holder, Permissions};
    use crate::socket::Registry;

    fn to(id: &str) -> Permit<op::Share> {
        let permissions = Permissions::builder().allow("share *").expect("a line").build();
        Holder::new(permissions).share(id).expect("a line covers it")
    }

    fn parcel(registry: &Registry) -> Parcel {
        let (socket, _) = sys::Socket::pair(libc::AF_UNIX, libc::SOCK_STREAM, 0).expect("a pair");
        let ticket = registry.reserve().expect("a place");
        Parcel { socket, identity: [libc::AF_UNIX, libc::SOCK_STREAM, 0], path: None, _ticket: ticket }
    }

    #[test]
    fn a_share_is_redeemed_once_by_whom_it_is_for() {
        let (neighbours, registry) = (Neighbours::new(), Registry::new(2, Arc::default()));
        let [one, other, third] = ["one", "other", "third"].map(|id| neighbours.join(id));
        assert!(one.may_share("other", 1).is_ok());
        one.share(&to("other"), [7; 16], parcel(&registry));
        assert!(third.redeem(&[7; 16]).is_none() && one.redeem(&[7; 16]).is_none(), "it is for another");
        for wrong in [&[8; 16][..], &[7; 15], &[7; 17], &[]] {
            assert!(other.redeem(wrong).is_none(), "{wrong:?} names nothing");
        }
        assert!(other.redeem(&[7; 16]).is_some(), "a wrong guess takes nothing away");
        assert!(other.redeem(&[7; 16]).is_none(), "once");
    }

    #[test]
    fn there_is_a_limit_and_nobody_shares_with_nobody() {
        let (neighbours, registry) = (Neighbours::new(), Registry::new(5, Arc::default()));
        let one = neighbours.join("one");
        assert!(matches!(one.may_share("none", 9), Err(Error::Io(_))), "ESRCH");
        one.share(&to("one"), [1; 16], parcel(&registry));
        assert!(one.may_share("one", 1).is_err(), "EMFILE");
        assert!(one.redeem(&[1; 16]).is_some(), "with itself it may share");
        assert!(one.may_share("one", 1).is_ok(), "what was redeemed makes room");
    }

    #[test]
    fn what_nobody_redeems_goes_with_either_guest_and_with_time() {
        let (neighbours, registry) = (Neighbours::new(), Registry::new(1, Arc::default()));
        let one = neighbours.join("one");
        for goes in ["sender", "receiver", "time"] {
            let (sender, receiver) = (neighbours.join("sender"), neighbours.join("receiver"));
            sender.share(&to("receiver"), [1; 16], parcel(&registry));
            assert!(registry.reserve().is_err(), "it counts while it waits");
            match goes {
                "sender" => drop(sender),
                "receiver" => drop(receiver),
                _ => {
                    let mut street = neighbours.street();
                    street.shares.values_mut().for_each(|share| share.expires = Instant::now());
                    drop(street);
                    neighbours.expire();
                }
            }
            assert!(registry.reserve().is_ok(), "it went with the {goes}");
        }
        assert_eq!(one.id(), "one");
        drop(one);
        assert_eq!(neighbours.join("one").id(), "one", "an id is free again");
    }
}
