//! `wallsocket`: runs WebAssembly components that have Python's sockets, and may use only what they were granted.
//!
//! `run` starts a component, `check` says in words what a policy means, `schema` tells editors what policies look like. The
//! first two refuse to do anything under a policy
//! that they don't fully understand.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

mod audit;
mod beside;
mod check;
mod compiled;
mod component;
mod errors;
mod guest;
mod inherit;
mod outcome;
mod policy;
mod record;
mod run;
mod schema;
mod trace;
mod watch;

/// A call makes and drops some eight small things, which this allocator does with a third of the instructions of glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What `wallsocket --help` says.
#[derive(Debug, Parser)]
#[command(name = "wallsocket", version, propagate_version = true, disable_help_subcommand = true)]
#[command(about = "Runs WebAssembly components with sockets. Nothing is allowed unless a grant says so.")]
#[command(after_help = EXAMPLES)]
enum Cli {
    Run(Box<run::Run>),
    Check(check::Check),
    Schema(schema::Schema),
}

const EXAMPLES: &str = "\
Examples:
  wallsocket run --allow 'tcp connect api.example.com:443' plugin.wasm
  wallsocket run --policy plugin.toml --trace plugin.wasm --some-option-of-the-plugin
  wallsocket check plugin.toml";

fn main() -> ExitCode {
    let done = match beside::split(&std::env::args_os().collect::<Vec<_>>()) {
        Some(lines) => beside::execute(&lines.iter().filter_map(as_run).collect::<Vec<_>>()),
        None => match Cli::parse() {
            Cli::Run(run) => run.execute(),
            Cli::Check(check) => check.execute(),
            Cli::Schema(schema) => schema.execute(),
        },
    };
    done.unwrap_or_else(|error| {
        eprint!("{}", error.report());
        ExitCode::from(errors::EXIT_STATUS)
    })
}

/// One of several command lines of `run`; what is wrong with it ends the process, as with a single one.
fn as_run(line: &Vec<OsString>) -> Option<run::Run> {
    match Cli::parse_from(line) {
        Cli::Run(run) => Some(*run),
        Cli::Check(_) | Cli::Schema(_) => None,
    }
}
