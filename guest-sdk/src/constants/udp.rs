//! Options of UDP and UDP-Lite.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// How much of a datagram received the checksum must cover.
///
/// An option of level `IPPROTO_UDPLITE`: `int (minimum coverage)`.
///
/// On Linux, FreeBSD and OpenBSD; in Python since 3.9.
pub const UDPLITE_RECV_CSCOV: i32 = 11;

/// How much of a datagram sent the checksum covers.
///
/// An option of level `IPPROTO_UDPLITE`: `int (bytes covered; 0=all, 1..7 raised to 8)`.
///
/// On Linux, FreeBSD and OpenBSD; in Python since 3.9.
pub const UDPLITE_SEND_CSCOV: i32 = 10;

/// Hand the socket's datagrams to IPsec or L2TP.
///
/// An option of level `IPPROTO_UDP`: `int`. Refused with `ENOPROTOOPT`: it hands the socket's datagrams to the
/// kernel's own protocols.
///
/// On Linux; Python has no name for it.
pub const UDP_ENCAP: i32 = 100;

/// Put datagrams together on receipt.
///
/// An option of level `IPPROTO_UDP`: `bool`. A control message of level `IPPROTO_UDP`: `int 4B`.
///
/// On Linux; Python has no name for it.
pub const UDP_GRO: i32 = 104;

/// Cut what is sent into datagrams of that many bytes.
///
/// An option of level `IPPROTO_UDP`: `int, 0 to 65535`. A control message of level `IPPROTO_UDP`: `u16 2B`.
///
/// On Linux; Python has no name for it.
pub const UDP_SEGMENT: i32 = 103;
