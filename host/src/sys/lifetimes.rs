//! Which open sockets are there still, whoever holds them: this process, another one, or a message on its way.
//!
//! The kernel has no name for an open socket that could be asked for. But epoll(7) keeps what was added for as long as the
//! open file description lives, whoever holds it and though this process has closed its own descriptor, keeps nothing
//! open by that, and tells in proc_pid_fdinfo(5) what it has.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};

use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::io::Errno;

use super::{Socket, options};

/// asm-generic/socket.h
const SO_COOKIE: i32 = 57;

/// What the kernel calls a socket: a number that no other one has had since the machine started, whatever descriptors
/// there are for it (`SO_COOKIE`, socket(7)).
pub(crate) fn cookie(socket: &Socket) -> io::Result<u64> {
    let cookie = options::get(socket, libc::SOL_SOCKET, SO_COOKIE, size_of::<u64>())?;
    cookie
        .first_chunk()
        .map(|bytes| u64::from_ne_bytes(*bytes))
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
}

/// Sockets that are watched.
#[derive(Debug)]
pub(crate) struct Lifetimes(OwnedFd);

impl Lifetimes {
    /// None yet.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self(epoll::create(CreateFlags::CLOEXEC)?))
    }

    /// Watches a socket, which has that cookie.
    pub(crate) fn watch(&self, socket: &Socket, cookie: u64) -> io::Result<()> {
        match epoll::add(&self.0, socket.raw(), EventData::new_u64(cookie), EventFlags::empty()) {
            // It is the same one: a descriptor that is closed leaves with its socket.
            Err(Errno::EXIST) => Ok(()),
            added => Ok(added?),
        }
    }

    /// The cookies of those that are open somewhere.
    ///
    /// # Errors
    ///
    /// When `/proc` isn't there to be read.
    pub(crate) fn alive(&self) -> io::Result<HashSet<u64>> {
        let told = fs::read_to_string(format!("/proc/self/fdinfo/{}", self.0.as_raw_fd()))?;
        // tfd:        5 events:       19 data:                5  pos:0 ino:61af sdev:7
        let cookie = |line: &str| {
            let (_, rest) = line.strip_prefix("tfd:")?.split_once("data:")?;
            u64::from_str_radix(rest.split_whitespace().next()?, 16).ok()
        };
        Ok(told.lines().filter_map(cookie).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sys::messages::{self, Control, Parcel};
    use crate::sys::rights::Lent;

    fn pair() -> (Socket, Socket) {
        Socket::pair(libc::AF_UNIX, libc::SOCK_STREAM, 0).expect("a pair")
    }

    #[test]
    fn a_socket_lives_for_as_long_as_anybody_holds_it() {
        let watched = Lifetimes::new().expect("an epoll");
        let lives = |cookie| watched.alive().expect("/proc is there").contains(&cookie);
        let ((one, other), (through, end)) = (pair(), pair());
        let (mine, its) = (cookie(&one).expect("a cookie"), cookie(&other).expect("a cookie"));
        assert_ne!(mine, its, "each has its own");
        watched.watch(&one, mine).expect("it is open");
        watched.watch(&one, mine).expect("twice is once");
        watched.watch(&other, its).expect("it is open");
        let copy = one.duplicate().expect("a copy");
        assert_eq!(cookie(&copy).expect("a cookie"), mine, "it is the same socket");
        drop(one);
        assert!(lives(mine), "there is a copy");
        end.take_rights();
        {
            let mut control = Control::default();
            control.rights(&[Lent::Socket(&copy)]).expect("it is open");
            let parcel = Parcel { buffers: &[io::IoSlice::new(b"x")], control: &control };
            messages::send(&through, parcel, 0).expect("sent");
        }
        drop(copy);
        assert!(lives(mine), "a message carries it");
        drop((through, end));
        assert!(!lives(mine), "the message is gone, and nobody holds it any more");
        assert!(lives(its), "the other one is held");
        drop(other);
        assert!(!lives(its));
    }
}
