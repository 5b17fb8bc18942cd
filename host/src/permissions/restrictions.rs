//! What was given up: sets of lines, each of which has to allow a request as well.

use super::denial::Denial;
use super::set::Permissions;

/// How often a guest may restrict itself, or a socket.
const MAX_SETS: usize = 16;

/// How many lines all of these restrictions may have.
const MAX_LINES: usize = 1024;

/// The restrictions of a guest or of a socket, oldest first. There is no way to take one back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Restrictions(Vec<Permissions>);

/// What is given up from the start.
impl From<Permissions> for Restrictions {
    fn from(first: Permissions) -> Self {
        Self(vec![first])
    }
}

impl Restrictions {
    /// Gives up for good what `permissions` doesn't allow.
    ///
    /// # Errors
    ///
    /// When there are [`MAX_SETS`] already, or they would have more than [`MAX_LINES`] lines: every set is asked about
    /// every request, so their number has to be bounded. Nothing is given up then.
    pub(crate) fn add(&mut self, permissions: Permissions) -> Result<(), Denial> {
        let lines: usize = self.0.iter().map(Permissions::line_count).sum();
        if self.0.len() == MAX_SETS || lines + permissions.line_count() > MAX_LINES {
            return Err(Denial::fixed(format!(
                "a guest restricts itself or a socket {MAX_SETS} times at most, with {MAX_LINES} lines altogether"
            )));
        }
        self.0.push(permissions);
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn sets(&self) -> impl Iterator<Item = &Permissions> {
        self.0.iter()
    }

    /// Both of them.
    pub(super) fn with(&self, more: &Self) -> Self {
        Self(self.0.iter().chain(&more.0).cloned().collect())
    }
}
