//! Unix-domain sockets.

use super::*;

fn path(directory: &str, relative: &str) -> Target {
    Target::Path { directory: directory.into(), relative: relative.into() }
}

#[test]
fn a_path_is_opened_beneath_the_granted_directory() {
    let holder =
        holding(&["unix connect /run/app::/app", "unix connect /srv/x::/app/deep", "unix listen /run/db.sock"]);
    for (asked, target) in [
        ("/app/s", path("/run/app", "s")),
        ("/app//a/./b/../s", path("/run/app", "a/s")),
        ("/app", path("/run", "app")),
        ("/app/s/..", path("/run", "app")),
        ("/app/deep/s", path("/srv/x", "s")),
    ] {
        assert_eq!(ask(&holder, "unix connect", asked, Instant::now()), Ok(target), "{asked}");
    }
    assert_eq!(ask(&holder, "unix bind", "/run/db.sock", Instant::now()), Ok(path("/run", "db.sock")));
    assert_eq!(ask(&holding(&["unix listen /"]), "unix bind", "/s", Instant::now()), Ok(path("/", "s")));
}

#[test]
fn paths_outside_of_the_granted_directories_are_refused() {
    let lines = &["unix connect /run/app::/app"];
    judge_table(&[
        (lines, "unix connect", "/app/s", Ok(())),
        (lines, "unix connect", "/run/app/s", Err("--allow 'unix connect /run/app/s'")),
        (lines, "unix connect", "/application/s", Err("no grant covers unix connect to /application/s")),
        (lines, "unix connect", "/app/../etc/s", Err("`..` may not leave")),
        (lines, "unix connect", "/app/x/../../app/s", Err("`..`")),
        (lines, "unix connect", "/x/../app/s", Err("`..`")),
        (lines, "unix connect", "/app/a\0b", Err("NUL")),
        (lines, "unix bind", "/app/s", Err("--allow 'unix listen /app/s'")),
        (lines, "unix listen", "/app/s", Err("no grant")),
        (&["unix listen /app"], "unix connect", "/app/s", Err("no grant")),
        (&["unix connect /"], "unix connect", "/", Err("no path of a socket")),
        (&["unix listen /a b"].map(|_| r"unix listen /a\ b"), "unix bind", "/a b/s", Ok(())),
    ]);
    let relative = Address::Unix(UnixAddress::Path(b"app/s".to_vec()));
    let denial = holding(&["unix connect /"]).connect(Transport::Unix, &relative, &Machine::default(), Instant::now());
    assert!(denial.unwrap_err().reason().contains("isn't absolute"));
}

#[test]
fn a_deny_line_stops_a_path_in_either_spelling() {
    judge_table(&[
        (&["unix connect /run/app::/app", "deny unix connect /run/app/x"], "unix connect", "/app/x/s", Err("forbids")),
        (&["unix connect /run/app::/app", "deny unix connect /app/x"], "unix connect", "/app/./x", Err("forbids")),
        (&["unix connect /run/app::/app", "deny unix connect /app/x"], "unix connect", "/app/xx", Ok(())),
        (&["unix connect @*", "deny unix connect @admin*"], "unix connect", "@administrator", Err("forbids")),
        (&["unix connect @*", "deny unix connect @admin*"], "unix connect", "@adm", Ok(())),
    ]);
}

#[test]
fn abstract_names_match_whole_or_by_prefix() {
    judge_table(&[
        (&["unix listen @plugin-*"], "unix bind", "@plugin-7", Ok(())),
        (&["unix listen @plugin-*"], "unix bind", "@plugin", Err("--allow 'unix listen @plugin'")),
        (&["unix listen @plugin"], "unix bind", "@plugin-7", Err("no grant")),
        (&["unix listen @plugin"], "unix listen", "@plugin", Ok(())),
        (&["unix listen @plugin"], "unix connect", "@plugin", Err("unix connect @plugin")),
        (&[], "unix connect", "@a b*", Err(r"unix connect @a\ b\*")),
    ]);
}

#[test]
fn autobind_needs_a_line_for_every_name() {
    judge_table(&[
        (&["unix listen @*"], "unix bind", "", Ok(())),
        (&["unix listen @a*", "unix listen /"], "unix bind", "", Err("--allow 'unix listen @*'")),
        (&["unix listen @*", "deny unix listen @admin*"], "unix bind", "", Ok(())),
        (&["unix listen @*", "deny unix listen @0*"], "unix bind", "", Err("forbids")),
    ]);
}

#[test]
fn peers_are_named_in_the_guests_spelling() {
    let holder = holding(&["unix connect /run/app::/app", "unix listen /run/app/in::/in", "unix connect /::/host"]);
    for (host, guest) in
        [("/run/app/s", "/app/s"), ("/run/app/in/s", "/in/s"), ("/run/app", "/app"), ("/etc/s", "/host/etc/s")]
    {
        assert_eq!(holder.guest_spelling(host.as_bytes()), Some(guest.as_bytes().to_vec()), "{host}");
    }
    let narrow = holding(&["unix connect /run/app::/app"]);
    for outside in ["/run/application/s", "/run/app/../s", "run/app/s", ""] {
        assert_eq!(narrow.guest_spelling(outside.as_bytes()), None, "{outside}");
    }
}

#[test]
fn a_restriction_is_in_the_guests_spelling() {
    let mut holder = holding(&["unix connect /run/app::/app", "unix connect @*"]);
    holder.restrict(permissions(&["unix connect /app/sub"])).unwrap();
    assert_eq!(ask(&holder, "unix connect", "/app/sub/s", Instant::now()), Ok(path("/run/app", "sub/s")));
    assert!(ask(&holder, "unix connect", "/app/s", Instant::now()).is_err());
    assert!(ask(&holder, "unix connect", "@x", Instant::now()).is_err());
    assert_eq!(holder.guest_spelling(b"/run/app/s"), None);
    assert_eq!(holder.guest_spelling(b"/run/app/sub/s"), Some(b"/app/sub/s".to_vec()));
}

#[test]
fn a_bound_unix_socket_answers_by_path_and_abstract_name() {
    let holder = holding(&["unix listen /run/app::/app", "deny unix connect @secret"]);
    let bound = holder.bind(Transport::Unix, &address("/app/me"), false).unwrap();
    assert!(bound.hears_anyone());
    let answer = |to| holder.answer(&bound, Transport::Unix, &address(to)).map(|permit| permit.target().clone());
    assert_eq!(answer("/app/you"), Ok(path("/run/app", "you")));
    assert_eq!(answer("@you"), Ok(Target::Abstract(b"you".to_vec())));
    assert!(answer("@secret").is_err() && answer("/elsewhere").is_err() && answer("").is_err());
}
