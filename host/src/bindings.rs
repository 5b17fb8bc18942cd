//! What wasmtime's `bindgen!` makes of `wit/`.
//!
//! Calls that may wait are `async` here and plain functions to the guest. `transfer` is generated for its
//! types only: `interfaces::transfer` links its functions by hand, to read a guest's data where it lies.

#![allow(missing_docs, unreachable_pub)]

wasmtime::component::bindgen!({
    path: "wit",
    world: "wallsocket:socket/imports",
    imports: {
        "wallsocket:socket/sockets.[static]socket.create": async | trappable,
        "wallsocket:socket/sockets.[static]socket.pair": async | trappable,
        "wallsocket:socket/sockets.[static]socket.close": async | trappable,
        "wallsocket:socket/sockets.[method]socket.bind": async | trappable,
        "wallsocket:socket/sockets.[method]socket.accept": async | trappable,
        "wallsocket:socket/sockets.[method]socket.connect": async | trappable,
        "wallsocket:socket/messages.sendmsg": async | trappable,
        "wallsocket:socket/messages.recvmsg": async | trappable,
        "wallsocket:socket/options.set": async | trappable,
        "wallsocket:socket/files.sendfile": async | trappable,
        "wallsocket:socket/poll.poll": async | trappable,
        "wallsocket:socket/names.getaddrinfo": async | trappable,
        "wallsocket:socket/names.getnameinfo": async | trappable,
        "wallsocket:socket/names.gethostbyname": async | trappable,
        "wallsocket:socket/names.gethostbyname-ex": async | trappable,
        "wallsocket:socket/names.gethostbyaddr": async | trappable,
        "wallsocket:socket/names.getservbyname": async | trappable,
        "wallsocket:socket/names.getservbyport": async | trappable,
        "wallsocket:socket/names.getprotobyname": async | trappable,
        default: trappable,
    },
    trappable_error_type: {
        "wallsocket:socket/types.error" => crate::error::Error,
    },
    with: {
        "wasi": wasmtime_wasi::p2::bindings,
        "wallsocket:socket/sockets.socket": crate::socket::Socket,
        "wallsocket:socket/messages.opaque-handle": crate::interfaces::messages::OpaqueHandle,
    },
    require_store_data_send: true,
});

pub(crate) use wallsocket::socket::*;
