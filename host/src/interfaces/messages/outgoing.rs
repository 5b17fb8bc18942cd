//! What a guest sends beside its data: taken apart, held, judged, laid out.

use std::fs::File;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use wasmtime_wasi::OpenMode;
use wasmtime_wasi::filesystem::Descriptor;

use super::convert::message;
use crate::bindings::messages::{OtherMessage, OutgoingMessage, OutgoingRight};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::judge::Judge;
use crate::message::Message;
use crate::permissions::{Passing, Target};
use crate::socket::options::Ask;
use crate::socket::{Description, flags};
use crate::sys::control::{self, Send, level};
use crate::sys::errno;
use crate::sys::messages::Control;
use crate::sys::rights::{self, Leaving, Lent, Passed};

/// `SCM_MAX_FD`: more in one message are `EINVAL`, unix(7).
const MOST_RIGHTS: usize = 253;

/// Control messages of a guest's.
pub(super) struct Outgoing(Vec<Item>);

enum Item {
    Rights(Vec<Right>),
    Credentials,
    Message(Message),
}

/// Something to pass.
enum Right {
    Socket(Arc<Description>),
    File { file: Arc<File>, read: bool, write: bool },
    Opaque(Arc<Passed>),
}

/// What is passed, held until it has gone.
pub(super) struct Held(Vec<Vec<HeldRight>>);

enum HeldRight {
    Socket(Arc<Description>),
    File(Leaving),
    Opaque(Arc<Passed>),
}

impl SocketCtxView<'_> {
    /// Takes a guest's control messages apart.
    ///
    /// # Errors
    ///
    /// `EINVAL` for one that sockets of this kind don't have, and for bytes that aren't what their level and type say;
    /// `EOPNOTSUPP` for one that there is no codec for; `EBADF` for descriptors by number; a refusal for a directory.
    pub(super) fn outgoing(&self, socket: &Description, messages: Vec<OutgoingMessage>) -> Result<Outgoing> {
        let mut items = Vec::with_capacity(messages.len());
        for outgoing in messages {
            let item = match outgoing {
                OutgoingMessage::Rights(rights) => Item::Rights(self.rights(socket, rights)?),
                OutgoingMessage::Credentials => Item::Credentials,
                OutgoingMessage::Other(other) => match raw(socket, other)? {
                    Some(item) => item,
                    None => continue,
                },
                other => Item::Message(message(other)?),
            };
            if !item.is_for(socket) {
                return Err(Error::os(errno::EINVAL));
            }
            items.push(item);
        }
        Ok(Outgoing(items))
    }

    fn rights(&self, over: &Description, rights: Vec<OutgoingRight>) -> Result<Vec<Right>> {
        if rights.len() > MOST_RIGHTS {
            return Err(Error::os(errno::EINVAL));
        }
        let right = |right| {
            Ok(match right {
                OutgoingRight::Socket(handle) => Right::Socket(self.socket(&handle)?.0),
                OutgoingRight::Opaque(handle) => Right::Opaque(Arc::clone(&self.table.get(&handle)?.passed)),
                OutgoingRight::File(handle) => match self.table.get(&handle)? {
                    Descriptor::File(file) => Right::File {
                        file: Arc::clone(&file.file),
                        read: file.open_mode.contains(OpenMode::READ),
                        write: file.open_mode.contains(OpenMode::WRITE) && !file.perms.write_not_permitted(),
                    },
                    Descriptor::Dir(_) => {
                        self.ctx.judge.pass(over, Passing::Directory)?;
                        return Err(Error::os(errno::EISDIR));
                    }
                },
            })
        };
        rights.into_iter().map(right).collect()
    }

    /// Judges each message, and lays it out.
    pub(super) fn judge_messages<'a>(
        &self,
        socket: &Description,
        outgoing: &Outgoing,
        held: &'a Held,
        control: &mut Control<'a>,
    ) -> Result<()> {
        let mut held = held.0.iter();
        for item in &outgoing.0 {
            match item {
                Item::Rights(_) => {
                    let lent: Vec<_> = held.next().into_iter().flatten().map(HeldRight::lend).collect();
                    if !lent.is_empty() {
                        control.rights(&lent)?;
                    }
                }
                Item::Credentials => control.credentials()?,
                Item::Message(message) => judge_message(&self.ctx.judge, socket, message, control)?,
            }
        }
        Ok(())
    }
}

fn judge_message(judge: &Judge, socket: &Description, message: &Message, control: &mut Control<'_>) -> Result<()> {
    let Some((row, data)) = control::encode(message) else { return Err(Error::os(errno::EINVAL)) };
    let source = |ip: IpAddr, scope: u32| {
        let bound = socket.sys.local_address()?.and_then(|address| address.as_inet()).map_or(0, |own| own.port());
        let mut address = std::net::SocketAddr::new(ip, bound);
        if let std::net::SocketAddr::V6(v6) = &mut address {
            v6.set_scope_id(scope);
        }
        Ok::<_, Error>(judge.send_from(socket, &address.into())?)
    };
    match (row.send, message) {
        (Send::Plain, message) => control.plain(message)?,
        (Send::Granted, message) => control.granted(message, &judge.option(socket, row.name)?)?,
        (Send::Own, _) => control.credentials()?,
        (Send::Source, Message::InetPacketInfo(info)) => {
            // Neither is a wish for anything.
            if info.local != Ipv4Addr::UNSPECIFIED || info.interface != 0 {
                control.inet_source(&source(info.local.into(), 0)?, info.interface)?;
            }
        }
        (Send::Source, Message::Inet6PacketInfo(info)) => {
            if info.address != Ipv6Addr::UNSPECIFIED || info.interface != 0 {
                control.inet6_source(&source(info.address.into(), info.interface)?, info.interface)?;
            }
        }
        (Send::Ranked, Message::Priority(0..=6)) => control.plain(message)?,
        (Send::Ranked, message) => control.granted(message, &judge.option(socket, row.name)?)?,
        (Send::Header(header), _) => {
            let permit = judge.option(socket, row.name)?;
            let via = |hop| match judge.via(socket, hop)?.target() {
                Target::Inet(judged) => Ok(judged.ip()),
                _ => Err(Error::os(errno::EINVAL)),
            };
            let data = header.judged(&data, via)?;
            let judged = control::decode(row.level, row.kind, &data).ok_or_else(|| Error::os(errno::EINVAL))?;
            control.granted(&judged, &permit)?;
        }
        _ => return Err(Error::os(errno::EINVAL)),
    }
    Ok(())
}

/// A message that a guest wrote as bytes. None for one that says nothing.
fn raw(socket: &Description, other: OtherMessage) -> Result<Option<Item>> {
    let OtherMessage { level, type_: kind, data } = other;
    if (level, kind) == (level::SOL_SOCKET, control::SCM_RIGHTS) {
        // Numbers mean nothing here; fewer bytes than one has are none, `scm_fp_copy`.
        return if data.len() < size_of::<i32>() { Ok(None) } else { Err(Error::os(errno::EBADF)) };
    }
    match control::find(level, kind) {
        Some(row) if row.send != Send::Never => match control::decode(level, kind, &data) {
            Some(message) => Ok(Some(Item::Message(message))),
            None => Err(Error::os(errno::EINVAL)),
        },
        // As a kernel without it says, where it looks.
        _ if level == level::SOL_SOCKET || is_level_of(socket, level) => Err(Error::os(errno::EINVAL)),
        _ => Err(Error::os(errno::EOPNOTSUPP)),
    }
}

/// Whether the kernel looks at messages of a level when such a socket sends.
fn is_level_of(socket: &Description, level: i32) -> bool {
    // SCTP's looks at those of its own level alone.
    let datagrams = !socket.is_stream() && !socket.is_sctp();
    match level {
        level::SOL_SOCKET => true,
        level::IPPROTO_IP => socket.is_inet() && datagrams,
        level::IPPROTO_IPV6 => socket.family == flags::AF_INET6 && datagrams,
        level::IPPROTO_UDP => socket.is_inet() && socket.kind == flags::SOCK_DGRAM,
        level::SOL_RDS => socket.family == flags::AF_RDS,
        level::SOL_ALG => socket.family == flags::AF_ALG,
        _ => false,
    }
}

impl Item {
    fn is_for(&self, socket: &Description) -> bool {
        match self {
            Self::Rights(_) | Self::Credentials => socket.family == flags::AF_UNIX,
            Self::Message(Message::Credentials(_)) => socket.family == flags::AF_UNIX,
            Self::Message(message) => control::encode(message).is_some_and(|(row, _)| is_level_of(socket, row.level)),
        }
    }
}

impl Outgoing {
    /// Holds what is to be passed, each as far as a line allows its kind. Files are opened again, which takes as long as
    /// their file system likes.
    pub(super) async fn hold(&self, over: &Description, judge: &Judge) -> Result<Held> {
        let mut held = Vec::new();
        for item in &self.0 {
            let Item::Rights(rights) = item else { continue };
            let mut one = Vec::with_capacity(rights.len());
            for right in rights {
                one.push(match right {
                    Right::Socket(socket) => {
                        judge.pass(over, Passing::Socket)?;
                        HeldRight::Socket(Arc::clone(socket))
                    }
                    Right::Opaque(passed) => {
                        judge.pass(over, Passing::Received)?;
                        HeldRight::Opaque(Arc::clone(passed))
                    }
                    Right::File { file, read, write } => {
                        let asked = Arc::clone(file);
                        let permit = judge.pass(over, apart(move || rights::passing(&asked)).await?)?;
                        let (file, read, write) = (Arc::clone(file), *read, *write);
                        HeldRight::File(apart(move || rights::reopen(&file, read, write, &permit)).await?)
                    }
                });
            }
            held.push(one);
        }
        Ok(Held(held))
    }
}

/// Runs what may take its time on a thread that may wait.
async fn apart<T: std::marker::Send + 'static>(
    call: impl FnOnce() -> std::io::Result<T> + std::marker::Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(call).await {
        Ok(result) => Ok(result?),
        Err(error) => Err(std::io::Error::other(error).into()),
    }
}

impl Held {
    /// How many descriptors that is.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// They were passed, and are others' as well from now on.
    pub(super) fn share(&self) {
        for right in self.0.iter().flatten() {
            if let HeldRight::Socket(socket) = right {
                socket.hand_on();
            }
        }
    }
}

impl HeldRight {
    fn lend(&self) -> Lent<'_> {
        match self {
            Self::Socket(socket) => Lent::Socket(&socket.sys),
            Self::File(file) => Lent::File(file),
            Self::Opaque(passed) => Lent::Opaque(passed),
        }
    }
}
