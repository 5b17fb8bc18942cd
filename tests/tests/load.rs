//! Load: what a host with much to do uses of the machine. Each test runs in a process of its own, and tells what it measured.
//!
//! `cargo test` has a bounded version of it; `cargo xtask load` the whole one.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use wallsocket_host::Rate;
use wallsocket_tests::host::{Host, Hosted, Usage};
use wallsocket_tests::{Control, Guest, network, process};

/// How many connections there are, by this variable where it is set.
const CONNECTIONS: &str = "WALLSOCKET_LOAD_CONNECTIONS";
/// Pairs of guests that open and close them.
const PAIRS: u8 = 8;
/// Guests beside each other.
const GUESTS: usize = 1000;
/// Sockets of each.
const SOCKETS: usize = 10;
/// How much more memory may be in use, in KiB, when there have been ten times as many connections: an allocator's moods.
/// Of 900,000 connections each would have left 4 bytes.
const MOODS: u64 = 4096;
/// The longest that a guest may be silent: it opens 900,000 connections between two words, at half a millisecond each and more.
const PATIENCE: Duration = Duration::from_secs(1800);

/// Tells `cargo xtask load` what was measured: past what the test harness collects.
fn report(what: &str, value: impl std::fmt::Display) {
    println!("load\t{what}\t{value}");
}

/// Runs the test of that name in a process and a network of its own, with as many descriptors as may be had. True inside.
#[track_caller]
fn alone(name: &str) -> bool {
    if process::is_alone() {
        return true;
    }
    let said = process::passing_alone(name, &["sh", "-c", "ulimit -n $(ulimit -H -n) && exec \"$0\" \"$@\""]);
    said.lines()
        .filter(|line| line.starts_with("load\t") || line.starts_with("skipped"))
        .for_each(|line| println!("{line}"));
    false
}

#[test]
fn connections_that_are_closed_leave_nothing() {
    if !alone("connections_that_are_closed_leave_nothing") {
        return;
    }
    network::alone(|| {
        let connections: u32 = std::env::var(CONNECTIONS).map_or(20_000, |count| count.parse().expect("a number"));
        let (host, control) = (Host::new(2), Control::new(PATIENCE));
        let mut guests = Vec::new();
        for pair in 1..=PAIRS {
            let server = format!("127.{pair}.0.1");
            let listen = Guest::new("accept_and_close").arg(&server).allow(format!("tcp listen {server}:*"));
            let mut listening = host.start(listen);
            let port = listening.line();
            let client = Guest::new("connect_and_close").arg(control.port()).arg(&server).arg(&port);
            let client = client.arg(pair * 16).arg(connections / u32::from(PAIRS)).allow(control.grant());
            // It is to go as fast as it can.
            let client = client.limits(|limits| limits.connections_per_second = Rate::UNLIMITED);
            let client = client.allow("tcp bind 127.0.0.0/8:*").allow(format!("tcp connect {server}:{port}"));
            guests.extend([listening, host.start(client)]);
        }
        let clients = control.hear_all(usize::from(PAIRS), "ready", &guests);
        let (before, began) = (Usage::now(), Instant::now());
        control.answer_all(&clients);
        let clients = control.hear_all(usize::from(PAIRS), "a tenth", &guests);
        host.wait_until_idle();
        let tenth = Usage::now();
        control.answer_all(&clients);
        control.hear_all(usize::from(PAIRS), "all", &guests);
        let took = began.elapsed();
        host.wait_until_idle();
        let all = Usage::now();
        report("connections", connections / u32::from(PAIRS) * u32::from(PAIRS));
        report("connections_seconds", format!("{:.1}", took.as_secs_f64()));
        report("connections_memory_at_a_tenth_kib", tenth.memory);
        report("connections_memory_kib", all.memory);
        report("connections_descriptors_before", before.descriptors);
        report("connections_descriptors_at_a_tenth", tenth.descriptors);
        report("connections_descriptors", all.descriptors);
        for usage in [tenth, all] {
            assert_eq!(usage.descriptors, before.descriptors, "a connection that is closed holds no descriptor");
            assert_eq!(usage.threads, before.threads, "nor a thread");
        }
        assert!(all.memory < tenth.memory + MOODS, "nor memory: {tenth:?}, then {all:?}");
        guests.into_iter().for_each(Hosted::drop_store);
        drop(host);
    });
}

#[test]
fn a_thousand_guests_hold_ten_sockets_each() {
    if !alone("a_thousand_guests_hold_ten_sockets_each") {
        return;
    }
    network::alone(|| {
        // What a process keeps from the first guest on doesn't count: the image of its memory.
        Guest::new("packed_addresses_need_no_host").passes();
        let before_all = Usage::now();
        let (host, control) = (Host::new(2), Control::new(PATIENCE));
        // One is there from the start: what all share doesn't count.
        let guest = |rounds: u32| {
            let guest = Guest::new("hold_ten_sockets").arg(control.port()).arg(rounds).allow(control.grant());
            guest
                .allow("tcp listen 127.0.0.1:*")
                .allow("tcp connect 127.0.0.1:*")
                .allow("udp bind 127.0.0.1:*")
                .allow("udp send 127.0.0.1:*")
        };
        let mut first = host.start(guest(1));
        first.line();
        host.wait_until_idle();
        let before = Usage::now();
        let began = Instant::now();
        let mut guests: Vec<_> = (0..GUESTS).map(|_| host.start(guest(5))).collect();
        let ports: Vec<u16> = guests.iter_mut().map(|guest| guest.line().parse().expect("a port")).collect();
        let started = began.elapsed();
        host.wait_until_idle();
        let waiting = Usage::now();
        // What it waits for together takes one in the host; its standard output is a pipe, with an end here and one there.
        assert_eq!(waiting.descriptors - before.descriptors, GUESTS * (SOCKETS + 1 + 2), "a socket is a descriptor");
        assert_eq!(waiting.threads, before.threads, "whoever waits takes no thread");
        let began = Instant::now();
        control.answer_all(&ports.into_iter().map(|port| SocketAddr::from(([127, 0, 0, 1], port))).collect::<Vec<_>>());
        guests.iter_mut().for_each(|guest| drop(guest.line()));
        let talked = began.elapsed();
        host.wait_until_idle();
        let talking = Usage::now();
        assert_eq!(talking.descriptors, waiting.descriptors, "talking takes no descriptor");
        let began = Instant::now();
        guests.into_iter().for_each(Hosted::drop_store);
        let dropped = began.elapsed();
        assert_eq!(Usage::now().descriptors, before.descriptors, "all end when they are dropped");
        report("guests", GUESTS);
        report("guests_sockets", GUESTS * SOCKETS);
        report("guests_memory_each_kib", (waiting.memory - before.memory) / GUESTS as u64);
        report("guests_memory_each_talking_kib", (talking.memory - before.memory) / GUESTS as u64);
        report("guests_start_ms", started.as_millis());
        report("guests_talk_ms", talked.as_millis());
        report("guests_drop_ms", dropped.as_millis());
        // Far more than one takes: so that what each takes without need is noticed.
        assert!(
            (talking.memory - before.memory) / (GUESTS as u64) < 4096,
            "a guest that waits takes little: {talking:?}"
        );
        first.drop_store();
        drop(host);
        drop(control);
        before_all.comes_back("a host that has ended");
    });
}
