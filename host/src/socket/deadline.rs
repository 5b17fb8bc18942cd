//! The three modes of a socket, and how long one call may take.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::sys::errno;

/// What a call does when it can't go on: Python's three modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Waits without end.
    #[default]
    Blocking,
    /// Says `EAGAIN`.
    NonBlocking,
    /// Waits that long.
    Timed(Duration),
}

impl Mode {
    /// The mode of a timeout in nanoseconds; none blocks, zero doesn't.
    pub(crate) fn from_timeout(timeout: Option<u64>) -> Self {
        match timeout {
            None => Self::Blocking,
            Some(0) => Self::NonBlocking,
            Some(nanoseconds) => Self::Timed(Duration::from_nanos(nanoseconds)),
        }
    }

    /// The timeout in nanoseconds.
    pub(crate) fn timeout(self) -> Option<u64> {
        match self {
            Self::Blocking => None,
            Self::NonBlocking => Some(0),
            Self::Timed(time) => Some(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)),
        }
    }
}

/// Until when one call may wait, however many steps it has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deadline {
    /// Without end.
    Never,
    /// Not at all: `EAGAIN`.
    Now,
    /// Until then: `timed-out`.
    At(Instant),
    /// Until then: `EAGAIN`, as `SO_RCVTIMEO` and `SO_SNDTIMEO` have it.
    Quietly(Instant),
}

impl Deadline {
    /// The deadline of a call that begins now.
    pub(crate) fn of(mode: Mode) -> Self {
        match mode {
            Mode::Blocking => Self::Never,
            Mode::NonBlocking => Self::Now,
            // A time that no clock of ours reaches is no deadline.
            Mode::Timed(time) => Instant::now().checked_add(time).map_or(Self::Never, Self::At),
        }
    }

    /// The same, where a socket option sets a time for blocking calls.
    pub(crate) fn of_blocking(mode: Mode, option: Option<Duration>) -> Self {
        match (mode, option) {
            (Mode::Blocking, Some(time)) => Instant::now().checked_add(time).map_or(Self::Never, Self::Quietly),
            (mode, _) => Self::of(mode),
        }
    }

    /// Says so when the time is over, in a call that goes on without waiting.
    pub(crate) fn check(self) -> Result<()> {
        match self {
            Self::Never => Ok(()),
            Self::Now => Err(Error::os(errno::EAGAIN)),
            Self::At(at) if at <= Instant::now() => Err(Error::TimedOut),
            Self::Quietly(at) if at <= Instant::now() => Err(Error::os(errno::EAGAIN)),
            Self::At(_) | Self::Quietly(_) => Ok(()),
        }
    }

    /// Waits for `future`, but no longer. A future that is ready costs no timer.
    pub(crate) async fn race<T>(self, future: impl Future<Output = Result<T>>) -> Result<T> {
        let (at, late) = match self {
            Self::Never => return future.await,
            Self::Now => return Err(Error::os(errno::EAGAIN)),
            Self::At(at) => (at, Error::TimedOut),
            Self::Quietly(at) => (at, Error::os(errno::EAGAIN)),
        };
        let (mut future, mut timer) = (pin!(future), pin!(None));
        let in_time = poll_fn(|cx| {
            if let Poll::Ready(result) = future.as_mut().poll(cx) {
                return Poll::Ready(Some(result));
            }
            if timer.is_none() {
                timer.set(Some(tokio::time::sleep_until(at.into())));
            }
            timer.as_mut().as_pin_mut().map_or(Poll::Pending, |timer| timer.poll(cx).map(|()| None))
        });
        in_time.await.unwrap_or(Err(late))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_its_timeout() {
        for timeout in [None, Some(0), Some(1), Some(u64::MAX)] {
            assert_eq!(Mode::from_timeout(timeout).timeout(), timeout, "gettimeout returns what settimeout took");
        }
    }

    #[test]
    fn a_deadline_beyond_every_clock_is_none() {
        let forever = Mode::Timed(Duration::MAX);
        assert!(matches!(Deadline::of(forever), Deadline::Never), "adding must not overflow");
    }

    #[test]
    fn a_call_that_goes_on_without_waiting_is_over_in_time() {
        let (past, future) = (Instant::now(), Instant::now() + Duration::from_secs(3600));
        assert!(Deadline::Never.check().is_ok() && Deadline::At(future).check().is_ok());
        assert!(Deadline::Quietly(future).check().is_ok());
        assert!(matches!(Deadline::At(past).check(), Err(Error::TimedOut)));
        for quiet in [Deadline::Now, Deadline::Quietly(past)] {
            assert!(quiet.check().is_err_and(|error| error.would_block()), "{quiet:?} says EAGAIN");
        }
    }

    #[tokio::test]
    async fn what_is_ready_is_taken_though_the_deadline_has_passed() {
        let past = Deadline::At(Instant::now());
        assert!(matches!(past.race(async { Ok(7) }).await, Ok(7)), "data that is there is never refused");
    }
}
