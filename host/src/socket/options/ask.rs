//! What the table may have to ask before an option is set: `judge` answers.

use std::io;
use std::net::IpAddr;

use crate::permissions::{Denial, Permit, op};
use crate::socket::Description;

/// Whom the table asks.
pub(crate) trait Ask {
    /// May the option of that name be set, or read where reading is guarded?
    fn option(&self, socket: &Description, name: &str) -> Result<Permit<op::SetOption>, Denial>;

    /// Writes down that an option was refused which no guest may have.
    fn refused(&self, name: &str, why: &'static str);

    /// May the interface with that index be made to hear more, by that option?
    fn packet_membership(&self, socket: &Description, name: &str, index: i32) -> Result<Permit<op::SetOption>, Denial>;

    /// May that netlink socket join that group, by that option?
    fn netlink_group(&self, name: &str, socket: &Description, group: u32) -> Result<Permit<op::SetOption>, Denial>;

    /// May the kernel give that Unix socket a name?
    fn autobind(&self, socket: &Description) -> Result<Permit<op::Bind>, Denial>;

    /// Which guest it is: tells its own shared ports from others'.
    fn owner(&self) -> u64;

    /// May it hear that multicast group?
    fn join(&self, socket: &Description, group: IpAddr) -> Result<Permit<op::Join>, Denial>;

    /// May the socket's packets pass through there, whatever they carry? Only a grant for all ports says so.
    fn via(&self, socket: &Description, hop: IpAddr) -> Result<Permit<op::Connect>, Denial>;

    /// May the socket send from that address?
    fn source(&self, socket: &Description, address: IpAddr) -> Result<Permit<op::Bind>, Denial>;
}

/// Whether a Unix socket has no name yet.
pub(super) fn is_unnamed(socket: &Description) -> io::Result<bool> {
    use crate::address::{Address, UnixAddress};
    let unnamed = |address| matches!(address, None | Some(Address::Unix(UnixAddress::Unnamed)));
    socket.sys.local_address().map(unnamed)
}
