//! Flags and errors of name look-ups.

/// `AI_ADDRCONFIG`: flag of `getaddrinfo`.
pub const AI_ADDRCONFIG: i32 = 32;
/// `AI_ALL`: flag of `getaddrinfo`.
pub const AI_ALL: i32 = 16;
/// `AI_CANONNAME`: flag of `getaddrinfo`.
pub const AI_CANONNAME: i32 = 2;
/// `AI_NUMERICHOST`: flag of `getaddrinfo`.
pub const AI_NUMERICHOST: i32 = 4;
/// `AI_NUMERICSERV`: flag of `getaddrinfo`.
pub const AI_NUMERICSERV: i32 = 1024;
/// `AI_PASSIVE`: flag of `getaddrinfo`.
pub const AI_PASSIVE: i32 = 1;
/// `AI_V4MAPPED`: flag of `getaddrinfo`.
pub const AI_V4MAPPED: i32 = 8;

/// `EAI_ADDRFAMILY`: error of `getaddrinfo`.
pub const EAI_ADDRFAMILY: i32 = -9;
/// `EAI_AGAIN`: error of `getaddrinfo`.
pub const EAI_AGAIN: i32 = -3;
/// `EAI_BADFLAGS`: error of `getaddrinfo`.
pub const EAI_BADFLAGS: i32 = -1;
/// `EAI_FAIL`: error of `getaddrinfo`.
pub const EAI_FAIL: i32 = -4;
/// `EAI_FAMILY`: error of `getaddrinfo`.
pub const EAI_FAMILY: i32 = -6;
/// `EAI_MEMORY`: error of `getaddrinfo`.
pub const EAI_MEMORY: i32 = -10;
/// `EAI_NODATA`: error of `getaddrinfo`.
pub const EAI_NODATA: i32 = -5;
/// `EAI_NONAME`: error of `getaddrinfo`.
pub const EAI_NONAME: i32 = -2;
/// `EAI_OVERFLOW`: error of `getaddrinfo`.
pub const EAI_OVERFLOW: i32 = -12;
/// `EAI_SERVICE`: error of `getaddrinfo`.
pub const EAI_SERVICE: i32 = -8;
/// `EAI_SOCKTYPE`: error of `getaddrinfo`.
pub const EAI_SOCKTYPE: i32 = -7;
/// `EAI_SYSTEM`: error of `getaddrinfo`.
pub const EAI_SYSTEM: i32 = -11;

/// `NI_DGRAM`: flag of `getnameinfo`.
pub const NI_DGRAM: i32 = 16;
/// `NI_IDN`: flag of `getnameinfo`.
pub const NI_IDN: i32 = 32;
/// `NI_MAXHOST`: flag of `getnameinfo`.
pub const NI_MAXHOST: i32 = 1025;
/// `NI_MAXSERV`: flag of `getnameinfo`.
pub const NI_MAXSERV: i32 = 32;
/// `NI_NAMEREQD`: flag of `getnameinfo`.
pub const NI_NAMEREQD: i32 = 8;
/// `NI_NOFQDN`: flag of `getnameinfo`.
pub const NI_NOFQDN: i32 = 4;
/// `NI_NUMERICHOST`: flag of `getnameinfo`.
pub const NI_NUMERICHOST: i32 = 1;
/// `NI_NUMERICSERV`: flag of `getnameinfo`.
pub const NI_NUMERICSERV: i32 = 2;
