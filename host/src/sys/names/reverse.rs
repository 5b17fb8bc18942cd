//! getnameinfo(3): an address to a host and a service.

use std::ffi::c_char;
use std::net::{IpAddr, SocketAddr};

use super::{LONGEST, look_up, text};
use crate::error::Result;
use crate::permissions::{Permit, op};

/// The longest name of a service (`NI_MAXSERV`).
const LONGEST_SERVICE: usize = 32;

/// The host's and the service's name for an address whose look-up was permitted; `flags` are `NI_*`, or-ed.
///
/// The permit says which address may be asked about; `address` has its port and scope.
pub(crate) fn getnameinfo(
    permit: &Permit<op::Reverse>,
    mut address: SocketAddr,
    flags: i32,
) -> Result<(String, String)> {
    address.set_ip(judged(permit, address.ip()));
    call(address, flags)
}

/// The host in numbers, and the service's name. Waits only for the service's name, which `NI_NUMERICSERV` does
/// without.
pub(crate) fn getnameinfo_numeric(address: SocketAddr, flags: i32) -> Result<(String, String)> {
    call(address, flags | libc::NI_NUMERICHOST)
}

/// The address that was judged, in the family of the one that the guest spelled: IPv4 is judged as such, and an
/// IPv6 socket's peer is asked about, and written, in the v4-mapped form.
pub(super) fn judged(permit: &Permit<op::Reverse>, asked: IpAddr) -> IpAddr {
    match (permit.target(), asked) {
        (IpAddr::V4(judged), IpAddr::V6(_)) => judged.to_ipv6_mapped().into(),
        (judged, _) => *judged,
    }
}

fn call(address: SocketAddr, flags: i32) -> Result<(String, String)> {
    let address = socket2::SockAddr::from(address);
    let mut host: [c_char; LONGEST] = [0; LONGEST];
    let mut service: [c_char; LONGEST_SERVICE] = [0; LONGEST_SERVICE];
    // SAFETY: the address is one, of the length given; both buffers can be written to for the lengths given.
    look_up(unsafe {
        libc::getnameinfo(
            address.as_ptr().cast(),
            address.len(),
            host.as_mut_ptr(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr(),
            service.len() as libc::socklen_t,
            flags,
        )
    })?;
    // SAFETY: after a success both buffers hold strings that end in NUL.
    Ok(unsafe { (text(host.as_ptr()), text(service.as_ptr())) })
}
