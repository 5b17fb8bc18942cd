//! Lines that allow more than they look like: a row each. For whoever reads a policy; nothing is decided by it.

use super::grant::{Block, Grant, Host, Interfaces, NamePattern, Object, UnixPlace, Verb};
use super::special::has_metadata;

/// A kind of line, what it allows besides what one would think, and lines that show it.
struct Row {
    applies: fn(&Grant) -> bool,
    says: &'static str,
    /// A line that it is said of, and one like it that it isn't.
    #[cfg(test)]
    examples: [&'static str; 2],
}

macro_rules! rows {
    ($($broad:literal, $narrow:literal: $applies:expr => $says:literal;)+) => {
        const ROWS: &[Row] = &[$(Row {
            applies: $applies,
            says: $says,
            #[cfg(test)]
            examples: [$broad, $narrow],
        }),+];
    };
}

rows! {
    "any", "tcp connect a.example:443": |line| line.verb == Verb::Any
        => "everything: every address, every name, every path and device, every option";
    "tcp connect *:*", "tcp connect a.example:*": |line| reaches(line) && host(line, |host| *host == Host::Any)
        => "reaches this machine's own services, private networks and the cloud's metadata service as well";
    "tcp connect link-local:80", "tcp connect 192.0.2.0/24:80": |line| reaches(line) && host(line, sweeps_metadata_in)
        => "a cloud gives out this machine's credentials at an address in that block";
    "tcp connect a.example:80 in any", "tcp connect a.example:80 in 10.0.0.0/8":
        |line| line.place().is_some_and(|place| place.within.iter().any(is_everything))
        => "whoever runs the name's DNS picks any address: this machine, a private network";
    "tcp connect *.com:443", "tcp connect *.example.com:443": |line| name(line, |pattern| match pattern {
        NamePattern::Below(parent) => !parent.contains('.'),
        _ => false,
    }) => "everybody can have a name there, and so pick what the line allows";
    "dns lookup *", "dns lookup *.example.com": |line| name(line, |pattern| *pattern == NamePattern::Any)
        => "a name carries data to whoever runs its domain, which can be anybody";
    "dns reverse *", "dns reverse 192.0.2.0/24": |line| line.verb == Verb::DnsReverse && is_all(line)
        => "whoever runs an address's reverse DNS is told that it was asked for";
    "tcp listen 0.0.0.0:8080", "tcp listen 127.0.0.1:8080": |line| serves(line) && host(line, is_every_own)
        => "whoever reaches this machine by any of its networks reaches the guest";
    "unix connect /run", "unix connect /run/app": |line| path(line, |path| SYSTEM.contains(&path))
        => "services of the system have their sockets beneath it, and do for whoever connects what the guest may not";
    "unix connect /srv/**", "unix connect /srv": |line| path(line, |path| path.contains(&b'*'))
        => "a `*` in a path is a character of it; a line about a directory has all beneath it";
    "unix connect @*", "unix connect @app-*": |line| is_every_abstract_name(line)
        => "every abstract name, services of the system and of the desktop among them";
    "option SO_REUSEPORT", "option SO_DEBUG": |line| word(line, Verb::Option, &["SO_REUSEPORT", "SO_REUSEADDR"])
        => "shares ports with native programs of the same user, whose connections and datagrams it can get";
    "option IP_TRANSPARENT", "option SO_DEBUG":
        |line| word(line, Verb::Option, &["IP_TRANSPARENT", "IPV6_TRANSPARENT", "IP_FREEBIND", "IPV6_FREEBIND"])
        => "binds to addresses that aren't this machine's, as far as a bind line covers them";
    "option SO_MARK", "option SO_DEBUG":
        |line| word(line, Verb::Option, &["SO_MARK", "SO_BINDTODEVICE", "SO_BINDTOIFINDEX", "SO_DONTROUTE"])
        => "picks routes, interfaces and firewall rules that weren't meant for it";
    "alg hash *", "alg hash sha256": |line| is_alg(line) && is_all(line)
        => "the kernel loads any module that calls itself one for cryptography";
    "packet capture *", "packet capture eth0": |line| line.verb == Verb::PacketCapture && is_all(line)
        => "reads everybody's traffic on every interface";
    "packet send eth0", "packet capture eth0": |line| line.verb == Verb::PacketSend
        => "can claim to be any neighbour on that link";
    "raw ip *", "raw ip 192.0.2.1": |line| line.verb == Verb::RawIp && is_all(line)
        => "writes and reads what looks like any program's traffic with anybody";
    "netlink write route", "netlink read route": |line| line.verb == Verb::NetlinkWrite
        => "changes of the machine's network what the host's user may change";
    "bluetooth hci hci0", "bluetooth rfcomm connect *:1": |line| line.verb == Verb::Hci
        => "all that an adapter can do, whatever other lines about Bluetooth say";
    "can raw *", "can raw can0": |line| matches!(&line.object, Object::Can(place) if place.interfaces == Interfaces::Any)
        => "every bus of this machine";
    "vsock connect *:*", "vsock connect 3:1024": |line| matches!(line.object, Object::Node(None | Some(1 | 2), _))
        && line.verb == Verb::VsockConnect
        => "1 and 2 lead to this machine, or to the one that hosts it";
    "hostname write", "hostname read": |line| line.verb == Verb::SetHostname
        => "changes the name for everybody on this machine";
}

/// What is said of a line, in sentences without their full stop.
pub(super) fn of(line: &Grant) -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter(move |row| (row.applies)(line)).map(|row| row.says)
}

/// Directories of which everybody's services have some: as they are on the host.
const SYSTEM: [&[u8]; 6] = [b"/", b"/run", b"/var", b"/var/run", b"/tmp", b"/run/user"];

fn reaches(line: &Grant) -> bool {
    matches!(line.verb, Verb::TcpConnect | Verb::UdpSend | Verb::SctpConnect | Verb::RdsSend)
}

fn serves(line: &Grant) -> bool {
    matches!(line.verb, Verb::TcpListen | Verb::UdpBind | Verb::SctpListen | Verb::RdsBind)
}

fn is_alg(line: &Grant) -> bool {
    matches!(line.verb, Verb::AlgHash | Verb::AlgSkcipher | Verb::AlgAead | Verb::AlgRng)
}

fn host(line: &Grant, is_broad: fn(&Host) -> bool) -> bool {
    line.place().is_some_and(|place| is_broad(&place.host))
}

fn name(line: &Grant, is_broad: fn(&NamePattern) -> bool) -> bool {
    match &line.object {
        Object::Name(pattern) => is_broad(pattern),
        Object::Place(place) => place.name().is_some_and(is_broad),
        _ => false,
    }
}

fn path(line: &Grant, is_broad: fn(&[u8]) -> bool) -> bool {
    matches!(line.unix(), Some(UnixPlace::Path { host, .. }) if is_broad(host))
}

fn word(line: &Grant, verb: Verb, words: &[&str]) -> bool {
    matches!(&line.object, Object::Word(Some(word)) if line.verb == verb && words.contains(&word.as_str()))
}

/// Whether the object is `*`.
fn is_all(line: &Grant) -> bool {
    matches!(line.object, Object::Word(None) | Object::Block(None))
}

fn is_every_abstract_name(line: &Grant) -> bool {
    matches!(line.unix(), Some(UnixPlace::Abstract { name, prefix: true }) if name.is_empty())
}

/// A block, and not that address alone: whoever names the address means it.
fn sweeps_metadata_in(host: &Host) -> bool {
    matches!(host, Host::Block(block) if block.nets().iter().any(|net| net.prefix_len() < net.max_prefix_len() && has_metadata(*net)))
}

fn is_everything(block: &Block) -> bool {
    block.nets().iter().any(|net| net.prefix_len() == 0)
}

fn is_every_own(host: &Host) -> bool {
    match host {
        Host::Any => true,
        Host::Block(block) => block.nets().iter().any(|net| net.addr().is_unspecified()),
        Host::Name(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_said_of_a_broad_line_and_not_of_one_like_it() {
        for row in ROWS {
            let [broad, narrow] = row.examples.map(|line| line.parse::<Grant>().expect("a line"));
            assert!(of(&broad).any(|said| said == row.says), "`{broad}` is broader than it looks: {}", row.says);
            assert!(!of(&narrow).any(|said| said == row.says), "`{narrow}` isn't: {}", row.says);
        }
    }
}
