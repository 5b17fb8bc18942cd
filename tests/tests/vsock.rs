//! Vsock: judged by context id and port. What takes loopback runs on a kernel that has it.

#![allow(clippy::disallowed_methods, reason = "it asks what this kernel has")]

use wallsocket_tests::Guest;
use wallsocket_tests::kernel::{self, Family};

#[track_caller]
fn says(guest: Guest, expected: &str) {
    assert_eq!(guest.passes().stdout, format!("{expected}\n"));
}

fn is_there() -> bool {
    let there = socket2::Socket::new(socket2::Domain::VSOCK, socket2::Type::STREAM, None).is_ok();
    if !there {
        println!("skipped: this kernel has no AF_VSOCK");
    }
    there
}

#[test]
fn connecting_is_granted_by_context_and_port() {
    if is_there() {
        let guest = || Guest::new("vsock_connect");
        says(guest(), "closed: vsock connect 1:1024");
        says(guest().allow("tcp connect *:*").allow("vsock connect 2:1024"), "closed: vsock connect 1:1024");
        says(guest().allow("vsock connect 1:1025").allow("vsock listen *:*"), "closed: vsock connect 1:1024");
        says(guest().allow("vsock connect *:*").deny("vsock connect 1:1000-2000"), "closed: ");
    }
}

#[test]
fn listening_is_granted_by_context_and_port() {
    if is_there() {
        let guest = |cid: &str, port: u32| Guest::new("vsock_listen").arg(cid).arg(port);
        says(guest("local", 5000), "closed: vsock listen 1:5000");
        says(guest("local", 5000).allow("vsock connect *:*"), "closed: vsock listen 1:5000");
        says(guest("any", 5000).allow("vsock listen 1:5000"), "closed: vsock listen *:5000");
        says(guest("any", 5000).allow("vsock listen *:5000").deny("vsock listen 1:5000"), "closed: ");
        says(guest("local", 1023).allow("vsock listen *:*"), "closed: vsock listen 1:1023");
        says(guest("local", u32::MAX).allow("vsock listen 1:5000"), "closed: vsock listen 1:4294967295");
        says(guest("local", 5000).allow("vsock listen 1:5000"), "open");
        says(guest("any", 5001).allow("vsock listen *:5001"), "open");
    }
}

#[test]
fn vsock_sockets_have_their_limits() {
    if is_there() {
        Guest::new("vsock_sockets_have_their_limits").allow("vsock connect *:*").allow("vsock listen *:*").passes();
    }
}

#[test]
fn vsock_buffers_are_clamped() {
    if is_there() {
        Guest::new("vsock_buffers_are_clamped").limits(|limits| limits.buffer_bytes = 65536).passes();
    }
}

#[test]
fn vsock_options_are_kept() {
    if is_there() {
        Guest::new("vsock_options_are_kept").passes();
    }
}

#[test]
fn vsock_streams_over_loopback() {
    kernel::with(Family::Vsock).run("vsock_streams_over_loopback", || {
        let guest = Guest::new("vsock_streams_over_loopback").allow("vsock connect 1:*").allow("vsock listen 1:*");
        guest.passes();
    });
}
