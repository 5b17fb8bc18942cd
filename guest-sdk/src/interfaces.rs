//! The network interfaces of the machine. Every call needs the grant `interfaces list`.

use crate::bindings::wallsocket::socket::network_interfaces as raw;
use crate::error::Result;

/// Every interface: its index and its name. Python: `socket.if_nameindex`.
///
/// # Errors
///
/// [`Error::Denied`](crate::Error::Denied).
pub fn if_nameindex() -> Result<Vec<(u32, String)>> {
    let interfaces = raw::if_nameindex()?;
    Ok(interfaces.into_iter().map(|interface| (interface.index, name(&interface.name))).collect())
}

/// The index of an interface. Python: `socket.if_nametoindex`.
///
/// # Errors
///
/// `ENODEV` where there is none of that name, [`Error::Denied`](crate::Error::Denied).
pub fn if_nametoindex(if_name: impl AsRef<[u8]>) -> Result<u32> {
    Ok(raw::if_nametoindex(if_name.as_ref())?)
}

/// The name of an interface. Python: `socket.if_indextoname`.
///
/// # Errors
///
/// `ENXIO` where there is none with that index, [`Error::Denied`](crate::Error::Denied).
pub fn if_indextoname(if_index: u32) -> Result<String> {
    Ok(name(&raw::if_indextoname(if_index)?))
}

/// The context id that this machine has in [`AF_VSOCK`](crate::AF_VSOCK) addresses, as a virtual machine or as the host
/// of some; [`VMADDR_CID_ANY`](crate::VMADDR_CID_ANY) where it is neither. Python:
/// `fcntl.ioctl(open('/dev/vsock'), socket.IOCTL_VM_SOCKETS_GET_LOCAL_CID, …)`.
///
/// # Errors
///
/// `ENOENT` (a kernel without vsock), `EACCES` (the host may not ask), [`Error::Denied`](crate::Error::Denied).
#[doc(alias = "IOCTL_VM_SOCKETS_GET_LOCAL_CID")]
pub fn local_context_id() -> Result<u32> {
    Ok(raw::local_context_id()?)
}

/// Names are bytes to the kernel; all that anyone uses are ASCII.
fn name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
