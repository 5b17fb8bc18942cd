//! Netlink sockets: judged by family. They talk to the kernel and to nobody else.

use super::Holder;
use crate::address::NetlinkAddress;
use crate::permissions::basis::Basis;
use crate::permissions::denial::Denial;
use crate::permissions::grant::Verb;
use crate::permissions::netlink::{self, Message, NetlinkFault};
use crate::permissions::permit::{Permit, Target, op};

/// Groups of the route family that the kernel takes a capability for, `RTNLGRP_IPV4_MROUTE_R` and
/// `RTNLGRP_IPV6_MROUTE_R`: multicast routing reports, which a routing daemon is expected to answer.
const ROUTING_GROUPS: [u32; 2] = [30, 31];

/// Where a netlink message may go: to the kernel. Other programs have netlink sockets, too.
pub(super) fn destination(to: NetlinkAddress) -> Result<Target, Denial> {
    match to {
        NetlinkAddress { port_id: 0, groups: 0 } => Ok(Target::Netlink(to)),
        _ => Err(Denial::fixed(format!(
            "netlink messages go to the kernel, and not to port {} or groups {:#x}",
            to.port_id, to.groups
        ))),
    }
}

impl Holder {
    /// May a socket of that family be made?
    pub(super) fn create_netlink(&self, family: &str) -> Result<Basis, Denial> {
        let read = self.word(Verb::NetlinkRead, Some(family));
        read.or_else(|denial| self.word(Verb::NetlinkWrite, Some(family)).map_err(|_| denial))
    }

    /// May it have that address? Its port is the kernel's choice: another number may be another program's.
    pub(super) fn bind_netlink(&self, family: &str, at: NetlinkAddress) -> Result<(Target, Basis), Denial> {
        if at.port_id != 0 {
            return Err(Denial::fixed(format!(
                "the port of a netlink socket is the kernel's choice, and not {}",
                at.port_id
            )));
        }
        let made = self.create_netlink(family)?;
        let mut groups = (1..=32).filter(|group| at.groups & 1 << (group - 1) != 0);
        let by = groups.try_fold(made, |by, group| Ok(by.and(self.group(family, group)?)))?;
        Ok((Target::Netlink(at), by))
    }

    /// May it join that multicast group by that option?
    pub(crate) fn netlink_group(
        &self,
        option: &str,
        family: &str,
        group: u32,
    ) -> Result<Permit<op::SetOption>, Denial> {
        let by = self.group(family, group)?;
        Ok(Permit::new(option.to_owned(), by))
    }

    fn group(&self, family: &str, group: u32) -> Result<Basis, Denial> {
        let verb = match family {
            "route" if ROUTING_GROUPS.contains(&group) => Verb::NetlinkWrite,
            _ => Verb::NetlinkRead,
        };
        self.word(verb, Some(family))
    }

    /// May that message be heard? From the kernel, for as long as a line is about the family.
    pub(super) fn hears_netlink(&self, family: &str, from: NetlinkAddress) -> bool {
        from.port_id == 0 && self.create_netlink(family).is_ok()
    }

    /// May those messages be sent by the socket whose port is `own`? Gives them as they are to be sent: what only
    /// reads is put together anew, everything else takes the grant to write and goes as it is. Gives the lines, too.
    pub(crate) fn netlink_requests(
        &self,
        family: &str,
        own: u32,
        data: &[u8],
    ) -> Result<(Vec<u8>, Basis), NetlinkFault> {
        let mut by = Basis::NONE;
        let mut judged = Vec::with_capacity(data.len());
        for message in netlink::messages(family, own, data).ok_or(NetlinkFault::Malformed)? {
            match message {
                Message::Read(request) => {
                    by = by.and(self.word(Verb::NetlinkRead, Some(family))?);
                    judged.extend(request);
                }
                Message::Other(bytes) => {
                    by = by.and(self.word(Verb::NetlinkWrite, Some(family))?);
                    judged.extend_from_slice(bytes);
                }
            }
            judged.resize(judged.len().next_multiple_of(4), 0);
        }
        Ok((judged, by))
    }
}
