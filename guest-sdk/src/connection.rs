//! Clients and servers in one call.

use crate::address::{Host, HostRef, Integer, ToAddress};
use crate::constants::{
    AF_INET, AF_INET6, IPPROTO_IPV6, IPV6_V6ONLY, SO_REUSEADDR, SO_REUSEPORT, SOCK_STREAM, SOL_SOCKET,
};
use crate::error::{Error, Result};
use crate::names::{Hints, getaddrinfo_with};
use crate::socket::{Socket, socket};
use crate::timeout::Timeout;

/// The optional arguments of [`create_connection_with`]. Python: `create_connection`'s keywords.
#[derive(Debug, Clone, Default)]
pub struct ConnectionOptions {
    /// The socket's timeout, in force while it connects; none leaves the default timeout.
    pub timeout: Option<Timeout>,
    /// What the socket is bound to first. An empty host and port 0 are the system's choice.
    pub source_address: Option<(String, u16)>,
    /// Whether a failure tells of every address that was tried, as [`Error::Group`], and not only of the last.
    pub all_errors: bool,
}

impl ConnectionOptions {
    /// No options.
    #[must_use]
    pub fn new() -> ConnectionOptions {
        ConnectionOptions::default()
    }

    /// Sets the timeout: `None` blocks, `2.5` is seconds, a `Duration` itself.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Timeout>) -> ConnectionOptions {
        self.timeout = Some(timeout.into());
        self
    }

    /// Sets what the socket is bound to.
    #[must_use]
    pub fn source_address(mut self, host: impl Into<String>, port: u16) -> ConnectionOptions {
        self.source_address = Some((host.into(), port));
        self
    }

    /// Has a failure tell of every address that was tried.
    #[must_use]
    pub fn all_errors(mut self, all_errors: bool) -> ConnectionOptions {
        self.all_errors = all_errors;
        self
    }
}

/// Connects to a TCP service at `(host, port)`: resolves the host for IPv4 and IPv6, and tries every address
/// in turn. Python: `socket.create_connection`.
///
/// ```no_run
/// let sock = wallsocket::create_connection(("example.com", 80))?;
/// sock.sendall("HEAD / HTTP/1.0\r\n\r\n")?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::GaiError`], and of the last address tried what [`Socket::connect`] gives.
pub fn create_connection<H: Host, P: Integer>(address: (H, P)) -> Result<Socket> {
    create_connection_with(address, ConnectionOptions::default())
}

/// [`create_connection`] with a timeout, an address to come from, or all errors.
///
/// ```no_run
/// use wallsocket::ConnectionOptions;
/// let options = ConnectionOptions::new().timeout(2.5);
/// let sock = wallsocket::create_connection_with(("example.com", 80), options)?;
/// # Ok::<(), wallsocket::Error>(())
/// ```
///
/// # Errors
///
/// As [`create_connection`], and what [`Socket::bind`] gives; [`Error::Value`] for a bad timeout; with `all_errors`
/// an [`Error::Group`] of what each address gave.
pub fn create_connection_with<H: Host, P: Integer>((host, port): (H, P), options: ConnectionOptions) -> Result<Socket> {
    let port = crate::address::host::port(port)?;
    if let Some(timeout) = options.timeout {
        // Before anything is looked up, because it's wrong for every address.
        timeout.nanoseconds()?;
    }
    let text;
    let host = match host.host() {
        HostRef::Text(host) => host,
        HostRef::Ip(ip) => {
            text = ip.to_string();
            &text
        }
        HostRef::Number(_) => return Err(crate::address::host::NUMBER),
    };
    let hints = Hints { type_: SOCK_STREAM, ..Hints::default() };
    let mut failures = Vec::new();
    for info in getaddrinfo_with(host, port, hints)? {
        let attempt = || {
            let sock = socket(info.family, info.type_, info.proto)?;
            if let Some(timeout) = options.timeout {
                sock.settimeout(timeout)?;
            }
            if let Some((host, port)) = &options.source_address {
                sock.bind((host, *port))?;
            }
            sock.connect(&info.sockaddr)?;
            Ok(sock)
        };
        match attempt() {
            Ok(sock) => return Ok(sock),
            // What no address would make better: Python's ValueError isn't caught either.
            Err(error @ Error::Value(_)) => return Err(error),
            Err(error) => failures.push(error),
        }
    }
    if options.all_errors && !failures.is_empty() {
        return Err(Error::Group("create_connection failed".into(), failures));
    }
    // As Python: of many failures the last is told.
    Err(failures.pop().unwrap_or(Error::value("getaddrinfo returns an empty list")))
}

/// The optional arguments of [`create_server_with`]. Python: `create_server`'s keywords.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// `AF_INET`, unless set, or `AF_INET6`.
    pub family: i32,
    /// As [`Socket::listen`] takes it.
    pub backlog: Option<i32>,
    /// Whether other sockets may be bound to the port; it needs a grant.
    pub reuse_port: bool,
    /// Whether an `AF_INET6` socket takes IPv4 connections too.
    pub dualstack_ipv6: bool,
}

impl Default for ServerOptions {
    fn default() -> ServerOptions {
        ServerOptions { family: AF_INET, backlog: None, reuse_port: false, dualstack_ipv6: false }
    }
}

/// A TCP socket that listens at an address of IPv4. Python: `socket.create_server`.
///
/// # Errors
///
/// What [`Socket::bind`] and [`Socket::listen`] give.
pub fn create_server(address: impl ToAddress) -> Result<Socket> {
    create_server_with(address, ServerOptions::default())
}

/// [`create_server`] for any family, for IPv4 and IPv6 at once, or with a backlog.
///
/// # Errors
///
/// As [`create_server`]; [`Error::Value`] for `dualstack_ipv6` with another family than `AF_INET6`, or on a
/// machine without it.
pub fn create_server_with(address: impl ToAddress, options: ServerOptions) -> Result<Socket> {
    if options.dualstack_ipv6 {
        if options.family != AF_INET6 {
            return Err(Error::value("dualstack_ipv6 requires AF_INET6 family"));
        }
        if !has_dualstack_ipv6() {
            return Err(Error::value("dualstack_ipv6 not supported on this platform"));
        }
    }
    let sock = socket(options.family, SOCK_STREAM, 0)?;
    // As Python: a server without it works, only a restart has to wait.
    let _ = sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, true);
    if options.reuse_port {
        sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, true)?;
    }
    if options.family == AF_INET6 {
        sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, !options.dualstack_ipv6)?;
    }
    sock.bind(address)?;
    sock.listen(options.backlog)?;
    Ok(sock)
}

/// Whether a socket of `AF_INET6` can take IPv4 connections here. Python: `socket.has_dualstack_ipv6`.
#[must_use]
pub fn has_dualstack_ipv6() -> bool {
    socket(AF_INET6, SOCK_STREAM, 0).and_then(|sock| sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, false)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_arguments_are_told_before_anything_is_asked() {
        let bad_port = create_connection(("example.com", 65536)).err();
        assert_eq!(bad_port, Some(Error::value("port must be 0-65535.")));
        let options = ConnectionOptions::new().timeout(-1);
        assert!(create_connection_with(("example.com", 80), options).is_err());
        let options = ServerOptions { dualstack_ipv6: true, ..ServerOptions::default() };
        assert!(create_server_with(("", 80), options).is_err());
    }
}
