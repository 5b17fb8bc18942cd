//! What constants are for that no call of its own shows: protocols, addresses, ports, flags of look-ups.

use std::net::Ipv4Addr;

use wallsocket::errno::{EACCES, EAFNOSUPPORT, EINVAL, ENETUNREACH};
use wallsocket::*;

use crate::help::{datagrams, fails, listener, name};

/// Each protocol's number is what the machine's list of protocols has under its name, protocols(5).
pub(crate) fn protocols_have_the_numbers_of_their_names(_: &[String]) {
    let protocols = [
        ("ah", IPPROTO_AH),
        ("egp", IPPROTO_EGP),
        ("esp", IPPROTO_ESP),
        ("ggp", IPPROTO_GGP),
        ("gre", IPPROTO_GRE),
        ("hopopt", IPPROTO_HOPOPTS),
        ("icmp", IPPROTO_ICMP),
        ("igmp", IPPROTO_IGMP),
        ("igp", IPPROTO_IGP),
        ("ip", IPPROTO_IP),
        ("ipcomp", IPPROTO_IPCOMP),
        ("ipencap", IPPROTO_IPIP),
        ("ipv6", IPPROTO_IPV6),
        ("ipv6-frag", IPPROTO_FRAGMENT),
        ("ipv6-icmp", IPPROTO_ICMPV6),
        ("ipv6-nonxt", IPPROTO_NONE),
        ("ipv6-opts", IPPROTO_DSTOPTS),
        ("ipv6-route", IPPROTO_ROUTING),
        ("iso-tp4", IPPROTO_TP),
        ("l2tp", IPPROTO_L2TP),
        ("pim", IPPROTO_PIM),
        ("pup", IPPROTO_PUP),
        ("rdp", IPPROTO_RDP),
        ("rsvp", IPPROTO_RSVP),
        ("sctp", IPPROTO_SCTP),
        ("st", IPPROTO_ST),
        ("tcp", IPPROTO_TCP),
        ("udp", IPPROTO_UDP),
        ("udplite", IPPROTO_UDPLITE),
        ("vrrp", IPPROTO_VRRP),
        ("xns-idp", IPPROTO_IDP),
        ("xtp", IPPROTO_XTP),
    ];
    let mut missing = Vec::new();
    for (name, number) in protocols {
        match getprotobyname(name) {
            Ok(found) => assert_eq!(found, number, "the machine's number of {name}"),
            Err(_) => missing.push(name),
        }
    }
    println!("skipped, for this machine's list lacks them: {missing:?}");
    assert!(missing.len() < protocols.len() / 2, "/etc/protocols has most of them, and not only {missing:?}");
}

/// `INADDR_*` are addresses as numbers, which Python packs with `struct.pack('!I', …)`.
pub(crate) fn addresses_can_be_numbers(_: &[String]) {
    let any = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
    any.bind((Ipv4Addr::from(INADDR_ANY), 0)).expect("every address of the machine, which is granted");
    let port = any.getsockname().expect("it is bound").port().expect("a port");
    let loopback = Ipv4Addr::from(INADDR_LOOPBACK);
    datagrams().sendto("x", (loopback, port)).expect("this machine, which is granted");
    assert_eq!(any.recv(10).expect("any address of the machine's is heard"), b"x");

    let broadcast = Ipv4Addr::from(INADDR_BROADCAST);
    let sent = datagrams().sendto("x", (broadcast, port));
    // On a machine without any network the kernel finds no way first.
    let refused = matches!(sent, Err(Error::Os(EACCES | ENETUNREACH)));
    assert!(refused, "{sent:?}: broadcasts take SO_BROADCAST, socket(7), whatever the grant");

    // What C's inet_addr() returns for no address is itself one, for which inet_aton() is.
    assert_eq!(inet_aton("255.255.255.255").map(u32::from_be_bytes), Ok(INADDR_NONE));
    for (group, text) in [
        (INADDR_UNSPEC_GROUP, "224.0.0.0"),
        (INADDR_ALLHOSTS_GROUP, "224.0.0.1"),
        (INADDR_MAX_LOCAL_GROUP, "224.0.0.255"),
    ] {
        assert_eq!(inet_ntoa(&group.to_be_bytes()).as_deref(), Ok(text));
        let named = getnameinfo((Ipv4Addr::from(group), 0), NI_NUMERICHOST).expect("a number");
        assert_eq!(named.0, text);
        assert!(Ipv4Addr::from(group).is_multicast(), "{text} is a group");
    }
    assert!(!Ipv4Addr::from(INADDR_UNSPEC_GROUP - 1).is_multicast(), "groups begin there, RFC 5771");
}

/// Ports below `IPPORT_RESERVED` have to be named by a grant: `udp bind 127.0.0.1:*` is all there is.
pub(crate) fn reserved_ports_have_to_be_named(_: &[String]) {
    let bind = |port: i32| socket(AF_INET, SOCK_DGRAM, 0).expect("a socket").bind(("127.0.0.1", port));
    let reserved = bind(IPPORT_RESERVED - 1);
    assert!(matches!(reserved, Err(Error::Denied(_))), "{reserved:?}: RFC 6335, section 6");
    let open = bind(IPPORT_RESERVED);
    assert!(!matches!(open, Err(Error::Denied(_))), "{open:?}: free or taken, it isn't refused");
    let chosen = name(&datagrams()).port().expect("a port");
    assert!(i32::from(chosen) >= IPPORT_USERRESERVED, "{chosen}: no system chooses a port of those by itself");
}

/// `localhost` may be looked up, and the names of loopback.
pub(crate) fn look_ups_go_by_their_flags(_: &[String]) {
    let found = |host: &str, family: i32, flags: i32| {
        let hints = Hints { family, type_: SOCK_STREAM, flags, ..Hints::default() };
        let found = getaddrinfo_with(host, 80, hints).unwrap_or_else(|error| panic!("{host}, {flags:#x}: {error}"));
        found.iter().map(|info| info.sockaddr.to_string()).collect::<Vec<_>>()
    };
    const MAPPED: &str = "('::ffff:127.0.0.1', 80, 0, 0)";
    assert_eq!(found("127.0.0.1", AF_INET6, AI_V4MAPPED), [MAPPED], "IPv4 in IPv6, RFC 3493");
    let all = found("localhost", AF_INET6, AI_V4MAPPED | AI_ALL);
    assert!(all.iter().any(|address| address == MAPPED), "{all:?}: IPv4's beside IPv6's");
    assert_eq!(found("127.0.0.1", AF_UNSPEC, AI_ADDRCONFIG), ["('127.0.0.1', 80)"], "this machine has IPv4");
    let wrong = getaddrinfo_with("127.0.0.1", "http", Hints { flags: AI_NUMERICSERV, ..Hints::default() });
    assert_eq!(wrong.err(), Some(Error::GaiError(EAI_NONAME)), "http is no number");

    let service = |flags| getnameinfo(("127.0.0.1", 514), NI_NUMERICHOST | flags).expect("a service").1;
    assert_eq!((service(0).as_str(), service(NI_DGRAM).as_str()), ("shell", "syslog"), "TCP's and UDP's, services(5)");
    let host = |flags| getnameinfo(("127.0.0.1", 80), NI_NUMERICSERV | flags).expect("it has a name").0;
    assert_eq!(host(NI_NAMEREQD | NI_NOFQDN | NI_IDN), host(0), "a name without a domain and in ASCII stays");
    assert!(host(0).len() < NI_MAXHOST as usize && service(0).len() < NI_MAXSERV as usize, "as C's buffers have it");
}

/// The levels of IP, TCP and UDP have two names each.
pub(crate) fn levels_have_two_names(_: &[String]) {
    let (tcp, udp) = (listener(), datagrams());
    assert_eq!(tcp.getsockopt(SOL_IP, IP_TTL), tcp.getsockopt(IPPROTO_IP, IP_TTL));
    tcp.setsockopt(SOL_TCP, TCP_NODELAY, 1).expect("a switch");
    assert_eq!(tcp.getsockopt(IPPROTO_TCP, TCP_NODELAY), Ok(1));
    udp.setsockopt(SOL_UDP, UDP_SEGMENT, 100).expect("a size");
    assert_eq!(udp.getsockopt(IPPROTO_UDP, UDP_SEGMENT), Ok(100));
}

/// Groups may be joined; they are on loopback, where nothing is sent for them.
pub(crate) fn multicast_begins_with_its_defaults(_: &[String]) {
    let sock = datagrams();
    assert_eq!(
        sock.getsockopt(IPPROTO_IP, IP_MULTICAST_TTL),
        Ok(IP_DEFAULT_MULTICAST_TTL),
        "no further than one network"
    );
    assert_eq!(sock.getsockopt(IPPROTO_IP, IP_MULTICAST_LOOP), Ok(IP_DEFAULT_MULTICAST_LOOP), "this machine hears it");
    let join = |group: i32| {
        let group = Ipv4Addr::from(0xef00_0000 + group.cast_unsigned());
        sock.setsockopt(IPPROTO_IP, IP_ADD_MEMBERSHIP, &layout::ip_mreq(group, Ipv4Addr::LOCALHOST))
    };
    for group in 1..=IP_MAX_MEMBERSHIPS {
        join(group).unwrap_or_else(|error| panic!("group {group}: {error}"));
    }
    match join(IP_MAX_MEMBERSHIPS + 1) {
        Err(Error::Os(number)) => assert_eq!(number, errno::ENOBUFS, "as many as a socket may be in, ip(7)"),
        joined => println!("skipped: this machine's net.ipv4.igmp_max_memberships is another: {joined:?}"),
    }
}

/// What `IP_MTU_DISCOVER` can be set to, ip(7).
pub(crate) fn path_mtu_discovery_has_four_modes(_: &[String]) {
    let sock = datagrams();
    for mode in [IP_PMTUDISC_DONT, IP_PMTUDISC_DO, IP_PMTUDISC_PROBE, IP_PMTUDISC_WANT] {
        sock.setsockopt(IPPROTO_IP, IP_MTU_DISCOVER, mode).expect("it is one of the modes");
        assert_eq!(sock.getsockopt(IPPROTO_IP, IP_MTU_DISCOVER), Ok(mode));
    }
    fails(sock.setsockopt(IPPROTO_IP, IP_MTU_DISCOVER, 99), EINVAL, "none of them");
}

/// Routing headers are granted, and so is loopback; the kernel has done away with those of type 0 (RFC 5095).
pub(crate) fn routing_headers_of_type_0_are_no_more(_: &[String]) {
    let sock = socket(AF_INET6, SOCK_DGRAM, 0).expect("a socket");
    let header = |kind: i32| {
        // 16 bytes of one address, in units of 8; one of them left (RFC 8200, section 4.4).
        let mut header = vec![0, 2, u8::try_from(kind).expect("a type is a byte"), 1, 0, 0, 0, 0];
        header.extend(std::net::Ipv6Addr::LOCALHOST.octets());
        header
    };
    let option = |kind| sock.setsockopt(IPPROTO_IPV6, IPV6_RTHDR, &header(kind));
    fails(option(IPV6_RTHDR_TYPE_0), EINVAL, "as an option");
    // Type 2 is left, of mobile hosts, in kernels that know them.
    let mobile = option(2);
    assert!(matches!(mobile, Ok(()) | Err(Error::Os(EINVAL))), "{mobile:?}: neither is it refused by policy");
    sock.setsockopt(IPPROTO_IPV6, IPV6_RTHDR, b"").expect("without one again");
    let message = [ControlMessage::raw(IPPROTO_IPV6, IPV6_RTHDR, header(IPV6_RTHDR_TYPE_0))];
    fails(sock.sendmsg(&[b"x"], &message, 0, ("::1", 9)), EINVAL, "as a message");
}

/// Prints this machine's context id, or the error.
pub(crate) fn the_machine_has_a_context_id(_: &[String]) {
    match local_context_id() {
        Ok(id) => println!("{id}"),
        Err(Error::Denied(denial)) => println!("closed: {}", denial.grant),
        Err(error) => println!("{error}"),
    }
    // As Python has it, for a device that guests don't get.
    assert_eq!(IOCTL_VM_SOCKETS_GET_LOCAL_CID, 0x7b9, "linux/vm_sockets.h");
    assert_eq!(VM_SOCKETS_INVALID_VERSION, u32::MAX, "linux/vm_sockets.h; nothing gives it any more");
}

/// What Python's module has beside calls.
pub(crate) fn the_module_says_what_there_is(_: &[String]) {
    match socket(AF_INET6, SOCK_STREAM, 0) {
        Err(Error::Os(EAFNOSUPPORT)) => println!("skipped: this machine has no IPv6, whatever was compiled in"),
        of_ipv6 => assert_eq!(of_ipv6.is_ok(), has_ipv6, "{of_ipv6:?}"),
    }
    let kind = |sock: &SocketType| SocketKind(sock.type_().expect("it is open")).to_string();
    let default = socket(-1, -1, -1).expect("Python's defaults");
    assert_eq!(
        (AddressFamily(default.family()).to_string().as_str(), kind(&default).as_str()),
        ("AF_INET", "SOCK_STREAM")
    );
    let (one, _other) = socketpair(None, SOCK_STREAM, 0).expect("a pair");
    assert_eq!(one.family(), AF_UNIX, "the default family of pairs");
    one.setblocking(false).expect("it can be");
    assert_eq!(one.recv(1).err(), Some(Error::Os(EWOULDBLOCK)), "BlockingIOError");
    assert_eq!(EWOULDBLOCK, EAGAIN, "one number with two names");
    listener().listen(SOMAXCONN).expect("the most that C's header knows");
}

/// As Python's `repr`.
pub(crate) fn a_socket_shows_itself(_: &[String]) {
    let (client, server) = crate::help::connected();
    let (own, peer) = (name(&client), name(&server));
    let shown = format!("{client:?}");
    let expected = format!(
        "<socket.socket fd={}, family=AF_INET, type=SOCK_STREAM, proto=0, laddr={own}, raddr={peer}>",
        client.fileno()
    );
    assert_eq!(shown, expected);
    close(client.fileno()).expect("it is open");
    assert_eq!(format!("{client:?}"), "<socket.socket [closed] fd=-1, family=AF_INET>");
}

/// Nobody listens at the ports given; all errors are told on request.
pub(crate) fn every_address_that_was_tried_is_told(_: &[String]) {
    let deaf = crate::help::deaf();
    let port = name(&deaf).port().expect("a port");
    let options = ConnectionOptions::new().all_errors(true);
    let refused = create_connection_with(("localhost", port), options);
    let Err(Error::Group(what, errors)) = &refused else { panic!("a group and not {refused:?}") };
    assert_eq!(what, "create_connection failed");
    assert!(!errors.is_empty() && errors.contains(&Error::Os(errno::ECONNREFUSED)), "{errors:?}");
    assert_eq!(create_connection(("localhost", port)).err(), errors.last().cloned(), "else the last is told");
}

/// The optional arguments of `send_fds` and `recv_fds`.
pub(crate) fn descriptors_go_with_flags_and_to_addresses(_: &[String]) {
    let server = socket(AF_UNIX, SOCK_DGRAM, 0).expect("a socket");
    server.bind(b"\0descriptors").expect("the name is granted");
    let client = socket(AF_UNIX, SOCK_DGRAM, 0).expect("a socket");
    let fds = [Right::Socket(&client)];
    let sent = send_fds_flags(&client, &[b"longer"], &fds, MSG_DONTWAIT, server.getsockname().expect("its name"));
    assert_eq!(sent, Ok(6), "to a name, without waiting");
    let (data, fds, flags, from) = recv_fds_flags(&server, 2, 1, MSG_TRUNC).expect("it is there");
    assert_eq!((&data[..], fds.len(), flags & MSG_TRUNC), (&b"lo"[..], 1, MSG_TRUNC), "a part, and what came with it");
    assert!(from.is_unspecified(), "from a socket without a name: {from}");
    fails(recv_fds_flags(&server, 2, 1, MSG_DONTWAIT).map(|_| ()), EAGAIN, "nothing more");
}

/// Prints the error of each look-up: `NAME` forwards, an address backwards.
pub(crate) fn what_a_name_server_says(names: &[String]) {
    for name in names {
        let error = match name.parse::<Ipv4Addr>() {
            Ok(_) => gethostbyaddr(name).err(),
            Err(_) => getaddrinfo(name.as_str(), 80).err(),
        };
        match error {
            Some(Error::GaiError(code)) => {
                let known = [(EAI_AGAIN, "EAI_AGAIN"), (EAI_NODATA, "EAI_NODATA"), (EAI_NONAME, "EAI_NONAME")];
                let known = known.iter().find(|known| known.0 == code);
                println!("{name} {}", known.map_or_else(|| code.to_string(), |known| known.1.to_owned()));
            }
            Some(Error::HError(code)) => println!("{name} herror {code}"),
            other => println!("{name} {other:?}"),
        }
    }
}
