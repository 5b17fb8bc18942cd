//! Names, with the system's own resolver, on a machine of the test's own.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]
#![allow(unsafe_code, reason = "a network of one's own is made by unshare(2)")]

#[path = "names/network.rs"]
mod network;

use std::net::UdpSocket;
use std::thread;
use std::time::{Duration, Instant};

use network::{OWN, PORT};
use wallsocket_tests::host::{Host, Usage};
use wallsocket_tests::witness::Witness;
use wallsocket_tests::{Guest, process};

/// Runs the rest of the test on that machine; false where it shall end here.
#[track_caller]
fn on_its_own_machine(test: &str) -> bool {
    if process::is_alone() {
        network::set_up();
        return true;
    }
    match network::wrapper() {
        Ok(wrapper) => process::passes_alone(test, wrapper),
        Err(reason) => println!("skipped: no namespaces to be had here: {reason}"),
    }
    false
}

fn connect_to(host: &str) -> Guest {
    Guest::new("connect_to").arg(host).arg(PORT)
}

#[track_caller]
fn says(guest: Guest, expected: &str) {
    assert_eq!(guest.passes().stdout, format!("{expected}\n"));
}

#[test]
fn a_granted_name_leads_to_public_addresses_only() {
    if !on_its_own_machine("a_granted_name_leads_to_public_addresses_only") {
        return;
    }
    let line = |name: &str| format!("tcp connect {name}:{PORT}");
    says(connect_to("public.test"), &format!("closed: {}", line("public.test")));
    for spelling in ["public.test", "PUBLIC.Test", "public.test."] {
        says(connect_to(spelling).allow(line("public.test")), "open");
    }
    for (name, within) in [
        ("private.test", "10.0.0.0/8"),
        ("shared.test", "100.64.0.0/10"),
        ("linklocal.test", "169.254.0.0/16"),
        ("loopback.test", "127.0.0.0/8"),
        ("metadata.test", "169.254.169.254"),
        ("own.test", OWN),
    ] {
        // The line that the refusal names is what makes it pass.
        let widened = format!("{} in {within}", line(name));
        says(connect_to(name).allow(line(name)), &format!("closed: {widened}"));
        says(connect_to(name).allow(&widened), "open");
    }
    let wide = format!("{} in 169.254.0.0/16", line("metadata.test"));
    says(
        connect_to("metadata.test").allow(wide),
        &format!("closed: {} in 169.254.0.0/16,169.254.169.254", line("metadata.test")),
    );
    // By address, what is granted is meant.
    says(connect_to(OWN).allow(line(OWN)), "open");
    says(connect_to("localhost").allow(line("localhost")), "open");
    says(connect_to("loopback.test").allow(line("localhost")).allow("dns lookup loopback.test"), "open");
}

#[test]
fn a_wildcard_is_for_the_names_below_and_a_denied_block_beats_every_name() {
    if !on_its_own_machine("a_wildcard_is_for_the_names_below_and_a_denied_block_beats_every_name") {
        return;
    }
    let wildcard = format!("tcp connect *.public.test:{PORT}");
    says(connect_to("www.public.test").allow(&wildcard), "open");
    says(connect_to("public.test").allow(&wildcard), &format!("closed: tcp connect public.test:{PORT}"));
    let named = || connect_to("public.test").allow(format!("tcp connect public.test:{PORT}"));
    says(named().deny("tcp connect 9.9.9.0/24:*"), "closed: ");
    says(named().deny("tcp connect 9.9.8.0/24:*"), "open");
    says(named().deny(format!("tcp connect public.test:{PORT}")), "closed: ");
    let any = || connect_to("9.9.9.9").allow("tcp connect *:*");
    says(any(), "open");
    let lookup = |guest: Guest| guest.allow("dns lookup *");
    says(lookup(connect_to("public.test").allow("tcp connect *:*")).deny("tcp connect public.test:*"), "closed: ");
}

#[test]
fn what_a_name_resolved_to_is_good_for_its_grant_alone() {
    if !on_its_own_machine("what_a_name_resolved_to_is_good_for_its_grant_alone") {
        return;
    }
    let grant = format!("tcp connect public.test:{PORT}");
    Guest::new("use_an_answer").arg("public.test").arg(PORT).allow(&grant).passes();
    // The same grant doesn't help another guest that hasn't looked the name up, whoever has.
    let outputs = Guest::run_together(vec![
        Guest::new("use_an_answer").arg("public.test").arg(PORT).allow(&grant),
        Guest::new("connect_to").arg("9.9.9.9").arg(PORT).allow(&grant),
    ]);
    assert_eq!(outputs[0].status, 0, "{}", outputs[0].stderr);
    says(connect_to("9.9.9.9").allow(&grant), &format!("closed: tcp connect 9.9.9.9:{PORT}"));
    // What would allow it names what the guest has just looked up.
    let by_name = format!("udp send public.test:{PORT}");
    says(Guest::new("send_to").arg("public.test").arg(PORT).allow(&grant), &format!("closed: {by_name}"));
    says(Guest::new("send_to").arg("public.test").arg(PORT).allow(by_name), "open");
}

#[test]
fn lookups_both_ways_open_by_their_grants() {
    if !on_its_own_machine("lookups_both_ways_open_by_their_grants") {
        return;
    }
    let dns_lookup = || Guest::new("dns_lookup").arg("public.test");
    says(dns_lookup(), "closed: dns lookup public.test");
    says(dns_lookup().allow("dns lookup public.test"), "open");
    says(dns_lookup().allow("dns lookup *.public.test"), "closed: dns lookup public.test");
    says(dns_lookup().allow("dns lookup *").deny("dns lookup public.test"), "closed: ");
    says(Guest::new("dns_reverse").arg("9.9.9.9"), "closed: dns reverse 9.9.9.9\nclosed: dns reverse 9.9.9.9");
    Guest::new("look_up_backwards")
        .arg("9.9.9.9")
        .arg("public.test")
        .arg("10.1.2.3")
        .allow("dns reverse 9.9.9.0/24")
        .passes();
}

/// A resolver that holds its answers back.
struct BlackHole(UdpSocket);

impl BlackHole {
    fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:53").expect("nobody else is here");
        Self(socket)
    }

    /// Waits for the first question.
    fn is_asked(&self) {
        self.0.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        self.0.peek_from(&mut [0; 512]).expect("the look-up is on its way");
    }

    /// Says of every name that it doesn't exist, until `done`.
    fn answer(&self, done: impl Fn() -> bool) {
        self.0.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
        let mut message = [0; 512];
        while !done() {
            let Ok((length, from)) = self.0.recv_from(&mut message) else { continue };
            // A response, recursion available, NXDOMAIN (RFC 1035, section 4.1.1).
            message[2] |= 0x80;
            message[3] = 0x83;
            self.0.send_to(&message[..length], from).expect("the resolver is there");
        }
    }
}

#[test]
fn a_lookup_that_hangs_holds_up_nobody_else() {
    if !on_its_own_machine("a_lookup_that_hangs_holds_up_nobody_else") {
        return;
    }
    let hole = BlackHole::new();
    let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = control.local_addr().expect("its address").port();
    let native = std::thread::spawn(move || {
        hole.is_asked();
        // While it hangs, the other guest makes its round trips on the same thread.
        let mut words = [0; 100];
        loop {
            let (length, guest) = control.recv_from(&mut words).expect("the guest speaks");
            control.send_to(b"go on", guest).expect("the guest is there");
            if &words[..length] == b"finished" {
                return hole;
            }
        }
    });
    let answering = std::thread::spawn(move || {
        let hole = native.join().expect("it was content");
        hole.answer(|| false);
    });
    let outputs = Guest::run_together(vec![
        Guest::new("look_up_what_hangs").arg("hanging.test").allow("dns lookup hanging.test"),
        Guest::new("round_trips").arg(port).allow(format!("udp send 127.0.0.1:{port}")),
    ]);
    assert!(!answering.is_finished(), "it goes with the process");
    for output in outputs {
        assert_eq!(output.status, 0, "{:?}\n{}", output.error, output.stderr);
    }
}

#[test]
fn a_guest_over_its_lookup_quota_is_told_at_once() {
    if !on_its_own_machine("a_guest_over_its_lookup_quota_is_told_at_once") {
        return;
    }
    let _hole = BlackHole::new();
    let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let port = control.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        let mut words = [0; 100];
        while let Ok((_, guest)) = control.recv_from(&mut words) {
            let _ = control.send_to(b"go on", guest);
        }
    });
    Guest::new("over_the_lookup_quota")
        .arg(port)
        .limits(|limits| limits.lookups = 1)
        .allow("tcp connect hanging.test:80")
        .allow("dns lookup *")
        .allow(format!("udp send 127.0.0.1:{port}"))
        .passes();
}

/// What isn't held up takes less, on a machine with much else to do; a look-up that hangs takes thirty seconds.
const SOON: Duration = Duration::from_secs(5);

/// A resolver that answers at once that there is no such name, but of those below `hanging.test`: of them it says nothing.
fn answer_all_but_hanging(hole: BlackHole) {
    thread::spawn(move || {
        let mut message = [0; 512];
        while let Ok((length, from)) = hole.0.recv_from(&mut message) {
            if !message[..length].windows(13).any(|part| part == b"\x07hanging\x04test") {
                message[2] |= 0x80;
                message[3] = 0x83;
                let _ = hole.0.send_to(&message[..length], from);
            }
        }
    });
}

#[test]
fn eight_lookups_that_hang_are_one_guests_affair() {
    if !on_its_own_machine("eight_lookups_that_hang_are_one_guests_affair") {
        return;
    }
    answer_all_but_hanging(BlackHole::new());
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage::now();
    let hanging = Witness::start_as(&host, |port| {
        let guest = Guest::new("hang_eight_lookups").arg(port);
        guest.allow("dns lookup *.hanging.test").allow("tcp connect *.hanging.test:80")
    });
    let longest = witness.longest_of(200).max(hanging.longest_of(200));
    assert!(longest < SOON, "calls on sockets go on, those of the same guest too: {longest:?}");
    let began = Instant::now();
    let guest = Guest::new("look_up_what_is_answered").arg("nobody.test").allow("dns lookup nobody.test");
    let output = host.start(guest).wait();
    assert_eq!((output.status, output.error), (0, None), "{}", output.stderr);
    assert!(began.elapsed() < SOON, "another guest looks up as ever: {:?}", began.elapsed());
    let now = Usage::now();
    // Each has a thread and a socket of the resolver's; the guest that looked up left the thread for the next one.
    assert!(now.threads <= before.threads + 9, "eight threads are the most: {before:?}, {now:?}");
    witness.end();
    hanging.end();
    drop(host);
}

#[test]
fn a_guest_that_is_ended_in_a_lookup_leaves_a_thread_until_the_resolver_gives_up() {
    if !on_its_own_machine("a_guest_that_is_ended_in_a_lookup_leaves_a_thread_until_the_resolver_gives_up") {
        return;
    }
    let hole = BlackHole::new();
    let host = Host::new(1);
    let witness = Witness::start(&host);
    let before = Usage::now();
    for (ended, call) in
        ["getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo", "connect to a name"].iter().enumerate()
    {
        let guest = Guest::new("blocked").arg(call).allow("dns lookup hanging.test").allow("dns reverse 192.0.2.7");
        let guest =
            guest.allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*").allow("udp bind 127.0.0.1:*");
        let mut guest = host.start(guest.allow("tcp connect hanging.test:80"));
        assert_eq!(guest.line(), "blocks", "{call}");
        host.wait_until_idle();
        assert!(!guest.has_ended(), "{call} should wait: {}", guest.errors());
        let began = Instant::now();
        guest.drop_store();
        assert!(began.elapsed() < SOON && witness.longest_of(3) < SOON, "{call} holds up nobody");
        let most = Usage { descriptors: before.descriptors + ended + 1, threads: before.threads + ended + 1, ..before };
        most.comes_back(call);
    }
    // The resolver's answers free what is left; idle threads wait a while for more.
    let native = thread::spawn(move || {
        let began = Instant::now();
        hole.answer(|| began.elapsed() > SOON);
        hole
    });
    Usage { threads: usize::MAX, ..before }.comes_back("look-ups that have ended");
    witness.end();
    drop(host);
    native.join().expect("it was content");
}

/// A name server that answers each question by its first label: with that response code (RFC 1035, section 4.1.1), or
/// with no error and no answer.
fn serve_codes() {
    let socket = UdpSocket::bind("127.0.0.1:53").expect("nobody else is here");
    std::thread::spawn(move || {
        let mut message = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut message) {
            let label = message.get(13..13 + usize::from(message[12])).unwrap_or_default();
            let code = match label {
                b"9" => 1,
                b"failing" => 2,
                b"nobody" | b"8" => 3,
                _ => 0,
            };
            message[2] |= 0x80;
            message[3] = 0x80 | code;
            let _ = socket.send_to(&message[..length], from);
        }
    });
}

#[test]
fn what_a_name_server_says_is_told_by_its_code() {
    if !on_its_own_machine("what_a_name_server_says_is_told_by_its_code") {
        return;
    }
    serve_codes();
    let expected = [
        ("failing.test", "EAI_AGAIN"),
        ("nobody.test", "EAI_NONAME"),
        ("empty.test", "EAI_NODATA"),
        // HOST_NOT_FOUND, NO_RECOVERY and NO_DATA of netdb.h.
        ("192.0.2.8", "herror 1"),
        ("192.0.2.9", "herror 3"),
        ("192.0.2.7", "herror 4"),
    ];
    let guest = expected.iter().fold(Guest::new("what_a_name_server_says"), |guest, (name, _)| guest.arg(name));
    let output = guest.allow("dns lookup *.test").allow("dns reverse 192.0.2.0/24").passes().stdout;
    let expected: String = expected.iter().map(|(name, code)| format!("{name} {code}\n")).collect();
    assert_eq!(output, expected, "getaddrinfo(3), gethostbyaddr(3)");
}
