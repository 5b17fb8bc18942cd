//! Options of the kernel's cryptography: the numbers are those of linux/if_alg.h.

use super::row::Layout::Key;
use super::row::Rule::Kernel;
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    ALG_SET_KEY:               SOL_ALG 1 Key, Set Plain   Kernel;
    // The length of the value is what counts.
    ALG_SET_AEAD_AUTHSIZE:     SOL_ALG 5 Key, Set Plain   Kernel;
    // What a generator's numbers come from, for tests of it: the kernel takes a capability for it. Python has another
    // name for this number, `ALG_SET_PUBKEY`, which never came to Linux.
    ALG_SET_DRBG_ENTROPY:      SOL_ALG 6 Key, Set Granted Kernel;

    => refused:
    ALG_SET_KEY_BY_KEY_SERIAL: SOL_ALG 7 EPERM "the key would be one of the host's own keyrings, keyrings(7)";
};
