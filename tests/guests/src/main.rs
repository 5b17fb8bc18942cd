//! What the tests run in the sandbox: `guests NAME [ARGUMENT…]` does what NAME stands for, and panics where something
//! isn't as it should be.

mod commands;
mod contract;
mod streams;

use std::process::ExitCode;

/// A behaviour: its name, and what does it with the arguments that follow the name.
type Behaviour = (&'static str, fn(&[String]));

/// The functions of a module as behaviours under their own names.
macro_rules! behaviours {
    ($($module:ident: $($name:ident),+ $(,)?;)*) => {
        &[$($((stringify!($name), $module::$name),)+)*]
    };
}

#[rustfmt::skip]
static BEHAVIOURS: &[Behaviour] = behaviours! {
    commands:
        tells_what_it_was_given,
        exits_with,
        copies_a_file,
        connects,
        panics;
    contract:
        every_function_can_be_called,
        what_the_host_has_not_is_refused_as_a_kernel_without_it_would,
        hostile_calls_in_any_order;
    streams:
        a_client_talks_to_an_echo_server,
        connect_is_denied_by_default;
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprintln!("usage: guests NAME [ARGUMENT…]");
        return ExitCode::FAILURE;
    };
    let Some((_, behaviour)) = BEHAVIOURS.iter().find(|(known, _)| known == name) else {
        eprintln!("there is no behaviour {name}");
        return ExitCode::FAILURE;
    };
    behaviour(rest);
    ExitCode::SUCCESS
}
