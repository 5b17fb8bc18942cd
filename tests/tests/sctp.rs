//! SCTP: judged as TCP is, by lines of its own.

use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, says};

/// `SOCK_STREAM`, one-to-one, and `SOCK_SEQPACKET`, one-to-many.
const TYPES: [i32; 2] = [1, 5];

#[test]
fn an_sctp_socket_takes_a_line_that_is_about_sctp() {
    for kind in TYPES {
        let guest = || Guest::new("sctp_socket").arg(kind);
        says(guest(), "closed: sctp connect *:*");
        says(guest().allow("tcp connect *:*").allow("udp send *:*").allow("raw ip *"), "closed: sctp connect *:*");
        says(guest().allow("sctp connect 127.0.0.1:80"), "open");
        says(guest().allow("sctp listen 127.0.0.1:80"), "open");
    }
}

/// Connecting, and sending, which connects.
#[test]
fn sctp_connects_by_a_grant() {
    kernel::with(Family::Sctp).run("sctp_connects_by_a_grant", || {
        for call in ["connect", "sendto", "sendmsg", "datagrams"] {
            for kind in TYPES {
                let guest = |host: &str, port: u16| {
                    let guest = Guest::new("sctp_reach").arg(call).arg(kind).arg(host).arg(port);
                    // To be made at all it takes a line that is about SCTP.
                    guest.allow("sctp listen 127.0.0.2:5000")
                };
                says(guest("127.0.0.1", 9), "closed: sctp connect 127.0.0.1:9");
                says(guest("127.0.0.1", 9).allow("tcp connect *:*"), "closed: sctp connect 127.0.0.1:9");
                says(guest("127.0.0.1", 9).allow("sctp connect 127.0.0.1:10"), "closed: sctp connect 127.0.0.1:9");
                says(guest("0.0.0.0", 9).allow("sctp connect 10.0.0.0/8:*"), "closed: sctp connect 127.0.0.1:9");
                says(guest("127.0.0.1", 9).allow("sctp connect *:*").deny("sctp connect 127.0.0.0/8:*"), "closed: ");
                says(guest("127.0.0.1", 9).allow("sctp connect 127.0.0.1:9"), "open");
                says(guest("127.1", 9).allow("sctp connect 127.0.0.1:9"), "open");
                says(guest("localhost", 9).allow("sctp connect localhost:9"), "open");
            }
        }
    });
}

#[test]
fn sctp_serves_by_a_grant() {
    kernel::with(Family::Sctp).run("sctp_serves_by_a_grant", || {
        for kind in TYPES {
            let guest = |call: &str, host: &str, port: u16| {
                let guest = Guest::new("sctp_serve").arg(call).arg(kind).arg(host).arg(port);
                guest.allow("sctp connect 127.0.0.1:9")
            };
            says(guest("bind", "127.0.0.1", 5000), "closed: sctp listen 127.0.0.1:5000");
            says(guest("bind", "127.0.0.1", 5000).allow("tcp listen *:*"), "closed: sctp listen 127.0.0.1:5000");
            says(guest("bind", "127.0.0.1", 80).allow("sctp listen *:*"), "closed: sctp listen 127.0.0.1:80");
            says(guest("bind", "0.0.0.0", 5000).allow("sctp listen 127.0.0.1:*"), "closed: sctp listen 0.0.0.0:5000");
            says(guest("bind6", "::", 5000).allow("sctp listen [::]:*"), "closed: sctp listen 0.0.0.0:5000");
            // What the kernel would do by itself to connect; but serving there is more.
            says(guest("bind", "0.0.0.0", 0), "open");
            says(guest("listen", "", 0), "closed: sctp listen 0.0.0.0:0");
            says(guest("serve", "0.0.0.0", 0), "closed: sctp listen 0.0.0.0:0");
            says(guest("listen", "", 0).allow("sctp listen *:*"), "open");
            says(guest("serve", "127.0.0.1", 0).allow("sctp listen 127.0.0.1:*"), "open");
            says(guest("serve", "127.0.0.1", 5000).allow("sctp listen 127.0.0.1:5000"), "open");
        }
    });
}

/// Everything on this machine, and nothing else.
fn local(name: &str) -> Guest {
    Guest::new(name).allow("sctp connect 127.0.0.1:*").allow("sctp listen 127.0.0.1:*")
}

#[test]
fn sctp_one_to_one() {
    kernel::with(Family::Sctp).run("sctp_one_to_one", || {
        local("sctp_one_to_one").passes();
    });
}

#[test]
fn sctp_one_to_many() {
    kernel::with(Family::Sctp).run("sctp_one_to_many", || {
        local("sctp_one_to_many").allow("sctp listen *:*").passes();
    });
}

#[test]
fn sctp_options_do_what_they_say() {
    kernel::with(Family::Sctp).run("sctp_options_do_what_they_say", || {
        local("sctp_options_do_what_they_say").passes();
    });
}

#[test]
fn sctp_leads_nowhere_else() {
    kernel::with(Family::Sctp).run("sctp_leads_nowhere_else", || {
        local("sctp_leads_nowhere_else").passes();
    });
}
