//! TIPC, RDS and QRTR sockets.

use super::*;
use crate::address::{QipcrtrAddress, TipcAddress};
use crate::permissions::{Sort, Transport};

const SORT: Sort = Sort { family: 30, kind: 5, protocol: 0 };

fn service(service: u32, instance: u32) -> Address {
    Address::Tipc(TipcAddress::Service { service, instance, scope: 2 })
}

fn range(service: u32, lower: u32, upper: u32) -> Address {
    Address::Tipc(TipcAddress::Range { service, lower, upper, scope: 2 })
}

fn socket() -> Address {
    Address::Tipc(TipcAddress::Socket { node: 7, reference: 1234, scope: 0 })
}

fn qrtr(node: u32, port: u32) -> Address {
    Address::Qipcrtr(QipcrtrAddress { node, port })
}

/// The line that would allow it; nothing where no line would.
fn line<T>(result: Result<T, Denial>, allowed: impl FnOnce(T) -> &'static str) -> String {
    match result {
        Ok(permit) => allowed(permit).to_owned(),
        Err(denial) => denial.grant().unwrap_or_default().to_owned(),
    }
}

fn bind(lines: &[&str], transport: Transport, at: &Address) -> String {
    line(holding(lines).bind(transport, at, false), |permit| if permit.hears_anyone() { "hears" } else { "open" })
}

fn send(lines: &[&str], transport: Transport, to: &Address) -> String {
    line(holding(lines).send(transport, to, &Machine::default(), Instant::now()), |_| "open")
}

fn connect(lines: &[&str], transport: Transport, to: &Address) -> String {
    line(holding(lines).connect(transport, to, &Machine::default(), Instant::now()), |_| "open")
}

fn hears(lines: &[&str], transport: Transport, from: &Address) -> bool {
    holding(lines).hears(transport, from, &Machine::default(), Instant::now())
}

/// Asks to answer on a socket that was bound under the first lines, and is held under both.
fn answer(lines: &[&str], kept: &[&str], transport: Transport, at: &Address, to: &Address) -> String {
    let mut holder = holding(lines);
    let bound = holder.bind(transport, at, false).expect("the lines allow it");
    holder.restrict(permissions(kept)).expect("a first restriction");
    line(holder.answer(&bound, transport, to), |_| "open")
}

#[test]
fn each_takes_a_line_of_its_kind_to_be_made() {
    for (transport, lines, proposed) in [
        (Transport::Tipc, ["tipc connect 1:1", "tipc send 64:0", "tipc bind 64:0"], "tipc connect *:*"),
        (Transport::TipcMessages, ["tipc connect 1:1", "tipc send 64:0", "tipc bind 64:0"], "tipc connect *:*"),
        (Transport::Rds, ["rds send 10.0.0.1:1", "rds bind 10.0.0.1:1", "rds bind *:*"], "rds send *:*"),
        (Transport::Qipcrtr, ["qipcrtr send 1:1", "qipcrtr bind 1:1", "qipcrtr bind *:*"], "qipcrtr send *:*"),
    ] {
        let create = |lines: &[&str]| line(holding(lines).create(transport, SORT), |_| "open");
        assert_eq!(create(&["vsock connect *:*", "udp send *:*", "raw ip *"]), proposed, "{transport}");
        for one in lines {
            assert_eq!(create(&[one]), "open", "{transport}, {one}");
        }
    }
}

#[test]
fn tipc_services_are_judged_by_type_and_instances() {
    use Transport::{Tipc, TipcMessages};
    for (lines, transport, to, expected) in [
        (&["tipc connect 1000:5"][..], Tipc, service(1000, 5), "open"),
        (&["tipc connect 1000:5"], Tipc, service(1000, 6), "tipc connect 1000:6"),
        (&["tipc connect 1000:5"], Tipc, service(1001, 5), "tipc connect 1001:5"),
        (&["tipc connect 1000:5"], TipcMessages, service(1000, 5), "tipc send 1000:5"),
        (&["tipc send *:*", "tipc bind *:*"], Tipc, service(1000, 5), "tipc connect 1000:5"),
        (&["tipc connect *:*"], Tipc, service(1000, 5), "open"),
        (&["tipc connect *:*", "deny tipc connect 1000:0-9"], Tipc, service(1000, 5), ""),
        (&["tipc send 1000:0-9"], TipcMessages, range(1000, 0, 9), "open"),
        (&["tipc send 1000:0-9"], TipcMessages, range(1000, 0, 10), "tipc send 1000:0-10"),
        (&["tipc send 1000:0-9,10-20"], TipcMessages, range(1000, 5, 15), "open"),
        (&["tipc send 1000:*"], TipcMessages, range(1000, 0, u32::MAX), "open"),
        (&["tipc send 1000:*", "deny tipc send 1000:7"], TipcMessages, range(1000, 0, 9), ""),
        (&["tipc send 1000:*", "deny tipc send 1000:10"], TipcMessages, range(1000, 0, 9), "open"),
        // The wrong way round it is judged as the right way, for the kernel to refuse.
        (&["tipc send 1000:5"], TipcMessages, range(1000, 5, 0), "tipc send 1000:0-5"),
        // What is TIPC's own is no part of `*`.
        (&["tipc connect *:*"], Tipc, service(1, 1), "tipc connect 1:1"),
        (&["tipc connect *:1"], Tipc, service(63, 1), "tipc connect 63:1"),
        (&["tipc connect *:1"], Tipc, service(64, 1), "open"),
        (&["tipc connect 1:*"], Tipc, service(1, 1), "open"),
        (&["tipc connect 1:1"], Tipc, range(1, 0, 1), "tipc connect 1:0-1"),
        (&["tipc connect 1:*", "deny tipc connect *:1"], Tipc, service(1, 1), ""),
        (&["tipc send *:*"], TipcMessages, range(0, 0, 9), "tipc send 0:0-9"),
    ] {
        assert_eq!(connect(lines, transport, &to), expected, "{lines:?}, {to}");
        assert_eq!(send(lines, transport, &to), expected, "sending on a socket with connections is connecting: {to}");
    }
}

#[test]
fn a_tipc_socket_by_its_number_is_everybodys() {
    let (all, topology) = ("tipc connect *:*", "tipc connect 1:1");
    for (lines, expected) in [
        (&["tipc connect 1000:*"][..], all),
        (&[all], topology),
        (&[all, topology], "open"),
        (&[all, "tipc connect 1:*"], "open"),
        (&[all, "tipc connect 1:2"], topology),
        (&[topology], all),
        (&[all, topology, "deny tipc connect 2000:1"], ""),
    ] {
        assert_eq!(connect(lines, Transport::Tipc, &socket()), expected, "{lines:?}");
    }
    assert_eq!(send(&["tipc send *:*"], Transport::TipcMessages, &socket()), "open");
    assert_eq!(send(&["tipc send 1000:*"], Transport::TipcMessages, &socket()), "tipc send *:*");
    assert_eq!(send(&["tipc send *:*", "deny tipc send 1000:1"], Transport::TipcMessages, &socket()), "");
}

#[test]
fn offering_a_tipc_service_hears_and_answers() {
    let (messages, at) = (Transport::TipcMessages, range(1000, 0, 9));
    for transport in [Transport::Tipc, messages] {
        assert_eq!(bind(&["tipc send *:*", "tipc connect *:*"], transport, &at), "tipc bind 1000:0-9");
        assert_eq!(bind(&["tipc bind 1000:0-8"], transport, &at), "tipc bind 1000:0-9");
        assert_eq!(bind(&["tipc bind 1000:*"], transport, &at), "hears");
        assert_eq!(bind(&["tipc bind 1000:*", "deny tipc bind *:9"], transport, &at), "");
        assert_eq!(bind(&["tipc bind *:*"], transport, &service(63, 1)), "tipc bind 63:1");
    }
    let listen = |lines: &[&str], at: &Address| line(holding(lines).listen(Transport::Tipc, at, false), |_| "open");
    assert_eq!(listen(&["tipc bind 1000:*"], &at), "open");
    assert_eq!(listen(&["tipc bind 1001:*"], &at), "tipc bind 1000:0-9");
    assert_eq!(listen(&["tipc bind 1000:*"], &Address::Unspecified), "tipc bind *:*", "it offers nothing by name");
    assert_eq!(listen(&["tipc bind *:*"], &Address::Unspecified), "open");
    let lines = ["tipc bind 1000:*"];
    assert_eq!(answer(&lines, &lines, messages, &at, &socket()), "open");
    assert_eq!(answer(&lines, &["tipc bind 1001:*"], messages, &at, &socket()), "", "it was given up");
    assert_eq!(answer(&["tipc bind 1000:*", "deny tipc send *:*"], &lines, messages, &at, &socket()), "");
    assert_eq!(answer(&lines, &lines, messages, &at, &service(1000, 5)), "", "nobody is heard by name");
    assert_eq!(answer(&lines, &lines, Transport::Tipc, &at, &socket()), "", "one with connections doesn't answer");
    assert!(hears(&[], messages, &socket()), "nobody knows its number but those that it wrote to");
}

#[test]
fn rds_is_judged_as_udp_is() {
    let rds = Transport::Rds;
    for (lines, to, expected) in [
        (&["rds send 10.0.0.0/8:4000"][..], "10.1.2.3:4000", "open"),
        (&["rds send 10.0.0.0/8:4000"], "10.1.2.3:4001", "rds send 10.1.2.3:4001"),
        (&["rds send 10.0.0.0/8:*", "deny rds send 10.1.0.0/16:*"], "10.1.2.3:4000", ""),
        (&["udp send *:*", "rds bind *:*"], "10.1.2.3:4000", "rds send 10.1.2.3:4000"),
        (&["rds send 127.0.0.1:4000"], "0.0.0.0:4000", "open"),
        (&["rds send [::1]:4000"], "[::]:4000", "open"),
        (&["rds send 10.0.0.0/8:*"], "[::ffff:10.1.2.3]:4000", "open"),
        (&["rds send 10.0.0.0/8:*", "deny rds send 10.1.2.3:*"], "[::ffff:10.1.2.3]:4000", ""),
        (&["rds send [2002::/16]:*"], "[2002:a01:203::1]:4000", "rds send [2002:a01:203::1]:4000"),
    ] {
        assert_eq!(send(lines, rds, &address(to)), expected, "{lines:?}, {to}");
        assert_eq!(connect(lines, rds, &address(to)), expected, "{lines:?}, {to}");
        assert_eq!(hears(lines, rds, &address(to)), expected == "open", "{lines:?}, {to}");
    }
    for (lines, at, expected) in [
        (&["rds bind 10.0.0.1:4000"][..], "10.0.0.1:4000", "hears"),
        (&["rds bind 10.0.0.0/8:*"], "10.0.0.1:4000", "hears"),
        (&["rds bind 10.0.0.1:4000"], "10.0.0.1:0", "rds bind 10.0.0.1:0"),
        (&["rds bind *:*"], "10.0.0.1:80", "rds bind 10.0.0.1:80"),
        (&["udp bind *:*"], "10.0.0.1:4000", "rds bind 10.0.0.1:4000"),
        // The kernel picks no address, and a sender needs one.
        (&["rds send 192.0.2.1:1"], "10.0.0.1:0", "open"),
        (&["rds send 192.0.2.1:1"], "10.0.0.1:4000", "rds bind 10.0.0.1:4000"),
        (&["rds send 192.0.2.1:1", "rds bind 10.0.0.1:*"], "10.0.0.1:0", "hears"),
        (&["rds send 192.0.2.1:1", "deny rds bind 10.0.0.1:*"], "10.0.0.1:0", ""),
    ] {
        assert_eq!(bind(lines, rds, &address(at)), expected, "{lines:?}, {at}");
    }
    let (at, peer, lines) = (address("10.0.0.1:4000"), address("10.0.0.9:5"), ["rds bind 10.0.0.1:4000"]);
    assert_eq!(answer(&lines, &lines, rds, &at, &peer), "open");
    assert_eq!(answer(&lines, &[], rds, &at, &peer), "", "it was given up");
    assert_eq!(answer(&["rds bind 10.0.0.1:4000", "deny rds send 10.0.0.9:*"], &lines, rds, &at, &peer), "");
    let listen = holding(&["rds bind *:*"]).listen(rds, &at, false);
    assert!(listen.is_err(), "it has no connections");
}

#[test]
fn qrtr_is_judged_by_node_and_port() {
    let (qipcrtr, control, everywhere) = (Transport::Qipcrtr, 0xffff_fffe, u32::MAX);
    for (lines, to, expected) in [
        (&["qipcrtr send 1:20000"][..], qrtr(1, 20_000), "open"),
        (&["qipcrtr send 1:20000"], qrtr(1, 20_001), "qipcrtr send 1:20001"),
        (&["qipcrtr send 1:*"], qrtr(2, 20_000), "qipcrtr send 2:20000"),
        (&["qipcrtr send *:*", "deny qipcrtr send 1:20000"], qrtr(1, 20_000), ""),
        (&["qipcrtr bind *:*"], qrtr(1, 20_000), "qipcrtr send 1:20000"),
        // The name service, by each number that leads there.
        (&["qipcrtr send *:*"], qrtr(1, control), "qipcrtr send 1:4294967294"),
        (&["qipcrtr send 1:0-4294967295"], qrtr(1, control), "open"),
        (&["qipcrtr send *:*", "qipcrtr send 1:0,65534,65535"], qrtr(1, 0), "qipcrtr send 1:4294967294"),
        (&["qipcrtr send *:*", "qipcrtr send 1:0,65534,65535"], qrtr(1, 65_534), "qipcrtr send 1:4294967294"),
        (&["qipcrtr send *:*", "qipcrtr send 1:0,65534,65535"], qrtr(1, 65_535), "qipcrtr send 1:4294967294"),
        (&["qipcrtr send 1:4294967294"], qrtr(1, 0), "open"),
        (&["qipcrtr send *:4294967294", "deny qipcrtr send 1:*"], qrtr(1, 0), ""),
        // All nodes.
        (&["qipcrtr send 4294967295:*"], qrtr(everywhere, 20_000), "qipcrtr send *:20000"),
        (&["qipcrtr send *:*"], qrtr(everywhere, 20_000), "open"),
        (&["qipcrtr send *:*", "deny qipcrtr send 3:20000"], qrtr(everywhere, 20_000), ""),
        (&["qipcrtr send *:*"], qrtr(everywhere, control), "qipcrtr send *:4294967294"),
        (&["qipcrtr send 1:4294967294"], qrtr(everywhere, control), "qipcrtr send *:4294967294"),
        (&["qipcrtr send *:4294967294"], qrtr(everywhere, control), "open"),
        (&["qipcrtr send *:4294967294", "deny qipcrtr send 3:*"], qrtr(everywhere, control), ""),
    ] {
        assert_eq!(send(lines, qipcrtr, &to), expected, "{lines:?}, {to}");
        assert_eq!(connect(lines, qipcrtr, &to), expected, "{lines:?}, {to}");
        assert_eq!(hears(lines, qipcrtr, &to), expected == "open", "{lines:?}, {to}");
    }
    for (lines, at, expected) in [
        (&["qipcrtr bind 1:20000"][..], qrtr(1, 20_000), "hears"),
        (&["qipcrtr bind *:*"], qrtr(1, 20_000), "hears"),
        (&["qipcrtr send *:*"], qrtr(1, 20_000), "qipcrtr bind 1:20000"),
        (&["qipcrtr bind *:*"], qrtr(1, 16_383), "qipcrtr bind 1:16383"),
        (&["qipcrtr bind 1:0-20000"], qrtr(1, 16_383), "hears"),
        (&["qipcrtr bind *:*"], qrtr(1, control), "qipcrtr bind 1:4294967294"),
        (&["qipcrtr bind *:4294967294"], qrtr(1, control), "hears"),
        (&["qipcrtr bind *:*"], qrtr(1, 0), "hears"),
        (&["qipcrtr bind 1:20000"], qrtr(1, 0), "qipcrtr bind 1:0"),
        (&["qipcrtr send 9:9"], qrtr(1, 0), "open"),
        (&["qipcrtr send 9:9", "deny qipcrtr bind *:*"], qrtr(1, 0), ""),
    ] {
        assert_eq!(bind(lines, qipcrtr, &at), expected, "{lines:?}, {at}");
    }
    let (at, lines) = (qrtr(1, 20_000), ["qipcrtr bind 1:20000"]);
    assert_eq!(answer(&lines, &lines, qipcrtr, &at, &qrtr(2, 17_000)), "open");
    assert_eq!(answer(&lines, &lines, qipcrtr, &at, &qrtr(2, control)), "qipcrtr send 2:4294967294");
    assert_eq!(answer(&lines, &[], qipcrtr, &at, &qrtr(2, 17_000)), "", "it was given up");
    assert_eq!(answer(&["qipcrtr bind 1:20000", "deny qipcrtr send 2:*"], &lines, qipcrtr, &at, &qrtr(2, 17_000)), "");
}
