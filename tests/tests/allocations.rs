//! What the host allocates for a guest that asks for too much. A program of its own: it counts every allocation.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]
#![allow(unsafe_code, reason = "an allocator is unsafe to write")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write;
use std::net::{TcpListener, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};

use wallsocket_tests::Guest;

/// The largest allocation so far.
static LARGEST: AtomicUsize = AtomicUsize::new(0);

struct Watching;

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is handed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is handed on.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LARGEST.fetch_max(size, Ordering::Relaxed);
        // SAFETY: the caller's promise is handed on.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Watching = Watching;

/// The largest allocation since this was asked last.
#[track_caller]
fn largest_is(within: std::ops::RangeInclusive<usize>, rule: &str) {
    let largest = LARGEST.swap(0, Ordering::Relaxed);
    assert!(within.contains(&largest), "{rule}: {largest} bytes at once");
}

#[test]
fn a_receive_allocates_no_more_than_its_clamp_and_cuts_no_datagram() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("its address").port();
    let control = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let control_port = control.local_addr().expect("its address").port();
    let mut running = Guest::new("receive_with_huge_buffers")
        .arg(port)
        .arg(control_port)
        .allow(format!("tcp connect 127.0.0.1:{port}"))
        .allow(format!("udp send 127.0.0.1:{control_port}"))
        .allow("udp bind 127.0.0.1:0")
        .start();
    let (stream, _) = listener.accept().expect("the guest comes");
    let mut stream = Some(stream);
    let mut words = [0; 100];
    // It asks five times.
    for _ in 0..5 {
        let (length, guest) = control.recv_from(&mut words).expect("the guest speaks");
        let what = String::from_utf8_lossy(&words[..length]).into_owned();
        match what.split_once(' ') {
            None if what == "stream" => {
                // Compiling the guest is over; what is allocated from here on is for its calls.
                LARGEST.store(0, Ordering::Relaxed);
                let mut writer = stream.take().expect("it is asked for once");
                std::thread::spawn(move || drop(writer.write_all(&[7; 1 << 20])));
            }
            None if what == "all" => {
                largest_is(0..=256 << 10, "a stream is read in pieces, or where the guest has them")
            }
            None => largest_is(60_000..=2 << 20, "MSG_WAITALL takes twice what has come, and not what was asked for"),
            Some((_, port)) => {
                let to = ("127.0.0.1", port.parse().expect("a port"));
                control.send_to(&[7; 65_507], to).expect("the largest datagram of IPv4");
            }
        }
        control.send_to(b"go on", guest).expect("the guest is there");
    }
    assert_eq!(running.line(), "done");
    largest_is(60_000..=150_000, "a message takes as much as is queued");
    let output = running.wait();
    assert_eq!(output.status, 0, "{}", output.stderr);
}
