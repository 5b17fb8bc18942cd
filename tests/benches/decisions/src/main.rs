//! `cargo run --release -p wallsocket-bench-decisions`: what a decision costs, in the processor's time.
//!
//! The host's own sources, compiled without the rest of it: `permissions` needs no wasmtime, no socket and no clock. Each
//! question is asked of 10 and of 1,000 lines of its own verb, of which the last covers it. The limits are those of
//! docs/benchmarks.md; a decision over its limit makes the exit status 1.

// The tests in these sources are the host's.
#![cfg(not(test))]
#![allow(dead_code, unused_imports, unreachable_pub, clippy::all, reason = "the host uses the rest of these sources")]

#[path = "../../../../host/src"]
mod host {
    pub(crate) mod address;
    pub(crate) mod permissions;
}

/// What policy files are read into besides. None is read here.
mod limits {
    #[derive(Clone, Debug, Default)]
    pub(crate) struct Limits;

    #[derive(Debug, Default, serde::Deserialize)]
    pub(crate) struct Settings;

    impl Settings {
        pub(crate) fn apply(self, _: &mut Limits) {}
    }
}

use std::fs;
use std::hint::black_box;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use address::{Address, CanAddress, CanPart, UnixAddress};
use host::{address, permissions};
use permissions::{Holder, Machine, Permissions, Transport};

/// Numbers of lines, and what a decision may cost under so many, in nanoseconds.
const SIZES: [(usize, f64); 2] = [(10, 200.0), (1000, 1000.0)];

/// How long each measurement asks, by the wall; the least of some is taken.
const SPAN: Duration = Duration::from_millis(100);
const MEASUREMENTS: usize = 7;

/// What is asked.
enum Question {
    Connect(Transport, Address),
    Send(Transport, Address),
    Hear(Transport, Address),
    Bind(Transport, Address),
    Option(String),
    LookUp(String),
}

impl Question {
    fn is_allowed(&self, holder: &Holder, machine: &Machine, now: Instant) -> bool {
        match self {
            Self::Connect(transport, to) => holder.connect(*transport, to, machine, now).is_ok(),
            Self::Send(transport, to) => holder.send(*transport, to, machine, now).is_ok(),
            Self::Hear(transport, from) => holder.hears(*transport, from, machine, now),
            Self::Bind(transport, at) => holder.bind(*transport, at, false).is_ok(),
            Self::Option(name) => holder.option(name).is_ok(),
            Self::LookUp(name) => holder.lookup(name).is_ok(),
        }
    }
}

/// A row: the line of each number, and the question that this line covers.
struct Row {
    name: &'static str,
    line: fn(usize) -> String,
    question: fn(usize) -> Question,
    /// Deny lines besides.
    denied: &'static [&'static str],
    /// The name that resolved to the address of that number, where one did.
    resolved: Option<fn(usize) -> String>,
}

const ROWS: [Row; 11] = [
    row("tcp connect, by address", |n| format!("tcp connect {}:443", ip(n)), |n| connect(ip(n), 443)),
    row(
        "tcp connect, by block",
        |n| format!("tcp connect 10.{}.{}.0/24:443", n / 256, n % 256),
        |n| connect(Ipv4Addr::new(10, (n / 256) as u8, (n % 256) as u8, 7), 443),
    ),
    row(
        "tcp connect, by port of one address",
        |n| format!("tcp connect 192.0.2.1:{}", 1024 + 2 * n),
        |n| connect(Ipv4Addr::new(192, 0, 2, 1), (1024 + 2 * n) as u16),
    ),
    Row {
        resolved: Some(|n| format!("host-{n}.example.com")),
        ..row(
            "tcp connect, by a name's answer",
            |n| format!("tcp connect host-{n}.example.com:443"),
            |n| connect(ip(n), 443),
        )
    },
    Row {
        denied: &["tcp connect 10.0.0.0/8:*", "tcp connect 169.254.0.0/16:*"],
        ..row("tcp connect, past deny lines", |n| format!("tcp connect {}:443", ip(n)), |n| connect(ip(n), 443))
    },
    row(
        "udp send, each datagram",
        |n| format!("udp send {}:53", ip(n)),
        |n| Question::Send(Transport::Udp, SocketAddr::from((ip(n), 53)).into()),
    ),
    row(
        "udp receive, each datagram",
        |n| format!("udp send {}:53", ip(n)),
        |n| Question::Hear(Transport::Udp, SocketAddr::from((ip(n), 53)).into()),
    ),
    row(
        "unix connect",
        |n| format!("unix connect /run/app-{n}"),
        |n| {
            let path = format!("/run/app-{n}/socket").into_bytes();
            Question::Connect(Transport::Unix, Address::Unix(UnixAddress::Path(path)))
        },
    ),
    row(
        "can raw",
        |n| format!("can raw can{n}"),
        |n| {
            let interface = format!("can{n}").into_bytes();
            let at = CanAddress { interface, index: n as u32, part: CanPart::Plain };
            Question::Bind(Transport::CanRaw, Address::Can(at))
        },
    ),
    row("option", |n| format!("option SO_{n}"), |n| Question::Option(format!("SO_{n}"))),
    row(
        "dns lookup",
        |n| format!("dns lookup host-{n}.example.com"),
        |n| Question::LookUp(format!("host-{n}.example.com")),
    ),
];

const fn row(name: &'static str, line: fn(usize) -> String, question: fn(usize) -> Question) -> Row {
    Row { name, line, question, denied: &[], resolved: None }
}

/// A public address for each number.
fn ip(number: usize) -> Ipv4Addr {
    Ipv4Addr::new(5, (number >> 8) as u8, number as u8, 9)
}

fn connect(ip: Ipv4Addr, port: u16) -> Question {
    Question::Connect(Transport::Tcp, SocketAddr::from((ip, port)).into())
}

fn holder(row: &Row, lines: usize, now: Instant) -> Holder {
    let mut builder = Permissions::builder();
    for number in 0..lines {
        builder = builder.allow(&(row.line)(number)).expect("a line");
    }
    for line in row.denied {
        builder = builder.deny(line).expect("a line");
    }
    let mut holder = Holder::new(builder.build());
    if let Some(name) = row.resolved {
        (0..lines).for_each(|number| holder.learn(&name(number), &[ip(number).into()], now));
    }
    holder
}

/// What this thread has had of the processor, in nanoseconds, as the kernel counts it.
fn spent() -> u64 {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").expect("a kernel with schedstat");
    statistics.split(' ').next().and_then(|time| time.parse().ok()).expect("its first number")
}

/// The nanoseconds of a decision.
fn measure(row: &Row, lines: usize) -> f64 {
    let (machine, now) = (Machine::default(), Instant::now());
    let holder = holder(row, lines, now);
    let (question, beyond) = ((row.question)(lines - 1), (row.question)(lines));
    assert!(question.is_allowed(&holder, &machine, now), "{}: the last line covers it", row.name);
    assert!(!beyond.is_allowed(&holder, &machine, now), "{}: no line covers what is beyond", row.name);
    let once = || {
        let (began, before) = (Instant::now(), spent());
        let mut count = 0u64;
        while began.elapsed() < SPAN {
            for _ in 0..1000 {
                black_box(black_box(&question).is_allowed(black_box(&holder), &machine, now));
            }
            count += 1000;
        }
        (spent() - before) as f64 / count as f64
    };
    (0..MEASUREMENTS).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn main() -> ExitCode {
    let mut over = 0;
    println!(
        "| a decision, in ns | {} |",
        SIZES.map(|(lines, limit)| format!("{lines} lines (≤ {limit})")).join(" | ")
    );
    println!("|---|---|---|");
    for row in &ROWS {
        let cells = SIZES.map(|(lines, limit)| {
            let cost = measure(row, lines);
            over += usize::from(cost > limit);
            format!("{cost:.0}")
        });
        println!("| {} | {} |", row.name, cells.join(" | "));
    }
    if over > 0 {
        println!("\n{over} over their limit");
    }
    ExitCode::from(u8::from(over > 0))
}
