//! Each look-up in full: numbers first, then the grant, then the resolver, then remembering the answer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use crate::address::Address;
use crate::ctx::SocketCtx;
use crate::error::{Error, Result};
use crate::limits::Limit;
use crate::permissions::{Permit, Transport, numeric, numeric_scope, op};
use crate::pool::LOOKUPS;
use crate::sys::interfaces;
use crate::sys::names::{self as system, AddressInfo, Hints, HostEntry};

/// getaddrinfo(3), with the guest's own hints.
pub(super) async fn getaddrinfo(
    ctx: &mut SocketCtx,
    host: Option<String>,
    service: Option<String>,
    hints: Hints,
) -> Result<Vec<AddressInfo>> {
    known_family(hints.family)?;
    if let Some(host) = &host
        && hints.flags & system::AI_NUMERICHOST == 0
        && is_name(host)
    {
        let permit = may_look_up(ctx, host, None)?;
        let work = move |permit: &_| system::getaddrinfo(permit, service.as_deref(), hints);
        let answers = |found: &Vec<AddressInfo>| found.iter().map(|info| info.address.ip()).collect();
        return look_up(ctx, permit, Error::NameLookup(system::EAI_AGAIN), work, answers).await;
    }
    if let Some(host) = &host {
        may_know_scope(ctx, host)?;
    }
    // Only the name of a service can make this wait.
    let waits = service.as_ref().is_some_and(|service| !service.bytes().all(|byte| byte.is_ascii_digit()));
    let work = move || system::getaddrinfo_numeric(host.as_deref(), service.as_deref(), hints);
    if waits { ctx.run_lookup(Error::NameLookup(system::EAI_AGAIN), work).await } else { work() }
}

/// Where a socket of `family` finds `host`, for connect, bind and sendto: what the resolver says, in its order,
/// with the port, the flow information and the scope id that are given. The addresses aren't judged yet.
///
/// `purpose` is what they are for, when that is a destination: a refusal then proposes the line for that.
///
/// As in Python, no host (`""`) is the wildcard address, and a scope that is spelled with the host
/// (`fe80::1%eth0`) gives way to `scope_id`.
pub(crate) async fn resolve(
    ctx: &mut SocketCtx,
    host: &str,
    family: i32,
    purpose: Option<Transport>,
    port: u16,
    flow_info: u32,
    scope_id: u32,
) -> Result<Vec<Address>> {
    let found = addresses(ctx, host, family, purpose.map(|transport| (transport, port))).await?;
    let complete = |ip| match ip {
        IpAddr::V4(ip) => Address::Inet(SocketAddrV4::new(ip, port)),
        IpAddr::V6(ip) => Address::Inet6(SocketAddrV6::new(ip, port, flow_info, scope_id)),
    };
    Ok(found.into_iter().map(complete).collect())
}

/// gethostbyname(3) as Python has it: getaddrinfo's first IPv4 address, and getaddrinfo's errors.
pub(super) async fn gethostbyname(ctx: &mut SocketCtx, name: &str) -> Result<Ipv4Addr> {
    let found = addresses(ctx, name, system::AF_INET, None).await?;
    let first = found.into_iter().find_map(|ip| if let IpAddr::V4(ip) = ip { Some(ip) } else { None });
    first.ok_or(Error::NameLookup(system::EAI_NONAME))
}

/// gethostbyname(3) with all that it says. Python asks getaddrinfo first, whose error is the one that a program
/// sees for a name that doesn't resolve.
pub(super) async fn gethostbyname_ex(ctx: &mut SocketCtx, name: String) -> Result<HostEntry> {
    match numeric(&name) {
        Some(ip @ IpAddr::V4(_)) => return Ok(HostEntry { name, aliases: Vec::new(), addresses: vec![ip] }),
        Some(IpAddr::V6(_)) => return Err(Error::NameLookup(system::EAI_ADDRFAMILY)),
        None if name.is_empty() => return Err(Error::HostLookup(system::NO_RECOVERY)),
        None => {}
    }
    let permit = may_look_up(ctx, &name, None)?;
    let work = |permit: &_| {
        system::getaddrinfo(permit, None, one_each(system::AF_INET))?;
        system::gethostbyname(permit)
    };
    let answers = |entry: &HostEntry| entry.addresses.clone();
    look_up(ctx, permit, Error::HostLookup(system::TRY_AGAIN), work, answers).await
}

/// gethostbyaddr(3), for the first address of a name too.
pub(super) async fn gethostbyaddr(ctx: &mut SocketCtx, address: &str) -> Result<HostEntry> {
    // The wildcard address is of two families, and Python refuses to choose.
    if address.is_empty() {
        return Err(Error::NameLookup(system::EAI_NONAME));
    }
    let found = addresses(ctx, address, system::AF_UNSPEC, None).await?;
    let ip = *found.first().ok_or(Error::NameLookup(system::EAI_NONAME))?;
    let permit = ctx.judge.reverse(ip)?;
    let work = move || system::gethostbyaddr(&permit, ip);
    ctx.run_lookup(Error::HostLookup(system::TRY_AGAIN), work).await
}

/// getnameinfo(3). An interface's name (`fe80::1%eth0`) stands in the answer only for a guest that may list the
/// interfaces; its index otherwise.
pub(super) async fn getnameinfo(ctx: &mut SocketCtx, address: SocketAddr, flags: i32) -> Result<(String, String)> {
    let busy = Error::NameLookup(system::EAI_AGAIN);
    let (host, service) = if flags & system::NI_NUMERICHOST == 0 {
        let permit = ctx.judge.reverse(address.ip())?;
        ctx.run_lookup(busy, move || system::getnameinfo(&permit, address, flags)).await?
    } else if flags & system::NI_NUMERICSERV == 0 {
        ctx.run_lookup(busy, move || system::getnameinfo_numeric(address, flags)).await?
    } else {
        system::getnameinfo_numeric(address, flags)?
    };
    let host = match (address, host.split_once('%')) {
        // Asked only when there is a scope, since each question to `judge` is written down.
        (SocketAddr::V6(address), Some((ip, _)))
            if ip.parse::<Ipv6Addr>().is_ok() && ctx.judge.interfaces().is_err() =>
        {
            format!("{ip}%{}", address.scope_id())
        }
        _ => host,
    };
    Ok((host, service))
}

/// A host's addresses in one family or any, each once.
async fn addresses(
    ctx: &mut SocketCtx,
    host: &str,
    family: i32,
    purpose: Option<(Transport, u16)>,
) -> Result<Vec<IpAddr>> {
    known_family(family)?;
    let wanted = |ip: &IpAddr| match ip {
        IpAddr::V4(_) => family != system::AF_INET6,
        IpAddr::V6(_) => family != system::AF_INET,
    };
    if host.is_empty() {
        let wildcards = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
        return Ok(wildcards.into_iter().filter(wanted).collect());
    }
    if let Some(ip) = numeric(host) {
        return if wanted(&ip) { Ok(vec![ip]) } else { Err(Error::NameLookup(system::EAI_ADDRFAMILY)) };
    }
    if !is_name(host) {
        return Err(Error::NameLookup(system::EAI_NONAME));
    }
    let permit = may_look_up(ctx, host, purpose)?;
    let work = move |permit: &_| {
        let found = system::getaddrinfo(permit, None, one_each(family))?;
        Ok(found.iter().map(|info| info.address.ip()).collect())
    };
    look_up(ctx, permit, Error::NameLookup(system::EAI_AGAIN), work, Vec::clone).await
}

impl SocketCtx {
    /// Runs a look-up where it may block; `busy` where the guest, or all guests, have too many.
    pub(super) async fn run_lookup<T: Send + 'static>(
        &mut self,
        busy: Error,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match self.quota.looks_up() {
            Ok(()) => LOOKUPS.run_now(&self.lookups, Limit::Lookups.over_as(busy), work).await,
            Err(limit) => Err(limit.over_as(busy)),
        }
    }
}

/// Hints for one item an address: without a type there is one for each type.
fn one_each(family: i32) -> Hints {
    Hints { family, socket_type: system::SOCK_STREAM, ..Hints::default() }
}

/// Asks a resolver, and remembers what it said and which addresses this machine has by then.
async fn look_up<T: Send + 'static>(
    ctx: &mut SocketCtx,
    permit: Permit<op::Lookup>,
    busy: Error,
    work: impl FnOnce(&Permit<op::Lookup>) -> Result<T> + Send + 'static,
    answers: impl Fn(&T) -> Vec<IpAddr>,
) -> Result<T> {
    let work = move || {
        let found = work(&permit)?;
        // A grant by name doesn't reach the machine itself, whose addresses can have changed since the guest
        // started. Next to a look-up it costs nothing to ask.
        Ok((permit, found, interfaces::addresses()))
    };
    let (permit, found, own_addresses) = ctx.run_lookup(busy, work).await?;
    ctx.judge.learn(permit.target(), &answers(&found), own_addresses);
    Ok(found)
}

/// The families that getaddrinfo(3) knows; asked before the grant, since it would otherwise be the resolver that
/// says so.
fn known_family(family: i32) -> Result<()> {
    match family {
        system::AF_UNSPEC | system::AF_INET | system::AF_INET6 => Ok(()),
        _ => Err(Error::NameLookup(system::EAI_FAMILY)),
    }
}

/// Whether a resolver would be asked about it. Not about numbers, nor about nothing, and `*` is glibc's way to
/// write "no host".
fn is_name(host: &str) -> bool {
    !host.is_empty() && host != "*" && numeric(host).is_none()
}

/// Asks for the grant. What could be nobody's name isn't worth a refusal.
fn may_look_up(ctx: &SocketCtx, host: &str, purpose: Option<(Transport, u16)>) -> Result<Permit<op::Lookup>> {
    if host.contains('\0') || host.len() > system::LONGEST {
        return Err(Error::NameLookup(system::EAI_NONAME));
    }
    Ok(match purpose {
        Some((transport, port)) => ctx.judge.lookup_for(host, transport, port)?,
        None => ctx.judge.lookup(host)?,
    })
}

/// A scope in letters (`fe80::1%eth0`) asks whether there is such an interface, which is for those to know who may
/// list them; in digits it asks nothing.
fn may_know_scope(ctx: &SocketCtx, host: &str) -> Result<()> {
    if numeric_scope(host).is_some_and(|scope| !scope.bytes().all(|byte| byte.is_ascii_digit())) {
        ctx.judge.interfaces()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
