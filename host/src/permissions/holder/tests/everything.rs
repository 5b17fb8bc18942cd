//! The line `any`: everything that can be granted, and no more.

use super::*;
use crate::address::{AlgAddress, QipcrtrAddress, TipcAddress, VsockAddress};

#[test]
fn any_allows_what_lines_one_by_one_would() {
    for (verb, to) in [
        ("tcp connect", "169.254.169.254:80"),
        ("udp send", "[ff02::fb]:5353"),
        ("udp bind", "224.0.0.251:5353"),
        ("udp bind", "255.255.255.255:67"),
        ("tcp listen dual", "[::]:22"),
        ("tcp bind", "127.0.0.1:443"),
        ("sctp connect", "10.0.0.1:1"),
        ("unix connect", "/run/app/../other.sock"),
        ("unix bind", "@any name"),
        ("unix bind", ""),
        ("udp from", "10.0.0.1:0"),
    ] {
        let allowed = ask(&holding(&["any"]), verb, to, Instant::now());
        assert!(allowed.is_ok(), "{verb} {to}: {allowed:?}");
        let refused = ask(&holding(&[]), verb, to, Instant::now());
        assert!(refused.is_err(), "without a line {verb} {to} is refused");
    }
}

#[test]
fn any_allows_what_star_leaves_out_in_the_other_families() {
    let (any, none) = (holding(&["any"]), holding(&[]));
    let (machine, now) = (Machine::default(), Instant::now());
    let topology = Address::Tipc(TipcAddress::Service { service: 1, instance: 1, scope: 0 });
    let control = Address::Qipcrtr(QipcrtrAddress { node: u32::MAX, port: 0xffff_fffe });
    let low = Address::Vsock(VsockAddress { cid: VsockAddress::ANY, port: 22 });
    let hash = Address::Alg(AlgAddress { kind: b"hash".to_vec(), name: b"sha256".to_vec(), features: 0, mask: 0 });
    for (holder, allowed) in [(&any, true), (&none, false)] {
        assert_eq!(holder.connect(Transport::Tipc, &topology, &machine, now).is_ok(), allowed, "the topology server");
        assert_eq!(holder.send(Transport::Qipcrtr, &control, &machine, now).is_ok(), allowed, "the name service");
        assert_eq!(holder.bind(Transport::Vsock, &low, false).is_ok(), allowed, "a low port of every context");
        assert_eq!(holder.bind(Transport::Alg, &hash, false).is_ok(), allowed, "an algorithm");
        assert_eq!(holder.option("SO_REUSEPORT").is_ok(), allowed, "an option");
        assert_eq!(holder.lookup("a.example").is_ok(), allowed, "a look-up");
        assert_eq!(holder.reverse("10.0.0.1".parse().unwrap()).is_ok(), allowed, "a reverse look-up");
        assert_eq!(holder.join("239.1.2.3".parse().unwrap()).is_ok(), allowed, "a group");
        assert_eq!(holder.interfaces().is_ok(), allowed, "the interfaces");
        assert_eq!(holder.set_hostname().is_ok(), allowed, "the machine's name");
        assert_eq!(holder.netlink_group("NETLINK_ADD_MEMBERSHIP", "audit", 1).is_ok(), allowed, "netlink");
    }
}

#[test]
fn deny_lines_and_restrictions_win_over_any() {
    let denied = holding(&["any", "deny tcp connect 10.0.0.0/8:*", "deny option SO_MARK", "deny unix connect /run"]);
    for (verb, to) in
        [("tcp connect", "10.0.0.5:1"), ("tcp connect", "[64:ff9b::10.0.0.5]:1"), ("unix connect", "/run/x")]
    {
        let refused = ask(&denied, verb, to, Instant::now()).expect_err("a deny line is about it");
        assert!(refused.reason().contains("forbids it"), "{refused}");
    }
    assert!(denied.option("SO_MARK").is_err() && denied.option("SO_DEBUG").is_ok());

    let mut restricted = holding(&["any"]);
    restricted.restrict(permissions(&["tcp connect 10.0.0.0/8:*"])).unwrap();
    assert!(ask(&restricted, "tcp connect", "10.0.0.5:1", Instant::now()).is_ok());
    assert!(ask(&restricted, "tcp connect", "11.0.0.5:1", Instant::now()).is_err());
    let mut narrow = holding(&["tcp connect 10.0.0.0/8:*"]);
    narrow.restrict(permissions(&["any"])).unwrap();
    assert!(ask(&narrow, "tcp connect", "11.0.0.5:1", Instant::now()).is_err(), "a restriction adds nothing");
}

#[test]
fn any_is_no_deny_line() {
    let error = Permissions::builder().deny("any").expect_err("nobody needs it");
    assert!(error.to_string().contains("without an allow line nothing is allowed"), "{error}");
}
