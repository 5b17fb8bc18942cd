//! Policy files: TOML with lists of lines, and limits.

use std::ops::Range;
use std::time::Duration;

use ipnet::Ipv6Net;
use serde::Deserialize;
use toml::Spanned;

use super::grant::GrantError;
#[cfg(feature = "schema")]
use super::schema;
use super::set::{Permissions, PermissionsBuilder};
use crate::limits::{Limits, Settings};

/// What a policy file says of a guest: what it may do, and how much.
///
/// ```
/// use wallsocket_host::{Policy, SocketCtx};
///
/// let policy = Policy::from_toml(
///     r#"
///     version = 1                    # of policy files
///     allow = ["tcp connect api.example.com:443", "dns lookup *.example.com"]
///     deny = ["tcp connect 10.0.0.0/8:*"]
///     nat64 = ["2001:db8:64::/96"]   # prefixes of the network's own NAT64 translators (RFC 6052)
///     remember-names = 60            # seconds for which a name's answers may be used
///
///     [limits]
///     sockets = 16
///     "#,
/// )?;
/// assert_eq!(policy.limits.sockets, 16);
/// let sockets = SocketCtx::builder().permissions(policy.permissions).limits(policy.limits).build();
/// # Ok::<(), wallsocket_host::PolicyError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Policy {
    /// What it may do.
    pub permissions: Permissions,
    /// How much of the host it may use; what the file doesn't name is as in [`Limits::default`].
    pub limits: Limits,
}

/// A policy file that can't be used: nothing runs under half a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct PolicyError {
    line: usize,
    column: usize,
    message: String,
    grant: Option<GrantError>,
}

impl PolicyError {
    /// The line of the file, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1, in characters.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, or what was expected there.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The grant line that doesn't parse, when that is what is wrong.
    pub fn grant(&self) -> Option<&GrantError> {
        self.grant.as_ref()
    }

    fn at(text: &str, byte: usize, message: impl Into<String>) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            grant: None,
        }
    }
}

/// The version of policy files, which a file may name.
pub(super) const VERSION: i64 = 1;

// The comments are what editors show, by the schema.
/// What one WebAssembly component may do with sockets, and how much.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "wallsocket policy"))]
pub(super) struct File {
    /// The version of policy files: 1.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Version>"))]
    version: Option<Spanned<i64>>,
    /// What the component may do, a line each. Everything else is refused.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<schema::AllowLine>"))]
    allow: Vec<Spanned<String>>,
    /// What it may never do, whatever the allow lines say.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<schema::DenyLine>"))]
    deny: Vec<Spanned<String>>,
    /// Prefixes under which this network's own NAT64 translators reach IPv4 (RFC 6052).
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<schema::Nat64Prefix>"))]
    nat64: Vec<Spanned<String>>,
    /// Seconds for which a granted name's answers may be used: 60 unless set.
    remember_names: Option<u32>,
    /// How much of the host it may use.
    #[serde(default)]
    limits: Settings,
}

impl Policy {
    /// Reads a policy file. Each key may be left out.
    ///
    /// # Errors
    ///
    /// Anything that isn't understood is an error, unknown keys too: see [`PolicyError`].
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            PolicyError::at(text, at, error.message())
        })?;
        if let Some(version) = file.version.as_ref().filter(|version| *version.get_ref() != VERSION) {
            let message = format!("expected version {VERSION}, the only one that this program knows");
            return Err(PolicyError::at(text, version.span().start, message));
        }
        let mut limits = Limits::default();
        let permissions = permissions(text, &file)?;
        file.limits.apply(&mut limits);
        Ok(Self { permissions, limits })
    }
}

fn permissions(text: &str, file: &File) -> Result<Permissions, PolicyError> {
    let mut builder = Permissions::builder();
    builder = lines(text, builder, &file.allow, PermissionsBuilder::allow)?;
    builder = lines(text, builder, &file.deny, PermissionsBuilder::deny)?;
    contradiction(text, &file.deny, &builder.clone().build())?;
    for prefix in &file.nat64 {
        let wrong = |message: String| PolicyError::at(text, prefix.span().start, message);
        let block: Ipv6Net = prefix
            .get_ref()
            .parse()
            .map_err(|_| wrong("expected a NAT64 prefix such as \"2001:db8:64::/96\"".to_owned()))?;
        builder = builder.nat64(block).map_err(|error| wrong(error.to_string()))?;
    }
    if let Some(seconds) = file.remember_names {
        builder = builder.remember_names(Duration::from_secs(seconds.into()));
    }
    Ok(builder.build())
}

fn lines(
    text: &str,
    mut builder: PermissionsBuilder,
    lines: &[Spanned<String>],
    add: impl Fn(PermissionsBuilder, &str) -> Result<PermissionsBuilder, GrantError>,
) -> Result<PermissionsBuilder, PolicyError> {
    for line in lines {
        builder = add(builder, line.get_ref()).map_err(|error| {
            let at = offset(text, line, &error);
            let hint = error.hint().map_or_else(String::new, |hint| format!(" ({hint})"));
            let message = format!("expected {}{hint}", error.expected());
            PolicyError { grant: Some(error), ..PolicyError::at(text, at, message) }
        })?;
    }
    Ok(builder)
}

/// Refuses a file that allows and forbids the same: whoever wrote it meant one of the two, and nobody knows which.
fn contradiction(text: &str, denied: &[Spanned<String>], permissions: &Permissions) -> Result<(), PolicyError> {
    let both = permissions.denials().zip(denied).find(|(rule, _)| permissions.grants().any(|line| line == *rule));
    match both {
        Some((rule, at)) => {
            let message = format!("expected a line that `allow` hasn't got: `{rule}` is in both lists");
            Err(PolicyError::at(text, at.span().start, message))
        }
        None => Ok(()),
    }
}

/// Where in the file a line's fault is: exact when the string is written without escapes, else where it begins.
fn offset(text: &str, line: &Spanned<String>, error: &GrantError) -> usize {
    let Range { start, end } = line.span();
    let written = text.get(start + 1..end.saturating_sub(1));
    if written != Some(line.get_ref().as_str()) {
        return start;
    }
    let inside = line.get_ref().char_indices().nth(error.column() - 1).map_or(line.get_ref().len(), |(byte, _)| byte);
    start + 1 + inside
}

#[cfg(test)]
mod tests {
    use super::Policy;
    use crate::limits::Limits;

    fn wrong(text: &str) -> (usize, usize, String) {
        let error = Policy::from_toml(text).unwrap_err();
        (error.line(), error.column(), error.message().to_owned())
    }

    #[test]
    fn a_policy_file_is_read_whole() {
        let text = r#"
            allow = ["tcp connect api.example.com:443", 'unix connect /run/a\ b']
            deny = ["tcp connect 10.0.0.0/8:*", "deny udp send *:53"]
            nat64 = ["2001:db8:64::/96"]
            remember-names = 5
            [limits]
            sockets = 16
            buffer-bytes = 65_536
        "#;
        let Policy { permissions, limits } = Policy::from_toml(text).unwrap();
        let lines: Vec<String> = permissions.written().collect();
        assert_eq!(
            lines,
            [
                "tcp connect api.example.com:443",
                "unix connect /run/a\\ b",
                "deny tcp connect 10.0.0.0/8:*",
                "deny udp send *:53",
            ]
        );
        assert_eq!(permissions.nat64().len(), 1);
        assert_eq!(permissions.remember().as_secs(), 5);
        assert_eq!(limits, Limits { sockets: 16, buffer_bytes: 65_536, ..Limits::default() });
        let empty = Policy::from_toml("").unwrap();
        assert_eq!((empty.permissions.remember().as_secs(), empty.limits), (60, Limits::default()));
    }

    #[test]
    fn policies_are_accepted_and_refused_as_their_folders_say() {
        // `cargo xtask schema` tries the same ones on the schema.
        let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/policies");
        for (folder, accepted) in [("accepted", true), ("refused", false)] {
            let files: Vec<_> =
                std::fs::read_dir(format!("{policies}/{folder}")).unwrap().map(Result::unwrap).collect();
            assert!(!files.is_empty(), "{folder} has none");
            for path in files.iter().map(std::fs::DirEntry::path) {
                let read = Policy::from_toml(&std::fs::read_to_string(&path).unwrap());
                assert_eq!(read.is_ok(), accepted, "{}: {read:?}", path.display());
            }
        }
    }

    #[test]
    fn a_wrong_line_is_pointed_at() {
        let text = "allow = [\n  \"tcp connect a.example:443\",\n  \"tcp conect b.example:443\",\n]\n";
        let (line, column, message) = wrong(text);
        assert_eq!((line, column), (3, 8));
        assert!(message.contains("did you mean `connect`?"), "{message}");
    }

    #[test]
    fn what_a_policy_file_does_not_know_is_an_error() {
        for (text, line, column, part) in [
            ("allow = []\nalow = []", 2, 1, "unknown field `alow`"),
            ("allow = [", 1, 10, ""),
            ("version = 2", 1, 11, "expected version 1"),
            ("version = \"1\"", 1, 11, "invalid type"),
            (
                "allow = [\"option SO_MARK\"]\ndeny = [\"udp send *:1\",\n\"deny option SO_MARK\"]",
                3,
                1,
                "in both lists",
            ),
            ("allow = 3", 1, 9, "invalid type"),
            ("\nremember-names = -1", 2, 18, "invalid value"),
            ("nat64 = [\"2001:db8::/33\"]", 1, 10, "RFC 6052"),
            ("nat64 = [\"10.0.0.0/8\"]", 1, 10, "expected a NAT64 prefix"),
            ("[limits]\nsockets = 1\nsocket = 1", 3, 1, "unknown field `socket`, expected one of `sockets`"),
            ("[limits]\nsockets = -1", 2, 11, "invalid value: integer `-1`"),
            ("[limits]\nbuffer-bytes = 4294967296", 2, 16, "invalid value: integer `4294967296`"),
            ("[limits]\nsockets = \"16\"", 2, 11, "invalid type: string"),
            ("[limits]\nsockets = 99999999999999999999", 2, 11, ""),
            ("limits = 3", 1, 10, "invalid type"),
            ("[limits]\nsockets = 1\nsockets = 2", 3, 1, "duplicate key"),
            ("allow = [\"tcp connect \\u0061:1 x\"]", 1, 10, "the end of the line"),
        ] {
            let (at_line, at_column, message) = wrong(text);
            assert_eq!((at_line, at_column), (line, column), "{text}: {message}");
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
