//! Serves `network-interfaces.wit`: the machine's network interfaces.
//!
//! They are asked of the kernel, which answers at once.

use crate::bindings::network_interfaces::{Host, NetworkInterface};
use crate::ctx::SocketCtxView;
use crate::error::Result;
use crate::sys::interfaces;

impl Host for SocketCtxView<'_> {
    fn if_nameindex(&mut self) -> Result<Vec<NetworkInterface>> {
        let permit = self.ctx.judge.interfaces()?;
        let found = interfaces::if_nameindex(&permit)?;
        Ok(found.into_iter().map(|(index, name)| NetworkInterface { index, name }).collect())
    }

    fn if_nametoindex(&mut self, name: Vec<u8>) -> Result<u32> {
        let permit = self.ctx.judge.interfaces()?;
        interfaces::if_nametoindex(&permit, &name)
    }

    fn if_indextoname(&mut self, index: u32) -> Result<Vec<u8>> {
        let permit = self.ctx.judge.interfaces()?;
        interfaces::if_indextoname(&permit, index)
    }
}
