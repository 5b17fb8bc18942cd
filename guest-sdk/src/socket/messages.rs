//! Data with control messages beside it.

use std::sync::Arc;

use wasip2::filesystem::types::Descriptor;

use super::Socket;
use crate::address::wire::or_unspecified;
use crate::address::{Address, ToAddress};
use crate::bindings::wallsocket::socket::messages as raw;
use crate::bindings::wallsocket::socket::messages::{
    IncomingMessage, IncomingRight, OpaqueHandle, OtherMessage, OutgoingMessage, OutgoingRight,
};
use crate::constants::{SCM_RIGHTS, SOL_SOCKET};
use crate::error::{Error, Result};
use crate::fd_table::{self, Shared};

/// The most buffers of one message, Linux's `UIO_MAXIOV`.
const IOV_MAX: usize = 1024;

/// A control message to send. Python: an item of `sendmsg`'s `ancdata`.
#[derive(Debug)]
pub enum ControlMessage<'a> {
    /// `SCM_RIGHTS`: sockets and files, which are lent; 253 at most.
    Rights(&'a [Right<'a>]),
    /// Any other.
    Message(OutgoingMessage<'a>),
    /// One as Python writes it; [`ControlMessage::raw`] makes it.
    Raw(OtherMessage),
}

impl ControlMessage<'_> {
    /// Python's own form: `(cmsg_level, cmsg_type, cmsg_data)`, the data in the layout of 64-bit little-endian Linux. The
    /// host knows what each holds, and judges it as it would the case of its own.
    ///
    /// For `SCM_RIGHTS` the data are numbers of this guest's sockets, 4 bytes each, as
    /// [`fileno`](Socket::fileno) gives them. `SCM_CREDENTIALS` says who the host is, whatever it was given.
    ///
    /// ```no_run
    /// use wallsocket::{AF_INET, ControlMessage, IP_TTL, IPPROTO_IP, SOCK_DGRAM};
    /// let sock = wallsocket::socket(AF_INET, SOCK_DGRAM, 0)?;
    /// let ttl = ControlMessage::raw(IPPROTO_IP, IP_TTL, 7i32.to_le_bytes());
    /// sock.sendmsg(&[b"hello"], &[ttl], 0, ("127.0.0.1", 9))?;
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    #[must_use]
    pub fn raw(level: i32, type_: i32, data: impl AsRef<[u8]>) -> Self {
        ControlMessage::Raw(OtherMessage { level, type_, data: data.as_ref().to_vec() })
    }
}

/// What can be passed with `SCM_RIGHTS`.
#[derive(Debug, Clone, Copy)]
pub enum Right<'a> {
    /// A socket.
    Socket(&'a Socket),
    /// A regular file, opened through WASI's preopens.
    File(&'a Descriptor),
    /// Something received earlier.
    Opaque(&'a OpaqueHandle),
}

/// A control message received. Python: an item of `recvmsg`'s `ancdata`.
#[derive(Debug)]
pub enum ReceivedMessage {
    /// `SCM_RIGHTS`: sockets and files that are this guest's now.
    Rights(Vec<ReceivedRight>),
    /// Any other.
    Message(IncomingMessage),
}

impl ReceivedMessage {
    /// Python's own form: `(cmsg_level, cmsg_type, cmsg_data)`, the data in the layout of 64-bit little-endian Linux. None
    /// for `SCM_RIGHTS`, which are handles and no bytes.
    #[must_use]
    pub fn cmsg(&self) -> Option<(i32, i32, Vec<u8>)> {
        match self {
            ReceivedMessage::Rights(_) => None,
            ReceivedMessage::Message(message) => super::cmsg::raw(message),
        }
    }
}

/// What can come with `SCM_RIGHTS`.
#[derive(Debug)]
pub enum ReceivedRight {
    /// A socket, with the default timeout.
    Socket(Socket),
    /// A regular file.
    File(Descriptor),
    /// Anything else: it can be passed on, or dropped.
    Opaque(OpaqueHandle),
}

/// What `recvmsg` brought. Python: `(data, ancdata, msg_flags, address)`.
#[derive(Debug)]
pub struct Message {
    /// The plain data.
    pub data: Vec<u8>,
    /// The control messages, in order.
    pub ancdata: Vec<ReceivedMessage>,
    /// `MSG_TRUNC`, `MSG_CTRUNC`, `MSG_EOR`, `MSG_OOB`, `MSG_ERRQUEUE`, or-ed.
    pub msg_flags: i32,
    /// Who sent it; on a connected stream [`Address::Unspecified`], unless it is one of Unix whose peer has a name.
    pub address: Address,
}

impl Socket {
    /// Sends data gathered from many buffers, with control messages, to an address or
    /// ([`Address::Unspecified`]) to the peer. Python: `socket.socket.sendmsg`.
    ///
    /// # Errors
    ///
    /// As [`sendto_flags`](Socket::sendto_flags), and `EMSGSIZE` (over 1,024 buffers), `EINVAL` (a message
    /// that the family doesn't have), `EOPNOTSUPP` (one that the host has no codec for), `ETOOMANYREFS`
    /// (descriptors in flight), `EBADF` (a socket to pass is closed).
    pub fn sendmsg(
        &self,
        buffers: &[&[u8]],
        ancdata: &[ControlMessage<'_>],
        flags: i32,
        address: impl ToAddress,
    ) -> Result<usize> {
        let address = match address.to_address(self.shared.family)? {
            Address::Unspecified => None,
            address => Some(address.into()),
        };
        // A lent socket can't be closed while the loan lasts, so the loans outlive the call.
        let numbered = ancdata.iter().map(numbered).collect::<Result<Vec<_>>>()?;
        let loans: Vec<Vec<Loan<'_>>> =
            ancdata.iter().zip(&numbered).map(|(message, sockets)| Loan::of_message(message, sockets)).collect();
        let rights = loans
            .iter()
            .map(|loans| loans.iter().map(Loan::right).collect::<Result<Vec<_>>>())
            .collect::<Result<Vec<_>>>()?;
        let messages: Vec<OutgoingMessage<'_>> = ancdata
            .iter()
            .zip(&rights)
            .map(|(message, rights)| match message {
                ControlMessage::Message(message) => *message,
                ControlMessage::Raw(other) if !is_rights(other) => OutgoingMessage::Other(other),
                ControlMessage::Rights(_) | ControlMessage::Raw(_) => OutgoingMessage::Rights(rights),
            })
            .collect();
        let sent = self.call(|handle| raw::sendmsg(handle, buffers, &messages, flags, address.as_ref()))?;
        Ok(sent as usize)
    }

    /// Sends data to an `AF_ALG` operation socket, one that [`accept`](Socket::accept) gave: `op` is `ALG_OP_ENCRYPT` or
    /// `ALG_OP_DECRYPT`, `iv` is for the ciphers that have one, and `assoclen` says how much at the front of the data is
    /// authenticated only. `MSG_MORE` among the flags says that more of the same is to come. Python:
    /// `socket.socket.sendmsg_afalg`.
    ///
    /// ```no_run
    /// use wallsocket::{AF_ALG, ALG_OP_ENCRYPT, ALG_SET_AEAD_AUTHSIZE, ALG_SET_KEY, OptionValue, SOCK_SEQPACKET, SOL_ALG};
    /// let cipher = wallsocket::socket(AF_ALG, SOCK_SEQPACKET, 0)?;
    /// cipher.bind(("aead", "gcm(aes)"))?;
    /// cipher.setsockopt(SOL_ALG, ALG_SET_KEY, b"sixteen byte key")?;
    /// cipher.setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, OptionValue::Null(16))?;
    /// let (operation, _) = cipher.accept()?;
    /// let (header, text) = (b"header", b"attack at dawn");
    /// operation.sendmsg_afalg(&[header, text], ALG_OP_ENCRYPT, b"twelve bytes".as_slice(), 6, 0)?;
    /// // The header, the ciphertext and the tag.
    /// let sealed = operation.recv(header.len() + text.len() + 16)?;
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sendmsg`](Socket::sendmsg), and `EINVAL` (an operation that there isn't, an IV of the wrong length, something
    /// new before all of the last was received), `ENOKEY` (a key is needed, and none was set).
    pub fn sendmsg_afalg<'a>(
        &self,
        msg: &[&[u8]],
        op: i32,
        iv: impl Into<Option<&'a [u8]>>,
        assoclen: impl Into<Option<u32>>,
        flags: i32,
    ) -> Result<usize> {
        let op = u32::try_from(op).map_err(|_| Error::value("Invalid or missing argument 'op'"))?;
        let mut ancdata = vec![OutgoingMessage::AlgOperation(op)];
        ancdata.extend(iv.into().map(OutgoingMessage::AlgIv));
        ancdata.extend(assoclen.into().map(OutgoingMessage::AlgAssociatedLength));
        let ancdata: Vec<_> = ancdata.into_iter().map(ControlMessage::Message).collect();
        self.sendmsg(msg, &ancdata, flags, Address::Unspecified)
    }

    /// Receives up to `bufsize` bytes of data, and control messages as far as `ancbufsize` bytes hold them,
    /// counted as [`CMSG_SPACE`] does. Python: `socket.socket.recvmsg`.
    ///
    /// # Errors
    ///
    /// As [`recv_flags`](Socket::recv_flags).
    pub fn recvmsg(&self, bufsize: usize, ancbufsize: usize, flags: i32) -> Result<Message> {
        let size = |size| u32::try_from(size).unwrap_or(u32::MAX);
        let received = self.call(|handle| raw::recvmsg(handle, size(bufsize), size(ancbufsize), flags))?;
        Ok(Message {
            data: received.data,
            ancdata: received.messages.into_iter().map(ReceivedMessage::from).collect(),
            msg_flags: received.flags,
            address: or_unspecified(received.address),
        })
    }

    /// [`recvmsg`](Socket::recvmsg) into buffers, which are filled in order; the message's own `data` is
    /// what was received, too. Python: `socket.socket.recvmsg_into`.
    ///
    /// # Errors
    ///
    /// As [`recv_flags`](Socket::recv_flags), and `EMSGSIZE` (over 1,024 buffers).
    pub fn recvmsg_into(&self, buffers: &mut [&mut [u8]], ancbufsize: usize, flags: i32) -> Result<Message> {
        if buffers.len() > IOV_MAX {
            return Err(Error::Os(crate::errno::EMSGSIZE));
        }
        let room = buffers.iter().fold(0, |room: usize, b| room.saturating_add(b.len()));
        let message = self.recvmsg(room, ancbufsize, flags)?;
        let mut rest = message.data.as_slice();
        for buffer in buffers {
            let (part, after) = rest.split_at(rest.len().min(buffer.len()));
            buffer[..part.len()].copy_from_slice(part);
            rest = after;
        }
        Ok(message)
    }
}

fn is_rights(message: &OtherMessage) -> bool {
    (message.level, message.type_) == (SOL_SOCKET, SCM_RIGHTS)
}

/// The sockets that a message names by number; what is left over from whole numbers is ignored, as the kernel does.
fn numbered(message: &ControlMessage<'_>) -> Result<Vec<Arc<Shared>>> {
    match message {
        ControlMessage::Raw(other) if is_rights(other) => {
            let (numbers, _) = other.data.as_chunks::<4>();
            numbers.iter().map(|number| fd_table::find(i32::from_le_bytes(*number))).collect()
        }
        _ => Ok(Vec::new()),
    }
}

enum Loan<'a> {
    Socket(crate::fd_table::Borrowed<'a>),
    Plain(OutgoingRight<'a>),
}

impl<'a> Loan<'a> {
    fn of_message(message: &ControlMessage<'a>, numbered: &'a [Arc<Shared>]) -> Vec<Loan<'a>> {
        match message {
            ControlMessage::Rights(rights) => rights.iter().copied().map(Loan::of).collect(),
            ControlMessage::Message(_) | ControlMessage::Raw(_) => {
                numbered.iter().map(|shared| Loan::Socket(shared.borrow())).collect()
            }
        }
    }

    fn of(right: Right<'a>) -> Loan<'a> {
        match right {
            Right::Socket(socket) => Loan::Socket(socket.shared.borrow()),
            Right::File(file) => Loan::Plain(OutgoingRight::File(file)),
            Right::Opaque(handle) => Loan::Plain(OutgoingRight::Opaque(handle)),
        }
    }

    fn right(&self) -> Result<OutgoingRight<'_>> {
        match self {
            Loan::Socket(handle) => handle.get().map(OutgoingRight::Socket).ok_or(Error::Os(crate::errno::EBADF)),
            Loan::Plain(right) => Ok(*right),
        }
    }
}

impl From<IncomingMessage> for ReceivedMessage {
    fn from(message: IncomingMessage) -> ReceivedMessage {
        match message {
            IncomingMessage::Rights(rights) => {
                ReceivedMessage::Rights(rights.into_iter().map(ReceivedRight::from).collect())
            }
            message => ReceivedMessage::Message(message),
        }
    }
}

impl From<IncomingRight> for ReceivedRight {
    fn from(right: IncomingRight) -> ReceivedRight {
        match right {
            IncomingRight::Socket(handle) => ReceivedRight::Socket(Socket::adopt(handle)),
            IncomingRight::File(file) => ReceivedRight::File(file),
            IncomingRight::Opaque(handle) => ReceivedRight::Opaque(handle),
        }
    }
}

/// Sends data with sockets and files beside it. Python: `socket.send_fds`.
///
/// # Errors
///
/// As [`Socket::sendmsg`].
pub fn send_fds(sock: &Socket, buffers: &[&[u8]], fds: &[Right<'_>]) -> Result<usize> {
    send_fds_flags(sock, buffers, fds, 0, Address::Unspecified)
}

/// [`send_fds`] with `MSG_*` flags, to an address or ([`Address::Unspecified`]) to the peer. Python: `send_fds(sock,
/// buffers, fds, flags, address)`, of which CPython passes on neither of the last two.
///
/// # Errors
///
/// As [`Socket::sendmsg`].
pub fn send_fds_flags(
    sock: &Socket,
    buffers: &[&[u8]],
    fds: &[Right<'_>],
    flags: i32,
    address: impl ToAddress,
) -> Result<usize> {
    sock.sendmsg(buffers, &[ControlMessage::Rights(fds)], flags, address)
}

/// Receives data and up to `maxfds` sockets and files; the flags that came with it, and from whom. Python:
/// `socket.recv_fds`.
///
/// # Errors
///
/// As [`Socket::recvmsg`].
pub fn recv_fds(sock: &Socket, bufsize: usize, maxfds: usize) -> Result<(Vec<u8>, Vec<ReceivedRight>, i32, Address)> {
    recv_fds_flags(sock, bufsize, maxfds, 0)
}

/// [`recv_fds`] with `MSG_*` flags. Python: `recv_fds(sock, bufsize, maxfds, flags)`.
///
/// # Errors
///
/// As [`Socket::recvmsg`].
pub fn recv_fds_flags(
    sock: &Socket,
    bufsize: usize,
    maxfds: usize,
    flags: i32,
) -> Result<(Vec<u8>, Vec<ReceivedRight>, i32, Address)> {
    let room = CMSG_LEN(maxfds.saturating_mul(4))?;
    let message = sock.recvmsg(bufsize, room, flags)?;
    let mut fds = Vec::new();
    for ancillary in message.ancdata {
        if let ReceivedMessage::Rights(rights) = ancillary {
            fds.extend(rights);
        }
    }
    Ok((message.data, fds, message.msg_flags, message.address))
}

/// A control message's header on 64-bit Linux.
const HEADER: usize = 16;

/// The length of a control message that carries `length` bytes, without padding after it. Python:
/// `socket.CMSG_LEN`.
///
/// # Errors
///
/// [`Error::Value`] where the result would be over 31 bits.
#[allow(non_snake_case)]
pub fn CMSG_LEN(length: usize) -> Result<usize> {
    const OUT_OF_RANGE: Error = Error::value("CMSG_LEN() argument out of range");
    length.checked_add(HEADER).filter(|&total| total <= i32::MAX as usize).ok_or(OUT_OF_RANGE)
}

/// The room that a control message of `length` bytes takes in a buffer, with the padding after it. Python:
/// `socket.CMSG_SPACE`.
///
/// # Errors
///
/// [`Error::Value`] where the result would be over 31 bits.
#[allow(non_snake_case)]
pub fn CMSG_SPACE(length: usize) -> Result<usize> {
    const OUT_OF_RANGE: Error = Error::value("CMSG_SPACE() argument out of range");
    let padded = length.checked_next_multiple_of(8).ok_or(OUT_OF_RANGE)?;
    CMSG_LEN(padded).map_err(|_| OUT_OF_RANGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_messages_have_headers_of_16_bytes_and_padding_to_8() {
        assert_eq!((CMSG_LEN(0), CMSG_SPACE(0)), (Ok(16), Ok(16)));
        assert_eq!((CMSG_LEN(4), CMSG_SPACE(4)), (Ok(20), Ok(24)));
        assert!(CMSG_LEN(usize::MAX).is_err() && CMSG_SPACE(usize::MAX).is_err());
        assert!(CMSG_LEN(i32::MAX as usize).is_err());
    }
}
