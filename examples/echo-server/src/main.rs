//! Sends back what it receives, to many clients at once: `echo-server [--once] [HOST [PORT]]`.

use std::collections::HashMap;
use std::process::ExitCode;

use wallsocket::select::{POLLIN, poll};
use wallsocket::{Error, Result, Socket, create_server};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("echo-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let (options, arguments): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let once = options.iter().any(|option| option == "--once");
    let host = arguments.first().map_or("127.0.0.1", String::as_str);
    let port = arguments.get(1).map_or(Ok(0), |port| port.parse::<u16>());
    let port = port.map_err(|_| Error::Value("the port must be 0 to 65535".into()))?;

    let server = create_server((host, port))?;
    println!("listening on {}", server.getsockname()?);

    let mut waiting = poll();
    waiting.register(&server, POLLIN)?;
    let mut clients = HashMap::new();
    loop {
        for (fd, _) in waiting.poll(None)? {
            if fd == server.fileno() {
                let (client, address) = server.accept()?;
                println!("{address} came");
                waiting.register(&client, POLLIN)?;
                clients.insert(client.fileno(), (client, address));
                continue;
            }
            let Some((client, address)) = clients.get(&fd) else {
                continue;
            };
            // One client's trouble is not the others'.
            match client.recv(65536).and_then(|data| echo(client, &data)) {
                Ok(true) => continue,
                Ok(false) => println!("{address} went"),
                Err(error) => println!("{address} went: {error}"),
            }
            waiting.unregister(fd)?;
            clients.remove(&fd);
            if once {
                return Ok(());
            }
        }
    }
}

/// Sends data back; false for none, which is the end of what the client sends.
fn echo(client: &Socket, data: &[u8]) -> Result<bool> {
    if data.is_empty() {
        return Ok(false);
    }
    client.sendall(data)?;
    Ok(true)
}
