//! Bluetooth: `AF_BLUETOOTH` and its protocols.

/// `AF_BLUETOOTH`: address family.
pub const AF_BLUETOOTH: i32 = 31;
/// `BDADDR_ANY`: `AF_BLUETOOTH`.
pub const BDADDR_ANY: &str = "00:00:00:00:00:00";
/// `BDADDR_BREDR`: `AF_BLUETOOTH`.
pub const BDADDR_BREDR: i32 = 0;
/// `BDADDR_LE_PUBLIC`: `AF_BLUETOOTH`.
pub const BDADDR_LE_PUBLIC: i32 = 1;
/// `BDADDR_LE_RANDOM`: `AF_BLUETOOTH`.
pub const BDADDR_LE_RANDOM: i32 = 2;
/// `BDADDR_LOCAL`: `AF_BLUETOOTH`.
pub const BDADDR_LOCAL: &str = "00:00:00:FF:FF:FF";
/// `BTPROTO_HCI`: protocol of `AF_BLUETOOTH`.
pub const BTPROTO_HCI: i32 = 1;
/// `BTPROTO_L2CAP`: protocol of `AF_BLUETOOTH`.
pub const BTPROTO_L2CAP: i32 = 0;
/// `BTPROTO_RFCOMM`: protocol of `AF_BLUETOOTH`.
pub const BTPROTO_RFCOMM: i32 = 3;
/// `BTPROTO_SCO`: protocol of `AF_BLUETOOTH`.
pub const BTPROTO_SCO: i32 = 2;
/// `BT_CHANNEL_POLICY`: level `SOL_BLUETOOTH`, int (BT_CHANNEL_POLICY_*).
pub const BT_CHANNEL_POLICY: i32 = 10;
/// `BT_CHANNEL_POLICY_BREDR_ONLY`: `AF_BLUETOOTH`.
pub const BT_CHANNEL_POLICY_BREDR_ONLY: i32 = 0;
/// `BT_CHANNEL_POLICY_BREDR_PREFERRED`: `AF_BLUETOOTH`.
pub const BT_CHANNEL_POLICY_BREDR_PREFERRED: i32 = 1;
/// `BT_CODEC`: level `SOL_BLUETOOTH`, bytes `struct bt_codecs`.
pub const BT_CODEC: i32 = 19;
/// `BT_DEFER_SETUP`: level `SOL_BLUETOOTH`, bool (int).
pub const BT_DEFER_SETUP: i32 = 7;
/// `BT_FLUSHABLE`: level `SOL_BLUETOOTH`, int (BT_FLUSHABLE_*).
pub const BT_FLUSHABLE: i32 = 8;
/// `BT_FLUSHABLE_OFF`: `AF_BLUETOOTH`.
pub const BT_FLUSHABLE_OFF: i32 = 0;
/// `BT_FLUSHABLE_ON`: `AF_BLUETOOTH`.
pub const BT_FLUSHABLE_ON: i32 = 1;
/// `BT_ISO_QOS`: level `SOL_BLUETOOTH`, bytes `struct bt_iso_qos`.
pub const BT_ISO_QOS: i32 = 17;
/// `BT_MODE`: level `SOL_BLUETOOTH`, bytes `u8 1B (BT_MODE_*)`.
pub const BT_MODE: i32 = 15;
/// `BT_MODE_BASIC`: `AF_BLUETOOTH`.
pub const BT_MODE_BASIC: i32 = 0;
/// `BT_MODE_ERTM`: `AF_BLUETOOTH`.
pub const BT_MODE_ERTM: i32 = 1;
/// `BT_MODE_EXT_FLOWCTL`: `AF_BLUETOOTH`.
pub const BT_MODE_EXT_FLOWCTL: i32 = 4;
/// `BT_MODE_LE_FLOWCTL`: `AF_BLUETOOTH`.
pub const BT_MODE_LE_FLOWCTL: i32 = 3;
/// `BT_MODE_STREAMING`: `AF_BLUETOOTH`.
pub const BT_MODE_STREAMING: i32 = 2;
/// `BT_PHY`: level `SOL_BLUETOOTH`, int (BT_PHY_* bits).
pub const BT_PHY: i32 = 14;
/// `BT_PHY_BR_1M_1SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_BR_1M_1SLOT: i32 = 1;
/// `BT_PHY_BR_1M_3SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_BR_1M_3SLOT: i32 = 2;
/// `BT_PHY_BR_1M_5SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_BR_1M_5SLOT: i32 = 4;
/// `BT_PHY_EDR_2M_1SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_EDR_2M_1SLOT: i32 = 8;
/// `BT_PHY_EDR_2M_3SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_EDR_2M_3SLOT: i32 = 16;
/// `BT_PHY_EDR_2M_5SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_EDR_2M_5SLOT: i32 = 32;
/// `BT_PHY_EDR_3M_1SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_EDR_3M_1SLOT: i32 = 64;
/// `BT_PHY_EDR_3M_3SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_EDR_3M_3SLOT: i32 = 128;
/// `BT_PHY_EDR_3M_5SLOT`: `AF_BLUETOOTH`.
pub const BT_PHY_EDR_3M_5SLOT: i32 = 256;
/// `BT_PHY_LE_1M_RX`: `AF_BLUETOOTH`.
pub const BT_PHY_LE_1M_RX: i32 = 1024;
/// `BT_PHY_LE_1M_TX`: `AF_BLUETOOTH`.
pub const BT_PHY_LE_1M_TX: i32 = 512;
/// `BT_PHY_LE_2M_RX`: `AF_BLUETOOTH`.
pub const BT_PHY_LE_2M_RX: i32 = 4096;
/// `BT_PHY_LE_2M_TX`: `AF_BLUETOOTH`.
pub const BT_PHY_LE_2M_TX: i32 = 2048;
/// `BT_PHY_LE_CODED_RX`: `AF_BLUETOOTH`.
pub const BT_PHY_LE_CODED_RX: i32 = 16384;
/// `BT_PHY_LE_CODED_TX`: `AF_BLUETOOTH`.
pub const BT_PHY_LE_CODED_TX: i32 = 8192;
/// `BT_PKT_STATUS`: level `SOL_BLUETOOTH`, bool (int); control message of level `SOL_BLUETOOTH`, type `BT_SCM_PKT_STATUS(3)`, `u8`.
pub const BT_PKT_STATUS: i32 = 16;
/// `BT_POWER`: level `SOL_BLUETOOTH`, bytes `struct bt_power{u8 force_active} 1B`.
pub const BT_POWER: i32 = 9;
/// `BT_POWER_FORCE_ACTIVE_OFF`: `AF_BLUETOOTH`.
pub const BT_POWER_FORCE_ACTIVE_OFF: i32 = 0;
/// `BT_POWER_FORCE_ACTIVE_ON`: `AF_BLUETOOTH`.
pub const BT_POWER_FORCE_ACTIVE_ON: i32 = 1;
/// `BT_RCVMTU`: level `SOL_BLUETOOTH`, bytes `u16 2B`.
pub const BT_RCVMTU: i32 = 13;
/// `BT_SECURITY`: level `SOL_BLUETOOTH`, bytes `struct bt_security{u8 level;u8 key_size} 2B`.
pub const BT_SECURITY: i32 = 4;
/// `BT_SECURITY_FIPS`: `AF_BLUETOOTH`.
pub const BT_SECURITY_FIPS: i32 = 4;
/// `BT_SECURITY_HIGH`: `AF_BLUETOOTH`.
pub const BT_SECURITY_HIGH: i32 = 3;
/// `BT_SECURITY_LOW`: `AF_BLUETOOTH`.
pub const BT_SECURITY_LOW: i32 = 1;
/// `BT_SECURITY_MEDIUM`: `AF_BLUETOOTH`.
pub const BT_SECURITY_MEDIUM: i32 = 2;
/// `BT_SECURITY_SDP`: `AF_BLUETOOTH`.
pub const BT_SECURITY_SDP: i32 = 0;
/// `BT_SNDMTU`: level `SOL_BLUETOOTH`, bytes `u16 2B`.
pub const BT_SNDMTU: i32 = 12;
/// `BT_VOICE`: level `SOL_BLUETOOTH`, bytes `struct bt_voice{u16 setting} 2B`.
pub const BT_VOICE: i32 = 11;
/// `BT_VOICE_CVSD_16BIT`: `AF_BLUETOOTH`.
pub const BT_VOICE_CVSD_16BIT: i32 = 96;
/// `BT_VOICE_TRANSPARENT`: `AF_BLUETOOTH`.
pub const BT_VOICE_TRANSPARENT: i32 = 3;
/// `BT_VOICE_TRANSPARENT_16BIT`: `AF_BLUETOOTH`.
pub const BT_VOICE_TRANSPARENT_16BIT: i32 = 99;
/// `HCI_CHANNEL_CONTROL`: `AF_BLUETOOTH`.
pub const HCI_CHANNEL_CONTROL: i32 = 3;
/// `HCI_CHANNEL_LOGGING`: `AF_BLUETOOTH`.
pub const HCI_CHANNEL_LOGGING: i32 = 4;
/// `HCI_CHANNEL_MONITOR`: `AF_BLUETOOTH`.
pub const HCI_CHANNEL_MONITOR: i32 = 2;
/// `HCI_CHANNEL_RAW`: `AF_BLUETOOTH`.
pub const HCI_CHANNEL_RAW: i32 = 0;
/// `HCI_CHANNEL_USER`: `AF_BLUETOOTH`.
pub const HCI_CHANNEL_USER: i32 = 1;
/// `HCI_DATA_DIR`: level `SOL_HCI`, bool (int); control message of level `SOL_HCI`, type `HCI_CMSG_DIR(1)`, `int 4B`.
pub const HCI_DATA_DIR: i32 = 1;
/// `HCI_DEV_NONE`: `AF_BLUETOOTH`.
pub const HCI_DEV_NONE: i32 = 65535;
/// `HCI_FILTER`: level `SOL_HCI`, bytes `struct hci_filter{u32 type_mask;u32 event_mask[2];u16 opcode} 14B (16B padded); FreeBSD: struct ng_btsocket_hci_raw_filter`.
pub const HCI_FILTER: i32 = 2;
/// `HCI_TIME_STAMP`: level `SOL_HCI`, bool (int); control message of level `SOL_HCI`, type `HCI_CMSG_TSTAMP(2)`, `struct timeval`.
pub const HCI_TIME_STAMP: i32 = 3;
/// `L2CAP_LM`: level `SOL_L2CAP`, int (L2CAP_LM_* bits).
pub const L2CAP_LM: i32 = 3;
/// `L2CAP_LM_AUTH`: `AF_BLUETOOTH`.
pub const L2CAP_LM_AUTH: i32 = 2;
/// `L2CAP_LM_ENCRYPT`: `AF_BLUETOOTH`.
pub const L2CAP_LM_ENCRYPT: i32 = 4;
/// `L2CAP_LM_MASTER`: `AF_BLUETOOTH`.
pub const L2CAP_LM_MASTER: i32 = 1;
/// `L2CAP_LM_RELIABLE`: `AF_BLUETOOTH`.
pub const L2CAP_LM_RELIABLE: i32 = 16;
/// `L2CAP_LM_SECURE`: `AF_BLUETOOTH`.
pub const L2CAP_LM_SECURE: i32 = 32;
/// `L2CAP_LM_TRUSTED`: `AF_BLUETOOTH`.
pub const L2CAP_LM_TRUSTED: i32 = 8;
/// `SOL_BLUETOOTH`: option level.
pub const SOL_BLUETOOTH: i32 = 274;
/// `SOL_HCI`: option level.
pub const SOL_HCI: i32 = 0;
/// `SOL_L2CAP`: option level.
pub const SOL_L2CAP: i32 = 6;
/// `SOL_RFCOMM`: option level.
pub const SOL_RFCOMM: i32 = 18;
/// `SOL_SCO`: option level.
pub const SOL_SCO: i32 = 17;
