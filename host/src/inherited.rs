//! Sockets that a guest comes by: from whoever runs it, or from a neighbour. Others hold them as well.

use std::io;
use std::os::fd::OwnedFd;

use crate::address::{Address, UnixAddress};
use crate::error::{Error, Result};
use crate::judge::Judge;
use crate::socket::Description;
use crate::socket::families::{admit, is_dual_stack};
use crate::sys::{self, errno};

/// A duplicate of a descriptor that this process has open by that number, as one that it was started with: for
/// [`SocketCtx::inherit`](crate::SocketCtx::inherit). The descriptor itself stays open.
///
/// # Errors
///
/// `EBADF` for a number that isn't open, `EMFILE`.
pub fn duplicate_descriptor(number: i32) -> io::Result<OwnedFd> {
    sys::socket::duplicate_descriptor(number)
}

/// A socket that whoever runs the guest hands over.
pub(crate) fn adopt(judge: &Judge, descriptor: OwnedFd) -> io::Result<Description> {
    let identity @ [family, kind, protocol] = sys::Socket::identify(&descriptor)?;
    admit(family, kind, protocol).map_err(|_| errno::from_linux(errno::EAFNOSUPPORT))?;
    come_by(judge, sys::Socket::inherit(descriptor, identity), identity).map_err(|error| match error {
        Error::Io(error) => error,
        _ => errno::from_linux(errno::EINVAL),
    })
}

/// A description for a socket that others hold, too. It keeps the peer and the address that it has; whom it hears
/// unasked, and what else it may do, is decided by the grants of whoever holds it.
pub(crate) fn come_by(judge: &Judge, socket: sys::Socket, [family, kind, protocol]: [i32; 3]) -> Result<Description> {
    let description = Description::new(socket, family, kind, protocol);
    description.remember_peer();
    description.keep_shared(judge)?;
    let own = description.sys.local_address()?.map(|own| judge.as_seen(own));
    if let Some(own) = own {
        let dual_stack = is_dual_stack(&description, &own)?;
        if let Some(permit) = judge.covers(&description, &own, dual_stack) {
            let path = match own {
                Address::Unix(UnixAddress::Path(path)) => Some(path),
                _ => None,
            };
            description.remember_bind(permit, None, path);
        }
    }
    Ok(description)
}
