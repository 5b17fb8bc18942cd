//! CAN: judged by interface, ISO-TP by identifiers as well. A bus keeps nothing to itself, so that a line is about sending
//! as about hearing. Every interface at once is what `*` alone covers.

use super::{Holder, mismatch};
use crate::address::{Address, CanAddress, CanPart};
use crate::permissions::Transport;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{CanPlace, Grant, Identifiers, Interfaces, Object, Verb};
use crate::permissions::permit::Target;

impl Holder {
    /// May it use that interface, to send as to receive?
    pub(super) fn can(&self, transport: Transport, at: &CanAddress) -> Result<(Target, Basis), Denial> {
        let (verb, ids) = match (transport, at.part) {
            (Transport::CanRaw, CanPart::Plain) => (Verb::CanRaw, None),
            (Transport::CanBcm, CanPart::Plain) => (Verb::CanBcm, None),
            (Transport::CanIsotp, CanPart::Isotp { rx_id, tx_id }) => (Verb::CanIsotp, Some([rx_id, tx_id])),
            (Transport::CanJ1939, CanPart::J1939 { .. }) => (Verb::CanJ1939, None),
            _ => return Err(mismatch(transport, &Address::Can(at.clone()))),
        };
        // A name that no line can hold isn't mistaken for another: U+FFFD is in none.
        let name = String::from_utf8_lossy(&at.interface);
        let interface = Some(&*name).filter(|name| !name.is_empty());
        fn place(line: &Grant) -> Option<&CanPlace> {
            match &line.object {
                Object::Can(place) => Some(place),
                _ => None,
            }
        }
        let has_ids = |place: &CanPlace| match (&place.ids, ids) {
            (Some(granted), Some(asked)) => granted.iter().zip(asked).all(|(granted, asked)| granted.cover(asked)),
            _ => true,
        };
        let wanted = CanPlace {
            interfaces: interface.map_or(Interfaces::Any, |name| Interfaces::One(name.to_owned())),
            ids: ids.map(|ids| ids.map(Identifiers::One)),
        };
        let by = self.by_lines(
            &Grant { verb, object: Object::Can(wanted) },
            |line| place(line).is_some_and(|place| place.interfaces.touch(interface) && has_ids(place)),
            |line| place(line).is_some_and(|place| place.interfaces.cover(interface) && has_ids(place)),
        )?;
        Ok((Target::Can(at.clone()), by))
    }
}
