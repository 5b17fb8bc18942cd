//! `struct sockaddr_alg` (linux/if_alg.h): family, a type of 14 bytes, features, mask, a name of 64. The kernel takes
//! it, and never gives one.

use std::io;

use socket2::SockAddr;

use super::bytes::Writer;
use crate::address::AlgAddress;

pub(super) fn write(address: &AlgAddress) -> io::Result<SockAddr> {
    Writer::new(libc::AF_ALG)
        .padded(&address.kind, 14)
        .bytes(address.features.to_ne_bytes())
        .bytes(address.mask.to_ne_bytes())
        .padded(&address.name, 64)
        .address()
}
