//! Options of Bluetooth. The numbers are those of net/bluetooth/bluetooth.h, l2cap.h and hci_sock.h, which aren't among
//! the headers that the kernel installs.

use super::row::Layout::{Exact, Int, Struct};
use super::row::Rule::{Kernel, LinkMode, Padded};
use super::row::{Row, rows};

#[rustfmt::skip]
pub(super) static ROWS: &[Row] = rows! {
    BT_SECURITY:       SOL_BLUETOOTH  4 Struct(&[1, 2]), GetSet Plain Kernel;
    BT_DEFER_SETUP:    SOL_BLUETOOTH  7 Int,             GetSet Plain Kernel;
    BT_FLUSHABLE:      SOL_BLUETOOTH  8 Int,             GetSet Plain Kernel;
    BT_POWER:          SOL_BLUETOOTH  9 Struct(&[1]),    GetSet Plain Kernel;
    BT_CHANNEL_POLICY: SOL_BLUETOOTH 10 Int,             GetSet Plain Kernel;
    BT_VOICE:          SOL_BLUETOOTH 11 Struct(&[2]),    GetSet Plain Kernel;
    BT_SNDMTU:         SOL_BLUETOOTH 12 Struct(&[2]),    GetSet Plain Kernel;
    BT_RCVMTU:         SOL_BLUETOOTH 13 Struct(&[2]),    GetSet Plain Kernel;
    BT_PHY:            SOL_BLUETOOTH 14 Int,             Get    Plain Kernel;
    BT_MODE:           SOL_BLUETOOTH 15 Struct(&[1]),    GetSet Plain LinkMode;
    BT_PKT_STATUS:     SOL_BLUETOOTH 16 Int,             GetSet Plain Kernel;
    HCI_DATA_DIR:      SOL_HCI        1 Int,             GetSet Plain Kernel;
    HCI_FILTER:        SOL_HCI        2 Exact(&[14, 16]), GetSet Plain Padded(16);
    HCI_TIME_STAMP:    SOL_HCI        3 Int,             GetSet Plain Kernel;
    L2CAP_LM:          SOL_L2CAP      3 Int,             GetSet Plain Kernel;

    => refused:
    BT_ISO_QOS:        SOL_BLUETOOTH 17 ENOPROTOOPT "it is of isochronous links, which Python has no sockets for";
    BT_CODEC:          SOL_BLUETOOTH 19 ENOPROTOOPT "it leads voice by the controller's own wires, past the socket";
};
