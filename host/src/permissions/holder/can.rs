//! CAN: judged by interface. Every interface at once is what `*` alone covers.

use super::{Holder, mismatch};
use crate::address::{Address, CanAddress, CanPart};
use crate::permissions::Transport;
use crate::permissions::denial::Denial;
use crate::permissions::grant::Verb;
use crate::permissions::permit::Target;

impl Holder {
    /// May it use that interface, to send as to receive?
    pub(super) fn can(&self, transport: Transport, at: &CanAddress) -> Result<Target, Denial> {
        let verb = match (transport, at.part) {
            (Transport::CanRaw, CanPart::Plain) => Verb::CanRaw,
            (Transport::CanBcm, CanPart::Plain) => Verb::CanBcm,
            (Transport::CanIsotp, CanPart::Isotp { .. }) => Verb::CanIsotp,
            (Transport::CanJ1939, CanPart::J1939 { .. }) => Verb::CanJ1939,
            _ => return Err(mismatch(transport, &Address::Can(at.clone()))),
        };
        // A name that no line can hold isn't mistaken for another: U+FFFD is in none.
        let name = String::from_utf8_lossy(&at.interface);
        self.word(&[verb], Some(&*name).filter(|name| !name.is_empty()))?;
        Ok(Target::Can(at.clone()))
    }
}
