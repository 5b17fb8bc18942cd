//! Programs as people run them: what they are given, what they say, how they end.

use std::process::exit;

use wallsocket::{AF_INET, AF_UNIX, Error, SOCK_DGRAM, SOCK_STREAM, ToAddress, socket};

/// Its arguments and then its variables, a line each.
pub(crate) fn tells_what_it_was_given(arguments: &[String]) {
    for argument in arguments {
        println!("argument {argument}");
    }
    for (name, value) in std::env::vars() {
        println!("variable {name}={value}");
    }
}

/// `exits_with STATUS`.
pub(crate) fn exits_with(arguments: &[String]) {
    exit(arguments[0].parse().expect("a status"));
}

/// `exits_with_code STATUS`, by the function of WASI that can say it.
pub(crate) fn exits_with_code(arguments: &[String]) {
    wasip2::cli::exit::exit_with_code(arguments[0].parse().expect("a status"));
}

/// `copies_a_file FROM TO`.
pub(crate) fn copies_a_file(arguments: &[String]) {
    let text = std::fs::read(&arguments[0]).expect("it can be read");
    std::fs::write(&arguments[1], text).expect("it can be written");
}

/// `connects PORT`: says that it is, or why it isn't, and then fails.
pub(crate) fn connects(arguments: &[String]) {
    let port: u16 = arguments[0].parse().expect("a port");
    connects_to(AF_INET, ("127.0.0.1", port));
}

/// `connects_to_a_path PATH`: the same.
pub(crate) fn connects_to_a_path(arguments: &[String]) {
    connects_to(AF_UNIX, arguments[0].as_str());
}

fn connects_to(family: i32, address: impl ToAddress) {
    let sock = socket(family, SOCK_STREAM, 0).expect("a socket needs no grant");
    match sock.connect(address) {
        Ok(()) => println!("connected"),
        Err(error @ Error::Denied(_)) => {
            eprintln!("{error}");
            exit(1);
        }
        Err(error) => panic!("neither connected nor refused: {error}"),
    }
}

/// `is_refused COUNT`: by as many addresses, one after the other.
pub(crate) fn is_refused(arguments: &[String]) {
    let count: u32 = arguments[0].parse().expect("a number");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket needs no grant");
    for number in 0..count {
        let [_, high, middle, low] = number.to_be_bytes();
        let refused = sock.connect((format!("198.{}.{middle}.{low}", 18 + (high & 1)), 80));
        assert!(matches!(refused, Err(Error::Denied(_))), "nothing was granted: {refused:?}");
    }
}

/// Sends a datagram to one port after the other, until one may not be sent.
pub(crate) fn sends_until_refused(_: &[String]) {
    let sock = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket needs no grant");
    let refused = (1024..=u16::MAX).find(|port| {
        let sent = sock.sendto(b"", ("127.0.0.1", *port));
        matches!(sent, Err(Error::Denied(_)))
    });
    assert!(refused.is_some(), "it may send to every port");
}

pub(crate) fn panics(_: &[String]) {
    panic!("as it was asked to");
}
