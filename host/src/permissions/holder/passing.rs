//! Sockets and files that change hands: handed over by whoever runs the guest, given to a neighbour, passed over a Unix
//! socket.

use super::{Holder, Refusal};
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::{Grant, Object, Verb};
use crate::permissions::permit::{Permit, op};
use crate::permissions::{Kind, Passing};

impl Holder {
    /// May a descriptor be handed to another program? Of files only regular ones: through a directory everything beneath
    /// it would leave, and what a device does isn't for a line about files to say.
    pub(crate) fn pass(&self, passing: Passing) -> Result<Permit<op::Pass>, Denial> {
        let kind = match passing {
            Passing::Socket => Kind::Socket,
            Passing::RegularFile => Kind::File,
            Passing::Received => Kind::Other,
            Passing::Directory => return Err(never("a directory")),
            Passing::SpecialFile => return Err(never("a special file")),
        };
        let by = self.word(Verb::PassSend, Some(&kind.to_string()))?;
        Ok(Permit::new(passing, by))
    }

    /// May a descriptor that another program sent be kept?
    pub(crate) fn receive(&self, kind: Kind) -> Result<Permit<op::Receive>, Denial> {
        let by = self.word(Verb::PassReceive, Some(&kind.to_string()))?;
        Ok(Permit::new(kind, by))
    }

    /// Whether any descriptor may come in, so that its sockets have to take them.
    pub(crate) fn receives_descriptors(&self) -> bool {
        [Kind::Socket, Kind::File, Kind::Other].into_iter().any(|kind| self.receive(kind).is_ok())
    }

    /// May it take the socket that was handed over by that number and name? Handing it over was the grant; a deny line
    /// takes it back, and a guest that restricted itself keeps what its lines name, by number or by name.
    pub(crate) fn inherit(&self, number: i32, name: &str) -> Result<Permit<op::Inherit>, Denial> {
        let number = number.to_string();
        let is_about = |line: &Grant| match &line.object {
            Object::Word(Some(word)) => *word == number || word == name,
            Object::Word(None) => true,
            _ => false,
        };
        self.every(&format_args!("inherit {number}"), |set, restricts| {
            match set.denying(&[Verb::Inherit], is_about) {
                Some(rule) => Err(Refusal::forbidden(rule)),
                None if restricts && set.allowing(&[Verb::Inherit], is_about).is_none() => {
                    Err(Refusal::fixed("no line is about it"))
                }
                None => Ok(Basis::NONE),
            }
        })?;
        Ok(Permit::new((), Basis::NONE))
    }

    /// May a socket be given to the neighbour of that id?
    pub(crate) fn share(&self, id: &str) -> Result<Permit<op::Share>, Denial> {
        let by = self.word(Verb::Share, Some(id))?;
        Ok(Permit::new(id.to_owned(), by))
    }

    /// May a guest give a socket to itself, by its own id? It has it already.
    pub(crate) fn share_with_itself(id: &str) -> Permit<op::Share> {
        Permit::new(id.to_owned(), Basis::NONE)
    }
}

fn never(what: &str) -> Denial {
    Denial::fixed(format!("{what} never leaves: sockets, regular files and what was received can be passed"))
}
