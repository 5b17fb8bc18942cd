//! Groups: who hears them, how far they go, and by which interface.

use std::net::IpAddr;

use wallsocket::errno::EADDRNOTAVAIL;
use wallsocket::*;

use super::{PORT, set};
use crate::check::{Control, number};
use crate::help::fails;

/// A family's way to name groups and interfaces.
struct Family {
    family: i32,
    level: i32,
    any: &'static str,
    group: IpAddr,
    /// The interface's index, and its address.
    index: u32,
    own: IpAddr,
}

impl Family {
    fn socket(&self) -> Socket {
        let sock = socket(self.family, SOCK_DGRAM, 0).expect("a socket");
        sock.bind((self.any, 0)).expect("granted");
        sock
    }

    /// The value and the options that join and leave, as each family has had them first.
    fn membership(&self) -> (Vec<u8>, i32, i32) {
        match (self.group, self.own) {
            (IpAddr::V4(group), IpAddr::V4(own)) => {
                (layout::ip_mreq(group, own).to_vec(), IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP)
            }
            (IpAddr::V6(group), _) => {
                (layout::ipv6_mreq(group, self.index).to_vec(), IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP)
            }
            _ => panic!("two families"),
        }
    }
}

/// Control port, the interface's index, the group, the interface's address, and two sources.
pub(crate) fn hear_a_group(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let ip = |place: usize| arguments[place].parse::<IpAddr>().expect("an address");
    let (group, own) = (ip(2), ip(3));
    let index = number(&arguments[1]);
    let (family, suffix) = match group {
        IpAddr::V4(_) => (Family { family: AF_INET, level: IPPROTO_IP, any: "0.0.0.0", group, index, own }, ""),
        IpAddr::V6(_) => (Family { family: AF_INET6, level: IPPROTO_IPV6, any: "::", group, index, own }, "v6"),
    };
    let sock = family.socket();
    let port = sock.getsockname().expect("its name").port().expect("a port");
    let to = |ip: IpAddr| std::net::SocketAddr::new(ip, port);
    let (one, other) = (format!("2{suffix}"), format!("3{suffix}"));
    // What the socket hears of what both sources send to the group. A datagram to itself is the last.
    let heard = || {
        for (from, ip) in [(&one, group), (&other, group), (&one, own)] {
            control.tell(format!("{from} {}", to(ip)));
        }
        let mut heard = Vec::new();
        loop {
            let (data, _) = sock.recvfrom(100).expect("the last comes at least");
            let data = String::from_utf8(data).expect("in words");
            // Datagrams come in the order that they were sent in.
            heard.push(data.trim_start_matches("from ").trim_end_matches("v6").to_owned());
            let waiting = select::select(&[&sock], &[], &[], 0.0).expect("it is open").0;
            if waiting.is_empty() {
                assert_eq!(heard.pop().as_deref(), Some("2"), "the last was for the socket itself");
                return heard;
            }
        }
    };
    let nobody: [&str; 0] = [];
    assert_eq!(heard(), nobody, "a group that wasn't joined");
    let (value, join, leave) = family.membership();
    set(&sock, family.level, join, &value);
    assert_eq!(heard(), ["2", "3"], "a group that was");
    set(&sock, family.level, leave, &value);
    assert_eq!(heard(), nobody, "a group that was left");

    // The same by the options that are of one form for both families, and then by its sources.
    set(&sock, family.level, MCAST_JOIN_GROUP, &layout::group_req(index, group));
    let source = |place| layout::group_source_req(index, group, ip(place));
    set(&sock, family.level, MCAST_BLOCK_SOURCE, &source(4));
    assert_eq!(heard(), ["3"], "without a source");
    set(&sock, family.level, MCAST_UNBLOCK_SOURCE, &source(4));
    assert_eq!(heard(), ["2", "3"], "with it again");
    set(&sock, family.level, MCAST_LEAVE_GROUP, &layout::group_req(index, group));
    set(&sock, family.level, MCAST_JOIN_SOURCE_GROUP, &source(5));
    assert_eq!(heard(), ["3"], "only what was asked for");
    set(&sock, family.level, MCAST_LEAVE_SOURCE_GROUP, &source(5));
    assert_eq!(heard(), nobody, "none");
    if let (IpAddr::V4(group), IpAddr::V4(own), IpAddr::V4(source)) = (group, own, ip(4)) {
        let value = layout::ip_mreq_source(group, own, source);
        set(&sock, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &value);
        assert_eq!(heard(), ["2"], "only what was asked for");
        set(&sock, IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, &value);
        set(&sock, IPPROTO_IP, IP_ADD_MEMBERSHIP, &layout::ip_mreqn(group, [0; 4].into(), index as i32));
        set(&sock, IPPROTO_IP, IP_BLOCK_SOURCE, &value);
        assert_eq!(heard(), ["3"], "without a source");
        set(&sock, IPPROTO_IP, IP_UNBLOCK_SOURCE, &value);
        assert_eq!(heard(), ["2", "3"], "with it again");
    }
    let beyond = sock.setsockopt(family.level, MCAST_LEAVE_GROUP, &layout::group_req(index + 1000, group));
    fails(beyond, EADDRNOTAVAIL, "no such interface");
}

/// Control port, the interface's index and address, a group of each family.
pub(crate) fn send_to_a_group(arguments: &[String]) {
    let control = Control::new(&arguments[0]);
    let (index, own, group, group6) = (number::<u32>(&arguments[1]), &arguments[2], &arguments[3], &arguments[4]);
    let seen = |sock: &Socket, to: &str, data: &str| {
        sock.sendto(data, (to, PORT)).expect("it can be sent");
        control.tell(PORT)
    };
    let own: std::net::Ipv4Addr = own.parse().expect("an address");
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    set(&sock, IPPROTO_IP, IP_MULTICAST_IF, &own.octets());
    assert_eq!(seen(&sock, group, "near"), "class=0 hops=1 header=20 next=17 near", "no further than the link");
    set(&sock, IPPROTO_IP, IP_MULTICAST_TTL, 5);
    assert_eq!(seen(&sock, group, "far"), "class=0 hops=5 header=20 next=17 far", "IP_MULTICAST_TTL");
    set(&sock, IPPROTO_IP, IP_MULTICAST_TTL, b"\x07");
    assert_eq!(seen(&sock, group, "farther"), "class=0 hops=7 header=20 next=17 farther", "as a byte");
    // By another interface it doesn't get there: the next that is seen is the one after.
    set(&sock, IPPROTO_IP, IP_MULTICAST_IF, &[127, 0, 0, 1]);
    sock.sendto("lost", (group.as_str(), PORT)).expect("it can be sent");
    let interface = i32::try_from(index).expect("a small number");
    set(&sock, IPPROTO_IP, IP_MULTICAST_IF, &layout::ip_mreqn([0; 4].into(), [0; 4].into(), interface));
    assert_eq!(seen(&sock, group, "found"), "class=0 hops=7 header=20 next=17 found", "IP_MULTICAST_IF");

    let sock6 = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
    set(&sock6, IPPROTO_IPV6, IPV6_MULTICAST_IF, interface);
    assert_eq!(seen(&sock6, group6, "near"), "class=0 hops=1 header=40 next=17 near", "no further than the link");
    set(&sock6, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 5);
    assert_eq!(seen(&sock6, group6, "far"), "class=0 hops=5 header=40 next=17 far", "IPV6_MULTICAST_HOPS");
    set(&sock6, IPPROTO_IPV6, IPV6_MULTICAST_IF, 1);
    // Loopback may have no route for groups at all.
    let _ = sock6.sendto("lost", (group6.as_str(), PORT));
    set(&sock6, IPPROTO_IPV6, IPV6_MULTICAST_IF, interface);
    assert_eq!(seen(&sock6, group6, "found"), "class=0 hops=5 header=40 next=17 found", "IPV6_MULTICAST_IF");

    // Who sends hears itself, where it has joined and nothing else is said.
    let ear = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    ear.bind(("0.0.0.0", 0)).expect("granted");
    let group4 = group.parse().expect("an address");
    set(&ear, IPPROTO_IP, IP_ADD_MEMBERSHIP, &layout::ip_mreqn(group4, [0; 4].into(), interface));
    let ear6 = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
    ear6.bind(("::", 0)).expect("granted");
    let parsed = group6.parse().expect("an address");
    set(&ear6, IPPROTO_IPV6, IPV6_JOIN_GROUP, &layout::ipv6_mreq(parsed, index));
    for (sock, ear, level, option, group) in [
        (&sock, &ear, IPPROTO_IP, IP_MULTICAST_LOOP, group),
        (&sock6, &ear6, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, group6),
    ] {
        let port = ear.getsockname().expect("its name").port().expect("a port");
        let say = |data: &str| sock.sendto(data, (group.as_str(), port)).expect("it can be sent");
        set(sock, level, option, 0);
        say("not for this machine");
        set(sock, level, option, 1);
        say("for this machine too");
        assert_eq!(ear.recv(100), Ok(b"for this machine too".to_vec()), "without a loop nothing comes back");
    }
}
