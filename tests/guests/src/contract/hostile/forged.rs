//! Handles that the guest hasn't got: numbers of its own making, handles of another kind, and the same handle twice. The
//! component model has the engine end a guest that uses one, before the host sees the call.

#![allow(unsafe_code, reason = "it is what safe bindings keep a guest from")]

use super::super::bindings::wallsocket::socket::*;
use super::state::State;
use sockets::Socket;
use wasip2::io::poll::Pollable;

/// A function and what calls it.
type Call = (&'static str, fn(&mut State) -> bool);

#[rustfmt::skip]
pub(super) static FORGED: &[Call] = &[
    ("forged: a number", |s| transfer::send(&forged(s.number()), b"x", 0).is_ok()),
    ("forged: a number, closed", |s| Socket::close(forged(s.number())).is_ok()),
    ("forged: a number, dropped", |s| { drop(forged(s.number())); true }),
    ("forged: a socket closed twice", |s| {
        let socket = s.take();
        let twin = forged(socket.handle());
        _ = Socket::close(socket);
        Socket::close(twin).is_ok()
    }),
    ("forged: a socket used when it is closed", |s| {
        let socket = s.take();
        let twin = forged(socket.handle());
        _ = Socket::close(socket);
        transfer::recv(&twin, 1, 0).is_ok()
    }),
    ("forged: a pollable as a socket", |s| {
        let Ok(pollable) = poll::subscribe(&s.sockets[0], poll::Events::WRITABLE) else { return false };
        transfer::send(&forged(pollable.handle()), b"x", 0).is_ok()
    }),
    ("forged: a socket as a pollable", |s| {
        // SAFETY: none; that is what this is about.
        let pollable = unsafe { Pollable::from_handle(s.sockets[0].handle()) };
        pollable.ready()
    }),
    ("forged: a socket polled and closed at once", |s| {
        let socket = s.take();
        let twin = forged(socket.handle());
        let interests = [poll::Interest { socket: &twin, events: poll::Events::READABLE }];
        _ = Socket::close(socket);
        poll::poll(&interests, Some(0)).is_ok()
    }),
];

/// A handle of any number but 0 and the highest, which the bindings stop at themselves.
fn forged(number: u32) -> Socket {
    // SAFETY: none; that is what this is about.
    unsafe { Socket::from_handle(number.clamp(1, u32::MAX - 1)) }
}
