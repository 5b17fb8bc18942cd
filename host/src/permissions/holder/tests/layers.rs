//! Restrictions: every set of lines must allow.

use super::*;
use crate::permissions::Restrictions;

#[test]
fn a_restriction_only_takes_away() {
    let now = Instant::now();
    let mut holder = holding(&["tcp connect 10.0.0.0/8:*", "option SO_MARK"]);
    holder.restrict(permissions(&["tcp connect *:443", "udp send *:*"])).unwrap();
    assert!(ask(&holder, "tcp connect", "10.0.0.1:443", now).is_ok());
    assert!(ask(&holder, "tcp connect", "10.0.0.1:80", now).is_err());
    assert!(ask(&holder, "tcp connect", "11.0.0.1:443", now).is_err());
    assert!(ask(&holder, "udp send", "10.0.0.1:443", now).is_err());
    assert!(holder.option("SO_MARK").is_err());
    holder.restrict(Permissions::none()).unwrap();
    assert!(ask(&holder, "tcp connect", "10.0.0.1:443", now).is_err());
}

#[test]
fn what_the_guest_gave_up_is_said_to_be_given_up() {
    let mut holder = holding(&["tcp connect *:*"]);
    holder.restrict(Permissions::none()).unwrap();
    let denial = ask(&holder, "tcp connect", "10.0.0.1:443", Instant::now()).unwrap_err();
    assert!(denial.reason().ends_with("since the guest gave it up"), "{denial}");
    assert_eq!(denial.grant(), None);
}

#[test]
fn names_are_judged_in_every_set() {
    let now = Instant::now();
    let mut holder = holding(&["tcp connect *.example:443"]);
    holder.learn("a.example", &ips(&["8.8.8.8"]), now);
    holder.learn("b.example", &ips(&["9.9.9.9"]), now);
    holder.restrict(permissions(&["tcp connect a.example:443"])).unwrap();
    assert!(ask(&holder, "tcp connect", "8.8.8.8:443", now).is_ok());
    assert!(ask(&holder, "tcp connect", "9.9.9.9:443", now).is_err());
    assert!(holder.lookup("a.example").is_ok() && holder.lookup("b.example").is_err());
}

#[test]
fn a_guest_cannot_widen_a_name_by_a_nat64_prefix_of_its_own() {
    let now = Instant::now();
    let mut holder = holding(&["tcp connect a.example:443"]);
    let own = Policy::from_toml("allow = ['tcp connect *:*']\nnat64 = ['fd00::/96']").unwrap().permissions;
    holder.restrict(own).unwrap();
    holder.learn("a.example", &ips(&["fd00::808:808"]), now);
    assert!(ask(&holder, "tcp connect", "[fd00::808:808]:443", now).is_err());
}

#[test]
fn the_lines_that_are_held_can_be_listed() {
    let mut holder = holding(&["tcp connect *:443", "deny tcp connect 10.0.0.0/8:*"]);
    assert_eq!(holder.lines(), ["tcp connect *:443", "deny tcp connect 10.0.0.0/8:*"]);
    holder.restrict(permissions(&["tcp connect 1.2.3.4:443"])).unwrap();
    holder.restrict(Permissions::none()).unwrap();
    assert_eq!(holder.lines()[2..], ["only tcp connect 1.2.3.4:443", "only nothing"]);
}

#[test]
fn a_guest_restricts_itself_a_bounded_number_of_times() {
    let mut holder = holding(&["tcp connect *:*"]);
    assert!(holder.restrict(permissions(&["tcp connect *:*"; 1025])).is_err());
    for _ in 0..16 {
        holder.restrict(permissions(&["tcp connect *:443"])).unwrap();
    }
    assert!(holder.restrict(permissions(&["tcp connect *:*"])).is_err());
    assert!(ask(&holder, "tcp connect", "1.2.3.4:443", Instant::now()).is_ok());
}

#[test]
fn a_restricted_socket_may_do_what_both_sides_allow() {
    let now = Instant::now();
    let mut holder = holding(&["tcp connect 10.0.0.0/8:*", "option SO_MARK"]);
    let mut socket = Restrictions::default();
    socket.add(permissions(&["tcp connect *:443", "udp send *:*"])).unwrap();
    let narrowed = holder.narrowed(&socket);
    assert!(ask(&narrowed, "tcp connect", "10.0.0.1:443", now).is_ok());
    assert!(ask(&narrowed, "tcp connect", "10.0.0.1:80", now).is_err());
    assert!(ask(&narrowed, "tcp connect", "11.0.0.1:443", now).is_err());
    assert!(ask(&narrowed, "udp send", "10.0.0.1:443", now).is_err());
    assert!(narrowed.option("SO_MARK").is_err());
    assert!(ask(&holder, "tcp connect", "10.0.0.1:80", now).is_ok(), "other sockets may what the guest may");
    holder.restrict(permissions(&["tcp connect 10.0.0.2:*"])).unwrap();
    assert!(ask(&holder.narrowed(&socket), "tcp connect", "10.0.0.1:443", now).is_err());
}

#[test]
fn a_socket_can_be_restricted_to_a_name() {
    let now = Instant::now();
    let mut holder = holding(&["tcp connect *:443", "dns lookup *"]);
    holder.learn("a.example", &ips(&["8.8.8.8"]), now);
    holder.learn("b.example", &ips(&["9.9.9.9"]), now);
    let mut socket = Restrictions::default();
    socket.add(permissions(&["tcp connect a.example:443"])).unwrap();
    let narrowed = holder.narrowed(&socket);
    assert!(ask(&narrowed, "tcp connect", "8.8.8.8:443", now).is_ok());
    assert!(ask(&narrowed, "tcp connect", "9.9.9.9:443", now).is_err());
}
