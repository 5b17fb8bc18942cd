//! Everything that a call takes as an address.

use std::net::{SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::{Path, PathBuf};

use super::host::{Endpoint, Host, Integer, flow_info, internet, port, scope_id};
use super::tuples::{address as tuple, algorithm};
use super::{
    Address, AlgAddress, BluetoothAddress, CanAddress, HypervAddress, LinkAddress, NamedAddress, NetlinkAddress,
    OtherAddress, PacketAddress, QipcrtrAddress, SystemAddress, TipcAddress, UnixAddress, VsockAddress,
};
use crate::constants::{AF_ALG, AF_INET, AF_INET6};
use crate::error::{Error, Result};

/// What can be given as an address: Python's forms, and the standard library's.
///
/// | form | family |
/// |---|---|
/// | `("example.com", 80)`, `("127.0.0.1", 80)`, `("", 80)`, `("<broadcast>", 80)` | `AF_INET`, `AF_INET6`, `AF_RDS` |
/// | `("fe80::1", 80, 0, 2)`: flow info and scope id; `("fe80::1%eth0", 80)` | `AF_INET6` |
/// | `std::net::SocketAddr`, `(std::net::IpAddr, 80)` | `AF_INET`, `AF_INET6` |
/// | `"/run/app.sock"`, a `Path`, `b"\0name"` (abstract), `""` (be named by the host) | `AF_UNIX` |
/// | `("eth0", ETH_P_ALL)`, `("eth0", ETH_P_ALL, PACKET_HOST, 1, &hardware[..])` | `AF_PACKET` |
/// | `(0, groups)`: a port id and groups | `AF_NETLINK` |
/// | `(VMADDR_CID_HOST, 1024)` | `AF_VSOCK` |
/// | `("can0",)`, `("can0", rx, tx)`, `("can0", name, pgn, addr)` | `AF_CAN` |
/// | `(TIPC_ADDR_NAME, 1000, 1, 0)`, with a scope after it or without | `AF_TIPC` |
/// | `("hash", "sha256")`: type and name, with features and a mask after them or without | `AF_ALG` |
/// | `(node, port)` | `AF_QIPCRTR` |
/// | an [`Address`] or one of the structures in it | any |
///
/// A port is any integer; one outside 0 to 65535 is an [`Error::Value`] and not a panic.
pub trait ToAddress {
    /// The address, as a socket of `family` means it.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for what isn't an address of that family, or a number out of range.
    fn to_address(&self, family: i32) -> Result<Address>;
}

impl<T: ToAddress + ?Sized> ToAddress for &T {
    fn to_address(&self, family: i32) -> Result<Address> {
        (**self).to_address(family)
    }
}

impl<H: Host> ToAddress for (H,) {
    fn to_address(&self, family: i32) -> Result<Address> {
        tuple(family, self.0.host(), &[], &[])?.ok_or(WRONG)
    }
}

impl<H: Host, P: Integer> ToAddress for (H, P) {
    fn to_address(&self, family: i32) -> Result<Address> {
        if let Some(address) = tuple(family, self.0.host(), &[self.1.to_i128()], &[])? {
            return Ok(address);
        }
        let at = Endpoint { port: port(self.1)?, ..Endpoint::default() };
        internet(family, self.0.host(), at)
    }
}

impl<H: Host, P: Integer, F: Integer> ToAddress for (H, P, F) {
    fn to_address(&self, family: i32) -> Result<Address> {
        if let Some(address) = tuple(family, self.0.host(), &[self.1.to_i128(), self.2.to_i128()], &[])? {
            return Ok(address);
        }
        (self.0.host(), self.1, self.2, 0).to_address(family)
    }
}

impl<H: Host, P: Integer, F: Integer, S: Integer> ToAddress for (H, P, F, S) {
    fn to_address(&self, family: i32) -> Result<Address> {
        let rest = [self.1.to_i128(), self.2.to_i128(), self.3.to_i128()];
        if let Some(address) = tuple(family, self.0.host(), &rest, &[])? {
            return Ok(address);
        }
        if family == AF_INET {
            return Err(Error::value("AF_INET address must be a pair (host, port)"));
        }
        let at = Endpoint { port: port(self.1)?, flow_info: flow_info(self.2)?, scope_id: scope_id(self.3)? };
        internet(family, self.0.host(), at)
    }
}

impl<H: Host, P: Integer, T: Integer, A: Integer> ToAddress for (H, P, T, A, &[u8]) {
    fn to_address(&self, family: i32) -> Result<Address> {
        let rest = [self.1.to_i128(), self.2.to_i128(), self.3.to_i128()];
        tuple(family, self.0.host(), &rest, self.4)?.ok_or(WRONG)
    }
}

impl<H: Host, A: Integer, B: Integer, C: Integer, D: Integer> ToAddress for (H, A, B, C, D) {
    fn to_address(&self, family: i32) -> Result<Address> {
        let rest = [self.1.to_i128(), self.2.to_i128(), self.3.to_i128(), self.4.to_i128()];
        tuple(family, self.0.host(), &rest, &[])?.ok_or(WRONG)
    }
}

impl ToAddress for (&str, &str) {
    fn to_address(&self, family: i32) -> Result<Address> {
        (self.0, self.1, 0, 0).to_address(family)
    }
}

impl<F: Integer, M: Integer> ToAddress for (&str, &str, F, M) {
    fn to_address(&self, family: i32) -> Result<Address> {
        if family != AF_ALG {
            return Err(WRONG);
        }
        algorithm(self.0, self.1, [self.2.to_i128(), self.3.to_i128()])
    }
}

/// A tuple that no address of the socket's family is.
const WRONG: Error = Error::value("not an address of this family");

impl ToAddress for [u8] {
    fn to_address(&self, family: i32) -> Result<Address> {
        match family {
            AF_INET => Err(Error::value("AF_INET address must be tuple, not str")),
            AF_INET6 => Err(Error::value("AF_INET6 address must be tuple, not str")),
            _ => Ok(Address::Unix(match self {
                [] => UnixAddress::Unnamed,
                [0, name @ ..] => UnixAddress::Abstract(name.to_vec()),
                path => UnixAddress::Path(path.to_vec()),
            })),
        }
    }
}

macro_rules! unix_names {
    ($($name:ty => $bytes:expr;)*) => {$(
        impl ToAddress for $name {
            fn to_address(&self, family: i32) -> Result<Address> {
                let bytes: fn(&$name) -> &[u8] = $bytes;
                bytes(self).to_address(family)
            }
        }
    )*};
}

unix_names! {
    Vec<u8> => |bytes| bytes;
    str => |text| text.as_bytes();
    String => |text| text.as_bytes();
    Path => |path| path.as_os_str().as_encoded_bytes();
    PathBuf => |path| path.as_os_str().as_encoded_bytes();
}

impl<const N: usize> ToAddress for [u8; N] {
    fn to_address(&self, family: i32) -> Result<Address> {
        self.as_slice().to_address(family)
    }
}

impl ToAddress for Address {
    fn to_address(&self, _family: i32) -> Result<Address> {
        Ok(self.clone())
    }
}

impl ToAddress for SocketAddr {
    fn to_address(&self, _family: i32) -> Result<Address> {
        Ok((*self).into())
    }
}

macro_rules! structures {
    ($($case:ident($structure:ty))*) => {$(
        impl From<$structure> for Address {
            fn from(address: $structure) -> Address {
                Address::$case(address)
            }
        }

        impl ToAddress for $structure {
            fn to_address(&self, _family: i32) -> Result<Address> {
                Ok(self.clone().into())
            }
        }
    )*};
}

structures! {
    Inet(SocketAddrV4) Inet6(SocketAddrV6) Named(NamedAddress) Unix(UnixAddress) Can(CanAddress)
    Packet(PacketAddress) Netlink(NetlinkAddress) Alg(AlgAddress) Tipc(TipcAddress)
    Vsock(VsockAddress) Bluetooth(BluetoothAddress) Qipcrtr(QipcrtrAddress) Hyperv(HypervAddress)
    Link(LinkAddress) System(SystemAddress) Other(OtherAddress)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::constants::{AF_RDS, AF_UNIX, AF_UNSPEC};

    fn text(family: i32, address: impl ToAddress) -> Result<String> {
        address.to_address(family).map(|address| address.to_string())
    }

    fn named(family: i32, address: impl ToAddress) -> bool {
        matches!(address.to_address(family), Ok(Address::Named(_)))
    }

    #[test]
    fn numeric_hosts_of_the_sockets_family_need_no_resolver() {
        assert_eq!(text(AF_INET, ("127.0.0.1", 80)).as_deref(), Ok("('127.0.0.1', 80)"));
        assert_eq!(text(AF_RDS, ("127.0.0.1", 80)).as_deref(), Ok("('127.0.0.1', 80)"));
        assert_eq!(text(AF_INET, ("", 80)).as_deref(), Ok("('0.0.0.0', 80)"));
        assert_eq!(text(AF_INET, ("<broadcast>", 80u16)).as_deref(), Ok("('255.255.255.255', 80)"));
        assert_eq!(text(AF_INET6, ("", 80usize)).as_deref(), Ok("('::', 80, 0, 0)"));
        assert_eq!(text(AF_INET6, ("::1", 80)).as_deref(), Ok("('::1', 80, 0, 0)"));
        assert_eq!(text(AF_INET6, ("fe80::1", 80, 7, 2)).as_deref(), Ok("('fe80::1', 80, 7, 2)"));
        assert_eq!(text(AF_INET6, ("fe80::1%3", 80)).as_deref(), Ok("('fe80::1', 80, 0, 3)"));
        assert_eq!(text(AF_UNSPEC, ("::1", 80)).as_deref(), Ok("('::1', 80, 0, 0)"));
        assert_eq!(text(AF_INET, (Ipv4Addr::LOCALHOST, 1)).as_deref(), Ok("('127.0.0.1', 1)"));
    }

    #[test]
    fn every_other_spelling_is_the_hosts_to_resolve() {
        for host in ["example.com", "127.1", "0x7f.1", "2130706433", "::1", "1.2.3.4 "] {
            assert!(named(AF_INET, (host, 80)), "{host}");
        }
        for host in ["example.com", "1.2.3.4", "fe80::1%99999999999", "fe80::1%", "%1"] {
            assert!(named(AF_INET6, (host, 80)), "{host}");
        }
    }

    #[test]
    fn numbers_out_of_range_are_errors() {
        for port in [-1i64, 65536, i64::MAX, i64::MIN] {
            assert_eq!(text(AF_INET, ("", port)), Err(Error::value("port must be 0-65535.")));
        }
        assert!(text(AF_INET, ("", u128::MAX)).is_err());
        assert!(text(AF_INET6, ("::1", 1, 0x10_0000, 0)).is_err());
        assert!(text(AF_INET6, ("::1", 1, 0, -1)).is_err());
    }

    #[test]
    fn an_address_of_another_family_is_an_error() {
        assert!(text(AF_INET, "/run/app.sock").is_err());
        assert!(text(AF_UNIX, ("127.0.0.1", 80)).is_err());
        assert!(text(AF_INET, ("127.0.0.1", 80, 0, 0)).is_err());
        assert!(text(AF_INET6, ("<broadcast>", 80)).is_err());
        assert!(text(AF_INET, ("a\0b", 80)).is_err());
        assert!(text(AF_INET, ("bücher.example", 80)).is_err());
    }

    #[test]
    fn unix_names_are_paths_abstract_or_none() {
        assert_eq!(text(AF_UNIX, "/run/app.sock").as_deref(), Ok("/run/app.sock"));
        assert_eq!(text(AF_UNIX, b"\0name").as_deref(), Ok("b'\\x00name'"));
        assert_eq!(text(AF_UNIX, Path::new("a")).as_deref(), Ok("a"));
        assert_eq!("".to_address(AF_UNIX), Ok(Address::Unix(UnixAddress::Unnamed)));
    }
}
