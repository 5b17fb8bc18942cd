//! Timeouts: Python's float seconds, and `Duration`.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use crate::error::{Error, Result};

/// The longest that a timeout can be, in nanoseconds: 292 years.
const LONGEST: u64 = i64::MAX as u64;

/// How long a call may take. Made from what Python takes, and from a [`Duration`]:
///
/// | value | mode |
/// |---|---|
/// | `None` | blocking |
/// | `0` | non-blocking |
/// | `2.5`, `Some(2.5)`, `3`, a `Duration` | timed |
///
/// A negative number, a NaN or an infinite one is [`Error::Value`] from the call it is given to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timeout(Given);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Given {
    Blocking,
    Seconds(f64),
    Exact(Duration),
}

impl Timeout {
    /// Wait without end.
    pub const BLOCKING: Timeout = Timeout(Given::Blocking);
    /// Never wait.
    pub const NON_BLOCKING: Timeout = Timeout(Given::Exact(Duration::ZERO));

    /// Nanoseconds, or none to block without end.
    pub(crate) fn nanoseconds(self) -> Result<Option<u64>> {
        const OUT_OF_RANGE: Error = Error::value("Timeout value out of range");
        match self.0 {
            Given::Blocking => Ok(None),
            Given::Exact(duration) => match u64::try_from(duration.as_nanos()) {
                Ok(nanoseconds) if nanoseconds <= LONGEST => Ok(Some(nanoseconds)),
                _ => Err(OUT_OF_RANGE),
            },
            Given::Seconds(seconds) if seconds.is_nan() => Err(Error::value("Invalid value NaN (not a number)")),
            Given::Seconds(seconds) => {
                // Rounded up, so that a tiny timeout doesn't become the non-blocking mode.
                let nanoseconds = (seconds * 1e9).ceil();
                if seconds < 0.0 || nanoseconds >= LONGEST as f64 {
                    return Err(OUT_OF_RANGE);
                }
                Ok(Some(nanoseconds as u64))
            }
        }
    }
}

impl From<Option<f64>> for Timeout {
    fn from(seconds: Option<f64>) -> Timeout {
        seconds.map_or(Timeout::BLOCKING, Timeout::from)
    }
}

impl From<f64> for Timeout {
    fn from(seconds: f64) -> Timeout {
        Timeout(Given::Seconds(seconds))
    }
}

impl From<i32> for Timeout {
    fn from(seconds: i32) -> Timeout {
        Timeout(Given::Seconds(seconds.into()))
    }
}

impl From<Duration> for Timeout {
    fn from(duration: Duration) -> Timeout {
        Timeout(Given::Exact(duration))
    }
}

/// Nanoseconds as Python shows them: float seconds.
pub(crate) fn seconds(nanoseconds: Option<u64>) -> Option<f64> {
    nanoseconds.map(|n| n as f64 / 1e9)
}

static DEFAULT: RwLock<Option<u64>> = RwLock::new(None);

/// The timeout that new sockets get, in seconds; `None`, to begin with, is blocking. Python:
/// `socket.getdefaulttimeout`.
#[must_use]
pub fn getdefaulttimeout() -> Option<f64> {
    seconds(default_nanoseconds())
}

/// Sets the timeout that new sockets get, those that [`Socket::accept`](crate::Socket::accept) returns
/// among them. Python: `socket.setdefaulttimeout`.
///
/// # Errors
///
/// [`Error::Value`] for a number that is negative, NaN or over 292 years.
pub fn setdefaulttimeout(timeout: impl Into<Timeout>) -> Result<()> {
    let nanoseconds = timeout.into().nanoseconds()?;
    *DEFAULT.write().unwrap_or_else(PoisonError::into_inner) = nanoseconds;
    Ok(())
}

pub(crate) fn default_nanoseconds() -> Option<u64> {
    *DEFAULT.read().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nanoseconds(timeout: impl Into<Timeout>) -> Result<Option<u64>> {
        timeout.into().nanoseconds()
    }

    #[test]
    fn none_blocks_and_zero_does_not() {
        assert_eq!(nanoseconds(None), Ok(None));
        assert_eq!(nanoseconds(0), Ok(Some(0)));
        assert_eq!(nanoseconds(-0.0), Ok(Some(0)));
    }

    #[test]
    fn seconds_are_rounded_up() {
        assert_eq!(nanoseconds(2.5), Ok(Some(2_500_000_000)));
        assert_eq!(nanoseconds(Some(1e-12)), Ok(Some(1)));
        assert_eq!(nanoseconds(Duration::from_millis(3)), Ok(Some(3_000_000)));
    }

    #[test]
    fn what_is_no_span_of_time_is_an_error() {
        for bad in [-1.0, -1e-12, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(nanoseconds(bad), Err(Error::value("Timeout value out of range")));
        }
        assert!(nanoseconds(f64::NAN).is_err());
        assert!(nanoseconds(Duration::MAX).is_err());
        assert!(nanoseconds(-3).is_err());
    }

    #[test]
    fn the_default_is_remembered() {
        assert_eq!(getdefaulttimeout(), None);
        assert!(setdefaulttimeout(-1).is_err());
        setdefaulttimeout(1.5).unwrap();
        assert_eq!(getdefaulttimeout(), Some(1.5));
        setdefaulttimeout(None).unwrap();
    }
}
