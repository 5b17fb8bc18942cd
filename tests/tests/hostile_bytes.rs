//! Hostile guests that do what bytes say, the last of the fuzzers: every function of the contract, in the order and with
//! the arguments that the bytes make, also with handles that the guest hasn't got.
//!
//! `WALLSOCKET_FUZZ_SECONDS=600 cargo test --test hostile_bytes -- --nocapture` does it for so long, with bytes that nobody
//! has tried before. [docs/fuzzing.md](../../docs/fuzzing.md)

use std::env;
use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use wallsocket_tests::{Guest, Output, network, process};

/// How many guests run in a test that is part of all tests.
const GUESTS: u64 = 25;
/// A guest makes some hundred calls of so many bytes.
const BYTES: usize = 1200;
/// Where it is set, guests are run for that long.
const SECONDS: &str = "WALLSOCKET_FUZZ_SECONDS";

/// What a guest is granted: whatever stays in this machine's own network, and that is one of its own.
const LINES: [&str; 18] = [
    "tcp listen 127.0.0.1:*",
    "tcp connect 127.0.0.1:1024-65535",
    "tcp listen [::1]:*",
    "tcp connect [::1]:1024-65535",
    "udp bind 127.0.0.1:*",
    "udp send 127.0.0.1:1024-65535",
    "unix listen @*",
    "unix connect @*",
    "raw ip 127.0.0.0/8",
    "raw icmp6 ::1",
    "option IP_HDRINCL",
    "packet capture lo",
    "packet send lo",
    "netlink read route",
    "vsock listen *:*",
    "option SO_REUSEADDR",
    "dns reverse 127.0.0.1",
    "interfaces list",
];

#[test]
fn no_bytes_trap_hang_or_keep_a_descriptor() {
    // Asked for by its variable it is alone already, and what it says is seen.
    if !process::is_alone() && env::var_os(SECONDS).is_none() {
        return process::passes_alone("no_bytes_trap_hang_or_keep_a_descriptor", &[]);
    }
    network::alone(|| {
        // What is made once and kept: the engine, what resolvers and runtimes open.
        ends_as_it_may(1, &hostile(1));
        let before = descriptors();
        let mut ends = Ends::default();
        let time = env::var(SECONDS).ok().map(|text| Duration::from_secs(text.parse().expect("a number of seconds")));
        let began = Instant::now();
        let first = if time.is_some() { fastrand::u64(1 << 32..1 << 62) } else { 2 };
        for seed in first.. {
            if time.map_or(seed >= first + GUESTS, |time| began.elapsed() >= time) {
                break;
            }
            ends.count(ends_as_it_may(seed, &hostile(seed)));
            come_back(seed, before);
        }
        println!("{ends:?} in {:?}, the first seed being {first}", began.elapsed());
        assert!(ends.by_themselves > 0 && ends.forged > 0, "guests end in both ways: {ends:?}");
    });
}

/// How guests ended.
#[derive(Debug, Default)]
struct Ends {
    by_themselves: u64,
    calls: u64,
    forged: u64,
}

impl Ends {
    /// A guest more, that made so many calls, or forged a handle.
    fn count(&mut self, calls: Option<u64>) {
        match calls {
            Some(calls) => {
                self.by_themselves += 1;
                self.calls += calls;
            }
            None => self.forged += 1,
        }
    }
}

fn hostile(seed: u64) -> Output {
    let mut random = fastrand::Rng::with_seed(seed);
    let bytes = (0..BYTES).fold(String::new(), |mut digits, _| {
        write!(digits, "{:02x}", random.u8(..)).expect("a string takes more");
        digits
    });
    let files = tempfile::tempdir().expect("a directory");
    let guest = Guest::new("hostile_calls_by_bytes").arg(bytes).directory(files.path(), "/");
    LINES.into_iter().fold(guest, Guest::allow).run()
}

/// How many calls it made; none when it was ended for a handle that it hadn't got.
///
/// # Panics
///
/// Where it ended otherwise.
fn ends_as_it_may(seed: u64, output: &Output) -> Option<u64> {
    let last = output.stderr.lines().rfind(|line| line.starts_with("call ")).unwrap_or("no call");
    match &output.error {
        None if output.status == 0 => Some(output.stdout.trim().parse().expect("how many calls it made")),
        // One that was dropped by another number is missed when it is used next.
        Some(trap) if output.stderr.contains("forged") && is_about_a_handle(trap) => None,
        _ => panic!("seed {seed} ended with {} ({:?}) in {last}\n{}", output.status, output.error, output.stderr),
    }
}

/// wasmtime's words for what violates the component model's rules of handles.
fn is_about_a_handle(trap: &str) -> bool {
    trap.contains("handle")
}

/// Waits until no more descriptors are open than were: what may block when it is closed is closed on a thread of its own.
#[track_caller]
fn come_back(seed: u64, before: usize) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while descriptors() > before {
        assert!(Instant::now() < deadline, "seed {seed}: a guest that has ended holds {} descriptors", descriptors());
        std::thread::yield_now();
    }
}

fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").expect("Linux has it").count()
}
