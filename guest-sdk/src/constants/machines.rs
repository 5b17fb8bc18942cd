//! Virtual machines: `AF_VSOCK`.
//!
//! Written by `cargo xtask generate` from names/python-socket.tsv: edit that.

/// The machine's own context id, from /dev/vsock.
///
/// A control code, with it `u32 out`. Needs the grant `interfaces list`. A guest has no such device:
/// `local_context_id` asks.
///
/// On Linux; in Python since 3.7.
pub const IOCTL_VM_SOCKETS_GET_LOCAL_CID: i32 = 1977;

/// The most that `SO_VM_SOCKETS_BUFFER_SIZE` may be.
///
/// An option of level `AF_VSOCK`: `u64 8B`.
///
/// On Linux; in Python since 3.7.
pub const SO_VM_SOCKETS_BUFFER_MAX_SIZE: i32 = 2;

/// The least that `SO_VM_SOCKETS_BUFFER_SIZE` may be.
///
/// An option of level `AF_VSOCK`: `u64 8B`.
///
/// On Linux; in Python since 3.7.
pub const SO_VM_SOCKETS_BUFFER_MIN_SIZE: i32 = 1;

/// Size of a stream's buffer.
///
/// An option of level `AF_VSOCK`: `u64 8B`.
///
/// On Linux; in Python since 3.7.
pub const SO_VM_SOCKETS_BUFFER_SIZE: i32 = 0;

/// How long connecting waits.
///
/// An option of level `AF_VSOCK`: `struct timeval 16B`. 2 seconds to begin with.
///
/// On Linux; Python has no name for it.
pub const SO_VM_SOCKETS_CONNECT_TIMEOUT: i32 = 6;

/// Every context id of this machine.
///
/// On Linux; in Python since 3.7.
pub const VMADDR_CID_ANY: u32 = 4294967295;

/// The host that a virtual machine runs on.
///
/// On Linux; in Python since 3.7.
pub const VMADDR_CID_HOST: u32 = 2;

/// This machine itself.
///
/// On Linux; in Python since 3.14.
pub const VMADDR_CID_LOCAL: u32 = 1;

/// Any free port.
///
/// On Linux; in Python since 3.7.
pub const VMADDR_PORT_ANY: u32 = 4294967295;

/// No version of the VMware driver.
///
/// Nothing in Linux gives it any more.
///
/// On Linux; in Python since 3.7.
pub const VM_SOCKETS_INVALID_VERSION: u32 = 4294967295;
