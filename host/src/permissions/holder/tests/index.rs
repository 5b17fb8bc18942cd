//! Lines are found by what they are about. A policy of many lines has to decide as walking over them one by one would.

use proptest::prelude::*;

use super::*;
use crate::address::{CanAddress, CanPart, VsockAddress};

/// What is asked, in words for the messages of the test.
#[derive(Clone, Debug)]
enum Asked {
    Place(&'static str, String),
    Name(&'static str),
    Option(&'static str),
    Can(&'static str),
    Vsock(u32, u32),
    Reverse(&'static str),
    Group(&'static str),
}

fn is_allowed(lines: &[&str], asked: &Asked) -> bool {
    let (mut holder, now) = (holding(lines), Instant::now());
    // Known whether or not these lines allow the look-up: what has an answer differs by that alone.
    let memory = std::sync::Arc::make_mut(&mut holder.memory);
    memory.learn("a.example", true, ips(&["8.8.8.8", "10.1.2.3"]).into_iter(), now);
    memory.learn("b.a.example", true, ips(&["8.8.8.8", "9.9.9.9"]).into_iter(), now);
    let machine = Machine::default();
    match asked {
        Asked::Place(verb, to) => ask(&holder, verb, to, now).is_ok(),
        Asked::Name(name) => holder.lookup(name).is_ok(),
        Asked::Option(name) => holder.option(name).is_ok(),
        Asked::Can(interface) => {
            let at = CanAddress { interface: interface.as_bytes().to_vec(), index: 1, part: CanPart::Plain };
            holder.bind(Transport::CanRaw, &Address::Can(at), false).is_ok()
        }
        Asked::Vsock(cid, port) => {
            let to = Address::Vsock(VsockAddress { cid: *cid, port: *port });
            holder.connect(Transport::Vsock, &to, &machine, now).is_ok()
        }
        Asked::Reverse(ip) => holder.reverse(ip.parse().unwrap()).is_ok(),
        Asked::Group(ip) => holder.join(ip.parse().unwrap()).is_ok(),
    }
}

/// Lines that meet in many ways: blocks in blocks, ranges over ranges, names below names.
fn any_line() -> impl Strategy<Value = String> {
    let host = prop::sample::select(vec![
        "*",
        "loopback",
        "private",
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.2.3",
        "0.0.0.0/0",
        "8.8.8.8",
        "[::/0]",
        "[fc00::/7]",
        "[fd00::1]",
    ]);
    let name = prop::sample::select(vec!["a.example", "*.example", "*.a.example", "b.a.example", "*.b.a.example"]);
    let ports = prop::sample::select(vec!["*", "80", "80,443", "1-100", "50-60,70-1000", "0-65535", "443"]);
    let within = prop::sample::select(vec!["", " in private", " in 10.1.2.3"]);
    let block = prop::sample::select(vec!["*", "private", "10.1.2.3", "239.0.0.0/8", "239.1.0.0/16", "ff00::/8"]);
    let unix = prop::sample::select(vec!["/", "/run", "/run/app", "/run/app/x", "/tmp", "@a", "@a*", "@*", "@ab"]);
    let can = prop::sample::select(vec!["*", "can0", "can1", "can*", "vcan*"]);
    let vsock = prop::sample::select(vec!["*:*", "2:*", "2:80", "3:1-100", "*:80"]);
    prop_oneof![
        4 => (prop::sample::select(vec!["tcp connect", "udp send"]), host, ports.clone())
            .prop_map(|(verb, host, ports)| format!("{verb} {host}:{ports}")),
        2 => (name.clone(), ports, within).prop_map(|(name, ports, within)| format!("tcp connect {name}:{ports}{within}")),
        1 => name.prop_map(|name| format!("dns lookup {name}")),
        1 => (prop::sample::select(vec!["udp join", "dns reverse"]), block).prop_map(|(verb, at)| format!("{verb} {at}")),
        1 => unix.prop_map(|at| format!("unix connect {at}")),
        1 => can.prop_map(|at| format!("can raw {at}")),
        1 => vsock.prop_map(|at| format!("vsock connect {at}")),
        1 => prop::sample::select(vec!["option SO_MARK", "option SO_DEBUG", "any"]).prop_map(str::to_owned),
    ]
}

fn any_question() -> impl Strategy<Value = Asked> {
    let ip =
        prop::sample::select(vec!["127.0.0.1", "10.1.2.3", "10.2.0.1", "8.8.8.8", "9.9.9.9", "[fd00::1]", "[fd00::2]"]);
    let port = prop::sample::select(vec![0, 1, 55, 65, 80, 81, 443, 1000, 1001, 65535]);
    let unix = prop::sample::select(vec!["/run/app/x", "/run//app/./x/y", "/run/other", "/etc/x", "@a", "@ab", "@b"]);
    let names = vec!["a.example", "b.a.example", "c.b.a.example", "other.example", "example"];
    prop_oneof![
        5 => (prop::sample::select(vec!["tcp connect", "udp send"]), ip, port)
            .prop_map(|(verb, ip, port)| Asked::Place(verb, format!("{ip}:{port}"))),
        2 => unix.prop_map(|at| Asked::Place("unix connect", at.to_owned())),
        1 => prop::sample::select(names).prop_map(Asked::Name),
        1 => prop::sample::select(vec!["SO_MARK", "SO_DEBUG", "SO_PRIORITY"]).prop_map(Asked::Option),
        1 => prop::sample::select(vec!["can0", "can2", "vcan0", "eth0", ""]).prop_map(Asked::Can),
        1 => (prop::sample::select(vec![2, 3, 4]), prop::sample::select(vec![1, 80, 100, 101]))
            .prop_map(|(cid, port)| Asked::Vsock(cid, port)),
        1 => prop::sample::select(vec!["10.1.2.3", "8.8.8.8", "fd00::1"]).prop_map(Asked::Reverse),
        1 => prop::sample::select(vec!["239.1.2.3", "239.2.2.3", "224.0.0.1", "ff02::1"]).prop_map(Asked::Group),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn many_lines_decide_as_a_walk_over_them_would(
        allowed in prop::collection::vec(any_line(), 0..24),
        denied in prop::collection::vec(any_line().prop_filter("nobody denies it", |line| line != "any"), 0..4),
        asked in any_question(),
    ) {
        let denied: Vec<String> = denied.iter().map(|line| format!("deny {}", line.split(" in ").next().unwrap())).collect();
        let all: Vec<&str> = allowed.iter().chain(&denied).map(String::as_str).collect();
        // One allow line has to allow it by itself, and no deny line beside it may take that away.
        let walked = allowed.iter().any(|line| {
            is_allowed(&[line], &asked) && denied.iter().all(|rule| is_allowed(&[line, rule], &asked))
        });
        prop_assert_eq!(is_allowed(&all, &asked), walked, "{:?}", all);
    }
}
