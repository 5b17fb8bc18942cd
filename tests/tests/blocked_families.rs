//! Guests that are ended in the middle of a call, on the families that few kernels have: nothing of theirs is left.

use wallsocket_tests::host::Usage;
use wallsocket_tests::kernel::{self, Family};
use wallsocket_tests::witness::leaves_nothing;
use wallsocket_tests::{Epoch, Guest};

/// Each of these calls, by a guest that holds these lines.
#[track_caller]
fn leave_nothing(calls: &[&str], lines: &[&str]) {
    wallsocket_tests::compile();
    let threads = Usage::now().threads;
    for call in calls {
        leaves_nothing(call, threads, || {
            let guest = Guest::new("blocked_in_a_family").arg(call).epoch(Epoch::Deadline);
            lines.iter().fold(guest, |guest, line| guest.allow(*line))
        });
    }
}

macro_rules! families {
    ($($name:ident: $family:ident, $calls:expr, $lines:expr;)+) => {$(
        #[test]
        fn $name() {
            kernel::with(Family::$family).run(stringify!($name), || leave_nothing(&$calls, &$lines));
        }
    )+};
}

families! {
    guests_that_are_ended_on_can_leave_nothing: CanRaw, ["recv of CAN_RAW"], ["can raw vcan0"];
    guests_that_are_ended_on_the_broadcast_manager_leave_nothing: CanBcm, ["recv of CAN_BCM"], ["can bcm vcan0"];
    guests_that_are_ended_on_isotp_leave_nothing: Isotp, ["recv of CAN_ISOTP"], ["can isotp vcan0"];
    guests_that_are_ended_on_j1939_leave_nothing: J1939, ["recv of CAN_J1939"], ["can j1939 vcan0"];
    guests_that_are_ended_in_a_computation_leave_nothing: Alg, ["recv of AF_ALG"], ["alg skcipher cbc(aes)"];
    guests_that_are_ended_on_tipc_leave_nothing: Tipc, ["recv of AF_TIPC", "accept of AF_TIPC"], ["tipc bind 18888:*"];
    guests_that_are_ended_on_rds_leave_nothing: Rds, ["recv of AF_RDS"], ["rds bind 127.0.0.1:*"];
    guests_that_are_ended_on_sctp_leave_nothing: Sctp, ["accept of SCTP"], ["sctp listen 127.0.0.1:*"];
    guests_that_are_ended_on_vsock_leave_nothing: Vsock, ["accept of AF_VSOCK"], ["vsock listen 1:5005"];
}
