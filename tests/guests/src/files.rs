//! Files that are sent.

use std::io::{Read, Seek, SeekFrom, Write};

use wallsocket::errno::{EBADF, EINVAL, EPIPE};
use wallsocket::*;
use wasip2::filesystem::types::{Descriptor, DescriptorFlags, OpenFlags, PathFlags};

use crate::check::{Control, number};
use crate::help::{connected, fails};

/// More than any socket takes at once.
const LARGE: usize = 16 << 20;

/// What stands at an offset of the file that this makes.
fn pattern(offset: usize) -> u8 {
    (offset / 7 % 251) as u8
}

fn make(path: &str, size: usize) {
    std::fs::write(path, (0..size).map(pattern).collect::<Vec<_>>()).expect("the directory is there to write to");
}

/// Opens what lies in the guest's one directory.
fn open(path: &str, open: OpenFlags, flags: DescriptorFlags) -> Descriptor {
    let (directory, _) = wasip2::filesystem::preopens::get_directories().into_iter().next().expect("a directory");
    directory.open_at(PathFlags::empty(), path, open, flags).expect("it can be opened")
}

/// Sends a large file to the test, and a part of it; the test looks at what comes.
pub(crate) fn send_a_large_file(arguments: &[String]) {
    make("/large", LARGE);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    let mut file = File::open("/large").expect("it is there");
    assert_eq!(sock.sendfile(&mut file, 0, None), Ok(LARGE as u64), "to its end");
    assert_eq!(file.tell(), LARGE as u64, "which is where it stands then");
    assert_eq!(sock.sendfile(&mut file, 1000, 500), Ok(500), "a part of it");
    assert_eq!(file.tell(), 1500);
    assert_eq!(sock.sendfile(file.descriptor(), LARGE as u64 - 3, 10), Ok(3), "no further than its end");
    assert_eq!(sock.sendfile("/large", 0, 2), Ok(2), "by its path");
    let mut std = std::fs::File::open("/large").expect("it is there");
    assert_eq!(sock.sendfile(&mut std, 5, 100_000), Ok(100_000), "one of the standard library is copied");
    assert_eq!(std.stream_position().expect("it has one"), 100_005);
}

/// What a file's size and the arguments leave to send.
pub(crate) fn files_end_where_they_end(_: &[String]) {
    make("/ten", 10);
    make("/empty", 0);
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let mut file = File::open("/ten").expect("it is there");
    assert_eq!(one.sendfile("/empty", 0, None), Ok(0), "of nothing nothing is sent");
    assert_eq!(one.sendfile(&mut file, 10, None), Ok(0), "there is nothing at the end");
    assert_eq!(one.sendfile(&mut file, 1 << 40, 5), Ok(0), "nor beyond it");
    assert_eq!(file.tell(), 0, "where nothing went the file stands as it stood");
    fails(one.sendfile(&mut file, 1 << 63, None), EINVAL, "no file is so long");
    assert_eq!(one.sendfile(&mut file, 4, u64::MAX), Ok(6));
    let mut rest = String::new();
    assert_eq!(file.read_to_string(&mut rest).expect("it can be read, too"), 0);
    file.seek(SeekFrom::End(-2)).expect("it has an end");
    assert_eq!(file.read(&mut [0; 10]).expect("it can be read"), 2);
    assert_eq!(other.recv(100).expect("six bytes"), (4..10).map(pattern).collect::<Vec<_>>());
}

pub(crate) fn what_is_no_file_or_no_stream_is_refused(_: &[String]) {
    make("/ten", 10);
    let (one, other) = socketpair(AF_UNIX, SOCK_STREAM, 0).expect("a pair");
    let is_value = |result: Result<u64>, text: &str| match result {
        Err(Error::Value(found)) => assert_eq!(found, text, "Python's ValueError"),
        other => panic!("{other:?} instead of {text}"),
    };
    let mut file = File::open("/ten").expect("it is there");
    is_value(one.sendfile(&mut file, 0, 0), "count must be a positive integer (got 0)");
    let (datagrams, _other) = socketpair(AF_UNIX, SOCK_DGRAM, 0).expect("a pair");
    is_value(datagrams.sendfile(&mut file, 0, None), "only SOCK_STREAM type sockets are supported");
    one.settimeout(0).expect("a mode");
    is_value(one.sendfile(&mut file, 0, None), "non-blocking sockets are not supported");
    one.settimeout(None).expect("a mode");
    let directory = open(".", OpenFlags::DIRECTORY, DescriptorFlags::READ);
    fails(one.sendfile(&directory, 0, None), EINVAL, "a directory has no bytes");
    let to_write = open("ten", OpenFlags::empty(), DescriptorFlags::WRITE);
    fails(one.sendfile(&to_write, 0, None), EBADF, "what can't be read can't be sent");
    fails(one.sendfile("/none", 0, None), errno::ENOENT, "there is no such file");
    drop(other);
    fails(one.sendfile(&mut file, 0, None), EPIPE, "nobody is there any more");
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    fails(sock.sendfile(&mut file, 0, None), EPIPE, "nor ever was: as Linux says it of a TCP socket");
}

pub(crate) fn a_file_tells_what_went_before_an_error(_: &[String]) {
    make("/large", LARGE);
    for by_the_host in [true, false] {
        let (one, other) = connected();
        one.settimeout(0.05).expect("a time");
        let mut file = File::open("/large").expect("it is there");
        let mut copied = std::fs::File::open("/large").expect("it is there");
        let ended = if by_the_host { one.sendfile(&mut file, 3, None) } else { one.sendfile(&mut copied, 3, None) };
        assert_eq!(ended, Err(Error::Timeout), "nobody reads");
        let stands = if by_the_host { file.tell() } else { copied.stream_position().expect("it has one") };
        drop(one);
        let mut received = Vec::new();
        (&other).read_to_end(&mut received).expect("it ends in order");
        assert_eq!(stands - 3, received.len() as u64, "the file stands where what went ends");
        assert!(!received.is_empty() && received.iter().zip(3..).all(|(byte, offset)| *byte == pattern(offset)));
    }
}

/// A slow reader makes each wait short, and the whole longer than the timeout.
pub(crate) fn the_timeout_is_for_each_wait(arguments: &[String]) {
    make("/large", LARGE);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.setsockopt(SOL_SOCKET, SO_SNDBUF, 20_000).expect("a size");
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    sock.settimeout(1).expect("a time");
    let began = std::time::Instant::now();
    assert_eq!(sock.sendfile("/large", 0, None), Ok(LARGE as u64), "as long as it goes on");
    assert!(began.elapsed().as_secs_f64() > 1.0, "it took longer than the timeout: {:?}", began.elapsed());
}

/// Sends a file to who doesn't read it yet, and tells the test before and after.
pub(crate) fn send_a_file_to_a_slow_peer(arguments: &[String]) {
    make("/large", LARGE);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    let control = Control::new(&arguments[1]);
    control.tell("sending");
    assert_eq!(sock.sendfile("/large", 0, None), Ok(LARGE as u64));
    control.tell("sent");
}

/// Makes a file, and begins to send it to who doesn't read.
pub(crate) fn send_a_file_for_ever(arguments: &[String]) {
    make("/large", LARGE);
    let sock = socket(AF_INET, SOCK_STREAM, 0).expect("a socket");
    sock.connect(("127.0.0.1", number::<u16>(&arguments[0]))).expect("it is granted");
    println!("sends");
    std::io::stdout().flush().expect("the test reads it");
    panic!("it should have waited for ever: {:?}", sock.sendfile("/large", 0, None));
}
