//! Many datagrams a system call: sendmmsg(2), recvmmsg(2), and `UDP_SEGMENT` (udp(7)) where it can be had.
//!
//! A system call itself is a small part of what a datagram costs: the way through the stack is most of it, and
//! sendmmsg(2) walks it for each. With `UDP_SEGMENT` it is walked once for a run of datagrams of one size to one
//! address, which the kernel or the card cuts apart at the end: on the wire and to the receiver they are what they
//! would be otherwise.

use std::io;
use std::mem::{MaybeUninit, zeroed};
use std::ops::Range;

use socket2::SockAddr;

use super::blocking::Waits;
use super::control::{self, Fitted};
use super::messages::{self, Control, Received};
use super::rights::Passed;
use super::transfer::{receive_flags, retry, send_flags};
use super::{Socket, address, errno};
use crate::address::Address;
use crate::message;
use crate::permissions::Permit;
use crate::permissions::op::Send;

/// udp.h; libc has them for Android alone.
const UDP_SEGMENT: i32 = 103;
const UDP_GRO: i32 = 104;
/// How many datagrams a run has at most (`UDP_MAX_SEGMENTS` of the kernels before 6.9), and how many bytes.
const RUN_DATAGRAMS: usize = 64;
const RUN_BYTES: usize = 65_000;

/// An address that was judged, as the kernel takes it.
#[derive(Debug)]
pub(crate) struct Destination(SockAddr);

impl Destination {
    /// For an internet socket: other families' addresses can be more than bytes.
    pub(crate) fn new(socket: &Socket, permit: &Permit<Send>) -> io::Result<Self> {
        socket.with_destination(permit.target(), |address| Ok(Self(address.clone())))
    }
}

/// Datagrams to send, which lie end to end.
#[derive(Debug)]
pub(crate) struct Outgoing<'a> {
    pub(crate) data: &'a [u8],
    /// How long each is; together no more than there is.
    pub(crate) lengths: &'a [u32],
    /// Where each goes; none to the peer.
    pub(crate) to: Vec<Option<&'a Destination>>,
}

/// What one message of sendmmsg(2) carries: a datagram, or a run of them.
struct Message {
    datagrams: Range<usize>,
    bytes: Range<usize>,
    /// How long each but the last is, where there are several.
    segment: u16,
}

/// Sends for as long as the socket takes them, and says how many that were. It fails only when the first does.
pub(crate) fn send(socket: &Socket, outgoing: &Outgoing<'_>, flags: i32) -> io::Result<usize> {
    let mut sent = 0;
    // A flag can be about each (`MSG_MORE`): then each is sent by itself.
    let mut in_runs = flags == 0 && outgoing.to.len() > 1 && can_segment(socket);
    while sent < outgoing.to.len() {
        let messages = messages(outgoing, sent, in_runs);
        match send_messages(socket, outgoing, &messages, flags) {
            Ok(count) => match messages.get(count.wrapping_sub(1)) {
                Some(last) => sent = last.datagrams.end,
                None => break,
            },
            // Not on this way (a segment larger than its MTU, a socket without checksums): then one by one, so that a
            // datagram that is itself what's wrong is told from the others.
            Err(error) if messages[0].segment != 0 && is_about_segments(&error) => in_runs = false,
            Err(error) if sent == 0 => return Err(error),
            Err(_) => break,
        }
    }
    Ok(sent)
}

/// Whether the kernel has `UDP_SEGMENT` for this socket, and its owner has no segment size of his own.
fn can_segment(socket: &Socket) -> bool {
    super::options::get(socket, libc::IPPROTO_UDP, UDP_SEGMENT, size_of::<libc::c_int>())
        .is_ok_and(|size| size.iter().all(|byte| *byte == 0))
}

fn is_about_segments(error: &io::Error) -> bool {
    matches!(errno::to_linux(error), errno::EINVAL | errno::EIO | errno::EMSGSIZE | errno::EOPNOTSUPP)
}

/// The datagrams from the one of that number on, as messages.
fn messages(outgoing: &Outgoing<'_>, first: usize, in_runs: bool) -> Vec<Message> {
    let (lengths, to) = (outgoing.lengths, &outgoing.to);
    let mut messages: Vec<Message> = Vec::new();
    let mut start = lengths[..first].iter().map(|length| *length as usize).sum();
    for number in first..to.len() {
        let length = lengths[number] as usize;
        let bytes = start..start + length;
        start = bytes.end;
        if in_runs && let Some(run) = messages.last_mut() {
            let size = if run.segment == 0 { run.bytes.len() } else { usize::from(run.segment) };
            let is_full = run.bytes.len() == size * run.datagrams.len();
            let fits = (1..=size).contains(&length)
                && run.datagrams.len() < RUN_DATAGRAMS
                && bytes.end - run.bytes.start <= RUN_BYTES;
            let same = |one: Option<&Destination>, other: Option<&Destination>| match (one, other) {
                (Some(one), Some(other)) => std::ptr::eq(one, other),
                (None, None) => true,
                _ => false,
            };
            if is_full && fits && same(to[run.datagrams.start], to[number]) {
                // At most RUN_BYTES.
                run.segment = size as u16;
                run.datagrams.end = number + 1;
                run.bytes.end = bytes.end;
                continue;
            }
        }
        messages.push(Message { datagrams: number..number + 1, bytes, segment: 0 });
    }
    messages
}

/// sendmmsg(2).
fn send_messages(socket: &Socket, outgoing: &Outgoing<'_>, messages: &[Message], flags: i32) -> io::Result<usize> {
    let mut buffers: Vec<libc::iovec> = messages
        .iter()
        .map(|message| {
            let bytes = &outgoing.data[message.bytes.clone()];
            libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() }
        })
        .collect();
    let controls = messages.iter().map(|message| segment_size(message.segment));
    let mut controls: Vec<Vec<u64>> = controls.collect::<io::Result<_>>()?;
    let mut headers: Vec<libc::mmsghdr> = (messages.iter().zip(&mut buffers).zip(&mut controls))
        .map(|((message, buffer), control)| {
            // SAFETY: integers and pointers, for which zero is a value.
            let mut header: libc::mmsghdr = unsafe { zeroed() };
            if let Some(Destination(address)) = outgoing.to[message.datagrams.start] {
                header.msg_hdr.msg_name = address.as_ptr().cast_mut().cast();
                header.msg_hdr.msg_namelen = address.len();
            }
            header.msg_hdr.msg_iov = buffer;
            header.msg_hdr.msg_iovlen = 1;
            if !control.is_empty() {
                header.msg_hdr.msg_control = control.as_mut_ptr().cast();
                header.msg_hdr.msg_controllen = size_of_val(&control[..]) as _;
            }
            header
        })
        .collect();
    let count = headers.len() as libc::c_uint;
    retry(|| {
        // SAFETY: each header points at a name, a buffer and control data that outlive the call, which only reads them.
        match unsafe { libc::sendmmsg(socket.raw_fd(), headers.as_mut_ptr(), count, flags | send_flags(socket)) } {
            -1 => Err(io::Error::last_os_error()),
            sent => Ok(sent as usize),
        }
    })
}

/// `UDP_SEGMENT` as control data; none for a datagram alone.
fn segment_size(size: u16) -> io::Result<Vec<u64>> {
    let mut control = Control::default();
    if size != 0 {
        control.plain(&message::Message::SegmentSize(size))?;
    }
    Ok(control.aligned())
}

/// Datagrams that came, end to end.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    pub(crate) data: Vec<u8>,
    pub(crate) lengths: Vec<u32>,
    /// Each sender at least once.
    pub(crate) addresses: Vec<Address>,
    /// For each datagram the place of its sender in `addresses`; [`NOBODY`] where it had no address.
    pub(crate) senders: Vec<u32>,
    /// How many weren't kept.
    pub(crate) dropped: u32,
}

/// A sender without an address.
pub(crate) const NOBODY: u32 = u32::MAX;

/// How far back a sender is looked for among those of the same call.
const LOOK_BACK: usize = 16;

/// Where the kernel writes an internet address.
type Name = [u8; size_of::<libc::sockaddr_in6>()];

/// Receives up to `count` datagrams of up to `size` bytes each from an internet socket, those that are there. Keeps
/// those whose sender `keeps` says yes to; it is asked once for many of one sender.
pub(crate) fn receive(
    socket: &Socket,
    count: usize,
    size: usize,
    flags: i32,
    mut keeps: impl FnMut(&Address) -> bool,
) -> io::Result<Incoming> {
    if joins(socket) {
        return receive_joined(socket, size, flags, keeps);
    }
    let mut data: Vec<u8> = Vec::with_capacity(count * size);
    let space = data.spare_capacity_mut();
    let mut names: Vec<Name> = vec![[0; size_of::<Name>()]; count];
    let mut buffers: Vec<libc::iovec> = space[..count * size]
        .chunks_exact_mut(size.max(1))
        .map(|chunk| libc::iovec { iov_base: chunk.as_mut_ptr().cast(), iov_len: chunk.len() })
        .collect();
    // Datagrams of no size, of which nothing is kept but that they came.
    buffers.resize(count, libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 });
    let mut headers: Vec<libc::mmsghdr> = (buffers.iter_mut().zip(&mut names))
        .map(|(buffer, name)| {
            // SAFETY: integers and pointers, for which zero is a value.
            let mut header: libc::mmsghdr = unsafe { zeroed() };
            header.msg_hdr.msg_name = name.as_mut_ptr().cast();
            header.msg_hdr.msg_namelen = size_of::<Name>() as libc::socklen_t;
            header.msg_hdr.msg_iov = buffer;
            header.msg_hdr.msg_iovlen = 1;
            header
        })
        .collect();
    let flags = flags | receive_flags(socket, Waits::Not);
    let received = retry(|| {
        let (headers, count) = (headers.as_mut_ptr(), headers.len() as libc::c_uint);
        // SAFETY: each header points at a name and a buffer of the length that it says, which outlive the call.
        match unsafe { libc::recvmmsg(socket.raw_fd(), headers, count, flags, std::ptr::null_mut()) } {
            -1 => Err(io::Error::last_os_error()),
            received => Ok(received as usize),
        }
    })?;

    let mut incoming = Incoming::default();
    let mut known: Vec<(&[u8], u32)> = Vec::new();
    let mut end = 0;
    for (number, (header, name)) in headers.iter().zip(&names).take(received).enumerate() {
        let name = name.get(..header.msg_hdr.msg_namelen as usize).unwrap_or(name);
        let place = known.iter().rev().take(LOOK_BACK).find(|(other, _)| *other == name).map(|(_, place)| *place);
        let place = match place {
            Some(place) => place,
            None => {
                let place = incoming.place(socket.parse(&address::laid_out(name)?)?, &mut keeps);
                known.push((name, place));
                place
            }
        };
        if place == DROPPED {
            incoming.dropped += 1;
            continue;
        }
        let length = (header.msg_len as usize).min(size);
        move_down(space, number * size..number * size + length, end);
        end += length;
        incoming.lengths.push(length as u32);
        incoming.senders.push(place);
    }
    // SAFETY: the kernel has written each datagram's bytes, and the first `end` are those, moved together.
    unsafe { data.set_len(end) };
    incoming.data = data;
    Ok(incoming)
}

/// Whether the kernel joins datagrams of one sender for this socket, since its owner has set `UDP_GRO`.
fn joins(socket: &Socket) -> bool {
    super::options::get(socket, libc::IPPROTO_UDP, UDP_GRO, size_of::<libc::c_int>())
        .is_ok_and(|on| on.iter().any(|byte| *byte != 0))
}

/// What the kernel joins at most.
const JOINED: usize = 65_535;

/// Receives one message of the kernel's, which is one datagram or several of one sender that it has joined, and takes it
/// apart.
fn receive_joined(
    socket: &Socket,
    size: usize,
    flags: i32,
    mut keeps: impl FnMut(&Address) -> bool,
) -> io::Result<Incoming> {
    let Received { data, control, from, .. } = messages::receive(socket, JOINED, flags, Waits::Not)?;
    let each = control.iter().find_map(joined_size).unwrap_or(data.len()).max(1);
    let mut incoming = Incoming::default();
    let place = incoming.place(from, &mut keeps);
    // One without any bytes is one, too.
    let count = data.len().div_ceil(each).max(1);
    if place == DROPPED {
        incoming.dropped = count as u32;
        return Ok(incoming);
    }
    incoming.senders = vec![place; count];
    incoming.lengths.extend(data.chunks(each).map(|one| one.len().min(size) as u32));
    incoming.lengths.resize(count, 0);
    // They lie end to end already, unless each is cut.
    let is_cut = data.len().min(each) > size;
    incoming.data =
        if is_cut { data.chunks(each).flat_map(|one| &one[..one.len().min(size)]).copied().collect() } else { data };
    Ok(incoming)
}

/// How long each datagram is of those that were joined.
fn joined_size(message: &Fitted<Passed>) -> Option<usize> {
    let Fitted::Data { level, kind, data, .. } = message else { return None };
    match control::decode(*level, *kind, data)? {
        message::Message::JoinedSegmentSize(size) => Some(usize::from(size)).filter(|size| *size != 0),
        _ => None,
    }
}

/// Instead of a place: that one is not to be heard.
const DROPPED: u32 = u32::MAX - 1;

impl Incoming {
    /// The place of a sender that wasn't seen before in this call.
    fn place(&mut self, from: Option<Address>, keeps: &mut impl FnMut(&Address) -> bool) -> u32 {
        let Some(address) = from else { return NOBODY };
        if !keeps(&address) {
            return DROPPED;
        }
        self.addresses.push(address);
        self.addresses.len() as u32 - 1
    }
}

/// Moves bytes to where the ones before them end.
fn move_down(space: &mut [MaybeUninit<u8>], from: Range<usize>, to: usize) {
    if from.start != to {
        space.copy_within(from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing<'a>(lengths: &'a [u32], to: &[Option<&'a Destination>], data: &'a [u8]) -> Outgoing<'a> {
        Outgoing { data, lengths, to: to.to_vec() }
    }

    #[test]
    fn datagrams_of_one_size_to_one_address_are_a_run() {
        let (one, other) = (Destination(address::unspecified()), Destination(address::unspecified()));
        let to = [&one, &one, &one, &one, &other, &other, &one, &one].map(Some);
        let lengths = [10, 10, 4, 4, 7, 8, 0, 0];
        let data = [0; 53];
        let outgoing = outgoing(&lengths, &to, &data);
        let shown = |in_runs| {
            let messages = messages(&outgoing, 0, in_runs);
            messages.iter().map(|m| (m.datagrams.clone(), m.bytes.clone(), m.segment)).collect::<Vec<_>>()
        };
        let runs = [
            (0..3, 0..24, 10),
            (3..4, 24..28, 0),
            (4..5, 28..35, 0),
            (5..6, 35..43, 0),
            (6..7, 43..43, 0),
            (7..8, 43..43, 0),
        ];
        assert_eq!(
            shown(true),
            runs,
            "the last of a run may be shorter, and nothing follows it; an empty one is alone"
        );
        assert!(shown(false).iter().all(|(datagrams, _, segment)| datagrams.len() == 1 && *segment == 0));
    }

    #[test]
    fn a_run_has_its_limits() {
        let one = Destination(address::unspecified());
        for (length, count, most) in [(1, 200, 64), (1200, 200, 54), (40_000, 3, 1)] {
            let (lengths, to) = (vec![length; count], vec![Some(&one); count]);
            let data = vec![0; length as usize * count];
            let messages = messages(&outgoing(&lengths, &to, &data), 0, true);
            assert_eq!(messages.iter().map(|m| m.datagrams.len()).max(), Some(most), "{length} bytes");
            assert_eq!(messages.last().map(|m| m.datagrams.end), Some(count));
        }
    }
}
