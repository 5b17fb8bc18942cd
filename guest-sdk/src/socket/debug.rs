//! How a socket shows itself.

use std::fmt;

use super::Socket;
use crate::enums::{AddressFamily, SocketKind};

/// As Python's `repr` does, with names for the numbers: `<socket.socket fd=1000, family=AF_INET, type=SOCK_STREAM,
/// proto=0, laddr=('127.0.0.1', 80), raddr=('127.0.0.1', 49152)>`.
impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Ok(kind), Ok(proto)) = (self.type_(), self.proto()) else {
            return write!(f, "<socket.socket [closed] fd=-1, family={}>", AddressFamily(self.family()));
        };
        let (fd, family, kind) = (self.fileno(), AddressFamily(self.family()), SocketKind(kind));
        write!(f, "<socket.socket fd={fd}, family={family}, type={kind}, proto={proto}")?;
        for (what, address) in [("laddr", self.getsockname()), ("raddr", self.getpeername())] {
            if let Ok(address) = address {
                write!(f, ", {what}={address}")?;
            }
        }
        f.write_str(">")
    }
}
