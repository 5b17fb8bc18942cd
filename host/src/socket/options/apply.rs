//! Setting and reading, as a row has it.

use std::io;
use std::net::Ipv6Addr;

use super::ask::{Ask, is_unnamed};
use super::group::{self, Membership};
use super::row::{Access, Row, Rule, Tier, level};
use super::value::{int, number, timeval};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::permissions::{Permit, Target, op};
use crate::socket::{Description, flags};
use crate::sys::options::CongestionControl;
use crate::sys::{self, errno};

/// How often a packet socket may ask interfaces to hear more, which takes the kernel's memory without a limit of its
/// own: as often as a socket may join groups at first (`IP_MAX_MEMBERSHIPS`).
const MOST_PACKET_MEMBERSHIPS: usize = 20;

/// `BT_MODE_ERTM`.
const ENHANCED_RETRANSMISSION: u8 = 1;

/// A value to set: Python's forms, numbers being bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Bytes(&'a [u8]),
    /// No value, only a length.
    Null(u32),
}

impl Description {
    /// Sets an option.
    pub(crate) fn set_option(&self, row: &Row, value: Value<'_>, limits: &Limits, ask: &impl Ask) -> Result<()> {
        if row.access == Access::Get {
            return Err(Error::os(errno::ENOPROTOOPT));
        }
        row.refuse(ask)?;
        if self.is_foreign(row.level) {
            // Nobody is there to do anything: the kernel only says so.
            return Ok(sys::options::set_null(&self.sys, row.level, row.number, 0)?);
        }
        // Judged before the value is: who may not, learns nothing of what would do.
        let grant = match row.tier {
            Tier::Granted | Tier::Guarded => Some(ask.option(self, row.name)?),
            Tier::Plain | Tier::Refused { .. } => None,
        };
        let value = match value {
            Value::Bytes(bytes) => row.cut(bytes),
            Value::Null(0) => &[],
            Value::Null(length) => return self.set_null(row, length),
        };
        self.set_by_rule(row, value, grant, limits, ask)
    }

    /// Sets an option to no value of some length. The kernel has nothing to read, and says so; some options of IPv6
    /// take it for 0.
    fn set_null(&self, row: &Row, length: u32) -> Result<()> {
        if row.rule == Rule::Family && self.memory().bound.is_some() {
            return Err(Error::os(errno::EINVAL));
        }
        Ok(sys::options::set_null(&self.sys, row.level, row.number, length)?)
    }

    /// Whether a level is one that a socket of the internet hasn't got: nothing of it can have an effect.
    fn is_foreign(&self, level: i32) -> bool {
        let is_stream = self.kind == flags::SOCK_STREAM;
        self.is_inet()
            && match level {
                level::IPPROTO_IPV6 => self.family != flags::AF_INET6,
                level::IPPROTO_TCP => !is_stream,
                level::IPPROTO_UDP => is_stream,
                _ => false,
            }
    }

    fn set_by_rule(
        &self,
        row: &Row,
        value: &[u8],
        grant: Option<Permit<op::SetOption>>,
        limits: &Limits,
        ask: &impl Ask,
    ) -> Result<()> {
        let pass = |value: &[u8]| match &grant {
            Some(permit) => Ok(sys::options::set_granted(&self.sys, row.level, row.number, value, permit)?),
            None => Ok(sys::options::set(&self.sys, row.level, row.number, value)?),
        };
        let granted = |value: &[u8]| {
            let permit = ask.option(self, row.name)?;
            Ok(sys::options::set_granted(&self.sys, row.level, row.number, value, &permit)?)
        };
        // Kernels have read past values that were shorter than these options are.
        if self.family == flags::AF_BLUETOOTH && row.level != level::SOL_SOCKET && !row.fits(value) {
            return Err(Error::os(errno::EINVAL));
        }
        match row.rule {
            Rule::Kernel => pass(value),
            // Only to be read: `access` has said so.
            Rule::Errno => Err(Error::os(errno::ENOPROTOOPT)),
            // The kernel takes the number as unsigned, and so a negative one for the most that there is.
            Rule::Buffer => pass(&int(value)?.cast_unsigned().min(limits.buffer_bytes).to_ne_bytes()),
            Rule::Share(sharing) if sharing.shares(self) => self.share(sharing, int(value)? != 0, ask),
            Rule::Share(_) => pass(value),
            // The kernel says so too while there is a port; but connecting and dissolving that frees the port, and
            // the next use of the socket takes the address again, in the other family too.
            Rule::Family if self.memory().bound.is_some() => Err(Error::os(errno::EINVAL)),
            Rule::Family => pass(value),
            Rule::Timeout(direction) => {
                self.set_option_timeout(direction, timeval(value)?);
                Ok(())
            }
            Rule::PacketMembership if self.family == flags::AF_PACKET => {
                let permit = ask.packet_membership(self, row.name, int(value)?)?;
                let mut memory = self.memory();
                if memory.packet_memberships.len() >= MOST_PACKET_MEMBERSHIPS {
                    return Err(Error::os(errno::ENOBUFS));
                }
                sys::options::set_granted(&self.sys, row.level, row.number, value, &permit)?;
                memory.packet_memberships.push(value.to_vec());
                Ok(())
            }
            Rule::PacketLeave => {
                pass(value)?;
                let memberships = &mut self.memory().packet_memberships;
                if let Some(index) = memberships.iter().position(|asked| asked == value) {
                    memberships.swap_remove(index);
                }
                Ok(())
            }
            Rule::NetlinkGroup if self.family == flags::AF_NETLINK => {
                let permit = ask.netlink_group(row.name, self, int(value)?.cast_unsigned())?;
                Ok(sys::options::set_granted(&self.sys, row.level, row.number, value, &permit)?)
            }
            // The kernel has no such option for others.
            Rule::PacketMembership | Rule::NetlinkGroup => pass(value),
            Rule::LinkMode if value.first() == Some(&ENHANCED_RETRANSMISSION) => Err(Error::os(errno::EINVAL)),
            Rule::LinkMode => pass(value),
            Rule::Padded(length) => {
                let mut whole = value.to_vec();
                whole.resize(length.max(value.len()), 0);
                pass(&whole)
            }
            Rule::LongBuffer => {
                let Some(size) = value.first_chunk() else { return Err(Error::os(errno::EINVAL)) };
                let most = u64::from(limits.buffer_bytes);
                pass(&u64::from_le_bytes(*size).min(most).to_le_bytes())
            }
            Rule::Credentials => {
                if int(value)? != 0 && self.family == flags::AF_UNIX && self.may_be_named()? {
                    ask.autobind(self)?;
                }
                pass(value)
            }
            Rule::IsotpOptions => {
                pass(&self.without_waiting(value))?;
                self.remember_waiting(value);
                Ok(())
            }
            Rule::Within(least, most) => {
                let most = if row.is_priority() { most.min(self.top_priority()) } else { most };
                if (least..=most).contains(&number(value)) { pass(value) } else { granted(value) }
            }
            Rule::Only(least, most) if (least..=most).contains(&int(value)?) => pass(value),
            Rule::Only(..) => Err(Error::os(errno::EINVAL)),
            Rule::LowWater => {
                // The kernel takes a negative number for the most that there is.
                let wanted = u32::try_from(int(value)?).unwrap_or(u32::MAX);
                pass(&wanted.min(limits.buffer_bytes).to_ne_bytes())?;
                // It has its own limit, too.
                self.set_low_water(int(&sys::options::get(&self.sys, row.level, row.number, 4)?)?);
                Ok(())
            }
            // As the kernel, whose streams hear no groups.
            Rule::Join(Membership::V4) if self.is_stream() && row.joins_any() => Err(Error::os(errno::EPROTO)),
            Rule::Join(_) | Rule::Source if !row.fits(value) => Err(Error::os(errno::EINVAL)),
            Rule::Join(Membership::V6) if self.is_stream() => Err(Error::os(errno::EPROTO)),
            Rule::Join(membership) => {
                let permit = ask.join(self, membership.group(value)?)?;
                let value = membership.with_group(value, *permit.target())?;
                Ok(sys::options::join(&self.sys, row.level, row.number, &value, &permit)?)
            }
            Rule::Leave => pass(value),
            Rule::MulticastInterface => pass(&group::interface(value)),
            Rule::Source => {
                let address = value.first_chunk::<16>().map(|octets| Ipv6Addr::from(*octets));
                if let Some(address) = address.filter(|address| !address.is_unspecified()) {
                    ask.source(self, address.into())?;
                }
                pass(value)
            }
            Rule::Route(header) => {
                let value = header.judged(value, |hop| match ask.via(self, hop)?.target() {
                    Target::Inet(judged) => Ok(judged.ip()),
                    _ => Err(Error::os(errno::EINVAL)),
                })?;
                pass(&value)
            }
            Rule::Congestion if value.is_empty() => Err(Error::os(errno::EINVAL)),
            Rule::Congestion => match sys::options::congestion_control(value)? {
                CongestionControl::Allowed => pass(value),
                CongestionControl::Available => granted(value),
                // Asked for by name, the kernel would load a module.
                CongestionControl::Unknown => Err(Error::os(errno::ENOENT)),
            },
        }
    }

    /// Whether `SO_PASSCRED` would have the kernel give a Unix socket a name: one of messages at its next connect or send,
    /// a stream only by connecting.
    fn may_be_named(&self) -> io::Result<bool> {
        Ok(is_unnamed(self)? && (self.kind != flags::SOCK_STREAM || self.sys.peer_address().is_err()))
    }

    /// Reads at most `length` bytes of an option.
    pub(crate) fn get_option(&self, row: &Row, length: usize, ask: &impl Ask) -> Result<Vec<u8>> {
        if row.access == Access::Set && !self.is_foreign(row.level) {
            return Err(Error::os(errno::ENOPROTOOPT));
        }
        row.refuse(ask)?;
        if row.tier == Tier::Guarded && !self.is_foreign(row.level) {
            ask.option(self, row.name)?;
        }
        let read = || sys::options::get(&self.sys, row.level, row.number, length);
        match row.rule {
            Rule::Timeout(direction) => {
                let time = self.option_timeout(direction).unwrap_or_default();
                // 64-bit Linux's struct timeval: two 64-bit integers, seconds and microseconds.
                let mut value = [0; 16];
                value[..8].copy_from_slice(&time.as_secs().to_le_bytes());
                value[8..].copy_from_slice(&u64::from(time.subsec_micros()).to_le_bytes());
                Ok(value[..length.min(16)].to_vec())
            }
            Rule::Errno => {
                // Reading it takes it away: all of it is read, however much is wanted.
                let pending = int(&sys::options::get(&self.sys, row.level, row.number, 4)?)?;
                if pending == 0 {
                    return Ok(0i32.to_le_bytes()[..length.min(4)].to_vec());
                }
                let pending = errno::to_linux(&io::Error::from_raw_os_error(pending));
                Ok(pending.to_le_bytes()[..length.min(4)].to_vec())
            }
            Rule::IsotpOptions => Ok(self.with_waiting(read()?)),
            // The kernel may not have heard of it yet.
            Rule::Share(sharing) if self.wishes_to_share(sharing) => Ok(1i32.to_le_bytes()[..length.min(4)].to_vec()),
            // Of Bluetooth's, the kernel doesn't say how long they are.
            _ if self.family == flags::AF_BLUETOOTH => {
                let mut value = read()?;
                value.truncate(row.longest().unwrap_or(length));
                Ok(value)
            }
            _ => Ok(read()?),
        }
    }
}

impl Row {
    /// Whether it is `IP_ADD_MEMBERSHIP`, and not about single sources.
    fn joins_any(&self) -> bool {
        (self.level, self.number) == (level::IPPROTO_IP, 35)
    }

    /// Whether it says how large a socket's buffers are.
    pub(crate) fn sizes_buffers(&self) -> bool {
        matches!(self.rule, Rule::Buffer)
    }

    /// Whether it is `SO_PRIORITY`.
    fn is_priority(&self) -> bool {
        (self.level, self.number) == (level::SOL_SOCKET, 12)
    }

    /// Refuses what no guest may have.
    fn refuse(&self, ask: &impl Ask) -> Result<()> {
        let Tier::Refused { errno, why } = self.tier else { return Ok(()) };
        ask.refused(self.name, why);
        Err(Error::os(errno))
    }
}
