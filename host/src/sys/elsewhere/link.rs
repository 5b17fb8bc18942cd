//! `AF_LINK` of the BSDs and macOS: `struct sockaddr_dl`, as net/if_dl.h has it.
//!
//! ```c
//! struct sockaddr_dl {
//!     u_char  sdl_len;
//!     u_char  sdl_family;     // AF_LINK
//!     u_short sdl_index;      // of the interface; 0 for none
//!     u_char  sdl_type;       // IFT_*
//!     u_char  sdl_nlen;       // the name's length, without a NUL
//!     u_char  sdl_alen;       // the link-layer address's length
//!     u_char  sdl_slen;       // the selector's length
//!     char    sdl_data[];     // the name, then the address, then the selector
//! };
//! ```
//!
//! NetBSD has the same bytes by other names, the last five being a `struct dl_addr`. What the systems differ in is the
//! room for data, which is a least one: longer addresses are longer.

/// `AF_LINK`, sys/socket.h; the same on all of them.
pub(crate) const AF_LINK: u8 = 18;

/// Where the data begin.
const HEADER: usize = 8;

/// What an address is laid out in at least: `sizeof (struct sockaddr_dl)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// `sdl_data[46]`, and so DragonFly's.
    FreeBsd,
    /// `sdl_data[12]`.
    MacOs,
    /// `dl_data[24]`.
    NetBsd,
    /// `sdl_data[24]`.
    OpenBsd,
}

impl System {
    /// The system that this is compiled for.
    #[cfg(any(
        target_os = "macos",
        target_os = "freebsd",
        target_os = "netbsd",
        target_os = "openbsd",
        target_os = "dragonfly"
    ))]
    pub(crate) const THIS: Self = match () {
        () if cfg!(target_os = "macos") => Self::MacOs,
        () if cfg!(target_os = "netbsd") => Self::NetBsd,
        () if cfg!(target_os = "openbsd") => Self::OpenBsd,
        () => Self::FreeBsd,
    };

    /// The size of its structure.
    const fn size(self) -> usize {
        HEADER
            + match self {
                Self::FreeBsd => 46,
                Self::MacOs => 12,
                Self::NetBsd | Self::OpenBsd => 24,
            }
    }
}

/// A link-layer address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkAddress {
    /// The interface's index.
    pub(crate) index: u16,
    /// `IFT_*`.
    pub(crate) kind: u8,
    /// The interface's name.
    pub(crate) name: Vec<u8>,
    /// Its hardware address.
    pub(crate) address: Vec<u8>,
}

impl LinkAddress {
    /// The address as that system takes it. None where it is longer than any can be: `sdl_len` is a byte.
    pub(crate) fn encode(&self, system: System) -> Option<Vec<u8>> {
        let used = HEADER + self.name.len() + self.address.len();
        let length = u8::try_from(used.max(system.size())).ok()?;
        let [low, high] = self.index.to_ne_bytes();
        let mut bytes = vec![length, AF_LINK, low, high, self.kind, self.name.len() as u8, self.address.len() as u8, 0];
        bytes.extend_from_slice(&self.name);
        bytes.extend_from_slice(&self.address);
        bytes.resize(length.into(), 0);
        Some(bytes)
    }

    /// What the system says. None for another family, and for lengths that lead out of the address.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (&[_, family, low, high, kind, name_length, address_length, _], data) = bytes.split_first_chunk()?;
        (family == AF_LINK).then_some(())?;
        let (name, rest) = data.split_at_checked(name_length.into())?;
        let address = rest.get(..address_length.into())?;
        Some(Self { index: u16::from_ne_bytes([low, high]), kind, name: name.to_vec(), address: address.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `IFT_ETHER`, net/if_types.h.
    const ETHERNET: u8 = 6;

    fn en0() -> LinkAddress {
        LinkAddress { index: 4, kind: ETHERNET, name: b"en0".to_vec(), address: vec![0x3c, 7, 0x54, 1, 2, 3] }
    }

    /// The systems that this is written for are little-endian nearly everywhere; so are those that run this test.
    #[test]
    #[cfg(target_endian = "little")]
    fn a_link_address_has_the_bytes_of_sockaddr_dl() {
        let begin = [AF_LINK, 4, 0, ETHERNET, 3, 6, 0, b'e', b'n', b'0', 0x3c, 7, 0x54, 1, 2, 3];
        for (system, size) in [(System::MacOs, 20), (System::FreeBsd, 54), (System::NetBsd, 32), (System::OpenBsd, 32)]
        {
            let mut expected = vec![size];
            expected.extend_from_slice(&begin);
            expected.resize(size.into(), 0);
            assert_eq!(en0().encode(system), Some(expected.clone()), "{system:?}");
            assert_eq!(LinkAddress::decode(&expected), Some(en0()), "{system:?}");
        }
    }

    #[test]
    fn the_layouts_are_those_of_the_structures() {
        #[repr(C)]
        struct SockaddrDl<const DATA: usize> {
            length: u8,
            family: u8,
            index: u16,
            kind: u8,
            name_length: u8,
            address_length: u8,
            selector_length: u8,
            data: [u8; DATA],
        }
        assert_eq!(size_of::<SockaddrDl<46>>(), System::FreeBsd.size());
        assert_eq!(size_of::<SockaddrDl<12>>(), System::MacOs.size());
        assert_eq!(size_of::<SockaddrDl<24>>(), System::NetBsd.size());
        assert_eq!(size_of::<SockaddrDl<24>>(), System::OpenBsd.size());
        assert_eq!(std::mem::offset_of!(SockaddrDl<12>, index), 2);
        assert_eq!(std::mem::offset_of!(SockaddrDl<12>, data), HEADER);
    }

    #[test]
    fn more_data_than_the_structure_has_room_for_make_a_longer_address() {
        let long = LinkAddress { address: vec![7; 20], ..en0() };
        let bytes = long.encode(System::MacOs).expect("InfiniBand's have 20 bytes");
        assert_eq!((bytes.len(), bytes[0]), (31, 31));
        assert_eq!(LinkAddress::decode(&bytes), Some(long));
        assert_eq!(LinkAddress { address: vec![0; 245], ..en0() }.encode(System::MacOs), None, "sdl_len is a byte");
        assert!(LinkAddress { address: vec![0; 244], ..en0() }.encode(System::MacOs).is_some());
    }

    #[test]
    fn lengths_that_lead_out_of_the_address_are_none() {
        let bytes = en0().encode(System::MacOs).expect("it fits");
        for at in [5, 6] {
            let mut wrong = bytes.clone();
            wrong[at] = 255;
            assert_eq!(LinkAddress::decode(&wrong), None, "byte {at}");
        }
        assert_eq!(LinkAddress::decode(&bytes[..16]), None, "its address is cut");
        assert_eq!(LinkAddress::decode(&bytes[..7]), None);
        assert_eq!(LinkAddress::decode(&[]), None);
        let mut inet = bytes;
        inet[1] = 2;
        assert_eq!(LinkAddress::decode(&inet), None, "AF_INET");
    }

    #[test]
    fn an_address_may_be_as_short_as_its_data() {
        // As the kernel of macOS writes those of interfaces without hardware: lo0, with no address.
        let loopback = [8 + 3, AF_LINK, 1, 0, 24, 3, 0, 0, b'l', b'o', b'0'];
        let expected =
            LinkAddress { index: u16::from_ne_bytes([1, 0]), kind: 24, name: b"lo0".to_vec(), address: vec![] };
        assert_eq!(LinkAddress::decode(&loopback), Some(expected));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
            if let Some(address) = LinkAddress::decode(&bytes) {
                proptest::prop_assert!(8 + address.name.len() + address.address.len() <= bytes.len());
            }
        }
    }
}
