//! SCTP: judged as TCP is, by lines of its own.

use super::*;
use crate::permissions::Sort;

const LOCAL: &str = "sctp connect 127.0.0.1:5000";

#[test]
fn associations_are_judged_as_connections_are() {
    judge_table(&[
        (&[LOCAL], "sctp connect", "127.0.0.1:5000", Ok(())),
        (&[LOCAL], "sctp send", "127.0.0.1:5000", Ok(())),
        (&[LOCAL], "sctp connect", "127.0.0.1:5001", Err("sctp connect 127.0.0.1:5001")),
        (&[LOCAL], "sctp send", "127.0.0.2:5000", Err("sctp connect 127.0.0.2:5000")),
        // The wildcard is loopback to connect to, and IPv4 stays IPv4 however it is written.
        (&[LOCAL], "sctp connect", "0.0.0.0:5000", Ok(())),
        (&[LOCAL], "sctp connect", "[::ffff:127.0.0.1]:5000", Ok(())),
        (&["sctp connect *:*", "deny sctp connect 127.0.0.0/8:*"], "sctp connect", "127.0.0.1:5000", Err("deny")),
        (&["tcp connect *:*", "udp send *:*"], "sctp connect", "127.0.0.1:5000", Err("sctp connect 127.0.0.1:5000")),
        (&["sctp connect *:*"], "tcp connect", "127.0.0.1:5000", Err("tcp connect 127.0.0.1:5000")),
        (&["sctp listen 127.0.0.1:*"], "sctp connect", "127.0.0.1:5000", Err("sctp connect 127.0.0.1:5000")),
    ]);
}

#[test]
fn serving_is_judged_as_listening_is() {
    let one = "sctp listen 127.0.0.1:5000";
    judge_table(&[
        (&[one], "sctp bind", "127.0.0.1:5000", Ok(())),
        (&[one], "sctp listen", "127.0.0.1:5000", Ok(())),
        (&[one], "sctp listen", "0.0.0.0:5000", Err("sctp listen 0.0.0.0:5000")),
        (&["sctp listen 0.0.0.0:*"], "sctp listen", "0.0.0.0:5000", Ok(())),
        (&["sctp listen [::]:*"], "sctp listen dual", "[::]:5000", Err("sctp listen 0.0.0.0:5000")),
        (&["sctp listen *:*"], "sctp bind", "127.0.0.1:80", Err("sctp listen 127.0.0.1:80")),
        (&["sctp listen *:*", "deny sctp listen *:5000"], "sctp listen", "127.0.0.1:5000", Err("deny")),
        (&["tcp listen *:*"], "sctp listen", "127.0.0.1:5000", Err("sctp listen 127.0.0.1:5000")),
        // What connecting does by itself may be asked for; serving there is more.
        (&[LOCAL], "sctp bind", "0.0.0.0:0", Ok(())),
        (&[LOCAL], "sctp listen", "0.0.0.0:0", Err("sctp listen 0.0.0.0:0")),
    ]);
}

#[test]
fn a_name_leads_as_far_as_for_tcp() {
    let now = Instant::now();
    let mut holder = holding(&["sctp connect example.com:5000"]);
    assert!(holder.lookup("example.com").is_ok(), "a line by name looks it up");
    holder.learn("example.com", &ips(&["1.1.1.1", "10.0.0.1", "8.8.4.4"]), now);
    assert!(ask(&holder, "sctp connect", "1.1.1.1:5000", now).is_ok());
    for (to, why) in [("1.1.1.1:5001", "at that port"), ("10.0.0.1:5000", "private"), ("8.8.4.4:5000", "itself")] {
        let denial = ask(&holder, "sctp connect", to, now).expect_err(to);
        assert!(denial.to_string().to_lowercase().contains(why), "{to}: {denial}");
    }
    assert!(ask(&holder, "tcp connect", "1.1.1.1:5000", now).is_err(), "it is no line of TCP's");
    assert!(ask(&holder, "sctp connect", "1.1.1.1:5000", now + seconds(61)).is_err(), "forgotten after a minute");
}

#[test]
fn who_serves_answers_whom_it_heard() {
    let (at, peer) = (address("127.0.0.1:5000"), address("127.0.0.1:40000"));
    let holder = holding(&["sctp listen 127.0.0.1:5000"]);
    let bound = holder.bind(Transport::Sctp, &at, false).expect("it is granted");
    assert!(bound.hears_anyone());
    assert!(holder.answer(&bound, Transport::Sctp, &peer).is_ok());
    // An address that the kernel picked serves nobody.
    let holder = holding(&[LOCAL]);
    let bound = holder.bind(Transport::Sctp, &address("0.0.0.0:0"), false).expect("it is what connecting does");
    assert!(!bound.hears_anyone());
    assert!(holder.answer(&bound, Transport::Sctp, &peer).is_err());
    let holder = holding(&["sctp listen 127.0.0.1:5000", "deny sctp connect 127.0.0.0/8:*"]);
    let bound = holder.bind(Transport::Sctp, &at, false).expect("it is granted");
    assert!(holder.answer(&bound, Transport::Sctp, &peer).is_err(), "deny lines stay in force");
}

#[test]
fn a_socket_is_made_with_a_line_of_its_kind() {
    let sort = Sort { family: 2, kind: 5, protocol: 132 };
    for (lines, made) in [
        (&[LOCAL][..], true),
        (&["sctp listen *:*"], true),
        (&["tcp connect *:*", "tcp listen *:*", "udp send *:*", "raw ip *"], false),
    ] {
        assert_eq!(holding(lines).create(Transport::Sctp, sort).is_ok(), made, "{lines:?}");
    }
}
