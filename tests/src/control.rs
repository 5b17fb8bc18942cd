//! Where guests tell a test how far they are, and wait to be told to go on.

#![allow(clippy::disallowed_methods, reason = "the peers of guests are native")]

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use crate::host::Hosted;

/// A socket that guests send words to, and wait at for an answer.
#[derive(Debug)]
pub struct Control(UdpSocket);

impl Control {
    /// At a free port; who is waited for longer than that is given up.
    ///
    /// # Panics
    ///
    /// Where there is no port.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        socket.set_read_timeout(Some(patience)).expect("a timeout");
        Self(socket)
    }

    /// Where it is.
    ///
    /// # Panics
    ///
    /// Never: it is bound.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.local_addr().expect("its address").port()
    }

    /// The line that lets a guest speak to it.
    #[must_use]
    pub fn grant(&self) -> String {
        format!("udp send 127.0.0.1:{}", self.port())
    }

    /// What a guest says, and where it is; it waits for [`Control::answer`].
    ///
    /// # Panics
    ///
    /// Where none says anything.
    #[track_caller]
    #[must_use]
    pub fn hear(&self) -> (String, SocketAddr) {
        let mut words = [0; 200];
        let (length, from) = self.0.recv_from(&mut words).expect("a guest speaks");
        (String::from_utf8_lossy(&words[..length]).into_owned(), from)
    }

    /// Tells a guest that.
    ///
    /// # Panics
    ///
    /// Where it can't be told.
    pub fn answer(&self, to: SocketAddr, words: &str) {
        self.0.send_to(words.as_bytes(), to).expect("the guest is there");
    }

    /// Hears a guest and lets it go on.
    ///
    /// # Panics
    ///
    /// Where none says anything.
    #[track_caller]
    pub fn heard(&self) -> String {
        let (words, from) = self.hear();
        self.answer(from, "go on");
        words
    }

    /// Gives the token to the guest that asks for it.
    ///
    /// # Panics
    ///
    /// Where none asks.
    #[track_caller]
    pub fn give(&self, token: &str) {
        let (asked, from) = self.hear();
        assert_eq!(asked, "token?", "the guest asks for what is shared with it");
        self.answer(from, token);
    }

    /// Waits until so many guests have said this; none of them goes on before it is answered.
    ///
    /// # Panics
    ///
    /// Where one says something else, or not all of them say it; then with what those said that have ended.
    #[track_caller]
    pub fn hear_all(&self, count: usize, expected: &str, guests: &[Hosted]) -> Vec<SocketAddr> {
        let mut words = [0; 200];
        let mut from = Vec::new();
        while from.len() < count {
            let Ok((length, guest)) = self.0.recv_from(&mut words) else {
                let ended: String = guests.iter().filter(|guest| guest.has_ended()).map(Hosted::errors).collect();
                panic!("{} of {count} guests have said `{expected}`; those that have ended: {ended}", from.len());
            };
            assert_eq!(String::from_utf8_lossy(&words[..length]), expected);
            from.push(guest);
        }
        from
    }

    /// Lets all of them go on.
    ///
    /// # Panics
    ///
    /// Where one can't be told.
    pub fn answer_all(&self, guests: &[SocketAddr]) {
        guests.iter().for_each(|guest| self.answer(*guest, "go on"));
    }
}
