//! Every name of Python's `socket` is in the SDK: this compiles.

mod names;

use wallsocket::{Address, Control, Socket};

/// Calls of every method and attribute of sockets, which are compiled and never made.
macro_rules! methods {
    (|$socket:ident, $file:ident| $($name:literal: $call:expr;)*) => {
        const METHODS: &[&str] = &[$($name),*];

        fn every_method($socket: Socket, $file: &wasip2::filesystem::types::Descriptor) {
            $(let _ = $call;)*
        }
    };
}

methods! { |socket, file|
    "accept": socket.accept();
    "bind": socket.bind(("", 0));
    "connect": socket.connect(("localhost", 80));
    "connect_ex": socket.connect_ex(("localhost", 80));
    "dup": socket.dup();
    "fileno": socket.fileno();
    "get_inheritable": socket.get_inheritable();
    "getblocking": socket.getblocking();
    "getpeername": socket.getpeername();
    "getsockname": socket.getsockname();
    "getsockopt": (socket.getsockopt(0, 0), socket.getsockopt_bytes(0, 0, 4));
    "gettimeout": socket.gettimeout();
    "ioctl": socket.ioctl(Control::ReceiveAll(0));
    "listen": (socket.listen(None), socket.listen(5));
    "makefile": (std::io::BufReader::new(&socket), std::io::BufWriter::new(&socket));
    "recv": (socket.recv(1), socket.recv_flags(1, 0));
    "recv_into": (socket.recv_into(&mut [0]), socket.recv_into_flags(&mut [0], 0));
    "recvfrom": (socket.recvfrom(1), socket.recvfrom_flags(1, 0));
    "recvfrom_into": (socket.recvfrom_into(&mut [0]), socket.recvfrom_into_flags(&mut [0], 0));
    "recvmsg": socket.recvmsg(1, 0, 0);
    "recvmsg_into": socket.recvmsg_into(&mut [&mut [0]], 0, 0);
    "send": (socket.send("x"), socket.send_flags("x", 0));
    "sendall": (socket.sendall("x"), socket.sendall_flags("x", 0));
    "sendfile": socket.sendfile(file, 0, None);
    "sendmsg": socket.sendmsg(&[b"x"], &[], 0, Address::Unspecified);
    "sendmsg_afalg": socket.sendmsg_afalg(&[b"x"], 0, None, None, 0);
    "sendto": (socket.sendto("x", ("localhost", 7)), socket.sendto_flags("x", 0, ("localhost", 7)));
    "set_inheritable": socket.set_inheritable(false);
    "setblocking": socket.setblocking(true);
    "setsockopt": (socket.setsockopt(0, 0, 1), socket.setsockopt(0, 0, b"x"));
    "settimeout": (socket.settimeout(None), socket.settimeout(2.5));
    "share": socket.share("1");
    "shutdown": socket.shutdown(wallsocket::SHUT_RD);
    "family": socket.family();
    "proto": socket.proto();
    "timeout": socket.gettimeout();
    "type": socket.type_();
    "__enter__": std::convert::identity(&socket);
    "detach": Socket::detach as fn(Socket) -> i32;
    "close": Socket::close as fn(Socket) -> wallsocket::Result<()>;
    "__exit__": drop(socket);
}

/// Prints each method, and each constant with its value.
pub(crate) fn every_name_is_there(_: &[String]) {
    let _: fn(Socket, &wasip2::filesystem::types::Descriptor) = every_method;
    for name in METHODS {
        println!("socket.{name}");
    }
    for (name, value) in names::CONSTANTS {
        println!("{name} {value}");
    }
}

/// Sets and reads options `LEVEL,NUMBER` in every way, and prints what all of that gave.
pub(crate) fn options_are_attempted(attempts: &[String]) {
    let sock = wallsocket::socket(-1, -1, -1).expect("a socket");
    for attempt in attempts {
        let numbers: Vec<i32> = attempt.split(',').map(crate::check::number).collect();
        let (level, option) = (numbers[0], numbers[1]);
        let outcomes = [
            sock.setsockopt(level, option, 1),
            sock.setsockopt(level, option, &[1; 64]),
            sock.setsockopt(level, option, wallsocket::OptionValue::Null(4)),
            sock.getsockopt(level, option).map(drop),
            sock.getsockopt_bytes(level, option, 64).map(drop),
        ];
        let mut names: Vec<&str> = outcomes
            .into_iter()
            .map(|outcome| match outcome {
                Ok(()) => "done",
                Err(error) => wallsocket::errno::name(error.errno()).unwrap_or("another error"),
            })
            .collect();
        names.dedup();
        println!("{attempt} {}", names.join("/"));
    }
}

/// Makes sockets of `FAMILY,TYPE,PROTOCOL`, and prints what each attempt gave.
pub(crate) fn sockets_are_attempted(attempts: &[String]) {
    for attempt in attempts {
        let numbers: Vec<i32> = attempt.split(',').map(crate::check::number).collect();
        let outcome = match wallsocket::socket(numbers[0], numbers[1], numbers[2]) {
            Ok(_) => "made",
            Err(error) => wallsocket::errno::name(error.errno()).unwrap_or("another error"),
        };
        println!("{attempt} {outcome}");
    }
}
