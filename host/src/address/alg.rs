//! `AF_ALG` addresses.

use std::fmt;

/// An algorithm of the kernel's ([userspace-if](https://docs.kernel.org/crypto/userspace-if.html)).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AlgAddress {
    /// `hash`, `skcipher`, `aead`, `rng`; 13 bytes at most.
    pub(crate) kind: Vec<u8>,
    /// `cbc(aes)`; 63 bytes at most.
    pub(crate) name: Vec<u8>,
    pub(crate) features: u32,
    pub(crate) mask: u32,
}

impl AlgAddress {
    /// Whether it is of a type that there is.
    pub(crate) fn has_type(&self) -> bool {
        [&b"hash"[..], b"skcipher", b"aead", b"rng"].contains(&self.kind.as_slice())
    }
}

impl fmt::Display for AlgAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.escape_ascii(), self.name.escape_ascii())
    }
}
