//! How a guest ended, as an exit status and a message.

use wallsocket_host::Meter;
use wasmtime::{Trap, WasmBacktrace};
use wasmtime_wasi::I32Exit;

/// The exit status when the guest trapped: 128 + SIGABRT, as a shell reports a native program that aborted.
const TRAPPED: u8 = 134;

/// What a run of the guest ended in, as its exit status.
pub(crate) fn status(name: &str, result: wasmtime::Result<Result<(), ()>>) -> u8 {
    let error = match result {
        Ok(Ok(())) => return 0,
        Ok(Err(())) => return 1,
        Err(error) => error,
    };
    if let Some(I32Exit(status)) = error.downcast_ref() {
        // A parent sees eight bits of a status; a wish for 256 must not look like success.
        return u8::try_from(*status).unwrap_or(u8::MAX);
    }
    eprint!("{}", trapped(name, &error));
    TRAPPED
}

/// Prints what a guest did in numbers, if that was asked for.
pub(crate) fn print_stats(name: &str, meter: Option<Meter>) {
    if let Some(meter) = meter {
        eprint!("{name}:\n{}", meter.stats());
    }
}

/// What is said about a guest that trapped: why, what that usually means, and where it was.
fn trapped(name: &str, error: &wasmtime::Error) -> String {
    let trap = error.downcast_ref::<Trap>();
    let why = match trap {
        Some(trap) => trap.to_string(),
        None => error.root_cause().to_string(),
    };
    let mut text = format!("error: {name} trapped: {}\n", why.trim_start_matches("wasm trap: "));
    let meaning = match trap {
        Some(Trap::UnreachableCodeReached) => {
            "a panic, an abort or a failed assertion in the guest ends like this; what it printed is above"
        }
        Some(Trap::StackOverflow) => "the guest called too deep; look for recursion without an end",
        Some(_) => "a bug in the guest",
        None => "the guest broke a rule of the component model, or passed too much data in one call: a bug in it",
    };
    text.push_str(&format!("  cause: {meaning}\n"));
    if let Some(trace) = error.downcast_ref::<WasmBacktrace>() {
        text.push_str("  where, the innermost call first:\n");
        // Its first line says only that a backtrace follows.
        for line in trace.to_string().lines().skip(1) {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

/// An error and its causes in one line, outermost first.
pub(crate) fn chain(error: &wasmtime::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(result: wasmtime::Result<Result<(), ()>>) -> u8 {
        status("guest.wasm", result)
    }

    #[test]
    fn a_guests_own_status_is_passed_on() {
        assert_eq!(said(Ok(Ok(()))), 0);
        assert_eq!(said(Ok(Err(()))), 1);
        assert_eq!(said(Err(I32Exit(0).into())), 0);
        assert_eq!(said(Err(I32Exit(42).into())), 42);
    }

    #[test]
    fn a_status_that_does_not_fit_is_never_success() {
        assert_eq!(said(Err(I32Exit(256).into())), 255);
        assert_eq!(said(Err(I32Exit(-1).into())), 255);
    }

    #[test]
    fn a_trap_is_named_and_is_134() {
        assert_eq!(said(Err(Trap::UnreachableCodeReached.into())), 134);
        let text = trapped("guest.wasm", &Trap::UnreachableCodeReached.into());
        assert!(text.starts_with("error: guest.wasm trapped: wasm `unreachable` instruction executed\n"), "{text}");
    }
}
