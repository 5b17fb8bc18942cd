//! Python's `socket` module for Rust programs that are compiled to `wasm32-wasip2`.
//!
//! A component has no sockets of its own: every call here goes to the host that runs it, which asks its
//! grants first. A grant is one line, and a refusal ([`Error::Denied`]) shows the line that is missing.
//!
//! An echo client, to be run with `wallsocket run --allow 'tcp connect localhost:7' echo.wasm`:
//!
//! ```no_run
//! fn main() -> wallsocket::Result<()> {
//!     let sock = wallsocket::create_connection(("localhost", 7))?;
//!     sock.settimeout(2.5)?;
//!     println!("connected to {}", sock.getpeername()?);
//!     sock.sendall("Hello, world")?;
//!     sock.shutdown(wallsocket::SHUT_WR)?;
//!     loop {
//!         let data = sock.recv(1024)?;
//!         if data.is_empty() {
//!             return sock.close();
//!         }
//!         println!("received {}", data.escape_ascii());
//!     }
//! }
//! ```
//!
//! A component imports only what it uses: one that never calls [`Socket::recvmsg`] can't receive a descriptor,
//! and whoever runs it can see that.
//!
//! # From Python to Rust
//!
//! Names, arguments and their order are Python's; constants have Python's names and Linux's values.
//!
//! - **Optional arguments.** A single one is an `impl Into<Option<…>>`: `listen(None)`, `listen(5)`. Flags
//!   are taken by a twin of the method that ends in `_flags`: `recv(1024)`, `recv_flags(1024, MSG_PEEK)`.
//!   Keywords are fields of a structure, taken by a twin that ends in `_with`: `create_connection(address)`,
//!   `create_connection_with(address, ConnectionOptions::new().timeout(2.5))`.
//! - **Data** to send is anything that is `AsRef<[u8]>`. Buffers to receive into say with their own length
//!   how much: there is no `nbytes`.
//! - **Addresses** are Python's tuples, strings and bytes, or the standard library's: see [`ToAddress`].
//! - **Timeouts** are `None`, float seconds or a `Duration`: see [`Timeout`].
//! - **Errors** are one enum, [`Error`]; what is a `ValueError`, an `OverflowError` or an `OSError` without
//!   a number in Python is [`Error::Value`]. They become [`std::io::Error`] by kind.
//! - **`makefile`** returns a [`SocketFile`], which is `Read`, `BufRead` and `Write`; [`Socket`] and `&Socket` are
//!   `Read` and `Write` themselves.
//! - **Control messages** are typed, [`ControlMessage::raw`] and [`ReceivedMessage::cmsg`] have Python's bytes. What
//!   `SCM_RIGHTS` passes are sockets, files and handles, not numbers.
//! - **`with`** is `Drop`.
//! - **Numbers are plain**, as in C: families, types and flags are `i32`. [`AddressFamily`], [`SocketKind`], [`MsgFlag`]
//!   and [`AddressInfo`] show them by name.
//! - **Names of other platforms** that Linux doesn't have are in a module for each, [`windows`], [`macos`],
//!   [`freebsd`], [`netbsd`] and [`openbsd`], with the values they have there. Protocols' numbers, control codes and
//!   such, which can't be taken for anything else, are beside Linux's names.
//! - **What isn't there**: signals, so no call is interrupted and none is `EINTR`; child processes, so that inheriting
//!   means nothing; encoding host names as IDNA, which is the caller's.

mod address;
mod bindings;
pub mod can;
mod connection;
pub mod constants;
mod descriptors;
mod enums;
pub mod errno;
mod error;
mod fd_table;
mod files;
mod inet;
mod interfaces;
pub mod layout;
mod names;
pub mod permissions;
pub mod qrtr;
pub mod select;
mod socket;
mod timeout;
pub mod tipc;

pub use address::*;
pub use connection::{
    ConnectionOptions, ServerOptions, create_connection, create_connection_with, create_server, create_server_with,
    has_dualstack_ipv6,
};
pub use constants::*;
pub use descriptors::{InheritedSocket, close, dup, fromfd, fromshare, inherited, self_id, socket_from_fileno};
pub use enums::{AddressFamily, AddressInfo, MsgFlag, SocketKind};
pub use error::{Denial, Error, Result};
pub use fd_table::FIRST_FILENO;
pub use files::{File, open_file};
pub use inet::{htonl, htons, inet_aton, inet_ntoa, inet_ntop, inet_pton, ntohl, ntohs};
pub use interfaces::{if_indextoname, if_nameindex, if_nametoindex, local_context_id};
pub use names::{
    AddrInfo, Hints, HostEntry, Service, getaddrinfo, getaddrinfo_with, getfqdn, gethostbyaddr, gethostbyname,
    gethostbyname_ex, gethostname, getnameinfo, getprotobyname, getservbyname, getservbyport, sethostname,
};
pub use socket::batches::{Datagrams, DatagramsIter};
pub use socket::makefile::SocketFile;
pub use socket::messages::{
    CMSG_LEN, CMSG_SPACE, ControlMessage, Message, ReceivedMessage, ReceivedRight, Right, recv_fds, recv_fds_flags,
    send_fds, send_fds_flags,
};
pub use socket::options::{Control, FilterInstruction, OptionValue};
pub use socket::sendfile::SendFile;
pub use socket::{Socket, socket, socketpair};
pub use timeout::{Timeout, getdefaulttimeout, setdefaulttimeout};

/// Python's other name for the type of a socket.
pub type SocketType = Socket;

/// The structures of control messages.
pub mod messages {
    pub use crate::bindings::wallsocket::socket::messages::{
        Credentials, ExtendedError, IncomingMessage, Inet6PacketInfo, InetPacketInfo, OpaqueHandle, OtherMessage,
        OutgoingMessage, Timestamp,
    };
}

/// Compiles what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
