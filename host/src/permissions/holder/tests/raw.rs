//! Raw and ping sockets: made, sending, hearing, bound, and with headers of their own.

use super::*;
use crate::permissions::{Header, Sort, Transport};

const SORT: Sort = Sort { family: 2, kind: 3, protocol: 1 };

fn send(lines: &[&str], transport: Transport, to: &str) -> Result<Target, Denial> {
    let to = address(&format!("{to}:0"));
    holding(lines).send(transport, &to, &Machine::default(), Instant::now()).map(|permit| permit.target().clone())
}

#[test]
fn making_one_takes_a_line_about_such() {
    use Transport::{Icmp, Icmp6, Ip};
    for (lines, transport, expected) in [
        (&["udp send *:*", "packet capture *"][..], Icmp, Some("raw icmp *")),
        (&["raw icmp 192.0.2.1"], Icmp, None),
        (&["raw icmp *"], Icmp6, Some("raw icmp6 *")),
        (&["raw icmp *", "raw icmp6 *"], Ip, Some("raw ip *")),
        (&["raw ip 192.0.2.1"], Icmp, None),
        (&["raw ip 192.0.2.1"], Icmp6, None),
    ] {
        let denial = holding(lines).create(transport, SORT).err();
        assert_eq!(denial.as_ref().and_then(Denial::grant), expected, "{lines:?}, {transport}: {denial:?}");
    }
    for transport in [Transport::Tcp, Transport::Udp, Transport::Unix] {
        assert!(holding(&[]).create(transport, SORT).is_ok(), "{transport}");
    }
}

#[test]
fn packets_go_where_a_block_says() {
    use Transport::{Icmp, Icmp6, Ip};
    for (lines, transport, to, expected) in [
        (&["raw icmp 192.0.2.0/24"][..], Icmp, "192.0.2.7", Ok(())),
        (&["raw icmp 192.0.2.0/24"], Icmp, "192.0.3.7", Err("raw icmp 192.0.3.7")),
        (&["raw icmp 192.0.2.0/24"], Ip, "192.0.2.7", Err("raw ip 192.0.2.7")),
        (&["raw ip 192.0.2.0/24"], Icmp, "192.0.2.7", Ok(())),
        (&["raw icmp *", "deny raw icmp 192.0.2.7"], Icmp, "192.0.2.7", Err("forbids it")),
        (&["raw icmp *", "deny raw ip 192.0.2.7"], Icmp, "192.0.2.7", Err("forbids it")),
        (&["raw icmp *"], Icmp, "0.0.0.0", Ok(())),
        (&["raw icmp 192.0.2.0/24"], Icmp, "0.0.0.0", Err("raw icmp 127.0.0.1")),
        (&["raw icmp6 2001:db8::/32"], Icmp6, "[2001:db8::1]", Ok(())),
        // What NAT64 leads to counts as well.
        (&["raw icmp6 64:ff9b::/96"], Icmp6, "[64:ff9b::a00:5]", Err("raw icmp6 10.0.0.5")),
        (&["raw icmp6 64:ff9b::/96", "raw icmp6 10.0.0.0/8"], Icmp6, "[64:ff9b::a00:5]", Ok(())),
    ] {
        match (send(lines, transport, to), expected) {
            (Ok(_), Ok(())) => {}
            (Err(denial), Err(part)) => assert!(denial.to_string().contains(part), "{lines:?}, {to}: {denial}"),
            (got, _) => panic!("{lines:?}, {to}: {got:?}"),
        }
    }
}

#[test]
fn who_may_not_be_sent_to_is_not_heard() {
    let holder = holding(&["raw icmp 192.0.2.0/24", "deny raw icmp 192.0.2.9"]);
    let hears =
        |from: &str| holder.hears(Transport::Icmp, &address(&format!("{from}:0")), &Machine::default(), Instant::now());
    assert!(hears("192.0.2.1"));
    assert!(!hears("192.0.2.9") && !hears("192.0.3.1"));
}

#[test]
fn a_local_address_is_within_the_blocks_or_the_wildcard() {
    let bind = |lines: &[&str], at: &str| holding(lines).bind(Transport::Icmp, &address(&format!("{at}:0")), false);
    assert!(bind(&[], "0.0.0.0").is_err());
    let permit = bind(&["raw icmp 192.0.2.1"], "0.0.0.0").unwrap();
    assert!(!permit.hears_anyone(), "no bind lets a raw socket hear strangers");
    assert_eq!(bind(&["raw icmp 192.0.2.1"], "10.0.0.1").unwrap_err().grant(), Some("raw icmp 10.0.0.1"));
    assert!(!bind(&["raw icmp 10.0.0.1"], "10.0.0.1").unwrap().hears_anyone());
}

#[test]
fn a_header_says_what_was_judged() {
    let holder = holding(&["raw ip 192.0.2.0/24"]);
    let header = |source: &str, destination: &str, has_extensions| Header {
        source: source.parse().unwrap(),
        destination: destination.parse().unwrap(),
        has_extensions,
    };
    let judge = |header: Header| holder.header(&header, ips(&["192.0.2.1"])[0], Some(ips(&["10.0.0.1"])[0])).map(drop);
    assert_eq!(judge(header("0.0.0.0", "192.0.2.1", false)), Ok(()));
    assert_eq!(judge(header("10.0.0.1", "192.0.2.1", false)), Ok(()));
    for (bad, why) in [
        (header("0.0.0.0", "192.0.2.2", false), "leads to 192.0.2.2"),
        (header("10.0.0.2", "192.0.2.1", false), "claims to come from 10.0.0.2"),
        (header("0.0.0.0", "192.0.2.1", true), "options or extension headers"),
    ] {
        assert!(judge(bad).unwrap_err().reason().contains(why), "{bad:?}");
    }
    // It may name any protocol: lines about ICMP alone don't cover it.
    let icmp = holding(&["raw icmp *"]);
    let denial = icmp.header(&header("0.0.0.0", "192.0.2.1", false), ips(&["192.0.2.1"])[0], None).unwrap_err();
    assert_eq!(denial.grant(), Some("raw ip 192.0.2.1"));
}
