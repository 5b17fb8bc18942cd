//! How much of the host one guest may use: one table, of which a row is all that a limit takes.

mod rate;

use serde::Deserialize;

use crate::error::Error;
use crate::sys::errno;

pub use rate::{Rate, RateError};

/// What a call beyond a limit ends in.
macro_rules! answer {
    (text errno $errno:ident) => {
        concat!("`", stringify!($errno), "`")
    };
    (text again) => {
        "`EAI_AGAIN`"
    };
    (text clamped) => {
        "clamped"
    };
    (text waits) => {
        "waits its turn"
    };
    (number errno $errno:ident) => {
        errno::$errno
    };
    // Whoever looks a name up says it in a way of its own, and the others refuse nothing.
    (number $other:ident) => {
        errno::EAGAIN
    };
}
/// Makes a limit of each row: a field of [`Limits`] with its default, a key of policy files, a [`Limit`].
macro_rules! limits {
    ($( $(#[doc = $about:literal])+ $limit:ident, $field:ident, $name:literal: $kind:ty = $default:expr, ($($answer:tt)+); )+) => {
        /// What one guest may use at most; beyond it a call fails at once, with the error that each field names.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Limits {
            $(
                $(#[doc = $about])+
                #[doc = concat!("\n\nBeyond it: ", answer!(text $($answer)+), ". `", stringify!($default), "` unless set otherwise.")]
                pub $field: $kind,
            )+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $( $field: $default, )+ }
            }
        }

        /// One of the limits, by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Limit {
            $( $(#[doc = $about])+ $limit, )+
        }

        impl Limit {
            /// Every limit, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$( Self::$limit, )+];

            /// What it is called in policy files, on the command line and in what is told of it.
            pub fn name(self) -> &'static str {
                match self { $( Self::$limit => $name, )+ }
            }

            /// What it bounds, in Markdown.
            pub fn about(self) -> &'static str {
                match self { $( Self::$limit => concat!($($about),+).trim_ascii(), )+ }
            }

            /// What a call beyond it ends in, in Markdown.
            pub fn answer(self) -> &'static str {
                match self { $( Self::$limit => answer!(text $($answer)+), )+ }
            }

            fn errno(self) -> i32 {
                match self { $( Self::$limit => answer!(number $($answer)+), )+ }
            }

            /// What it is set to, as it is written in policy files.
            pub fn value(self, limits: &Limits) -> String {
                match self { $( Self::$limit => limits.$field.to_string(), )+ }
            }
        }

        // The comments are what editors show, by the schema of policy files.
        /// How much of the host a guest may use.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Limits"))]
        pub(crate) struct Settings {
            $(
                $(#[doc = $about])+
                #[doc = concat!("\nBeyond it: ", answer!(text $($answer)+), ".")]
                #[serde(rename = $name)]
                $field: Option<$kind>,
            )+
        }

        impl Settings {
            /// Puts them in the place of what was.
            pub(crate) fn apply(self, limits: &mut Limits) {
                $( if let Some(value) = self.$field { limits.$field = value; } )+
            }
        }
    };
}

limits! {
    /// Open sockets; each duplicate, each pollable and each opaque handle counts as one.
    Sockets, sockets, "sockets": usize = 4096, (errno EMFILE);
    /// Bytes that the buffers of all of its sockets may hold: `SO_RCVBUF` and `SO_SNDBUF` as the kernel has them. Whoever is there gets no further socket and no larger buffer.
    QueuedBytes, queued_bytes, "queued-bytes": u64 = 2 << 30, (errno ENOBUFS);
    /// Bytes of `SO_RCVBUF` and of `SO_SNDBUF`.
    BufferBytes, buffer_bytes, "buffer-bytes": u32 = 4 << 20, (clamped);
    /// Bytes of one receive. A longer message is cut, as by a smaller buffer.
    ReceiveBytes, receive_bytes, "receive-bytes": u32 = 16 << 20, (clamped);
    /// Bytes of control messages: of one send, and what one receive has room for, which is clamped.
    ControlBytes, control_bytes, "control-bytes": u32 = 64 << 10, (errno ENOBUFS);
    /// Bytes sent a second.
    BytesSent, bytes_sent_per_second, "bytes-sent-per-second": Rate = Rate::UNLIMITED, (errno EAGAIN);
    /// Bytes received a second.
    BytesReceived, bytes_received_per_second, "bytes-received-per-second": Rate = Rate::UNLIMITED, (errno EAGAIN);
    /// Messages sent a second: datagrams, and calls on streams.
    MessagesSent, messages_sent_per_second, "messages-sent-per-second": Rate = Rate::UNLIMITED, (errno EAGAIN);
    /// Messages received a second: datagrams, and calls on streams.
    MessagesReceived, messages_received_per_second, "messages-received-per-second": Rate = Rate::UNLIMITED, (errno EAGAIN);
    /// Connections begun a second, by `connect` or `MSG_FASTOPEN`, whatever becomes of them.
    Connections, connections_per_second, "connections-per-second": Rate = Rate::per_second(1_000).with_burst(10_000), (errno ENOBUFS);
    /// Connections accepted a second; others wait in the listener's queue.
    Accepts, accepts_per_second, "accepts-per-second": Rate = Rate::UNLIMITED, (errno EAGAIN);
    /// Connections that may wait to be accepted.
    Backlog, backlog, "backlog": u32 = 4096, (clamped);
    /// Interests in one call of `poll`.
    PollInterests, poll_interests, "poll-interests": usize = 4096, (errno EINVAL);
    /// Look-ups under way.
    Lookups, lookups, "lookups": usize = 8, (again);
    /// Look-ups begun a second. Addresses in numbers are none.
    LookupRate, lookups_per_second, "lookups-per-second": Rate = Rate::per_second(100).with_burst(1_000), (again);
    /// Threads that may be blocked on its behalf, by a disk of which it sends a file or a socket that others hold as well.
    Transfers, transfers, "transfers": usize = 8, (waits);
    /// Sockets shared with other guests and not redeemed yet, each of which counts as an open socket too.
    Shares, shares, "shares": usize = 64, (errno EMFILE);
    /// Descriptors that were passed (`SCM_RIGHTS`) and not received yet.
    DescriptorsInFlight, descriptors_in_flight, "descriptors-in-flight": usize = 1024, (errno ETOOMANYREFS);
}

impl Limit {
    /// What a call beyond it ends in.
    pub(crate) fn over(self) -> Error {
        self.over_as(Error::os(self.errno()))
    }

    /// The same, where it depends on the call.
    pub(crate) fn over_as(self, error: Error) -> Error {
        Error::OverLimit { limit: self, error: Box::new(error) }
    }
}

impl Limits {
    /// Sets one limit by its name, with a value as in a policy file: what `wallsocket run --limit NAME=VALUE` does.
    ///
    /// # Errors
    ///
    /// For a name that no limit has, and a value that it can't have.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), LimitError> {
        let value = match value.parse() {
            Ok(number) => toml::Value::Integer(number),
            Err(_) => toml::Value::String(value.to_owned()),
        };
        let table = toml::Table::from_iter([(name.to_owned(), value)]);
        Settings::deserialize(table).map_err(|error| LimitError(error.message().to_owned()))?.apply(self);
        Ok(())
    }
}

/// A limit that can't be set so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LimitError(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_can_be_set_by_its_name_and_read_back() {
        for (number, limit) in Limit::ALL.iter().enumerate() {
            let mut limits = Limits::default();
            let value = (number + 7).to_string();
            limits.set(limit.name(), &value).unwrap();
            assert_eq!(limit.value(&limits), value, "{}", limit.name());
            let changed = Limit::ALL.iter().filter(|other| other.value(&limits) != other.value(&Limits::default()));
            assert_eq!(changed.collect::<Vec<_>>(), [limit], "and no other");
        }
    }

    #[test]
    fn the_documentation_has_each_limit_as_it_is() {
        let row = |limit: &Limit| {
            format!(
                "| `{}` | {} | {} | {} |",
                limit.name(),
                limit.value(&Limits::default()),
                limit.answer(),
                limit.about()
            )
        };
        let rows: Vec<String> = Limit::ALL.iter().map(row).collect();
        let page = include_str!("../../docs/limits.md");
        let written: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(written, rows, "docs/limits.md should say:\n{}", rows.join("\n"));
    }

    #[test]
    fn what_is_no_limit_or_no_value_is_an_error() {
        for (name, value, part) in [
            ("socket", "1", "unknown field `socket`, expected one of `sockets`"),
            ("", "1", "unknown field ``"),
            ("sockets", "-1", "integer `-1`"),
            ("sockets", "", "invalid type: string \"\""),
            ("sockets", "many", "invalid type: string \"many\""),
            ("buffer-bytes", "4294967296", "integer `4294967296`"),
            ("sockets", "99999999999999999999", "99999999999999999999"),
            ("bytes-sent-per-second", "-1", "integer `-1`"),
            ("bytes-sent-per-second", "1 burst", "expected a number a second"),
        ] {
            let error = Limits::default().set(name, value).unwrap_err().to_string();
            assert!(error.contains(part), "{name}={value}: {error}");
        }
    }
}
