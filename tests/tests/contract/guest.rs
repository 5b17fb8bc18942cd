//! Guests that call every function of the contract, well-behaved and hostile ones.

use std::collections::{BTreeMap, BTreeSet};

use wallsocket_tests::{Guest, network};

use crate::data::{Contract, directory};

/// How many calls a hostile guest makes: enough for pairs of calls to meet in every order, in a second or two.
const CALLS: u32 = 3000;

#[test]
fn every_function_can_be_called() {
    let files = tempfile::tempdir().expect("a directory");
    let output = Guest::new("every_function_can_be_called")
        .allow("tcp listen 127.0.0.1:*")
        .allow("tcp connect localhost:*")
        .allow("udp bind 127.0.0.1:*")
        .allow("udp send 127.0.0.1:*")
        .allow("dns reverse 127.0.0.1")
        .allow("interfaces list")
        .allow("pass send socket")
        .allow("pass receive socket")
        .directory(files.path(), "/")
        .passes();
    let called: BTreeSet<String> = output.stdout.lines().map(str::to_owned).collect();
    let left_out: Vec<_> = functions().difference(&called).cloned().collect();
    assert!(left_out.is_empty(), "the guest that calls every function left these out: {left_out:?}");
}

#[test]
fn what_the_host_has_not_is_refused_as_a_kernel_without_it_would() {
    let files = tempfile::tempdir().expect("a directory");
    Guest::new("what_the_host_has_not_is_refused_as_a_kernel_without_it_would")
        .allow("tcp listen 127.0.0.1:*")
        .allow("udp send 127.0.0.1:*")
        // Families that this kernel may lack: with a grant it is the kernel that says so.
        .allow("can raw *")
        .allow("can bcm *")
        .allow("can isotp *")
        .allow("can j1939 *")
        .allow("alg hash *")
        .allow("tipc connect *:*")
        .allow("bluetooth rfcomm connect *:*")
        .allow("rds send *:*")
        .allow("qipcrtr send *:*")
        .directory(files.path(), "/")
        .passes();
}

#[test]
fn no_order_of_calls_traps_or_hangs() {
    let mut succeeded: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 1..=3 {
        for (function, times) in hostile(seed, true) {
            *succeeded.entry(function).or_default() += times;
        }
    }
    // Else the states that come after them were never reached.
    for function in ["[method]socket.connect", "[method]socket.accept", "[method]socket.listen"] {
        assert!(succeeded[&format!("sockets.{function}")] > 0, "{function} never succeeded: {succeeded:?}");
    }
    for function in ["send", "sendto", "sendall", "recv", "recvfrom", "send-datagrams", "receive-datagrams"] {
        assert!(succeeded[&format!("transfer.{function}")] > 0, "{function} never succeeded: {succeeded:?}");
    }
}

/// With grants for raw, packet, netlink and vsock sockets, in a network of its own.
#[test]
fn no_order_of_calls_traps_or_hangs_in_other_families() {
    network::alone(|| {
        for seed in 5..=7 {
            hostile_with(
                seed,
                &[
                    "raw ip 127.0.0.0/8",
                    "raw icmp6 ::1",
                    "option IP_HDRINCL",
                    "packet capture lo",
                    "packet send lo",
                    "netlink read route",
                    "vsock connect 1:*",
                    "vsock listen *:*",
                ],
            );
        }
    });
}

#[test]
fn no_order_of_calls_traps_or_hangs_without_a_grant() {
    hostile(4, false);
}

/// Runs a hostile guest, and says how often each function succeeded.
fn hostile(seed: u32, granted: bool) -> BTreeMap<String, u32> {
    if granted { hostile_with(seed, &["interfaces list"]) } else { run_hostile(seed, Vec::new()) }
}

/// The same with these lines beside those for TCP, UDP and Unix sockets.
fn hostile_with(seed: u32, lines: &[&str]) -> BTreeMap<String, u32> {
    run_hostile(seed, lines.iter().map(|line| (*line).to_owned()).collect())
}

fn run_hostile(seed: u32, lines: Vec<String>) -> BTreeMap<String, u32> {
    let files = tempfile::tempdir().expect("a directory");
    let mut guest = Guest::new("hostile_calls_in_any_order").arg(seed).arg(CALLS).directory(files.path(), "/");
    if !lines.is_empty() {
        // Nothing that leads to anybody else: ports of this machine's only where the guest itself listens.
        let sockets = files.path().display();
        for line in ["tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:1024-65535", "udp bind 127.0.0.1:*"] {
            guest = guest.allow(line);
        }
        for line in ["udp send 127.0.0.1:1024-65535", "tcp listen [::1]:*", "tcp connect [::1]:1024-65535"] {
            guest = guest.allow(line);
        }
        guest = guest.allow(format!("unix listen {sockets}::/sockets"));
        guest = guest.allow(format!("unix connect {sockets}::/sockets"));
        guest = lines.into_iter().fold(guest, Guest::allow);
        guest = guest.allow("option SO_REUSEADDR").allow("dns reverse 127.0.0.1");
        guest = guest.allow("pass send *").allow("pass receive *").allow("share *");
    }
    let output = guest.run();
    let last = output.stderr.lines().rfind(|line| line.starts_with("seed")).unwrap_or("none");
    assert!(
        output.status == 0 && output.error.is_none(),
        "a guest may do what it likes and never traps or hangs; this one ended with {} ({:?}), its last call was: {last}",
        output.status,
        output.error
    );
    let tally: BTreeMap<&str, (u32, u32)> = output.stdout.lines().map(counted).collect();
    let called: BTreeSet<String> = tally.keys().map(|name| (*name).to_owned()).collect();
    let left_out: Vec<_> = functions().difference(&called).cloned().collect();
    assert!(left_out.is_empty(), "the hostile guest left these out: {left_out:?}");
    let total: u32 = tally.values().map(|(calls, _)| calls).sum();
    assert_eq!(total, CALLS, "seed {seed}: it made the calls that it was told to");
    tally.into_iter().map(|(function, (_, succeeded))| (function.to_owned(), succeeded)).collect()
}

/// `FUNCTION CALLED SUCCEEDED`, as the guest prints it.
fn counted(line: &str) -> (&str, (u32, u32)) {
    let mut words = line.split(' ');
    let name = words.next().expect("a function");
    let mut number = || words.next().and_then(|word| word.parse().ok()).expect("a number");
    (name, (number(), number()))
}

fn functions() -> BTreeSet<String> {
    Contract::parse(&directory()).functions().into_iter().map(|(name, _)| name).collect()
}
