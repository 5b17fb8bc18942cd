//! Local addresses on the internet: bind and listen.

use std::net::{IpAddr, Ipv4Addr};

use super::{Holder, Refusal};
use crate::address::Address;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::fold;
use crate::permissions::grant::{Block, Grant, Host, Numbers, Object, Place, Verb};
use crate::permissions::permit::Target;
use crate::permissions::set::Permissions;

/// Which lines decide about taking a local address.
pub(super) struct Rules {
    /// What is asked.
    pub(super) verb: Verb,
    /// The verbs that allow it, one being enough.
    pub(super) allowing: &'static [Verb],
    /// The verbs whose deny lines forbid it.
    pub(super) forbidding: &'static [Verb],
    /// The verb of the line that a refusal proposes.
    pub(super) proposed: Verb,
    /// The verb that lets the kernel pick the address at first use, where asking for the same is no more.
    pub(super) autobind: Option<Verb>,
    /// Whether the address is for the guest to say even so, since the kernel picks none.
    pub(super) autobinds_anywhere: bool,
}

/// Taking a source address, or the first half of serving one. Most programs that bind go on to listen, so the line
/// for that is proposed.
pub(super) const TCP_BIND: Rules = Rules {
    verb: Verb::TcpBind,
    allowing: &[Verb::TcpBind, Verb::TcpListen],
    forbidding: &[Verb::TcpBind],
    proposed: Verb::TcpListen,
    autobind: Some(Verb::TcpConnect),
    autobinds_anywhere: false,
};

pub(super) const TCP_LISTEN: Rules = Rules {
    verb: Verb::TcpListen,
    allowing: &[Verb::TcpListen],
    forbidding: &[Verb::TcpListen, Verb::TcpBind],
    proposed: Verb::TcpListen,
    autobind: None,
    autobinds_anywhere: false,
};

pub(super) const UDP_BIND: Rules = Rules {
    verb: Verb::UdpBind,
    allowing: &[Verb::UdpBind],
    forbidding: &[Verb::UdpBind],
    proposed: Verb::UdpBind,
    autobind: Some(Verb::UdpSend),
    autobinds_anywhere: false,
};

/// Naming the source of a datagram, or its interface: what the kernel would do by itself needs no naming.
pub(super) const UDP_SOURCE: Rules = Rules {
    verb: Verb::UdpBind,
    allowing: &[Verb::UdpBind],
    forbidding: &[Verb::UdpBind],
    proposed: Verb::UdpBind,
    autobind: None,
    autobinds_anywhere: false,
};

enum Covered {
    ByGrant(Basis),
    ByAutobind(Basis),
}

impl Holder {
    /// The target with the lines that allow it, and whether grants cover it, rather than it being what the kernel does by itself.
    pub(super) fn bind_inet(
        &self,
        rules: &Rules,
        address: &Address,
        dual_stack: bool,
    ) -> Result<((Target, Basis), bool), Denial> {
        let Some(asked) = address.as_inet() else {
            return Err(super::mismatch(super::Transport::Tcp, address));
        };
        let folded = fold::local(asked);
        let (ip, port) = (folded.judged.ip(), folded.judged.port());
        let mut ips = vec![ip];
        if dual_stack && ip.is_unspecified() && ip.is_ipv6() {
            // The IPv6 wildcard takes the IPv4 one with it (RFC 3493, section 3.7).
            ips.push(Ipv4Addr::UNSPECIFIED.into());
        }
        let judge = |set: &Permissions| judge(set, rules, &ips, port);
        let by = self.every(&format_args!("{} on {}", rules.verb, folded.judged), |set, _| {
            judge(set).map(|(Covered::ByGrant(by) | Covered::ByAutobind(by))| by)
        })?;
        let covered = self.sets().all(|set| matches!(judge(set), Ok(Covered::ByGrant(_))));
        Ok(((Target::inet(&folded), by), covered))
    }
}

fn judge(set: &Permissions, rules: &Rules, ips: &[IpAddr], port: u16) -> Result<Covered, Refusal> {
    if let Some(rule) = ips.iter().find_map(|ip| forbidding(set, rules.forbidding, *ip, port)) {
        return Err(Refusal::forbidden(rule));
    }
    let (mut by, mut missing) = (Basis::NONE, Vec::new());
    for ip in ips {
        match allowed(set, rules.allowing, *ip, port) {
            Some(line) => by = by.and(set.basis(line)),
            None => missing.push(*ip),
        }
    }
    let Some(first) = missing.first() else {
        return Ok(Covered::ByGrant(by));
    };
    let is_autobind = port == 0 && (rules.autobinds_anywhere || ips.iter().all(IpAddr::is_unspecified));
    if let Some(line) = rules.autobind.filter(|_| is_autobind).and_then(|verb| set.allowing(&[verb], |_| true)) {
        return Ok(Covered::ByAutobind(set.basis(line)));
    }
    let both_families = missing.len() > 1;
    let host = if both_families { Host::Any } else { Host::Block((*first).into()) };
    let asked = Place { host, ports: Numbers::one(port), within: Vec::new() };
    let mut reason = format!("no grant covers {} on {asked}", rules.verb);
    if ips.len() > 1 && !both_families {
        reason.push_str(", which a dual-stack socket takes as well");
    } else if (1..=LAST_LOW_PORT).contains(&port) && set.allowed(rules.allowing).any(|line| is_wide(line, *first)) {
        reason.push_str(" (`*` stops above port 1023)");
    }
    // A line that another one denies wouldn't help.
    let is_denied = missing.iter().any(|ip| forbidding(set, &[rules.proposed], *ip, port).is_some());
    let verb = if is_denied { rules.verb } else { rules.proposed };
    Err(Refusal::missing(reason, Grant { verb, object: Object::Place(asked) }))
}

fn forbidding<'a>(set: &'a Permissions, verbs: &[Verb], ip: IpAddr, port: u16) -> Option<&'a Grant> {
    set.denying(verbs, |line| line.place().is_some_and(|place| place.ports.contains(port) && touches(place, ip)))
}

/// The line of one of the verbs that covers the address, where no deny line of that same verb takes it away again.
fn allowed<'a>(set: &'a Permissions, verbs: &[Verb], ip: IpAddr, port: u16) -> Option<&'a Grant> {
    verbs.iter().find_map(|verb| {
        let covers = |place: &Place| covers_port(place, port) && covers(place, ip);
        set.allowing(&[*verb], |line| line.place().is_some_and(covers))
            .filter(|_| forbidding(set, &[*verb], ip, port).is_none())
    })
}

/// Ports below 1024 are the system's (RFC 6335, section 6), and the host may be root: they have to be named.
const LAST_LOW_PORT: u16 = 1023;

fn covers_port(place: &Place, port: u16) -> bool {
    let low = (1..=LAST_LOW_PORT).contains(&port);
    if low { place.ports.names(port) } else { place.ports.contains(port) }
}

fn is_wide(line: &Grant, ip: IpAddr) -> bool {
    line.place().is_some_and(|place| place.ports == Numbers::Any && covers(place, ip))
}

/// Whether an allow line covers a local address. The wildcard is more than any one address: only lines that mean all
/// of a family cover it. Multicast and broadcast addresses are shared with others, so a line has to mean them.
fn covers(place: &Place, ip: IpAddr) -> bool {
    let same_family = |other: IpAddr| other.is_ipv4() == ip.is_ipv4();
    match &place.host {
        Host::Block(block) if is_shared(ip) => {
            block.nets().iter().any(|net| is_shared(net.addr()) && is_shared(net.broadcast()) && net.contains(&ip))
        }
        _ if is_shared(ip) => false,
        Host::Any => true,
        Host::Block(_) if all_of_family(place).is_some_and(same_family) => true,
        Host::Block(block) => !ip.is_unspecified() && block.contains(ip),
        Host::Name(_) => false,
    }
}

/// Whether a deny line touches a local address: the wildcard takes every address, so each denied one counts.
fn touches(place: &Place, ip: IpAddr) -> bool {
    let same_family = |other: IpAddr| other.is_ipv4() == ip.is_ipv4();
    match &place.host {
        Host::Block(block) if ip.is_unspecified() => block.nets().iter().any(|net| same_family(net.addr())),
        Host::Block(_) if all_of_family(place).is_some_and(same_family) => true,
        _ => place.covers_address(ip),
    }
}

/// `0.0.0.0` and `[::]`, and the blocks of length 0: all addresses of a family.
fn all_of_family(place: &Place) -> Option<IpAddr> {
    match &place.host {
        Host::Block(Block::Net(block)) => {
            let whole = block.prefix_len() == 0 || block.prefix_len() == block.max_prefix_len();
            Some(block.addr()).filter(|addr| whole && addr.is_unspecified())
        }
        _ => None,
    }
}

fn is_shared(ip: IpAddr) -> bool {
    ip.is_multicast() || ip == IpAddr::V4(Ipv4Addr::BROADCAST)
}
