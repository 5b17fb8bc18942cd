//! `AF_QIPCRTR` addresses.

use std::fmt;

/// A port of a node of Qualcomm's IPC router (linux/qrtr.h).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct QipcrtrAddress {
    pub(crate) node: u32,
    pub(crate) port: u32,
}

impl fmt::Display for QipcrtrAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.node, self.port)
    }
}
