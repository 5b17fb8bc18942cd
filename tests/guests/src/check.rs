//! What several behaviours check and say.

use wallsocket::{AF_INET, Error, Result, SOCK_DGRAM, Socket, socket};

/// An argument that is a number.
pub(crate) fn number<N: std::str::FromStr<Err: std::fmt::Debug>>(argument: &str) -> N {
    argument.parse().expect("a number")
}

/// The line that the refusal names; anything but a refusal is wrong.
#[track_caller]
pub(crate) fn denied<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Denied(denial)) => denial.grant,
        other => panic!("not a refusal: {other:?}"),
    }
}

/// Says how a door was found: what the test opens it by, or that it was open.
pub(crate) fn say<T: std::fmt::Debug>(result: Result<T>) {
    match result {
        Ok(_) => println!("open"),
        Err(error @ Error::Denied(_)) => {
            assert_eq!(error.errno(), wallsocket::errno::EACCES, "a refusal is EACCES");
            println!("closed: {}", denied(Err::<(), _>(error)));
        }
        Err(error) => panic!("neither open nor refused: {error}"),
    }
}

/// A socket that is connected to the test, to agree with it on what happens when.
pub(crate) struct Control(Socket);

impl Control {
    pub(crate) fn new(port: &str) -> Self {
        let socket = socket(AF_INET, SOCK_DGRAM, 0).expect("a socket");
        socket.connect(("127.0.0.1", number::<u16>(port))).expect("the way to the test is granted");
        Self(socket)
    }

    /// Tells the test something, and waits until it has done its part.
    pub(crate) fn tell(&self, what: impl ToString) -> String {
        self.0.send(what.to_string()).expect("the test hears it");
        String::from_utf8(self.0.recv(1000).expect("the test answers")).expect("in words")
    }
}
