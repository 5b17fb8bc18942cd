//! Many datagrams in one call: wallsocket's own, Python has no such thing.

use super::Socket;
use super::transfer::size;
use crate::address::{Address, ToAddress};
use crate::bindings::wallsocket::socket::transfer as raw;
use crate::bindings::wallsocket::socket::types::SocketAddress;
use crate::error::{Error, Result};

/// How many datagrams one call moves at most.
const MOST: usize = 1024;
/// How far back an address is looked for among those of the same call.
const LOOK_BACK: usize = 16;

/// Datagrams that were received in one call of [`Socket::receive_datagrams`].
///
/// ```no_run
/// # let sock = wallsocket::socket(wallsocket::AF_INET, wallsocket::SOCK_DGRAM, 0)?;
/// for (data, sender) in &sock.receive_datagrams(64, 1500, 0)? {
///     println!("{} bytes from {sender}", data.len());
/// }
/// # Ok::<(), wallsocket::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Datagrams {
    data: Vec<u8>,
    lengths: Vec<u32>,
    senders: Vec<u32>,
    /// The senders, and at the end who is none.
    addresses: Vec<Address>,
}

impl Datagrams {
    fn new(received: raw::Datagrams) -> Datagrams {
        let raw::Datagrams { data, lengths, addresses, senders } = received;
        let addresses = addresses.into_iter().map(Address::from).chain([Address::Unspecified]).collect();
        Datagrams { data, lengths, senders, addresses }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Each with its sender, in the order in which they came. Who has no address is [`Address::Unspecified`].
    pub fn iter(&self) -> DatagramsIter<'_> {
        DatagramsIter { rest: &self.data, lengths: self.lengths.iter(), senders: self.senders.iter(), all: self }
    }
}

impl<'a> IntoIterator for &'a Datagrams {
    type Item = (&'a [u8], &'a Address);
    type IntoIter = DatagramsIter<'a>;

    fn into_iter(self) -> DatagramsIter<'a> {
        self.iter()
    }
}

/// The datagrams of [`Datagrams`], one by one.
#[derive(Debug, Clone)]
pub struct DatagramsIter<'a> {
    rest: &'a [u8],
    lengths: std::slice::Iter<'a, u32>,
    senders: std::slice::Iter<'a, u32>,
    all: &'a Datagrams,
}

impl<'a> Iterator for DatagramsIter<'a> {
    type Item = (&'a [u8], &'a Address);

    fn next(&mut self) -> Option<(&'a [u8], &'a Address)> {
        let (length, sender) = (*self.lengths.next()? as usize, *self.senders.next()? as usize);
        let (data, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        let addresses = &self.all.addresses;
        Some((data, addresses.get(sender).or(addresses.last())?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lengths.size_hint()
    }
}

impl ExactSizeIterator for DatagramsIter<'_> {}

/// Datagrams as they cross to the host: their bytes end to end, and each address once.
#[derive(Default)]
struct Batch {
    data: Vec<u8>,
    lengths: Vec<u32>,
    addresses: Vec<SocketAddress>,
    destinations: Vec<u32>,
    to_peer: usize,
    /// The address before, and its place.
    last: Option<(Address, u32)>,
}

impl Batch {
    fn push(&mut self, data: &[u8], address: Address) -> Result<()> {
        let length = u32::try_from(data.len()).map_err(|_| Error::Os(crate::errno::EMSGSIZE))?;
        self.data.extend_from_slice(data);
        self.lengths.push(length);
        if address == Address::Unspecified {
            self.to_peer += 1;
            return Ok(());
        }
        if let Some((last, place)) = &self.last
            && *last == address
        {
            self.destinations.push(*place);
            return Ok(());
        }
        let given = address.clone();
        let address = SocketAddress::from(address);
        let recent = self.addresses.iter().enumerate().rev().take(LOOK_BACK);
        let place = match recent.into_iter().find(|(_, known)| **known == address) {
            Some((place, _)) => place,
            None => {
                self.addresses.push(address);
                self.addresses.len() - 1
            }
        };
        // At most MOST of them.
        self.destinations.push(place as u32);
        self.last = Some((given, place as u32));
        Ok(())
    }
}

impl Socket {
    /// Sends many datagrams in one call, in order, each to an address or ([`Address::Unspecified`]) to the
    /// peer, and returns how many went, 1,024 at most. It waits only for the first; a later one that fails ends the
    /// call, and the next call meets its error. Datagrams of one size to one address in a row cost the least: the
    /// system takes them through its stack together (`UDP_SEGMENT`, udp(7)). Python has no counterpart.
    ///
    /// ```no_run
    /// # let sock = wallsocket::socket(wallsocket::AF_INET, wallsocket::SOCK_DGRAM, 0)?;
    /// let batch: Vec<_> = (0..100u8).map(|number| ([number; 64], ("192.0.2.1", 9))).collect();
    /// let mut rest = batch.as_slice();
    /// while !rest.is_empty() {
    ///     rest = &rest[sock.send_datagrams(rest, 0)?..];
    /// }
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sendto_flags`](Socket::sendto_flags), of the first datagram; `EINVAL` (a stream); [`Error::Value`] of any
    /// address, or where some have an address and others go to the peer.
    pub fn send_datagrams<D: AsRef<[u8]>, A: ToAddress>(&self, datagrams: &[(D, A)], flags: i32) -> Result<usize> {
        let mut batch = Batch::default();
        let datagrams = &datagrams[..datagrams.len().min(MOST)];
        batch.lengths.reserve(datagrams.len());
        batch.destinations.reserve(datagrams.len());
        batch.data.reserve(datagrams.iter().map(|(data, _)| data.as_ref().len()).sum());
        for (data, address) in datagrams {
            batch.push(data.as_ref(), address.to_address(self.shared.family)?)?;
        }
        if batch.to_peer != 0 && !batch.addresses.is_empty() {
            return Err(Error::value("a batch goes to the peer or to addresses, not to both"));
        }
        if batch.addresses.len() == 1 {
            batch.destinations.clear();
        }
        let Batch { data, lengths, addresses, destinations, .. } = batch;
        let addresses: Vec<&SocketAddress> = addresses.iter().collect();
        let send = |handle: &_| raw::send_datagrams(handle, &data, &lengths, &addresses, &destinations, flags);
        Ok(self.call(send)? as usize)
    }

    /// Receives up to `count` datagrams of up to `bufsize` bytes each in one call: it waits for the first,
    /// and takes what else is there: 1,024 datagrams at most, and no more than 128 KiB divided by `bufsize`. Where
    /// [`UDP_GRO`](crate::UDP_GRO) is set, a call brings what the kernel has joined, up to 64 KiB from one sender, which
    /// can be more than `count`, and costs a fraction; a plain `recv` gets them joined then. Python has no counterpart.
    ///
    /// # Errors
    ///
    /// As [`recv_flags`](Socket::recv_flags), of the first datagram; `EINVAL` for a count of 0, a stream, and the flags
    /// `MSG_PEEK` and `MSG_TRUNC`.
    pub fn receive_datagrams(&self, count: usize, bufsize: usize, flags: i32) -> Result<Datagrams> {
        let received = self.call(|handle| raw::receive_datagrams(handle, size(count), size(bufsize), flags))?;
        Ok(Datagrams::new(received))
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    fn address(port: u16) -> Address {
        SocketAddr::from(([127, 0, 0, 1], port)).into()
    }

    #[test]
    fn each_address_crosses_once() {
        let mut batch = Batch::default();
        for port in [1, 2, 1, 1, 3] {
            batch.push(b"xy", address(port)).unwrap();
        }
        assert_eq!((batch.data.len(), batch.addresses.len()), (10, 3));
        assert_eq!((batch.lengths, batch.destinations), (vec![2; 5], vec![0, 1, 0, 0, 2]));
    }

    #[test]
    fn datagrams_are_told_apart_and_come_with_their_sender() {
        let received = raw::Datagrams {
            data: b"abcde".to_vec(),
            lengths: vec![2, 0, 3],
            addresses: vec![SocketAddress::from(address(9))],
            senders: vec![0, 0, u32::MAX],
        };
        let datagrams = Datagrams::new(received);
        let all: Vec<_> = datagrams.iter().collect();
        assert_eq!(all, [(&b"ab"[..], &address(9)), (b"", &address(9)), (b"cde", &Address::Unspecified)]);
        assert_eq!((datagrams.len(), datagrams.iter().len(), datagrams.is_empty()), (3, 3, false));
    }
}
