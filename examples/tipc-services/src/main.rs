//! Lists who offers a service in a TIPC cluster: `tipc-services TYPE [watch]`.

use std::error::Error;
use std::process::ExitCode;

use wallsocket::tipc::{Event, Subscription, Topology};
use wallsocket::{TIPC_PUBLISHED, TIPC_WITHDRAWN};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tipc-services: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (service, watches) = match &arguments[..] {
        [service] => (service.parse()?, false),
        [service, watch] if watch == "watch" => (service.parse()?, true),
        _ => return Err("which service? tipc-services TYPE [watch]".into()),
    };

    let topology = Topology::connect()?;
    topology.subscribe(&Subscription::new(service, 0, u32::MAX))?;
    if !watches {
        // What is there is told at once, and nothing says that it was all.
        topology.socket().settimeout(1)?;
    }
    loop {
        match topology.next() {
            Ok(Some(event)) => println!("{}", in_words(&event)),
            Ok(None) => return Err("the topology server has ended the connection".into()),
            Err(wallsocket::Error::Timeout) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

fn in_words(event: &Event) -> String {
    let Event { lower, upper, node, port, subscription, .. } = event;
    let instances = if lower == upper { lower.to_string() } else { format!("{lower}-{upper}") };
    let what = match event.event {
        TIPC_PUBLISHED => "is at",
        TIPC_WITHDRAWN => "is gone from",
        _ => "is asked for no longer at",
    };
    format!("service {}:{instances} {what} port {port} of node {node:#x}", subscription.service)
}
