//! What of a Linux kernel the families take, for whoever runs a guest on one that lacks it.

use super::flags;

/// Such sockets, by the constants they are made with; the kernel's configuration; the module, which may be built in.
pub(crate) struct Part {
    pub(crate) sockets: &'static str,
    pub(crate) option: &'static str,
    pub(crate) module: &'static str,
}

const fn part(sockets: &'static str, option: &'static str, module: &'static str) -> Option<Part> {
    Some(Part { sockets, option, module })
}

/// What such sockets take; none for those that every kernel has.
pub(crate) fn part_of(family: i32, protocol: i32) -> Option<Part> {
    match (family, protocol) {
        (flags::AF_CAN, flags::CAN_RAW) => part("AF_CAN, CAN_RAW", "CONFIG_CAN_RAW", "can-raw"),
        (flags::AF_CAN, flags::CAN_BCM) => part("AF_CAN, CAN_BCM", "CONFIG_CAN_BCM", "can-bcm"),
        (flags::AF_CAN, flags::CAN_ISOTP) => part("AF_CAN, CAN_ISOTP", "CONFIG_CAN_ISOTP", "can-isotp"),
        (flags::AF_CAN, _) => part("AF_CAN, CAN_J1939", "CONFIG_CAN_J1939", "can-j1939"),
        (flags::AF_ALG, _) => part("AF_ALG", "CONFIG_CRYPTO_USER_API", "af_alg"),
        (flags::AF_TIPC, _) => part("AF_TIPC", "CONFIG_TIPC", "tipc"),
        (flags::AF_RDS, _) => part("AF_RDS", "CONFIG_RDS", "rds"),
        (flags::AF_QIPCRTR, _) => part("AF_QIPCRTR", "CONFIG_QRTR", "qrtr"),
        (flags::AF_VSOCK, _) => part("AF_VSOCK", "CONFIG_VSOCKETS", "vsock"),
        (flags::AF_BLUETOOTH, flags::BTPROTO_RFCOMM) => {
            part("AF_BLUETOOTH, BTPROTO_RFCOMM", "CONFIG_BT_RFCOMM", "rfcomm")
        }
        (flags::AF_BLUETOOTH, _) => part("AF_BLUETOOTH", "CONFIG_BT", "bluetooth"),
        (flags::AF_INET | flags::AF_INET6, flags::IPPROTO_SCTP) => part("IPPROTO_SCTP", "CONFIG_IP_SCTP", "sctp"),
        _ => None,
    }
}
