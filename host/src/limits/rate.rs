//! So many a second.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// So many a second, and so many at once after a while without any: `100`, `100 burst 500`, `unlimited`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    per_second: u64,
    burst: u64,
}

impl Rate {
    /// No limit: nothing is counted, and no clock is asked.
    pub const UNLIMITED: Self = Self { per_second: u64::MAX, burst: u64::MAX };

    /// So many a second, and as many at once. None at all, if that is 0.
    pub const fn per_second(count: u64) -> Self {
        Self { per_second: count, burst: count }
    }

    /// The same, with so many at once.
    #[must_use]
    pub const fn with_burst(self, count: u64) -> Self {
        Self { burst: count, ..self }
    }

    /// How many come back a second, and how many there are at most; none where there is no limit.
    pub(crate) fn bucket(self) -> Option<(u64, u64)> {
        (self != Self::UNLIMITED).then_some((self.per_second, self.burst))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UNLIMITED => write!(f, "unlimited"),
            Self { per_second, burst } if burst == per_second => write!(f, "{per_second}"),
            Self { per_second, burst } => write!(f, "{per_second} burst {burst}"),
        }
    }
}

/// What a rate looks like.
const EXPECTED: &str = "a number a second, such as 100, \"100 burst 500\" or \"unlimited\"";

/// Not a rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {EXPECTED}")]
pub struct RateError(());

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |word: &str| word.parse().map_err(|_| RateError(()));
        match text.split_ascii_whitespace().collect::<Vec<_>>()[..] {
            ["unlimited"] => Ok(Self::UNLIMITED),
            [count] => Ok(Self::per_second(number(count)?)),
            [count, "burst", burst] => Ok(Self::per_second(number(count)?).with_burst(number(burst)?)),
            _ => Err(RateError(())),
        }
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Rate;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(EXPECTED)
            }

            fn visit_u64<E: de::Error>(self, count: u64) -> Result<Rate, E> {
                Ok(Rate::per_second(count))
            }

            fn visit_i64<E: de::Error>(self, count: i64) -> Result<Rate, E> {
                let negative = |_| E::invalid_value(de::Unexpected::Signed(count), &self);
                u64::try_from(count).map(Rate::per_second).map_err(negative)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Rate, E> {
                text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(Text)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Rate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["integer", "string"],
            "minimum": 0,
            "pattern": r"^\s*(unlimited|\+?[0-9]+(\s+burst\s+\+?[0-9]+)?)\s*$",
            "examples": [100, "100 burst 500", "unlimited"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_as_it_is_read() {
        for (text, rate) in [
            ("7", Rate::per_second(7)),
            ("0", Rate::per_second(0)),
            ("7 burst 9", Rate::per_second(7).with_burst(9)),
            ("unlimited", Rate::UNLIMITED),
        ] {
            assert_eq!(text.parse(), Ok(rate), "{text}");
            assert_eq!(rate.to_string(), text);
        }
        for wrong in ["", "-1", "1 burst", "burst 1", "1 burst -1", "1 bursts 2", "1.5", "18446744073709551616"] {
            assert_eq!(wrong.parse::<Rate>(), Err(RateError(())), "{wrong}");
        }
    }
}
