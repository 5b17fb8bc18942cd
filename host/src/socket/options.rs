//! The option table: what each socket option is called, how its value lies in memory, who may set it.
//!
//! A row is all there is to an option. One that has no row is `ENOPROTOOPT`, to set as to read.

use std::io;
use std::time::Duration;

use super::{Description, flags};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::permissions::{Denial, Permit, op};
use crate::sys::readiness::Direction;
use crate::sys::{self, errno};

/// A socket option.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    level: i32,
    option: i32,
    access: Access,
    rule: Rule,
}

/// Which ways an option goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Get,
    GetSet,
}

/// What the host has to do with an option besides passing it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Nothing: the kernel judges the value.
    Kernel,
    /// A buffer's size in bytes, clamped to the guest's quota.
    Buffer,
    /// A `struct timeval` that the host keeps to, since its descriptors never block.
    Timeout(Direction),
    /// Sharing an address. On TCP it only passes over TIME_WAIT; on UDP it steals datagrams, and needs an
    /// `option` grant.
    ShareAddress,
    /// What a bind was judged by: it stays, once there was one.
    Family,
    /// An errno, in Linux's numbers whatever the system's are.
    Errno,
}

macro_rules! rows {
    ($($name:ident: $level:ident $option:literal $access:ident $rule:expr;)*) => {
        &[$(Row {
            name: stringify!($name),
            level: level::$level,
            option: $option,
            access: Access::$access,
            rule: $rule,
        },)*]
    };
}

/// Levels, in Linux's numbers.
mod level {
    pub(super) const SOL_SOCKET: i32 = 1;
    pub(super) const IPPROTO_IP: i32 = 0;
    pub(super) const IPPROTO_TCP: i32 = 6;
    pub(super) const IPPROTO_IPV6: i32 = 41;
}

use Rule::{Buffer, Errno, Family, Kernel, ShareAddress, Timeout};

// socket(7), tcp(7), ip(7), ipv6(7); the numbers are those of asm-generic/socket.h and linux/tcp.h, in.h, in6.h.
#[rustfmt::skip]
static TABLE: &[Row] = rows! {
    SO_REUSEADDR:      SOL_SOCKET    2 GetSet ShareAddress;
    SO_TYPE:           SOL_SOCKET    3 Get    Kernel;
    SO_ERROR:          SOL_SOCKET    4 Get    Errno;
    SO_BROADCAST:      SOL_SOCKET    6 GetSet Kernel;
    SO_SNDBUF:         SOL_SOCKET    7 GetSet Buffer;
    SO_RCVBUF:         SOL_SOCKET    8 GetSet Buffer;
    SO_KEEPALIVE:      SOL_SOCKET    9 GetSet Kernel;
    SO_OOBINLINE:      SOL_SOCKET   10 GetSet Kernel;
    SO_LINGER:         SOL_SOCKET   13 GetSet Kernel;
    SO_RCVTIMEO:       SOL_SOCKET   20 GetSet Timeout(Direction::In);
    SO_SNDTIMEO:       SOL_SOCKET   21 GetSet Timeout(Direction::Out);
    SO_ACCEPTCONN:     SOL_SOCKET   30 Get    Kernel;
    SO_PROTOCOL:       SOL_SOCKET   38 Get    Kernel;
    SO_DOMAIN:         SOL_SOCKET   39 Get    Kernel;
    IP_TTL:            IPPROTO_IP    2 GetSet Kernel;
    TCP_NODELAY:       IPPROTO_TCP   1 GetSet Kernel;
    TCP_KEEPIDLE:      IPPROTO_TCP   4 GetSet Kernel;
    TCP_KEEPINTVL:     IPPROTO_TCP   5 GetSet Kernel;
    TCP_KEEPCNT:       IPPROTO_TCP   6 GetSet Kernel;
    IPV6_UNICAST_HOPS: IPPROTO_IPV6 16 GetSet Kernel;
    IPV6_V6ONLY:       IPPROTO_IPV6 26 GetSet Family;
};

/// The longest value that is read or written.
pub(crate) const MAX_LENGTH: usize = 1024;

/// The row of an option.
///
/// # Errors
///
/// `ENOPROTOOPT` where there is none.
pub(crate) fn find(level: i32, option: i32) -> Result<&'static Row> {
    let row = TABLE.iter().find(|row| row.level == level && row.option == option);
    row.ok_or_else(|| Error::os(errno::ENOPROTOOPT))
}

impl Description {
    /// Sets an option. `granted` asks for the `option` grant of that name.
    pub(crate) fn set_option(
        &self,
        row: &Row,
        value: &[u8],
        limits: &Limits,
        granted: impl FnOnce(&str) -> std::result::Result<Permit<op::SetOption>, Denial>,
    ) -> Result<()> {
        if row.access == Access::Get {
            return Err(Error::os(errno::ENOPROTOOPT));
        }
        if value.len() > MAX_LENGTH {
            return Err(Error::os(errno::EINVAL));
        }
        let pass = |value: &[u8]| Ok(sys::options::set(&self.sys, row.level, row.option, value)?);
        match row.rule {
            Kernel => pass(value),
            // Only to be read: `access` has said so.
            Errno => Err(Error::os(errno::ENOPROTOOPT)),
            // The kernel takes the number as unsigned, and so a negative one for the most that there is.
            Buffer => {
                let most = limits.buffer_bytes.max(0).cast_unsigned();
                pass(&int(value)?.cast_unsigned().min(most).to_ne_bytes())
            }
            ShareAddress => {
                if self.is_inet() && self.kind != flags::SOCK_STREAM && int(value)? != 0 {
                    granted(row.name)?;
                }
                pass(value)
            }
            // The kernel says so too while there is a port; but connecting and dissolving that frees the port, and
            // the next use of the socket takes the address again, in the other family too.
            Family if self.memory().bound.is_some() => Err(Error::os(errno::EINVAL)),
            Family => pass(value),
            Timeout(direction) => {
                self.set_option_timeout(direction, timeval(value)?);
                Ok(())
            }
        }
    }

    /// Reads at most `length` bytes of an option.
    pub(crate) fn get_option(&self, row: &Row, length: usize) -> Result<Vec<u8>> {
        let read = || sys::options::get(&self.sys, row.level, row.option, length);
        match row.rule {
            Timeout(direction) => {
                let time = self.option_timeout(direction).unwrap_or_default();
                // 64-bit Linux's struct timeval: two 64-bit integers, seconds and microseconds.
                let mut value = [0; 16];
                value[..8].copy_from_slice(&time.as_secs().to_le_bytes());
                value[8..].copy_from_slice(&u64::from(time.subsec_micros()).to_le_bytes());
                Ok(value[..length.min(16)].to_vec())
            }
            Errno => {
                let pending = int(&read()?)?;
                if pending == 0 {
                    return Ok(0i32.to_le_bytes()[..length.min(4)].to_vec());
                }
                let pending = errno::to_linux(&io::Error::from_raw_os_error(pending));
                Ok(pending.to_le_bytes()[..length.min(4)].to_vec())
            }
            Kernel | Buffer | ShareAddress | Family => Ok(read()?),
        }
    }
}

/// A value that is a C int; longer ones count by their first four bytes, as the kernel has it.
fn int(value: &[u8]) -> Result<i32> {
    match value.first_chunk() {
        Some(bytes) => Ok(i32::from_le_bytes(*bytes)),
        None => Err(Error::os(errno::EINVAL)),
    }
}

/// A `struct timeval` of 64-bit Linux, as `SO_RCVTIMEO` takes it: `EDOM` for microseconds out of range.
fn timeval(value: &[u8]) -> Result<Duration> {
    let (Some(seconds), Some(microseconds)) = (value.first_chunk(), value.get(8..).and_then(|rest| rest.first_chunk()))
    else {
        return Err(Error::os(errno::EINVAL));
    };
    let (seconds, microseconds) = (i64::from_le_bytes(*seconds), i64::from_le_bytes(*microseconds));
    let Some(microseconds) = u32::try_from(microseconds).ok().filter(|&part| part < 1_000_000) else {
        return Err(Error::os(errno::EDOM));
    };
    match u64::try_from(seconds) {
        Ok(seconds) => Ok(Duration::new(seconds, microseconds * 1000)),
        // The kernel's sock_set_timeout() makes a negative time "don't wait".
        Err(_) => Ok(Duration::from_nanos(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp() -> Description {
        let sys = sys::Socket::new(flags::AF_INET, flags::SOCK_STREAM, 0).expect("a socket");
        Description::new(sys, flags::AF_INET, flags::SOCK_STREAM, 0)
    }

    fn set(description: &Description, level: i32, option: i32, value: &[u8]) -> Result<()> {
        let refuse = |_: &str| panic!("no plain option may ask for a grant");
        description.set_option(find(level, option)?, value, &Limits::default(), refuse)
    }

    #[test]
    fn no_option_stands_in_the_table_twice() {
        for (index, row) in TABLE.iter().enumerate() {
            let twin = TABLE[..index].iter().find(|other| (other.level, other.option) == (row.level, row.option));
            assert!(twin.is_none(), "{} and {twin:?} are the same option", row.name);
        }
    }

    #[test]
    fn an_option_without_a_row_is_not_available() {
        let error = find(1, 9999).expect_err("there is no such option");
        assert!(matches!(&error, Error::Io(io) if errno::to_linux(io) == errno::ENOPROTOOPT), "{error:?}");
    }

    #[test]
    fn a_timeout_option_comes_back_as_it_went_in() {
        let description = tcp();
        let mut value = [0u8; 16];
        value[0] = 3;
        value[8..12].copy_from_slice(&250_000u32.to_le_bytes());
        set(&description, 1, 20, &value).expect("SO_RCVTIMEO takes a struct timeval");
        let row = find(1, 20).expect("SO_RCVTIMEO has a row");
        assert_eq!(description.get_option(row, 16).expect("it can be read"), value);
        assert_eq!(description.option_timeout(Direction::In), Some(Duration::from_millis(3250)));
    }

    #[test]
    fn microseconds_beyond_a_second_are_out_of_domain() {
        let mut value = [0u8; 16];
        value[8..12].copy_from_slice(&1_000_000u32.to_le_bytes());
        let error = set(&tcp(), 1, 21, &value).expect_err("1,000,000 us is no part of a second");
        assert!(matches!(&error, Error::Io(io) if errno::to_linux(io) == errno::EDOM), "{error:?}");
    }

    #[test]
    fn a_buffer_beyond_the_quota_is_clamped() {
        let description = tcp();
        let limits = Limits { buffer_bytes: 16_384, ..Limits::default() };
        let row = find(1, 8).expect("SO_RCVBUF has a row");
        let refuse = |_: &str| panic!("SO_RCVBUF needs no grant");
        // The kernel takes a negative size for the most that the system allows.
        for wanted in [i32::MAX, -1, i32::MIN] {
            description.set_option(row, &wanted.to_le_bytes(), &limits, refuse).expect("clamped, not refused");
            let size = int(&description.get_option(row, 4).expect("it can be read")).expect("an int");
            assert_eq!(size, 2 * 16_384, "{wanted}: the kernel doubles what it is given, socket(7)");
        }
    }
}
