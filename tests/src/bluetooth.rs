//! Bluetooth without hardware: two virtual controllers that hear each other, and nobody else.
//!
//! The kernel's `hci_vhci` gives a program that opens `/dev/vhci` a controller to be: it reads what the kernel tells its
//! hardware, and writes what that says. These two answer as much as it takes to come up and to have connections and
//! audio links between them. They are as plain as can be (Bluetooth 2.0, without low energy and pairing), so that links
//! need no keys.

#![allow(unsafe_code, reason = "the standard library has no Bluetooth")]
#![allow(clippy::disallowed_methods, reason = "a controller is no guest")]

mod controller;

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use controller::{Air, Side};

/// The address of the first controller, as the kernel has it: last byte first.
const ADDRESSES: [[u8; 6]; 2] = [[0x01, 0, 0, 0, 0, 0x02], [0x02, 0, 0, 0, 0, 0x02]];

/// How long the kernel may take to bring a controller up; on an emulated machine it takes a while.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the packet is, before each on `/dev/vhci`.
const COMMAND: u8 = 1;
const DATA: u8 = 2;
const AUDIO: u8 = 3;
const VENDOR: u8 = 0xff;

/// Two controllers, for as long as this lives.
pub struct Controllers {
    /// The numbers that the kernel has given them: `hci0` is 0.
    pub numbers: [u16; 2],
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Controllers {
    /// Their addresses, as they are written.
    pub const WRITTEN: [&'static str; 2] = ["02:00:00:00:00:01", "02:00:00:00:00:02"];

    /// Plugs them in, and brings them up.
    ///
    /// # Panics
    ///
    /// Without `/dev/vhci`, and when the kernel doesn't bring them up.
    #[must_use]
    pub fn start() -> Self {
        let (one, first) = plug_in();
        let (other, second) = plug_in();
        let ended = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&ended);
        let thread = std::thread::spawn(move || run([one, other], &stop));
        let controllers = Self { numbers: [first, second], ended, thread: Some(thread) };
        controllers.numbers.iter().for_each(|number| bring_up(*number));
        controllers
    }
}

impl Drop for Controllers {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join)
            && !std::thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }
}

/// A new controller, and its number.
fn plug_in() -> (File, u16) {
    let mut file = OpenOptions::new().read(true).write(true).open("/dev/vhci").expect("the module hci_vhci is loaded");
    // A primary controller, please.
    file.write_all(&[VENDOR, 0]).expect("the kernel takes a controller");
    let mut answer = [0; 4];
    file.read_exact(&mut answer).expect("it says which");
    assert_eq!(answer[..2], [VENDOR, 0], "the packet that tells the number");
    (file, u16::from_le_bytes([answer[2], answer[3]]))
}

/// Has both answer until they are to end.
fn run(mut files: [File; 2], ended: &AtomicBool) {
    let mut air = Air::new(ADDRESSES);
    let mut packet = [0; 4096];
    while !ended.load(Ordering::Relaxed) {
        let mut wanted =
            [&files[0], &files[1]].map(|file| libc::pollfd { fd: file.as_raw_fd(), events: libc::POLLIN, revents: 0 });
        // SAFETY: there are two of them.
        unsafe { libc::poll(wanted.as_mut_ptr(), 2, 20) };
        for (side, wanted) in [Side::One, Side::Other].into_iter().zip(wanted) {
            if wanted.revents & libc::POLLIN == 0 {
                continue;
            }
            let length = files[side as usize].read(&mut packet).expect("the kernel said that there is something");
            match &packet[..length] {
                [COMMAND, command @ ..] => air.command(side, command),
                [DATA, data @ ..] => air.data(side, data),
                [AUDIO, audio @ ..] => air.audio(side, audio),
                other => panic!("no packet of a host's: {other:?}"),
            }
            for (side, answer) in air.said() {
                files[side as usize].write_all(&answer).expect("the kernel listens");
            }
        }
    }
}

/// Brings an adapter up, as `hciconfig hci0 up` does.
fn bring_up(number: u16) {
    /// `_IOW('H', 201, int)` of hci_sock.h.
    const HCIDEVUP: libc::Ioctl = 0x4004_48c9u32 as libc::Ioctl;
    let socket = hci_socket().expect("the kernel has Bluetooth");
    let begin = Instant::now();
    loop {
        // SAFETY: takes a number.
        let up = unsafe { libc::ioctl(socket.as_raw_fd(), HCIDEVUP, libc::c_ulong::from(number)) };
        let error = io::Error::last_os_error();
        match error.raw_os_error() {
            _ if up == 0 => return,
            Some(libc::EALREADY) => return,
            // It is being set up still.
            _ if begin.elapsed() < PATIENCE => std::thread::yield_now(),
            _ => panic!("hci{number} doesn't come up: {error}"),
        }
    }
}

fn hci_socket() -> io::Result<OwnedFd> {
    const BTPROTO_HCI: libc::c_int = 1;
    // SAFETY: takes numbers alone.
    match unsafe { libc::socket(libc::AF_BLUETOOTH, libc::SOCK_RAW | libc::SOCK_CLOEXEC, BTPROTO_HCI) } {
        -1 => Err(io::Error::last_os_error()),
        // SAFETY: it is nobody else's.
        fd => Ok(unsafe { OwnedFd::from_raw_fd(fd) }),
    }
}
