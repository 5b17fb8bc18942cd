//! What this guest may do, and how it gives some of that up. Python has no counterpart.

use crate::bindings::wallsocket::socket::permissions as raw;

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
    raw::restrict(&grants).map_err(|error| GrantError {
        index: error.index as usize,
        column: error.column as usize,
        message: error.message,
    })
}
