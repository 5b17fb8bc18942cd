//! The raw imports, generated from `wit/`. The rest of the crate is what makes them pleasant.
//!
//! Outside a component there is no host to import from: on other targets the functions compile and panic
//! when called, which is what lets the crate's pure parts be tested natively.

// Generated code isn't ours to lint.
#![allow(missing_docs, unsafe_code, unreachable_pub, clippy::all)]

wit_bindgen::generate!({
    path: "wit",
    world: "imports",
    ownership: Borrowing { duplicate_if_necessary: false },
    additional_derives: [PartialEq, Eq, Hash],
    additional_derives_ignore: [
        "incoming-right", "outgoing-right", "incoming-message", "outgoing-message", "received", "interest",
    ],
    additional_type_attributes: {
        "wallsocket:socket/messages@0.1.0/outgoing-right": [#[derive(Clone, Copy)]],
        "wallsocket:socket/messages@0.1.0/outgoing-message": [#[derive(Clone, Copy)]],
    },
    with: {
        "wasi:io/error@0.2.12": wasip2::io::error,
        "wasi:io/poll@0.2.12": wasip2::io::poll,
        "wasi:io/streams@0.2.12": wasip2::io::streams,
        "wasi:clocks/wall-clock@0.2.12": wasip2::clocks::wall_clock,
        "wasi:filesystem/types@0.2.12": wasip2::filesystem::types,
    },
});
