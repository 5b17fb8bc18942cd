//! Options of packet sockets: packet(7). The numbers are those of linux/if_packet.h.

use super::row::Layout::{Int, Struct};
use super::row::Rule::{Kernel, PacketLeave, PacketMembership};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    PACKET_ADD_MEMBERSHIP:  SOL_PACKET  1 Struct(&[16]), Set    Plain PacketMembership;
    PACKET_DROP_MEMBERSHIP: SOL_PACKET  2 Struct(&[16]), Set    Plain PacketLeave;
    PACKET_STATISTICS:      SOL_PACKET  6 Struct(&[8]),  Get    Plain Kernel;
    PACKET_AUXDATA:         SOL_PACKET  8 Int,           GetSet Plain Kernel;
    PACKET_ORIGDEV:         SOL_PACKET  9 Int,           GetSet Plain Kernel;
    PACKET_QDISC_BYPASS:    SOL_PACKET 20 Int,           GetSet Granted Kernel;
    PACKET_IGNORE_OUTGOING: SOL_PACKET 23 Int,           GetSet Plain Kernel;

    => refused:
    PACKET_RX_RING:         SOL_PACKET  5 ENOPROTOOPT "its memory would be shared between the kernel and a guest";
    PACKET_COPY_THRESH:     SOL_PACKET  7 ENOPROTOOPT "a part of PACKET_RX_RING";
    PACKET_VERSION:         SOL_PACKET 10 ENOPROTOOPT "a part of PACKET_RX_RING";
    PACKET_RESERVE:         SOL_PACKET 12 ENOPROTOOPT "a part of PACKET_RX_RING";
    PACKET_TX_RING:         SOL_PACKET 13 ENOPROTOOPT "its memory would be shared between the kernel and a guest";
    PACKET_VNET_HDR:        SOL_PACKET 15 ENOPROTOOPT "its headers have the kernel compute at places of the guest's";
    PACKET_FANOUT:          SOL_PACKET 18 ENOPROTOOPT "it shares packets out among sockets that aren't the guest's";
    PACKET_FANOUT_DATA:     SOL_PACKET 22 ENOPROTOOPT "a part of PACKET_FANOUT, and a program for the kernel";
};
