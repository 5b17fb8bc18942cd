//! A guest that uses a socket it was granted, and shows what refusals look like.

use wallsocket::{Error, Result, Socket, create_connection, create_server, errno, getaddrinfo, permissions};

/// The ports that the tour's policy grants; several, since another program may hold one.
const PORTS: std::ops::RangeInclusive<u16> = 47100..=47109;

fn main() {
    println!("This program runs in a sandbox. It may use the sockets that its grants name, and no others:");
    for line in permissions::held() {
        println!("    {line}");
    }

    println!("\n1. Send a line over TCP and have it echoed, both ends in here");
    tell(echo("Hello from behind the wall"));

    println!("\n2. Connect to 192.0.2.1, port 80");
    tell(create_connection(("192.0.2.1", 80)).map(|_| "connected".to_owned()));

    println!("\n3. Look up example.com");
    tell(getaddrinfo("example.com", 443).map(|found| format!("found {} addresses", found.len())));
}

/// One guest, one thread, both ends: the kernel holds the connection until it is accepted.
fn echo(line: &str) -> Result<String> {
    let listener = listen()?;
    let address = listener.getsockname()?;
    let client = create_connection(("127.0.0.1", address.port().unwrap_or_default()))?;
    let (server, peer) = listener.accept()?;

    client.sendall(line)?;
    server.sendall(server.recv(1024)?)?;
    let echoed = client.recv(1024)?;
    Ok(format!("{address} heard from {peer} and sent back: {}", echoed.escape_ascii()))
}

/// Listens on the first port that is free.
fn listen() -> Result<Socket> {
    for port in PORTS {
        match create_server(("127.0.0.1", port)) {
            Err(Error::Os(errno::EADDRINUSE)) => {}
            other => return other,
        }
    }
    Err(Error::Os(errno::EADDRINUSE))
}

/// Prints what came of it. A refusal is not a failure here: it is half of what the tour shows.
fn tell(outcome: Result<String>) {
    match outcome {
        Ok(text) => println!("   {text}"),
        Err(Error::Denied(denial)) => {
            println!("   refused: {}", denial.reason);
            println!("   this grant would allow it: {}", denial.grant);
        }
        Err(error) => println!("   granted, but it failed: {error}"),
    }
}
