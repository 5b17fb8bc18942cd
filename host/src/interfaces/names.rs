//! Serves `names.wit`: hosts, services and protocols by name.
//!
//! Spellings in numbers are read at once and need no grant. A name needs its grant and then waits in a pool of
//! its own kind, so that a resolver that hangs holds up nobody.

mod ask;
mod convert;

use std::net::Ipv4Addr;

use super::types::show;
use crate::address::Address;
use crate::bindings::{names, types};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::permissions::Transport;
use crate::socket::{Deadline, Description, flags};
use crate::sys::{self, errno};
use crate::trace::Call;
use convert::{address_info, host_entry, internet_address, ipv4};

use ask::resolve;

impl names::Host for SocketCtxView<'_> {
    async fn getaddrinfo(
        &mut self,
        host: Option<String>,
        service: Option<String>,
        hints: names::Hints,
    ) -> Result<Vec<names::AddressInfo>> {
        let call = Call::begin("getaddrinfo", || {
            let names::Hints { family, type_, protocol, flags } = hints;
            let (host, service) = (host.as_deref().unwrap_or("NULL"), service.as_deref().unwrap_or("NULL"));
            format!("{host}, {service}, {family}, {type_}, {protocol}, {flags:#x}")
        });
        let hints = sys::names::Hints {
            family: hints.family,
            socket_type: hints.type_,
            protocol: hints.protocol,
            flags: hints.flags,
        };
        let found = ask::getaddrinfo(self.ctx, host, service, hints).await;
        let found = call.end(found, |found| format!("{} found", found.len()))?;
        Ok(found.into_iter().map(address_info).collect())
    }

    async fn getnameinfo(&mut self, address: types::SocketAddress, flags: i32) -> Result<(String, String)> {
        let call = Call::begin("getnameinfo", || format!("{}, {flags:#x}", show(&address)));
        let found = match internet_address(address) {
            Ok(address) => ask::getnameinfo(self.ctx, address, flags).await,
            Err(error) => Err(error),
        };
        call.end(found, |(host, service)| format!("{host}, {service}"))
    }

    async fn gethostbyname(&mut self, name: String) -> Result<types::Ipv4Address> {
        let call = Call::begin("gethostbyname", || name.clone());
        call.end(ask::gethostbyname(self.ctx, &name).await, Ipv4Addr::to_string).map(ipv4)
    }

    async fn gethostbyname_ex(&mut self, name: String) -> Result<names::HostEntry> {
        let call = Call::begin("gethostbyname_ex", || name.clone());
        call.end(ask::gethostbyname_ex(self.ctx, name).await, show_entry).map(host_entry)
    }

    async fn gethostbyaddr(&mut self, address: String) -> Result<names::HostEntry> {
        let call = Call::begin("gethostbyaddr", || address.clone());
        call.end(ask::gethostbyaddr(self.ctx, &address).await, show_entry).map(host_entry)
    }

    async fn getservbyname(&mut self, name: String, protocol: Option<String>) -> Result<Option<u16>> {
        let call = Call::begin("getservbyname", || format!("{name}, {}", protocol.as_deref().unwrap_or("NULL")));
        let work = move || Ok(sys::names::getservbyname(&name, protocol.as_deref()));
        let found = self.ctx.run_lookup(Error::os(errno::EAGAIN), work).await;
        call.end(found, show_found)
    }

    async fn getservbyport(&mut self, port: u16, protocol: Option<String>) -> Result<Option<String>> {
        let call = Call::begin("getservbyport", || format!("{port}, {}", protocol.as_deref().unwrap_or("NULL")));
        let work = move || Ok(sys::names::getservbyport(port, protocol.as_deref()));
        let found = self.ctx.run_lookup(Error::os(errno::EAGAIN), work).await;
        call.end(found, show_found)
    }

    async fn getprotobyname(&mut self, name: String) -> Result<Option<i32>> {
        let call = Call::begin("getprotobyname", || name.clone());
        let work = move || Ok(sys::names::getprotobyname(&name));
        let found = self.ctx.run_lookup(Error::os(errno::EAGAIN), work).await;
        call.end(found, show_found)
    }

    fn gethostname(&mut self) -> Result<String> {
        let call = Call::begin("gethostname", String::new);
        let name = match self.ctx.judge.hostname() {
            Ok(permit) => sys::names::gethostname(&permit),
            Err(_) => Ok(self.ctx.hostname.clone()),
        };
        call.end(name, String::clone)
    }

    fn sethostname(&mut self, name: String) -> Result<()> {
        let call = Call::begin("sethostname", || name.clone());
        let set = match self.ctx.judge.set_hostname() {
            Ok(permit) => sys::names::sethostname(&name, &permit),
            Err(denial) => Err(Error::NotPermitted(denial)),
        };
        call.end(set, |()| 0)
    }
}

impl SocketCtxView<'_> {
    /// What a name resolves to: the first answer that fits the socket and `reachable` is content with, else
    /// the first that fits, to be refused with its reason.
    pub(crate) async fn first_of(
        &mut self,
        socket: &Description,
        name: types::NamedAddress,
        purpose: Option<Transport>,
        reachable: impl Fn(&Address) -> bool,
    ) -> Result<Address> {
        let (family, purpose) = match socket.family {
            // Its addresses are IPv4's, and its lines have no names in them.
            flags::AF_RDS => (flags::AF_INET, None),
            family if socket.is_inet() => (family, purpose),
            _ => return Err(Error::os(errno::EAFNOSUPPORT)),
        };
        let types::NamedAddress { host, port, flow_info, scope_id } = name;
        let flow = flow_info.to_be();
        let answers = resolve(self.ctx, &host, family, purpose, port, flow, scope_id).await?;
        let chosen = answers.iter().find(|address| reachable(address)).or(answers.first());
        chosen.cloned().ok_or(Error::NameLookup(sys::names::EAI_NONAME))
    }
}

/// Looking a name up takes its part of a call's time, but is no reason for a non-blocking one to fail: as in
/// Python, whose look-ups always wait.
pub(crate) async fn deadline_for_names<T>(deadline: Deadline, lookup: impl Future<Output = Result<T>>) -> Result<T> {
    match deadline {
        Deadline::Now => lookup.await,
        deadline => deadline.race(lookup).await,
    }
}

fn show_found(found: &Option<impl std::fmt::Display>) -> String {
    found.as_ref().map_or_else(|| "NULL".to_owned(), ToString::to_string)
}

fn show_entry(entry: &sys::names::HostEntry) -> String {
    format!("{}, {:?}, {:?}", entry.name, entry.aliases, entry.addresses)
}
