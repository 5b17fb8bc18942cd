//! The kernel's cryptography: `AF_ALG`.

/// `AF_ALG`: address family.
pub const AF_ALG: i32 = 38;
/// `ALG_OP_DECRYPT`: `AF_ALG`.
pub const ALG_OP_DECRYPT: i32 = 0;
/// `ALG_OP_ENCRYPT`: `AF_ALG`.
pub const ALG_OP_ENCRYPT: i32 = 1;
/// `ALG_OP_SIGN`: `AF_ALG`.
pub const ALG_OP_SIGN: i32 = 2;
/// `ALG_OP_VERIFY`: `AF_ALG`.
pub const ALG_OP_VERIFY: i32 = 3;
/// `ALG_SET_AEAD_ASSOCLEN`: control message of level `SOL_ALG`, `u32`.
pub const ALG_SET_AEAD_ASSOCLEN: i32 = 4;
/// `ALG_SET_AEAD_AUTHSIZE`: level `SOL_ALG`, `optlen carries the size: setsockopt(SOL_ALG, ALG_SET_AEAD_AUTHSIZE, None, n)`.
pub const ALG_SET_AEAD_AUTHSIZE: i32 = 5;
/// `ALG_SET_IV`: control message of level `SOL_ALG`, `struct af_alg_iv{u32 ivlen;u8 iv[]}`.
pub const ALG_SET_IV: i32 = 2;
/// `ALG_SET_KEY`: level `SOL_ALG`, `bytes (raw key)`.
pub const ALG_SET_KEY: i32 = 1;
/// `ALG_SET_OP`: control message of level `SOL_ALG`, `u32 (ALG_OP_*)`.
pub const ALG_SET_OP: i32 = 3;
/// `ALG_SET_PUBKEY`: level `SOL_ALG`, `bytes (DER public key)?`.
pub const ALG_SET_PUBKEY: i32 = 6;
/// `SOL_ALG`: option level.
pub const SOL_ALG: i32 = 279;
