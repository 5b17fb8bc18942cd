//! How much of the host one guest may use: one table, of which a row is all that a limit takes.

use serde::Deserialize;

/// Makes a limit of each row: a field of [`Limits`] with its default, a key of policy files, a [`Limit`].
macro_rules! limits {
    ($( $(#[doc = $about:literal])+ $limit:ident, $field:ident, $name:literal: $kind:ty = $default:expr, $answer:literal; )+) => {
        /// What one guest may use at most; beyond it a call fails at once, with the error that each field names.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Limits {
            $(
                $(#[doc = $about])+
                #[doc = concat!("\n\nBeyond it: ", $answer, ". `", stringify!($default), "` unless set otherwise.")]
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
                match self { $( Self::$limit => $answer, )+ }
            }

            /// What it is set to, as it is written in policy files.
            pub fn value(self, limits: &Limits) -> String {
                match self { $( Self::$limit => limits.$field.to_string(), )+ }
            }
        }

        /// The limits that somebody set.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Settings {
            $( #[serde(rename = $name)] $field: Option<$kind>, )+
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
    Sockets, sockets, "sockets": usize = 4096, "`EMFILE`";
    /// Bytes of `SO_RCVBUF` and of `SO_SNDBUF`.
    BufferBytes, buffer_bytes, "buffer-bytes": u32 = 4 << 20, "clamped";
    /// Connections that may wait to be accepted.
    Backlog, backlog, "backlog": u32 = 4096, "clamped";
    /// Interests in one call of `poll`.
    PollInterests, poll_interests, "poll-interests": usize = 4096, "`EINVAL`";
    /// Look-ups under way.
    Lookups, lookups, "lookups": usize = 8, "`EAI_AGAIN`";
    /// Threads that may be blocked on its behalf, by a disk of which it sends a file or a socket that others hold as well.
    Transfers, transfers, "transfers": usize = 8, "waits its turn";
    /// Sockets shared with other guests and not redeemed yet, each of which counts as an open socket too.
    Shares, shares, "shares": usize = 64, "`EMFILE`";
    /// Descriptors that were passed (`SCM_RIGHTS`) and not received yet.
    DescriptorsInFlight, descriptors_in_flight, "descriptors-in-flight": usize = 1024, "`ETOOMANYREFS`";
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
        ] {
            let error = Limits::default().set(name, value).unwrap_err().to_string();
            assert!(error.contains(part), "{name}={value}: {error}");
        }
    }
}
