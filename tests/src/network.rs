//! Networks of a test's own: a namespace that goes with the thread that is in it.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Runs a test on a thread of its own whose network is its own too: loopback alone, and up. What the thread starts,
/// guests and programs, is in that network as well.
///
/// Without the privilege to make one the test is skipped, and says so.
pub fn alone(test: impl FnOnce() + Send + 'static) {
    let run = move || {
        // SAFETY: takes flags alone, and changes the network of this thread only.
        #[allow(unsafe_code, reason = "there is no safe wrapper here")]
        if unsafe { libc::unshare(libc::CLONE_NEWNET) } != 0 {
            println!("skipped: no network of one's own can be had here: {}", std::io::Error::last_os_error());
            return;
        }
        ip("link set lo up");
        test();
    };
    if let Err(panic) = thread::spawn(run).join() {
        std::panic::resume_unwind(panic);
    }
}

/// Waits until an interface is up in fact: the kernel drops what is sent before, and tells nobody.
///
/// # Panics
///
/// When it isn't after a while.
#[track_caller]
pub fn wait_until_up(interface: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if show(interface).contains("state UP") {
            return;
        }
        assert!(Instant::now() < deadline, "{interface} doesn't come up");
    }
}

/// What `ip` says of an interface in the calling thread's network: `2: left@right: <BROADCAST,MULTICAST> mtu …`.
///
/// # Panics
///
/// When iproute2 isn't installed.
#[track_caller]
pub fn show(interface: &str) -> String {
    let output = Command::new("ip").args(["-o", "link", "show", interface]).output().expect("iproute2 is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An interface's index, in digits.
///
/// # Panics
///
/// When iproute2 isn't installed.
#[track_caller]
pub fn index(interface: &str) -> String {
    show(interface).split(':').next().unwrap_or_default().to_owned()
}

/// Runs `ip` (iproute2) with these arguments in the calling thread's network.
///
/// # Panics
///
/// When it isn't there, or fails.
#[track_caller]
pub fn ip(arguments: &str) {
    let output = Command::new("ip").args(arguments.split(' ')).output().expect("iproute2 is installed");
    assert!(output.status.success(), "ip {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}
