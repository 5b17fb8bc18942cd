//! Decisions, each allowed one with a refused one beside it.

mod alg;
mod bluetooth;
mod can;
mod clusters;
mod destinations;
mod everything;
mod families;
mod index;
mod layers;
mod local;
mod names;
mod passing;
mod properties;
mod raw;
mod sctp;
mod unix;

use std::net::IpAddr;
use std::time::{Duration, Instant};

use super::Holder;
use crate::address::{Address, UnixAddress};
use crate::permissions::{Basis, Denial, Machine, Permissions, Permit, Policy, Target, Transport, op};

fn permissions(lines: &[&str]) -> Permissions {
    let mut builder = Permissions::builder();
    for line in lines {
        builder = match line.strip_prefix("deny ") {
            Some(line) => builder.deny(line).unwrap(),
            None => builder.allow(line).unwrap(),
        };
    }
    builder.build()
}

/// A holder of these lines; those that begin with `deny` deny.
fn holding(lines: &[&str]) -> Holder {
    Holder::new(permissions(lines))
}

/// `1.2.3.4:80`, `[::1]:80`, `/path`, `@abstract` and the empty string for an unnamed Unix address.
fn address(text: &str) -> Address {
    match text.as_bytes() {
        [] => Address::Unix(UnixAddress::Unnamed),
        [b'@', name @ ..] => Address::Unix(UnixAddress::Abstract(name.to_vec())),
        [b'/', ..] => Address::Unix(UnixAddress::Path(text.into())),
        _ => text.parse::<std::net::SocketAddr>().unwrap().into(),
    }
}

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Asks about one destination or local address in the words of a line: "tcp connect", "udp send", "tcp bind", "tcp
/// listen dual", …
fn ask(holder: &Holder, verb: &str, to: &str, now: Instant) -> Result<Target, Denial> {
    judge(holder, verb, to, now).map(|(target, _)| target)
}

/// As [`ask`], for the lines that allow it.
fn ask_by(holder: &Holder, verb: &str, to: &str, now: Instant) -> Result<Basis, Denial> {
    judge(holder, verb, to, now).map(|(_, by)| by)
}

fn judge(holder: &Holder, verb: &str, to: &str, now: Instant) -> Result<(Target, Basis), Denial> {
    let (machine, to) = (Machine { own_addresses: ips(&["8.8.4.4", "10.0.0.9"]) }, address(to));
    let mut words = verb.split(' ');
    let transport = match words.next() {
        Some("tcp") => Transport::Tcp,
        Some("udp") => Transport::Udp,
        Some("sctp") => Transport::Sctp,
        _ => Transport::Unix,
    };
    let action = words.next();
    let dual_stack = words.next() == Some("dual");
    match action {
        Some("connect") => holder.connect(transport, &to, &machine, now).map(parts),
        Some("send") => holder.send(transport, &to, &machine, now).map(parts),
        Some("from") => holder.source(transport, &to).map(parts),
        Some("bind") => holder.bind(transport, &to, dual_stack).map(parts),
        _ => holder.listen(transport, &to, dual_stack).map(parts),
    }
}

fn parts<Op: op::Operation<Judged = Target>>(permit: Permit<Op>) -> (Target, Basis) {
    (permit.target().clone(), permit.by().clone())
}

/// What is held, what is asked, and whether it is allowed or what the refusal says.
type Row<'a> = (&'a [&'a str], &'a str, &'a str, Result<(), &'a str>);

/// Asks each row of a table.
fn judge_table(rows: &[Row<'_>]) {
    for (lines, verb, to, expected) in rows {
        let got = ask(&holding(lines), verb, to, Instant::now());
        match (&got, expected) {
            (Ok(_), Ok(())) => {}
            (Err(denial), Err(part)) => {
                assert!(denial.to_string().contains(part), "{lines:?}, {verb} {to}: {denial}");
            }
            _ => panic!("{lines:?}, {verb} {to}: {got:?}"),
        }
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}
