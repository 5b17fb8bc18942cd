//! Flags and errors of name look-ups.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// Only families that this machine has addresses of.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AI_ADDRCONFIG: i32 = 32;

/// With `AI_V4MAPPED`: IPv6 addresses and mapped IPv4 ones.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.6 or earlier.
pub const AI_ALL: i32 = 16;

/// Tell the host's canonical name.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AI_CANONNAME: i32 = 2;

/// The host is an address: look nothing up.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AI_NUMERICHOST: i32 = 4;

/// The service is a number: look nothing up.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AI_NUMERICSERV: i32 = 1024;

/// For bind: without a host, the wildcard address.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const AI_PASSIVE: i32 = 1;

/// For `AF_INET6`: IPv4 addresses mapped, where there are no others.
///
/// A flag of [`getaddrinfo`](crate::getaddrinfo_with).
///
/// On Linux, Windows, macOS and FreeBSD; in Python since 3.6 or earlier.
pub const AI_V4MAPPED: i32 = 8;

/// The host has no address of that family.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_ADDRFAMILY: i32 = -9;

/// No answer for now.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_AGAIN: i32 = -3;

/// Bad flags.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_BADFLAGS: i32 = -1;

/// The name server failed.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_FAIL: i32 = -4;

/// The family isn't supported.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_FAMILY: i32 = -6;

/// Out of memory.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_MEMORY: i32 = -10;

/// The host has no addresses.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_NODATA: i32 = -5;

/// No such host or service.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_NONAME: i32 = -2;

/// The name is too long for its buffer.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_OVERFLOW: i32 = -12;

/// The service isn't known for that type of socket.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_SERVICE: i32 = -8;

/// The type of socket isn't supported.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const EAI_SOCKTYPE: i32 = -7;

/// An error of the system, in errno.
///
/// An error of a look-up, [`Error::GaiError`](crate::Error::GaiError). Comes as the error of the system that it
/// stands for, as in Python.
///
/// On Linux, macOS, FreeBSD, NetBSD and OpenBSD; in Python since 3.6 or earlier.
pub const EAI_SYSTEM: i32 = -11;

/// The service is UDP's.
///
/// A flag of [`getnameinfo`](crate::getnameinfo).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_DGRAM: i32 = 16;

/// Translate internationalised names.
///
/// A flag of [`getnameinfo`](crate::getnameinfo). Of glibc.
///
/// On Linux; in Python since 3.13.
pub const NI_IDN: i32 = 32;

/// Size that a C buffer for any host name has.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_MAXHOST: i32 = 1025;

/// Size that a C buffer for any service name has.
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_MAXSERV: i32 = 32;

/// Without a name it is an error.
///
/// A flag of [`getnameinfo`](crate::getnameinfo).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_NAMEREQD: i32 = 8;

/// Leave out the domain of local hosts.
///
/// A flag of [`getnameinfo`](crate::getnameinfo).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_NOFQDN: i32 = 4;

/// The host as an address.
///
/// A flag of [`getnameinfo`](crate::getnameinfo).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_NUMERICHOST: i32 = 1;

/// The service as a number.
///
/// A flag of [`getnameinfo`](crate::getnameinfo).
///
/// Everywhere; in Python since 3.6 or earlier.
pub const NI_NUMERICSERV: i32 = 2;
