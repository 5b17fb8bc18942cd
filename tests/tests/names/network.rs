//! A machine of the test's own: names in /etc/hosts, a DNS server, and a neighbour with public addresses. All of it
//! is in namespaces that go with the process.

use std::fs;
use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::process::Command;
use std::sync::mpsc;
use std::thread;

/// The ports that the neighbour and this machine serve.
pub(crate) const PORT: u16 = 7777;
/// An address of this machine that is public.
pub(crate) const OWN: &str = "9.9.9.1";

const HOSTS: &str = "
127.0.0.1 localhost
9.9.9.9 public.test
9.9.9.9 www.public.test
10.1.2.3 private.test
100.64.1.1 shared.test
169.254.169.254 metadata.test
169.254.7.7 linklocal.test
127.0.0.1 loopback.test
9.9.9.1 own.test
";

/// Everything that the neighbour answers at.
const NEIGHBOUR: [&str; 5] = ["9.9.9.9/24", "10.1.2.3/32", "100.64.1.1/32", "169.254.169.254/32", "169.254.7.7/32"];

/// How to start a process whose user may do this: nothing if namespaces can't be had, with the reason.
pub(crate) fn wrapper() -> Result<&'static [&'static str], String> {
    let ways: [&[&str]; 2] = [&["unshare", "-mn"], &["unshare", "-Urmn"]];
    let mut reason = String::new();
    for way in ways {
        let script = "ip link add probe0 type veth peer name probe1 && mount --bind /etc/hosts /etc/hosts";
        match Command::new(way[0]).args(&way[1..]).args(["sh", "-c", script]).output() {
            Ok(output) if output.status.success() => return Ok(way),
            Ok(output) => reason = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => reason = error.to_string(),
        }
    }
    Err(reason)
}

/// Sets this process's machine up, and a neighbour on a thread that has a network of its own.
pub(crate) fn set_up() {
    let directory = tempfile::tempdir().expect("a directory");
    let nsswitch = "hosts: files dns\n";
    let resolver = "nameserver 127.0.0.1\noptions timeout:30 attempts:1\nsearch .\n";
    for (name, text) in [("hosts", HOSTS), ("resolv.conf", resolver), ("nsswitch.conf", nsswitch)] {
        let file = directory.path().join(name);
        fs::write(&file, text).expect("it is ours");
        run(&["mount", "--bind", file.to_str().expect("in UTF-8"), &format!("/etc/{name}")]);
    }
    run(&["ip", "link", "set", "lo", "up"]);
    let (started, neighbour) = mpsc::channel();
    let (connected, cable) = mpsc::channel::<()>();
    let (served, ready) = mpsc::channel();
    thread::spawn(move || {
        // SAFETY: takes flags alone, and changes the network of this thread only.
        assert_eq!(unsafe { libc::unshare(libc::CLONE_NEWNET) }, 0, "{}", std::io::Error::last_os_error());
        // SAFETY: takes nothing.
        started.send(unsafe { libc::gettid() }).expect("the other side waits");
        cable.recv().expect("the other side connects us");
        for address in NEIGHBOUR {
            run(&["ip", "address", "add", address, "dev", "theirs"]);
        }
        run(&["ip", "link", "set", "lo", "up"]);
        run(&["ip", "link", "set", "theirs", "up"]);
        serve();
        served.send(()).expect("the other side waits");
        // The network goes with its last thread.
        loop {
            thread::park();
        }
    });
    let neighbour = neighbour.recv().expect("it has a network").to_string();
    run(&["ip", "link", "add", "ours", "type", "veth", "peer", "name", "theirs", "netns", &neighbour]);
    run(&["ip", "address", "add", &format!("{OWN}/24"), "dev", "ours"]);
    run(&["ip", "link", "set", "ours", "up"]);
    connected.send(()).expect("it waits");
    ready.recv().expect("it serves");
    run(&["ip", "route", "add", "default", "via", "9.9.9.9"]);
    serve();
}

/// Accepts and takes whatever comes, in the calling thread's network.
fn serve() {
    for port in [PORT, PORT + 1] {
        let listener = TcpListener::bind(("0.0.0.0", port)).expect("nobody else is here");
        thread::spawn(move || {
            for mut peer in listener.incoming().flatten() {
                thread::spawn(move || peer.read_to_end(&mut Vec::new()));
            }
        });
        let socket = UdpSocket::bind(("0.0.0.0", port)).expect("nobody else is here");
        thread::spawn(move || while socket.recv(&mut [0; 100]).is_ok() {});
    }
}

#[track_caller]
fn run(words: &[&str]) {
    let output = Command::new(words[0]).args(&words[1..]).output().expect("it is installed");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
}
