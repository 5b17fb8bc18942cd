//! Addresses as the kernel lays them out: `struct sockaddr` there and back.

mod alg;
mod bluetooth;
mod bytes;
mod can;
pub(super) mod qipcrtr;
mod tipc;

use std::ffi::OsStr;
use std::io;
use std::net::{SocketAddr, SocketAddrV6};
use std::os::unix::ffi::OsStrExt;

use socket2::SockAddr;

use super::errno;
use crate::address::{Address, NetlinkAddress, PacketAddress, UnixAddress, VsockAddress};
use crate::permissions::Target;

/// `AF_RDS`, whose addresses are those of the internet.
pub(super) const AF_RDS: i32 = 21;

/// What was judged, for a socket of `family`. A Unix path takes opening, and so isn't an address yet: `unix_path` makes
/// it one.
pub(super) fn of(target: &Target, family: i32) -> io::Result<SockAddr> {
    match target {
        Target::Inet(address) => inet(*address, family),
        Target::Abstract(name) => unix_abstract(name),
        Target::Unnamed => unix_unnamed(),
        Target::Path { .. } => Err(errno::from_linux(errno::EINVAL)),
        Target::Packet(address) => packet(address),
        Target::Netlink(address) => Ok(netlink(*address)),
        Target::Vsock(address) => Ok(vsock(*address)),
        Target::Can(address) => can::write(address),
        Target::Alg(address) => alg::write(address),
        Target::Tipc(address) => tipc::write(*address),
        Target::Bluetooth(address) => bluetooth::write(*address),
        Target::Qipcrtr(address) => qipcrtr::write(*address),
        Target::Unspecified => Ok(unspecified()),
    }
}

/// An internet address for a socket of `family`. An IPv6 socket reaches IPv4 through the mapped form
/// ([RFC 4291, section 2.5.5.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2)).
fn inet(address: SocketAddr, family: i32) -> io::Result<SockAddr> {
    match (address, family) {
        (SocketAddr::V4(_), libc::AF_INET) | (SocketAddr::V6(_), libc::AF_INET6) | (_, AF_RDS) => Ok(address.into()),
        (SocketAddr::V4(v4), libc::AF_INET6) => Ok(SocketAddrV6::new(v4.ip().to_ipv6_mapped(), v4.port(), 0, 0).into()),
        _ => Err(errno::from_linux(errno::EAFNOSUPPORT)),
    }
}

/// A Unix address by path; 107 bytes at most.
pub(super) fn unix_path(path: &[u8]) -> io::Result<SockAddr> {
    SockAddr::unix(OsStr::from_bytes(path)).map_err(|_| errno::from_linux(errno::ENAMETOOLONG))
}

/// A Unix address in the abstract namespace; 107 bytes at most.
fn unix_abstract(name: &[u8]) -> io::Result<SockAddr> {
    let mut bytes = Vec::with_capacity(name.len() + 1);
    bytes.push(0);
    bytes.extend_from_slice(name);
    SockAddr::unix(OsStr::from_bytes(&bytes)).map_err(|_| errno::from_linux(errno::EINVAL))
}

/// The Unix address without a name: what bind(2) takes for "name me" (autobind).
fn unix_unnamed() -> io::Result<SockAddr> {
    SockAddr::unix("").map_err(|_| errno::from_linux(errno::EINVAL))
}

/// `AF_UNSPEC`, which dissolves an association.
pub(super) fn unspecified() -> SockAddr {
    let mut storage = socket2::SockAddrStorage::zeroed();
    // SAFETY: `sockaddr` is one of the system's address types and smaller than the storage; all its fields
    // are integers, for which zero is a value.
    unsafe { storage.view_as::<libc::sockaddr>() }.sa_family = libc::AF_UNSPEC as libc::sa_family_t;
    let length = size_of::<libc::sockaddr>() as libc::socklen_t;
    // SAFETY: the storage is zeroed but for the family, and longer than `length`.
    unsafe { SockAddr::new(storage, length) }
}

/// A link-layer address, of the interface by its index.
fn packet(address: &PacketAddress) -> io::Result<SockAddr> {
    let index = i32::try_from(address.index).map_err(|_| errno::from_linux(errno::ENODEV))?;
    if index == 0 && !address.interface.is_empty() {
        return Err(errno::from_linux(errno::ENODEV));
    }
    let mut hardware_address = [0; 8];
    let length = address.hardware_address.len().min(hardware_address.len());
    hardware_address[..length].copy_from_slice(&address.hardware_address[..length]);
    Ok(from(libc::sockaddr_ll {
        sll_family: libc::AF_PACKET as libc::sa_family_t,
        sll_protocol: address.protocol.to_be(),
        sll_ifindex: index,
        sll_hatype: address.hardware_type,
        sll_pkttype: address.packet_type,
        sll_halen: length as u8,
        sll_addr: hardware_address,
    }))
}

/// A netlink address.
pub(super) fn netlink(address: NetlinkAddress) -> SockAddr {
    // SAFETY: all fields are integers, for which zero is a value.
    let mut plain: libc::sockaddr_nl = unsafe { std::mem::zeroed() };
    plain.nl_family = libc::AF_NETLINK as libc::sa_family_t;
    plain.nl_pid = address.port_id;
    plain.nl_groups = address.groups;
    from(plain)
}

/// A vsock address.
fn vsock(address: VsockAddress) -> SockAddr {
    // SAFETY: all fields are integers, for which zero is a value.
    let mut plain: libc::sockaddr_vm = unsafe { std::mem::zeroed() };
    plain.svm_family = libc::AF_VSOCK as libc::sa_family_t;
    plain.svm_cid = address.cid;
    plain.svm_port = address.port;
    from(plain)
}

/// One of the system's address types as any of them.
fn from<T: SystemAddress>(address: T) -> SockAddr {
    let mut storage = socket2::SockAddrStorage::zeroed();
    // SAFETY: a `SystemAddress` is one of the system's address types, which the storage has room for.
    unsafe { *storage.view_as::<T>() = address };
    // SAFETY: as above; the storage holds an address of that length.
    unsafe { SockAddr::new(storage, size_of::<T>() as libc::socklen_t) }
}

/// The address as one of the system's types. What the kernel left out at its end is zero: of a link-layer address it
/// writes as much as the hardware has.
fn read<T: SystemAddress>(address: &SockAddr) -> T {
    let mut whole = std::mem::MaybeUninit::<T>::zeroed();
    let length = (address.len() as usize).min(size_of::<T>());
    // SAFETY: `length` bytes are there on both sides, which aren't the same memory. A `SystemAddress` has integers
    // alone, for which any bytes are values.
    unsafe {
        std::ptr::copy_nonoverlapping(address.as_ptr().cast::<u8>(), whole.as_mut_ptr().cast::<u8>(), length);
        whole.assume_init()
    }
}

/// The system's address types that have integers alone.
///
/// # Safety
///
/// No larger than `sockaddr_storage`, and without fields or padding for which some bytes are no value.
unsafe trait SystemAddress: Copy {}
// SAFETY: 20 bytes of integers.
unsafe impl SystemAddress for libc::sockaddr_ll {}
// SAFETY: 12 bytes of integers.
unsafe impl SystemAddress for libc::sockaddr_nl {}
// SAFETY: 16 bytes of integers.
unsafe impl SystemAddress for libc::sockaddr_vm {}

/// The address whose bytes these are, as the kernel has laid them out.
pub(super) fn laid_out(bytes: &[u8]) -> io::Result<SockAddr> {
    bytes::address(bytes)
}

/// A Unix address: nothing is no name, NUL and more is an abstract one, and a path ends at its first NUL, or without one at
/// its end (unix(7)).
fn unix(address: &SockAddr) -> UnixAddress {
    match bytes::of(address).get(size_of::<libc::sa_family_t>()..).unwrap_or_default() {
        [] => UnixAddress::Unnamed,
        [0, name @ ..] => UnixAddress::Abstract(name.to_vec()),
        path => UnixAddress::Path(path.split(|byte| *byte == 0).next().unwrap_or(path).to_vec()),
    }
}

/// What the kernel says to a socket of that protocol. None for no address at all, as a stream's recvfrom(2) has it.
pub(super) fn parse(address: &SockAddr, protocol: i32) -> io::Result<Option<Address>> {
    if address.len() == 0 {
        return Ok(None);
    }
    if let Some(address) = address.as_socket() {
        return Ok(Some(address.into()));
    }
    match i32::from(address.family()) {
        libc::AF_UNIX => Ok(Some(Address::Unix(unix(address)))),
        libc::AF_PACKET => {
            let plain: libc::sockaddr_ll = read(address);
            let index = plain.sll_ifindex.unsigned_abs();
            // Longer addresses exist (InfiniBand's have 20 bytes), and are cut.
            let length = usize::from(plain.sll_halen).min(plain.sll_addr.len());
            Ok(Some(Address::Packet(PacketAddress {
                interface: super::interfaces::name_of(index).unwrap_or_default(),
                index,
                protocol: u16::from_be(plain.sll_protocol),
                packet_type: plain.sll_pkttype,
                hardware_type: plain.sll_hatype,
                hardware_address: plain.sll_addr[..length].to_vec(),
            })))
        }
        libc::AF_NETLINK => {
            let plain: libc::sockaddr_nl = read(address);
            Ok(Some(Address::Netlink(NetlinkAddress { port_id: plain.nl_pid, groups: plain.nl_groups })))
        }
        libc::AF_VSOCK => {
            let plain: libc::sockaddr_vm = read(address);
            Ok(Some(Address::Vsock(VsockAddress { cid: plain.svm_cid, port: plain.svm_port })))
        }
        libc::AF_CAN => Ok(Some(Address::Can(can::read(address, protocol)))),
        libc::AF_TIPC => Ok(Some(Address::Tipc(tipc::read(address)?))),
        libc::AF_BLUETOOTH => Ok(Some(Address::Bluetooth(bluetooth::read(address, protocol)))),
        qipcrtr::AF_QIPCRTR => Ok(Some(Address::Qipcrtr(qipcrtr::read(address)))),
        libc::AF_UNSPEC => Ok(Some(Address::Unspecified)),
        _ => Err(errno::from_linux(errno::EOPNOTSUPP)),
    }
}

#[cfg(test)]
mod tests;
