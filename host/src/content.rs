//! Sockets whose data says itself where it goes or what it does: it is judged like an address.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use crate::address::Address;
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::judge::Judge;
use crate::permissions::{Header, NetlinkFault, Target};
use crate::socket::send::Destination;
use crate::socket::{Description, flags};
use crate::sys::errno;

/// Who judges a socket's data: nobody, for most sockets.
pub(crate) struct ContentJudge(Option<Arc<Judge>>);

/// Data as it may be sent.
#[derive(Debug)]
pub(crate) struct Content<'a> {
    data: Cow<'a, [u8]>,
    /// How long it was as the guest gave it.
    given: usize,
}

impl SocketCtxView<'_> {
    /// Who judges what is sent on that socket.
    pub(crate) fn content_judge(&self, socket: &Description) -> ContentJudge {
        ContentJudge(socket.is_judged_by_content().then(|| Arc::clone(&self.ctx.judge)))
    }
}

impl ContentJudge {
    /// May that be sent there, or, without a destination, to whom the socket is connected to?
    ///
    /// # Errors
    ///
    /// A refusal; `EINVAL` for what isn't what such a socket sends; `EDESTADDRREQ` without any destination.
    pub(crate) fn judge<'a>(
        &self,
        socket: &Description,
        to: Option<&Destination>,
        data: &'a [u8],
    ) -> Result<Content<'a>> {
        let content = Content { data: Cow::Borrowed(data), given: data.len() };
        match &self.0 {
            None => Ok(content),
            Some(judge) => {
                let data = match socket.family {
                    flags::AF_NETLINK => Cow::Owned(judge.netlink(socket, data)?),
                    flags::AF_BLUETOOTH => {
                        judge_adapter(judge, socket)?;
                        content.data
                    }
                    flags::AF_CAN => Cow::Owned(judge_broadcast(socket, to, data)?),
                    flags::AF_PACKET => {
                        judge_interface(judge, socket, to)?;
                        content.data
                    }
                    _ => {
                        judge_header(judge, socket, to, data)?;
                        content.data
                    }
                };
                Ok(Content { data, ..content })
            }
        }
    }
}

impl From<NetlinkFault> for Error {
    fn from(fault: NetlinkFault) -> Self {
        match fault {
            NetlinkFault::Denied(denial) => denial.into(),
            NetlinkFault::Malformed => Self::os(errno::EINVAL),
        }
    }
}

impl Content<'_> {
    /// How much of what the guest gave was sent, when `sent` bytes of this were.
    pub(crate) fn taken(&self, sent: usize) -> usize {
        if sent == self.data.len() { self.given } else { sent.min(self.given) }
    }
}

impl Deref for Content<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.data
    }
}

/// A packet without an address goes out on the interface that the socket is bound to, by this guest, which was only
/// asked about capturing there, or by whoever passed the socket. On one that isn't bound the kernel says so.
fn judge_interface(judge: &Judge, socket: &Description, to: Option<&Destination>) -> Result<()> {
    if to.is_some() {
        return Ok(());
    }
    match socket.sys.local_address()? {
        Some(Address::Packet(bound)) if bound.index != 0 => {
            Ok(judge.send(socket, &Address::Packet(bound)).map(drop)?)
        }
        _ => Ok(()),
    }
}

/// A command or data for an adapter goes to the one that the socket is bound to, whatever address is beside it. On one
/// that isn't bound the kernel says so.
fn judge_adapter(judge: &Judge, socket: &Description) -> Result<()> {
    match socket.adapter() {
        Some(adapter) => Ok(judge.send(socket, &adapter).map(drop)?),
        None => Ok(()),
    }
}

/// What CAN's broadcast manager is told has it work and remember on the interface that the message goes to, or, as the
/// kernel has it, the one that the socket is connected to.
fn judge_broadcast(socket: &Description, to: Option<&Destination>, data: &[u8]) -> Result<Vec<u8>> {
    let interface = match to {
        Some(Destination::Address(permit)) => match permit.target() {
            Target::Can(address) => address.index,
            _ => 0,
        },
        _ => 0,
    };
    Ok(socket.memory().broadcasts.judge(interface, data)?)
}

/// A packet with a header that the guest wrote goes where it was judged to go, whatever the header says.
fn judge_header(judge: &Judge, socket: &Description, to: Option<&Destination>, data: &[u8]) -> Result<()> {
    if !socket.sys.writes_headers()? {
        return Ok(());
    }
    let peer = match to {
        Some(Destination::Address(permit)) => match permit.target() {
            Target::Inet(peer) => Some(*peer),
            _ => None,
        },
        Some(Destination::Peer | Destination::Connecting(_)) => None,
        None => socket.memory().peer,
    };
    let peer = peer.ok_or_else(|| Error::os(errno::EDESTADDRREQ))?.ip();
    let header = match socket.family {
        flags::AF_INET => Header::of_ipv4(data),
        _ => Header::of_ipv6(data),
    };
    let header = header.ok_or_else(|| Error::os(errno::EINVAL))?;
    let own = socket.sys.local_address()?.and_then(|own| own.as_inet()).map(|own| own.ip());
    Ok(judge.header(socket, &header, peer, own.filter(|own| !own.is_unspecified()))?)
}
