//! Serves `network-interfaces.wit`: the machine's network interfaces.
//!
//! They are asked of the kernel, which answers at once.

use crate::bindings::network_interfaces::{Host, NetworkInterface};
use crate::ctx::SocketCtxView;
use crate::error::{Error, Result};
use crate::sys::interfaces;
use crate::trace::Call;

impl Host for SocketCtxView<'_> {
    fn if_nameindex(&mut self) -> Result<Vec<NetworkInterface>> {
        let call = Call::begin("if_nameindex", String::new);
        let permit = self.ctx.judge.interfaces().map_err(Error::from);
        let found = call.end(permit.and_then(|permit| interfaces::if_nameindex(&permit)), Vec::len)?;
        Ok(found.into_iter().map(|(index, name)| NetworkInterface { index, name }).collect())
    }

    fn if_nametoindex(&mut self, name: Vec<u8>) -> Result<u32> {
        let call = Call::begin("if_nametoindex", || name.escape_ascii().to_string());
        let permit = self.ctx.judge.interfaces().map_err(Error::from);
        call.end(permit.and_then(|permit| interfaces::if_nametoindex(&permit, &name)), |index| *index)
    }

    fn if_indextoname(&mut self, index: u32) -> Result<Vec<u8>> {
        let call = Call::begin("if_indextoname", || index.to_string());
        let permit = self.ctx.judge.interfaces().map_err(Error::from);
        let name = permit.and_then(|permit| interfaces::if_indextoname(&permit, index));
        call.end(name, |name| name.escape_ascii().to_string())
    }

    fn local_context_id(&mut self) -> Result<u32> {
        let call = Call::begin("local_context_id", String::new);
        let permit = self.ctx.judge.interfaces().map_err(Error::from);
        call.end(permit.and_then(|permit| interfaces::local_context_id(&permit)), |id| *id)
    }
}
