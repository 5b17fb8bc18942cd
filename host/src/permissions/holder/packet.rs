//! Packet sockets: judged by interface. Capturing and sending are granted apart.

use super::Holder;
use crate::address::PacketAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Object, Verb};
use crate::permissions::permit::{Permit, Sort, Target, op};

impl Holder {
    /// May a packet socket be made? It is made without a protocol, so that it hears nothing before its bind was judged.
    pub(super) fn create_packet(&self, sort: Sort) -> Result<Permit<op::Create>, Denial> {
        let verbs = [Verb::PacketCapture, Verb::PacketSend];
        let by = self.some_line(&verbs, &"packet sockets", Object::Word(None))?;
        Ok(Permit::new(Sort { protocol: 0, ..sort }, by))
    }

    /// May it hear the packets of that interface and protocol? Without a protocol it hears none, and a grant to send
    /// there will do. The second is whether it may capture there.
    pub(super) fn bind_packet(&self, at: &PacketAddress) -> Result<((Target, Basis), bool), Denial> {
        let (by, captures) = match self.on_interface(Verb::PacketCapture, at) {
            Ok(by) => (by, true),
            Err(denial) if at.protocol == 0 => (self.on_interface(Verb::PacketSend, at).map_err(|_| denial)?, false),
            Err(denial) => return Err(denial),
        };
        Ok(((Target::Packet(at.clone()), by), captures))
    }

    /// May packets leave through that interface?
    pub(super) fn send_packet(&self, to: &PacketAddress) -> Result<(Target, Basis), Denial> {
        let by = self.on_interface(Verb::PacketSend, to)?;
        Ok((Target::Packet(to.clone()), by))
    }

    /// May packets of that interface be heard?
    pub(super) fn captures(&self, from: &PacketAddress) -> bool {
        self.on_interface(Verb::PacketCapture, from).is_ok()
    }

    /// May that option make an interface hear more than it would, promiscuous or by a multicast address?
    pub(crate) fn packet_membership(&self, option: &str, interface: &[u8]) -> Result<Permit<op::SetOption>, Denial> {
        let at = PacketAddress { interface: interface.to_vec(), ..PacketAddress::default() };
        let by = self.on_interface(Verb::PacketCapture, &at)?;
        Ok(Permit::new(option.to_owned(), by))
    }

    fn on_interface(&self, verb: Verb, address: &PacketAddress) -> Result<Basis, Denial> {
        // A name that no line can hold isn't mistaken for another: U+FFFD is in none.
        let name = String::from_utf8_lossy(&address.interface);
        self.word(verb, Some(&*name).filter(|name| !name.is_empty()))
    }
}
