//! One policy out of a policy file, the command line and, where asked for, the environment.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{env, fs, io};

use wallsocket_host::{GrantError, PermissionsBuilder, Policy};

use crate::errors::Error;

/// Where grants come from. What they say is added up: a deny line wins wherever it stands.
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {
    /// Allow what LINE says: 'tcp connect api.example.com:443', 'udp bind 0.0.0.0:5353', 'unix connect /run/app'
    #[arg(long, help_heading = "Permissions", value_name = "LINE")]
    allow: Vec<String>,

    /// Forbid what LINE says, whatever allows it: 'tcp connect 10.0.0.0/8:*'
    #[arg(long, help_heading = "Permissions", value_name = "LINE")]
    deny: Vec<String>,

    /// A TOML file with `allow = ["LINE", …]` and `deny = ["LINE", …]`, and limits under `[limits]`
    #[arg(long, help_heading = "Permissions", value_name = "FILE")]
    policy: Option<PathBuf>,

    /// Also allow the lines in this environment variable, separated by `;` or line breaks
    ///
    /// For a runner that can't be given options, such as cargo's. Unless this option names it, no variable allows
    /// anything; an unset or empty one doesn't either.
    #[arg(long, help_heading = "Permissions", value_name = "VARIABLE")]
    allow_from_env: Option<String>,

    /// Set one of the guest's limits, whatever the policy file says of it: 'sockets=16'
    #[arg(long, help_heading = "Permissions", value_name = "NAME=VALUE")]
    limit: Vec<Setting>,
}

/// What one limit is set to.
#[derive(Clone, Debug)]
struct Setting {
    name: String,
    value: String,
}

impl FromStr for Setting {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((name, value)) => Ok(Self { name: name.trim().to_owned(), value: value.trim().to_owned() }),
            None => Err("expected a limit's name, `=` and a value, such as sockets=16"),
        }
    }
}

impl Sources {
    /// Everything that was granted and limited, or the first thing that isn't understood: nothing runs under half a policy.
    pub(crate) fn read(&self) -> Result<Policy, Error> {
        let mut policy = match &self.policy {
            Some(path) => from_file(path)?,
            None => Policy::default(),
        };
        let mut builder = policy.permissions.to_builder();
        for line in &self.allow {
            builder = add(builder, PermissionsBuilder::allow, line, || "--allow".to_owned())?;
        }
        for line in &self.deny {
            builder = add(builder, PermissionsBuilder::deny, line, || "--deny".to_owned())?;
        }
        if let Some(variable) = &self.allow_from_env {
            // Bytes that aren't UTF-8 become characters that no grant has, and are pointed at as such.
            let lines = env::var_os(variable).unwrap_or_default().to_string_lossy().into_owned();
            for line in lines.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
                builder = add(builder, PermissionsBuilder::allow, line, || format!("${variable}"))?;
            }
        }
        policy.permissions = builder.build();
        for Setting { name, value } in &self.limit {
            policy.limits.set(name, value).map_err(|error| Error::Limit { name: name.clone(), error })?;
        }
        Ok(policy)
    }
}

fn add(
    builder: PermissionsBuilder,
    how: impl Fn(PermissionsBuilder, &str) -> Result<PermissionsBuilder, GrantError>,
    line: &str,
    flag: impl Fn() -> String,
) -> Result<PermissionsBuilder, Error> {
    how(builder, line).map_err(|error| Error::Grant { flag: flag(), error: Box::new(error) })
}

/// Reads a policy file.
pub(crate) fn from_file(path: &Path) -> Result<Policy, Error> {
    let text = fs::read_to_string(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::NoSuchFile(path.to_owned()),
        _ => Error::Unreadable { path: path.to_owned(), source },
    })?;
    match Policy::from_toml(&text) {
        Ok(policy) => Ok(policy),
        Err(error) => Err(Error::Policy { path: path.to_owned(), text, error: Box::new(error) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_all_sources_add_up() {
        let sources = Sources {
            allow: vec!["dns lookup example.net".to_owned()],
            deny: vec!["udp send *:*".to_owned()],
            policy: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/check.in/plugin.toml").into()),
            allow_from_env: Some("WALLSOCKET_NO_SUCH_VARIABLE".to_owned()),
            limit: vec!["shares=3".parse().expect("a name and a value")],
        };
        let Policy { permissions, limits, .. } = sources.read().expect("every line is a good one");
        assert_eq!((permissions.grants().count(), permissions.denials().count()), (6, 2));
        assert_eq!(permissions.grants().last().map(ToString::to_string).as_deref(), Some("dns lookup example.net"));
        assert_eq!((limits.sockets, limits.shares), (16, 3), "one of the file's, one of the command line's");
    }

    #[test]
    fn without_sources_nothing_is_granted() {
        let sources = Sources { allow: vec![], deny: vec![], policy: None, allow_from_env: None, limit: vec![] };
        assert_eq!(sources.read().expect("no line is a bad one").permissions.grants().count(), 0);
    }
}
