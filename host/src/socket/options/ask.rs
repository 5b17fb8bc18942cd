//! What the table may have to ask before an option is set: `judge` answers.

use std::io;

use crate::permissions::{Denial, Permit, op};
use crate::socket::Description;

/// Whom the table asks.
pub(crate) trait Ask {
    /// May the option of that name be set, or read where reading is guarded?
    fn option(&self, name: &str) -> Result<Permit<op::SetOption>, Denial>;

    /// Writes down that an option was refused which no guest may have.
    fn refused(&self, name: &str, why: &'static str);

    /// May the kernel give that Unix socket a name?
    fn autobind(&self, socket: &Description) -> Result<Permit<op::Bind>, Denial>;
}

/// Whether a Unix socket has no name yet.
pub(super) fn is_unnamed(socket: &Description) -> io::Result<bool> {
    use crate::address::{Address, UnixAddress};
    let unnamed = |address| matches!(address, None | Some(Address::Unix(UnixAddress::Unnamed)));
    socket.sys.local_address().map(unnamed)
}
