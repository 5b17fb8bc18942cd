//! Two machines and a link between them: this process's network and a neighbour's, which go with the process.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use wallsocket_tests::process;

/// This machine's addresses, on `ours`, and the neighbour's two, on `theirs`.
pub(crate) const OURS: Ipv4Addr = Ipv4Addr::new(10, 9, 0, 1);
pub(crate) const THEIRS: Ipv4Addr = Ipv4Addr::new(10, 9, 0, 2);
pub(crate) const THIRD: Ipv4Addr = Ipv4Addr::new(10, 9, 0, 3);
pub(crate) const OURS6: Ipv6Addr = Ipv6Addr::new(0xfd09, 0, 0, 0, 0, 0, 0, 1);
pub(crate) const THEIRS6: Ipv6Addr = Ipv6Addr::new(0xfd09, 0, 0, 0, 0, 0, 0, 2);
pub(crate) const THIRD6: Ipv6Addr = Ipv6Addr::new(0xfd09, 0, 0, 0, 0, 0, 0, 3);
/// The link's MTU.
pub(crate) const MTU: u16 = 1400;

/// Runs the rest of the test on a machine of its own; nothing where it shall end here.
#[track_caller]
pub(crate) fn linked(test: &str) -> Option<Neighbour> {
    if process::is_alone() {
        return Some(Neighbour::new());
    }
    let ways: [&[&str]; 2] = [&["unshare", "-n"], &["unshare", "-Urn"]];
    let mut reason = String::new();
    for way in ways {
        let words = ["ip", "link", "add", "probe0", "type", "veth", "peer", "name", "probe1"];
        match Command::new(way[0]).args(&way[1..]).args(words).output() {
            Ok(output) if output.status.success() => {
                process::passes_alone(test, way);
                return None;
            }
            Ok(output) => reason = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => reason = error.to_string(),
        }
    }
    println!("skipped: no namespaces to be had here: {reason}");
    None
}

type Job = Box<dyn FnOnce() + Send>;

/// The machine at the other end of the link.
#[derive(Clone)]
pub(crate) struct Neighbour {
    jobs: mpsc::Sender<Job>,
}

impl Neighbour {
    fn new() -> Self {
        let (jobs, todo) = mpsc::channel::<Job>();
        let (started, ready) = mpsc::channel();
        thread::spawn(move || {
            // SAFETY: takes flags alone, and changes the network of this thread only.
            assert_eq!(unsafe { libc::unshare(libc::CLONE_NEWNET) }, 0, "{}", std::io::Error::last_os_error());
            // SAFETY: takes nothing.
            started.send(unsafe { libc::gettid() }).expect("the other side waits");
            // The network goes with its last thread.
            todo.into_iter().for_each(|job| job());
        });
        let neighbour = Self { jobs };
        let thread = ready.recv().expect("it has a network").to_string();
        run(&["ip", "link", "set", "lo", "up"]);
        run(&["ip", "link", "add", "ours", "type", "veth", "peer", "name", "theirs", "netns", &thread]);
        neighbour.does(|| address("theirs", &[THEIRS, THIRD], &[THEIRS6, THIRD6]));
        address("ours", &[OURS], &[OURS6]);
        neighbour
    }

    /// Does something there.
    pub(crate) fn does<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> T {
        let (done, result) = mpsc::channel();
        self.jobs.send(Box::new(move || drop(done.send(job())))).expect("it is there");
        result.recv().expect("it does what it is told")
    }

    /// A socket of datagrams there, which waits for 20 seconds at most.
    pub(crate) fn datagrams(&self, address: impl Into<SocketAddr>) -> UdpSocket {
        let address = address.into();
        let socket = self.does(move || UdpSocket::bind(address).expect("the address is there"));
        socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a time");
        socket
    }

    /// What comes in there, from the IP header on.
    pub(crate) fn packets(&self) -> Packets {
        const ETH_P_ALL: u16 = 3;
        let protocol = Protocol::from(i32::from(ETH_P_ALL.to_be()));
        let socket = self.does(move || Socket::new(Domain::PACKET, Type::DGRAM, Some(protocol)).expect("a socket"));
        socket.set_read_timeout(Some(Duration::from_secs(20))).expect("a time");
        Packets(socket.into())
    }
}

fn address(device: &str, addresses: &[Ipv4Addr], addresses6: &[Ipv6Addr]) {
    run(&["ip", "link", "set", "lo", "up"]);
    run(&["ip", "link", "set", device, "mtu", &MTU.to_string(), "up"]);
    for address in addresses {
        run(&["ip", "address", "add", &format!("{address}/24"), "brd", "10.9.0.255", "dev", device]);
    }
    for address in addresses6 {
        run(&["ip", "address", "add", &format!("{address}/64"), "dev", device, "nodad"]);
    }
}

/// Sees packets.
pub(crate) struct Packets(UdpSocket);

impl Packets {
    /// The next datagram of UDP to that port: family, traffic class, hops, the length of the header and what follows
    /// it, and the data.
    pub(crate) fn next(&self, port: u16) -> String {
        loop {
            let mut data = [0; 2000];
            let length = self.0.recv(&mut data).expect("it comes");
            if let Some(seen) = parse(&data[..length], port) {
                return seen;
            }
        }
    }
}

fn parse(packet: &[u8], port: u16) -> Option<String> {
    const UDP: u8 = 17;
    let (class, hops, next, mut after) = match packet.first()? >> 4 {
        4 => (packet[1], packet[8], packet[9], usize::from(packet[0] & 15) * 4),
        6 => ((packet[0] << 4) | (packet[1] >> 4), packet[7], packet[6], 40),
        _ => return None,
    };
    let mut protocol = next;
    // Extension headers of IPv6: what follows, and how long they are.
    while packet[0] >> 4 == 6 && [0, 43, 60].contains(&protocol) {
        (protocol, after) = (*packet.get(after)?, after + (usize::from(*packet.get(after + 1)?) + 1) * 8);
    }
    let header = packet.get(after..after + 8)?;
    if protocol != UDP || header[2..4] != port.to_be_bytes() {
        return None;
    }
    let data = String::from_utf8_lossy(&packet[after + 8..]);
    Some(format!("class={class} hops={hops} header={after} next={next} {}", data.chars().take(9).collect::<String>()))
}

/// Answers what a guest asks for by its `Control`; where it does so.
pub(crate) fn control(answer: impl Fn(&str) -> String + Send + 'static) -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("loopback");
    let port = socket.local_addr().expect("its address").port();
    thread::spawn(move || {
        let mut data = [0; 1000];
        while let Ok((length, from)) = socket.recv_from(&mut data) {
            let answer = answer(&String::from_utf8_lossy(&data[..length]));
            socket.send_to(answer.as_bytes(), from).expect("the guest waits");
        }
    });
    port
}

/// The index of an interface here.
pub(crate) fn index(device: &str) -> u32 {
    let name = std::ffi::CString::new(device).expect("a name");
    // SAFETY: a string that ends with NUL.
    let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
    assert_ne!(index, 0, "there is {device}");
    index
}

#[track_caller]
pub(crate) fn run(words: &[&str]) {
    let output = Command::new(words[0]).args(&words[1..]).output().expect("it is installed");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
}
