//! Lines: what parses, what is printed, and what is said of those that don't parse.

use proptest::prelude::*;

use super::verb::{ROWS, Shape};
use super::{Grant, GrantError};

#[test]
fn canonical_lines_print_as_they_were_written() {
    for line in [
        "tcp connect api.example.com:443",
        "tcp connect *.example.com:443,8000-8100",
        "tcp connect db.corp:5432 in 10.0.0.0/8",
        "tcp connect db.corp:5432 in 10.0.0.0/8,fd00::/8,192.0.2.1",
        "tcp connect 10.0.0.0/8:53",
        "tcp connect 192.0.2.1:*",
        "tcp connect *:443",
        "tcp connect [2001:db8::1]:443",
        "tcp connect [fe80::/10]:*",
        "tcp connect [::/0]:1-65535",
        "tcp connect localhost:0",
        "tcp connect private:443",
        "tcp connect private.:443",
        "tcp connect db.corp:5432 in private,link-local,192.0.2.1",
        "udp send multicast:5353",
        "tcp listen private:8080",
        "raw icmp loopback",
        "dns reverse private",
        "udp join multicast",
        "tcp bind 192.0.2.1:0",
        "tcp listen 127.0.0.1:8080",
        "tcp listen [::]:80",
        "udp send 10.0.0.0/8:53",
        "udp bind 0.0.0.0:5353",
        "udp join 239.1.0.0/16",
        "udp join *",
        "dns lookup *.example.com",
        "dns lookup _xmpp._tcp.example.com",
        "dns lookup *",
        "dns reverse 192.0.2.0/24",
        "dns reverse 2001:db8::/32",
        "unix connect /run/app::/app",
        "unix connect /run/app",
        r"unix connect /run/with\ space\:\:and\\::/a\*",
        r"unix connect /\xff\x0a",
        "unix listen @plugin-*",
        r"unix listen @a\*b\:c",
        "unix listen @*",
        "can raw vcan0",
        "can bcm *",
        "can bcm vcan*",
        "can isotp can0",
        "can isotp can* 0x7e8 0x7e0",
        "can isotp * * 0x18daf110",
        "can isotp can0 0x00000001 0x001",
        "can j1939 can0",
        "packet capture eth0",
        "packet send eth0",
        "netlink read route",
        "netlink write generic",
        "raw icmp 192.0.2.0/24",
        "raw icmp6 2001:db8::/32",
        "raw ip *",
        "vsock connect 2:1024",
        "vsock listen *:4294967295",
        "alg hash sha256",
        "alg skcipher cbc(aes)",
        "alg aead rfc4106(gcm(aes))",
        "alg rng *",
        "tipc connect 18888:17",
        "tipc send 18888:*",
        "tipc bind 18888:0-99",
        "bluetooth l2cap connect 01:23:45:67:89:ab:4097",
        "bluetooth rfcomm listen *:1-30",
        "bluetooth sco connect 01:23:45:67:89:ab",
        "bluetooth hci hci0",
        "rds send 10.0.0.0/8:*",
        "rds bind 10.0.0.1:4000",
        "qipcrtr send 1:15",
        "qipcrtr bind *:*",
        "option SO_MARK",
        "interfaces list",
        "hostname read",
        "hostname write",
        "inherit 3",
        "inherit web",
        "share worker",
        "share *",
        "pass send socket",
        "pass receive *",
        "any",
    ] {
        let grant: Grant = line.parse().unwrap_or_else(|error: GrantError| panic!("{error}"));
        assert_eq!(grant.to_string(), line);
        assert!(!grant.describe().contains("{}"), "{line}: {}", grant.describe());
    }
}

#[test]
fn other_spellings_print_in_the_canonical_one() {
    for (line, canonical) in [
        ("  tcp   connect\tAPI.Example.COM.:443 ", "tcp connect api.example.com:443"),
        ("tcp connect a.example:443,80,81,79-80", "tcp connect a.example:79-81,443"),
        ("tcp connect LOCALHOST:1", "tcp connect localhost:1"),
        ("tcp listen Loopback:1", "tcp listen localhost:1"),
        ("tcp connect any:1", "tcp connect *:1"),
        ("raw ip any", "raw ip *"),
        ("tcp connect a.example:1 in any", "tcp connect a.example:1 in 0.0.0.0/0,::/0"),
        ("tcp connect [2001:DB8:0::1/128]:1", "tcp connect [2001:db8::1]:1"),
        ("tcp connect 10.0.0.1/32:1", "tcp connect 10.0.0.1:1"),
        ("udp join 239.0.0.1/32", "udp join 239.0.0.1"),
        ("unix connect /run//app/./::/app/", "unix connect /run/app::/app"),
        ("unix connect /run/app::/run/app", "unix connect /run/app"),
        (r"unix connect /a\x62:c", r"unix connect /ab\:c"),
        ("can isotp can0 0x1 0x18DAF110", "can isotp can0 0x001 0x18daf110"),
    ] {
        let grant: Grant = line.parse().unwrap_or_else(|error: GrantError| panic!("{error}"));
        assert_eq!(grant.to_string(), canonical);
    }
}

#[test]
fn a_wrong_line_says_where_and_what_was_expected() {
    for (line, column, said) in [
        ("", 1, "one of: tcp, sctp, udp, dns"),
        ("tcp", 4, "one of: connect, bind, listen"),
        ("tcpp connect a:1", 1, "did you mean `tcp`?"),
        ("tcp conect a:1", 5, "did you mean `connect`?"),
        ("tcp connect", 12, "HOST:PORTS"),
        ("tcp connect a.example", 22, "a colon and ports"),
        ("tcp connect a.example:", 23, "a port from 0 to 65535"),
        ("tcp connect a.example:http", 23, "a port"),
        ("tcp connect a.example:65536", 23, "a port"),
        ("tcp connect a.example:80,+1", 26, "a port"),
        ("tcp connect a.example:90-80", 23, "did you mean `80-90`?"),
        ("tcp connect a.example:80 x", 26, "the end of the line"),
        ("tcp connect 10.0.0.1:80 in 10.0.0.0/8", 25, "follows a name"),
        ("tcp connect a.example:80 in", 28, "a block"),
        ("tcp connect a.example:80 in 10.0.0.0/8,x", 40, "an IP address, a block"),
        ("tcp connect 10.1.0.0/8:80", 13, "did you mean `10.0.0.0/8`, or `10.1.0.0` alone?"),
        ("tcp connect 10.0.0.0/33:80", 13, "an IP address, a block"),
        ("tcp connect 127.1:80", 13, "`127.1` is 127.0.0.1"),
        ("tcp connect 2130706433:80", 13, "is 127.0.0.1"),
        ("tcp connect 1.2.3.4.5:80", 13, "would be taken for an address"),
        ("tcp connect 2001:db8::1:80", 13, "in brackets"),
        ("tcp connect [2001:db8::1:80", 28, "`]`"),
        ("tcp connect [2001:db8::1]", 26, "a colon and ports"),
        ("tcp connect [fe80::]/10:80", 21, "write `[fe80::/10]:80`"),
        ("tcp connect [fe80::1%eth0]:80", 14, "without its scope"),
        ("tcp connect [10.0.0.1]:80", 14, "IPv6"),
        ("tcp connect [::ffff:10.0.0.0/104]:80", 14, "write `10.0.0.0/8`"),
        ("tcp connect [::10.0.0.1]:80", 14, "write `10.0.0.1`"),
        ("tcp connect 0.0.0.0:80", 13, "write `localhost`"),
        ("tcp connect [::]:80", 14, "`[::/0]`"),
        ("tcp connect b\u{fc}cher.example:80", 13, "punycode"),
        ("tcp connect a.*.example:80", 13, "first label"),
        ("tcp connect -a.example:80", 13, "a host name"),
        ("tcp connect a..example:80", 13, "a host name"),
        ("tcp listen a.example:80", 12, "a name can't be bound"),
        ("dns lookup", 11, "a host name"),
        ("unix connect run/app", 14, "an absolute path"),
        ("unix connect /run/../app", 14, "an absolute path"),
        ("unix connect /run::app", 20, "an absolute path in the guest"),
        ("unix connect /a::/b::/c", 20, "one `::` only"),
        ("unix connect /a\\", 16, "a character after"),
        ("unix connect /a\\xzz", 16, "two hexadecimal digits"),
        ("unix listen @", 14, "a name after `@`"),
        ("unix listen @a*b", 15, "only at the end"),
        ("netlink read rout", 14, "did you mean `route`?"),
        ("netlink read *", 14, "a netlink family"),
        ("can raw an-interface-too-long", 9, "at most 15 bytes"),
        ("can raw v*can", 9, "the beginning of names"),
        ("can raw can0 0x1", 14, "the end of the line"),
        ("can isotp can0 0x7e8", 21, "the identifier that is sent"),
        ("can isotp can0 0x7e8 2016", 22, "0x and three digits"),
        ("can isotp can0 0x800 0x1", 16, "at most 0x7ff"),
        ("can isotp can0 0x18daf1 0x1", 16, "eight one of 29"),
        ("vsock connect x:1", 15, "a context id"),
        ("vsock connect 2", 16, "a colon and a port"),
        ("bluetooth rfcomm connect 01:23:45:67:89:1", 26, "a device"),
        ("bluetooth rfcomm connect 01:23:45:67:89:ab:31", 44, "a channel from 0 to 30"),
        ("option so_mark", 8, "did you mean `SO_MARK`?"),
        ("option *", 8, "one by one"),
        ("inherit 03", 9, "the number of a socket"),
        ("pass send sockt", 11, "did you mean `socket`?"),
        ("pass directory", 6, "one of: send, receive"),
        ("any tcp", 5, "the end of the line"),
        ("interfaces list eth0", 17, "the end of the line"),
        ("deny tcp connect *:*", 1, "deny lines have a place of their own"),
    ] {
        let error = line.parse::<Grant>().expect_err(line);
        assert_eq!(error.column(), column, "{error}");
        assert!(error.to_string().contains(said), "{line}: {error}");
        assert!(error.snippet().contains("^\n"), "{}", error.snippet());
    }
}

#[test]
fn the_caret_stands_under_the_fault() {
    let error = "tcp conect b\u{fc}:1".parse::<Grant>().unwrap_err();
    let snippet = error.snippet();
    let lines: Vec<&str> = snippet.lines().collect();
    assert_eq!(lines[0], "  tcp conect b\u{fc}:1");
    assert_eq!(lines[1], "      ^");
}

#[test]
fn lines_are_said_in_plain_english() {
    for (line, words) in [
        (
            "tcp connect api.example.com:443",
            "connect by TCP to api.example.com, port 443, once it resolves to a public address",
        ),
        (
            "tcp connect *.corp:80,443 in 10.0.0.0/8",
            "connect by TCP to any name below corp, ports 80, 443, once it resolves to a public address or one in 10.0.0.0/8",
        ),
        ("udp send 10.0.0.0/8:53", "send UDP datagrams to 10.0.0.0/8, port 53"),
        ("tcp listen 0.0.0.0:8080", "accept TCP connections on every IPv4 address of this machine, port 8080"),
        (
            "unix connect /run/app::/app",
            "connect and send to the Unix socket /run/app and all beneath it, which the guest sees as /app",
        ),
        (
            "tcp connect db.corp:5432 in private",
            "connect by TCP to db.corp, port 5432, once it resolves to a public address or one in private addresses \
             (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7)",
        ),
        ("interfaces list", "list the network interfaces"),
        ("can raw *", "read and write all CAN frames on any interface"),
        ("can bcm vcan*", "use the CAN broadcast manager on interfaces whose names begin with vcan"),
        ("can isotp can0 0x7e8 *", "talk ISO-TP over CAN on can0, receiving 0x7e8 and sending any identifier"),
    ] {
        assert_eq!(line.parse::<Grant>().unwrap().describe(), words);
    }
}

#[test]
fn every_verb_has_one_row() {
    for row in &ROWS {
        assert_eq!(ROWS.iter().filter(|other| other.verb == row.verb).count(), 1, "{}", row.words);
        assert!(std::ptr::eq(row.verb.row(), row) || row.verb.row().words == row.words);
        assert_eq!(row.english.contains("{}"), row.shape != Shape::Nothing, "{}", row.words);
    }
}

/// The forms in the table of docs/permissions.md, without what may be left out.
fn documented() -> Vec<&'static str> {
    const PAGE: &str = include_str!("../../../../docs/permissions.md");
    let table = PAGE.split("| line | allows |").nth(1).expect("the table").split("\n\n").next().expect("its end");
    let forms = table.lines().filter_map(|row| row.strip_prefix("| `")?.split(" |").next());
    forms
        .flat_map(|cell| cell.trim_end_matches('`').split("`, `"))
        .map(|form| form.split(" [").next().unwrap())
        .collect()
}

#[test]
fn the_pages_table_has_every_verb_and_its_forms_are_lines() {
    let verbs: Vec<&str> = ROWS.iter().map(|row| row.words).collect();
    let of = |form: &str| verbs.iter().copied().find(|verb| form == *verb || form.starts_with(&format!("{verb} ")));
    for verb in &verbs {
        assert!(
            documented().into_iter().any(|form| of(form) == Some(*verb)),
            "docs/permissions.md has no row for `{verb}`"
        );
    }
    for form in documented() {
        let verb = of(form).unwrap_or_else(|| panic!("docs/permissions.md has `{form}`, and there is no such verb"));
        let words = form.strip_prefix(verb).unwrap().trim_start().split(':').map(|word| match word {
            "HOST" => "a.example",
            "ADDRESS" => "192.0.2.1",
            "PORTS" | "PSMS" | "CHANNELS" | "INSTANCES" => "1-9",
            "CIDR" => "192.0.2.0/24",
            "NAME" if verb == "dns lookup" => "a.example",
            "NAME" if verb == "option" => "SO_MARK",
            "NAME" | "ID" => "name",
            "PATH" => "/run/app",
            "IF" | "ADAPTER" => "eth0",
            "FAMILY" => "route",
            "KIND" => "socket",
            "DEVICE" => "01:23:45:67:89:ab",
            "CID" | "TYPE" | "NODE" | "NUMBER" => "100",
            "" => "",
            other => panic!("docs/permissions.md has `{other}` in `{form}`, which stands for nothing"),
        });
        let line = format!("{verb} {}", words.collect::<Vec<_>>().join(":"));
        assert!(line.trim_end().parse::<Grant>().is_ok(), "`{form}` is documented, and `{line}` is no line");
    }
}

/// Words that lines are made of, so that random lines come near to real ones.
fn near_lines() -> impl Strategy<Value = String> {
    let words: Vec<String> = ROWS.iter().map(|row| row.words.to_owned()).collect();
    let ports = r"(\*|[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5})?)";
    let patterns = [
        format!(
            r"([a-z0-9_.*-]{{1,12}}|[0-9]{{1,3}}(\.[0-9x]{{1,4}}){{0,3}}(/[0-9]{{1,2}})?|localhost|private\.?|multicast|any):{ports}"
        ),
        format!(r"\[[0-9a-f:]{{2,12}}(/[0-9]{{1,3}})?\]:{ports}"),
        r"[a-z]{1,3}\.[a-z]{1,3}:[0-9]{1,4} in [0-9.]{7,9}/[0-9]{1,2}".to_owned(),
        r"/[a-z:\\x0-9 *]{0,10}(::/[a-z:\\ ./\u{80}-\u{10000}]{0,10})?".to_owned(),
        r"@[a-z:\\x0-9 *]{0,10}".to_owned(),
        r"[a-z()0-9A-Z_*]{1,10}".to_owned(),
        r"([0-9a-f]{2}:){5}[0-9a-f]{2}(:[0-9]{1,2})?".to_owned(),
        r"[0-9*]{1,4}:[0-9*]{1,4}".to_owned(),
        r"[a-z0-9]{1,5}\*?( (0x[0-9a-f]{1,8}|\*)){0,2}".to_owned(),
        r"\PC{0,12}".to_owned(),
    ];
    let objects =
        prop::sample::select(patterns.to_vec()).prop_flat_map(|pattern| prop::string::string_regex(&pattern).unwrap());
    (prop::sample::select(words), objects).prop_map(|(verb, object)| format!("{verb} {object}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn parsing_any_text_never_panics(line in any::<String>()) {
        if let Err(error) = line.parse::<Grant>() {
            prop_assert!(error.column() <= line.chars().count() + 1);
            let _ = (error.to_string(), error.snippet());
        }
    }

    #[test]
    fn printing_a_grant_parses_back_to_it(line in near_lines()) {
        match line.parse::<Grant>() {
            Ok(grant) => {
                prop_assert_eq!(grant.to_string().parse::<Grant>(), Ok(grant.clone()));
                let _ = grant.describe();
            }
            Err(error) => prop_assert!(error.column() <= line.chars().count() + 1),
        }
    }
}
