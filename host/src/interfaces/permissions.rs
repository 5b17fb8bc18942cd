//! `permissions`: what a guest holds, and what of it it gives up.

use crate::bindings::permissions::{GrantError, Host};
use crate::ctx::SocketCtxView;
use crate::permissions::{self, Permissions};

impl Host for SocketCtxView<'_> {
    fn held(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.ctx.judge.lines())
    }

    fn restrict(&mut self, grants: Vec<String>) -> wasmtime::Result<Result<(), GrantError>> {
        let refused = |index: usize, column: usize, message: String| GrantError {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            message,
        };
        let mut kept = Permissions::builder();
        for (index, line) in grants.iter().enumerate() {
            kept = match kept.allow(line) {
                Ok(kept) => kept,
                Err(error) => return Ok(Err(refused(index, error.column(), expected(&error)))),
            };
        }
        let restricted = self.ctx.judge.restrict(kept.build());
        // What is bound stays so; but whom a datagram socket hears unasked is decided with each datagram.
        for socket in self.ctx.registry.sockets() {
            socket.filter(!self.ctx.judge.hears_anyone(&socket));
        }
        Ok(restricted.map_err(|denial| refused(0, 1, denial.reason().to_owned())))
    }
}

/// What was expected. The line and the place, which its `Display` has too, cross as numbers.
fn expected(error: &permissions::GrantError) -> String {
    match error.hint() {
        Some(hint) => format!("expected {} ({hint})", error.expected()),
        None => format!("expected {}", error.expected()),
    }
}
