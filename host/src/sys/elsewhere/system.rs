//! `AF_SYSTEM` of macOS: `struct sockaddr_ctl` and `struct ctl_info`, as sys/kern_control.h has them.
//!
//! ```c
//! struct sockaddr_ctl {
//!     u_char    sc_len;           // 32
//!     u_char    sc_family;        // AF_SYSTEM
//!     u_int16_t ss_sysaddr;       // AF_SYS_CONTROL
//!     u_int32_t sc_id;
//!     u_int32_t sc_unit;
//!     u_int32_t sc_reserved[5];
//! };
//! struct ctl_info {
//!     u_int32_t ctl_id;
//!     char      ctl_name[96];     // with its NUL
//! };
//! ```

/// `AF_SYSTEM`, sys/socket.h.
pub(crate) const AF_SYSTEM: u8 = 32;

/// `AF_SYS_CONTROL`, sys/sys_domain.h.
const AF_SYS_CONTROL: u16 = 2;

/// The length of a `struct sockaddr_ctl`.
pub(crate) const LENGTH: usize = 32;

/// `MAX_KCTL_NAME`: what a name takes at most, with its NUL.
const NAME_ROOM: usize = 96;

/// The length of a `struct ctl_info`.
pub(crate) const INFO_LENGTH: usize = 4 + NAME_ROOM;

/// `CTLIOCGINFO`, `_IOWR('N', 3, struct ctl_info)`: the ioctl that tells a control's id by its name.
pub(crate) const CTLIOCGINFO: u64 = 0xc000_0000 | (INFO_LENGTH as u64) << 16 | (b'N' as u64) << 8 | 3;

/// A control of the kernel, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ControlAddress {
    pub(crate) id: u32,
    /// 0 lets the kernel choose.
    pub(crate) unit: u32,
}

impl ControlAddress {
    /// The address as macOS takes it.
    pub(crate) fn encode(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        bytes[0] = LENGTH as u8;
        bytes[1] = AF_SYSTEM;
        bytes[2..4].copy_from_slice(&AF_SYS_CONTROL.to_ne_bytes());
        bytes[4..8].copy_from_slice(&self.id.to_ne_bytes());
        bytes[8..12].copy_from_slice(&self.unit.to_ne_bytes());
        bytes
    }

    /// What macOS says. None for another family, and for what is shorter than an address of this one.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.first_chunk::<LENGTH>()?;
        let number = |at: usize| bytes[at..].first_chunk().copied().map(u32::from_ne_bytes);
        let is_control = bytes[1] == AF_SYSTEM && u16::from_ne_bytes([bytes[2], bytes[3]]) == AF_SYS_CONTROL;
        is_control.then_some(())?;
        Some(Self { id: number(4)?, unit: number(8)? })
    }
}

/// What [`CTLIOCGINFO`] is asked with for the control of that name. None for a name that is too long, or none at all:
/// CPython says "illegal name" then.
pub(crate) fn ask_for(name: &[u8]) -> Option<[u8; INFO_LENGTH]> {
    let fits = !name.is_empty() && name.len() < NAME_ROOM && !name.contains(&0);
    fits.then_some(())?;
    let mut info = [0; INFO_LENGTH];
    info[4..][..name.len()].copy_from_slice(name);
    Some(info)
}

/// The id in its answer.
pub(crate) fn answered(info: &[u8; INFO_LENGTH]) -> u32 {
    u32::from_ne_bytes([info[0], info[1], info[2], info[3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every machine that macOS runs on is little-endian; so are those that run this test.
    #[test]
    #[cfg(target_endian = "little")]
    fn a_control_address_has_the_bytes_of_sockaddr_ctl() {
        let mut expected = [0; LENGTH];
        expected[..12].copy_from_slice(&[32, 32, 2, 0, 0x0d, 0x0c, 0x0b, 0x0a, 7, 0, 0, 0]);
        let address = ControlAddress { id: 0x0a0b_0c0d, unit: 7 };
        assert_eq!(address.encode(), expected);
        assert_eq!(ControlAddress::decode(&expected), Some(address));
    }

    #[test]
    fn the_layouts_are_those_of_the_structures() {
        #[repr(C)]
        struct SockaddrCtl {
            length: u8,
            family: u8,
            system: u16,
            id: u32,
            unit: u32,
            reserved: [u32; 5],
        }
        #[repr(C)]
        struct CtlInfo {
            id: u32,
            name: [u8; 96],
        }
        assert_eq!((size_of::<SockaddrCtl>(), size_of::<CtlInfo>()), (LENGTH, INFO_LENGTH));
        assert_eq!(std::mem::offset_of!(SockaddrCtl, system), 2);
        assert_eq!(std::mem::offset_of!(SockaddrCtl, id), 4);
        assert_eq!(std::mem::offset_of!(SockaddrCtl, unit), 8);
        assert_eq!(std::mem::offset_of!(CtlInfo, name), 4);
        assert_eq!(CTLIOCGINFO, 0xc064_4e03, "_IOWR('N', 3, struct ctl_info)");
    }

    #[test]
    fn a_control_is_asked_for_by_its_name() {
        let name = b"com.apple.net.utun_control";
        let mut info = ask_for(name).expect("it is a name");
        assert_eq!(info[..4], [0; 4], "its id is what is asked for");
        assert_eq!(&info[4..30], name);
        assert!(info[30..].iter().all(|byte| *byte == 0), "a C string");
        info[..4].copy_from_slice(&9u32.to_ne_bytes());
        assert_eq!(answered(&info), 9);
    }

    #[test]
    fn a_name_has_95_bytes_at_most() {
        assert!(ask_for(&[b'a'; 95]).is_some_and(|info| info[99] == 0));
        assert_eq!(ask_for(&[b'a'; 96]), None);
        assert_eq!(ask_for(b""), None);
        assert_eq!(ask_for(b"a\0b"), None);
    }

    #[test]
    fn bytes_of_another_family_or_length_are_no_control_address() {
        let bytes = ControlAddress { id: 1, unit: 2 }.encode();
        assert_eq!(ControlAddress::decode(&bytes[..31]), None);
        assert_eq!(ControlAddress::decode(&[]), None);
        for (at, value) in [(1, 2), (2, 1)] {
            let mut other = bytes;
            other[at] = value;
            assert_eq!(ControlAddress::decode(&other), None, "byte {at}");
        }
    }
}
