//! `wallsocket check`: what a policy allows and forbids, in words.

use std::path::PathBuf;
use std::process::ExitCode;

use wallsocket_host::{Limit, Limits, Policy};

use crate::errors::Error;
use crate::policy;

/// Say in words what a policy file allows and forbids
///
/// Says as well which lines allow more than they look like, and which allow nothing. Exits with 0 when every line is
/// understood, with 2 and the place when one isn't.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  wallsocket check plugin.toml")]
pub(crate) struct Check {
    /// The policy file
    policy: PathBuf,

    /// Exit with 1 where a line isn't what it looks like
    #[arg(long)]
    strict: bool,
}

impl Check {
    pub(crate) fn execute(&self) -> Result<ExitCode, Error> {
        let Policy { permissions, limits, .. } = policy::from_file(&self.policy)?;
        let name = self.policy.display();
        if permissions.grants().next().is_none() {
            println!("Under {name}, a component may use no sockets but pairs of its own.");
        } else {
            println!("Under {name}, a component may:");
            for grant in permissions.grants() {
                println!("  {}", grant.describe());
            }
        }
        if permissions.denials().next().is_some() {
            println!("and may never, whatever the lines above say:");
            for denial in permissions.denials() {
                println!("  {}", denial.describe());
            }
        }
        println!("Everything else is refused.");
        let usual = Limits::default();
        let mut set = Limit::ALL.iter().filter(|limit| limit.value(&limits) != limit.value(&usual)).peekable();
        if set.peek().is_some() {
            println!("Of its limits, these aren't the usual ones:");
            for limit in set {
                println!("  {} = {} (usually {})", limit.name(), limit.value(&limits), limit.value(&usual));
            }
        }
        let warnings = permissions.warnings();
        if !warnings.is_empty() {
            println!("Mind that some lines aren't what they look like:");
            warnings.iter().for_each(|warning| println!("  {warning}"));
        }
        Ok(ExitCode::from(u8::from(self.strict && !warnings.is_empty())))
    }
}
