//! A hostile guest: it tries every side door, and none opens without its line. That the lines open them, and `any` all of
//! them, is what shows that the guest tries in earnest.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]
#![allow(unsafe_code, reason = "a network of one's own is made by unshare(2)")]

#[path = "names/network.rs"]
mod names;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixListener;
use std::path::Path;

use names::{OWN, PORT};
use wallsocket_tests::network::alone;
use wallsocket_tests::{Guest, guests, process};

guests! {
    what_no_line_opens: "any";
}

/// What the guest may do from the start: reach 127.0.0.1 at this port.
const GRANTED: u16 = 7070;

/// Each side door, as the guest calls it, and the lines that open it. `{outside}` is a path beside the granted directory.
const DOORS: &[(&str, &[&str])] = &[
    ("tcp 127.0.0.2", &["tcp connect 127.0.0.2:7070"]),
    ("udp 127.0.0.2", &["udp send 127.0.0.2:7070"]),
    ("tcp 2130706434", &["tcp connect 127.0.0.2:7070"]),
    ("udp 2130706434", &["udp send 127.0.0.2:7070"]),
    ("tcp 0x7f.2", &["tcp connect 127.0.0.2:7070"]),
    ("udp 0x7f.2", &["udp send 127.0.0.2:7070"]),
    ("tcp 127.2", &["tcp connect 127.0.0.2:7070"]),
    ("udp 127.2", &["udp send 127.0.0.2:7070"]),
    ("tcp 0177.0.0.2", &["tcp connect 127.0.0.2:7070"]),
    ("udp 0177.0.0.2", &["udp send 127.0.0.2:7070"]),
    ("v4-mapped", &["tcp connect 127.0.0.2:7070"]),
    ("v4-compatible", &["tcp connect 127.0.0.2:7070"]),
    ("NAT64", &["tcp connect 127.0.0.2:7070", "tcp connect [64:ff9b::/96]:7070"]),
    ("6to4", &["tcp connect 127.0.0.2:7070", "tcp connect [2002::/16]:7070"]),
    ("Teredo", &["tcp connect *:7070"]),
    ("::1 with a scope", &["tcp connect [::1]:7070"]),
    ("::", &["tcp connect [::1]:7070"]),
    ("::ffff:0.0.0.0", &["tcp connect 127.0.0.1:7071"]),
    ("0.0.0.0", &["tcp connect 127.0.0.1:7071"]),
    ("0.0.0.0 after a bind", &["tcp connect 127.0.0.1:7071"]),
    ("MSG_FASTOPEN", &["tcp connect 127.0.0.2:7070"]),
    ("MSG_FASTOPEN by sendmsg", &["tcp connect 127.0.0.2:7070"]),
    ("sendmsg", &["udp send 127.0.0.2:7070"]),
    ("batch", &["udp send 127.0.0.2:7070"]),
    ("sendto when connected", &["udp send 127.0.0.2:7070"]),
    ("reconnect", &["udp send 127.0.0.2:7070"]),
    ("IP_PKTINFO", &["udp bind 127.0.0.3:0"]),
    ("MSG_DONTROUTE", &["option SO_DONTROUTE"]),
    ("dup", &["tcp connect 127.0.0.2:7070"]),
    ("share", &["tcp connect 127.0.0.2:7070"]),
    ("pass", &["pass send socket"]),
    ("passed", &["pass send socket", "pass receive socket", "udp send 127.0.0.2:7070"]),
    ("listen without bind", &["tcp listen 0.0.0.0:0"]),
    ("listen without bind, IPv6", &["tcp listen *:0"]),
    ("dual-stack bind", &["tcp listen *:7072"]),
    ("bind to port 0", &["tcp listen 127.0.0.1:0"]),
    ("bind to a port", &["udp bind 127.0.0.1:7072"]),
    ("listen on what the kernel would have bound", &["tcp listen 0.0.0.0:0"]),
    ("autobind", &["unix listen @*"]),
    ("SO_PASSCRED", &["unix listen @*"]),
    ("a group", &["udp join 239.1.2.3"]),
    ("SO_REUSEPORT", &["option SO_REUSEPORT"]),
    ("SO_REUSEADDR", &["option SO_REUSEADDR"]),
    ("SO_MARK", &["option SO_MARK"]),
    ("SO_BINDTODEVICE", &["option SO_BINDTODEVICE"]),
    ("SO_DONTROUTE", &["option SO_DONTROUTE"]),
    ("IP_TRANSPARENT", &["option IP_TRANSPARENT"]),
    ("IP_FREEBIND", &["option IP_FREEBIND"]),
    ("source route", &["option IP_OPTIONS", "udp send 127.0.0.2:*"]),
    ("routing header", &["option IPV6_RTHDR", "udp send [::1]:*"]),
    ("SO_PEERGROUPS", &["option SO_PEERGROUPS"]),
    ("SO_PEERSEC as a number", &["option SO_PEERSEC"]),
    ("IP_MULTICAST_ALL", &["option IP_MULTICAST_ALL"]),
    ("raw ICMP", &["raw icmp *"]),
    ("ping", &["raw icmp *"]),
    ("raw IP", &["raw ip *"]),
    ("headers", &["raw ip *", "option IP_HDRINCL"]),
    ("packet", &["packet capture lo"]),
    ("netlink route", &["netlink read route"]),
    ("netlink beyond route", &["netlink write generic"]),
    ("TIPC", &["tipc connect 100:1"]),
    ("TIPC pair", &["tipc connect 100:1"]),
    ("SCTP", &["sctp connect 127.0.0.1:9"]),
    ("path", &["unix connect {outside}"]),
    ("path by ..", &["unix connect /"]),
    ("path by /proc", &["unix connect /proc"]),
    ("path by a descriptor", &["unix connect /proc"]),
    ("bind to a path", &["unix listen {outside}-bound"]),
    ("abstract name", &["unix connect @wallsocket-nobody"]),
    ("bind to an abstract name", &["unix listen @wallsocket-hostile"]),
    ("look-up", &["dns lookup example.invalid"]),
    ("reverse look-up", &["dns reverse 127.0.0.2"]),
    ("interfaces", &["interfaces list"]),
];

/// What the guest says of each door.
fn found(guest: Guest) -> BTreeMap<String, String> {
    let said = guest.passes().stdout;
    let lines = said.lines().map(|line| line.rsplit_once(": ").expect("a door, and how it was found"));
    lines.map(|(door, how)| (door.to_owned(), how.to_owned())).collect()
}

#[test]
fn no_side_door_opens_without_its_line_and_each_does_with_it() {
    // What is tried goes nowhere, were it let through: there is no other machine in this network.
    alone(|| {
        let directory = tempfile::tempdir().expect("a directory");
        let granted = directory.path().join("granted");
        fs::create_dir(&granted).expect("a name of its own");
        let outside = directory.path().join("outside").display().to_string();
        let guest = || {
            let guest = Guest::new("try_every_side_door").arg(GRANTED).arg(&outside);
            let guest = guest.allow(format!("unix connect {}::/app", granted.display()));
            guest.allow(format!("tcp connect 127.0.0.1:{GRANTED}")).allow(format!("udp send 127.0.0.1:{GRANTED}"))
        };
        let shut = found(guest());
        let known: Vec<&str> = DOORS.iter().map(|(door, _)| *door).collect();
        assert!(shut.keys().all(|door| known.contains(&door.as_str())), "each door has its lines: {shut:?}");
        for (door, lines) in DOORS {
            assert_eq!(shut.get(*door).map(String::as_str), Some("shut"), "{door}, without a line");
            let opened = lines.iter().fold(guest(), |guest, line| guest.allow(line.replace("{outside}", &outside)));
            assert_eq!(found(opened)[*door], "let through", "{door}, by {lines:?}");
        }
        for (door, how) in found(guest().allow("any")) {
            assert_eq!(how, "let through", "{door}: everything is granted");
        }
    });
}

#[test]
fn the_wildcard_is_loopback_after_a_bind_too() {
    // Natively it leads to the socket's own address, where this is.
    let listener = TcpListener::bind("127.0.0.2:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let native = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    let at = |ip: Ipv4Addr, port: u16| std::net::SocketAddr::from((ip, port)).into();
    native.bind(&at(Ipv4Addr::new(127, 0, 0, 2), 0)).expect("a free port");
    native.connect(&at(Ipv4Addr::UNSPECIFIED, port)).expect("it is let in by 0.0.0.0");
    let guest = Guest::new("the_wildcard_is_loopback_after_a_bind_too").arg(port).allow("tcp bind 127.0.0.2:0");
    guest.allow(format!("tcp connect 127.0.0.1:{port}")).passes();
}

/// Runs the rest of a test on a machine of its own, with names and a neighbour; false where it shall end here.
#[track_caller]
fn on_its_own_machine(test: &str) -> bool {
    if process::is_alone() {
        names::set_up();
        return true;
    }
    match names::wrapper() {
        Ok(wrapper) => process::passes_alone(test, wrapper),
        Err(reason) => println!("skipped: no namespaces to be had here: {reason}"),
    }
    false
}

/// Names that are none of the neighbour's, and where they lead; those of IPv6 begin with a 6.
const INSIDE: [(&str, &str); 10] = [
    ("loopback.evil", "127.0.0.1"),
    ("private.evil", "10.1.2.3"),
    ("linklocal.evil", "169.254.7.7"),
    ("metadata.evil", "169.254.169.254"),
    ("own.evil", OWN),
    ("6loopback.evil", "::1"),
    ("6nat64.evil", "64:ff9b::7f00:1"),
    ("6to4.evil", "2002:7f00:1::1"),
    ("6teredo.evil", "2001::80ff:fffe"),
    ("6compatible.evil", "::127.0.0.1"),
];

#[test]
fn a_granted_name_leads_nowhere_inside() {
    if !on_its_own_machine("a_granted_name_leads_nowhere_inside") {
        return;
    }
    let mut hosts = fs::OpenOptions::new().append(true).open("/etc/hosts").expect("it is this machine's own");
    for (name, address) in INSIDE {
        writeln!(hosts, "{address} {name}").expect("room");
    }
    let guest =
        || INSIDE.iter().fold(Guest::new("names_that_lead_inside").arg(PORT), |guest, (name, _)| guest.arg(name));
    let granted = INSIDE.iter().fold(guest(), |guest, (name, _)| guest.allow(format!("tcp connect {name}:{PORT}")));
    let found_by_name = found(granted);
    assert_eq!(found_by_name.len(), INSIDE.len());
    for (name, how) in found_by_name {
        assert_eq!(how, "shut", "{name} leads inside");
    }
    for (name, how) in found(guest().allow("any")) {
        assert_eq!(how, "let through", "{name}: everything is granted");
    }
}

/// A name server that gives another address each time that it is asked: the last one from then on.
fn rebind(addresses: Vec<Ipv4Addr>) {
    let socket = UdpSocket::bind("127.0.0.1:53").expect("nobody else is here");
    std::thread::spawn(move || {
        let (mut message, mut asked) = ([0; 512], 0);
        while let Ok((length, from)) = socket.recv_from(&mut message) {
            // RFC 1035, section 4.1: the question ends with its type and class.
            let question = 12 + message[12..].iter().position(|byte| *byte == 0).unwrap_or(0) + 5;
            let mut answer = message[..question.min(length)].to_vec();
            answer[2] |= 0x80;
            answer[3] = 0x80;
            // Neither authorities nor the additional record of EDNS.
            answer[6..12].fill(0);
            if message[question - 4..question] == [0, 1, 0, 1] {
                answer[7] = 1;
                let address = addresses[asked.min(addresses.len() - 1)];
                asked += 1;
                // The name as in the question, type A, class IN, no time to live.
                answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]);
                answer.extend(address.octets());
            }
            let _ = socket.send_to(&answer, from);
        }
    });
}

#[test]
fn a_name_that_is_bound_anew_leads_nowhere_inside() {
    if !on_its_own_machine("a_name_that_is_bound_anew_leads_nowhere_inside") {
        return;
    }
    let inside = [Ipv4Addr::LOCALHOST, Ipv4Addr::new(10, 1, 2, 3), OWN.parse().expect("an address")];
    // Each is told twice: once to connect, once to look up.
    let twice = inside.iter().flat_map(|address| [*address; 2]);
    rebind(
        std::iter::once(Ipv4Addr::new(9, 9, 9, 9))
            .chain(twice.clone())
            .chain(std::iter::once(Ipv4Addr::new(9, 9, 9, 9)))
            .chain(twice)
            .collect(),
    );
    let guest = || inside.iter().fold(Guest::new("a_name_is_bound_anew").arg("evil.test").arg(PORT), Guest::arg);
    let granted = found(guest().allow(format!("tcp connect evil.test:{PORT}")));
    assert_eq!(granted.len(), 2 * inside.len());
    for (address, how) in granted {
        assert_eq!(how, "shut", "{address}, for which the name stands now");
    }
    for (address, how) in found(guest().allow("any")) {
        assert_eq!(how, "let through", "{address}: everything is granted");
    }
    assert!(
        inside.iter().map(|ip| IpAddr::from(*ip)).all(|ip| TcpStream::connect((ip, PORT)).is_ok()),
        "they are there"
    );
}

/// Beside the granted directory there is a socket: a link to it is no way, and neither is a directory that becomes one.
#[test]
fn no_path_leads_out_of_a_granted_directory_while_it_is_swapped() {
    let directory = tempfile::tempdir().expect("a directory");
    let (granted, outside) = (directory.path().join("granted"), directory.path().join("outside"));
    for made in [&granted, &outside, &granted.join("real")] {
        fs::create_dir(made).expect("a name of its own");
    }
    let listener = UnixListener::bind(outside.join("socket")).expect("a free name");
    listener.set_nonblocking(true).expect("a mode");
    let inside = UnixListener::bind(granted.join("real/socket")).expect("a free name");
    std::thread::spawn(move || inside.incoming().for_each(drop));
    let link = granted.join("swapped");
    let guest = Guest::new("connect_while_a_path_is_swapped").arg("/app/swapped/socket").arg(3000);
    let guest = guest.allow(format!("unix connect {}::/app", granted.display())).start();
    while !guest.has_ended() {
        for target in [Path::new("real"), &outside] {
            let new = granted.join("new");
            std::os::unix::fs::symlink(target, &new).expect("a free name");
            fs::rename(&new, &link).expect("one of them, or the other");
        }
    }
    let said = guest.wait();
    assert_eq!(said.status, 0, "{}", said.stderr);
    let (_, inside) = said.stdout.trim().split_once(' ').expect("how often it was refused, and got inside");
    assert_ne!(inside, "0", "the way inside was there at times");
    listener.accept().expect_err("nobody came where no line leads");
}
