//! Multicast groups: which one a value is about, and the value as the kernel is handed it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::error::{Error, Result};
use crate::sys::errno;

/// How a value names its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Membership {
    /// `struct ip_mreq`, `ip_mreqn` or `ip_mreq_source`: it begins with an IPv4 address.
    V4,
    /// `struct ipv6_mreq`: it begins with an IPv6 address.
    V6,
    /// `struct group_req` or `group_source_req`: an interface, then a socket address of IPv4.
    Any4,
    /// The same, of IPv6.
    Any6,
}

/// `struct group_req`: an interface's index and, aligned to 8, a `struct sockaddr_storage`.
const STORAGE: usize = 8;
/// `struct group_source_req`: two of those.
const WITH_SOURCE: usize = 264;
const AF_INET: u16 = 2;
const AF_INET6: u16 = 10;

impl Membership {
    /// Where the address lies.
    fn place(self) -> (usize, usize) {
        match self {
            Self::V4 => (0, 4),
            Self::V6 => (0, 16),
            // Behind family and port; behind family, port and flow label.
            Self::Any4 => (STORAGE + 4, 4),
            Self::Any6 => (STORAGE + 8, 16),
        }
    }

    /// The group that a value is about.
    ///
    /// # Errors
    ///
    /// `EINVAL` for an address that is no group's, and the kernel's number for one of another family.
    pub(super) fn group(self, value: &[u8]) -> Result<IpAddr> {
        let family = value.get(STORAGE..).and_then(|rest| rest.first_chunk()).map(|bytes| u16::from_le_bytes(*bytes));
        match self {
            // Of a group with a source the kernel says it otherwise than of one without.
            Self::Any4 if family != Some(AF_INET) && value.len() == WITH_SOURCE => {
                return Err(Error::os(errno::EADDRNOTAVAIL));
            }
            Self::Any4 if family != Some(AF_INET) => return Err(Error::os(errno::EINVAL)),
            Self::Any6 if family != Some(AF_INET6) => return Err(Error::os(errno::EADDRNOTAVAIL)),
            _ => {}
        }
        let (at, length) = self.place();
        let bytes = value.get(at..at + length);
        let group: Option<IpAddr> = match length {
            4 => bytes.and_then(|bytes| bytes.first_chunk::<4>()).map(|octets| Ipv4Addr::from(*octets).into()),
            _ => bytes.and_then(|bytes| bytes.first_chunk::<16>()).map(|octets| Ipv6Addr::from(*octets).into()),
        };
        group.filter(IpAddr::is_multicast).ok_or_else(|| Error::os(errno::EINVAL))
    }

    /// The value with the group that was judged in it.
    ///
    /// # Errors
    ///
    /// `EINVAL` when that is of another family than the guest's.
    pub(super) fn with_group(self, value: &[u8], group: IpAddr) -> Result<Vec<u8>> {
        let (at, length) = self.place();
        let mut value = value.to_vec();
        let octets = match group {
            IpAddr::V4(group) => group.octets().to_vec(),
            IpAddr::V6(group) => group.octets().to_vec(),
        };
        match value.get_mut(at..at + length) {
            Some(place) if octets.len() == length => place.copy_from_slice(&octets),
            _ => return Err(Error::os(errno::EINVAL)),
        }
        Ok(value)
    }
}

/// What `IP_MULTICAST_IF` is set to: an address that says which interface, or its index. Beside an index the kernel
/// takes any address for the sender's, so there is none.
pub(super) fn interface(value: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    // struct ip_mreqn: a group, an address, an index.
    if let [_, _, _, _, a, b, c, d, index @ ..] = &mut value[..]
        && index.len() == 4
        && index.iter().any(|byte| *byte != 0)
    {
        (*a, *b, *c, *d) = (0, 0, 0, 0);
    }
    value
}
