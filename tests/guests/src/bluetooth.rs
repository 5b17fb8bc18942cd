//! Bluetooth: between two adapters of one machine, `ONE` and `OTHER` in what follows, which hear each other.

use wallsocket::*;

use crate::check::{number, say};
use crate::help::{SOON, at_once, fails, receive};

fn made(kind: i32, protocol: i32) -> Result<Socket> {
    let sock = socket(AF_BLUETOOTH, kind, protocol)?;
    sock.settimeout(SOON.as_secs_f64())?;
    Ok(sock)
}

#[track_caller]
fn sock(kind: i32, protocol: i32) -> Socket {
    made(kind, protocol).expect("its line is held")
}

fn l2cap(device: &str, psm: u16) -> BluetoothAddress {
    BluetoothAddress::l2cap(device, psm).expect("a device")
}

fn rfcomm(device: &str, channel: u8) -> BluetoothAddress {
    BluetoothAddress::rfcomm(device, channel).expect("a device")
}

fn voice(device: &str) -> BluetoothAddress {
    BluetoothAddress::sco(device).expect("a device")
}

/// `PROTOCOL DEVICE NUMBER` of a door.
fn door(arguments: &[String]) -> (i32, i32, BluetoothAddress) {
    let device = &arguments[1];
    match arguments[0].as_str() {
        "l2cap" => (SOCK_SEQPACKET, BTPROTO_L2CAP, l2cap(device, number(&arguments[2]))),
        "rfcomm" => (SOCK_STREAM, BTPROTO_RFCOMM, rfcomm(device, number(&arguments[2]))),
        "sco" => (SOCK_SEQPACKET, BTPROTO_SCO, voice(device)),
        other => panic!("no protocol: {other}"),
    }
}

pub(crate) fn make_a_bluetooth_socket(arguments: &[String]) {
    let kind = number(&arguments[0]);
    match made(kind, number(&arguments[1])) {
        // A kernel without Bluetooth, which was asked.
        Err(Error::Os(errno::EAFNOSUPPORT | errno::EPROTONOSUPPORT)) => println!("open"),
        result => say(result),
    }
}

pub(crate) fn bluetooth_connect(arguments: &[String]) {
    let (kind, protocol, to) = door(arguments);
    match sock(kind, protocol).connect(to) {
        // Nobody listens there.
        Err(Error::Os(errno::ECONNREFUSED)) => println!("open"),
        result => say(result),
    }
}

pub(crate) fn bluetooth_listen(arguments: &[String]) {
    let (kind, protocol, at) = door(arguments);
    let sock = sock(kind, protocol);
    say(sock.bind(at).and_then(|()| sock.listen(1)));
}

/// Binds, which a line to connect may do, and then listens, which it may not.
pub(crate) fn bluetooth_bind_to_connect(arguments: &[String]) {
    let (kind, protocol, at) = door(arguments);
    let sock = sock(kind, protocol);
    sock.bind(at).expect("as the kernel does at a connect");
    say(sock.listen(1));
}

pub(crate) fn bluetooth_adapter(arguments: &[String]) {
    let sock = sock(SOCK_RAW, BTPROTO_HCI);
    let at = BluetoothHciAddress { device_id: number(&arguments[0]), channel: number(&arguments[1]) };
    say(sock.bind(BluetoothAddress::Hci(at)));
}

/// A listener at that address of `kind` and `protocol`, and both ends of a connection to it.
#[track_caller]
fn connected(kind: i32, protocol: i32, at: BluetoothAddress) -> (Socket, Socket, Address) {
    let listener = sock(kind, protocol);
    listener.bind(at).expect("listening there is granted");
    listener.listen(1).expect("it is bound");
    let client = sock(kind, protocol);
    client.connect(at).expect("connecting there is granted");
    let (server, peer) = listener.accept().expect("somebody has connected");
    server.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    (client, server, peer)
}

pub(crate) fn packets_of_l2cap_go_between_adapters(arguments: &[String]) {
    let (one, other) = (&arguments[0], &arguments[1]);
    let (client, server, peer) = connected(SOCK_SEQPACKET, BTPROTO_L2CAP, l2cap(other, 0x1001));
    let Address::Bluetooth(BluetoothAddress::L2cap(peer)) = peer else { panic!("no address of L2CAP: {peer:?}") };
    assert_eq!((peer.device, peer.psm), (bluetooth_device(one).expect("a device"), 0x1001), "the first adapter");
    assert_eq!(client.send("one"), Ok(3));
    assert_eq!(client.send([7; 600]), Ok(600));
    assert_eq!(server.recv(1000).as_deref(), Ok(&b"one"[..]), "packets have bounds");
    assert_eq!(server.recv(1000).as_deref(), Ok(&[7; 600][..]));
    assert_eq!(server.send("back"), Ok(4));
    assert_eq!(client.recvfrom(100).map(|(data, from)| (data, from.is_unspecified())), Ok((b"back".to_vec(), true)));
    fails(client.send([0; 10_000]), errno::EMSGSIZE, "what the peer takes at most is less");
    // Which physical layers the link may use.
    let classic =
        [BT_PHY_BR_1M_1SLOT, BT_PHY_BR_1M_3SLOT, BT_PHY_BR_1M_5SLOT, BT_PHY_EDR_2M_1SLOT, BT_PHY_EDR_2M_3SLOT]
            .into_iter()
            .chain([BT_PHY_EDR_2M_5SLOT, BT_PHY_EDR_3M_1SLOT, BT_PHY_EDR_3M_3SLOT, BT_PHY_EDR_3M_5SLOT]);
    let low =
        [BT_PHY_LE_1M_TX, BT_PHY_LE_1M_RX, BT_PHY_LE_2M_TX, BT_PHY_LE_2M_RX, BT_PHY_LE_CODED_TX, BT_PHY_LE_CODED_RX];
    let layers = client.getsockopt(SOL_BLUETOOTH, BT_PHY).expect("it is connected");
    assert_eq!(layers & low.into_iter().sum::<i32>(), 0, "none of low energy");
    assert_eq!(layers & !classic.sum::<i32>(), 0, "and of classic Bluetooth");
    assert_eq!(layers & BT_PHY_BR_1M_1SLOT, BT_PHY_BR_1M_1SLOT, "the plainest is always there");

    server.shutdown(SHUT_RDWR).expect("it is connected");
    assert_eq!(client.recv(1).as_deref(), Ok(&b""[..]), "the end");

    // Streams of L2CAP are packets without bounds.
    let (client, server, _) = connected(SOCK_STREAM, BTPROTO_L2CAP, l2cap(other, 0x1003));
    client.sendall("two").expect("it is connected");
    client.sendall("three").expect("it is connected");
    assert_eq!(receive(&server, 8), b"twothree");
}

pub(crate) fn datagrams_of_l2cap_come_from_whom_they_may(arguments: &[String]) {
    let (one, other) = (&arguments[0], &arguments[1]);
    let server = sock(SOCK_DGRAM, BTPROTO_L2CAP);
    server.bind(l2cap(other, 0x1005)).expect("listening there is granted");
    let client = sock(SOCK_DGRAM, BTPROTO_L2CAP);
    fails(
        client.sendto("x", l2cap(other, 0x1005)),
        errno::ENOTCONN,
        "L2CAP has no sendto: the address is no destination",
    );
    // With a connection of another socket there is a link to send over.
    let (_link, _accepted, _) = connected(SOCK_SEQPACKET, BTPROTO_L2CAP, l2cap(other, 0x1007));
    client.connect(l2cap(other, 0x1005)).expect("sending there is granted");
    client.send("hello").expect("there is a link");
    let (data, from) = server.recvfrom(100).expect("it comes");
    assert_eq!((data.as_slice(), from.to_string()), (&b"hello"[..], format!("('{one}', {})", 0x1005)));
    // Without the lines nobody is heard any more.
    permissions::restrict(&["bluetooth l2cap connect *:1"]).expect("they can be given up");
    client.send("again").expect("what is connected stays so");
    server.settimeout(0.5).expect("it can be timed");
    assert!(matches!(server.recv(100), Err(Error::Timeout)), "from a stranger, now");
}

pub(crate) fn streams_of_rfcomm_go_between_adapters(arguments: &[String]) {
    let (one, other) = (&arguments[0], &arguments[1]);
    let (client, server, peer) = connected(SOCK_STREAM, BTPROTO_RFCOMM, rfcomm(other, 5));
    assert_eq!(peer.to_string(), format!("('{one}', 5)"));
    assert_eq!(client.getsockname().map(|own| own.to_string()), Ok(format!("('{one}', 5)")));
    assert_eq!(client.getpeername().map(|peer| peer.to_string()), Ok(format!("('{other}', 5)")));
    let much: Vec<u8> = (0..5000u32).map(|at| at as u8).collect();
    client.sendall(&much).expect("the peer reads");
    assert_eq!(receive(&server, much.len()), much, "over many frames");
    server.sendall("OK\r\n").expect("it is connected");
    assert_eq!(receive(&client, 4), b"OK\r\n");

    // To every adapter, at a channel that the kernel picks.
    let anywhere = sock(SOCK_STREAM, BTPROTO_RFCOMM);
    anywhere.bind(rfcomm(BDADDR_ANY, 0)).expect("every adapter's line is held");
    anywhere.listen(1).expect("it is bound");
    let Ok(Address::Bluetooth(BluetoothAddress::Rfcomm(at))) = anywhere.getsockname() else { panic!("no name") };
    assert!((1..=30).contains(&at.channel), "a channel of its own: {at:?}");

    // With a time to linger, ending it doesn't wait for the peer.
    client.setsockopt(SOL_SOCKET, SO_LINGER, &layout::linger(true, 3600)).expect("it can be set");
    at_once(|| client.shutdown(SHUT_RDWR)).expect("it is connected");
    assert_eq!(client.getsockopt_bytes(SOL_SOCKET, SO_LINGER, 8), Ok(layout::linger(true, 3600).to_vec()), "as it was");
    at_once(|| client.close()).expect("it can be closed");
}

/// One end of a connection between two guests: waits for the other's question, and answers.
pub(crate) fn serve_rfcomm(arguments: &[String]) {
    let listener = sock(SOCK_STREAM, BTPROTO_RFCOMM);
    listener.bind(rfcomm(&arguments[0], 7)).expect("listening there is granted");
    listener.listen(1).expect("it is bound");
    println!("ready");
    let (server, _) = listener.accept().expect("somebody connects");
    server.settimeout(SOON.as_secs_f64()).expect("it can be timed");
    assert_eq!(receive(&server, 5), b"ATI\r\n");
    server.sendall("wallsocket\r\n").expect("it is connected");
    // The other end closes it.
    assert!(matches!(server.recv(1).as_deref(), Ok(b"") | Err(Error::Os(errno::ECONNRESET))));
}

pub(crate) fn voice_goes_between_adapters(arguments: &[String]) {
    let (one, other) = (&arguments[0], &arguments[1]);
    let (client, server, peer) = connected(SOCK_SEQPACKET, BTPROTO_SCO, voice(other));
    assert_eq!(peer.to_string(), *one);
    assert_eq!(client.send([5; 48]), Ok(48));
    assert_eq!(server.recv(100).as_deref(), Ok(&[5; 48][..]));
    assert_eq!(
        client.getsockopt_bytes(SOL_BLUETOOTH, BT_VOICE, 2),
        Ok(BT_VOICE_CVSD_16BIT.to_le_bytes()[..2].to_vec())
    );
    assert_eq!(client.getsockopt(SOL_BLUETOOTH, BT_SNDMTU), Ok(64), "as the controllers say");
    assert_eq!(client.getsockopt(SOL_BLUETOOTH, BT_RCVMTU), Ok(64));
    assert_eq!(client.getsockopt(SOL_BLUETOOTH, BT_PHY).map(|phy| phy & BT_PHY_BR_1M_1SLOT), Ok(BT_PHY_BR_1M_1SLOT));
    // What BT_PKT_STATUS asks for comes with each packet, to sockets that weren't accepted.
    assert_eq!(client.getsockopt(SOL_BLUETOOTH, BT_PKT_STATUS), Ok(0));
    client.setsockopt(SOL_BLUETOOTH, BT_PKT_STATUS, 1).expect("it can be set");
    assert_ne!(client.getsockopt(SOL_BLUETOOTH, BT_PKT_STATUS), Ok(0));
    assert_eq!(server.send([6; 48]), Ok(48));
    let message = client.recvmsg(100, 100, 0).expect("it comes");
    let [status] = &message.ancdata[..] else { panic!("BT_SCM_PKT_STATUS: {:?}", message.ancdata) };
    assert_eq!(status.cmsg(), Some((SOL_BLUETOOTH, 3, vec![0])), "well received");
    fails(client.setsockopt(SOL_BLUETOOTH, BT_CODEC, &[0; 8]), errno::ENOPROTOOPT, "no way past the socket");
    fails(client.getsockopt_bytes(SOL_BLUETOOTH, BT_CODEC, 255), errno::ENOPROTOOPT, "nor a look at it");
}

/// Read_BD_ADDR, and the beginning of what completes it.
const READ_ADDRESS: [u8; 4] = [1, 0x09, 0x10, 0];
const COMPLETED: [u8; 7] = [4, 0x0e, 10, 1, 0x09, 0x10, 0];

pub(crate) fn an_adapter_is_commanded(arguments: &[String]) {
    let (id, address) = (number(&arguments[0]), bluetooth_device(&arguments[1]).expect("a device"));
    let adapter = sock(SOCK_RAW, BTPROTO_HCI);
    fails(adapter.getsockname(), errno::EBADFD, "it isn't bound");
    fails(adapter.send(READ_ADDRESS), errno::EINVAL, "nor may it send anything");
    adapter.bind(BluetoothAddress::hci(id)).expect("it is granted");
    assert_eq!(adapter.getsockname(), Ok(BluetoothAddress::hci(id).into()));
    fails(adapter.bind(BluetoothAddress::hci(id)), errno::EALREADY, "it is bound");

    const COMMANDS_AND_EVENTS: u32 = 1 << 1 | 1 << 4;
    let filter = layout::hci_filter(COMMANDS_AND_EVENTS, 1 << 0x0e, 0x1009);
    adapter.setsockopt(SOL_HCI, HCI_FILTER, &filter).expect("14 bytes, as in C");
    assert_eq!(adapter.getsockopt_bytes(SOL_HCI, HCI_FILTER, 14), Ok(filter.to_vec()));
    let wide = [&filter[..], &[0, 0]].concat();
    adapter.setsockopt(SOL_HCI, HCI_FILTER, &wide).expect("with the padding as well");
    for option in [HCI_DATA_DIR, HCI_TIME_STAMP] {
        assert_eq!(adapter.getsockopt(SOL_HCI, option), Ok(0));
        adapter.setsockopt(SOL_HCI, option, 1).expect("it can be set");
        assert_eq!(adapter.getsockopt(SOL_HCI, option), Ok(1));
    }
    adapter.send(READ_ADDRESS).expect("it is granted");
    let message = adapter.recvmsg(100, 100, 0).expect("the adapter answers");
    let (a, b, c, d, e, f) = address;
    assert_eq!(message.data, [&COMPLETED[..], &[f, e, d, c, b, a]].concat(), "its address, last byte first");
    let bytes = |kind: i32| {
        let all = message.ancdata.iter().filter_map(ReceivedMessage::cmsg);
        all.filter(|(level, found, _)| (*level, *found) == (SOL_HCI, kind)).map(|(_, _, data)| data).next()
    };
    assert_eq!(bytes(1), Some(1i32.to_le_bytes().to_vec()), "HCI_CMSG_DIR: it came in");
    let time = bytes(2).expect("HCI_CMSG_TSTAMP");
    let seconds = time.first_chunk().map(|seconds| i64::from_le_bytes(*seconds));
    assert!(time.len() == 16 && seconds.is_some_and(|seconds| seconds > 1_600_000_000), "a struct timeval: {time:?}");

    // Another adapter's address beside the data leads nowhere else.
    adapter.sendto(READ_ADDRESS, BluetoothAddress::hci(id)).expect("the kernel doesn't look at it");
    assert_eq!(adapter.recv(100).expect("it answers")[..7], COMPLETED);
    let elsewhere = adapter.sendto(READ_ADDRESS, BluetoothAddress::hci(id + 1));
    assert!(matches!(elsewhere, Err(Error::Denied(_))), "another adapter isn't granted: {elsewhere:?}");

    // With its line go the ears and the voice.
    adapter.send(READ_ADDRESS).expect("it is granted still");
    permissions::restrict(&["bluetooth hci hci99"]).expect("it can be given up");
    assert!(matches!(adapter.send(READ_ADDRESS), Err(Error::Denied(_))), "a command");
    adapter.settimeout(0.5).expect("it can be timed");
    assert!(matches!(adapter.recv(100), Err(Error::Timeout)), "the answer to what was sent before");
}

pub(crate) fn options_of_bluetooth_do_what_they_say(arguments: &[String]) {
    let other = &arguments[0];
    let plain = sock(SOCK_SEQPACKET, BTPROTO_L2CAP);
    let level = |sock: &Socket| sock.getsockopt_bytes(SOL_BLUETOOTH, BT_SECURITY, 2);
    assert_eq!(level(&plain), Ok(vec![BT_SECURITY_LOW as u8, 0]));
    plain.setsockopt(SOL_BLUETOOTH, BT_SECURITY, &[BT_SECURITY_MEDIUM as u8, 0]).expect("it can be set");
    assert_eq!(level(&plain), Ok(vec![BT_SECURITY_MEDIUM as u8, 0]));
    assert_eq!(plain.getsockopt(SOL_L2CAP, L2CAP_LM), Ok(L2CAP_LM_AUTH | L2CAP_LM_ENCRYPT), "by its older name");
    plain.setsockopt(SOL_L2CAP, L2CAP_LM, L2CAP_LM_AUTH | L2CAP_LM_MASTER | L2CAP_LM_RELIABLE).expect("it can be set");
    assert_eq!(plain.getsockopt(SOL_L2CAP, L2CAP_LM), Ok(L2CAP_LM_AUTH | L2CAP_LM_MASTER | L2CAP_LM_RELIABLE));
    for (value, mode) in
        [(BT_SECURITY_HIGH, L2CAP_LM_AUTH | L2CAP_LM_ENCRYPT | L2CAP_LM_SECURE), (BT_SECURITY_LOW, L2CAP_LM_AUTH)]
    {
        plain.setsockopt(SOL_BLUETOOTH, BT_SECURITY, &[value as u8, 0]).expect("it can be set");
        let read = plain.getsockopt(SOL_L2CAP, L2CAP_LM).map(|read| read & !(L2CAP_LM_MASTER | L2CAP_LM_RELIABLE));
        assert_eq!(read, Ok(mode), "the mode that is security {value}");
    }
    plain.setsockopt(SOL_BLUETOOTH, BT_SECURITY, &[BT_SECURITY_FIPS as u8, 0]).expect("it can be set");
    fails(plain.setsockopt(SOL_BLUETOOTH, BT_SECURITY, &[BT_SECURITY_SDP as u8, 0]), errno::EINVAL, "the kernel's own");
    plain.setsockopt(SOL_L2CAP, L2CAP_LM, L2CAP_LM_AUTH | L2CAP_LM_TRUSTED).expect("it can be set");
    assert_eq!(plain.getsockopt(SOL_L2CAP, L2CAP_LM), Ok(L2CAP_LM_AUTH), "what was trusted is nothing any more");
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_POWER), Ok(BT_POWER_FORCE_ACTIVE_ON));
    plain.setsockopt(SOL_BLUETOOTH, BT_POWER, &[BT_POWER_FORCE_ACTIVE_OFF as u8]).expect("it can be set");
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_POWER), Ok(BT_POWER_FORCE_ACTIVE_OFF));
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_FLUSHABLE), Ok(BT_FLUSHABLE_OFF));
    plain.setsockopt(SOL_BLUETOOTH, BT_FLUSHABLE, BT_FLUSHABLE_ON).expect("it can be set");
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_FLUSHABLE), Ok(BT_FLUSHABLE_ON));
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_CHANNEL_POLICY), Ok(BT_CHANNEL_POLICY_BREDR_ONLY));
    let policy = plain.setsockopt(SOL_BLUETOOTH, BT_CHANNEL_POLICY, BT_CHANNEL_POLICY_BREDR_PREFERRED);
    fails(policy, errno::EOPNOTSUPP, "of modes that need it");
    fails(plain.setsockopt(SOL_BLUETOOTH, BT_DEFER_SETUP, 1), errno::EINVAL, "it isn't bound");
    plain.bind(l2cap(other, 0x1009)).expect("it is granted");
    plain.setsockopt(SOL_BLUETOOTH, BT_DEFER_SETUP, 1).expect("it is bound");
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_DEFER_SETUP), Ok(1));
    fails(plain.getsockopt(SOL_BLUETOOTH, BT_SNDMTU), errno::EINVAL, "of low energy");
    fails(plain.setsockopt(SOL_BLUETOOTH, BT_ISO_QOS, &[0; 8]), errno::ENOPROTOOPT, "of isochronous sockets");

    // Of low energy, whose links have credits.
    let low = sock(SOCK_SEQPACKET, BTPROTO_L2CAP);
    let at = BluetoothAddress::l2cap_of(other, 0x81, 0, BDADDR_LE_PUBLIC as u8).expect("a device");
    low.bind(at).expect("it is granted");
    low.setsockopt(SOL_BLUETOOTH, BT_RCVMTU, &100u16.to_le_bytes()).expect("it can be set");
    assert_eq!(low.getsockopt(SOL_BLUETOOTH, BT_RCVMTU), Ok(100));
    fails(low.getsockopt(SOL_BLUETOOTH, BT_SNDMTU), errno::ENOTCONN, "it is the peer's to say");
    match low.setsockopt(SOL_BLUETOOTH, BT_SNDMTU, &100u16.to_le_bytes()) {
        Ok(()) => {}
        sent => fails(sent, errno::EPERM, "newer kernels say that it is the peer's to say"),
    }
    assert_eq!(low.getsockopt(SOL_BLUETOOTH, BT_MODE), Ok(BT_MODE_LE_FLOWCTL));
    low.setsockopt(SOL_BLUETOOTH, BT_MODE, &[BT_MODE_EXT_FLOWCTL as u8]).expect("with credits of another kind");
    assert_eq!(low.getsockopt(SOL_BLUETOOTH, BT_MODE), Ok(BT_MODE_EXT_FLOWCTL));
    assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_MODE), Ok(BT_MODE_BASIC));
    match plain.setsockopt(SOL_BLUETOOTH, BT_MODE, &[BT_MODE_STREAMING as u8]) {
        Ok(()) => assert_eq!(plain.getsockopt(SOL_BLUETOOTH, BT_MODE), Ok(BT_MODE_STREAMING)),
        streaming => fails(streaming, errno::EINVAL, "some kernels want another switched off for it"),
    }
    fails(
        low.setsockopt(SOL_BLUETOOTH, BT_MODE, &[BT_MODE_ERTM as u8]),
        errno::EINVAL,
        "it would wait when it is closed",
    );

    let audio = sock(SOCK_SEQPACKET, BTPROTO_SCO);
    audio.setsockopt(SOL_BLUETOOTH, BT_VOICE, &BT_VOICE_TRANSPARENT.to_le_bytes()[..2]).expect("it can be set");
    assert_eq!(audio.getsockopt(SOL_BLUETOOTH, BT_VOICE), Ok(BT_VOICE_TRANSPARENT));
    match audio.setsockopt(SOL_BLUETOOTH, BT_VOICE, &BT_VOICE_TRANSPARENT_16BIT.to_le_bytes()[..2]) {
        Ok(()) => assert_eq!(audio.getsockopt(SOL_BLUETOOTH, BT_VOICE), Ok(BT_VOICE_TRANSPARENT_16BIT)),
        sixteen => fails(sixteen, errno::EINVAL, "older kernels know two settings"),
    }

    // The kernel writes numbers whole, however little is asked for; and has read values that weren't there.
    assert_eq!(plain.getsockopt_bytes(SOL_BLUETOOTH, BT_FLUSHABLE, 1), Ok(vec![1]));
    assert_eq!(plain.getsockopt_bytes(SOL_BLUETOOTH, BT_FLUSHABLE, 64).map(|value| value.len()), Ok(4));
    for length in [0, 1, 3] {
        let short = plain.setsockopt(SOL_BLUETOOTH, BT_FLUSHABLE, &vec![1; length]);
        fails(short, errno::EINVAL, "a number has 4 bytes");
    }
    // Its levels are others' in the internet.
    fails(plain.setsockopt(IPPROTO_IP, IP_HDRINCL, 1), errno::ENOPROTOOPT, "of an adapter's own sockets");
    fails(plain.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1), errno::ENOPROTOOPT, "TCP's");
    fails(plain.getsockopt(SOL_RFCOMM, 3), errno::ENOPROTOOPT, "Python has no option of RFCOMM's on Linux");
    fails(audio.getsockopt(SOL_SCO, 1), errno::ENOPROTOOPT, "nor of SCO's");
    let tcp = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    fails(tcp.setsockopt(SOL_BLUETOOTH, BT_SECURITY, &[1, 0]), errno::ENOPROTOOPT, "Bluetooth's");
}

pub(crate) fn bluetooth_sockets_have_their_limits(arguments: &[String]) {
    let (other, adapter): (_, u16) = (&arguments[0], number(&arguments[1]));
    for (kind, protocol, number, rule) in [
        (SOCK_RAW, BTPROTO_L2CAP, errno::EPERM, "it would hear every link"),
        (SOCK_RAW, BTPROTO_RFCOMM, errno::ESOCKTNOSUPPORT, "it is for ioctls"),
        (SOCK_DGRAM, BTPROTO_RFCOMM, errno::ESOCKTNOSUPPORT, "RFCOMM is a stream"),
        (SOCK_STREAM, BTPROTO_SCO, errno::ESOCKTNOSUPPORT, "SCO has packets"),
        (SOCK_DGRAM, BTPROTO_HCI, errno::ESOCKTNOSUPPORT, "adapters are raw"),
        (SOCK_STREAM, 4, errno::EPROTONOSUPPORT, "Python has no more protocols"),
        (SOCK_STREAM, 9, errno::EINVAL, "nor has the kernel"),
        (SOCK_STREAM, -2, errno::EINVAL, "no protocol"),
        (11, BTPROTO_L2CAP, errno::EINVAL, "no type"),
    ] {
        fails(socket(AF_BLUETOOTH, kind, protocol), number, rule);
    }
    fails(socketpair(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM), errno::EOPNOTSUPP, "no pairs");

    let stream = sock(SOCK_STREAM, BTPROTO_RFCOMM);
    fails(stream.listen(1), errno::EBADFD, "it isn't bound");
    fails(stream.getpeername(), errno::ENOTCONN, "it has no peer");
    fails(stream.send("x"), errno::ENOTCONN, "it has no peer");
    fails(stream.connect(rfcomm(other, 31)), errno::EINVAL, "channels end at 30");
    fails(stream.connect(("127.0.0.1", 1).to_address(AF_INET).expect("one")), errno::EAFNOSUPPORT, "of another family");
    assert!(matches!(stream.connect(l2cap(other, 5)), Err(Error::Denied(_))), "of another protocol");
    fails(sock(SOCK_STREAM, BTPROTO_RFCOMM).connect(rfcomm(other, 29)), errno::ECONNREFUSED, "nobody listens");
    let this = sock(SOCK_STREAM, BTPROTO_RFCOMM);
    this.bind(rfcomm(BDADDR_LOCAL, 21)).expect("it is granted");
    assert_eq!(this.getsockname(), Ok(rfcomm(BDADDR_LOCAL, 21).into()));
    for kind in [BDADDR_BREDR, BDADDR_LE_PUBLIC, BDADDR_LE_RANDOM] {
        let at = BluetoothAddress::l2cap_of(other, if kind == BDADDR_BREDR { 0x1019 } else { 0x99 }, 0, kind as u8);
        let packets = sock(SOCK_SEQPACKET, BTPROTO_L2CAP);
        packets.bind(at.expect("a device")).expect("it is granted");
        let Ok(Address::Bluetooth(BluetoothAddress::L2cap(own))) = packets.getsockname() else { panic!("no name") };
        assert_eq!(i32::from(own.address_type), kind);
    }
    let packets = sock(SOCK_SEQPACKET, BTPROTO_L2CAP);
    fails(packets.bind(l2cap(other, 0x1000)), errno::EINVAL, "PSMs are odd");
    let both = BluetoothAddress::l2cap_of(other, 25, 4, 1).expect("a device");
    fails(packets.bind(both), errno::EINVAL, "a PSM or a channel");
    fails(packets.bind(BluetoothAddress::l2cap_of(other, 25, 0, 3).expect("a device")), errno::EINVAL, "no such type");
    fails(sock(SOCK_SEQPACKET, BTPROTO_L2CAP).connect(l2cap(other, 0x1e01)), errno::ECONNREFUSED, "nobody listens");
    packets.bind(l2cap(other, 0x100b)).expect("it is granted");
    fails(packets.bind(l2cap(other, 0x100d)), errno::EBADFD, "it is bound");
    let taken = sock(SOCK_SEQPACKET, BTPROTO_L2CAP).bind(l2cap(other, 0x100b));
    fails(taken, errno::EADDRINUSE, "it is taken");
    let every = BluetoothHciAddress { device_id: HCI_DEV_NONE as u16, channel: HCI_CHANNEL_RAW as u16 };
    sock(SOCK_RAW, BTPROTO_HCI).bind(BluetoothAddress::Hci(every)).expect("every adapter's line is held");
    let none = sock(SOCK_RAW, BTPROTO_HCI);
    fails(none.bind(BluetoothAddress::hci(adapter + 50)), errno::ENODEV, "there is no such adapter");
    fails(none.connect(BluetoothAddress::hci(adapter)), errno::EOPNOTSUPP, "adapters aren't connected to");
    fails(none.listen(1), errno::EOPNOTSUPP, "nor listen");
}

/// The other end: asks what [`serve_rfcomm`] is, and prints it.
pub(crate) fn ask_by_rfcomm(arguments: &[String]) {
    let client = sock(SOCK_STREAM, BTPROTO_RFCOMM);
    client.connect(rfcomm(&arguments[0], 7)).expect("it is granted, and somebody listens");
    client.sendall("ATI\r\n").expect("it is connected");
    let answer = receive(&client, 12);
    print!("{}", String::from_utf8(answer).expect("words").replace('\r', ""));
    client.close().expect("it can be closed");
}
