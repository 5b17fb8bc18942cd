//! `wallsocket run`: one component, its grants, its exit status.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;

use wallsocket_host::{Meter, Neighbours, SocketCtx};
use wasmtime::component::ResourceTable;
use wasmtime::{Engine, Store};
use wasmtime_wasi::p2::bindings::CommandPre;
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder};

use crate::audit::Audit;
use crate::errors::Error;
use crate::guest::Guest;
use crate::inherit::Handover;
use crate::policy::Sources;
use crate::record::Record;
use crate::watch::Watch;
use crate::{component, inherit, outcome, trace};

/// Run a component, allowing it what the grants say and nothing else
///
/// The component is a program for WASI 0.2 (`cargo build --target wasm32-wasip2`). It gets standard input, output
/// and error, the arguments after COMPONENT, and no environment variable, directory or socket that isn't named here.
#[derive(Debug, clap::Args)]
#[command(override_usage = "wallsocket run [OPTIONS] COMPONENT [ARGS]... [::: [OPTIONS] COMPONENT [ARGS]...]...", after_help = AFTER_HELP)]
pub(crate) struct Run {
    #[command(flatten)]
    sources: Sources,

    /// Set an environment variable of the guest, which sees no others
    #[arg(long = "env", value_name = "NAME=VALUE")]
    variables: Vec<Variable>,

    /// Give the guest a directory to read and write: HOST is what it is here, GUEST what the guest calls it
    #[arg(long = "dir", value_name = "HOST::GUEST")]
    directories: Vec<Directory>,

    /// Hand a socket over that this process was started with: a descriptor's number, or the name of a socket that systemd
    /// activated (`LISTEN_FDNAMES`)
    #[arg(long, value_name = "FD|NAME")]
    inherit: Vec<Handover>,

    /// What the other components of the same command know this one by; its file's name, unless given
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Print each socket call to standard error, as strace would
    #[arg(long)]
    trace: bool,

    /// Append each decision to FILE as a line of JSON; `-` is standard error
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,

    /// Write to FILE the policy that the run needed. Where there are allow lines, they are the most that the guest may do;
    /// without any it may do what it asks for, deny lines aside
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,

    /// With --record: ask at the terminal before anything is allowed that no line allows
    #[arg(long, requires = "record")]
    ask: bool,

    /// Print to standard error, when the guest has ended, what it did in numbers, and which limits it met
    #[arg(long)]
    stats: bool,

    /// The component, a .wasm file, and the guest's own arguments: everything after it, hyphens and all
    // One list, and not two arguments: clap would take an option of ours that stands right after COMPONENT.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_names = ["COMPONENT", "ARGS"])]
    command: Vec<String>,
}

const AFTER_HELP: &str = "\
Exit status:
  The guest's own: 0, or 1 when it failed (WASI 0.2 tells no more); 134 when it trapped; 2 when it never started.
  Of several, the first on the command line that isn't 0, once all have ended.

Several components:
  `:::` begins another, with options and grants of its own. They run beside each other and can share sockets. Standard
  input goes to the first.

Log:
  --audit writes every decision down; WALLSOCKET_LOG=wallsocket::audit=info prints them as a log.

Examples:
  wallsocket run --allow 'tcp connect api.example.com:443' plugin.wasm
  wallsocket run --policy plugin.toml --deny 'tcp connect 10.0.0.0/8:*' plugin.wasm
  wallsocket run --record plugin.toml plugin.wasm
  wallsocket run --allow 'tcp listen 127.0.0.1:8080' --dir ./site::/site --trace server.wasm --root /site
  wallsocket run --allow 'tcp listen 127.0.0.1:8080' --allow 'share serve' accept.wasm ::: --dir ./site::/site serve.wasm";

/// Whether a guest has its thread to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Company {
    Alone,
    Several,
}

/// A guest that is ready to start: its name, its program, and what it was given.
pub(crate) type Prepared = (String, CommandPre<Guest>, Guest);

impl Run {
    pub(crate) fn execute(&self) -> Result<ExitCode, Error> {
        trace::start(self.trace)?;
        let engine = component::engine(Company::Alone)?;
        let (name, program, guest) = self.prepare(&engine, &Neighbours::new(), Company::Alone, true)?;

        // A single guest on a single thread: no call crosses threads but those that may block.
        let meter = self.meter(&guest);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)?;
        let result = runtime.block_on(start(program, Store::new(&engine, guest)));
        // A look-up or a disk that hangs must not keep the process here when the guest has ended.
        runtime.shutdown_background();
        let status = outcome::status(&name, result);
        outcome::print_stats(&name, meter);
        Ok(ExitCode::from(status))
    }

    /// Whether its calls are to be printed.
    pub(crate) fn is_traced(&self) -> bool {
        self.trace
    }

    /// What reads a guest's numbers, if they are to be printed.
    pub(crate) fn meter(&self, guest: &Guest) -> Option<Meter> {
        self.stats.then(|| guest.sockets.meter())
    }

    /// Everything before the guest starts. `input` says whether standard input is its own.
    pub(crate) fn prepare(
        &self,
        engine: &Engine,
        neighbours: &Neighbours,
        company: Company,
        input: bool,
    ) -> Result<Prepared, Error> {
        // First of all: under a policy that isn't understood, nothing is even loaded.
        let policy = self.sources.read()?;
        // clap has seen to it that there is a first.
        let (component, arguments) = self.command.split_first().map_or(("", &[][..]), |(one, rest)| (one, rest));
        if component.starts_with('-') {
            return Err(Error::NoSuchOption(component.to_owned()));
        }
        let path = Path::new(component);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        // Alone there is nobody on this thread whom a slow disk or a silent peer could hold up.
        let alone = company == Company::Alone;
        let record = self.record.as_deref().map(|path| Record::to(path, self.ask, &policy.permissions)).transpose()?;
        let watch = Arc::new(Watch { audit: self.audit.as_deref().map(Audit::to).transpose()?, record });
        let sockets = match &watch.record {
            Some(record) => record.bound(SocketCtx::builder(), policy.permissions),
            None => SocketCtx::builder().permissions(policy.permissions),
        };
        let sockets = sockets.limits(policy.limits);
        let sockets = sockets.allow_blocking_current_thread(alone);
        let sockets = match watch.is_wanted() {
            true => sockets.observer(watch.clone()),
            false => sockets,
        };
        let id = match &self.name {
            Some(id) => id.clone(),
            None => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        };
        let mut sockets = sockets.neighbours(neighbours, id).build();
        inherit::hand_over(&self.inherit, &mut sockets)?;
        let mut wasi = self.wasi(&name, arguments, company)?;
        if input {
            wasi.inherit_stdin();
        }
        let program = component::load(engine, path)?;
        if component::imports_messages(&program) {
            sockets.take_descriptors();
        }
        let guest = Guest { wasi: wasi.build(), sockets, table: ResourceTable::new(), watch };
        Ok((name, program, guest))
    }

    /// What WASI gives the guest: what the command line names, and no more.
    fn wasi(&self, name: &str, arguments: &[String], company: Company) -> Result<WasiCtxBuilder, Error> {
        let mut wasi = WasiCtx::builder();
        // WASI has sockets of its own, which ask no policy: they stay shut.
        wasi.allow_tcp(false).allow_udp(false).allow_ip_name_lookup(false);
        wasi.allow_blocking_current_thread(company == Company::Alone);
        wasi.inherit_stdout().inherit_stderr().arg(name).args(arguments);
        for Variable { name, value } in &self.variables {
            wasi.env(name, value);
        }
        for Directory { host, guest } in &self.directories {
            wasi.preopened_dir(host, guest, FsPerms::ReadWrite)
                .map_err(|error| Error::Directory { host: host.clone(), reason: outcome::chain(&error) })?;
        }
        Ok(wasi)
    }
}

/// Runs a guest to its end.
pub(crate) async fn start(program: CommandPre<Guest>, mut store: Store<Guest>) -> wasmtime::Result<Result<(), ()>> {
    let watch = Arc::clone(&store.data().watch);
    let result = match program.instantiate_async(&mut store).await {
        // The store is dropped with this future, still inside the runtime, and its sockets with it.
        Ok(command) => command.wasi_cli_run().call_run(&mut store).await,
        Err(error) => Err(error),
    };
    watch.finish();
    result
}

/// An environment variable for the guest.
#[derive(Clone, Debug)]
struct Variable {
    name: String,
    value: String,
}

impl FromStr for Variable {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((name, value)) if !name.is_empty() => Ok(Self { name: name.to_owned(), value: value.to_owned() }),
            _ => Err("expected a name, `=` and a value, such as LANG=C"),
        }
    }
}

/// A directory for the guest.
#[derive(Clone, Debug)]
struct Directory {
    host: PathBuf,
    guest: String,
}

impl FromStr for Directory {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("::") {
            Some((host, guest)) if !host.is_empty() && !guest.is_empty() => {
                Ok(Self { host: Path::new(host).to_owned(), guest: guest.to_owned() })
            }
            _ => Err("expected a directory here, `::` and its name in the guest, such as ./data::/data"),
        }
    }
}
