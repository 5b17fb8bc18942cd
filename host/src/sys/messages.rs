//! sendmsg(2) and recvmsg(2). Only a receive may wait, and only where it is told to.

use std::io::{self, IoSlice};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, RawFd};

use socket2::{SockAddr, SockAddrStorage};

use super::blocking::Waits;
use super::control::{self, Fitted, SCM_PIDFD, SCM_RIGHTS, Send as Sending, level};
use super::rights::{Lent, Passed};
use super::transfer::{buffer, receive_flags, retry, send_flags};
use super::{Socket, errno};
use crate::address::Address;
use crate::message::{Credentials, Inet6PacketInfo, InetPacketInfo, Message};
use crate::permissions::op::{Connect, Send, SetOption, Source};
use crate::permissions::{Permit, Target};

/// Room for all the control messages that one call can bring: 253 descriptors, a security label, the extension headers
/// of IPv6 (2 KiB each) and what else there is.
const ROOM: usize = 16 * 1024;
const HEADER: usize = size_of::<Header>();
const ALIGN: usize = align_of::<Header>();

/// `struct cmsghdr` as the kernel has it; C libraries differ in what they call its parts.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Header {
    /// With the header, without padding behind the data.
    length: usize,
    level: i32,
    kind: i32,
}

/// Control messages to send, laid out for the kernel. What needs a grant gets in with its permit only.
#[derive(Debug, Default)]
pub(crate) struct Control<'a> {
    bytes: Vec<u8>,
    /// Whether descriptors are among them, which have to stay open.
    lends: bool,
    lent: PhantomData<&'a Socket>,
}

impl<'a> Control<'a> {
    /// One that needs no grant; `EINVAL` for any other.
    pub(crate) fn plain(&mut self, message: &Message) -> io::Result<()> {
        let low = matches!(message, Message::Priority(0..=6));
        self.encoded(message, |sending, _| sending == Sending::Plain || (sending == Sending::Ranked && low))
    }

    /// One that an `option` grant is for. What leads elsewhere in it was judged.
    pub(crate) fn granted(&mut self, message: &Message, permit: &Permit<SetOption>) -> io::Result<()> {
        let is_granted = |sending| matches!(sending, Sending::Granted | Sending::Ranked | Sending::Header(_));
        self.encoded(message, |sending, name| is_granted(sending) && permit.target() == name)
    }

    /// The source of an IPv4 datagram.
    pub(crate) fn inet_source(&mut self, permit: &Permit<Source>, interface: u32) -> io::Result<()> {
        let (local, destination) = (inet_of(permit.target())?, std::net::Ipv4Addr::UNSPECIFIED);
        let info = InetPacketInfo { interface, local, destination };
        self.encoded(&Message::InetPacketInfo(info), |sending, _| sending == Sending::Source)
    }

    /// The source of an IPv6 datagram.
    pub(crate) fn inet6_source(&mut self, permit: &Permit<Source>, interface: u32) -> io::Result<()> {
        let address = match permit.target() {
            Target::Inet(address) => match address.ip() {
                std::net::IpAddr::V6(ip) => ip,
                std::net::IpAddr::V4(ip) => ip.to_ipv6_mapped(),
            },
            _ => return Err(errno::from_linux(errno::EINVAL)),
        };
        let info = Inet6PacketInfo { address, interface };
        self.encoded(&Message::Inet6PacketInfo(info), |sending, _| sending == Sending::Source)
    }

    /// Who the host is.
    pub(crate) fn credentials(&mut self) -> io::Result<()> {
        // SAFETY: these take nothing, and can't fail.
        let (pid, uid, gid) = unsafe { (libc::getpid(), libc::getuid(), libc::getgid()) };
        self.encoded(&Message::Credentials(Credentials { pid, uid, gid }), |sending, _| sending == Sending::Own)
    }

    /// Descriptors.
    pub(crate) fn rights(&mut self, lent: &[Lent<'a>]) -> io::Result<()> {
        for one in lent {
            one.unblock()?;
        }
        self.lends = true;
        let numbers: Vec<u8> = lent.iter().flat_map(|one| one.as_raw_fd().to_ne_bytes()).collect();
        self.push(level::SOL_SOCKET, SCM_RIGHTS, &numbers);
        Ok(())
    }

    /// The same, for as long as one likes; none where descriptors are lent.
    pub(crate) fn own(&self) -> Option<Control<'static>> {
        (!self.lends).then(|| Control { bytes: self.bytes.clone(), lends: false, lent: PhantomData })
    }

    /// How many bytes they take.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    fn encoded(&mut self, message: &Message, fits: impl FnOnce(Sending, &str) -> bool) -> io::Result<()> {
        match control::encode(message) {
            Some((row, data)) if fits(row.send, row.name) => {
                self.push(row.level, row.kind, &data);
                Ok(())
            }
            _ => Err(errno::from_linux(errno::EINVAL)),
        }
    }

    fn push(&mut self, level: i32, kind: i32, data: &[u8]) {
        self.bytes.extend_from_slice(&(HEADER + data.len()).to_ne_bytes());
        self.bytes.extend_from_slice(&level.to_ne_bytes());
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(data);
        self.bytes.resize(self.bytes.len().next_multiple_of(ALIGN), 0);
    }

    /// The bytes where headers are aligned as they must be.
    pub(super) fn aligned(&self) -> Vec<u64> {
        let words = self.bytes.as_chunks::<8>().0;
        words.iter().copied().map(u64::from_ne_bytes).collect()
    }
}

fn inet_of(target: &Target) -> io::Result<std::net::Ipv4Addr> {
    match target {
        Target::Inet(std::net::SocketAddr::V4(address)) => Ok(*address.ip()),
        _ => Err(errno::from_linux(errno::EINVAL)),
    }
}

/// What one call sends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parcel<'a> {
    pub(crate) buffers: &'a [IoSlice<'a>],
    pub(crate) control: &'a Control<'a>,
}

/// Sends to the peer.
pub(crate) fn send(socket: &Socket, parcel: Parcel<'_>, flags: i32) -> io::Result<usize> {
    sendmsg(socket, parcel, flags, None)
}

/// Sends to the address that was judged.
pub(crate) fn send_to(socket: &Socket, parcel: Parcel<'_>, flags: i32, permit: &Permit<Send>) -> io::Result<usize> {
    socket.with_destination(permit.target(), |address| sendmsg(socket, parcel, flags, Some(address)))
}

/// Connects and sends at once (TCP Fast Open, RFC 7413).
pub(crate) fn send_connecting(
    socket: &Socket,
    parcel: Parcel<'_>,
    flags: i32,
    permit: &Permit<Connect>,
) -> io::Result<usize> {
    let flags = flags | libc::MSG_FASTOPEN;
    socket.with_destination(permit.target(), |address| sendmsg(socket, parcel, flags, Some(address)))
}

fn sendmsg(socket: &Socket, parcel: Parcel<'_>, flags: i32, address: Option<&SockAddr>) -> io::Result<usize> {
    let mut control = parcel.control.aligned();
    // SAFETY: all fields are integers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    if let Some(address) = address {
        message.msg_name = address.as_ptr().cast_mut().cast();
        message.msg_namelen = address.len();
    }
    // An `IoSlice` is a `struct iovec`, which the standard library promises.
    message.msg_iov = parcel.buffers.as_ptr().cast_mut().cast();
    message.msg_iovlen = parcel.buffers.len() as _;
    if !control.is_empty() {
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = (control.len() * size_of::<u64>()) as _;
    }
    retry(|| {
        // SAFETY: the kernel only reads what the header points to, which lives until the call has returned, and whose
        // lengths are those that it says.
        match unsafe { libc::sendmsg(socket.raw_fd(), &message, flags | send_flags(socket)) } {
            -1 => Err(io::Error::last_os_error()),
            sent => Ok(sent.unsigned_abs()),
        }
    })
}

/// What one call brought.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) data: Vec<u8>,
    /// All control messages: nothing was cut.
    pub(crate) control: Vec<Fitted<Passed>>,
    /// `MSG_*`, as the kernel says them.
    pub(crate) flags: i32,
    pub(crate) from: Option<Address>,
}

/// Receives up to `size` bytes, with every control message that comes.
pub(crate) fn receive(socket: &Socket, size: usize, flags: i32, waits: Waits) -> io::Result<Received> {
    let mut data = buffer(size, flags);
    data.clear();
    let mut control = [MaybeUninit::<u64>::uninit(); ROOM / size_of::<u64>()];
    let mut name = SockAddrStorage::zeroed();
    // SAFETY: all fields are integers and pointers, for which zero is a value.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    let mut buffers = libc::iovec { iov_base: data.as_mut_ptr().cast(), iov_len: size };
    let received = retry(|| {
        message.msg_name = (&raw mut name).cast();
        message.msg_namelen = name.size_of();
        message.msg_iov = &raw mut buffers;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = ROOM as _;
        // SAFETY: each pointer has the room that the length beside it says; `data` has `size` bytes to spare.
        match unsafe { libc::recvmsg(socket.raw_fd(), &mut message, flags | receive_flags(socket, waits)) } {
            -1 => Err(io::Error::last_os_error()),
            received => Ok(received.unsigned_abs()),
        }
    })?;
    // SAFETY: recvmsg(2) has written that many bytes, or `buffer` has; with MSG_TRUNC it may report more than fit.
    unsafe { data.set_len(received.min(size)) };
    // SAFETY: the kernel has just filled that much of it, and nobody else looks at the descriptors.
    let control = unsafe { parse(control.as_ptr().cast(), (message.msg_controllen as usize).min(ROOM)) };
    // SAFETY: the storage was zeroed, and the kernel has written an address of that length.
    let from = unsafe { SockAddr::new(name, message.msg_namelen) };
    Ok(Received { data, control, flags: message.msg_flags, from: socket.parse(&from)? })
}

/// The messages among control data of any bytes, none of which may name rights: numbers that nobody has made descriptors of.
#[cfg(any(test, fuzzing))]
pub(super) fn parse_without_descriptors(control: &[u8]) -> Vec<Fitted<Passed>> {
    let names_some = |at: usize| control.get(at..at + 4).is_some_and(|level| *level == level::SOL_SOCKET.to_ne_bytes());
    assert!(!(8..control.len()).step_by(ALIGN).any(names_some), "no header of that level");
    // SAFETY: it is so long, and no descriptors are in it.
    unsafe { parse(control.as_ptr(), control.len()) }
}

/// The messages among control data.
///
/// # Safety
///
/// `control` must point to `length` bytes of control data from a recvmsg(2) that just returned, and be parsed once: the
/// descriptors that they name are owned from here on.
unsafe fn parse(control: *const u8, length: usize) -> Vec<Fitted<Passed>> {
    let mut messages = Vec::new();
    let mut at = 0;
    while length.saturating_sub(at) >= HEADER {
        // SAFETY: a header lies within the data, and the kernel has written it.
        let header = unsafe { control.add(at).cast::<Header>().read_unaligned() };
        let end = at.saturating_add(header.length).min(length);
        let first = at + HEADER;
        if end < first {
            break;
        }
        // SAFETY: within the data; the kernel has written as much of it as the header says.
        let data = unsafe { std::slice::from_raw_parts(control.add(first), end - first) };
        match (header.level, header.kind) {
            (level::SOL_SOCKET, kind @ (SCM_RIGHTS | SCM_PIDFD)) => {
                let numbers = data.as_chunks::<{ size_of::<RawFd>() }>().0.iter().copied().map(RawFd::from_ne_bytes);
                // SAFETY: each was installed for this process by that call, and is nobody else's.
                let taken = numbers.filter(|number| *number >= 0).map(|number| unsafe { Passed::take(number) });
                let taken: Vec<Passed> = taken.collect();
                // A process's descriptor isn't for a guest: dropped, and so closed.
                if kind == SCM_RIGHTS {
                    messages.push(Fitted::Rights(taken));
                }
            }
            (level, kind) => messages.push(Fitted::Data { level, kind, data: data.to_vec(), whole: true }),
        }
        at = end.next_multiple_of(ALIGN);
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_data_are_laid_out_as_cmsg_says() {
        let mut control = Control::default();
        control.plain(&Message::Ttl(7)).expect("it needs no grant");
        control.plain(&Message::TypeOfService(1)).expect("it needs no grant");
        let bytes: Vec<u8> = control.aligned().iter().flat_map(|word| word.to_ne_bytes()).collect();
        // SAFETY: takes a number.
        let space = |length: u32| unsafe { libc::CMSG_SPACE(length) } as usize;
        assert_eq!(bytes.len(), space(4) + space(1), "each takes its CMSG_SPACE");
        assert_eq!(bytes[..8], 20usize.to_ne_bytes(), "CMSG_LEN(4)");
        assert_eq!(bytes[16..20], 7i32.to_ne_bytes());
        // SAFETY: the data are whole, and have no descriptors.
        let parsed = unsafe { parse(bytes.as_ptr(), bytes.len()) };
        assert_eq!(parsed.len(), 2, "and are read back");
    }

    #[test]
    fn what_needs_a_grant_is_not_plain() {
        let mut control = Control::default();
        for message in [Message::Mark(1), Message::HopOptions(vec![0; 8]), Message::RoutingHeader(vec![0; 24])] {
            control.plain(&message).expect_err("it needs a permit");
        }
        let info = InetPacketInfo {
            interface: 0,
            local: std::net::Ipv4Addr::LOCALHOST,
            destination: std::net::Ipv4Addr::UNSPECIFIED,
        };
        control.plain(&Message::InetPacketInfo(info)).expect_err("a source is bound to");
        assert!(control.bytes.is_empty());
    }

    /// What recvmsg(2) itself brings into so much room: level, type and length of each message, and its flags.
    fn natively(socket: &Socket, room: usize) -> (Vec<(i32, i32, usize)>, i32) {
        let (mut data, mut control) = ([0u8; 8], [0u64; 64]);
        let mut buffers = libc::iovec { iov_base: data.as_mut_ptr().cast(), iov_len: data.len() };
        // SAFETY: all fields are integers and pointers, for which zero is a value.
        let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
        message.msg_iov = &raw mut buffers;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = room as _;
        // SAFETY: each pointer has the room that the length beside it says.
        let received = unsafe { libc::recvmsg(socket.raw_fd(), &mut message, receive_flags(socket, Waits::Not)) };
        assert_eq!(received, 1, "{}", io::Error::last_os_error());
        // SAFETY: the kernel has just filled it.
        let all = unsafe { parse(control.as_ptr().cast(), message.msg_controllen as usize) };
        (all.iter().map(shape).collect(), message.msg_flags & !libc::MSG_CMSG_CLOEXEC)
    }

    fn shape(message: &Fitted<Passed>) -> (i32, i32, usize) {
        match message {
            Fitted::Rights(passed) => (level::SOL_SOCKET, SCM_RIGHTS, passed.len()),
            Fitted::Data { level, kind, data, .. } => (*level, *kind, data.len()),
        }
    }

    #[test]
    fn messages_are_cut_in_every_room_as_by_the_kernel() {
        let (one, other) = Socket::pair(libc::AF_UNIX, libc::SOCK_SEQPACKET, 0).expect("a pair");
        one.take_rights();
        super::super::options::set(&one, libc::SOL_SOCKET, libc::SO_PASSCRED, &1i32.to_ne_bytes()).expect("an option");
        let mut control = Control::default();
        control.rights(&[Lent::Socket(&one), Lent::Socket(&other), Lent::Socket(&one)]).expect("they are open");
        let buffers = [IoSlice::new(b"x")];
        for room in 0..=100 {
            for _ in 0..2 {
                send(&other, Parcel { buffers: &buffers, control: &control }, 0).expect("room");
            }
            let natively = natively(&one, room);
            let received = receive(&one, 8, 0, Waits::Not).expect("it came");
            let (kept, cut) = control::fit(received.control, room);
            let kept: Vec<_> = kept.iter().map(shape).collect();
            let flags = received.flags & !libc::MSG_CMSG_CLOEXEC;
            let flags = if cut { flags | libc::MSG_CTRUNC } else { flags };
            assert_eq!((kept, flags), natively, "in {room} bytes");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_control_data_are_read_without_panic(mut bytes: Vec<u8>, length in 0usize..200) {
            if let Some(first) = bytes.first_chunk_mut::<8>() {
                *first = length.to_ne_bytes();
            }
            // Random numbers may not be taken for descriptors, which would be closed.
            let names_some = |at: usize| bytes.get(at..at + 4).is_some_and(|level| *level == 1i32.to_ne_bytes());
            if (8..bytes.len()).step_by(8).any(names_some) {
                return Ok(());
            }
            let parsed = parse_without_descriptors(&bytes);
            let read: usize = parsed.iter().map(|message| HEADER + shape(message).2).sum();
            proptest::prop_assert!(read <= bytes.len());
        }
    }

    #[test]
    fn broken_control_data_end_the_reading() {
        for bytes in [vec![0u8; 16], vec![0xff; 16], vec![0xff; 40], vec![1; 15], Vec::new()] {
            // SAFETY: the data name no descriptors: neither level nor type is that of rights.
            drop(unsafe { parse(bytes.as_ptr(), bytes.len()) });
        }
    }
}
