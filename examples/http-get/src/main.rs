//! Gets a page over HTTP, by host name: `http-get HOST [PORT [PATH]]`.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::ExitCode;

use wallsocket::{ConnectionOptions, create_connection_with};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("http-get: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let host = arguments.first().ok_or("which host? http-get HOST [PORT [PATH]]")?;
    let port: u16 = arguments.get(1).map_or(Ok(80), |port| port.parse())?;
    let path = arguments.get(2).map_or("/", String::as_str);

    let options = ConnectionOptions::new().timeout(10);
    let sock = create_connection_with((host, port), options)?;
    sock.sendall(format!("GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n"))?;

    let mut answer = BufReader::new(&sock);
    let mut status = String::new();
    answer.read_line(&mut status)?;
    println!("{}", status.trim_end());
    let mut header = String::from("-");
    while !header.trim_end().is_empty() {
        header.clear();
        answer.read_line(&mut header)?;
    }
    let mut body = Vec::new();
    answer.read_to_end(&mut body)?;
    std::io::stdout().write_all(&body)?;
    Ok(())
}
