//! Limits: a guest that goes over one is told at once, by the error that docs/limits.md has, loses nothing, and goes on once
//! it may again. Without the limit the same guest passes, and other guests meanwhile.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::UdpSocket;
use std::os::unix::net::UnixStream;

use wallsocket_host::{Limit, Limits, Rate};
use wallsocket_tests::{Guest, Output};

/// A guest with the grants that these take, whose last argument says whether it has a limit.
fn guest(name: &str, arguments: &[&str], limited: bool) -> Guest {
    let guest = arguments.iter().fold(Guest::new(name), |guest, argument| guest.arg(argument));
    ["tcp listen 127.0.0.1:*", "tcp connect 127.0.0.1:*", "udp bind 127.0.0.1:*", "udp send 127.0.0.1:*"]
        .into_iter()
        .chain(["dns lookup localhost", "pass send *", "pass receive *"])
        .fold(guest.arg(if limited { "limited" } else { "free" }), Guest::allow)
}

/// Runs a guest with each of those lists of arguments, with a limit and without, all beside each other on one thread: all pass,
/// and who has the limit met it.
#[track_caller]
fn holds(limit: Limit, name: &str, arguments: &[&[&str]], change: impl Fn(&mut Limits)) {
    let guests = arguments
        .iter()
        .flat_map(|arguments| [guest(name, arguments, true).limits(&change), guest(name, arguments, false)]);
    let outputs = Guest::run_together(guests.collect());
    for (number, Output { status, error, stderr, stats, .. }) in outputs.iter().enumerate() {
        let (arguments, is_limited) = (arguments[number / 2], number % 2 == 0);
        let which = format!("{name} {arguments:?} {}, {}", if is_limited { "limited" } else { "free" }, limit.name());
        assert!(*status == 0 && error.is_none(), "{which}: {error:?}\n{stderr}");
        assert_eq!(
            stats.over(limit) > 0,
            is_limited,
            "{which}: who has a limit meets it, its neighbours don't:\n{stats}"
        );
    }
}

/// So much a second that twice a call's worth has come back after two seconds, and one at once: what a call took on credit
/// is missing for long enough to be seen.
fn scarce(size: u64) -> Rate {
    Rate::per_second(size / 2).with_burst(1)
}

/// Calls, and how many bytes each moves.
const SENDS: &[&[&str]] =
    &[&["send", "150"], &["sendall", "150"], &["sendto", "150"], &["sendmsg", "150"], &["send_datagrams", "150"]];
const RECEIVES: &[&[&str]] =
    &[&["recv", "150"], &["recvfrom", "150"], &["recvmsg", "150"], &["receive_datagrams", "150"]];

#[test]
fn bytes_sent_are_counted_by_every_call_that_sends() {
    let limits = |limits: &mut Limits| limits.bytes_sent_per_second = scarce(150);
    holds(Limit::BytesSent, "send_twice", SENDS, limits);
}

#[test]
fn messages_sent_are_counted_by_every_call_that_sends() {
    let limits = |limits: &mut Limits| limits.messages_sent_per_second = Rate::per_second(1);
    holds(Limit::MessagesSent, "send_twice", SENDS, limits);
}

#[test]
fn bytes_received_are_counted_by_every_call_that_receives() {
    let limits = |limits: &mut Limits| limits.bytes_received_per_second = scarce(150);
    holds(Limit::BytesReceived, "receive_twice", RECEIVES, limits);
    // What is received where it is to be, in the guest's own memory.
    let limits = |limits: &mut Limits| limits.bytes_received_per_second = scarce(20_000);
    holds(Limit::BytesReceived, "receive_twice", &[&["recv_bulk", "20000"]], limits);
}

#[test]
fn messages_received_are_counted_by_every_call_that_receives() {
    let limits = |limits: &mut Limits| limits.messages_received_per_second = Rate::per_second(1);
    holds(Limit::MessagesReceived, "receive_twice", RECEIVES, limits);
}

#[test]
fn sockets_that_others_hold_count_for_whoever_uses_them() {
    for guest_name in ["send_twice", "receive_twice"] {
        let (one, other) = UnixStream::pair().expect("a pair");
        let output = guest(guest_name, &["inherited", "150"], true)
            .inherit(3, "one", one)
            .inherit(4, "other", other)
            .limits(|limits| {
                limits.bytes_sent_per_second = if guest_name == "send_twice" { scarce(150) } else { Rate::UNLIMITED };
                limits.bytes_received_per_second =
                    if guest_name == "send_twice" { Rate::UNLIMITED } else { scarce(150) };
            })
            .passes();
        assert_eq!((output.stats.bytes_sent, output.stats.bytes_received), (300, 300));
    }
}

#[test]
fn of_a_file_as_much_is_sent_as_may_be() {
    for limited in [true, false] {
        let directory = tempfile::tempdir().expect("a directory");
        let guest = guest("send_a_file_bit_by_bit", &[], limited).directory(directory.path(), "/");
        let output = match limited {
            true => guest.limits(|limits| limits.bytes_sent_per_second = Rate::per_second(0).with_burst(200)),
            false => guest,
        }
        .passes();
        assert_eq!(output.stats.bytes_sent, if limited { 200 } else { 300 });
    }
}

#[test]
fn connections_are_counted() {
    let limits = |limits: &mut Limits| limits.connections_per_second = Rate::per_second(1);
    holds(Limit::Connections, "connect_twice", &[&[]], limits);
}

#[test]
fn who_is_accepted_is_counted() {
    let limits = |limits: &mut Limits| limits.accepts_per_second = Rate::per_second(1);
    holds(Limit::Accepts, "accept_twice", &[&[]], limits);
}

#[test]
fn look_ups_are_counted() {
    let limits = |limits: &mut Limits| limits.lookups_per_second = Rate::per_second(1);
    holds(Limit::LookupRate, "look_up_twice", &[&[]], limits);
}

#[test]
fn buffers_of_all_sockets_are_bounded() {
    holds(Limit::QueuedBytes, "fill_the_buffers", &[&[]], |limits| limits.queued_bytes = 1);
}

#[test]
fn a_call_is_bounded() {
    for limit in [Limit::ControlBytes, Limit::PollInterests] {
        holds(limit, "be_greedy", &[&[]], |limits| {
            (limits.receive_bytes, limits.control_bytes, limits.poll_interests) = (10, 16, 1);
        });
    }
}

#[test]
fn the_numbers_tell_what_a_guest_did() {
    let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = control.local_addr().expect("its address").port().to_string();
    let answers = std::thread::spawn(move || {
        let (_, guest) = control.recv_from(&mut [0; 100]).expect("it speaks");
        control.send_to(b"go on", guest).expect("it listens");
    });
    let running = guest("do_a_little_of_everything", &[&port], true).limits(|limits| limits.sockets = 20).start();
    let stats = running.wait().stats;
    answers.join().expect("the guest spoke");
    assert_eq!(stats.bytes_sent, 5 + 100 + 1, "{stats}");
    assert_eq!(stats.bytes_received, 5 + 100 + 1, "{stats}");
    assert_eq!(stats.messages_sent, 3, "{stats}");
    assert!(stats.messages_received >= 3, "a stream may come in pieces:\n{stats}");
    assert_eq!((stats.connections, stats.accepted, stats.lookups), (1, 1, 1), "{stats}");
    assert_eq!((stats.descriptors_sent, stats.descriptors_received), (2, 2), "{stats}");
    assert_eq!(stats.denied, 2, "{stats}");
    assert_eq!((stats.over(Limit::Sockets), stats.most_open_sockets), (1, 20), "{stats}");
    assert_eq!((stats.open_sockets, stats.buffer_bytes), (0, 0), "with its store all of it went:\n{stats}");
}
