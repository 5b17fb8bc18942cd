//! Options with odd values, as tests/odd_values.py sets and reads them in native Python.

use wallsocket::*;

/// The cases, divided by spaces. It prints an error number for each.
pub(crate) fn options_with_odd_values(arguments: &[String]) {
    for case in arguments.iter().flat_map(|argument| argument.split_whitespace()) {
        let parts: Vec<&str> = case.split(':').collect();
        let &[kind, level, option, what, argument] = parts.as_slice() else { panic!("no case: {case}") };
        let number = |text: &str| text.parse::<i32>().unwrap_or_else(|error| panic!("{case}: {error}"));
        let (level, option, argument) = (number(level), number(option), number(argument));
        let sock = match kind {
            "tcp" => socket(AF_INET, SOCK_STREAM, 0),
            "tcp6" => socket(AF_INET6, SOCK_STREAM, 0),
            "udp" => socket(AF_INET, SOCK_DGRAM, 0),
            "udp6" => socket(AF_INET6, SOCK_DGRAM, 0),
            _ => socket(AF_UNIX, SOCK_STREAM, 0),
        };
        let sock = sock.expect("a socket");
        let length = usize::try_from(argument).unwrap_or(0);
        let done = match what {
            "int" => sock.setsockopt(level, option, argument),
            "bytes" => sock.setsockopt(level, option, &vec![0; length]),
            "ones" => sock.setsockopt(level, option, &vec![1; length]),
            "high" => sock.setsockopt(level, option, &vec![0xff; length]),
            "null" => sock.setsockopt(level, option, OptionValue::Null(length as u32)),
            "get" => sock.getsockopt(level, option).map(drop),
            _ => sock.getsockopt_bytes(level, option, length).map(drop),
        };
        match done {
            Ok(()) => println!("{case} 0"),
            Err(Error::Os(errno)) => println!("{case} {errno}"),
            Err(error) => panic!("{case}: {error}"),
        }
    }
}
