//! Which netlink messages only read.
//!
//! A request that is let through as a reading one is put together anew from the parts that were understood: its type,
//! the body of that type, attributes of the types that are listed. Nothing else of what the guest wrote reaches the
//! kernel.

use super::denial::Denial;

/// Why netlink messages aren't sent.
#[derive(Debug)]
pub(crate) enum NetlinkFault {
    /// They aren't whole messages.
    Malformed,
    Denied(Denial),
}

impl From<Denial> for NetlinkFault {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

/// A netlink message of a guest's.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Message<'a> {
    /// It reads; this is it, put together anew.
    Read(Vec<u8>),
    /// It may do anything; as the guest wrote it.
    Other(&'a [u8]),
}

/// A request of rtnetlink(7) that reads: its type, the length of its body, and the attributes that it may have. Those
/// that aren't listed can lead elsewhere: to another network namespace (`IFLA_TARGET_NETNSID`), for one, where the
/// kernel would ask for a capability that the host may have.
struct Request {
    kind: u16,
    body: usize,
    attributes: &'static [u16],
}

const fn request(kind: u16, body: usize, attributes: &'static [u16]) -> Request {
    Request { kind, body, attributes }
}

// The numbers are those of linux/rtnetlink.h, if_link.h, if_addr.h, neighbour.h, fib_rules.h, netconf.h, nexthop.h.
#[rustfmt::skip]
const ROUTE: [Request; 11] = [
    request(18,  16, &[3, 10, 29, 53]), // RTM_GETLINK: IFLA_IFNAME, IFLA_MASTER, IFLA_EXT_MASK, IFLA_ALT_IFNAME
    request(22,  8,  &[1, 2]),          // RTM_GETADDR: IFA_ADDRESS, IFA_LOCAL
    request(26,  12, &[1, 2, 3, 4, 15, 16, 25, 27, 28, 29]), // RTM_GETROUTE: RTA_DST, _SRC, _IIF, _OIF, _TABLE, _MARK, _UID, _IP_PROTO, _SPORT, _DPORT
    request(30,  12, &[1, 8, 9]),       // RTM_GETNEIGH: NDA_DST, NDA_IFINDEX, NDA_MASTER
    request(34,  12, &[]),              // RTM_GETRULE
    request(38,  20, &[]),              // RTM_GETQDISC
    request(66,  4,  &[]),              // RTM_GETNEIGHTBL
    request(74,  12, &[]),              // RTM_GETADDRLABEL
    request(82,  4,  &[1]),             // RTM_GETNETCONF: NETCONFA_IFINDEX
    request(94,  12, &[]),              // RTM_GETSTATS
    request(106, 8,  &[1, 5, 6]),       // RTM_GETNEXTHOP: NHA_ID, NHA_OIF, NHA_GATEWAY
];

/// `struct nlmsghdr`.
const HEADER: usize = 16;
const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_ACK: u16 = 0x4;
const NLM_F_DUMP: u16 = 0x300;

/// Takes the messages in a buffer apart; none where it doesn't hold whole ones. `own` is the sender's port.
pub(crate) fn messages<'a>(family: &str, own: u32, data: &'a [u8]) -> Option<Vec<Message<'a>>> {
    let mut messages = Vec::new();
    let mut rest = data;
    while !rest.is_empty() {
        let length = usize::try_from(number(rest, 0)?).ok()?;
        if length < HEADER {
            return None;
        }
        let message = rest.get(..length)?;
        let read = if family == "route" { read_request(own, message)? } else { None };
        messages.push(read.map_or(Message::Other(message), Message::Read));
        // The padding of the last one may be missing.
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Some(messages)
}

/// A request that reads, put together anew. The outer none: its attributes aren't whole.
fn read_request(own: u32, message: &[u8]) -> Option<Option<Vec<u8>>> {
    let (kind, flags) = (half(message, 4)?, half(message, 6)?);
    let (sequence, port) = (number(message, 8)?, number(message, 12)?);
    let Some(request) = ROUTE.iter().find(|request| request.kind == kind) else { return Some(None) };
    let is_request = flags & NLM_F_REQUEST != 0 && flags & !(NLM_F_REQUEST | NLM_F_ACK | NLM_F_DUMP) == 0;
    if !is_request || (port != 0 && port != own) {
        return Some(None);
    }
    let content = message.get(HEADER..)?;
    let mut body = Vec::with_capacity(content.len());
    match content.get(..request.body) {
        Some(own_body) => {
            body.extend_from_slice(own_body);
            let mut rest = content.get(request.body.next_multiple_of(4)..).unwrap_or_default();
            while !rest.is_empty() {
                let (length, kind) = (usize::from(half(rest, 0)?), half(rest, 2)?);
                if length < 4 {
                    return None;
                }
                let attribute = rest.get(..length)?;
                if !request.attributes.contains(&kind) {
                    return Some(None);
                }
                body.resize(body.len().next_multiple_of(4), 0);
                body.extend_from_slice(attribute);
                rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
            }
        }
        // `struct rtgenmsg`: of a dump the address family alone, as getifaddrs(3) asks.
        None if flags & NLM_F_DUMP == NLM_F_DUMP => body.push(*content.first()?),
        None => return None,
    }
    let length = u32::try_from(HEADER + body.len()).ok()?;
    let mut anew = Vec::with_capacity(HEADER + body.len());
    anew.extend(length.to_ne_bytes());
    anew.extend(kind.to_ne_bytes());
    anew.extend(flags.to_ne_bytes());
    anew.extend(sequence.to_ne_bytes());
    anew.extend(port.to_ne_bytes());
    anew.extend(body);
    Some(Some(anew))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_ne_bytes(*bytes))
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_ne_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u16, flags: u16, port: u32, content: &[u8]) -> Vec<u8> {
        let mut message = Vec::new();
        message.extend(u32::try_from(HEADER + content.len()).unwrap().to_ne_bytes());
        message.extend(kind.to_ne_bytes());
        message.extend(flags.to_ne_bytes());
        message.extend(7u32.to_ne_bytes());
        message.extend(port.to_ne_bytes());
        message.extend(content);
        message
    }

    fn attribute(kind: u16, value: &[u8]) -> Vec<u8> {
        let mut attribute = u16::try_from(4 + value.len()).unwrap().to_ne_bytes().to_vec();
        attribute.extend(kind.to_ne_bytes());
        attribute.extend(value);
        attribute.resize(attribute.len().next_multiple_of(4), 0);
        attribute
    }

    fn reads(data: &[u8]) -> Vec<bool> {
        let messages = messages("route", 99, data).expect("whole messages");
        messages.iter().map(|message| matches!(message, Message::Read(_))).collect()
    }

    #[test]
    fn a_dump_of_links_comes_out_as_it_went_in() {
        let dump = message(18, 0x301, 0, &[0; 16]);
        assert_eq!(messages("route", 99, &dump), Some(vec![Message::Read(dump.clone())]));
        let by_name = message(18, 0x1, 99, &[vec![0; 16], attribute(3, b"eth0\0")].concat());
        assert_eq!(reads(&by_name), [true]);
        assert_eq!(reads(&message(22, 0x301, 0, &[2])), [true], "the family alone");
    }

    #[test]
    fn what_is_more_than_reading_is_told() {
        for (why, other) in [
            ("RTM_NEWLINK", message(16, 0x5, 0, &[0; 16])),
            ("RTM_SETLINK", message(19, 0x5, 0, &[0; 16])),
            ("RTM_GETNSID, which takes descriptors", message(90, 0x1, 0, &[0; 4])),
            ("NLM_F_CREATE", message(18, 0x401, 0, &[0; 16])),
            ("no request", message(18, 0x300, 0, &[0; 16])),
            ("another's port", message(18, 0x301, 1, &[0; 16])),
            ("IFLA_TARGET_NETNSID", message(18, 0x1, 0, &[vec![0; 16], attribute(46, &[1, 0, 0, 0])].concat())),
            ("IFA_TARGET_NETNSID", message(22, 0x301, 0, &[vec![0; 8], attribute(10, &[1, 0, 0, 0])].concat())),
            ("a flag on an attribute's type", message(18, 0x1, 0, &[vec![0; 16], attribute(0x8003, b"x\0")].concat())),
        ] {
            assert_eq!(reads(&other), [false], "{why}");
        }
        assert_eq!(messages("generic", 99, &message(18, 0x301, 0, &[0; 16])).map(|all| all.len()), Some(1));
    }

    #[test]
    fn a_message_behind_another_is_seen() {
        let smuggled = [message(18, 0x301, 0, &[0; 16]), message(16, 0x5, 0, &[0; 16])].concat();
        assert_eq!(reads(&smuggled), [true, false]);
        // Nor does it hide in a body that claims to be longer.
        let longer = message(18, 0x301, 0, &[vec![0; 16], message(16, 0x5, 0, &[0; 16])].concat());
        let messages = messages("route", 99, &longer);
        assert!(messages.is_none_or(|all| all.iter().all(|message| !matches!(message, Message::Read(_)))));
    }

    #[test]
    fn what_isnt_whole_is_malformed() {
        for (why, bad) in [
            ("half a header", vec![0; 8]),
            ("a length below the header's", [[4, 0, 0, 0], [0; 4], [0; 4], [0; 4]].concat()),
            ("a length beyond the buffer", [[200, 0, 0, 0], [0; 4], [0; 4], [0; 4]].concat()),
            ("no body", message(18, 0x1, 0, &[])),
            ("an attribute beyond the message", message(18, 0x1, 0, &[vec![0; 16], vec![200, 0, 3, 0]].concat())),
            ("an attribute of no length", message(18, 0x1, 0, &[vec![0; 16], vec![0, 0, 3, 0]].concat())),
            ("half an attribute", message(18, 0x1, 0, &[vec![0; 16], vec![8]].concat())),
        ] {
            assert_eq!(messages("route", 99, &bad), None, "{why}");
        }
        assert_eq!(messages("route", 99, &[]), Some(Vec::new()));
    }
}
