//! The kernel's cryptography: judged by kind and name of the algorithm, when a socket is bound to it.

use super::Holder;
use crate::address::AlgAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::Verb;
use crate::permissions::permit::Target;

impl Holder {
    /// May it use that algorithm?
    pub(super) fn alg(&self, at: &AlgAddress) -> Result<(Target, Basis), Denial> {
        let verb = match at.kind.as_slice() {
            b"hash" => Verb::AlgHash,
            b"skcipher" => Verb::AlgSkcipher,
            b"aead" => Verb::AlgAead,
            b"rng" => Verb::AlgRng,
            other => {
                return Err(Denial::fixed(format!(
                    "no grant is about algorithms of the type `{}`",
                    other.escape_ascii()
                )));
            }
        };
        // A name that no line can hold isn't mistaken for another: U+FFFD is in none.
        let by = self.word(verb, Some(&String::from_utf8_lossy(&at.name)))?;
        Ok((Target::Alg(at.clone()), by))
    }
}
