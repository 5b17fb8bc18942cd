//! Every door: closed by default, and opened by the line that its refusal names.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::io::ErrorKind;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::Path;

use socket2::{Domain, SockAddr, Socket, Type};
use wallsocket_tests::Guest;

/// Runs a behaviour without a grant, then with the line that its refusal names, which must be `line`.
#[track_caller]
fn opens_by(line: &str, name: &str, arguments: &[&str]) {
    let guest = || arguments.iter().fold(Guest::new(name), |guest, argument| guest.arg(argument));
    let refused = guest().passes().stdout;
    for answer in refused.lines() {
        assert_eq!(answer, format!("closed: {line}"), "{name} is refused with the line that allows it");
    }
    assert!(!refused.is_empty(), "{name} must say how it found the door");
    let allowed = guest().allow(line).passes().stdout;
    assert!(allowed.lines().all(|answer| answer == "open"), "`{line}` opens {name}: {allowed}");
    let forbidden = guest().allow(line).deny(line).passes().stdout;
    for answer in forbidden.lines() {
        let lifted_by = answer.strip_prefix("closed: ").unwrap_or_else(|| panic!("`deny {line}` wins: {answer}"));
        assert_ne!(lifted_by, line, "a line that is denied can't be what lifts the refusal");
    }
}

#[test]
fn tcp_connect_opens_by_its_grant() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port().to_string();
    opens_by(&format!("tcp connect 127.0.0.1:{port}"), "tcp_connect", &[&port]);
}

#[test]
fn tcp_bind_opens_by_a_grant_to_listen() {
    opens_by("tcp listen 127.0.0.1:0", "tcp_bind", &[]);
}

#[test]
fn tcp_bind_opens_by_a_grant_to_bind() {
    assert_eq!(Guest::new("tcp_bind").allow("tcp bind 127.0.0.1:0").passes().stdout, "open\n");
}

#[test]
fn tcp_listen_opens_by_its_grant() {
    opens_by("tcp listen 127.0.0.1:0", "tcp_listen", &[]);
}

#[test]
fn udp_send_opens_by_its_grant() {
    let peer = UdpSocket::bind("127.0.0.1:0").expect("a peer");
    let port = peer.local_addr().expect("its address").port().to_string();
    opens_by(&format!("udp send 127.0.0.1:{port}"), "udp_send", &[&port]);
    opens_by(&format!("udp send 127.0.0.1:{port}"), "udp_connect", &[&port]);
}

#[test]
fn udp_bind_opens_by_its_grant() {
    opens_by("udp bind 127.0.0.1:0", "udp_bind", &[]);
}

#[test]
fn unix_connect_opens_by_its_grant_for_a_path() {
    let directory = tempfile::tempdir().expect("a directory");
    let at = |name: &str| directory.path().join(name).to_str().expect("in UTF-8").to_owned();
    let _stream = UnixListener::bind(at("stream")).expect("a listener");
    let _dgram = UnixDatagram::bind(at("dgram")).expect("a receiver");
    let seqpacket = Socket::new(Domain::UNIX, Type::SEQPACKET, None).expect("a socket");
    seqpacket.bind(&SockAddr::unix(at("seqpacket")).expect("short enough")).expect("a free name");
    seqpacket.listen(5).expect("it is bound");
    for kind in ["stream", "dgram", "seqpacket"] {
        opens_by(&format!("unix connect {}", at(kind)), "unix_connect", &[kind, &at(kind)]);
    }
    opens_by(&format!("unix connect {}", at("dgram")), "unix_sendto", &[&at("dgram")]);
}

#[test]
fn unix_connect_opens_by_its_grant_for_an_abstract_name() {
    let name = format!("wallsocket-door-{}", std::process::id());
    for (kind, type_) in [("stream", Type::STREAM), ("dgram", Type::DGRAM), ("seqpacket", Type::SEQPACKET)] {
        let name = format!("{name}-{kind}");
        let peer = Socket::new(Domain::UNIX, type_, None).expect("a socket");
        peer.bind(&SockAddr::unix(format!("\0{name}")).expect("short enough")).expect("a free name");
        if type_ != Type::DGRAM {
            peer.listen(5).expect("it is bound");
        }
        opens_by(&format!("unix connect @{name}"), "unix_connect", &[kind, &format!("@{name}")]);
    }
}

#[test]
fn unix_listen_opens_by_its_grant_for_a_path() {
    let directory = tempfile::tempdir().expect("a directory");
    for kind in ["stream", "dgram", "seqpacket"] {
        let path = directory.path().join(kind);
        let path = path.to_str().expect("in UTF-8");
        opens_by(&format!("unix listen {path}"), "unix_listen", &[kind, path]);
        assert!(!Path::new(path).exists(), "what the host bound goes with its socket");
    }
}

#[test]
fn unix_listen_opens_by_its_grant_for_an_abstract_name() {
    for kind in ["stream", "dgram", "seqpacket"] {
        let name = format!("@wallsocket-door-listen-{kind}-{}", std::process::id());
        opens_by(&format!("unix listen {name}"), "unix_listen", &[kind, &name]);
    }
    opens_by("unix listen @*", "unix_autobind", &[]);
}

#[test]
fn reverse_lookups_open_by_their_grant() {
    // An address that /etc/hosts knows, so that nobody else is asked.
    opens_by("dns reverse 127.0.0.1", "dns_reverse", &["127.0.0.1"]);
}

#[test]
fn listing_interfaces_opens_by_its_grant() {
    opens_by("interfaces list", "interfaces_list", &[]);
}

#[test]
fn sharing_a_udp_port_opens_by_its_grant() {
    opens_by("option SO_REUSEADDR", "share_a_udp_port", &[]);
}

#[test]
fn what_reaches_nobody_needs_no_grant() {
    Guest::new("what_needs_no_grant").passes();
}

#[test]
fn the_machines_name_is_told_by_grant_only() {
    let real = std::fs::read_to_string("/proc/sys/kernel/hostname").expect("the kernel knows it");
    let told = |guest: Guest| guest.hostname("made-up").passes().stdout;
    assert_eq!(
        told(Guest::new("tell_the_host_name")),
        "made-up\n",
        "without the grant it is told what the embedder says"
    );
    assert_eq!(told(Guest::new("tell_the_host_name").allow("hostname read")), real);
}

#[test]
fn what_is_refused_reaches_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let receiver = UdpSocket::bind("127.0.0.1:0").expect("a receiver");
    listener.set_nonblocking(true).expect("it can be asked without waiting");
    receiver.set_nonblocking(true).expect("it can be asked without waiting");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("sock");
    Guest::new("what_is_refused_has_no_effect")
        .arg(listener.local_addr().expect("its address").port())
        .arg(receiver.local_addr().expect("its address").port())
        .arg(path.display())
        .passes();
    assert_eq!(
        listener.accept().expect_err("nobody came").kind(),
        ErrorKind::WouldBlock,
        "a refused connect goes nowhere"
    );
    assert_eq!(receiver.recv(&mut [0]).expect_err("nothing came").kind(), ErrorKind::WouldBlock, "nor does a datagram");
    assert!(!path.exists(), "a refused bind makes no file");
}
