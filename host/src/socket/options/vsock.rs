//! Options of vsock: vsock(7). The numbers are those of linux/vm_sockets.h.

use super::row::Layout::Struct;
use super::row::Rule::{Kernel, LongBuffer};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    SO_VM_SOCKETS_BUFFER_SIZE:     AF_VSOCK 0 Struct(&[8]), GetSet Plain LongBuffer;
    SO_VM_SOCKETS_BUFFER_MIN_SIZE: AF_VSOCK 1 Struct(&[8]), GetSet Plain LongBuffer;
    SO_VM_SOCKETS_BUFFER_MAX_SIZE: AF_VSOCK 2 Struct(&[8]), GetSet Plain LongBuffer;
    SO_VM_SOCKETS_CONNECT_TIMEOUT: AF_VSOCK 6 Struct(&[16]), GetSet Plain Kernel;
};
