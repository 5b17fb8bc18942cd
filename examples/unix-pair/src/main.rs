//! A server and a client that talk over a Unix socket: `unix-pair server PATH` answers one client,
//! `unix-pair client PATH MESSAGE` asks.

use std::process::ExitCode;

use wallsocket::{AF_UNIX, Error, Result, SHUT_WR, SOCK_STREAM, Socket, socket};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["server", path] => server(path),
        ["client", path, message] => client(path, message),
        _ => Err(Error::Value("usage: unix-pair server PATH | client PATH MESSAGE".into())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("unix-pair: {error}");
            ExitCode::FAILURE
        }
    }
}

fn server(path: &str) -> Result<()> {
    let server = socket(AF_UNIX, SOCK_STREAM, 0)?;
    server.bind(path)?;
    server.listen(None)?;
    println!("listening on {}", server.getsockname()?);
    let (client, _) = server.accept()?;
    let message = read_all(&client)?;
    println!("received {message}");
    client.sendall(message.to_uppercase())
}

fn client(path: &str, message: &str) -> Result<()> {
    let sock = socket(AF_UNIX, SOCK_STREAM, 0)?;
    sock.connect(path)?;
    sock.sendall(message)?;
    sock.shutdown(SHUT_WR)?;
    println!("{}", read_all(&sock)?);
    Ok(())
}

fn read_all(sock: &Socket) -> Result<String> {
    let mut data = Vec::new();
    loop {
        let more = sock.recv(4096)?;
        if more.is_empty() {
            return Ok(String::from_utf8_lossy(&data).into_owned());
        }
        data.extend(more);
    }
}
