//! File objects over sockets: Python's `makefile`.

use std::io::{BufRead, ErrorKind, Read, Write};

use wallsocket::*;

use crate::help::fails;

fn pair() -> (Socket, Socket) {
    socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair")
}

pub(crate) fn lines_are_written_and_read(_: &[String]) {
    let (one, other) = pair();
    let mut file = one.makefile("rw", None).expect("both directions");
    assert_eq!((file.mode(), file.readable(), file.writable()), ("rwb", true, true));
    assert_eq!(file.fileno(), one.fileno());
    write!(file, "first line\nsecond").expect("it is buffered");
    other.settimeout(0).expect("a mode");
    fails(other.recv(1), errno::EAGAIN, "what is buffered hasn't gone");
    file.flush().expect("it takes it");
    assert_eq!(other.recv(100).expect("it went"), b"first line\nsecond");
    other.sendall("one\ntwo\nthree").expect("room");
    other.shutdown(SHUT_WR).expect("it is connected");
    let mut line = String::new();
    file.read_line(&mut line).expect("a line");
    assert_eq!(line, "one\n");
    assert_eq!(file.lines().map(|line| line.expect("text")).collect::<Vec<_>>(), ["two", "three"]);
}

pub(crate) fn a_mode_is_kept_to(_: &[String]) {
    let (one, other) = pair();
    other.sendall("hello").expect("room");
    let mut reader = one.makefile("rb", 0).expect("without a buffer");
    let mut first = [0; 2];
    reader.read_exact(&mut first).expect("two bytes");
    assert_eq!(one.recv(100).expect("the rest"), b"llo", "without a buffer nothing is read ahead");
    assert_eq!(reader.write(b"x").expect_err("it only reads").to_string(), "File or stream is not writable.");
    let mut writer = one.makefile("wb", 0).expect("without a buffer");
    writer.write_all(b"at once").expect("room");
    assert_eq!(other.recv(100).expect("it went"), b"at once", "without a buffer it goes as it is written");
    assert_eq!(writer.read(&mut first).expect_err("it only writes").to_string(), "File or stream is not readable.");
    assert!(matches!(one.makefile("x", None), Err(Error::Value(_))), "Python's ValueError");
    assert!(matches!(one.makefile("w", 0), Err(Error::Value(_))), "text has a buffer");
}

pub(crate) fn a_socket_is_closed_when_its_files_are(_: &[String]) {
    let ended = |other: &Socket| {
        other.settimeout(0).expect("a mode");
        match other.recv(100) {
            Ok(data) => data.is_empty(),
            Err(error) => {
                assert_eq!(error, Error::Os(errno::EAGAIN));
                false
            }
        }
    };
    let (one, other) = pair();
    let mut reader = one.makefile("r", None).expect("a file");
    let mut writer = one.makefile("w", None).expect("another");
    let number = one.fileno();
    one.close().expect("it is closed, but for its files");
    assert!(!ended(&other), "the files keep it open");
    other.settimeout(None).expect("a mode");
    writer.write_all(b"still there").expect("it is buffered");
    writer.close().expect("what it held goes first");
    assert_eq!(other.recv(100).expect("it went"), b"still there");
    other.sendall("answer").expect("the reader is there");
    reader.read_exact(&mut [0; 6]).expect("it reads");
    assert_eq!(reader.fileno(), number);
    drop(reader);
    assert!(ended(&other), "the last one closed it");
    fails(wallsocket::close(number), errno::EBADF, "its number is nobody's");

    let (one, other) = pair();
    let file = one.makefile("r", None).expect("a file");
    file.close().expect("nothing to write");
    assert!(!ended(&other), "a file that is closed leaves the socket open");
    drop(one);
    assert!(ended(&other), "and doesn't keep it from being closed");

    let (one, other) = pair();
    let file = one.makefile("r", None).expect("a file");
    drop(one);
    assert!(!ended(&other), "dropping is closing");
    drop(file);
    assert!(ended(&other));
}

pub(crate) fn a_file_that_timed_out_reads_no_more(_: &[String]) {
    let (one, other) = pair();
    one.settimeout(0.02).expect("a time");
    let mut file: SocketFile = one.makefile("rw", None).expect("a file");
    assert_eq!(file.read(&mut [0; 9]).expect_err("nobody says anything").kind(), ErrorKind::TimedOut);
    other.sendall("too late").expect("room");
    let error = file.read(&mut [0; 9]).expect_err("it has timed out");
    assert_eq!(error.to_string(), "cannot read from timed out object");
    file.write_all(b"x").and_then(|()| file.flush()).expect("writing goes on");
    assert_eq!(other.recv(9).expect("it went"), b"x");
    assert_eq!(one.recv(9).expect("the socket goes on"), b"too late");
    one.settimeout(0).expect("a mode");
    let mut file = one.makefile("rb", 0).expect("a file");
    assert_eq!(file.read(&mut [0; 9]).expect_err("not now").kind(), ErrorKind::WouldBlock, "Python returns None");
}

pub(crate) fn closing_a_file_tells_what_failed(_: &[String]) {
    let (one, other) = pair();
    let mut file = one.makefile("w", None).expect("a file");
    file.write_all(b"in vain").expect("it is buffered");
    drop(other);
    assert_eq!(file.close().expect_err("nobody is there").kind(), ErrorKind::BrokenPipe);
    let number = one.fileno();
    wallsocket::close(number).expect("by its number it is closed at once");
    fails(one.makefile("r", None), errno::EBADF, "there is no socket any more");
}
