//! Properties of every decision.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use proptest::prelude::*;

use super::*;
use crate::permissions::Rule;

/// Addresses near to where decisions change.
fn any_ip() -> impl Strategy<Value = IpAddr> {
    let v4 = prop_oneof![
        any::<u32>().prop_map(Ipv4Addr::from),
        prop::sample::select(vec![
            "0.0.0.0",
            "127.0.0.1",
            "10.0.0.5",
            "8.8.8.8",
            "8.8.4.4",
            "169.254.169.254",
            "224.0.0.251",
            "255.255.255.255"
        ])
        .prop_map(|text| text.parse().unwrap()),
    ];
    let prefix = prop::sample::select(vec![
        "::",
        "::ffff:0:0",
        "64:ff9b::",
        "64:ff9b:1::",
        "2001::",
        "2001:db8::",
        "2606:4700::",
        "fe80::",
        "fd00:ec2::",
        "ff02::",
        "::ffff:0:0:0",
        "4000::",
    ]);
    let v6 = (prefix, v4.clone(), any::<bool>()).prop_map(|(prefix, v4, small)| {
        let base = u128::from(prefix.parse::<Ipv6Addr>().unwrap());
        let low = if small { u128::from(u32::from(v4) & 1) } else { u128::from(u32::from(v4)) };
        Ipv6Addr::from(base | low)
    });
    let sixtofour = v4.clone().prop_map(|v4| Ipv6Addr::from((0x2002 << 112) | (u128::from(u32::from(v4)) << 80)));
    prop_oneof![v4.prop_map(IpAddr::V4), v6.prop_map(IpAddr::V6), sixtofour.prop_map(IpAddr::V6)]
}

fn any_port() -> impl Strategy<Value = u16> {
    prop_oneof![Just(0), Just(80), Just(443), any::<u16>()]
}

fn any_unix() -> impl Strategy<Value = String> {
    prop_oneof![r"(/[a-z .:*\\]{0,4}){1,4}", r"@[ -~]{0,6}", Just(String::new())]
}

fn any_lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(
        vec![
            "tcp connect a.example:443",
            "tcp connect a.example:443 in 10.0.0.0/8",
            "tcp connect 8.0.0.0/6:*",
            "tcp connect [::/0]:*",
            "udp send a.example:80",
            "udp send localhost:80",
            "tcp listen *:*",
            "tcp bind [::]:80",
            "udp bind 0.0.0.0:443",
            "unix connect /a::/b",
            "unix listen @a*",
            "deny tcp connect 10.0.0.0/8:*",
            "deny udp send *:1-100",
            "deny udp bind 127.0.0.1:*",
        ],
        0..6,
    )
}

fn any_question() -> impl Strategy<Value = (&'static str, String)> {
    let inet = prop::sample::select(vec![
        "tcp connect",
        "udp send",
        "udp connect",
        "tcp bind",
        "tcp bind dual",
        "udp bind",
        "udp bind dual",
        "tcp listen",
        "tcp listen dual",
    ]);
    let inet = (inet, any_ip(), any_port()).prop_map(|(verb, ip, port)| (verb, SocketAddr::new(ip, port).to_string()));
    let unix = prop::sample::select(vec!["unix connect", "unix bind"]);
    prop_oneof![3 => inet, 1 => (unix, any_unix())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn the_line_of_a_refusal_allows_the_request(
        lines in any_lines(),
        (verb, to) in any_question(),
        learned in prop::collection::vec(any_ip(), 0..3),
        learns_it in any::<bool>(),
    ) {
        let now = Instant::now();
        let mut answers = learned;
        if let (true, Ok(to)) = (learns_it, to.parse::<SocketAddr>()) {
            answers.push(to.ip());
        }
        let holder_of = |lines: &[&str]| {
            let mut holder = holding(lines);
            holder.learn("a.example", &answers, now);
            holder
        };
        let Err(denial) = ask(&holder_of(&lines), verb, &to, now) else { return Ok(()) };
        match denial.grant() {
            Some(line) => {
                let with_it = [&lines[..], &[line]].concat();
                prop_assert!(ask(&holder_of(&with_it), verb, &to, now).is_ok(), "{denial}");
            }
            None => {
                let explained = ["forbids it", "`..`", "NUL", "absolute", "no name", "no path"];
                prop_assert!(explained.iter().any(|part| denial.reason().contains(part)), "{denial}");
            }
        }
    }

    #[test]
    fn the_rule_of_a_decision_is_what_decides(
        lines in any_lines(),
        (verb, to) in any_question(),
        learns_it in any::<bool>(),
    ) {
        let now = Instant::now();
        let answers: Vec<IpAddr> = to.parse().ok().filter(|_| learns_it).map(|to: SocketAddr| to.ip()).into_iter().collect();
        let asked = |lines: &[&str]| {
            let mut holder = holding(lines);
            holder.learn("a.example", &answers, now);
            let answer = ask_by(&holder, verb, &to, now);
            (answer.as_ref().map(|by| holder.rule(by)).map_err(|denial| denial.rule().clone()), answer.is_ok())
        };
        match asked(&lines) {
            (Ok(Rule::Allow(rules)), _) => {
                let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
                let alone: Vec<&str> = rules.iter().map(String::as_str).collect();
                prop_assert!(asked(&alone).1, "{alone:?} alone allow {verb} {to}, as they are said to");
                for left_out in &alone {
                    let others: Vec<&str> = alone.iter().copied().filter(|line| line != left_out).collect();
                    prop_assert!(!asked(&others).1, "{left_out} is named and not needed for {verb} {to}");
                }
            }
            (Ok(rule), _) => prop_assert!(asked(&[]).1, "{rule}: {verb} {to} takes a line"),
            (Err(rule @ Rule::Deny(_)), _) => {
                let others: Vec<&str> = lines.iter().copied().filter(|line| *line != rule.to_string()).collect();
                prop_assert!(others.len() < lines.len(), "{rule} isn't held");
                prop_assert_ne!(asked(&others).0, Err(rule), "without the rule something else decides about {} {}", verb, to);
            }
            (Err(rule), _) => prop_assert!(matches!(rule, Rule::Default | Rule::Host), "{rule}"),
        }
    }

    #[test]
    fn a_restriction_never_allows_what_was_refused(
        given in any_lines(),
        kept in any_lines(),
        (verb, to) in any_question(),
    ) {
        let now = Instant::now();
        let mut restricted = holding(&given);
        restricted.restrict(permissions(&kept)).unwrap();
        if ask(&restricted, verb, &to, now).is_ok() {
            prop_assert!(ask(&holding(&given), verb, &to, now).is_ok());
        }
    }

    #[test]
    fn a_deny_line_never_allows_what_was_refused(lines in any_lines(), (verb, to) in any_question()) {
        let now = Instant::now();
        let (denying, allowing): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with("deny"));
        let all = [allowing.clone(), denying].concat();
        if ask(&holding(&all), verb, &to, now).is_ok() {
            prop_assert!(ask(&holding(&allowing), verb, &to, now).is_ok());
        }
    }

    #[test]
    fn looking_up_any_text_never_panics(host in any::<String>()) {
        let mut holder = holding(&["dns lookup *"]);
        holder.learn(&host, &[], Instant::now());
        if let Err(denial) = holding(&[]).lookup(&host)
            && let Some(line) = denial.grant()
        {
            prop_assert!(holding(&[line]).lookup(&host).is_ok(), "{denial}");
        }
        let _ = crate::permissions::numeric(&host);
    }
}
