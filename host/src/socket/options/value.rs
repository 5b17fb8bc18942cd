//! Values: cut to what their layout says, and read.

use std::time::Duration;

use super::row::{Layout, Row};
use crate::error::{Error, Result};
use crate::sys::errno;

impl Row {
    /// What the kernel is handed of a value: no byte more than the layout has.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a value that is too short, or longer than any.
    pub(super) fn cut<'a>(&self, value: &'a [u8]) -> Result<&'a [u8]> {
        if value.len() > super::MAX_LENGTH {
            return Err(Error::os(errno::EINVAL));
        }
        let fits = |sizes: &[usize]| sizes.iter().copied().filter(|size| *size <= value.len()).max();
        let size = match self.layout {
            Layout::Int => fits(&[4]),
            Layout::IntOrByte => fits(&[0, 1, 4]),
            Layout::Struct(sizes) => fits(sizes),
            Layout::Bytes => Some(value.len()),
        };
        size.and_then(|size| value.get(..size)).ok_or_else(|| Error::os(errno::EINVAL))
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
