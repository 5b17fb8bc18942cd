//! Names: looking up, remembering, and where a name may lead.

use super::*;

/// Looks `name` up with these answers and then asks for `tcp connect`.
fn resolve_and_connect(lines: &[&str], name: &str, answers: &[&str], to: &str) -> Result<Target, Denial> {
    let (mut holder, now) = (holding(lines), Instant::now());
    holder.learn(name, &ips(answers), now);
    ask(&holder, "tcp connect", to, now)
}

#[test]
fn a_look_up_needs_a_line() {
    for (lines, name, allowed) in [
        (&["dns lookup a.example"][..], "a.example", true),
        (&["dns lookup a.example"], "A.Example.", true),
        (&["dns lookup a.example"], "b.example", false),
        (&["dns lookup *.example"], "x.y.example", true),
        (&["dns lookup *.example"], "example", false),
        (&["dns lookup *.example"], "notexample", false),
        (&["dns lookup *"], "anything.at.all", true),
        (&["tcp connect a.example:443"], "a.example", true),
        (&["udp send *.example:53"], "ns.example", true),
        (&["tcp connect *:443"], "a.example", false),
        (&["dns lookup *", "deny dns lookup *.evil.example"], "a.evil.example", false),
        (&["dns lookup *", "deny dns lookup *.evil.example"], "good.example", true),
        (&["tcp connect *.example:443", "deny tcp connect b.example:443"], "b.example", false),
        (&["tcp connect *.example:443", "deny tcp connect b.example:80"], "b.example", true),
        (&[], "localhost", true),
        (&["deny dns lookup *"], "localhost", false),
        (&["dns lookup *"], "127.1", false),
        (&["dns lookup *"], "b\u{fc}cher.example", false),
        (&["dns lookup *"], "", false),
        (&["dns lookup *"], "a b", false),
        (&["dns lookup *"], "*.example", false),
    ] {
        assert_eq!(holding(lines).lookup(name).is_ok(), allowed, "{lines:?}: {name}");
    }
}

#[test]
fn a_permit_to_look_up_holds_the_name_as_judged() {
    let holder = holding(&["dns lookup a.example"]);
    assert_eq!(holder.lookup("A.example.").unwrap().target(), "a.example");
}

#[test]
fn a_refused_look_up_proposes_the_line_for_what_follows() {
    let holder = holding(&[]);
    assert_eq!(holder.lookup("a.example").unwrap_err().grant(), Some("dns lookup a.example"));
    let denial = holder.lookup_for("a.example", Transport::Tcp, 443).unwrap_err();
    assert_eq!(denial.grant(), Some("tcp connect a.example:443"));
    let denied = holding(&["deny tcp connect a.example:443"]);
    let denial = denied.lookup_for("a.example", Transport::Tcp, 443).unwrap_err();
    assert_eq!(denial.grant(), None, "a look-up that leads to a refusal isn't worth a line");
    assert_eq!(denial.reason(), "dns lookup of a.example: `deny tcp connect a.example:443` forbids it");
    let denial = denied.lookup_for("a.example", Transport::Tcp, 80).unwrap_err();
    assert_eq!(denial.grant(), Some("tcp connect a.example:80"));
    assert_eq!(denied.lookup("a.example").unwrap_err().grant(), Some("dns lookup a.example"));
}

#[test]
fn what_a_granted_name_resolved_to_may_be_used_at_its_ports() {
    let lines = &["tcp connect a.example:443", "dns lookup b.example"];
    let connect = |name, to| resolve_and_connect(lines, name, &["8.8.8.8", "2606:4700::1"], to);
    assert!(connect("a.example", "8.8.8.8:443").is_ok());
    assert!(connect("A.EXAMPLE.", "[2606:4700::1]:443").is_ok());
    assert!(connect("a.example", "[::ffff:8.8.8.8]:443").is_ok());
    assert!(connect("a.example", "8.8.8.9:443").is_err());
    assert!(connect("b.example", "8.8.8.8:443").is_err(), "dns lookup alone gives no right to connect");
    assert!(connect("c.example", "8.8.8.8:443").is_err(), "a name that isn't granted");
    let other_port = connect("a.example", "8.8.8.8:80").unwrap_err();
    assert_eq!(other_port.grant(), Some("tcp connect a.example:80"));
}

#[test]
fn what_a_name_for_one_verb_resolved_to_is_of_no_use_for_another() {
    let (mut holder, now) = (holding(&["tcp connect a.example:53"]), Instant::now());
    holder.learn("a.example", &ips(&["8.8.8.8"]), now);
    assert!(ask(&holder, "tcp connect", "8.8.8.8:53", now).is_ok());
    assert!(ask(&holder, "udp send", "8.8.8.8:53", now).is_err());
}

#[test]
fn wildcard_names_cover_all_below_and_not_the_apex() {
    let lines = &["tcp connect *.example.com:443"];
    assert!(resolve_and_connect(lines, "a.b.example.com", &["8.8.8.8"], "8.8.8.8:443").is_ok());
    assert!(resolve_and_connect(lines, "example.com", &["8.8.8.8"], "8.8.8.8:443").is_err());
    assert!(resolve_and_connect(lines, "badexample.com", &["8.8.8.8"], "8.8.8.8:443").is_err());
}

#[test]
fn answers_are_forgotten_after_their_time() {
    let start = Instant::now();
    for (policy, last) in [("", 59), ("remember-names = 5", 4)] {
        let text = format!("allow = ['tcp connect a.example:443']\n{policy}");
        let mut holder = Holder::new(Policy::from_toml(&text).unwrap().permissions);
        holder.learn("a.example", &ips(&["8.8.8.8"]), start);
        let connect = |after| ask(&holder, "tcp connect", "8.8.8.8:443", start + seconds(after));
        assert!(connect(0).is_ok() && connect(last).is_ok());
        let denial = connect(last + 1).unwrap_err();
        assert!(denial.reason().contains("look it up again"), "{denial}");
        holder.learn("a.example", &ips(&["8.8.8.8"]), start + seconds(last));
        assert!(ask(&holder, "tcp connect", "8.8.8.8:443", start + seconds(last + 1)).is_ok());
    }
}

#[test]
fn the_oldest_answers_go_when_the_memory_is_full() {
    let (mut holder, now) = (holding(&["tcp connect *.example:443"]), Instant::now());
    holder.learn("first.example", &ips(&["8.8.8.8"]), now);
    for n in 0..1024_u32 {
        holder.learn(&format!("n{n}.example"), &[IpAddr::from((0x0900_0000 + n).to_be_bytes())], now);
    }
    assert!(ask(&holder, "tcp connect", "8.8.8.8:443", now).is_err());
    assert!(ask(&holder, "tcp connect", "9.0.0.0:443", now).is_ok());
}

#[test]
fn looking_much_up_makes_nobody_forget_what_a_denied_name_stood_for() {
    let (mut holder, now) =
        (holding(&["tcp connect *:443", "dns lookup *", "deny tcp connect a.example:*"]), Instant::now());
    holder.learn("a.example", &ips(&["8.8.8.8"]), now);
    for n in 0..2048_u32 {
        holder.learn(&format!("n{n}.example"), &[IpAddr::from((0x0900_0000 + n).to_be_bytes())], now);
    }
    assert!(ask(&holder, "tcp connect", "8.8.8.8:443", now).is_err(), "the deny line names it");
    assert!(ask(&holder, "tcp connect", "9.0.0.0:443", now).is_ok());
}

#[test]
fn a_name_reaches_only_public_addresses() {
    for (answer, said) in [
        (
            "10.0.0.5",
            "a.example resolved to 10.0.0.5, a private address (RFC 1918), which a grant by name does not reach; add `in 10.0.0.0/8`",
        ),
        ("127.0.0.1", "loopback"),
        ("0.0.0.0", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        (
            "169.254.169.254",
            "hands out this machine's credentials, which a grant by name does not reach; add `in 169.254.169.254`",
        ),
        ("100.100.100.200", "credentials"),
        ("168.63.129.16", "credentials"),
        ("fd00:ec2::254", "credentials"),
        ("8.8.4.4", "an address of this machine itself"),
        ("224.0.0.1", "multicast"),
        ("fe80::1", "link-local"),
        ("64:ff9b::10.0.0.5", "resolved to 64:ff9b::a00:5 and so to 10.0.0.5, a private address"),
        ("64:ff9b:1::808:808", "a local NAT64 address"),
        ("2002:808:808::1", "a 6to4 address"),
        ("4000::1", "outside of global unicast"),
    ] {
        let mut to = std::net::SocketAddr::from((answer.parse::<IpAddr>().unwrap(), 443)).to_string();
        if answer == "0.0.0.0" {
            to = "127.0.0.1:443".to_owned();
        }
        let asked = |lines: &[&str]| resolve_and_connect(lines, "a.example", &[answer, "127.0.0.1"], &to);
        let denial = asked(&["tcp connect a.example:443"]).unwrap_err();
        assert!(denial.reason().contains(said), "{answer}: {denial}");
        let line = denial.grant().expect("a line that would allow it");
        assert!(line.starts_with("tcp connect a.example:443 in "), "{line}");
        assert!(asked(&["tcp connect a.example:443", line]).is_ok(), "{line}");
    }
    let nat64 = resolve_and_connect(
        &["tcp connect a.example:443"],
        "a.example",
        &["64:ff9b::808:808"],
        "[64:ff9b::808:808]:443",
    );
    assert!(nat64.is_ok(), "NAT64 of a public address is public");
}

#[test]
fn in_widens_a_name_to_its_blocks_only() {
    let connect = |line, answer: &str| resolve_and_connect(&[line], "db.corp", &[answer], &format!("{answer}:5432"));
    assert!(connect("tcp connect db.corp:5432 in 10.0.0.0/8", "10.1.2.3").is_ok());
    assert!(connect("tcp connect db.corp:5432 in 10.0.0.0/8", "8.8.8.8").is_ok());
    assert!(connect("tcp connect db.corp:5432 in 10.0.0.0/8", "192.168.0.1").is_err());
    assert!(connect("tcp connect db.corp:5432 in 169.254.0.0/16", "169.254.0.1").is_ok());
    assert!(connect("tcp connect db.corp:5432 in 169.254.0.0/16", "169.254.169.254").is_err());
    assert!(connect("tcp connect db.corp:5432 in 169.254.169.254", "169.254.169.254").is_ok());
}

#[test]
fn a_deny_line_stops_a_name_by_address_and_by_name() {
    let by_address = &["tcp connect a.example:443 in 10.0.0.0/8", "deny tcp connect 10.0.0.0/8:*"];
    let denial = resolve_and_connect(by_address, "a.example", &["10.0.0.5"], "10.0.0.5:443").unwrap_err();
    assert!(denial.reason().contains("`deny tcp connect 10.0.0.0/8:*` forbids it"), "{denial}");
    let by_name = &["tcp connect *:443", "dns lookup *", "deny tcp connect *.evil.example:443"];
    assert!(resolve_and_connect(by_name, "x.evil.example", &["8.8.8.8"], "8.8.8.8:443").is_err());
    assert!(resolve_and_connect(by_name, "good.example", &["8.8.8.8"], "8.8.8.8:443").is_ok());
}

#[test]
fn a_reverse_look_up_needs_a_line() {
    let holder = holding(&["dns reverse 192.0.2.0/24", "deny dns reverse 192.0.2.1"]);
    for (ip, allowed) in [("192.0.2.9", true), ("::ffff:192.0.2.9", true), ("192.0.2.1", false), ("8.8.8.8", false)] {
        assert_eq!(holder.reverse(ips(&[ip])[0]).is_ok(), allowed, "{ip}");
    }
    assert_eq!(holder.reverse(ips(&["8.8.8.8"])[0]).unwrap_err().grant(), Some("dns reverse 8.8.8.8"));
}

#[test]
fn a_denied_name_is_denied_through_nat64_too() {
    let lines = &["tcp connect *:443", "dns lookup *", "deny tcp connect evil.example:443"];
    let connect = |to| resolve_and_connect(lines, "evil.example", &["8.8.8.8"], to);
    assert!(connect("8.8.8.8:443").is_err());
    assert!(connect("[64:ff9b::808:808]:443").is_err());
    assert!(connect("[64:ff9b::909:909]:443").is_ok());
}
