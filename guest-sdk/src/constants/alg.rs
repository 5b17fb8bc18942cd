//! The kernel's cryptography: `AF_ALG`.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Operation: decrypt.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_OP_DECRYPT: i32 = 0;

/// Operation: encrypt.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_OP_ENCRYPT: i32 = 1;

/// Operation: sign.
///
/// Refused with `EINVAL`: Linux never had it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_OP_SIGN: i32 = 2;

/// Operation: verify.
///
/// Refused with `EINVAL`: Linux never had it.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_OP_VERIFY: i32 = 3;

/// How much of the data is authenticated only.
///
/// A control message of level `SOL_ALG`: `u32`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_SET_AEAD_ASSOCLEN: i32 = 4;

/// Length of the authentication tag.
///
/// An option of level `SOL_ALG`, to be set: `optlen carries the size: setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, None, n)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_SET_AEAD_AUTHSIZE: i32 = 5;

/// What random numbers come from, for tests of the generator.
///
/// An option of level `SOL_ALG`, to be set: `bytes`. Needs the grant `option ALG_SET_DRBG_ENTROPY`. Of kernels that
/// are built to be tested (CONFIG_CRYPTO_USER_API_RNG_CAVP).
///
/// On Linux; Python has no name for it.
pub const ALG_SET_DRBG_ENTROPY: i32 = 6;

/// The initialisation vector.
///
/// A control message of level `SOL_ALG`: `struct af_alg_iv{u32 ivlen;u8 iv[]}`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_SET_IV: i32 = 2;

/// The key.
///
/// An option of level `SOL_ALG`, to be set: `raw key`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_SET_KEY: i32 = 1;

/// The key, by its number in the host's keyrings.
///
/// An option of level `SOL_ALG`, to be set: `int (a serial number)`. Refused with `EPERM`: the key would be one of
/// the host's own keyrings.
///
/// On Linux; Python has no name for it.
pub const ALG_SET_KEY_BY_KEY_SERIAL: i32 = 7;

/// Which operation.
///
/// A control message of level `SOL_ALG`: `u32 (ALG_OP_*)`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_SET_OP: i32 = 3;

/// The public key.
///
/// Refused with `EACCES`: Linux never had it, and has `ALG_SET_DRBG_ENTROPY` by its number.
///
/// On Linux; in Python since 3.6 or earlier.
pub const ALG_SET_PUBKEY: i32 = 6;

/// Options and messages of `AF_ALG`.
///
/// On Linux; in Python since 3.6 or earlier.
pub const SOL_ALG: i32 = 279;
