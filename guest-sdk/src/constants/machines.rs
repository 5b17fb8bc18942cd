//! Virtual machines: `AF_VSOCK` and `AF_HYPERV`.

/// `AF_VSOCK`: address family.
pub const AF_VSOCK: i32 = 40;
/// `IOCTL_VM_SOCKETS_GET_LOCAL_CID`: `fcntl.ioctl() request on /dev/vsock; type:u32 out`.
pub const IOCTL_VM_SOCKETS_GET_LOCAL_CID: i32 = 1977;
/// `SO_VM_SOCKETS_BUFFER_MAX_SIZE`: level `AF_VSOCK`, bytes `u64 8B`.
pub const SO_VM_SOCKETS_BUFFER_MAX_SIZE: i32 = 2;
/// `SO_VM_SOCKETS_BUFFER_MIN_SIZE`: level `AF_VSOCK`, bytes `u64 8B`.
pub const SO_VM_SOCKETS_BUFFER_MIN_SIZE: i32 = 1;
/// `SO_VM_SOCKETS_BUFFER_SIZE`: level `AF_VSOCK`, bytes `u64 8B`.
pub const SO_VM_SOCKETS_BUFFER_SIZE: i32 = 0;
/// `VMADDR_CID_ANY`: `AF_VSOCK`.
pub const VMADDR_CID_ANY: u32 = 0xffff_ffff;
/// `VMADDR_CID_HOST`: `AF_VSOCK`.
pub const VMADDR_CID_HOST: u32 = 2;
/// `VMADDR_CID_LOCAL`: `AF_VSOCK`.
pub const VMADDR_CID_LOCAL: u32 = 1;
/// `VMADDR_PORT_ANY`: `AF_VSOCK`.
pub const VMADDR_PORT_ANY: u32 = 0xffff_ffff;
/// `VM_SOCKETS_INVALID_VERSION`: `AF_VSOCK`.
pub const VM_SOCKETS_INVALID_VERSION: u32 = 0xffff_ffff;
