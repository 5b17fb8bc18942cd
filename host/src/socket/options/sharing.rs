//! `SO_REUSEPORT`, and `SO_REUSEADDR` where it shares a port: wished for first, and done when the port is known.
//!
//! A port that the kernel picks is never one that somebody else shares, since the kernel hears of the wish only after
//! it picked.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use super::ask::Ask;
use super::row::level::SOL_SOCKET;
use crate::error::Result;
use crate::permissions::{Permit, Target, op};
use crate::socket::ports::Claim;
use crate::socket::{Description, flags};
use crate::sys;
use crate::sys::unix_path::BoundPath;

/// An option that shares an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sharing {
    Address,
    Port,
}

impl Sharing {
    const ALL: [Self; 2] = [Self::Address, Self::Port];

    fn name(self) -> &'static str {
        match self {
            Self::Address => "SO_REUSEADDR",
            Self::Port => "SO_REUSEPORT",
        }
    }

    fn number(self) -> i32 {
        match self {
            Self::Address => 2,
            Self::Port => 15,
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::Address => 1,
            Self::Port => 2,
        }
    }

    /// Whether it lets others take the same port of a socket. On TCP `SO_REUSEADDR` only passes over TIME_WAIT, and as
    /// there no two of SCTP's sockets listen on one port.
    pub(super) fn shares(self, socket: &Description) -> bool {
        let listens = matches!(socket.kind, flags::SOCK_STREAM | flags::SOCK_SEQPACKET);
        socket.is_inet() && (self == Self::Port || !listens)
    }
}

impl Description {
    /// Which ports it picks from, whatever its guest wrote for the protocol: MPTCP's are TCP's, and SCTP's two types have
    /// the same.
    fn ports(&self) -> (i32, i32) {
        match (self.kind, self.protocol) {
            _ if self.is_sctp() => (flags::SOCK_SEQPACKET, flags::IPPROTO_SCTP),
            (flags::SOCK_STREAM, _) => (flags::SOCK_STREAM, flags::IPPROTO_TCP),
            (flags::SOCK_DGRAM, 0) => (flags::SOCK_DGRAM, flags::IPPROTO_UDP),
            of_its_own => of_its_own,
        }
    }

    pub(super) fn wishes_to_share(&self, sharing: Sharing) -> bool {
        self.sharing.load(Ordering::Relaxed) & sharing.bit() != 0
    }

    /// Begins or ends sharing. A socket without a port only remembers it.
    pub(super) fn share(&self, sharing: Sharing, on: bool, ask: &impl Ask) -> Result<()> {
        if !on {
            self.sharing.fetch_and(!sharing.bit(), Ordering::Relaxed);
            return Ok(sys::options::set(&self.sys, SOL_SOCKET, sharing.number(), &0i32.to_ne_bytes())?);
        }
        let permit = ask.option(self, sharing.name())?;
        let local = self.internet_address()?;
        if let Some(local) = local.filter(|local| local.port() != 0) {
            if self.memory().claim.is_none() {
                let claim = Claim::new(ask.owner(), self.ports(), local)?;
                self.memory().claim = Some(claim);
            }
            self.tell(sharing, &permit)?;
        }
        self.sharing.fetch_or(sharing.bit(), Ordering::Relaxed);
        Ok(())
    }

    /// Notes what a socket shares that its guest came by.
    pub(crate) fn keep_shared(&self, ask: &impl Ask) -> Result<()> {
        let is_on = |one: &Sharing| -> std::io::Result<bool> {
            Ok(one.shares(self) && sys::options::get(&self.sys, SOL_SOCKET, one.number(), 1)? != [0])
        };
        let local = self.internet_address()?;
        if let Some(local) = local.filter(|local| local.port() != 0) {
            for sharing in Sharing::ALL {
                if is_on(&sharing)? {
                    let claim = Claim::held(ask.owner(), self.ports(), local);
                    self.memory().claim = Some(claim);
                }
            }
        }
        Ok(())
    }

    /// Its own address in the internet. Sockets of other families have none, and some no name at all.
    fn internet_address(&self) -> Result<Option<SocketAddr>> {
        match self.family {
            flags::AF_INET | flags::AF_INET6 | flags::AF_RDS => {
                Ok(self.sys.local_address()?.and_then(|address| address.as_inet()))
            }
            _ => Ok(None),
        }
    }

    fn tell(&self, sharing: Sharing, permit: &Permit<op::SetOption>) -> Result<()> {
        Ok(sys::options::set_granted(&self.sys, SOL_SOCKET, sharing.number(), &1i32.to_ne_bytes(), permit)?)
    }

    /// Sees to it that a socket which came from elsewhere, and was made to share there, doesn't unless its guest wishes.
    fn keep_to_itself(&self) -> Result<()> {
        if self.internet_address()?.is_some_and(|own| own.port() != 0) {
            return Ok(());
        }
        for sharing in Sharing::ALL.into_iter().filter(|one| one.shares(self) && !self.wishes_to_share(*one)) {
            sys::options::set(&self.sys, SOL_SOCKET, sharing.number(), &0i32.to_ne_bytes())?;
        }
        Ok(())
    }

    /// bind(2). A guest that wishes to share gets the address unless another guest shares it.
    pub(crate) fn bind(&self, permit: &Permit<op::Bind>, ask: &impl Ask) -> Result<Option<BoundPath>> {
        self.keep_to_itself()?;
        let wishes: Vec<Sharing> = Sharing::ALL.into_iter().filter(|one| self.wishes_to_share(*one)).collect();
        let (Target::Inet(address), false) = (permit.target(), wishes.is_empty()) else {
            return Ok(self.sys.bind(permit)?);
        };
        let grants = wishes.iter().map(|one| ask.option(self, one.name()).map(|grant| (*one, grant)));
        let grants: Vec<_> = grants.collect::<std::result::Result<_, _>>()?;
        let tell = || grants.iter().try_for_each(|(sharing, grant)| self.tell(*sharing, grant));
        let claim = |address| Claim::new(ask.owner(), self.ports(), address);
        if address.port() == 0 {
            self.sys.bind(permit)?;
            let local = self.sys.local_address()?.and_then(|address| address.as_inet());
            let claim = claim(local.unwrap_or(*address))?;
            tell()?;
            self.memory().claim = Some(claim);
        } else {
            let claim = claim(*address)?;
            tell()?;
            if let Err(error) = self.sys.bind(permit) {
                // Nothing is shared, and a port that the kernel picks later shan't be; unless it has one already.
                for sharing in wishes.iter().filter(|_| self.memory().claim.is_none()) {
                    let off = 0i32.to_ne_bytes();
                    let _ = sys::options::set(&self.sys, SOL_SOCKET, sharing.number(), &off);
                }
                return Err(error.into());
            }
            self.memory().claim = Some(claim);
        }
        Ok(None)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a native program's sockets")]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::error::Error;
    use crate::judge::Judge;
    use crate::permissions::{Holder, Permissions};
    use crate::socket::flags::{AF_INET, IPPROTO_UDP, SOCK_DGRAM};
    use crate::sys::errno;

    fn judge(owner: u64) -> Judge {
        let permissions = Permissions::builder().allow("udp bind 127.0.0.1:*").expect("a line");
        let permissions = permissions.allow("option SO_REUSEPORT").expect("a line").build();
        Judge::new(Holder::new(permissions), owner, "", crate::decision::Watcher::default())
    }

    fn made() -> Description {
        let sys = sys::Socket::new(AF_INET, SOCK_DGRAM, 0).expect("a socket");
        Description::new(sys, AF_INET, SOCK_DGRAM, 0)
    }

    /// A socket that some other program has made to share its port, and bound to that address.
    fn inherited(address: Option<SocketAddr>) -> Description {
        let native = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).expect("a socket");
        native.set_reuse_port(true).expect("an option");
        if let Some(address) = address {
            native.bind(&address.into()).expect("a free port, or one that is shared");
        }
        let socket = sys::Socket::inherit(native.into(), [AF_INET, SOCK_DGRAM, IPPROTO_UDP]);
        Description::new(socket, AF_INET, SOCK_DGRAM, IPPROTO_UDP)
    }

    fn shares(description: &Description) -> bool {
        sys::options::get(&description.sys, SOL_SOCKET, Sharing::Port.number(), 4).expect("an option") != [0; 4]
    }

    fn bind(description: &Description, port: u16, judge: &Judge) -> Result<()> {
        let address = Address::from(SocketAddr::from(([127, 0, 0, 1], port)));
        let permit = judge.bind(description, &address, false).expect("granted");
        description.bind(&permit, judge).map(drop)
    }

    fn port(description: &Description) -> u16 {
        let local = description.sys.local_address().expect("a name").and_then(|name| name.as_inet());
        local.expect("of the internet").port()
    }

    #[test]
    fn the_kernel_hears_of_sharing_when_the_port_is_known() {
        let (judge, socket) = (judge(101), made());
        socket.share(Sharing::Port, true, &judge).expect("granted");
        assert!(socket.wishes_to_share(Sharing::Port), "the guest reads what it has set");
        assert!(!shares(&socket), "a port that the kernel picks is nobody else's");
        bind(&socket, 0, &judge).expect("a free port");
        assert!(shares(&socket), "from now on it is shared");
        // A bind that fails leaves nothing behind.
        let native = std::net::UdpSocket::bind("127.0.0.1:0").expect("a free port");
        let refused = made();
        refused.share(Sharing::Port, true, &judge).expect("granted");
        bind(&refused, native.local_addr().expect("its address").port(), &judge).expect_err("it doesn't share");
        assert!(!shares(&refused), "it has no port to share");
    }

    #[test]
    fn a_socket_that_came_shared_is_one_guests_too() {
        let (one, other) = (judge(102), judge(103));
        let came = inherited(Some(([127, 0, 0, 1], 0).into()));
        came.keep_shared(&one).expect("noted");
        let taken = made();
        taken.share(Sharing::Port, true, &other).expect("granted");
        let error = bind(&taken, port(&came), &other).expect_err("it is another guest's");
        let in_use = |error: &std::io::Error| errno::to_linux(error) == errno::EADDRINUSE;
        assert!(matches!(&error, Error::Io(error) if in_use(error)), "{error:?}");
        let own = made();
        own.share(Sharing::Port, true, &one).expect("granted");
        bind(&own, port(&came), &one).expect("a guest shares with itself");
    }

    #[test]
    fn a_socket_that_came_unbound_shares_only_as_its_guest_wishes() {
        let (judge, came) = (judge(104), inherited(None));
        assert!(shares(&came), "whoever made it wished so");
        bind(&came, 0, &judge).expect("a free port");
        assert!(!shares(&came), "its guest didn't");
    }
}
