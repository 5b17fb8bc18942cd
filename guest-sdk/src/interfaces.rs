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

/// Names are bytes to the kernel; all that anyone uses are ASCII.
fn name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
