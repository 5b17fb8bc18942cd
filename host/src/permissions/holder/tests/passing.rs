//! Sockets and files that change hands.

use super::*;
use crate::permissions::{Kind, Passing};

#[test]
fn each_kind_of_descriptor_leaves_by_its_own_line() {
    for (line, passes) in [
        ("pass send socket", [true, false, false]),
        ("pass send file", [false, true, false]),
        ("pass send other", [false, false, true]),
        ("pass send *", [true; 3]),
        ("pass receive *", [false; 3]),
    ] {
        let holder = holding(&[line]);
        let asked = [Passing::Socket, Passing::RegularFile, Passing::Received];
        assert_eq!(asked.map(|passing| holder.pass(passing).is_ok()), passes, "{line}");
    }
    let denial = holding(&[]).pass(Passing::Socket).expect_err("without a line nothing leaves");
    assert_eq!(denial.grant(), Some("pass send socket"));
}

#[test]
fn only_regular_files_leave_whatever_the_lines_say() {
    for passing in [Passing::Directory, Passing::SpecialFile] {
        let denial = holding(&["any"]).pass(passing).expect_err("it doesn't leave");
        assert!(denial.reason().contains("never leaves") && denial.grant().is_none(), "{denial}");
    }
}

#[test]
fn each_kind_of_descriptor_comes_in_by_its_own_line() {
    for (line, comes) in [
        ("pass receive socket", [true, false, false]),
        ("pass receive file", [false, true, false]),
        ("pass receive other", [false, false, true]),
        ("pass receive *", [true; 3]),
        ("pass send *", [false; 3]),
    ] {
        let holder = holding(&[line]);
        assert_eq!([Kind::Socket, Kind::File, Kind::Other].map(|kind| holder.receive(kind).is_ok()), comes, "{line}");
        assert_eq!(holder.receives_descriptors(), comes.contains(&true), "{line}");
    }
    assert!(holding(&["any", "deny pass receive other"]).receive(Kind::Other).is_err(), "a deny line wins");
}

#[test]
fn a_socket_is_given_to_the_neighbour_that_a_line_names() {
    for (lines, to, expected) in [
        (&["share worker"][..], "worker", Ok(())),
        (&["share *"], "worker", Ok(())),
        (&["share worker"], "worker-2", Err("share worker-2")),
        (&[], "worker", Err("share worker")),
        (&["share *", "deny share worker"], "worker", Err("")),
    ] {
        let got = holding(lines).share(to);
        let line = got.as_ref().err().map(|denial| denial.grant().unwrap_or_default());
        assert_eq!(line.map_or(Ok(()), Err), expected, "{lines:?}, {to}");
    }
}

#[test]
fn handing_a_socket_over_is_its_grant_until_a_line_takes_it_back() {
    for (lines, expected) in [
        (&[][..], true),
        (&["deny inherit 3"], false),
        (&["deny inherit web"], false),
        (&["deny inherit *"], false),
        (&["deny inherit 4", "deny inherit admin"], true),
    ] {
        assert_eq!(holding(lines).inherit(3, "web").is_ok(), expected, "{lines:?}");
    }
    for (kept, expected) in
        [("inherit 3", true), ("inherit web", true), ("inherit *", true), ("inherit 4", false), ("dns lookup *", false)]
    {
        let mut holder = holding(&[]);
        holder.restrict(permissions(&[kept])).unwrap();
        assert_eq!(holder.inherit(3, "web").is_ok(), expected, "restricted to `{kept}`");
    }
}
