//! A token bucket that can be overdrawn.

use std::time::Instant;

use crate::limits::Rate;

/// What a guest may still use. A call is let through whole while there is something left, and what it used is taken
/// away afterwards, below nothing if need be: no message is cut, and on average the rate holds.
#[derive(Debug)]
pub(crate) struct Bucket {
    per_second: f64,
    burst: f64,
    level: f64,
    filled: Instant,
}

impl Bucket {
    /// A full one; none where there is no limit.
    pub(crate) fn new(rate: Rate, now: Instant) -> Option<Self> {
        let (per_second, burst) = rate.bucket()?;
        // Rates beyond 2^53 lose their last digits, which nobody counts.
        let (per_second, burst) = (per_second as f64, burst as f64);
        Some(Self { per_second, burst, level: burst, filled: now })
    }

    /// How many are left, and 0 for less than one.
    pub(crate) fn left(&mut self, now: Instant) -> u64 {
        let time = now.saturating_duration_since(self.filled).as_secs_f64();
        self.level = (self.level + time * self.per_second).min(self.burst);
        self.filled = now;
        // The cast saturates: what is below nothing is nothing.
        self.level as u64
    }

    /// Takes so many away.
    pub(crate) fn spend(&mut self, count: u64) {
        self.level -= count as f64;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_was_used_comes_back_with_time_and_no_more_than_that() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut bucket = Bucket::new(Rate::per_second(10).with_burst(20), start).unwrap();
        assert_eq!(bucket.left(start), 20, "it is full at first");
        bucket.spend(20);
        assert_eq!(bucket.left(at(0)), 0);
        assert_eq!(bucket.left(at(99)), 0, "not a whole one yet");
        assert_eq!(bucket.left(at(101)), 1);
        assert_eq!(bucket.left(at(60_000)), 20, "no more than the burst");
        assert_eq!(bucket.left(at(1)), 20, "a clock that goes back takes nothing away");
    }

    #[test]
    fn an_overdrawn_bucket_fills_from_below_nothing() {
        let start = Instant::now();
        let mut bucket = Bucket::new(Rate::per_second(10), start).unwrap();
        bucket.spend(30);
        assert_eq!(bucket.left(start + Duration::from_millis(2_050)), 0);
        assert_eq!(bucket.left(start + Duration::from_millis(2_150)), 1);
    }

    #[test]
    fn nothing_a_second_is_nothing_ever_but_the_burst() {
        let start = Instant::now();
        let later = start + Duration::from_secs(1_000_000);
        assert_eq!(Bucket::new(Rate::per_second(0), start).unwrap().left(later), 0);
        let mut bucket = Bucket::new(Rate::per_second(0).with_burst(2), start).unwrap();
        bucket.spend(2);
        assert_eq!(bucket.left(later), 0);
        assert!(Bucket::new(Rate::UNLIMITED, start).is_none());
    }

    proptest! {
        /// Whatever a guest does, it gets no more than the burst, what came back meanwhile, and one call.
        #[test]
        fn the_rate_holds(calls in prop::collection::vec((0u64..500, 0u64..2_000), 1..100)) {
            let start = Instant::now();
            let mut bucket = Bucket::new(Rate::per_second(1_000).with_burst(300), start).unwrap();
            let (mut now, mut used, mut largest) = (start, 0, 0);
            for (milliseconds, size) in calls {
                now += Duration::from_millis(milliseconds);
                if bucket.left(now) > 0 {
                    bucket.spend(size);
                    used += size;
                    largest = largest.max(size);
                }
            }
            let came_back = u64::try_from((now - start).as_millis()).unwrap();
            prop_assert!(used <= 300 + came_back + largest, "{used} of 300 + {came_back} + {largest}");
        }
    }
}
