//! Several components beside each other, in one process and on one thread.

use std::ffi::OsString;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use tracing::Instrument;
use wallsocket_host::Neighbours;
use wasmtime::Store;

use crate::errors::Error;
use crate::run::{Company, Run};
use crate::{component, outcome, trace};

/// What stands between the components of a command line.
pub(crate) const SEPARATOR: &str = ":::";

/// How long a guest computes before it lets another run.
const TURN: Duration = Duration::from_millis(10);

/// The command lines of `run` that `:::` divides an own one into, if that is what it is.
pub(crate) fn split(arguments: &[OsString]) -> Option<Vec<Vec<OsString>>> {
    let (program, command) = (arguments.first()?, arguments.get(1)?);
    if command != "run" || !arguments.iter().any(|argument| argument == SEPARATOR) {
        return None;
    }
    let lines = arguments.get(2..)?.split(|argument| argument == SEPARATOR);
    Some(lines.map(|line| [program, command].into_iter().chain(line).cloned().collect()).collect())
}

/// Runs them all, each to its end. The status is that of the first on the command line that isn't 0.
pub(crate) fn execute(runs: &[Run]) -> Result<ExitCode, Error> {
    trace::start(runs.iter().any(Run::is_traced))?;
    // As for one: what isn't understood or doesn't load, of any of them, and nothing runs.
    let engine = component::engine(Company::Several)?;
    let neighbours = Neighbours::new();
    let prepared = runs
        .iter()
        .enumerate()
        .map(|(number, run)| run.prepare(&engine, &neighbours, Company::Several, number == 0))
        .collect::<Result<Vec<_>, _>>()?;

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)?;
    // Guests take turns at the calls that may wait. One that makes none is made to: it would keep the thread.
    let clock = engine.weak();
    thread::spawn(move || {
        while let Some(engine) = clock.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TURN);
        }
    });
    let results = runtime.block_on(async {
        let running: Vec<_> = prepared
            .into_iter()
            .zip(runs)
            .map(|((name, program, guest), run)| {
                let meter = run.meter(&guest);
                let [calls, decisions] = trace::guest(guest.sockets.id());
                let mut store = Store::new(&engine, guest);
                store.set_epoch_deadline(1);
                store.epoch_deadline_async_yield_and_update(1);
                let guest = tokio::spawn(crate::run::start(program, store).instrument(calls).instrument(decisions));
                (name, meter, guest)
            })
            .collect();
        let mut results = Vec::new();
        for (name, meter, guest) in running {
            results.push((name, meter, guest.await.unwrap_or_else(|error| Err(error.into()))));
        }
        results
    });
    runtime.shutdown_background();
    let statuses = results.into_iter().map(|(name, meter, result)| {
        let status = outcome::status(&name, result);
        outcome::print_stats(&name, meter);
        status
    });
    // All of them, for what each has to say of its end.
    let statuses: Vec<u8> = statuses.collect();
    Ok(ExitCode::from(statuses.into_iter().find(|status| *status != 0).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_line(line: &str) -> Option<Vec<String>> {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let words = |line: Vec<OsString>| line.join(" ".as_ref()).to_string_lossy().into_owned();
        Some(split(&arguments)?.into_iter().map(words).collect())
    }

    #[test]
    fn a_command_line_is_divided_into_as_many() {
        assert_eq!(split_line("wallsocket run a.wasm -x"), None);
        assert_eq!(split_line("wallsocket check a.toml ::: b"), None, "only `run` has several");
        assert_eq!(
            split_line("wallsocket run --trace a.wasm x ::: --allow y b.wasm").as_deref(),
            Some(&["wallsocket run --trace a.wasm x".to_owned(), "wallsocket run --allow y b.wasm".to_owned()][..])
        );
        assert_eq!(
            split_line("wallsocket run a.wasm :::").as_deref(),
            Some(&["wallsocket run a.wasm".to_owned(), "wallsocket run".to_owned()][..]),
            "what lacks its component is for clap to say"
        );
    }
}
