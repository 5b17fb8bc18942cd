//! What this guest may do, and how it gives some of that up. Python has no counterpart.

use crate::bindings::wallsocket::socket::permissions as raw;
use crate::error::Error;
use crate::socket::Socket;

/// Why [`restrict`] didn't take a list of grants; nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("grant {index}, column {column}: {message}")]
pub struct GrantError {
    /// Which line, counted from 0.
    pub index: usize,
    /// Where in the line, in characters counted from 1.
    pub column: usize,
    /// What was expected there.
    pub message: String,
}

/// The grants held, one line each, as the command line and a policy file take them; refusals begin with
/// `deny`. After [`restrict`] each of its sets follows, its lines beginning with `only`.
#[must_use]
pub fn held() -> Vec<String> {
    raw::held()
}

/// From now on, and for good, allows only what these grants cover *and* was allowed before. An empty list
/// gives everything up. Sockets that are connected or bound stay so.
///
/// ```no_run
/// let config = std::fs::read_to_string("server.txt")?;
/// wallsocket::permissions::restrict(&[format!("tcp connect {}:443", config.trim())])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A line that doesn't parse, or more than 16 calls.
pub fn restrict<S: AsRef<str>>(grants: &[S]) -> Result<(), GrantError> {
    let grants: Vec<&str> = grants.iter().map(AsRef::as_ref).collect();
    Ok(raw::restrict(&grants)?)
}

impl Socket {
    /// From now on, and for good, lets this socket do only what these grants cover *and* this guest may do. An empty list
    /// lets it do nothing new. That goes with the socket: for its duplicates, connections that are accepted from it later,
    /// and whoever on the same host it is shared with or passed to. What it is connected or bound to it stays so.
    ///
    /// ```no_run
    /// use wallsocket::{AF_INET, SOCK_STREAM};
    /// let sock = wallsocket::socket(AF_INET, SOCK_STREAM, 0)?;
    /// sock.restrict(&["tcp connect api.example.com:443"])?;
    /// # Ok::<(), wallsocket::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Value`] (a line that doesn't parse, more than 16 calls or 1,024 lines, more lines than the host keeps for
    /// this guest's sockets); then nothing changes. `EBADF`.
    pub fn restrict<S: AsRef<str>>(&self, grants: &[S]) -> crate::Result<()> {
        let grants: Vec<&str> = grants.iter().map(AsRef::as_ref).collect();
        let restricted = self.shared.with(|handle| raw::restrict_socket(handle, &grants))?;
        restricted.map_err(|error| Error::Value(GrantError::from(error).to_string().into()))
    }
}

impl From<raw::GrantError> for GrantError {
    fn from(error: raw::GrantError) -> Self {
        Self { index: error.index as usize, column: error.column as usize, message: error.message }
    }
}
