//! Destinations by address.

use super::*;

#[test]
fn nothing_is_allowed_by_default() {
    judge_table(&[
        (&[], "tcp connect", "1.2.3.4:80", Err("--allow 'tcp connect 1.2.3.4:80'")),
        (&[], "udp send", "[2001:db8::1]:53", Err("--allow 'udp send [2001:db8::1]:53'")),
        (&[], "udp connect", "1.2.3.4:53", Err("--allow 'udp send 1.2.3.4:53'")),
    ]);
}

#[test]
fn a_line_allows_its_verb_address_and_ports_only() {
    judge_table(&[
        (&["tcp connect 1.2.3.4:80"], "tcp connect", "1.2.3.4:80", Ok(())),
        (&["tcp connect 1.2.3.4:80"], "tcp connect", "1.2.3.4:81", Err("no grant covers tcp connect to 1.2.3.4:81")),
        (&["tcp connect 1.2.3.4:80"], "tcp connect", "1.2.3.5:80", Err("no grant")),
        (&["tcp connect 1.2.3.4:80"], "udp send", "1.2.3.4:80", Err("udp send 1.2.3.4:80")),
        (&["udp send 1.2.3.4:80"], "udp connect", "1.2.3.4:80", Ok(())),
        (&["udp send 1.2.3.4:80"], "tcp connect", "1.2.3.4:80", Err("no grant")),
        (&["tcp connect 1.2.3.4:80"], "tcp send", "1.2.3.4:80", Ok(())),
        (&["tcp connect 10.0.0.0/8:1-99"], "tcp connect", "10.255.0.1:99", Ok(())),
        (&["tcp connect 10.0.0.0/8:1-99"], "tcp connect", "11.0.0.1:99", Err("no grant")),
        (&["tcp connect *:443"], "tcp connect", "169.254.169.254:443", Ok(())),
        (&["tcp connect *:443"], "tcp connect", "[::1]:443", Ok(())),
        (&["tcp connect 0.0.0.0/0:*"], "tcp connect", "[2001:db8::1]:443", Err("no grant")),
        (&["tcp connect localhost:80"], "tcp connect", "127.9.9.9:80", Ok(())),
        (&["tcp connect localhost:80"], "tcp connect", "[::1]:80", Ok(())),
        (&["tcp connect localhost:80"], "tcp connect", "10.0.0.1:80", Err("no grant")),
        (&["tcp listen 1.2.3.4:80"], "tcp connect", "1.2.3.4:80", Err("no grant")),
        (&["tcp connect [fe80::/10]:80"], "tcp connect", "[fe80::1%7]:80", Ok(())),
    ]);
}

#[test]
fn spellings_of_an_address_are_judged_as_the_address() {
    judge_table(&[
        (&["tcp connect 127.0.0.1:80"], "tcp connect", "0.0.0.0:80", Ok(())),
        (&["tcp connect 1.2.3.4:80"], "tcp connect", "[::ffff:1.2.3.4]:80", Ok(())),
        (&["tcp connect 1.2.3.4:80"], "tcp connect", "[::1.2.3.4]:80", Ok(())),
        (&["tcp connect [::1]:80"], "tcp connect", "[::]:80", Ok(())),
        (&["tcp connect 8.0.0.0/8:*"], "tcp connect", "0.0.0.0:80", Err("127.0.0.1:80")),
        (&["tcp connect [::/0]:80"], "tcp connect", "[::ffff:1.2.3.4]:80", Err("tcp connect 1.2.3.4:80")),
        (
            &["tcp connect *:*", "deny tcp connect 127.0.0.0/8:*"],
            "tcp connect",
            "[::ffff:127.0.0.1]:80",
            Err("forbids"),
        ),
        (&["tcp connect *:*", "deny tcp connect localhost:*"], "tcp connect", "[::]:80", Err("forbids")),
    ]);
}

#[test]
fn the_kernel_is_handed_what_was_judged() {
    let holder = holding(&["tcp connect *:*"]);
    for (asked, handed) in [
        ("[::ffff:1.2.3.4]:80", "[::ffff:1.2.3.4]:80"),
        ("[::1.2.3.4]:80", "[::ffff:1.2.3.4]:80"),
        ("0.0.0.0:80", "127.0.0.1:80"),
        ("[2606:4700::1%4]:80", "[2606:4700::1]:80"),
    ] {
        let target = ask(&holder, "tcp connect", asked, Instant::now());
        assert_eq!(target, Ok(Target::Inet(handed.parse().unwrap())), "{asked}");
    }
}

#[test]
fn addresses_inside_addresses_must_be_allowed_too() {
    let nat64 = "[64:ff9b::10.0.0.5]:80";
    judge_table(&[
        (&["tcp connect [::/0]:80"], "tcp connect", nat64, Err("tcp connect [64:ff9b::a00:5]:80'")),
        (&["tcp connect 10.0.0.5:80"], "tcp connect", nat64, Err("no grant")),
        (&["tcp connect [::/0]:80", "tcp connect 10.0.0.0/8:80"], "tcp connect", nat64, Ok(())),
        (&["tcp connect [64:ff9b::a00:5]:80"], "tcp connect", nat64, Ok(())),
        (&["tcp connect *:*"], "tcp connect", nat64, Ok(())),
        (&["tcp connect *:*", "deny tcp connect 10.0.0.0/8:*"], "tcp connect", nat64, Err("forbids")),
        (
            &["tcp connect [64:ff9b::a00:5]:80", "deny tcp connect 10.0.0.0/8:*"],
            "tcp connect",
            nat64,
            Err("`deny tcp connect 10.0.0.0/8:*` forbids it"),
        ),
        (&["tcp connect *:*", "deny tcp connect 10.0.0.0/8:*"], "tcp connect", "[2002:a00:5::1]:80", Err("forbids")),
        (
            &["tcp connect *:*", "deny tcp connect 10.0.0.0/8:*"],
            "tcp connect",
            "[2001:0:c000:201::f5ff:fffa]:80",
            Err("forbids"),
        ),
        (&["tcp connect *:*", "deny tcp connect 10.0.0.0/8:*"], "tcp connect", "[2002:b00:5::1]:80", Ok(())),
    ]);
}

#[test]
fn a_policys_own_nat64_prefix_is_seen_through() {
    let text = |nat64| format!("allow = ['udp send *:*']\ndeny = ['udp send 10.0.0.0/8:*']\nnat64 = [{nat64}]");
    let asked = |nat64| {
        let holder = Holder::new(Policy::from_toml(&text(nat64)).unwrap().permissions);
        ask(&holder, "udp send", "[2001:db8:64::10.0.0.5]:53", Instant::now()).is_ok()
    };
    assert!(asked(""));
    assert!(!asked("'2001:db8:64::/96'"));
}

#[test]
fn deny_lines_win() {
    let lines = &["tcp connect *:*", "deny tcp connect 10.0.0.0/8:*", "deny tcp connect *:25"];
    judge_table(&[
        (lines, "tcp connect", "11.0.0.1:80", Ok(())),
        (lines, "tcp connect", "10.0.0.1:80", Err("`deny tcp connect 10.0.0.0/8:*` forbids it")),
        (lines, "tcp connect", "11.0.0.1:25", Err("`deny tcp connect *:25` forbids it")),
    ]);
    assert_eq!(ask(&holding(lines), "tcp connect", "10.0.0.1:80", Instant::now()).unwrap_err().grant(), None);
}

#[test]
fn an_address_of_the_wrong_family_is_refused() {
    let everything = &["tcp connect *:*", "udp send *:*", "unix connect /", "unix connect @*"];
    judge_table(&[
        (everything, "tcp connect", "/a", Err("a Unix address is no address for this call on a tcp socket")),
        (everything, "unix connect", "1.2.3.4:80", Err("an IPv4 address")),
        (everything, "unix connect", "", Err("no name to reach it by")),
        (everything, "udp listen", "1.2.3.4:80", Err("no address for this call")),
    ]);
    let (holder, machine, now) = (holding(&[]), Machine::default(), Instant::now());
    let dissolve = holder.connect(Transport::Udp, &Address::Unspecified, &machine, now);
    assert_eq!(dissolve.unwrap().target(), &Target::Unspecified);
    assert!(holding(everything).send(Transport::Udp, &Address::Unspecified, &machine, now).is_err());
}

#[test]
fn an_unbound_datagram_socket_hears_whom_it_may_send_to() {
    let (holder, machine, now) = (holding(&["udp send 1.2.3.4:53"]), Machine::default(), Instant::now());
    let hears = |from| holder.hears(Transport::Udp, &address(from), &machine, now);
    assert!(hears("1.2.3.4:53") && hears("[::ffff:1.2.3.4]:53"));
    assert!(!hears("1.2.3.4:54") && !hears("4.3.2.1:53"));
    assert!(!holding(&[]).hears(Transport::Udp, &address("/a"), &machine, now));
    assert!(holding(&[]).hears(Transport::Unix, &address("/a"), &machine, now));
}

#[test]
fn a_bound_datagram_socket_answers_whom_it_heard() {
    let mut holder = holding(&["udp bind 0.0.0.0:5353", "udp send 1.2.3.4:53", "deny udp send 10.0.0.0/8:*"]);
    let bound = holder.bind(Transport::Udp, &address("0.0.0.0:5353"), false).unwrap();
    let answer = |holder: &Holder, to| holder.answer(&bound, Transport::Udp, &address(to));
    assert_eq!(answer(&holder, "4.3.2.1:99").unwrap().target(), &Target::Inet("4.3.2.1:99".parse().unwrap()));
    assert!(answer(&holder, "10.0.0.1:99").unwrap_err().reason().contains("forbids"));
    assert!(answer(&holder, "/a").is_err());
    assert!(holder.answer(&bound, Transport::Tcp, &address("4.3.2.1:99")).is_err());

    let unasked = holder.bind(Transport::Udp, &address("0.0.0.0:0"), false).unwrap();
    assert!(holder.answer(&unasked, Transport::Udp, &address("4.3.2.1:99")).is_err());

    holder.restrict(permissions(&["udp send 1.2.3.4:53"])).unwrap();
    assert!(answer(&holder, "4.3.2.1:99").is_err(), "a restriction takes the bind grant away");
}

#[test]
fn a_word_for_addresses_is_judged_as_its_blocks_are() {
    for (word, blocks, inside, outside) in [
        ("loopback", &["127.0.0.0/8", "[::1]"][..], "127.9.9.9", "128.0.0.1"),
        ("private", &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "[fc00::/7]"], "192.168.7.7", "100.64.0.1"),
        ("link-local", &["169.254.0.0/16", "[fe80::/10]"], "169.254.1.1", "169.253.1.1"),
        ("multicast", &["224.0.0.0/4", "[ff00::/8]"], "239.1.1.1", "223.1.1.1"),
    ] {
        for verb in ["udp send", "udp bind"] {
            let by_word = holding(&[&format!("{verb} {word}:5000")]);
            let by_blocks: Vec<String> = blocks.iter().map(|block| format!("{verb} {block}:5000")).collect();
            let by_blocks = holding(&by_blocks.iter().map(String::as_str).collect::<Vec<_>>());
            for ip in
                [inside, outside, "::1", "fd00::1", "fe80::1", "ff02::1", "2606:4700::1", "0.0.0.0", "255.255.255.255"]
            {
                let to = std::net::SocketAddr::new(ip.parse().unwrap(), 5000).to_string();
                let [one, other] = [&by_word, &by_blocks].map(|holder| ask(holder, verb, &to, Instant::now()).is_ok());
                assert_eq!(one, other, "{verb} {word}, {to}");
            }
            let allowed = |ip: &str| ask(&by_word, verb, &format!("{ip}:5000"), Instant::now()).is_ok();
            assert!(allowed(inside) && !allowed(outside), "{verb} {word}");
        }
    }
}

#[test]
fn a_word_denies_as_its_blocks_do_and_widens_a_name() {
    judge_table(&[
        (
            &["tcp connect *:*", "deny tcp connect private:*"],
            "tcp connect",
            "10.0.0.1:80",
            Err("`deny tcp connect private:*`"),
        ),
        (&["tcp connect *:*", "deny tcp connect private:*"], "tcp connect", "9.0.0.1:80", Ok(())),
        (&["tcp listen *:*", "deny tcp listen loopback:*"], "tcp listen", "0.0.0.0:8080", Err("forbids it")),
    ]);
    let now = Instant::now();
    for (within, allowed) in [(" in private", true), ("", false), (" in link-local", false)] {
        let mut holder = holding(&[&format!("tcp connect db.example:5432{within}")]);
        holder.learn("db.example", &ips(&["10.0.0.5"]), now);
        assert_eq!(ask(&holder, "tcp connect", "10.0.0.5:5432", now).is_ok(), allowed, "{within}");
    }
}

#[test]
fn the_line_for_an_address_that_was_looked_up_has_its_name() {
    let now = Instant::now();
    let mut holder = holding(&["dns lookup *"]);
    holder.learn("api.example", &ips(&["1.2.3.4", "10.0.0.5"]), now);
    let line = |to: &str, at| ask(&holder, "tcp connect", to, at).unwrap_err().grant().map(str::to_owned);
    assert_eq!(line("1.2.3.4:443", now).as_deref(), Some("tcp connect api.example:443"));
    assert_eq!(line("1.2.3.4:443", now + seconds(61)).as_deref(), Some("tcp connect 1.2.3.4:443"), "long ago");
    let private = line("10.0.0.5:443", now);
    assert_eq!(private.as_deref(), Some("tcp connect 10.0.0.5:443"), "a name would have to be widened");
    assert_eq!(line("1.2.3.5:443", now).as_deref(), Some("tcp connect 1.2.3.5:443"), "no name led there");
}
