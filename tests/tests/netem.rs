//! Bad links, on a kernel that can make one of loopback: what is lost, late, doubled or out of order is the kernel's to mend where a
//! stream is concerned, and nothing of it holds up the host.

use std::process::Command;
use std::thread;
use std::time::Duration;

use wallsocket_tests::host::{Host, Usage};
use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::{Guest, network};

/// As large as a transfer is; a link of this test's carries it in seconds.
const LENGTH: usize = 512 * 1024;

/// Runs `tc` (iproute2) in the calling thread's network.
#[track_caller]
fn tc(arguments: &str) {
    let output = Command::new("tc").args(arguments.split(' ')).output().expect("iproute2 is installed");
    assert!(output.status.success(), "tc {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs a test of that name on such a kernel, in a network whose loopback is like this, and looks that nothing is left.
fn over(link: &'static str, name: &str, test: impl FnOnce(&Host) + Send + 'static) {
    kernel::with(Family::Netem).run(name, move || {
        network::alone(move || {
            if !link.is_empty() {
                tc(&format!("qdisc add dev lo root netem {link}"));
            }
            let host = Host::new(1);
            let before = Usage { threads: usize::MAX, ..Usage::now() };
            test(&host);
            before.comes_back("guests over a bad link");
        });
    });
}

/// A guest with the lines that it takes to talk to itself and to its like.
fn guest(name: &str) -> Guest {
    let guest = Guest::new(name).allow("tcp listen 127.0.0.1:*").allow("tcp connect 127.0.0.1:*");
    guest.allow("udp bind 127.0.0.1:*").allow("udp send 127.0.0.1:*")
}

/// Has one guest send a stream to another; `meanwhile` is when it has begun.
fn transfer(host: &Host, meanwhile: impl FnOnce()) {
    let mut taker = host.start(guest("take_a_stream").arg(LENGTH));
    let port = taker.line();
    let mut sender = host.start(guest("send_a_stream").arg(port).arg(LENGTH));
    assert_eq!(sender.line(), "sending");
    meanwhile();
    for guest in [sender, taker] {
        passed(&guest.wait());
    }
}

#[track_caller]
fn passed(output: &wallsocket_tests::Output) {
    assert!(output.status == 0 && output.error.is_none(), "{:?}\n{}", output.error, output.stderr);
}

#[test]
fn a_stream_arrives_whole_over_a_bad_link() {
    let link = "delay 10ms 5ms loss 3% duplicate 3% reorder 25% 50%";
    over(link, "a_stream_arrives_whole_over_a_bad_link", |host| transfer(host, || {}));
}

#[test]
fn timeouts_are_kept_over_a_slow_link() {
    over("delay 400ms", "timeouts_are_kept_over_a_slow_link", |host| {
        passed(&host.start(guest("keep_time_over_a_slow_link")).wait());
    });
}

#[test]
fn datagrams_are_lost_doubled_and_out_of_order() {
    let link = "delay 20ms 15ms loss 20% duplicate 10%";
    over(link, "datagrams_are_lost_doubled_and_out_of_order", |host| {
        let output = host.start(guest("count_datagrams").arg(200)).wait();
        passed(&output);
        let counts: Vec<u32> = output.stdout.split_whitespace().map(|word| word.parse().expect("a number")).collect();
        let [came, twice, late] = counts[..] else { panic!("three numbers: {counts:?}") };
        assert!((50..200).contains(&came), "a fifth is lost: {came} of 200 came");
        assert!(twice > 0 && late > 0, "some come twice, some late: {twice}, {late}");
    });
}

#[test]
fn a_stream_goes_on_when_the_link_is_back() {
    over("rate 4mbit", "a_stream_goes_on_when_the_link_is_back", |host| {
        transfer(host, || {
            network::ip("link set lo down");
            thread::park_timeout(Duration::from_millis(300));
            network::ip("link set lo up");
        });
    });
}

#[test]
fn a_link_that_drops_is_told_after_the_time_for_it() {
    over("", "a_link_that_drops_is_told_after_the_time_for_it", |host| {
        let mut guest = host.start(guest("lose_the_link"));
        assert_eq!(guest.line(), "connected");
        tc("qdisc add dev lo root netem loss 100%");
        passed(&guest.wait());
    });
}
