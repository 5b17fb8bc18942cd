//! Values: cut to what their layout says, and read.

use std::time::Duration;

use super::row::{Layout, Row};
use crate::error::{Error, Result};
use crate::sys::errno;

/// The longest value that has a meaning: an extension header of IPv6 has 2,040 bytes at most.
const LONGEST: usize = 4096;

impl Row {
    /// What of a value has a meaning: no byte more than the layout has. One that is too short stays as it is, for the
    /// kernel to say what it thinks of it.
    pub(super) fn cut<'a>(&self, value: &'a [u8]) -> &'a [u8] {
        // Cut, it would be taken for one that isn't too long.
        if self.layout == Layout::Array {
            return value;
        }
        let fits = |sizes: &[usize]| sizes.iter().copied().filter(|size| *size <= value.len()).max();
        let size = match self.layout {
            Layout::Int => fits(&[4]),
            Layout::IntOrByte => fits(&[0, 1, 4]),
            Layout::Struct(sizes) => fits(sizes),
            Layout::Key => return value,
            Layout::Exact(_) | Layout::Bytes | Layout::Array => None,
        };
        value.get(..size.unwrap_or(LONGEST)).unwrap_or(value)
    }

    /// How long a value is at most, where the layout says so.
    pub(super) fn longest(&self) -> Option<usize> {
        match self.layout {
            Layout::Int | Layout::IntOrByte => Some(4),
            Layout::Struct(sizes) | Layout::Exact(sizes) => sizes.iter().copied().max(),
            Layout::Bytes | Layout::Array | Layout::Key => None,
        }
    }

    /// Whether a value, once cut, is as long as one of the layout's.
    pub(super) fn fits(&self, value: &[u8]) -> bool {
        match self.layout {
            Layout::Int => value.len() == 4,
            Layout::IntOrByte => [0, 1, 4].contains(&value.len()),
            Layout::Struct(sizes) | Layout::Exact(sizes) => sizes.contains(&value.len()),
            Layout::Bytes | Layout::Array | Layout::Key => true,
        }
    }
}

/// A value that is a C int; longer ones count by their first four bytes, as the kernel has it.
pub(super) fn int(value: &[u8]) -> Result<i32> {
    match value.first_chunk() {
        Some(bytes) => Ok(i32::from_le_bytes(*bytes)),
        None => Err(Error::os(errno::EINVAL)),
    }
}

/// A number as the options of `IPPROTO_IP` take it: a byte where it is shorter than an int, and 0 where it is nothing.
pub(super) fn number(value: &[u8]) -> i32 {
    int(value).unwrap_or_else(|_| value.first().copied().unwrap_or(0).into())
}

/// A `struct timeval` of 64-bit Linux, as `SO_RCVTIMEO` takes it: `EDOM` for microseconds out of range.
pub(super) fn timeval(value: &[u8]) -> Result<Duration> {
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
