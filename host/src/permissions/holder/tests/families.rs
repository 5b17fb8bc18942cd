//! Packet, netlink and vsock sockets.

use super::*;
use crate::address::{NetlinkAddress, PacketAddress, VsockAddress};
use crate::permissions::{NetlinkFault, Sort, Transport};

const ROUTE: Transport = Transport::Netlink("route");

fn packet(interface: &str, protocol: u16) -> Address {
    Address::Packet(PacketAddress { interface: interface.into(), index: 7, protocol, ..PacketAddress::default() })
}

fn netlink(port_id: u32, groups: u32) -> Address {
    Address::Netlink(NetlinkAddress { port_id, groups })
}

fn vsock(cid: u32, port: u32) -> Address {
    Address::Vsock(VsockAddress { cid, port })
}

/// The line that would allow it; `open` where it is allowed, nothing where no line would.
fn bind(lines: &[&str], transport: Transport, at: &Address) -> String {
    match holding(lines).bind(transport, at, false) {
        Ok(permit) if permit.hears_anyone() => "hears".to_owned(),
        Ok(_) => "open".to_owned(),
        Err(denial) => denial.grant().unwrap_or_default().to_owned(),
    }
}

fn send(lines: &[&str], transport: Transport, to: &Address) -> String {
    match holding(lines).send(transport, to, &Machine::default(), Instant::now()) {
        Ok(_) => "open".to_owned(),
        Err(denial) => denial.grant().unwrap_or_default().to_owned(),
    }
}

fn hears(lines: &[&str], transport: Transport, from: &Address) -> bool {
    holding(lines).hears(transport, from, &Machine::default(), Instant::now())
}

#[test]
fn sockets_that_hear_by_being_there_take_a_line_to_be_made() {
    let sort = Sort { family: 17, kind: 3, protocol: 0x0300 };
    let create = |lines: &[&str], transport| match holding(lines).create(transport, sort) {
        Ok(permit) => Ok(permit.target().protocol),
        Err(denial) => Err(denial.grant().unwrap_or_default().to_owned()),
    };
    assert_eq!(create(&["raw ip *", "netlink read route"], Transport::Packet), Err("packet capture *".to_owned()));
    assert_eq!(create(&["packet send eth0"], Transport::Packet), Ok(0), "made without a protocol");
    assert_eq!(create(&["packet capture *"], ROUTE), Err("netlink read route".to_owned()));
    assert_eq!(create(&["netlink read xfrm"], ROUTE), Err("netlink read route".to_owned()));
    assert_eq!(create(&["netlink write route"], ROUTE), Ok(0x0300));
    assert_eq!(create(&["netlink read route", "deny netlink read route"], ROUTE), Err(String::new()));
    assert_eq!(create(&["netlink read route"], Transport::Netlink("")), Err(String::new()), "no line names it");
    assert_eq!(create(&[], Transport::Vsock), Ok(0x0300), "it hears nobody by being there");
}

#[test]
fn capturing_and_sending_are_granted_apart() {
    let (eth0, any) = (packet("eth0", 3), packet("", 3));
    for (lines, at, expected) in [
        (&["packet send *"][..], &eth0, "packet capture eth0"),
        (&["packet capture eth1"], &eth0, "packet capture eth0"),
        (&["packet capture eth0"], &eth0, "hears"),
        (&["packet capture *"], &eth0, "hears"),
        (&["packet capture *", "deny packet capture eth0"], &eth0, ""),
        (&["packet capture eth0"], &any, "packet capture *"),
        (&["packet capture *"], &any, "hears"),
        (&["packet capture *", "deny packet capture eth0"], &any, ""),
        // Without a protocol it hears nothing, and so needs no more than to send.
        (&["packet send eth0"], &packet("eth0", 0), "open"),
        (&["packet send eth1"], &packet("eth0", 0), "packet capture eth0"),
        // A name that no line can hold.
        (&["packet capture eth0"], &packet("eth 0", 3), ""),
    ] {
        assert_eq!(bind(lines, Transport::Packet, at), expected, "{lines:?}, {at}");
    }
    assert_eq!(send(&["packet capture eth0"], Transport::Packet, &eth0), "packet send eth0");
    assert_eq!(send(&["packet send eth0"], Transport::Packet, &eth0), "open");
    assert_eq!(send(&["packet send eth0"], Transport::Packet, &any), "packet send *");
    assert!(hears(&["packet capture eth0"], Transport::Packet, &eth0));
    assert!(!hears(&["packet send eth0", "packet capture eth1"], Transport::Packet, &eth0));
}

#[test]
fn netlink_has_the_kernel_for_its_peer() {
    let read = &["netlink read route"][..];
    assert_eq!(bind(read, ROUTE, &netlink(0, 0)), "open");
    assert_eq!(bind(read, ROUTE, &netlink(0, 1)), "open");
    assert_eq!(bind(read, ROUTE, &netlink(1, 0)), "", "the port is the kernel's choice");
    assert_eq!(bind(&["netlink write route"], ROUTE, &netlink(0, 1)), "netlink read route");
    assert_eq!(bind(read, ROUTE, &netlink(0, 1 << 29)), "netlink write route", "RTNLGRP_IPV4_MROUTE_R");
    assert_eq!(send(read, ROUTE, &netlink(0, 0)), "open");
    assert_eq!(send(read, ROUTE, &netlink(1, 0)), "", "another program");
    assert_eq!(send(read, ROUTE, &netlink(0, 1)), "", "a group of programs");
    assert!(hears(read, ROUTE, &netlink(0, 1)));
    assert!(!hears(read, ROUTE, &netlink(1, 0)), "another program");
    assert!(!hears(&["netlink read xfrm"], ROUTE, &netlink(0, 0)), "given up");
}

#[test]
fn netlink_requests_that_do_more_than_read_take_the_grant_to_write() {
    let dump = [&[32, 0, 0, 0, 18, 0, 1, 3][..], &[0; 24]].concat();
    let change = [&[32, 0, 0, 0, 16, 0, 5, 0][..], &[0; 24]].concat();
    let ask = |lines: &[&str], family, data: &[u8]| match holding(lines).netlink_requests(family, 9, data) {
        Ok((sent, _)) => Ok(sent),
        Err(NetlinkFault::Denied(denial)) => Err(denial.grant().unwrap_or_default().to_owned()),
        Err(NetlinkFault::Malformed) => Err("malformed".to_owned()),
    };
    let (read, both) = (&["netlink read route"][..], &["netlink read route", "netlink write route"][..]);
    let write = || Err("netlink write route".to_owned());
    assert_eq!(ask(read, "route", &dump), Ok(dump.clone()));
    assert_eq!(ask(read, "route", &change), write());
    assert_eq!(ask(read, "route", &[dump.clone(), change.clone()].concat()), write());
    assert_eq!(
        ask(both, "route", &[dump.clone(), change.clone()].concat()),
        Ok([dump.clone(), change.clone()].concat())
    );
    assert_eq!(ask(&["netlink write route"], "route", &dump), Err("netlink read route".to_owned()));
    assert_eq!(ask(&["netlink read generic"], "generic", &dump), Err("netlink write generic".to_owned()));
    assert_eq!(ask(read, "route", &dump[..20]), Err("malformed".to_owned()));
}

#[test]
fn vsock_is_judged_by_context_and_port() {
    for (lines, to, expected) in [
        (&["vsock connect 2:1024"][..], vsock(2, 1024), "open"),
        (&["vsock connect 2:1024"], vsock(2, 1025), "vsock connect 2:1025"),
        (&["vsock connect 2:*"], vsock(3, 1), "vsock connect 3:1"),
        (&["vsock connect *:*"], vsock(3, 1), "open"),
        (&["vsock connect *:*", "deny vsock connect 3:*"], vsock(3, 1), ""),
        (&["vsock listen *:*"], vsock(3, 1024), "vsock connect 3:1024"),
    ] {
        assert_eq!(send(lines, Transport::Vsock, &to), expected, "{lines:?}, {to}");
    }
    const ANY: u32 = VsockAddress::ANY;
    for (lines, at, expected) in [
        (&["vsock listen 1:5000"][..], vsock(1, 5000), "hears"),
        (&["vsock listen 1:5000"], vsock(ANY, 5000), "vsock listen *:5000"),
        (&["vsock listen *:5000"], vsock(ANY, 5000), "hears"),
        (&["vsock listen *:*", "deny vsock listen 1:5000"], vsock(ANY, 5000), ""),
        (&["vsock listen 1:5000"], vsock(1, ANY), "vsock listen 1:4294967295"),
        (&["vsock listen 1:*"], vsock(1, ANY), "hears"),
        (&["vsock listen 1:*"], vsock(1, 1023), "vsock listen 1:1023"),
        (&["vsock listen 1:1023"], vsock(1, 1023), "hears"),
    ] {
        assert_eq!(bind(lines, Transport::Vsock, &at), expected, "{lines:?}, {at}");
    }
}

#[test]
fn an_address_of_another_family_is_refused() {
    for (transport, address) in [
        (Transport::Packet, netlink(0, 0)),
        (ROUTE, vsock(1, 1)),
        (Transport::Vsock, packet("lo", 3)),
        (Transport::Tcp, packet("lo", 3)),
    ] {
        let everything =
            ["packet capture *", "packet send *", "netlink read route", "vsock connect *:*", "tcp connect *:*"];
        assert_eq!(send(&everything, transport, &address), "", "{transport}, {address}");
        assert_eq!(bind(&everything, transport, &address), "", "{transport}, {address}");
        assert!(!hears(&everything, transport, &address), "{transport}, {address}");
    }
}
