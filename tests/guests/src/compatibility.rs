//! What docs/python-compat.md says of the rest: each flag, names, files, and what isn't there yet.

use wallsocket::*;

/// Each flag on a call that takes it. It prints them, for the test to compare with what the host passes on.
pub(crate) fn every_flag_is_taken(_: &[String]) {
    let server = create_server(("127.0.0.1", 0)).expect("the grant allows it");
    let client = create_connection_to(&server);
    let (peer, _) = server.accept().expect("somebody waits");
    let sent = [
        ("MSG_OOB", MSG_OOB),
        ("MSG_DONTROUTE", MSG_DONTROUTE),
        ("MSG_DONTWAIT", MSG_DONTWAIT),
        ("MSG_EOR", MSG_EOR),
        ("MSG_CONFIRM", MSG_CONFIRM),
        // What it holds back goes with the one that follows.
        ("MSG_MORE", MSG_MORE),
        ("MSG_NOSIGNAL", MSG_NOSIGNAL),
    ];
    for (name, flag) in sent {
        let sent = client.send_flags("x", flag);
        assert_eq!(sent, Ok(1), "{name} is a flag of send");
        println!("SEND {name}");
    }
    let fast = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    // Connected already by the first packet, where the system lets it.
    let sent = fast.sendto_flags("x", MSG_FASTOPEN, server.getsockname().expect("its address"));
    assert!(matches!(sent, Ok(1) | Err(Error::Os(errno::EOPNOTSUPP))), "MSG_FASTOPEN is a flag of sendto: {sent:?}");
    println!("SEND MSG_FASTOPEN");

    let urgent = peer.recv_flags(1, MSG_OOB);
    assert!(matches!(&urgent, Ok(byte) if byte == b"x"), "MSG_OOB is a flag of recv: {urgent:?}");
    println!("RECEIVE MSG_OOB");
    let errors = peer.recv_flags(1, MSG_ERRQUEUE);
    assert_eq!(errors, Err(Error::Os(errno::EAGAIN)), "MSG_ERRQUEUE is a flag of recv, and never waits");
    println!("RECEIVE MSG_ERRQUEUE");
    // Six ordinary bytes are left: each call takes one, but for the first.
    for (name, flag) in [
        ("MSG_PEEK", MSG_PEEK),
        ("MSG_TRUNC", MSG_TRUNC),
        ("MSG_WAITALL", MSG_WAITALL),
        ("MSG_NOSIGNAL", MSG_NOSIGNAL),
        ("MSG_CMSG_CLOEXEC", MSG_CMSG_CLOEXEC),
        ("MSG_DONTWAIT", MSG_DONTWAIT),
    ] {
        let received = peer.recv_flags(1, flag).map(|data| data.len());
        assert_eq!(received, Ok(1), "{name} is a flag of recv");
        println!("RECEIVE {name}");
    }
}

fn create_connection_to(server: &Socket) -> Socket {
    let client = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    client.connect(server.getsockname().expect("its address")).expect("the grant allows it");
    client
}

pub(crate) fn files_are_sent(_: &[String]) {
    std::fs::write("/file", "0123456789").expect("a file");
    let file = open_file("/file").expect("it can be opened");
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    assert_eq!(one.sendfile(&file, 0, None), Ok(10), "to its end");
    assert_eq!(one.sendfile(&file, 7, Some(2)), Ok(2), "a part of it");
    assert_eq!(one.sendfile(&file, 8, Some(100)), Ok(2), "no further than its end");
    assert_eq!(other.recv(100).expect("all of it waits"), b"01234567897889");
    let (datagrams, _other) = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    assert!(matches!(datagrams.sendfile(&file, 0, None), Err(Error::Value(_))), "Python's ValueError");
}

/// What every machine knows about itself.
pub(crate) fn names_of_this_machine_are_looked_up(_: &[String]) {
    let found = getaddrinfo("localhost", 80).expect("localhost needs no grant");
    assert!(found.iter().any(|info| info.type_ == SOCK_STREAM), "an item for each type: {found:?}");
    assert_eq!(gethostbyname("localhost").map(|ip| ip.is_loopback()), Ok(true));
    assert!(!gethostbyname_ex("localhost").expect("it has addresses").ipaddrlist.is_empty());
    let numeric = getnameinfo(("127.0.0.1", 80), NI_NUMERICHOST | NI_NUMERICSERV);
    assert_eq!(numeric, Ok(("127.0.0.1".to_owned(), "80".to_owned())));
    let entry = gethostbyaddr("127.0.0.1").expect("every machine has a name for it");
    let qualified = getfqdn("127.0.0.1").expect("it falls back to what it was given");
    assert!(entry.hostname == qualified || entry.aliaslist.contains(&qualified), "{entry:?} has the name {qualified}");
    assert_eq!(gethostname().as_deref(), Ok("localhost"), "the machine's own name takes a grant");
}

pub(crate) fn services_and_protocols_have_names_and_numbers(_: &[String]) {
    assert_eq!(getservbyname("http", "tcp"), Ok(80));
    assert_eq!(getservbyport(80, "tcp").as_deref(), Ok("http"));
    assert_eq!(getprotobyname("tcp"), Ok(IPPROTO_TCP));
    assert!(getservbyname("no such service", None).is_err(), "Python's OSError");
    assert!(getprotobyname("no such protocol").is_err(), "Python's OSError");
}

pub(crate) fn what_is_not_there_yet_says_so(_: &[String]) {
    #[track_caller]
    fn refused<T>(number: i32, result: Result<T>) {
        let found = result.err();
        assert_eq!(found, Some(Error::Os(number)), "has it been built? Then docs/python-compat.md has to say so");
    }
    let (one, _other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    refused(errno::EOPNOTSUPP, one.ioctl(Control::ReceiveAll(1)));
}
