//! Options of TIPC and RDS, where this kernel has them.

use wallsocket::*;

use super::families::{Int, made, number};

#[rustfmt::skip]
const TIPC: [(Int, i32); 4] = [
    (("TIPC_IMPORTANCE", SOL_TIPC, TIPC_IMPORTANCE), TIPC_HIGH_IMPORTANCE),
    (("TIPC_SRC_DROPPABLE", SOL_TIPC, TIPC_SRC_DROPPABLE), 1),
    (("TIPC_DEST_DROPPABLE", SOL_TIPC, TIPC_DEST_DROPPABLE), 0),
    (("TIPC_CONN_TIMEOUT", SOL_TIPC, TIPC_CONN_TIMEOUT), 500),
];

/// Sets each and reads it, as the others are.
pub(super) fn show() {
    let rows = TIPC.map(|((name, ..), _)| format!("{name} GetSet"));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    if let Some(sock) = made(AF_TIPC, SOCK_RDM, 0, &rows) {
        TIPC.into_iter().for_each(|(option, value)| number(&sock, option, value));
    }
    let to_set = ["RDS_CONG_MONITOR Set", "RDS_CANCEL_SENT_TO Set"];
    let rows: Vec<&str> = to_set.into_iter().chain(["RDS_RECVERR GetSet"]).collect();
    if let Some(sock) = made(AF_RDS, SOCK_SEQPACKET, 0, &rows) {
        number(&sock, ("RDS_RECVERR", SOL_RDS, RDS_RECVERR), 1);
        sock.bind(("127.0.0.1", 0)).expect("the grant is there");
        sock.setsockopt(SOL_RDS, RDS_CONG_MONITOR, 1).expect("on or off");
        let peer = layout::sockaddr_in("127.0.0.1:9".parse().expect("an address"));
        sock.setsockopt(SOL_RDS, RDS_CANCEL_SENT_TO, &peer).expect("nothing is queued");
        to_set.into_iter().for_each(|row| println!("{row}"));
    }
}
