//! `wallsocket schema`: what policy files look like, for editors.

use std::io::{self, Write};
use std::process::ExitCode;

use wallsocket_host::Policy;

use crate::errors::Error;

/// Print the JSON Schema of policy files, by which editors complete and underline them
///
/// Taplo, and the editors' extensions made of it ("Even Better TOML"), take it from a policy's first line:
///
///     #:schema ./policy.schema.json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment, after_help = "Example:\n  wallsocket schema > policy.schema.json")]
pub(crate) struct Schema {}

impl Schema {
    pub(crate) fn execute(&self) -> Result<ExitCode, Error> {
        // Whoever reads it may have had enough: `wallsocket schema | head` is no failure.
        match io::stdout().write_all(Policy::json_schema().as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::Unwritable { path: "standard output".into(), source: error })
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}
