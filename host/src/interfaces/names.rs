//! Serves `names.wit`: hosts, services and protocols by name.
//!
//! Spellings in numbers are read at once and need no grant. A name needs its grant and then waits in a pool of
//! its own kind, so that a resolver that hangs holds up nobody.

mod ask;
mod convert;
mod pool;

use crate::bindings::{names, types};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::sys::{self, errno};
use convert::{address_info, host_entry, internet_address, ipv4};

pub(crate) use ask::resolve;

impl names::Host for SocketCtxView<'_> {
    async fn getaddrinfo(
        &mut self,
        host: Option<String>,
        service: Option<String>,
        hints: names::Hints,
    ) -> Result<Vec<names::AddressInfo>> {
        let hints = sys::names::Hints {
            family: hints.family,
            socket_type: hints.type_,
            protocol: hints.protocol,
            flags: hints.flags,
        };
        let found = ask::getaddrinfo(self.ctx, host, service, hints).await?;
        Ok(found.into_iter().map(address_info).collect())
    }

    async fn getnameinfo(&mut self, address: types::SocketAddress, flags: i32) -> Result<(String, String)> {
        ask::getnameinfo(self.ctx, internet_address(address)?, flags).await
    }

    async fn gethostbyname(&mut self, name: String) -> Result<types::Ipv4Address> {
        ask::gethostbyname(self.ctx, &name).await.map(ipv4)
    }

    async fn gethostbyname_ex(&mut self, name: String) -> Result<names::HostEntry> {
        ask::gethostbyname_ex(self.ctx, name).await.map(host_entry)
    }

    async fn gethostbyaddr(&mut self, address: String) -> Result<names::HostEntry> {
        ask::gethostbyaddr(self.ctx, &address).await.map(host_entry)
    }

    async fn getservbyname(&mut self, name: String, protocol: Option<String>) -> Result<Option<u16>> {
        let work = move || Ok(sys::names::getservbyname(&name, protocol.as_deref()));
        pool::run(&self.ctx.lookups, Error::os(errno::EAGAIN), work).await
    }

    async fn getservbyport(&mut self, port: u16, protocol: Option<String>) -> Result<Option<String>> {
        let work = move || Ok(sys::names::getservbyport(port, protocol.as_deref()));
        pool::run(&self.ctx.lookups, Error::os(errno::EAGAIN), work).await
    }

    async fn getprotobyname(&mut self, name: String) -> Result<Option<i32>> {
        let work = move || Ok(sys::names::getprotobyname(&name));
        pool::run(&self.ctx.lookups, Error::os(errno::EAGAIN), work).await
    }

    fn gethostname(&mut self) -> Result<String> {
        if self.ctx.judge.hostname() { sys::names::gethostname() } else { Ok(self.ctx.hostname.clone()) }
    }

    fn sethostname(&mut self, _name: String) -> Result<()> {
        Err(Error::os(errno::EPERM))
    }
}
