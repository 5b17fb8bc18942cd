//! `permissions`: what a guest holds, and what of it it gives up.

use wasmtime::component::Resource;

use crate::bindings::permissions::{GrantError, Host};
use crate::ctx::SocketCtxView;
use crate::error::Error;
use crate::permissions::{self, Permissions};
use crate::socket::Socket;

impl Host for SocketCtxView<'_> {
    fn held(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(self.ctx.judge.lines())
    }

    fn restrict(&mut self, grants: Vec<String>) -> wasmtime::Result<Result<(), GrantError>> {
        let kept = match parse(&grants) {
            Ok(kept) => kept,
            Err(error) => return Ok(Err(error)),
        };
        let restricted = self.ctx.judge.restrict(kept);
        // What is bound stays so; but whom a datagram socket hears unasked is decided with each datagram.
        for socket in self.ctx.registry.sockets() {
            socket.filter(!self.ctx.judge.hears_anyone(&socket));
        }
        Ok(restricted.map_err(|denial| refused(0, 1, denial.reason().to_owned())))
    }

    fn restrict_socket(
        &mut self,
        socket: Resource<Socket>,
        grants: Vec<String>,
    ) -> wasmtime::Result<Result<(), GrantError>> {
        let kept = match parse(&grants) {
            Ok(kept) => kept,
            Err(error) => return Ok(Err(error)),
        };
        let restricted = self.table.get(&socket)?.description.restrict(kept, &self.ctx.restricted_lines);
        match restricted {
            Ok(()) => Ok(Ok(())),
            Err(Error::Denied(denial)) => Ok(Err(refused(0, 1, denial.reason().to_owned()))),
            Err(Error::Io(error)) => Ok(Err(refused(0, 1, error.to_string()))),
            Err(other) => Err(wasmtime::Error::msg(format!("{other:?}"))),
        }
    }
}

/// A guest's lines.
fn parse(grants: &[String]) -> Result<Permissions, GrantError> {
    let mut kept = Permissions::builder();
    for (index, line) in grants.iter().enumerate() {
        kept = kept.allow(line).map_err(|error| refused(index, error.column(), expected(&error)))?;
    }
    Ok(kept.build())
}

fn refused(index: usize, column: usize, message: String) -> GrantError {
    GrantError {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
        message,
    }
}

/// What was expected. The line and the place, which its `Display` has too, cross as numbers.
fn expected(error: &permissions::GrantError) -> String {
    match error.hint() {
        Some(hint) => format!("expected {} ({hint})", error.expected()),
        None => format!("expected {}", error.expected()),
    }
}
