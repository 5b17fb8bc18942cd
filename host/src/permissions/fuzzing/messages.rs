//! Messages that say themselves what they do: netlink's, the broadcast manager's, packets with a header.

use std::net::IpAddr;

use crate::permissions::bcm::Broadcasts;
use crate::permissions::header::{Header, is_extension_header};
use crate::permissions::netlink::{Message, messages};

/// The requests of rtnetlink(7) that read: `RTM_GET…` of links, addresses, routes, neighbours, rules, queueing disciplines,
/// neighbour tables, address labels, settings, statistics and next hops.
const READING: [u16; 11] = [18, 22, 26, 30, 34, 38, 66, 74, 82, 94, 106];

/// Netlink messages in a buffer.
///
/// # Panics
///
/// Where one that is let through as reading isn't, or where the judged buffer would be judged otherwise.
pub fn netlink(data: &[u8]) {
    // The sender's port, so that it can be the message's.
    let Some((port, data)) = data.split_first_chunk::<4>() else { return };
    let own = u32::from_ne_bytes(*port);
    for family in ["route", "generic"] {
        let Some(judged) = messages(family, own, data) else { continue };
        let mut written = Vec::new();
        for message in &judged {
            match message {
                Message::Read(request) => {
                    assert_eq!(family, "route", "of other families no request is known to read");
                    reads(own, request);
                    written.extend_from_slice(request);
                }
                Message::Other(bytes) => written.extend_from_slice(bytes),
            }
            written.resize(written.len().next_multiple_of(4), 0);
        }
        assert!(written.len() <= data.len().next_multiple_of(4), "nothing is added");
        let again = messages(family, own, &written);
        assert_eq!(again.as_ref(), Some(&judged), "what is sent is judged the same again");
    }
}

/// What the kernel makes of a request: linux/netlink.h, `struct nlmsghdr` and `struct nlattr`.
fn reads(own: u32, request: &[u8]) {
    let word = |at: usize| u32::from_ne_bytes(request[at..at + 4].try_into().expect("four bytes"));
    let half = |at: usize| u16::from_ne_bytes(request[at..at + 2].try_into().expect("two bytes"));
    assert_eq!(word(0), u32::try_from(request.len()).expect("it is short"), "nothing hides behind it");
    assert!(READING.contains(&half(4)), "type {} reads", half(4));
    // NLM_F_REQUEST, and with it NLM_F_ACK and the two of NLM_F_DUMP at most.
    assert_eq!(half(6) & !0x304, 1, "flags {:#x}", half(6));
    assert!([0, own].contains(&word(12)), "port {}", word(12));
    // The kernel takes the type of an attribute without its two upper bits, and tells namespaces by these.
    const TARGET_NAMESPACE: [(u16, u16); 3] = [(18, 46), (22, 10), (18, 19)];
    let body = match half(4) {
        18 => 16,
        22 | 106 => 8,
        38 => 20,
        66 | 82 => 4,
        _ => 12,
    };
    let mut at = 16 + body;
    while at + 4 <= request.len() {
        let (length, kind) = (usize::from(half(at)), half(at + 2));
        assert!(length >= 4 && at + length <= request.len(), "its attributes are whole");
        assert!(kind & 0xc000 == 0 && !TARGET_NAMESPACE.contains(&(half(4), kind)), "attribute {kind:#x}");
        at += length.next_multiple_of(4);
    }
}

/// Messages to CAN's broadcast manager, one after the other.
pub(crate) fn broadcasts(data: &[u8]) {
    let mut kept = Broadcasts::default();
    for message in data.chunks(72) {
        let Ok(judged) = kept.judge(1, message) else { continue };
        assert_eq!(judged.len(), message.len(), "it stays as long as it was");
        assert_eq!(kept.judge(1, &judged).as_ref(), Ok(&judged), "what is sent is judged the same again");
        // TX_SETUP: neither interval is below a millisecond, unless it is none. linux/can/bcm.h has them at 16 and 32.
        if judged[..4] == 1u32.to_ne_bytes() {
            for at in [16, 32] {
                let part = |at: usize| i64::from_ne_bytes(judged[at..at + 8].try_into().expect("eight bytes"));
                let microseconds = i128::from(part(at)) * 1_000_000 + i128::from(part(at + 8));
                assert!(microseconds == 0 || microseconds >= 1000, "{microseconds} us between two frames");
            }
        }
    }
}

/// Packets with a header of the guest's own.
pub(crate) fn ip_header(data: &[u8]) {
    if let Some(header) = Header::of_ipv4(data) {
        // RFC 791, section 3.1.
        assert!(data.len() >= 20 && data[0] >> 4 == 4 && data[0] & 0xf >= 5, "{header:?}");
        assert_eq!(octets(header.source), data[12..16]);
        assert_eq!(octets(header.destination), data[16..20]);
        assert_eq!(header.has_extensions, data[0] & 0xf > 5, "{header:?}");
    }
    if let Some(header) = Header::of_ipv6(data) {
        // RFC 8200, section 3.
        assert!(data.len() >= 40 && data[0] >> 4 == 6, "{header:?}");
        assert_eq!(octets(header.source), data[8..24]);
        assert_eq!(octets(header.destination), data[24..40]);
        assert_eq!(header.has_extensions, is_extension_header(data[6].into()), "{header:?}");
    }
}

fn octets(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    }
}
