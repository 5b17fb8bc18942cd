//! Bind and listen on the internet, and what needs no address.

use super::*;

#[test]
fn binding_needs_a_line_for_the_address_and_port() {
    judge_table(&[
        (&[], "tcp bind", "127.0.0.1:8080", Err("--allow 'tcp listen 127.0.0.1:8080'")),
        (&[], "udp bind", "127.0.0.1:8080", Err("--allow 'udp bind 127.0.0.1:8080'")),
        (&["tcp listen 127.0.0.1:8080"], "tcp bind", "127.0.0.1:8080", Ok(())),
        (&["tcp listen 127.0.0.1:8080"], "tcp listen", "127.0.0.1:8080", Ok(())),
        (&["tcp listen 127.0.0.1:8080"], "tcp bind", "127.0.0.1:8081", Err("no grant")),
        (&["tcp listen 127.0.0.1:8080"], "tcp bind", "0.0.0.0:8080", Err("no grant")),
        (&["tcp bind 192.0.2.1:0"], "tcp bind", "192.0.2.1:0", Ok(())),
        (&["tcp bind 192.0.2.1:0"], "tcp listen", "192.0.2.1:0", Err("tcp listen 192.0.2.1:0")),
        (&["udp bind 0.0.0.0:5353"], "udp bind", "192.0.2.1:5353", Ok(())),
        (&["udp bind 0.0.0.0:5353"], "udp bind", "[::1]:5353", Err("no grant")),
        (&["udp bind 0.0.0.0:5353"], "udp bind", "[::ffff:0.0.0.0]:5353", Ok(())),
        (&["udp bind 0.0.0.0/8:5353"], "udp bind", "0.0.0.0:5353", Err("no grant")),
        (&["udp bind 0.0.0.0/0:5353"], "udp bind", "0.0.0.0:5353", Ok(())),
        (&["udp bind 10.0.0.0/8:5353"], "udp bind", "10.1.1.1:5353", Ok(())),
        (&["udp bind localhost:5353"], "udp bind", "[::1]:5353", Ok(())),
        (&["udp bind *:5353"], "udp bind", "[::]:5353", Ok(())),
        (&["tcp connect *:*"], "tcp bind", "127.0.0.1:8080", Err("no grant")),
    ]);
}

#[test]
fn a_dual_stack_socket_takes_both_families() {
    judge_table(&[
        (&["tcp listen [::]:8080"], "tcp listen", "[::]:8080", Ok(())),
        (&["tcp listen [::]:8080"], "tcp listen dual", "[::]:8080", Err("--allow 'tcp listen 0.0.0.0:8080'")),
        (&["tcp listen [::]:8080"], "tcp bind dual", "[::]:8080", Err("dual-stack")),
        (&["tcp listen [::]:8080", "tcp listen 0.0.0.0:8080"], "tcp listen dual", "[::]:8080", Ok(())),
        (&["tcp listen *:8080"], "tcp listen dual", "[::]:8080", Ok(())),
        (&["tcp listen *:8080", "deny tcp listen 10.0.0.0/8:*"], "tcp listen dual", "[::]:8080", Err("forbids")),
        (&["tcp listen *:8080", "deny tcp listen 10.0.0.0/8:*"], "tcp listen", "[::]:8080", Ok(())),
        (&["tcp listen [::1]:8080"], "tcp listen dual", "[::1]:8080", Ok(())),
        (&[], "tcp listen dual", "[::]:8080", Err("--allow 'tcp listen *:8080'")),
    ]);
}

#[test]
fn low_ports_need_explicit_numbers() {
    judge_table(&[
        (&["tcp listen *:*"], "tcp listen", "0.0.0.0:80", Err("`*` stops above port 1023")),
        (&["tcp listen *:*"], "tcp listen", "0.0.0.0:1023", Err("1023")),
        (&["tcp listen *:*"], "tcp listen", "0.0.0.0:1024", Ok(())),
        (&["tcp listen *:*"], "tcp listen", "0.0.0.0:0", Ok(())),
        (&["tcp listen *:80"], "tcp listen", "0.0.0.0:80", Ok(())),
        (&["tcp listen *:1-65535"], "tcp listen", "0.0.0.0:80", Ok(())),
        (&["tcp listen *:1-65535"], "tcp listen", "0.0.0.0:0", Err("0.0.0.0:0")),
        (&["tcp listen *:80", "deny tcp listen *:*"], "tcp listen", "0.0.0.0:80", Err("forbids")),
        (&["udp bind *:*"], "udp bind", "0.0.0.0:53", Err("udp bind 0.0.0.0:53")),
        (&["tcp connect *:*"], "tcp connect", "1.2.3.4:80", Ok(())),
    ]);
}

#[test]
fn listening_without_bind_is_a_bind_to_the_wildcard() {
    judge_table(&[
        (&["tcp connect *:*"], "tcp listen", "0.0.0.0:0", Err("tcp listen 0.0.0.0:0")),
        (&["tcp listen 127.0.0.1:*"], "tcp listen", "0.0.0.0:0", Err("no grant")),
        (&["tcp listen 0.0.0.0:0"], "tcp listen", "0.0.0.0:0", Ok(())),
    ]);
}

#[test]
fn multicast_and_broadcast_addresses_need_a_line_that_means_them() {
    judge_table(&[
        (&["udp bind *:5353"], "udp bind", "224.0.0.251:5353", Err("udp bind 224.0.0.251:5353")),
        (&["udp bind 0.0.0.0:5353"], "udp bind", "255.255.255.255:5353", Err("no grant")),
        (&["udp bind 224.0.0.0/4:5353"], "udp bind", "224.0.0.251:5353", Ok(())),
        (&["udp bind 255.255.255.255:5353"], "udp bind", "255.255.255.255:5353", Ok(())),
        (&["udp bind [ff02::fb]:5353"], "udp bind", "[ff02::fb%2]:5353", Ok(())),
        (&["udp bind 0.0.0.0/0:5353"], "udp bind", "224.0.0.251:5353", Err("no grant")),
    ]);
}

#[test]
fn naming_a_source_takes_a_bind_line_also_where_binding_takes_none() {
    judge_table(&[
        (&["udp send 1.2.3.4:53"], "udp from", "0.0.0.0:0", Err("udp bind 0.0.0.0:0")),
        (&["udp send 1.2.3.4:53"], "udp from", "10.0.0.9:0", Err("udp bind 10.0.0.9:0")),
        (&["udp send *:*"], "udp from", "[::1]:0", Err("udp bind [::1]:0")),
        (&["udp bind 10.0.0.9:*"], "udp from", "10.0.0.9:5353", Ok(())),
        (&["udp bind 10.0.0.9:*"], "udp from", "[::ffff:10.0.0.9]:5353", Ok(())),
        (&["udp bind 10.0.0.9:53"], "udp from", "10.0.0.9:5353", Err("no grant")),
        (&["udp bind *:*"], "udp from", "10.0.0.9:53", Err("`*` stops above port 1023")),
        (&["udp bind *:*", "deny udp bind 10.0.0.9:*"], "udp from", "10.0.0.9:5353", Err("forbids")),
        (&["udp bind 0.0.0.0:5353"], "udp from", "0.0.0.0:5353", Ok(())),
        (&["tcp bind *:*"], "tcp from", "10.0.0.9:5353", Err("no address for this call")),
        (&["unix listen @*"], "unix from", "@name", Err("no address for this call")),
    ]);
}

#[test]
fn binding_as_the_kernel_would_is_allowed_and_hears_nobody_new() {
    let hears = |lines: &[&str], transport, to, dual| {
        holding(lines).bind(transport, &address(to), dual).map(|permit| permit.hears_anyone()).ok()
    };
    use Transport::{Tcp, Udp};
    assert_eq!(hears(&["udp send 1.2.3.4:53"], Udp, "0.0.0.0:0", false), Some(false));
    assert_eq!(hears(&["udp send 1.2.3.4:53"], Udp, "[::]:0", true), Some(false));
    assert_eq!(hears(&["udp send 1.2.3.4:53", "udp bind 0.0.0.0:0"], Udp, "0.0.0.0:0", false), Some(true));
    assert_eq!(hears(&["udp send 1.2.3.4:53", "udp bind 0.0.0.0:0"], Udp, "[::]:0", true), Some(false));
    assert_eq!(hears(&["udp send 1.2.3.4:53"], Udp, "0.0.0.0:9", false), None);
    assert_eq!(hears(&["udp send 1.2.3.4:53"], Udp, "127.0.0.1:0", false), None);
    assert_eq!(hears(&["udp send 1.2.3.4:53", "deny udp bind *:*"], Udp, "0.0.0.0:0", false), None);
    assert_eq!(hears(&["tcp connect 1.2.3.4:53"], Tcp, "0.0.0.0:0", false), Some(false));
    assert_eq!(hears(&["tcp connect 1.2.3.4:53"], Udp, "0.0.0.0:0", false), None);
    assert_eq!(hears(&["udp bind *:*"], Udp, "0.0.0.0:0", false), Some(true));
}

#[test]
fn deny_lines_win_over_what_is_implied() {
    judge_table(&[
        (&["tcp listen *:8080", "deny tcp listen 10.0.0.1:8080"], "tcp bind", "10.0.0.1:8080", Err("no grant")),
        (&["tcp listen *:8080", "deny tcp listen 10.0.0.1:8080"], "tcp bind", "10.0.0.2:8080", Ok(())),
        (&["tcp listen *:8080", "deny tcp listen 10.0.0.1:8080"], "tcp listen", "0.0.0.0:8080", Err("forbids")),
        (&["tcp listen *:8080", "deny tcp bind *:8080"], "tcp listen", "10.0.0.2:8080", Err("forbids")),
        (&["udp bind *:8080", "deny udp bind 0.0.0.0:*"], "udp bind", "10.0.0.2:8080", Err("forbids")),
    ]);
}

#[test]
fn options_interfaces_host_name_and_groups_need_their_lines() {
    let none = holding(&[]);
    assert_eq!(none.option("SO_MARK").unwrap_err().grant(), Some("option SO_MARK"));
    assert_eq!(none.option("not an option").unwrap_err().grant(), None);
    assert_eq!(none.interfaces().unwrap_err().grant(), Some("interfaces list"));
    assert!(none.hostname().is_err());
    assert_eq!(none.set_hostname().unwrap_err().grant(), Some("hostname write"));
    assert!(holding(&["hostname read"]).set_hostname().is_err(), "reading it is no grant to change it");
    assert!(holding(&["hostname write"]).set_hostname().is_ok());
    assert!(holding(&["hostname write"]).hostname().is_err(), "nor the other way round");
    assert_eq!(none.join(ips(&["239.1.1.1"])[0]).unwrap_err().grant(), Some("udp join 239.1.1.1"));

    let lines = &["option SO_MARK", "interfaces list", "hostname read", "udp join 239.1.0.0/16"];
    let holder = holding(lines);
    assert_eq!(holder.option("SO_MARK").unwrap().target(), "SO_MARK");
    assert!(holder.option("SO_BINDTODEVICE").is_err());
    assert!(holder.interfaces().is_ok() && holder.hostname().is_ok());
    assert!(holder.join(ips(&["::ffff:239.1.1.1"])[0]).is_ok());
    assert!(holder.join(ips(&["239.2.1.1"])[0]).is_err());
    assert!(holding(&["option SO_MARK", "deny option SO_MARK"]).option("SO_MARK").is_err());
}
