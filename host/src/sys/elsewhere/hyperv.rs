//! `AF_HYPERV` of Windows: `SOCKADDR_HV`, as hvsocket.h has it.
//!
//! ```c
//! typedef struct _SOCKADDR_HV {
//!     ADDRESS_FAMILY Family;      // 2 bytes: 34
//!     USHORT Reserved;            // 2 bytes: 0
//!     GUID VmId;                  // 16 bytes
//!     GUID ServiceId;             // 16 bytes
//! } SOCKADDR_HV;
//! ```

use std::fmt;
use std::str::FromStr;

/// `AF_HYPERV`, ws2def.h.
pub(crate) const AF_HYPERV: u16 = 34;

/// The length of a `SOCKADDR_HV`.
pub(crate) const LENGTH: usize = 36;

/// A virtual machine and a service of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HypervAddress {
    pub(crate) machine: Guid,
    pub(crate) service: Guid,
}

impl HypervAddress {
    /// The address as Windows takes it.
    pub(crate) fn encode(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        bytes[..2].copy_from_slice(&AF_HYPERV.to_le_bytes());
        bytes[4..20].copy_from_slice(&self.machine.to_bytes());
        bytes[20..].copy_from_slice(&self.service.to_bytes());
        bytes
    }

    /// What Windows says. None for another family, and for what isn't as long as an address of this one.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; LENGTH] = bytes.try_into().ok()?;
        let family = u16::from_le_bytes([bytes[0], bytes[1]]);
        let guid = |at: usize| bytes[at..].first_chunk().copied().map(Guid::from_bytes);
        (family == AF_HYPERV).then_some(())?;
        Some(Self { machine: guid(4)?, service: guid(20)? })
    }
}

/// A GUID, as it is written: first digit first.
///
/// In memory its first three fields, of 4, 2 and 2 bytes, are little-endian numbers; the rest are bytes (guiddef.h).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guid([u8; 16]);

impl Guid {
    fn to_bytes(self) -> [u8; 16] {
        let mut bytes = self.0;
        bytes[..4].reverse();
        bytes[4..6].reverse();
        bytes[6..8].reverse();
        bytes
    }

    fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Self(bytes).to_bytes())
    }
}

/// Where the hyphens are in the 36 characters.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// The one form that `UuidFromString` takes: 36 characters, no braces.
impl FromStr for Guid {
    type Err = WrongGuid;

    fn from_str(text: &str) -> Result<Self, WrongGuid> {
        let text: &[u8; 36] = text.as_bytes().try_into().map_err(|_| WrongGuid)?;
        if HYPHENS.iter().any(|at| text[*at] != b'-') {
            return Err(WrongGuid);
        }
        let digits = text.iter().enumerate().filter(|(at, _)| !HYPHENS.contains(at)).map(|(_, digit)| digit);
        let mut digits = digits.map(|digit| char::from(*digit).to_digit(16).ok_or(WrongGuid));
        let mut bytes = [0; 16];
        for byte in &mut bytes {
            let mut next =
                || digits.next().ok_or(WrongGuid)?.and_then(|digit| u8::try_from(digit).map_err(|_| WrongGuid));
            *byte = next()? << 4 | next()?;
        }
        Ok(Self(bytes))
    }
}

/// As `UuidToString` writes it, in small letters.
impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if [4, 6, 8, 10].contains(&at) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// No GUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no GUID of 36 characters")]
pub(crate) struct WrongGuid;

#[cfg(test)]
mod tests {
    use super::*;

    /// `HV_GUID_PARENT` of hvsocket.h:
    /// `{ 0xa42e7cda, 0xd03f, 0x480c, { 0x9c, 0xc2, 0xa4, 0xde, 0x20, 0xab, 0xb8, 0x78 } }`.
    const PARENT: &str = "a42e7cda-d03f-480c-9cc2-a4de20abb878";
    /// `HV_GUID_VSOCK_TEMPLATE`, with port 1024 for its first field: what Linux's vsock is in Hyper-V.
    const VSOCK: &str = "00000400-facb-11e6-bd58-64006a7986d3";

    fn address(machine: &str, service: &str) -> HypervAddress {
        HypervAddress { machine: machine.parse().expect("a GUID"), service: service.parse().expect("a GUID") }
    }

    #[test]
    fn a_hyperv_address_has_the_bytes_of_sockaddr_hv() {
        let expected = [
            34, 0, 0, 0, //
            0xda, 0x7c, 0x2e, 0xa4, 0x3f, 0xd0, 0x0c, 0x48, 0x9c, 0xc2, 0xa4, 0xde, 0x20, 0xab, 0xb8, 0x78, //
            0x00, 0x04, 0x00, 0x00, 0xcb, 0xfa, 0xe6, 0x11, 0xbd, 0x58, 0x64, 0x00, 0x6a, 0x79, 0x86, 0xd3,
        ];
        let address = address(PARENT, VSOCK);
        assert_eq!(address.encode(), expected);
        assert_eq!(HypervAddress::decode(&expected), Some(address));
    }

    #[test]
    fn the_layout_is_that_of_the_structure() {
        #[repr(C)]
        struct RawGuid(u32, u16, u16, [u8; 8]);
        #[repr(C)]
        struct SockaddrHv {
            family: u16,
            reserved: u16,
            machine: RawGuid,
            service: RawGuid,
        }
        assert_eq!(size_of::<SockaddrHv>(), LENGTH);
        assert_eq!(std::mem::offset_of!(SockaddrHv, machine), 4);
        assert_eq!(std::mem::offset_of!(SockaddrHv, service), 20);
        let address = address(PARENT, VSOCK).encode();
        assert_eq!(address[4..8], 0xa42e_7cda_u32.to_le_bytes(), "Data1");
        assert_eq!(address[8..10], 0xd03f_u16.to_le_bytes(), "Data2");
        assert_eq!(address[10..12], 0x480c_u16.to_le_bytes(), "Data3");
    }

    #[test]
    fn guids_are_written_as_windows_writes_them() {
        for text in [PARENT, VSOCK, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"] {
            assert_eq!(text.parse::<Guid>().map(|guid| guid.to_string()).as_deref(), Ok(text));
        }
        // Python's own constants have capitals.
        let capitals = "90DB8B89-0D35-4F79-8CE9-49EA0AC8B7CD";
        assert_eq!(capitals.parse::<Guid>().map(|guid| guid.to_string()), Ok(capitals.to_lowercase()));
    }

    #[test]
    fn what_is_no_guid_is_none() {
        for text in [
            "",
            "a42e7cda-d03f-480c-9cc2-a4de20abb87",
            "a42e7cda-d03f-480c-9cc2-a4de20abb8788",
            "{a42e7cda-d03f-480c-9cc2-a4de20abb878}",
            "a42e7cdad03f480c9cc2a4de20abb878",
            "a42e7cda-d03f-480c-9cc2-a4de20abb87g",
            "a42e7cda-d03f-480c-9cc2+a4de20abb878",
            "a42e7cda-d03f-480c-9cc2-a4de20abb8\u{e9}",
            "+42e7cda-d03f-480c-9cc2-a4de20abb878",
        ] {
            assert_eq!(text.parse::<Guid>(), Err(WrongGuid), "{text}");
        }
    }

    #[test]
    fn bytes_of_another_family_or_length_are_no_hyperv_address() {
        let bytes = address(PARENT, VSOCK).encode();
        assert_eq!(HypervAddress::decode(&bytes[..35]), None);
        assert_eq!(HypervAddress::decode(&[&bytes[..], &[0]].concat()), None);
        assert_eq!(HypervAddress::decode(&[]), None);
        let mut other = bytes;
        other[0] = 2;
        assert_eq!(HypervAddress::decode(&other), None);
    }

    proptest::proptest! {
        #[test]
        fn hyperv_addresses_come_back_as_they_went(machine: [u8; 16], service: [u8; 16]) {
            let address = HypervAddress { machine: Guid(machine), service: Guid(service) };
            proptest::prop_assert_eq!(HypervAddress::decode(&address.encode()), Some(address));
            proptest::prop_assert_eq!(address.machine.to_string().parse(), Ok(address.machine));
        }
    }
}
